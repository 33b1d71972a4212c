/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-problem.h"

#include <glib/gi18n-lib.h>

#include "core/tomo-error.h"

/* What a visitor reads. The error's own message is English and for the log; it names files and
 * hashes, and helps nobody who stands in a station hall. */
/* clang-format off */
static const char *const words[] = {
  /* Translators: shown to a visitor when a page cannot be shown for a reason nobody foresaw */
  [TOMO_ERROR_FAILED] = N_("This page cannot be shown at the moment."),
  /* Translators: shown to a visitor when a stored file is broken */
  [TOMO_ERROR_INVALID_DATA] = N_("This card is damaged on this machine. It will be fetched again."),
  /* Translators: shown to a visitor when a card has been withdrawn while it was being looked for */
  [TOMO_ERROR_NOT_FOUND] = N_("This card is no longer here."),
  /* Translators: shown to a visitor when there is no network; what was shown before still works */
  [TOMO_ERROR_OFFLINE] = N_("There is no connection at the moment. Everything else works on."),
  /* Translators: shown to a visitor when a signature is wrong */
  [TOMO_ERROR_UNTRUSTED] = N_("This card was not signed properly, so it is not shown."),
  /* Translators: shown to a visitor when a card is too old to be shown */
  [TOMO_ERROR_STALE] = N_("This card is waiting for a newer version."),
  /* Translators: shown to a visitor while something else is at work */
  [TOMO_ERROR_BUSY] = N_("Something is being brought up to date. Please try again in a moment."),
  /* Translators: shown to a visitor when the machine's disk is full */
  [TOMO_ERROR_NO_SPACE] = N_("There is no room left on this machine."),
  /* Translators: shown to a visitor when a card needs a newer version of the program */
  [TOMO_ERROR_UNSUPPORTED] = N_("This card needs a newer version of the program."),
  /* Translators: shown to a visitor when something was stopped on request */
  [TOMO_ERROR_CANCELLED] = N_("This was stopped."),
};
/* clang-format on */
G_STATIC_ASSERT (G_N_ELEMENTS (words) == TOMO_N_ERRORS);

/**
 * tomo_problem_get_words:
 * @error: an error of any domain
 *
 * Turns domain and code into a sentence for visitors, in their language.
 *
 * Returns: (transfer none): a sentence
 */
const char *
tomo_problem_get_words (const GError *error)
{
  g_return_val_if_fail (error != NULL, _ (words[TOMO_ERROR_FAILED]));

  if (error->domain == TOMO_ERROR && error->code >= 0 && error->code < TOMO_N_ERRORS)
    return _ (words[error->code]);

  return _ (words[TOMO_ERROR_FAILED]);
}
