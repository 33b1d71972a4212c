/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-verdict.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-i18n.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-script.h"
#include "ui/tomo-text-label.h"

struct _TomoVerdict
{
  GtkWidget parent_instance;

  GtkWidget *head;
  GtkImage *shape;
  GtkLabel *word;
  GtkLabel *explanation;
};

G_DEFINE_TYPE (TomoVerdict, tomo_verdict, GTK_TYPE_WIDGET)

static const struct
{
  const char *style_class;
  const char *word; /* marked for translation */
} kinds[] = {
  /* Translators: after a right answer; large, beside a shape; one friendly word or two */
  [TOMO_VERDICT_RIGHT] = { "right", N_("That is right") },
  /* Translators: after an answer that names some of several right ones; large, beside a shape */
  [TOMO_VERDICT_PARTLY] = { "partly", N_("Partly right") },
  /* Translators: after a wrong answer; large, beside a shape; kind, without blame */
  [TOMO_VERDICT_WRONG] = { "wrong", N_("Not quite") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == TOMO_N_VERDICT_KINDS);

static void
tomo_verdict_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_VERDICT);

  G_OBJECT_CLASS (tomo_verdict_parent_class)->dispose (object);
}

static void
tomo_verdict_class_init (TomoVerdictClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_verdict_dispose;

  gtk_widget_class_set_css_name (widget_class, "verdict");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-verdict.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoVerdict, head);
  gtk_widget_class_bind_template_child (widget_class, TomoVerdict, shape);
  gtk_widget_class_bind_template_child (widget_class, TomoVerdict, word);
  gtk_widget_class_bind_template_child (widget_class, TomoVerdict, explanation);
}

static void
tomo_verdict_init (TomoVerdict *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* It takes the focus once an answer was given, so that a screen reader says it: GTK 4.8 cannot
   * announce, and a label takes the focus only when its text can be selected. */
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_name (GTK_WIDGET (self), "verdict");
}

/**
 * tomo_verdict_new:
 * @kind: how right the answer was
 * @explanation: why
 * @language: the item's language, in which all of it is said
 *
 * Returns: (transfer floating): a verdict
 */
GtkWidget *
tomo_verdict_new (TomoVerdictKind kind, TomoText *explanation, const char *language)
{
  g_return_val_if_fail (kind < TOMO_N_VERDICT_KINDS, NULL);

  TomoVerdict *self = g_object_new (TOMO_TYPE_VERDICT, NULL);

  gtk_widget_add_css_class (GTK_WIDGET (self), kinds[kind].style_class);
  tomo_icon_show (self->shape, tomo_phrases_get_verdict_icon (kind));
  gtk_label_set_text (self->word, tomo_i18n_lookup (language, NULL, kinds[kind].word));
  tomo_script_mark_needed (GTK_WIDGET (self->word));
  tomo_text_label_set_runs (self->explanation, explanation, language);
  g_autoptr(GString) name = g_string_new (gtk_label_get_text (self->word));
  tomo_phrases_append_sentence (name, gtk_label_get_text (self->explanation), language);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
  return GTK_WIDGET (self);
}
