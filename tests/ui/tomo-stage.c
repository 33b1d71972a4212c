/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/tomo-stage.h"

#include "tests/support/tomo-fixture.h"
#include "tests/ui/tomo-trial.h"
#include "ui/tomo-answers.h"
#include "ui/tomo-choice-button.h"
#include "ui/tomo-heap.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-picture-view.h"

/* The same pictures on every machine. */
static void
pin_settings (void)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink",
                FALSE, "gtk-xft-antialias", 1, "gtk-xft-hinting", 0, "gtk-xft-rgba", "none",
                "gtk-xft-dpi", 96 * 1024, NULL);
}

/**
 * tomo_stage_init:
 * @argc: (inout): as main() got it
 * @argv: (inout): as main() got it
 *
 * Starts a test as the program starts: languages first, then GTK.
 */
void
tomo_stage_init (int *argc, char ***argv)
{
  tomo_heap_init ();
  /* The accessible tree without its bus: tests ask the widgets. Set before any thread runs. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_assert_true (tomo_i18n_init ());
  gtk_test_init (argc, argv, NULL);
  pin_settings ();
}

/**
 * tomo_stage_new_for_library:
 * @library: (nullable): what to show
 * @width_px: width of the window
 * @height_px: its height
 *
 * Returns: (transfer full): a window that has drawn its first page
 */
TomoStage *
tomo_stage_new_for_library (TomoLibrary *library, int width_px, int height_px)
{
  TomoStage *self = g_new0 (TomoStage, 1);

  self->visit = tomo_visit_new ("en");
  self->scene = tomo_scene_new (self->visit);
  tomo_scene_set_day (self->scene, 739940);
  g_set_object (&self->library, library);
  /* The tests walk through all languages of the fixture, also while a word lacks its translation.
   */
  tomo_scene_set_shows_unfinished (self->scene, TRUE);
  tomo_scene_set_library (self->scene, library);
  self->window = g_object_ref (tomo_window_new (self->scene));
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  tomo_window_set_size (self->window, width_px, height_px);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (self->window));
  tomo_stage_settle (self);
  return self;
}

static TomoStage *
new_filled (void (*fill_store) (TomoStore *store),
            const char *campaign,
            int width_px,
            int height_px)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = tomo_fixture_dup_folder ();
  g_autoptr(TomoStore) store = tomo_store_new (folder);
  fill_store (store);

  g_autoptr(TomoLibrary) library = tomo_library_new (store, campaign);
  g_assert_true (tomo_library_reload (library, NULL, &error));
  g_assert_no_error (error);

  TomoStage *self = tomo_stage_new_for_library (library, width_px, height_px);
  self->folder = g_steal_pointer (&folder);
  return self;
}

/**
 * tomo_stage_new:
 * @width_px: width of the window
 * @height_px: its height
 *
 * Returns: (transfer full): a window that shows the fixture's store
 */
TomoStage *
tomo_stage_new (int width_px, int height_px)
{
  return new_filled (tomo_fixture_fill_store, TOMO_FIXTURE_CAMPAIGN, width_px, height_px);
}

/**
 * tomo_stage_new_trial:
 * @width_px: width of the window
 * @height_px: its height
 *
 * Returns: (transfer full): a window that shows the content of tomo-trial.h
 */
TomoStage *
tomo_stage_new_trial (int width_px, int height_px)
{
  return new_filled (tomo_trial_fill_store, TOMO_TRIAL_CAMPAIGN, width_px, height_px);
}

/**
 * tomo_stage_new_light_trial:
 * @width_px: width of the window
 * @height_px: its height
 *
 * Returns: (transfer full): the same with few words, which takes less time
 */
TomoStage *
tomo_stage_new_light_trial (int width_px, int height_px)
{
  return new_filled (tomo_trial_fill_store_lightly, TOMO_TRIAL_CAMPAIGN, width_px, height_px);
}

/**
 * tomo_stage_publish:
 * @self: a stage
 *
 * Makes another generation current, as a sync would.
 */
void
tomo_stage_publish (TomoStage *self)
{
  tomo_fixture_fill_store (tomo_library_get_store (self->library));
}

/**
 * tomo_stage_new_empty:
 * @width_px: width of the window
 * @height_px: its height
 *
 * Returns: (transfer full): a window on a machine without a campaign
 */
TomoStage *
tomo_stage_new_empty (int width_px, int height_px)
{
  return tomo_stage_new_for_library (NULL, width_px, height_px);
}

