/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/tomo-cli.h"

#include <stdlib.h>

#include "core/tomo-error.h"

static TomoExit
greet (TomoInvocation *invocation, GError **error)
{
  if (!tomo_invocation_parse_with_json (invocation, NULL, 1, 2, error))
    return TOMO_EXIT_USAGE;

  const char *const *args = tomo_invocation_get_args (invocation);
  tomo_invocation_print (invocation, "hello %s\n", args[0]);
  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (invocation, json_pack ("{s:s}", "hello", args[0]));
  return TOMO_EXIT_PARTLY;
}

static TomoExit
refuse (TomoInvocation *invocation, GError **error)
{
  if (!tomo_invocation_parse_with_json (invocation, NULL, 0, 0, error))
    return TOMO_EXIT_USAGE;

  g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED, "key 7 is not one of jp's");
  return TOMO_EXIT_FAILED;
}

static const TomoCommand commands[] = {
  { "greet", "NAME", "Say hello", greet },
  { "gate open", NULL, "Never opens", refuse },
  { NULL, NULL, NULL, NULL },
};

/* One call of the program, and what must come of it. */
typedef struct
{
  const char *name;
  const char *argv[6];
  int status;
  const char *out;
  const char *err;
} Vector;

static const Vector vectors[] = {
  { "greet", { "greet", "Ana" }, TOMO_EXIT_PARTLY, "hello Ana\n", "" },
  { "json-is-data",
    { "greet", "--json", "Ana" },
    TOMO_EXIT_PARTLY,
    "{\n  \"hello\": \"Ana\"\n}\n",
    "" },
  { "missing-argument",
    { "greet" },
    TOMO_EXIT_USAGE,
    "",
    "*greet: an argument is missing\nusage: * greet NAME\n" },
  { "too-many", { "greet", "a", "b", "c" }, TOMO_EXIT_USAGE, "", "*too many arguments*" },
  { "unknown-option", { "greet", "--nonsense", "a" }, TOMO_EXIT_USAGE, "", "*--nonsense*" },
  { "unknown-command", { "grete" }, TOMO_EXIT_USAGE, "", "*there is no command ‘grete’*" },
  { "group-alone", { "gate" }, TOMO_EXIT_USAGE, "", "*‘gate’ is followed by one of: open\n" },
  { "nothing", { NULL }, TOMO_EXIT_USAGE, "", "*a command is missing*" },
  { "error", { "gate", "open" }, TOMO_EXIT_UNTRUSTED, "", "*: key 7 is not one of jp's\n" },
  { "error-json",
    { "gate", "open", "--json" },
    TOMO_EXIT_UNTRUSTED,
    "*\"code\": \"untrusted\"*",
    "*key 7*" },
  { "help", { "--help" }, TOMO_EXIT_OK, "*greet NAME*Say hello*gate open*", "" },
};

/* Each way to call a program ends in the documented exit code, data on standard output and one
 * line of error on standard error. */
static void
test_cli_call (gconstpointer test_data)
{
  const Vector *vector = test_data;

  if (g_test_subprocess ())
    {
      char *argv[8] = { (char *) "program" };
      int argc = 1;
      for (; vector->argv[argc - 1] != NULL; argc++)
        argv[argc] = (char *) vector->argv[argc - 1];
      int status = tomo_cli_main (argc, argv, "A program.", commands);
      /* The test's own exit code only says zero or not. */
      fflush (stdout);
      _Exit (status == vector->status ? 0 : 1);
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  if (vector->out[0] != '\0')
    {
      g_autofree char *pattern = g_strdup_printf ("*%s", vector->out);
      g_test_trap_assert_stdout (pattern);
    }
  g_test_trap_assert_stderr (vector->err);
}

/* The table of exit codes is an interface: a change of it must be seen here. */
static void
test_cli_exit_codes (void)
{
  static const struct
  {
    TomoError code;
    TomoExit status;
  } table[] = {
    { TOMO_ERROR_FAILED, 1 },    { TOMO_ERROR_INVALID_DATA, 5 }, { TOMO_ERROR_NOT_FOUND, 1 },
    { TOMO_ERROR_OFFLINE, 3 },   { TOMO_ERROR_UNTRUSTED, 4 },    { TOMO_ERROR_STALE, 4 },
    { TOMO_ERROR_BUSY, 1 },      { TOMO_ERROR_NO_SPACE, 1 },     { TOMO_ERROR_UNSUPPORTED, 1 },
    { TOMO_ERROR_CANCELLED, 1 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(GError) error = g_error_new_literal (TOMO_ERROR, (int) table[i].code, "x");
      g_test_message ("Vector %s", tomo_error_get_id (error));
      g_assert_cmpint ((int) tomo_exit_from_error (error), ==, (int) table[i].status);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli/call/%s", vectors[i].name);
      g_test_add_data_func (path, &vectors[i], test_cli_call);
    }
  g_test_add_func ("/cli/exit-codes", test_cli_exit_codes);
  return g_test_run ();
}
