/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-window.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-attract-page.h"
#include "ui/tomo-bar.h"
#include "ui/tomo-empty-page.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-stamp.h"
#include "ui/tomo-window-private.h"

/* Without a GPU a slide of more pixels than these falls below twenty frames a second. */
#define MAX_ANIMATED_PIXELS (2560 * 1600)

/* Smaller than this, nothing could be read. */
#define MIN_WIDTH_PX 320
#define MIN_HEIGHT_PX 240

G_DEFINE_TYPE (TomoWindow, tomo_window, GTK_TYPE_WINDOW)

/**
 * tomo_window_get_visit:
 * @self: a window
 *
 * Returns: (transfer none): the visitor's state
 */
TomoVisit *
tomo_window_get_visit (TomoWindow *self)
{
  return tomo_scene_get_visit (self->scene);
}

/**
 * tomo_window_get_scene:
 * @self: a window
 *
 * Returns: (transfer none): what pages are made from
 */
TomoScene *
tomo_window_get_scene (TomoWindow *self)
{
  return self->scene;
}

/* ---- Building ---- */

/* Read when it is first shown: above the start screen, which has to be there soon, there is none.
 */
static void
show_logo (TomoWindow *self)
{
  TomoCampaign *campaign = tomo_scene_get_campaign (self->scene);
  GBytes *png = (campaign != NULL) ? tomo_campaign_get_logo (campaign) : NULL;

  if (png != NULL && png == self->logo_png)
    return;

  g_clear_pointer (&self->logo_png, g_bytes_unref);
  self->logo_png = (png != NULL) ? g_bytes_ref (png) : NULL;
  gtk_widget_set_visible (self->lamp, !tomo_picture_view_show_ornament (self->logo, png));
}

static void
rebuild_bar (TomoWindow *self)
{
  gboolean is_first = TOMO_IS_ATTRACT_PAGE (self->page) || TOMO_IS_EMPTY_PAGE (self->page);

  if (self->bar != NULL)
    gtk_box_remove (self->column, self->bar);
  self->bar = NULL;

  if (is_first)
    {
      tomo_window_update_header (self);
      return;
    }

  const char *language = tomo_visit_get_language (tomo_window_get_visit (self));
  TomoCampaign *campaign = tomo_scene_get_campaign (self->scene);
  gtk_label_set_text (self->campaign,
                      (campaign != NULL) ? tomo_campaign_get_name (campaign, language) : "");
  self->bar = tomo_bar_new (self->scene);
  tomo_bar_lay_out (TOMO_BAR (self->bar), self->width_px);
  gtk_box_append (self->column, self->bar);
  tomo_style_set_language (self->bar, language);
  tomo_style_set_targets (self->bar, tomo_scene_get_glass (self->scene));
  tomo_style_set_language (self->header, language);
  show_logo (self);
  tomo_window_update_header (self);
}

static void
show_page (TomoWindow *self, TomoSlideWay way)
{
  if (self->page != NULL &&
      tomo_visit_get_place (tomo_window_get_visit (self))->kind == TOMO_PLACE_ATTRACT)
    {
      if (self->panel == NULL)
        tomo_window_renew_root (self);
      tomo_style_forget_fonts ();
    }

  g_autoptr(TomoPage) page = tomo_window_build_page (self->scene);

  self->page = page;
  tomo_slide_show (self->slide, GTK_WIDGET (page), way);
  rebuild_bar (self);
  tomo_page_restore_place (page);
  if (self->panel != NULL)
    gtk_widget_grab_focus (self->panel);
}

static TomoSlideWay
get_way (TomoWindow *self, TomoMove move)
{
  gboolean is_rtl = tomo_i18n_is_rtl (tomo_visit_get_language (tomo_window_get_visit (self)));

  if (tomo_visit_is_still (tomo_window_get_visit (self)) ||
      self->width_px * self->height_px > MAX_ANIMATED_PIXELS)
    return TOMO_SLIDE_NOT;

  switch (move)
    {
    case TOMO_MOVE_FORWARD:
      return is_rtl ? TOMO_SLIDE_RIGHT : TOMO_SLIDE_LEFT;
    case TOMO_MOVE_BACK:
      return is_rtl ? TOMO_SLIDE_LEFT : TOMO_SLIDE_RIGHT;
    case TOMO_MOVE_RESET:
    default:
      return TOMO_SLIDE_NOT;
    }
}

/**
 * tomo_window_restore_focus:
 * @self: a window
 *
 * Gives the focus back to the page, after something lay over it.
 */
