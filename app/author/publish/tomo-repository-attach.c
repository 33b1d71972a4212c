/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-repository-private.h"

#include <openssl/ecdsa.h>
#include <stdint.h>

#include "core/tomo-error.h"

/* The two numbers of an ECDSA P-256 signature, one behind the other, as tokens give them out. */
#define RAW_ECDSA_BYTES 64

/* Which key came in which file, for ‘status’. Not published. */
#define KEY_NAMES_CONF "key-names.conf"
#define KEY_NAMES_GROUP "keys"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)

/**
 * tomo_repository_encode_payload:
 * @self: a repository
 * @role: a role that has a draft
 * @error: return location for a #GError
 *
 * Gets the very bytes that a token or another program signs.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND without a draft.
 *
 * Returns: (transfer full): canonical JSON
 */
GBytes *
tomo_repository_encode_payload (TomoRepository *self, const char *role, GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL, NULL);

  g_autoptr(TomoRoleFile) file = NULL;
  if (!tomo_repository_find_draft (self, role, &file, error))
    return NULL;

  return tomo_role_file_encode_payload (file, error);
}

/* TUF has ECDSA signatures in DER; PKCS#11 has the bare numbers. */
static GBytes *
ecdsa_der_from_raw (GBytes *raw)
{
  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (raw, &size);
  if (size != RAW_ECDSA_BYTES)
    return NULL;

  g_autoptr(ECDSA_SIG) signature = ECDSA_SIG_new ();
  BIGNUM *r = BN_bin2bn (data, RAW_ECDSA_BYTES / 2, NULL);
  BIGNUM *s = BN_bin2bn (data + RAW_ECDSA_BYTES / 2, RAW_ECDSA_BYTES / 2, NULL);
  uint8_t *der = NULL;

  ECDSA_SIG_set0 (signature, r, s);
  int der_size = i2d_ECDSA_SIG (signature, &der);
  GBytes *bytes = der_size > 0 ? g_bytes_new (der, (size_t) der_size) : NULL;
  OPENSSL_free (der);
  return bytes;
}

/* The form of @signature that verifies; NULL if none does. */
static GBytes *
find_form (TomoPublicKey *key, GBytes *payload, GBytes *signature)
{
  if (tomo_public_key_verify (key, payload, signature))
    return g_bytes_ref (signature);

  g_autoptr(GBytes) der = ecdsa_der_from_raw (signature);
  if (der != NULL && tomo_public_key_verify (key, payload, der))
    return g_steal_pointer (&der);
  return NULL;
}

static gboolean
add_verified (TomoRepository *self,
              const char *role,
              TomoRoleFile *file,
              TomoPublicKey *key,
              GBytes *signature,
              GError **error)
{
  g_autofree char *id = tomo_repository_dup_key_id (self, role, key, error);
  g_autoptr(GBytes) payload = id != NULL ? tomo_role_file_encode_payload (file, error) : NULL;
  if (payload == NULL)
    return FALSE;

  g_autoptr(GBytes) form = find_form (key, payload, signature);
  if (form == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "this is no signature by key %.16s… of the draft as it is now; write it out "
                   "again with ‘tomopress repo payload %s %s -o FILE’ and sign that",
                   id, self->folder, role);
      return FALSE;
    }

  tomo_role_file_add_signature (file, id, form);
  return tomo_repository_write_draft (self, role, file, error);
}

/**
 * tomo_repository_attach:
 * @self: a repository
 * @role: a role that has a draft
 * @key: whose signature it is
 * @signature: 64 bytes for Ed25519; DER or 64 bytes for ECDSA; RSA-PSS with SHA-256
 * @error: return location for a #GError
 *
 * Adds a signature that was made elsewhere, in a token or on a machine without network. It is
 * verified first.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND without a draft, %TOMO_ERROR_UNTRUSTED if the key is
 * not one of the role's, or the signature not one of the draft.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_attach (TomoRepository *self,
                        const char *role,
                        TomoPublicKey *key,
                        GBytes *signature,
                        GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL && key != NULL && signature != NULL, FALSE);

  g_autoptr(TomoRoleFile) file = NULL;

  return tomo_repository_find_draft (self, role, &file, error) &&
         add_verified (self, role, file, key, signature, error);
}

static GKeyFile *
load_names (TomoRepository *self)
{
  GKeyFile *names = g_key_file_new ();
  g_autofree char *path = g_build_filename (self->folder, KEY_NAMES_CONF, NULL);

  /* It helps people and decides nothing; without it there are ids. */
  g_key_file_load_from_file (names, path, G_KEY_FILE_NONE, NULL);
  return names;
}

