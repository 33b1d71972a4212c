/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-media.h"

#include "core/content/tomo-audio.h"
#include "core/content/tomo-picture.h"

/**
 * tomo_media_is_path:
 * @path: of a target
 *
 * Returns: %TRUE if a picture or a recording belongs there
 */
gboolean
tomo_media_is_path (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_auto(GStrv) parts = g_strsplit (path, "/", 0);

  return g_strv_length (parts) == 3 && g_str_equal (parts[1], "media") &&
         (g_str_has_suffix (parts[2], TOMO_MEDIA_PICTURE) ||
          g_str_has_suffix (parts[2], TOMO_MEDIA_AUDIO));
}

/**
 * tomo_media_dup_path:
 * @partner: whose it is
 * @name: as tomo_pack_get_media() gives it
 *
 * Returns: (transfer full): the path of the target
 */
char *
tomo_media_dup_path (const char *partner, const char *name)
{
  return g_strconcat (partner, "/media/", name, NULL);
}

/**
 * tomo_media_get_max_bytes:
 * @path: of a picture or a recording
 *
 * Returns: how large it may be
 */
size_t
tomo_media_get_max_bytes (const char *path)
{
  return g_str_has_suffix (path, TOMO_MEDIA_AUDIO) ? TOMO_AUDIO_MAX_BYTES : TOMO_PICTURE_MAX_BYTES;
}

/**
 * tomo_media_check:
 * @path: of a picture or a recording
 * @bytes: foreign bytes
 * @error: return location for a #GError
 *
 * Looks at the form of @bytes before any decoder does.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE if @bytes are what @path says, within the limits
 */
gboolean
tomo_media_check (const char *path, GBytes *bytes, GError **error)
{
  return g_str_has_suffix (path, TOMO_MEDIA_AUDIO) ? tomo_audio_check (bytes, NULL, error)
                                                   : tomo_picture_check (bytes, NULL, NULL, error);
}
