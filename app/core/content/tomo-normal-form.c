/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-normal-form-private.h"

#include <string.h>

/* GLib’s own check of packs took a quarter of the time in which a first sync looks into what it
 * fetched: it looks up a description of each type by its name, and goes through text letter by
 * letter. This one knows the types that packs are made of and says “certain” or “ask GLib”, so that
 * it decides nothing that GLib would decide otherwise. The rules are those of the GVariant
 * specification, sections 2.4 and 2.5, as g_variant_is_normal_form() reads them. */

/* Of values in one another, and of types. GLib allows 128 of both together. */
#define MAX_DEPTH 32U
#define MAX_TYPE_DEPTH 16U

/* Of the type of a variant. A type is read again for each value of it, so that a long one could
 * keep a machine busy. */
#define MAX_TYPE_CHARS 32U

/* One complete type. */
typedef struct
{
  const char *name; /* does not end in a zero */
  const char *end;
  size_t alignment;
  size_t fixed_size; /* zero if values differ in size */
} Type;

static gboolean check (const Type *type, TomoPiece value, unsigned int depth);

static size_t
get_number_size (char name)
{
  switch (name)
    {
    case 'y':
    case 'b':
      return 1;
    case 'n':
    case 'q':
      return 2;
    case 'i':
    case 'u':
      return 4;
    case 'x':
    case 't':
    case 'd':
      return 8;
    default:
      return 0;
    }
}

static gboolean read_container (Type *self, const char *end, unsigned int depth);

/* Reads the type that begins at @name; one that packs have no use for is not read. Most have one
 * letter, and are read some hundred thousand times. */
static inline gboolean
read_type (Type *self, const char *name, const char *end, unsigned int depth)
{
  if (name >= end)
    return FALSE;

  size_t number_size = get_number_size (*name);
  *self = (Type){ name, name + 1, number_size, number_size };
  if (number_size > 0)
    return TRUE;

  self->alignment = *name == 'v' ? TOMO_PIECE_ALIGN_VARIANT : TOMO_PIECE_ALIGN_BYTES;
  return *name == 's' || *name == 'v' || read_container (self, end, depth);
}

/* An entry of a dictionary has two members, the first of which has no parts. */
static gboolean
is_entry_shape (const Type *self)
{
  const char *key = self->name + 1;

  return get_number_size (*key) > 0 || *key == 's';
}

static gboolean
read_tuple_type (Type *self, const char *end, unsigned int depth)
{
  gboolean is_entry = *self->name == '{';
  const char *at = self->name + 1;
  unsigned int n_members = 0;
  gboolean is_fixed = TRUE;
  size_t size = 0;

  self->alignment = 1;
  for (; at < end && *at != ')' && *at != '}'; n_members++)
    {
      Type member;
      if (!read_type (&member, at, end, depth + 1))
        return FALSE;
      self->alignment = MAX (self->alignment, member.alignment);
      is_fixed = is_fixed && member.fixed_size > 0;
      size = tomo_piece_align (size, member.alignment) + member.fixed_size;
      at = member.end;
    }

  self->fixed_size = is_fixed ? tomo_piece_align (size, self->alignment) : 0;
  self->end = at + 1;
  if (at >= end || *at != (is_entry ? '}' : ')'))
    return FALSE;
  /* The tuple of nothing is left to GLib: it has a byte that means nothing. */
  return is_entry ? n_members == 2 && is_entry_shape (self) : n_members > 0;
}

static gboolean
read_container (Type *self, const char *end, unsigned int depth)
{
  if (depth > MAX_TYPE_DEPTH)
    return FALSE;
  if (*self->name != 'a')
    return (*self->name == '(' || *self->name == '{') && read_tuple_type (self, end, depth);

  Type element;
  if (!read_type (&element, self->name + 1, end, depth + 1))
    return FALSE;

  self->alignment = element.alignment;
  self->end = element.end;
  return TRUE;
}

/* Where one stands in UTF-8 (RFC 3629, section 4): between two letters, or with so many bytes to
 * come. Each is where the next one is noted in a row of the table below, in bits. */
enum
{
  UTF8_WRONG = 0,
  UTF8_BETWEEN = 6,
  UTF8_ONE_TO_COME = 12,
  UTF8_TWO_TO_COME = 18,
  UTF8_THREE_TO_COME = 24,
  UTF8_AFTER_E0 = 30, /* what follows must not be an overlong form, */
  UTF8_AFTER_ED = 36, /* half of a surrogate, */
  UTF8_AFTER_F0 = 42,
  UTF8_AFTER_F4 = 48, /* or beyond U+10FFFF */
};

