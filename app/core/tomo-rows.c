/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-rows.h"

#include <string.h>

#include "core/tomo-error.h"

#define NUMBER_BYTES 4
#define HEAD_BYTES (2 * NUMBER_BYTES)

static uint32_t
read_uint32 (const uint8_t *data)
{
  uint32_t number = 0;

  memcpy (&number, data, sizeof number);

  return GUINT32_FROM_LE (number);
}

static void
append_uint32 (GByteArray *bytes, size_t number)
{
  uint32_t stored = GUINT32_TO_LE ((uint32_t) number);

  g_byte_array_append (bytes, (const uint8_t *) &stored, sizeof stored);
}

static void
set_damaged (GError **error)
{
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "a list is damaged: run tomoctl verify, then tomoctl sync, to repair it");
}

/**
 * tomo_rows_open:
 * @self: (out caller-allocated): rows
 * @blocks: the file; must outlive @self
 * @offset: where the rows begin in it
 * @error: return location for a #GError
 *
 * Begins to read rows. Only their number is looked at.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or what tomo_blocks_get() sets.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_rows_open (TomoRows *self, TomoBlocks *blocks, size_t offset, GError **error)
{
  const uint8_t *head = tomo_blocks_get (blocks, offset, HEAD_BYTES, error);
  if (head == NULL)
    return FALSE;

  size_t left = tomo_blocks_get_size (blocks) - offset - HEAD_BYTES;
  size_t n_rows = read_uint32 (head);
  size_t n_bytes = read_uint32 (head + NUMBER_BYTES);
  if (n_rows > left / NUMBER_BYTES || n_bytes > left - n_rows * NUMBER_BYTES)
    {
      set_damaged (error);
      return FALSE;
    }

  self->blocks = blocks;
  self->ends = offset + HEAD_BYTES;
  self->rows = self->ends + n_rows * NUMBER_BYTES;
  self->end = self->rows + n_bytes;
  self->n_rows = n_rows;
  return TRUE;
}

static gboolean
get_end (const TomoRows *self, size_t index, size_t *out_end, GError **error)
{
  const uint8_t *number =
      tomo_blocks_get (self->blocks, self->ends + index * NUMBER_BYTES, NUMBER_BYTES, error);
  if (number == NULL)
    return FALSE;

  *out_end = read_uint32 (number);
  return TRUE;
}

/**
 * tomo_rows_get:
 * @self: rows
 * @index: foreign numbers are welcome
 * @out_row: (out caller-allocated): the row; what is taken from it lives as long as the blocks
 * @error: return location for a #GError
 *
 * Finds a row.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if there is no such row, or what
 * tomo_blocks_get() sets.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_rows_get (const TomoRows *self, size_t index, TomoRow *out_row, GError **error)
{
  size_t start = 0;
  size_t end = 0;

  if (index >= self->n_rows)
    {
      set_damaged (error);
      return FALSE;
    }

  if ((index > 0 && !get_end (self, index - 1, &start, error)) ||
      !get_end (self, index, &end, error))
    return FALSE;

  if (start > end || end > self->end - self->rows)
    {
      set_damaged (error);
      return FALSE;
    }

  const uint8_t *data = tomo_blocks_get (self->blocks, self->rows + start, end - start, error);
  if (data == NULL)
    return FALSE;

  *out_row = (TomoRow){ .at = data, .end = data + (end - start), .is_valid = TRUE };
  return TRUE;
}

/**
 * tomo_row_take_string:
 * @self: a row
 *
 * Takes the next member as a string.
 *
 * Returns: (transfer none): bytes up to a zero, which need not be UTF-8
 */
const char *
tomo_row_take_string (TomoRow *self)
{
  const char *string = (const char *) self->at;
  const uint8_t *zero =
      self->at < self->end ? memchr (self->at, '\0', (size_t) (self->end - self->at)) : NULL;

  if (zero == NULL)
    {
      self->is_valid = FALSE;
      self->at = self->end;
      return "";
    }

  self->at = zero + 1;
  return string;
}

/**
 * tomo_row_take_byte:
 * @self: a row
 *
 * Takes the next member as a byte.
 *
 * Returns: the byte
 */
uint8_t
tomo_row_take_byte (TomoRow *self)
{
  if (self->at == self->end)
    {
      self->is_valid = FALSE;
      return 0;
    }

  return *self->at++;
}

/**
 * tomo_row_take_number:
 * @self: a row
 *
 * Takes the next member as a number.
 *
 * Returns: the number
 */
uint64_t
tomo_row_take_number (TomoRow *self)
{
  uint64_t number = 0;

  if ((size_t) (self->end - self->at) < sizeof number)
    {
      self->is_valid = FALSE;
      self->at = self->end;
      return 0;
    }

  memcpy (&number, self->at, sizeof number);
  self->at += sizeof number;
  return GUINT64_FROM_LE (number);
}

/**
 * tomo_rows_writer_init:
 * @self: (out caller-allocated): a writer
 *
 * Begins with no rows.
 */
void
tomo_rows_writer_init (TomoRowsWriter *self)
{
  self->ends = g_byte_array_new ();
  self->rows = g_byte_array_new ();
}

/**
 * tomo_rows_writer_clear:
 * @self: a writer
 *
 * Frees what @self holds.
 */
void
tomo_rows_writer_clear (TomoRowsWriter *self)
{
  g_clear_pointer (&self->ends, g_byte_array_unref);
  g_clear_pointer (&self->rows, g_byte_array_unref);
}

/**
 * tomo_rows_writer_put_string:
 * @self: a writer
 * @string: the next member of the row
 *
 * Adds a string to the row.
 */
void
tomo_rows_writer_put_string (TomoRowsWriter *self, const char *string)
{
  g_byte_array_append (self->rows, (const uint8_t *) string, (unsigned int) strlen (string) + 1);
}

/**
 * tomo_rows_writer_put_byte:
 * @self: a writer
 * @byte: the next member of the row
 *
 * Adds a byte to the row.
 */
void
tomo_rows_writer_put_byte (TomoRowsWriter *self, uint8_t byte)
{
  g_byte_array_append (self->rows, &byte, 1);
}

/**
 * tomo_rows_writer_put_number:
 * @self: a writer
 * @number: the next member of the row
 *
 * Adds a number to the row.
 */
void
tomo_rows_writer_put_number (TomoRowsWriter *self, uint64_t number)
{
  uint64_t stored = GUINT64_TO_LE (number);

  g_byte_array_append (self->rows, (const uint8_t *) &stored, sizeof stored);
}

/**
 * tomo_rows_writer_end_row:
 * @self: a writer
 *
 * Ends the row; the next begins.
 */
void
tomo_rows_writer_end_row (TomoRowsWriter *self)
{
  append_uint32 (self->ends, self->rows->len);
}

/**
 * tomo_rows_writer_append_to:
 * @self: a writer
 * @bytes: a file
 *
 * Appends all rows to @bytes, for tomo_rows_open() with the length that it had.
 */
void
tomo_rows_writer_append_to (TomoRowsWriter *self, GByteArray *bytes)
{
  append_uint32 (bytes, self->ends->len / NUMBER_BYTES);
  append_uint32 (bytes, self->rows->len);
  g_byte_array_append (bytes, self->ends->data, self->ends->len);
  g_byte_array_append (bytes, self->rows->data, self->rows->len);
}
