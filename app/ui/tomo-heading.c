/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-heading.h"

#include "ui/tomo-text-label.h"
#include "ui/tomo-width-layout.h"

struct _TomoHeading
{
  GtkWidget parent_instance;

  GtkWidget *label; /* (owned) */
};

G_DEFINE_TYPE (TomoHeading, tomo_heading, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TEXT = 1,
  PROP_JUSTIFY,
} TomoHeadingProperty;

static GParamSpec *props[PROP_JUSTIFY + 1] = { NULL };

static void
tomo_heading_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  TomoHeading *self = TOMO_HEADING (object);

  switch ((TomoHeadingProperty) property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, tomo_heading_get_text (self));
      break;
    case PROP_JUSTIFY:
      g_value_set_enum (value, gtk_label_get_justify (GTK_LABEL (self->label)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
set_justify (TomoHeading *self, GtkJustification justify)
{
  gtk_label_set_justify (GTK_LABEL (self->label), justify);
  gtk_label_set_xalign (GTK_LABEL (self->label), (justify == GTK_JUSTIFY_CENTER) ? 0.5 : 0.0);
}

static void
tomo_heading_set_property (GObject *object,
                           guint property_id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  TomoHeading *self = TOMO_HEADING (object);

  switch ((TomoHeadingProperty) property_id)
    {
    case PROP_TEXT:
      tomo_heading_set_text (self, g_value_get_string (value));
      break;
    case PROP_JUSTIFY:
      set_justify (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_heading_dispose (GObject *object)
{
  g_clear_pointer (&TOMO_HEADING (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (tomo_heading_parent_class)->dispose (object);
}

static void
tomo_heading_class_init (TomoHeadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tomo_heading_get_property;
  object_class->set_property = tomo_heading_set_property;
  object_class->dispose = tomo_heading_dispose;

  /**
   * TomoHeading:text:
   *
   * What it says, never %NULL.
   */
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);

  /**
   * TomoHeading:justify:
   *
   * How its lines stand under each other.
   */
  props[PROP_JUSTIFY] =
      g_param_spec_enum ("justify", NULL, NULL, GTK_TYPE_JUSTIFICATION, GTK_JUSTIFY_LEFT, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  gtk_widget_class_set_css_name (widget_class, "heading");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_widget_class_set_layout_manager_type (widget_class, TOMO_TYPE_WIDTH_LAYOUT);
}

static void
tomo_heading_init (TomoHeading *self)
{
  self->label = tomo_text_label_new ("");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

static void
update_name (TomoHeading *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tomo_heading_get_text (self), -1);
}

/**
 * tomo_heading_set_text:
 * @self: a heading
 * @text: what it says
 */
void
tomo_heading_set_text (TomoHeading *self, const char *text)
{
  g_return_if_fail (TOMO_IS_HEADING (self));

  tomo_text_label_set_title (GTK_LABEL (self->label), text);
  update_name (self);
}

/**
 * tomo_heading_set_runs:
 * @self: a heading
 * @text: a paragraph of an item
 * @language: the item's language
 */
void
tomo_heading_set_runs (TomoHeading *self, TomoText *text, const char *language)
{
  g_return_if_fail (TOMO_IS_HEADING (self));

  tomo_text_label_set_runs (GTK_LABEL (self->label), text, language);
  update_name (self);
}

const char *
tomo_heading_get_text (TomoHeading *self)
{
  g_return_val_if_fail (TOMO_IS_HEADING (self), "");
  return gtk_label_get_text (GTK_LABEL (self->label));
}
