/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-operator-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/content/tomo-language.h"
#include "core/tomo-pin.h"
#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-publisher-line.h"
#include "ui/tomo-scroller.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"

struct _TomoOperatorPanel
{
  GtkWidget parent_instance;

  TomoScene *scene;       /* (owned) */
  GString *digits;        /* (owned) */
  unsigned int wait_secs; /* as it was said last */
  gboolean is_open;
  GtkWidget *scroller;
  GtkWidget *pin_box;
  GtkWidget *panel_box;
  GtkLabel *typed;
  GtkGrid *keypad;
  GtkLabel *message;
  GtkBox *facts;
  GtkWidget *back;
};

G_DEFINE_TYPE (TomoOperatorPanel, tomo_operator_panel, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_PIN_ENTERED,
  SIGNAL_RESTART,
  SIGNAL_LEAVE,
  SIGNAL_CLOSED,
} TomoOperatorPanelSignal;

static guint signals[SIGNAL_CLOSED + 1] = { 0 };

/* ---- The PIN ---- */

/* As many dots as digits: who looks over a shoulder learns no more. */
static void
show_digits (TomoOperatorPanel *self)
{
  g_autoptr(GString) dots = g_string_new (NULL);

  for (size_t i = 0; i < self->digits->len; i++)
    g_string_append (dots, "●");
  gtk_label_set_text (self->typed, dots->str);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "operator.enter",
                                 tomo_pin_is_valid (self->digits->str));
}

static void
type_digit (TomoOperatorPanel *self, unsigned int digit)
{
  if (self->digits->len < TOMO_PIN_MAX_DIGITS)
    g_string_append_c (self->digits, (char) ('0' + digit));
  show_digits (self);
}

static void
forget_digits (TomoOperatorPanel *self)
{
  memset (self->digits->str, 0, self->digits->len);
  g_string_truncate (self->digits, 0);
}

static void
digit_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  type_digit (TOMO_OPERATOR_PANEL (widget), g_variant_get_uint32 (parameter));
}

static void
erase_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoOperatorPanel *self = TOMO_OPERATOR_PANEL (widget);

  if (self->digits->len > 0)
    g_string_truncate (self->digits, self->digits->len - 1);
  show_digits (self);
}

static void
enter_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoOperatorPanel *self = TOMO_OPERATOR_PANEL (widget);
  g_autofree char *pin = g_strdup (self->digits->str);

  forget_digits (self);
  show_digits (self);
  g_signal_emit (self, signals[SIGNAL_PIN_ENTERED], 0, pin);
}

static void
attach_key (TomoOperatorPanel *self, GtkWidget *key, int column, int row)
{
  gtk_widget_add_css_class (key, "key");
  gtk_grid_attach (self->keypad, key, column, row, 1, 1);
}

/* As on a telephone; where there is little height, the last row stands beside the others. */
static void
add_keys (TomoOperatorPanel *self)
{
  gboolean is_wide = tomo_layout_is_wide (tomo_scene_get_layout (self->scene));

  for (unsigned int digit = 0; digit <= 9; digit++)
    {
      g_autofree char *label = g_strdup_printf ("%u", digit);
      g_autofree char *name = g_strdup_printf ("pin-%u", digit);
      GtkWidget *key = gtk_button_new_with_label (label);
      gtk_widget_set_name (key, name);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (key), "u", digit);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (key), "operator.digit");
      if (digit > 0)
        attach_key (self, key, (int) (digit - 1) % 3, (int) (digit - 1) / 3);
      else
        attach_key (self, key, is_wide ? 3 : 1, is_wide ? 1 : 3);
    }

  GtkWidget *erase = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (erase), tomo_icon_image_new ("tomo-erase-symbolic"));
  gtk_widget_set_name (erase, "pin-erase");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (erase), "operator.erase");
  gtk_accessible_update_property (GTK_ACCESSIBLE (erase), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: read aloud: a key with an arrow, beside the keys
                                   * with digits */
                                  _("Delete the last digit"), -1);
  attach_key (self, erase, is_wide ? 3 : 2, is_wide ? 0 : 3);
}

