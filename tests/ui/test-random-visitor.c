/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who touches whatever there is, thousands of times: nothing may crash or complain (any
 * warning of GTK ends the test), each visit ends on a clean start screen, and memory stays. 200
 * visits in the ordinary run, 10,000 with TOMO_TEST_LONG; TOMO_VISITS and TOMO_SEED say otherwise.
 *
 * Memory is what only this process holds. Pages of font files and libraries that it has looked at
 * count as resident too, but the kernel takes those back whenever it likes.
 */

#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/ui/tomo-stage.h"
#include "tests/ui/tomo-trial.h"
#include "ui/tomo-operator-panel.h"

#define MAX_TOUCHES 14
#define FIRST_VISITS 1000 /* until then caches fill */
#define MAX_GROWTH_KIB 2048
/* A short run ends while Pango's caches of fonts still fill: some 5 MiB in the last hundred visits.
 */
#define MAX_SHORT_GROWTH_KIB 16384
#define REPORT_VISITS 1000

typedef struct
{
  TomoStage *stage;
  GRand *random; /* (owned) */
  GPtrArray *buttons;
  unsigned int n_touches;
  TomoPage *page;       /* the last that was seen; may be gone */
  unsigned int n_pages; /* that were seen and are not gone */
} Visitor;

/* What the process holds now, without what it gave back to the C library and without files. */
static unsigned int
read_own_kib (void)
{
  unsigned long resident = 0;
  unsigned long of_files = 0;

  malloc_trim (0);
  FILE *file = fopen ("/proc/self/statm", "r");
  g_assert_nonnull (file);
  g_assert_cmpint (fscanf (file, "%*u %lu %lu", &resident, &of_files), ==, 2);
  fclose (file);
  return (unsigned int) ((resident - of_files) * (unsigned long) sysconf (_SC_PAGESIZE) / 1024);
}

/* What of the heap is in use: what is left when the pieces between do not count. */
static unsigned int
read_heap_kib (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (unsigned int) ((info.uordblks + info.hblkhd) / 1024);
}

/* Of how many heaps threads take memory. */
static unsigned int
count_heaps (void)
{
  char *xml = NULL;
  size_t n_bytes = 0;
  unsigned int n_heaps = 0;
  FILE *stream = open_memstream (&xml, &n_bytes);

  g_assert_nonnull (stream);
  g_assert_cmpint (malloc_info (0, stream), ==, 0);
  fclose (stream);
  for (const char *at = xml; (at = strstr (at, "<heap nr=")) != NULL; at++)
    n_heaps++;
  free (xml);
  return n_heaps;
}

static void
collect_button_cb (GtkWidget *widget, gpointer user_data)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget))
    g_ptr_array_add (user_data, widget);
}

static void
run_what_waits (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
page_gone_cb (gpointer user_data, GObject *page)
{
  Visitor *self = user_data;

  self->n_pages--;
  if (self->page == (TomoPage *) page)
    self->page = NULL;
}

static void
watch_page (Visitor *self)
{
  TomoPage *page = tomo_window_get_page (self->stage->window);

  if (page == self->page)
    return;

  g_object_weak_ref (G_OBJECT (page), page_gone_cb, self);
  self->page = page;
  self->n_pages++;
}

static gboolean
count_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
wait_for_frame (Visitor *self)
{
  gboolean is_drawn = FALSE;
  guint tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->stage->window), count_frame_cb,
                                                &is_drawn, NULL);

  while (!is_drawn)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (self->stage->window), tick_id);
}

/* While the question stands whether anybody is there, the window takes only the answer. */
static void
touch_something (Visitor *self)
{
  GtkWidget *window = GTK_WIDGET (self->stage->window);

  g_ptr_array_set_size (self->buttons, 0);
  tomo_stage_foreach (window, collect_button_cb, self->buttons);
  g_assert_cmpuint (self->buttons->len, >, 0);
  GtkWidget *button = g_ptr_array_index (
      self->buttons, g_rand_int_range (self->random, 0, (int) self->buttons->len));
  self->n_touches++;
  g_signal_emit_by_name (button, "clicked");
}

