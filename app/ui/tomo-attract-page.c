/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-attract-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-greeting.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-icon.h"
#include "ui/tomo-language-button.h"
#include "ui/tomo-light.h"
#include "ui/tomo-picture-view.h"
#include "ui/tomo-style.h"
#include "ui/tomo-tile-grid.h"

/* More than these would be a list to search, not a choice at one glance. */
#define MAX_LANGUAGES 8

/* Slow enough to read a greeting and a title, and for the slides to take little of a processor. */
#define GREETING_SECS 6

/* Where a screen is not high the words need the room. */
#define COMPACT_LOGO_HEIGHT_REM 2.5
#define COMPACT_TILE_WIDTH_REM 7.5
#define COMPACT_GAP_REM 0.75

struct _TomoAttractPage
{
  TomoPage parent_instance;

  GtkBox *split;
  GtkOverlay *panel;
  TomoLight *light;
  TomoPictureView *logo;
  GtkStack *greetings;
  GtkScrolledWindow *scroller;
  TomoTileGrid *grid;
  GtkWidget *pause;
  GtkImage *pause_icon;
  GtkLabel *pause_words;
  GSource *greeting_source;                  /* (owned) (nullable): none while nothing moves */
  char **languages;                          /* (owned) (not nullable) */
  TomoGreeting *greetings_of[MAX_LANGUAGES]; /* not owned; none before its turn */
  unsigned int n_shown;
  unsigned int greeting;
  unsigned int n_turns; /* how often the greetings have come round */
  gboolean is_paused;
};

G_DEFINE_TYPE (TomoAttractPage, tomo_attract_page, TOMO_TYPE_PAGE)

static TomoIndex *
load_index (TomoAttractPage *self, const char *language)
{
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  TomoIndex *current = tomo_scene_get_index (scene);

  if (current != NULL && g_strcmp0 (tomo_index_get_language (current), language) == 0)
    return tomo_index_ref (current);

  g_autoptr(GError) error = NULL;
  TomoIndex *index = tomo_library_load_index (tomo_scene_get_library (scene), language, &error);
  if (index == NULL)
    g_debug ("a greeting without a teaser: %s", error->message);
  return index;
}

/* The title of a tip, another one each day and each time the greeting comes round. What is
 * sensitive is not among the tips that are counted. */
static char *
dup_teaser (TomoAttractPage *self, TomoIndex *index)
{
  size_t n_tips = tomo_index_count_all (index).n_tips;
  if (n_tips == 0)
    return NULL;

  uint32_t day = tomo_scene_get_day (tomo_page_get_scene (TOMO_PAGE (self)));
  size_t nth = (day + self->n_turns) % n_tips;
  for (size_t i = 0; i < tomo_index_get_n_topics (index); i++)
    {
      TomoIndexTopic topic = tomo_index_get_topic (index, i);
      TomoIndexEntry entry;
      if (nth < topic.n_tips)
        return tomo_index_get_entry (index, topic.first_tip + nth, &entry) ? g_strdup (entry.title)
                                                                           : NULL;
      nth -= topic.n_tips;
    }

  return NULL;
}

/* Makes the greeting whose turn it is, if need be, and finds a teaser for it. Not before: the first
 * frame waits for no other language’s letters. */
static void
prepare_greeting (TomoAttractPage *self)
{
  const char *language = self->languages[self->greeting];
  TomoGreeting **greeting = &self->greetings_of[self->greeting];

  if (*greeting == NULL)
    {
      TomoCampaign *campaign = tomo_scene_get_campaign (tomo_page_get_scene (TOMO_PAGE (self)));
      *greeting = TOMO_GREETING (tomo_greeting_new (
          (campaign != NULL) ? tomo_campaign_get_name (campaign, language) : "", language));
      gtk_stack_add_named (self->greetings, GTK_WIDGET (*greeting), language);
    }

  g_autoptr(TomoIndex) index = load_index (self, language);
  g_autofree char *title = (index != NULL) ? dup_teaser (self, index) : NULL;
  tomo_greeting_set_teaser (*greeting, title);
}

