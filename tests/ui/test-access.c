/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "tests/support/tomo-fixture.h"
#include "tests/ui/tomo-stage.h"
#include "tests/ui/tomo-trial.h"
#include "ui/tomo-contrast.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-operator-panel.h"
#include "ui/tomo-text-label.h"

#define LEFT_TO_RIGHT_ISOLATE "\xe2\x81\xa6"
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9"
/* No widget has this name, so asking for it gives the one that it has. */
#define NO_NAME "\x1f"

static const char *const languages[] = { "en", "ja", "th", "ar", NULL };

typedef struct
{
  const char *page;
  unsigned int n_named;
} Look;

static gboolean
has_parent_button (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (gtk_widget_get_parent (widget), GTK_TYPE_BUTTON) != NULL;
}

/* What takes the focus is said by a screen reader, so it has a name of its own. Containers that
 * only scroll take it for a moment and hand it on. */
static gboolean
needs_name (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget) && !GTK_IS_LABEL (widget) && !GTK_IS_WINDOW (widget) &&
         !GTK_IS_SCROLLED_WINDOW (widget) && !GTK_IS_VIEWPORT (widget);
}

static void
check_name (GtkWidget *widget, Look *look)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  /* From GTK 4.10 on a button with a text is named by the label in it. */
  look->n_named++;
  if (gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return;
  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL))
    g_error ("%s: %s ‘%s’ has no accessible name", look->page, G_OBJECT_TYPE_NAME (widget),
             gtk_widget_get_name (widget));

  g_autofree char *name =
      gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, NO_NAME);
  g_assert_nonnull (name);
  g_test_message ("%s: %s", look->page, name);
  if (strlen (name) == 0 || strstr (name, "Gtk") != NULL || strstr (name, "Tomo") != NULL)
    g_error ("%s: %s ‘%s’ is called %s", look->page, G_OBJECT_TYPE_NAME (widget),
             gtk_widget_get_name (widget), name);
}

