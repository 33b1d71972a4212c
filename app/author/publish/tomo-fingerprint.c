/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-fingerprint.h"

#include <string.h>

#include "core/tomo-error.h"

#define SHA256_CHARS 64
/* What is typed where it is compared with a sheet of paper: 32 bits, and still no trouble. */
#define TYPED_CHARS 8

/**
 * tomo_fingerprint_format:
 * @sha256: 64 hexadecimal digits
 *
 * Returns: (transfer full): in capitals, in groups of four
 */
char *
tomo_fingerprint_format (const char *sha256)
{
  g_return_val_if_fail (sha256 != NULL, NULL);

  g_autofree char *upper = g_ascii_strup (sha256, -1);
  GString *groups = g_string_new (NULL);

  for (size_t i = 0; upper[i] != '\0'; i += MIN (4, strlen (upper + i)))
    g_string_append_printf (groups, "%s%.4s", i > 0 ? " " : "", upper + i);

  return g_string_free (groups, FALSE);
}

/* NULL where there is anything but digits and what people put between them. */
static char *
dup_digits (const char *text)
{
  g_autoptr(GString) hex = g_string_new (NULL);
  const char *c = text;

  for (; g_ascii_isxdigit (*c) || g_ascii_isspace (*c) || *c == '-' || *c == ':'; c++)
    if (g_ascii_isxdigit (*c))
      g_string_append_c (hex, g_ascii_tolower (*c));

  return *c == '\0' ? g_string_free (g_steal_pointer (&hex), FALSE) : NULL;
}

/**
 * tomo_fingerprint_parse:
 * @text: what a person typed
 * @error: return location for a #GError
 *
 * Reads a whole fingerprint; blanks, hyphens, colons and capitals do not matter.
 *
 * On failure this sets %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
tomo_fingerprint_parse (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *hex = dup_digits (text);
  if (hex != NULL && strlen (hex) == SHA256_CHARS)
    return g_steal_pointer (&hex);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "‘%.200s’ is not a fingerprint; it has 16 groups of four digits 0-9 and A-F", text);
  return NULL;
}

/**
 * tomo_fingerprint_begins_with:
 * @sha256: 64 hexadecimal digits
 * @typed: what a person read off a sheet and typed
 *
 * Returns: %TRUE if @typed is at least the first two groups of @sha256
 */
gboolean
tomo_fingerprint_begins_with (const char *sha256, const char *typed)
{
  g_return_val_if_fail (sha256 != NULL && typed != NULL, FALSE);

  g_autofree char *hex = dup_digits (typed);

  return hex != NULL && strlen (hex) >= TYPED_CHARS && g_str_has_prefix (sha256, hex);
}
