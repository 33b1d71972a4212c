/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-tip-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-help-card.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-picture-view.h"
#include "ui/tomo-publisher-line.h"
#include "ui/tomo-script.h"
#include "ui/tomo-step.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"
#include "ui/tomo-tile-grid.h"
#include "ui/tomo-tile.h"
#include "ui/tomo-topic-tips.h"

#define SIDE_WIDTH_REM 28.0
#define COMPACT_SIDE_WIDTH_REM 20.0
#define SIDE_SHARE 0.35 /* of the page at most, when letters are large */
#define FULL_WIDTH_REM 60.0

/* Of usual pictures; others have some room around them. */
#define PICTURE_ASPECT 1.5

/* Idle time follows the length of a text. Scripts without spaces have no words to count, so
 * letters stand for them: about six to a word. */
#define LETTERS_A_WORD 6
#define WORDS_A_MINUTE 80

struct _TomoTipPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *split;
  GtkBox *side_box;
  GtkBox *words;
  GtkWidget *side;
  TomoPictureView *picture;
  TomoHeading *heading;
  GtkLabel *summary;
  GtkBox *steps;
  GtkBox *terms;
  GtkBox *sources;
  TomoPublisherLine *publisher;
  TomoTileGrid *onward;
  unsigned int n_letters;
};

G_DEFINE_TYPE (TomoTipPage, tomo_tip_page, TOMO_TYPE_PAGE)

static unsigned int
tomo_tip_page_get_reading_secs (TomoPage *page)
{
  return TOMO_TIP_PAGE (page)->n_letters * 60 / (LETTERS_A_WORD * WORDS_A_MINUTE);
}

static void
add_step (TomoTipPage *self, TomoText *text, size_t number, const char *language)
{
  GtkLabel *words = NULL;

  gtk_box_append (self->steps, tomo_step_new (number, &words));
  tomo_text_label_set_runs (words, text, language);
  self->n_letters += (unsigned int) g_utf8_strlen (gtk_label_get_text (words), -1);
}

/* What a glossary word means stands below the steps, once, without a touch. */
static void
add_terms (TomoTipPage *self, TomoText *text, GHashTable *known)
{
  for (size_t i = 0; i < tomo_text_get_n_runs (text); i++)
    {
      TomoTextRun run = tomo_text_get_run (text, i);
      if (run.style != TOMO_TEXT_TERM || run.argument[0] == '\0' ||
          !g_hash_table_add (known, g_strdup (run.argument)))
        continue;

      /* Translators: explains a word below a tip; {word} is the word, {meaning} a sentence */
      const char *pattern = _("{word}: {meaning}");
      g_autofree char *line =
          tomo_i18n_fill (pattern, "word", run.text, "meaning", run.argument, NULL);
      GtkWidget *label = tomo_text_label_new (line);
      gtk_widget_add_css_class (label, "term");
      gtk_box_append (self->terms, label);
      gtk_widget_set_visible (GTK_WIDGET (self->terms), TRUE);
    }
}

static void
show_picture (TomoTipPage *self, TomoItem *item)
{
  const char *sha256 = tomo_item_get_picture (item);
  if (sha256[0] == '\0')
    return;

  g_autoptr(GError) error = NULL;
  TomoLibrary *library = tomo_scene_get_library (tomo_page_get_scene (TOMO_PAGE (self)));
  g_autoptr(GBytes) png = tomo_library_load_picture (library, sha256, &error);
  if (png == NULL ||
      !tomo_picture_view_load (self->picture, png, tomo_item_get_picture_alt (item), &error))
    {
      g_debug ("a tip without its picture: %s", error->message);
      return;
    }
  gtk_widget_set_visible (self->side, TRUE);
}

static void
show_words (TomoTipPage *self, TomoItem *item, const char *language)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  tomo_heading_set_text (self->heading, tomo_item_get_title (item));
  tomo_script_mark_content (GTK_WIDGET (self->heading), tomo_item_get_title_audio (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->steps), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tomo_item_get_title (item), -1);
  tomo_text_label_set_runs (self->summary, tomo_item_get_summary (item), language);
  self->n_letters = (unsigned int) g_utf8_strlen (gtk_label_get_text (self->summary), -1);
  add_terms (self, tomo_item_get_summary (item), known);
  for (size_t i = 0; i < tomo_item_get_n_steps (item); i++)
    {
      add_step (self, tomo_item_get_step (item, i), i + 1, language);
      add_terms (self, tomo_item_get_step (item, i), known);
    }
}

