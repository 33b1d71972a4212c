/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pattern.h"

/**
 * tomo_pattern_get:
 * @pattern: a regular expression of ours
 * @flags: %G_REGEX_CASELESS or 0
 *
 * Compiles a pattern the first time it is asked for. Each is held against every text of a pack, and
 * compiling it each time took two thirds of a check.
 *
 * Returns: (transfer none): the pattern, kept as long as the process
 */
GRegex *
tomo_pattern_get (const char *pattern, GRegexCompileFlags flags)
{
  static GHashTable *known[2] = { NULL, NULL }; /* with and without flags */
  static GMutex mutex;

  g_return_val_if_fail (pattern != NULL, NULL);
  g_return_val_if_fail (flags == 0 || flags == G_REGEX_CASELESS, NULL);

  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&mutex);
  GHashTable **table = &known[flags != 0];
  if (*table == NULL)
    *table =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_regex_unref);

  GRegex *regex = g_hash_table_lookup (*table, pattern);
  if (regex == NULL)
    {
      regex = g_regex_new (pattern, flags | G_REGEX_OPTIMIZE, 0, NULL);
      g_hash_table_insert (*table, g_strdup (pattern), regex);
    }

  return regex;
}
