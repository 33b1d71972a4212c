/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-pack-audio.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/pack/tomo-source-file.h"
#include "core/content/tomo-audio.h"
#include "core/content/tomo-media.h"
#include "core/tomo-error.h"

/* Stands for the language in src="…": one element names the recordings of all languages, so that a
 * translator adds a file and nothing else. */
#define LANGUAGE_PLACE "{lang}"
/* Stands for the paragraph. A tip may do without: it is recorded as a whole then. */
#define PART_PLACE "{part}"
#define TIP_PATTERN "^media/[A-Za-z0-9_][A-Za-z0-9_-]{0,59}(\\.\\{part\\})?\\.\\{lang\\}\\.opus$"
#define QUESTION_PATTERN "^media/[A-Za-z0-9_][A-Za-z0-9_-]{0,59}\\.\\{part\\}\\.\\{lang\\}\\.opus$"

/* media/ and a plain name: nothing above the pack, nothing hidden, the same on every system. */
static gboolean
check_src (const TomoSourcePack *pack, const TomoSourceItem *item, TomoFindings *findings)
{
  gboolean is_tip = item->kind == TOMO_ITEM_TIP;

  if (item->audio[0] == '\0')
    return FALSE; /* Told when it was read. */
  if (g_regex_match_simple (is_tip ? TIP_PATTERN : QUESTION_PATTERN, item->audio, 0, 0))
    return TRUE;

  tomo_findings_add (
      findings, TOMO_FINDING_ERROR, pack->file, item->audio_line,
      is_tip ?
             /* Translators: src, media/… and {lang} are literal, {lang} stands for a language */
          _("src=\"%s\" is not possible for recordings; put Ogg Opus files such as "
             "media/name.en.opus into the folder media and write "
             "src=\"media/name.{lang}.opus\"")
             /* Translators: src, media/…, {part} and {lang} are literal, {part} stands for a
              * paragraph, {lang} for a language */
             : _("src=\"%s\" is not possible for the recordings of a question, where each "
                  "paragraph has its own; write src=\"media/name.{part}.{lang}.opus\", and "
                  "‘tomopress pack audio’ lists the names of the files"),
      item->audio);
  return FALSE;
}

static void
recording_free (gpointer data)
{
  TomoPackRecording *self = data;

  g_free (self->part);
  g_free (self->src);
  g_free (self);
}

/* Takes @part. */
static void
add_part (GPtrArray *list, const TomoSourceItem *item, const char *language, char *part)
{
  TomoPackRecording *recording = g_new0 (TomoPackRecording, 1);
  g_autoptr(GString) src = g_string_new (item->audio);

  g_string_replace (src, PART_PLACE, part, 1);
  g_string_replace (src, LANGUAGE_PLACE, language, 1);
  recording->part = part;
  recording->src = g_string_free (g_steal_pointer (&src), FALSE);
  g_ptr_array_add (list, recording);
}

static void
add_choice (GPtrArray *list,
            const TomoSourceItem *item,
            const char *language,
            const TomoSourceChoice *choice)
{
  if (choice->text != NULL)
    add_part (list, item, language, g_strconcat ("choice-", choice->id, NULL));
  if (choice->match != NULL)
    add_part (list, item, language, g_strconcat ("match-", choice->id, NULL));
  if (choice->feedback != NULL)
    add_part (list, item, language, g_strconcat ("feedback-", choice->id, NULL));
}

/**
 * tomo_pack_audio_list:
 * @item: an item
 * @language: BCP 47
 *
 * Lists the files in which @item is read aloud in @language, whether they are there or not.
 *
 * Returns: (transfer full) (element-type TomoPackRecording): in reading order; none if the item
 *    names no recordings
 */
