/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/publish/tomo-submission.h"

G_BEGIN_DECLS

/* What a partner wants to be published from now on. All of it borrowed. */
typedef struct
{
  const char *const *folders; /* packs */
  const char *address;        /* (nullable): where the campaign is published */
  TomoStageFlags flags;
  gboolean renews; /* an unchanged list gets a later date of expiry */
} TomoSubmissionPlan;

gboolean tomo_submission_draft (TomoRepository *repository,
                                const char *role,
                                const TomoSubmissionPlan *plan,
                                TomoPrivateKey *key,
                                TomoFindings *findings,
                                GPtrArray **out_staged,
                                TomoSubmission **out_submission,
                                GCancellable *cancellable,
                                GError **error);
int64_t tomo_submission_get_expires_secs (TomoRepository *repository, const char *role);

G_END_DECLS
