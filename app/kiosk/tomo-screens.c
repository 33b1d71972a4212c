/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-screens.h"

#include <errno.h>

#include "core/content/tomo-language.h"
#include "core/tomo-error.h"
#include "core/tomo-preview-card.h"
#include "kiosk/tomo-preview-show.h"
#include "ui/tomo-picture-view.h"

/* A page is laid out in the first frame, restores its place in the second, and is still in the
 * third. */
#define SETTLING_FRAMES 4

struct _TomoScreens
{
  GObject parent_instance;

  TomoWindow *window;    /* (nullable): not owned: weak */
  TomoScene *scene;      /* (owned) (not nullable) */
  char *folder;          /* (owned) (not nullable) */
  char *language;        /* (owned) (nullable): the only one to draw */
  GPtrArray *cards;      /* (owned) (element-type TomoPreviewCard) */
  unsigned int position; /* of the card on the screen */
  unsigned int n_frames; /* since it came there */
  guint tick_id;         /* of the window; zero while not drawing */
  GError *error;         /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TomoScreens, tomo_screens, G_TYPE_OBJECT)

enum
{
  SIGNAL_DONE,
  N_SIGNALS,
};
static unsigned int signals[N_SIGNALS];

/* ---- Which cards there are ---- */

/* The answer that is right, as tomo_round_set_answer() takes it. */
static char **
dup_right_answer (TomoItem *item)
{
  g_autoptr(GStrvBuilder) answer = g_strv_builder_new ();
  TomoItemKind kind = tomo_item_get_kind (item);

  if (kind == TOMO_ITEM_NUMBER)
    {
      g_autofree char *digits = g_strdup_printf ("%u", tomo_item_get_number (item));

      g_strv_builder_add (answer, digits);
    }
  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    {
      const TomoChoice *choice = tomo_item_get_choice (item, i);
      g_autofree char *match = g_strconcat (choice->id, "=", choice->id, NULL);

      if (kind == TOMO_ITEM_MATCH)
        g_strv_builder_add (answer, match);
      else if (kind == TOMO_ITEM_ORDER || choice->is_correct)
        g_strv_builder_add (answer, choice->id);
    }

  return g_strv_builder_end (answer);
}

static void
add_item (TomoScreens *self, const char *language, const TomoIndexEntry *entry)
{
  g_autoptr(TomoPack) pack = NULL;
  TomoIndexEntry loaded = { 0 };
  g_autoptr(TomoItem) item = tomo_scene_load_item (self->scene, entry->partner, entry->pack,
                                                    entry->item, &loaded, &pack, NULL);

  if (item == NULL)
    return;

  g_ptr_array_add (self->cards,
                   tomo_preview_card_new (language, entry->partner, entry->pack, entry->item));
  if (tomo_item_get_kind (item) == TOMO_ITEM_TIP)
    return;

  TomoPreviewCard *answered =
      tomo_preview_card_new (language, entry->partner, entry->pack, entry->item);
  answered->answer = dup_right_answer (item);
  g_ptr_array_add (self->cards, answered);
}

static void
list_cards (TomoScreens *self)
{
  g_auto(GStrv) languages = tomo_scene_dup_languages (self->scene);

  for (size_t i = 0; languages[i] != NULL; i++)
    {
      if (self->language != NULL &&
          tomo_language_find (languages[i]) != tomo_language_find (self->language))
        continue;

      tomo_visit_set_language (tomo_scene_get_visit (self->scene), languages[i]);
      TomoIndex *index = tomo_scene_get_index (self->scene);
      size_t n_entries = index != NULL ? tomo_index_get_n_entries (index) : 0;

      for (size_t j = 0; j < n_entries; j++)
        {
          TomoIndexEntry entry = { 0 };

          /* What is shown in another language than this one is drawn there. */
          if (tomo_index_get_entry (index, j, &entry) && entry.is_complete)
            add_item (self, languages[i], &entry);
        }
    }
}

/* ---- Drawing ---- */

static gboolean
has_pictures_to_come (GtkWidget *widget)
{
  /* A view without a picture takes no room and is not visible. */
  if (TOMO_IS_PICTURE_VIEW (widget) && gtk_widget_get_visible (widget) &&
      !tomo_picture_view_is_loaded (TOMO_PICTURE_VIEW (widget)))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_pictures_to_come (child))
      return TRUE;

  return FALSE;
}

/* NULL if the window has not been drawn since it was laid out anew. */
static GskRenderNode *
snapshot (GtkWidget *widget)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr(GtkSnapshot) drawing = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, drawing, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  return gtk_snapshot_to_node (drawing);
}

