/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-fingerprint.h"
#include "author/publish/tomo-partner-folder.h"
#include "core/tomo-error.h"
#include "press/tomo-press-partner.h"
#include "press/tomo-press-passphrase.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

static gboolean
parse (TomoInvocation *self, TomoPartnerAnswers *answers, char **out_now, GError **error)
{
  /* clang-format off */
  const GOptionEntry options[] = {
    { "short-name", 0, 0, G_OPTION_ARG_STRING, &answers->partner,
      /* Translators: help of an option of ‘partner init’ */
      N_("Your short name, under which all your packs lie"),
      /* Translators: stands for the short name of a partner, such as jp */
      N_("CC") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &answers->name,
      /* Translators: help of an option of ‘partner init’ */
      N_("Your name as every card shall show it"),
      /* Translators: stands for the name of a publisher */
      N_("NAME") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &answers->language,
      /* Translators: help of an option of ‘partner init’ */
      N_("The language of that name, and of what you write"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    { "territory", 0, 0, G_OPTION_ARG_STRING, &answers->territory,
      /* Translators: help of an option of ‘partner init’ */
      N_("Your country, in two capitals"),
      /* Translators: stands for the code of a country, such as JP */
      N_("XX") },
    { "domain", 0, 0, G_OPTION_ARG_STRING_ARRAY, &answers->domains,
      /* Translators: help of an option of ‘partner init’ */
      N_("A web domain your links may lead to; may be given several times"),
      /* Translators: stands for a web domain, such as example.org */
      N_("DOMAIN") },
    { "people", 0, 0, G_OPTION_ARG_INT, &answers->n_people,
      /* Translators: help of an option of ‘partner init’ */
      N_("How many people sign (default: 3)"),
      /* Translators: stands for a number */
      N_("N") },
    { "threshold", 0, 0, G_OPTION_ARG_INT, &answers->threshold,
      /* Translators: help of an option of ‘partner init’ */
      N_("How many of them must sign (default: the majority)"),
      /* Translators: stands for a number */
      N_("N") },
    { "key", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &answers->key_files,
      /* Translators: help of an option of ‘partner init’ */
      N_("The public key of a colleague who made one; the others are made here"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &answers->passphrase_files,
      /* Translators: help of an option of ‘partner init’ */
      N_("Take the passphrase from a file; once for all keys, or once for each"),
      /* Translators: stands for the name of a file */
      N_("FILE") },
    { "no-passphrase", 0, 0, G_OPTION_ARG_NONE, &answers->no_passphrase,
      /* Translators: help of an option of ‘partner init’ */
      N_("Leave the keys unprotected, to try it out"), NULL },
    { "campaign", 0, 0, G_OPTION_ARG_STRING, &answers->address,
      /* Translators: help of an option of ‘partner init’ */
      N_("Where the campaign is published, if the hub has told you"),
      /* Translators: stands for a web address */
      N_("URL") },
    TOMO_PRESS_NOW_OPTION (out_now),
    { 0 },
  };
  /* clang-format on */

  return tomo_invocation_parse (self, options, 0, 1, error);
}

static gboolean
check_is_free (const char *folder, GError **error)
{
  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "‘%s’ exists and is not overwritten; choose another name", folder);
  return FALSE;
}

/* The keys of one partner while they are made. */
typedef struct
{
  TomoPartnerKey *keys; /* (owned) (array length=n_keys) */
  size_t n_keys;
  GPtrArray *passphrases; /* (owned) (element-type utf8) */
} OwnKeys;

static void
own_keys_clear (OwnKeys *self)
{
  for (size_t i = 0; i < self->n_keys; i++)
    g_clear_pointer (&self->keys[i].key, tomo_private_key_unref);
  g_free (self->keys);
  g_clear_pointer (&self->passphrases, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OwnKeys, own_keys_clear)

static const char *
get_passphrase_file (TomoPartnerAnswers *answers, size_t index)
{
  size_t n_files =
      answers->passphrase_files != NULL ? g_strv_length (answers->passphrase_files) : 0;

  return n_files == 0 ? NULL : answers->passphrase_files[MIN (index, n_files - 1)];
}

/* Makes the keys that nobody brought; whoever signs with one types its passphrase. */
static gboolean
make_keys (TomoInvocation *self,
           TomoPartnerAnswers *answers,
           TomoSigners *signers,
           OwnKeys *own,
           GError **error)
{
  size_t n_brought = signers->keys->len;

  own->n_keys = (size_t) answers->n_people - n_brought;
  own->keys = g_new0 (TomoPartnerKey, own->n_keys);
  own->passphrases = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_passphrase_free);
  for (size_t i = 0; i < own->n_keys; i++)
    {
      TomoPassphraseSource source = { .file = get_passphrase_file (answers, i),
                                      .cancellable = tomo_invocation_get_cancellable (self) };
      g_autofree char *name =
          g_strdup_printf ("keys/%s-%" G_GSIZE_FORMAT ".pem", answers->partner, n_brought + i + 1);
      char *passphrase =
          answers->no_passphrase ? NULL : tomo_passphrase_ask_new (name, &source, error);
      if (passphrase == NULL && !answers->no_passphrase)
        return FALSE;

      if (passphrase != NULL)
        g_ptr_array_add (own->passphrases, passphrase);
      own->keys[i].passphrase = passphrase;
      own->keys[i].key = tomo_private_key_generate (error);
      if (own->keys[i].key == NULL)
        return FALSE;
      tomo_signers_add (signers, tomo_private_key_get_public (own->keys[i].key));
    }

  return TRUE;
}

static gboolean
check_numbers (TomoPartnerAnswers *answers, GError **error)
{
  int n_brought = answers->key_files != NULL ? (int) g_strv_length (answers->key_files) : 0;

  if (answers->n_people < 1 || answers->n_people > TOMO_PARTNER_REQUEST_MAX_KEYS ||
      answers->threshold < 0 || answers->threshold > answers->n_people)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "partner init: from 1 to %d people can sign, and not more must than can",
                   TOMO_PARTNER_REQUEST_MAX_KEYS);
      return FALSE;
    }

  /* Without a key of its own nobody could show that the request is the partner's. */
  if (n_brought >= answers->n_people)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "partner init: %d people sign and %d public keys are given; at least one key is "
                   "made here",
                   answers->n_people, n_brought);
      return FALSE;
    }

  if (answers->no_passphrase && answers->passphrase_files != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--passphrase-file and --no-passphrase exclude each other");
      return FALSE;
    }

  return TRUE;
}

