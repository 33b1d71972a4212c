/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

typedef struct
{
  char *campaign;   /* (owned) (nullable) */
  char *key_folder; /* (owned) (nullable) */
  char *now;        /* (owned) (nullable) */
  gboolean is_demo;
  char **keys[TOMO_N_HUB_ROLES];    /* (owned) (nullable) */
  int thresholds[TOMO_N_HUB_ROLES]; /* 0 takes the usual one */
} Options;

static void
options_clear (Options *self)
{
  g_free (self->campaign);
  g_free (self->key_folder);
  g_free (self->now);
  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    g_strfreev (self->keys[role]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (TomoInvocation *self, Options *o, GError **error)
{
  /* clang-format off */
  const GOptionEntry options[] = {
    { "campaign", 0, 0, G_OPTION_ARG_FILENAME, &o->campaign,
      /* Translators: help of the option --campaign of ‘repo init’ */
      N_("The campaign’s name, languages and partners"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &o->is_demo,
      /* Translators: help of the option --demo of ‘repo init’ */
      N_("Make a demonstration with unprotected keys; every card will say so"), NULL },
    { "keys", 0, 0, G_OPTION_ARG_FILENAME, &o->key_folder,
      /* Translators: help of the option --keys of ‘repo init’; root-alice.pub and timestamp.pub
       * are names of files */
      N_("A folder with all public keys: root-alice.pub … timestamp.pub"),
      /* Translators: stands for the name of a folder */
      N_("DIR") },
    { "root-key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->keys[TOMO_HUB_ROOT],
      /* Translators: help of an option of ‘repo init’; ‘root’ is the name of a role */
      N_("The public key of one who may sign root; usually five"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    { "targets-key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->keys[TOMO_HUB_TARGETS],
      /* Translators: help of an option of ‘repo init’; ‘targets’ is the name of a role */
      N_("The public key of one who may sign targets; usually five"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    { "campaign-key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->keys[TOMO_HUB_CAMPAIGN],
      /* Translators: help of an option of ‘repo init’; ‘campaign’ is the name of a role */
      N_("The public key of one who may sign campaign; usually three"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    { "snapshot-key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->keys[TOMO_HUB_SNAPSHOT],
      /* Translators: help of an option of ‘repo init’; ‘snapshot’ is the name of a role */
      N_("The public key of the one that signs snapshot each day"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    { "timestamp-key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->keys[TOMO_HUB_TIMESTAMP],
      /* Translators: help of an option of ‘repo init’; ‘timestamp’ is the name of a role */
      N_("The public key of the one that signs timestamp each day"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    { "root-threshold", 0, 0, G_OPTION_ARG_INT, &o->thresholds[TOMO_HUB_ROOT],
      /* Translators: help of an option of ‘repo init’; ‘root’ is the name of a role */
      N_("How many keys must sign root (default: the majority)"),
      /* Translators: stands for a number */
      N_("N") },
    { "targets-threshold", 0, 0, G_OPTION_ARG_INT, &o->thresholds[TOMO_HUB_TARGETS],
      /* Translators: help of an option of ‘repo init’; ‘targets’ is the name of a role */
      N_("How many keys must sign targets (default: the majority)"),
      /* Translators: stands for a number */
      N_("N") },
    { "campaign-threshold", 0, 0, G_OPTION_ARG_INT, &o->thresholds[TOMO_HUB_CAMPAIGN],
      /* Translators: help of an option of ‘repo init’; ‘campaign’ is the name of a role */
      N_("How many keys must sign campaign (default: the majority)"),
      /* Translators: stands for a number */
      N_("N") },
    TOMO_PRESS_NOW_OPTION (&o->now),
    { 0 },
  };
  /* clang-format on */

  return tomo_invocation_parse (self, options, 1, 1, error);
}

static gboolean
check (const Options *o, GError **error)
{
  if (o->campaign == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "repo init: --campaign FILE is missing; content/README.md says what "
                           "stands in it");
      return FALSE;
    }

  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    if (o->is_demo == (o->keys[role] != NULL))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     o->is_demo ? "repo init: --demo makes its own keys; leave --%s-key out"
                                : "repo init: --%s-key PUB is missing, or --keys DIR with all; or "
                                  "give --demo to try",
                     tomo_hub_role_get_name (role));
        return FALSE;
      }

  return TRUE;
}

static void
free_all_keys (TomoSigners **keys)
{
  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    g_clear_pointer (&keys[role], tomo_signers_free);
}

static gboolean
load_all_keys (Options *o, TomoSigners **keys, GError **error)
{
  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    {
      unsigned int threshold =
          o->thresholds[role] != 0
              ? (unsigned int) MAX (o->thresholds[role], 0)
              : tomo_hub_role_get_default_threshold (role, g_strv_length (o->keys[role]));
      keys[role] = tomo_press_load_public_keys (o->keys[role], threshold, error);
      if (keys[role] == NULL)
        {
          g_prefix_error (error, "--%s-key: ", tomo_hub_role_get_name (role));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
name_all_keys (TomoRepository *repository, Options *o, TomoSigners **keys, GError **error)
{
  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    if (!tomo_press_name_keys (repository, keys[role], o->keys[role], error))
      return FALSE;

  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
append_path (char ***paths, const char *path)
{
  unsigned int n = *paths != NULL ? g_strv_length (*paths) : 0;

  *paths = g_renew (char *, *paths, n + 2);
  (*paths)[n] = g_strdup (path);
  (*paths)[n + 1] = NULL;
}

static gboolean
add_key_file (Options *o, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (o->key_folder, name, NULL);
  size_t length = strcspn (name, "-.");

  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    if (strlen (tomo_hub_role_get_name (role)) == length &&
        strncmp (name, tomo_hub_role_get_name (role), length) == 0)
      {
        append_path (&o->keys[role], path);
        return TRUE;
      }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "‘%s’ begins with no role's name: root, targets, campaign, snapshot or timestamp; "
               "call it ‘root-NAME.pub’ and the like, or take it out",
               path);
  return FALSE;
}

/* A folder of public keys, called after roles: ‘root-alice.pub’, ‘timestamp.pub’. A name that no
 * role has is refused, since it may be a role misspelt. */
static gboolean
collect_keys (Options *o, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (o->key_folder, 0, error);
  if (dir == NULL)
    {
      tomo_error_convert (error);
      return FALSE;
    }

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (unsigned int i = 0; i < names->len; i++)
    if (!add_key_file (o, g_ptr_array_index (names, i), error))
      return FALSE;

  return TRUE;
}

/**
 * tomo_press_repo_init:
 * @self: a call of ‘repo init’
 * @error: return location for a #GError
 *
 * Makes a repository.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_init (TomoInvocation *self, GError **error)
{
  g_auto(Options) o = { 0 };
  TomoSigners *keys[TOMO_N_HUB_ROLES] = { NULL };
  int64_t now_secs = 0;

  if (!parse (self, &o, error) || (o.key_folder != NULL && !collect_keys (&o, error)) ||
      !check (&o, error) || !tomo_press_parse_now (o.now, &now_secs, error))
    return TOMO_EXIT_FAILED;

  const char *folder = tomo_invocation_get_args (self)[0];
  g_autoptr(TomoRepository) repository = NULL;
  if (o.is_demo)
    repository = tomo_repository_create (folder, o.campaign, NULL, now_secs, error);
  else if (load_all_keys (&o, keys, error))
    repository = tomo_repository_create (folder, o.campaign, keys, now_secs, error);
  gboolean is_named =
      repository != NULL && (o.is_demo || name_all_keys (repository, &o, keys, error));
  free_all_keys (keys);
  if (!is_named)
    return TOMO_EXIT_FAILED;

  if (!o.is_demo)
    return tomo_press_print_drafts (self, repository, folder, NULL, error) ? TOMO_EXIT_OK
                                                                           : TOMO_EXIT_FAILED;

  /* Translators: after ‘repo init --demo’; both %s are the name of the repository's folder */
  tomo_invocation_print (self, _("%s: a demonstration; its unprotected keys lie in %s/keys"),
                         folder, folder);
  tomo_invocation_print (self, "\n");
  tomo_press_print_next (self, "tomopress repo add-partner %s CC --key PUB… --threshold N", folder);
  return TOMO_EXIT_OK;
}
