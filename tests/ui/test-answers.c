/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/tomo-answers.h"

#include "core/content/tomo-pack.h"
#include "tests/support/tomo-fixture.h"
#include "ui/tomo-choice-button.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-picture-view.h"
#include "ui/tomo-style.h"

#define SHA256 "0000000000000000000000000000000000000000000000000000000000000000"
#define HEADER                                                                                     \
  "{'partner': <'jp'>, 'pack': <'p'>, 'language': <'en'>, 'source-language': <'en'>,"              \
  " 'title': <'T'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>,"                        \
  " 'media': <['" SHA256 "']>}"
#define ITEM                                                                                       \
  "'topic': <'wifi'>, 'age': <'all'>, 'risk': <'low'>, 'title': <'T'>,"                            \
  " 'prompt': <@a(yss) [(0, 'Q', '')]>, 'explanation': <@a(yss) []>"
#define CHOICE(id, correct) "('" id "', " correct ", [(0, '" id "', '')], [])"
#define THREE                                                                                      \
  ", 'choices': <@a(sba(yss)a(yss)) [" CHOICE ("a", "false") "," CHOICE (                          \
      "b", "false") "," CHOICE ("c", "false") "]>"
#define THREE_ONE                                                                                  \
  ", 'choices': <@a(sba(yss)a(yss)) [" CHOICE ("a", "true") "," CHOICE ("b", "false") "," CHOICE ( \
      "c", "false") "]>"
#define MATCHES ", 'matches': <[[(byte 0, 'A', '')], [(byte 0, 'B', '')], [(byte 0, 'C', '')]]>"
#define ORDER "[('x', {'kind': <'order'>, " ITEM THREE "})]"
#define MATCH "[('x', {'kind': <'match'>, " ITEM THREE MATCHES "})]"
#define TWO ", 'choices': <@a(sba(yss)a(yss)) [" CHOICE ("a", "true") "," CHOICE ("b", "false") "]>"
#define SINGLE "[('x', {'kind': <'single'>, " ITEM TWO "})]"
#define MULTIPLE "[('x', {'kind': <'multiple'>, " ITEM TWO "})]"
#define TRUE_FALSE                                                                                 \
  "[('x', {'kind': <'true-false'>, " ITEM                                                          \
  ", 'choices': <@a(sba(yss)a(yss)) [('true', true, [], []), ('false', false, [], [])]>})]"
#define NUMBER                                                                                     \
  "[('x', {'kind': <'number'>, " ITEM ", 'number': <uint32 12>, 'tolerance': <uint32 2>})]"
#define HOTSPOT                                                                                    \
  "[('x', {'kind': <'hotspot'>, " ITEM ", 'picture': <('" SHA256                                   \
  "', 'alt')>, 'choices': <@a(sba(yss)a(yss)) [" CHOICE ("a", "true") "," CHOICE (                 \
      "b", "false") "]>, 'regions': <[(uint32 0, uint32 0, uint32 100, uint32 100), (500, 500, "   \
                    "100, 100)]>})]"

/* Two places close to each other, and one far away from them. */
#define CROWDED                                                                                    \
  "[('x', {'kind': <'hotspot'>, " ITEM ", 'picture': <('" SHA256 "', 'alt')>" THREE_ONE            \
  ", 'regions': <[(uint32 100, uint32 100, uint32 50, uint32 50), (160, 100, 50, 50), "            \
  "(700, 700, 50, 50)]>})]"

/* A question alone in a window. */
typedef struct
{
  TomoPack *pack;   /* (owned) */
  TomoRound *round; /* (owned) */
  GtkWidget *window;
  TomoAnswers *answers;
  unsigned int n_changes;
} Board;

static void
changed_cb (TomoAnswers *answers, Board *self)
{
  self->n_changes++;
}

static void
board_build (Board *self)
{
  self->answers = TOMO_ANSWERS (tomo_answers_new (tomo_pack_get_item (self->pack, 0), "en",
                                                  self->round, 0, NULL, TOMO_LAYOUT_PORTRAIT));
  g_signal_connect (self->answers, "changed", G_CALLBACK (changed_cb), self);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->answers));
}

static Board *
board_new (const char *items)
{
  Board *self = g_new0 (Board, 1);
  g_autoptr(GBytes) packed = tomo_fixture_compile_text (HEADER, items);
  g_autoptr(GError) error = NULL;

  self->pack = tomo_pack_new (packed, &error);
  g_assert_no_error (error);
  self->round = tomo_round_new (NULL);
  tomo_round_add_question (self->round, "jp", "p", "x");
  self->window = gtk_window_new ();
  board_build (self);
  return self;
}

static void
board_free (Board *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->round);
  tomo_pack_unref (self->pack);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Board, board_free)

static GtkWidget *
find (GtkWidget *widget, const char *name)
{
  if (g_str_equal (gtk_widget_get_name (widget), name))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, name);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
touch (Board *self, const char *name)
{
  GtkWidget *widget = find (GTK_WIDGET (self->answers), name);

  g_test_message ("Touch %s", name);
  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_is_sensitive (widget));
  g_signal_emit_by_name (widget, "clicked");
}

