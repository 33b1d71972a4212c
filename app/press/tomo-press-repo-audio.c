/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-campaign-audio.h"
#include "author/publish/tomo-campaign-source.h"
#include "core/content/tomo-sentences.h"
#include "press/tomo-press.h"

/* What can be copied into campaign.conf: a name for each sentence that has none there. */
static void
print_nameless (TomoInvocation *self, GHashTable *nameless)
{
  if (g_hash_table_size (nameless) == 0)
    return;

  /* Translators: above lines that can be copied into the part [audio] of a file; both are literal
   */
  tomo_invocation_print (self, _("# Not in campaign.conf yet:\n[audio]\n"));
  size_t n_sentences = 0;
  const TomoSentence *sentences = tomo_sentences_list (&n_sentences);
  for (size_t i = 0; i < n_sentences; i++)
    if (g_hash_table_contains (nameless, sentences[i].text))
      tomo_invocation_print (self, "%s=%s\n", sentences[i].name, sentences[i].text);
}

static void
print_language (TomoInvocation *self, json_t *entry)
{
  json_t *missing = json_object_get (entry, "missing");
  unsigned int n_sentences =
      (unsigned int) json_integer_value (json_object_get (entry, "sentences"));
  size_t i;
  json_t *one;

  tomo_invocation_print (
      self,
      /* Translators: begins a part of a list: a language, and numbers of sentences of the program
       * that are read aloud and of all; the count for the plural is the last number */
      ngettext ("%-10s %u of %u sentence has a recording",
                "%-10s %u of %u sentences have a recording", n_sentences),
      json_string_value (json_object_get (entry, "language")),
      (unsigned int) (n_sentences - json_array_size (missing)), n_sentences);
  tomo_invocation_print (self, "\n");
  json_array_foreach (missing, i, one)
    {
      const char *file = json_string_value (json_object_get (one, "file"));
      if (file != NULL)
        tomo_invocation_print (self, "  %s: %s\n", file,
                               json_string_value (json_object_get (one, "sentence")));
    }
}

/* The sentences of one language, which stand one after the other from *@at on. */
static json_t *
take_language (GPtrArray *sentences, unsigned int *at, GHashTable *nameless)
{
  const TomoCampaignSentence *first = g_ptr_array_index (sentences, *at);
  json_t *missing = json_array ();
  unsigned int begin = *at;

  for (; *at < sentences->len; (*at)++)
    {
      const TomoCampaignSentence *sentence = g_ptr_array_index (sentences, *at);
      if (!g_str_equal (sentence->language, first->language))
        break;
      if (sentence->file == NULL)
        g_hash_table_add (nameless, (char *) sentence->sentence);
      if (sentence->opus == NULL)
        json_array_append_new (missing, json_pack ("{s:s, s:s?}", "sentence", sentence->sentence,
                                                   "file", sentence->file));
    }

  return json_pack ("{s:s, s:i, s:o}", "language", first->language, "sentences",
                    (int) (*at - begin), "missing", missing);
}

/**
 * tomo_press_repo_audio:
 * @self: a call
 * @error: return location for a #GError
 *
 * `repo audio CAMPAIGN.conf`: says for each language which sentences of the program nobody has read
 * aloud yet.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_audio (TomoInvocation *self, GError **error)
{
  if (!tomo_invocation_parse_with_json (self, NULL, 1, 1, error))
    return TOMO_EXIT_USAGE;

  const char *path = tomo_invocation_get_args (self)[0];
  g_autoptr(GPtrArray) sentences = tomo_campaign_source_list_sentences (path, error);
  if (sentences == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(GHashTable) nameless = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *languages = json_array ();
  for (unsigned int at = 0; at < sentences->len;)
    {
      json_array_append_new (languages, take_language (sentences, &at, nameless));
      print_language (self, json_array_get (languages, json_array_size (languages) - 1));
    }
  print_nameless (self, nameless);

  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self,
                                json_pack ("{s:s, s:o}", "campaign", path, "languages", languages));
  else
    json_decref (languages);

  return TOMO_EXIT_OK;
}
