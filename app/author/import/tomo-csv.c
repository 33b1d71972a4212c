/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/import/tomo-csv.h"

#include <string.h>

#include "core/tomo-error.h"

/* More columns than any table of questions has; a file of separators only would fill memory. */
#define MAX_CELLS 100
#define MAX_ROWS 20000

/* RFC 4180, in the dialects of spreadsheet programs. */
typedef struct
{
  const char *p;
  unsigned int line;
  char separator;
} Reader;

static void
row_free (TomoCsvRow *row)
{
  g_ptr_array_unref (row->cells);
  g_free (row);
}

static gboolean
is_line_end (char c)
{
  return c == '\n' || c == '\r';
}

/* CR LF is one line, and so is either alone. */
static void
skip_line_end (Reader *self)
{
  if (self->p[0] == '\r' && self->p[1] == '\n')
    self->p++;
  self->p++;
  self->line++;
}

static gboolean
read_quoted (Reader *self, GString *cell, GError **error)
{
  unsigned int opened = self->line;

  for (self->p++; *self->p != '\0'; self->p++)
    {
      if (*self->p == '"' && self->p[1] == '"')
        self->p++;
      else if (*self->p == '"')
        {
          self->p++;
          self->p += strspn (self->p, self->separator == '\t' ? " " : " \t");
          if (*self->p == '\0' || is_line_end (*self->p) || *self->p == self->separator)
            return TRUE;

          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "line %u: text stands behind the closing quote of a cell; write a quote in "
                       "a cell twice",
                       self->line);
          return FALSE;
        }
      else if (*self->p == '\n' || (*self->p == '\r' && self->p[1] != '\n'))
        self->line++;
      g_string_append_c (cell, *self->p);
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "line %u: the quote that opens a cell here is never closed", opened);
  return FALSE;
}

static char *
read_cell (Reader *self, GError **error)
{
  g_autoptr(GString) cell = g_string_new (NULL);

  if (*self->p == '"')
    return read_quoted (self, cell, error) ? g_string_free (g_steal_pointer (&cell), FALSE) : NULL;

  while (*self->p != '\0' && *self->p != self->separator && !is_line_end (*self->p))
    g_string_append_c (cell, *self->p++);

  return g_strstrip (g_string_free (g_steal_pointer (&cell), FALSE));
}

static TomoCsvRow *
read_row (Reader *self, GError **error)
{
  TomoCsvRow *row = g_new0 (TomoCsvRow, 1);

  row->line = self->line;
  row->cells = g_ptr_array_new_with_free_func (g_free);
  while (TRUE)
    {
      char *cell = read_cell (self, error);

      if (cell != NULL)
        g_ptr_array_add (row->cells, cell);
      if (cell == NULL || row->cells->len > MAX_CELLS)
        {
          if (cell != NULL)
            g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                         "line %u: there are more than %d columns", row->line, MAX_CELLS);
          row_free (row);
          return NULL;
        }
      if (*self->p != self->separator)
        break;
      self->p++;
    }

  if (*self->p != '\0')
    skip_line_end (self);
  return row;
}

static gboolean
is_blank (const TomoCsvRow *row)
{
  for (unsigned int i = 0; i < row->cells->len; i++)
    if (((const char *) g_ptr_array_index (row->cells, i))[0] != '\0')
      return FALSE;

  return TRUE;
}

/* The separator that stands most often in the first line, outside quotes. */
static char
find_separator (const char *text)
{
  static const char separators[] = ",;\t";
  unsigned int counts[] = { 0, 0, 0 };
  gboolean is_quoted = FALSE;
  size_t best = 0;

  for (const char *p = text; *p != '\0' && (is_quoted || !is_line_end (*p)); p++)
    {
      const char *found = strchr (separators, *p);

      if (*p == '"')
        is_quoted = !is_quoted;
      else if (found != NULL && !is_quoted)
        counts[found - separators]++;
    }
  for (size_t i = 1; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > counts[best])
      best = i;

  return separators[best];
}

/**
 * tomo_csv_read:
 * @text: a table as text; the caller has held it against a limit
 * @out_separator: (out): what stands between its cells
 * @error: return location for a #GError
 *
 * Reads a table whose cells are separated by commas, semicolons or tabs, whichever its first line
 * has. Excel’s first line ‘sep=;’ is obeyed. Cells may be quoted, and hold line breaks then; rows
 * without text are left out.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, with the number of the line.
 *
 * Returns: (transfer full) (element-type TomoCsvRow): the rows
 */
GPtrArray *
tomo_csv_read (const char *text, char *out_separator, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  Reader self = { text, 1, find_separator (text) };

  if (g_ascii_strncasecmp (text, "sep=", 4) == 0 && text[4] != '\0' &&
      (text[5] == '\0' || is_line_end (text[5])))
    {
      self.separator = text[4];
      self.p = text + 5;
      if (*self.p != '\0')
        skip_line_end (&self);
    }

  while (*self.p != '\0')
    {
      TomoCsvRow *row = read_row (&self, error);

      if (row == NULL)
        return NULL;
      if (is_blank (row))
        row_free (row);
      else
        g_ptr_array_add (rows, row);
      if (rows->len > MAX_ROWS)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "line %u: there are more than %d rows; split the table", self.line,
                       MAX_ROWS);
          return NULL;
        }
    }

  *out_separator = self.separator;
  return g_steal_pointer (&rows);
}
