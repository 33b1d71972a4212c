/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

#define SECS_PER_DAY (24 * 60 * 60)

/* How near the end of a role is. The names in --json are API. */
typedef enum
{
  URGENCY_NONE,
  URGENCY_90_DAYS,
  URGENCY_30_DAYS,
  URGENCY_7_DAYS,
  URGENCY_EXPIRED,
} Urgency;

static const char *const urgency_ids[] = {
  [URGENCY_NONE] = "none",     [URGENCY_90_DAYS] = "90-days", [URGENCY_30_DAYS] = "30-days",
  [URGENCY_7_DAYS] = "7-days", [URGENCY_EXPIRED] = "expired",
};
G_STATIC_ASSERT (G_N_ELEMENTS (urgency_ids) == URGENCY_EXPIRED + 1);

static gboolean
is_online (const TomoRoleStatus *role)
{
  return g_str_equal (role->name, "snapshot") || g_str_equal (role->name, "timestamp");
}

/* Snapshot and timestamp live for 30 days and are renewed daily; a warning from the first day on
 * would be ignored. */
static Urgency
get_urgency (const TomoRoleStatus *role, int64_t now_secs)
{
  int64_t left_secs = role->expires_secs - now_secs;

  if (role->version == 0)
    return URGENCY_NONE;
  if (left_secs <= 0)
    return URGENCY_EXPIRED;
  if (left_secs <= 7 * SECS_PER_DAY)
    return URGENCY_7_DAYS;
  if (is_online (role))
    return URGENCY_NONE;
  if (left_secs <= 30 * SECS_PER_DAY)
    return URGENCY_30_DAYS;
  return left_secs <= 90 * SECS_PER_DAY ? URGENCY_90_DAYS : URGENCY_NONE;
}

static char *
dup_date (int64_t secs, const char *format)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (secs);

  return g_date_time_format (time, format);
}

static json_t *
role_to_json (const TomoRoleStatus *role, int64_t now_secs)
{
  json_t *tree =
      json_pack ("{s:s, s:I, s:i, s:i, s:s}", "name", role->name, "version",
                 (json_int_t) role->version, "signatures", (int) role->n_signed, "threshold",
                 (int) role->threshold, "urgency", urgency_ids[get_urgency (role, now_secs)]);

  if (role->version > 0)
    {
      g_autofree char *expires = dup_date (role->expires_secs, "%Y-%m-%dT%H:%M:%SZ");
      json_object_set_new (tree, "expires", json_string (expires));
    }
  if (role->draft_version > 0)
    json_object_set_new (tree, "draft",
                         json_pack ("{s:I, s:i}", "version", (json_int_t) role->draft_version,
                                    "signatures", (int) role->draft_n_signed));
  return tree;
}

static void
print_role (TomoInvocation *self, const TomoRoleStatus *role)
{
  if (role->version > 0)
    {
      g_autofree char *expires = dup_date (role->expires_secs, "%Y-%m-%d");
      g_autofree char *version = g_strdup_printf ("%" G_GUINT64_FORMAT, role->version);
      tomo_invocation_print (
          self,
          /* Translators: a line of ‘repo status’: a role such as jp, a version, a date, and how
           * many have signed of how many that must. Keep the columns aligned */
          _("%-12s version %-4s until %s  signed %u of %u"), role->name, version, expires,
          role->n_signed, role->threshold);
    }
  else
    /* Translators: a line of ‘repo status’; %s is a role such as jp. Keep the column */
    tomo_invocation_print (self, _("%-12s not published yet"), role->name);

  if (role->draft_version > 0)
    {
      g_autofree char *draft = g_strdup_printf ("%" G_GUINT64_FORMAT, role->draft_version);
      tomo_invocation_print (self,
                             /* Translators: goes on a line of ‘repo status’: a version, and how
                              * many have signed of how many that must */
                             _("  draft of version %s: %u of %u"), draft, role->draft_n_signed,
                             role->threshold);
    }
  tomo_invocation_print (self, "\n");
}

static void
print_warning (TomoInvocation *self,
               const TomoRoleStatus *role,
               int64_t now_secs,
               const char *folder)
{
  Urgency urgency = get_urgency (role, now_secs);
  int n_days = (int) ((role->expires_secs - now_secs) / SECS_PER_DAY);

  if (urgency == URGENCY_NONE || role->draft_version > 0)
    return;

  if (urgency == URGENCY_EXPIRED)
    /* Translators: a warning of ‘repo status’; %s is a role such as jp */
    tomo_invocation_print (self, _("%s has expired; machines keep what they have of it"),
                           role->name);
  else
    tomo_invocation_print (
        self,
        /* Translators: a warning of ‘repo status’; %s is a role such as jp */
        ngettext ("%s expires in %d day", "%s expires in %d days", (unsigned long) n_days),
        role->name, n_days);
  tomo_invocation_print (self, "\n");

  if (is_online (role))
    tomo_press_print_next (self, "tomopress repo publish %s --only-renew", folder);
  else
    tomo_press_print_next (self, "tomopress repo renew %s %s", folder, role->name);
}

/**
 * tomo_press_repo_status:
 * @self: a call of ‘repo status’
 * @error: return location for a #GError
 *
 * Says of each role what is published, until when, and what waits for signatures.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_status (TomoInvocation *self, GError **error)
{
  g_autofree char *now = NULL;
  const GOptionEntry options[] = {
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };

  if (!tomo_invocation_parse_with_json (self, options, 1, 1, error))
    return TOMO_EXIT_FAILED;

  const char *folder = tomo_invocation_get_args (self)[0];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_READ, now, error);
  g_autoptr(GPtrArray) roles =
      repository != NULL ? tomo_repository_list_roles (repository, error) : NULL;
  if (roles == NULL)
    return TOMO_EXIT_FAILED;

  int64_t now_secs = tomo_repository_get_now_secs (repository);
  json_t *tree = json_array ();
  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoRoleStatus *role = g_ptr_array_index (roles, i);
      json_array_append_new (tree, role_to_json (role, now_secs));
      print_role (self, role);
    }
  for (unsigned int i = 0; i < roles->len; i++)
    print_warning (self, g_ptr_array_index (roles, i), now_secs, folder);

  tree = json_pack ("{s:b, s:o}", "demo", tomo_repository_is_demo (repository), "roles", tree);
  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self, tree);
  else
    json_decref (tree);
  return tomo_press_print_drafts (self, repository, folder, NULL, error) ? TOMO_EXIT_OK
                                                                         : TOMO_EXIT_FAILED;
}
