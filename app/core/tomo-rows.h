/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/tomo-blocks.h"

G_BEGIN_DECLS

/* Rows of any length, numbered, in a part of a file: 32-bit little-endian numbers for how many
 * there are, how many bytes all of them have, and where each ends; then the rows, a sequence of
 * strings that end in a zero, bytes and 64-bit numbers. Whoever reads a row takes its members in
 * the order in which they were put. */
typedef struct
{
  TomoBlocks *blocks; /* borrowed */
  size_t ends;        /* where the numbers begin */
  size_t rows;        /* where the rows begin */
  size_t end;         /* where the part ends */
  size_t n_rows;
} TomoRows;

gboolean tomo_rows_open (TomoRows *self, TomoBlocks *blocks, size_t offset, GError **error);

/* One row. What is not there reads as empty and makes the row invalid. */
typedef struct
{
  const uint8_t *at;
  const uint8_t *end;
  gboolean is_valid;
} TomoRow;

gboolean tomo_rows_get (const TomoRows *self, size_t index, TomoRow *out_row, GError **error);
const char *tomo_row_take_string (TomoRow *self);
uint8_t tomo_row_take_byte (TomoRow *self);
uint64_t tomo_row_take_number (TomoRow *self);

/* Writes rows, one after the other. */
typedef struct
{
  GByteArray *ends; /* (owned) */
  GByteArray *rows; /* (owned) */
} TomoRowsWriter;

void tomo_rows_writer_init (TomoRowsWriter *self);
void tomo_rows_writer_clear (TomoRowsWriter *self);
void tomo_rows_writer_put_string (TomoRowsWriter *self, const char *string);
void tomo_rows_writer_put_byte (TomoRowsWriter *self, uint8_t byte);
void tomo_rows_writer_put_number (TomoRowsWriter *self, uint64_t number);
void tomo_rows_writer_end_row (TomoRowsWriter *self);
void tomo_rows_writer_append_to (TomoRowsWriter *self, GByteArray *bytes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoRowsWriter, tomo_rows_writer_clear)

G_END_DECLS