void
tomo_window_restore_focus (TomoWindow *self)
{
  if (self->page != NULL)
    tomo_page_restore_place (self->page);
}

/**
 * tomo_window_update_bar:
 * @self: a window
 *
 * Says on the bar, if there is one, what the next touch will do.
 */
void
tomo_window_update_bar (TomoWindow *self)
{
  if (self->bar != NULL)
    tomo_bar_update (TOMO_BAR (self->bar));
}

/**
 * tomo_window_update_header:
 * @self: a window
 *
 * Shows the name of the campaign above pages that have a bar below, if there is room for it.
 */
void
tomo_window_update_header (TomoWindow *self)
{
  gtk_widget_set_visible (self->header, self->bar != NULL &&
                                            !gtk_widget_has_css_class (GTK_WIDGET (self), "short"));
}

/* ---- Following the visit ---- */

static void
apply_language (TomoWindow *self)
{
  g_autoptr(GError) error = NULL;

  tomo_i18n_set_language (tomo_visit_get_language (tomo_window_get_visit (self)));
  if (!tomo_scene_load_index (self->scene, &error))
    g_debug ("no index: %s", error->message);

  /* Translators: a band across the window while an author looks at a pack that nobody has signed
   * yet */
  gtk_label_set_text (self->preview, _("Preview, not signed"));
  /* Visitors see the campaign's name only; where there is none yet, an operator looks. */
  TomoCampaign *campaign = tomo_scene_get_campaign (self->scene);
  const char *language = tomo_visit_get_language (tomo_window_get_visit (self));
  gtk_window_set_title (GTK_WINDOW (self), (campaign != NULL)
                                               ? tomo_campaign_get_name (campaign, language)
                                               : "tomoshibi");
}

static void
apply_palette (TomoWindow *self)
{
  gboolean is_high_contrast = tomo_visit_is_high_contrast (tomo_window_get_visit (self));
  TomoCampaign *campaign = tomo_scene_get_campaign (self->scene);

  tomo_style_set_palette (self->style, is_high_contrast
                                           ? TOMO_PALETTE_CONTRAST
                                           : tomo_style_get_usual_palette (self->style));
  tomo_style_set_accent (self->style, (is_high_contrast || campaign == NULL)
                                          ? NULL
                                          : tomo_campaign_get_accent (campaign));
  if (is_high_contrast)
    gtk_widget_add_css_class (GTK_WIDGET (self), "high-contrast");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "high-contrast");
}

/**
 * tomo_window_save_place:
 * @self: a window
 *
 * Notes where on the page the visitor is, before the page goes.
 */
void
tomo_window_save_place (TomoWindow *self)
{
  if (self->page != NULL)
    tomo_page_save_place (self->page, tomo_visit_get_place (tomo_window_get_visit (self)));
}

/**
 * tomo_window_refresh:
 * @self: a window
 *
 * Builds the page on the screen anew from the visit: same place, same answers, same focus.
 */
void
tomo_window_refresh (TomoWindow *self)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  gboolean is_in_bar =
      focus != NULL && self->bar != NULL && gtk_widget_is_ancestor (focus, self->bar);
  g_autofree char *name = is_in_bar ? g_strdup (gtk_widget_get_name (focus)) : NULL;

  tomo_window_save_place (self);
  show_page (self, TOMO_SLIDE_NOT);
  if (name != NULL && self->bar != NULL)
    tomo_bar_grab_focus (TOMO_BAR (self->bar), name);
}

static void
language_cb (TomoWindow *self, GParamSpec *pspec, TomoVisit *visit)
{
  if (g_strcmp0 (tomo_i18n_get_language (), tomo_visit_get_language (visit)) == 0)
    return;

  tomo_window_save_place (self);
  apply_language (self);
  show_page (self, TOMO_SLIDE_NOT);
}

/* A new generation is taken up only between visitors; in a window on a desk also while nothing is
 * open, so that packs are seen arriving. */
static gboolean
may_take_library (TomoWindow *self)
{
  TomoPlaceKind kind = tomo_visit_get_place (tomo_window_get_visit (self))->kind;

  return kind == TOMO_PLACE_ATTRACT || (kind == TOMO_PLACE_HOME && !self->is_locked) ||
         !tomo_scene_has_content (self->scene);
}

