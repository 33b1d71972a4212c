/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/publish/tomo-repository.h"
#include "author/publish/tomo-role-file.h"

G_BEGIN_DECLS

struct _TomoRepository
{
  char *folder;       /* (owned) (not nullable) */
  GKeyFile *settings; /* (owned) (not nullable): repository.conf */
  int64_t now_secs;
  int lock_fd;         /* -1 when only reading */
  GStrv chosen_drafts; /* (owned) (nullable): other drafts are as if not there; NULL takes all */

  /* For tests of publishing: called after each change to the disk; FALSE stops there, as a kill. */
  gboolean (*step) (const char *path, gpointer user_data);
  gpointer step_data;
};

#define TOMO_REPOSITORY_CONF "repository.conf"
#define TOMO_REPOSITORY_GROUP "repository"
#define TOMO_REPOSITORY_LIFETIMES "lifetimes"
#define TOMO_REPOSITORY_FORMAT 1

/* Design section 7: what a client accepts of one partner. */
#define TOMO_PARTNER_MAX_TARGETS 20000
#define TOMO_PARTNER_MAX_BYTES (512 * 1024 * 1024)

gboolean tomo_repository_lock (TomoRepository *self, GError **error);
gboolean tomo_repository_is_top_level (const char *role);
gboolean tomo_repository_is_chosen (TomoRepository *self, const char *role);
const char *tomo_repository_get_type_of (const char *role);
size_t tomo_repository_get_max_bytes_of (const char *role);
unsigned int tomo_repository_get_lifetime_days (TomoRepository *self, const char *role);

char *tomo_repository_dup_metadata_path (TomoRepository *self, const char *name);
char *tomo_repository_dup_file_name (const char *role, uint64_t version);
char *tomo_repository_dup_draft_path (TomoRepository *self, const char *role);
GBytes *tomo_repository_read (const char *path, size_t max_bytes, GError **error);
gboolean tomo_repository_write (const char *path, GBytes *bytes, GError **error);

/* These give NULL without an error where there is no such file. */
gboolean tomo_repository_load_published (TomoRepository *self,
                                         const char *role,
                                         TomoRoleFile **out_file,
                                         GError **error);
gboolean tomo_repository_load_draft (TomoRepository *self,
                                     const char *role,
                                     TomoRoleFile **out_file,
                                     GError **error);
gboolean tomo_repository_load_latest (TomoRepository *self,
                                      const char *role,
                                      TomoRoleFile **out_file,
                                      GError **error);
gboolean tomo_repository_find_draft (TomoRepository *self,
                                     const char *role,
                                     TomoRoleFile **out_file,
                                     GError **error);
gboolean
tomo_repository_get_root_version (TomoRepository *self, uint64_t *out_version, GError **error);
gboolean tomo_repository_get_published_version (TomoRepository *self,
                                                const char *role,
                                                uint64_t *out_version,
                                                GError **error);

gboolean tomo_repository_load_former_keys (TomoRepository *self,
                                           const char *role,
                                           TomoSigners **out_keys,
                                           GError **error);
char *tomo_repository_dup_key_id (TomoRepository *self,
                                  const char *role,
                                  TomoPublicKey *key,
                                  GError **error);
gboolean tomo_repository_save_draft (TomoRepository *self,
                                     const char *role,
                                     TomoRoleFile *file,
                                     GError **error);
gboolean tomo_repository_write_draft (TomoRepository *self,
                                      const char *role,
                                      TomoRoleFile *file,
                                      GError **error);
gboolean tomo_repository_sign_as_demo (TomoRepository *self,
                                       const char *role,
                                       TomoRoleFile *file,
                                       GError **error);
GPtrArray *tomo_repository_load_demo_keys (TomoRepository *self,
                                           const char *role,
                                           TomoSigners *allowed,
                                           GError **error);

json_t *tomo_repository_delegate (TomoRoleFile *targets,
                                  const char *role,
                                  TomoSigners *keys,
                                  json_t *paths);
json_t *tomo_repository_find_delegation (TomoRoleFile *targets, const char *role);
gboolean
tomo_repository_load_targets (TomoRepository *self, TomoRoleFile **out_targets, GError **error);
void tomo_repository_prune_keys (json_t *keys, json_t *roles);
gboolean tomo_repository_start_again (TomoRepository *self, const char *partner, GError **error);
gboolean tomo_repository_make_folder (const char *path, int mode, GError **error);

/* Target files, staged and published. */
char *tomo_repository_dup_target_name (const char *path, const char *sha256);
gboolean tomo_repository_stage_target (TomoRepository *self,
                                       json_t *targets,
                                       const char *path,
                                       GBytes *bytes,
                                       GError **error);
char *tomo_repository_dup_missing_target (TomoRepository *self, const char *path, json_t *target);
GBytes *tomo_repository_read_target (TomoRepository *self,
                                     const char *path,
                                     json_t *target,
                                     GError **error);
const char *tomo_repository_get_target_sha256 (json_t *target);
void tomo_repository_clear_staged (TomoRepository *self);

/* @pending: (element-type utf8 GBytes): metadata files not on the disk yet, by name. */
gboolean tomo_repository_verify (TomoRepository *self, GHashTable *pending, GError **error);

G_END_DECLS
