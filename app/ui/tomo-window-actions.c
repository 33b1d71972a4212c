/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-window-private.h"

/* Where the language is fixed, nobody chooses another. */
static void
choose_language (GtkWidget *widget, GVariant *parameter)
{
  TomoScene *scene = tomo_window_get_scene (TOMO_WINDOW (widget));
  const char *fixed = tomo_scene_get_kiosk (scene)->language;
  const char *language = g_variant_get_string (parameter, NULL);

  if (fixed == NULL || g_str_equal (fixed, language))
    tomo_visit_set_language (tomo_scene_get_visit (scene), language);
}

/* The window hears of the language together with the place, and does not build the page that is
 * left in a language of which nobody will see it. */
static void
begin_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoVisit *visit = tomo_window_get_visit (TOMO_WINDOW (widget));

  g_object_freeze_notify (G_OBJECT (visit));
  choose_language (widget, parameter);
  tomo_visit_go_home (visit);
  g_object_thaw_notify (G_OBJECT (visit));
}

static void
language_chosen_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoVisit *visit = tomo_window_get_visit (TOMO_WINDOW (widget));
  gboolean is_first = tomo_visit_get_n_places (visit) <= 2;

  g_object_freeze_notify (G_OBJECT (visit));
  choose_language (widget, parameter);
  if (tomo_visit_get_place (visit)->kind == TOMO_PLACE_LANGUAGES)
    {
      if (is_first)
        tomo_visit_go_home (visit);
      else
        tomo_visit_back (visit);
    }
  g_object_thaw_notify (G_OBJECT (visit));
}

static void
open_place (GtkWidget *widget, TomoPlace *place)
{
  TomoWindow *self = TOMO_WINDOW (widget);

  tomo_window_save_place (self);
  tomo_visit_open (tomo_window_get_visit (self), place);
}

static void
languages_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoVisit *visit = tomo_window_get_visit (TOMO_WINDOW (widget));

  if (tomo_visit_get_place (visit)->kind == TOMO_PLACE_LANGUAGES)
    tomo_visit_back (visit);
  else
    open_place (widget, tomo_place_new (TOMO_PLACE_LANGUAGES));
}

static void
abroad_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  open_place (widget, tomo_place_new (TOMO_PLACE_ABROAD));
}

static void
happened_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  open_place (widget, tomo_place_new (TOMO_PLACE_HAPPENED));
}

static void
first_aid_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  open_place (widget, tomo_place_new_first_aid (g_variant_get_string (parameter, NULL)));
}

static void
topic_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  open_place (widget, tomo_place_new_topic (g_variant_get_string (parameter, NULL)));
}

static gboolean
is_sensitive (TomoWindow *self, const char *partner, const char *pack, const char *item)
{
  TomoIndex *index = tomo_scene_get_index (tomo_window_get_scene (self));
  TomoIndexEntry entry;

  return index != NULL && tomo_index_find (index, partner, pack, item, &entry) &&
         entry.is_sensitive;
}

/* Whatever leads to a sensitive card leads to the sentence before it; only the button below that
 * sentence opens the card. */
static void
item_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoWindow *self = TOMO_WINDOW (widget);
  const char *partner = NULL;
  const char *pack = NULL;
  const char *item = NULL;
  TomoPlaceKind kind = TOMO_PLACE_TIP;

  g_variant_get (parameter, "(&s&s&s)", &partner, &pack, &item);
  gboolean is_open = g_strcmp0 (action_name, "visit.open-card") == 0;
  if (g_strcmp0 (action_name, "visit.about") == 0)
    kind = TOMO_PLACE_ABOUT;
  else if (g_strcmp0 (action_name, "visit.take") == 0)
    kind = TOMO_PLACE_TAKE;
  else if (!is_open && is_sensitive (self, partner, pack, item))
    kind = TOMO_PLACE_CARE;

  TomoPlace *place = tomo_place_new_item (kind, partner, pack, item);
  if (is_open || g_strcmp0 (action_name, "visit.next-tip") == 0)
    tomo_visit_replace (tomo_window_get_visit (self), place);
  else
    open_place (widget, place);
}