static void
check_role (GtkWidget *widget, Look *look)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  if (GTK_IS_BUTTON (widget))
    g_assert_true (role == GTK_ACCESSIBLE_ROLE_BUTTON || role == GTK_ACCESSIBLE_ROLE_RADIO ||
                   role == GTK_ACCESSIBLE_ROLE_CHECKBOX);
  else if (TOMO_IS_HEADING (widget))
    g_assert_cmpint (role, ==, GTK_ACCESSIBLE_ROLE_HEADING);
  else if (GTK_IS_IMAGE (widget) && has_parent_button (widget))
    /* The button says it already. */
    g_assert_cmpint (role, ==, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
check_widget_cb (GtkWidget *widget, gpointer user_data)
{
  Look *look = user_data;

  if (!gtk_widget_get_visible (widget))
    return;
  check_role (widget, look);
  if (needs_name (widget))
    check_name (widget, look);
}

static void
look_at (TomoStage *stage, const char *page)
{
  Look look = { page, 0 };

  tomo_stage_settle (stage);
  tomo_stage_foreach (GTK_WIDGET (stage->window), check_widget_cb, &look);
  g_assert_cmpuint (look.n_named, >, 0);
}

static void
look_at_quiz (TomoStage *stage)
{
  tomo_stage_activate (stage, "visit.quiz", "s", "");
  for (unsigned int i = 0; tomo_visit_get_place (stage->visit)->kind == TOMO_PLACE_QUIZ; i++)
    {
      look_at (stage, "quiz");
      tomo_stage_answer (stage, i);
      tomo_stage_press (stage, "check");
      look_at (stage, "answer");
      tomo_stage_press (stage, "next");
    }
  look_at (stage, "result");
}

/* On every page all that takes the focus has a role and a name, and no name is that of a class. */
static void
test_access_names (void)
{
  static const struct
  {
    const char *action;
    const char *format;
    const char *word;
  } places[] = {
    { "visit.topic", "s", "passwords" }, { "visit.happened", NULL, NULL },
    { "visit.first-aid", "s", "money" }, { "visit.languages", NULL, NULL },
    { "visit.abroad", NULL, NULL },
  };
  g_autoptr(TomoStage) stage = tomo_stage_new (1080, 1920);

  for (unsigned int i = 0; languages[i] != NULL; i++)
    {
      tomo_visit_reset (stage->visit);
      look_at (stage, "attract");
      tomo_stage_activate (stage, "visit.begin", "s", languages[i]);
      look_at (stage, "home");
      for (unsigned int j = 0; j < G_N_ELEMENTS (places); j++)
        {
          tomo_stage_activate (stage, places[j].action, places[j].format, places[j].word);
          look_at (stage, places[j].action);
        }
      tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", "basics", "long-passphrase");
      look_at (stage, "tip");
      tomo_stage_activate (stage, "visit.about", "(sss)", "jp", "basics", "long-passphrase");
      look_at (stage, "about");
      look_at_quiz (stage);
    }
}

static void
look_at_item (TomoStage *stage, const char *action, const char *pack, const char *item)
{
  tomo_stage_activate (stage, action, "(sss)", "jp", pack, item);
  look_at (stage, action);
}

/* So it is before and on a sensitive card, where cards are taken home, and on the page of help. */
static void
test_access_names_of_care (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new_light_trial (1080, 1920);

  for (unsigned int i = 0; languages[i] != NULL; i++)
    {
      tomo_visit_reset (stage->visit);
      tomo_stage_activate (stage, "visit.begin", "s", languages[i]);
      look_at_item (stage, "visit.tip", TOMO_TRIAL_CARE_PACK, "tip-sextortion");
      tomo_stage_find (stage, "care-back");
      tomo_stage_press (stage, "open");
      look_at (stage, "sensitive tip");
      tomo_stage_find (stage, "help-happened");
      look_at_item (stage, "visit.take", TOMO_TRIAL_CARE_PACK, "tip-sextortion");
      look_at_item (stage, "visit.take", TOMO_TRIAL_PACK, "tip-passwords");
      g_assert_cmpint (
          gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (tomo_stage_find (stage, "code"))), ==,
          GTK_ACCESSIBLE_ROLE_IMG);
      look_at_item (stage, "visit.tip", TOMO_TRIAL_PACK, "no-such-tip");
      tomo_stage_activate (stage, "visit.help", NULL);
      look_at (stage, "help");
    }
}

/* The switches on the page of help are check boxes that say whether they are on. */
static void
test_access_switches (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new_light_trial (1080, 1920);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_activate (stage, "visit.help", NULL);
  GtkAccessible *still = GTK_ACCESSIBLE (tomo_stage_find (stage, "still"));
  gtk_test_accessible_assert_role (still, GTK_ACCESSIBLE_ROLE_CHECKBOX);
  gtk_test_accessible_assert_state (still, GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_FALSE);
  tomo_stage_press (stage, "still");
  gtk_test_accessible_assert_state (still, GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_TRUE);
}

/* What lies over the page is a dialog with a name, and so is all in it. */
static void
test_access_overlays (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new_light_trial (1080, 1920);
  GtkWidget *panel = tomo_operator_panel_new (stage->scene);

  tomo_stage_activate (stage, "visit.begin", "s", "ar");
  tomo_window_show_warning (stage->window, 20);
  look_at (stage, "warning");
  tomo_window_set_panel (stage->window, panel);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (panel), GTK_ACCESSIBLE_ROLE_DIALOG);
  g_assert_true (
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (panel), GTK_ACCESSIBLE_PROPERTY_LABEL));
  look_at (stage, "PIN");
  tomo_operator_panel_open (TOMO_OPERATOR_PANEL (panel));
  look_at (stage, "operator");
  tomo_window_set_panel (stage->window, NULL);
}

