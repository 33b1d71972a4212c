/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-envelope-private.h"

#include <stdint.h>
#include <string.h>

#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-canonical-json.h"

/* An RSA signature of 8192 bits, in hex. */
#define MAX_SIGNATURE_DIGITS 2048

/* Gives NULL for what is no signature at all: empty, odd, too long, or not hex. Such an entry is
 * skipped, since publishers leave empty places for keys that are still to sign. */
static GBytes *
decode_hex (const char *hex)
{
  size_t length = strlen (hex);

  if (length == 0 || length % 2 != 0 || length > MAX_SIGNATURE_DIGITS)
    return NULL;

  g_autofree uint8_t *bytes = g_malloc (length / 2);
  for (size_t i = 0; i < length / 2; i++)
    {
      int high = g_ascii_xdigit_value (hex[2 * i]);
      int low = g_ascii_xdigit_value (hex[2 * i + 1]);
      if (high < 0 || low < 0)
        return NULL;
      bytes[i] = (uint8_t) (high << 4 | low);
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), length / 2);
}

static gboolean
read_signatures (TomoEnvelope *self, GError **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *signatures = tomo_json_get_array (self->tree, "signatures", self->where, error);

  if (signatures == NULL)
    return FALSE;

  for (size_t i = 0; i < json_array_size (signatures); i++)
    {
      json_t *entry = json_array_get (signatures, i);
      const char *id = tomo_json_get_string (entry, "keyid", self->where, error);
      if (id == NULL)
        return FALSE;

      const char *hex = tomo_json_get_string (entry, "sig", self->where, error);
      if (hex == NULL)
        return FALSE;

      if (!g_hash_table_add (seen, (void *) id))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: key id ‘%.64s’ stands twice in the signatures", self->where, id);
          return FALSE;
        }

      GBytes *signature = decode_hex (hex);
      if (signature != NULL)
        g_hash_table_insert (self->signatures, g_strdup (id), signature);
    }
  return TRUE;
}

/* Parses the outside of the metadata file of @role: size, JSON, `signed` and `signatures`. Nothing
 * is verified yet. Sets INVALID_DATA. */
TomoEnvelope *
tomo_envelope_open (GBytes *bytes, size_t max_bytes, const char *role, GError **error)
{
  g_autoptr(TomoEnvelope) self = g_new0 (TomoEnvelope, 1);

  self->where = g_strdup_printf ("%s.json", role);
  self->size = g_bytes_get_size (bytes);
  self->signatures =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  self->tree = tomo_json_parse (bytes, max_bytes, self->where, error);
  if (self->tree == NULL)
    return NULL;

  self->signed_part = tomo_json_get_object (self->tree, "signed", self->where, error);
  if (self->signed_part == NULL || !read_signatures (self, error))
    return NULL;

  self->canonical = tomo_canonical_json_encode (self->signed_part, error);
  if (self->canonical == NULL)
    {
      g_prefix_error (error, "%s: ", self->where);
      return NULL;
    }

  self->sha256 = tomo_digest_dup_sha256 (bytes);
  self->sha512 = tomo_digest_dup_sha512 (bytes);
  return g_steal_pointer (&self);
}

void
tomo_envelope_free (TomoEnvelope *self)
{
  g_free (self->where);
  g_clear_pointer (&self->tree, json_decref);
  g_clear_pointer (&self->canonical, g_bytes_unref);
  g_clear_pointer (&self->signatures, g_hash_table_unref);
  g_free (self->sha256);
  g_free (self->sha512);
  g_free (self);
}