/* ---- The panel ---- */

static void
restart_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_RESTART], 0);
}

static void
leave_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_LEAVE], 0);
}

static void
close_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSED], 0);
}

static void
add_fact (TomoOperatorPanel *self, const char *name, const char *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name_label = tomo_text_label_new (name);
  GtkWidget *value_label = tomo_text_label_new (value);

  gtk_widget_add_css_class (row, "fact");
  gtk_widget_add_css_class (name_label, "fact-name");
  gtk_widget_add_css_class (value_label, "fact-value");
  gtk_box_append (GTK_BOX (row), name_label);
  gtk_box_append (GTK_BOX (row), value_label);
  gtk_box_append (self->facts, row);
}

static void
add_time (TomoOperatorPanel *self, const char *name, int64_t secs)
{
  g_autoptr(GDateTime) time = (secs > 0) ? g_date_time_new_from_unix_local (secs) : NULL;
  /* From left to right in every language: the parts of a date do not change places. */
  g_autofree char *value =
      (time != NULL) ? g_date_time_format (time, "\u2066%Y-%m-%d %H:%M\u2069") : NULL;

  add_fact (self, name, (value != NULL) ? value : "–");
}

/* That this machine is locked to a language in which there is nothing. */
static void
add_locked_language (TomoOperatorPanel *self)
{
  const TomoLanguage *language =
      tomo_scene_lacks_locked_language (self->scene)
          ? tomo_language_find (tomo_scene_get_kiosk (self->scene)->language)
          : NULL;

  if (language != NULL)
    add_fact (self, language->autonym, _("Only in other languages"));
}

/* Whose content is hidden because it has expired. */
static void
add_hidden (TomoOperatorPanel *self, TomoLibrary *library)
{
  const char *const *hidden = tomo_library_get_hidden (library);
  const char *language = tomo_visit_get_language (tomo_scene_get_visit (self->scene));
  g_autoptr(GString) names = g_string_new (NULL);

  for (size_t i = 0; hidden[i] != NULL; i++)
    {
      g_autofree char *name =
          tomo_publisher_line_dup_name (tomo_scene_get_campaign (self->scene), hidden[i], language);
      g_string_append_printf (names, "%s%s", (i > 0) ? " · " : "", name);
    }
  if (names->len > 0)
    /* Translators: for operators: below it stand the names of those whose content is not shown
     * because the date up to which they signed it has passed */
    add_fact (self, _("Expired and hidden"), names->str);
}

static void
add_facts (TomoOperatorPanel *self)
{
  TomoLibrary *library = tomo_scene_get_library (self->scene);

  if (tomo_layout_is_wide (tomo_scene_get_layout (self->scene)))
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->facts), GTK_ORIENTATION_HORIZONTAL);
      gtk_box_set_homogeneous (self->facts, TRUE);
    }
  /* Translators: for operators: the short name of what is shown on this machine stands below it */
  add_fact (self, _("Campaign"), (library != NULL) ? tomo_library_get_campaign_id (library) : "–");
  add_time (self,
            /* Translators: for operators: a date and a time stand below it */
            _("Content as of"), (library != NULL) ? tomo_library_get_updated_secs (library) : 0);
  add_time (self,
            /* Translators: for operators: a date and a time stand below it: when the machine last
             * heard from those who publish */
            _("Last heard from the campaign"),
            (library != NULL) ? tomo_library_get_fetched_secs (library) : 0);
  add_locked_language (self);
  if (library != NULL)
    add_hidden (self, library);
  /* Translators: for operators: the version of the program stands below it */
  add_fact (self, _("Version"), VERSION);
  tomo_style_set_language (GTK_WIDGET (self->facts),
                           tomo_visit_get_language (tomo_scene_get_visit (self->scene)));
}

/* ---- The class ---- */

