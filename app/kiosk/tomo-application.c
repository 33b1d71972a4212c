/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-application.h"

#include <string.h>

#include "core/tomo-config.h"
#include "core/tomo-error.h"
#include "kiosk/tomo-guard.h"
#include "kiosk/tomo-lockdown.h"
#include "kiosk/tomo-preview-follower.h"
#include "kiosk/tomo-screens.h"
#include "ui/tomo-i18n.h"

/* How often a machine without any campaign looks whether it has got one. */
#define CAMPAIGN_POLL_SECS 2

/* Size of the window on a desk, unless the screen is smaller. */
#define DESK_WIDTH_PX 1280
#define DESK_HEIGHT_PX 800

struct _TomoApplication
{
  GtkApplication parent_instance;

  TomoOptions *options;          /* (owned) (not nullable) */
  TomoConfig *config;            /* (owned) (nullable): as it was at the start */
  TomoStore *store;              /* (owned) (nullable): none in a preview */
  TomoVisit *visit;              /* (owned) (nullable) */
  TomoScene *scene;              /* (owned) (nullable) */
  TomoGuard *guard;              /* (owned) (nullable): only a kiosk has one */
  TomoWindow *window;            /* (nullable): GTK owns it */
  GSource *campaign_source;      /* (owned) (nullable) */
  TomoPreviewFollower *follower; /* (owned) (nullable): only a preview has one */
  TomoScreens *screens;          /* (owned) (nullable): while a preview is drawn into files */
  TomoEnding ending;
  GError *error; /* (owned) (nullable): why nothing could be shown */
};

G_DEFINE_TYPE (TomoApplication, tomo_application, GTK_TYPE_APPLICATION)

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
add_timer (unsigned int secs, const char *name, GSourceFunc func, gpointer user_data)
{
  GSource *source = g_timeout_source_new_seconds (secs);

  g_source_set_name (source, name);
  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, NULL);
  return source;
}

/* ---- The library ---- */

static TomoConfig *
load_config (TomoApplication *self, GError **error)
{
  return tomo_config_load (
      self->options->is_kiosk ? TOMO_CONFIG_SYSTEM_ONLY : TOMO_CONFIG_ALL_LAYERS, error);
}

/* On a machine that an administrator has locked, the command line is a visitor's. */
static gboolean
check_lock (TomoApplication *self, GError **error)
{
  const TomoKioskConfig *kiosk = tomo_config_get_kiosk (self->config);

  if (self->options->preview != NULL && tomo_kiosk_config_is_locked (kiosk))
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                           "--preview shows what nobody has signed, and the configuration locks "
                           "this machine ([kiosk] language= or pin=); leave --preview out, or ask "
                           "whoever looks after the machine");
      return FALSE;
    }
  if (self->options->language != NULL && kiosk->language != NULL &&
      g_strcmp0 (self->options->language, kiosk->language) != 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "the configuration fixes the language of this machine ([kiosk] language=%s); "
                   "leave --language out",
                   kiosk->language);
      return FALSE;
    }

  return TRUE;
}

static void
open_store (TomoApplication *self)
{
  const char *configured = tomo_config_get_store_path (self->config);
  g_autofree char *path = (self->options->store != NULL) ? g_strdup (self->options->store)
                          : (configured != NULL)         ? g_strdup (configured)
                                                         : tomo_store_dup_default_path ();
  self->store = tomo_store_new (path);
}

/* The campaign that was asked for; else the first that has content; else the first that the
 * configuration names, whose content may arrive at any moment. */
static char *
dup_campaign (TomoApplication *self)
{
  if (self->options->campaign != NULL)
    return g_strdup (self->options->campaign);

  g_auto(GStrv) stored =
      tomo_store_exists (self->store) ? tomo_store_list_campaigns (self->store, NULL) : NULL;
  if (stored != NULL && stored[0] != NULL)
    return g_strdup (stored[0]);

  g_autoptr(TomoConfig) config = load_config (self, NULL);
  g_auto(GStrv) configured = (config != NULL) ? tomo_config_list_campaigns (config) : NULL;

  return (configured != NULL) ? g_strdup (configured[0]) : NULL;
}

static void
library_changed_cb (TomoApplication *self, TomoLibrary *library)
{
  if (self->window != NULL)
    tomo_window_library_changed (self->window);
}

/* A campaign that came after the start is in the configuration of now. */
static TomoExpiredContent
get_expired_content (TomoApplication *self, const char *name)
{
  g_autoptr(TomoConfig) fresh = (self->window != NULL) ? load_config (self, NULL) : NULL;
  g_autoptr(TomoCampaignConfig) campaign =
      tomo_config_dup_campaign ((fresh != NULL) ? fresh : self->config, name, NULL);

  return (campaign != NULL) ? campaign->expired_content : TOMO_EXPIRED_CONTENT_KEEP;
}

