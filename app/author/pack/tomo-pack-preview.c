/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pack-preview.h"

#include <errno.h>
#include <string.h>

#include "author/pack/tomo-pack-build.h"
#include "author/pack/tomo-po-file.h"
#include "author/pack/tomo-pseudo.h"
#include "author/pack/tomo-source-file.h"
#include "author/pack/tomo-text-place.h"
#include "core/tomo-error.h"

struct _TomoPackPreview
{
  char *folder;                 /* (owned) */
  char *partner;                /* (owned) */
  char *output;                 /* (owned) */
  char *po_file;                /* (owned) (nullable): instead of the one in po/ */
  const TomoLanguage *language; /* (nullable): the only one, or NULL for all of LINGUAS */
  GHashTable *rendered;         /* (owned) (element-type utf8 GBytes): pictures, by SHA-256 */
  GHashTable *written;          /* (owned) (element-type utf8 utf8): SHA-256 by path */
  TomoPackFolder *loaded;       /* (owned) (nullable): what was built last */
  GHashTable *seen;             /* (owned) (nullable) (element-type utf8 utf8): markup by text */
  const TomoSourceText *edited; /* (nullable): the first text that differs from the last time */
  gboolean has_changed;
};

/**
 * tomo_pack_preview_new:
 * @folder: of a pack
 * @partner: whose it is
 * @output: a folder for what is built
 *
 * Returns: (transfer full): a preview that tomo_pack_preview_update() fills
 */