#define UTF8_STEP(from, to) ((uint64_t) (to) << (from))
#define UTF8_STEPS_INSIDE                                                                          \
  (UTF8_STEP (UTF8_ONE_TO_COME, UTF8_BETWEEN) | UTF8_STEP (UTF8_TWO_TO_COME, UTF8_ONE_TO_COME) |   \
   UTF8_STEP (UTF8_THREE_TO_COME, UTF8_TWO_TO_COME))

/* Where each byte leads to, from everywhere: nowhere else, so that looking at a byte is one shift
 * and no guess of the processor’s. A zero leads nowhere. */
static const uint64_t utf8_steps[] = {
  [0x01 ... 0x7f] = UTF8_STEP (UTF8_BETWEEN, UTF8_BETWEEN),
  [0x80 ... 0x8f] = UTF8_STEPS_INSIDE | UTF8_STEP (UTF8_AFTER_ED, UTF8_ONE_TO_COME) |
                    UTF8_STEP (UTF8_AFTER_F4, UTF8_TWO_TO_COME),
  [0x90 ... 0x9f] = UTF8_STEPS_INSIDE | UTF8_STEP (UTF8_AFTER_ED, UTF8_ONE_TO_COME) |
                    UTF8_STEP (UTF8_AFTER_F0, UTF8_TWO_TO_COME),
  [0xa0 ... 0xbf] = UTF8_STEPS_INSIDE | UTF8_STEP (UTF8_AFTER_E0, UTF8_ONE_TO_COME) |
                    UTF8_STEP (UTF8_AFTER_F0, UTF8_TWO_TO_COME),
  [0xc2 ... 0xdf] = UTF8_STEP (UTF8_BETWEEN, UTF8_ONE_TO_COME),
  [0xe0] = UTF8_STEP (UTF8_BETWEEN, UTF8_AFTER_E0),
  [0xe1 ... 0xec] = UTF8_STEP (UTF8_BETWEEN, UTF8_TWO_TO_COME),
  [0xed] = UTF8_STEP (UTF8_BETWEEN, UTF8_AFTER_ED),
  [0xee ... 0xef] = UTF8_STEP (UTF8_BETWEEN, UTF8_TWO_TO_COME),
  [0xf0] = UTF8_STEP (UTF8_BETWEEN, UTF8_AFTER_F0),
  [0xf1 ... 0xf3] = UTF8_STEP (UTF8_BETWEEN, UTF8_THREE_TO_COME),
  [0xf4] = UTF8_STEP (UTF8_BETWEEN, UTF8_AFTER_F4),
  [0xff] = 0,
};

/* UTF-8 with one zero, at the end. */
static gboolean
check_string (TomoPiece value)
{
  if (value.size == 0 || value.data[value.size - 1] != 0)
    return FALSE;

  uint64_t place = UTF8_BETWEEN;
  for (size_t i = 0; i < value.size - 1; i++)
    place = utf8_steps[value.data[i]] >> (place & 0x3f);

  return (place & 0x3f) == UTF8_BETWEEN;
}

static gboolean
is_zero (TomoPiece value, size_t start, size_t end)
{
  for (; start < end; start++)
    if (start >= value.size || value.data[start] != 0)
      return FALSE;

  return TRUE;
}

/* There are @n_bytes and then the table, whose ends have the least width that they can have. */
static gboolean
has_least_width (TomoPiece container, size_t n_bytes, size_t n_ends)
{
  size_t width = tomo_piece_get_width (container.size);

  return n_bytes + n_ends * width == container.size &&
         (width == 1 || n_ends == 0 ||
          tomo_piece_get_width (n_bytes + n_ends * (width / 2)) == width);
}

static gboolean
check_fixed_array (const Type *element, TomoPiece array, unsigned int depth)
{
  if (array.size % element->fixed_size != 0)
    return FALSE;
  if (*element->name != 'b' && *element->name != '(' && *element->name != '{')
    return TRUE;

  for (size_t at = 0; at < array.size; at += element->fixed_size)
    if (!check (element, (TomoPiece){ array.data + at, element->fixed_size }, depth))
      return FALSE;

  return TRUE;
}

