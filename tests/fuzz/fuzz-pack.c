/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-normal-form-private.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-gzip.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
read_text (TomoText *text)
{
  g_autofree char *plain = tomo_text_dup_plain (text);

  g_assert_true (g_utf8_validate (plain, -1, NULL));
  g_assert_true (tomo_text_get_recording (text)[0] == '\0' ||
                 strlen (tomo_text_get_recording (text)) == 64);
  for (size_t i = 0; i < tomo_text_get_n_runs (text); i++)
    g_assert_cmpuint (strlen (tomo_text_get_run (text, i).argument), <=,
                      TOMO_PACK_MAX_STRING_BYTES);
}

static void
read_item (TomoItem *item)
{
  const char *title;
  const char *href;

  g_assert_cmpuint (strlen (tomo_item_get_id (item)), >, 0);
  g_assert_true (g_utf8_validate (tomo_item_get_title (item), -1, NULL));
  g_assert_true (g_utf8_validate (tomo_item_get_picture_alt (item), -1, NULL));
  read_text (tomo_item_get_summary (item));
  read_text (tomo_item_get_prompt (item));
  read_text (tomo_item_get_explanation (item));
  for (size_t i = 0; i < tomo_item_get_n_steps (item); i++)
    read_text (tomo_item_get_step (item, i));
  for (size_t i = 0; i < tomo_item_get_n_sources (item); i++)
    {
      tomo_item_get_source (item, i, &title, &href);
      g_assert_true (g_str_has_prefix (href, "http"));
    }
  for (size_t i = 0; i < tomo_item_get_n_recordings (item); i++)
    {
      const char *part = NULL;
      g_assert_cmpuint (strlen (tomo_item_get_recording (item, i, &part)), ==, 64);
      g_assert_true (g_utf8_validate (part, -1, NULL));
    }
  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    {
      read_text (tomo_item_get_choice (item, i)->text);
      read_text (tomo_item_get_choice (item, i)->feedback);
    }
}

/* What we are certain of, GLib finds as well. */
static void
compare_with_glib (GBytes *plain)
{
  size_t size = 0;
  const void *data = g_bytes_get_data (plain, &size);
  g_autoptr(GVariant) variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (TOMO_PACK_VARIANT_TYPE), plain, FALSE));

  g_assert_true (!tomo_normal_form_is_certain ((TomoPiece){ data, size }, TOMO_PACK_VARIANT_TYPE) ||
                 g_variant_is_normal_form (variant));
}

/* Whatever the bytes are, there is a pack or an error, and a pack can be read to its end. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) plain = g_bytes_new (data, size);
  compare_with_glib (plain);

  g_autoptr(GBytes) packed = tomo_gzip_deflate (plain, NULL);
  g_autoptr(TomoPack) pack = tomo_pack_new (packed, &error);

  g_assert_true ((pack == NULL) == (error != NULL));
  if (pack == NULL)
    return 0;

  g_assert_cmpuint (tomo_pack_get_revision (pack), >, 0);
  g_assert_cmpuint (strlen (tomo_pack_get_verified_on (pack)), ==, 10);
  for (size_t i = 0; i < tomo_pack_get_n_items (pack); i++)
    {
      TomoItem *item = tomo_pack_get_item (pack, i);
      read_item (item);
      g_assert_true (tomo_pack_find_item (pack, tomo_item_get_id (item)) == item);
    }

  return 0;
}
