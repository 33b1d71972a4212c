/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "author/publish/tomo-repository.h"
#include "author/publish/tomo-role-file.h"
#include "core/content/tomo-pack.h"

G_BEGIN_DECLS

/* What a partner sends to its second signer and then to the hub: the next file of one role, with
 * the signatures so far, and the target files that are new in it. One file,
 * ‘jp-17.tomo-submission’.
 *
 * Gzip around a variant in normal form, little-endian:
 *   format u, role s, version of the delegating targets t, address of the campaign s (a hint),
 *   role file ay, new files a(say) by SHA-256 in ascending order */
typedef struct _TomoSubmission TomoSubmission;

#define TOMO_SUBMISSION_FORMAT 1
#define TOMO_SUBMISSION_VARIANT_TYPE "(ustsaya(say))"
#define TOMO_SUBMISSION_SUFFIX ".tomo-submission"
/* Mail servers take some 25 MB; pictures and packs do not shrink further. */
#define TOMO_SUBMISSION_MAX_PACKED_BYTES (24 * 1024 * 1024)
#define TOMO_SUBMISSION_MAX_BYTES (64 * 1024 * 1024)

TomoSubmission *tomo_submission_new (GBytes *packed, const char *where, GError **error);
TomoSubmission *tomo_submission_new_plain (GBytes *plain, const char *where, GError **error);
TomoSubmission *tomo_submission_new_from_draft (TomoRepository *repository,
                                                const char *role,
                                                const char *address,
                                                GError **error);
GBytes *tomo_submission_write (TomoSubmission *self, GError **error);
void tomo_submission_free (TomoSubmission *self);

const char *tomo_submission_get_role (TomoSubmission *self);
uint64_t tomo_submission_get_version (TomoSubmission *self);
uint64_t tomo_submission_get_targets_version (TomoSubmission *self);
const char *tomo_submission_get_address (TomoSubmission *self);
TomoRoleFile *tomo_submission_get_file (TomoSubmission *self);
char *tomo_submission_dup_name (TomoSubmission *self);

/* @repository: a hub's, or a copy of what it has published. */
gboolean tomo_submission_check (TomoSubmission *self,
                                TomoRepository *repository,
                                TomoSigners **out_keys,
                                GError **error);
gboolean tomo_submission_check_key (TomoSubmission *self,
                                    TomoSigners *keys,
                                    TomoPublicKey *key,
                                    GError **error);
gboolean
tomo_submission_sign (TomoSubmission *self, TomoSigners *keys, TomoPrivateKey *key, GError **error);
gboolean tomo_submission_stage (TomoSubmission *self, TomoRepository *repository, GError **error);
GBytes *tomo_submission_read_target (TomoSubmission *self,
                                     TomoRepository *repository,
                                     const char *path,
                                     GError **error);

/* One compiled pack that is new, gone or different. */
typedef struct
{
  char *path;       /* (owned) */
  TomoPack *before; /* (owned) (nullable) */
  TomoPack *after;  /* (owned) (nullable) */
} TomoSubmissionChange;

typedef enum
{
  TOMO_COMPARE_PUBLISHED,
  TOMO_COMPARE_NOTHING, /* when nobody who signs today has vouched for what is published */
} TomoCompareWith;

/* (element-type TomoSubmissionChange), sorted by path. */
GPtrArray *tomo_submission_list_changes (TomoSubmission *self,
                                         TomoRepository *repository,
                                         TomoCompareWith with,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoSubmission, tomo_submission_free)

G_END_DECLS