static TomoLibrary *
open_library (TomoApplication *self, GError **error)
{
  if (self->options->preview != NULL)
    return tomo_library_new_for_preview (self->options->preview, error);

  g_autofree char *campaign = dup_campaign (self);
  if (campaign == NULL)
    return NULL;

  g_autoptr(GError) reload_error = NULL;
  TomoLibrary *library = tomo_library_new (self->store, campaign);
  tomo_library_set_expired_content (library, get_expired_content (self, campaign));
  if (!tomo_library_reload (library, NULL, &reload_error))
    g_debug ("campaign %s has nothing to show: %s", campaign, reload_error->message);
  g_signal_connect_object (library, "changed", G_CALLBACK (library_changed_cb), self,
                           G_CONNECT_SWAPPED);
  tomo_library_start_monitoring (library);
  return library;
}

static gboolean
look_for_campaign_cb (gpointer user_data)
{
  TomoApplication *self = user_data;
  g_autoptr(TomoLibrary) library = open_library (self, NULL);

  if (library == NULL)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->campaign_source, g_source_unref);
  tomo_window_take_library (self->window, library);
  return G_SOURCE_REMOVE;
}

/* ---- Language ---- */

/* The languages in which visits may begin, the best first: what was fixed or asked for, then those
 * of the desktop. */
static char **
dup_wished_languages (TomoApplication *self)
{
  const TomoKioskConfig *kiosk = tomo_config_get_kiosk (self->config);
  const char *const *desktop = tomo_i18n_get_desktop_languages ();
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (kiosk->language != NULL)
    g_strv_builder_add (builder, kiosk->language);
  else if (self->options->language != NULL)
    g_strv_builder_add (builder, self->options->language);
  if (self->options->is_kiosk && kiosk->languages != NULL)
    g_strv_builder_addv (builder, (const char **) kiosk->languages);
  for (unsigned int i = 0; desktop[i] != NULL; i++)
    {
      g_autofree char *tag = g_strdelimit (g_strdup (desktop[i]), "_", '-');
      if (strpbrk (tag, ".@") == NULL && g_strcmp0 (tag, "C") != 0)
        g_strv_builder_add (builder, tag);
    }

  return g_strv_builder_end (builder);
}

/* ---- The window ---- */

static GdkMonitor *
dup_monitor (TomoApplication *self)
{
  return g_list_model_get_item (
      gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self->window))), 0);
}

static void
measure_glass (TomoApplication *self, GdkMonitor *monitor)
{
  GdkRectangle screen = { 0 };
  TomoGlass glass;

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &screen);
  if (self->options->width_px != 0)
    {
      screen.width = self->options->width_px;
      screen.height = self->options->height_px;
    }
  tomo_glass_init_for_kiosk (&glass, tomo_config_get_kiosk (self->config), screen.width,
                             screen.height,
                             (monitor != NULL) ? gdk_monitor_get_width_mm (monitor) : 0,
                             (monitor != NULL) ? gdk_monitor_get_height_mm (monitor) : 0);
  tomo_scene_set_glass (self->scene, &glass);
}

static int64_t
read_clock (gpointer user_data)
{
  return g_get_monotonic_time ();
}

static void
set_window_size (TomoApplication *self)
{
  int width_px = self->options->width_px;
  int height_px = self->options->height_px;

  if (width_px == 0)
    {
      g_autoptr(GdkMonitor) monitor = dup_monitor (self);
      GdkRectangle screen = { 0, 0, DESK_WIDTH_PX, DESK_HEIGHT_PX };
      if (monitor != NULL)
        gdk_monitor_get_geometry (monitor, &screen);
      width_px = self->options->is_kiosk ? screen.width : MIN (DESK_WIDTH_PX, screen.width);
      height_px = self->options->is_kiosk ? screen.height : MIN (DESK_HEIGHT_PX, screen.height);
    }

  tomo_window_set_size (self->window, width_px, height_px);
}

static void
restart_cb (TomoApplication *self, TomoGuard *guard)
{
  self->ending = TOMO_ENDING_RESTART;
  g_application_quit (G_APPLICATION (self));
}

static void
leave_cb (TomoApplication *self, TomoGuard *guard)
{
  self->ending = TOMO_ENDING_LEFT;
  g_application_quit (G_APPLICATION (self));
}

/* A screen may be switched on after the machine, or be another one than was there first. */
static void
enter_monitor_cb (TomoApplication *self, GdkMonitor *monitor, GdkSurface *surface)
{
  double old_px_per_mm = tomo_scene_get_glass (self->scene)->px_per_mm;

  measure_glass (self, monitor);
  if (tomo_scene_get_glass (self->scene)->px_per_mm != old_px_per_mm)
    tomo_window_glass_changed (self->window);
}

static void
realize_cb (TomoApplication *self, GtkWidget *window)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (window)), "enter-monitor",
                           G_CALLBACK (enter_monitor_cb), self, G_CONNECT_SWAPPED);
}

