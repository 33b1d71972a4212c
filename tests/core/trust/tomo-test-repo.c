/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tomo-test-repo.h"

#include <string.h>

#include "core/tomo-json.h"
#include "core/trust/tomo-canonical-json.h"

struct _TomoTestRepo
{
  GHashTable *files; /* (owned) (element-type utf8 json_t): `signed` parts by role */
  GHashTable *keys;  /* (owned) (element-type utf8 GPtrArray): by role */
};

static const char *const top_level[] = { "root", "timestamp", "snapshot", "targets" };

static gboolean
is_top_level (const char *role)
{
  for (size_t i = 0; i < G_N_ELEMENTS (top_level); i++)
    if (strcmp (role, top_level[i]) == 0)
      return TRUE;
  return FALSE;
}

static GPtrArray *
new_keys (void)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_test_key_free);

  g_ptr_array_add (keys, tomo_test_key_new (TOMO_TEST_KEY_ED25519));
  return keys;
}

static void
add_file (TomoTestRepo *self, const char *role, const char *type, json_t *body)
{
  json_t *file = json_pack ("{s:s, s:s, s:i, s:s}", "_type", type, "spec_version", "1.0.34",
                            "version", 1, "expires", TOMO_TEST_FUTURE);

  json_object_update (file, body);
  json_decref (body);
  g_hash_table_insert (self->files, g_strdup (role), file);
  g_hash_table_insert (self->keys, g_strdup (role), new_keys ());
}

static json_t *
pack_ids (GPtrArray *keys)
{
  json_t *ids = json_array ();

  for (size_t i = 0; i < keys->len; i++)
    json_array_append_new (ids, json_string (tomo_test_key_get_id (g_ptr_array_index (keys, i))));
  return ids;
}

static void
put_keys (json_t *table, GPtrArray *keys)
{
  for (size_t i = 0; i < keys->len; i++)
    {
      TomoTestKey *key = g_ptr_array_index (keys, i);
      json_object_set_new (table, tomo_test_key_get_id (key),
                           tomo_public_key_to_json (tomo_test_key_get_public (key)));
    }
}

TomoTestRepo *
tomo_test_repo_new (void)
{
  TomoTestRepo *self = g_new0 (TomoTestRepo, 1);

  self->files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_decref);
  self->keys =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  add_file (self, "root", "root",
            json_pack ("{s:b, s:{}, s:{}}", "consistent_snapshot", 1, "keys", "roles"));
  add_file (self, "timestamp", "timestamp", json_pack ("{s:{}}", "meta"));
  add_file (self, "snapshot", "snapshot", json_pack ("{s:{}}", "meta"));
  add_file (self, "targets", "targets", json_pack ("{s:{}}", "targets"));

  for (size_t i = 0; i < G_N_ELEMENTS (top_level); i++)
    tomo_test_repo_set_keys (self, top_level[i], tomo_test_repo_get_keys (self, top_level[i]), 1);
  tomo_test_repo_list (self);
  return self;
}

void
tomo_test_repo_free (TomoTestRepo *self)
{
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->keys);
  g_free (self);
}

json_t *
tomo_test_repo_get (TomoTestRepo *self, const char *role)
{
  json_t *file = g_hash_table_lookup (self->files, role);

  g_assert_nonnull (file);
  return file;
}

static json_t *
step_into (json_t *tree, const char *name)
{
  json_t *next = json_is_array (tree)
                     ? json_array_get (tree, (size_t) g_ascii_strtoull (name, NULL, 10))
                     : json_object_get (tree, name);

  g_assert_nonnull (next);
  return next;
}

