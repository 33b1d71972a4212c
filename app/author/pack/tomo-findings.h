/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a check found, for the person who wrote the file: all of it at once, in file order. */
typedef enum
{
  TOMO_FINDING_ERROR,   /* the pack cannot be published */
  TOMO_FINDING_WARNING, /* it can, but a reader would stumble */
} TomoFindingLevel;

typedef struct
{
  TomoFindingLevel level;
  char *file;        /* (owned): as the caller named the pack folder, joined with the file in it */
  unsigned int line; /* from 1; 0 if it concerns the file as a whole */
  char *message;     /* (owned): translated; says what is wrong and what would be right */
} TomoFinding;

typedef struct _TomoFindings TomoFindings;

TomoFindings *tomo_findings_new (void);
void tomo_findings_free (TomoFindings *self);
void tomo_findings_add (TomoFindings *self,
                        TomoFindingLevel level,
                        const char *file,
                        unsigned int line,
                        const char *format,
                        ...) G_GNUC_PRINTF (5, 6);
void tomo_findings_sort (TomoFindings *self);
size_t tomo_findings_get_n (TomoFindings *self);
const TomoFinding *tomo_findings_get (TomoFindings *self, size_t index);
size_t tomo_findings_count_errors (TomoFindings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoFindings, tomo_findings_free)

G_END_DECLS
