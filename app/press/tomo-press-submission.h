/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/publish/tomo-submission.h"
#include "cli/tomo-cli.h"

G_BEGIN_DECLS

/* What ‘submit’, ‘countersign’ and ‘repo receive’ share. */
TomoSubmission *tomo_press_read_submission (const char *path, GError **error);
gboolean tomo_press_write_submission (TomoInvocation *self,
                                      const char *path,
                                      TomoSubmission *submission,
                                      GError **error);
void tomo_press_print_submission_signers (TomoInvocation *self,
                                          TomoSubmission *submission,
                                          TomoSigners *keys);
void tomo_press_print_submission_next (TomoInvocation *self,
                                       const char *path,
                                       TomoSubmission *submission,
                                       TomoSigners *keys);
char *tomo_press_dup_missing (TomoSubmission *submission, TomoSigners *keys);
void tomo_press_print_changes (TomoInvocation *self, GPtrArray *changes);

G_END_DECLS
