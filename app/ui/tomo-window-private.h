/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-picture-view.h"
#include "ui/tomo-slide.h"
#include "ui/tomo-style.h"
#include "ui/tomo-window.h"

G_BEGIN_DECLS

struct _TomoWindow
{
  GtkWindow parent_instance;

  TomoScene *scene;         /* (owned) */
  TomoStyle *style;         /* (owned) */
  GSource *relayout_source; /* (owned) (nullable) */
  int width_px;             /* of the last layout */
  int height_px;
  gboolean is_locked;
  gboolean is_library_pending; /* a new generation waits for the visitor to leave */

  GtkScrolledWindow *root; /* (nullable) */
  GtkOverlay *overlay;
  GtkWidget *above; /* empty, while the screen is lowered */
  GtkBox *column;
  GtkLabel *preview;
  GtkWidget *header;
  GtkWidget *lamp; /* in place of a logo */
  TomoPictureView *logo;
  GBytes *logo_png; /* (owned) (nullable): what @logo shows */
  GtkLabel *campaign;
  TomoSlide *slide;
  TomoPage *page;     /* (nullable): the one on the screen */
  GtkWidget *bar;     /* (nullable) */
  GtkWidget *warning; /* (nullable) */
  GtkWidget *panel;   /* (nullable): the operator’s */
  GtkWidget *age;     /* (nullable): how old the content is, on a kiosk */
};

/* What the window's parts share. */
TomoPage *tomo_window_build_page (TomoScene *scene);
void tomo_window_save_place (TomoWindow *self);
void tomo_window_restore_focus (TomoWindow *self);
void tomo_window_update_bar (TomoWindow *self);
void tomo_window_update_header (TomoWindow *self);
void tomo_window_install_actions (GtkWidgetClass *widget_class);
void tomo_window_renew_root (TomoWindow *self);

/* Its size, tomo-window-size.c. */
void tomo_window_watch_size (TomoWindow *self);
void tomo_window_take_size (TomoWindow *self, int width_px, int height_px);
void tomo_window_relayout (TomoWindow *self);
int tomo_window_get_above_px (TomoWindow *self);

/* Its focus, tomo-window-focus.c. */
typedef void (*TomoWindowMoveFunc) (GtkWidget *widget, GtkDirectionType direction);
void tomo_window_move_focus (TomoWindow *self, GtkDirectionType direction, TomoWindowMoveFunc move);

G_END_DECLS