/* A real keyboard may be there. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                TomoOperatorPanel *self)
{
  if (keyval == GDK_KEY_Escape || keyval == GDK_KEY_Back)
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
  else if (keyval == GDK_KEY_F1 || keyval == GDK_KEY_Help)
    return GDK_EVENT_STOP; /* no page of help below it */
  else if (self->is_open || !gtk_widget_get_sensitive (GTK_WIDGET (self->keypad)))
    return GDK_EVENT_PROPAGATE;
  else if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    type_digit (self, keyval - GDK_KEY_0);
  else if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    type_digit (self, keyval - GDK_KEY_KP_0);
  else if (keyval == GDK_KEY_BackSpace || keyval == GDK_KEY_Delete)
    gtk_widget_activate_action (GTK_WIDGET (self), "operator.erase", NULL);
  else if (keyval == GDK_KEY_KP_Enter)
    gtk_widget_activate_action (GTK_WIDGET (self), "operator.enter", NULL);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static gboolean
tomo_operator_panel_grab_focus (GtkWidget *widget)
{
  TomoOperatorPanel *self = TOMO_OPERATOR_PANEL (widget);

  return gtk_widget_grab_focus (self->is_open ? self->back
                                              : gtk_grid_get_child_at (self->keypad, 0, 0));
}

/* The page below does not get the focus while the panel lies over it. */
static gboolean
tomo_operator_panel_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidgetClass *parent_class = GTK_WIDGET_CLASS (tomo_operator_panel_parent_class);

  return parent_class->focus (widget, direction) || gtk_widget_grab_focus (widget);
}

static void
tomo_operator_panel_dispose (GObject *object)
{
  TomoOperatorPanel *self = TOMO_OPERATOR_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), TOMO_TYPE_OPERATOR_PANEL);
  g_clear_object (&self->scene);

  G_OBJECT_CLASS (tomo_operator_panel_parent_class)->dispose (object);
}

static void
tomo_operator_panel_finalize (GObject *object)
{
  TomoOperatorPanel *self = TOMO_OPERATOR_PANEL (object);

  forget_digits (self);
  g_string_free (self->digits, TRUE);

  G_OBJECT_CLASS (tomo_operator_panel_parent_class)->finalize (object);
}

