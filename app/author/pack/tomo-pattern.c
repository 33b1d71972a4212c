/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pattern.h"

/**
 * tomo_pattern_get:
 * @pattern: a regular expression of ours
 * @flags: how to compile it
 *
 * Compiles a pattern the first time it is asked for. Each is held against every text of a pack, and
 * compiling it each time took two thirds of a check.
 *
 * Returns: (transfer none): the pattern, kept as long as the process
 */
GRegex *
tomo_pattern_get (const char *pattern, GRegexCompileFlags flags)
{
  static GHashTable *known = NULL;
  static GMutex mutex;

  g_return_val_if_fail (pattern != NULL, NULL);

  g_autofree char *key = g_strdup_printf ("%u %s", (unsigned int) flags, pattern);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&mutex);
  if (known == NULL)
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_regex_unref);

  GRegex *regex = g_hash_table_lookup (known, key);
  if (regex == NULL)
    {
      regex = g_regex_new (pattern, flags | G_REGEX_OPTIMIZE, 0, NULL);
      g_hash_table_insert (known, g_steal_pointer (&key), regex);
    }

  return regex;
}
