/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-listen-line.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-heading.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-script.h"

struct _TomoListenLine
{
  GtkBox parent_instance;

  GtkWidget *listen;
  GtkImage *listen_icon;
  GtkLabel *listen_label;
  GtkWidget *quieter;
  GtkLabel *quieter_label;
  GtkWidget *louder;
  GtkLabel *louder_label;
  TomoHeading *silence;
  TomoScene *scene;    /* (owned) */
  GtkWidget *page;     /* (not nullable): what is read, an ancestor */
  char *language;      /* (owned) (not nullable) */
  gboolean has_failed; /* what was to be heard is lost or damaged */
};

G_DEFINE_TYPE (TomoListenLine, tomo_listen_line, GTK_TYPE_BOX)

static void
set_name (GtkWidget *button, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_volume_name (GtkWidget *button, GtkLabel *label, unsigned int volume)
{
  g_autofree char *level = g_strdup_printf ("%u", volume);
  g_autofree char *most = g_strdup_printf ("%u", TOMO_MAX_VOLUME);
  g_autofree char *description =
      /* Translators: read aloud after the names of the buttons Quieter and Louder; both places are
       * numbers */
      tomo_i18n_fill (_("Volume {level} of {most}"), "level", level, "most", most, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

/* The button goes where it can do nothing, and words take its place. Who pressed it with a key
 * finds the focus on them, so that a screen reader says them. */
static void
show_silence (TomoListenLine *self, const char *words)
{
  gboolean is_silent = words != NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean had_focus = root != NULL && gtk_root_get_focus (root) == self->listen;

  if (is_silent)
    tomo_heading_set_text (self->silence, words);
  gtk_widget_set_visible (GTK_WIDGET (self->silence), is_silent);
  if (is_silent && had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->silence));
  gtk_widget_set_visible (self->listen, !is_silent);
}

static const char *
get_silence_words (TomoListenLine *self)
{
  if (!tomo_speaker_can_play (tomo_scene_get_speaker (self->scene)))
    /* Translators: stands in place of the button “Listen” if the kiosk turned out to have no
     * loudspeaker; nothing the visitor did is wrong */
    return _("This screen has no sound at the moment.");
  if (self->has_failed)
    /* Translators: stands in place of the button “Listen” if the recording of the page turned out
     * to be lost or damaged; the text stands below; nothing the visitor did is wrong */
    return _("This page cannot be read aloud at the moment.");

  return NULL;
}

/* What can be touched follows what can be heard. */
static void
update (TomoListenLine *self)
{
  TomoVisit *visit = tomo_scene_get_visit (self->scene);
  TomoSpeaker *speaker = tomo_scene_get_speaker (self->scene);
  gboolean is_listening = tomo_visit_is_listening (visit);
  unsigned int volume = tomo_visit_get_volume (visit);
  /* Translators: button on a page, with the drawing of a loudspeaker: reads the page aloud; one
   * word */
  const char *start = _("Listen");
  /* Translators: button on a page that is being read aloud: ends that; one word */
  const char *stop = _("Stop");

  self->has_failed = self->has_failed || tomo_speaker_has_failed (speaker);
  show_silence (self, get_silence_words (self));
  gtk_widget_set_visible (self->quieter, is_listening);
  gtk_widget_set_visible (self->louder, is_listening);
  tomo_icon_show (self->listen_icon, is_listening ? "tomo-stop-symbolic" : "tomo-listen-symbolic");
  gtk_label_set_text (self->listen_label, is_listening ? stop : start);
  set_name (self->listen, is_listening ? stop : start);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, is_listening, -1);
  set_volume_name (self->quieter, self->quieter_label, volume);
  set_volume_name (self->louder, self->louder_label, volume);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "listen.quieter", volume > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "listen.louder", volume < TOMO_MAX_VOLUME);
}

static TomoScript *
new_script (TomoScene *scene, GtkWidget *page, const char *language)
{
  return tomo_script_new (page, language, tomo_scene_get_campaign (scene));
}

/* (element-type GBytes) (nullable): all of them; NULL if one is lost or damaged. */
static GPtrArray *
load_recordings (TomoScene *scene, const TomoScript *script)
{
  TomoLibrary *library = tomo_scene_get_library (scene);
  const char *const *recordings = tomo_script_get_recordings (script);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (size_t i = 0; recordings[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      GBytes *opus = tomo_library_load_audio (library, recordings[i], &error);
      if (opus == NULL)
        {
          g_debug ("a page without its recording: %s", error->message);
          return NULL;
        }
      g_ptr_array_add (all, opus);
    }

  return g_steal_pointer (&all);
}

/* Returns: %FALSE if there is nothing to be heard of it. */
static gboolean
read_aloud (TomoScene *scene, GtkWidget *page, const char *language)
{
  TomoSpeaker *speaker = tomo_scene_get_speaker (scene);
  g_autoptr(TomoScript) script = new_script (scene, page, language);
  g_autoptr(GPtrArray) recordings = load_recordings (scene, script);

  if (recordings != NULL && recordings->len > 0)
    {
      tomo_speaker_play (speaker, g_ptr_array_index (recordings, 0));
      for (unsigned int i = 1; i < recordings->len; i++)
        tomo_speaker_play_after (speaker, g_ptr_array_index (recordings, i));
      return TRUE;
    }

  tomo_speaker_say (speaker, tomo_script_get_text (script), language);
  return tomo_speaker_can_say (speaker, language);
}

static void
toggle_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoListenLine *self = TOMO_LISTEN_LINE (widget);

  if (tomo_visit_is_listening (tomo_scene_get_visit (self->scene)))
    tomo_speaker_stop (tomo_scene_get_speaker (self->scene));
  else if (!read_aloud (self->scene, self->page, self->language))
    {
      self->has_failed = TRUE;
      update (self);
    }
}

