/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/tomo-cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cli/tomo-cli-text.h"
#include "cli/tomo-invocation-private.h"

/* For a command and its arguments in --help, so that most summaries end before column 100. */
#define HELP_COLUMNS 34

/* One command and what it does; below each other where the first is too long for its column. */
static void
print_command_help (const TomoCommand *command)
{
  g_autofree char *left = g_strdup_printf (
      "%s %s", command->name, command->arguments != NULL ? _ (command->arguments) : "");
  size_t n_columns = tomo_cli_text_measure (g_strchomp (left));

  if (n_columns > HELP_COLUMNS)
    printf ("  %s\n  %*s %s\n", left, HELP_COLUMNS, "", _ (command->summary));
  else
    printf ("  %s%*s %s\n", left, (int) (HELP_COLUMNS - n_columns), "", _ (command->summary));
}

static void
print_help (const char *summary, const TomoCommand *commands)
{
  /* Translators: first line of --help; %s is the name of the program, such as tomoctl */
  printf (_("Usage: %s COMMAND [OPTION…] [ARGUMENT…]"), g_get_prgname ());
  printf ("\n\n%s\n\n%s\n", _ (summary),
          /* Translators: heading above the list of commands in --help */
          _("Commands:"));

  for (const TomoCommand *c = commands; c->name != NULL; c++)
    print_command_help (c);

  /* Translators: last line of --help; %s is the name of the program */
  printf (_("“%s COMMAND --help” explains one command."), g_get_prgname ());
  putchar ('\n');
}

/* A name is one word, or a group and a word; returns how many words matched, or zero. */
static int
match_command (const TomoCommand *command, int argc, char **argv)
{
  g_auto(GStrv) words = g_strsplit (command->name, " ", 0);
  int n_words = (int) g_strv_length (words);

  if (argc < 1 + n_words)
    return 0;

  for (int i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i], argv[1 + i]) != 0)
      return 0;

  return n_words;
}

static TomoExit
run_command (const TomoCommand *command, int n_words, int argc, char **argv)
{
  g_autoptr(GStrvBuilder) args = g_strv_builder_new ();

  g_strv_builder_add (args, g_get_prgname ());
  for (int i = 1 + n_words; i < argc; i++)
    g_strv_builder_add (args, argv[i]);

  return tomo_invocation_run (command, g_strv_builder_end (args));
}

static void
set_up_language (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static int
explain_unknown (const char *word, const TomoCommand *commands)
{
  g_autoptr(GString) members = g_string_new (NULL);

  for (const TomoCommand *c = commands; c->name != NULL; c++)
    if (g_str_has_prefix (c->name, word) && c->name[strlen (word)] == ' ')
      g_string_append_printf (members, "%s%s", members->len > 0 ? ", " : "",
                              c->name + strlen (word) + 1);

  g_autofree char *line =
      members->len > 0 ? g_strdup_printf ("%s: ‘%s’ is followed by one of: %s\n", g_get_prgname (),
                                          word, members->str)
                       : g_strdup_printf ("%s: there is no command ‘%s’; ‘%s --help’ lists all\n",
                                          g_get_prgname (), word, g_get_prgname ());
  tomo_cli_text_print_error (line);
  return TOMO_EXIT_USAGE;
}

/**
 * tomo_cli_main:
 * @argc: of main()
 * @argv: of main()
 * @summary: what the program is for, marked with N_()
 * @commands: (array zero-terminated=1): the commands, ended by one without a name
 *
 * The main() of a terminal program: finds the command, runs it, prints its one error.
 *
 * Returns: a #TomoExit
 */
int
tomo_cli_main (int argc, char **argv, const char *summary, const TomoCommand *commands)
{
  set_up_language ();
  g_autofree char *name = g_path_get_basename (argv[0]);
  g_set_prgname (name);

  if (argc < 2)
    {
      fprintf (stderr, "%s: a command is missing; ‘%s --help’ lists all\n", name, name);
      return TOMO_EXIT_USAGE;
    }

  if (g_str_equal (argv[1], "--version"))
    {
      printf ("%s %s\n", name, VERSION);
      return TOMO_EXIT_OK;
    }

  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help (summary, commands);
      return TOMO_EXIT_OK;
    }

  for (const TomoCommand *c = commands; c->name != NULL; c++)
    {
      int n_words = match_command (c, argc, argv);
      if (n_words > 0)
        return (int) run_command (c, n_words, argc, argv);
    }

  return explain_unknown (argv[1], commands);
}
