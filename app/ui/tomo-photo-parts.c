/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-photo-parts.h"

#include <math.h>

#include "ui/tomo-style.h"

/* Each class makes the letters of a card this much smaller; tomo.css says what that is of. */
static const struct
{
  const char *style_class;
  double rem; /* running text of the card */
} levels[] = {
  { NULL, 1.2 },      { "photo-1", 1.08 }, { "photo-2", 0.95 }, { "photo-3", 0.82 },
  { "photo-4", 0.7 }, { "photo-5", 0.6 },  { "photo-6", 0.5 },
};

/* A photograph of the whole screen keeps letters of so many pixels. What stands on the glass is
 * still read by who has no telephone, from an arm's length: ISO 9241-303, 16 minutes of arc. */
#define MIN_TEXT_PX 11.0
#define MIN_CAPITAL_MM 2.0
#define CAPITAL_HEIGHT 0.714

struct _TomoPhotoParts
{
  GObject parent_instance;

  GtkWidget *page;             /* ends before its page does */
  GtkScrolledWindow *scroller; /* of that page */
  GtkWidget *lead;             /* of that page: stands above the steps */
  GtkWidget *steps;            /* of that page */
  double px_per_mm;
  unsigned int level;
  /* The lead and the steps, in this order, are units. */
  GArray *heights;     /* (owned) (element-type int): of the units, with what stands between */
  double room_px;      /* for the units of one part; zero while one part is enough */
  GArray *first_units; /* (owned) (element-type guint): the number of the first unit of each part */
  unsigned int part;
  guint tick_id;
};

G_DEFINE_TYPE (TomoPhotoParts, tomo_photo_parts, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS] = { 0 };

static void
tomo_photo_parts_finalize (GObject *object)
{
  TomoPhotoParts *self = TOMO_PHOTO_PARTS (object);

  g_array_unref (self->heights);
  g_array_unref (self->first_units);

  G_OBJECT_CLASS (tomo_photo_parts_parent_class)->finalize (object);
}

