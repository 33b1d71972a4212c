/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-submission-draft.h"
#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"
#include "press/tomo-press-partner-copy.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press-submission.h"
#include "press/tomo-press.h"

/* When ‘repo status’ of the hub begins to warn. */
#define WARN_DAYS 90

typedef struct
{
  TomoPressSource source;
  char *role;            /* (owned) (nullable) */
  char *key;             /* (owned) (nullable) */
  char *passphrase_file; /* (owned) (nullable) */
  gboolean allow_draft;
  gboolean renews;
  gboolean replaces;
} Options;

static void
options_clear (Options *self)
{
  tomo_press_source_clear (&self->source);
  g_free (self->role);
  g_free (self->key);
  g_free (self->passphrase_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (TomoInvocation *self, Options *o, GError **error)
{
  /* clang-format off */
  const GOptionEntry options[] = {
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &o->key,
      /* Translators: help of the option --key of ‘submit’ and ‘countersign’ */
      N_("Your private key"),
      /* Translators: stands for the name of a private key file */
      N_("KEY") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &o->passphrase_file,
      /* Translators: help of the option --passphrase-file */
      N_("Take the passphrase from the first line of a file"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "allow-draft", 0, 0, G_OPTION_ARG_NONE, &o->allow_draft,
      /* Translators: help of the option --allow-draft of ‘submit’ */
      N_("Let translations through that nobody has reviewed; cards will say so"), NULL },
    { "renew", 0, 0, G_OPTION_ARG_NONE, &o->renews,
      /* Translators: help of the option --renew of ‘submit’ */
      N_("Submit even if nothing changed, for a later date of expiry"), NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &o->replaces,
      /* Translators: help of the option --replace of ‘submit’ */
      N_("Replace a submission that was written before; who signed that one signs again"), NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING, &o->role,
      /* Translators: help of the option --role of ‘submit’; jp-th is an example and stays */
      N_("Submit the packs in the folder jp-th, signed jointly"),
      /* Translators: stands for the name of a joint role, such as jp-th */
      N_("ROLE") },
    TOMO_PRESS_SOURCE_OPTIONS (&o->source),
    TOMO_PRESS_NOW_OPTION (&o->source.now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 0, 1, error))
    return FALSE;
  if (o->key != NULL)
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "submit: --key KEY is missing; keys made by ‘partner init’ lie in keys/");
  return FALSE;
}

static void
print_pack (TomoInvocation *self, const char *role, const TomoStagedPack *pack)
{
  if (pack->revision == 0)
    /* Translators: after ‘submit’; the %s are a partner and a pack */
    tomo_invocation_print (self, _("%s/%s: goes, its folder is no longer there"), role, pack->id);
  else if (!pack->is_changed)
    /* Translators: after ‘submit’; the %s are a partner and a pack */
    tomo_invocation_print (self, _("%s/%s: as published, revision %u"), role, pack->id,
                           pack->revision);
  else if (pack->published_revision == 0)
    /* Translators: after ‘submit’; the %s are a partner and a pack */
    tomo_invocation_print (self, _("%s/%s: new, revision %u"), role, pack->id, pack->revision);
  else
    /* Translators: after ‘submit’; the %s are a partner and a pack */
    tomo_invocation_print (self, _("%s/%s: changed, revision %u"), role, pack->id, pack->revision);
  tomo_invocation_print (self, "\n");
}

static void
print_unchanged (TomoInvocation *self, TomoRepository *repository, const char *role)
{
  int64_t expires_secs = tomo_submission_get_expires_secs (repository, role);
  g_autoptr(GDateTime) expires = g_date_time_new_from_unix_utc (expires_secs);
  g_autofree char *day = g_date_time_format (expires, "%Y-%m-%d");
  int64_t left_secs = expires_secs - tomo_repository_get_now_secs (repository);

  /* Translators: after ‘submit’: the name of a role such as jp, and a day such as 2027-11-23 */
  tomo_invocation_print (self, _("%s: all is as published, valid until %s; nothing was written"),
                         role, day);
  tomo_invocation_print (self, "\n");
  if (left_secs < (int64_t) WARN_DAYS * 24 * 60 * 60)
    tomo_press_print_next (self, "tomopress submit --renew --key KEY");
}

/* A submission somebody has signed since is not thrown away by the way. */
static gboolean
check_replace (Options *o, const char *path, GError **error)
{
  if (o->replaces || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "‘%s’ was written before and waits for a signature; give --replace to make it anew",
               path);
  return FALSE;
}

static gboolean
write_out (TomoInvocation *self,
           Options *o,
           TomoPartnerFolder *folder,
           TomoRepository *repository,
           TomoSubmission *submission,
           GError **error)
{
  g_autofree char *name = tomo_submission_dup_name (submission);
  g_autofree char *path = g_build_filename (tomo_partner_folder_get_path (folder), name, NULL);
  g_autoptr(TomoSigners) keys = NULL;

  /* What the next one would refuse is refused here. */
  if (!check_replace (o, path, error) ||
      !tomo_submission_check (submission, repository, &keys, error) ||
      !tomo_press_write_submission (self, path, submission, error))
    return FALSE;

  tomo_press_print_submission_signers (self, submission, keys);
  tomo_press_print_submission_next (self, path, submission, keys);
  return TRUE;
}

static gboolean
submit (TomoInvocation *self,
        Options *o,
        TomoPartnerFolder *folder,
        TomoPublishedCopy *copy,
        const char *role,
        TomoPrivateKey *key,
        GError **error)
{
  TomoRepository *repository = tomo_published_copy_get_repository (copy);
  g_auto(GStrv) packs = tomo_partner_folder_list_packs (folder, role, error);
  if (packs == NULL)
    return FALSE;

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GPtrArray) staged = NULL;
  g_autoptr(TomoSubmission) submission = NULL;
  const TomoSubmissionPlan plan = {
    .folders = (const char *const *) packs,
    .address = tomo_partner_folder_get_address (folder),
    .flags = o->allow_draft ? TOMO_STAGE_ALLOW_DRAFT : TOMO_STAGE_DEFAULT,
    .renews = o->renews,
  };
  gboolean is_drafted =
      tomo_submission_draft (repository, role, &plan, key, findings, &staged, &submission,
                             tomo_invocation_get_cancellable (self), error);
  tomo_press_pack_print_findings (self, findings);
  if (!is_drafted)
    return FALSE;

  for (unsigned int i = 0; i < staged->len; i++)
    print_pack (self, role, g_ptr_array_index (staged, i));
  if (submission == NULL)
    {
      print_unchanged (self, repository, role);
      return TRUE;
    }

  return write_out (self, o, folder, repository, submission, error);
}

/**
 * tomo_press_submit:
 * @self: a call of ‘submit’
 * @error: return location for a #GError
 *
 * `submit [DIR] --key KEY`: checks, builds, lists and signs all packs of a partner, and writes
 * one file for the next who signs.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_submit (TomoInvocation *self, GError **error)
{
  g_auto(Options) o = { 0 };
  if (!parse (self, &o, error))
    return TOMO_EXIT_FAILED;

  const char *given = tomo_invocation_get_args (self)[0];
  g_autoptr(TomoPartnerFolder) folder =
      tomo_partner_folder_open (given != NULL ? given : ".", error);
  g_autoptr(TomoPrivateKey) key =
      folder != NULL ? tomo_press_load_private_key (self, o.key, o.passphrase_file, error) : NULL;
  if (key == NULL)
    return TOMO_EXIT_FAILED;

  const char *role = o.role != NULL ? o.role : tomo_partner_folder_get_partner (folder);
  g_autoptr(TomoPublishedCopy) copy =
      tomo_press_refresh_copy (self, folder, role, &o.source, NULL, error);
  if (copy == NULL || !submit (self, &o, folder, copy, role, key, error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
