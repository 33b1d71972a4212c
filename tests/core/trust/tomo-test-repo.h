/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <jansson.h>
#include <stdint.h>

#include "core/trust/tomo-trusted-set.h"
#include "tomo-test-key.h"

G_BEGIN_DECLS

/* 2026-11-23T09:00:00Z: the present, as far as these tests go. */
#define TOMO_TEST_NOW_SECS 1795424400
#define TOMO_TEST_FUTURE "2027-01-01T00:00:00Z"
#define TOMO_TEST_PAST "2026-01-01T00:00:00Z"

/* A repository in memory: the `signed` parts of all files, to be changed at will, and the keys.
 * Starts as version 1 of everything, one Ed25519 key a role, nothing delegated, no targets. */
typedef struct _TomoTestRepo TomoTestRepo;

TomoTestRepo *tomo_test_repo_new (void);
void tomo_test_repo_free (TomoTestRepo *self);

/* The `signed` part of a role's file; borrowed. */
json_t *tomo_test_repo_get (TomoTestRepo *self, const char *role);
/* Replaces the member at @pointer (‘roles/targets/threshold’), NULL @json removes it. */
void
tomo_test_repo_change (TomoTestRepo *self, const char *role, const char *pointer, const char *json);
void tomo_test_repo_raise (TomoTestRepo *self, const char *role);

/* The keys that sign for a role (element-type TomoTestKey); borrowed. */
GPtrArray *tomo_test_repo_get_keys (TomoTestRepo *self, const char *role);
/* Names the keys of a top-level role in root. */
void tomo_test_repo_set_keys (TomoTestRepo *self,
                              const char *role,
                              GPtrArray *keys,
                              unsigned int threshold);

/* @paths: a JSON array. Makes the role if need be, with one key. */
void tomo_test_repo_delegate (TomoTestRepo *self,
                              const char *delegator,
                              const char *role,
                              const char *paths,
                              gboolean is_terminating);
void tomo_test_repo_add_target (TomoTestRepo *self,
                                const char *role,
                                const char *path,
                                const char *contents);
/* Lists the versions of all targets files in snapshot, that of snapshot in timestamp. */
void tomo_test_repo_list (TomoTestRepo *self);
/* The same after raising snapshot and timestamp by one. */
void tomo_test_repo_publish (TomoTestRepo *self);

/* The file as published, signed by all keys of the role. */
GBytes *tomo_test_repo_sign (TomoTestRepo *self, const char *role);
/* The same, or NULL if what the file holds has no canonical form. */
GBytes *tomo_test_repo_try_sign (TomoTestRepo *self, const char *role);
/* The file with signatures of @keys only. */
GBytes *tomo_test_repo_sign_with (TomoTestRepo *self, const char *role, GPtrArray *keys);

/* The whole workflow with everything from far away; all roles are loaded. */
TomoTrustedSet *tomo_test_repo_refresh (TomoTestRepo *self, GError **error);
/* The same, up to ‘targets’. */
TomoTrustedSet *tomo_test_repo_begin (TomoTestRepo *self, GError **error);
/* Feeds what is not loaded yet, below ‘targets’. */
gboolean tomo_test_repo_load_roles (TomoTestRepo *self, TomoTrustedSet *set, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoTestRepo, tomo_test_repo_free)

G_END_DECLS