/* Things are numbered as they are touched; one that is touched again goes to the end; only when all
 * are numbered is there an answer. */
static void
test_answers_order (void)
{
  g_autoptr(Board) board = board_new (ORDER);

  g_assert_false (tomo_answers_is_given (board->answers));
  touch (board, "choice-b");
  touch (board, "choice-a");
  g_assert_false (tomo_answers_is_given (board->answers));
  touch (board, "choice-b");
  touch (board, "choice-b");
  touch (board, "choice-c");
  g_assert_true (tomo_answers_is_given (board->answers));
  g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_RIGHT);
  g_assert_cmpuint (board->n_changes, ==, 5);

  touch (board, "choice-a");
  touch (board, "choice-a");
  g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_WRONG);
  gtk_test_accessible_assert_role (find (GTK_WIDGET (board->answers), "choice-a"),
                                   GTK_ACCESSIBLE_ROLE_CHECKBOX);
}

/* The kiosk never shows things in their right order, and always in the same one. */
static void
test_answers_shuffle (void)
{
  g_autoptr(Board) board = board_new (ORDER);
  g_autofree unsigned int *once = tomo_answers_dup_shuffle (board->answers, FALSE);
  g_autofree unsigned int *again = tomo_answers_dup_shuffle (board->answers, FALSE);

  g_assert_cmpmem (once, 3 * sizeof *once, again, 3 * sizeof *again);
  g_assert_false (once[0] == 0 && once[1] == 1 && once[2] == 2);
}

/* The turn passes by itself; a thing that is touched again gives its match back. */
static void
test_answers_match (void)
{
  g_autoptr(Board) board = board_new (MATCH);

  touch (board, "match-b");
  g_assert_false (gtk_widget_is_sensitive (find (GTK_WIDGET (board->answers), "match-b")));
  touch (board, "choice-a");
  g_assert_true (gtk_widget_is_sensitive (find (GTK_WIDGET (board->answers), "match-b")));
  touch (board, "match-a");
  touch (board, "match-b");
  g_assert_false (tomo_answers_is_given (board->answers));
  touch (board, "match-c");
  g_assert_true (tomo_answers_is_given (board->answers));
  g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_RIGHT);

  touch (board, "choice-a");
  touch (board, "choice-b");
  touch (board, "match-a");
  touch (board, "match-b");
  g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_WRONG);
}

/* Digits are typed and erased, a leading zero says nothing, and no more than nine fit. */
static void
test_answers_number (void)
{
  g_autoptr(Board) board = board_new (NUMBER);

  touch (board, "key-erase");
  touch (board, "key-0");
  touch (board, "key-1");
  touch (board, "key-5");
  touch (board, "key-erase");
  touch (board, "key-4");
  g_assert_cmpstr (tomo_answers_get_answer (board->answers)[0], ==, "14");
  g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_RIGHT);

  for (int i = 0; i < 12; i++)
    touch (board, "key-9");
  g_assert_cmpstr (tomo_answers_get_answer (board->answers)[0], ==, "149999999");
  g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_WRONG);
}

/* A region on the picture and its line in the list are one. */
static void
test_answers_hotspot (void)
{
  g_autoptr(Board) board = board_new (HOTSPOT);
  GtkWidget *first = find (GTK_WIDGET (board->answers), "choice-a");

  touch (board, "region-2");
  g_assert_true (tomo_answers_is_chosen (board->answers, "b"));
  g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_WRONG);
  touch (board, "region-1");
  g_assert_false (tomo_answers_is_chosen (board->answers, "b"));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (first)));
  g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_RIGHT);
  gtk_test_accessible_assert_role (first, GTK_ACCESSIBLE_ROLE_RADIO);
}

static graphene_rect_t
get_place (Board *self, const char *name)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (find (GTK_WIDGET (self->answers), name),
                                            find (GTK_WIDGET (self->answers), "hotspot-picture"),
                                            &place));
  return place;
}

static GtkWidget *
get_number (Board *board, const char *region)
{
  GtkWidget *widget = find (GTK_WIDGET (board->answers), region);

  while (widget != NULL && !GTK_IS_LABEL (widget))
    widget = gtk_widget_get_first_child (widget);

  g_assert_nonnull (widget);
  return widget;
}

/* Small regions grow to the size of a finger; those that would then lie over each other stay as
 * they are drawn, for who hits the wrong one has answered. */
