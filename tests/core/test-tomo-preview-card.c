/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-preview-card.h"

#include <glib/gstdio.h>

#include "core/tomo-error.h"

static char *
dup_path (const char *folder)
{
  return g_build_filename (folder, TOMO_PREVIEW_CARD_FILE, NULL);
}

/* What was saved is what is loaded, with and without an answer. */
static void
test_preview_card_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tomo-card-XXXXXX", &error);
  g_autofree char *path = dup_path (folder);
  g_autoptr(TomoPreviewCard) card = tomo_preview_card_new ("zh-Hant", "jp", "basics", "one");

  for (unsigned int i = 0; i < 2; i++)
    {
      g_assert_true (tomo_preview_card_save (card, folder, &error));
      g_assert_no_error (error);
      g_autoptr(TomoPreviewCard) loaded = tomo_preview_card_load (folder, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (loaded->language, ==, "zh-Hant");
      g_assert_cmpstr (loaded->partner, ==, "jp");
      g_assert_cmpstr (loaded->pack, ==, "basics");
      g_assert_cmpstr (loaded->item, ==, "one");
      if (i == 0)
        {
          g_assert_null (loaded->answer);
          card->answer = g_strsplit ("a=b;c", " ", -1);
          continue;
        }
      g_assert_cmpuint (g_strv_length (loaded->answer), ==, 1);
      g_assert_cmpstr (loaded->answer[0], ==, "a=b;c");
    }

  g_unlink (path);
  g_rmdir (folder);
}

/* No card, half a card and a huge one are errors. */
static void
test_preview_card_errors (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tomo-card-XXXXXX", &error);
  g_autofree char *path = dup_path (folder);
  g_autofree char *huge = g_strnfill (65537, '#');

  g_assert_null (tomo_preview_card_load (folder, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "[card]\nlanguage=ja\n", -1, NULL));
  g_assert_null (tomo_preview_card_load (folder, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == TOMO_ERROR);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, huge, -1, NULL));
  g_assert_null (tomo_preview_card_load (folder, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/preview-card/round-trip", test_preview_card_round_trip);
  g_test_add_func ("/preview-card/errors", test_preview_card_errors);
  return g_test_run ();
}
