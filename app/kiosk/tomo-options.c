/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-options.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <openssl/crypto.h>
#include <stdio.h>

#include "core/content/tomo-language.h"
#include "ui/tomo-i18n.h"

#define MIN_SIZE_PX 320
#define MAX_SIZE_PX 16384

static gboolean
parse_size (const char *size, TomoOptions *options, GError **error)
{
  char rest = '\0';

  if (sscanf (size, "%5dx%5d%c", &options->width_px, &options->height_px, &rest) == 2 &&
      options->width_px >= MIN_SIZE_PX && options->width_px <= MAX_SIZE_PX &&
      options->height_px >= MIN_SIZE_PX && options->height_px <= MAX_SIZE_PX)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "‘%s’ is not a size; write for example --size 1920x1080", size);
  return FALSE;
}

static gboolean
check_options (const TomoOptions *options, GError **error)
{
  if (options->is_kiosk && options->preview != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--preview shows what nobody has signed, so it does not go with "
                           "--kiosk; leave one of them out");
      return FALSE;
    }
  if (options->screens != NULL && options->preview == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--screens goes with --preview only; see tomopress pack screens");
      return FALSE;
    }
  if (options->language != NULL && tomo_language_find (options->language) == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "‘%s’ is not a language tag this program knows; write for example "
                   "--language th",
                   options->language);
      return FALSE;
    }

  return TRUE;
}

static GOptionContext *
new_context (TomoOptions *options, char **size, char ***rest)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "kiosk", 0, 0, G_OPTION_ARG_NONE, &options->is_kiosk,
      /* Translators: help on an option of the command line */
      N_("Fill the screen, with no way out for visitors"), NULL },
    { "no-cursor", 0, 0, G_OPTION_ARG_NONE, &options->hides_cursor,
      /* Translators: help on an option of the command line: for touch screens */
      N_("Hide the mouse pointer"), NULL },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options->store,
      /* Translators: help on an option of the command line: the folder of the verified content */
      N_("Read content from the store in DIR"),
      /* Translators: stands for the name of a folder in help on the command line */
      N_("DIR") },
    { "campaign", 0, 0, G_OPTION_ARG_STRING, &options->campaign,
      /* Translators: help on an option of the command line */
      N_("Show the campaign NAME"),
      /* Translators: stands for the name of a campaign, in help on the command line */
      N_("NAME") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language,
      /* Translators: help on an option of the command line */
      N_("Begin in the language TAG"),
      /* Translators: stands for a language tag such as pt-BR, in help on the command line */
      N_("TAG") },
    { "preview", 0, 0, G_OPTION_ARG_FILENAME, &options->preview,
      /* Translators: help on an option of the command line: for authors and translators */
      N_("Show packs that were built in DIR and that nobody has signed"),
      /* Translators: stands for the name of a folder in help on the command line */
      N_("DIR") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->wants_version,
      /* Translators: help on an option of the command line */
      N_("Print the version of the program and of its libraries"), NULL },
    { "screens", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options->screens, NULL, NULL },
    { "size", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, size, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, rest, NULL, NULL },
    { NULL },
  };
  /* clang-format on */

  GOptionContext *context = g_option_context_new (NULL);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context,
                                /* Translators: what the program tomoshibi does, in its --help */
                                N_("Shows tips and quizzes about safety on the internet."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

/**
 * tomo_options_parse:
 * @arguments: (array zero-terminated=1): the command line, the program's name first
 * @error: return location for a #GError
 *
 * Reads the command line.
 *
 * On failure this sets a #GOptionError in English that names the argument.
 *
 * Returns: (transfer full): the options, or %NULL on error
 */
TomoOptions *
tomo_options_parse (char **arguments, GError **error)
{
  g_autoptr(TomoOptions) options = g_new0 (TomoOptions, 1);
  g_auto(GStrv) rest = NULL;
  g_autofree char *size = NULL;
  g_auto(GStrv) copy = g_strdupv (arguments);
  g_autoptr(GOptionContext) context = new_context (options, &size, &rest);

  if (!g_option_context_parse_strv (context, &copy, error))
    return NULL;
  if (rest != NULL && rest[0] != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                   "‘%s’ is one argument too many; see --help", rest[0]);
      return NULL;
    }
  if (size != NULL && !parse_size (size, options, error))
    return NULL;
  if (!check_options (options, error))
    return NULL;

  return g_steal_pointer (&options);
}

/**
 * tomo_options_free:
 * @self: (transfer full): options
 */
void
tomo_options_free (TomoOptions *self)
{
  g_free (self->store);
  g_free (self->campaign);
  g_free (self->language);
  g_free (self->preview);
  g_free (self->screens);
  g_free (self);
}

static char *
dup_whole_languages (void)
{
  GString *line = g_string_new (NULL);
  const char *const *languages = tomo_i18n_get_languages ();

  for (unsigned int i = 0; languages[i] != NULL; i++)
    if (tomo_i18n_is_whole (languages[i]))
      g_string_append_printf (line, " %s", languages[i]);

  return g_string_free (line, FALSE);
}

/**
 * tomo_options_dup_version:
 *
 * Names the program, its version and those of the libraries it runs with, for bug reports; and the
 * languages in which the window has all its words, because visitors are offered no others. What
 * only tomoctl uses is not among them: to name libcurl would be to load it and the twenty that it
 * needs, a tenth of the time until something is on the screen.
 *
 * Returns: (transfer full): two lines
 */
char *
tomo_options_dup_version (void)
{
  g_autofree char *languages = dup_whole_languages ();

  return g_strdup_printf ("tomoshibi %s (GTK %u.%u.%u, GLib %u.%u.%u, %s)\nlanguages:%s", VERSION,
                          gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), glib_major_version, glib_minor_version,
                          glib_micro_version, OpenSSL_version (OPENSSL_VERSION), languages);
}