/* What has come may have the language in which visits had better begin, or no longer have it. */
static gboolean
renew_default_language (TomoWindow *self)
{
  TomoVisit *visit = tomo_window_get_visit (self);
  g_autofree char *language = tomo_scene_dup_default_language (self->scene);

  if (language == NULL || (tomo_visit_get_place (visit)->kind != TOMO_PLACE_ATTRACT &&
                           tomo_scene_has_content (self->scene)))
    return FALSE;

  /* The page for it is built by who asked; the one on the screen may be of another place. */
  g_signal_handlers_block_by_func (visit, language_cb, self);
  tomo_visit_set_default_language (visit, language);
  g_signal_handlers_unblock_by_func (visit, language_cb, self);
  return g_strcmp0 (tomo_i18n_get_language (), language) != 0;
}

static void
apply_library (TomoWindow *self)
{
  apply_language (self);
  if (renew_default_language (self))
    apply_language (self);
  apply_palette (self);
}

static gboolean
reload_library (TomoWindow *self)
{
  g_autoptr(GError) error = NULL;
  gboolean has_changed = FALSE;
  TomoLibrary *library = tomo_scene_get_library (self->scene);

  self->is_library_pending = FALSE;
  if (library == NULL)
    return FALSE;
  if (!tomo_library_reload (library, &has_changed, &error))
    g_debug ("the library could not be read again: %s", error->message);
  tomo_window_update_age (self);
  if (has_changed)
    apply_library (self);

  return has_changed;
}

static void
moved_cb (TomoWindow *self, int move, TomoVisit *visit)
{
  tomo_window_hide_warning (self);
  if (self->is_library_pending && may_take_library (self))
    reload_library (self);
  if (g_strcmp0 (tomo_i18n_get_language (), tomo_visit_get_language (visit)) != 0)
    apply_language (self);
  show_page (self, get_way (self, (TomoMove) move));
}

static void
high_contrast_cb (TomoWindow *self, GParamSpec *pspec, TomoVisit *visit)
{
  apply_palette (self);
  tomo_window_update_bar (self);
}

static void
still_cb (TomoWindow *self, GParamSpec *pspec, TomoVisit *visit)
{
  tomo_style_set_still (self->style, tomo_visit_is_still (visit));
  tomo_window_update_bar (self);
}

/* ---- The window ---- */

/* All that the window holds can be scrolled, so its own size does not depend on it. On X11 GTK asks
 * twice, before a new page has its style and after that, and would measure all texts for it. */
static void
tomo_window_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = (orientation == GTK_ORIENTATION_HORIZONTAL) ? MIN_WIDTH_PX : MIN_HEIGHT_PX;
  *natural = *minimum;
}

static void
tomo_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TomoWindow *self = TOMO_WINDOW (widget);

  GTK_WIDGET_CLASS (tomo_window_parent_class)->size_allocate (widget, width, height, baseline);
  tomo_window_take_size (self, gtk_widget_get_width (GTK_WIDGET (self->root)),
                         gtk_widget_get_height (GTK_WIDGET (self->root)));
}

static void
tomo_window_real_move_focus (GtkWidget *widget, GtkDirectionType direction)
{
  tomo_window_move_focus (TOMO_WINDOW (widget), direction,
                          GTK_WIDGET_CLASS (tomo_window_parent_class)->move_focus);
}

/* The inspector would show a visitor the whole program. */
static gboolean
tomo_window_enable_debugging (GtkWindow *window, gboolean toggle)
{
  if (TOMO_WINDOW (window)->is_locked)
    return TRUE;

  return GTK_WINDOW_CLASS (tomo_window_parent_class)->enable_debugging (window, toggle);
}

static gboolean
tomo_window_close_request (GtkWindow *window)
{
  if (TOMO_WINDOW (window)->is_locked)
    return TRUE;

  return GTK_WINDOW_CLASS (tomo_window_parent_class)->close_request (window);
}

/* ---- The class ---- */

static void
tomo_window_dispose (GObject *object)
{
  TomoWindow *self = TOMO_WINDOW (object);

  if (self->relayout_source != NULL)
    g_source_destroy (self->relayout_source);
  g_clear_pointer (&self->relayout_source, g_source_unref);
  if (self->scene != NULL)
    g_signal_handlers_disconnect_by_data (tomo_window_get_visit (self), self);
  self->page = NULL;
  /* GtkWindow lets go of its child itself, and must not find it gone. */
  gtk_window_set_child (GTK_WINDOW (self), NULL);
  self->root = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), TOMO_TYPE_WINDOW);
  g_clear_object (&self->scene);
  g_clear_pointer (&self->logo_png, g_bytes_unref);
  if (self->style != NULL)
    g_object_run_dispose (G_OBJECT (self->style));
  g_clear_object (&self->style);

  G_OBJECT_CLASS (tomo_window_parent_class)->dispose (object);
}

