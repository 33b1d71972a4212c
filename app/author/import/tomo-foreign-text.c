/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/import/tomo-foreign-text.h"

#include <string.h>

#include "core/tomo-error.h"

/* Much more than any name has: ‘encoding="…"’ is looked for here. */
#define XML_DECLARATION_BYTES 200

typedef struct
{
  const char *bytes;
  size_t size;
  const char *encoding;
} Mark;

/* Byte order marks: what Excel and Notepad write. */
static const Mark marks[] = {
  { "\xef\xbb\xbf", 3, "UTF-8" },
  { "\xff\xfe", 2, "UTF-16LE" },
  { "\xfe\xff", 2, "UTF-16BE" },
};

static const Mark *
find_mark (const char *data, size_t size)
{
  for (size_t i = 0; i < G_N_ELEMENTS (marks); i++)
    if (size >= marks[i].size && memcmp (data, marks[i].bytes, marks[i].size) == 0)
      return &marks[i];

  return NULL;
}

/* What the first line of an XML file says about it. */
static char *
dup_declared (const char *data, size_t size)
{
  g_autofree char *start = g_strndup (data, MIN (size, XML_DECLARATION_BYTES));
  g_autoptr(GRegex) regex = g_regex_new (
      "^\\s*<\\?xml[^>]*\\bencoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']", G_REGEX_RAW, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  return g_regex_match (regex, start, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static char *
convert (const char *data, size_t size, const char *encoding, size_t *out_size, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  char *text = g_convert (data, (gssize) size, "UTF-8", encoding, NULL, out_size, &local_error);

  if (text == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "this is not text in the encoding %s (%s); save it as UTF-8, or name its encoding "
                 "with --encoding",
                 encoding, local_error->message);
  return text;
}

/* Bytes that are not UTF-8 and say nothing: what Windows wrote in western Europe and America. Its
 * five holes are filled as ISO-8859-1 does, so that every byte becomes something. */
static char *
convert_western (const char *data, size_t size, size_t *out_size, const char **out_assumed)
{
  char *text = g_convert (data, (gssize) size, "UTF-8", "WINDOWS-1252", NULL, out_size, NULL);

  *out_assumed = "WINDOWS-1252";
  if (text != NULL)
    return text;

  *out_assumed = "ISO-8859-1";
  return g_convert (data, (gssize) size, "UTF-8", "ISO-8859-1", NULL, out_size, NULL);
}

/* Hands over the memory of @bytes if nobody else holds it: a quiz with pictures is large. */
static char *
take_data (GBytes *bytes, size_t skip, size_t *out_size)
{
  char *data = g_bytes_unref_to_data (bytes, out_size);

  *out_size -= skip;
  memmove (data, data + skip, *out_size);
  data = g_realloc (data, *out_size + 1);
  data[*out_size] = '\0';
  return data;
}

static char *
decode (const char *data,
        size_t size,
        const char *encoding,
        size_t *out_size,
        const char **out_assumed,
        GError **error)
{
  g_autofree char *declared = dup_declared (data, size);

  if (encoding == NULL)
    encoding = declared;
  if (encoding != NULL && g_ascii_strcasecmp (encoding, "UTF-8") != 0)
    return convert (data, size, encoding, out_size, error);

  /* Signs of ASCII with a zero behind each: UTF-16 without a mark. */
  if (size >= 4 && data[1] == '\0' && data[3] == '\0')
    {
      *out_assumed = "UTF-16LE";
      return convert (data, size, "UTF-16LE", out_size, error);
    }

  return convert_western (data, size, out_size, out_assumed);
}

/**
 * tomo_foreign_text_decode:
 * @bytes: (transfer full): a file; the caller has held it against a limit
 * @encoding: (nullable): what the user says it is in
 * @out_size: (out): the bytes of the text
 * @out_assumed: (out): the encoding that was assumed, or %NULL if there was no doubt
 * @error: return location for a #GError
 *
 * Makes UTF-8 of a file: by its byte order mark, by @encoding, by what an XML declaration says, or
 * as what it most likely is.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the text, NUL-terminated, without a NUL in it
 */
char *
tomo_foreign_text_decode (GBytes *bytes,
                          const char *encoding,
                          size_t *out_size,
                          const char **out_assumed,
                          GError **error)
{
  g_autoptr(GBytes) owned = bytes;
  size_t size = 0;
  const char *data = g_bytes_get_data (owned, &size);
  const Mark *mark = data != NULL ? find_mark (data, size) : NULL;
  g_autofree char *text = NULL;

  *out_assumed = NULL;
  *out_size = 0;
  if (data == NULL)
    return g_strdup ("");

  size_t skip = mark != NULL ? mark->size : 0;
  gboolean is_utf16 = mark != NULL && !g_str_equal (mark->encoding, "UTF-8");

  if (is_utf16)
    text = convert (data + skip, size - skip, mark->encoding, out_size, error);
  else if (g_utf8_validate (data + skip, (gssize) (size - skip), NULL))
    return take_data (g_steal_pointer (&owned), skip, out_size);
  else
    text = decode (data, size, encoding, out_size, out_assumed, error);

  if (text != NULL && strlen (text) != *out_size)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "line %u: this is not a text file; there is a zero byte in it",
                   tomo_foreign_text_count_lines (text, strlen (text)));
      return NULL;
    }

  return g_steal_pointer (&text);
}

/**
 * tomo_foreign_text_count_lines:
 * @text: a text
 * @size: how much of it
 *
 * Returns: the number of the line in which @text + @size stands
 */
unsigned int
tomo_foreign_text_count_lines (const char *text, size_t size)
{
  unsigned int line = 1;

  for (size_t i = 0; i < size; i++)
    line += text[i] == '\n' || (text[i] == '\r' && (i + 1 >= size || text[i + 1] != '\n'));

  return line;
}
