/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-take-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-photo-parts.h"
#include "ui/tomo-publisher-line.h"
#include "ui/tomo-qr-code.h"
#include "ui/tomo-script.h"
#include "ui/tomo-step.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"

/* Whoever is looking for a telephone gets twice the time of a text (design.md section 11). */
#define READING_SECS 180

/* A telephone reads forty millimetres from an arm's length; where there is room, there is more. */
#define MIN_CODE_MM 40.0
#define USUAL_CODE_REM 17.0
#define SMALL_CODE_REM 11.0

#define LEFT_TO_RIGHT_ISOLATE "\xe2\x81\xa6"
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9"

struct _TomoTakePage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget *clamp;
  GtkWidget *voice_place;
  GtkWidget *turn;
  TomoHeading *heading;
  GtkLabel *hint;
  GtkBox *split;
  GtkBox *plate;
  GtkBox *card;
  TomoHeading *title;
  GtkLabel *summary;
  GtkBox *steps;
  GtkLabel *publisher;

  TomoPhotoParts *parts; /* (owned) (nullable): none where there is a code */
};

G_DEFINE_TYPE (TomoTakePage, tomo_take_page, TOMO_TYPE_PAGE)

static unsigned int
tomo_take_page_get_reading_secs (TomoPage *page)
{
  return READING_SECS;
}

static int
get_code_px (TomoTakePage *self)
{
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  /* Larger letters leave it less room, and it need not grow with them. */
  gboolean is_small = tomo_scene_get_layout (scene) == TOMO_LAYOUT_COMPACT ||
                      tomo_visit_get_text_size (tomo_page_get_visit (TOMO_PAGE (self))) > 0;
  double rem = is_small ? SMALL_CODE_REM : USUAL_CODE_REM;

  return MAX (tomo_glass_mm_to_px (tomo_scene_get_glass (scene), MIN_CODE_MM),
              (int) (rem * tomo_style_get_rem_px (GTK_WIDGET (self))));
}

/* An address is always written from left to right, in a widget of its own, and isolated in there,
 * so that nothing around it can move its parts. */
static void
add_address (TomoTakePage *self, const char *address)
{
  g_autofree char *isolated =
      g_strconcat (LEFT_TO_RIGHT_ISOLATE, address, POP_DIRECTIONAL_ISOLATE, NULL);
  GtkWidget *label = tomo_text_label_new (isolated);

  gtk_widget_set_name (label, "address");
  gtk_widget_add_css_class (label, "address");
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  tomo_style_set_language (label, "en");
  gtk_box_append (self->plate, label);
}

/* Returns: whether there is a code. */
static gboolean
show_code (TomoTakePage *self, const TomoIndexEntry *entry)
{
  TomoCampaign *campaign = tomo_scene_get_campaign (tomo_page_get_scene (TOMO_PAGE (self)));
  g_autofree char *address = (campaign != NULL)
                                 ? tomo_campaign_dup_address (campaign, entry->partner, entry->pack,
                                                              entry->item, entry->language)
                                 : NULL;
  GtkWidget *code = (address != NULL) ? tomo_qr_code_new (address, get_code_px (self)) : NULL;
  if (code == NULL)
    return FALSE;

  /* Translators: what a screen reader says of a QR code; {address} is where it leads */
  const char *pattern = _("Code for a phone. It leads to {address}");
  g_autofree char *name = tomo_i18n_fill (pattern, "address", address, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (code), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_name (code, "code");
  gtk_widget_set_halign (code, GTK_ALIGN_CENTER);
  gtk_box_append (self->plate, code);
  add_address (self, address);
  return TRUE;
}

static void
show_steps (TomoTakePage *self, TomoItem *item, const char *language)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->steps), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tomo_item_get_title (item), -1);
  for (size_t i = 0; i < tomo_item_get_n_steps (item); i++)
    {
      GtkLabel *words = NULL;
      gtk_box_append (self->steps, tomo_step_new (i + 1, &words));
      tomo_text_label_set_runs (words, tomo_item_get_step (item, i), language);
    }
}

static void
show_card (TomoTakePage *self, TomoItem *item, const TomoIndexEntry *entry)
{
  TomoCampaign *campaign = tomo_scene_get_campaign (tomo_page_get_scene (TOMO_PAGE (self)));

  tomo_heading_set_text (self->title, tomo_item_get_title (item));
  tomo_script_mark_content (GTK_WIDGET (self->title), tomo_item_get_title_audio (item));
  tomo_text_label_set_runs (self->summary, tomo_item_get_summary (item), entry->language);
  tomo_publisher_line_set_label (self->publisher, campaign, entry);
  if (!entry->is_complete)
    {
      tomo_style_set_language (GTK_WIDGET (self->publisher), tomo_i18n_get_language ());
      tomo_style_set_language (GTK_WIDGET (self->card), entry->language);
    }
}

