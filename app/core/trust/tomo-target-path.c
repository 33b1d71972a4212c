/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-target-path.h"

#include <string.h>

#include "core/tomo-error.h"

#define MAX_COMPONENT_BYTES 64
/* A media name is a SHA-256 in hex, a dot and an extension. */
#define MAX_MEDIA_BYTES 80
/* A partner's delegation reaches ‘cc/’ and up to three components below it. */
#define MIN_COMPONENTS 2
#define MAX_COMPONENTS 4

static gboolean
is_alphanumeric (char c)
{
  return g_ascii_islower (c) || g_ascii_isdigit (c);
}

/* Names that Windows gives to devices, with or without an extension. A mirror or a stick may be
 * made there. */
static gboolean
is_device_name (const char *component)
{
  static const char *const names[] = { "con", "prn", "aux", "nul" };
  size_t length = strcspn (component, ".");

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (length == strlen (names[i]) && strncmp (component, names[i], length) == 0)
      return TRUE;

  return length == 4 && g_ascii_isdigit (component[3]) &&
         (g_str_has_prefix (component, "com") || g_str_has_prefix (component, "lpt"));
}

static gboolean
check_component (const char *component, size_t max_bytes)
{
  size_t length = strlen (component);

  if (length == 0 || length > max_bytes || strstr (component, "..") != NULL ||
      is_device_name (component))
    return FALSE;
  if (!is_alphanumeric (component[0]) || !is_alphanumeric (component[length - 1]))
    return FALSE;
  for (size_t i = 0; i < length; i++)
    if (!is_alphanumeric (component[i]) && strchr ("._-", component[i]) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * tomo_target_path_check:
 * @path: a target path
 * @error: return location for a #GError
 *
 * Whether @path may stand in a campaign: two to four components of lower-case letters, digits,
 * full stops, hyphens and underscores, none of which is special on any file system.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE if it may
 */
gboolean
tomo_target_path_check (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_auto(GStrv) components = g_strsplit (path, "/", -1);
  unsigned int n_components = g_strv_length (components);
  gboolean is_media = n_components == 3 && strcmp (components[1], "media") == 0;

  if (n_components < MIN_COMPONENTS || n_components > MAX_COMPONENTS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "target path ‘%s’ has %u components, not %d to %d", path, n_components,
                   MIN_COMPONENTS, MAX_COMPONENTS);
      return FALSE;
    }

  for (unsigned int i = 0; i < n_components; i++)
    if (!check_component (components[i],
                          is_media && i == 2 ? MAX_MEDIA_BYTES : MAX_COMPONENT_BYTES))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                     "target path ‘%s’: ‘%s’ cannot be used as a name; take a–z, 0–9 and, inside, "
                     "single ‘.’, ‘_’ and ‘-’",
                     path, components[i]);
        return FALSE;
      }
  return TRUE;
}

/**
 * tomo_target_path_matches:
 * @pattern: a pattern of a delegation; `*` stands for any characters, `?` for one, but neither
 *   for ‘/’
 * @path: a target path
 *
 * Whether @pattern covers @path wholly. Brackets are ordinary characters.
 *
 * Returns: %TRUE if it does
 */
gboolean
tomo_target_path_matches (const char *pattern, const char *path)
{
  g_return_val_if_fail (pattern != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  /* Only the last star need be tried again: what stands before it was matched as far to the left
   * as can be, which leaves the most for the rest. So this takes at most length × length steps. */
  const char *after_star = NULL;
  const char *retry = NULL;

  while (*path != '\0')
    {
      if (*pattern == '*')
        {
          after_star = ++pattern;
          retry = path;
        }
      else if (*pattern == '?' && *path != '/')
        {
          pattern++;
          path = g_utf8_next_char (path);
        }
      else if (*pattern == *path && *pattern != '?')
        {
          pattern++;
          path++;
        }
      else if (after_star != NULL && *retry != '/')
        {
          pattern = after_star;
          retry = g_utf8_next_char (retry);
          path = retry;
        }
      else
        {
          return FALSE;
        }
    }

  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}
