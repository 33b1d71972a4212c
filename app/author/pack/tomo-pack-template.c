/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pack-template.h"

#include <string.h>

#include "author/pack/tomo-po-file.h"

/* Two elements with the same words and context are one message. */
static char *
dup_key (const TomoSourceText *text)
{
  return g_strconcat (text->context != NULL ? text->context : "", "\004", text->msgid, NULL);
}

static void
add_comment_line (po_message_t message, const char *line)
{
  const char *before = po_message_extracted_comments (message);
  g_autofree char *framed_before = g_strconcat ("\n", before, NULL);
  g_autofree char *framed_line = g_strconcat ("\n", line, "\n", NULL);

  if (strstr (framed_before, framed_line) != NULL)
    return;

  g_autofree char *after = g_strconcat (before, line, "\n", NULL);
  po_message_set_extracted_comments (message, after);
}

static void
add_text (po_message_iterator_t iterator, GHashTable *messages, const TomoSourceText *text)
{
  g_autofree char *key = dup_key (text);
  po_message_t message = g_hash_table_lookup (messages, key);

  if (message == NULL)
    {
      message = po_message_create ();
      po_message_set_msgid (message, text->msgid);
      po_message_set_msgstr (message, "");
      if (text->context != NULL)
        po_message_set_msgctxt (message, text->context);
      po_message_insert (iterator, message);
      g_hash_table_insert (messages, g_steal_pointer (&key), message);
    }

  po_message_add_filepos (message, "pack.xml", text->line);
  add_comment_line (message, text->place);
  if (text->comment != NULL && text->comment[0] != '\0')
    {
      g_autofree char *one_line = g_strdelimit (g_strdup (text->comment), "\r\n\t", ' ');

      add_comment_line (message, one_line);
    }
  if (text->max_length > 0)
    {
      g_autofree char *limit = g_strdup_printf (
          text->max_length == 1 ? "at most %u letter" : "at most %u letters", text->max_length);

      add_comment_line (message, limit);
    }
}

/* The date is that of the facts, not of the extraction: the same pack gives the same template. */
static void
add_header (po_message_iterator_t iterator,
            const TomoSourcePack *pack,
            const char *posix_language,
            const char *language_name)
{
  g_autoptr(GString) header = g_string_new (NULL);
  g_autofree char *date = g_strdup_printf ("%s 00:00+0000", pack->verified_on);
  g_autofree char *comment = g_strdup_printf (
      "SPDX-License-Identifier: %s\nTexts of the pack “%s”.\n", pack->license, pack->id);
  gboolean is_template = posix_language == NULL;

  g_string_append_printf (header, "Project-Id-Version: %s\n", pack->id);
  g_string_append (header, "Report-Msgid-Bugs-To: \n");
  g_string_append_printf (header, "POT-Creation-Date: %s\n", date);
  g_string_append_printf (header, "PO-Revision-Date: %s\n",
                          is_template ? "YEAR-MO-DA HO:MI+ZONE" : date);
  g_string_append_printf (header, "Last-Translator: %s\n",
                          is_template ? "FULL NAME <EMAIL@ADDRESS>" : "");
  g_string_append_printf (header, "Language-Team: %s\n",
                          is_template ? "LANGUAGE <LL@li.org>" : language_name);
  g_string_append_printf (header, "Language: %s\n", is_template ? "" : posix_language);
  g_string_append (header, "MIME-Version: 1.0\n"
                           "Content-Type: text/plain; charset=UTF-8\n"
                           "Content-Transfer-Encoding: 8bit\n");

  po_message_t message = po_message_create ();
  po_message_set_msgid (message, "");
  po_message_set_msgstr (message, header->str);
  po_message_set_comments (message, comment);
  po_message_insert (iterator, message);
}

/**
 * tomo_pack_template_build:
 * @pack: a pack
 *
 * Makes the template that translations of @pack begin from. What stands where goes into comments,
 * never into msgctxt: gettext would call a translation fuzzy for a changed id.
 *
 * Returns: (transfer full): a POT file
 */
TomoPoFile *
tomo_pack_template_build (const TomoSourcePack *pack)
{
  g_return_val_if_fail (pack != NULL, NULL);

  TomoPoFile *file = po_file_create ();
  g_autoptr(GHashTable) messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  po_message_iterator_t iterator = po_message_iterator (file, NULL);

  add_header (iterator, pack, NULL, NULL);
  for (unsigned int i = 0; i < pack->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (pack->texts, i);

      if (text->msgid[0] != '\0') /* An empty msgid is the header. */
        add_text (iterator, messages, text);
    }
  po_message_iterator_free (iterator);

  return file;
}

/**
 * tomo_pack_template_new:
 * @pack: a pack
 * @error: return location for a #GError
 *
 * Writes what tomo_pack_template_build() makes, in the form that msgcat writes. The same pack gives
 * the same bytes.
 *
 * Returns: (transfer full): a POT file
 */
GBytes *
tomo_pack_template_new (const TomoSourcePack *pack, GError **error)
{
  g_return_val_if_fail (pack != NULL, NULL);

  g_autoptr(TomoPoFile) file = tomo_pack_template_build (pack);

  return tomo_po_file_write (file, error);
}

/**
 * tomo_pack_template_build_catalog:
 * @pack: a pack
 * @posix_language: such as ‘zh_CN’
 * @language_name: English name, for people
 *
 * Makes the header of a new translation of @pack, complete but for the translator’s name.
 * There are no plural forms: content has no counted nouns.
 *
 * Returns: (transfer full): a PO file without messages
 */
TomoPoFile *
tomo_pack_template_build_catalog (const TomoSourcePack *pack,
                                  const char *posix_language,
                                  const char *language_name)
{
  g_return_val_if_fail (pack != NULL, NULL);
  g_return_val_if_fail (posix_language != NULL, NULL);
  g_return_val_if_fail (language_name != NULL, NULL);

  TomoPoFile *file = po_file_create ();
  po_message_iterator_t iterator = po_message_iterator (file, NULL);

  add_header (iterator, pack, posix_language, language_name);
  po_message_iterator_free (iterator);

  return file;
}
