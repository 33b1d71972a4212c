/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-publisher-line.h"

#include <glib/gi18n-lib.h>

#include "core/content/tomo-language.h"
#include "ui/tomo-clamp.h"
#include "ui/tomo-flow-layout.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"

struct _TomoPublisherLine
{
  GtkButton parent_instance;

  GtkLabel *line;
  GtkWidget *marks;
  GtkWidget *sample;
  GtkWidget *draft;
  GtkLabel *language;
};

G_DEFINE_TYPE (TomoPublisherLine, tomo_publisher_line, GTK_TYPE_BUTTON)

static void
tomo_publisher_line_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_PUBLISHER_LINE);

  G_OBJECT_CLASS (tomo_publisher_line_parent_class)->dispose (object);
}

static void
tomo_publisher_line_class_init (TomoPublisherLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_publisher_line_dispose;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_FLOW_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-publisher-line.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoPublisherLine, line);
  gtk_widget_class_bind_template_child (widget_class, TomoPublisherLine, marks);
  gtk_widget_class_bind_template_child (widget_class, TomoPublisherLine, sample);
  gtk_widget_class_bind_template_child (widget_class, TomoPublisherLine, draft);
  gtk_widget_class_bind_template_child (widget_class, TomoPublisherLine, language);
}

static void
tomo_publisher_line_init (TomoPublisherLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tomo_publisher_line_new:
 *
 * Returns: (transfer floating): an empty line
 */
GtkWidget *
tomo_publisher_line_new (void)
{
  return g_object_new (TOMO_TYPE_PUBLISHER_LINE, NULL);
}

/**
 * tomo_publisher_line_dup_name:
 * @campaign: (nullable): the campaign
 * @partner: id of a partner
 * @language: the language of the name
 *
 * Says who a partner is. This is always the campaign's entry for the verified role, never a text
 * of the pack. Without an entry the id is printed, in capitals, as countries' codes are.
 *
 * Returns: (transfer full): the name
 */
char *
tomo_publisher_line_dup_name (TomoCampaign *campaign, const char *partner, const char *language)
{
  const char *name =
      (campaign != NULL) ? tomo_campaign_get_partner_name (campaign, partner, language) : NULL;

  if (name != NULL && name[0] != '\0')
    return g_strdup (name);

  return g_ascii_strup (partner, -1);
}

/**
 * tomo_publisher_line_get_name_language:
 * @campaign: (nullable): the campaign
 * @partner: id of a partner
 * @language: the language that the name was asked for in
 *
 * Returns: (transfer none) (nullable): the language that tomo_publisher_line_dup_name() answers in;
 *    %NULL if nobody knows
 */
const char *
tomo_publisher_line_get_name_language (TomoCampaign *campaign,
                                       const char *partner,
                                       const char *language)
{
  return (campaign != NULL) ? tomo_campaign_get_partner_language (campaign, partner, language)
                            : NULL;
}

/**
 * tomo_publisher_line_set_label:
 * @label: a label
 * @campaign: (nullable): the campaign
 * @entry: the item on the card
 *
 * Says on @label who publishes a card and when it was last reviewed, in the visitor's language; the
 * name has the letters of its own.
 */
void
tomo_publisher_line_set_label (GtkLabel *label, TomoCampaign *campaign, const TomoIndexEntry *entry)
{
  const char *language = tomo_i18n_get_language ();
  g_autofree char *publisher = tomo_publisher_line_dup_name (campaign, entry->partner, language);
  g_autofree char *date = tomo_phrases_dup_date (entry->verified_on, language);
  g_autofree char *line =
      /* Translators: the line on each card; {publisher} is a name, {date} a day */
      tomo_i18n_fill (_("Published by {publisher} · last reviewed {date}"), "publisher", publisher,
                      "date", date, NULL);

  gtk_label_set_text (label, line);
  tomo_text_label_set_part_language (
      label, publisher, tomo_publisher_line_get_name_language (campaign, entry->partner, language));
}

/**
 * tomo_publisher_line_show_entry:
 * @self: a line
 * @campaign: (nullable): the campaign
 * @entry: the item on the card
 *
 * Fills the line. It speaks the visitor's language, also on a card in another one.
 */
void
tomo_publisher_line_show_entry (TomoPublisherLine *self,
                                TomoCampaign *campaign,
                                const TomoIndexEntry *entry)
{
  g_return_if_fail (TOMO_IS_PUBLISHER_LINE (self));

  tomo_publisher_line_set_label (self->line, campaign, entry);
  gtk_widget_set_visible (self->sample, entry->is_sample);
  gtk_widget_set_visible (self->draft, entry->is_draft);

  const TomoLanguage *language = tomo_language_find (entry->language);
  gboolean is_foreign = language != NULL && !entry->is_complete;
  if (is_foreign)
    {
      gtk_label_set_text (self->language, language->autonym);
      tomo_style_set_language (GTK_WIDGET (self->language), language->tag);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->language), is_foreign);
  gtk_widget_set_visible (self->marks, entry->is_sample || entry->is_draft || is_foreign);

  const char *line = gtk_label_get_text (self->line);
  /* Translators: what a screen reader says of the line on each card, which opens a page about it;
   * {line} is what the line reads */
  g_autofree char *name = tomo_i18n_fill (_("About this card: {line}"), "line", line, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
