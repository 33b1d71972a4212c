/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "press/tomo-press.h"

/* clang-format off */
static const TomoCommand commands[] = {
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
