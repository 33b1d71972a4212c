/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-picture-view.h"

#include "core/content/tomo-picture.h"
#include "ui/tomo-style.h"

struct _TomoPictureView
{
  GtkWidget parent_instance;

  GdkTexture *texture;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  double aspect;             /* width by height, known from the header */
  double max_height_rem;
  double height_rem; /* zero: follows the width */
};

G_DEFINE_TYPE (TomoPictureView, tomo_picture_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_MAX_HEIGHT = 1,
  PROP_HEIGHT,
} TomoPictureViewProperty;

static GParamSpec *props[PROP_HEIGHT + 1] = { NULL };

static void
tomo_picture_view_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  switch ((TomoPictureViewProperty) property_id)
    {
    case PROP_MAX_HEIGHT:
      g_value_set_double (value, TOMO_PICTURE_VIEW (object)->max_height_rem);
      break;
    case PROP_HEIGHT:
      g_value_set_double (value, TOMO_PICTURE_VIEW (object)->height_rem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_picture_view_set_property (GObject *object,
                                guint property_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  switch ((TomoPictureViewProperty) property_id)
    {
    case PROP_MAX_HEIGHT:
      TOMO_PICTURE_VIEW (object)->max_height_rem = g_value_get_double (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    case PROP_HEIGHT:
      TOMO_PICTURE_VIEW (object)->height_rem = g_value_get_double (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_picture_view_dispose (GObject *object)
{
  TomoPictureView *self = TOMO_PICTURE_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (tomo_picture_view_parent_class)->dispose (object);
}

/* The height for a width, which may be -1 for any. */
static int
get_height_px (TomoPictureView *self, int width_px)
{
  double rem_px = tomo_style_get_rem_px (GTK_WIDGET (self));
  int max_px = (int) (self->max_height_rem * rem_px);

  if (self->height_rem > 0.0)
    return (int) (self->height_rem * rem_px);

  return (width_px < 0) ? max_px : MIN ((int) (width_px / self->aspect), max_px);
}

static void
tomo_picture_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  TomoPictureView *self = TOMO_PICTURE_VIEW (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = get_height_px (self, for_size);
      *natural = *minimum;
      return;
    }

  *minimum = 0;
  *natural = (int) (get_height_px (self, -1) * self->aspect);
}

static void
tomo_picture_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TomoPictureView *self = TOMO_PICTURE_VIEW (widget);
  GdkRectangle area;

  tomo_picture_view_get_drawn_area (self, &area);
  if (self->texture == NULL || area.width <= 0 || area.height <= 0)
    return;

  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((float) area.x, (float) area.y,
                                                    (float) area.width, (float) area.height));
}

static GtkSizeRequestMode
tomo_picture_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tomo_picture_view_class_init (TomoPictureViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tomo_picture_view_get_property;
  object_class->set_property = tomo_picture_view_set_property;
  object_class->dispose = tomo_picture_view_dispose;
  widget_class->measure = tomo_picture_view_measure;
  widget_class->snapshot = tomo_picture_view_snapshot;
  widget_class->get_request_mode = tomo_picture_view_get_request_mode;

  /**
   * TomoPictureView:max-height:
   *
   * Height above which the picture does not grow, in rem.
   */
  props[PROP_MAX_HEIGHT] =
      g_param_spec_double ("max-height", NULL, NULL, 1.0, 1000.0, 20.0,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  /**
   * TomoPictureView:height:
   *
   * Height whatever the width, in rem, with room around the picture where it does not fill that;
   * zero if the height follows the width. A row needs it: GTK takes for granted that nothing in a
   * row gets higher by getting wider, and from 4.18 on it warns.
   */
  props[PROP_HEIGHT] =
      g_param_spec_double ("height", NULL, NULL, 0.0, 1000.0, 0.0,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  gtk_widget_class_set_css_name (widget_class, "pictureview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tomo_picture_view_init (TomoPictureView *self)
{
  self->aspect = 1.5;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * tomo_picture_view_new:
 *
 * Returns: (transfer floating): a view without a picture; it takes no room
 */
GtkWidget *
tomo_picture_view_new (void)
{
  return g_object_new (TOMO_TYPE_PICTURE_VIEW, NULL);
}

static void
decode_work (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL; /* handed to the task */
  GdkTexture *texture = gdk_texture_new_from_bytes (task_data, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
decoded_cb (GObject *source_object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  TomoPictureView *self = TOMO_PICTURE_VIEW (source_object);
  g_clear_object (&self->cancellable);
  if (texture == NULL)
    {
      /* Its place stays empty: the words say the same. */
      g_debug ("a picture could not be decoded: %s", error->message);
      return;
    }

  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tomo_picture_view_load:
 * @self: a view
 * @png: the bytes of a picture
 * @alt: what it shows, for who cannot see it; empty if that goes without saying
 * @error: return location for a #GError
 *
 * Shows a picture. Its header is checked at once, so that the layout stands; the pixels follow.
 *
 * On failure this sets what tomo_picture_check() sets, and nothing is shown.
 *
 * Returns: %TRUE if the picture may be shown
 */
gboolean
tomo_picture_view_load (TomoPictureView *self, GBytes *png, const char *alt, GError **error)
{
  unsigned int width_px = 0;
  unsigned int height_px = 0;

  g_return_val_if_fail (TOMO_IS_PICTURE_VIEW (self), FALSE);
  if (!tomo_picture_check (png, &width_px, &height_px, error))
    return FALSE;

  self->aspect = (double) width_px / MAX (1, height_px);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, alt, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, decoded_cb, NULL);
  g_task_set_name (task, "tomo-picture-decode");
  g_task_set_return_on_cancel (task, FALSE);
  g_task_set_task_data (task, g_bytes_ref (png), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, decode_work);
  return TRUE;
}

/**
 * tomo_picture_view_show_ornament:
 * @self: a view
 * @png: (nullable): a picture that says nothing that words beside it do not say; %NULL for none
 *
 * Shows @png, or takes no room.
 *
 * Returns: whether there is a picture
 */
gboolean
tomo_picture_view_show_ornament (TomoPictureView *self, GBytes *png)
{
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (TOMO_IS_PICTURE_VIEW (self), FALSE);
  if (png != NULL && tomo_picture_view_load (self, png, "", &error))
    return TRUE;

  if (error != NULL)
    g_debug ("an ornament cannot be shown: %s", error->message);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  return FALSE;
}

/**
 * tomo_picture_view_is_loaded:
 * @self: a view
 *
 * Returns: whether its pixels are there
 */
gboolean
tomo_picture_view_is_loaded (TomoPictureView *self)
{
  g_return_val_if_fail (TOMO_IS_PICTURE_VIEW (self), FALSE);
  return self->texture != NULL;
}

/**
 * tomo_picture_view_get_drawn_area:
 * @self: a view
 * @out_area: (out): where in the view the picture is, in its own coordinates
 *
 * The picture keeps its shape, so there may be room beside or above it.
 */
void
tomo_picture_view_get_drawn_area (TomoPictureView *self, GdkRectangle *out_area)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  g_return_if_fail (TOMO_IS_PICTURE_VIEW (self));
  out_area->width = MIN (width, (int) (height * self->aspect));
  out_area->height = (int) (out_area->width / self->aspect);
  out_area->x = (width - out_area->width) / 2;
  out_area->y = (height - out_area->height) / 2;
}
