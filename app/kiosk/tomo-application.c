/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-application.h"

#include <string.h>

#include "core/content/tomo-language.h"
#include "core/tomo-config.h"
#include "kiosk/tomo-idle.h"
#include "kiosk/tomo-lockdown.h"
#include "ui/tomo-i18n.h"

/* How often a machine without any campaign looks whether it has got one. */
#define CAMPAIGN_POLL_SECS 2

/* Size of the window on a desk, unless the screen is smaller. */
#define DESK_WIDTH_PX 1280
#define DESK_HEIGHT_PX 800

struct _TomoApplication
{
  GtkApplication parent_instance;

  TomoOptions *options;     /* (owned) (not nullable) */
  TomoStore *store;         /* (owned) (nullable): none in a preview */
  TomoVisit *visit;         /* (owned) (nullable) */
  TomoScene *scene;         /* (owned) (nullable) */
  TomoIdle *idle;           /* (owned) (nullable): only a kiosk has one */
  TomoWindow *window;       /* (nullable): GTK owns it */
  GSource *campaign_source; /* (owned) (nullable) */
  GSource *idle_source;     /* (owned) (nullable) */
  GError *error;            /* (owned) (nullable): why nothing could be shown */
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

static gboolean
open_store (TomoApplication *self, GError **error)
{
  g_autoptr(TomoConfig) config = tomo_config_load (
      self->options->is_kiosk ? TOMO_CONFIG_SYSTEM_ONLY : TOMO_CONFIG_ALL_LAYERS, error);
  if (config == NULL)
    return FALSE;

  const char *configured = tomo_config_get_store_path (config);
  g_autofree char *path = (self->options->store != NULL) ? g_strdup (self->options->store)
                          : (configured != NULL)         ? g_strdup (configured)
                                                         : tomo_store_dup_default_path ();
  self->store = tomo_store_new (path);
  return TRUE;
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

  g_autoptr(TomoConfig) config = tomo_config_load (
      self->options->is_kiosk ? TOMO_CONFIG_SYSTEM_ONLY : TOMO_CONFIG_ALL_LAYERS, NULL);
  g_auto(GStrv) configured = (config != NULL) ? tomo_config_list_campaigns (config) : NULL;

  return (configured != NULL) ? g_strdup (configured[0]) : NULL;
}

static void
library_changed_cb (TomoApplication *self, TomoLibrary *library)
{
  if (self->window != NULL)
    tomo_window_library_changed (self->window);
}

/* Whose advice comes first, and which languages are offered. */
static gboolean
read_kiosk_settings (TomoApplication *self, GError **error)
{
  g_autoptr(TomoConfig) config = tomo_config_load (
      self->options->is_kiosk ? TOMO_CONFIG_SYSTEM_ONLY : TOMO_CONFIG_ALL_LAYERS, error);
  if (config == NULL)
    return FALSE;

  tomo_scene_set_kiosk (self->scene, tomo_config_get_kiosk (config));
  return TRUE;
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

static char *
dup_default_language (TomoApplication *self, TomoLibrary *library)
{
  const char *const *available = (library != NULL && !tomo_library_is_empty (library))
                                     ? tomo_library_get_languages (library)
                                     : tomo_i18n_get_languages ();
  if (self->options->language != NULL)
    {
      const char *match = tomo_language_match (self->options->language, available);
      return g_strdup ((match != NULL) ? match : self->options->language);
    }

  const char *const *desktop = g_get_language_names ();
  for (unsigned int i = 0; desktop[i] != NULL; i++)
    {
      g_autofree char *tag = g_strdelimit (g_strdup (desktop[i]), "_", '-');
      const char *match = (strpbrk (tag, ".@") == NULL && g_strcmp0 (tag, "C") != 0)
                              ? tomo_language_match (tag, available)
                              : NULL;
      if (match != NULL)
        return g_strdup (match);
    }

  return g_strdup ((available != NULL && available[0] != NULL) ? available[0] : "en");
}

/* ---- Idle ---- */

static int64_t
read_clock (gpointer user_data)
{
  return g_get_monotonic_time ();
}

static gboolean
check_idle_cb (gpointer user_data)
{
  tomo_idle_check (TOMO_APPLICATION (user_data)->idle);
  return G_SOURCE_CONTINUE;
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, TomoApplication *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN || type == GDK_TOUCH_UPDATE ||
      type == GDK_KEY_PRESS || type == GDK_SCROLL || type == GDK_MOTION_NOTIFY)
    tomo_idle_touch (self->idle);

  return GDK_EVENT_PROPAGATE;
}

static void
moved_cb (TomoApplication *self, int move, TomoVisit *visit)
{
  if (tomo_visit_get_place (visit)->kind == TOMO_PLACE_ATTRACT)
    {
      clear_source (&self->idle_source);
      tomo_idle_stop (self->idle);
      return;
    }

  TomoPage *page = tomo_window_get_page (self->window);
  tomo_idle_set_page (self->idle, (page != NULL) ? tomo_page_get_reading_secs (page) : 0,
                      tomo_visit_get_text_size (visit) + 1 == TOMO_N_TEXT_SIZES);
  tomo_idle_start (self->idle);
  if (self->idle_source == NULL)
    self->idle_source = add_timer (1, "tomo-idle-check", check_idle_cb, self);
}

static void
watch_idle (TomoApplication *self)
{
  self->idle = tomo_idle_new (read_clock, NULL);
  g_signal_connect_object (self->idle, "warned", G_CALLBACK (tomo_window_show_warning),
                           self->window, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "resumed", G_CALLBACK (tomo_window_hide_warning),
                           self->window, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "expired", G_CALLBACK (tomo_visit_reset), self->visit,
                           G_CONNECT_SWAPPED);
  /* After the window, so that its page is the new one. */
  g_signal_connect_object (self->visit, "moved", G_CALLBACK (moved_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  /* Pointer, touch and keys of all kinds pass here first. */
  GtkEventController *events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_name (events, "tomo-idle-events");
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->window), events);
}

/* ---- The window ---- */

static void
set_window_size (TomoApplication *self)
{
  int width_px = self->options->width_px;
  int height_px = self->options->height_px;

  if (width_px == 0)
    {
      GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self->window));
      g_autoptr(GdkMonitor) monitor =
          g_list_model_get_item (gdk_display_get_monitors (display), 0);
      GdkRectangle screen = { 0, 0, DESK_WIDTH_PX, DESK_HEIGHT_PX };
      if (monitor != NULL)
        gdk_monitor_get_geometry (monitor, &screen);
      width_px = self->options->is_kiosk ? screen.width : MIN (DESK_WIDTH_PX, screen.width);
      height_px = self->options->is_kiosk ? screen.height : MIN (DESK_HEIGHT_PX, screen.height);
    }

  tomo_window_set_size (self->window, width_px, height_px);
}

static void
lock_window (TomoApplication *self)
{
  tomo_window_lock (self->window);
  tomo_lockdown_apply (GTK_WINDOW (self->window));
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_fullscreen (GTK_WINDOW (self->window));
  watch_idle (self);
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

  if (self->options->preview == NULL && !open_store (self, &self->error))
    return;
  g_autoptr(TomoLibrary) library = open_library (self, &self->error);
  if (self->error != NULL)
    return;

  g_autofree char *language = dup_default_language (self, library);
  self->visit = tomo_visit_new (language);
  self->scene = tomo_scene_new (self->visit);
  if (!read_kiosk_settings (self, &self->error))
    return;
  tomo_scene_set_library (self->scene, library);
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
}

static void
tomo_application_dispose (GObject *object)
{
  TomoApplication *self = TOMO_APPLICATION (object);

  clear_source (&self->campaign_source);
  clear_source (&self->idle_source);
  g_clear_object (&self->idle);
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
