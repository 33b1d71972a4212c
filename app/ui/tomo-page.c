/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-page.h"

#include "ui/tomo-heading.h"
#include "ui/tomo-listen-line.h"
#include "ui/tomo-reading.h"
#include "ui/tomo-scroller.h"
#include "ui/tomo-stamp.h"
#include "ui/tomo-style.h"
#include "ui/tomo-width-layout.h"

/* The column at the side: as wide as it has to be, but the larger letters are, the less of it. */
#define SIDE_WIDTH_REM 23.0
#define SIDE_SHARE 0.38
#define FULL_WIDTH_REM 72.0

typedef struct
{
  TomoScene *scene;            /* (owned) */
  TomoIndex *index;            /* (owned) (nullable): lends the page its words while it lives */
  GtkScrolledWindow *scroller; /* (nullable): what the visitor scrolls */
  GtkWidget *first_focus;      /* (nullable): where a keyboard begins */
  char *spoken_language;       /* (owned) (nullable): NULL for the visitor’s */
  GtkWidget *listen_place;     /* (nullable): the line stands below it; NULL for the heading */
  GtkWidget *listen_line;      /* (nullable): NULL where nothing can be heard */
  GError *error;               /* (owned) (nullable): why the page has nothing to show */
  double scroll;               /* to be restored when the page has its height */
  unsigned int n_scroll_frames;
  guint tick_id;
} TomoPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TomoPage, tomo_page, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SCENE = 1,
} TomoPageProperty;

static GParamSpec *props[PROP_SCENE + 1] = { NULL };

static TomoPagePrivate *
get_private (TomoPage *self)
{
  return tomo_page_get_instance_private (self);
}

static void
tomo_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  TomoPagePrivate *priv = get_private (TOMO_PAGE (object));

  switch ((TomoPageProperty) property_id)
    {
    case PROP_SCENE:
      priv->scene = g_value_dup_object (value);
      if (tomo_scene_get_index (priv->scene) != NULL)
        priv->index = tomo_index_ref (tomo_scene_get_index (priv->scene));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_page_dispose (GObject *object)
{
  TomoPagePrivate *priv = get_private (TOMO_PAGE (object));
  GtkWidget *child;

  if (priv->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (object), priv->tick_id);
  priv->tick_id = 0;
  priv->scroller = NULL;
  priv->first_focus = NULL;
  priv->listen_place = NULL;
  priv->listen_line = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&priv->index, tomo_index_unref);
  g_clear_object (&priv->scene);

  G_OBJECT_CLASS (tomo_page_parent_class)->dispose (object);
}

static void
tomo_page_finalize (GObject *object)
{
  TomoPagePrivate *priv = get_private (TOMO_PAGE (object));

  g_clear_error (&priv->error);
  g_free (priv->spoken_language);

  G_OBJECT_CLASS (tomo_page_parent_class)->finalize (object);
}

