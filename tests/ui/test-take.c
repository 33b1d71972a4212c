/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "tests/support/tomo-fixture.h"
#include "tests/ui/tomo-stage.h"
#include "ui/tomo-qr-code.h"

/* A card to take home. */

#define TIP "jp", "basics", "long-passphrase"

static void
open_take_page (TomoStage *stage, const char *language)
{
  tomo_visit_reset (stage->visit);
  tomo_stage_activate (stage, "visit.begin", "s", language);
  tomo_stage_activate (stage, "visit.tip", "(sss)", TIP);
  tomo_stage_press (stage, "take");
  g_assert_cmpint (tomo_visit_get_place (stage->visit)->kind, ==, TOMO_PLACE_TAKE);
}

/* Codes grow with the address, up to a size that a telephone reads from an arm's length; there is
 * none for an address that needs more. */
static void
test_take_versions (void)
{
  static const struct
  {
    unsigned int n_chars;
    int version; /* zero: no code */
  } vectors[] = {
    { 20, 2 }, { 42, 3 }, { 62, 4 }, { 106, 6 }, { 107, 6 }, { 134, 6 }, { 135, 0 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *address = g_strnfill (vectors[i].n_chars, 'a');
      GtkWidget *code = tomo_qr_code_new (address, 100);
      g_test_message ("%u characters", vectors[i].n_chars);
      if (vectors[i].version == 0)
        {
          g_assert_null (code);
          continue;
        }
      g_object_ref_sink (code);
      g_assert_cmpint (tomo_qr_code_get_version (TOMO_QR_CODE (code)), ==, vectors[i].version);
      g_assert_cmpint (tomo_qr_code_get_code_px (TOMO_QR_CODE (code)), >=, 100);
      g_assert_finalize_object (code);
    }
}

/* The code is at least 40 mm wide on the glass, whatever the glass is like. */
static void
test_take_size (void)
{
  static const double px_per_mm[] = { 2.0, 3.78, 5.2, 8.0 };
  g_autoptr(TomoStage) stage = tomo_stage_new (1080, 1920);

  for (size_t i = 0; i < G_N_ELEMENTS (px_per_mm); i++)
    {
      TomoGlass glass = *tomo_scene_get_glass (stage->scene);
      glass.px_per_mm = px_per_mm[i];
      tomo_scene_set_glass (stage->scene, &glass);
      open_take_page (stage, "en");
      TomoQrCode *code = TOMO_QR_CODE (tomo_stage_find (stage, "code"));
      g_assert_cmpfloat (tomo_qr_code_get_code_px (code) / px_per_mm[i], >=, 40.0);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (code)), >=,
                       tomo_qr_code_get_code_px (code));
    }
}

/* The address stands below the code, from left to right also in Arabic, in an isolate of its own;
 * the code has a name that says where it leads. */
static void
test_take_address (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1024, 600);

  open_take_page (stage, "ar");
  GtkWidget *code = tomo_stage_find (stage, "code");
  GtkWidget *address = tomo_stage_find (stage, "address");
  g_assert_true (gtk_widget_get_next_sibling (code) == address);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (address)), ==,
                   "\xe2\x81\xa6https://example.org/jp/basics/long-passphrase/ar\xe2\x81\xa9");
  g_assert_cmpint (gtk_widget_get_direction (address), ==, GTK_TEXT_DIR_LTR);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (code), GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (code), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

/* Without an address of the campaign (a preview has no campaign at all) the page holds the whole
 * card, so that one photograph does. */
static void
test_take_photograph (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_fixture_dup_folder ();
  tomo_fixture_fill_preview (folder);
  g_autoptr(TomoLibrary) library = tomo_library_new_for_preview (folder, &error);
  g_assert_no_error (error);
  g_autoptr(TomoStage) stage = tomo_stage_new_for_library (library, 1080, 1920);
  stage->folder = g_steal_pointer (&folder);

  open_take_page (stage, "ja");
  g_assert_null (tomo_stage_find_under (GTK_WIDGET (stage->window), "code"));
  GtkWidget *steps = tomo_stage_find (stage, "steps");
  unsigned int n_steps = 0;
  for (GtkWidget *step = gtk_widget_get_first_child (steps); step != NULL;
       step = gtk_widget_get_next_sibling (step))
    n_steps++;
  g_assert_cmpuint (n_steps, ==, 2);
  g_assert_true (gtk_widget_get_mapped (steps));
  GtkScrolledWindow *scroller =
      GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (steps, GTK_TYPE_SCROLLED_WINDOW));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=,
                     gtk_adjustment_get_page_size (adjustment));
}

/* What a reader says of the picture of the screen. */
static char *
read_code (const char *const *reader, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *output = NULL;
  const char *argv[5] = { NULL };
  unsigned int n_words = 0;

  for (; reader[n_words] != NULL; n_words++)
    argv[n_words] = reader[n_words];
  argv[n_words] = path;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                               &output, NULL, NULL, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&output);
}

static void
read_screen (TomoStage *stage, const char *const *reader, const char *look)
{
  g_autofree char *path = g_build_filename (stage->folder, "screen.png", NULL);
  g_autoptr(GdkTexture) texture = tomo_stage_draw (stage);

  g_assert_true (gdk_texture_save_to_png (texture, path));
  g_autofree char *said = read_code (reader, path);
  if (strstr (said, "https://example.org/jp/basics/long-passphrase/en") == NULL)
    g_error ("%s reads ‘%s’ from the screen with %s colours", reader[0], said, look);
}

/* A whole screen, photographed straight, is read by a program that knows nothing of ours, in all
 * colours and on a large and a small screen. */
static void
check_reader (const char *const *reader)
{
  static const int sizes[][2] = { { 1080, 1920 }, { 1920, 1080 }, { 800, 480 } };
  g_autofree char *program = g_find_program_in_path (reader[0]);

  if (program == NULL)
    {
      g_test_skip ("the reader is not installed");
      return;
    }

  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(TomoStage) stage = tomo_stage_new (sizes[i][0], sizes[i][1]);
      GtkSettings *settings = gtk_settings_get_default ();

      open_take_page (stage, "en");
      read_screen (stage, reader, "light");
      tomo_visit_set_high_contrast (stage->visit, TRUE);
      tomo_stage_settle (stage);
      read_screen (stage, reader, "strong");
      g_object_set (settings, "gtk-application-prefer-dark-theme", TRUE, NULL);
      tomo_visit_set_high_contrast (stage->visit, FALSE);
      tomo_stage_settle (stage);
      read_screen (stage, reader, "dark");
      g_object_set (settings, "gtk-application-prefer-dark-theme", FALSE, NULL);
    }
}

static void
test_take_zbar (void)
{
  static const char *const reader[] = { "zbarimg", "--quiet", "--raw", NULL };
  check_reader (reader);
}

static void
test_take_zxing (void)
{
  static const char *const reader[] = { "ZXingReader", NULL };
  check_reader (reader);
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  g_test_add_func ("/ui/take/versions", test_take_versions);
  g_test_add_func ("/ui/take/size", test_take_size);
  g_test_add_func ("/ui/take/address", test_take_address);
  g_test_add_func ("/ui/take/photograph", test_take_photograph);
  g_test_add_func ("/ui/take/zbar", test_take_zbar);
  g_test_add_func ("/ui/take/zxing", test_take_zxing);
  return g_test_run ();
}