static GtkWidget *
add_onward (TomoTipPage *self,
            const char *title,
            const char *detail,
            const char *icon,
            const char *name,
            const char *action,
            GVariant *target)
{
  GtkWidget *tile = tomo_tile_new (title);

  tomo_tile_set_icon (TOMO_TILE (tile), icon);
  if (detail != NULL)
    tomo_tile_set_detail (TOMO_TILE (tile), detail);
  gtk_widget_set_name (tile, name);
  gtk_widget_add_css_class (tile, "onward-tile");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (tile), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), action);
  tomo_tile_grid_append (self->onward, tile);
  return tile;
}

static gboolean
is_same_item (const TomoIndexEntry *a, const TomoIndexEntry *b)
{
  return a->position == b->position;
}

/* The next tip in the order in which the topic lists them. Nobody comes upon a sensitive one by
 * going on. */
static void
add_next_tip (TomoTipPage *self, const TomoIndexEntry *current)
{
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  g_autoptr(GArray) tips =
      tomo_topic_tips_list (scene, current->is_complete ? current->topic : "");
  gboolean is_behind = FALSE;

  for (unsigned int i = 0; i < tips->len; i++)
    {
      const TomoIndexEntry *tip = &g_array_index (tips, TomoTopicTip, i).entry;
      if (is_behind && !tip->is_sensitive)
        {
          /* Translators: tile below a tip; the title of the next tip stands on it, too */
          const char *detail = _("Next tip");
          GtkWidget *tile = add_onward (
              self, tip->title, detail, "tomo-tip-symbolic", "next-tip", "visit.next-tip",
              g_variant_new ("(sss)", tip->partner, tip->pack, tip->item));
          tomo_script_mark_content (tile, tip->title_audio);
          return;
        }
      is_behind = is_behind || is_same_item (tip, current);
    }
}

static void
show_onward (TomoTipPage *self, const TomoIndexEntry *current)
{
  TomoIndex *index = tomo_scene_get_index (tomo_page_get_scene (TOMO_PAGE (self)));

  /* Translators: tile below a tip: leads to a code for the phone, or to a page to photograph */
  add_onward (self, _("Take it home"), NULL, "tomo-take-symbolic", "take", "visit.take",
              g_variant_new ("(sss)", current->partner, current->pack, current->item));
  if (current->is_complete)
    add_next_tip (self, current);
  if (!current->is_sensitive && tomo_index_find_topic (index, current->topic).n_questions > 0)
    add_onward (self, _("Quiz on this topic"), NULL, "tomo-question-symbolic", "quiz",
                "visit.quiz", g_variant_new_string (current->topic));
}

static void
show_sources (TomoTipPage *self, TomoItem *item, const char *language)
{
  for (size_t i = 0; i < tomo_item_get_n_sources (item); i++)
    {
      const char *title = NULL;
      const char *href = NULL;
      tomo_item_get_source (item, i, &title, &href);
      /* Translators: below a tip; {title} is the title of a page on the web */
      const char *pattern = tomo_i18n_lookup (language, NULL, N_("Source: {title}"));
      g_autofree char *line = tomo_i18n_fill (pattern, "title", title, NULL);
      GtkWidget *label = tomo_text_label_new (line);
      gtk_widget_add_css_class (label, "small-note");
      gtk_box_append (self->sources, label);
      gtk_widget_set_visible (GTK_WIDGET (self->sources), TRUE);
    }
}

/* A sensitive card begins with where to get help, in the visitor's language whatever the card's. */
static void
show_help (TomoTipPage *self)
{
  GtkWidget *help = tomo_help_card_new ();

  gtk_box_insert_child_after (self->words, help, GTK_WIDGET (self->heading));
  tomo_style_set_language (help, tomo_i18n_get_language ());
  tomo_page_set_listen_place (TOMO_PAGE (self), help);
}

