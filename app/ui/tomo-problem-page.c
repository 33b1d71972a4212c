/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-problem-page.h"

#include "ui/tomo-clamp.h"
#include "ui/tomo-heading.h"
#include "ui/tomo-problem.h"

struct _TomoProblemPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  TomoHeading *words;
};

G_DEFINE_TYPE (TomoProblemPage, tomo_problem_page, TOMO_TYPE_PAGE)

static void
tomo_problem_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_PROBLEM_PAGE);

  G_OBJECT_CLASS (tomo_problem_page_parent_class)->dispose (object);
}

static void
tomo_problem_page_class_init (TomoProblemPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tomo_problem_page_dispose;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-problem-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoProblemPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoProblemPage, words);
}

static void
tomo_problem_page_init (TomoProblemPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_first_focus (TOMO_PAGE (self), GTK_WIDGET (self->words));
}

/**
 * tomo_problem_page_show:
 * @self: a page
 * @error: why another page could not be built
 */
void
tomo_problem_page_show (TomoProblemPage *self, const GError *error)
{
  g_return_if_fail (TOMO_IS_PROBLEM_PAGE (self));
  tomo_heading_set_text (self->words, tomo_problem_get_words (error));
}
