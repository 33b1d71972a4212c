/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-text-private.h"

#include <string.h>

/* Runs are read each time they are asked for: a pack of 4 MiB may hold half a million of them, and
 * a page shows thirty. */
struct _TomoText
{
  GVariant *whole; /* (owned) (not nullable): keeps the runs alive */
  TomoPiece runs;
  size_t n_runs;
  const char *recording; /* in @whole, or empty */
};

static void
text_clear (gpointer data)
{
  TomoText *self = data;

  g_variant_unref (self->whole);
}

/**
 * tomo_text_new:
 * @runs: runs of style, text and argument, of type #TOMO_TEXT_VARIANT_TYPE; if floating, it is
 *    consumed
 *
 * Makes a paragraph of @runs. Bytes of a stranger are checked to be in normal form when their
 * pack is opened, so this cannot fail.
 *
 * Returns: (transfer full): a paragraph
 */
TomoText *
tomo_text_new (GVariant *runs)
{
  g_return_val_if_fail (runs != NULL, NULL);
  g_return_val_if_fail (g_variant_is_of_type (runs, G_VARIANT_TYPE (TOMO_TEXT_VARIANT_TYPE)), NULL);

  g_autoptr(GVariant) whole = g_variant_ref_sink (runs);

  return tomo_text_new_for_piece (whole, tomo_piece_of_variant (whole));
}

/* @runs is a piece of @whole. */
TomoText *
tomo_text_new_for_piece (GVariant *whole, TomoPiece runs)
{
  TomoText *self = g_atomic_rc_box_new (TomoText);

  self->whole = g_variant_ref (whole);
  self->runs = runs;
  self->n_runs = tomo_piece_count (runs);
  self->recording = "";

  return self;
}

/**
 * tomo_text_ref:
 * @self: a paragraph
 *
 * Takes one more reference, in any thread.
 *
 * Returns: (transfer full): @self
 */
TomoText *
tomo_text_ref (TomoText *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * tomo_text_unref:
 * @self: (transfer full): a paragraph
 *
 * Gives a reference back, in any thread.
 */
void
tomo_text_unref (TomoText *self)
{
  g_atomic_rc_box_release_full (self, text_clear);
}

/**
 * tomo_text_get_n_runs:
 * @self: a paragraph
 *
 * Counts the runs of @self.
 *
 * Returns: how many there are; zero for an empty paragraph
 */
size_t
tomo_text_get_n_runs (TomoText *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_runs;
}

/**
 * tomo_text_get_run:
 * @self: a paragraph
 * @index: less than tomo_text_get_n_runs()
 *
 * Gives one run. A style of a later version of the format reads as %TOMO_TEXT_PLAIN.
 *
 * Returns: the run; its strings live as long as @self
 */
TomoTextRun
tomo_text_get_run (TomoText *self, size_t index)
{
  TomoTextRun run = { TOMO_TEXT_PLAIN, "", "" };
  g_return_val_if_fail (self != NULL, run);
  g_return_val_if_fail (index < self->n_runs, run);

  /* (yss): a byte, and two strings with their zeros; none of them is ever padded. */
  const uint8_t *bytes = tomo_piece_get (self->runs, index, TOMO_PIECE_ALIGN_BYTES).data;
  if (bytes[0] < TOMO_N_TEXT_STYLES)
    run.style = (TomoTextStyle) bytes[0];
  run.text = (const char *) bytes + 1;
  run.argument = run.text + strlen (run.text) + 1;

  return run;
}

/**
 * tomo_text_is_empty:
 * @self: a paragraph
 *
 * Tells whether there is nothing to show.
 *
 * Returns: %TRUE if @self has no run
 */
gboolean
tomo_text_is_empty (TomoText *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_runs == 0;
}

/**
 * tomo_text_dup_plain:
 * @self: a paragraph
 *
 * Joins the texts of all runs. A report has none: whoever shows it puts the words in.
 *
 * Returns: (transfer full): the text without styles
 */
char *
tomo_text_dup_plain (TomoText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *plain = g_string_new (NULL);
  for (size_t i = 0; i < self->n_runs; i++)
    g_string_append (plain, tomo_text_get_run (self, i).text);

  return g_string_free (plain, FALSE);
}

/**
 * tomo_text_get_recording:
 * @self: a paragraph
 *
 * Returns: (transfer none): the SHA-256 of what its publisher recorded of it; empty if nothing
 */
const char *
tomo_text_get_recording (TomoText *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->recording;
}

/* For who reads an item; @recording lives as long as the pack. */
void
tomo_text_set_recording (TomoText *self, const char *recording)
{
  self->recording = recording;
}
