/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-attract-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-language-button.h"
#include "ui/tomo-light.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"
#include "ui/tomo-tile-grid.h"

/* More than these would be a list to search, not a choice at one glance. */
#define MAX_LANGUAGES 8

#define GREETING_SECS 4

struct _TomoAttractPage
{
  TomoPage parent_instance;

  GtkBox *split;
  GtkStack *greetings;
  GtkScrolledWindow *scroller;
  TomoTileGrid *grid;
  GSource *greeting_source; /* (owned) (nullable) */
  char **languages;         /* (owned) (not nullable) */
  unsigned int n_shown;
  unsigned int greeting;
};

G_DEFINE_TYPE (TomoAttractPage, tomo_attract_page, TOMO_TYPE_PAGE)

static void
add_greeting (TomoAttractPage *self, const char *language)
{
  TomoCampaign *campaign = tomo_scene_get_campaign (tomo_page_get_scene (TOMO_PAGE (self)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name =
      tomo_text_label_new ((campaign != NULL) ? tomo_campaign_get_name (campaign, language) : "");
  /* Translators: on the start screen, above buttons with the names of languages; each language
   * takes its turn */
  const char *msgid = N_("Touch your language to begin");
  GtkWidget *call = tomo_text_label_new (tomo_i18n_lookup (language, NULL, msgid));

  gtk_widget_add_css_class (box, "greeting");
  gtk_widget_add_css_class (name, "greeting-name");
  gtk_widget_add_css_class (call, "greeting-call");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), call);
  tomo_style_set_language (box, language);
  gtk_stack_add_named (self->greetings, box, language);
}

static void
add_language_button (TomoAttractPage *self, const char *tag)
{
  GtkWidget *button = tomo_language_button_new (tag, "visit.begin");

  tomo_tile_grid_append (self->grid, button);
  if (self->n_shown == 0)
    tomo_page_set_first_focus (TOMO_PAGE (self), button);
  self->n_shown++;
}

/* The usual symbol and a number: understood without a word of any language. A screen reader says
 * the words in the default language. */
static void
add_more_button (TomoAttractPage *self, unsigned int n_more)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *number = g_strdup_printf ("+%u", n_more);

  gtk_widget_add_css_class (button, "language-button");
  gtk_widget_add_css_class (button, "more-languages");
  gtk_widget_set_name (button, "more-languages");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box),
                  g_object_new (GTK_TYPE_IMAGE, "icon-name", "tomo-language-symbolic",
                                "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), gtk_label_new (number));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "visit.languages");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: read aloud for a button that shows a symbol */
                                  _("More languages"), -1);
  tomo_tile_grid_append (self->grid, button);
}

static gboolean
next_greeting_cb (gpointer user_data)
{
  TomoAttractPage *self = user_data;

  if (self->n_shown > 1)
    self->greeting = (self->greeting + 1) % self->n_shown;
  gtk_stack_set_visible_child_name (self->greetings, self->languages[self->greeting]);
  return G_SOURCE_CONTINUE;
}

static void
stop_greetings (TomoAttractPage *self)
{
  if (self->greeting_source != NULL)
    g_source_destroy (self->greeting_source);
  g_clear_pointer (&self->greeting_source, g_source_unref);
}

static void
tomo_attract_page_map (GtkWidget *widget)
{
  TomoAttractPage *self = TOMO_ATTRACT_PAGE (widget);

  GTK_WIDGET_CLASS (tomo_attract_page_parent_class)->map (widget);

  stop_greetings (self);
  self->greeting_source = g_timeout_source_new_seconds (GREETING_SECS);
  g_source_set_name (self->greeting_source, "tomo-attract-greeting");
  g_source_set_callback (self->greeting_source, next_greeting_cb, self, NULL);
  g_source_attach (self->greeting_source, NULL);
}

static void
tomo_attract_page_unmap (GtkWidget *widget)
{
  stop_greetings (TOMO_ATTRACT_PAGE (widget));

  GTK_WIDGET_CLASS (tomo_attract_page_parent_class)->unmap (widget);
}

/* A school's desktop greets in its own language first. */
static void
show_first_greeting (TomoAttractPage *self)
{
  const char *language = tomo_visit_get_language (tomo_page_get_visit (TOMO_PAGE (self)));

  for (unsigned int i = 0; i < self->n_shown; i++)
    {
      if (g_strcmp0 (self->languages[i], language) == 0)
        self->greeting = i;
    }
  if (self->n_shown > 0)
    gtk_stack_set_visible_child_full (self->greetings, self->languages[self->greeting],
                                      GTK_STACK_TRANSITION_TYPE_NONE);
}

static void
tomo_attract_page_constructed (GObject *object)
{
  TomoAttractPage *self = TOMO_ATTRACT_PAGE (object);
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));

  G_OBJECT_CLASS (tomo_attract_page_parent_class)->constructed (object);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->split), tomo_page_is_wide (TOMO_PAGE (self))
                                                                    ? GTK_ORIENTATION_HORIZONTAL
                                                                    : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (self->split, tomo_page_is_wide (TOMO_PAGE (self)));
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);

  self->languages = tomo_scene_dup_languages (scene);
  unsigned int n_languages = g_strv_length (self->languages);
  unsigned int n_buttons = (n_languages <= MAX_LANGUAGES) ? n_languages : MAX_LANGUAGES - 1;
  for (unsigned int i = 0; i < n_buttons; i++)
    {
      add_greeting (self, self->languages[i]);
      add_language_button (self, self->languages[i]);
    }
  if (n_languages > n_buttons)
    add_more_button (self, n_languages - n_buttons);
  show_first_greeting (self);
}

static void
tomo_attract_page_dispose (GObject *object)
{
  TomoAttractPage *self = TOMO_ATTRACT_PAGE (object);

  stop_greetings (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), TOMO_TYPE_ATTRACT_PAGE);

  G_OBJECT_CLASS (tomo_attract_page_parent_class)->dispose (object);
}

static void
tomo_attract_page_finalize (GObject *object)
{
  TomoAttractPage *self = TOMO_ATTRACT_PAGE (object);

  g_clear_pointer (&self->languages, g_strfreev);

  G_OBJECT_CLASS (tomo_attract_page_parent_class)->finalize (object);
}

static void
tomo_attract_page_class_init (TomoAttractPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_attract_page_constructed;
  object_class->dispose = tomo_attract_page_dispose;
  object_class->finalize = tomo_attract_page_finalize;
  widget_class->map = tomo_attract_page_map;
  widget_class->unmap = tomo_attract_page_unmap;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_LIGHT);
  g_type_ensure (TOMO_TYPE_TILE_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-attract-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, greetings);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, grid);
}

static void
tomo_attract_page_init (TomoAttractPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
