/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-pack-folder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/pack/tomo-pack-audio.h"
#include "author/pack/tomo-pack-picture.h"
#include "author/pack/tomo-source-check.h"
#include "author/pack/tomo-source-file.h"
#include "author/pack/tomo-translation-check.h"
#include "core/tomo-error.h"

/* Every language there is fits many times. */
#define LINGUAS_MAX_BYTES (64 * 1024)

static void
translation_free (TomoPackTranslation *translation)
{
  g_free (translation->file);
  g_clear_pointer (&translation->catalog, tomo_pack_catalog_free);
  g_free (translation);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
has_language (GPtrArray *translations, const TomoLanguage *language)
{
  for (unsigned int i = 0; i < translations->len; i++)
    if (((TomoPackTranslation *) g_ptr_array_index (translations, i))->language == language)
      return TRUE;

  return FALSE;
}

static void
add_language (GPtrArray *translations,
              const TomoSourcePack *source,
              const char *name,
              unsigned int line,
              const char *linguas,
              TomoFindings *findings)
{
  const TomoLanguage *language = tomo_language_find_posix (name);

  if (language == NULL)
    tomo_findings_add (findings, TOMO_FINDING_ERROR, linguas, line,
                       /* Translators: %s is what somebody wrote as a language */
                       _("“%s” is not a known language; write its name as PO files have it, such "
                          "as ja or zh_CN"),
                       name);
  else if (g_str_equal (language->tag, source->language))
    tomo_findings_add (findings, TOMO_FINDING_ERROR, linguas, line,
                       /* Translators: %s is a language such as ‘en’ */
                       _("“%s” is the language the pack is written in; delete it here"), name);
  else if (has_language (translations, language))
    /* Translators: %s is a language such as ‘zh_CN’ */
    tomo_findings_add (findings, TOMO_FINDING_ERROR, linguas, line, _("“%s” is here twice"), name);
  else
    {
      TomoPackTranslation *translation = g_new0 (TomoPackTranslation, 1);
      g_autofree char *po_name = g_strconcat (language->posix, ".po", NULL);

      translation->language = language;
      translation->line = line;
      translation->file = g_build_filename (source->folder, "po", po_name, NULL);
      g_ptr_array_add (translations, translation);
    }
}

/* A PO file that nobody names would be forgotten without a word. */
static void
check_strays (const TomoSourcePack *source, GPtrArray *translations, TomoFindings *findings)
{
  g_autofree char *folder = g_build_filename (source->folder, "po", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".po"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_strings);

  for (unsigned int i = 0; i < names->len; i++)
    {
      const char *file = g_ptr_array_index (names, i);
      gboolean is_listed = FALSE;

      for (unsigned int j = 0; j < translations->len; j++)
        {
          const TomoPackTranslation *translation = g_ptr_array_index (translations, j);

          is_listed = is_listed || g_str_equal (translation->file, file);
        }
      if (!is_listed)
        tomo_findings_add (findings, TOMO_FINDING_WARNING, file, 0, "%s",
                           /* Translators: LINGUAS is the name of a file */
                           _("this file is not used; add its language to LINGUAS"));
    }
}

/**
 * tomo_pack_folder_list_translations:
 * @source: a pack
 * @findings: where mistakes are told
 *
 * Reads po/LINGUAS: one language a line, ‘#’ begins a comment. Without that file there are no
 * translations. No PO file is opened.
 *
 * Returns: (transfer full) (element-type TomoPackTranslation): in the order of the file, without
 *    catalogues
 */
GPtrArray *
tomo_pack_folder_list_translations (const TomoSourcePack *source, TomoFindings *findings)
{
  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (findings != NULL, NULL);

  GPtrArray *translations = g_ptr_array_new_with_free_func ((GDestroyNotify) translation_free);
  g_autofree char *linguas = g_build_filename (source->folder, "po", "LINGUAS", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tomo_source_file_read (linguas, LINGUAS_MAX_BYTES, &error);

  if (bytes == NULL && !g_error_matches (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    tomo_findings_add (findings, TOMO_FINDING_ERROR, linguas, 0, "%s", error->message);

  size_t size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autofree char *text = g_utf8_make_valid (data != NULL ? data : "", (gssize) size);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (unsigned int i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) halves = g_strsplit (lines[i], "#", 2);
      g_auto(GStrv) words = g_strsplit_set (halves[0] != NULL ? halves[0] : "", " \t\r", -1);

      for (size_t j = 0; words[j] != NULL; j++)
        if (words[j][0] != '\0')
          add_language (translations, source, words[j], i + 1, linguas, findings);
    }
  check_strays (source, translations, findings);

  return translations;
}

/* Tells once for a file that it belongs to an older or a newer pack.xml. */
static void
check_freshness (const TomoSourcePack *source,
                 const TomoPackTranslation *translation,
                 TomoFindings *findings)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  size_t n_absent = 0;

  for (unsigned int i = 0; i < source->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (source->texts, i);

      if (text->msgid[0] != '\0' &&
          g_hash_table_add (known, g_strconcat (text->context != NULL ? text->context : "", "\004",
                                                text->msgid, NULL)) &&
          !tomo_pack_catalog_has (translation->catalog, text->context, text->msgid))
        n_absent++;
    }

  size_t n_shared = g_hash_table_size (known) - n_absent;
  size_t n_stale = tomo_pack_catalog_get_n_messages (translation->catalog) - n_shared;

  if (n_absent > 0 || n_stale > 0)
    tomo_findings_add (findings, TOMO_FINDING_WARNING, translation->file, 0,
                       /* Translators: the numbers count texts; the command is literal */
                       _("this does not fit pack.xml: it lacks %u of its texts and has %u that "
                          "are gone; run: tomopress pack update-po %s"),
                       (unsigned int) n_absent, (unsigned int) n_stale, source->folder);
}

static void
load_translation (const TomoSourcePack *source,
                  TomoPackTranslation *translation,
                  TomoFindings *findings)
{
  g_autoptr(GError) error = NULL;
  size_t n_before = tomo_findings_count_errors (findings);

  translation->catalog =
      tomo_pack_catalog_load (translation->file, translation->language->posix, findings, &error);

  if (translation->catalog != NULL)
    {
      check_freshness (source, translation, findings);
      tomo_translation_check (source, translation->catalog, translation->language,
                              translation->file, findings);
    }
  else if (g_error_matches (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    tomo_findings_add (findings, TOMO_FINDING_WARNING, translation->file, 0,
                       /* Translators: LINGUAS is the name of a file, the command is literal */
                       _("LINGUAS names this file, but it does not exist; make it with: tomopress "
                          "pack update-po %s"),
                       source->folder);
  else if (tomo_findings_count_errors (findings) == n_before)
    tomo_findings_add (findings, TOMO_FINDING_ERROR, translation->file, 0, "%s", error->message);
}

static void
check_audio (const TomoSourcePack *source, GPtrArray *translations, TomoFindings *findings)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, source->language);
  for (unsigned int i = 0; i < translations->len; i++)
    g_strv_builder_add (
        builder, ((TomoPackTranslation *) g_ptr_array_index (translations, i))->language->tag);

  g_auto(GStrv) languages = g_strv_builder_end (builder);
  tomo_pack_audio_check (source, languages, findings);
}

/* What stands in a picture is translated by drawing another. */
static void
check_pictures (const TomoSourcePack *source, GPtrArray *translations, TomoFindings *findings)
{
  for (unsigned int i = 0; i < source->pictures->len; i++)
    for (unsigned int j = 0; j < translations->len; j++)
      {
        const TomoSourcePicture *picture = g_ptr_array_index (source->pictures, i);
        const TomoPackTranslation *translation = g_ptr_array_index (translations, j);
        g_autoptr(GBytes) checked = NULL;

        if (tomo_pack_picture_is_localised (picture))
          checked = tomo_pack_picture_check (source, picture, translation->language->tag, findings);
      }
}

/**
 * tomo_pack_folder_load_source:
 * @folder: of a pack
 * @findings: where mistakes are told
 * @error: return location for a #GError
 *
 * Reads and checks pack.xml and the pictures, and nothing below po/.
 *
 * On failure this sets what tomo_source_pack_load() sets.
 *
 * Returns: (transfer full): the folder, without translations; it must not be compiled if there are
 *    errors among @findings
 */
TomoPackFolder *
tomo_pack_folder_load_source (const char *folder, TomoFindings *findings, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (findings != NULL, NULL);

  g_autoptr(TomoSourcePack) source = tomo_source_pack_load (folder, findings, error);

  if (source == NULL)
    return NULL;

  tomo_source_check (source, findings);
  for (unsigned int i = 0; i < source->pictures->len; i++)
    {
      /* Only what is found matters here; the picture is read again when it is rendered. */
      g_autoptr(GBytes) checked = tomo_pack_picture_check (
          source, g_ptr_array_index (source->pictures, i), source->language, findings);
    }

  TomoPackFolder *self = g_new0 (TomoPackFolder, 1);
  self->source = g_steal_pointer (&source);
  self->translations = g_ptr_array_new_with_free_func ((GDestroyNotify) translation_free);
  return self;
}

/**
 * tomo_pack_folder_add_translation:
 * @self: a folder
 * @language: a language
 * @file: the name of its PO file, for findings
 * @catalog: (transfer full): the translation
 *
 * Adds a translation that did not come from po/LINGUAS.
 */
void
tomo_pack_folder_add_translation (TomoPackFolder *self,
                                  const TomoLanguage *language,
                                  const char *file,
                                  TomoPackCatalog *catalog)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (language != NULL);
  g_return_if_fail (catalog != NULL);

  TomoPackTranslation *translation = g_new0 (TomoPackTranslation, 1);
  translation->language = language;
  translation->file = g_strdup (file);
  translation->catalog = catalog;
  g_ptr_array_add (self->translations, translation);
}

/**
 * tomo_pack_folder_load:
 * @folder: of a pack
 * @findings: where mistakes are told, sorted in the end
 * @error: return location for a #GError
 *
 * Reads all of a pack folder and tells every mistake in it: in pack.xml, in the pictures and
 * recordings, in LINGUAS and in the PO files.
 *
 * On failure this sets what tomo_source_pack_load() sets.
 *
 * Returns: (transfer full): the folder; it must not be compiled if there are errors among
 *    @findings
 */
TomoPackFolder *
tomo_pack_folder_load (const char *folder, TomoFindings *findings, GError **error)
{
  TomoPackFolder *self = tomo_pack_folder_load_source (folder, findings, error);

  if (self == NULL)
    return NULL;

  g_ptr_array_unref (self->translations);
  self->translations = tomo_pack_folder_list_translations (self->source, findings);
  for (unsigned int i = 0; i < self->translations->len; i++)
    load_translation (self->source, g_ptr_array_index (self->translations, i), findings);
  check_pictures (self->source, self->translations, findings);
  check_audio (self->source, self->translations, findings);

  tomo_findings_sort (findings);
  return self;
}

/**
 * tomo_pack_folder_count_open:
 * @self: a folder
 * @translation: one of its translations
 *
 * Returns: how many texts of the pack have no translation yet, or one that is fuzzy
 */
unsigned int
tomo_pack_folder_count_open (const TomoPackFolder *self, const TomoPackTranslation *translation)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (translation != NULL, 0);

  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  unsigned int n_open = 0;

  for (unsigned int i = 0; i < self->source->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (self->source->texts, i);
      TomoTranslationState state =
          translation->catalog != NULL
              ? tomo_pack_catalog_get_state (translation->catalog, text->context, text->msgid)
              : TOMO_TRANSLATION_MISSING;

      if (g_hash_table_add (seen, g_strconcat (text->context != NULL ? text->context : "", "\004",
                                               text->msgid, NULL)) &&
          (state == TOMO_TRANSLATION_MISSING || state == TOMO_TRANSLATION_FUZZY))
        n_open++;
    }

  return n_open;
}

/**
 * tomo_pack_folder_free:
 * @self: (transfer full): a folder
 *
 * Frees @self.
 */
void
tomo_pack_folder_free (TomoPackFolder *self)
{
  tomo_source_pack_free (self->source);
  g_ptr_array_unref (self->translations);
  g_free (self);
}
