/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-findings.h"

G_BEGIN_DECLS

/* What the foreign quizzes are written in. */
typedef enum
{
  TOMO_IMPORT_CSV,
  TOMO_IMPORT_GIFT,
  TOMO_IMPORT_MOODLE_XML,
} TomoImportFormat;
#define TOMO_N_IMPORT_FORMATS (TOMO_IMPORT_MOODLE_XML + 1)

/* What no foreign quiz says. */
typedef struct
{
  const char *encoding; /* (nullable): of the file, if it is neither UTF-8 nor says so */
  const char *language; /* BCP 47 */
  const char *title;    /* of the pack */
  const char *topic;    /* (nullable): of what names none; without it, each must name its own */
  const char *license;  /* SPDX expression */
} TomoImportOptions;

/* What came of it. */
typedef struct
{
  unsigned int n_questions; /* in the pack */
  unsigned int n_refused;   /* not imported */
} TomoImport;

gboolean tomo_import_format_from_string (const char *string, TomoImportFormat *out_format);
gboolean tomo_import_file (TomoImportFormat format,
                           const char *file,
                           const char *folder,
                           const TomoImportOptions *options,
                           TomoFindings *findings,
                           TomoImport *out_result,
                           GError **error);
const char *tomo_import_template (void);

G_END_DECLS
