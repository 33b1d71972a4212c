/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-age-mark.h"
#include "ui/tomo-idle-warning.h"
#include "ui/tomo-listen-line.h"
#include "ui/tomo-window-private.h"

/* What lies over the page: the warning, the operator's panel, the mark of age. */

/**
 * tomo_window_show_warning:
 * @self: a window
 * @seconds: how long there is to answer
 *
 * Asks whether somebody is still there; or, if it asks already, goes on counting.
 */
void
tomo_window_show_warning (TomoWindow *self, unsigned int seconds)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  if (self->warning == NULL)
    {
      tomo_window_save_place (self);
      self->warning = tomo_idle_warning_new ();
      gtk_widget_set_margin_top (self->warning, tomo_window_get_above_px (self));
      gtk_overlay_add_overlay (self->overlay, self->warning);
      tomo_style_set_language (self->warning,
                               tomo_visit_get_language (tomo_window_get_visit (self)));
      tomo_style_set_targets (self->warning, tomo_scene_get_glass (self->scene));
      gtk_widget_grab_focus (self->warning);
      tomo_idle_warning_set_seconds (TOMO_IDLE_WARNING (self->warning), seconds);
      tomo_listen_line_read_aside (self->scene, self->warning);
      return;
    }
  tomo_idle_warning_set_seconds (TOMO_IDLE_WARNING (self->warning), seconds);
}

/**
 * tomo_window_hide_warning:
 * @self: a window
 *
 * Somebody is there.
 */
void
tomo_window_hide_warning (TomoWindow *self)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  if (self->warning == NULL)
    return;

  gtk_overlay_remove_overlay (self->overlay, self->warning);
  self->warning = NULL;
  if (!tomo_visit_is_listening (tomo_window_get_visit (self)))
    tomo_speaker_stop (tomo_scene_get_speaker (self->scene));
  tomo_window_restore_focus (self);
}

/**
 * tomo_window_set_panel:
 * @self: a window
 * @panel: (nullable): the operator's panel; %NULL takes it away
 *
 * Lays @panel over everything, or gives the screen back to the visitors.
 */
void
tomo_window_set_panel (TomoWindow *self, GtkWidget *panel)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  tomo_window_hide_warning (self);
  if (self->panel == NULL && panel != NULL)
    tomo_window_save_place (self);
  if (self->panel != NULL)
    gtk_overlay_remove_overlay (self->overlay, self->panel);
  self->panel = panel;
  if (panel == NULL)
    {
      tomo_window_restore_focus (self);
      return;
    }

  gtk_overlay_add_overlay (self->overlay, panel);
  tomo_style_set_language (panel, tomo_visit_get_language (tomo_window_get_visit (self)));
  tomo_style_set_targets (panel, tomo_scene_get_glass (self->scene));
  gtk_widget_grab_focus (panel);
}

/**
 * tomo_window_show_age:
 * @self: a window
 *
 * Shows an operator who passes by how old the content is, from now on.
 */
void
tomo_window_show_age (TomoWindow *self)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  if (self->age == NULL)
    {
      self->age = tomo_age_mark_new ();
      gtk_overlay_add_overlay (self->overlay, self->age);
    }
  tomo_window_update_age (self);
}

/**
 * tomo_window_update_age:
 * @self: a window
 *
 * Looks at the clock and at the content again.
 */
void
tomo_window_update_age (TomoWindow *self)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  TomoLibrary *library = tomo_scene_get_library (self->scene);
  if (self->age != NULL)
    tomo_age_mark_set_fetched (TOMO_AGE_MARK (self->age),
                               (library != NULL) ? tomo_library_get_fetched_secs (library) : 0);
}