void
tomo_test_repo_change (TomoTestRepo *self, const char *role, const char *pointer, const char *json)
{
  g_auto(GStrv) names = g_strsplit (pointer, "/", -1);
  json_t *tree = tomo_test_repo_get (self, role);
  unsigned int last = g_strv_length (names) - 1;

  for (unsigned int i = 0; i < last; i++)
    tree = step_into (tree, names[i]);

  if (json == NULL)
    {
      g_assert_cmpint (json_object_del (tree, names[last]), ==, 0);
      return;
    }

  json_t *value = json_loads (json, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
  g_assert_nonnull (value);
  if (json_is_array (tree))
    json_array_set_new (tree, (size_t) g_ascii_strtoull (names[last], NULL, 10), value);
  else
    json_object_set_new (tree, names[last], value);
}

void
tomo_test_repo_raise (TomoTestRepo *self, const char *role)
{
  json_t *file = tomo_test_repo_get (self, role);
  json_t *version = json_object_get (file, "version");

  json_object_set_new (file, "version", json_integer (json_integer_value (version) + 1));
}

GPtrArray *
tomo_test_repo_get_keys (TomoTestRepo *self, const char *role)
{
  GPtrArray *keys = g_hash_table_lookup (self->keys, role);

  g_assert_nonnull (keys);
  return keys;
}

void
tomo_test_repo_set_keys (TomoTestRepo *self,
                         const char *role,
                         GPtrArray *keys,
                         unsigned int threshold)
{
  json_t *root = tomo_test_repo_get (self, "root");

  put_keys (json_object_get (root, "keys"), keys);
  json_object_set_new (
      json_object_get (root, "roles"), role,
      json_pack ("{s:o, s:i}", "keyids", pack_ids (keys), "threshold", (int) threshold));
  g_hash_table_replace (self->keys, g_strdup (role), g_ptr_array_ref (keys));
}

void
tomo_test_repo_delegate (TomoTestRepo *self,
                         const char *delegator,
                         const char *role,
                         const char *paths,
                         gboolean is_terminating)
{
  json_t *file = tomo_test_repo_get (self, delegator);

  if (!g_hash_table_contains (self->files, role))
    add_file (self, role, "targets", json_pack ("{s:{}}", "targets"));
  if (json_object_get (file, "delegations") == NULL)
    json_object_set_new (file, "delegations", json_pack ("{s:{}, s:[]}", "keys", "roles"));

  json_t *delegations = json_object_get (file, "delegations");
  GPtrArray *keys = tomo_test_repo_get_keys (self, role);
  put_keys (json_object_get (delegations, "keys"), keys);
  json_array_append_new (json_object_get (delegations, "roles"),
                         json_pack ("{s:s, s:o, s:i, s:b, s:o}", "name", role, "keyids",
                                    pack_ids (keys), "threshold", 1, "terminating", is_terminating,
                                    "paths", json_loads (paths, 0, NULL)));
  tomo_test_repo_list (self);
}

void
tomo_test_repo_add_target (TomoTestRepo *self,
                           const char *role,
                           const char *path,
                           const char *contents)
{
  json_t *targets = json_object_get (tomo_test_repo_get (self, role), "targets");
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, contents, -1);

  json_object_set_new (
      targets, path,
      json_pack ("{s:i, s:{s:s}}", "length", (int) strlen (contents), "hashes", "sha256", sha256));
}

void
tomo_test_repo_list (TomoTestRepo *self)
{
  json_t *listed = json_object ();
  GHashTableIter iter;
  const char *role = NULL;
  json_t *file = NULL;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, (void **) &role, (void **) &file))
    {
      g_autofree char *name = g_strconcat (role, ".json", NULL);
      if (strcmp (role, "targets") == 0 || !is_top_level (role))
        json_object_set_new (listed, name,
                             json_pack ("{s:O}", "version", json_object_get (file, "version")));
    }

  json_t *snapshot = tomo_test_repo_get (self, "snapshot");
  json_object_set_new (snapshot, "meta", listed);
  json_object_set_new (
      tomo_test_repo_get (self, "timestamp"), "meta",
      json_pack ("{s:{s:O}}", "snapshot.json", "version", json_object_get (snapshot, "version")));
}

