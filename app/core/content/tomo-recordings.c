/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-recordings-private.h"

#include "core/tomo-error.h"

/* Two hundred sentences in forty languages. */
#define MAX_RECORDINGS 8000

struct _TomoRecordings
{
  GArray *list; /* (owned) (element-type TomoRecording): strings are the campaign’s */
};

static gboolean
check (const TomoRecording *recording, const char *where, GError **error)
{
  return tomo_compiled_check_language (recording->language, "audio", where, error) &&
         tomo_compiled_check_string (recording->sentence, "audio", where, error) &&
         tomo_compiled_check_sha256 (recording->sha256, "audio", where, error);
}

/**
 * tomo_recordings_new:
 * @header: of a campaign file, whose bytes must outlive the list
 * @where: names the campaign, for the message
 * @error: return location for a #GError
 *
 * Reads and checks all recordings. A campaign without any has an empty list.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the list
 */
TomoRecordings *
tomo_recordings_new (const TomoCompiledDict *header, const char *where, GError **error)
{
  TomoPiece entries;
  if (!tomo_compiled_find (header, "audio", "a(sss)", &entries, where, error))
    return NULL;

  size_t n_entries = entries.data != NULL ? tomo_piece_count (entries) : 0;
  if (n_entries > MAX_RECORDINGS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: has more than %d recordings",
                   where, MAX_RECORDINGS);
      return NULL;
    }

  g_autoptr(TomoRecordings) self = g_new0 (TomoRecordings, 1);
  self->list = g_array_new (FALSE, FALSE, sizeof (TomoRecording));
  for (size_t i = 0; i < n_entries; i++)
    {
      TomoRecording recording;
      TomoPieceReader reader;

      tomo_piece_reader_init (&reader, tomo_piece_get (entries, i, TOMO_PIECE_ALIGN_BYTES));
      recording.language = tomo_piece_reader_take_string (&reader);
      recording.sentence = tomo_piece_reader_take_string (&reader);
      recording.sha256 = tomo_piece_reader_take_last_string (&reader);
      if (!check (&recording, where, error))
        return NULL;
      g_array_append_val (self->list, recording);
    }

  return g_steal_pointer (&self);
}

/**
 * tomo_recordings_free:
 * @self: (transfer full): a list
 *
 * Frees the list.
 */
void
tomo_recordings_free (TomoRecordings *self)
{
  g_clear_pointer (&self->list, g_array_unref);
  g_free (self);
}

/**
 * tomo_recordings_get_n:
 * @self: a list
 *
 * Returns: how many recordings there are
 */
size_t
tomo_recordings_get_n (const TomoRecordings *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->list->len;
}

/**
 * tomo_recordings_get:
 * @self: a list
 * @index: less than tomo_recordings_get_n()
 *
 * Returns: (transfer none): a recording
 */
const TomoRecording *
tomo_recordings_get (const TomoRecordings *self, size_t index)
{
  g_return_val_if_fail (self != NULL && index < self->list->len, NULL);

  return &g_array_index (self->list, TomoRecording, index);
}

/**
 * tomo_recordings_list:
 * @self: a list
 * @language: BCP 47
 *
 * Lists what was recorded in @language. Sentences are in English, exactly as the program had them
 * then: who changed a word has to record it again.
 *
 * Returns: (transfer container) (element-type utf8 utf8): the SHA-256 by sentence; the strings live
 *    as long as the campaign
 */
GHashTable *
tomo_recordings_list (const TomoRecordings *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  GHashTable *recorded = g_hash_table_new (g_str_hash, g_str_equal);

  for (size_t i = 0; i < self->list->len; i++)
    {
      const TomoRecording *recording = tomo_recordings_get (self, i);
      if (g_ascii_strcasecmp (recording->language, language) == 0)
        g_hash_table_insert (recorded, (char *) recording->sentence, (char *) recording->sha256);
    }

  return recorded;
}