static void
test_answers_crowded (void)
{
  g_autoptr(Board) board = board_new (CROWDED);
  g_autoptr(GBytes) picture = tomo_fixture_new_picture ();
  TomoGlass glass;
  GdkRectangle drawn;

  tomo_glass_init (&glass);
  glass.is_touched = TRUE;
  board->answers = TOMO_ANSWERS (tomo_answers_new (tomo_pack_get_item (board->pack, 0), "en",
                                                   board->round, 0, picture, TOMO_LAYOUT_PORTRAIT));
  gtk_window_set_child (GTK_WINDOW (board->window), GTK_WIDGET (board->answers));
  tomo_style_set_targets (GTK_WIDGET (board->answers), &glass);
  gtk_window_set_default_size (GTK_WINDOW (board->window), 600, 900);
  gtk_window_present (GTK_WINDOW (board->window));
  gtk_test_widget_wait_for_draw (board->window);

  int finger_px = tomo_glass_mm_to_px (&glass, 15.0);
  GtkWidget *view = find (GTK_WIDGET (board->answers), "hotspot-picture");
  tomo_picture_view_get_drawn_area (TOMO_PICTURE_VIEW (view), &drawn);
  g_assert_cmpint (drawn.width / 20, <, finger_px);
  graphene_rect_t first = get_place (board, "region-1");
  graphene_rect_t second = get_place (board, "region-2");
  graphene_rect_t far_away = get_place (board, "region-3");
  g_assert_false (graphene_rect_intersection (&first, &second, NULL));
  g_assert_cmpfloat_with_epsilon (first.size.width, drawn.width * 0.05, 1.0);
  g_assert_cmpfloat_with_epsilon (second.origin.x, drawn.x + drawn.width * 0.16, 1.0);
  g_assert_cmpfloat (far_away.size.width, >=, finger_px);
  g_assert_cmpfloat (far_away.size.height, >=, finger_px);

  /* Their numbers are as large as that of the other one. */
  int number_px = gtk_widget_get_width (get_number (board, "region-3"));
  g_assert_cmpint (number_px, >, 0);
  g_assert_cmpint (gtk_widget_get_width (get_number (board, "region-1")), ==, number_px);
}

/* What was answered is still there when the page was built anew, and after the verdict nothing can
 * be changed. */
static void
test_answers_rebuilt (void)
{
  static const struct
  {
    const char *items;
    const char *touched[4];
    const char *widget;
  } vectors[] = {
    { ORDER, { "choice-a", "choice-b", "choice-c" }, "choice-a" },
    { MATCH, { "match-a", "match-b", "match-c" }, "choice-a" },
    { NUMBER, { "key-1", "key-2" }, "key-3" },
    { HOTSPOT, { "choice-a" }, "choice-b" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(Board) board = board_new (vectors[i].items);
      for (size_t j = 0; vectors[i].touched[j] != NULL; j++)
        touch (board, vectors[i].touched[j]);

      board_build (board);
      g_assert_true (tomo_answers_is_given (board->answers));
      g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_RIGHT);

      tomo_round_finish_question (board->round, 0, TOMO_VERDICT_RIGHT);
      tomo_answers_show_outcome (board->answers);
      g_signal_emit_by_name (find (GTK_WIDGET (board->answers), vectors[i].widget), "clicked");
      g_assert_cmpint (tomo_answers_judge (board->answers), ==, TOMO_VERDICT_RIGHT);
    }
}

static void
note_click_cb (GtkButton *button, gboolean *was_clicked)
{
  *was_clicked = TRUE;
}

/* Presses what has the focus, as the space bar does. */
static void
press (GtkWidget *focus)
{
  gboolean was_clicked = FALSE;
  gulong handler = g_signal_connect (focus, "clicked", G_CALLBACK (note_click_cb), &was_clicked);

  g_assert_true (gtk_widget_activate (focus));
  while (!was_clicked)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (focus, handler);
}

/* Each kind of question is answered with the Tab key and the space bar alone. */
static void
test_answers_keyboard (void)
{
  static const struct
  {
    const char *items;
    const char *prefix; /* of the names of what is pressed */
  } vectors[] = {
    { SINGLE, "choice-" }, { MULTIPLE, "choice-" }, { TRUE_FALSE, "choice-" }, { ORDER, "choice-" },
    { MATCH, "match-" },   { NUMBER, "key-" },      { HOTSPOT, "choice-" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(Board) board = board_new (vectors[i].items);
      unsigned int n_steps = 0;

      g_test_message ("%s", vectors[i].items);
      gtk_window_present (GTK_WINDOW (board->window));
      gtk_test_widget_wait_for_draw (board->window);
      gtk_window_set_focus (GTK_WINDOW (board->window), NULL);
      while (!tomo_answers_is_given (board->answers))
        {
          g_assert_cmpuint (n_steps++, <, 40);
          gtk_widget_child_focus (board->window, GTK_DIR_TAB_FORWARD);
          GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (board->window));
          if (focus != NULL && g_str_has_prefix (gtk_widget_get_name (focus), vectors[i].prefix))
            press (focus);
        }
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_assert_true (tomo_i18n_init ());
  gtk_test_init (&argc, &argv, NULL);
  tomo_i18n_set_language ("en");
  g_test_add_func ("/ui/answers/order", test_answers_order);
  g_test_add_func ("/ui/answers/shuffle", test_answers_shuffle);
  g_test_add_func ("/ui/answers/match", test_answers_match);
  g_test_add_func ("/ui/answers/number", test_answers_number);
  g_test_add_func ("/ui/answers/hotspot", test_answers_hotspot);
  g_test_add_func ("/ui/answers/crowded", test_answers_crowded);
  g_test_add_func ("/ui/answers/keyboard", test_answers_keyboard);
  g_test_add_func ("/ui/answers/rebuilt", test_answers_rebuilt);
  return g_test_run ();
}
