/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-i18n.h"

#include <gio/gio.h>
#include <gtk/gtk.h>
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "core/content/tomo-language.h"
#include "ui/tomo-build-root.h"
#include "ui/tomo-interface-languages.h"

/* gettext looks messages up under the languages of the variable LANGUAGE, but only when the
 * category LC_MESSAGES is set to a real locale: newer glibc ignores LANGUAGE for every ‘C.*’. So we
 * bring a locale of our own that holds nothing but this one category, 57 bytes, made at build time
 * (po/locale). Its name begins with ‘en_’, because GLib decides once per process whether to
 * translate at all, and always does so for such names. */
#define MESSAGES_LOCALE "en_US.UTF-8"

/* libintl's counter of changes: lookups remember their answer until it moves. The GNU gettext
 * manual documents it for exactly this. */
extern int _nl_msg_cat_cntr;

#define FIRST_STRONG_ISOLATE "\xe2\x81\xa8"
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9"

static char *current_tag = NULL;        /* (owned) (nullable) */
static GHashTable *lookups = NULL;      /* (owned) (nullable) */
static char **program_languages = NULL; /* (owned) (nullable) */
static char **desktop_languages = NULL; /* (owned) (nullable): as the program was started with */

static char *
dup_catalog_folder (const char *build_root)
{
  g_autofree char *built = (build_root != NULL) ? g_build_filename (build_root, "po", NULL) : NULL;
  if (built != NULL && g_file_test (built, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&built);

  return g_strdup (LOCALEDIR);
}

static char *
dup_locale_folder (const char *build_root)
{
  g_autofree char *built =
      (build_root != NULL) ? g_build_filename (build_root, "po", "locale", NULL) : NULL;
  if (built != NULL && g_file_test (built, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&built);

  return g_build_filename (PKGDATADIR, "locale", NULL);
}

/* LOCPATH stands only around this one call, so that all other categories come from the system. */
static gboolean
set_messages_locale (const char *folder)
{
  if (setlocale (LC_MESSAGES, MESSAGES_LOCALE) != NULL)
    return TRUE;

  g_autofree char *old_path = g_strdup (g_getenv ("LOCPATH"));
  g_setenv ("LOCPATH", folder, TRUE);
  gboolean is_set = setlocale (LC_MESSAGES, MESSAGES_LOCALE) != NULL;

  if (old_path != NULL)
    g_setenv ("LOCPATH", old_path, TRUE);
  else
    g_unsetenv ("LOCPATH");

  return is_set;
}

static char **
list_catalogs (const char *folder)
{
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (tags, g_strdup ("en"));

  size_t n_languages = 0;
  const TomoLanguage *languages = tomo_language_list (&n_languages);
  for (size_t i = 0; i < n_languages; i++)
    {
      g_autofree char *path =
          g_build_filename (folder, languages[i].posix, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
      if (strcmp (languages[i].tag, "en") != 0 && g_file_test (path, G_FILE_TEST_EXISTS))
        g_ptr_array_add (tags, g_strdup (languages[i].tag));
    }

  g_ptr_array_add (tags, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&tags), FALSE);
}

/* The value of LANGUAGE for @tag: itself, then its parents of the same script. Without a catalogue
 * gettext gives the English of the source. */
static char *
dup_language_variable (const char *tag)
{
  g_autoptr(GString) value = g_string_new (NULL);

  for (const TomoLanguage *language = tomo_language_find (tag); language != NULL;
       language = (language->parent != NULL) ? tomo_language_find (language->parent) : NULL)
    {
      if (value->len > 0)
        g_string_append_c (value, ':');
      g_string_append (value, language->posix);
    }

  return g_string_free (g_steal_pointer (&value), FALSE);
}

/* The variable is only ever replaced, never added, once threads may run: adding one while another
 * thread reads the environment crashes. tomo_i18n_init() adds it. To replace it glibc changes one
 * pointer, and it never frees a value that it once handed out, of which there are as many as
 * languages; so whoever reads meanwhile has the old one or the new one. POSIX does not promise
 * that, which GLib says in its log. Nothing else is set while threads run. */
static void
switch_catalog (const char *tag)
{
  g_autofree char *value = dup_language_variable (tag);
  g_setenv ("LANGUAGE", (value[0] != '\0') ? value : "en", TRUE);
  _nl_msg_cat_cntr++;
}

/**
 * tomo_i18n_init:
 *
 * Makes the programs' own words available. To be called first in main(), before GTK is
 * initialised and before any thread runs.
 *
 * Returns: %FALSE if the private locale was not found, so that everything will be in English
 */
gboolean
tomo_i18n_init (void)
{
  g_autofree char *build_root = tomo_build_root_dup ();
  g_autofree char *catalogs = dup_catalog_folder (build_root);
  g_autofree char *locales = dup_locale_folder (build_root);

  /* Before LANGUAGE is ours: it may be what the desktop says. */
  if (desktop_languages == NULL)
    desktop_languages = g_strdupv ((char **) g_get_language_names ());

  setlocale (LC_ALL, "");
  /* Digits and decimal points stay plain whatever the desktop says: JSON and CSS are written
   * through printf() in this process. */
  setlocale (LC_NUMERIC, "C");
  if (g_strcmp0 (nl_langinfo (CODESET), "UTF-8") != 0)
    setlocale (LC_CTYPE, "C.UTF-8");
  gboolean is_set = set_messages_locale (locales);
  /* Otherwise gtk_init() would call setlocale() again and undo all of this. */
  gtk_disable_setlocale ();

  bindtextdomain (GETTEXT_PACKAGE, catalogs);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_clear_pointer (&program_languages, g_strfreev);
  program_languages = list_catalogs (catalogs);
  g_clear_pointer (&lookups, g_hash_table_unref);
  lookups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_clear_pointer (&current_tag, g_free);
  tomo_i18n_set_language ("en");

  return is_set;
}

/**
 * tomo_i18n_set_language:
 * @tag: a language tag
 *
 * Makes _() answer in @tag from now on, and lays widgets out in its direction. What is on the
 * screen already does not translate itself: pages are built anew.
 */
void
tomo_i18n_set_language (const char *tag)
{
  g_return_if_fail (tag != NULL);

  if (g_strcmp0 (current_tag, tag) != 0)
    {
      g_free (current_tag);
      current_tag = g_strdup (tag);
    }
  switch_catalog (tag);
  gtk_widget_set_default_direction (tomo_i18n_is_rtl (tag) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

/**
 * tomo_i18n_get_language:
 *
 * Returns: the tag that was set last
 */
const char *
tomo_i18n_get_language (void)
{
  return (current_tag != NULL) ? current_tag : "en";
}

/**
 * tomo_i18n_is_rtl:
 * @tag: a language tag
 *
 * Returns: whether @tag is written from right to left
 */
gboolean
tomo_i18n_is_rtl (const char *tag)
{
  const TomoLanguage *language = tomo_language_find (tag);
  return language != NULL && language->is_rtl;
}

/**
 * tomo_i18n_get_languages:
 *
 * Gets the languages that the program itself speaks, English first.
 *
 * Returns: (transfer none) (array zero-terminated=1): tags
 */
const char *const *
tomo_i18n_get_languages (void)
{
  static const char *const only_english[] = { "en", NULL };
  return (program_languages != NULL) ? (const char *const *) program_languages : only_english;
}

static gboolean
has_interface (const TomoLanguage *language)
{
  return strcmp (language->tag, "en") == 0 ||
         g_strv_contains (tomo_interface_languages, language->posix);
}

/**
 * tomo_i18n_is_whole:
 * @tag: a language tag
 *
 * Tells whether the window has every one of its words in @tag, or in a parent of the same script,
 * so that no page is half in English. What the terminal programs say does not count.
 *
 * Returns: %TRUE if a visitor may be offered @tag
 */
gboolean
tomo_i18n_is_whole (const char *tag)
{
  for (const TomoLanguage *language = tomo_language_find (tag); language != NULL;
       language = (language->parent != NULL) ? tomo_language_find (language->parent) : NULL)
    if (has_interface (language))
      return TRUE;

  return FALSE;
}

/**
 * tomo_i18n_lookup:
 * @tag: a language tag
 * @context: (nullable): the message's context
 * @msgid: the message
 *
 * Looks @msgid up in another language than the current one, for screens that show several at
 * once. Answers are kept, so that each is looked up once.
 *
 * Returns: (transfer none): the translation, valid as long as the process
 */
const char *
tomo_i18n_lookup (const char *tag, const char *context, const char *msgid)
{
  g_return_val_if_fail (tag != NULL && msgid != NULL, msgid);

  g_autofree char *key = g_strjoin ("\004", tag, (context != NULL) ? context : "", msgid, NULL);
  const char *known = (lookups != NULL) ? g_hash_table_lookup (lookups, key) : NULL;
  if (known != NULL)
    return known;

  switch_catalog (tag);
  const char *translation = (context != NULL) ? g_dpgettext2 (GETTEXT_PACKAGE, context, msgid)
                                              : g_dgettext (GETTEXT_PACKAGE, msgid);
  const char *kept = g_intern_string (translation);
  switch_catalog (tomo_i18n_get_language ());

  if (lookups != NULL)
    g_hash_table_insert (lookups, g_steal_pointer (&key), (gpointer) kept);

  return kept;
}

/* Whether the first letter of @value is of a script that runs from right to left. Digits and signs
 * take the direction of what surrounds them; a value without letters has none. */
static gboolean
find_direction (const char *value, gboolean *out_is_rtl)
{
  for (const char *at = value; at[0] != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      if (!g_unichar_isalpha (letter))
        continue;

      GUnicodeScript script = g_unichar_get_script (letter);
      *out_is_rtl = script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW ||
                    script == G_UNICODE_SCRIPT_SYRIAC || script == G_UNICODE_SCRIPT_THAANA ||
                    script == G_UNICODE_SCRIPT_NKO;
      return TRUE;
    }

  return FALSE;
}

/* A value of the other direction must not pull its neighbours along: it gets isolated. */
static char *
isolate (const char *value)
{
  gboolean is_rtl = FALSE;

  if (!find_direction (value, &is_rtl) || is_rtl == tomo_i18n_is_rtl (tomo_i18n_get_language ()))
    return g_strdup (value);

  return g_strconcat (FIRST_STRONG_ISOLATE, value, POP_DIRECTIONAL_ISOLATE, NULL);
}

/**
 * tomo_i18n_fill:
 * @pattern: a translated sentence with places such as `{date}`
 * @...: pairs of a place's name, without braces, and its value, then %NULL
 *
 * Puts values into a sentence. Named places can be moved by the translator, and a value of the
 * other writing direction stays in one piece.
 *
 * Returns: (transfer full): the sentence
 */
char *
tomo_i18n_fill (const char *pattern, ...)
{
  g_autoptr(GString) sentence = g_string_new (pattern);

  va_list args;
  va_start (args, pattern);
  for (const char *name = va_arg (args, const char *); name != NULL;
       name = va_arg (args, const char *))
    {
      g_autofree char *place = g_strconcat ("{", name, "}", NULL);
      g_autofree char *value = isolate (va_arg (args, const char *));
      g_string_replace (sentence, place, value, 0);
    }
  va_end (args);

  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

/**
 * tomo_i18n_get_desktop_languages:
 *
 * Gives the languages that the program was started with, as g_get_language_names() names them. That
 * itself tells nothing any more: the language of the visitor has taken their place.
 *
 * Returns: (transfer none) (array zero-terminated=1): names, the best first
 */
const char *const *
tomo_i18n_get_desktop_languages (void)
{
  return (const char *const *) desktop_languages;
}
