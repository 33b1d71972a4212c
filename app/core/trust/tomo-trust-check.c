/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-trust-check-private.h"

#include "core/trust/tomo-trusted-set.h"

/* Verify first, read then: the inside of a file nobody signed is not looked at. */
TomoMetadata *
tomo_trust_check_open (GBytes *bytes,
                       size_t max_bytes,
                       TomoMetadataType type,
                       const char *role,
                       TomoRoleKeys *keys,
                       GError **error)
{
  g_autoptr(GPtrArray) signers = NULL;
  g_autoptr(TomoEnvelope) envelope = tomo_envelope_open (bytes, max_bytes, role, error);

  if (envelope == NULL || !tomo_role_keys_verify (keys, envelope, &signers, error))
    return NULL;

  TomoMetadata *file = tomo_metadata_read (envelope, type, role, error);
  if (file != NULL)
    file->signers = g_steal_pointer (&signers);
  return file;
}

/* @keys: (nullable): NULL if nobody may sign for @role, which the end of the check tells. */
TomoTrustCheck *
tomo_trust_check_new (const char *role, const char *delegator, TomoRoleKeys *keys, GBytes *bytes)
{
  TomoTrustCheck *self = g_new0 (TomoTrustCheck, 1);

  self->role = g_strdup (role);
  self->delegator = g_strdup (delegator);
  self->keys = keys != NULL ? tomo_role_keys_ref (keys) : NULL;
  self->bytes = g_bytes_ref (bytes);
  return self;
}

/**
 * tomo_trust_check_run:
 * @self: a check that was begun
 *
 * Reads the file and verifies its signatures, in any thread, and once. What comes of it, the set
 * hears in tomo_trusted_set_end_targets().
 */
void
tomo_trust_check_run (TomoTrustCheck *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->file == NULL && self->error == NULL);

  if (self->keys != NULL)
    self->file =
        tomo_trust_check_open (self->bytes, TOMO_TRUST_MAX_TARGETS_BYTES, TOMO_METADATA_TARGETS,
                               self->role, self->keys, &self->error);
}

/**
 * tomo_trust_check_get_bytes:
 * @self: a check
 *
 * Gives the file that is being checked.
 *
 * Returns: (transfer none): its bytes
 */
GBytes *
tomo_trust_check_get_bytes (const TomoTrustCheck *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

/**
 * tomo_trust_check_free:
 * @self: (transfer full): a check
 *
 * Frees @self.
 */
void
tomo_trust_check_free (TomoTrustCheck *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->role);
  g_free (self->delegator);
  g_clear_pointer (&self->keys, tomo_role_keys_unref);
  g_clear_pointer (&self->file, tomo_metadata_free);
  g_clear_error (&self->error);
  g_free (self);
}