static void
tomo_photo_parts_class_init (TomoPhotoPartsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tomo_photo_parts_finalize;

  /**
   * TomoPhotoParts::changed:
   * @self: the parts
   *
   * Emitted when there is another number of parts, or another part is shown.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tomo_photo_parts_init (TomoPhotoParts *self)
{
  self->heights = g_array_new (FALSE, FALSE, sizeof (int));
  self->first_units = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
set_level (TomoPhotoParts *self, unsigned int level)
{
  if (levels[self->level].style_class != NULL)
    gtk_widget_remove_css_class (self->page, levels[self->level].style_class);
  self->level = level;
  if (levels[level].style_class != NULL)
    gtk_widget_add_css_class (self->page, levels[level].style_class);
}

static gboolean
is_legible (TomoPhotoParts *self, unsigned int level)
{
  double text_px = levels[level].rem * tomo_style_get_rem_px (self->page);

  return text_px >= MIN_TEXT_PX && text_px * CAPITAL_HEIGHT >= MIN_CAPITAL_MM * self->px_per_mm;
}

static void
show_part (TomoPhotoParts *self)
{
  guint first = g_array_index (self->first_units, guint, self->part);
  gboolean is_last = self->part + 1 >= self->first_units->len;
  guint end = is_last ? G_MAXUINT : g_array_index (self->first_units, guint, self->part + 1);
  guint i = 1;

  for (GtkWidget *step = gtk_widget_get_first_child (self->steps); step != NULL;
       step = gtk_widget_get_next_sibling (step), i++)
    gtk_widget_set_visible (step, i >= first && i < end);
  gtk_widget_set_visible (self->lead, first == 0);
  gtk_widget_set_visible (self->steps, end > 1);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0.0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_height (TomoPhotoParts *self, GtkWidget *unit, GtkWidget *next)
{
  int height_px = gtk_widget_get_height (unit);
  graphene_rect_t bounds;

  if (next != NULL && gtk_widget_compute_bounds (next, unit, &bounds))
    height_px = (int) ceilf (bounds.origin.y);
  g_array_append_val (self->heights, height_px);
}

/* All units are on the page then. */
static void
measure_units (TomoPhotoParts *self)
{
  GtkWidget *step = gtk_widget_get_first_child (self->steps);

  g_array_set_size (self->heights, 0);
  add_height (self, self->lead, step);
  for (; step != NULL; step = gtk_widget_get_next_sibling (step))
    add_height (self, step, gtk_widget_get_next_sibling (step));
  self->room_px = 0.0;
  for (guint i = 0; i < self->heights->len; i++)
    self->room_px += g_array_index (self->heights, int, i);
}

/* As many units in each part as there is room for, and one at least. */
static void
divide (TomoPhotoParts *self)
{
  double used_px = 0.0;

  g_array_set_size (self->first_units, 0);
  for (guint i = 0; i < self->heights->len; i++)
    {
      int height_px = g_array_index (self->heights, int, i);
      if (i == 0 || used_px + height_px > self->room_px)
        {
          g_array_append_val (self->first_units, i);
          used_px = 0.0;
        }
      used_px += height_px;
    }
  self->part = MIN (self->part, self->first_units->len - 1);
}

/* Returns: whether the page may have got shorter. */
static gboolean
make_shorter (TomoPhotoParts *self, double overflow_px)
{
  if (self->room_px <= 0.0)
    {
      if (self->level + 1 < G_N_ELEMENTS (levels) && is_legible (self, self->level + 1))
        {
          set_level (self, self->level + 1);
          return TRUE;
        }
      measure_units (self);
    }
  else if (self->first_units->len == self->heights->len)
    return FALSE;

  self->room_px = MAX (1.0, self->room_px - overflow_px);
  divide (self);
  show_part (self);
  return TRUE;
}

/* Once a frame, until what was laid out for the last one fits, or nothing more can be done. */
static gboolean
fit_cb (GtkWidget *page, GdkFrameClock *clock, gpointer user_data)
{
  TomoPhotoParts *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page_px = gtk_adjustment_get_page_size (adjustment);
  double overflow_px = gtk_adjustment_get_upper (adjustment) - page_px;

  if (page_px <= 0.0 || (overflow_px >= 1.0 && make_shorter (self, overflow_px)))
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
scroller_changed_cb (TomoPhotoParts *self, GtkAdjustment *adjustment)
{
  if (self->tick_id == 0 && gtk_adjustment_get_page_size (adjustment) > 0.0 &&
      gtk_adjustment_get_upper (adjustment) >= gtk_adjustment_get_page_size (adjustment) + 1.0)
    self->tick_id = gtk_widget_add_tick_callback (self->page, fit_cb, self, NULL);
}

/**
 * tomo_photo_parts_new:
 * @page: the page, which gets the style classes; it calls tomo_photo_parts_end() when it goes
 * @scroller: what @page would scroll with
 * @lead: what stands above the steps
 * @steps: a box of steps, all of them visible
 * @glass: what they are seen on
 *
 * Returns: (transfer full): something that keeps them short enough
 */
TomoPhotoParts *
tomo_photo_parts_new (GtkWidget *page,
                      GtkScrolledWindow *scroller,
                      GtkWidget *lead,
                      GtkWidget *steps,
                      const TomoGlass *glass)
{
  TomoPhotoParts *self = g_object_new (TOMO_TYPE_PHOTO_PARTS, NULL);
  guint first = 0;

  self->page = page;
  self->scroller = scroller;
  self->lead = lead;
  self->steps = steps;
  self->px_per_mm = glass->is_touched ? glass->px_per_mm : 0.0;
  g_array_append_val (self->first_units, first);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroller), "changed",
                           G_CALLBACK (scroller_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * tomo_photo_parts_begin:
 * @self: parts
 *
 * Begins again with all steps in letters as designed, for all has got another size.
 */
void
tomo_photo_parts_begin (TomoPhotoParts *self)
{
  g_return_if_fail (TOMO_IS_PHOTO_PARTS (self));

  set_level (self, 0);
  self->room_px = 0.0;
  self->part = 0;
  g_array_set_size (self->first_units, 1);
  show_part (self);
}

/**
 * tomo_photo_parts_end:
 * @self: parts
 *
 * Lets go of the page.
 */
void
tomo_photo_parts_end (TomoPhotoParts *self)
{
  g_return_if_fail (TOMO_IS_PHOTO_PARTS (self));

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->page, self->tick_id);
  self->tick_id = 0;
}

unsigned int
tomo_photo_parts_get_n_parts (TomoPhotoParts *self)
{
  g_return_val_if_fail (TOMO_IS_PHOTO_PARTS (self), 1);
  return self->first_units->len;
}

unsigned int
tomo_photo_parts_get_part (TomoPhotoParts *self)
{
  g_return_val_if_fail (TOMO_IS_PHOTO_PARTS (self), 0);
  return self->part;
}

/**
 * tomo_photo_parts_turn:
 * @self: parts
 *
 * Shows the next part, and after the last one the first.
 */
void
tomo_photo_parts_turn (TomoPhotoParts *self)
{
  g_return_if_fail (TOMO_IS_PHOTO_PARTS (self));

  self->part = (self->part + 1) % self->first_units->len;
  show_part (self);
}