static GtkLabel *found_label = NULL;

static void
find_address_cb (GtkWidget *widget, gpointer user_data)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), user_data) != NULL)
    found_label = GTK_LABEL (widget);
}

/* An address in running text is one piece that runs from left to right, also in Arabic. */
static void
test_access_address (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1080, 1920);
  g_autofree char *piece =
      g_strconcat (LEFT_TO_RIGHT_ISOLATE, "https://example.org/a/", POP_DIRECTIONAL_ISOLATE, NULL);

  tomo_stage_activate (stage, "visit.begin", "s", "ar");
  tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", "basics", "strange-message");
  tomo_stage_settle (stage);
  found_label = NULL;
  tomo_stage_foreach (GTK_WIDGET (stage->window), find_address_cb, piece);

  g_assert_nonnull (found_label);
  g_autofree char *attributes = pango_attr_list_to_string (gtk_label_get_attributes (found_label));
  g_assert_nonnull (strstr (attributes, "Mono"));
}

/* No line breaks inside an address, unless it is so long that it would push a small screen apart.
 */
static void
test_access_address_breaks (void)
{
  g_autoptr(GtkWidget) label = g_object_ref_sink (tomo_text_label_new (""));
  g_autoptr(GVariant) runs = g_variant_ref_sink (
      g_variant_new_parsed ("@a(yss) [(0, 'اكتب ', ''), (6, 'https://a.com/', 'https://a.com/')]"));
  g_autoptr(TomoText) text = tomo_text_new (runs);

  tomo_text_label_set_runs (GTK_LABEL (label), text, "ar");
  g_autofree char *attributes =
      pango_attr_list_to_string (gtk_label_get_attributes (GTK_LABEL (label)));
  g_assert_nonnull (strstr (attributes, "allow-breaks false"));
  g_assert_true (g_str_has_suffix (gtk_label_get_text (GTK_LABEL (label)),
                                   LEFT_TO_RIGHT_ISOLATE "https://a.com/" POP_DIRECTIONAL_ISOLATE));
}

/* A name in another language than the sentence around it is drawn with its own letters. */
static void
test_access_part_language (void)
{
  g_autoptr(GtkWidget) label =
      g_object_ref_sink (tomo_text_label_new ("发布者：直人警察庁，2026年"));
  PangoAttrIterator *iterator = NULL;
  int start, end;

  tomo_text_label_set_part_language (GTK_LABEL (label), "直人警察庁", "ja");
  iterator = pango_attr_list_get_iterator (gtk_label_get_attributes (GTK_LABEL (label)));
  while (pango_attr_iterator_get (iterator, PANGO_ATTR_LANGUAGE) == NULL)
    g_assert_true (pango_attr_iterator_next (iterator));
  pango_attr_iterator_range (iterator, &start, &end);
  g_assert_cmpint (start, ==, strlen ("发布者："));
  g_assert_cmpint (end - start, ==, strlen ("直人警察庁"));
  pango_attr_iterator_destroy (iterator);
}

/* What a screen shows in several languages at once has the right one at each piece. */
static void
test_access_autonyms (void)
{
  static const char *const tags[] = { "ja", "ar", "th" };
  g_autoptr(TomoStage) stage = tomo_stage_new (1080, 1920);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_activate (stage, "visit.languages", NULL);
  tomo_stage_settle (stage);
  for (unsigned int i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      GtkWidget *button = tomo_stage_find (stage, tags[i]);
      GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));
      PangoContext *context = gtk_widget_get_pango_context (label);

      g_assert_cmpstr (pango_language_to_string (pango_context_get_language (context)), ==,
                       tags[i]);
    }
}

/* The button by which a card is read aloud stands where a recording is, and nowhere else in a
 * language that no voice speaks well enough. */
