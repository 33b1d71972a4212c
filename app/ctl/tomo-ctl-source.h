/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/tomo-export-stick.h"
#include "ctl/tomo-ctl-machine.h"

G_BEGIN_DECLS

/* What `--from` means for one campaign: an address or a folder as it is, or the tree of that
 * campaign on a stick, which may carry less than the campaign has. */
typedef struct
{
  char *location;         /* (owned) (nullable): %NULL for the configured addresses */
  TomoExportStick *stick; /* (owned) (nullable): what the stick says of itself */
  GStrv partners;         /* (owned) (nullable): what this run is limited to; %NULL for all */
  GStrv languages;        /* (owned) (nullable): the same */
} TomoCtlSource;

TomoCtlSource *tomo_ctl_source_new (TomoCtlMachine *machine,
                                    const TomoCampaignConfig *campaign,
                                    const char *from,
                                    const char *const *partners,
                                    const char *const *languages,
                                    GError **error);
GStrv tomo_ctl_source_dup_present (TomoCtlMachine *machine,
                                   GStrv campaigns,
                                   const char *from,
                                   GError **error);
void tomo_ctl_source_free (TomoCtlSource *self);
char *tomo_ctl_source_dup_folder (const char *from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoCtlSource, tomo_ctl_source_free)

G_END_DECLS
