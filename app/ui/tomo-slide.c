/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-slide.h"

#include "ui/tomo-style.h"

/* Shows one page. When there is another, the old one slides away from above it.
 *
 * GTK paints of a frame what differs from the one before. A GtkStack that slides moves both pages,
 * so that every frame is most of the window; here the new page stands where it will stay, and a
 * frame is what the old page covers yet: after half of the time an eighth of the window. */

#define DURATION_USECS (250 * G_USEC_PER_SEC / 1000)
/* What one frame takes where nothing else is to be done. */
#define FRAME_USECS (G_USEC_PER_SEC / 60)
#define EDGE_REM 0.125

struct _TomoSlide
{
  GtkWidget parent_instance;

  GtkWidget *page;    /* (nullable): a child */
  GtkWidget *leaving; /* (nullable): a child, on its way out above the page */
  TomoSlideWay way;
  double progress;       /* of the leaving page, from 0 to 1 */
  int64_t begun_usecs;   /* when the progress was zero, or would have been */
  unsigned int n_frames; /* since it began to move; not counted beyond 2 */
  guint tick_id;
};

G_DEFINE_TYPE (TomoSlide, tomo_slide, GTK_TYPE_WIDGET)

static void
finish (TomoSlide *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  g_clear_pointer (&self->leaving, gtk_widget_unparent);
}

static void
tomo_slide_dispose (GObject *object)
{
  TomoSlide *self = TOMO_SLIDE (object);

  finish (self);
  g_clear_pointer (&self->page, gtk_widget_unparent);

  G_OBJECT_CLASS (tomo_slide_parent_class)->dispose (object);
}

static void
tomo_slide_unmap (GtkWidget *widget)
{
  finish (TOMO_SLIDE (widget));

  GTK_WIDGET_CLASS (tomo_slide_parent_class)->unmap (widget);
}

static gboolean
move_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  TomoSlide *self = TOMO_SLIDE (widget);
  int64_t now_usecs = gdk_frame_clock_get_frame_time (clock);

  /* The first frame lays the new page out, and may take longer than all of the way would. So time
   * runs from the second. */
  if (self->n_frames < 2)
    self->begun_usecs = now_usecs - self->n_frames++ * FRAME_USECS;
  self->progress = (double) (now_usecs - self->begun_usecs) / DURATION_USECS;
  gtk_widget_queue_draw (widget);
  if (self->progress < 1.0)
    return G_SOURCE_CONTINUE;

  finish (self);
  return G_SOURCE_REMOVE;
}

static void
append_colour (GtkWidget *widget, GtkSnapshot *snapshot, const char *name, graphene_rect_t area)
{
  GdkRGBA colour = { 0 };

  if (gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour))
    gtk_snapshot_append_color (snapshot, &colour, &area);
}

/* Pages have no ground of their own: at rest the window's would be painted twice. */
static void
snapshot_leaving (TomoSlide *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float edge = (float) (int) (EDGE_REM * tomo_style_get_rem_px (widget));
  double left = 1.0 - self->progress;
  /* Whole pixels, so that letters stay sharp. */
  float moved = (float) (int) (width * (1.0 - left * left * left));
  gboolean goes_left = self->way == TOMO_SLIDE_LEFT;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (goes_left ? -moved : moved, 0));
  append_colour (widget, snapshot, "paper", GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_widget_snapshot_child (widget, self->leaving, snapshot);
  append_colour (widget, snapshot, "line",
                 GRAPHENE_RECT_INIT (goes_left ? width - edge : 0, 0, edge, height));
  gtk_snapshot_pop (snapshot);
}

static void
tomo_slide_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TomoSlide *self = TOMO_SLIDE (widget);

  if (self->page != NULL)
    gtk_widget_snapshot_child (widget, self->page, snapshot);
  if (self->leaving != NULL)
    snapshot_leaving (self, snapshot);
}

static void
tomo_slide_class_init (TomoSlideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_slide_dispose;
  widget_class->unmap = tomo_slide_unmap;
  widget_class->snapshot = tomo_slide_snapshot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "slide");
}

static void
tomo_slide_init (TomoSlide *self)
{
}

static gboolean
may_move (TomoSlide *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_animated = FALSE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &is_animated, NULL);
  return is_animated && gtk_widget_get_mapped (widget);
}

/**
 * tomo_slide_show:
 * @self: a slide
 * @page: (transfer floating): what to show from now on
 * @way: where the page on the screen goes
 *
 * Shows another page. The old one is let go of at once, or, where things may move, when it has
 * gone; until then it can neither be touched nor have the focus.
 */
void
tomo_slide_show (TomoSlide *self, GtkWidget *page, TomoSlideWay way)
{
  g_return_if_fail (TOMO_IS_SLIDE (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  finish (self);
  self->leaving = g_steal_pointer (&self->page);
  self->page = page;
  gtk_widget_set_parent (page, GTK_WIDGET (self));
  if (self->leaving == NULL || way == TOMO_SLIDE_NOT || !may_move (self))
    {
      finish (self);
      return;
    }

  /* Who is quick touches a page that is sliding away. It does nothing more then: its place is left,
   * and a focus that it takes would keep it for ever (GTK 4.8). */
  gtk_widget_set_can_target (self->leaving, FALSE);
  gtk_widget_set_can_focus (self->leaving, FALSE);
  self->way = way;
  self->progress = 0.0;
  self->n_frames = 0;
  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), move_cb, NULL, NULL);
}

/**
 * tomo_slide_is_moving:
 * @self: a slide
 *
 * Returns: whether a page is on its way out
 */
gboolean
tomo_slide_is_moving (TomoSlide *self)
{
  g_return_val_if_fail (TOMO_IS_SLIDE (self), FALSE);
  return self->leaving != NULL;
}