static void
lock_window (TomoApplication *self)
{
  g_autoptr(GdkMonitor) monitor = dup_monitor (self);
  g_autofree char *note =
      g_build_filename (g_get_user_state_dir (), "tomoshibi", "wrong-pins", NULL);

  measure_glass (self, monitor);
  g_signal_connect_object (self->window, "realize", G_CALLBACK (realize_cb), self,
                           G_CONNECT_SWAPPED);
  tomo_window_lock (self->window);
  tomo_lockdown_apply (GTK_WINDOW (self->window));
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_fullscreen (GTK_WINDOW (self->window));
  self->guard =
      tomo_guard_new (self->window, tomo_config_get_kiosk (self->config), read_clock, NULL);
  tomo_guard_remember_wrong_pins (self->guard, note);
  g_signal_connect_object (self->guard, "restart", G_CALLBACK (restart_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->guard, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  tomo_window_show_age (self->window);
}

/* ---- Previews ---- */

static void
screens_done_cb (TomoApplication *self, TomoScreens *screens)
{
  const GError *error = tomo_screens_get_error (screens);

  if (error != NULL && self->error == NULL)
    self->error = g_error_copy (error);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
watch_preview (TomoApplication *self)
{
  if (self->options->screens == NULL)
    {
      self->follower =
          tomo_preview_follower_new (self->window, self->scene, self->options->preview);
      return;
    }

  self->screens =
      tomo_screens_new (self->window, self->scene, self->options->screens, self->options->language);
  g_signal_connect_object (self->screens, "done", G_CALLBACK (screens_done_cb), self,
                           G_CONNECT_SWAPPED);
  tomo_screens_start (self->screens);
}

static void
tomo_application_activate (GApplication *application)
{
  TomoApplication *self = TOMO_APPLICATION (application);

  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
      return;
    }

  self->config = load_config (self, &self->error);
  if (self->config == NULL || !check_lock (self, &self->error))
    return;
  if (self->options->preview == NULL)
    open_store (self);
  g_autoptr(TomoLibrary) library = open_library (self, &self->error);
  if (self->error != NULL)
    return;

  self->visit = tomo_visit_new ("en");
  self->scene = tomo_scene_new (self->visit);
  tomo_scene_set_library (self->scene, library);
  tomo_scene_set_kiosk (self->scene, tomo_config_get_kiosk (self->config));
  tomo_scene_set_shows_unfinished (self->scene, self->options->preview != NULL);
  g_auto(GStrv) wished = dup_wished_languages (self);
  tomo_scene_set_wished_languages (self->scene, (const char *const *) wished);
  g_autofree char *language = tomo_scene_dup_default_language (self->scene);
  tomo_visit_set_default_language (self->visit, language);
  if (self->options->language != NULL && !self->options->is_kiosk)
    tomo_visit_go_home (self->visit);

  self->window = tomo_window_new (self->scene);
  gtk_window_set_application (GTK_WINDOW (self->window), GTK_APPLICATION (self));
  if (self->options->is_kiosk)
    lock_window (self);
  if (self->options->hides_cursor)
    tomo_lockdown_hide_cursor (GTK_WINDOW (self->window));
  set_window_size (self);
  if (library == NULL)
    self->campaign_source =
        add_timer (CAMPAIGN_POLL_SECS, "tomo-look-for-campaign", look_for_campaign_cb, self);
  gtk_window_present (GTK_WINDOW (self->window));
  if (self->options->preview != NULL)
    watch_preview (self);
}

static void
tomo_application_dispose (GObject *object)
{
  TomoApplication *self = TOMO_APPLICATION (object);

  clear_source (&self->campaign_source);
  g_clear_object (&self->follower);
  g_clear_object (&self->screens);
  g_clear_object (&self->guard);
  g_clear_object (&self->scene);
  g_clear_object (&self->visit);
  g_clear_object (&self->store);
  self->window = NULL;

  G_OBJECT_CLASS (tomo_application_parent_class)->dispose (object);
}

static void
tomo_application_finalize (GObject *object)
{
  TomoApplication *self = TOMO_APPLICATION (object);

  g_clear_pointer (&self->options, tomo_options_free);
  g_clear_pointer (&self->config, tomo_config_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (tomo_application_parent_class)->finalize (object);
}

static void
tomo_application_class_init (TomoApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tomo_application_dispose;
  object_class->finalize = tomo_application_finalize;
  G_APPLICATION_CLASS (klass)->activate = tomo_application_activate;
}

static void
tomo_application_init (TomoApplication *self)
{
}

/**
 * tomo_application_new:
 * @options: (transfer full): what was asked for
 *
 * Returns: (transfer full): the application
 */
TomoApplication *
tomo_application_new (TomoOptions *options)
{
  TomoApplication *self = g_object_new (TOMO_TYPE_APPLICATION, "application-id", APPLICATION_ID,
                                        /* A second kiosk on one machine is a second screen. */
                                        "flags", G_APPLICATION_NON_UNIQUE, NULL);
  self->options = options;
  return self;
}

/**
 * tomo_application_get_error:
 * @self: an application that has run
 *
 * Returns: (transfer none) (nullable): why nothing could be shown
 */
const GError *
tomo_application_get_error (TomoApplication *self)
{
  g_return_val_if_fail (TOMO_IS_APPLICATION (self), NULL);
  return self->error;
}

TomoEnding
tomo_application_get_ending (TomoApplication *self)
{
  g_return_val_if_fail (TOMO_IS_APPLICATION (self), TOMO_ENDING_USUAL);
  return self->ending;
}
