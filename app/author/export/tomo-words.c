/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/export/tomo-words.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "core/content/tomo-language.h"

/* What gettext needs to look at LANGUAGE at all, and why: app/ui/tomo-i18n.c, which does the same
 * for a whole program. Here it holds for one object's life. */
#define MESSAGES_LOCALE "en_US.UTF-8"

extern int _nl_msg_cat_cntr;

/* How it was before; all owned. */
struct _TomoWords
{
  char *outer_locale;
  char *outer_language; /* (nullable): LANGUAGE */
  char *outer_catalogs;
};

/* Where a program that was not installed was built. */
static char *
dup_build_root (void)
{
  const char *from_tests = g_getenv ("TOMO_BUILD_ROOT");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  if (from_tests != NULL)
    return g_strdup (from_tests);
  if (folder == NULL || !g_str_has_suffix (folder, "/app/press"))
    return NULL;

  return g_strndup (folder, strlen (folder) - strlen ("/app/press"));
}

/* LOCPATH stands only around this one call. Not newlocale(): glibc loses the path there. */
static void
set_messages_locale (const char *build_root)
{
  g_autofree char *folder = build_root != NULL ? g_build_filename (build_root, "po", "locale", NULL)
                                               : g_build_filename (PKGDATADIR, "locale", NULL);
  g_autofree char *outer_path = g_strdup (g_getenv ("LOCPATH"));

  if (setlocale (LC_MESSAGES, MESSAGES_LOCALE) != NULL)
    return;

  g_setenv ("LOCPATH", folder, TRUE);
  setlocale (LC_MESSAGES, MESSAGES_LOCALE);
  if (outer_path != NULL)
    g_setenv ("LOCPATH", outer_path, TRUE);
  else
    g_unsetenv ("LOCPATH");
}

/* The language, then its parents of the same script; English stands in the program. */
static void
set_language (const char *tag)
{
  g_autoptr(GString) value = g_string_new (NULL);

  for (const TomoLanguage *language = tomo_language_find (tag); language != NULL;
       language = language->parent != NULL ? tomo_language_find (language->parent) : NULL)
    g_string_append_printf (value, "%s%s", value->len > 0 ? ":" : "", language->posix);

  g_setenv ("LANGUAGE", value->len > 0 ? value->str : "en", TRUE);
  _nl_msg_cat_cntr++;
}

/**
 * tomo_words_new:
 * @tag: a language tag
 *
 * From now until tomo_words_free(), tomo_words_get() answers in @tag. No other thread may look at
 * locale or environment meanwhile: this is for programs of a terminal.
 *
 * Returns: (transfer full): words
 */
TomoWords *
tomo_words_new (const char *tag)
{
  TomoWords *self = g_new0 (TomoWords, 1);
  g_autofree char *build_root = dup_build_root ();
  g_autofree char *built = build_root != NULL ? g_build_filename (build_root, "po", NULL) : NULL;

  self->outer_locale = g_strdup (setlocale (LC_MESSAGES, NULL));
  self->outer_language = g_strdup (g_getenv ("LANGUAGE"));
  self->outer_catalogs = g_strdup (bindtextdomain (GETTEXT_PACKAGE, NULL));
  set_messages_locale (build_root);
  bindtextdomain (GETTEXT_PACKAGE, built != NULL ? built : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  set_language (tag);

  return self;
}

/**
 * tomo_words_get:
 * @context: (nullable): of the message
 * @msgid: a message of the programs
 *
 * Looks @msgid up in the language of the #TomoWords that there is. Not through GLib, which decides
 * once a process, by the locale of the user, whether to translate at all.
 *
 * Returns: (transfer none): the message, in English if nobody has translated it
 */
const char *
tomo_words_get (const char *context, const char *msgid)
{
  if (context == NULL)
    return dgettext (GETTEXT_PACKAGE, msgid);

  g_autofree char *key = g_strconcat (context, "\004", msgid, NULL);
  const char *found = dgettext (GETTEXT_PACKAGE, key);

  return found != key ? found : msgid;
}

/**
 * tomo_words_free:
 * @self: (transfer full): words
 *
 * Gives the process its own language back.
 */
void
tomo_words_free (TomoWords *self)
{
  setlocale (LC_MESSAGES, self->outer_locale);
  if (self->outer_language != NULL)
    g_setenv ("LANGUAGE", self->outer_language, TRUE);
  else
    g_unsetenv ("LANGUAGE");
  if (self->outer_catalogs != NULL)
    bindtextdomain (GETTEXT_PACKAGE, self->outer_catalogs);
  _nl_msg_cat_cntr++;

  g_free (self->outer_locale);
  g_free (self->outer_language);
  g_free (self->outer_catalogs);
  g_free (self);
}
