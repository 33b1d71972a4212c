/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/export/tomo-export.h"

#include <string.h>

#include "author/export/tomo-export-private.h"
#include "author/export/tomo-words.h"
#include "author/pack/tomo-pack-compile.h"
#include "author/pack/tomo-pack-picture.h"
#include "core/tomo-error.h"

static const char *const format_names[] = {
  [TOMO_EXPORT_GIFT] = "gift",
  [TOMO_EXPORT_MOODLE_XML] = "moodle-xml",
  [TOMO_EXPORT_HTML] = "html",
};
G_STATIC_ASSERT (G_N_ELEMENTS (format_names) == TOMO_N_EXPORT_FORMATS);

/* The words of app/ui/tomo-phrases.c, where a contact card is missing. */
static const char *const reports[][2] = {
  { "money", "your bank" },
  { "account", "the support team of the service" },
  { "threat", "the police" },
  { "phishing", "the company that the message names" },
  { "malware", "a specialist you trust" },
  { "child", "an adult you trust" },
};

static void
file_free (TomoExportFile *file)
{
  g_free (file->name);
  g_bytes_unref (file->bytes);
  g_free (file);
}

/**
 * tomo_exported_free:
 * @self: (transfer full): an export
 *
 * Frees @self.
 */
void
tomo_exported_free (TomoExported *self)
{
  g_ptr_array_unref (self->files);
  g_free (self);
}

/**
 * tomo_export_format_from_string:
 * @string: a word
 * @out_format: (out): what it names
 *
 * Returns: %TRUE if @string names a format
 */
