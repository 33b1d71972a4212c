/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-empty-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tomo-clamp.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-style.h"
#include "ui/tomo-text-label.h"

struct _TomoEmptyPage
{
  TomoPage parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox *main;
  GtkBox *left;
  GtkBox *right;
  GtkLabel *command;
};

G_DEFINE_TYPE (TomoEmptyPage, tomo_empty_page, TOMO_TYPE_PAGE)

/* Whether there is content, but all of it has expired and is hidden. */
static gboolean
is_hidden (TomoEmptyPage *self)
{
  TomoLibrary *library = tomo_scene_get_library (tomo_page_get_scene (TOMO_PAGE (self)));

  return library != NULL && tomo_library_get_hidden (library)[0] != NULL;
}

/* What the page says, in one language; NULL if the program does not say it in that language. */
static GtkWidget *
new_notice (TomoEmptyPage *self, const char *language)
{
  /* Translators: for operators, on a machine that has no content yet */
  const char *title = N_("Nothing to show yet");
  /* Translators: for operators, on a machine that has no content yet; the two commands stand
   * above this sentence */
  const char *words = N_("Please add a campaign and fetch its content. This screen changes by "
                          "itself as soon as content has arrived.");
  if (is_hidden (self))
    {
      /* Translators: title, on a machine that hides content when it is too old, and has no other */
      title = N_("What was here is too old to be shown");
      /* Translators: below “What was here is too old to be shown”; a command for operators stands
       * above it */
      words = N_("This screen changes by itself as soon as newer content has arrived.");
    }
  const char *translated = tomo_i18n_lookup (language, NULL, words);
  if (translated == g_intern_string (words) && !g_str_has_prefix (language, "en"))
    return NULL;

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title_label = tomo_text_label_new (tomo_i18n_lookup (language, NULL, title));
  GtkWidget *words_label = tomo_text_label_new (translated);

  gtk_widget_set_name (box, language);
  gtk_widget_add_css_class (box, "notice");
  gtk_widget_add_css_class (title_label, "notice-title");
  gtk_box_append (GTK_BOX (box), title_label);
  gtk_box_append (GTK_BOX (box), words_label);
  return box;
}

/* Large, on a card: the language of the machine, and English. */
static void
add_main_notice (TomoEmptyPage *self, const char *language)
{
  GtkWidget *notice = new_notice (self, language);
  if (notice == NULL)
    return;

  gtk_widget_add_css_class (notice, "card");
  gtk_widget_add_css_class (notice, "main-notice");
  gtk_box_append (self->main, notice);
  tomo_style_set_language (notice, language);
}

/* All others below it, small and in columns, so that the page stays calm with thirty of them. */
static void
add_other_notice (TomoEmptyPage *self, const char *language, unsigned int number)
{
  GtkWidget *notice = new_notice (self, language);
  if (notice == NULL)
    return;

  gtk_box_append ((number % 2 == 0) ? self->left : self->right, notice);
  tomo_style_set_language (notice, language);
}

static void
tomo_empty_page_constructed (GObject *object)
{
  TomoEmptyPage *self = TOMO_EMPTY_PAGE (object);
  const char *const *languages = tomo_i18n_get_languages ();
  const char *own = tomo_visit_get_language (tomo_page_get_visit (TOMO_PAGE (self)));
  unsigned int n_others = 0;

  G_OBJECT_CLASS (tomo_empty_page_parent_class)->constructed (object);

  tomo_page_set_scroller (TOMO_PAGE (self), self->scroller);
  tomo_page_set_listen_place (TOMO_PAGE (self), GTK_WIDGET (self->command));
  tomo_style_set_language (GTK_WIDGET (self->command), "en");
  if (is_hidden (self))
    gtk_label_set_text (self->command, "tomoctl sync");
  if (!g_str_equal (own, "en"))
    add_main_notice (self, own);
  add_main_notice (self, "en");
  for (unsigned int i = 0; languages[i] != NULL; i++)
    if (!g_str_equal (languages[i], "en") && !g_str_equal (languages[i], own))
      add_other_notice (self, languages[i], n_others++);
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
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/tomoshibi/Tomoshibi/tomo-empty-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TomoEmptyPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, TomoEmptyPage, main);
  gtk_widget_class_bind_template_child (widget_class, TomoEmptyPage, left);
  gtk_widget_class_bind_template_child (widget_class, TomoEmptyPage, right);
  gtk_widget_class_bind_template_child (widget_class, TomoEmptyPage, command);
}

static void
tomo_empty_page_init (TomoEmptyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
