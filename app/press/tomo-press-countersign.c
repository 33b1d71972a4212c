/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-new-file.h"
#include "core/content/tomo-media.h"
#include "core/tomo-error.h"
#include "press/tomo-press-ask.h"
#include "press/tomo-press-pack.h"
#include "press/tomo-press-partner-copy.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press-submission.h"
#include "press/tomo-press.h"

typedef struct
{
  TomoPressSource source;
  char *folder;          /* (owned) (nullable) */
  char *key;             /* (owned) (nullable) */
  char *passphrase_file; /* (owned) (nullable) */
  gboolean no_preview;
  gboolean yes;
} Options;

static void
options_clear (Options *self)
{
  tomo_press_source_clear (&self->source);
  g_free (self->folder);
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
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &o->folder,
      /* Translators: help of the option --folder of ‘countersign’ */
      N_("The partner’s folder, if you have it; else one is kept for you"),
      /* Translators: stands for the name of a folder */
      N_("DIR") },
    { "no-preview", 0, 0, G_OPTION_ARG_NONE, &o->no_preview,
      /* Translators: help of the option --no-preview of ‘countersign’ */
      N_("Show the text only, not the cards"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &o->yes,
      /* Translators: help of the option --yes of ‘countersign’ */
      N_("Sign without asking and without cards, for scripts"), NULL },
    TOMO_PRESS_SOURCE_OPTIONS (&o->source),
    TOMO_PRESS_NOW_OPTION (&o->source.now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 1, 1, error))
    return FALSE;

  if (o->key == NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "countersign: --key KEY is missing; it is your own private key");
  else if (!o->yes && !tomo_press_can_ask ())
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "countersign: there is no terminal on which you could look and agree; "
                         "scripts give --yes");
  else
    return TRUE;
  return FALSE;
}

/* Where this person keeps what was published: the partner's folder if it is at hand. */
static TomoPartnerFolder *
open_folder (Options *o, const char *path, const char *role, GError **error)
{
  g_autofree char *beside = g_path_get_dirname (path);
  g_autofree char *conf = g_build_filename (beside, TOMO_PARTNER_CONF, NULL);

  if (o->folder != NULL)
    return tomo_partner_folder_open (o->folder, error);
  if (g_file_test (conf, G_FILE_TEST_EXISTS))
    return tomo_partner_folder_open (beside, error);
  if (g_file_test (TOMO_PARTNER_CONF, G_FILE_TEST_EXISTS))
    return tomo_partner_folder_open (".", error);

  g_autofree char *own =
      g_build_filename (g_get_user_data_dir (), "tomoshibi", "partners", role, NULL);
  return tomo_partner_folder_open_or_start (own, role, error);
}

static gboolean
write_target (TomoSubmission *submission,
              TomoRepository *repository,
              const char *path,
              const char *folder,
              GError **error)
{
  g_autofree char *file = g_build_filename (folder, path, NULL);
  g_autoptr(GBytes) bytes = tomo_submission_read_target (submission, repository, path, error);

  return bytes != NULL && tomo_press_pack_write_file (file, bytes, error);
}

/* The changed packs, with their pictures, laid out as `pack build` does. */
static gboolean
write_cards (TomoSubmission *submission,
             TomoRepository *repository,
             GPtrArray *changes,
             const char *folder,
             GError **error)
{
  for (unsigned int i = 0; i < changes->len; i++)
    {
      const TomoSubmissionChange *change = g_ptr_array_index (changes, i);
      if (change->after == NULL)
        continue;
      if (!write_target (submission, repository, change->path, folder, error))
        return FALSE;

      const char *const *media = tomo_pack_get_media (change->after);
      for (size_t k = 0; media[k] != NULL; k++)
        {
          g_autofree char *medium =
              tomo_media_dup_path (tomo_submission_get_role (submission), media[k]);
          if (!write_target (submission, repository, medium, folder, error))
            return FALSE;
        }
    }

  return TRUE;
}

static const char *
find_first_language (GPtrArray *changes)
{
  for (unsigned int i = 0; i < changes->len; i++)
    {
      const TomoSubmissionChange *change = g_ptr_array_index (changes, i);
      if (change->after != NULL)
        return tomo_pack_get_language (change->after);
    }

  return NULL;
}

static gboolean
has_display (void)
{
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");
  const char *x11 = g_getenv ("DISPLAY");

  return (wayland != NULL && *wayland != '\0') || (x11 != NULL && *x11 != '\0');
}

