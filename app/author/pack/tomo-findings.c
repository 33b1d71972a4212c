/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-findings.h"

struct _TomoFindings
{
  GPtrArray *items;  /* (owned) (element-type TomoFinding) */
  GHashTable *known; /* (owned) (nullable) (element-type TomoFinding): by place and message */
  size_t n_errors;
};

static void
finding_free (TomoFinding *finding)
{
  g_free (finding->file);
  g_free (finding->message);
  g_free (finding);
}

static unsigned int
hash_finding (gconstpointer key)
{
  const TomoFinding *finding = key;

  return g_str_hash (finding->message) ^ (finding->line * 31U);
}

static gboolean
is_same_finding (gconstpointer a, gconstpointer b)
{
  const TomoFinding *left = a;
  const TomoFinding *right = b;

  return left->line == right->line && g_str_equal (left->message, right->message) &&
         g_str_equal (left->file, right->file);
}

/**
 * tomo_findings_new:
 *
 * Returns: (transfer full): an empty list
 */
TomoFindings *
tomo_findings_new (void)
{
  TomoFindings *self = g_new0 (TomoFindings, 1);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) finding_free);

  return self;
}

/**
 * tomo_findings_free:
 * @self: (transfer full): findings
 *
 * Frees @self and all that it holds.
 */
void
tomo_findings_free (TomoFindings *self)
{
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/**
 * tomo_findings_add:
 * @self: findings
 * @level: whether it forbids publishing
 * @file: the file it was found in
 * @line: from 1, or 0 for the file as a whole
 * @format: translated; says what is wrong and what would be right
 * @...: for @format
 *
 * Adds one finding at the end. The same finding at the same place is kept once.
 */
void
tomo_findings_add (TomoFindings *self,
                   TomoFindingLevel level,
                   const char *file,
                   unsigned int line,
                   const char *format,
                   ...)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (file != NULL);

  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);

  TomoFinding *finding = g_new0 (TomoFinding, 1);
  finding->level = level;
  finding->file = g_strdup (file);
  finding->line = line;
  finding->message = g_steal_pointer (&message);

  if (self->known == NULL)
    self->known = g_hash_table_new (hash_finding, is_same_finding);
  if (g_hash_table_contains (self->known, finding))
    {
      finding_free (finding);
      return;
    }
  g_hash_table_add (self->known, finding);
  g_ptr_array_add (self->items, finding);
  self->n_errors += level == TOMO_FINDING_ERROR;
}

typedef struct
{
  GHashTable *file_ranks; /* (owned) (element-type utf8 size_t): by first appearance */
  GHashTable *ranks;      /* (owned) (element-type TomoFinding size_t): makes the sort stable */
} SortOrder;

static int
compare_findings (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const TomoFinding *left = *(const TomoFinding *const *) a;
  const TomoFinding *right = *(const TomoFinding *const *) b;
  SortOrder *order = user_data;
  size_t left_rank = GPOINTER_TO_SIZE (g_hash_table_lookup (order->file_ranks, left->file));
  size_t right_rank = GPOINTER_TO_SIZE (g_hash_table_lookup (order->file_ranks, right->file));

  if (left_rank == right_rank)
    {
      left_rank = left->line;
      right_rank = right->line;
    }
  if (left_rank == right_rank)
    {
      left_rank = GPOINTER_TO_SIZE (g_hash_table_lookup (order->ranks, left));
      right_rank = GPOINTER_TO_SIZE (g_hash_table_lookup (order->ranks, right));
    }

  return left_rank < right_rank ? -1 : left_rank > right_rank;
}

/**
 * tomo_findings_sort:
 * @self: findings
 *
 * Puts the findings of each file together, by line. Checks run in several passes, but a person
 * reads a file from its top.
 */
void
tomo_findings_sort (TomoFindings *self)
{
  g_return_if_fail (self != NULL);

  g_autoptr(GHashTable) file_ranks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) ranks = g_hash_table_new (NULL, NULL);

  for (size_t i = 0; i < self->items->len; i++)
    {
      TomoFinding *finding = g_ptr_array_index (self->items, i);

      if (!g_hash_table_contains (file_ranks, finding->file))
        g_hash_table_insert (file_ranks, finding->file, GSIZE_TO_POINTER (i));
      g_hash_table_insert (ranks, finding, GSIZE_TO_POINTER (i));
    }

  SortOrder order = { file_ranks, ranks };
  g_ptr_array_sort_with_data (self->items, compare_findings, &order);
}

/**
 * tomo_findings_get_n:
 * @self: findings
 *
 * Returns: how many there are
 */
size_t
tomo_findings_get_n (TomoFindings *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

/**
 * tomo_findings_get:
 * @self: findings
 * @index: below tomo_findings_get_n()
 *
 * Returns: (transfer none): one finding
 */
const TomoFinding *
tomo_findings_get (TomoFindings *self, size_t index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return g_ptr_array_index (self->items, index);
}

/**
 * tomo_findings_count_errors:
 * @self: findings
 *
 * Returns: how many of them forbid publishing
 */
size_t
tomo_findings_count_errors (TomoFindings *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_errors;
}
