/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What turning pages costs, on a 1920×1080 display: pages STORE CAMPAIGN [text|language]
 *
 * Prints lines of a name and numbers, all in microseconds; one kind of them, if it is asked for:
 *
 *   text WORDS…        the characters of the start screen, only if these are asked for
 *   language PAGE FROM TO USECS   from a touch to the end of the frame in the other language
 *   slide USECS…       painting of each frame while pages slide
 *   plain USECS…       the same for two plain labels with the same characters
 *   ground USECS…      the same for two areas of one colour, as large as pages
 *   still CPU WALL FRAMES     what the process used while nothing happened, and frames painted
 *   attract CPU WALL FRAMES   the same on the start screen, whose greetings take turns */

#include <stdio.h>
#include <sys/resource.h>

#include "tests/ui/tomo-stage.h"
#include "ui/tomo-attract-page.h"

#define WIDTH_PX 1920
#define HEIGHT_PX 1080
#define N_SLIDES 6
#define STILL_SECS 10
#define ATTRACT_SECS 25 /* four turns */
#define SLIDE_MSECS 250
#define REST_MSECS 500 /* on the start screen, between visitors */

static int64_t
read_cpu_usecs (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

/* ---- Frames ---- */

typedef struct
{
  GdkFrameClock *clock;
  int64_t begun_usecs; /* of the frame that is being made */
  unsigned int n_frames;
  GArray *costs; /* (owned) (nullable): of int64_t */
} Frames;

/* A frame begins when things have moved, before they are laid out and painted. */
static void
begin_cb (GdkFrameClock *clock, Frames *self)
{
  self->begun_usecs = g_get_monotonic_time ();
}

/* A frame is there when the display has drawn it, not when it was asked to. */
static void
after_paint_cb (GdkFrameClock *clock, Frames *self)
{
  gdk_display_sync (gdk_display_get_default ());
  int64_t cost = g_get_monotonic_time () - self->begun_usecs;

  self->n_frames++;
  if (self->costs != NULL)
    g_array_append_val (self->costs, cost);
}

static void
frames_watch (Frames *self, GtkWidget *window)
{
  self->clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (self->clock, "before-paint", G_CALLBACK (begin_cb), self);
  g_signal_connect_after (self->clock, "update", G_CALLBACK (begin_cb), self);
  g_signal_connect (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

static void
frames_unwatch (Frames *self)
{
  g_signal_handlers_disconnect_by_data (self->clock, self);
}

static void
frames_print (Frames *self, const char *name)
{
  fputs (name, stdout);
  for (unsigned int i = 0; i < self->costs->len; i++)
    printf (" %" G_GINT64_FORMAT, g_array_index (self->costs, int64_t, i));
  putchar ('\n');
  g_clear_pointer (&self->costs, g_array_unref);
}

/* ---- Languages ---- */

typedef struct
{
  const char *name;
  const char *action; /* (nullable): what leads to it from home */
  const char *parameter;
} Page;

static const Page pages[] = {
  { "home", NULL, NULL },
  { "topic", "visit.topic", "'passwords'" },
  { "tip", "visit.tip", "('jp','accounts','long-passphrase')" },
  { "quiz", "visit.quiz", "''" },
};

static void
wait_msecs (unsigned int msecs)
{
  int64_t until = g_get_monotonic_time () + msecs * G_GINT64_CONSTANT (1000);

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

/* Touches a button, and waits for the frame that shows what comes of it. */
static void
time_touch (TomoStage *stage, Frames *frames, const char *page, const char *action, const char *to)
{
  g_autofree char *from = g_strdup (tomo_visit_get_language (stage->visit));

  tomo_stage_settle (stage);
  unsigned int n_before = frames->n_frames;
  int64_t begun_usecs = g_get_monotonic_time ();
  gtk_widget_activate_action (GTK_WIDGET (tomo_window_get_page (stage->window)), action, "s", to);
  while (frames->n_frames == n_before)
    g_main_context_iteration (NULL, TRUE);
  printf ("language %s %s %s %" G_GINT64_FORMAT "\n", page, from, to,
          g_get_monotonic_time () - begun_usecs);
}

static void
change_language (TomoStage *stage, Frames *frames, const char *page, const char *to)
{
  tomo_stage_activate (stage, "visit.languages", NULL);
  time_touch (stage, frames, page, "visit.language", to);
}

/* As visitors do it, one after the other: the start screen has let go of the fonts, and the first
 * change to a language meets none of its letters. */
static void
measure_visit (TomoStage *stage, const Page *page, const char *from, const char *to)
{
  Frames frames = { 0 };

  tomo_visit_reset (stage->visit);
  tomo_stage_settle (stage);
  wait_msecs (REST_MSECS);
  frames_watch (&frames, GTK_WIDGET (stage->window));
  time_touch (stage, &frames, "start", "visit.begin", from);
  if (page->action != NULL)
    tomo_stage_activate (stage, page->action, "@*", g_variant_new_parsed (page->parameter));
  change_language (stage, &frames, page->name, to);
  change_language (stage, &frames, page->name, from);
  change_language (stage, &frames, page->name, to);
  frames_unwatch (&frames);
}

static void
measure_language (TomoStage *stage)
{
  g_auto(GStrv) languages = tomo_scene_dup_languages (stage->scene);
  unsigned int n_languages = g_strv_length (languages);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  for (unsigned int i = 0; i < G_N_ELEMENTS (pages); i++)
    for (unsigned int j = 0; j < n_languages; j++)
      measure_visit (stage, &pages[i], languages[j], languages[(j + 1) % n_languages]);
}

/* ---- Slides ---- */

static void
wait_for_slide (void)
{
  wait_msecs (SLIDE_MSECS + 100);
}

static void
measure_slide (TomoStage *stage)
{
  Frames frames = { 0 };

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  tomo_stage_activate (stage, "visit.begin", "s", "en");
  frames_watch (&frames, GTK_WIDGET (stage->window));
  frames.costs = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (unsigned int i = 0; i < N_SLIDES; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (tomo_window_get_page (stage->window)), "visit.topic",
                                  "s", "passwords");
      wait_for_slide ();
      gtk_widget_activate_action (GTK_WIDGET (tomo_window_get_page (stage->window)), "visit.back",
                                  NULL);
      wait_for_slide ();
    }
  frames_print (&frames, "slide");
  frames_unwatch (&frames);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static void
append_text_cb (GtkWidget *widget, gpointer user_data)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_string_append_printf (user_data, "%s ", gtk_label_get_text (GTK_LABEL (widget)));
}

static char *
dup_text (TomoStage *stage)
{
  GString *text = g_string_new (NULL);

  tomo_stage_foreach (GTK_WIDGET (stage->window), append_text_cb, text);
  return g_string_free (text, FALSE);
}

static GtkWidget *
new_plain_page (TomoStage *stage)
{
  g_autofree char *text = dup_text (stage);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

/* Slides two widgets as large as the window. */
static void
measure_stack (const char *name, GtkWidget *home, GtkWidget *topic)
{
  Frames frames = { 0 };
  GtkWidget *window = gtk_window_new ();
  GtkWidget *stack = gtk_stack_new ();

  gtk_stack_add_named (GTK_STACK (stack), home, "home");
  gtk_stack_add_named (GTK_STACK (stack), topic, "topic");
  gtk_stack_set_transition_type (GTK_STACK (stack), GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT_RIGHT);
  gtk_stack_set_transition_duration (GTK_STACK (stack), SLIDE_MSECS);
  gtk_window_set_child (GTK_WINDOW (window), stack);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, HEIGHT_PX);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  frames_watch (&frames, window);
  frames.costs = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (unsigned int i = 0; i < 2 * N_SLIDES; i++)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (stack), (i % 2 == 0) ? "topic" : "home");
      wait_for_slide ();
    }
  frames_print (&frames, name);
  frames_unwatch (&frames);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
measure_plain (TomoStage *stage)
{
  tomo_stage_activate (stage, "visit.home", NULL);
  GtkWidget *home = new_plain_page (stage);
  tomo_stage_activate (stage, "visit.topic", "s", "passwords");
  GtkWidget *topic = new_plain_page (stage);

  gtk_widget_hide (GTK_WIDGET (stage->window));
  measure_stack ("plain", home, topic);
}

/* Nothing but its colour. */
#define BENCH_TYPE_GROUND (bench_ground_get_type ())
G_DECLARE_FINAL_TYPE (BenchGround, bench_ground, BENCH, GROUND, GtkWidget)

struct _BenchGround
{
  GtkWidget parent_instance;
  GdkRGBA colour;
};

G_DEFINE_TYPE (BenchGround, bench_ground, GTK_TYPE_WIDGET)

static void
bench_ground_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  gtk_snapshot_append_color (snapshot, &BENCH_GROUND (widget)->colour,
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                  (float) gtk_widget_get_height (widget)));
}

