/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at a page as a careful eye would: is every word there whole, is anything cut off, on top of
 * something else, or outside the screen, and does everything run the right way? No pictures are
 * compared: these properties hold in every language and on every screen, or they are broken. */

#include "tests/ui/tomo-layout-check.h"

#include <string.h>

#include "ui/tomo-i18n.h"
#include "ui/tomo-style.h"

/* Positions and paddings are rounded to whole pixels, each on its own. */
#define TOLERANCE_PX 3.0
#define MIN_TARGET_PX 44

typedef struct
{
  TomoStage *stage;
  const char *page;
  GtkTextDirection direction;
  gboolean is_too_wide; /* said once, not for each widget */
  unsigned int n_buttons;
  unsigned int n_defects;
} Check;

static char *
dup_path (GtkWidget *widget)
{
  GString *path = g_string_new (NULL);

  for (unsigned int depth = 0; widget != NULL && depth < 5;
       widget = gtk_widget_get_parent (widget), depth++)
    {
      g_auto(GStrv) names = gtk_widget_get_css_classes (widget);
      g_autofree char *classes = g_strjoinv (".", names);
      g_string_prepend (path, (depth > 0) ? " › " : "");
      g_string_prepend (path, classes);
      g_string_prepend (path, (classes[0] != '\0') ? "." : "");
      g_string_prepend (path, gtk_widget_get_name (widget));
    }
  return g_string_free (path, FALSE);
}

G_GNUC_PRINTF (3, 4)
static void
complain (Check *check, GtkWidget *widget, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *path = dup_path (widget);
  GtkWidget *window = GTK_WIDGET (check->stage->window);

  check->n_defects++;
  g_test_message ("%s, %s, %d×%d: %s: %s", check->page,
                  tomo_visit_get_language (check->stage->visit), gtk_widget_get_width (window),
                  gtk_widget_get_height (window), path, what);
}

/* The nearest thing above @widget that scrolls up and down, except for the window’s own, which
 * never should. */
static GtkWidget *
find_scroller (Check *check, GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *root = gtk_window_get_child (GTK_WINDOW (check->stage->window));

  return (scroller == root) ? NULL : scroller;
}

/* ---- Words ---- */

/* Of scripts that have spaces between words, and break nowhere else. */
static gboolean
is_spaced_letter (gunichar letter)
{
  static const GUnicodeScript scripts[] = {
    G_UNICODE_SCRIPT_ARABIC,     G_UNICODE_SCRIPT_BENGALI,  G_UNICODE_SCRIPT_CYRILLIC,
    G_UNICODE_SCRIPT_DEVANAGARI, G_UNICODE_SCRIPT_ETHIOPIC, G_UNICODE_SCRIPT_GREEK,
    G_UNICODE_SCRIPT_HEBREW,     G_UNICODE_SCRIPT_LATIN,    G_UNICODE_SCRIPT_TAMIL,
  };
  GUnicodeScript script = g_unichar_get_script (letter);

  for (size_t i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (script == scripts[i])
      return TRUE;

  return FALSE;
}

/* Whether a line ends inside a word of a script that has spaces between words. */
static gboolean
splits_word (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);

  for (int i = 1; i < pango_layout_get_line_count (layout); i++)
    {
      const PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      const char *at = text + line->start_index;
      if (at > text && is_spaced_letter (g_utf8_get_char (at)) &&
          is_spaced_letter (g_utf8_get_char (g_utf8_prev_char (at))))
        return TRUE;
    }

  return FALSE;
}

static void
check_label (Check *check, GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  GtkWidget *widget = GTK_WIDGET (label);
  int width = 0;
  int height = 0;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (gtk_label_get_ellipsize (label) != PANGO_ELLIPSIZE_NONE ||
      pango_layout_is_ellipsized (layout))
    complain (check, widget, "has an ellipsis");
  if (gtk_label_get_selectable (label))
    complain (check, widget, "can be selected");
  if (pango_layout_get_unknown_glyphs_count (layout) > 0)
    complain (check, widget, "lacks letters: %s", gtk_label_get_text (label));
  if (width > gtk_widget_get_width (widget) + TOLERANCE_PX)
    complain (check, widget, "words of %d px in %d px: %s", width, gtk_widget_get_width (widget),
              gtk_label_get_text (label));
  if (height > gtk_widget_get_height (widget) + TOLERANCE_PX)
    complain (check, widget, "lines of %d px in %d px: %s", height, gtk_widget_get_height (widget),
              gtk_label_get_text (label));
  if (!gtk_widget_has_css_class (widget, "address") && splits_word (layout))
    complain (check, widget, "a word is broken in two: %s", gtk_label_get_text (label));
}

