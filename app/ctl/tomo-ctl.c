/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>

/* clang-format off */
static const TomoCommand commands[] = {
  { "campaign add",
    /* Translators: arguments of “campaign add”; the options stay as they are */
    N_("NAME --url URL --root FILE | --from DIR --fingerprint HEX"),
    /* Translators: help of “campaign add” */
    N_("Let this machine follow a campaign"),
    tomo_ctl_campaign_add },
  { "campaign list", NULL,
    /* Translators: help of “campaign list” */
    N_("List the campaigns of this machine"),
    tomo_ctl_campaign_list },
  { "campaign remove",
    /* Translators: argument of “campaign remove” */
    N_("NAME"),
    /* Translators: help of “campaign remove” */
    N_("Forget a campaign and its content"),
    tomo_ctl_campaign_remove },
  { "sync", NULL,
    /* Translators: help of “sync” */
    N_("Fetch what is new, check who signed it, keep it"),
    tomo_ctl_sync },
  { "list", NULL,
    /* Translators: help of “list” */
    N_("List the packs of this machine"),
    tomo_ctl_list },
  { "show",
    /* Translators: argument of “show”; keep the colon, slash and brackets */
    N_("[CAMPAIGN:]PARTNER/PACK"),
    /* Translators: help of “show” */
    N_("Print one pack"),
    tomo_ctl_show },
  { "status", NULL,
    /* Translators: help of “status” */
    N_("Say what this machine holds, and how old it is"),
    tomo_ctl_status },
  { "verify", NULL,
    /* Translators: help of “verify” */
    N_("Compare every stored file with what was signed"),
    tomo_ctl_verify },
  { "doctor", NULL,
    /* Translators: help of “doctor” */
    N_("Say what this machine lacks: fonts, space, content, the right time"),
    tomo_ctl_doctor },
  { "export",
    /* Translators: argument of “export” */
    N_("DIR"),
    /* Translators: help of “export” */
    N_("Copy what this machine holds to a USB stick, for machines without a network"),
    tomo_ctl_export },
  { "pin", NULL,
    /* Translators: help of “pin” */
    N_("Make what the configuration keeps of the PIN for the operator of a kiosk"),
    tomo_ctl_pin },
  { NULL, NULL, NULL, NULL },
};
/* clang-format on */

int
main (int argc, char **argv)
{
  return tomo_cli_main (argc, argv,
                        /* Translators: what tomoctl is for */
                        N_("Fetch, verify and keep the campaigns that this machine shows."),
                        commands);
}
