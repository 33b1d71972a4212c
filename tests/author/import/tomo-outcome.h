/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/import/tomo-import-private.h"
#include "author/import/tomo-import.h"

G_BEGIN_DECLS

/* What came of a foreign text. */
typedef struct
{
  char *xml;    /* (owned) (nullable): the pack */
  char *told;   /* (owned): ‘line: message’ a line, with ‘!’ before what was not imported */
  char *failed; /* (owned) (nullable) */
} TomoOutcome;

/* What all of it is imported with. */
extern const TomoImportOptions tomo_outcome_options;

TomoOutcome tomo_outcome_of_bytes (TomoImportFormat format, GBytes *bytes, const char *encoding);
TomoOutcome tomo_outcome_of_text (TomoImportFormat format, const char *text);
TomoOutcome tomo_outcome_of_sample (TomoImportFormat format, const char *name);
void tomo_outcome_clear (TomoOutcome *self);

/* @text is any of the three. */
void tomo_outcome_assert_has (const char *text, const char *part);
void tomo_outcome_assert_has_all (const char *text, const char *const *parts, size_t n_parts);
void tomo_outcome_assert_lacks (const char *text, const char *part);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoOutcome, tomo_outcome_clear)

G_END_DECLS
