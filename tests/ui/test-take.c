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

#define LONG_STEP                                                                                  \
  "Whoever hurries you wants you not to think: a real bank, a real office and a real friend will " \
  "still be there in an hour, when you have asked somebody you trust."

/* A tip as long as ‘pack check’ lets pass, in the place of a short one. */
static TomoStage *
new_long_card (int width_px, int height_px)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_fixture_dup_folder ();
  g_autofree char *path = g_build_filename (folder, "jp", "packs", "basics", "en.k1.gz", NULL);
  g_autoptr(GString) items = g_string_new (
      "[('long-passphrase', {'kind': <'tip'>, 'topic': <'passwords'>, 'age': <'all'>, "
      "'risk': <'high'>, 'title': <'Make it long'>, 'picture': <('', '')>, 'sources': "
      "<@a(ss) []>, 'summary': <@a(yss) [(0, '" LONG_STEP "', '')]>, 'steps': <[");

  for (unsigned int i = 0; i < 12; i++)
    g_string_append_printf (items, "%s[(byte 0, '" LONG_STEP "', '')]", (i > 0) ? ", " : "");
  g_string_append (items, "]>})]");

  tomo_fixture_fill_preview (folder);
  g_autoptr(GBytes) pack = tomo_fixture_compile_text (
      "{'partner': <'jp'>, 'pack': <'basics'>, 'language': <'en'>, 'source-language': <'en'>, "
      "'title': <'Basics'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>, 'license': "
      "<'CC-BY-4.0'>, 'fallback': <@as []>, 'sample': <true>, 'draft': <false>, 'sensitive': "
      "<false>, 'media': <@as []>, 'incomplete': <@as []>}",
      items->str);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pack, NULL),
                                      (gssize) g_bytes_get_size (pack), &error));
  g_autoptr(TomoLibrary) library = tomo_library_new_for_preview (folder, &error);
  g_assert_no_error (error);
  TomoStage *stage = tomo_stage_new_for_library (library, width_px, height_px);
  stage->folder = g_steal_pointer (&folder);
  return stage;
}

static void
wait_for_frames (TomoStage *stage, unsigned int n_frames)
{
  for (unsigned int i = 0; i < n_frames; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (stage->window));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (stage->window));
    }
  tomo_stage_settle (stage);
}

/* Returns: how many of the steps that are on this photograph were seen for the first time. */
static unsigned int
look_at_photograph (TomoStage *stage, GHashTable *seen)
{
  GtkWidget *steps = tomo_stage_find (stage, "steps");
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (steps, GTK_TYPE_SCROLLED_WINDOW)));
  unsigned int n_new = 0;

  wait_for_frames (stage, 12);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=,
                     gtk_adjustment_get_page_size (adjustment) + 1.0);
  for (GtkWidget *step = gtk_widget_get_first_child (steps); step != NULL;
       step = gtk_widget_get_next_sibling (step))
    if (gtk_widget_get_mapped (step) && g_hash_table_add (seen, step))
      n_new++;

  return n_new;
}

/* A card as long as cards get is photographed in a few parts, each of them whole on the screen and
 * in letters that can be read, and each step is on one of them. */
static void
test_take_long_card (void)
{
  static const struct
  {
    int width_px;
    int height_px;
    double px_per_mm; /* zero: on a desk */
    unsigned int text_size;
    unsigned int max_parts;
  } screens[] = {
    { 1080, 1920, 2.71, 0, 1 }, { 1920, 1080, 4.03, 0, 1 }, { 1024, 600, 4.61, 0, 3 },
    { 800, 480, 5.19, 0, 6 },   { 800, 480, 5.19, 2, 8 },   { 1080, 1920, 0, 2, 2 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autoptr(TomoStage) stage = new_long_card (screens[i].width_px, screens[i].height_px);
      g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
      TomoGlass glass = *tomo_scene_get_glass (stage->scene);

      glass.is_touched = screens[i].px_per_mm > 0.0;
      glass.px_per_mm = glass.is_touched ? screens[i].px_per_mm : glass.px_per_mm;
      tomo_scene_set_glass (stage->scene, &glass);
      tomo_window_glass_changed (stage->window);
      open_take_page (stage, "en");
      tomo_visit_set_text_size (stage->visit, screens[i].text_size);

      unsigned int n_parts = 1;
      look_at_photograph (stage, seen);
      while (g_hash_table_size (seen) < 12)
        {
          tomo_stage_press (stage, "turn");
          g_assert_cmpuint (look_at_photograph (stage, seen), >, 0);
          n_parts++;
        }
      g_test_message ("%d×%d, text %u: %u parts", screens[i].width_px, screens[i].height_px,
                      screens[i].text_size, n_parts);
      g_assert_cmpuint (n_parts, <=, screens[i].max_parts);
      g_assert_cmpint (gtk_widget_get_visible (tomo_stage_find (stage, "turn")), ==, n_parts > 1);
    }
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
  g_test_add_func ("/ui/take/long-card", test_take_long_card);
  g_test_add_func ("/ui/take/zbar", test_take_zbar);
  g_test_add_func ("/ui/take/zxing", test_take_zxing);
  return g_test_run ();
}
