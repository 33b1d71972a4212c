/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-compiled-private.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-normal-form-private.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"
#include "core/tomo-gzip.h"

#define MAX_ID_CHARS 40
#define MAX_TAG_CHARS 35 /* RFC 5646, section 4.4.1 */
#define MAX_ADDRESS_BYTES 2048
#define MAX_SHOWN_TYPE_CHARS 20

static gboolean set_invalid (GError **error, const char *where, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
set_invalid (GError **error, const char *where, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: %s", where, what);
  return FALSE;
}

/* Takes @plain as a variant without copying it, if it is in normal form: nothing read from it later
 * can then differ from what was checked, and its parts lie where tomo-piece.c looks for them. In
 * the byte order of this machine. */
static GVariant *
open_plain (GBytes *plain, const char *where, GError **error)
{
  /* Never trusted: GLib 2.74 crashes on damaged bytes that were called trusted. */
  g_autoptr(GVariant) variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (TOMO_PACK_VARIANT_TYPE), plain, FALSE));

  TomoPiece piece = { g_bytes_get_data (plain, NULL), g_bytes_get_size (plain) };
  if (!tomo_normal_form_is_certain (piece, TOMO_PACK_VARIANT_TYPE) &&
      !g_variant_is_normal_form (variant))
    {
      set_invalid (error, where, "is not a variant of type %s in normal form",
                   TOMO_PACK_VARIANT_TYPE);
      return NULL;
    }

#if G_BYTE_ORDER == G_BIG_ENDIAN
  return g_variant_byteswap (variant);
#else
  return g_steal_pointer (&variant);
#endif
}

/**
 * tomo_compiled_open:
 * @packed: the signed bytes
 * @where: names them, for the message
 * @error: return location for a #GError
 *
 * Unpacks a compiled file and checks its outer form: size, gzip, normal form, format version.
 *
 * Returns: (transfer full): a variant of type #TOMO_PACK_VARIANT_TYPE
 */
GVariant *
tomo_compiled_open (GBytes *packed, const char *where, GError **error)
{
  if (g_bytes_get_size (packed) > TOMO_PACK_MAX_PACKED_BYTES)
    {
      set_invalid (error, where, "is larger than %d bytes", TOMO_PACK_MAX_PACKED_BYTES);
      return NULL;
    }

  g_autoptr(GBytes) plain = tomo_gzip_inflate (packed, TOMO_PACK_MAX_BYTES, error);
  if (plain == NULL)
    {
      g_prefix_error (error, "%s: ", where);
      return NULL;
    }

  g_autoptr(GVariant) variant = open_plain (plain, where, error);
  if (variant == NULL)
    return NULL;

  uint32_t format = 0;
  g_variant_get_child (variant, 0, "u", &format);
  if (format != TOMO_PACK_FORMAT)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "%s: has format version %u, and this program reads %d: update the program",
                   where, format, TOMO_PACK_FORMAT);
      return NULL;
    }

  return g_steal_pointer (&variant);
}

static TomoCompiledValue
read_value (TomoPiece entry)
{
  TomoPieceReader reader;
  TomoCompiledValue value;

  tomo_piece_reader_init (&reader, entry);
  value.key = tomo_piece_reader_take_string (&reader);
  value.piece =
      tomo_piece_open_variant (tomo_piece_reader_take_last (&reader, TOMO_PIECE_ALIGN_VARIANT),
                               &value.type, &value.type_length);

  return value;
}

static const TomoCompiledValue *
find_value (const TomoCompiledDict *dict, const char *key)
{
  /* Most differ in their first letter, and a pack is looked through for 200 keys an item. */
  for (size_t i = 0; i < dict->n_keys; i++)
    if (dict->values[i].key[0] == key[0] && strcmp (dict->values[i].key, key) == 0)
      return &dict->values[i];

  return NULL;
}

/**
 * tomo_compiled_read_dict:
 * @self: what to fill in
 * @piece: a dictionary of type `a{sv}`, which has to outlive @self
 * @where: names it, for the message
 * @error: return location for a #GError
 *
 * Takes @piece apart. Refuses a key that stands in it twice: two readers could take it for two
 * different things.
 *
 * Returns: %TRUE if every key stands once
 */
gboolean
tomo_compiled_read_dict (TomoCompiledDict *self, TomoPiece piece, const char *where, GError **error)
{
  size_t n_keys = tomo_piece_count (piece);

  self->n_keys = 0;
  if (n_keys > TOMO_COMPILED_MAX_KEYS)
    return set_invalid (error, where, "has more than %d keys", TOMO_COMPILED_MAX_KEYS);

  for (size_t i = 0; i < n_keys; i++)
    {
      TomoCompiledValue value = read_value (tomo_piece_get (piece, i, TOMO_PIECE_ALIGN_VARIANT));
      if (find_value (self, value.key) != NULL)
        return set_invalid (error, where, "has the key ‘%s’ twice", value.key);
      self->values[self->n_keys++] = value;
    }

  return TRUE;
}