static GdkTexture *
render (GtkWidget *widget, GskRenderNode *node, GError **error)
{
  /* The same picture with every driver. */
  g_autoptr(GskRenderer) renderer = gsk_cairo_renderer_new ();

  if (!gsk_renderer_realize (renderer, NULL, error))
    return NULL;

  GdkTexture *texture =
      gsk_renderer_render_texture (renderer, node,
                                   &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                        (float) gtk_widget_get_height (widget)));
  gsk_renderer_unrealize (renderer);
  return texture;
}

static gboolean
shoot (TomoScreens *self, GskRenderNode *node, GError **error)
{
  const TomoPreviewCard *card = g_ptr_array_index (self->cards, self->position);
  g_autofree char *name =
      g_strconcat (card->item, card->answer != NULL ? "-answered.png" : ".png", NULL);
  g_autofree char *folder = g_build_filename (self->folder, card->language, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      tomo_set_error_from_errno (error, errno, "cannot make the folder %s", folder);
      return FALSE;
    }

  g_autoptr(GdkTexture) texture = render (GTK_WIDGET (self->window), node, error);
  if (texture == NULL)
    return FALSE;

  if (!gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "cannot write %s", path);
      return FALSE;
    }

  return TRUE;
}

static void
stop (TomoScreens *self)
{
  if (self->tick_id != 0 && self->window != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), self->tick_id);
  self->tick_id = 0;
}

static void
show_next (TomoScreens *self)
{
  while (self->position < self->cards->len &&
         !tomo_preview_show (self->scene, g_ptr_array_index (self->cards, self->position)))
    self->position++;
  self->n_frames = 0;

  if (self->position < self->cards->len)
    return;

  stop (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  g_autoptr(TomoScreens) self = g_object_ref (user_data);

  /* The page before may still be on its way out, with pictures that never come. */
  GtkWidget *page = GTK_WIDGET (tomo_window_get_page (self->window));
  if (++self->n_frames < SETTLING_FRAMES || page == NULL || has_pictures_to_come (page))
    return G_SOURCE_CONTINUE;

  g_autoptr(GskRenderNode) node = snapshot (widget);
  if (node == NULL)
    return G_SOURCE_CONTINUE;

  if (shoot (self, node, &self->error))
    self->position++;
  else
    self->position = self->cards->len;
  show_next (self);

  return G_SOURCE_CONTINUE;
}

static void
tomo_screens_dispose (GObject *object)
{
  TomoScreens *self = TOMO_SCREENS (object);

  stop (self);
  g_clear_object (&self->scene);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (tomo_screens_parent_class)->dispose (object);
}

static void
tomo_screens_finalize (GObject *object)
{
  TomoScreens *self = TOMO_SCREENS (object);

  g_free (self->folder);
  g_free (self->language);
  g_ptr_array_unref (self->cards);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (tomo_screens_parent_class)->finalize (object);
}

static void
tomo_screens_class_init (TomoScreensClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tomo_screens_dispose;
  object_class->finalize = tomo_screens_finalize;

  /**
   * TomoScreens::done:
   * @self: screens
   *
   * All cards have been drawn, or an error ended it.
   */
  signals[SIGNAL_DONE] = g_signal_new ("done", TOMO_TYPE_SCREENS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
tomo_screens_init (TomoScreens *self)
{
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_preview_card_free);
}

/**
 * tomo_screens_new:
 * @window: a window that is on the screen
 * @scene: what its pages are made from
 * @folder: where the pictures go
 * @language: (nullable): draw this one only
 *
 * Returns: (transfer full): screens; tomo_screens_start() draws them
 */
TomoScreens *
tomo_screens_new (TomoWindow *window, TomoScene *scene, const char *folder, const char *language)
{
  g_return_val_if_fail (TOMO_IS_WINDOW (window), NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  TomoScreens *self = g_object_new (TOMO_TYPE_SCREENS, NULL);
  g_set_weak_pointer (&self->window, window);
  self->scene = g_object_ref (scene);
  self->folder = g_strdup (folder);
  self->language = g_strdup (language);
  return self;
}

/**
 * tomo_screens_start:
 * @self: screens
 *
 * Begins to draw, one card after the other. #TomoScreens::done tells of the end.
 */
void
tomo_screens_start (TomoScreens *self)
{
  g_return_if_fail (TOMO_IS_SCREENS (self));

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  list_cards (self);
  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), tick_cb, self, NULL);
  show_next (self);
}

/**
 * tomo_screens_get_error:
 * @self: screens
 *
 * Returns: (transfer none) (nullable): why not all could be drawn
 */
const GError *
tomo_screens_get_error (TomoScreens *self)
{
  g_return_val_if_fail (TOMO_IS_SCREENS (self), NULL);

  return self->error;
}
