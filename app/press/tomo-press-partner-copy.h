/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/publish/tomo-partner-folder.h"
#include "author/publish/tomo-published-copy.h"
#include "cli/tomo-cli.h"

G_BEGIN_DECLS

/* How ‘submit’ and ‘countersign’ reach what the campaign has published. */
typedef struct
{
  char *from;        /* (owned) (nullable): instead of the address in partner.conf */
  char *fingerprint; /* (owned) (nullable): as the hub printed it */
  char *now;         /* (owned) (nullable) */
} TomoPressSource;

/* Options of both commands. */
/* clang-format off */
#define TOMO_PRESS_SOURCE_OPTIONS(source)                                \
  { "from", 0, 0, G_OPTION_ARG_FILENAME, &(source)->from,                \
    /* Translators: help of an option of ‘submit’ and ‘countersign’ */   \
    N_("Where the campaign is published: an address, or a folder"),      \
    /* Translators: stands for a web address or a folder */              \
    N_("URL") },                                                         \
  { "fingerprint", 0, 0, G_OPTION_ARG_STRING, &(source)->fingerprint,    \
    /* Translators: help of an option of ‘submit’ and ‘countersign’ */   \
    N_("The campaign’s fingerprint, which the hub prints; needed once"), \
    /* Translators: stands for 16 groups of four digits */               \
    N_("HEX") }
/* clang-format on */

void tomo_press_source_clear (TomoPressSource *self);
TomoPublishedCopy *tomo_press_refresh_copy (TomoInvocation *self,
                                            TomoPartnerFolder *folder,
                                            const char *role,
                                            const TomoPressSource *source,
                                            const char *suggested,
                                            GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoPressSource, tomo_press_source_clear)

G_END_DECLS
