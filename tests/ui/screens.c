/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws every page in several languages and sizes into a folder, for people to look at.
 *
 *   screens OUTPUT [--store DIR CAMPAIGN | --preview DIR] [LANGUAGE]… [WIDTHxHEIGHT[@MM]]…
 *
 * With the width of the glass in millimetres they are drawn as a kiosk shows them, with targets and
 * letters that have a size. Without a store the fixture's content is shown. Beside each picture
 * there are contact sheets, one for each language and size: sheet-LANGUAGE-SIZE.png. What
 * tomo-layout-check.c finds wrong is said, and makes the program fail. */

#include <stdio.h>
#include <string.h>

#include "tests/ui/tomo-contact-sheet.h"
#include "tests/ui/tomo-layout-check.h"
#include "tests/ui/tomo-stage.h"
#include "ui/tomo-operator-panel.h"

static const char *output = NULL;      /* a folder */
static char *size_name = NULL;         /* (owned) (nullable) */
static TomoContactSheet *sheet = NULL; /* (owned) (nullable): being filled */
static unsigned int n_defects = 0;

static void
shoot (TomoStage *stage, const char *name)
{
  g_autofree char *file =
      g_strdup_printf ("%s-%s-%s.png", name, tomo_visit_get_language (stage->visit), size_name);
  g_autofree char *path = g_build_filename (output, file, NULL);
  g_autoptr(GdkTexture) texture = tomo_stage_draw (stage);

  n_defects += tomo_layout_check (stage, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  if (sheet != NULL)
    tomo_contact_sheet_add (sheet, name, texture);
}

static void
begin_sheet (TomoStage *stage)
{
  sheet = tomo_contact_sheet_new (gtk_widget_get_width (GTK_WIDGET (stage->window)),
                                  gtk_widget_get_height (GTK_WIDGET (stage->window)));
}

static void
end_sheet (const char *name)
{
  g_autofree char *file = g_strdup_printf ("sheet-%s-%s.png", name, size_name);
  g_autofree char *path = g_build_filename (output, file, NULL);

  tomo_contact_sheet_write (sheet, path);
  g_clear_pointer (&sheet, tomo_contact_sheet_free);
}

/* The first tip with a picture that is there in the visitor's language. */
static gboolean
find_tip (TomoStage *stage, TomoIndexEntry *out_entry)
{
  TomoIndex *index = tomo_scene_get_index (stage->scene);

  for (size_t i = 0; i < tomo_index_get_n_entries (index); i++)
    {
      g_assert_true (tomo_index_get_entry (index, i, out_entry));
      if (out_entry->kind == TOMO_ITEM_TIP && out_entry->is_complete &&
          out_entry->picture[0] != '\0')
        return TRUE;
    }

  return FALSE;
}

static void
shoot_quiz (TomoStage *stage)
{
  tomo_stage_activate (stage, "visit.quiz", "s", "");
  for (unsigned int i = 0; i < TOMO_ROUND_MAX_QUESTIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("5-answer%u", i + 1);
      g_autofree char *open_name = g_strdup_printf ("4-quiz%u", i + 1);
      shoot (stage, open_name);
      tomo_stage_answer (stage, i);
      tomo_stage_press (stage, "check");
      shoot (stage, name);
      tomo_stage_press (stage, "next");
      if (tomo_visit_get_place (stage->visit)->kind == TOMO_PLACE_RESULT)
        break;
    }
  shoot (stage, "7-result");
}

/* The first question of each kind that a daily round may lack, asked and answered. */
static void
shoot_kinds (TomoStage *stage)
{
  static const struct
  {
    TomoItemKind kind;
    const char *name;
  } kinds[] = {
    { TOMO_ITEM_ORDER, "order" },
    { TOMO_ITEM_MATCH, "match" },
    { TOMO_ITEM_NUMBER, "number" },
    { TOMO_ITEM_HOTSPOT, "hotspot" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (size_t j = 0; j < tomo_index_get_n_entries (tomo_scene_get_index (stage->scene)); j++)
      {
        TomoIndexEntry entry = { 0 };
        g_autofree char *asked = g_strdup_printf ("6-%s", kinds[i].name);
        g_autofree char *answered = g_strdup_printf ("6-%s-answered", kinds[i].name);
        if (!tomo_index_get_entry (tomo_scene_get_index (stage->scene), j, &entry) ||
            entry.kind != kinds[i].kind || !entry.is_complete)
          continue;
        g_autoptr(TomoRound) round = tomo_round_new (NULL);
        tomo_round_add_question (round, entry.partner, entry.pack, entry.item);
        tomo_visit_set_round (stage->visit, round);
        tomo_visit_open (stage->visit, tomo_place_new (TOMO_PLACE_QUIZ));
        tomo_stage_settle (stage);
        shoot (stage, asked);
        tomo_stage_answer (stage, 0);
        tomo_stage_press (stage, "check");
        shoot (stage, answered);
        break;
      }
}

/* What operators see, and what a visitor sees when a card cannot be read. */
static void
shoot_rare (TomoStage *stage)
{
  GtkWidget *panel = tomo_operator_panel_new (stage->scene);

  tomo_stage_activate (stage, "visit.tip", "(sss)", "none", "none", "none");
  shoot (stage, "g-problem");
  tomo_stage_activate (stage, "visit.home", NULL);
  tomo_window_set_panel (stage->window, panel);
  tomo_stage_settle (stage);
  shoot (stage, "g-pin");
  tomo_operator_panel_open (TOMO_OPERATOR_PANEL (panel));
  tomo_stage_settle (stage);
  shoot (stage, "g-operator");
  tomo_window_set_panel (stage->window, NULL);
}

/* The first sensitive tip: the sentence before it, and the card. */
static void
shoot_sensitive (TomoStage *stage)
{
  TomoIndex *index = tomo_scene_get_index (stage->scene);
  TomoIndexEntry entry = { 0 };

  for (size_t i = 0; i < tomo_index_get_n_entries (index); i++)
    {
      if (!tomo_index_get_entry (index, i, &entry) || !entry.is_sensitive ||
          entry.kind != TOMO_ITEM_TIP)
        continue;
      tomo_stage_activate (stage, "visit.topic", "s", entry.topic);
      shoot (stage, "f-sensitive-topic");
      tomo_index_get_entry (tomo_scene_get_index (stage->scene), i, &entry);
      tomo_stage_activate (stage, "visit.tip", "(sss)", entry.partner, entry.pack, entry.item);
      shoot (stage, "f-care");
      tomo_stage_press (stage, "open");
      shoot (stage, "f-sensitive-tip");
      return;
    }
}

static void
shoot_all (TomoStage *stage, const char *language)
{
  TomoIndexEntry entry = { 0 };

  tomo_visit_reset (stage->visit);
  tomo_visit_set_language (stage->visit, language);
  tomo_stage_settle (stage);
  shoot (stage, "0-attract");
  tomo_stage_activate (stage, "visit.begin", "s", language);
  shoot (stage, "1-home");
  if (find_tip (stage, &entry))
    {
      tomo_stage_activate (stage, "visit.topic", "s", entry.topic);
      shoot (stage, "2-topic");
      find_tip (stage, &entry);
      tomo_stage_activate (stage, "visit.tip", "(sss)", entry.partner, entry.pack, entry.item);
      shoot (stage, "3-tip");
      tomo_stage_activate (stage, "visit.about", "(sss)", entry.partner, entry.pack, entry.item);
      shoot (stage, "3-about");
      tomo_stage_activate (stage, "visit.take", "(sss)", entry.partner, entry.pack, entry.item);
      shoot (stage, "3-take");
    }
  tomo_stage_activate (stage, "visit.happened", NULL);
  shoot (stage, "d-happened");
  tomo_stage_activate (stage, "visit.first-aid", "s", "money");
  shoot (stage, "d-first-aid");
  tomo_stage_activate (stage, "visit.home", NULL);
  shoot_sensitive (stage);
  tomo_stage_activate (stage, "visit.home", NULL);
  shoot_quiz (stage);
  shoot_kinds (stage);
  shoot_rare (stage);
  tomo_stage_activate (stage, "visit.home", NULL);
  tomo_stage_activate (stage, "visit.languages", NULL);
  shoot (stage, "8-languages");
  tomo_stage_activate (stage, "visit.back", NULL);
  tomo_stage_activate (stage, "visit.abroad", NULL);
  shoot (stage, "9-abroad");
  tomo_stage_activate (stage, "visit.back", NULL);
  tomo_stage_activate (stage, "visit.help", NULL);
  shoot (stage, "9-help");
  tomo_stage_activate (stage, "visit.back", NULL);
  tomo_window_show_warning (stage->window, 20);
  tomo_stage_settle (stage);
  shoot (stage, "a-warning");
  tomo_window_hide_warning (stage->window);
}

static void
shoot_extras (TomoStage *stage, const char *language)
{
  TomoIndexEntry entry = { 0 };

  tomo_stage_activate (stage, "visit.home", NULL);
  tomo_visit_set_language (stage->visit, language);
  tomo_visit_set_high_contrast (stage->visit, TRUE);
  tomo_stage_settle (stage);
  shoot (stage, "b-contrast-home");
  if (find_tip (stage, &entry))
    {
      tomo_stage_activate (stage, "visit.tip", "(sss)", entry.partner, entry.pack, entry.item);
      shoot (stage, "b-contrast-tip");
      tomo_visit_set_high_contrast (stage->visit, FALSE);
      tomo_visit_set_text_size (stage->visit, TOMO_N_TEXT_SIZES - 1);
      tomo_stage_settle (stage);
      shoot (stage, "c-large-tip");
      tomo_stage_activate (stage, "visit.home", NULL);
      shoot (stage, "c-large-home");
      g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", TRUE, NULL);
      tomo_visit_set_text_size (stage->visit, 0);
      tomo_visit_set_high_contrast (stage->visit, TRUE);
      tomo_visit_set_high_contrast (stage->visit, FALSE);
      tomo_stage_settle (stage);
      shoot (stage, "d-dark-home");
      tomo_stage_activate (stage, "visit.tip", "(sss)", entry.partner, entry.pack, entry.item);
      shoot (stage, "d-dark-tip");
      g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", FALSE, NULL);
    }
}

/* As if it hung in a hall, on a glass of that width. */
static void
hang_up (TomoStage *stage, unsigned int width_mm)
{
  g_autoptr(TomoKioskConfig) config = tomo_kiosk_config_new ();
  TomoGlass glass;

  config->screen_width_mm = width_mm;
  tomo_glass_init_for_kiosk (&glass, config, gtk_widget_get_width (GTK_WIDGET (stage->window)),
                             gtk_widget_get_height (GTK_WIDGET (stage->window)), 0, 0);
  tomo_scene_set_glass (stage->scene, &glass);
  tomo_window_glass_changed (stage->window);
  tomo_stage_settle (stage);
}

static TomoLibrary *
open_library (char **arguments, unsigned int *n_used)
{
  g_autoptr(GError) error = NULL;
  TomoLibrary *library = NULL;

  if (g_strcmp0 (arguments[0], "--preview") == 0)
    {
      library = tomo_library_new_for_preview (arguments[1], &error);
      g_assert_no_error (error);
      *n_used = 2;
    }
  else if (g_strcmp0 (arguments[0], "--store") == 0)
    {
      g_autoptr(TomoStore) store = tomo_store_new (arguments[1]);
      library = tomo_library_new (store, arguments[2]);
      g_assert_true (tomo_library_reload (library, NULL, &error));
      g_assert_no_error (error);
      *n_used = 3;
    }

  return library;
}

int
main (int argc, char **argv)
{
  unsigned int n_used = 0;
  unsigned int n_sizes = 0;

  tomo_stage_init (&argc, &argv);
  if (argc < 2)
    {
      fprintf (stderr, "usage: screens OUTPUT [--store DIR CAMPAIGN | --preview DIR] "
                       "[LANGUAGE]… [WIDTHxHEIGHT[@MM]]…\n");
      return 2;
    }
  output = argv[1];
  g_mkdir_with_parents (output, 0755);
  g_autoptr(TomoLibrary) library = open_library (argv + 2, &n_used);

  for (int i = 2 + (int) n_used; i < argc; i++)
    {
      int width = 0;
      int height = 0;
      unsigned int width_mm = 0;
      if (sscanf (argv[i], "%dx%d@%u", &width, &height, &width_mm) < 2)
        continue;
      n_sizes++;
      g_free (size_name);
      size_name = g_strdup (argv[i]);
      TomoStage *stage = (library != NULL) ? tomo_stage_new_for_library (library, width, height)
                                           : tomo_stage_new (width, height);
      if (width_mm > 0)
        hang_up (stage, width_mm);
      for (int j = 2 + (int) n_used; j < argc; j++)
        {
          if (strchr (argv[j], 'x') != NULL)
            continue;
          begin_sheet (stage);
          shoot_all (stage, argv[j]);
          end_sheet (argv[j]);
        }
      begin_sheet (stage);
      shoot_extras (stage, "en");
      /* One at a time: each takes the sizes it finds for those of the desktop. */
      tomo_stage_free (stage);
      g_autoptr(TomoStage) empty = tomo_stage_new_empty (width, height);
      shoot (empty, "e-empty");
      end_sheet ("extras");
    }

  g_free (size_name);
  if (n_defects > 0)
    fprintf (stderr, "screens: %u things are wrong\n", n_defects);
  return (n_sizes == 0) ? 2 : (n_defects > 0) ? 1 : 0;
}