static void
tomo_window_class_init (TomoWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_window_dispose;
  widget_class->move_focus = tomo_window_real_move_focus;
  widget_class->measure = tomo_window_measure;
  widget_class->size_allocate = tomo_window_size_allocate;
  window_class->enable_debugging = tomo_window_enable_debugging;
  window_class->close_request = tomo_window_close_request;

  tomo_window_install_actions (widget_class);
  /* Templates of all pages name it. */
  g_type_ensure (TOMO_TYPE_ICON);
  g_type_ensure (TOMO_TYPE_PICTURE_VIEW);
  g_type_ensure (TOMO_TYPE_SLIDE);
  g_type_ensure (TOMO_TYPE_STAMP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, TomoWindow, above);
  gtk_widget_class_bind_template_child (widget_class, TomoWindow, column);
  gtk_widget_class_bind_template_child (widget_class, TomoWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, TomoWindow, header);
  gtk_widget_class_bind_template_child (widget_class, TomoWindow, lamp);
  gtk_widget_class_bind_template_child (widget_class, TomoWindow, logo);
  gtk_widget_class_bind_template_child (widget_class, TomoWindow, campaign);
  gtk_widget_class_bind_template_child (widget_class, TomoWindow, slide);
}

static void
tomo_window_init (TomoWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tomo_window_renew_root (self);
}

/**
 * tomo_window_new:
 * @scene: the scene
 *
 * Returns: (transfer none): a window that shows where the visitor is
 */
TomoWindow *
tomo_window_new (TomoScene *scene)
{
  g_return_val_if_fail (TOMO_IS_SCENE (scene), NULL);

  TomoWindow *self = g_object_new (TOMO_TYPE_WINDOW, NULL);
  TomoVisit *visit = tomo_scene_get_visit (scene);
  TomoLibrary *library = tomo_scene_get_library (scene);

  self->scene = g_object_ref (scene);
  self->style = tomo_style_new (gtk_widget_get_display (GTK_WIDGET (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->preview),
                          library != NULL && tomo_library_is_preview (library));
  apply_language (self);
  apply_palette (self);
  g_signal_connect_swapped (visit, "moved", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (visit, "notify::language", G_CALLBACK (language_cb), self);
  g_signal_connect_swapped (visit, "notify::high-contrast", G_CALLBACK (high_contrast_cb), self);
  g_signal_connect_swapped (visit, "notify::still", G_CALLBACK (still_cb), self);
  tomo_window_watch_size (self);
  return self;
}

/**
 * tomo_window_lock:
 * @self: a window
 *
 * Keeps the window from being closed and from opening the inspector, for good. Keys and menus are
 * the business of the program, which knows what else it listens to.
 */
void
tomo_window_lock (TomoWindow *self)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));
  self->is_locked = TRUE;
}

gboolean
tomo_window_is_locked (TomoWindow *self)
{
  g_return_val_if_fail (TOMO_IS_WINDOW (self), FALSE);
  return self->is_locked;
}

/**
 * tomo_window_set_size:
 * @self: a window that is not on the screen yet
 * @width_px: its width
 * @height_px: its height
 *
 * Says how large the window will be, so that its first frame is laid out for that at once, and
 * builds the first page.
 */
void
tomo_window_set_size (TomoWindow *self, int width_px, int height_px)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  self->width_px = width_px;
  self->height_px = height_px;
  gtk_window_set_default_size (GTK_WINDOW (self), width_px, height_px);
  tomo_window_relayout (self);
  if (self->page == NULL)
    show_page (self, TOMO_SLIDE_NOT);
}

/**
 * tomo_window_get_page:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the page on the screen
 */
TomoPage *
tomo_window_get_page (TomoWindow *self)
{
  g_return_val_if_fail (TOMO_IS_WINDOW (self), NULL);
  return self->page;
}

/**
 * tomo_window_take_library:
 * @self: a window
 * @library: (nullable): what there is to show from now on
 *
 * Shows the first campaign of a machine that had none.
 */
void
tomo_window_take_library (TomoWindow *self, TomoLibrary *library)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  tomo_scene_set_library (self->scene, library);
  apply_library (self);
  tomo_window_refresh (self);
}

/**
 * tomo_window_library_changed:
 * @self: a window
 *
 * Says that there may be a new generation. It is taken up as soon as no visitor is in the middle
 * of something.
 */
void
tomo_window_library_changed (TomoWindow *self)
{
  g_return_if_fail (TOMO_IS_WINDOW (self));

  if (!may_take_library (self))
    {
      self->is_library_pending = TRUE;
      return;
    }

  if (reload_library (self))
    tomo_window_refresh (self);
}
