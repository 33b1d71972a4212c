/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <stdint.h>

#include "author/publish/tomo-fingerprint.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-canonical-json.h"
#include "core/trust/tomo-trusted-set.h"
#include "press/tomo-press-repo.h"

static void
print_quorum (TomoInvocation *self, const char *name, json_t *role)
{
  unsigned int n_keys = (unsigned int) json_array_size (json_object_get (role, "keyids"));
  unsigned int threshold = (unsigned int) json_integer_value (json_object_get (role, "threshold"));

  tomo_invocation_print (
      self,
      /* Translators: a line of what is about to be signed: a role such as jp, how many of its keys
       * must sign, and how many it has; the count for the plural is the last number */
      ngettext ("  %s: signed by %u of %u key", "  %s: signed by %u of %u keys", n_keys),
      name != NULL ? name : "?", threshold, n_keys);
  tomo_invocation_print (self, "\n");
}

/* What a targets file lists, and to whom it delegates. */
static void
print_targets (TomoInvocation *self, json_t *tree)
{
  unsigned int n_files = (unsigned int) json_object_size (json_object_get (tree, "targets"));
  json_t *roles = json_object_get (json_object_get (tree, "delegations"), "roles");
  size_t index;
  json_t *role;

  tomo_invocation_print (self,
                         /* Translators: a line of what is about to be signed */
                         ngettext ("  lists %u file", "  lists %u files", n_files), n_files);
  tomo_invocation_print (self, "\n");
  json_array_foreach (roles, index, role)
    print_quorum (self, json_string_value (json_object_get (role, "name")), role);
}

static void
print_root (TomoInvocation *self, json_t *tree)
{
  const char *name;
  json_t *role;

  json_object_foreach (json_object_get (tree, "roles"), name, role)
    print_quorum (self, name, role);
}

/* Canonical JSON writes the line ends of a PEM key as they are, which JSON forbids. Elsewhere it
 * has no control characters, so that all of them can be escaped. */
static GBytes *
escape_controls (GBytes *payload)
{
  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (payload, &size);
  GString *text = g_string_sized_new (size);

  for (size_t i = 0; i < size; i++)
    if (data[i] < 0x20)
      g_string_append_printf (text, "\\u%04x", data[i]);
    else
      g_string_append_c (text, (char) data[i]);

  return g_string_free_to_bytes (text);
}

/* Only what ‘repo payload’ writes is signed: a key must not put its name under a letter. */
static json_t *
parse_payload (GBytes *payload, const char *where, GError **error)
{
  g_autoptr(GBytes) json = escape_controls (payload);
  g_autoptr(json_t) tree = tomo_json_parse (json, TOMO_TRUST_MAX_TARGETS_BYTES, where, error);
  if (tree == NULL)
    return NULL;

  g_autoptr(GBytes) canonical = tomo_canonical_json_encode (tree, NULL);
  if (canonical != NULL && g_bytes_equal (canonical, payload) &&
      json_is_string (json_object_get (tree, "_type")))
    return g_steal_pointer (&tree);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "‘%s’ is not what ‘tomopress repo payload’ writes, and is not signed", where);
  return NULL;
}

/**
 * tomo_press_print_payload:
 * @self: a call
 * @payload: what is signed
 * @where: its file
 * @error: return location for a #GError
 *
 * Says what is about to be signed, and the number that is read aloud, so that everybody in the room
 * knows that all sign the same.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if @payload is not from ‘repo payload’.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_press_print_payload (TomoInvocation *self, GBytes *payload, const char *where, GError **error)
{
  g_autoptr(json_t) tree = parse_payload (payload, where, error);
  uint64_t version = 0;
  int64_t expires_secs = 0;
  if (tree == NULL || !tomo_json_get_uint64 (tree, "version", &version, where, error) ||
      !tomo_json_get_time (tree, "expires", &expires_secs, where, error))
    return FALSE;

  const char *type = json_string_value (json_object_get (tree, "_type"));
  g_autofree char *version_text = g_strdup_printf ("%" G_GUINT64_FORMAT, version);
  g_autofree char *expires = tomo_press_dup_date (expires_secs);
  g_autofree char *sha256 = tomo_digest_dup_sha256 (payload);
  g_autofree char *groups = tomo_fingerprint_format (sha256);

  tomo_invocation_print (self,
                         /* Translators: what is about to be signed: a file, a kind of metadata such
                          * as root, a version, a date */
                         _("%s: %s, version %s, until %s"), where, type, version_text, expires);
  tomo_invocation_print (self, "\n");
  if (g_str_equal (type, "root"))
    print_root (self, tree);
  else if (g_str_equal (type, "targets"))
    print_targets (self, tree);
  /* Translators: a line of what is about to be signed; %s is 16 groups of four letters and digits,
   * to be read aloud */
  tomo_invocation_print (self, _("Read aloud: %s"), groups);
  tomo_invocation_print (self, "\n");
  return TRUE;
}
