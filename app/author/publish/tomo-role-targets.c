/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-role-targets.h"

#include <string.h>

#include "author/publish/tomo-repository-private.h"
#include "author/publish/tomo-safe-text.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-target-path.h"

#define SHA256_CHARS 64

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == SHA256_CHARS && strspn (text, "0123456789abcdef") == SHA256_CHARS;
}

static gboolean
check_target (const char *role, const char *path, json_t *target, uint64_t *sum, GError **error)
{
  g_autofree char *prefix = g_strconcat (role, "/", NULL);
  uint64_t length = 0;

  if (!tomo_target_path_check (path, error))
    {
      g_prefix_error (error, "%s: ", role);
      return FALSE;
    }
  if (!g_str_has_prefix (path, prefix))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "%s lists ‘%s’, which is not below %s: somebody tries to speak for another",
                   role, path, prefix);
      return FALSE;
    }
  if (!json_is_object (target) || !tomo_json_get_uint64 (target, "length", &length, path, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%s’ is no target", path);
      return FALSE;
    }
  if (length > TOMO_PARTNER_MAX_BYTES || !is_sha256 (tomo_repository_get_target_sha256 (target)))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ has no SHA-256, or a size that nobody accepts", path);
      return FALSE;
    }

  *sum += length;
  return TRUE;
}

/**
 * tomo_role_file_check_targets:
 * @self: a file from elsewhere
 * @role: whose it is
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_UNTRUSTED for a path of somebody else, or
 * %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE if all targets are what they may be
 */
gboolean
tomo_role_file_check_targets (TomoRoleFile *self, const char *role, GError **error)
{
  g_return_val_if_fail (self != NULL && role != NULL, FALSE);

  json_t *targets = tomo_json_get_object (tomo_role_file_get_signed (self), "targets", role, error);
  if (targets == NULL)
    return FALSE;

  uint64_t sum = 0;
  const char *path;
  json_t *target;
  gboolean too_many = json_object_size (targets) > TOMO_PARTNER_MAX_TARGETS;

  if (!too_many)
    json_object_foreach (targets, path, target)
      if (!check_target (role, path, target, &sum, error))
        return FALSE;

  if (!too_many && sum <= TOMO_PARTNER_MAX_BYTES)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s lists more than the %d files and %d bytes that clients accept of one partner",
               role, TOMO_PARTNER_MAX_TARGETS, TOMO_PARTNER_MAX_BYTES);
  return FALSE;
}

static gboolean
check_members (json_t *object, const char *const *known, const char *where, GError **error)
{
  const char *member;
  json_t *value;

  json_object_foreach (object, member, value)
    if (!g_strv_contains (known, member))
      {
        g_autofree char *safe = tomo_safe_text_escape (member);
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                     "%s has a member ‘%s’ that ‘tomopress submit’ never writes", where, safe);
        return FALSE;
      }

  return TRUE;
}

/**
 * tomo_role_file_check_plain:
 * @self: a file from elsewhere
 * @role: whose it is
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_UNTRUSTED for a path of somebody else, or
 * %TOMO_ERROR_INVALID_DATA, also for delegations and whatever else could be hidden in it.
 *
 * Returns: %TRUE if it holds the targets of @role and nothing else
 */
gboolean
tomo_role_file_check_plain (TomoRoleFile *self, const char *role, GError **error)
{
  static const char *const of_role[] = {
    "_type", "spec_version", "version", "expires", "x-tomoshibi-signed-on", "targets", NULL,
  };
  static const char *const of_target[] = { "length", "hashes", NULL };
  static const char *const of_hashes[] = { "sha256", NULL };

  g_return_val_if_fail (self != NULL && role != NULL, FALSE);

  json_t *signed_part = tomo_role_file_get_signed (self);
  const char *type = tomo_json_get_string (signed_part, "_type", role, error);
  if (type == NULL || !check_members (signed_part, of_role, role, error))
    return FALSE;
  if (!g_str_equal (type, "targets"))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: is a file of type ‘%.20s’ and not of targets", role, type);
      return FALSE;
    }
  if (!tomo_role_file_check_targets (self, role, error))
    return FALSE;

  json_t *targets = json_object_get (signed_part, "targets");
  const char *path;
  json_t *target;
  json_object_foreach (targets, path, target)
    if (!check_members (target, of_target, path, error) ||
        !check_members (json_object_get (target, "hashes"), of_hashes, path, error))
      return FALSE;

  return TRUE;
}
