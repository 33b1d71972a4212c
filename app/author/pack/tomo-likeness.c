/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-likeness.h"

#include <stdint.h>
#include <string.h>

#define WORD_BITS 64

/* Longer than any card; what is longer is like nothing but itself, so that a file made to be slow
 * is not. */
#define MAX_BYTES 4096

struct _TomoLikeness
{
  char *text; /* (owned) */
  size_t length;
  size_t n_words;                      /* of WORD_BITS, one bit for each byte of the text */
  uint64_t *places;                    /* (owned): for each byte value, n_words with its places */
  unsigned int counts[G_MAXUINT8 + 1]; /* how often each byte value occurs */
};

/**
 * tomo_likeness_new:
 * @text: a text
 *
 * Returns: (transfer full): @text, ready for tomo_likeness_measure()
 */
TomoLikeness *
tomo_likeness_new (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  TomoLikeness *self = g_new0 (TomoLikeness, 1);

  self->text = g_strdup (text);
  self->length = strlen (text);
  self->n_words = self->length <= MAX_BYTES ? (self->length + WORD_BITS - 1) / WORD_BITS : 0;
  self->places = g_new0 (uint64_t, (G_MAXUINT8 + 1) * self->n_words);

  for (size_t i = 0; self->n_words > 0 && i < self->length; i++)
    {
      uint8_t byte = (uint8_t) text[i];

      self->places[byte * self->n_words + i / WORD_BITS] |= UINT64_C (1) << (i % WORD_BITS);
      self->counts[byte]++;
    }

  return self;
}

/**
 * tomo_likeness_free:
 * @self: (transfer full): a text
 *
 * Frees @self.
 */
void
tomo_likeness_free (TomoLikeness *self)
{
  g_free (self->text);
  g_free (self->places);
  g_free (self);
}

/* No common subsequence is longer than what both have of each byte value. */
static size_t
count_shared (const TomoLikeness *self, const char *other)
{
  unsigned int counts[G_MAXUINT8 + 1] = { 0 };
  size_t n_shared = 0;

  for (const char *p = other; *p != '\0'; p++)
    {
      uint8_t byte = (uint8_t) *p;

      n_shared += counts[byte]++ < self->counts[byte];
    }

  return n_shared;
}

/* The length of the longest common subsequence, after Hyyrö (2004): a column of the table in the
 * bits of a few words, a zero bit wherever the length grows by one. */
static size_t
measure_common (const TomoLikeness *self, const char *other)
{
  uint64_t column[MAX_BYTES / WORD_BITS];
  size_t n_common = 0;

  memset (column, 0xff, self->n_words * sizeof (uint64_t));
  for (const char *p = other; *p != '\0'; p++)
    {
      const uint64_t *places = self->places + (uint8_t) *p * self->n_words;
      uint64_t carry = 0;

      for (size_t i = 0; i < self->n_words; i++)
        {
          uint64_t matches = column[i] & places[i];
          uint64_t sum = column[i] + matches;
          uint64_t carried = sum + carry;

          carry = sum < matches || carried < sum;
          column[i] = carried | (column[i] & ~matches);
        }
    }

  for (size_t i = 0; i < self->length; i++)
    n_common += (column[i / WORD_BITS] >> (i % WORD_BITS) & 1) == 0;

  return n_common;
}

/**
 * tomo_likeness_measure:
 * @self: a text
 * @other: another
 * @enough: what is not above this may be told as 0, which is quicker
 *
 * Tells which share of the bytes of both texts stands in both, in the same order. That is the
 * measure of GNU gettext, so that a fuzzy translation is found where msgmerge would find it.
 *
 * Returns: from 0 to 1
 */
double
tomo_likeness_measure (const TomoLikeness *self, const char *other, double enough)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (other != NULL, 0);

  size_t length = strlen (other);
  double n_bytes = (double) (self->length + length);

  if (g_str_equal (self->text, other))
    return 1;
  if (self->n_words == 0 || length > MAX_BYTES)
    return 0;
  if (2 * (double) MIN (self->length, length) / n_bytes <= enough ||
      2 * (double) count_shared (self, other) / n_bytes <= enough)
    return 0;

  return 2 * (double) measure_common (self, other) / n_bytes;
}
