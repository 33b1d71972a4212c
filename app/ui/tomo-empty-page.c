/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-empty-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"
#include "ui/tomo-tile-grid.h"

struct _TomoEmptyPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  TomoTileGrid *grid;
  GtkWidget *command;
};

G_DEFINE_TYPE (TomoEmptyPage, tomo_empty_page, TOMO_TYPE_PAGE)

static void
add_notice (TomoEmptyPage *self, const char *language)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = tomo_text_label_new (
      /* Translators: for operators, on a machine that has no content yet */
      tomo_i18n_lookup (language, NULL, N_("Nothing to show yet")));
  GtkWidget *words = tomo_text_label_new (tomo_i18n_lookup (
      language, NULL,
      /* Translators: for operators, on a machine that has no content yet; the two commands stand
       * below this sentence */
      N_("Please add a campaign and fetch its content. This screen changes by itself as soon as "
          "content has arrived.")));

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "notice");
  gtk_widget_add_css_class (title, "title-2");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), words);
  tomo_style_set_language (box, language);
  tomo_tile_grid_append (self->grid, box);
}

static void
tomo_empty_page_constructed (GObject *object)
{
  TomoEmptyPage *self = TOMO_EMPTY_PAGE (object);
  const char *const *languages = tomo_i18n_get_languages ();

  G_OBJECT_CLASS (tomo_empty_page_parent_class)->constructed (object);

  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_style_set_language (self->command, "en");
  for (unsigned int i = 0; languages[i] != NULL; i++)
    add_notice (self, languages[i]);
}

static void
tomo_empty_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), TOMO_TYPE_EMPTY_PAGE);

  G_OBJECT_CLASS (tomo_empty_page_parent_class)->dispose (object);
}

static void
tomo_empty_page_class_init (TomoEmptyPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = tomo_empty_page_constructed;
  object_class->dispose = tomo_empty_page_dispose;

  g_type_ensure (TOMO_TYPE_CLAMP);
  g_type_ensure (TOMO_TYPE_TILE_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-empty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoEmptyPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoEmptyPage, grid);
  gtk_widget_class_bind_template_child (widget_class, TomoEmptyPage, command);
}

static void
tomo_empty_page_init (TomoEmptyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
