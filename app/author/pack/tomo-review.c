/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-review.h"

#include <string.h>

#include "author/pack/tomo-source-file.h"
#include "core/tomo-error.h"

/* 10,000 sentences with 17 bytes each are a sixth of it. */
#define MAX_BYTES (1024 * 1024)
/* Enough that two sentences of one file never meet: 64 bits. */
#define DIGEST_CHARS 16
#define MAX_READER_BYTES 200

struct _TomoReview
{
  GPtrArray *readings;   /* (owned) (element-type TomoReading): oldest first */
  GPtrArray *digests;    /* (owned) (element-type utf8): in order of the file */
  GHashTable *by_digest; /* (owned) (element-type utf8 TomoReading): borrowed from the two above */
};

static void
reading_free (TomoReading *reading)
{
  g_free (reading->date);
  g_free (reading->reader);
  g_free (reading);
}

/**
 * tomo_review_new:
 *
 * Returns: (transfer full): a review in which nothing has been read
 */
TomoReview *
tomo_review_new (void)
{
  TomoReview *self = g_new0 (TomoReview, 1);

  self->readings = g_ptr_array_new_with_free_func ((GDestroyNotify) reading_free);
  self->digests = g_ptr_array_new_with_free_func (g_free);
  self->by_digest = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * tomo_review_free:
 * @self: (transfer full): a review
 *
 * Frees @self.
 */
void
tomo_review_free (TomoReview *self)
{
  g_hash_table_unref (self->by_digest);
  g_ptr_array_unref (self->digests);
  g_ptr_array_unref (self->readings);
  g_free (self);
}

static gboolean
is_digest (const char *word)
{
  return strlen (word) == DIGEST_CHARS && strspn (word, "0123456789abcdef") == DIGEST_CHARS;
}

static void
add_digest (TomoReview *self, TomoReading *reading, const char *digest)
{
  char *owned = g_strdup (digest);

  g_ptr_array_add (self->digests, owned);
  g_hash_table_replace (self->by_digest, owned, reading);
}

/* A name goes into a line of its own in a file that people read. */
static gboolean
check_reader (const char *date, const char *reader, GError **error)
{
  if (!g_regex_match_simple ("^\\d{4}-\\d{2}-\\d{2}$", date, 0, 0))
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "‘%s’ is not a date; write for example 2026-11-28", date);
  else if (reader[0] == '\0' || strlen (reader) > MAX_READER_BYTES ||
           !g_utf8_validate (reader, -1, NULL) || strpbrk (reader, "\r\n") != NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "‘%s’ cannot stand for who has read; write one name", reader);
  else
    return TRUE;

  return FALSE;
}

static TomoReading *
add_reading (TomoReview *self, const char *date, const char *reader)
{
  TomoReading *reading = g_new0 (TomoReading, 1);

  reading->date = g_strdup (date);
  reading->reader = g_strdup (reader);
  g_ptr_array_add (self->readings, reading);
  return reading;
}

static TomoReading *
parse_reading (TomoReview *self, const char *line, GError **error)
{
  g_auto(GStrv) words = g_strsplit (line, " ", 3);

  if (g_strv_length (words) != 3 || !g_str_equal (words[0], "read") ||
      !check_reader (words[1], words[2], NULL))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "this is neither “read DATE NAME” nor the digest of a sentence; “tomopress pack "
                   "review” writes this file");
      return NULL;
    }

  return add_reading (self, words[1], words[2]);
}

/**
 * tomo_review_parse:
 * @bytes: what a file holds
 * @file: its name, for errors
 * @error: return location for a #GError
 *
 * Reads a review.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, with the number of the line.
 *
 * Returns: (transfer full): a review
 */
TomoReview *
tomo_review_parse (GBytes *bytes, const char *file, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);

  g_autoptr(TomoReview) self = tomo_review_new ();
  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  TomoReading *reading = NULL;

  for (unsigned int i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strchomp (lines[i]);

      if (line[0] == '\0' || line[0] == '#')
        continue;
      if (is_digest (line) && reading != NULL)
        add_digest (self, reading, line);
      else if ((reading = parse_reading (self, line, error)) == NULL)
        {
          g_prefix_error (error, "%s:%u: ", file, i + 1);
          return NULL;
        }
    }

  return g_steal_pointer (&self);
}