void
tomo_test_repo_publish (TomoTestRepo *self)
{
  tomo_test_repo_raise (self, "snapshot");
  tomo_test_repo_raise (self, "timestamp");
  tomo_test_repo_list (self);
}

GBytes *
tomo_test_repo_sign_with (TomoTestRepo *self, const char *role, GPtrArray *keys)
{
  json_t *file = tomo_test_repo_get (self, role);
  g_autoptr(json_t) signatures = json_array ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) message = tomo_canonical_json_encode (file, &error);
  g_assert_no_error (error);

  for (size_t i = 0; i < keys->len; i++)
    {
      TomoTestKey *key = g_ptr_array_index (keys, i);
      g_autoptr(GBytes) signature = tomo_test_key_sign (key, message);
      g_autofree char *hex = tomo_test_dup_hex (signature);
      json_array_append_new (
          signatures, json_pack ("{s:s, s:s}", "keyid", tomo_test_key_get_id (key), "sig", hex));
    }

  g_autoptr(json_t) tree = json_pack ("{s:O, s:O}", "signatures", signatures, "signed", file);
  char *text = json_dumps (tree, JSON_INDENT (1));
  GBytes *bytes = g_bytes_new (text, strlen (text));
  free (text);
  return bytes;
}

GBytes *
tomo_test_repo_try_sign (TomoTestRepo *self, const char *role)
{
  g_autoptr(GBytes) canonical = tomo_canonical_json_encode (tomo_test_repo_get (self, role), NULL);

  return canonical == NULL ? NULL : tomo_test_repo_sign (self, role);
}

GBytes *
tomo_test_repo_sign (TomoTestRepo *self, const char *role)
{
  return tomo_test_repo_sign_with (self, role, tomo_test_repo_get_keys (self, role));
}

static gboolean
load_targets (TomoTestRepo *self,
              TomoTrustedSet *set,
              const char *role,
              const char *delegator,
              GError **error)
{
  g_autoptr(GBytes) bytes = tomo_test_repo_sign (self, role);

  return tomo_trusted_set_update_targets (set, role, delegator, bytes, TOMO_TRUST_REMOTE, error);
}

static gboolean
load_next_role (TomoTestRepo *self, TomoTrustedSet *set, gboolean *out_done, GError **error)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (set);

  for (size_t i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (!role->is_loaded)
        return load_targets (self, set, role->name, role->delegator, error);
    }
  *out_done = TRUE;
  return TRUE;
}

gboolean
tomo_test_repo_load_roles (TomoTestRepo *self, TomoTrustedSet *set, GError **error)
{
  gboolean done = FALSE;

  while (!done)
    if (!load_next_role (self, set, &done, error))
      return FALSE;
  return TRUE;
}

TomoTrustedSet *
tomo_test_repo_begin (TomoTestRepo *self, GError **error)
{
  g_autoptr(GBytes) root = tomo_test_repo_sign (self, "root");
  g_autoptr(GBytes) timestamp = tomo_test_repo_sign (self, "timestamp");
  g_autoptr(GBytes) snapshot = tomo_test_repo_sign (self, "snapshot");
  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (root, TOMO_TEST_NOW_SECS, error);

  if (set == NULL || !tomo_trusted_set_finish_root (set, error) ||
      !tomo_trusted_set_update_timestamp (set, timestamp, TOMO_TRUST_REMOTE, NULL, error) ||
      !tomo_trusted_set_update_snapshot (set, snapshot, TOMO_TRUST_REMOTE, error) ||
      !load_targets (self, set, "targets", NULL, error))
    return NULL;
  return g_steal_pointer (&set);
}

TomoTrustedSet *
tomo_test_repo_refresh (TomoTestRepo *self, GError **error)
{
  g_autoptr(TomoTrustedSet) set = tomo_test_repo_begin (self, error);

  if (set == NULL || !tomo_test_repo_load_roles (self, set, error))
    return NULL;
  return g_steal_pointer (&set);
}