static void
begin_round (TomoWindow *self, const char *topic)
{
  TomoVisit *visit = tomo_window_get_visit (self);
  TomoIndex *index = tomo_scene_get_index (tomo_window_get_scene (self));

  if (index == NULL)
    return;

  g_autoptr(TomoRound) round = tomo_round_new_from_index (
      index, (topic[0] != '\0') ? topic : NULL, tomo_scene_get_day (tomo_window_get_scene (self)),
      tomo_visit_take_round_number (visit));
  tomo_visit_set_round (visit, round);
}

static void
quiz_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoWindow *self = TOMO_WINDOW (widget);

  begin_round (self, g_variant_get_string (parameter, NULL));
  if (g_strcmp0 (action_name, "visit.another-round") == 0)
    tomo_visit_replace (tomo_window_get_visit (self), tomo_place_new (TOMO_PLACE_QUIZ));
  else
    open_place (widget, tomo_place_new (TOMO_PLACE_QUIZ));
}

static void
home_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tomo_visit_go_home (tomo_window_get_visit (TOMO_WINDOW (widget)));
}

static void
back_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tomo_visit_back (tomo_window_get_visit (TOMO_WINDOW (widget)));
}

static void
restart_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tomo_visit_reset (tomo_window_get_visit (TOMO_WINDOW (widget)));
}

static void
change_text_size_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoVisit *visit = tomo_window_get_visit (TOMO_WINDOW (widget));
  tomo_visit_set_text_size (visit, (tomo_visit_get_text_size (visit) + 1) % TOMO_N_TEXT_SIZES);
}

static void
change_contrast_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoVisit *visit = tomo_window_get_visit (TOMO_WINDOW (widget));
  tomo_visit_set_high_contrast (visit, !tomo_visit_is_high_contrast (visit));
}

static void
help_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoVisit *visit = tomo_window_get_visit (TOMO_WINDOW (widget));

  if (tomo_visit_get_place (visit)->kind == TOMO_PLACE_HELP)
    tomo_visit_back (visit);
  else
    open_place (widget, tomo_place_new (TOMO_PLACE_HELP));
}

static void
lower_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoVisit *visit = tomo_window_get_visit (TOMO_WINDOW (widget));
  tomo_visit_set_lowered (visit, !tomo_visit_is_lowered (visit));
}

static void
stay_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  tomo_window_hide_warning (TOMO_WINDOW (widget));
}

/**
 * tomo_window_install_actions:
 * @widget_class: the class of the window
 *
 * Gives the window what buttons on its pages do.
 */
void
tomo_window_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "visit.begin", "s", begin_cb },
    { "visit.language", "s", language_chosen_cb },
    { "visit.languages", NULL, languages_cb },
    { "visit.abroad", NULL, abroad_cb },
    { "visit.happened", NULL, happened_cb },
    { "visit.first-aid", "s", first_aid_cb },
    { "visit.topic", "s", topic_cb },
    { "visit.tip", "(sss)", item_cb },
    { "visit.next-tip", "(sss)", item_cb },
    { "visit.open-card", "(sss)", item_cb },
    { "visit.about", "(sss)", item_cb },
    { "visit.take", "(sss)", item_cb },
    { "visit.quiz", "s", quiz_cb },
    { "visit.another-round", "s", quiz_cb },
    { "visit.home", NULL, home_cb },
    { "visit.back", NULL, back_cb },
    { "visit.restart", NULL, restart_cb },
    { "visit.text-size", NULL, change_text_size_cb },
    { "visit.contrast", NULL, change_contrast_cb },
    { "visit.help", NULL, help_cb },
    { "visit.lower", NULL, lower_cb },
    { "idle.stay", NULL, stay_cb },
  };

  for (unsigned int i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
  /* What keypads for kiosks send: previous and next are Shift+Tab and Tab, select is Return. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "visit.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Back, 0, "visit.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "visit.help", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Help, 0, "visit.help", NULL);
}