/* Where greetings are at rest; while one slides in, its own bounds are elsewhere. */
static double
get_top_px (TomoAttractPage *self, GtkOverlay *panel)
{
  graphene_point_t top = GRAPHENE_POINT_INIT (0, 0);
  gboolean has_place = gtk_widget_compute_point (GTK_WIDGET (self->greetings), GTK_WIDGET (panel),
                                                 &GRAPHENE_POINT_INIT (0, 0), &top);

  return has_place ? top.y : 0.0;
}

/* As high as the width of the panel asks for. GtkOverlay would ask for the height of the longest
 * line, and then have to cut off what was wrapped. */
static void
allocate_greetings (TomoAttractPage *self, GdkRectangle *allocation, int top_px, GtkOverlay *panel)
{
  *allocation = (GdkRectangle){ .y = top_px, .width = gtk_widget_get_width (GTK_WIDGET (panel)) };
  gtk_widget_measure (GTK_WIDGET (self->greetings), GTK_ORIENTATION_VERTICAL, allocation->width,
                      NULL, &allocation->height, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self->greetings), allocation, -1);
}

/* The button, if there is one, and the flames lie below the words. For long ones first the teaser
 * goes, and then the logo above them; the light stays below what is left. */
static void
place_greetings (TomoAttractPage *self, GdkRectangle *allocation, GtkOverlay *panel)
{
  int logo_px = 0;
  int pause_px = 0;

  /* Of what is not shown either is nothing. */
  gtk_widget_measure (GTK_WIDGET (self->logo), GTK_ORIENTATION_VERTICAL, -1, NULL, &logo_px, NULL,
                      NULL);
  gtk_widget_measure (self->pause, GTK_ORIENTATION_VERTICAL, -1, NULL, &pause_px, NULL, NULL);
  allocate_greetings (self, allocation, logo_px, panel);
  if (self->n_shown == 0)
    return;

  TomoGreeting *greeting = self->greetings_of[self->greeting];
  int panel_px = gtk_widget_get_height (GTK_WIDGET (panel));
  double end_px = panel_px - pause_px;
  double top_px = get_top_px (self, panel);
  if (top_px + tomo_greeting_get_words_px (greeting) > end_px ||
      allocation->y + allocation->height > panel_px)
    {
      allocate_greetings (self, allocation, 0, panel);
      top_px -= logo_px;
    }
  gtk_widget_set_child_visible (GTK_WIDGET (self->logo), allocation->y > 0);
  tomo_light_keep_above (self->light, pause_px > 0 ? (int) end_px : 0);
  double teaser_end_px = MIN (end_px, tomo_light_get_free_px (self->light));
  int shown_px = tomo_greeting_fit (greeting, (int) (teaser_end_px - top_px));
  tomo_light_keep_below (self->light, (int) top_px + shown_px);
}

static gboolean
place_over_light_cb (TomoAttractPage *self,
                     GtkWidget *widget,
                     GdkRectangle *allocation,
                     GtkOverlay *panel)
{
  if (widget != GTK_WIDGET (self->greetings))
    return FALSE;

  place_greetings (self, allocation, panel);
  return TRUE;
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
  gtk_box_append (GTK_BOX (box), tomo_icon_image_new ("tomo-language-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (number));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "visit.languages");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: read aloud for a button that shows a symbol */
                                  _("More languages"), -1);
  tomo_tile_grid_append (self->grid, button);
}

/* The button speaks the language of the greeting above it. */
static void
update_pause (TomoAttractPage *self)
{
  const char *language = self->languages[self->greeting];
  const char *words =
      /* Translators: button on the start screen, where greetings in several languages slide by */
      self->is_paused ? tomo_i18n_lookup (language, NULL, N_("Go on moving"))
                      /* Translators: button on the start screen, where greetings in several
                       * languages slide by */
                      : tomo_i18n_lookup (language, NULL, N_("Stop moving"));

  tomo_icon_show (self->pause_icon, self->is_paused ? "tomo-play-symbolic" : "tomo-pause-symbolic");
  gtk_label_set_text (self->pause_words, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  tomo_style_set_language (self->pause, language);
}

static gboolean
next_greeting_cb (gpointer user_data)
{
  tomo_attract_page_turn (user_data);
  return G_SOURCE_CONTINUE;
}

static void
stop_greetings (TomoAttractPage *self)
{
  if (self->greeting_source != NULL)
    g_source_destroy (self->greeting_source);
  g_clear_pointer (&self->greeting_source, g_source_unref);
}

/* Who asks for less motion gets a still screen, and has nothing to stop. */
static gboolean
may_move (TomoAttractPage *self)
{
  gboolean is_animated = FALSE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &is_animated,
                NULL);
  return is_animated && self->n_shown > 0;
}

static void
start_greetings (TomoAttractPage *self)
{
  stop_greetings (self);
  gtk_widget_set_visible (self->pause, may_move (self));
  if (self->is_paused || !may_move (self))
    return;

  self->greeting_source = g_timeout_source_new_seconds (GREETING_SECS);
  g_source_set_name (self->greeting_source, "tomo-attract-greeting");
  g_source_set_callback (self->greeting_source, next_greeting_cb, self, NULL);
  g_source_attach (self->greeting_source, NULL);
}

static void
pause_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  TomoAttractPage *self = TOMO_ATTRACT_PAGE (widget);

  self->is_paused = !self->is_paused;
  update_pause (self);
  start_greetings (self);
}