static void
bench_ground_class_init (BenchGroundClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = bench_ground_snapshot;
}

static void
bench_ground_init (BenchGround *self)
{
}

static GtkWidget *
new_ground (float grey, int height_px)
{
  BenchGround *ground =
      g_object_new (BENCH_TYPE_GROUND, "valign", GTK_ALIGN_END, "height-request", height_px, NULL);

  ground->colour = (GdkRGBA){ grey, grey, grey, 1.0F };
  return GTK_WIDGET (ground);
}

/* ---- Doing nothing ---- */

static gboolean
stop_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
watch (TomoStage *stage, const char *name, unsigned int secs)
{
  Frames frames = { 0 };
  gboolean is_over = FALSE;
  int64_t cpu = read_cpu_usecs ();
  int64_t begun = g_get_monotonic_time ();

  frames_watch (&frames, GTK_WIDGET (stage->window));
  g_timeout_add_seconds (secs, stop_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  frames_unwatch (&frames);
  printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u\n", name, read_cpu_usecs () - cpu,
          g_get_monotonic_time () - begun, frames.n_frames);
}

static void
print_text (TomoStage *stage)
{
  g_autofree char *text = g_strdelimit (dup_text (stage), "\n", ' ');

  printf ("text %s\n", text);
}

static void
measure_all (TomoStage *stage)
{
  if (!tomo_attract_page_is_moving (TOMO_ATTRACT_PAGE (tomo_window_get_page (stage->window))))
    g_error ("nothing moves on the start screen");
  watch (stage, "attract", ATTRACT_SECS);
  measure_language (stage);
  tomo_stage_activate (stage, "visit.home", NULL);
  watch (stage, "still", STILL_SECS);
  measure_slide (stage);
  int page_px = gtk_widget_get_height (GTK_WIDGET (tomo_window_get_page (stage->window)));
  measure_plain (stage);
  measure_stack ("ground", new_ground (0.25F, page_px), new_ground (0.75F, page_px));
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  tomo_stage_init (&argc, &argv);
  const char *only = (argc == 4) ? argv[3] : "";
  gboolean is_text = g_str_equal (only, "text");
  gboolean is_language = g_str_equal (only, "language");
  if (argc != 3 && !is_text && !is_language)
    {
      fputs ("usage: pages STORE CAMPAIGN [text|language]\n", stderr);
      return 2;
    }
  g_autoptr(TomoStore) store = tomo_store_new (argv[1]);
  g_autoptr(TomoLibrary) library = tomo_library_new (store, argv[2]);
  if (!tomo_library_reload (library, NULL, &error))
    g_error ("%s", error->message);
  /* Greetings begin to move when the page comes up. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  g_autoptr(TomoStage) stage = tomo_stage_new_for_library (library, WIDTH_PX, HEIGHT_PX);

  if (is_text)
    print_text (stage);
  else if (is_language)
    measure_language (stage);
  else
    measure_all (stage);
  return 0;
}
