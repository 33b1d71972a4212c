/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-age-mark.h"

#define DAY_SECS ((int64_t) 24 * 60 * 60)
#define N_DOTS 3

struct _TomoAgeMark
{
  GtkWidget parent_instance;

  GtkWidget *dots[N_DOTS];
};

G_DEFINE_TYPE (TomoAgeMark, tomo_age_mark, GTK_TYPE_WIDGET)

static void
tomo_age_mark_dispose (GObject *object)
{
  TomoAgeMark *self = TOMO_AGE_MARK (object);

  for (unsigned int i = 0; i < N_DOTS; i++)
    g_clear_pointer (&self->dots[i], gtk_widget_unparent);

  G_OBJECT_CLASS (tomo_age_mark_parent_class)->dispose (object);
}

static void
tomo_age_mark_class_init (TomoAgeMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_age_mark_dispose;
  gtk_widget_class_set_css_name (widget_class, "agemark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
tomo_age_mark_init (TomoAgeMark *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  for (unsigned int i = 0; i < N_DOTS; i++)
    {
      self->dots[i] = g_object_new (GTK_TYPE_BOX, "css-name", "dot", "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_set_parent (self->dots[i], GTK_WIDGET (self));
    }
}

/**
 * tomo_age_mark_new:
 *
 * Returns: (transfer floating): a mark that says nothing yet
 */
GtkWidget *
tomo_age_mark_new (void)
{
  return g_object_new (TOMO_TYPE_AGE_MARK, "name", "age", NULL);
}

/**
 * tomo_age_mark_count_dots:
 * @age_secs: how long ago content was fetched
 *
 * Returns: how many dots say so: one to a week, two to a month of thirty days, three beyond
 */
unsigned int
tomo_age_mark_count_dots (int64_t age_secs)
{
  if (age_secs <= 7 * DAY_SECS)
    return 1;

  return (age_secs <= 30 * DAY_SECS) ? 2 : 3;
}

/**
 * tomo_age_mark_set_fetched:
 * @self: a mark
 * @fetched_secs: when content was fetched, in seconds since 1970; 0 if there is none
 *
 * Compares with the clock of the machine.
 */
void
tomo_age_mark_set_fetched (TomoAgeMark *self, int64_t fetched_secs)
{
  g_return_if_fail (TOMO_IS_AGE_MARK (self));

  int64_t age_secs = g_get_real_time () / G_USEC_PER_SEC - fetched_secs;
  unsigned int n_dots = (fetched_secs > 0) ? tomo_age_mark_count_dots (age_secs) : 0;
  for (unsigned int i = 0; i < N_DOTS; i++)
    gtk_widget_set_visible (self->dots[i], i < n_dots);
}
