/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/tomo-ctl-source.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-held.h"

/**
 * tomo_ctl_source_dup_folder:
 * @from: what `--from` says
 *
 * Returns: (transfer full) (nullable): the folder that is meant, or %NULL for an address
 */
char *
tomo_ctl_source_dup_folder (const char *from)
{
  if (g_ascii_strncasecmp (from, "file://", strlen ("file://")) == 0)
    return g_filename_from_uri (from, NULL, NULL);

  return strstr (from, "://") == NULL ? g_canonicalize_filename (from, NULL) : NULL;
}

static gboolean
contains (const char *const *list, const char *string)
{
  for (size_t i = 0; list[i] != NULL; i++)
    if (g_ascii_strcasecmp (list[i], string) == 0)
      return TRUE;

  return FALSE;
}

/* What is in both; NULL stands for everything. */
static GStrv
intersect (const char *const *wanted, const char *const *carried)
{
  g_autoptr(GStrvBuilder) both = g_strv_builder_new ();

  if (wanted == NULL || carried == NULL)
    return g_strdupv ((char **) (wanted != NULL ? wanted : carried));

  for (size_t i = 0; wanted[i] != NULL; i++)
    if (contains (carried, wanted[i]))
      g_strv_builder_add (both, wanted[i]);

  return g_strv_builder_end (both);
}

static gboolean
check_not_empty (GStrv both,
                 const char *const *wanted,
                 const char *const *carried,
                 const char *tree,
                 GError **error)
{
  if (both == NULL || both[0] != NULL)
    return TRUE;

  g_autofree char *wanted_list =
      wanted != NULL ? g_strjoinv (", ", (char **) wanted) : g_strdup ("");
  g_autofree char *carried_list = g_strjoinv (", ", (char **) carried);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
               "%s carries only ‘%s’, and ‘%s’ is wanted; take a stick that carries it", tree,
               carried_list, wanted_list);
  return FALSE;
}

/* The note on a stick only makes this run want less, so that what the stick does not carry is not
 * missed. */
static gboolean
narrow (TomoCtlSource *self,
        const TomoCampaignConfig *campaign,
        const char *const *partners,
        const char *const *languages,
        GError **error)
{
  const char *const *wanted =
      partners != NULL ? partners : (const char *const *) campaign->partners;
  const char *const *carried = (const char *const *) self->stick->partners;
  const char *const *spoken = (const char *const *) self->stick->languages;

  self->partners = intersect (wanted, carried);
  self->languages = intersect (languages, spoken);
  return check_not_empty (self->partners, wanted, carried, self->location, error) &&
         check_not_empty (self->languages, languages, spoken, self->location, error);
}

/**
 * tomo_ctl_source_new:
 * @machine: this machine
 * @campaign: the configuration of a campaign
 * @from: (nullable): what `--from` says
 * @partners: (nullable): what `--partner` says
 * @languages: (nullable): what `--language` says
 * @error: return location for a #GError
 *
 * Finds out where a run fetches from, and what it can expect there.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if nothing of @campaign is in the folder @from, or
 * nothing that is wanted, and %TOMO_ERROR_INVALID_DATA if it was pulled out while it was written.
 *
 * Returns: (transfer full): the source
 */
TomoCtlSource *
tomo_ctl_source_new (TomoCtlMachine *machine,
                     const TomoCampaignConfig *campaign,
                     const char *from,
                     const char *const *partners,
                     const char *const *languages,
                     GError **error)
{
  g_autoptr(TomoCtlSource) self = g_new0 (TomoCtlSource, 1);
  g_autofree char *folder = from != NULL ? tomo_ctl_source_dup_folder (from) : NULL;

  if (folder == NULL)
    {
      self->location = g_strdup (from);
      self->partners = g_strdupv ((char **) partners);
      self->languages = g_strdupv ((char **) languages);
      return g_steal_pointer (&self);
    }

  g_autoptr(GPtrArray) roots = tomo_held_load_roots (machine->store, campaign, error);
  if (roots == NULL)
    return NULL;
  /* What is wrong with a tree that was named itself is for the sync to say. */
  self->location = tomo_export_stick_is_tree (folder)
                       ? g_strdup (folder)
                       : tomo_export_stick_find (folder, campaign->name, roots, error);
  if (self->location == NULL || !tomo_export_stick_load (self->location, &self->stick, error))
    return NULL;

  if (self->stick != NULL)
    return narrow (self, campaign, partners, languages, error) ? g_steal_pointer (&self) : NULL;

  self->partners = g_strdupv ((char **) partners);
  self->languages = g_strdupv ((char **) languages);
  return g_steal_pointer (&self);
}

/* A campaign whose configuration is broken is not passed over: its sync names the mistake. */
static gboolean
may_be_in (TomoCtlMachine *machine, const char *name, const char *folder)
{
  g_autoptr(TomoCampaignConfig) campaign = tomo_config_dup_campaign (machine->config, name, NULL);
  g_autoptr(GPtrArray) roots =
      campaign != NULL ? tomo_held_load_roots (machine->store, campaign, NULL) : NULL;
  g_autofree char *tree = roots != NULL ? tomo_export_stick_find (folder, name, roots, NULL) : NULL;

  return roots == NULL || tree != NULL;
}

/**
 * tomo_ctl_source_dup_present:
 * @machine: this machine
 * @campaigns: names of campaigns
 * @from: (nullable): what `--from` says
 * @error: return location for a #GError
 *
 * Leaves out those of several campaigns that a folder has nothing of: one stick need not carry all
 * that this machine follows.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, if the folder has nothing of any of them, and
 * %G_OPTION_ERROR_BAD_VALUE if @from is an address, which cannot be looked through.
 *
 * Returns: (transfer full): the names of those that may be there
 */
GStrv
tomo_ctl_source_dup_present (TomoCtlMachine *machine,
                             GStrv campaigns,
                             const char *from,
                             GError **error)
{
  g_autofree char *folder = from != NULL ? tomo_ctl_source_dup_folder (from) : NULL;
  g_autoptr(GStrvBuilder) present = g_strv_builder_new ();

  if (from == NULL || campaigns[0] == NULL || campaigns[1] == NULL)
    return g_strdupv (campaigns);

  if (folder == NULL)
    {
      g_autofree char *names = g_strjoinv (", ", campaigns);
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "at the address after --from is one campaign, and this machine follows %s: say "
                   "with --campaign which it is",
                   names);
      return NULL;
    }

  g_auto(GStrv) trees = tomo_export_stick_list_trees (folder, error);
  if (trees == NULL)
    return NULL;

  for (char **name = campaigns; *name != NULL; name++)
    if (may_be_in (machine, *name, folder))
      g_strv_builder_add (present, *name);

  g_auto(GStrv) names = g_strv_builder_end (present);
  if (names[0] != NULL)
    return g_steal_pointer (&names);

  g_autofree char *wanted = g_strjoinv (", ", campaigns);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
               "nothing of the campaigns of this machine (%s) is in %s", wanted, folder);
  return NULL;
}

/**
 * tomo_ctl_source_free:
 * @self: (transfer full): a source
 */
void
tomo_ctl_source_free (TomoCtlSource *self)
{
  g_free (self->location);
  g_clear_pointer (&self->stick, tomo_export_stick_free);
  g_strfreev (self->partners);
  g_strfreev (self->languages);
  g_free (self);
}
