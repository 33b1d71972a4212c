/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-bar.h"

#include <glib/gi18n-lib.h>

#include "core/content/tomo-language.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-style.h"

/* A button needs this much for words beside its symbol. */
#define MIN_BESIDE_REM 9.0

struct _TomoBar
{
  GtkWidget parent_instance;

  TomoScene *scene; /* (owned) */
  GtkWidget *back;
  GtkWidget *restart;
  GtkWidget *language;
  GtkWidget *text_size;
  GtkWidget *contrast;
  GtkWidget *lower;
  GtkWidget *help;
  GtkLabel *back_label;
  GtkLabel *restart_label;
  GtkLabel *language_label;
  GtkLabel *text_size_label;
  GtkLabel *contrast_label;
  GtkLabel *lower_label;
  GtkLabel *help_label;
};

G_DEFINE_TYPE (TomoBar, tomo_bar, GTK_TYPE_WIDGET)

static void
tomo_bar_dispose (GObject *object)
{
  TomoBar *self = TOMO_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TOMO_TYPE_BAR);
  g_clear_object (&self->scene);

  G_OBJECT_CLASS (tomo_bar_parent_class)->dispose (object);
}

static void
tomo_bar_class_init (TomoBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_bar_dispose;

  gtk_widget_class_set_css_name (widget_class, "bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoBar, back);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, restart);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, language);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, text_size);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, contrast);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, lower);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, help);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, back_label);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, restart_label);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, language_label);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, text_size_label);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, contrast_label);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, lower_label);
  gtk_widget_class_bind_template_child (widget_class, TomoBar, help_label);
}

static void
tomo_bar_init (TomoBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_words (GtkWidget *button, GtkLabel *label, const char *words)
{
  gtk_label_set_text (label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

/**
 * tomo_bar_new:
 * @scene: the scene
 *
 * Returns: (transfer floating): a bar in the visitor's language
 */
GtkWidget *
tomo_bar_new (TomoScene *scene)
{
  TomoBar *self = g_object_new (TOMO_TYPE_BAR, NULL);

  self->scene = g_object_ref (scene);
  set_words (self->back, self->back_label, gtk_label_get_text (self->back_label));
  set_words (self->restart, self->restart_label, gtk_label_get_text (self->restart_label));
  set_words (self->help, self->help_label, gtk_label_get_text (self->help_label));
  gtk_widget_set_visible (self->lower, tomo_scene_can_be_lowered (scene));
  /* Where there is one language only, a teacher or an organiser has decided for it. */
  g_auto(GStrv) languages = tomo_scene_dup_languages (scene);
  gtk_widget_set_visible (self->language, g_strv_length (languages) > 1);
  tomo_bar_update (self);
  return GTK_WIDGET (self);
}

/**
 * tomo_bar_lay_out:
 * @self: a bar
 * @width_px: how wide it is
 *
 * Puts words beside the symbols, or below them where the buttons would be too narrow for that.
 */
void
tomo_bar_lay_out (TomoBar *self, int width_px)
{
  GtkWidget *const buttons[] = { self->back,     self->restart, self->language, self->text_size,
                                 self->contrast, self->lower,   self->help };
  unsigned int n_visible = 0;

  g_return_if_fail (TOMO_IS_BAR (self));

  for (unsigned int i = 0; i < G_N_ELEMENTS (buttons); i++)
    n_visible += gtk_widget_get_visible (buttons[i]) ? 1 : 0;
  gboolean is_stacked =
      width_px < n_visible * MIN_BESIDE_REM * tomo_style_get_rem_px (GTK_WIDGET (self));
  if (is_stacked)
    gtk_widget_add_css_class (GTK_WIDGET (self), "stacked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "stacked");
  for (unsigned int i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *box = gtk_button_get_child (GTK_BUTTON (buttons[i]));
      gtk_orientable_set_orientation (
          GTK_ORIENTABLE (box), is_stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
      /* Symbols stand in one line, also where the words below one of them take two. */
      gtk_widget_set_valign (box, is_stacked ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
    }
}

/**
 * tomo_bar_update:
 * @self: a bar
 *
 * Says on the buttons what the next touch will do.
 */
void
tomo_bar_update (TomoBar *self)
{
  g_return_if_fail (TOMO_IS_BAR (self));

  TomoVisit *visit = tomo_scene_get_visit (self->scene);
  const TomoLanguage *language = tomo_language_find (tomo_visit_get_language (visit));
  gboolean is_largest = tomo_visit_get_text_size (visit) + 1 >= TOMO_N_TEXT_SIZES;

  /* A visitor who cannot read the present language looks for the symbol; who can, reads its name.
   */
  const char *autonym = (language != NULL) ? language->autonym : "";
  /* Translators: read aloud for the button with the language symbol, which opens the list of
   * languages; the name of the present one follows, after a comma */
  g_autoptr(GString) name = g_string_new (_("Change the language"));
  tomo_phrases_append_part (name, autonym, tomo_i18n_get_language ());
  gtk_label_set_text (self->language_label, autonym);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->language), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name->str, -1);
  set_words (self->text_size, self->text_size_label,
             /* Translators: button in the bar at the foot of the screen: text as large as usual */
             is_largest ? _("Usual text")
                        /* Translators: button in the bar at the foot of the screen */
                        : _("Larger text"));
  set_words (self->contrast, self->contrast_label,
             tomo_visit_is_high_contrast (visit)
                 /* Translators: button in the bar at the foot of the screen: colours as usual */
                 ? _("Usual colours")
                 /* Translators: button in the bar at the foot of the screen: strong contrast
                  * between text and background */
                 : _("High contrast"));
  set_words (self->lower, self->lower_label,
             tomo_visit_is_lowered (visit)
                 /* Translators: button in the bar at the foot of the screen: everything takes the
                  * whole height of a tall screen again */
                 ? _("Usual height")
                 /* Translators: button in the bar at the foot of the screen: everything moves to
                  * the lower part of a tall screen, within easy reach */
                 : _("Lower the screen"));
}

/**
 * tomo_bar_grab_focus:
 * @self: a bar
 * @name: the name of a button
 *
 * Moves the focus to a button: where it was in the bar that this one replaces.
 */
void
tomo_bar_grab_focus (TomoBar *self, const char *name)
{
  g_return_if_fail (TOMO_IS_BAR (self));

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      if (g_strcmp0 (gtk_widget_get_name (button), name) == 0)
        gtk_widget_grab_focus (button);
    }
}
