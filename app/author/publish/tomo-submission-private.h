/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/publish/tomo-submission.h"

#include <jansson.h>

G_BEGIN_DECLS

struct _TomoSubmission
{
  char *role;               /* (owned) */
  uint64_t targets_version; /* of the targets file that delegated when it was made */
  char *address;            /* (owned); may be empty */
  TomoRoleFile *file;       /* (owned) */
  GHashTable *files;        /* (owned) (element-type utf8 GBytes): by SHA-256 */
};

json_t *tomo_submission_get_targets (TomoSubmission *self);

G_END_DECLS
