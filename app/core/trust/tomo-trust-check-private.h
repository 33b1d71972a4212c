/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/trust/tomo-metadata-private.h"
#include "core/trust/tomo-trust-check.h"

G_BEGIN_DECLS

struct _TomoTrustCheck
{
  GBytes *bytes;      /* (owned) */
  char *role;         /* (owned) */
  char *delegator;    /* (owned) */
  TomoRoleKeys *keys; /* (owned) (nullable): those of @delegator; without them nothing is read */
  TomoMetadata *file; /* (owned) (nullable): what a threshold of @keys signed */
  GError *error;      /* (owned) (nullable): why there is no @file */
};

TomoTrustCheck *
tomo_trust_check_new (const char *role, const char *delegator, TomoRoleKeys *keys, GBytes *bytes);
TomoMetadata *tomo_trust_check_open (GBytes *bytes,
                                     size_t max_bytes,
                                     TomoMetadataType type,
                                     const char *role,
                                     TomoRoleKeys *keys,
                                     GError **error);

G_END_DECLS