static void
tomo_page_class_init (TomoPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = tomo_page_set_property;
  object_class->dispose = tomo_page_dispose;
  object_class->finalize = tomo_page_finalize;

  /**
   * TomoPage:scene:
   *
   * What the page is made from, never %NULL.
   */
  props[PROP_SCENE] =
      g_param_spec_object ("scene", NULL, NULL, TOMO_TYPE_SCENE,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (TOMO_TYPE_STAMP); /* the templates of most pages have one */
  gtk_widget_class_set_layout_manager_type (widget_class, TOMO_TYPE_WIDTH_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "page");
}

static void
tomo_page_init (TomoPage *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

/**
 * tomo_page_new:
 * @type: the class of the page
 * @scene: what to make it from
 *
 * Returns: (transfer floating): a page for the place where the visitor is
 */
TomoPage *
tomo_page_new (GType type, TomoScene *scene)
{
  g_return_val_if_fail (g_type_is_a (type, TOMO_TYPE_PAGE), NULL);
  return g_object_new (type, "scene", scene, NULL);
}

TomoScene *
tomo_page_get_scene (TomoPage *self)
{
  g_return_val_if_fail (TOMO_IS_PAGE (self), NULL);
  return get_private (self)->scene;
}

/**
 * tomo_page_get_visit:
 * @self: a page
 *
 * Returns: (transfer none): the visitor's state
 */
TomoVisit *
tomo_page_get_visit (TomoPage *self)
{
  g_return_val_if_fail (TOMO_IS_PAGE (self), NULL);
  return tomo_scene_get_visit (get_private (self)->scene);
}

/**
 * tomo_page_get_place:
 * @self: a page that is being built
 *
 * Returns: (transfer none): the place it is for
 */
const TomoPlace *
tomo_page_get_place (TomoPage *self)
{
  return tomo_visit_get_place (tomo_page_get_visit (self));
}

/**
 * tomo_page_is_wide:
 * @self: a page
 *
 * Returns: whether things stand side by side
 */
gboolean
tomo_page_is_wide (TomoPage *self)
{
  g_return_val_if_fail (TOMO_IS_PAGE (self), FALSE);
  return tomo_layout_is_wide (tomo_scene_get_layout (get_private (self)->scene));
}

/**
 * tomo_page_set_columns:
 * @self: a page that is being built
 * @split: all that stands on it: @side, and what it is about
 * @side: the heading and what belongs to it
 *
 * For subclasses: where there is room, @side stands at the beginning of the line, as wide on every
 * page; otherwise on top.
 */
void
tomo_page_set_columns (TomoPage *self, GtkBox *split, TomoClamp *side)
{
  g_return_if_fail (TOMO_IS_PAGE (self));

  gboolean is_wide = tomo_page_is_wide (self);
  double width_rem = tomo_scene_get_width_rem (tomo_page_get_scene (self));
  double side_rem = MIN (SIDE_WIDTH_REM, SIDE_SHARE * width_rem);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (split),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  g_object_set (side, "max-width", is_wide ? side_rem : FULL_WIDTH_REM, "min-width",
                is_wide ? side_rem : 0.0, NULL);
}

/**
 * tomo_page_set_scroller:
 * @self: a page
 * @scroller: what the visitor scrolls, a descendant
 *
 * For subclasses: names the place that is kept when the page is built anew.
 */
void
tomo_page_set_scroller (TomoPage *self, GtkScrolledWindow *scroller)
{
  g_return_if_fail (TOMO_IS_PAGE (self));
  get_private (self)->scroller = scroller;
  tomo_scroller_mend (scroller);
}

/**
 * tomo_page_get_scroller:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what the visitor scrolls
 */
GtkScrolledWindow *
tomo_page_get_scroller (TomoPage *self)
{
  g_return_val_if_fail (TOMO_IS_PAGE (self), NULL);
  return get_private (self)->scroller;
}

/**
 * tomo_page_set_first_focus:
 * @self: a page
 * @widget: a descendant
 *
 * For subclasses: says where a keyboard begins.
 */
void
tomo_page_set_first_focus (TomoPage *self, GtkWidget *widget)
{
  g_return_if_fail (TOMO_IS_PAGE (self));
  get_private (self)->first_focus = widget;
}

/**
 * tomo_page_save_place:
 * @self: a page
 * @place: where to write to
 *
 * Notes how far down the page is and what has the focus.
 */
void
tomo_page_save_place (TomoPage *self, TomoPlace *place)
{
  g_return_if_fail (TOMO_IS_PAGE (self));

  TomoPagePrivate *priv = get_private (self);
  if (priv->scroller != NULL)
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (priv->scroller);
      double range =
          gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
      place->scroll = (range > 0.0) ? gtk_adjustment_get_value (adjustment) / range : 0.0;
    }

  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = (root != NULL) ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return;

  g_free (place->focus);
  place->focus = g_strdup (gtk_widget_get_name (focus));
}

static GtkWidget *
find_by_name (GtkWidget *widget, const char *name)
{
  if (g_strcmp0 (gtk_widget_get_name (widget), name) == 0 && gtk_widget_get_focusable (widget) &&
      gtk_widget_is_sensitive (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_by_name (child, name);
      if (found != NULL)
        return found;
    }

  return NULL;
}

/* A page has its full height only after it was laid out, and text that wraps may take two rounds.
 * So the place is set before each of the first frames. */
static gboolean
restore_scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  TomoPagePrivate *priv = get_private (TOMO_PAGE (widget));

  if (priv->scroller != NULL)
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (priv->scroller);
      double range =
          gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
      gtk_adjustment_set_value (adjustment, MAX (0.0, range * priv->scroll));
    }

  if (++priv->n_scroll_frames < 3)
    return G_SOURCE_CONTINUE;

  priv->tick_id = 0;
  return G_SOURCE_REMOVE;
}

/**
 * tomo_page_restore_place:
 * @self: a page that has just got into its window
 *
 * Scrolls and moves the focus to where the visitor was, or to the beginning of a new page.
 */
void
tomo_page_restore_place (TomoPage *self)
{
  g_return_if_fail (TOMO_IS_PAGE (self));

  TomoPagePrivate *priv = get_private (self);
  const TomoPlace *place = tomo_page_get_place (self);
  GtkWidget *focus = (place->focus != NULL) ? find_by_name (GTK_WIDGET (self), place->focus) : NULL;

  if (focus == NULL)
    focus = priv->first_focus;
  if (focus == NULL || !gtk_widget_grab_focus (focus))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);

  priv->scroll = place->scroll;
  priv->n_scroll_frames = 0;
  if (priv->tick_id == 0)
    priv->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), restore_scroll_cb, NULL, NULL);
}

/**
 * tomo_page_get_reading_secs:
 * @self: a page
 *
 * Counts what stands on the page now.
 *
 * Returns: how many seconds of reading the page needs; zero for a menu
 */
unsigned int
tomo_page_get_reading_secs (TomoPage *self)
{
  g_return_val_if_fail (TOMO_IS_PAGE (self), 0);

  TomoPageClass *klass = TOMO_PAGE_GET_CLASS (self);
  if (klass->get_reading_secs == NULL)
    return 0;

  return MAX (klass->get_reading_secs (self), tomo_reading_count_widget_secs (GTK_WIDGET (self)));
}