/* Below the picture there is room, and there the line stands on the first screen: who published a
 * card, and that it is a sample, is not to be scrolled for. */
static void
move_publisher_below_picture (TomoTipPage *self)
{
  g_autoptr(GtkWidget) publisher = g_object_ref (GTK_WIDGET (self->publisher));

  gtk_box_remove (self->words, publisher);
  gtk_widget_set_vexpand (publisher, FALSE);
  gtk_box_append (self->side_box, publisher);
}

static void
tomo_tip_page_constructed (GObject *object)
{
  TomoTipPage *self = TOMO_TIP_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  const TomoPlace *place = tomo_page_get_place (TOMO_PAGE (self));
  gboolean is_wide = tomo_page_is_wide (TOMO_PAGE (self));

  G_OBJECT_CLASS (tomo_tip_page_parent_class)->constructed (object);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->split),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gboolean is_compact = tomo_scene_get_layout (scene) == TOMO_LAYOUT_COMPACT;
  /* Larger letters leave less room for the picture, and a card that is higher than the screen must
   * not hide it in its middle. */
  gboolean is_enlarged = tomo_visit_get_text_size (tomo_page_get_visit (TOMO_PAGE (self))) > 0;
  double side_width_rem = MIN (is_compact ? COMPACT_SIDE_WIDTH_REM : SIDE_WIDTH_REM,
                               SIDE_SHARE * tomo_scene_get_width_rem (scene));
  gtk_widget_set_valign (GTK_WIDGET (self->picture),
                         (is_enlarged || is_compact) ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  g_object_set (self->side, "max-width", is_wide ? side_width_rem : FULL_WIDTH_REM, "min-width",
                is_wide ? side_width_rem : 0.0, NULL);
  if (is_wide)
    g_object_set (self->picture, "height", side_width_rem / PICTURE_ASPECT, NULL);
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_first_focus (TOMO_PAGE (self), GTK_WIDGET (self->heading));

  g_autoptr(GError) error = NULL;
  TomoIndexEntry entry = { 0 };
  g_autoptr(TomoItem) item =
      tomo_scene_load_item (scene, place->partner, place->pack, place->item, &entry, NULL, &error);
  if (item == NULL)
    {
      tomo_page_fail (TOMO_PAGE (self), error);
      return;
    }

  show_picture (self, item);
  show_words (self, item, entry.language);
  tomo_page_set_spoken_language (TOMO_PAGE (self), entry.language);
  if (tomo_item_get_audio (item)[0] != '\0')
    tomo_script_mark_card (GTK_WIDGET (self->words), tomo_item_get_audio (item));
  show_sources (self, item, entry.language);
  if (entry.is_sensitive)
    show_help (self);
  if (is_wide && !is_enlarged && gtk_widget_get_visible (self->side))
    move_publisher_below_picture (self);
  tomo_publisher_line_show_entry (self->publisher, tomo_scene_get_campaign (scene), &entry);
  if (!entry.is_complete)
    {
      /* The line keeps the visitor's language while the card around it speaks its own. */
      tomo_style_set_language (GTK_WIDGET (self->publisher), tomo_i18n_get_language ());
      tomo_style_set_language (GTK_WIDGET (self->split), entry.language);
    }
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->publisher), "(sss)", place->partner,
                                    place->pack, place->item);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->publisher), "visit.about");
  show_onward (self, &entry);
}

static void
tomo_tip_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_TIP_PAGE);

  G_OBJECT_CLASS (tomo_tip_page_parent_class)->dispose (object);
}

static void
tomo_tip_page_class_init (TomoTipPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_tip_page_constructed;
  object_class->dispose = tomo_tip_page_dispose;
  TOMO_PAGE_CLASS (klass)->get_reading_secs = tomo_tip_page_get_reading_secs;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_PICTURE_VIEW);
  g_type_ensure (TOMO_TYPE_PUBLISHER_LINE);
  g_type_ensure (TOMO_TYPE_TILE_GRID);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-tip-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, side_box);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, words);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, side);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, picture);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, heading);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, summary);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, steps);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, terms);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, sources);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, publisher);
  gtk_widget_class_bind_template_child (widget_class, TomoTipPage, onward);
}

static void
tomo_tip_page_init (TomoTipPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
