/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/export/tomo-words.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "core/content/tomo-language.h"

/* What gettext needs to look at LANGUAGE at all, and why: app/ui/tomo-i18n.c, which does the same
 * for a whole program. Here it holds for one thread and one object's life. */
#define MESSAGES_LOCALE "en_US.UTF-8"

extern int _nl_msg_cat_cntr;

struct _TomoWords
{
  locale_t locale;       /* (nullable): ours; (locale_t) 0 if there is none */
  locale_t outer_locale; /* of the thread, before */
  char *outer_language;  /* (owned) (nullable): LANGUAGE, before */
  char *outer_catalogs;  /* (owned): where the catalogues were, before */
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

static locale_t
load_locale (const char *build_root)
{
  locale_t locale =
      newlocale (LC_MESSAGES_MASK, MESSAGES_LOCALE, duplocale (uselocale ((locale_t) 0)));

  if (locale != (locale_t) 0)
    return locale;

  g_autofree char *folder = build_root != NULL ? g_build_filename (build_root, "po", "locale", NULL)
                                               : g_build_filename (PKGDATADIR, "locale", NULL);
  g_autofree char *outer_path = g_strdup (g_getenv ("LOCPATH"));
  locale_t base = duplocale (uselocale ((locale_t) 0));

  g_setenv ("LOCPATH", folder, TRUE);
  locale = newlocale (LC_MESSAGES_MASK, MESSAGES_LOCALE, base);
  if (outer_path != NULL)
    g_setenv ("LOCPATH", outer_path, TRUE);
  else
    g_unsetenv ("LOCPATH");
  if (locale == (locale_t) 0)
    freelocale (base);

  return locale;
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
 * From now until tomo_words_free(), dgettext() answers this thread in @tag. Nothing else may look
 * at the environment meanwhile.
 *
 * Returns: (transfer full): to be freed by the same thread
 */
TomoWords *
tomo_words_new (const char *tag)
{
  TomoWords *self = g_new0 (TomoWords, 1);
  g_autofree char *build_root = dup_build_root ();
  g_autofree char *built = build_root != NULL ? g_build_filename (build_root, "po", NULL) : NULL;

  self->outer_language = g_strdup (g_getenv ("LANGUAGE"));
  self->outer_catalogs = g_strdup (bindtextdomain (GETTEXT_PACKAGE, NULL));
  self->locale = load_locale (build_root);
  self->outer_locale = uselocale (self->locale != (locale_t) 0 ? self->locale : (locale_t) 0);
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
 * Gives the thread its own language back.
 */
void
tomo_words_free (TomoWords *self)
{
  uselocale (self->outer_locale);
  if (self->locale != (locale_t) 0)
    freelocale (self->locale);
  if (self->outer_language != NULL)
    g_setenv ("LANGUAGE", self->outer_language, TRUE);
  else
    g_unsetenv ("LANGUAGE");
  if (self->outer_catalogs != NULL)
    bindtextdomain (GETTEXT_PACKAGE, self->outer_catalogs);
  _nl_msg_cat_cntr++;

  g_free (self->outer_language);
  g_free (self->outer_catalogs);
  g_free (self);
}