static void
do_something (Visitor *self)
{
  TomoVisit *visit = self->stage->visit;
  const char *const *languages = tomo_trial_languages ();
  int n_languages = (int) g_strv_length ((char **) languages);

  switch (g_rand_int_range (self->random, 0, 24))
    {
    case 0:
      tomo_window_show_warning (self->stage->window, 20);
      break;
    case 1:
      tomo_window_hide_warning (self->stage->window);
      break;
    case 2:
      tomo_visit_set_language (visit, languages[g_rand_int_range (self->random, 0, n_languages)]);
      break;
    case 3:
      gtk_widget_child_focus (GTK_WIDGET (self->stage->window), GTK_DIR_TAB_FORWARD);
      break;
    default:
      touch_something (self);
    }

  run_what_waits ();
  watch_page (self);
  if (g_rand_int_range (self->random, 0, 4) == 0)
    wait_for_frame (self);
}

/* One visit, from the start screen until nobody is there. Some of them with pages that slide, so
 * that touches come in the middle of it. */
static void
visit_once (Visitor *self)
{
  int n_touches = g_rand_int_range (self->random, 1, MAX_TOUCHES);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations",
                g_rand_int_range (self->random, 0, 8) == 0, NULL);
  for (int i = 0; i < n_touches; i++)
    do_something (self);
  tomo_visit_reset (self->stage->visit);
  run_what_waits ();
  watch_page (self);
  /* None stays of those that the visitor saw. */
  g_assert_cmpuint (self->n_pages, ==, 1);
  g_assert_cmpint (tomo_visit_get_place (self->stage->visit)->kind, ==, TOMO_PLACE_ATTRACT);
  g_assert_cmpuint (tomo_visit_get_text_size (self->stage->visit), ==, 0);
  g_assert_false (tomo_visit_is_high_contrast (self->stage->visit));
  g_assert_cmpstr (tomo_visit_get_language (self->stage->visit), ==, "en");
  g_assert_null (tomo_visit_get_round (self->stage->visit));
}

static unsigned int
get_number (const char *name, unsigned int usual)
{
  const char *value = g_getenv (name);

  return (value != NULL) ? (unsigned int) g_ascii_strtoull (value, NULL, 10) : usual;
}

/* Under a sanitizer freed memory is kept back on purpose. */
static void
check_growth (unsigned int n_visits, unsigned int first_kib, unsigned int last_kib)
{
  unsigned int max_kib = (n_visits > FIRST_VISITS) ? MAX_GROWTH_KIB : MAX_SHORT_GROWTH_KIB;

  g_test_message ("%d KiB more", (int) last_kib - (int) first_kib);
  if (g_getenv ("TOMO_NO_MEMORY_CHECK") == NULL)
    g_assert_cmpuint (last_kib, <=, first_kib + max_kib);
}

/* Whatever is touched, in whatever order, nothing breaks and nothing piles up. */
static void
test_random_visitor (void)
{
  unsigned int n_visits =
      get_number ("TOMO_VISITS", (g_getenv ("TOMO_TEST_LONG") != NULL) ? 10000 : 200);
  unsigned int n_first = MIN (FIRST_VISITS, n_visits / 2);
  unsigned int seed = get_number ("TOMO_SEED", 20261128);
  TomoStage *stage = tomo_stage_new_light_trial (800, 480);
  Visitor self = { .stage = stage,
                   .random = g_rand_new_with_seed (seed),
                   .buttons = g_ptr_array_new () };
  unsigned int first_kib = 0;
  unsigned int last_kib = 0;

  g_test_message ("seed %u", seed);
  for (unsigned int i = 1; i <= n_visits; i++)
    {
      visit_once (&self);
      if (i % REPORT_VISITS != 0 && i != n_first && i != n_visits)
        continue;
      last_kib = read_own_kib ();
      first_kib = (i == n_first) ? last_kib : first_kib;
      g_test_message ("after visit %u, %u touches: %u KiB, of which the heap lends %u KiB", i,
                      self.n_touches, last_kib, read_heap_kib ());
    }
  check_growth (n_visits, first_kib, last_kib);
  g_assert_cmpuint (count_heaps (), ==, 1);

  /* The last page goes with the window. */
  tomo_stage_free (stage);
  g_assert_cmpuint (self.n_pages, ==, 0);
  g_ptr_array_unref (self.buttons);
  g_rand_free (self.random);
}