GPtrArray *
tomo_pack_audio_list (const TomoSourceItem *item, const char *language)
{
  g_return_val_if_fail (item != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  GPtrArray *list = g_ptr_array_new_with_free_func (recording_free);

  if (item->audio == NULL)
    return list;
  if (strstr (item->audio, PART_PLACE) == NULL)
    {
      add_part (list, item, language, g_strdup (""));
      return list;
    }

  if (item->kind != TOMO_ITEM_TIP)
    add_part (list, item, language, g_strdup ("prompt"));
  else
    {
      add_part (list, item, language, g_strdup ("title"));
      add_part (list, item, language, g_strdup ("summary"));
    }
  for (unsigned int i = 0; i < item->steps->len; i++)
    add_part (list, item, language, g_strdup_printf ("step-%u", i + 1));
  for (unsigned int i = 0; i < item->choices->len; i++)
    add_choice (list, item, language, g_ptr_array_index (item->choices, i));
  if (item->kind != TOMO_ITEM_TIP)
    add_part (list, item, language, g_strdup ("explanation"));

  return list;
}

/**
 * tomo_pack_audio_dup_key:
 * @item: an item
 * @part: a part of it, or an empty string
 *
 * Returns: (transfer full): under what a table of recordings has that of @part
 */
char *
tomo_pack_audio_dup_key (const TomoSourceItem *item, const char *part)
{
  g_return_val_if_fail (item != NULL, NULL);
  g_return_val_if_fail (part != NULL, NULL);

  return g_strconcat (item->id, "/", part, NULL);
}

/**
 * tomo_pack_audio_read:
 * @path: a file, a recording
 * @max_bytes: how large it may be
 * @out_opus: (out) (nullable): the recording; %NULL if there is none
 * @error: return location for a #GError
 *
 * Reads a recording and checks it as kiosks will.
 *
 * On failure this sets a #TomoError that names the file.
 *
 * Returns: %FALSE if there is a recording that cannot be used
 */
gboolean
tomo_pack_audio_read (const char *path, size_t max_bytes, GBytes **out_opus, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (out_opus != NULL, FALSE);

  g_autoptr(GError) local_error = NULL;
  g_autoptr(GBytes) opus = tomo_source_file_read (path, max_bytes, &local_error);

  *out_opus = NULL;
  if (g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    return TRUE;
  if (local_error == NULL && !tomo_audio_check (opus, NULL, &local_error))
    g_prefix_error (&local_error, "%s: ", path);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *out_opus = g_steal_pointer (&opus);
  return TRUE;
}

/**
 * tomo_pack_audio_load:
 * @pack: a pack
 * @src: of one of its recordings
 * @out_opus: (out) (nullable): the recording; %NULL if there is none
 * @error: return location for a #GError
 *
 * As tomo_pack_audio_read(), of a file of @pack.
 *
 * Returns: %FALSE if there is a recording that cannot be used
 */
gboolean
tomo_pack_audio_load (const TomoSourcePack *pack,
                      const char *src,
                      GBytes **out_opus,
                      GError **error)
{
  g_return_val_if_fail (pack != NULL, FALSE);
  g_return_val_if_fail (src != NULL, FALSE);

  g_autofree char *path = g_build_filename (pack->folder, src, NULL);

  return tomo_pack_audio_read (path, TOMO_AUDIO_MAX_BYTES, out_opus, error);
}

static void
check_recordings (const TomoSourcePack *pack,
                  const TomoSourceItem *item,
                  const char *language,
                  GHashTable *known,
                  TomoFindings *findings)
{
  g_autoptr(GPtrArray) list = tomo_pack_audio_list (item, language);

  for (unsigned int i = 0; i < list->len; i++)
    {
      const TomoPackRecording *recording = g_ptr_array_index (list, i);
      g_autofree char *path = g_build_filename (pack->folder, recording->src, NULL);
      g_autoptr(GBytes) opus = NULL;
      g_autoptr(GError) error = NULL;

      if (!tomo_pack_audio_load (pack, recording->src, &opus, &error))
        tomo_findings_add (findings, TOMO_FINDING_ERROR, path, 0,
                           /* Translators: %s is an English message about a file; opusenc is
                            * literal */
                           _("this cannot be played: %s; make it again, for example with: opusenc "
                              "--bitrate 32 --downmix-mono in.wav out.opus"),
                           error->message);
      g_hash_table_add (known, g_path_get_basename (recording->src));
    }
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A recording that nobody names would be forgotten without a word. */
static void
check_strays (const TomoSourcePack *pack, GHashTable *known, TomoFindings *findings)
{
  g_autofree char *folder = g_build_filename (pack->folder, "media", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) strays = g_ptr_array_new_with_free_func (g_free);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, TOMO_MEDIA_AUDIO) && !g_hash_table_contains (known, name))
      g_ptr_array_add (strays, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (strays, compare_strings);

  for (unsigned int i = 0; i < strays->len; i++)
    tomo_findings_add (findings, TOMO_FINDING_WARNING, g_ptr_array_index (strays, i), 0, "%s",
                       /* Translators: audio and LINGUAS are literal: an XML element and a file */
                       _("this recording is not used; name it in the <audio> of a tip or a "
                          "question, and its language in LINGUAS; ‘tomopress pack audio’ lists the "
                          "names"));
}

/**
 * tomo_pack_audio_check:
 * @pack: a pack
 * @languages: BCP 47: all that it is in
 * @findings: where mistakes are told
 *
 * Tells what is wrong with the recordings of @pack. One that is not there is no mistake;
 * `tomopress pack audio` lists those.
 */
void
tomo_pack_audio_check (const TomoSourcePack *pack, GStrv languages, TomoFindings *findings)
{
  g_return_if_fail (pack != NULL);
  g_return_if_fail (languages != NULL);
  g_return_if_fail (findings != NULL);

  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < pack->items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (pack->items, i);

      if (item->audio == NULL || !check_src (pack, item, findings))
        continue;
      for (size_t j = 0; languages[j] != NULL; j++)
        check_recordings (pack, item, languages[j], known, findings);
    }
  check_strays (pack, known, findings);
}