static gboolean
check_array (const Type *type, TomoPiece array, unsigned int depth)
{
  Type element;
  size_t place = 0;

  if (!read_type (&element, type->name + 1, type->end, 0))
    return FALSE;
  if (array.size == 0 || element.fixed_size > 0)
    return array.size == 0 || check_fixed_array (&element, array, depth);

  size_t width = tomo_piece_get_width (array.size);
  size_t table = tomo_piece_read_end (array.data + array.size - width, width);
  if (table >= array.size || !has_least_width (array, table, (array.size - table) / width))
    return FALSE;

  for (size_t number = table; number < array.size; number += width)
    {
      size_t start = tomo_piece_align (place, element.alignment);
      size_t end = tomo_piece_read_end (array.data + number, width);
      if (end < start || end > table || !is_zero (array, place, start) ||
          !check (&element, (TomoPiece){ array.data + start, end - start }, depth))
        return FALSE;
      place = end;
    }

  return TRUE;
}

/* Where the member that begins at @start ends: at once, if it is of a fixed size; before the table,
 * if it is the last; else the table says it, from its end on. */
static gboolean
find_end (const Type *member,
          TomoPiece tuple,
          size_t start,
          gboolean is_last,
          size_t *table,
          size_t *out_end)
{
  size_t width = tomo_piece_get_width (tuple.size);

  if (member->fixed_size > 0)
    *out_end = start + member->fixed_size;
  else if (is_last)
    *out_end = *table;
  else
    {
      if (width > *table)
        return FALSE;
      *table -= width;
      *out_end = tomo_piece_read_end (tuple.data + *table, width);
    }

  return *out_end >= start && *out_end <= *table;
}

static gboolean
check_tuple (const Type *type, TomoPiece tuple, unsigned int depth)
{
  const char *end_name = type->end - 1;
  size_t place = 0;
  size_t table = tuple.size;
  Type member;

  /* One of no size may be normal, when it has nothing but empty lists: that is not looked into. */
  if (tuple.size == 0)
    return FALSE;

  for (const char *name = type->name + 1; name < end_name; name = member.end)
    {
      if (!read_type (&member, name, end_name, 0))
        return FALSE;

      size_t start = tomo_piece_align (place, member.alignment);
      size_t end = 0;
      if (!is_zero (tuple, place, start) ||
          !find_end (&member, tuple, start, member.end == end_name, &table, &end) ||
          !check (&member, (TomoPiece){ tuple.data + start, end - start }, depth))
        return FALSE;
      place = end;
    }

  if (type->fixed_size > 0)
    return is_zero (tuple, place, tuple.size);

  size_t width = tomo_piece_get_width (tuple.size);
  return has_least_width (tuple, place, (tuple.size - table) / width);
}

/* The value, a zero, and its type. */
static gboolean
check_variant (TomoPiece variant, unsigned int depth)
{
  size_t n_searched = MIN (variant.size, MAX_TYPE_CHARS + 1);
  const uint8_t *end = variant.data + variant.size;
  const uint8_t *zero = memrchr (end - n_searched, 0, n_searched);
  Type type;

  if (zero == NULL || !read_type (&type, (const char *) zero + 1, (const char *) end, 0) ||
      type.end != (const char *) end)
    return FALSE;

  size_t size = (size_t) (zero - variant.data);
  return (type.fixed_size == 0 || type.fixed_size == size) &&
         check (&type, (TomoPiece){ variant.data, size }, depth);
}

/* @value has the size that @type asks for, if it asks for one. */
static gboolean
check (const Type *type, TomoPiece value, unsigned int depth)
{
  if (depth >= MAX_DEPTH)
    return FALSE;

  switch (*type->name)
    {
    case 's':
      return check_string (value);
    case 'v':
      return check_variant (value, depth + 1);
    case 'a':
      return check_array (type, value, depth + 1);
    case '(':
    case '{':
      return check_tuple (type, value, depth + 1);
    case 'b':
      return value.data[0] < 2;
    default:
      return TRUE; /* a number */
    }
}

/**
 * tomo_normal_form_is_certain:
 * @plain: a serialised variant, from anywhere
 * @type: what type it would have
 *
 * Looks whether @plain is in normal form, quickly. Types that packs have no use for, and what is
 * nested very deep, are not gone into.
 *
 * Returns: %TRUE if @plain is in normal form; if %FALSE, g_variant_is_normal_form() decides
 */
gboolean
tomo_normal_form_is_certain (TomoPiece plain, const char *type)
{
  const char *end = type + strlen (type);
  Type whole;

  return plain.data != NULL && read_type (&whole, type, end, 0) && whole.end == end &&
         (whole.fixed_size == 0 || whole.fixed_size == plain.size) && check (&whole, plain, 0);
}