/* Who touches a page that is just sliding away does not keep it. */
static void
test_leaving_page (void)
{
  TomoStage *stage = tomo_stage_new_light_trial (800, 480);
  TomoPage *page = NULL;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  tomo_stage_activate (stage, "visit.begin", "s", "my");
  g_autoptr(TomoRound) round = tomo_round_new (NULL);
  tomo_round_add_question (round, "jp", TOMO_TRIAL_PACK, "match");
  tomo_visit_set_round (stage->visit, round);
  tomo_visit_open (stage->visit, tomo_place_new (TOMO_PLACE_QUIZ));
  tomo_stage_settle (stage);
  page = tomo_window_get_page (stage->window);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "visit.help", NULL);
  /* A finger does not reach it, and what is on its way already does no harm. */
  g_assert_false (gtk_widget_get_can_target (GTK_WIDGET (page)));
  g_signal_emit_by_name (tomo_stage_find_under (GTK_WIDGET (page), "match-d"), "clicked");
  tomo_visit_reset (stage->visit);
  run_what_waits ();
  g_assert_null (page);
  tomo_stage_free (stage);
}

/* Fonts go with the visitor who read in them. */
static void
test_fonts (void)
{
  TomoStage *stage = tomo_stage_new_light_trial (800, 480);
  PangoFontMap *font_map = pango_cairo_font_map_get_default ();

  tomo_stage_activate (stage, "visit.begin", "s", "my");
  unsigned int serial = pango_font_map_get_serial (font_map);
  tomo_stage_activate (stage, "visit.help", NULL);
  g_assert_cmpuint (pango_font_map_get_serial (font_map), ==, serial);
  tomo_visit_reset (stage->visit);
  g_assert_cmpuint (pango_font_map_get_serial (font_map), !=, serial);
  tomo_stage_free (stage);
}

static void
count_scroller_cb (GtkWidget *widget, gpointer user_data)
{
  if (GTK_IS_SCROLLED_WINDOW (widget) && gtk_widget_get_realized (widget))
    (*(unsigned int *) user_data)++;
}

/* Only what is on the screen still listens to settings. */
static void
test_listeners (void)
{
  TomoStage *stage = tomo_stage_new_light_trial (800, 480);
  GtkSettings *settings = gtk_settings_get_default ();
  unsigned int n_scrollers = 0;
  unsigned int n_listeners = 0;
  gulong id = 0;

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_activate (stage, "visit.help", NULL);
  tomo_window_show_warning (stage->window, 20);
  tomo_stage_foreach (GTK_WIDGET (stage->window), count_scroller_cb, &n_scrollers);
  g_assert_cmpuint (n_scrollers, ==, 3); /* the window, the page, the warning */
  while ((id = g_signal_handler_find (settings, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DETAIL,
                                      g_signal_lookup ("notify", GTK_TYPE_SETTINGS),
                                      g_quark_from_string ("gtk-overlay-scrolling"), NULL, NULL,
                                      NULL)) != 0)
    {
      g_signal_handler_disconnect (settings, id);
      n_listeners++;
    }
  g_assert_cmpuint (n_listeners, ==, n_scrollers);
  tomo_stage_free (stage);
}

/* What GTK notes of a visitor's buttons goes with the root of the window; the operator's panel
 * stays where it is. */
static void
test_root (void)
{
  TomoStage *stage = tomo_stage_new_light_trial (800, 480);
  GtkWidget *root = gtk_window_get_child (GTK_WINDOW (stage->window));
  int width_px = gtk_widget_get_width (root);

  g_object_add_weak_pointer (G_OBJECT (root), (gpointer *) &root);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_stage_activate (stage, "visit.help", NULL);
  g_assert_nonnull (root);
  tomo_visit_reset (stage->visit);
  g_assert_null (root);
  tomo_stage_settle (stage);
  root = gtk_window_get_child (GTK_WINDOW (stage->window));
  g_assert_cmpint (gtk_widget_get_width (root), ==, width_px);

  tomo_stage_activate (stage, "visit.begin", "s", "en");
  tomo_window_set_panel (stage->window, tomo_operator_panel_new (stage->scene));
  tomo_visit_reset (stage->visit);
  g_assert_true (gtk_window_get_child (GTK_WINDOW (stage->window)) == root);
  tomo_stage_free (stage);
}

int
main (int argc, char **argv)
{
  tomo_stage_init (&argc, &argv);
  g_test_add_func ("/ui/random-visitor", test_random_visitor);
  g_test_add_func ("/ui/leaving-page", test_leaving_page);
  g_test_add_func ("/ui/fonts", test_fonts);
  g_test_add_func ("/ui/listeners", test_listeners);
  g_test_add_func ("/ui/root", test_root);
  return g_test_run ();
}