static void
test_access_listen (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1080, 1920);

  tomo_stage_activate (stage, "visit.begin", "s", "ja");
  tomo_stage_activate (stage, "visit.tip", "(sss)", "jp", "basics", "long-passphrase");
  tomo_stage_settle (stage);
  GtkWidget *listen = tomo_stage_find_under (GTK_WIDGET (stage->window), "listen");
  g_assert_nonnull (listen);
  g_assert_true (gtk_widget_get_mapped (listen));

  tomo_stage_activate (stage, "visit.tip", "(sss)", "th", "basics", "long-passphrase");
  tomo_stage_settle (stage);
  listen = tomo_stage_find_under (GTK_WIDGET (stage->window), "listen");
  g_assert_true (listen == NULL || !gtk_widget_get_mapped (listen));
}

/* Programs that are heard by nobody: the synthesiser only notes that it was asked. */
static char *
set_up_sound (void)
{
  static const char script[] = "#!/bin/sh\n: > \"${0%/*}/said\"\n";
  static const char sound[] = "pcm.!default { type null }\n";
  char *folder = tomo_fixture_dup_folder ();
  g_autofree char *synthesiser = g_build_filename (folder, "espeak-ng", NULL);
  g_autofree char *config = g_build_filename (folder, "asound.conf", NULL);
  g_autofree char *path = g_strconcat (folder, ":/usr/bin:/bin", NULL);

  g_assert_true (g_file_set_contents (synthesiser, script, -1, NULL));
  g_assert_cmpint (g_chmod (synthesiser, 0755), ==, 0);
  g_assert_true (g_file_set_contents (config, sound, -1, NULL));
  g_setenv ("ALSA_CONFIG_PATH", config, TRUE);
  g_setenv ("PATH", path, TRUE);
  return folder;
}

static void
count_cb (unsigned int *n_changes)
{
  (*n_changes)++;
}

/* First aid is read from the campaign’s recordings where it has one of each sentence, though there
 * is a voice as well; from a voice where it has not; and where there is no voice either, no button
 * stands. */
static void
test_access_first_aid (void)
{
  static const struct
  {
    const char *language;
    const char *aid;
    gboolean is_offered;
    gboolean is_voice;
  } vectors[] = {
    { "en", "threat", TRUE, FALSE },
    { "ja", "threat", TRUE, FALSE },
    { "ja", "money", FALSE, FALSE },
    /* The last: from a synthesiser that says nothing, no more is expected. */
    { "en", "money", TRUE, TRUE },
  };
  g_autofree char *folder = set_up_sound ();
  g_autofree char *said = g_build_filename (folder, "said", NULL);
  g_autoptr(TomoStage) stage = tomo_stage_new (1080, 1920);
  unsigned int n_changes = 0;

  g_signal_connect_swapped (stage->visit, "notify::listening", G_CALLBACK (count_cb), &n_changes);
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%s in %s", vectors[i].aid, vectors[i].language);
      g_unlink (said);
      tomo_stage_activate (stage, "visit.begin", "s", vectors[i].language);
      tomo_stage_activate (stage, "visit.first-aid", "s", vectors[i].aid);
      tomo_stage_settle (stage);
      GtkWidget *listen = tomo_stage_find_under (GTK_WIDGET (stage->window), "listen");
      gboolean is_offered = listen != NULL && gtk_widget_get_mapped (listen);
      g_assert_true (is_offered == vectors[i].is_offered);
      if (!is_offered)
        continue;

      n_changes = 0;
      tomo_stage_press (stage, "listen");
      while (tomo_visit_is_listening (stage->visit))
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (n_changes, ==, 2);
      g_assert_true (g_file_test (said, G_FILE_TEST_EXISTS) == vectors[i].is_voice);
    }

  tomo_fixture_remove_folder (folder);
}

/* ---- What can be touched has an edge ---- */

typedef struct
{
  GtkWidget *window;
  guchar *pixels; /* (owned): blue, green, red, and none that shines through */
  int width;
  unsigned int n_tiles;
} Picture;

