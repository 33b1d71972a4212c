/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-hotspot-answers.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-choice-button.h"
#include "ui/tomo-picture-view.h"
#include "ui/tomo-style.h"

/* Beside the question, where all that stands in a row keeps its height. */
#define LANDSCAPE_PICTURE_HEIGHT_REM 20.0
#define COMPACT_PICTURE_HEIGHT_REM 18.0

struct _TomoHotspotAnswers
{
  TomoAnswers parent_instance;

  TomoPictureView *view;
  GPtrArray *regions; /* (owned) (element-type GtkToggleButton): on the picture */
  GPtrArray *choices; /* (owned) (element-type TomoChoiceButton): the same in words */
};

G_DEFINE_TYPE (TomoHotspotAnswers, tomo_hotspot_answers, TOMO_TYPE_ANSWERS)

static void
choice_toggled_cb (TomoChoiceButton *choice, TomoHotspotAnswers *self)
{
  gboolean is_chosen = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (choice));

  tomo_answers_choose (TOMO_ANSWERS (self), tomo_choice_button_get_id (choice), is_chosen);
}

static unsigned int
find_region (TomoHotspotAnswers *self, GtkWidget *region)
{
  unsigned int index = 0;

  g_return_val_if_fail (g_ptr_array_find (self->regions, region, &index), 0);
  return index;
}

/* On both axes alike: where it is, made large enough to be hit, and kept on the picture. */
static void
place (int start,
       int length,
       unsigned int from,
       unsigned int size,
       int min,
       int *out_start,
       int *out_length)
{
  int middle = start + (int) ((double) length * (from + size / 2.0) / TOMO_REGION_WHOLE);

  *out_length = MIN (MAX ((int) ((double) length * size / TOMO_REGION_WHOLE), min), length);
  *out_start = CLAMP (middle - *out_length / 2, start, start + length - *out_length);
}

static GdkRectangle
place_region (TomoHotspotAnswers *self, unsigned int index, int min_width, int min_height)
{
  TomoItem *item = tomo_answers_get_item (TOMO_ANSWERS (self));
  const TomoRegion *region = tomo_item_get_region (item, index);
  GdkRectangle picture;
  GdkRectangle placed;

  tomo_picture_view_get_drawn_area (self->view, &picture);
  place (picture.x, picture.width, region->x, region->width, min_width, &placed.x, &placed.width);
  place (picture.y, picture.height, region->y, region->height, min_height, &placed.y,
         &placed.height);
  return placed;
}

/* Made as large as a finger, unless it would then lie over another one: who hits the wrong place
 * has answered. Such small ones are what the numbers below are for. */
static gboolean
get_child_position_cb (GtkOverlay *overlay,
                       GtkWidget *region,
                       GdkRectangle *out_position,
                       TomoHotspotAnswers *self)
{
  unsigned int index = find_region (self, region);
  int width = 0;
  int height = 0;

  gtk_widget_get_size_request (region, &width, &height);
  *out_position = place_region (self, index, width, height);
  for (unsigned int i = 0; i < self->regions->len; i++)
    {
      GdkRectangle other = place_region (self, i, width, height);
      if (i != index && gdk_rectangle_intersect (out_position, &other, NULL))
        {
          *out_position = place_region (self, index, 0, 0);
          break;
        }
    }

  return TRUE;
}

/* On the picture a number is enough; the list below says in words what is there, and is what a
 * keyboard and a screen reader use. The number keeps its size on a region that is smaller. */
static GtkWidget *
new_region (TomoHotspotAnswers *self, unsigned int number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autofree char *name = g_strdup_printf ("region-%u", number);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *corner = gtk_fixed_new ();
  GtkWidget *region = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, "focusable", FALSE, NULL);

  gtk_widget_set_name (region, name);
  gtk_widget_add_css_class (region, "region");
  gtk_widget_add_css_class (label, "region-number");
  gtk_fixed_put (GTK_FIXED (corner), label, 0.0, 0.0);
  gtk_widget_set_overflow (corner, GTK_OVERFLOW_VISIBLE);
  gtk_button_set_child (GTK_BUTTON (region), corner);
  return region;
}

static TomoChoiceButton *
new_choice (TomoHotspotAnswers *self, const TomoChoice *answer, unsigned int number)
{
  TomoChoiceButton *choice = tomo_choice_button_new (answer->id, GTK_ACCESSIBLE_ROLE_RADIO);

  tomo_choice_button_set_text (choice, answer->text,
                               tomo_answers_get_language (TOMO_ANSWERS (self)));
  tomo_choice_button_set_number (choice, number);
  if (self->choices->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (choice), g_ptr_array_index (self->choices, 0));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (choice),
                                tomo_answers_is_chosen (TOMO_ANSWERS (self), answer->id));
  g_signal_connect (choice, "toggled", G_CALLBACK (choice_toggled_cb), self);
  return choice;
}

static void
load_picture (TomoHotspotAnswers *self)
{
  TomoItem *item = tomo_answers_get_item (TOMO_ANSWERS (self));
  GBytes *picture = tomo_answers_get_picture (TOMO_ANSWERS (self));
  g_autoptr(GError) error = NULL;

  if (picture != NULL &&
      tomo_picture_view_load (self->view, picture, tomo_item_get_picture_alt (item), &error))
    return;

  /* The list in words stays; without a picture the regions have no place. */
  g_debug ("a hotspot question without its picture: %s",
           error != NULL ? error->message : "it is not there");
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->view)), FALSE);
}

