/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-library-monitor-private.h"

struct _TomoLibraryMonitor
{
  GObject parent_instance;

  char *store_path;    /* (owned) (not nullable) */
  char *campaign_path; /* (owned) (nullable): %NULL if the campaign has no proper name */
  TomoLibraryMonitorFunc func;
  gpointer user_data;

  GFileMonitor *monitor; /* (owned) (nullable) */
  char *watched_path;    /* (owned) (nullable): the campaign’s folder, or the nearest above it */
  char *seen_current;    /* (owned) (nullable): where `current` led to */
};

G_DEFINE_FINAL_TYPE (TomoLibraryMonitor, tomo_library_monitor, G_TYPE_OBJECT)

static char *
dup_current (TomoLibraryMonitor *self)
{
  if (self->campaign_path == NULL)
    return NULL;

  g_autofree char *path = g_build_filename (self->campaign_path, "current", NULL);
  return g_file_read_link (path, NULL);
}

static char *
dup_nearest_path (TomoLibraryMonitor *self)
{
  g_autofree char *path =
      g_strdup (self->campaign_path != NULL ? self->campaign_path : self->store_path);

  while (!g_file_test (path, G_FILE_TEST_IS_DIR) && !g_str_equal (path, "/"))
    {
      char *parent = g_path_get_dirname (path);
      g_free (path);
      path = parent;
    }

  return g_steal_pointer (&path);
}

static void
drop_monitor (TomoLibraryMonitor *self)
{
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->watched_path, g_free);
}

static void monitor_changed_cb (GFileMonitor *monitor,
                                GFile *file,
                                GFile *other_file,
                                GFileMonitorEvent event,
                                gpointer user_data);

/* Before the first sync there is no folder to watch, so the nearest one above it is watched until
 * it appears. Again until nothing moves: a folder may appear between looking and watching. */
static void
watch_nearest (TomoLibraryMonitor *self)
{
  while (TRUE)
    {
      g_autofree char *path = dup_nearest_path (self);
      if (g_strcmp0 (path, self->watched_path) == 0)
        return;

      g_autoptr(GFile) file = g_file_new_for_path (path);
      g_autoptr(GError) error = NULL;
      drop_monitor (self);
      self->watched_path = g_steal_pointer (&path);
      self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_NONE, NULL, &error);
      if (self->monitor == NULL)
        {
          /* Attract looks at `current` by itself: the new generation only comes later. */
          g_debug ("Cannot watch %s: %s", self->watched_path, error->message);
          return;
        }
      g_signal_connect (self->monitor, "changed", G_CALLBACK (monitor_changed_cb), self);
    }
}

static void
monitor_changed_cb (GFileMonitor *monitor,
                    GFile *file,
                    GFile *other_file,
                    GFileMonitorEvent event,
                    gpointer user_data)
{
  g_autoptr(TomoLibraryMonitor) self = g_object_ref (user_data);
  watch_nearest (self);

  g_autofree char *current = dup_current (self);
  if (g_strcmp0 (current, self->seen_current) == 0)
    return;

  g_free (self->seen_current);
  self->seen_current = g_steal_pointer (&current);
  self->func (self->user_data);
}

static void
tomo_library_monitor_dispose (GObject *object)
{
  drop_monitor (TOMO_LIBRARY_MONITOR (object));

  G_OBJECT_CLASS (tomo_library_monitor_parent_class)->dispose (object);
}

static void
tomo_library_monitor_finalize (GObject *object)
{
  TomoLibraryMonitor *self = TOMO_LIBRARY_MONITOR (object);

  g_clear_pointer (&self->store_path, g_free);
  g_clear_pointer (&self->campaign_path, g_free);
  g_clear_pointer (&self->seen_current, g_free);

  G_OBJECT_CLASS (tomo_library_monitor_parent_class)->finalize (object);
}

static void
tomo_library_monitor_class_init (TomoLibraryMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tomo_library_monitor_dispose;
  G_OBJECT_CLASS (klass)->finalize = tomo_library_monitor_finalize;
}

static void
tomo_library_monitor_init (TomoLibraryMonitor *self)
{
}

/**
 * tomo_library_monitor_new:
 * @store: a store, which need not exist yet
 * @campaign: the name of a campaign
 * @func: called when `current` leads elsewhere, in the main context of this thread
 * @user_data: for @func
 *
 * Begins to watch. Dropping the last reference ends it.
 *
 * Returns: (transfer full): a monitor
 */
TomoLibraryMonitor *
tomo_library_monitor_new (TomoStore *store,
                          const char *campaign,
                          TomoLibraryMonitorFunc func,
                          gpointer user_data)
{
  TomoLibraryMonitor *self = g_object_new (TOMO_TYPE_LIBRARY_MONITOR, NULL);

  self->store_path = g_strdup (tomo_store_get_path (store));
  self->campaign_path = tomo_store_dup_campaign_path (store, campaign);
  self->func = func;
  self->user_data = user_data;
  self->seen_current = dup_current (self);
  watch_nearest (self);

  return self;
}