/**
 * tomo_page_set_spoken_language:
 * @self: a page that is being built
 * @language: BCP 47
 *
 * For subclasses: says in which language the page is read aloud, where it is not the visitor’s.
 */
void
tomo_page_set_spoken_language (TomoPage *self, const char *language)
{
  g_return_if_fail (TOMO_IS_PAGE (self));
  g_return_if_fail (language != NULL);

  TomoPagePrivate *priv = get_private (self);
  g_free (priv->spoken_language);
  priv->spoken_language = g_strdup (language);
}

/**
 * tomo_page_set_listen_place:
 * @self: a page
 * @above: a descendant in a vertical box
 *
 * For subclasses: says below what the button “Listen” stands; otherwise that is the first heading.
 */
void
tomo_page_set_listen_place (TomoPage *self, GtkWidget *above)
{
  g_return_if_fail (TOMO_IS_PAGE (self));
  get_private (self)->listen_place = above;
}

static GtkWidget *
find_heading (GtkWidget *widget)
{
  GtkWidget *found = TOMO_IS_HEADING (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = gtk_widget_get_visible (child) ? find_heading (child) : NULL;

  return found;
}

static gboolean
is_centred (GtkWidget *widget)
{
  GtkJustification justify = GTK_JUSTIFY_LEFT;

  if (TOMO_IS_HEADING (widget))
    g_object_get (widget, "justify", &justify, NULL);
  return justify == GTK_JUSTIFY_CENTER || gtk_widget_get_halign (widget) == GTK_ALIGN_CENTER;
}

/* Below the heading, and below what stands beside the heading; also when something has come between
 * them since. */
static void
place_listen_line (TomoPage *self, GtkWidget *line)
{
  GtkWidget *above = get_private (self)->listen_place;

  if (above == NULL)
    above = find_heading (GTK_WIDGET (self));
  g_return_if_fail (above != NULL);

  GtkWidget *box = gtk_widget_get_parent (above);
  while (GTK_IS_BOX (box) &&
         gtk_orientable_get_orientation (GTK_ORIENTABLE (box)) == GTK_ORIENTATION_HORIZONTAL)
    {
      above = box;
      box = gtk_widget_get_parent (box);
    }
  g_return_if_fail (GTK_IS_BOX (box));
  gtk_widget_set_halign (line, is_centred (above) ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
  if (gtk_widget_get_parent (line) == box)
    gtk_box_reorder_child_after (GTK_BOX (box), line, above);
  else
    gtk_box_insert_child_after (GTK_BOX (box), line, above);
}

/**
 * tomo_page_offer_to_listen:
 * @self: a page whose languages are set
 *
 * Puts the button “Listen” on the page if all that it would say can be said, and takes it away if
 * not. To be called again when other words stand on the page; what was being read ends then.
 */
void
tomo_page_offer_to_listen (TomoPage *self)
{
  g_return_if_fail (TOMO_IS_PAGE (self));

  TomoPagePrivate *priv = get_private (self);
  const char *own = tomo_visit_get_language (tomo_page_get_visit (self));
  const char *language = priv->spoken_language != NULL ? priv->spoken_language : own;

  if (priv->listen_line != NULL)
    {
      place_listen_line (self, priv->listen_line);
      tomo_listen_line_begin_anew (TOMO_LISTEN_LINE (priv->listen_line));
      return;
    }
  if (!tomo_listen_line_is_needed (priv->scene, GTK_WIDGET (self), language))
    return;

  priv->listen_line = tomo_listen_line_new (priv->scene, GTK_WIDGET (self), language);
  place_listen_line (self, priv->listen_line);
  tomo_style_set_language (priv->listen_line, own);
  tomo_style_set_targets (priv->listen_line, tomo_scene_get_glass (priv->scene));
}

/**
 * tomo_page_is_for_a_telephone:
 * @self: a page
 *
 * Returns: whether visitors get their telephones out for it
 */
gboolean
tomo_page_is_for_a_telephone (TomoPage *self)
{
  g_return_val_if_fail (TOMO_IS_PAGE (self), FALSE);
  return TOMO_PAGE_GET_CLASS (self)->is_for_a_telephone;
}

/**
 * tomo_page_fail:
 * @self: a page that is being built
 * @error: why there is nothing to show
 *
 * For subclasses: the window shows a translated sentence in place of this page.
 */
void
tomo_page_fail (TomoPage *self, const GError *error)
{
  g_return_if_fail (TOMO_IS_PAGE (self));
  g_return_if_fail (error != NULL);

  TomoPagePrivate *priv = get_private (self);
  g_clear_error (&priv->error);
  priv->error = g_error_copy (error);
  g_debug ("page %s: %s", G_OBJECT_TYPE_NAME (self), error->message);
}

const GError *
tomo_page_get_error (TomoPage *self)
{
  g_return_val_if_fail (TOMO_IS_PAGE (self), NULL);
  return get_private (self)->error;
}
