/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-findings.h"

G_BEGIN_DECLS

/* A copy of tests/data/packs/basics, to be spoilt. */
char *tomo_pack_sample_dup_folder (void);
void tomo_pack_sample_remove (const char *folder);

char *tomo_pack_sample_read (const char *folder, const char *name);
void tomo_pack_sample_write (const char *folder, const char *name, const char *text);
/* The first @from in the file becomes @to; it is a failed assertion if it is not there. */
void tomo_pack_sample_edit (const char *folder, const char *name, const char *from, const char *to);
/* The line of the first @text in the file. */
unsigned int tomo_pack_sample_find_line (const char *folder, const char *name, const char *text);

/* Asserts that there is a finding about that file and line (0: any) with @part in its message. */
void tomo_pack_sample_assert_finding (TomoFindings *findings,
                                      TomoFindingLevel level,
                                      const char *folder,
                                      const char *name,
                                      unsigned int line,
                                      const char *part);
void tomo_pack_sample_assert_no_errors (TomoFindings *findings);

G_END_DECLS
