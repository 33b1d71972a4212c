/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-role-name-private.h"

#include <string.h>

#include "core/tomo-error.h"

/* With a version before and ‘.json’ behind it, this still is a file name on every file system. */
#define MAX_ENCODED_BYTES 200

gboolean
tomo_role_name_is_top_level (const char *role)
{
  static const char *const names[] = { "root", "timestamp", "snapshot", "targets" };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (role, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A delegated role called ‘snapshot’ would share a file, and a line in snapshot.json, with the
 * real one. */
gboolean
tomo_role_name_check (const char *role, const char *where, GError **error)
{
  g_autofree char *encoded = tomo_role_name_encode (role);

  if (role[0] == '\0' || tomo_role_name_is_top_level (role) || strlen (encoded) > MAX_ENCODED_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: a delegated role cannot be named ‘%.64s’", where, role);
      return FALSE;
    }
  return TRUE;
}

/* A role's name as part of a file name and of a URL: nothing but unreserved characters stays, so
 * that ‘../x’ cannot leave the folder. */
char *
tomo_role_name_encode (const char *role)
{
  return g_uri_escape_string (role, NULL, FALSE);
}
