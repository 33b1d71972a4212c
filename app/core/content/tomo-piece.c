/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-piece-private.h"

#include <string.h>

/**
 * tomo_piece_of_variant:
 * @variant: a variant in normal form
 *
 * Finds where @variant lies.
 *
 * Returns: all of it, for as long as @variant lives
 */
TomoPiece
tomo_piece_of_variant (GVariant *variant)
{
  /* What has no size lies nowhere. */
  const void *data = g_variant_get_data (variant);

  return (TomoPiece){ data != NULL ? data : (const uint8_t *) "", g_variant_get_size (variant) };
}

/**
 * tomo_piece_count:
 * @array: an array of members of no fixed size
 *
 * Counts the members.
 *
 * Returns: how many there are
 */
size_t
tomo_piece_count (TomoPiece array)
{
  if (array.size == 0)
    return 0;

  size_t width = tomo_piece_get_width (array.size);
  size_t table = tomo_piece_read_end (array.data + array.size - width, width);

  return (array.size - table) / width;
}

/**
 * tomo_piece_get:
 * @array: an array of members of no fixed size
 * @index: less than tomo_piece_count()
 * @alignment: of the members
 *
 * Finds a member.
 *
 * Returns: where it lies
 */
TomoPiece
tomo_piece_get (TomoPiece array, size_t index, size_t alignment)
{
  size_t width = tomo_piece_get_width (array.size);
  size_t table = tomo_piece_read_end (array.data + array.size - width, width);
  const uint8_t *ends = array.data + table;
  size_t start =
      index > 0
          ? tomo_piece_align (tomo_piece_read_end (ends + (index - 1) * width, width), alignment)
          : 0;

  return (TomoPiece){ array.data + start,
                      tomo_piece_read_end (ends + index * width, width) - start };
}

/**
 * tomo_piece_get_string:
 * @string: a string
 *
 * Reads a string.
 *
 * Returns: (transfer none): UTF-8 that ends in a zero
 */
const char *
tomo_piece_get_string (TomoPiece string)
{
  return (const char *) string.data;
}

/**
 * tomo_piece_get_uint32:
 * @number: a number, or several of a fixed size
 * @offset: where in @number it begins, in bytes
 *
 * Reads a number.
 *
 * Returns: the number
 */
uint32_t
tomo_piece_get_uint32 (TomoPiece number, size_t offset)
{
  uint32_t value = 0;

  memcpy (&value, number.data + offset, sizeof value);
  return value;
}

/**
 * tomo_piece_open_variant:
 * @variant: a value with its type
 * @out_type: (out) (transfer none): the type, which does not end in a zero
 * @out_length: (out): how long the type is
 *
 * Finds the value.
 *
 * Returns: where it lies
 */
TomoPiece
tomo_piece_open_variant (TomoPiece variant, const char **out_type, size_t *out_length)
{
  size_t size = variant.size;

  /* The type is behind the last zero. */
  while (variant.data[size - 1] != '\0')
    size--;
  *out_type = (const char *) variant.data + size;
  *out_length = variant.size - size;

  return (TomoPiece){ variant.data, size - 1 };
}

/**
 * tomo_piece_reader_init:
 * @self: what to set up
 * @tuple: a tuple of no fixed size, or an entry of a dictionary
 *
 * Stands before the first member of @tuple.
 */
void
tomo_piece_reader_init (TomoPieceReader *self, TomoPiece tuple)
{
  *self = (TomoPieceReader){ tuple, 0, 0 };
}

/**
 * tomo_piece_reader_take_string:
 * @self: a reader before a string that is not the last member
 *
 * Reads a string.
 *
 * Returns: (transfer none): UTF-8 that ends in a zero
 */
const char *
tomo_piece_reader_take_string (TomoPieceReader *self)
{
  return tomo_piece_get_string (tomo_piece_reader_take (self, TOMO_PIECE_ALIGN_BYTES));
}

/**
 * tomo_piece_reader_take_boolean:
 * @self: a reader before a boolean
 *
 * Reads a boolean.
 *
 * Returns: the boolean
 */
gboolean
tomo_piece_reader_take_boolean (TomoPieceReader *self)
{
  return self->tuple.data[self->place++] != 0;
}

/**
 * tomo_piece_reader_take:
 * @self: a reader before a member of no fixed size that is not the last one
 * @alignment: of the member
 *
 * Finds the member, and goes on to the next.
 *
 * Returns: where it lies
 */
TomoPiece
tomo_piece_reader_take (TomoPieceReader *self, size_t alignment)
{
  const TomoPiece *tuple = &self->tuple;
  size_t width = tomo_piece_get_width (tuple->size);
  size_t start = tomo_piece_align (self->place, alignment);

  self->n_ends++;
  self->place = tomo_piece_read_end (tuple->data + tuple->size - self->n_ends * width, width);
  return (TomoPiece){ tuple->data + start, self->place - start };
}

/**
 * tomo_piece_reader_take_last_string:
 * @self: a reader before a string that is the last member
 *
 * Reads a string.
 *
 * Returns: (transfer none): UTF-8 that ends in a zero
 */
const char *
tomo_piece_reader_take_last_string (const TomoPieceReader *self)
{
  return tomo_piece_get_string (tomo_piece_reader_take_last (self, TOMO_PIECE_ALIGN_BYTES));
}

/**
 * tomo_piece_reader_take_last:
 * @self: a reader before the last member, if that has no fixed size
 * @alignment: of the member
 *
 * Finds the last member, which ends where the table begins.
 *
 * Returns: where it lies
 */
TomoPiece
tomo_piece_reader_take_last (const TomoPieceReader *self, size_t alignment)
{
  const TomoPiece *tuple = &self->tuple;
  size_t start = tomo_piece_align (self->place, alignment);
  size_t end = tuple->size - self->n_ends * tomo_piece_get_width (tuple->size);

  return (TomoPiece){ tuple->data + start, end - start };
}
