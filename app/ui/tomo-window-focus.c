/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-window-private.h"

/* How much of the page is moved on, so that the last lines are seen again as the first. */
#define SCROLL_SHARE 0.8
/* Less than this is an edge, and no text. */
#define MIN_HIDDEN_PX 16.0

/* Whether going to @focus, from where the page shows @value, would pass text that is out of sight.
 */
static gboolean
would_skip (GtkScrolledWindow *scroller, double value, GtkWidget *focus, gboolean is_forward)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  GtkWidget *content = gtk_scrolled_window_get_child (scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double hidden = is_forward ? gtk_adjustment_get_upper (adjustment) - value - page : value;
  graphene_rect_t bounds;

  if (hidden < MIN_HIDDEN_PX)
    return FALSE;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, content) ||
      !gtk_widget_compute_bounds (focus, GTK_WIDGET (scroller), &bounds))
    return TRUE;

  /* Where it stands in the view as it is; that moves only with the next frame, until @focus is in
   * it. Further than one view leaves a gap. */
  return is_forward ? bounds.origin.y + bounds.size.height > 2.0 * page : bounds.origin.y < -page;
}

/**
 * tomo_window_move_focus:
 * @self: a window
 * @direction: where to
 * @move: what moves the focus
 *
 * Goes to the next thing that can be chosen, as @move does it. Text has nothing to choose; so where
 * a step would pass text that is out of sight, the page moves on instead, and a keypad with “next”
 * and “previous” is enough to read all of it.
 */
void
tomo_window_move_focus (TomoWindow *self, GtkDirectionType direction, TomoWindowMoveFunc move)
{
  GtkScrolledWindow *scroller = (self->page != NULL) ? tomo_page_get_scroller (self->page) : NULL;
  GtkWidget *old_focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean is_forward = direction == GTK_DIR_TAB_FORWARD;

  if (scroller == NULL || self->panel != NULL || self->warning != NULL || old_focus == NULL ||
      !gtk_widget_is_ancestor (old_focus, GTK_WIDGET (self->page)) ||
      (!is_forward && direction != GTK_DIR_TAB_BACKWARD))
    {
      move (GTK_WIDGET (self), direction);
      return;
    }

  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  double value = gtk_adjustment_get_value (adjustment);
  double step = SCROLL_SHARE * gtk_adjustment_get_page_size (adjustment);
  move (GTK_WIDGET (self), direction);
  if (!would_skip (scroller, value, gtk_window_get_focus (GTK_WINDOW (self)), is_forward))
    return;

  gtk_widget_grab_focus (old_focus);
  gtk_adjustment_set_value (adjustment, is_forward ? value + step : value - step);
}