static TomoPartnerRequest *
make_request (TomoPartnerAnswers *answers, TomoSigners *signers)
{
  TomoPartnerRequest *request = g_new0 (TomoPartnerRequest, 1);

  request->partner = g_strdup (answers->partner);
  request->name = g_strdup (answers->name);
  request->language = g_strdup (answers->language);
  request->territory = g_strdup (answers->territory);
  request->domains = g_strdupv (answers->domains);
  request->keys = signers;
  return request;
}

static gboolean
print_next (TomoInvocation *self,
            const char *folder,
            TomoPartnerAnswers *answers,
            OwnKeys *own,
            GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s-request.json", answers->partner);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  size_t size = 0;

  if (!g_file_get_contents (path, &text, &size, error))
    {
      tomo_error_convert (error);
      return FALSE;
    }

  g_autofree char *sha256 =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const unsigned char *) text, size);
  g_autofree char *fingerprint = tomo_fingerprint_format (sha256);

  /* Translators: after ‘partner init’: the name of a folder, and 16 groups of four digits */
  tomo_invocation_print (self, _("%s: made. Fingerprint of the request: %s"), folder, fingerprint);
  tomo_invocation_print (self, "\n");
  /* Translators: the first of three next steps; %s is the name of a file */
  tomo_invocation_print (self, _("1. Mail %s to the hub; read them the fingerprint by telephone."),
                         path);
  tomo_invocation_print (self, "\n");
  tomo_invocation_print (
      self,
      own->n_keys > 1
          /* Translators: the second of three next steps; %s is the name of a folder */
          ? _("2. Move the keys of your colleagues from %s/keys to them; copy yours to a safe.")
          /* Translators: the second of three next steps; %s is the name of a folder */
          : _("2. Copy the key in %s/keys to a safe; who has it signs for you."),
      folder);
  tomo_invocation_print (self, "\n");
  tomo_invocation_print (
      self,
      /* Translators: the third of three next steps; both %s are the name of a folder, the rest of
       * the command is literal */
      _("3. Write %s/packs/first; once the hub has answered: tomopress submit %s --key KEY"),
      folder, folder);
  tomo_invocation_print (self, "\n");
  return TRUE;
}

/**
 * tomo_press_partner_init:
 * @self: a call of ‘partner init’
 * @error: return location for a #GError
 *
 * Asks five questions and makes what a partner needs to begin.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_partner_init (TomoInvocation *self, GError **error)
{
  g_auto(TomoPartnerAnswers) answers = { 0 };
  g_auto(OwnKeys) own = { 0 };
  g_autofree char *now = NULL;
  int64_t now_secs = 0;

  if (!parse (self, &answers, &now, error) || !tomo_press_parse_now (now, &now_secs, error))
    return TOMO_EXIT_FAILED;

  /* Nobody answers five questions for nothing. */
  const char *given = tomo_invocation_get_args (self)[0];
  if ((given != NULL && !check_is_free (given, error)) ||
      !tomo_partner_answers_complete (&answers, self, error) || !check_numbers (&answers, error))
    return TOMO_EXIT_FAILED;

  const char *folder = given != NULL ? given : answers.partner;
  if (!check_is_free (folder, error))
    return TOMO_EXIT_FAILED;

  unsigned int threshold =
      (unsigned int) (answers.threshold != 0 ? answers.threshold : answers.n_people / 2 + 1);
  TomoSigners *signers = tomo_press_load_public_keys (answers.key_files, threshold, error);
  if (signers == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(TomoPartnerRequest) request = make_request (&answers, signers);
  if (!make_keys (self, &answers, signers, &own, error) ||
      !tomo_partner_folder_create (folder, request, own.keys, own.n_keys, answers.address, now_secs,
                                   tomo_invocation_get_cancellable (self), error) ||
      !print_next (self, folder, &answers, &own, error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