/**
 * tomo_compiled_read_whole:
 * @variant: what tomo_compiled_open() gave, which has to outlive the rest
 * @out_header: (out caller-allocated): its header
 * @out_items: (out): its items, each of type `(sa{sv})`
 * @where: names it, for the message
 * @error: return location for a #GError
 *
 * Takes a compiled file apart.
 *
 * Returns: %TRUE if every key of the header stands once
 */
gboolean
tomo_compiled_read_whole (GVariant *variant,
                          TomoCompiledDict *out_header,
                          TomoPiece *out_items,
                          const char *where,
                          GError **error)
{
  TomoPieceReader reader;

  tomo_piece_reader_init (&reader, tomo_piece_of_variant (variant));
  reader.place = sizeof (uint32_t); /* the format version, which was looked at */
  TomoPiece header = tomo_piece_reader_take (&reader, TOMO_PIECE_ALIGN_VARIANT);
  *out_items = tomo_piece_reader_take_last (&reader, TOMO_PIECE_ALIGN_VARIANT);

  return tomo_compiled_read_dict (out_header, header, where, error);
}

/**
 * tomo_compiled_find:
 * @dict: a dictionary
 * @key: what to look up
 * @type: the type the value must have
 * @out_value: (out): where its value lies; its data are %NULL if the key is absent
 * @where: names @dict, for the message
 * @error: return location for a #GError
 *
 * Looks up a known key that may be absent.
 *
 * Returns: %TRUE unless it is there with another type
 */
gboolean
tomo_compiled_find (const TomoCompiledDict *dict,
                    const char *key,
                    const char *type,
                    TomoPiece *out_value,
                    const char *where,
                    GError **error)
{
  const TomoCompiledValue *value = find_value (dict, key);

  *out_value = (TomoPiece){ NULL, 0 };
  if (value == NULL)
    return TRUE;

  if (strlen (type) != value->type_length || strncmp (type, value->type, value->type_length) != 0)
    return set_invalid (error, where, "‘%s’ is of type %.*s, not %s", key,
                        (int) MIN (value->type_length, MAX_SHOWN_TYPE_CHARS), value->type, type);

  *out_value = value->piece;
  return TRUE;
}

/**
 * tomo_compiled_get:
 * @dict: a dictionary
 * @key: what to look up
 * @type: the type the value must have
 * @out_value: (out): where its value lies
 * @where: names @dict, for the message
 * @error: return location for a #GError
 *
 * Looks up a known key that must be there.
 *
 * Returns: %TRUE if it is, with that type
 */
gboolean
tomo_compiled_get (const TomoCompiledDict *dict,
                   const char *key,
                   const char *type,
                   TomoPiece *out_value,
                   const char *where,
                   GError **error)
{
  if (!tomo_compiled_find (dict, key, type, out_value, where, error))
    return FALSE;
  if (out_value->data != NULL)
    return TRUE;

  return set_invalid (error, where, "lacks the key ‘%s’", key);
}

/**
 * tomo_compiled_get_string:
 * @dict: a dictionary
 * @key: what to look up
 * @absent: (nullable): a static string for an absent or empty one; if %NULL, the key must be there,
 *    and not be empty
 * @where: names @dict, for the message
 * @error: return location for a #GError
 *
 * Looks up and checks a string.
 *
 * Returns: the string, borrowed from the bytes of @dict
 */
const char *
tomo_compiled_get_string (const TomoCompiledDict *dict,
                          const char *key,
                          const char *absent,
                          const char *where,
                          GError **error)
{
  TomoPiece value;
  if (!tomo_compiled_find (dict, key, "s", &value, where, error))
    return NULL;

  const char *string = value.data != NULL ? tomo_piece_get_string (value) : "";
  if (*string != '\0')
    return tomo_compiled_check_string (string, key, where, error) ? string : NULL;

  if (absent == NULL)
    set_invalid (error, where, value.data != NULL ? "‘%s’ is empty" : "lacks the key ‘%s’", key);

  return absent;
}

