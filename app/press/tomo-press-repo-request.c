/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "press/tomo-press-repo-request.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-fingerprint.h"
#include "author/publish/tomo-partner-request.h"
#include "author/publish/tomo-mailed-file.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "press/tomo-press-ask.h"
#include "press/tomo-press-repo.h"

/**
 * tomo_press_request_clear:
 * @self: options
 */
void
tomo_press_request_clear (TomoPressRequest *self)
{
  g_free (self->file);
  g_free (self->fingerprint);
  g_free (self->now);
}

static void
print_request (TomoInvocation *self, TomoPartnerRequest *request, const char *fingerprint)
{
  g_autofree char *domains = g_strjoinv (", ", request->domains);

  tomo_invocation_print (self, "%s: %s (%s), %s", request->partner, request->name,
                         request->language, request->territory);
  tomo_invocation_print (self, *domains != '\0' ? "; %s\n" : "\n", domains);
  tomo_invocation_print (
      self,
      /* Translators: about a request of a partner: how many of how many keys are to sign what it
       * publishes; the count for the plural is the second number */
      ngettext ("Asks to be signed by %u of this %u key:",
                "Asks to be signed by %u of these %u keys:", request->keys->keys->len),
      request->keys->threshold, request->keys->keys->len);
  tomo_invocation_print (self, "\n");
  for (unsigned int i = 0; i < request->keys->keys->len; i++)
    {
      g_autofree char *id = tomo_fingerprint_format (g_ptr_array_index (request->keys->ids, i));
      tomo_invocation_print (self, "  %.39s…  %s\n", id,
                             tomo_role_file_is_signed_by (request->file, request->keys, i)
                                 /* Translators: stands beside a key */
                                 ? _("has signed the request")
                                 /* Translators: stands beside a key */
                                 : _("only named in it"));
    }
  /* Translators: %s is 16 groups of four digits */
  tomo_invocation_print (self, _("Fingerprint of the request: %s"), fingerprint);
  tomo_invocation_print (self, "\n");
}

/* Nothing in the file says who wrote it: somebody calls a number they knew before. */
static gboolean
make_sure (TomoInvocation *self,
           const TomoPressRequest *options,
           TomoPartnerRequest *request,
           const char *sha256,
           GError **error)
{
  if (options->fingerprint != NULL)
    {
      g_autofree char *said = tomo_fingerprint_parse (options->fingerprint, error);
      if (said == NULL || g_str_equal (said, sha256))
        return said != NULL;
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "‘%s’ does not have the fingerprint that was given: it is not what %s mailed",
                   options->file, request->partner);
      return FALSE;
    }

  if (options->yes)
    return TRUE;
  if (!tomo_press_can_ask ())
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "repo add-partner: there is no terminal to ask; give --fingerprint HEX "
                           "as the partner read it out, or --yes");
      return FALSE;
    }

  g_autofree char *question = g_strdup_printf (
      /* Translators: asked on a terminal; %s is the short name of a partner, such as jp */
      _("Call them at a number you knew before. Do they read out the same? Then type %s"),
      request->partner);
  return tomo_press_confirm (self, question, request->partner, error);
}

/* As the entry must stand in the campaign file. */
static void
print_entry (TomoInvocation *self, TomoPartnerRequest *request, const char *folder)
{
  g_autofree char *domains = g_strjoinv (";", request->domains);

  /* Translators: stands above lines that are to be copied into a file */
  tomo_invocation_print (self, "%s\n", _("Add this to the campaign file:"));
  tomo_invocation_print (self,
                         "\n[partner %s]\nname=%s\nname[%s]=%s\nterritory=%s\ndomains=%s%s\n\n",
                         request->partner, request->name, request->language, request->name,
                         request->territory, domains, *domains != '\0' ? ";" : "");
  tomo_press_print_next (self, "tomopress repo stage %s campaign CAMPAIGN-FILE", folder);
}

/**
 * tomo_press_repo_add_request:
 * @self: a call of ‘repo add-partner’ with --request
 * @options: what it was told
 * @error: return location for a #GError
 *
 * Lets a partner publish who has mailed a request.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_add_request (TomoInvocation *self, const TomoPressRequest *options, GError **error)
{
  const char *folder = tomo_invocation_get_args (self)[0];
  g_autoptr(GBytes) bytes =
      tomo_mailed_file_read (options->file, TOMO_PARTNER_REQUEST_MAX_BYTES, error);
  g_autoptr(TomoRepository) repository =
      bytes != NULL
          ? tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, options->now, error)
          : NULL;
  g_autoptr(TomoPartnerRequest) request =
      repository != NULL
          ? tomo_partner_request_parse (bytes, options->file,
                                        tomo_repository_get_now_secs (repository), error)
          : NULL;
  if (request == NULL)
    return TOMO_EXIT_FAILED;

  const char *said = tomo_invocation_get_args (self)[1];
  if (said != NULL && !g_str_equal (said, request->partner))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "‘%s’ is a request of %s, not of %s",
                   options->file, request->partner, said);
      return TOMO_EXIT_FAILED;
    }

  g_autofree char *sha256 = tomo_digest_dup_sha256 (bytes);
  g_autofree char *fingerprint = tomo_fingerprint_format (sha256);
  print_request (self, request, fingerprint);
  if (!make_sure (self, options, request, sha256, error) ||
      !tomo_repository_add_partner (repository, request->partner, request->keys, error))
    return TOMO_EXIT_FAILED;

  /* Translators: after a partner was added: its short name */
  tomo_invocation_print (self, _("%s: added; it may publish when targets is signed and published"),
                         request->partner);
  tomo_invocation_print (self, "\n");
  if (!tomo_repository_has_partner_entry (repository, request->partner))
    print_entry (self, request, folder);
  else if (!tomo_press_print_drafts (self, repository, folder, "targets", error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