/**
 * tomo_repository_name_keys:
 * @self: a repository, opened for writing
 * @keys: public keys
 * @paths: (array zero-terminated=1): from which file each came
 * @error: return location for a #GError
 *
 * Notes how people call these keys, so that tomo_repository_load_draft_state() can say who has to
 * sign. A key keeps the first name it had.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_repository_name_keys (TomoRepository *self,
                           TomoSigners *keys,
                           const char *const *paths,
                           GError **error)
{
  g_return_val_if_fail (self != NULL && keys != NULL && paths != NULL, FALSE);

  g_autoptr(GKeyFile) names = load_names (self);
  g_autofree char *path = g_build_filename (self->folder, KEY_NAMES_CONF, NULL);

  for (unsigned int i = 0; i < keys->keys->len && paths[i] != NULL; i++)
    {
      g_autofree char *id = tomo_public_key_dup_spec_id (g_ptr_array_index (keys->keys, i));
      g_autofree char *base = g_path_get_basename (paths[i]);
      g_autofree char *name = g_filename_display_name (base);
      if (!g_key_file_has_key (names, KEY_NAMES_GROUP, id, NULL))
        g_key_file_set_string (names, KEY_NAMES_GROUP, id, name);
    }

  if (g_key_file_save_to_file (names, path, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

static void
draft_signer_free (gpointer data)
{
  TomoDraftSigner *signer = data;

  g_free (signer->id);
  g_free (signer->name);
  g_free (signer);
}

/**
 * tomo_draft_state_free:
 * @self: (transfer full): the state of a draft
 */
void
tomo_draft_state_free (TomoDraftState *self)
{
  g_ptr_array_unref (self->signers);
  g_free (self);
}

/**
 * tomo_draft_state_is_complete:
 * @self: the state of a draft
 *
 * Returns: %TRUE if enough have signed
 */
gboolean
tomo_draft_state_is_complete (const TomoDraftState *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_signed >= self->threshold && self->n_former_signed >= self->former_threshold;
}

static void
add_signers (TomoDraftState *self,
             TomoSigners *keys,
             TomoSigners *except,
             TomoRoleFile *file,
             GKeyFile *names)
{
  for (unsigned int i = 0; i < keys->keys->len; i++)
    {
      TomoPublicKey *key = g_ptr_array_index (keys->keys, i);
      if (except != NULL && tomo_signers_find_id (except, key) != NULL)
        continue;

      g_autofree char *spec_id = tomo_public_key_dup_spec_id (key);
      TomoDraftSigner *signer = g_new0 (TomoDraftSigner, 1);
      signer->id = g_strdup (g_ptr_array_index (keys->ids, i));
      signer->name = g_key_file_get_string (names, KEY_NAMES_GROUP, spec_id, NULL);
      signer->is_former = except != NULL;
      signer->has_signed = tomo_role_file_is_signed_by (file, keys, i);
      g_ptr_array_add (self->signers, signer);
    }
}

/**
 * tomo_repository_load_draft_state:
 * @self: a repository
 * @role: a role that has a draft
 * @error: return location for a #GError
 *
 * Gets who has signed a draft, who may, and how many must. A root that changes its keys must be
 * signed by those of the published root, too.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND without a draft.
 *
 * Returns: (transfer full): the state of the draft
 */
TomoDraftState *
tomo_repository_load_draft_state (TomoRepository *self, const char *role, GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL, NULL);

  g_autoptr(TomoRoleFile) file = NULL;
  g_autoptr(TomoSigners) former = NULL;
  g_autoptr(TomoSigners) keys = tomo_repository_find_draft (self, role, &file, error)
                                     ? tomo_repository_load_keys (self, role, error)
                                     : NULL;
  if (keys == NULL || !tomo_repository_load_former_keys (self, role, &former, error))
    return NULL;

  TomoDraftState *state = g_new0 (TomoDraftState, 1);
  g_autoptr(GKeyFile) names = load_names (self);
  state->signers = g_ptr_array_new_with_free_func (draft_signer_free);
  state->n_signed = tomo_role_file_count_signatures (file, keys);
  state->threshold = keys->threshold;
  add_signers (state, keys, NULL, file, names);
  if (former != NULL)
    {
      state->n_former_signed = tomo_role_file_count_signatures (file, former);
      add_signers (state, former, keys, file, names);
    }
  if (former != NULL && g_str_equal (role, "root"))
    state->former_threshold = former->threshold;
  return state;
}