/**
 * tomo_compiled_get_boolean:
 * @dict: a dictionary
 * @key: what to look up; absent means %FALSE
 * @out_value: (out): the value
 * @where: names @dict, for the message
 * @error: return location for a #GError
 *
 * Looks up a boolean.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_compiled_get_boolean (const TomoCompiledDict *dict,
                           const char *key,
                           gboolean *out_value,
                           const char *where,
                           GError **error)
{
  TomoPiece value;
  if (!tomo_compiled_find (dict, key, "b", &value, where, error))
    return FALSE;

  *out_value = value.data != NULL && value.data[0] != 0;
  return TRUE;
}

/**
 * tomo_compiled_get_strings:
 * @dict: a dictionary
 * @key: what to look up; absent means none
 * @where: names the dictionary, for the message
 * @error: return location for a #GError
 *
 * Looks up a list of strings and checks each as a string.
 *
 * Returns: (transfer container): the strings, %NULL-terminated
 */
const char **
tomo_compiled_get_strings (const TomoCompiledDict *dict,
                           const char *key,
                           const char *where,
                           GError **error)
{
  TomoPiece value;
  if (!tomo_compiled_find (dict, key, "as", &value, where, error))
    return NULL;

  size_t n_strings = value.data != NULL ? tomo_piece_count (value) : 0;
  if (n_strings > TOMO_PACK_MAX_ITEMS)
    {
      set_invalid (error, where, "‘%s’ has more than %d members", key, TOMO_PACK_MAX_ITEMS);
      return NULL;
    }

  g_autofree const char **strings = g_new0 (const char *, n_strings + 1);
  for (size_t i = 0; i < n_strings; i++)
    {
      strings[i] = tomo_piece_get_string (tomo_piece_get (value, i, TOMO_PIECE_ALIGN_BYTES));
      if (!tomo_compiled_check_string (strings[i], key, where, error))
        return NULL;
    }

  return g_steal_pointer (&strings);
}

/* In UTF-8 the control characters are the bytes below the space, DEL, and C2 80 to C2 9F. */
static gboolean
is_control (const uint8_t *p)
{
  return (*p < ' ' && *p != '\n') || *p == 0x7f || (*p == 0xc2 && p[1] < 0xa0);
}

#define EACH_BYTE(byte) (UINT64_C (0x0101010101010101) * (byte))

/* Not zero if one of the eight bytes is less than @limit, at most 0x80; sometimes also if not. */
static uint64_t
has_less (uint64_t bytes, uint8_t limit)
{
  return (bytes - EACH_BYTE (limit)) & ~bytes & EACH_BYTE (0x80);
}

/* Not zero if one of the eight bytes may be, or begin, a control character. */
static uint64_t
has_doubtful (const uint8_t *p)
{
  uint64_t bytes;

  memcpy (&bytes, p, sizeof bytes);
  return has_less (bytes, ' ') | has_less (bytes ^ EACH_BYTE (0x7f), 1) |
         has_less (bytes ^ EACH_BYTE (0xc2), 1);
}

/* Most texts have nothing doubtful, and looking at each of their bytes was a tenth of the time that
 * opening a pack took. */
static gboolean
is_harmless (const uint8_t *bytes, size_t length)
{
  const size_t n_step = sizeof (uint64_t);
  uint64_t doubtful = 0;

  if (length < n_step)
    return FALSE;

  for (size_t i = 0; i + n_step < length; i += n_step)
    doubtful |= has_doubtful (bytes + i);
  return (doubtful | has_doubtful (bytes + length - n_step)) == 0;
}

static const uint8_t *
find_control (const uint8_t *bytes, size_t length)
{
  if (is_harmless (bytes, length))
    return NULL;

  for (size_t i = 0; i < length; i++)
    if (is_control (bytes + i))
      return bytes + i;

  return NULL;
}

/**
 * tomo_compiled_check_string:
 * @string: UTF-8, as normal form guarantees
 * @key: where it stands, for the message
 * @where: names the thing, for the message
 * @error: return location for a #GError
 *
 * Refuses what is too long or holds control characters other than a line feed: a terminal would
 * obey them.
 *
 * Returns: %TRUE if @string can be shown
 */
gboolean
tomo_compiled_check_string (const char *string, const char *key, const char *where, GError **error)
{
  size_t length = strlen (string);

  if (length > TOMO_PACK_MAX_STRING_BYTES)
    return set_invalid (error, where, "‘%s’ is longer than %d bytes", key,
                        TOMO_PACK_MAX_STRING_BYTES);

  const uint8_t *bytes = (const uint8_t *) string;
  const uint8_t *control = find_control (bytes, length);
  if (control == NULL)
    return TRUE;

  return set_invalid (error, where, "‘%s’ holds the control character U+%04X", key,
                      g_utf8_get_char ((const char *) control));
}