/* ---- Places ---- */

static void
check_inside (Check *check, GtkWidget *widget)
{
  GtkWidget *window = GTK_WIDGET (check->stage->window);
  GtkWidget *scroller = find_scroller (check, widget);
  GtkWidget *frame = (scroller != NULL) ? scroller : window;
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, frame, &bounds) || bounds.size.width <= 0 ||
      GTK_IS_SCROLLBAR (widget))
    return;

  float right = bounds.origin.x + bounds.size.width;
  float bottom = bounds.origin.y + bounds.size.height;
  if (!check->is_too_wide &&
      (bounds.origin.x < -TOLERANCE_PX || right > gtk_widget_get_width (frame) + TOLERANCE_PX))
    complain (check, widget, "reaches from %.0f to %.0f in a width of %d", bounds.origin.x, right,
              gtk_widget_get_width (frame));
  if (scroller == NULL &&
      (bounds.origin.y < -TOLERANCE_PX || bottom > gtk_widget_get_height (frame) + TOLERANCE_PX))
    complain (check, widget, "reaches from %.0f to %.0f in a height of %d", bounds.origin.y, bottom,
              gtk_widget_get_height (frame));
}

static void
check_fits_parent (Check *check, GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  graphene_rect_t bounds;

  if (parent == NULL || GTK_IS_VIEWPORT (parent) || GTK_IS_SCROLLED_WINDOW (parent) ||
      GTK_IS_OVERLAY (parent) || GTK_IS_STACK (parent) || GTK_IS_WINDOW (parent) ||
      !gtk_widget_compute_bounds (widget, parent, &bounds))
    return;

  if (bounds.size.width > gtk_widget_get_width (parent) + TOLERANCE_PX ||
      bounds.size.height > gtk_widget_get_height (parent) + TOLERANCE_PX)
    complain (check, widget, "%.0f×%.0f does not fit into %d×%d: %s", bounds.size.width,
              bounds.size.height, gtk_widget_get_width (parent), gtk_widget_get_height (parent),
              GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "");
}

static gboolean
may_lie_on_others (GtkWidget *parent)
{
  return GTK_IS_OVERLAY (parent) || GTK_IS_STACK (parent) || GTK_IS_SCROLLED_WINDOW (parent) ||
         GTK_IS_FIXED (parent);
}

static void
check_siblings (Check *check, GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  graphene_rect_t mine;
  graphene_rect_t theirs;
  graphene_rect_t both;

  if (parent == NULL || may_lie_on_others (parent) ||
      !gtk_widget_compute_bounds (widget, parent, &mine))
    return;

  for (GtkWidget *other = gtk_widget_get_next_sibling (widget); other != NULL;
       other = gtk_widget_get_next_sibling (other))
    {
      if (gtk_widget_get_mapped (other) && gtk_widget_compute_bounds (other, parent, &theirs) &&
          graphene_rect_intersection (&mine, &theirs, &both) && both.size.width > TOLERANCE_PX &&
          both.size.height > TOLERANCE_PX)
        complain (check, widget, "lies on ‘%s’ by %.0f×%.0f", gtk_widget_get_name (other),
                  both.size.width, both.size.height);
    }
}

/* Goes down to what makes @widget as wide as it is. */
static GtkWidget *
find_widest (GtkWidget *widget)
{
  GtkWidget *widest = NULL;
  int most_px = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min_px = 0;
      if (!gtk_widget_get_visible (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_px, NULL, NULL, NULL);
      if (min_px > most_px)
        {
          most_px = min_px;
          widest = child;
        }
    }

  return (widest == NULL || GTK_IS_BUTTON (widget)) ? widget : find_widest (widest);
}