static void
tomo_hotspot_answers_show (TomoAnswers *answers)
{
  TomoHotspotAnswers *self = TOMO_HOTSPOT_ANSWERS (answers);
  TomoItem *item = tomo_answers_get_item (answers);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->view = TOMO_PICTURE_VIEW (tomo_picture_view_new ());
  gtk_widget_set_name (GTK_WIDGET (self->view), "hotspot-picture");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "quiz-picture");
  TomoLayout layout = tomo_answers_get_layout (answers);
  if (tomo_layout_is_wide (layout))
    g_object_set (self->view, "height",
                  (layout == TOMO_LAYOUT_COMPACT) ? COMPACT_PICTURE_HEIGHT_REM
                                                  : LANDSCAPE_PICTURE_HEIGHT_REM,
                  NULL);
  /* A picture has no mirror image that says the same. */
  gtk_widget_add_css_class (overlay, TOMO_STYLE_LEFT_TO_RIGHT);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->view));
  g_signal_connect (overlay, "get-child-position", G_CALLBACK (get_child_position_cb), self);
  gtk_widget_add_css_class (list, "choices");

  for (unsigned int i = 0; i < tomo_item_get_n_choices (item); i++)
    {
      GtkWidget *region = new_region (self, i + 1);
      TomoChoiceButton *choice = new_choice (self, tomo_item_get_choice (item, i), i + 1);

      g_ptr_array_add (self->regions, region);
      g_ptr_array_add (self->choices, choice);
      g_object_bind_property (choice, "active", region, "active",
                              G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
      gtk_overlay_add_overlay (GTK_OVERLAY (overlay), region);
      gtk_box_append (GTK_BOX (list), GTK_WIDGET (choice));
    }

  tomo_answers_add (answers, overlay);
  tomo_answers_add (answers, list);
  load_picture (self);
}

static const char *
tomo_hotspot_answers_get_hint (TomoAnswers *self)
{
  /* Translators: below a question in a quiz, above a picture with numbered places */
  return N_("Touch the place in the picture, or its number below.");
}

static const TomoChoice *
find_chosen (TomoAnswers *self)
{
  TomoItem *item = tomo_answers_get_item (self);

  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    if (tomo_answers_is_chosen (self, tomo_item_get_choice (item, i)->id))
      return tomo_item_get_choice (item, i);

  return NULL;
}

static TomoVerdictKind
tomo_hotspot_answers_judge (TomoAnswers *self)
{
  const TomoChoice *chosen = find_chosen (self);

  return (chosen != NULL && chosen->is_correct) ? TOMO_VERDICT_RIGHT : TOMO_VERDICT_WRONG;
}

static TomoChoiceOutcome
get_outcome (const TomoChoice *choice, const TomoChoice *chosen)
{
  if (choice == chosen)
    return choice->is_correct ? TOMO_CHOICE_CHOSEN_RIGHT : TOMO_CHOICE_CHOSEN_WRONG;

  return choice->is_correct ? TOMO_CHOICE_MISSED : TOMO_CHOICE_LEFT;
}

static void
tomo_hotspot_answers_show_outcome (TomoAnswers *answers)
{
  static const char *const style_classes[] = {
    [TOMO_CHOICE_OPEN] = "open",
    [TOMO_CHOICE_CHOSEN_RIGHT] = "chosen-right",
    [TOMO_CHOICE_CHOSEN_WRONG] = "chosen-wrong",
    [TOMO_CHOICE_MISSED] = "missed",
    [TOMO_CHOICE_LEFT] = "left",
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (style_classes) == TOMO_N_CHOICE_OUTCOMES);
  TomoHotspotAnswers *self = TOMO_HOTSPOT_ANSWERS (answers);
  TomoItem *item = tomo_answers_get_item (answers);
  const TomoChoice *chosen = find_chosen (answers);

  for (unsigned int i = 0; i < self->choices->len; i++)
    {
      const TomoChoice *choice = tomo_item_get_choice (item, i);
      TomoChoiceOutcome outcome = get_outcome (choice, chosen);

      gtk_widget_set_sensitive (g_ptr_array_index (self->regions, i), FALSE);
      gtk_widget_add_css_class (g_ptr_array_index (self->regions, i), style_classes[outcome]);
      tomo_choice_button_show_outcome (g_ptr_array_index (self->choices, i), outcome, NULL,
                                       choice == chosen ? choice->feedback : NULL,
                                       tomo_answers_get_language (answers));
    }
}

static void
tomo_hotspot_answers_finalize (GObject *object)
{
  TomoHotspotAnswers *self = TOMO_HOTSPOT_ANSWERS (object);

  g_ptr_array_unref (self->regions);
  g_ptr_array_unref (self->choices);

  G_OBJECT_CLASS (tomo_hotspot_answers_parent_class)->finalize (object);
}

static void
tomo_hotspot_answers_class_init (TomoHotspotAnswersClass *klass)
{
  TomoAnswersClass *answers_class = TOMO_ANSWERS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tomo_hotspot_answers_finalize;
  answers_class->show = tomo_hotspot_answers_show;
  answers_class->get_hint = tomo_hotspot_answers_get_hint;
  answers_class->judge = tomo_hotspot_answers_judge;
  answers_class->show_outcome = tomo_hotspot_answers_show_outcome;
}

static void
tomo_hotspot_answers_init (TomoHotspotAnswers *self)
{
  self->regions = g_ptr_array_new ();
  self->choices = g_ptr_array_new ();
}