TomoPackPreview *
tomo_pack_preview_new (const char *folder, const char *partner, const char *output)
{
  TomoPackPreview *self = g_new0 (TomoPackPreview, 1);

  self->folder = g_strdup (folder);
  self->partner = g_strdup (partner);
  self->output = g_strdup (output);
  self->rendered =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * tomo_pack_preview_free:
 * @self: (transfer full): a preview
 *
 * Frees @self; what was built stays.
 */
void
tomo_pack_preview_free (TomoPackPreview *self)
{
  g_free (self->folder);
  g_free (self->partner);
  g_free (self->output);
  g_free (self->po_file);
  g_hash_table_unref (self->rendered);
  g_hash_table_unref (self->written);
  g_clear_pointer (&self->loaded, tomo_pack_folder_free);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_free (self);
}

/* By its name, as in po/; else by its header, as in a folder of downloads. */
static const TomoLanguage *
find_language_of_po (const char *file, GBytes *bytes)
{
  g_autofree char *name = g_path_get_basename (file);
  if (g_str_has_suffix (name, ".po"))
    name[strlen (name) - strlen (".po")] = '\0';

  const TomoLanguage *by_name = tomo_language_find_posix (name);
  if (by_name != NULL)
    return by_name;

  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr(GRegex) regex = g_regex_new ("\"Language: *([A-Za-z_@-]+)", G_REGEX_RAW, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  if (!g_regex_match (regex, text, 0, &match))
    return NULL;

  g_autofree char *by_header = g_match_info_fetch (match, 1);
  return tomo_language_find (by_header);
}

/**
 * tomo_pack_preview_set_po:
 * @self: a preview
 * @file: a PO file, in the pack or elsewhere
 * @error: return location for a #GError
 *
 * Looks at one translation only: that in @file, whose name or header says the language.
 *
 * On failure this sets what tomo_source_file_read() sets, or %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_pack_preview_set_po (TomoPackPreview *self, const char *file, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autoptr(GBytes) bytes = tomo_source_file_read (file, TOMO_PO_MAX_BYTES, error);
  if (bytes == NULL)
    return FALSE;

  self->language = find_language_of_po (file, bytes);
  if (self->language == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s does not say its language; give it a name such as ja.po", file);
      return FALSE;
    }

  g_free (self->po_file);
  self->po_file = g_strdup (file);
  return TRUE;
}

/**
 * tomo_pack_preview_set_language:
 * @self: a preview
 * @language: BCP 47 or POSIX; also a language that is made by a rule
 * @error: return location for a #GError
 *
 * Looks at one translation only.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_pack_preview_set_language (TomoPackPreview *self, const char *language, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const TomoLanguage *row = tomo_language_find (language);
  if (row == NULL || (self->po_file != NULL && row != self->language))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   row == NULL ? "‘%s’ is not a known language; write for example ja or pt-BR"
                               : "‘%s’ is not the language of the PO file; leave one of them out",
                   language);
      return FALSE;
    }

  self->language = row;
  return TRUE;
}

/**
 * tomo_pack_preview_get_language:
 * @self: a preview
 *
 * Returns: (transfer none) (nullable): the one language that is looked at
 */
const TomoLanguage *
tomo_pack_preview_get_language (TomoPackPreview *self)
{
  return self->language;
}

/* ---- Loading ---- */

/* Whoever translates sees each sentence as soon as it is saved: what is not translated yet stands
 * there in the language of the source. Published cards never mix languages. */
static void
fill_gaps (const TomoSourcePack *source, TomoPackCatalog *catalog)
{
  for (unsigned int i = 0; i < source->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (source->texts, i);

      if (tomo_pack_catalog_lookup (catalog, text->context, text->msgid) == NULL)
        tomo_pack_catalog_set (catalog, text->context, text->msgid, text->msgid);
    }
}

static TomoPackCatalog *
make_by_rule (const TomoSourcePack *source, TomoPseudo pseudo)
{
  TomoPackCatalog *catalog = tomo_pack_catalog_new_empty ();

  for (unsigned int i = 0; i < source->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (source->texts, i);
      g_autofree char *markup = tomo_pseudo_translate (pseudo, text->msgid, TOMO_PSEUDO_MARKUP);

      tomo_pack_catalog_set (catalog, text->context, text->msgid, markup);
    }

  return catalog;
}

static gboolean
add_language (TomoPackPreview *self, TomoPackFolder *loaded, TomoFindings *findings, GError **error)
{
  TomoPseudo pseudo = TOMO_PSEUDO_ACCENTS;
  g_autofree char *name = g_strconcat (self->language->posix, ".po", NULL);
  g_autofree char *file = self->po_file != NULL ? g_strdup (self->po_file)
                                                : g_build_filename (self->folder, "po", name, NULL);
  g_autoptr(TomoPackCatalog) catalog = NULL;

  if (g_str_equal (self->language->tag, loaded->source->language))
    return TRUE;

  if (tomo_pseudo_from_language (self->language->tag, &pseudo))
    catalog = make_by_rule (loaded->source, pseudo);
  else
    catalog = tomo_pack_catalog_load (file, self->language->posix, findings, error);
  if (catalog == NULL)
    return FALSE;

  tomo_pack_folder_add_translation (loaded, self->language, file, g_steal_pointer (&catalog));
  return TRUE;
}

static TomoPackFolder *
load (TomoPackPreview *self, TomoFindings *findings, GError **error)
{
  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load_source (self->folder, findings, error);
  if (loaded == NULL)
    return NULL;

  if (tomo_findings_count_errors (findings) > 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s has mistakes; the last good state is still shown", loaded->source->file);
      return NULL;
    }

  if (self->language != NULL)
    return add_language (self, loaded, findings, error) ? g_steal_pointer (&loaded) : NULL;

  return tomo_pack_folder_load (self->folder, findings, error);
}

/* ---- What was edited ---- */

static const TomoPackCatalog *
get_catalog (TomoPackPreview *self)
{
  const TomoPackTranslation *only = self->language != NULL && self->loaded->translations->len > 0
                                        ? g_ptr_array_index (self->loaded->translations, 0)
                                        : NULL;

  return only != NULL ? only->catalog : NULL;
}

static const TomoFragment *
get_words (TomoPackPreview *self, const TomoSourceText *text)
{
  const TomoPackCatalog *catalog = get_catalog (self);
  const TomoFragment *translation =
      catalog != NULL ? tomo_pack_catalog_lookup (catalog, text->context, text->msgid) : NULL;

  return translation != NULL ? translation : text->fragment;
}

static void
note_edits (TomoPackPreview *self)
{
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const TomoSourcePack *source = self->loaded->source;

  self->edited = NULL;
  for (unsigned int i = 0; i < source->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (source->texts, i);
      char *key =
          g_strconcat (text->context != NULL ? text->context : "", "\004", text->msgid, NULL);
      char *markup = tomo_fragment_to_markup (get_words (self, text));
      const char *before = self->seen != NULL ? g_hash_table_lookup (self->seen, key) : markup;

      if (self->edited == NULL && g_strcmp0 (before, markup) != 0)
        self->edited = text;
      g_hash_table_replace (seen, key, markup);
    }

  g_clear_pointer (&self->seen, g_hash_table_unref);
  self->seen = seen;
}

/* ---- Building ---- */

static gboolean
write_built (TomoPackPreview *self, const TomoBuiltPack *built, GError **error)
{
  /* Sorted by path, ‘media’ comes before ‘packs’, which name it. */
  for (unsigned int i = 0; i < built->files->len; i++)
    {
      const TomoBuiltFile *file = g_ptr_array_index (built->files, i);
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes);
      g_autofree char *path = g_build_filename (self->output, file->path, NULL);
      g_autofree char *folder = g_path_get_dirname (path);

      if (g_strcmp0 (g_hash_table_lookup (self->written, file->path), sha256) == 0)
        continue;
      if (g_mkdir_with_parents (folder, 0700) != 0)
        {
          tomo_set_error_from_errno (error, errno, "cannot make the folder %s", folder);
          return FALSE;
        }
      if (!g_file_set_contents_full (path, g_bytes_get_data (file->bytes, NULL),
                                     (gssize) g_bytes_get_size (file->bytes),
                                     G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
        {
          tomo_error_convert (error);
          return FALSE;
        }
      g_hash_table_replace (self->written, g_strdup (file->path), g_steal_pointer (&sha256));
      self->has_changed = TRUE;
    }

  return TRUE;
}

/**
 * tomo_pack_preview_update:
 * @self: a preview
 * @findings: where mistakes are told
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Builds the pack as it is now and writes what differs from the last time. What a translation lacks
 * is taken from the source, and what is wrong in it counts as lacking. After a failure the last
 * good state is still there.
 *
 * This blocks; pictures that have not changed cost nothing. On failure this sets
 * %TOMO_ERROR_INVALID_DATA for mistakes in pack.xml, or another #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_pack_preview_update (TomoPackPreview *self,
                          TomoFindings *findings,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (findings != NULL, FALSE);

  self->has_changed = FALSE;
  g_autoptr(TomoPackFolder) loaded = load (self, findings, error);
  if (loaded == NULL)
    return FALSE;

  for (unsigned int i = 0; i < loaded->translations->len; i++)
    {
      const TomoPackTranslation *translation = g_ptr_array_index (loaded->translations, i);

      if (translation->catalog != NULL)
        fill_gaps (loaded->source, translation->catalog);
    }

  g_autoptr(TomoBuiltPack) built =
      tomo_pack_build_folder (loaded, self->partner, self->rendered, findings, cancellable, error);
  if (built == NULL || !write_built (self, built, error))
    return FALSE;

  g_clear_pointer (&self->loaded, tomo_pack_folder_free);
  self->loaded = g_steal_pointer (&loaded);
  note_edits (self);
  return TRUE;
}

/**
 * tomo_pack_preview_has_changed:
 * @self: a preview
 *
 * Returns: %TRUE if the last update wrote anything
 */
gboolean
tomo_pack_preview_has_changed (TomoPackPreview *self)
{
  return self->has_changed;
}

/* ---- Cards ---- */

static TomoPreviewCard *
new_card (TomoPackPreview *self, const TomoSourceText *text)
{
  const TomoSourcePack *source = self->loaded->source;
  const TomoSourceItem *item = tomo_text_place_find_item (source, text);
  if (item == NULL)
    return NULL;

  TomoPreviewCard *card =
      tomo_preview_card_new (self->language != NULL ? self->language->tag : source->language,
                             self->partner, source->id, item->id);
  card->answer = tomo_text_place_dup_answer (item, text);
  return card;
}

static gboolean
contains (const char *text, const char *folded_needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, folded_needle) != NULL;
}

/**
 * tomo_pack_preview_find:
 * @self: a preview that was updated
 * @needle: words of the source or of the translation, in any case
 *
 * Finds the card on which words can be read.
 *
 * Returns: (transfer full) (nullable): the first such card, or %NULL
 */
TomoPreviewCard *
tomo_pack_preview_find (TomoPackPreview *self, const char *needle)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (needle != NULL, NULL);

  g_autofree char *folded = g_utf8_casefold (needle, -1);
  const TomoSourcePack *source = self->loaded != NULL ? self->loaded->source : NULL;

  for (unsigned int i = 0; source != NULL && i < source->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (source->texts, i);
      g_autofree char *original = tomo_fragment_to_plain (text->fragment);
      g_autofree char *translation = tomo_fragment_to_plain (get_words (self, text));

      if (contains (text->msgid, folded) || contains (original, folded) ||
          contains (translation, folded))
        return new_card (self, text);
    }

  return NULL;
}

/**
 * tomo_pack_preview_find_change:
 * @self: a preview that was updated
 *
 * Finds the card on which somebody has just changed a text.
 *
 * Returns: (transfer full) (nullable): the card, or %NULL if all texts are as they were before the
 *    last update
 */
TomoPreviewCard *
tomo_pack_preview_find_change (TomoPackPreview *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->edited != NULL ? new_card (self, self->edited) : NULL;
}
