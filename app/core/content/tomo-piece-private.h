/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Where a part of a variant lies: its serialised form, which the whole keeps alive. Asking a
 * variant for a member makes another variant, and opening a pack made some hundred thousand; a
 * piece is made of nothing. The whole has to be in normal form: nothing is checked again here. */
typedef struct
{
  const uint8_t *data; /* (nullable): none at all, as opposed to one of no size */
  size_t size;
} TomoPiece;

/* The members of a tuple or of an entry of a dictionary, one after the other. */
typedef struct
{
  TomoPiece tuple;
  size_t place;  /* where the next member begins, before its alignment */
  size_t n_ends; /* read so far, from the end of @tuple */
} TomoPieceReader;

/* What a member is aligned to: the same for all of a type. */
#define TOMO_PIECE_ALIGN_BYTES 1   /* strings, booleans, and what consists of them */
#define TOMO_PIECE_ALIGN_VARIANT 8 /* variants, and what has one somewhere in it */

/* The GVariant specification, section 2.5: a container ends in a table of where its members of no
 * fixed size end, in little-endian numbers as wide as the size of the container asks for. An array
 * has one for each member, in their order; a tuple has one for each but its last, backwards. */

static inline size_t
tomo_piece_get_width (size_t size)
{
  return size > UINT32_MAX ? 8 : size > UINT16_MAX ? 4 : size > UINT8_MAX ? 2 : 1;
}

static inline size_t
tomo_piece_read_end (const uint8_t *number, size_t width)
{
  size_t end = 0;

  for (size_t i = width; i > 0; i--)
    end = end << 8 | number[i - 1];
  return end;
}

static inline size_t
tomo_piece_align (size_t place, size_t alignment)
{
  return (place + alignment - 1) & ~(alignment - 1);
}

TomoPiece tomo_piece_of_variant (GVariant *variant);
size_t tomo_piece_count (TomoPiece array);
TomoPiece tomo_piece_get (TomoPiece array, size_t index, size_t alignment);
const char *tomo_piece_get_string (TomoPiece string);
uint32_t tomo_piece_get_uint32 (TomoPiece number, size_t offset);
TomoPiece tomo_piece_open_variant (TomoPiece variant, const char **out_type, size_t *out_length);

void tomo_piece_reader_init (TomoPieceReader *self, TomoPiece tuple);
const char *tomo_piece_reader_take_string (TomoPieceReader *self);
gboolean tomo_piece_reader_take_boolean (TomoPieceReader *self);
TomoPiece tomo_piece_reader_take (TomoPieceReader *self, size_t alignment);
const char *tomo_piece_reader_take_last_string (const TomoPieceReader *self);
TomoPiece tomo_piece_reader_take_last (const TomoPieceReader *self, size_t alignment);

G_END_DECLS
