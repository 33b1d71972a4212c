/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-about-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-phrases.h"
#include "ui/tomo-publisher-line.h"
#include "ui/tomo-script.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"

#define READING_SECS 90

struct _TomoAboutPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *split;
  TomoClamp *side;
  GtkWidget *heading;
  GtkBox *facts;
};

G_DEFINE_TYPE (TomoAboutPage, tomo_about_page, TOMO_TYPE_PAGE)

static unsigned int
tomo_about_page_get_reading_secs (TomoPage *page)
{
  return READING_SECS;
}

static GtkWidget *
add_fact (TomoAboutPage *self, const char *name, const char *value)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                 "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  GtkWidget *name_label = tomo_text_label_new (name);
  GtkWidget *value_label = tomo_text_label_new (value);

  gtk_widget_add_css_class (row, "fact");
  gtk_widget_add_css_class (name_label, "fact-name");
  gtk_widget_add_css_class (value_label, "fact-value");
  /* Its name without it says nothing. */
  tomo_script_mark_content (value_label, NULL);
  gtk_box_append (GTK_BOX (row), name_label);
  gtk_box_append (GTK_BOX (row), value_label);
  gtk_box_append (self->facts, row);
  return row;
}

/* An address is always written from left to right, in a widget of its own, so that nothing around
 * it can move its parts. */
static void
add_source (TomoAboutPage *self, const char *title, const char *href, const char *language)
{
  /* Translators: on the page about a card: a page on the web where its facts come from */
  GtkWidget *row = add_fact (self, _("Source"), title);
  GtkWidget *address = tomo_text_label_new (href);

  tomo_style_set_language (gtk_widget_get_last_child (row), language);
  gtk_widget_add_css_class (address, "address");
  tomo_style_set_language (address, "en");
  gtk_box_append (GTK_BOX (row), address);
}

static void
add_publisher (TomoAboutPage *self, TomoCampaign *campaign, const TomoIndexEntry *entry)
{
  const char *language = tomo_i18n_get_language ();
  g_autofree char *name = tomo_publisher_line_dup_name (campaign, entry->partner, language);
  g_autofree char *date = tomo_phrases_dup_date (entry->verified_on, language);

  /* Translators: on the page about a card, above the name of who publishes it */
  GtkWidget *row = add_fact (self, _("Published by"), name);
  tomo_text_label_set_part_language (
      GTK_LABEL (gtk_widget_get_last_child (row)), name,
      tomo_publisher_line_get_name_language (campaign, entry->partner, language));
  /* Translators: on the page about a card, above a date */
  add_fact (self, _("Last reviewed on"), date);
}

static void
add_trust (TomoAboutPage *self, TomoCampaign *campaign, const TomoIndexEntry *entry)
{
  gboolean is_preview =
      tomo_library_is_preview (tomo_scene_get_library (tomo_page_get_scene (TOMO_PAGE (self))));
  const char *words = NULL;

  if (is_preview)
    /* Translators: on the page about a card, where an author looks at a pack before publishing */
    words = _("Not signed: this is a preview for authors and translators.");
  else if (campaign != NULL && tomo_campaign_is_demo (campaign))
    /* Translators: on the page about a card: its signature is right, but was made with keys that
     * are only for demonstrations */
    words = _("The signature is valid. It was made with demonstration keys, so it proves nothing "
               "about who wrote this.");
  else
    /* Translators: on the page about a card: its digital signature was checked */
    words = _("The signature is valid: this card is exactly as its publisher signed it.");
  /* Translators: on the page about a card, above a sentence about its digital signature */
  add_fact (self, _("Signature"), words);

  if (entry->is_sample)
    /* Translators: on the page about a card, above the sentence that begins “This card was made
     * only to show” */
    add_fact (self, C_("mark", "Sample"),
              /* Translators: on the page about a card with the mark “Sample” */
              _("This card was made only to show how the program works. No authority has issued "
                 "it."));
  if (entry->is_draft)
    add_fact (self, C_("mark", "Draft translation"),
              /* Translators: on the page about a card with the mark “Draft translation” */
              _("Nobody has reviewed this translation yet. It may contain mistakes."));
}

static void
add_pack (TomoAboutPage *self, TomoPack *pack, const char *language)
{
  g_autofree char *revision = g_strdup_printf ("%u", tomo_pack_get_revision (pack));
  g_autofree char *line
      /* Translators: on the page about a card: the collection it belongs to; {number} says how
       * often the collection was published */
      = tomo_i18n_fill (_("{title} (revision {number})"), "title", tomo_pack_get_title (pack),
                        "number", revision, NULL);
  /* Translators: on the page about a card, above the title of the collection it belongs to */
  GtkWidget *row = add_fact (self, _("Collection"), line);

  if (g_strcmp0 (tomo_pack_get_language (pack), language) != 0)
    tomo_style_set_language (gtk_widget_get_last_child (row), tomo_pack_get_language (pack));
  if (tomo_pack_get_license (pack)[0] != '\0')
    /* Translators: on the page about a card, above the name of a licence such as CC-BY-4.0 */
    add_fact (self, _("Licence"), tomo_pack_get_license (pack));
}

static void
tomo_about_page_constructed (GObject *object)
{
  TomoAboutPage *self = TOMO_ABOUT_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  TomoCampaign *campaign = tomo_scene_get_campaign (scene);
  const TomoPlace *place = tomo_page_get_place (TOMO_PAGE (self));

  G_OBJECT_CLASS (tomo_about_page_parent_class)->constructed (object);

  tomo_page_set_columns (TOMO_PAGE (self), self->split, self->side);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_first_focus (TOMO_PAGE (self), self->heading);

  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPack) pack = NULL;
  TomoIndexEntry entry = { 0 };
  g_autoptr(TomoItem) item =
      tomo_scene_load_item (scene, place->partner, place->pack, place->item, &entry, &pack, &error);
  if (item == NULL)
    {
      tomo_page_fail (TOMO_PAGE (self), error);
      return;
    }

  add_publisher (self, campaign, &entry);
  add_trust (self, campaign, &entry);
  add_pack (self, pack, tomo_i18n_get_language ());
  for (size_t i = 0; i < tomo_item_get_n_sources (item); i++)
    {
      const char *title = NULL;
      const char *href = NULL;
      tomo_item_get_source (item, i, &title, &href);
      add_source (self, title, href, entry.language);
    }
}

static void
tomo_about_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_ABOUT_PAGE);

  G_OBJECT_CLASS (tomo_about_page_parent_class)->dispose (object);
}

static void
tomo_about_page_class_init (TomoAboutPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_about_page_constructed;
  object_class->dispose = tomo_about_page_dispose;
  TOMO_PAGE_CLASS (klass)->get_reading_secs = tomo_about_page_get_reading_secs;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-about-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoAboutPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoAboutPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoAboutPage, side);
  gtk_widget_class_bind_template_child (widget_class, TomoAboutPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TomoAboutPage, facts);
}

static void
tomo_about_page_init (TomoAboutPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
