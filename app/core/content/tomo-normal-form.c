/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-piece-private.h"

#include <string.h>

/* What g_variant_is_normal_form() says, in a sixth of the time, for types that consist of strings,
 * booleans, bytes, uint32 and containers of them; other types are left to GLib. The rules are those
 * of the GVariant specification, section 2.5, and of its section 3, which says what is not normal.
 * fuzz-normal-form holds the two against each other. */

#define OUR_TYPES "sbyuv(){}a"

/* As GLib: what is nested deeper is refused, even if it is empty. */
#define MAX_DEPTH 128

/* A type, or what is left of it. */
typedef struct
{
  const char *at;
  const char *end;
} Type;

typedef struct
{
  size_t alignment;
  size_t fixed_size; /* zero if it has none */
} Form;

static gboolean is_normal (Type *type, TomoPiece piece, unsigned int depth);

static size_t
align (size_t place, size_t alignment)
{
  return (place + alignment - 1) & ~(alignment - 1);
}

static Form read_form (Type *type);

/* A tuple is as large as its members, if each has a size, and aligned as the strictest. */
static Form
read_tuple_form (Type *type)
{
  Form form = { 1, 0 };
  size_t size = 0;
  gboolean is_fixed = TRUE;

  while (*type->at != ')' && *type->at != '}')
    {
      Form member = read_form (type);
      form.alignment = MAX (form.alignment, member.alignment);
      is_fixed = is_fixed && member.fixed_size > 0;
      size = align (size, member.alignment) + member.fixed_size;
    }
  type->at++;
  if (is_fixed)
    form.fixed_size = align (size, form.alignment);

  return form;
}

/* Passes over one whole type, which is known to be well formed. */
static Form
read_form (Type *type)
{
  switch (*type->at++)
    {
    case 'b':
    case 'y':
      return (Form){ 1, 1 };
    case 'u':
      return (Form){ 4, 4 };
    case 'v':
      return (Form){ 8, 0 };
    case 'a':
      return (Form){ read_form (type).alignment, 0 };
    case '(':
    case '{':
      return read_tuple_form (type);
    case 's':
    default:
      return (Form){ 1, 0 };
    }
}

/* Passes over one whole type, and counts the types that are in one another. */
static unsigned int
read_depth (Type *type)
{
  unsigned int deepest = 0;

  switch (*type->at++)
    {
    case 'a':
    case 'm':
      return 1 + read_depth (type);
    case '(':
    case '{':
      while (*type->at != ')' && *type->at != '}')
        {
          unsigned int depth = read_depth (type);
          deepest = MAX (deepest, depth);
        }
      type->at++;
      return 1 + deepest;
    default:
      return 1;
    }
}

static gboolean
is_zero (TomoPiece piece, size_t start, size_t end)
{
  for (size_t i = start; i < end; i++)
    if (piece.data[i] != 0)
      return FALSE;

  return TRUE;
}

/* Without a zero before its end, and UTF-8. */
static gboolean
is_normal_string (TomoPiece piece)
{
  return piece.size > 0 && piece.data[piece.size - 1] == '\0' &&
         g_utf8_validate_len ((const char *) piece.data, piece.size - 1, NULL);
}

/* Whether a container whose members take up @body_size, with so many ends in its table, is as large
 * as it is: the numbers of the table are no wider than they have to be. */
static gboolean
has_normal_size (TomoPiece container, size_t body_size, size_t n_ends)
{
  size_t width = tomo_piece_get_width (container.size);

  if (body_size + n_ends * width != container.size)
    return FALSE;

  return width == 1 || body_size + n_ends * (width / 2) > tomo_piece_get_max_size (width / 2);
}

/* A member from @start, or where it may begin behind that, to @end. */
static gboolean
is_normal_member (Type *type,
                  Form form,
                  TomoPiece container,
                  size_t start,
                  size_t end,
                  unsigned int depth)
{
  size_t aligned = align (start, form.alignment);

  if (aligned > end || end > container.size || !is_zero (container, start, aligned))
    return FALSE;

  return is_normal (type, (TomoPiece){ container.data + aligned, end - aligned }, depth);
}

