/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "press/tomo-press-partner.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "author/publish/tomo-partner-request.h"
#include "core/content/tomo-language.h"
#include "core/tomo-error.h"
#include "press/tomo-press-ask.h"

#define USUAL_PEOPLE "3"

/**
 * tomo_partner_answers_clear:
 * @self: answers
 */
void
tomo_partner_answers_clear (TomoPartnerAnswers *self)
{
  g_free (self->partner);
  g_free (self->name);
  g_free (self->language);
  g_free (self->territory);
  g_strfreev (self->domains);
  g_strfreev (self->key_files);
  g_strfreev (self->passphrase_files);
  g_free (self->address);
}

static gboolean
check_people (const char *answer, GError **error)
{
  char *end = NULL;
  long n = strtol (answer, &end, 10);

  if (*answer != '\0' && *end == '\0' && n >= 1 && n <= TOMO_PARTNER_REQUEST_MAX_KEYS)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "‘%.20s’ is not a number from 1 to %d; three is usual", answer,
               TOMO_PARTNER_REQUEST_MAX_KEYS);
  return FALSE;
}

static GStrv
split_domains (const char *answer)
{
  g_auto(GStrv) words = g_strsplit_set (answer, " ,;", -1);
  g_autoptr(GStrvBuilder) domains = g_strv_builder_new ();

  for (size_t i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (domains, words[i]);

  return g_strv_builder_end (domains);
}

static gboolean
check_domains (const char *answer, GError **error)
{
  g_auto(GStrv) domains = split_domains (answer);

  for (size_t i = 0; domains[i] != NULL; i++)
    if (!tomo_partner_request_check_domain (domains[i], error))
      return FALSE;

  return TRUE;
}

/* ‘ja’ where the desktop speaks Japanese. */
static const char *
get_own_language (void)
{
  for (const char *const *name = g_get_language_names (); *name != NULL; name++)
    {
      g_autofree char *posix = g_strndup (*name, strcspn (*name, ".@"));
      const TomoLanguage *language = tomo_language_find_posix (posix);
      if (language != NULL)
        return language->tag;
    }

  return "en";
}

/* ‘jp’ is most likely in JP. */
static char *
dup_likely_territory (const char *partner)
{
  return strlen (partner) == 2 && g_ascii_isalpha (partner[0]) && g_ascii_isalpha (partner[1])
             ? g_ascii_strup (partner, -1)
             : NULL;
}

static gboolean
fill (char **field,
      TomoInvocation *invocation,
      const char *question,
      const char *suggestion,
      TomoPressCheckFunc check,
      GError **error)
{
  if (*field == NULL)
    *field = tomo_press_ask (invocation, question, suggestion, check, error);

  return *field != NULL;
}

static gboolean
ask_who (TomoPartnerAnswers *self, TomoInvocation *invocation, GError **error)
{
  if (!fill (&self->partner, invocation,
             /* Translators: first of five questions; jp is a literal example */
             _("1 of 5  Your short name, such as jp"), NULL, tomo_partner_request_check_partner,
             error) ||
      !fill (&self->name, invocation,
             /* Translators: second of five questions; ‘card’ is a page of a tip or a quiz */
             _("2 of 5  Your name as every card shall show it"), NULL,
             tomo_partner_request_check_name, error) ||
      !fill (&self->language, invocation,
             /* Translators: belongs to the question above it, about a name; keep the blanks at
              * the beginning */
             _("        Which language is that"), get_own_language (),
             tomo_partner_request_check_language, error))
    return FALSE;

  g_autofree char *likely = dup_likely_territory (self->partner);
  return fill (&self->territory, invocation,
               /* Translators: third of five questions */
               _("3 of 5  Your country, in two capitals"), likely,
               tomo_partner_request_check_territory, error);
}

static gboolean
ask_domains (TomoPartnerAnswers *self, TomoInvocation *invocation, GError **error)
{
  if (self->domains != NULL)
    return TRUE;

  g_autofree char *answer = tomo_press_ask (
      invocation,
      /* Translators: fourth of five questions; example.org is literal */
      _("4 of 5  Web domains your links may lead to, such as example.org (empty: none)"), NULL,
      check_domains, error);
  if (answer == NULL)
    return FALSE;

  self->domains = split_domains (answer);
  return TRUE;
}

static gboolean
ask_people (TomoPartnerAnswers *self, TomoInvocation *invocation, GError **error)
{
  if (self->n_people != 0)
    return TRUE;

  g_autofree char *answer = tomo_press_ask (
      invocation,
      /* Translators: fifth of five questions; the answer is a number */
      _("5 of 5  How many people sign, each with a key of their own; most of them must agree"),
      USUAL_PEOPLE, check_people, error);
  if (answer == NULL)
    return FALSE;

  self->n_people = atoi (answer);
  return TRUE;
}

/* What is missing is named all at once. */
static gboolean
check_without_asking (TomoPartnerAnswers *self, GError **error)
{
  g_autoptr(GString) missing = g_string_new (NULL);

  if (self->partner == NULL)
    g_string_append (missing, " --short-name CC");
  if (self->name == NULL)
    g_string_append (missing, " --name NAME");
  if (self->language == NULL)
    g_string_append (missing, " --language TAG");
  if (self->territory == NULL && self->partner != NULL)
    self->territory = dup_likely_territory (self->partner);
  if (self->territory == NULL && self->partner != NULL)
    g_string_append (missing, " --territory XX");

  if (missing->len == 0)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "partner init: there is no terminal to ask; give%s", missing->str);
  return FALSE;
}

static gboolean
check_option (const char *name, const char *value, TomoPressCheckFunc check, GError **error)
{
  g_autoptr(GError) problem = NULL;

  if (value == NULL || check (value, &problem))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: %s", name, problem->message);
  return FALSE;
}

static gboolean
check_options (TomoPartnerAnswers *self, GError **error)
{
  for (size_t i = 0; self->domains != NULL && self->domains[i] != NULL; i++)
    if (!check_option ("--domain", self->domains[i], tomo_partner_request_check_domain, error))
      return FALSE;

  return check_option ("--short-name", self->partner, tomo_partner_request_check_partner, error) &&
         check_option ("--name", self->name, tomo_partner_request_check_name, error) &&
         check_option ("--language", self->language, tomo_partner_request_check_language, error) &&
         check_option ("--territory", self->territory, tomo_partner_request_check_territory, error);
}

/**
 * tomo_partner_answers_complete:
 * @self: what options said
 * @invocation: a call
 * @error: return location for a #GError
 *
 * Asks on a terminal for what options did not say; without one, names the options.
 *
 * On failure this sets a #GOptionError, or %TOMO_ERROR_CANCELLED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_partner_answers_complete (TomoPartnerAnswers *self, TomoInvocation *invocation, GError **error)
{
  if (!check_options (self, error))
    return FALSE;

  if (!tomo_press_can_ask ())
    {
      if (!check_without_asking (self, error))
        return FALSE;
      if (self->domains == NULL)
        self->domains = g_new0 (char *, 1);
      if (self->n_people == 0)
        self->n_people = atoi (USUAL_PEOPLE);
      return TRUE;
    }

  tomo_invocation_print (invocation, "%s\n",
                         /* Translators: stands above five questions on a terminal */
                         _("Five questions; nothing is written before the last answer."));
  return ask_who (self, invocation, error) && ask_domains (self, invocation, error) &&
         ask_people (self, invocation, error);
}
