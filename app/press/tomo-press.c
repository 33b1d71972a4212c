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
  { "pack import",
    /* Translators: stand for the names of a file format, a file and a folder */
    N_("--format FORMAT FILE -o DIR"),
    /* Translators: explains the command ‘pack import’ */
    N_("Make a pack of a quiz that is there already"), tomo_press_pack_import },
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
  { "pack audio",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘pack audio’ */
    N_("Say which tips nobody has read aloud yet, in each language"), tomo_press_pack_audio },
  { "pack build",
    /* Translators: stand for the names of two folders */
    N_("DIR -o OUT"),
    /* Translators: explains the command ‘pack build’ */
    N_("Write what would be published, unsigned"), tomo_press_pack_build },
  { "pack export",
    /* Translators: stand for the names of a file format, a folder and a file */
    N_("--format FORMAT DIR -o OUT"),
    /* Translators: explains the command ‘pack export’ */
    N_("Write questions for Moodle, or pages to print"), tomo_press_pack_export },
  { "pack preview",
    /* Translators: arguments of the command ‘pack preview’; DIR is a folder */
    N_("DIR [--language TAG] [--po FILE] [--find TEXT]"),
    /* Translators: explains the command ‘pack preview’ */
    N_("Show a pack as a kiosk would, and each change as it is saved"), tomo_press_pack_preview },
  { "pack review",
    /* Translators: arguments of the command ‘pack review’; DIR is a folder */
    N_("DIR --language TAG (-o DIR | --reader NAME [--sheet FILE])"),
    /* Translators: explains the command ‘pack review’ */
    N_("Write a sheet for somebody who reads a translation, or note that it was read"),
    tomo_press_pack_review },
  { "pack screens",
    /* Translators: arguments of the command ‘pack screens’; DIR is a folder */
    N_("DIR -o DIR [--language TAG] [--size WIDTHxHEIGHT]"),
    /* Translators: explains the command ‘pack screens’ */
    N_("Draw each card in each language"), tomo_press_pack_screens },
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
  { "key sign",
    /* Translators: stand for the names of three files */
    N_("KEY PAYLOAD -o FILE"),
    /* Translators: explains the command ‘key sign’; PAYLOAD is what ‘repo payload’ wrote */
    N_("Sign, away from the repository, what ‘repo payload’ wrote"), tomo_press_key_sign },
  /* First what partners use, then what the hub uses each day, then what it seldom does. */
  { "repo stage",
    /* Translators: stand for the name of a folder, a partner’s code such as jp, and folders of packs */
    N_("DIR CC PACKDIR…"),
    /* Translators: explains the command ‘repo stage’ */
    N_("Build packs and draft the partner’s list of them"), tomo_press_repo_stage },
  { "repo sign",
    /* Translators: stand for the name of a folder and the name of a role, such as jp */
    N_("DIR ROLE"),
    /* Translators: explains the command ‘repo sign’ */
    N_("Sign a draft"), tomo_press_repo_sign },
  { "repo payload",
    /* Translators: stand for a folder, the name of a role such as root, and a file */
    N_("DIR ROLE -o FILE"),
    /* Translators: explains the command ‘repo payload’ */
    N_("Write out what a token or another machine signs"), tomo_press_repo_payload },
  { "repo audio",
    /* Translators: stands for the name of a file */
    N_("CAMPAIGN.conf"),
    /* Translators: explains the command ‘repo audio’ */
    N_("Say which sentences of the program nobody has read aloud yet, in each language"),
    tomo_press_repo_audio },
  { "repo attach",
    /* Translators: stand for a folder and the name of a role such as root */
    N_("DIR ROLE"),
    /* Translators: explains the command ‘repo attach’ */
    N_("Take a signature back that was made elsewhere"), tomo_press_repo_attach },
  { "repo status",
    /* Translators: stands for the name of a folder */
    N_("DIR"),
    /* Translators: explains the command ‘repo status’ */
    N_("Say what is published, until when, and what waits"), tomo_press_repo_status },
  { "repo publish",
    /* Translators: stand for the name of a folder and of roles such as jp, which may be left out */
    N_("DIR [ROLE…]"),
    /* Translators: explains the command ‘repo publish’ */
    N_("Make all drafts public, when enough have signed"), tomo_press_repo_publish },
  { "repo receive",
    /* Translators: stand for the name of a folder and of a file that a partner mailed */
    N_("DIR FILE"),
    /* Translators: explains the command ‘repo receive’ */
    N_("Take in what a partner has signed"), tomo_press_repo_receive },
  { "repo renew",
    /* Translators: stand for the name of a folder and the name of a role, such as jp */
    N_("DIR ROLE"),
    /* Translators: explains the command ‘repo renew’ */
    N_("Draft a role again with a later date of expiry"), tomo_press_repo_renew },
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
  { "repo change-partner",
    /* Translators: stand for the name of a folder and a partner’s code, such as jp */
    N_("DIR CC"),
    /* Translators: explains the command ‘repo change-partner’ */
    N_("Replace all keys of a partner"), tomo_press_repo_change_partner },
  { "repo retire-partner",
    /* Translators: stand for the name of a folder and a partner’s code, such as jp */
    N_("DIR CC"),
    /* Translators: explains the command ‘repo retire-partner’ */
    N_("End what a partner publishes"), tomo_press_repo_retire_partner },
  { "repo rotate",
    /* Translators: stand for a folder and the name of a role such as root */
    N_("DIR ROLE"),
    /* Translators: explains the command ‘repo rotate’ */
    N_("Change who may sign a role"), tomo_press_repo_rotate },
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
  { "submit",
    /* Translators: stands for the name of a folder, which need not be given */
    N_("[DIR] --key KEY"),
    /* Translators: explains the command ‘submit’ */
    N_("Check, build and sign your packs; write one file for the next who signs"),
    tomo_press_submit },
  { "countersign",
    /* Translators: stands for the name of a file that came by mail */
    N_("FILE --key KEY"),
    /* Translators: explains the command ‘countersign’ */
    N_("See what a colleague wants to publish, and sign it"), tomo_press_countersign },
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
