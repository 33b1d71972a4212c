/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-tip-list.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-heading.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-item-tile.h"
#include "ui/tomo-style.h"
#include "ui/tomo-tile-grid.h"
#include "ui/tomo-topic-tips.h"

#define MIN_TILE_WIDTH_REM 16.0
#define MAX_COLUMNS 3
#define GAP_REM 1.25

/* Up to which width tiles grow, and how high pictures on them are: as their usual width makes a
 * picture of three by two, so that it fills the tile. A single tip fills the room there is. Zero:
 * all the width. */
static const struct
{
  double tile_width_rem;
  double picture_height_rem;
  double single_tile_width_rem;
  double single_picture_height_rem;
} shapes[] = {
  [TOMO_LAYOUT_PORTRAIT] = { 0.0, 11.5, 0.0, 24.0 },
  [TOMO_LAYOUT_LANDSCAPE] = { 25.0, 16.0, 33.0, 22.0 },
  [TOMO_LAYOUT_COMPACT] = { 25.0, 11.0, 25.0, 15.0 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (shapes) == TOMO_N_LAYOUTS);

/* A campaign of thirty partners has hundreds of tips on a topic; so many at a time can be looked
 * through, and are on the screen in a moment. */
#define TILES_AT_ONCE 24

struct _TomoTipList
{
  GtkWidget parent_instance;

  TomoScene *scene;     /* (owned) (nullable) */
  GArray *tips;         /* (owned) (nullable) (element-type TomoTopicTip) */
  unsigned int n_shown; /* of the tips */
  GtkWidget *sections;
  GtkWidget *more;
  GtkWidget *grid;      /* (nullable): of the last section */
  TomoOrigin origin;    /* of the last section */
  GtkWidget *first_new; /* (nullable): of the tiles that were added last */
};

G_DEFINE_TYPE (TomoTipList, tomo_tip_list, GTK_TYPE_WIDGET)

/* The nearest tips need no heading: they are what one has come for. */
static void
add_heading (TomoTipList *self, TomoOrigin origin)
{
  if (origin == TOMO_ORIGIN_OWN)
    return;

  GtkWidget *heading = g_object_new (TOMO_TYPE_HEADING, NULL);
  tomo_heading_set_text (TOMO_HEADING (heading),
                         (origin == TOMO_ORIGIN_COMMON)
                             /* Translators: heading in a topic, above tips that are meant for
                              * every country; those of the visitor’s country stand before them */
                             ? _("For every country")
                             /* Translators: heading in a topic, above tips that were written for
                              * other countries than the one where this screen stands */
                             : _("Advice from other countries"));
  gtk_widget_set_name (heading, (origin == TOMO_ORIGIN_COMMON) ? "common" : "other-countries");
  gtk_widget_add_css_class (heading, "title-2");
  gtk_box_append (GTK_BOX (self->sections), heading);
}

static void
begin_section (TomoTipList *self, TomoOrigin origin)
{
  TomoLayout layout = tomo_scene_get_layout (self->scene);
  double width_rem =
      (self->tips->len == 1) ? shapes[layout].single_tile_width_rem : shapes[layout].tile_width_rem;

  add_heading (self, origin);
  self->origin = origin;
  self->grid = tomo_tile_grid_new (MIN_TILE_WIDTH_REM, MAX_COLUMNS);
  g_object_set (self->grid, "max-tile-width", width_rem, "gap", GAP_REM, NULL);
  gtk_box_append (GTK_BOX (self->sections), self->grid);
}

static void
show_tips (TomoTipList *self, unsigned int n_wanted)
{
  TomoLayout layout = tomo_scene_get_layout (self->scene);
  double picture_height_rem = (self->tips->len == 1) ? shapes[layout].single_picture_height_rem
                                                     : shapes[layout].picture_height_rem;

  self->first_new = NULL;
  for (; self->n_shown < MIN (n_wanted, self->tips->len); self->n_shown++)
    {
      const TomoTopicTip *tip = &g_array_index (self->tips, TomoTopicTip, self->n_shown);
      GtkWidget *tile = tomo_item_tile_new (self->scene, &tip->entry, picture_height_rem);

      if (self->grid == NULL || tip->origin != self->origin)
        begin_section (self, tip->origin);
      tomo_tile_grid_append (TOMO_TILE_GRID (self->grid), tile);
      if (self->first_new == NULL)
        self->first_new = tile;
    }
  gtk_widget_set_visible (self->more, self->n_shown < self->tips->len);
}

static void
more_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoTipList *self = TOMO_TIP_LIST (widget);

  if (self->tips == NULL || self->n_shown >= self->tips->len)
    return;

  /* The visit knows how long the list is, so that it comes back as long in another language. */
  tomo_visit_get_place (tomo_scene_get_visit (self->scene))->n_more++;
  show_tips (self, self->n_shown + TILES_AT_ONCE);
  tomo_style_set_language (widget, tomo_i18n_get_language ());
  /* The button may be gone; who came by keyboard goes on with the first tile that is new. */
  gtk_widget_grab_focus (self->first_new);
}

static void
tomo_tip_list_dispose (GObject *object)
{
  TomoTipList *self = TOMO_TIP_LIST (object);

  g_clear_pointer (&self->sections, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_object (&self->scene);

  G_OBJECT_CLASS (tomo_tip_list_parent_class)->dispose (object);
}

static void
tomo_tip_list_finalize (GObject *object)
{
  g_clear_pointer (&TOMO_TIP_LIST (object)->tips, g_array_unref);

  G_OBJECT_CLASS (tomo_tip_list_parent_class)->finalize (object);
}

static void
tomo_tip_list_class_init (TomoTipListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tomo_tip_list_dispose;
  object_class->finalize = tomo_tip_list_finalize;

  gtk_widget_class_install_action (widget_class, "tips.more", NULL, more_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tiplist");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tomo_tip_list_init (TomoTipList *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);

  self->sections = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->sections, "main");
  gtk_widget_set_parent (self->sections, GTK_WIDGET (self));

  /* Translators: button below the tips of a topic, when there are more of them than are shown */
  self->more = gtk_button_new_with_label (_("More tips"));
  gtk_widget_set_name (self->more, "more");
  gtk_widget_add_css_class (self->more, "secondary");
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->more, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->more), "tips.more");
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
}

/**
 * tomo_tip_list_fill:
 * @self: an empty list
 * @scene: the scene; its visit says how many tips were asked for
 * @topic: one of tomo_topics(), or empty for what is there in other languages only
 *
 * Shows the tips of a topic.
 */
void
tomo_tip_list_fill (TomoTipList *self, TomoScene *scene, const char *topic)
{
  g_return_if_fail (TOMO_IS_TIP_LIST (self));
  g_return_if_fail (TOMO_IS_SCENE (scene));
  g_return_if_fail (self->scene == NULL);

  self->scene = g_object_ref (scene);
  self->tips = tomo_topic_tips_list (scene, topic);
  show_tips (self,
             TILES_AT_ONCE * (tomo_visit_get_place (tomo_scene_get_visit (scene))->n_more + 1));
}