static gboolean
is_normal_fixed_array (Type element, Form form, TomoPiece piece, unsigned int depth)
{
  if (piece.size % form.fixed_size != 0)
    return FALSE;

  for (size_t place = 0; place < piece.size; place += form.fixed_size)
    {
      Type type = element;
      if (!is_normal (&type, (TomoPiece){ piece.data + place, form.fixed_size }, depth))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_normal_array (Type element, Form form, TomoPiece piece, unsigned int depth)
{
  if (form.fixed_size > 0)
    return is_normal_fixed_array (element, form, piece, depth);
  if (piece.size == 0)
    return TRUE;

  size_t width = tomo_piece_get_width (piece.size);
  size_t table = tomo_piece_read_end (piece.data + piece.size - width, width);
  if (table > piece.size || (piece.size - table) % width != 0)
    return FALSE;

  size_t n_members = (piece.size - table) / width;
  size_t place = 0;
  for (size_t i = 0; i < n_members; i++)
    {
      Type type = element;
      size_t end = tomo_piece_read_end (piece.data + table + i * width, width);
      if (end > table || !is_normal_member (&type, form, piece, place, end, depth))
        return FALSE;
      place = end;
    }

  return n_members > 0 && has_normal_size (piece, table, n_members);
}

/* Where a member of a tuple ends; past the tuple if its table does not say. */
static size_t
find_member_end (TomoPiece tuple, size_t start, Form form, gboolean is_last, size_t *n_ends)
{
  size_t width = tomo_piece_get_width (tuple.size);

  if (form.fixed_size > 0)
    return align (start, form.alignment) + form.fixed_size;
  if (is_last)
    return *n_ends * width <= tuple.size ? tuple.size - *n_ends * width : tuple.size + 1;

  ++*n_ends;
  if (*n_ends * width > tuple.size)
    return tuple.size + 1;
  return tomo_piece_read_end (tuple.data + tuple.size - *n_ends * width, width);
}

static gboolean
is_normal_tuple (Type *type, TomoPiece piece, unsigned int depth)
{
  Type whole = *type;
  Form form = read_tuple_form (&whole);
  size_t place = 0;
  size_t n_ends = 0;

  if (form.fixed_size > 0 && piece.size != form.fixed_size)
    return FALSE;

  while (*type->at != ')' && *type->at != '}')
    {
      Type next = *type;
      Form member = read_form (&next);
      gboolean is_last = *next.at == ')' || *next.at == '}';
      size_t end = find_member_end (piece, place, member, is_last, &n_ends);
      if (!is_normal_member (type, member, piece, place, end, depth))
        return FALSE;
      place = end;
    }
  type->at++;

  return form.fixed_size > 0 ? is_zero (piece, place, piece.size)
                             : has_normal_size (piece, place, n_ends);
}

/* A type that has something of its own is as rare as a key that we do not know. */
static gboolean
is_normal_for_glib (Type type, TomoPiece piece)
{
  g_autofree char *string = g_strndup (type.at, (size_t) (type.end - type.at));
  g_autoptr (GBytes) bytes = g_bytes_new (piece.data, piece.size);
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes ((const GVariantType *) string, bytes, FALSE));

  return g_variant_is_normal_form (variant);
}

/* One whole type, and not a pattern that several fit. */
static gboolean
is_definite_type (Type type)
{
  const char *end = NULL;

  if (type.at == type.end || !g_variant_type_string_scan (type.at, type.end, &end) ||
      end != type.end)
    return FALSE;

  for (const char *p = type.at; p < type.end; p++)
    if (strchr ("*?r", *p) != NULL)
      return FALSE;

  return TRUE;
}

/* An empty tuple is one byte, which no rule here would say. */
static gboolean
is_our_type (Type type)
{
  for (const char *p = type.at; p < type.end; p++)
    if (strchr (OUR_TYPES, *p) == NULL || (*p == ')' && p[-1] == '('))
      return FALSE;

  return TRUE;
}

static gboolean
is_normal_variant (TomoPiece piece, unsigned int depth)
{
  const char *string = NULL;
  size_t length = 0;

  if (piece.size == 0 || memchr (piece.data, '\0', piece.size) == NULL)
    return FALSE;

  TomoPiece value = tomo_piece_open_variant (piece, &string, &length);
  Type type = { string, string + length };
  Type whole = type;
  if (!is_definite_type (type) || read_depth (&whole) > depth)
    return FALSE;

  return is_our_type (type) ? is_normal (&type, value, depth) : is_normal_for_glib (type, value);
}

/* Takes one type off @type, and says whether @piece is of it, in normal form. */
static gboolean
is_normal (Type *type, TomoPiece piece, unsigned int depth)
{
  if (depth == 0)
    return FALSE;

  char kind = *type->at++;
  Type element = *type;
  switch (kind)
    {
    case 's':
      return is_normal_string (piece);
    case 'b':
      return piece.size == 1 && piece.data[0] <= 1;
    case 'y':
      return piece.size == 1;
    case 'u':
      return piece.size == sizeof (uint32_t);
    case 'v':
      return is_normal_variant (piece, depth - 1);
    case 'a':
      return is_normal_array (element, read_form (type), piece, depth - 1);
    case '(':
    case '{':
      return is_normal_tuple (type, piece, depth - 1);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * tomo_piece_is_normal:
 * @piece: bytes that nobody has looked at
 * @type: of strings, booleans, bytes, uint32, variants, and containers of them
 *
 * Tells whether @piece is a variant of @type in normal form, so that its parts can be read without
 * looking again.
 *
 * Returns: %TRUE if so
 */
gboolean
tomo_piece_is_normal (TomoPiece piece, const char *type)
{
  Type whole = { type, type + strlen (type) };

  return is_normal (&whole, piece, MAX_DEPTH);
}
