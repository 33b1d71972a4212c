/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-campaign-audio.h"

#include "author/pack/tomo-pack-audio.h"
#include "core/content/tomo-media.h"
#include "core/content/tomo-recordings.h"
#include "core/content/tomo-sentences.h"
#include "core/tomo-error.h"

#define NAME_PATTERN "^[a-z0-9][a-z0-9-]{0,59}$"

typedef struct
{
  GHashTable *names; /* (owned): sentence → name */
  GHashTable *known; /* (owned): a set of base names of files */
  const char *folder;
  GPtrArray *list; /* (owned) (element-type TomoCampaignSentence) */
} Lister;

static void
lister_clear (Lister *self)
{
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->list, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lister, lister_clear)

static void
sentence_free (gpointer data)
{
  TomoCampaignSentence *self = data;

  g_free (self->language);
  g_free (self->file);
  g_clear_pointer (&self->opus, g_bytes_unref);
  g_free (self);
}

static gboolean
take_name (Lister *self, const char *name, const char *sentence, GError **error)
{
  const char *mistake = NULL;

  if (!g_regex_match_simple (NAME_PATTERN, name, 0, 0))
    mistake = "is no name for files; take a–z, 0–9 and hyphens";
  else if (tomo_sentences_find (sentence) == NULL)
    mistake = "stands for a sentence that the program does not have, or no longer in these words; "
              "remove the line and its recordings, and ‘tomopress repo audio’ lists what to record";
  else if (g_hash_table_contains (self->names, sentence))
    mistake = "stands for a sentence that has a name already";
  else
    g_hash_table_insert (self->names, g_strdup (sentence), g_strdup (name));

  if (mistake != NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "[" TOMO_CAMPAIGN_AUDIO_GROUP "] ‘%s’ %s", name, mistake);
  return mistake == NULL;
}

static gboolean
read_names (Lister *self, GKeyFile *conf, GError **error)
{
  g_auto(GStrv) keys = g_key_file_get_keys (conf, TOMO_CAMPAIGN_AUDIO_GROUP, NULL, NULL);

  for (size_t i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *sentence =
          g_key_file_get_string (conf, TOMO_CAMPAIGN_AUDIO_GROUP, keys[i], NULL);
      if (!take_name (self, keys[i], sentence != NULL ? sentence : "", error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_sentence (Lister *self, const char *language, const char *sentence, GError **error)
{
  const char *name = g_hash_table_lookup (self->names, sentence);
  TomoCampaignSentence *entry = g_new0 (TomoCampaignSentence, 1);

  g_ptr_array_add (self->list, entry);
  entry->language = g_strdup (language);
  entry->sentence = sentence;
  if (name == NULL)
    return TRUE;

  entry->file = g_strconcat (TOMO_CAMPAIGN_AUDIO_FOLDER G_DIR_SEPARATOR_S, name, ".", language,
                             TOMO_MEDIA_AUDIO, NULL);
  g_hash_table_add (self->known, g_path_get_basename (entry->file));

  g_autofree char *path = g_build_filename (self->folder, entry->file, NULL);
  return tomo_pack_audio_read (path, TOMO_RECORDINGS_MAX_BYTES, &entry->opus, error);
}

static gboolean
add_language (Lister *self, const char *language, GError **error)
{
  size_t n_sentences = 0;
  const TomoSentence *sentences = tomo_sentences_list (&n_sentences);

  for (size_t i = 0; i < n_sentences; i++)
    if (!add_sentence (self, language, sentences[i].text, error))
      return FALSE;

  return TRUE;
}

/* A recording under a misspelt name would be forgotten without a word. */
static gboolean
check_strays (Lister *self, GError **error)
{
  g_autofree char *folder = g_build_filename (self->folder, TOMO_CAMPAIGN_AUDIO_FOLDER, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, TOMO_MEDIA_AUDIO) && !g_hash_table_contains (self->known, name))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                     "‘%s/%s’ is not used: name it in [" TOMO_CAMPAIGN_AUDIO_GROUP
                     "], and its language in ‘languages=’",
                     folder, name);
        return FALSE;
      }

  return TRUE;
}

/**
 * tomo_campaign_audio_list:
 * @conf: campaign.conf
 * @folder: where it lies
 * @languages: BCP 47: those of the campaign, %NULL-terminated
 * @error: return location for a #GError
 *
 * Lists the sentences of the program that kiosks read aloud, in each of @languages, with the
 * recordings there are.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA for a name, a sentence or a file that cannot be
 * used.
 *
 * Returns: (transfer full) (element-type TomoCampaignSentence): by language, in the order of
 *    @languages and of the pages
 */
GPtrArray *
tomo_campaign_audio_list (GKeyFile *conf,
                          const char *folder,
                          const char *const *languages,
                          GError **error)
{
  g_return_val_if_fail (conf != NULL && folder != NULL && languages != NULL, NULL);

  g_auto(Lister) self = {
    .names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .folder = folder,
    .list = g_ptr_array_new_with_free_func (sentence_free),
  };

  if (!read_names (&self, conf, error))
    return NULL;
  for (size_t i = 0; languages[i] != NULL; i++)
    if (!add_language (&self, languages[i], error))
      return NULL;

  return check_strays (&self, error) ? g_steal_pointer (&self.list) : NULL;
}
