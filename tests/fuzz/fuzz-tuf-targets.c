/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-trusted-set.h"
#include "tomo-test-repo.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Searches by whatever the file says; what is found must be what is listed. */
static void
use_set (TomoTrustedSet *set)
{
  static const char *const paths[] = { "", "a", "a/b", "jp/packs/x/y.k1.gz", "\xc3\xa9/?*" };
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (set);
  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_targets (set);

  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      TomoTrustTarget target = { NULL };
      TomoTrustRole missing = { NULL };
      g_autoptr(GError) error = NULL;
      gboolean found = tomo_trusted_set_find_target (set, paths[i], &target, &missing, &error);
      g_assert_true (found != (error != NULL));
    }
  for (size_t i = 0; i < targets->len; i++)
    {
      const TomoTrustTarget *listed = g_ptr_array_index (targets, i);
      TomoTrustTarget target = { NULL };
      g_assert_true (tomo_trusted_set_find_target (set, listed->path, &target, NULL, NULL));
      g_assert_cmpstr (target.role, ==, listed->role);
    }
  for (size_t i = 0; i < roles->len && i < 8; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      g_autofree char *name = tomo_trusted_set_dup_cache_name (role->name);
      g_assert_null (strchr (name, '/'));
    }
}

/* The bytes become the signed part of targets.json, with a good signature put to it: what a
 * publisher with keys and bad intentions could send. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static TomoTestRepo *repo = NULL;
  static GBytes *root = NULL;
  static GBytes *timestamp = NULL;
  static GBytes *snapshot = NULL;

  if (repo == NULL)
    {
      repo = tomo_test_repo_new ();
      root = tomo_test_repo_sign (repo, "root");
      timestamp = tomo_test_repo_sign (repo, "timestamp");
      snapshot = tomo_test_repo_sign (repo, "snapshot");
    }

  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(json_t) tree = tomo_json_parse (bytes, 1 << 20, "fuzz", NULL);
  json_t *targets = tomo_test_repo_get (repo, "targets");
  if (!json_is_object (tree))
    return 0;
  json_object_clear (targets);
  json_object_update (targets, tree);

  g_autoptr(GBytes) file = tomo_test_repo_try_sign (repo, "targets");
  if (file == NULL)
    return 0;

  g_autoptr(GError) error = NULL;
  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (root, TOMO_TEST_NOW_SECS, &error);
  g_assert_no_error (error);
  g_assert_true (tomo_trusted_set_finish_root (set, NULL));
  g_assert_true (tomo_trusted_set_update_timestamp (set, timestamp, TOMO_TRUST_REMOTE, NULL, NULL));
  g_assert_true (tomo_trusted_set_update_snapshot (set, snapshot, TOMO_TRUST_REMOTE, NULL));
  gboolean is_good =
      tomo_trusted_set_update_targets (set, "targets", NULL, file, TOMO_TRUST_REMOTE, &error);
  g_assert_true (is_good != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  use_set (set);
  return 0;
}