/**
 * tomo_review_dup_file:
 * @po_file: path of a PO file
 *
 * Returns: (transfer full): the file beside it that says who has read it
 */
char *
tomo_review_dup_file (const char *po_file)
{
  size_t length = strlen (po_file) - (g_str_has_suffix (po_file, ".po") ? strlen (".po") : 0);
  g_autofree char *stem = g_strndup (po_file, length);

  return g_strconcat (stem, ".review", NULL);
}

/**
 * tomo_review_load:
 * @po_file: path of a PO file
 * @error: return location for a #GError
 *
 * Reads who has read @po_file.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if nobody has written that down, or what
 * tomo_review_parse() sets.
 *
 * Returns: (transfer full): a review
 */
TomoReview *
tomo_review_load (const char *po_file, GError **error)
{
  g_return_val_if_fail (po_file != NULL, NULL);

  g_autofree char *file = tomo_review_dup_file (po_file);
  g_autoptr(GBytes) bytes = tomo_source_file_read (file, MAX_BYTES, error);

  return bytes != NULL ? tomo_review_parse (bytes, file, error) : NULL;
}

/**
 * tomo_review_save:
 * @self: a review
 * @po_file: path of a PO file
 * @error: return location for a #GError
 *
 * Writes @self beside @po_file: one line a sentence, so that version control shows what was read.
 *
 * On failure this sets a #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_review_save (TomoReview *self, const char *po_file, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autofree char *file = tomo_review_dup_file (po_file);
  g_autoptr(GString) text = g_string_new (
      "# Who has read which sentences; a line is a digest of original and translation.\n"
      "# Written by tomopress pack review.\n");

  for (unsigned int i = 0; i < self->readings->len; i++)
    {
      const TomoReading *reading = g_ptr_array_index (self->readings, i);

      g_string_append_printf (text, "read %s %s\n", reading->date, reading->reader);
      for (unsigned int j = 0; j < self->digests->len; j++)
        if (g_hash_table_lookup (self->by_digest, g_ptr_array_index (self->digests, j)) == reading)
          g_string_append_printf (text, "%s\n",
                                  (const char *) g_ptr_array_index (self->digests, j));
    }

  if (g_file_set_contents_full (file, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT,
                                0666, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

/**
 * tomo_review_dup_digest:
 * @context: (nullable): msgctxt
 * @msgid: of a text
 * @msgstr: its translation
 *
 * Returns: (transfer full): what stands for this sentence
 */
char *
tomo_review_dup_digest (const char *context, const char *msgid, const char *msgstr)
{
  g_autofree char *text =
      g_strconcat (context != NULL ? context : "", "\004", msgid, "\004", msgstr, NULL);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strndup (sha256, DIGEST_CHARS);
}

/**
 * tomo_review_find:
 * @self: a review
 * @digest: of a sentence
 *
 * Returns: (transfer none) (nullable): who has read it first, or %NULL
 */
const TomoReading *
tomo_review_find (TomoReview *self, const char *digest)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->by_digest, digest);
}

/**
 * tomo_review_add:
 * @self: a review
 * @date: YYYY-MM-DD
 * @reader: a name
 * @digests: (array zero-terminated=1): of sentences
 * @error: return location for a #GError
 *
 * Notes that @reader has read these sentences. What somebody read before stays theirs.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_review_add (TomoReview *self,
                 const char *date,
                 const char *reader,
                 const char *const *digests,
                 GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (digests != NULL, FALSE);

  if (!check_reader (date, reader, error))
    return FALSE;

  TomoReading *reading = NULL;
  for (size_t i = 0; digests[i] != NULL; i++)
    if (is_digest (digests[i]) && tomo_review_find (self, digests[i]) == NULL)
      {
        if (reading == NULL)
          reading = add_reading (self, date, reader);
        add_digest (self, reading, digests[i]);
      }

  return TRUE;
}
