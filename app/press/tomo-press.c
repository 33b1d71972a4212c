/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "press/tomo-press.h"

/* clang-format off */
static const TomoCommand commands[] = {
  /* The commands ‘pack …’ go here, in the order in which an author meets them. */
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
