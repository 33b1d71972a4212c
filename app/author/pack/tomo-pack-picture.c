/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-pack-picture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/pack/tomo-png.h"
#include "author/pack/tomo-source-file.h"
#include "author/pack/tomo-svg.h"
#include "core/content/tomo-picture.h"
#include "core/tomo-error.h"

/* Stands for the language in src="…", as in that of recordings. */
#define LANGUAGE_PLACE "{lang}"

static gboolean
is_svg (const char *src)
{
  return g_str_has_suffix (src, ".svg");
}

/* media/ and a plain name: nothing above the pack, nothing hidden, the same on every system. */
static gboolean
check_src (const TomoSourcePack *pack, const TomoSourcePicture *picture, TomoFindings *findings)
{
  if (picture->src[0] == '\0')
    return FALSE; /* Told when it was read. */
  if (g_regex_match_simple ("^media/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(\\.\\{lang\\})?\\.(svg|png)$",
                            picture->src, 0, 0))
    return TRUE;

  tomo_findings_add (findings, TOMO_FINDING_ERROR, pack->file, picture->line,
                     /* Translators: src and media/… are literal, %s is what the author wrote */
                     _("src=\"%s\" is not possible; put an SVG or PNG file into the folder media, "
                        "named with the signs A-Z, a-z, 0-9, - and _ only, and write "
                        "src=\"media/name.svg\""),
                     picture->src);
  return FALSE;
}

static char *
dup_src_in (const TomoSourcePicture *picture, const char *language)
{
  g_autoptr(GString) src = g_string_new (picture->src);

  g_string_replace (src, LANGUAGE_PLACE, language, 1);
  return g_string_free (g_steal_pointer (&src), FALSE);
}

/* A picture without words needs no other in @language; one that nobody has drawn yet is shown as
 * it is in the source. */
static char *
dup_src (const TomoSourcePack *pack, const TomoSourcePicture *picture, const char *language)
{
  g_autofree char *src = dup_src_in (picture, language);
  g_autofree char *path = g_build_filename (pack->folder, src, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&src)
                                                : dup_src_in (picture, pack->language);
}

/**
 * tomo_pack_picture_is_localised:
 * @picture: of a pack
 *
 * Returns: %TRUE if there may be a file for each language
 */
gboolean
tomo_pack_picture_is_localised (const TomoSourcePicture *picture)
{
  return strstr (picture->src, LANGUAGE_PLACE) != NULL;
}

static GBytes *
load (const TomoSourcePack *pack,
      const TomoSourcePicture *picture,
      const char *src,
      TomoFindings *findings)
{
  g_autofree char *path = g_build_filename (pack->folder, src, NULL);
  size_t max_bytes = is_svg (src) ? TOMO_SVG_MAX_BYTES : TOMO_PICTURE_MAX_BYTES;
  g_autoptr(GError) error = NULL;
  GBytes *bytes = tomo_source_file_read (path, max_bytes, &error);

  if (bytes != NULL)
    return bytes;

  if (g_error_matches (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    tomo_findings_add (findings, TOMO_FINDING_ERROR, pack->file, picture->line,
                       /* Translators: %s is the name of a file of a picture */
                       _("the picture %s does not exist; put it there or correct src"), src);
  else
    tomo_findings_add (
        findings, TOMO_FINDING_ERROR, pack->file, picture->line,
        /* Translators: %s is an English message that names a file; the limit is a number of KiB */
        _("the picture cannot be used: %s (the limit is %u KiB)"), error->message,
        (unsigned int) (max_bytes / 1024));
  return NULL;
}

/**
 * tomo_pack_picture_check:
 * @pack: a pack
 * @picture: one of its pictures
 * @language: BCP 47
 * @findings: where mistakes are told
 *
 * Reads the file of @picture in @language, or in that of the source, and looks whether it can be
 * rendered, without rendering it.
 *
 * Returns: (transfer full) (nullable): the file; %NULL if it cannot be used, and then there is a
 *    finding about it
 */
GBytes *
tomo_pack_picture_check (const TomoSourcePack *pack,
                         const TomoSourcePicture *picture,
                         const char *language,
                         TomoFindings *findings)
{
  g_return_val_if_fail (pack != NULL, NULL);
  g_return_val_if_fail (picture != NULL, NULL);

  if (!check_src (pack, picture, findings))
    return NULL;

  g_autofree char *src = dup_src (pack, picture, language);
  g_autoptr(GBytes) bytes = load (pack, picture, src, findings);
  g_autofree char *path = g_build_filename (pack->folder, src, NULL);
  g_autoptr(GError) error = NULL;

  if (bytes == NULL)
    return NULL;
  if (is_svg (picture->src))
    return tomo_svg_check (bytes, path, findings) ? g_steal_pointer (&bytes) : NULL;
  if (tomo_picture_check (bytes, NULL, NULL, &error))
    return g_steal_pointer (&bytes);

  /* Translators: %s is an English message about a PNG file */
  tomo_findings_add (findings, TOMO_FINDING_ERROR, path, 0, _("this cannot be shown: %s"),
                     error->message);
  return NULL;
}

/**
 * tomo_pack_picture_render:
 * @pack: a pack
 * @picture: one of its pictures
 * @language: BCP 47
 * @rendered: (nullable) (element-type utf8 GBytes): what was rendered before, by the SHA-256 of the
 *    file; this one is added
 * @findings: where mistakes are told
 * @error: return location for a #GError
 *
 * Makes the PNG that kiosks show in @language. The same file gives the same bytes.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if the picture cannot be used; there is then a
 * finding, too.
 *
 * Returns: (transfer full): a PNG without metadata
 */
GBytes *
tomo_pack_picture_render (const TomoSourcePack *pack,
                          const TomoSourcePicture *picture,
                          const char *language,
                          GHashTable *rendered,
                          TomoFindings *findings,
                          GError **error)
{
  g_autoptr(GBytes) source = tomo_pack_picture_check (pack, picture, language, findings);

  if (source == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "picture %s cannot be used",
                   picture->src);
      return NULL;
    }

  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, source);
  GBytes *known = rendered != NULL ? g_hash_table_lookup (rendered, sha256) : NULL;
  if (known != NULL)
    return g_bytes_ref (known);

  g_autoptr(GBytes) png = is_svg (picture->src)
                               ? tomo_svg_render (source, TOMO_SVG_RENDER_EDGE_PX, error)
                               : g_bytes_ref (source);
  g_autoptr(GBytes) clean = png != NULL ? tomo_png_strip (png, error) : NULL;

  if (clean != NULL && tomo_picture_check (clean, NULL, NULL, error))
    {
      if (rendered != NULL)
        g_hash_table_insert (rendered, g_steal_pointer (&sha256), g_bytes_ref (clean));
      return g_steal_pointer (&clean);
    }

  g_autofree char *src = dup_src (pack, picture, language);
  g_autofree char *path = g_build_filename (pack->folder, src, NULL);
  if (error != NULL)
    /* Translators: %s is an English message about a picture */
    tomo_findings_add (findings, TOMO_FINDING_ERROR, path, 0, _("this cannot be shown: %s"),
                       (*error)->message);
  g_prefix_error (error, "%s: ", path);
  return NULL;
}
