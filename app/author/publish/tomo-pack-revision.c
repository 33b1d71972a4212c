/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-pack-revision.h"

#include <string.h>
#include <sys/stat.h>

#include "core/tomo-error.h"

/* After @end, or NULL if it does not come. */
static const char *
skip_past (const char *at, const char *end)
{
  const char *found = strstr (at, end);

  return found != NULL ? found + strlen (end) : NULL;
}

/* Behind comments, processing instructions and a doctype, at the ‘<’ of the first element. */
static const char *
find_first_element (const char *xml)
{
  const char *at = strchr (xml, '<');

  while (at != NULL && (at[1] == '!' || at[1] == '?'))
    {
      if (g_str_has_prefix (at, "<!--"))
        at = skip_past (at, "-->");
      else if (at[1] == '?')
        at = skip_past (at, "?>");
      else
        at = skip_past (at, ">");
      at = at != NULL ? strchr (at, '<') : NULL;
    }

  return at;
}

/* At the first digit inside revision="…". Works on well-formed XML; build has parsed the file. */
static const char *
find_value (const char *xml)
{
  const char *at = find_first_element (xml);

  if (at == NULL)
    return NULL;

  at += strcspn (at, " \t\r\n>");
  while (TRUE)
    {
      at += strspn (at, " \t\r\n");
      size_t name_length = strcspn (at, " \t\r\n=/>");
      const char *quote = at + name_length;

      quote += strspn (quote, " \t\r\n");
      if (name_length == 0 || *quote != '=')
        return NULL;
      quote++;
      quote += strspn (quote, " \t\r\n");
      if (*quote != '"' && *quote != '\'')
        return NULL;

      if (name_length == strlen ("revision") && g_str_has_prefix (at, "revision"))
        return quote + 1;

      at = strchr (quote + 1, *quote);
      if (at == NULL)
        return NULL;
      at++;
    }
}

/**
 * tomo_pack_revision_replace:
 * @xml: a well-formed pack.xml
 * @revision: what the attribute ‘revision’ of its element ‘pack’ shall say
 * @error: return location for a #GError
 *
 * Changes the digits of one attribute and no other byte, so that an author's diff shows just that.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the new text
 */
char *
tomo_pack_revision_replace (const char *xml, unsigned int revision, GError **error)
{
  g_return_val_if_fail (xml != NULL, NULL);

  const char *value = find_value (xml);
  size_t n_digits = value != NULL ? strspn (value, "0123456789") : 0;

  if (n_digits == 0)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                           "the element ‘pack’ has no attribute ‘revision’ with a number");
      return NULL;
    }

  return g_strdup_printf ("%.*s%u%s", (int) (value - xml), xml, revision, value + n_digits);
}

/**
 * tomo_pack_revision_write:
 * @folder: a pack
 * @revision: its new revision
 * @error: return location for a #GError
 *
 * Writes the revision into pack.xml.
 *
 * On failure this sets a #TomoError, and pack.xml is as before.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_pack_revision_write (const char *folder, unsigned int revision, GError **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  g_autofree char *path = g_build_filename (folder, "pack.xml", NULL);
  g_autofree char *xml = NULL;
  if (!g_file_get_contents (path, &xml, NULL, error))
    {
      tomo_error_convert (error);
      return FALSE;
    }

  g_autofree char *changed = tomo_pack_revision_replace (xml, revision, error);
  if (changed == NULL)
    {
      g_prefix_error (error, "‘%s’: ", path);
      return FALSE;
    }

  struct stat status;
  int mode = stat (path, &status) == 0 ? (int) (status.st_mode & 0777) : 0644;
  if (!g_file_set_contents_full (path, changed, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, error))
    {
      tomo_error_convert (error);
      g_prefix_error (error,
                      "the content changed, but its revision cannot be raised to %u: ", revision);
      return FALSE;
    }

  return TRUE;
}
