/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-listen-line.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-i18n.h"
#include "ui/tomo-text-label.h"

/* A pause as after a sentence, also where a title or a step has no full stop. */
#define PAUSE "\n\n"

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
  GtkWidget *silence;
  TomoScene *scene; /* (owned) (nullable): NULL before it is shown */
  GStrv recordings; /* (owned) (nullable): SHA-256 of each that makes up the text */
  char *text;       /* (owned) (nullable) */
  char *language;   /* (owned) (nullable) */
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

/* What can be touched follows what can be heard. */
static void
update (TomoListenLine *self)
{
  TomoVisit *visit = tomo_scene_get_visit (self->scene);
  TomoSpeaker *speaker = tomo_scene_get_speaker (self->scene);
  gboolean is_listening = tomo_visit_is_listening (visit);
  gboolean is_silent = !tomo_speaker_can_play (speaker);
  unsigned int volume = tomo_visit_get_volume (visit);
  /* Translators: button on a card, with the drawing of a loudspeaker: reads the card aloud; one
   * word */
  const char *start = _("Listen");
  /* Translators: button on a card that is being read aloud: ends that; one word */
  const char *stop = _("Stop");

  gtk_widget_set_visible (self->listen, !is_silent);
  gtk_widget_set_visible (self->silence, is_silent);
  gtk_widget_set_visible (self->quieter, is_listening);
  gtk_widget_set_visible (self->louder, is_listening);
  gtk_image_set_from_icon_name (self->listen_icon,
                                is_listening ? "tomo-stop-symbolic" : "tomo-listen-symbolic");
  gtk_label_set_text (self->listen_label, is_listening ? stop : start);
  set_name (self->listen, is_listening ? stop : start);
  set_volume_name (self->quieter, self->quieter_label, volume);
  set_volume_name (self->louder, self->louder_label, volume);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "listen.quieter", volume > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "listen.louder", volume < TOMO_MAX_VOLUME);
}

/* (element-type GBytes): all of them, or none. */
static GPtrArray *
load_recordings (TomoListenLine *self)
{
  TomoLibrary *library = tomo_scene_get_library (self->scene);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (size_t i = 0; self->recordings[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      GBytes *opus = tomo_library_load_audio (library, self->recordings[i], &error);
      if (opus == NULL)
        {
          g_debug ("a page without its recording: %s", error->message);
          g_ptr_array_set_size (all, 0);
          break;
        }
      g_ptr_array_add (all, opus);
    }

  return all;
}

static void
start (TomoListenLine *self)
{
  TomoSpeaker *speaker = tomo_scene_get_speaker (self->scene);
  g_autoptr(GPtrArray) recordings = load_recordings (self);

  if (recordings->len == 0)
    {
      tomo_speaker_say (speaker, self->text, self->language);
      return;
    }

  tomo_speaker_play (speaker, g_ptr_array_index (recordings, 0));
  for (unsigned int i = 1; i < recordings->len; i++)
    tomo_speaker_play_after (speaker, g_ptr_array_index (recordings, i));
}

static void
toggle_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoListenLine *self = TOMO_LISTEN_LINE (widget);

  if (tomo_visit_is_listening (tomo_scene_get_visit (self->scene)))
    tomo_speaker_stop (tomo_scene_get_speaker (self->scene));
  else
    start (self);
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

  g_strfreev (self->recordings);
  g_free (self->text);
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

/* Offers to read @text aloud, if there are @recordings that are it one after the other, or a voice
 * for its language. */
static void
show (TomoListenLine *self,
      TomoScene *scene,
      const char *const *recordings,
      const char *text,
      const char *language)
{
  g_return_if_fail (TOMO_IS_LISTEN_LINE (self));
  g_return_if_fail (self->scene == NULL);

  TomoSpeaker *speaker = tomo_scene_get_speaker (scene);
  gboolean can_be_heard = recordings[0] != NULL ? tomo_speaker_can_play (speaker)
                                                : tomo_speaker_can_say (speaker, language);
  if (!can_be_heard)
    return;

  self->scene = g_object_ref (scene);
  self->recordings = g_strdupv ((char **) recordings);
  self->text = g_strdup (text);
  self->language = g_strdup (language);
  g_signal_connect_object (tomo_scene_get_visit (scene), "notify::listening", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tomo_scene_get_visit (scene), "notify::volume", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * tomo_listen_line_show_item:
 * @self: a line that shows nothing yet
 * @scene: the scene
 * @item: a tip
 * @language: the language it is in
 *
 * Offers to read @item aloud: its title, its summary and its steps.
 */
void
tomo_listen_line_show_item (TomoListenLine *self,
                            TomoScene *scene,
                            TomoItem *item,
                            const char *language)
{
  g_return_if_fail (item != NULL);

  g_autoptr(GString) text = g_string_new (tomo_item_get_title (item));
  g_autofree char *summary = tomo_text_label_dup_plain (tomo_item_get_summary (item), language);

  g_string_append_printf (text, PAUSE "%s", summary);
  for (size_t i = 0; i < tomo_item_get_n_steps (item); i++)
    {
      g_autofree char *step = tomo_text_label_dup_plain (tomo_item_get_step (item, i), language);
      g_string_append_printf (text, PAUSE "%s", step);
    }

  const char *audio = tomo_item_get_audio (item);
  const char *recordings[] = { *audio != '\0' ? audio : NULL, NULL };
  show (self, scene, recordings, text->str, language);
}

/**
 * tomo_listen_line_show_sentences:
 * @self: a line that shows nothing yet
 * @scene: the scene
 * @sentences: what the program itself says there, in English, %NULL-terminated
 *
 * Offers to read @sentences aloud in the visitor’s language, from the recordings of the campaign if
 * it has one of each: two voices that take turns would be hard to follow.
 */
void
tomo_listen_line_show_sentences (TomoListenLine *self,
                                 TomoScene *scene,
                                 const char *const *sentences)
{
  g_return_if_fail (sentences != NULL);

  TomoCampaign *campaign = tomo_scene_get_campaign (scene);
  const char *language = tomo_i18n_get_language ();
  g_autoptr(GPtrArray) recordings = g_ptr_array_new ();
  g_autoptr(GString) text = g_string_new (NULL);

  for (size_t i = 0; sentences[i] != NULL; i++)
    {
      const char *sha256 = campaign != NULL
                               ? tomo_recordings_find (tomo_campaign_get_recordings (campaign),
                                                       language, sentences[i])
                               : NULL;
      if (sha256 != NULL)
        g_ptr_array_add (recordings, (char *) sha256);
      g_string_append_printf (text, "%s%s", i > 0 ? PAUSE : "", _ (sentences[i]));
    }

  if (recordings->len < g_strv_length ((char **) sentences))
    g_ptr_array_set_size (recordings, 0);
  g_ptr_array_add (recordings, NULL);
  show (self, scene, (const char *const *) recordings->pdata, text->str, language);
}