static void
volume_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoVisit *visit = tomo_scene_get_visit (TOMO_LISTEN_LINE (widget)->scene);
  unsigned int volume = tomo_visit_get_volume (visit);
  gboolean is_louder = g_str_equal (action_name, "listen.louder");

  if (is_louder ? volume < TOMO_MAX_VOLUME : volume > 1)
    tomo_visit_set_volume (visit, is_louder ? volume + 1 : volume - 1);
}

static void
tomo_listen_line_dispose (GObject *object)
{
  TomoListenLine *self = TOMO_LISTEN_LINE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TOMO_TYPE_LISTEN_LINE);
  g_clear_object (&self->scene);

  G_OBJECT_CLASS (tomo_listen_line_parent_class)->dispose (object);
}

static void
tomo_listen_line_finalize (GObject *object)
{
  TomoListenLine *self = TOMO_LISTEN_LINE (object);

  g_free (self->language);

  G_OBJECT_CLASS (tomo_listen_line_parent_class)->finalize (object);
}

static void
tomo_listen_line_class_init (TomoListenLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tomo_listen_line_dispose;
  object_class->finalize = tomo_listen_line_finalize;

  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_install_action (widget_class, "listen.toggle", NULL, toggle_cb);
  gtk_widget_class_install_action (widget_class, "listen.quieter", NULL, volume_cb);
  gtk_widget_class_install_action (widget_class, "listen.louder", NULL, volume_cb);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-listen-line.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoListenLine, listen);
  gtk_widget_class_bind_template_child (widget_class, TomoListenLine, listen_icon);
  gtk_widget_class_bind_template_child (widget_class, TomoListenLine, listen_label);
  gtk_widget_class_bind_template_child (widget_class, TomoListenLine, quieter);
  gtk_widget_class_bind_template_child (widget_class, TomoListenLine, quieter_label);
  gtk_widget_class_bind_template_child (widget_class, TomoListenLine, louder);
  gtk_widget_class_bind_template_child (widget_class, TomoListenLine, louder_label);
  gtk_widget_class_bind_template_child (widget_class, TomoListenLine, silence);
}

static void
tomo_listen_line_init (TomoListenLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tomo_listen_line_is_needed:
 * @scene: the scene
 * @page: a page with its languages set
 * @language: BCP 47: the one to read aloud
 *
 * Returns: %TRUE if all that stands on @page in @language can be heard: there is a voice for it
 *    that can be followed, or people have recorded it
 */
gboolean
tomo_listen_line_is_needed (TomoScene *scene, GtkWidget *page, const char *language)
{
  g_return_val_if_fail (TOMO_IS_SCENE (scene), FALSE);
  g_return_val_if_fail (GTK_IS_WIDGET (page), FALSE);
  g_return_val_if_fail (language != NULL, FALSE);

  TomoSpeaker *speaker = tomo_scene_get_speaker (scene);
  if (!tomo_speaker_can_play (speaker))
    return FALSE;
  if (tomo_speaker_can_say (speaker, language))
    return TRUE;

  g_autoptr(TomoScript) script = new_script (scene, page, language);
  return tomo_script_is_recorded (script);
}

/**
 * tomo_listen_line_new:
 * @scene: the scene
 * @page: a page that outlives the line
 * @language: BCP 47: the one to read aloud
 *
 * Returns: (transfer floating): a line that reads what stands on @page when it is pressed
 */
GtkWidget *
tomo_listen_line_new (TomoScene *scene, GtkWidget *page, const char *language)
{
  g_return_val_if_fail (TOMO_IS_SCENE (scene), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);
  g_return_val_if_fail (language != NULL, NULL);

  TomoListenLine *self = g_object_new (TOMO_TYPE_LISTEN_LINE, NULL);
  TomoVisit *visit = tomo_scene_get_visit (scene);

  self->scene = g_object_ref (scene);
  self->page = page;
  self->language = g_strdup (language);
  g_signal_connect_object (visit, "notify::listening", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (visit, "notify::volume", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * tomo_listen_line_begin_anew:
 * @self: a line
 *
 * Other words stand on the page: what was being read ends, and whether they can be heard is looked
 * at again.
 */
void
tomo_listen_line_begin_anew (TomoListenLine *self)
{
  g_return_if_fail (TOMO_IS_LISTEN_LINE (self));

  tomo_speaker_stop (tomo_scene_get_speaker (self->scene));
  self->has_failed = FALSE;
  update (self);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          tomo_listen_line_is_needed (self->scene, self->page, self->language));
}

/**
 * tomo_listen_line_read_aside:
 * @scene: the scene
 * @widget: what the visitor has to know, with its language set
 *
 * Reads @widget to a visitor who has had something read before, and perhaps cannot see it. It does
 * not count as listening, so that time goes on.
 */
void
tomo_listen_line_read_aside (TomoScene *scene, GtkWidget *widget)
{
  g_return_if_fail (TOMO_IS_SCENE (scene));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  TomoSpeaker *speaker = tomo_scene_get_speaker (scene);
  if (!tomo_speaker_has_listener (speaker))
    return;

  tomo_speaker_begin_aside (speaker);
  read_aloud (scene, widget, tomo_visit_get_language (tomo_scene_get_visit (scene)));
}
