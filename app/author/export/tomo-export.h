/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-pack-folder.h"

G_BEGIN_DECLS

/* What teachers take home. */
typedef enum
{
  TOMO_EXPORT_GIFT,
  TOMO_EXPORT_MOODLE_XML,
  TOMO_EXPORT_HTML,
} TomoExportFormat;
#define TOMO_N_EXPORT_FORMATS (TOMO_EXPORT_HTML + 1)

/* One file of an export. */
typedef struct
{
  char *name;    /* (owned): empty if the export is one file only */
  GBytes *bytes; /* (owned) */
} TomoExportFile;

/* What came of it. */
typedef struct
{
  GPtrArray *files;          /* (owned) (element-type TomoExportFile) */
  unsigned int n_items;      /* that are in it */
  unsigned int n_incomplete; /* left out: not complete in the language */
  unsigned int n_unfit;      /* left out: tips, in a file of questions */
  gboolean is_draft;         /* no native speaker has read the language */
} TomoExported;

gboolean tomo_export_format_from_string (const char *string, TomoExportFormat *out_format);
TomoExported *tomo_export (TomoExportFormat format,
                           const TomoPackFolder *folder,
                           const char *language,
                           TomoFindings *findings,
                           GError **error);
void tomo_exported_free (TomoExported *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoExported, tomo_exported_free)

G_END_DECLS