gboolean
tomo_export_format_from_string (const char *string, TomoExportFormat *out_format)
{
  for (size_t i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (g_str_equal (format_names[i], string))
      {
        *out_format = (TomoExportFormat) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * tomo_export_get_report:
 * @self: an export
 * @kind: of a report
 *
 * Returns: (transfer none): whom to tell, in the language of the export
 */
const char *
tomo_export_get_report (const TomoExport *self, const char *kind)
{
  for (size_t i = 0; i < G_N_ELEMENTS (reports); i++)
    if (g_str_equal (reports[i][0], kind))
      return tomo_words_get ("whom to tell", reports[i][1]);

  return "";
}

/**
 * tomo_export_get_text:
 * @self: an export
 * @text: of its pack
 *
 * Returns: (transfer none): @text in the language of the export, or of the source if nobody has
 *    translated what an item is complete without
 */
const TomoFragment *
tomo_export_get_text (const TomoExport *self, const TomoSourceText *text)
{
  const TomoFragment *translated =
      self->catalog != NULL ? tomo_pack_catalog_lookup (self->catalog, text->context, text->msgid)
                            : NULL;

  return translated != NULL ? translated : text->fragment;
}

/**
 * tomo_export_dup_plain:
 * @self: an export
 * @text: (nullable): of its pack
 *
 * Returns: (transfer full): the words of @text, empty if there is none
 */
char *
tomo_export_dup_plain (const TomoExport *self, const TomoSourceText *text)
{
  return text != NULL ? tomo_fragment_to_plain (tomo_export_get_text (self, text)) : g_strdup ("");
}

/* What our inline elements are in HTML; tomo-html.c of the import knows the way back. */
static void
append_part (const TomoExport *self, GString *html, const TomoFragmentPart *part)
{
  g_autofree char *text = g_markup_escape_text (part->text, -1);
  const TomoSourceReference *source = NULL;
  const TomoSourceTerm *term = NULL;
  g_autofree char *argument = NULL;

  if (part->style == TOMO_TEXT_LINK)
    source = tomo_source_pack_find_reference (self->pack, part->argument);
  if (part->style == TOMO_TEXT_TERM)
    term = tomo_source_pack_find_term (self->pack, part->argument);

  if (part->style == TOMO_TEXT_REPORT)
    g_string_append_printf (html, "<span class=\"tomoshibi-report-%s\">%s</span>", part->argument,
                            tomo_export_get_report (self, part->argument));
  else if (part->style == TOMO_TEXT_UI)
    g_string_append_printf (html, "<span class=\"tomoshibi-ui\">%s</span>", text);
  else if (part->style == TOMO_TEXT_CODE)
    g_string_append_printf (html, "<code dir=\"ltr\">%s</code>", text);
  else if (part->style == TOMO_TEXT_EM || part->style == TOMO_TEXT_STRONG)
    g_string_append_printf (html, "<%s>%s</%s>", tomo_fragment_get_element (part->style), text,
                            tomo_fragment_get_element (part->style));
  else if (source != NULL)
    {
      argument = g_markup_escape_text (source->href, -1);
      g_string_append_printf (html, "<a href=\"%s\">%s</a>", argument, text);
    }
  else if (term != NULL)
    {
      g_autofree char *meaning = tomo_export_dup_plain (self, term->meaning);

      argument = g_markup_escape_text (meaning, -1);
      g_string_append_printf (html, "<dfn title=\"%s\">%s</dfn>", argument, text);
    }
  else
    g_string_append (html, text);
}

/**
 * tomo_export_dup_html:
 * @self: an export
 * @text: (nullable): of its pack
 *
 * Returns: (transfer full): @text as HTML, empty if there is none
 */
char *
tomo_export_dup_html (const TomoExport *self, const TomoSourceText *text)
{
  GString *html = g_string_new (NULL);
  const TomoFragment *fragment = text != NULL ? tomo_export_get_text (self, text) : NULL;

  for (size_t i = 0; fragment != NULL && i < tomo_fragment_get_n_parts (fragment); i++)
    append_part (self, html, tomo_fragment_get_part (fragment, i));

  return g_string_free (html, FALSE);
}

static gboolean
find_language (TomoExport *self, const TomoPackFolder *folder, const char *language, GError **error)
{
  self->language = tomo_language_find (language);
  if (self->language == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "“%s” is not a known language",
                   language);
      return FALSE;
    }
  if (self->language == tomo_language_find (folder->source->language))
    return TRUE;

  for (unsigned int i = 0; i < folder->translations->len; i++)
    {
      const TomoPackTranslation *translation = g_ptr_array_index (folder->translations, i);

      if (translation->language == self->language && translation->catalog != NULL)
        {
          self->catalog = translation->catalog;
          self->is_draft = !tomo_pack_catalog_is_reviewed (translation->catalog);
          return TRUE;
        }
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "%s has no translation into %s",
               folder->source->file, self->language->tag);
  return FALSE;
}

static gboolean
render_pictures (TomoExport *self, TomoFindings *findings, GError **error)
{
  for (unsigned int i = 0; i < self->items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (self->items, i);
      const TomoSourcePicture *picture =
          item->picture != NULL ? tomo_source_pack_find_picture (self->pack, item->picture) : NULL;

      if (picture == NULL || g_hash_table_contains (self->pictures, picture->id))
        continue;

      GBytes *png = tomo_pack_picture_render (self->pack, picture, self->language->tag, NULL,
                                              findings, error);
      if (png == NULL)
        return FALSE;
      g_hash_table_insert (self->pictures, picture->id, png);
    }

  return TRUE;
}

static void
add_single (TomoExported *exported, GBytes *bytes)
{
  TomoExportFile *file = g_new0 (TomoExportFile, 1);

  file->name = g_strdup ("");
  file->bytes = bytes;
  g_ptr_array_add (exported->files, file);
}

static void
choose_items (TomoExport *self, TomoExportFormat format, TomoExported *exported)
{
  for (unsigned int i = 0; i < self->pack->items->len; i++)
    {
      TomoSourceItem *item = g_ptr_array_index (self->pack->items, i);

      if (!tomo_pack_item_is_complete (self->pack, item, self->catalog))
        exported->n_incomplete++;
      else if (item->kind == TOMO_ITEM_TIP && format != TOMO_EXPORT_HTML)
        exported->n_unfit++;
      else
        g_ptr_array_add (self->items, item);
    }
  exported->n_items = self->items->len;
  exported->is_draft = self->is_draft;
}

/**
 * tomo_export:
 * @format: what teachers want
 * @folder: a pack without mistakes
 * @language: which language of it
 * @findings: where mistakes in pictures are told
 * @error: return location for a #GError
 *
 * Writes what is complete in @language as a file for Moodle, or as pages to print.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if the pack does not have the language or nothing is
 * complete in it, or %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the files
 */
TomoExported *
tomo_export (TomoExportFormat format,
             const TomoPackFolder *folder,
             const char *language,
             TomoFindings *findings,
             GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  g_autoptr(GHashTable) pictures =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_bytes_unref);
  TomoExport self = { folder->source, NULL, NULL, items, pictures, FALSE };
  g_autoptr(TomoExported) exported = g_new0 (TomoExported, 1);

  exported->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  if (!find_language (&self, folder, language, error))
    return NULL;
  choose_items (&self, format, exported);
  if (items->len == 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "%s: nothing to export in %s",
                   folder->source->file, self.language->tag);
      return NULL;
    }
  if (!render_pictures (&self, findings, error))
    return NULL;

  g_autoptr(TomoWords) words = tomo_words_new (self.language->tag);
  if (format == TOMO_EXPORT_GIFT)
    add_single (exported, tomo_export_gift (&self));
  else if (format == TOMO_EXPORT_MOODLE_XML)
    add_single (exported, tomo_export_moodle (&self));
  else
    tomo_export_html (&self, exported->files);

  return g_steal_pointer (&exported);
}