static void
tomo_attract_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tomo_attract_page_parent_class)->map (widget);

  start_greetings (TOMO_ATTRACT_PAGE (widget));
}

static void
tomo_attract_page_unmap (GtkWidget *widget)
{
  stop_greetings (TOMO_ATTRACT_PAGE (widget));

  GTK_WIDGET_CLASS (tomo_attract_page_parent_class)->unmap (widget);
}

/* On a small screen at arm's length letters are large, and half of its width holds few of them;
 * nevertheless all six to eight languages are seen at once, in two columns. */
static void
fit_small_screen (TomoAttractPage *self)
{
  g_object_set (self->logo, "height", COMPACT_LOGO_HEIGHT_REM, NULL);
  g_object_set (self->grid, "min-tile-width", COMPACT_TILE_WIDTH_REM, "gap", COMPACT_GAP_REM, NULL);
}

static void
show_logo (TomoAttractPage *self)
{
  TomoScene *scene = tomo_page_get_scene (TOMO_PAGE (self));
  TomoCampaign *campaign = tomo_scene_get_campaign (scene);

  tomo_picture_view_show_ornament (self->logo,
                                   (campaign != NULL) ? tomo_campaign_get_logo (campaign) : NULL);
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
  if (self->n_shown == 0)
    return;

  prepare_greeting (self);
  gtk_stack_set_visible_child_full (self->greetings, self->languages[self->greeting],
                                    GTK_STACK_TRANSITION_TYPE_NONE);
  update_pause (self);
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
    add_language_button (self, self->languages[i]);
  if (n_languages > n_buttons)
    add_more_button (self, n_languages - n_buttons);
  if (tomo_scene_get_layout (scene) == TOMO_LAYOUT_COMPACT)
    fit_small_screen (self);
  show_logo (self);
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

  gtk_widget_class_install_action (widget_class, "attract.pause", NULL, pause_cb);

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_LIGHT);
  g_type_ensure (TOMO_TYPE_PICTURE_VIEW);
  g_type_ensure (TOMO_TYPE_TILE_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-attract-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, split);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, panel);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, light);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, logo);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, greetings);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, grid);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, pause);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, pause_icon);
  gtk_widget_class_bind_template_child (widget_class, TomoAttractPage, pause_words);
}

static void
tomo_attract_page_init (TomoAttractPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->panel, "get-child-position", G_CALLBACK (place_over_light_cb),
                            self);
}

/**
 * tomo_attract_page_turn:
 * @self: a page
 *
 * Lets the next language greet. The page does this by itself, every few seconds.
 */
void
tomo_attract_page_turn (TomoAttractPage *self)
{
  g_return_if_fail (TOMO_IS_ATTRACT_PAGE (self));

  if (self->n_shown == 0)
    return;

  self->greeting = (self->greeting + 1) % self->n_shown;
  if (self->greeting == 0)
    self->n_turns++;
  prepare_greeting (self);
  gtk_stack_set_visible_child_name (self->greetings, self->languages[self->greeting]);
  update_pause (self);
}

/**
 * tomo_attract_page_is_moving:
 * @self: a page
 *
 * Returns: whether greetings take turns
 */
gboolean
tomo_attract_page_is_moving (TomoAttractPage *self)
{
  g_return_val_if_fail (TOMO_IS_ATTRACT_PAGE (self), FALSE);
  return self->greeting_source != NULL;
}