static void
show_words (TomoTakePage *self, gboolean has_code)
{
  tomo_heading_set_text (self->heading, has_code
                                            /* Translators: heading beside a QR code with which a
                                             * visitor takes the text of a card home on a phone */
                                            ? _("Take this card with you")
                                            /* Translators: heading above a card that a visitor is
                                             * to photograph with a phone */
                                            : _("Photograph this card"));
  if (has_code)
    /* Translators: beside a QR code */
    gtk_label_set_text (self->hint, _("Point the camera of your phone at the pattern of squares, "
                                       "or type the address below it."));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->split),
                                  (has_code && tomo_page_is_wide (TOMO_PAGE (self)))
                                      ? GTK_ORIENTATION_HORIZONTAL
                                      : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_valign (self->clamp, GTK_ALIGN_CENTER);
  if (!has_code)
    gtk_widget_add_css_class (GTK_WIDGET (self), "photo");
  gtk_widget_set_visible (GTK_WIDGET (self->plate), has_code);
  gtk_widget_set_visible (GTK_WIDGET (self->steps), !has_code);
}

/* Says which photograph this is, where one does not hold the card. */
static void
parts_changed_cb (TomoTakePage *self, TomoPhotoParts *parts)
{
  unsigned int part = tomo_photo_parts_get_part (parts);
  unsigned int n_parts = tomo_photo_parts_get_n_parts (parts);

  gtk_widget_set_visible (self->turn, n_parts > 1);
  if (n_parts < 2)
    {
      gtk_label_set_text (self->hint,
                          /* Translators: above a card that a visitor is to photograph */
                          _("Take a picture of this screen with your phone."));
      return;
    }

  g_autofree char *number = g_strdup_printf ("%u", part + 1);
  g_autofree char *total = g_strdup_printf ("%u", n_parts);
  const char *pattern =
      /* Translators: above a card that is too long for one photograph; both are numbers */
      _("Photograph {number} of {total}: take a picture of this screen with your phone.");
  g_autofree char *hint = tomo_i18n_fill (pattern, "number", number, "total", total, NULL);
  gtk_label_set_text (self->hint, hint);
  gtk_button_set_label (GTK_BUTTON (self->turn),
                        (part + 1 < n_parts)
                            /* Translators: button that shows the next part of a card that a visitor
                             * photographs part by part */
                            ? _("Next photograph")
                            /* Translators: button that goes back to the first part of a card that a
                             * visitor photographs part by part */
                            : _("First photograph"));
}

static void
turn_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoTakePage *self = TOMO_TAKE_PAGE (widget);

  if (self->parts == NULL)
    return;

  tomo_photo_parts_turn (self->parts);
  tomo_page_offer_to_listen (TOMO_PAGE (self));
}

static void
fit_photograph (TomoTakePage *self)
{
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));

  self->parts = tomo_photo_parts_new (GTK_WIDGET (self), self->scroller, GTK_WIDGET (self->summary),
                                      GTK_WIDGET (self->steps), tomo_scene_get_glass (scene));
  g_signal_connect_object (self->parts, "changed", G_CALLBACK (parts_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tomo_scene_get_visit (scene), "notify::text-size",
                           G_CALLBACK (tomo_photo_parts_begin), self->parts, G_CONNECT_SWAPPED);
  parts_changed_cb (self, self->parts);
}

static void
tomo_take_page_constructed (GObject *object)
{
  TomoTakePage *self = TOMO_TAKE_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  const TomoPlace *place = tomo_page_get_place (TOMO_PAGE (self));
  g_autoptr(GError) error = NULL;
  TomoIndexEntry entry = { 0 };

  G_OBJECT_CLASS (tomo_take_page_parent_class)->constructed (object);

  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_first_focus (TOMO_PAGE (self), GTK_WIDGET (self->heading));
  tomo_page_set_listen_place (TOMO_PAGE (self), self->voice_place);
  g_autoptr(TomoItem) item =
      tomo_scene_load_item (scene, place->partner, place->pack, place->item, &entry, NULL, &error);
  if (item == NULL)
    {
      tomo_page_fail (TOMO_PAGE (self), error);
      return;
    }

  gboolean has_code = show_code (self, &entry);
  show_words (self, has_code);
  show_card (self, item, &entry);
  if (has_code)
    return;

  show_steps (self, item, entry.language);
  fit_photograph (self);
}

static void
tomo_take_page_dispose (GObject *object)
{
  TomoTakePage *self = TOMO_TAKE_PAGE (object);

  if (self->parts != NULL)
    tomo_photo_parts_end (self->parts);
  g_clear_object (&self->parts);
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_TAKE_PAGE);

  G_OBJECT_CLASS (tomo_take_page_parent_class)->dispose (object);
}

static void
tomo_take_page_class_init (TomoTakePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_take_page_constructed;
  object_class->dispose = tomo_take_page_dispose;
  TOMO_PAGE_CLASS (klass)->get_reading_secs = tomo_take_page_get_reading_secs;
  TOMO_PAGE_CLASS (klass)->is_for_a_telephone = TRUE;

  gtk_widget_class_install_action (widget_class, "take.turn", NULL, turn_cb);

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-take-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, clamp);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, voice_place);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, turn);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, heading);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, hint);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, plate);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, card);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, title);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, summary);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, steps);
  gtk_widget_class_bind_template_child (widget_class, TomoTakePage, publisher);
}

static void
tomo_take_page_init (TomoTakePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
