/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-preview-card.h"

#include <glib/gstdio.h>

#include "core/tomo-error.h"

#define GROUP "card"
/* Five short lines. */
#define MAX_BYTES (64 * 1024)

/**
 * tomo_preview_card_new:
 * @language: BCP 47
 * @partner: whose pack it is
 * @pack: id of the pack
 * @item: id of the tip or question
 *
 * Returns: (transfer full): a card; a question is open
 */
TomoPreviewCard *
tomo_preview_card_new (const char *language,
                       const char *partner,
                       const char *pack,
                       const char *item)
{
  TomoPreviewCard *self = g_new0 (TomoPreviewCard, 1);

  self->language = g_strdup (language);
  self->partner = g_strdup (partner);
  self->pack = g_strdup (pack);
  self->item = g_strdup (item);
  return self;
}

/**
 * tomo_preview_card_free:
 * @self: (transfer full): a card
 *
 * Frees @self.
 */
void
tomo_preview_card_free (TomoPreviewCard *self)
{
  g_free (self->language);
  g_free (self->partner);
  g_free (self->pack);
  g_free (self->item);
  g_strfreev (self->answer);
  g_free (self);
}

static gboolean
check_size (const char *path, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0 || info.st_size <= MAX_BYTES)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s is larger than %d bytes", path,
               MAX_BYTES);
  return FALSE;
}

/**
 * tomo_preview_card_load:
 * @folder: of a preview
 * @error: return location for a #GError
 *
 * Reads which card of the preview is to be shown.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if nobody said, %TOMO_ERROR_INVALID_DATA or
 * %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): a card
 */
TomoPreviewCard *
tomo_preview_card_load (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autofree char *path = g_build_filename (folder, TOMO_PREVIEW_CARD_FILE, NULL);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(TomoPreviewCard) self = tomo_preview_card_new (NULL, NULL, NULL, NULL);

  if (!check_size (path, error))
    return NULL;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error) ||
      (self->language = g_key_file_get_string (file, GROUP, "language", error)) == NULL ||
      (self->partner = g_key_file_get_string (file, GROUP, "partner", error)) == NULL ||
      (self->pack = g_key_file_get_string (file, GROUP, "pack", error)) == NULL ||
      (self->item = g_key_file_get_string (file, GROUP, "item", error)) == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      tomo_error_convert (error);
      return NULL;
    }
  self->answer = g_key_file_get_string_list (file, GROUP, "answer", NULL, NULL);

  return g_steal_pointer (&self);
}

/**
 * tomo_preview_card_save:
 * @self: a card
 * @folder: of a preview
 * @error: return location for a #GError
 *
 * Says which card of the preview is to be shown. Whoever reads finds the old card or the new one.
 *
 * On failure this sets a #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_preview_card_save (const TomoPreviewCard *self, const char *folder, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  g_autofree char *path = g_build_filename (folder, TOMO_PREVIEW_CARD_FILE, NULL);
  g_autoptr(GKeyFile) file = g_key_file_new ();

  g_key_file_set_string (file, GROUP, "language", self->language);
  g_key_file_set_string (file, GROUP, "partner", self->partner);
  g_key_file_set_string (file, GROUP, "pack", self->pack);
  g_key_file_set_string (file, GROUP, "item", self->item);
  if (self->answer != NULL)
    g_key_file_set_string_list (file, GROUP, "answer", (const char *const *) self->answer,
                                g_strv_length (self->answer));

  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}
