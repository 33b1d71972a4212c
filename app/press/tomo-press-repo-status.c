/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/tomo-json.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

/* Who lost a folder need not read every name. */
#define MAX_SHOWN_MISSING 10U
#define SECS_PER_DAY (24 * 60 * 60)

/* Of snapshot and timestamp, which never have more than 30 days left. */
#define MAX_ONLINE_WARNING_DAYS 7

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

/* Whole days; negative once it has expired. */
static int
get_days_left (const TomoRoleStatus *role, int64_t now_secs)
{
  int64_t left_secs = role->expires_secs - now_secs;

  return (int) (left_secs / SECS_PER_DAY) - (left_secs < 0 ? 1 : 0);
}

static char *
dup_time (int64_t secs)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (secs);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
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

static json_t *
signers_to_json (const TomoDraftState *state)
{
  json_t *tree = json_array ();

  for (unsigned int i = 0; i < state->signers->len; i++)
    {
      const TomoDraftSigner *signer = g_ptr_array_index (state->signers, i);
      json_t *entry = json_pack ("{s:s, s:b, s:b}", "keyid", signer->id, "signed",
                                 signer->has_signed, "former", signer->is_former);
      if (signer->name != NULL)
        json_object_set_new (entry, "file", json_string (signer->name));
      json_array_append_new (tree, entry);
    }

  return tree;
}

static json_t *
draft_to_json (const TomoRoleStatus *role, const TomoDraftState *state)
{
  json_t *tree =
      json_pack ("{s:I, s:i, s:i, s:b, s:o}", "version", (json_int_t) role->draft_version,
                 "signatures", (int) state->n_signed, "threshold", (int) state->threshold,
                 "complete", tomo_draft_state_is_complete (state), "keys", signers_to_json (state));

  if (state->former_threshold > 0)
    json_object_set_new (tree, "former",
                         json_pack ("{s:i, s:i}", "signatures", (int) state->n_former_signed,
                                    "threshold", (int) state->former_threshold));
  return tree;
}

/* @state: (nullable): of the draft, if there is one. */
static json_t *
role_to_json (const TomoRoleStatus *role, const TomoDraftState *state, int64_t now_secs)
{
  json_t *tree =
      json_pack ("{s:s, s:I, s:i, s:i, s:s}", "name", role->name, "version",
                 (json_int_t) role->version, "signatures", (int) role->n_signed, "threshold",
                 (int) role->threshold, "urgency", urgency_ids[get_urgency (role, now_secs)]);

  if (role->version > 0)
    {
      g_autofree char *expires = dup_time (role->expires_secs);
      json_object_set_new (tree, "expires", json_string (expires));
      json_object_set_new (tree, "days-left", json_integer (get_days_left (role, now_secs)));
    }
  if (state != NULL)
    json_object_set_new (tree, "draft", draft_to_json (role, state));
  return tree;
}

static void
print_role (TomoInvocation *self, const TomoRoleStatus *role)
{
  if (role->version > 0)
    {
      g_autofree char *expires = tomo_press_dup_date (role->expires_secs);
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
      /* On a line of its own where both do not fit into 80 columns. */
      if (role->version > 0)
        tomo_invocation_print (self, "\n%-12s", "");
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
  int n_days = get_days_left (role, now_secs);

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

/* (element-type TomoRoleStatus) @roles */
static gboolean
print_roles (TomoInvocation *self,
             TomoRepository *repository,
             GPtrArray *roles,
             json_t *tree,
             GError **error)
{
  int64_t now_secs = tomo_repository_get_now_secs (repository);

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoRoleStatus *role = g_ptr_array_index (roles, i);
      g_autoptr(TomoDraftState) state =
          role->draft_version > 0 ? tomo_repository_load_draft_state (repository, role->name, error)
                                  : NULL;
      if (role->draft_version > 0 && state == NULL)
        return FALSE;

      json_array_append_new (tree, role_to_json (role, state, now_secs));
      print_role (self, role);
    }

  return TRUE;
}

static gboolean
expires_within (const TomoRoleStatus *role, int64_t now_secs, int n_days)
{
  int64_t n_counted_days = is_online (role) ? MIN (n_days, MAX_ONLINE_WARNING_DAYS) : n_days;

  return role->version > 0 && role->expires_secs - now_secs <= n_counted_days * SECS_PER_DAY;
}

/* For cron: the exit code tells, and what is printed is mailed by cron. */
static TomoExit
get_exit (GPtrArray *roles, int64_t now_secs, int fail_within)
{
  for (unsigned int i = 0; fail_within >= 0 && i < roles->len; i++)
    if (expires_within (g_ptr_array_index (roles, i), now_secs, fail_within))
      return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}

/* Kiosks keep what they have of a publisher whose files are not all there. */
static void
print_missing (TomoInvocation *self, const char *folder, GStrv missing)
{
  unsigned int n_missing = g_strv_length (missing);

  for (unsigned int i = 0; i < MIN (n_missing, MAX_SHOWN_MISSING); i++)
    tomo_invocation_print_error (self,
                                 "tomopress: ‘%s/%s’ is published but missing, or of another size; "
                                 "bring it back from a mirror\n",
                                 folder, missing[i]);
  if (n_missing > MAX_SHOWN_MISSING)
    tomo_invocation_print_error (self, "tomopress: and so are %u more\n",
                                 n_missing - MAX_SHOWN_MISSING);
}

/**
 * tomo_press_repo_status:
 * @self: a call of ‘repo status’
 * @error: return location for a #GError
 *
 * Says of each role what is published, until when, and what waits for whose signatures.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_status (TomoInvocation *self, GError **error)
{
  g_autofree char *now = NULL;
  int fail_within = -1;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "fail-within", 0, 0, G_OPTION_ARG_INT, &fail_within,
      /* Translators: help of the option --fail-within of ‘repo status’ */
      N_("End with code 1 if anything expires within so many days"),
      /* Translators: stands for a number of days */
      N_("DAYS") },
    TOMO_PRESS_NOW_OPTION (&now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse_with_json (self, options, 1, 1, error))
    return TOMO_EXIT_FAILED;

  const char *folder = tomo_invocation_get_args (self)[0];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_READ, now, error);
  g_autoptr(GPtrArray) roles =
      repository != NULL ? tomo_repository_list_roles (repository, error) : NULL;
  g_autoptr(json_t) tree = json_array ();
  g_auto(GStrv) missing =
      roles != NULL ? tomo_repository_list_missing (repository, roles, error) : NULL;
  if (missing == NULL || !print_roles (self, repository, roles, tree, error))
    return TOMO_EXIT_FAILED;

  int64_t now_secs = tomo_repository_get_now_secs (repository);
  for (unsigned int i = 0; i < roles->len; i++)
    print_warning (self, g_ptr_array_index (roles, i), now_secs, folder);
  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self, json_pack ("{s:b, s:O, s:i}", "demo",
                                                 tomo_repository_is_demo (repository), "roles",
                                                 tree, "missing", (int) g_strv_length (missing)));

  if (!tomo_press_print_drafts (self, repository, folder, NULL, error))
    return TOMO_EXIT_FAILED;
  print_missing (self, folder, missing);
  return missing[0] == NULL ? get_exit (roles, now_secs, fail_within) : TOMO_EXIT_FAILED;
}