/**
 * tomo_stage_free:
 * @self: (transfer full): a stage
 */
void
tomo_stage_free (TomoStage *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->window));
  g_assert_finalize_object (g_steal_pointer (&self->scene));
  g_assert_finalize_object (g_steal_pointer (&self->visit));
  g_clear_object (&self->library);
  if (self->folder != NULL)
    tomo_fixture_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

static void
look_at_picture_cb (GtkWidget *widget, gpointer user_data)
{
  gboolean *is_waiting = user_data;

  if (TOMO_IS_PICTURE_VIEW (widget) && gtk_widget_get_mapped (widget) &&
      !tomo_picture_view_is_loaded (TOMO_PICTURE_VIEW (widget)))
    *is_waiting = TRUE;
}

static gboolean
count_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  unsigned int *n_frames = user_data;

  (*n_frames)++;
  return G_SOURCE_CONTINUE;
}

/**
 * tomo_stage_settle:
 * @self: a stage
 *
 * Runs until the page stands: idle work is done, pictures are decoded, and frames enough have
 * passed for layout and scrolling. Counts frames, not time.
 */
void
tomo_stage_settle (TomoStage *self)
{
  unsigned int n_frames = 0;
  guint tick_id =
      gtk_widget_add_tick_callback (GTK_WIDGET (self->window), count_frame_cb, &n_frames, NULL);

  while (n_frames < 4)
    g_main_context_iteration (NULL, TRUE);
  for (gboolean is_waiting = TRUE; is_waiting;)
    {
      is_waiting = FALSE;
      tomo_stage_foreach (GTK_WIDGET (self->window), look_at_picture_cb, &is_waiting);
      g_main_context_iteration (NULL, TRUE);
    }
  while (g_main_context_iteration (NULL, FALSE) && n_frames < 10)
    ;
  gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), tick_id);
}

/**
 * tomo_stage_activate:
 * @self: a stage
 * @action: name of an action
 * @format: (nullable): format of its parameter, as for g_variant_new()
 * @...: values
 *
 * Does what a button would do, and waits for what comes of it.
 */
void
tomo_stage_activate (TomoStage *self, const char *action, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autoptr(GVariant) parameter =
      (format != NULL) ? g_variant_ref_sink (g_variant_new_va (format, NULL, &args)) : NULL;
  va_end (args);

  GtkWidget *page = GTK_WIDGET (tomo_window_get_page (self->window));
  g_assert_true (gtk_widget_activate_action_variant (page, action, parameter));
  tomo_stage_settle (self);
}

/**
 * tomo_stage_find_under:
 * @widget: where to look
 * @name: name of a widget
 *
 * Returns: (transfer none) (nullable): the first descendant with that name
 */
