/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

typedef struct
{
  char **removed; /* (owned) (nullable) */
  char *now;      /* (owned) (nullable) */
  gboolean allow_draft;
} Options;

static void
options_clear (Options *self)
{
  g_strfreev (self->removed);
  g_free (self->now);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (TomoInvocation *self, Options *o, GError **error)
{
  /* clang-format off */
  const GOptionEntry options[] = {
    { "allow-draft", 0, 0, G_OPTION_ARG_NONE, &o->allow_draft,
      /* Translators: help of the option --allow-draft of ‘repo stage’ */
      N_("Let translations through that nobody has reviewed; cards will say so"), NULL },
    { "remove", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->removed,
      /* Translators: help of the option --remove of ‘repo stage’ */
      N_("Take a pack away"),
      /* Translators: stands for the id of a pack, such as accounts */
      N_("PACK") },
    TOMO_PRESS_NOW_OPTION (&o->now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 2, G_MAXUINT, error))
    return FALSE;

  if (tomo_invocation_get_args (self)[2] == NULL && o->removed == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "repo stage: name a pack's folder, or give --remove PACK; ‘repo renew’ "
                           "only moves the date of expiry");
      return FALSE;
    }

  return TRUE;
}

/* The same form as ‘pack check’: editors jump to file:line. */
static void
print_findings (TomoInvocation *self, TomoFindings *findings)
{
  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);
      if (finding->line > 0)
        tomo_invocation_print_error (self, "%s:%u: %s\n", finding->file, finding->line,
                                     finding->message);
      else
        tomo_invocation_print_error (self, "%s: %s\n", finding->file, finding->message);
    }
}

static void
print_pack (TomoInvocation *self, const char *partner, const TomoStagedPack *pack)
{
  if (pack->revision == 0)
    /* Translators: after ‘repo stage --remove’; the %s are a partner and a pack */
    tomo_invocation_print (self, _("%s/%s: removed"), partner, pack->id);
  else if (!pack->is_changed)
    /* Translators: after ‘repo stage’; the %s are a partner and a pack */
    tomo_invocation_print (self, _("%s/%s: as published, revision %u"), partner, pack->id,
                           pack->revision);
  else if (pack->is_raised)
    /* Translators: after ‘repo stage’; the %s are a partner and a pack */
    tomo_invocation_print (self, _("%s/%s: staged; pack.xml now says revision %u"), partner,
                           pack->id, pack->revision);
  else
    /* Translators: after ‘repo stage’; the %s are a partner and a pack */
    tomo_invocation_print (self, _("%s/%s: staged, revision %u"), partner, pack->id,
                           pack->revision);
  tomo_invocation_print (self, "\n");
}

static gboolean
stage_packs (TomoInvocation *self,
             Options *o,
             TomoRepository *repository,
             const char *partner,
             const char *const *folders,
             GError **error)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GPtrArray) staged = NULL;
  TomoStageFlags flags = o->allow_draft ? TOMO_STAGE_ALLOW_DRAFT : TOMO_STAGE_DEFAULT;

  gboolean is_staged =
      tomo_repository_stage (repository, partner, folders, (const char *const *) o->removed, flags,
                             findings, &staged, tomo_invocation_get_cancellable (self), error);

  print_findings (self, findings);
  for (unsigned int i = 0; is_staged && i < staged->len; i++)
    print_pack (self, partner, g_ptr_array_index (staged, i));
  return is_staged;
}

static gboolean
stage_campaign (TomoRepository *repository, const char *const *files, GError **error)
{
  if (files[0] != NULL && files[1] == NULL)
    return tomo_repository_stage_campaign (repository, files[0], error);

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "repo stage: the role campaign takes exactly one campaign file");
  return FALSE;
}

/**
 * tomo_press_repo_stage:
 * @self: a call of ‘repo stage’
 * @error: return location for a #GError
 *
 * Builds packs and drafts the partner's file with them; or the campaign file.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_stage (TomoInvocation *self, GError **error)
{
  g_auto(Options) o = { 0 };
  if (!parse (self, &o, error))
    return TOMO_EXIT_FAILED;

  const char *const *args = tomo_invocation_get_args (self);
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (args[0], TOMO_REPOSITORY_WRITE, o.now, error);
  if (repository == NULL)
    return TOMO_EXIT_FAILED;

  gboolean is_staged = g_str_equal (args[1], tomo_hub_role_get_name (TOMO_HUB_CAMPAIGN))
                           ? stage_campaign (repository, args + 2, error)
                           : stage_packs (self, &o, repository, args[1], args + 2, error);
  if (!is_staged || !tomo_press_print_drafts (self, repository, args[0], args[1], error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
