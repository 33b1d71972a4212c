/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "press/tomo-press.h"

/* clang-format off */
static const TomoCommand commands[] = {
  { "pack new",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘pack new’ */
    N_("Make a pack to begin from"), tomo_press_pack_new },
  { "pack check",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘pack check’ */
    N_("Name every mistake in a pack, with file and line"), tomo_press_pack_check },
  { "pack pot",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘pack pot’ */
    N_("Write the template that translations begin from"), tomo_press_pack_pot },
  { "pack update-po",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘pack update-po’; PO and LINGUAS are kinds of files */
    N_("Bring the PO files named in po/LINGUAS up to the texts"), tomo_press_pack_update_po },
  { "pack stats",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘pack stats’ */
    N_("Say how far each translation is"), tomo_press_pack_stats },
  { "pack build",
    /* Translators: stand for the names of two folders */
    N_("DIR -o OUT"),
    /* Translators: explains the command ‘pack build’ */
    N_("Write what would be published, unsigned"), tomo_press_pack_build },
  { "pack preview",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘pack preview’ */
    N_("Show a pack as a kiosk would"), tomo_press_pack_preview },
  { "key new",
    /* Translators: stands for the name of a file */
    N_("FILE"),
    /* Translators: explains the command ‘key new’ */
    N_("Make a key that signs"), tomo_press_key_new },
  { "key show",
    /* Translators: stands for the name of a file */
    N_("FILE"),
    /* Translators: explains the command ‘key show’ */
    N_("Print the public part of a key"), tomo_press_key_show },
  { "repo init",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘repo init’ */
    N_("Make a repository for a campaign"), tomo_press_repo_init },
  { "repo add-partner",
    /* Translators: stand for the name of a folder and a partner’s code, such as jp */
    N_("DIR CC"),
    /* Translators: explains the command ‘repo add-partner’ */
    N_("Let a partner publish"), tomo_press_repo_add_partner },
  { "repo stage",
    /* Translators: stand for the name of a folder, a partner’s code such as jp, and folders of packs */
    N_("DIR CC PACKDIR…"),
    /* Translators: explains the command ‘repo stage’ */
    N_("Build packs and draft the partner’s list of them"), tomo_press_repo_stage },
  { "repo renew",
    /* Translators: stand for the name of a folder and the name of a role, such as jp */
    N_("DIR ROLE"),
    /* Translators: explains the command ‘repo renew’ */
    N_("Draft a role again with a later date of expiry"), tomo_press_repo_renew },
  { "repo sign",
    /* Translators: stand for the name of a folder and the name of a role, such as jp */
    N_("DIR ROLE"),
    /* Translators: explains the command ‘repo sign’ */
    N_("Sign a draft"), tomo_press_repo_sign },
  { "repo publish",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘repo publish’ */
    N_("Make all drafts public, when enough have signed"), tomo_press_repo_publish },
  { "repo status",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘repo status’ */
    N_("Say what is published, until when, and what waits"), tomo_press_repo_status },
  { "repo fingerprint",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘repo fingerprint’ */
    N_("Print what is compared when a kiosk is set up"), tomo_press_repo_fingerprint },
  { "partner init",
    /* Translators: stands for the name of a folder, which need not be given */
    N_("[DIR]"),
    /* Translators: explains the command ‘partner init’ */
    N_("Begin as a partner: five questions, then keys, a pack, a file for the hub"),
    tomo_press_partner_init },
  { NULL },
};
/* clang-format on */

int
main (int argc, char **argv)
{
  return tomo_cli_main (argc, argv,
                        /* Translators: second line of ‘tomopress --help’ */
                        N_("Makes, translates, signs and publishes packs of tips and quizzes."),
                        commands);
}