static GdkRGBA
get_pixel (const Picture *self, int x, int y)
{
  const guchar *pixel = self->pixels + 4 * (y * self->width + x);

  return (GdkRGBA){ (float) pixel[2] / 255, (float) pixel[1] / 255, (float) pixel[0] / 255, 1 };
}

/* The edge, or the whole of it, stands out from the page on its left. */
static void
check_edge_cb (GtkWidget *widget, gpointer user_data)
{
  Picture *self = user_data;
  graphene_rect_t bounds;

  if (!gtk_widget_has_css_class (widget, "tile") || !gtk_widget_get_mapped (widget))
    return;

  g_assert_true (gtk_widget_compute_bounds (widget, self->window, &bounds));
  int x = (int) bounds.origin.x;
  int y = (int) (bounds.origin.y + bounds.size.height / 2);
  if (y >= gtk_widget_get_height (self->window) - 200)
    return;
  GdkRGBA edge = get_pixel (self, x + 1, y);
  GdkRGBA page = get_pixel (self, x - 3, y);
  g_assert_cmpfloat (tomo_contrast_get_ratio (&edge, &page), >=, 3.0);
  self->n_tiles++;
}

/* With high contrast a tile and the page are of one colour, and its line alone says where it is. */
static void
test_access_edges (void)
{
  g_autoptr(TomoStage) stage = tomo_stage_new (1080, 1920);
  Picture picture = { .window = GTK_WIDGET (stage->window) };

  tomo_visit_set_high_contrast (stage->visit, TRUE);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_settle (stage);
  g_autoptr(GdkTexture) texture = tomo_stage_draw (stage);
  picture.width = gdk_texture_get_width (texture);
  picture.pixels = g_new0 (guchar, (size_t) 4 * (size_t) picture.width *
                                       (size_t) gdk_texture_get_height (texture));
  gdk_texture_download (texture, picture.pixels, (size_t) 4 * (size_t) picture.width);
  tomo_stage_foreach (picture.window, check_edge_cb, &picture);
  g_assert_cmpuint (picture.n_tiles, >=, 3);
  g_free (picture.pixels);
}

/* The last letters of a Japanese title are never alone in a line; of words in other languages they
 * are words. */
static void
test_access_title_end (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (""));

  tomo_text_label_set_title (GTK_LABEL (label), "このカードについて");
  PangoAttrList *attributes = gtk_label_get_attributes (GTK_LABEL (label));
  g_assert_nonnull (attributes);
  g_autofree char *said = pango_attr_list_to_string (attributes);
  /* Five letters of three bytes each, and four that stay together. */
  g_assert_cmpstr (said, ==, "15 27 allow-breaks false");

  tomo_text_label_set_title (GTK_LABEL (label), "About this card");
  g_assert_null (gtk_label_get_attributes (GTK_LABEL (label)));
  tomo_text_label_set_title (GTK_LABEL (label), "");
  g_assert_null (gtk_label_get_attributes (GTK_LABEL (label)));
  g_object_unref (label);
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);

  g_test_add_func ("/access/names", test_access_names);
  g_test_add_func ("/access/names-of-care", test_access_names_of_care);
  g_test_add_func ("/access/switches", test_access_switches);
  g_test_add_func ("/access/overlays", test_access_overlays);
  g_test_add_func ("/access/address", test_access_address);
  g_test_add_func ("/access/address-breaks", test_access_address_breaks);
  g_test_add_func ("/access/part-language", test_access_part_language);
  g_test_add_func ("/access/autonyms", test_access_autonyms);
  g_test_add_func ("/access/listen", test_access_listen);
  g_test_add_func ("/access/first-aid", test_access_first_aid);
  g_test_add_func ("/access/edges", test_access_edges);
  g_test_add_func ("/access/title-end", test_access_title_end);

  return g_test_run ();
}