static gboolean
check_run (TomoTextRun run, const char *key, const char *where, GError **error)
{
  if (!tomo_compiled_check_string (run.text, key, where, error) ||
      !tomo_compiled_check_string (run.argument, key, where, error))
    return FALSE;

  if (run.style == TOMO_TEXT_LINK)
    return tomo_compiled_check_address (run.argument, key, where, error);

  if (run.style == TOMO_TEXT_REPORT)
    return tomo_compiled_check_id (run.argument, key, where, error);

  return TRUE;
}

/**
 * tomo_compiled_check_text:
 * @text: a paragraph
 * @key: where it stands, for the message
 * @where: names the thing, for the message
 * @error: return location for a #GError
 *
 * Checks the runs of @text: number, strings, addresses of links, kinds of reports.
 *
 * Returns: %TRUE if @text can be shown
 */
gboolean
tomo_compiled_check_text (TomoText *text, const char *key, const char *where, GError **error)
{
  size_t n_runs = tomo_text_get_n_runs (text);

  if (n_runs > TOMO_COMPILED_MAX_RUNS)
    return set_invalid (error, where, "‘%s’ has more than %d pieces", key, TOMO_COMPILED_MAX_RUNS);

  for (size_t i = 0; i < n_runs; i++)
    if (!check_run (tomo_text_get_run (text, i), key, where, error))
      return FALSE;

  return TRUE;
}

/**
 * tomo_compiled_check_id:
 * @id: foreign text
 * @key: where it stands, for the message
 * @where: names the thing, for the message
 * @error: return location for a #GError
 *
 * Checks an id as in design.md section 6, rule 7.
 *
 * Returns: %TRUE if @id is one
 */
gboolean
tomo_compiled_check_id (const char *id, const char *key, const char *where, GError **error)
{
  size_t length = strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-");

  if (length == 0 || length > MAX_ID_CHARS || id[length] != '\0' || id[0] == '-')
    return set_invalid (error, where,
                        "‘%s’ is ‘%.60s’, not an id of a-z, 0-9 and ‘-’, at most %d long", key, id,
                        MAX_ID_CHARS);

  return TRUE;
}

/**
 * tomo_compiled_check_sha256:
 * @sha256: foreign text
 * @key: where it stands, for the message
 * @where: names the thing, for the message
 * @error: return location for a #GError
 *
 * Checks that @sha256 is a SHA-256 in lower-case hexadecimal: it will become a file name.
 *
 * Returns: %TRUE if it is one
 */
gboolean
tomo_compiled_check_sha256 (const char *sha256, const char *key, const char *where, GError **error)
{
  if (strlen (sha256) == 64 && strspn (sha256, "0123456789abcdef") == 64)
    return TRUE;

  return set_invalid (error, where, "‘%s’ is ‘%.70s’, not a SHA-256 in lower case", key, sha256);
}

/**
 * tomo_compiled_check_language:
 * @tag: foreign text
 * @key: where it stands, for the message
 * @where: names the thing, for the message
 * @error: return location for a #GError
 *
 * Checks the form of a language tag. Languages this program has never heard of are welcome.
 *
 * Returns: %TRUE if @tag looks like BCP 47
 */
gboolean
tomo_compiled_check_language (const char *tag, const char *key, const char *where, GError **error)
{
  size_t length = strlen (tag);
  gboolean is_tag = length >= 2 && length <= MAX_TAG_CHARS && g_ascii_isalpha (tag[0]) &&
                    tag[length - 1] != '-' && strstr (tag, "--") == NULL;

  for (size_t i = 0; is_tag && i < length; i++)
    is_tag = g_ascii_isalnum (tag[i]) || tag[i] == '-';

  if (!is_tag)
    set_invalid (error, where, "‘%s’ is ‘%.40s’, not a language tag such as pt-BR", key, tag);

  return is_tag;
}

/**
 * tomo_compiled_check_address:
 * @address: foreign text
 * @key: where it stands, for the message
 * @where: names the thing, for the message
 * @error: return location for a #GError
 *
 * Checks an address that a visitor may take home: `https` or `http`, with a host, of printable
 * ASCII. Which hosts a partner may name is the campaign's to say.
 *
 * Returns: %TRUE if it is one
 */
gboolean
tomo_compiled_check_address (const char *address,
                             const char *key,
                             const char *where,
                             GError **error)
{
  gboolean is_address =
      strlen (address) <= MAX_ADDRESS_BYTES &&
      (g_str_has_prefix (address, "https://") || g_str_has_prefix (address, "http://")) &&
      g_ascii_isalnum (strstr (address, "//")[2]);

  for (const char *p = address; is_address && *p != '\0'; p++)
    is_address = g_ascii_isgraph (*p);

  if (!is_address)
    set_invalid (error, where, "‘%s’ is ‘%.80s’, not an https address", key, address);

  return is_address;
}