static void
install_signals (GType type)
{
  /**
   * TomoOperatorPanel::pin-entered:
   * @self: a panel
   * @pin: digits
   *
   * Somebody typed a PIN: answer with tomo_operator_panel_open() or tomo_operator_panel_refuse().
   */
  signals[SIGNAL_PIN_ENTERED] = g_signal_new ("pin-entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * TomoOperatorPanel::restart:
   * @self: a panel
   *
   * The operator wants the program to begin anew.
   */
  signals[SIGNAL_RESTART] =
      g_signal_new ("restart", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TomoOperatorPanel::leave:
   * @self: a panel
   *
   * The operator wants the machine for something else.
   */
  signals[SIGNAL_LEAVE] =
      g_signal_new ("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TomoOperatorPanel::closed:
   * @self: a panel
   *
   * The screen belongs to the visitors again.
   */
  signals[SIGNAL_CLOSED] =
      g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "operator.digit", "u", digit_cb);
  gtk_widget_class_install_action (widget_class, "operator.erase", NULL, erase_cb);
  gtk_widget_class_install_action (widget_class, "operator.enter", NULL, enter_cb);
  gtk_widget_class_install_action (widget_class, "operator.restart", NULL, restart_cb);
  gtk_widget_class_install_action (widget_class, "operator.leave", NULL, leave_cb);
  gtk_widget_class_install_action (widget_class, "operator.close", NULL, close_cb);
}

static void
tomo_operator_panel_class_init (TomoOperatorPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tomo_operator_panel_dispose;
  object_class->finalize = tomo_operator_panel_finalize;
  widget_class->grab_focus = tomo_operator_panel_grab_focus;
  widget_class->focus = tomo_operator_panel_focus;
  install_signals (G_TYPE_FROM_CLASS (klass));
  install_actions (widget_class);

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_css_name (widget_class, "operatorpanel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-operator-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoOperatorPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoOperatorPanel, pin_box);
  gtk_widget_class_bind_template_child (widget_class, TomoOperatorPanel, panel_box);
  gtk_widget_class_bind_template_child (widget_class, TomoOperatorPanel, typed);
  gtk_widget_class_bind_template_child (widget_class, TomoOperatorPanel, keypad);
  gtk_widget_class_bind_template_child (widget_class, TomoOperatorPanel, message);
  gtk_widget_class_bind_template_child (widget_class, TomoOperatorPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, TomoOperatorPanel, back);
}

static void
tomo_operator_panel_init (TomoOperatorPanel *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->digits = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  tomo_scroller_mend (GTK_SCROLLED_WINDOW (self->scroller));
  gtk_widget_add_css_class (GTK_WIDGET (self->keypad), TOMO_STYLE_LEFT_TO_RIGHT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("For the operator"), -1);
  /* Before the key that has the focus: Enter on the numeric pad would press that once more. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * tomo_operator_panel_new:
 * @scene: what is shown on this machine
 *
 * Returns: (transfer floating): a panel that asks for the PIN
 */
GtkWidget *
tomo_operator_panel_new (TomoScene *scene)
{
  TomoOperatorPanel *self = g_object_new (TOMO_TYPE_OPERATOR_PANEL, "name", "operator", NULL);

  self->scene = g_object_ref (scene);
  add_keys (self);
  /* While a box is hidden GTK 4.8 does not notice that what comes into it can wrap. */
  add_facts (self);
  show_digits (self);
  return GTK_WIDGET (self);
}

gboolean
tomo_operator_panel_is_open (TomoOperatorPanel *self)
{
  g_return_val_if_fail (TOMO_IS_OPERATOR_PANEL (self), FALSE);
  return self->is_open;
}

/**
 * tomo_operator_panel_refuse:
 * @self: a panel that asks for the PIN
 * @wait_secs: in how many seconds it can be tried again; zero for at once
 *
 * Says that the PIN was wrong.
 */
void
tomo_operator_panel_refuse (TomoOperatorPanel *self, unsigned int wait_secs)
{
  g_return_if_fail (TOMO_IS_OPERATOR_PANEL (self));

  g_autofree char *words = g_strdup_printf (
      /* Translators: for operators, after too many wrong PINs; counts down */
      g_dngettext (GETTEXT_PACKAGE, "That is not the PIN. Please wait %u second.",
                   "That is not the PIN. Please wait %u seconds.", wait_secs),
      wait_secs);
  gtk_label_set_text (self->message,
                      /* Translators: for operators, after a wrong PIN */
                      (wait_secs == 0) ? _("That is not the PIN. Please try again.") : words);
  gtk_widget_set_sensitive (GTK_WIDGET (self->keypad), wait_secs == 0);
  self->wait_secs = wait_secs;
}

/**
 * tomo_operator_panel_set_wait:
 * @self: a panel that asks for the PIN
 * @wait_secs: in how many seconds it can be tried again; zero for at once
 *
 * Goes on counting, after a PIN was refused.
 */
void
tomo_operator_panel_set_wait (TomoOperatorPanel *self, unsigned int wait_secs)
{
  g_return_if_fail (TOMO_IS_OPERATOR_PANEL (self));

  if (self->wait_secs == wait_secs)
    return;

  tomo_operator_panel_refuse (self, wait_secs);
  if (wait_secs == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/**
 * tomo_operator_panel_open:
 * @self: a panel that asks for the PIN
 *
 * Lets the operator in.
 */
void
tomo_operator_panel_open (TomoOperatorPanel *self)
{
  g_return_if_fail (TOMO_IS_OPERATOR_PANEL (self));

  self->is_open = TRUE;
  gtk_widget_set_visible (self->pin_box, FALSE);
  gtk_widget_set_visible (self->panel_box, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}