/* The window takes whatever size it is given; what is in it, or lies over it, may not need more. */
static void
check_window (Check *check)
{
  GtkWidget *window = GTK_WIDGET (check->stage->window);
  GtkWidget *overlay = gtk_window_get_child (GTK_WINDOW (window));

  while (GTK_IS_SCROLLED_WINDOW (overlay) || GTK_IS_VIEWPORT (overlay))
    overlay = gtk_widget_get_first_child (overlay);
  for (GtkWidget *child = gtk_widget_get_first_child (overlay); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int needed_px = 0;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &needed_px, NULL, NULL, NULL);
      if (needed_px <= gtk_widget_get_width (window))
        continue;
      complain (check, find_widest (child), "the page needs %d px of width", needed_px);
      check->is_too_wide = TRUE;
    }
}

/* ---- What can be touched ---- */

static void
check_button (Check *check, GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  graphene_rect_t bounds;

  check->n_buttons++;
  /* A region of a picture is as large as what it frames; the answer below it is the same. */
  if (!gtk_widget_has_css_class (widget, "region") &&
      gtk_widget_compute_bounds (widget, widget, &bounds) &&
      (bounds.size.width < MIN_TARGET_PX || bounds.size.height < MIN_TARGET_PX))
    complain (check, widget, "is %.0f×%.0f, too small to touch", bounds.size.width,
              bounds.size.height);
  /* From GTK 4.10 on a button with a text is named by the label in it. A screen reader must not say
   * the name of a class. */
  if (gtk_accessible_get_accessible_role (accessible) != GTK_ACCESSIBLE_ROLE_PRESENTATION &&
      !gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) &&
      !gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    complain (check, widget, "has no name for a screen reader");
}

/* ---- Direction ---- */

/* Text in another language, what an empty machine says in all of them, an address or a keypad may
 * run its own way. */
static gboolean
has_own_direction (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, TOMO_STYLE_LEFT_TO_RIGHT) ||
      gtk_widget_has_css_class (widget, "language-button") ||
      gtk_widget_has_css_class (widget, "notice") || gtk_widget_has_css_class (widget, "address") ||
      gtk_widget_has_css_class (widget, "command"))
    return TRUE;

  GtkWidget *parent = gtk_widget_get_parent (widget);
  return parent != NULL && has_own_direction (parent);
}

static void
check_direction (Check *check, GtkWidget *widget)
{
  if (gtk_widget_get_direction (widget) != check->direction && !has_own_direction (widget))
    complain (check, widget, "runs the wrong way");
}

static void
check_widget_cb (GtkWidget *widget, gpointer user_data)
{
  Check *check = user_data;

  if (GTK_IS_EDITABLE (widget))
    complain (check, widget, "can be typed into");
  if (!gtk_widget_get_mapped (widget) || widget == GTK_WIDGET (check->stage->window))
    return;

  check_inside (check, widget);
  check_fits_parent (check, widget);
  check_siblings (check, widget);
  if (GTK_IS_LABEL (widget))
    check_label (check, GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    check_button (check, widget);
  if (gtk_widget_is_ancestor (widget, GTK_WIDGET (tomo_window_get_page (check->stage->window))))
    check_direction (check, widget);
}

/* Looks at what is on @stage, says what is wrong with it in the log of the test, and returns how
 * many things that are. @page is for the log. */
unsigned int
tomo_layout_check (TomoStage *stage, const char *page)
{
  Check check = { stage, page, GTK_TEXT_DIR_LTR, FALSE, 0, 0 };

  if (tomo_i18n_is_rtl (tomo_visit_get_language (stage->visit)))
    check.direction = GTK_TEXT_DIR_RTL;
  g_assert_null (tomo_page_get_error (tomo_window_get_page (stage->window)));
  check_window (&check);
  tomo_stage_foreach (GTK_WIDGET (stage->window), check_widget_cb, &check);
  /* A machine without content has nothing to offer. */
  if (check.n_buttons == 0 && tomo_scene_has_content (stage->scene))
    complain (&check, GTK_WIDGET (stage->window), "there is nothing to touch");
  return check.n_defects;
}
