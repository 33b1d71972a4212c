/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-preview-follower.h"

#include "core/tomo-preview-card.h"
#include "kiosk/tomo-preview-show.h"

struct _TomoPreviewFollower
{
  GObject parent_instance;

  TomoWindow *window;    /* (nullable): not owned: weak */
  TomoScene *scene;      /* (owned) (not nullable) */
  char *folder;          /* (owned) (not nullable) */
  GFileMonitor *monitor; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TomoPreviewFollower, tomo_preview_follower, G_TYPE_OBJECT)

/* A library of its own each time: the window shows the old one until the new one is whole. */
static void
follow (TomoPreviewFollower *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPreviewCard) card = tomo_preview_card_load (self->folder, &error);

  if (card == NULL || self->window == NULL)
    {
      g_debug ("no card to show: %s", error != NULL ? error->message : "no window");
      return;
    }

  g_autoptr(TomoLibrary) library = tomo_library_new_for_preview (self->folder, &error);
  if (library == NULL)
    {
      g_debug ("cannot read the preview again: %s", error->message);
      return;
    }

  tomo_window_take_library (self->window, library);
  tomo_preview_show (self->scene, card);
}

static void
changed_cb (GFileMonitor *monitor,
            GFile *file,
            GFile *other_file,
            GFileMonitorEvent event,
            TomoPreviewFollower *self)
{
  g_autofree char *name = g_file_get_basename (other_file != NULL ? other_file : file);

  if (g_str_equal (name, TOMO_PREVIEW_CARD_FILE) &&
      (event == G_FILE_MONITOR_EVENT_RENAMED || event == G_FILE_MONITOR_EVENT_MOVED_IN ||
       event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT))
    follow (self);
}

static void
tomo_preview_follower_dispose (GObject *object)
{
  TomoPreviewFollower *self = TOMO_PREVIEW_FOLLOWER (object);

  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->scene);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (tomo_preview_follower_parent_class)->dispose (object);
}

static void
tomo_preview_follower_finalize (GObject *object)
{
  TomoPreviewFollower *self = TOMO_PREVIEW_FOLLOWER (object);

  g_free (self->folder);

  G_OBJECT_CLASS (tomo_preview_follower_parent_class)->finalize (object);
}

static void
tomo_preview_follower_class_init (TomoPreviewFollowerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tomo_preview_follower_dispose;
  object_class->finalize = tomo_preview_follower_finalize;
}

static void
tomo_preview_follower_init (TomoPreviewFollower *self)
{
}

/**
 * tomo_preview_follower_new:
 * @window: a window that shows a preview
 * @scene: what its pages are made from
 * @folder: the preview
 *
 * Shows the card that @folder names, if it names one, and follows it from now on.
 *
 * Returns: (transfer full): a follower; dropping it ends that
 */
TomoPreviewFollower *
tomo_preview_follower_new (TomoWindow *window, TomoScene *scene, const char *folder)
{
  g_return_val_if_fail (TOMO_IS_WINDOW (window), NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  TomoPreviewFollower *self = g_object_new (TOMO_TYPE_PREVIEW_FOLLOWER, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (folder);
  g_autoptr(GError) error = NULL;

  g_set_weak_pointer (&self->window, window);
  self->scene = g_object_ref (scene);
  self->folder = g_strdup (folder);
  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    g_debug ("cannot watch %s: %s", folder, error->message);
  else
    g_signal_connect (self->monitor, "changed", G_CALLBACK (changed_cb), self);
  follow (self);

  return self;
}
