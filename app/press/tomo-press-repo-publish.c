/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

typedef struct
{
  char **snapshot_keys;    /* (owned) (nullable) */
  char **timestamp_keys;   /* (owned) (nullable) */
  char **passphrase_files; /* (owned) (nullable) */
  char *now;               /* (owned) (nullable) */
  gboolean only_renew;
} Options;

static void
options_clear (Options *self)
{
  g_strfreev (self->snapshot_keys);
  g_strfreev (self->timestamp_keys);
  g_strfreev (self->passphrase_files);
  g_free (self->now);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (TomoInvocation *self, Options *o, GError **error)
{
  /* clang-format off */
  const GOptionEntry options[] = {
    { "snapshot-key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->snapshot_keys,
      /* Translators: help of an option of ‘repo publish’; ‘snapshot’ is the name of a role */
      N_("The private key that signs snapshot"),
      /* Translators: stands for the name of a private key file */
      N_("KEY") },
    { "timestamp-key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->timestamp_keys,
      /* Translators: help of an option of ‘repo publish’; ‘timestamp’ is the name of a role */
      N_("The private key that signs timestamp"),
      /* Translators: stands for the name of a private key file */
      N_("KEY") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->passphrase_files,
      /* Translators: help of the option --passphrase-file of ‘repo publish’ */
      N_("Take the passphrase of both keys from a file"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "only-renew", 0, 0, G_OPTION_ARG_NONE, &o->only_renew,
      /* Translators: help of the option --only-renew of ‘repo publish’ */
      N_("Only sign snapshot and timestamp again, as each day; drafts go on waiting"), NULL },
    TOMO_PRESS_NOW_OPTION (&o->now),
    { 0 },
  };
  /* clang-format on */

  return tomo_invocation_parse (self, options, 1, G_MAXUINT, error);
}

/* NULL lets a demonstration take its own. */
static gboolean
load_keys (TomoInvocation *self,
           Options *o,
           char **paths,
           gboolean is_demo,
           GPtrArray **out_keys,
           GError **error)
{
  if (paths == NULL && is_demo)
    return TRUE;

  *out_keys = tomo_press_load_private_keys (self, paths, o->passphrase_files, error);
  return *out_keys != NULL;
}

/* A name misspelt must not end in a publication of nothing. */
static gboolean
choose (TomoRepository *repository, const char *const *roles, gboolean only_renew, GError **error)
{
  g_auto(GStrv) drafts = tomo_repository_list_drafts (repository, error);

  for (size_t i = 0; drafts != NULL && roles[i] != NULL; i++)
    if (only_renew || !g_strv_contains ((const char *const *) drafts, roles[i]))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     only_renew ? "repo publish: --only-renew publishes no draft; leave ‘%s’ out"
                                : "repo publish: nothing is drafted for role ‘%s’",
                     roles[i]);
        return FALSE;
      }

  tomo_repository_choose_drafts (repository, roles);
  return drafts != NULL;
}

/**
 * tomo_press_repo_publish:
 * @self: a call of ‘repo publish’
 * @error: return location for a #GError
 *
 * Makes all drafts public, and renews snapshot and timestamp.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_publish (TomoInvocation *self, GError **error)
{
  g_auto(Options) o = { 0 };
  if (!parse (self, &o, error))
    return TOMO_EXIT_FAILED;

  const char *folder = tomo_invocation_get_args (self)[0];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, o.now, error);
  if (repository == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(GPtrArray) snapshot_keys = NULL;
  g_autoptr(GPtrArray) timestamp_keys = NULL;
  gboolean is_demo = tomo_repository_is_demo (repository);
  if (!load_keys (self, &o, o.snapshot_keys, is_demo, &snapshot_keys, error) ||
      !load_keys (self, &o, o.timestamp_keys, is_demo, &timestamp_keys, error))
    return TOMO_EXIT_FAILED;

  const char *const *roles = tomo_invocation_get_args (self) + 1;
  if (roles[0] != NULL && !choose (repository, roles, o.only_renew, error))
    return TOMO_EXIT_FAILED;

  TomoPublishWhat what = o.only_renew ? TOMO_PUBLISH_RENEWAL : TOMO_PUBLISH_DRAFTS;
  if (!tomo_repository_publish (repository, what, snapshot_keys, timestamp_keys,
                                tomo_invocation_get_cancellable (self), error))
    return TOMO_EXIT_FAILED;

  g_autofree char *fingerprint = tomo_repository_dup_fingerprint (repository, error);
  if (fingerprint == NULL)
    return TOMO_EXIT_FAILED;

  /* Translators: after ‘repo publish’; %s is the name of the repository's folder */
  tomo_invocation_print (self, _("%s: published and verified"), folder);
  tomo_invocation_print (self, "\n");
  /* Translators: after ‘repo publish’; %s is 16 groups of four letters and digits */
  tomo_invocation_print (self, _("Fingerprint: %s"), fingerprint);
  tomo_invocation_print (self, "\n");
  tomo_invocation_print (
      self,
      /* Translators: after ‘repo publish’; both %s are the name of the repository's folder;
       * timestamp.json is the name of a file in it */
      _("Next: upload %s/targets, then %s/metadata, timestamp.json last, and nothing else."),
      folder, folder);
  tomo_invocation_print (self, "\n");
  return TOMO_EXIT_OK;
}
