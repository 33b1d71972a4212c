/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/pack/tomo-pack-compile.h"
#include "author/pack/tomo-pack-folder.h"
#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

/* One language of a pack, in numbers. */
typedef struct
{
  unsigned int n_texts;
  unsigned int n_words; /* of the originals, by which translators are paid */
  unsigned int n_ready_words;
  unsigned int n_by_state[TOMO_TRANSLATION_READY + 1];
  unsigned int n_complete_items;
} Counts;

static unsigned int
count_words (const TomoSourceText *text)
{
  g_autofree char *plain = tomo_fragment_to_plain (text->fragment);
  g_auto(GStrv) words = g_strsplit_set (plain, " \t\n", -1);
  unsigned int n_words = 0;

  for (size_t i = 0; words[i] != NULL; i++)
    n_words += words[i][0] != '\0';

  return n_words;
}

static Counts
count (const TomoSourcePack *pack, const TomoPackCatalog *catalog)
{
  Counts counts = { 0 };
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < pack->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (pack->texts, i);

      if (!g_hash_table_add (seen, g_strconcat (text->context != NULL ? text->context : "", "\004",
                                                text->msgid, NULL)))
        continue;

      TomoTranslationState state =
          catalog != NULL ? tomo_pack_catalog_get_state (catalog, text->context, text->msgid)
                          : TOMO_TRANSLATION_MISSING;
      unsigned int n_words = count_words (text);

      counts.n_texts++;
      counts.n_words += n_words;
      counts.n_by_state[state]++;
      if (state == TOMO_TRANSLATION_READY)
        counts.n_ready_words += n_words;
    }

  for (unsigned int i = 0; catalog != NULL && i < pack->items->len; i++)
    counts.n_complete_items +=
        tomo_pack_item_is_complete (pack, g_ptr_array_index (pack->items, i), catalog) ? 1 : 0;

  return counts;
}

static void
print_translation (TomoInvocation *self,
                   const TomoSourcePack *pack,
                   const TomoPackTranslation *translation,
                   json_t *languages)
{
  Counts counts = count (pack, translation->catalog);
  unsigned int n_ready = counts.n_by_state[TOMO_TRANSLATION_READY];
  unsigned int n_fuzzy = counts.n_by_state[TOMO_TRANSLATION_FUZZY];
  unsigned int n_missing = counts.n_by_state[TOMO_TRANSLATION_MISSING];
  gboolean is_reviewed =
      translation->catalog != NULL && tomo_pack_catalog_is_reviewed (translation->catalog);

  tomo_invocation_print (self,
                         /* Translators: one line of a table: a language, and numbers of texts, of
                          * words in them, and of items (tips and questions); the numbers in %4u and
                          * the like are the widths of columns */
                         _("%-8s %4u of %4u texts, %5u of %5u words, %3u fuzzy, %3u missing; "
                            "%3u of %3u items complete"),
                         translation->language->tag, n_ready, counts.n_texts, counts.n_ready_words,
                         counts.n_words, n_fuzzy, n_missing, counts.n_complete_items,
                         pack->items->len);
  if (!is_reviewed)
    /* Translators: ends a line about a translation that nobody has reviewed yet */
    tomo_invocation_print (self, "; %s", _("draft"));
  tomo_invocation_print (self, "\n");

  json_array_append_new (
      languages,
      json_pack ("{s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:b}", "language",
                 translation->language->tag, "texts", (int) counts.n_texts, "translated",
                 (int) n_ready, "fuzzy", (int) n_fuzzy, "missing", (int) n_missing, "invalid",
                 (int) counts.n_by_state[TOMO_TRANSLATION_INVALID], "words", (int) counts.n_words,
                 "translated_words", (int) counts.n_ready_words, "items", (int) pack->items->len,
                 "complete_items", (int) counts.n_complete_items, "reviewed", is_reviewed));
}

/**
 * tomo_press_pack_stats:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack stats DIR`: says how far each translation is.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_stats (TomoInvocation *self, GError **error)
{
  if (!tomo_invocation_parse_with_json (self, NULL, 1, 1, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoPackFolder) folder =
      tomo_pack_folder_load (tomo_invocation_get_args (self)[0], findings, error);

  if (folder == NULL)
    {
      tomo_press_pack_print_findings (self, findings);
      return TOMO_EXIT_INVALID;
    }

  json_t *languages = json_array ();
  for (unsigned int i = 0; i < folder->translations->len; i++)
    print_translation (self, folder->source, g_ptr_array_index (folder->translations, i),
                       languages);

  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self, json_pack ("{s:s, s:s, s:o}", "pack", folder->source->id,
                                                 "source_language", folder->source->language,
                                                 "languages", languages));
  else
    json_decref (languages);

  return TOMO_EXIT_OK;
}