/* Says in every case what the person has seen. */
static gboolean
show_cards (TomoInvocation *self,
            Options *o,
            TomoSubmission *submission,
            TomoRepository *repository,
            GPtrArray *changes,
            GError **error)
{
  const char *language = find_first_language (changes);
  if (language == NULL)
    return TRUE;

  if (o->no_preview || o->yes || !has_display ())
    {
      tomo_invocation_print (self, "%s\n",
                             /* Translators: after the text of all changes was printed; ‘cards’ are
                              * the pages that a visitor sees */
                             has_display () ? _("The text above is all that was shown; no cards.")
                                            /* Translators: as the sentence before */
                                            : _("There is no display to show cards on; the text "
                                                 "above is all that was shown."));
      return TRUE;
    }

  g_autofree char *folder = g_dir_make_tmp ("tomopress-XXXXXX", error);
  if (folder == NULL)
    {
      tomo_error_convert (error);
      return FALSE;
    }

  tomo_invocation_print (self, "%s\n",
                         /* Translators: ‘cards’ are the pages that a visitor sees */
                         _("A window shows the changed packs as cards; close it to go on."));
  gboolean is_shown = write_cards (submission, repository, changes, folder, error) &&
                      tomo_press_pack_show (self, folder, language, error);
  tomo_new_folder_remove (folder);
  if (!is_shown)
    g_prefix_error (error, "the cards cannot be shown (--no-preview goes on without): ");
  return is_shown;
}

static gboolean
agree (TomoInvocation *self, Options *o, TomoSubmission *submission, GError **error)
{
  const char *role = tomo_submission_get_role (submission);
  if (o->yes)
    return TRUE;

  g_autofree char *question = g_strdup_printf (
      /* Translators: asked on a terminal; %s is the short name of a partner, such as jp */
      _("Shall this be published? Then type %s, and it is signed"), role);
  return tomo_press_confirm (self, question, role, error);
}

/* What a person needs to know before the texts: who has signed, and until when it will hold. */
static void
print_summary (TomoInvocation *self,
               TomoSubmission *submission,
               TomoSigners *keys,
               TomoCompareWith with)
{
  TomoRoleFile *file = tomo_submission_get_file (submission);
  g_autoptr(GDateTime) expires =
      g_date_time_new_from_unix_utc (tomo_role_file_get_expires_secs (file));
  g_autofree char *day = g_date_time_format (expires, "%Y-%m-%d");

  tomo_press_print_submission_signers (self, submission, keys);
  /* Translators: %s is a day, such as 2027-11-23 */
  tomo_invocation_print (self, _("Checked: it follows on what is published; valid until %s."),
                         day);
  tomo_invocation_print (self, "\n");
  if (with == TOMO_COMPARE_NOTHING)
    tomo_invocation_print (self, "%s\n",
                           /* Translators: a warning */
                           _("Keys were changed since the last publication, so all of it is shown "
                              "as new."));
}

static gboolean
review_and_sign (TomoInvocation *self,
                 Options *o,
                 TomoSubmission *submission,
                 TomoPublishedCopy *copy,
                 TomoPrivateKey *key,
                 GError **error)
{
  const char *path = tomo_invocation_get_args (self)[0];
  TomoRepository *repository = tomo_published_copy_get_repository (copy);
  TomoCompareWith with =
      tomo_published_copy_is_signed_today (copy) ? TOMO_COMPARE_PUBLISHED : TOMO_COMPARE_NOTHING;
  g_autoptr(TomoSigners) keys = NULL;
  if (!tomo_submission_check (submission, repository, &keys, error))
    {
      g_prefix_error (error, "‘%s’: ", path);
      return FALSE;
    }

  g_autoptr(GPtrArray) changes =
      tomo_submission_list_changes (submission, repository, with, error);
  /* Whose key this is, is found out before anybody reads. */
  if (changes == NULL ||
      !tomo_submission_check_key (submission, keys, tomo_private_key_get_public (key), error))
    return FALSE;

  print_summary (self, submission, keys, with);
  tomo_press_print_changes (self, changes);
  if (!show_cards (self, o, submission, repository, changes, error) ||
      !agree (self, o, submission, error) || !tomo_submission_sign (submission, keys, key, error) ||
      !tomo_press_write_submission (self, path, submission, error))
    return FALSE;

  tomo_press_print_submission_signers (self, submission, keys);
  tomo_press_print_submission_next (self, path, submission, keys);
  return TRUE;
}

/**
 * tomo_press_countersign:
 * @self: a call of ‘countersign’
 * @error: return location for a #GError
 *
 * `countersign FILE --key KEY`: verifies a submission, shows what it changes, and signs it.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_countersign (TomoInvocation *self, GError **error)
{
  g_auto(Options) o = { 0 };
  if (!parse (self, &o, error))
    return TOMO_EXIT_FAILED;

  const char *path = tomo_invocation_get_args (self)[0];
  g_autoptr(TomoSubmission) submission = tomo_press_read_submission (path, error);
  if (submission == NULL)
    return TOMO_EXIT_FAILED;

  const char *role = tomo_submission_get_role (submission);
  g_autoptr(TomoPartnerFolder) folder = open_folder (&o, path, role, error);
  g_autoptr(TomoPrivateKey) key =
      folder != NULL ? tomo_press_load_private_key (self, o.key, o.passphrase_file, error) : NULL;
  g_autoptr(TomoPublishedCopy) copy =
      key != NULL ? tomo_press_refresh_copy (self, folder, role, &o.source,
                                             tomo_submission_get_address (submission), error)
                  : NULL;
  if (copy == NULL || !review_and_sign (self, &o, submission, copy, key, error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