GtkWidget *
tomo_stage_find_under (GtkWidget *widget, const char *name)
{
  if (g_strcmp0 (gtk_widget_get_name (widget), name) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = tomo_stage_find_under (child, name);
      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * tomo_stage_find:
 * @self: a stage
 * @name: name of a widget
 *
 * Returns: (transfer none): the widget; it is a failure if there is none
 */
GtkWidget *
tomo_stage_find (TomoStage *self, const char *name)
{
  GtkWidget *found = tomo_stage_find_under (GTK_WIDGET (self->window), name);

  if (found == NULL)
    g_error ("there is no widget ‘%s’ on the screen", name);
  return found;
}

/**
 * tomo_stage_foreach:
 * @widget: where to begin
 * @func: what to call
 * @user_data: for @func
 *
 * Visits every widget that can be seen.
 */
void
tomo_stage_foreach (GtkWidget *widget, TomoStageFunc func, gpointer user_data)
{
  if (!gtk_widget_get_visible (widget))
    return;

  func (widget, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    tomo_stage_foreach (child, func, user_data);
}

/**
 * tomo_stage_draw:
 * @self: a stage
 *
 * Returns: (transfer full): the picture on the screen
 */
GdkTexture *
tomo_stage_draw (TomoStage *self)
{
  g_autoptr(GError) error = NULL;
  GtkWidget *widget = GTK_WIDGET (self->window);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  GskRenderer *renderer = gsk_cairo_renderer_new ();
  g_assert_true (gsk_renderer_realize (renderer, NULL, &error));
  g_assert_no_error (error);
  GdkTexture *texture = gsk_renderer_render_texture (
      renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_renderer_unrealize (renderer);
  g_object_unref (renderer);
  gsk_render_node_unref (node);
  return texture;
}

/**
 * tomo_stage_press:
 * @self: a stage
 * @name: name of a button
 *
 * Presses a button, and waits for what comes of it.
 */
void
tomo_stage_press (TomoStage *self, const char *name)
{
  GtkWidget *button = tomo_stage_find (self, name);

  g_assert_true (gtk_widget_get_sensitive (button) && gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  tomo_stage_settle (self);
}

static void
collect_choice_cb (GtkWidget *widget, gpointer user_data)
{
  if (TOMO_IS_CHOICE_BUTTON (widget))
    g_ptr_array_add (user_data, widget);
}

/**
 * tomo_stage_get_choice:
 * @self: a stage
 * @nth: which choice, from 0; more than there are begin again
 *
 * Returns: (transfer none): a choice of the question on the screen
 */
GtkWidget *
tomo_stage_get_choice (TomoStage *self, unsigned int nth)
{
  g_autoptr(GPtrArray) choices = g_ptr_array_new ();

  tomo_stage_foreach (GTK_WIDGET (self->window), collect_choice_cb, choices);
  g_assert_cmpuint (choices->len, >, 0);
  return g_ptr_array_index (choices, nth % choices->len);
}

/**
 * tomo_stage_press_choice:
 * @self: a stage
 * @nth: which choice, from 0; more than there are begin again
 */
void
tomo_stage_press_choice (TomoStage *self, unsigned int nth)
{
  g_signal_emit_by_name (tomo_stage_get_choice (self, nth), "clicked");
  tomo_stage_settle (self);
}

/* Touches every open choice that is still to be touched, beginning with the nth. */
static void
press_all_choices (TomoStage *self, unsigned int nth, unsigned int n_choices)
{
  for (unsigned int i = 0; i < n_choices; i++)
    tomo_stage_press_choice (self, nth + i);
}

/* The visitor’s turn passes from thing to thing; the matches stand behind the things. */
static void
press_all_matches (TomoStage *self, unsigned int nth, unsigned int n_pairs)
{
  for (unsigned int i = 0; i < n_pairs; i++)
    tomo_stage_press_choice (self, n_pairs + (nth + i) % n_pairs);
}

/**
 * tomo_stage_answer:
 * @self: a stage with a question on the screen
 * @nth: which answer, from 0
 *
 * Answers a question of any kind, but does not check it yet.
 */
void
tomo_stage_answer (TomoStage *self, unsigned int nth)
{
  TomoAnswers *answers = TOMO_ANSWERS (tomo_stage_find (self, "answers"));
  TomoItem *item = tomo_answers_get_item (answers);
  unsigned int n_choices = (unsigned int) tomo_item_get_n_choices (item);

  switch (tomo_item_get_kind (item))
    {
    case TOMO_ITEM_ORDER:
      press_all_choices (self, nth, n_choices);
      break;
    case TOMO_ITEM_MATCH:
      press_all_matches (self, nth, n_choices);
      break;
    case TOMO_ITEM_NUMBER:
      tomo_stage_press (self, nth % 2 == 0 ? "key-1" : "key-8");
      tomo_stage_press (self, "key-2");
      break;
    case TOMO_ITEM_SINGLE:
    case TOMO_ITEM_MULTIPLE:
    case TOMO_ITEM_TRUE_FALSE:
    case TOMO_ITEM_HOTSPOT:
      tomo_stage_press_choice (self, nth);
      break;
    case TOMO_ITEM_UNKNOWN:
    case TOMO_ITEM_TIP:
    default:
      g_assert_not_reached ();
    }
}

/**
 * tomo_stage_begin_round:
 * @self: a stage
 * @partner: id of a partner of the fixture
 * @first: id of a question
 * @second: (nullable): id of another
 *
 * Goes to a round of these questions.
 */
void
tomo_stage_begin_round (TomoStage *self, const char *partner, const char *first, const char *second)
{
  g_autoptr(TomoRound) round = tomo_round_new (NULL);

  tomo_round_add_question (round, partner, TOMO_FIXTURE_PACK, first);
  if (second != NULL)
    tomo_round_add_question (round, partner, TOMO_FIXTURE_PACK, second);
  tomo_visit_set_round (self->visit, round);
  tomo_visit_open (self->visit, tomo_place_new (TOMO_PLACE_QUIZ));
  tomo_stage_settle (self);
}
