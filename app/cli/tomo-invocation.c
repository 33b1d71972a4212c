/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/tomo-invocation-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/tomo-cli-interrupt.h"
#include "cli/tomo-cli-progress.h"
#include "cli/tomo-cli-text.h"
#include "core/tomo-error.h"

#define PROGRESS_COLUMNS_DEFAULT 80
/* More than anybody types on purpose. */
#define MAX_ANSWER_BYTES 256

struct _TomoInvocation
{
  const TomoCommand *command; /* (not nullable) */
  char **args;                /* (owned) (not nullable) */
  GCancellable *cancellable;  /* (not nullable): Ctrl+C cancels it */
  gboolean wants_json;
  gboolean is_verbose;
  gboolean wants_usage; /* it was called wrongly */
  gboolean progress_shown;
  TomoCliProgress progress;
};

static const TomoExit exit_of_code[] = {
  [TOMO_ERROR_FAILED] = TOMO_EXIT_FAILED,       [TOMO_ERROR_INVALID_DATA] = TOMO_EXIT_INVALID,
  [TOMO_ERROR_NOT_FOUND] = TOMO_EXIT_FAILED,    [TOMO_ERROR_OFFLINE] = TOMO_EXIT_OFFLINE,
  [TOMO_ERROR_UNTRUSTED] = TOMO_EXIT_UNTRUSTED, [TOMO_ERROR_STALE] = TOMO_EXIT_UNTRUSTED,
  [TOMO_ERROR_BUSY] = TOMO_EXIT_FAILED,         [TOMO_ERROR_NO_SPACE] = TOMO_EXIT_FAILED,
  [TOMO_ERROR_UNSUPPORTED] = TOMO_EXIT_FAILED,  [TOMO_ERROR_CANCELLED] = TOMO_EXIT_FAILED,
};
G_STATIC_ASSERT (G_N_ELEMENTS (exit_of_code) == TOMO_N_ERRORS);

/**
 * tomo_exit_from_error:
 * @error: an error of any domain
 *
 * Returns: the exit code that scripts may rely on for @error
 */
TomoExit
tomo_exit_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, TOMO_EXIT_FAILED);

  if (error->domain == G_OPTION_ERROR)
    return TOMO_EXIT_USAGE;
  if (error->domain != TOMO_ERROR || error->code < 0 || error->code >= TOMO_N_ERRORS)
    return TOMO_EXIT_FAILED;

  return exit_of_code[error->code];
}

static void
clear_progress (TomoInvocation *self)
{
  if (!self->progress_shown)
    return;

  fputs ("\r\033[K", stderr);
  fflush (stderr);
  self->progress_shown = FALSE;
}

G_GNUC_PRINTF (2, 0)
static void
print_line (TomoInvocation *self, const char *format, va_list args)
{
  clear_progress (self);
  vprintf (format, args);
}

/**
 * tomo_invocation_print:
 * @self: a call
 * @format: text for standard output, with its own line end
 * @...: for @format
 *
 * Prints a result. With `--json` this prints nothing: the data is then in the JSON.
 */
void
tomo_invocation_print (TomoInvocation *self, const char *format, ...)
{
  if (self->wants_json)
    return;

  va_list args;
  va_start (args, format);
  print_line (self, format, args);
  va_end (args);
}

/**
 * tomo_invocation_print_done:
 * @self: a call
 * @format: a line for standard output, with its own line end
 * @...: for @format
 *
 * Prints that it worked, and what came of it. Only a person wants to know: in a pipe this prints
 * nothing, so that cron mails nothing, unless `--verbose` was given.
 */
void
tomo_invocation_print_done (TomoInvocation *self, const char *format, ...)
{
  if (self->wants_json || !(self->is_verbose || isatty (STDOUT_FILENO)))
    return;

  va_list args;
  va_start (args, format);
  print_line (self, format, args);
  va_end (args);
}

/**
 * tomo_invocation_print_error:
 * @self: a call
 * @format: one line for standard error, with its own line end
 * @...: for @format
 *
 * Prints something that went wrong without ending the call. Control characters are escaped.
 */
void
tomo_invocation_print_error (TomoInvocation *self, const char *format, ...)
{
  clear_progress (self);

  va_list args;
  va_start (args, format);
  g_autofree char *line = g_strdup_vprintf (format, args);
  va_end (args);

  tomo_cli_text_print_error (line);
}

/**
 * tomo_invocation_print_json:
 * @self: a call
 * @tree: (transfer full): what to print
 *
 * Prints @tree, indented, on standard output.
 */
void
tomo_invocation_print_json (TomoInvocation *self, json_t *tree)
{
  clear_progress (self);
  json_dumpf (tree, stdout, JSON_INDENT (2));
  putchar ('\n');
  json_decref (tree);
}

static size_t
terminal_columns (void)
{
  struct winsize size;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
    return size.ws_col - 1;

  return PROGRESS_COLUMNS_DEFAULT;
}

/**
 * tomo_invocation_show_progress:
 * @self: a call
 * @format: one short line without line end
 * @...: for @format
 *
 * Overwrites the line of progress, where standard error is a terminal; elsewhere does nothing.
 */
void
tomo_invocation_show_progress (TomoInvocation *self, const char *format, ...)
{
  if (self->wants_json || !isatty (STDERR_FILENO))
    return;

  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);

  g_autofree char *escaped = tomo_cli_text_escape (text);
  g_autofree char *line = tomo_cli_text_fit (escaped, terminal_columns ());

  fprintf (stderr, "\r\033[K%s", line);
  fflush (stderr);
  self->progress_shown = TRUE;
}

/**
 * tomo_invocation_show_transfer:
 * @self: a call
 * @n_done: files that are through
 * @n_total: of how many
 * @n_bytes: bytes that are through
 * @n_bytes_total: of how many; zero while it is not known
 *
 * Like tomo_invocation_show_progress(), for something that takes its time: says how much is left.
 */
void
tomo_invocation_show_transfer (TomoInvocation *self,
                               unsigned int n_done,
                               unsigned int n_total,
                               uint64_t n_bytes,
                               uint64_t n_bytes_total)
{
  int64_t now = g_get_monotonic_time ();
  int secs_left = tomo_cli_progress_update (&self->progress, now, n_bytes, n_bytes_total);

  if (!tomo_cli_progress_is_due (&self->progress, now))
    return;

  g_autofree char *text =
      tomo_cli_progress_dup_text (n_done, n_total, n_bytes, n_bytes_total, secs_left);
  tomo_invocation_show_progress (self, "%s", text);
}

/**
 * tomo_invocation_can_ask:
 * @self: a call
 *
 * Returns: %TRUE if a person sits in front of it
 */
gboolean
tomo_invocation_can_ask (TomoInvocation *self)
{
  return !self->wants_json && isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

/**
 * tomo_invocation_ask:
 * @self: a call that can ask
 * @question: what to print before the answer
 * @error: return location for a #GError
 *
 * Waits for a line. Ctrl+C ends the waiting, and Ctrl+D is an empty answer.
 *
 * On failure this sets %TOMO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the answer, without blanks around it
 */
char *
tomo_invocation_ask (TomoInvocation *self, const char *question, GError **error)
{
  GPollFD fds[2] = { { .fd = STDIN_FILENO, .events = G_IO_IN } };
  char answer[MAX_ANSWER_BYTES + 1] = "";

  clear_progress (self);
  fprintf (stderr, "%s ", question);
  fflush (stderr);

  gboolean can_poll = g_cancellable_make_pollfd (self->cancellable, &fds[1]);
  while (g_poll (fds, can_poll ? 2 : 1, -1) < 0 && errno == EINTR)
    ;
  if (can_poll)
    g_cancellable_release_fd (self->cancellable);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      fputc ('\n', stderr);
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_CANCELLED,
                           "cancelled; nothing was changed");
      return NULL;
    }

  ssize_t n_read = read (STDIN_FILENO, answer, MAX_ANSWER_BYTES);
  answer[MAX (n_read, 0)] = '\0';
  return g_strdup (g_strstrip (answer));
}

const char *const *
tomo_invocation_get_args (TomoInvocation *self)
{
  return (const char *const *) self->args + 1;
}

gboolean
tomo_invocation_wants_json (TomoInvocation *self)
{
  return self->wants_json;
}

gboolean
tomo_invocation_is_verbose (TomoInvocation *self)
{
  return self->is_verbose;
}

GCancellable *
tomo_invocation_get_cancellable (TomoInvocation *self)
{
  return self->cancellable;
}

static gboolean
parse (TomoInvocation *self,
       const GOptionEntry *options,
       const GOptionEntry *more_options,
       unsigned int min_args,
       unsigned int max_args,
       GError **error)
{
  g_autofree char *parameters =
      g_strdup_printf ("%s %s", self->command->name,
                       self->command->arguments != NULL ? _ (self->command->arguments) : "");
  g_autoptr(GOptionContext) context = g_option_context_new (g_strchomp (parameters));
  g_option_context_set_summary (context, _ (self->command->summary));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (options != NULL)
    g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (more_options != NULL)
    g_option_context_add_main_entries (context, more_options, GETTEXT_PACKAGE);

  if (!g_option_context_parse_strv (context, &self->args, error))
    return FALSE;

  unsigned int n_args = g_strv_length (self->args) - 1;
  if (n_args < min_args || n_args > max_args)
    {
      self->wants_usage = TRUE;
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "%s: %s", self->command->name,
                   n_args < min_args ? "an argument is missing" : "too many arguments");
      return FALSE;
    }

  return TRUE;
}

/**
 * tomo_invocation_parse:
 * @self: a call
 * @options: (nullable): the options of the command, ended by a zero entry
 * @min_args: how many arguments it needs at least
 * @max_args: and at most
 * @error: return location for a #GError
 *
 * Parses the command line of one command. `--help` prints and ends the program.
 *
 * On failure this sets a #GOptionError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_invocation_parse (TomoInvocation *self,
                       const GOptionEntry *options,
                       unsigned int min_args,
                       unsigned int max_args,
                       GError **error)
{
  return parse (self, options, NULL, min_args, max_args, error);
}

#define JSON_OPTION(self)                                                                          \
  {                                                                                                \
    "json", 0, 0, G_OPTION_ARG_NONE,                                                               \
        &(self)->wants_json, /* Translators: help of the option --json */                          \
        N_("Print data as JSON with stable names, for scripts"), NULL                             \
  }

/**
 * tomo_invocation_parse_with_json:
 * @self: a call
 * @options: (nullable): the options of the command, ended by a zero entry
 * @min_args: how many arguments it needs at least
 * @max_args: and at most
 * @error: return location for a #GError
 *
 * Like tomo_invocation_parse(), for commands that print data: adds `--json`.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_invocation_parse_with_json (TomoInvocation *self,
                                 const GOptionEntry *options,
                                 unsigned int min_args,
                                 unsigned int max_args,
                                 GError **error)
{
  const GOptionEntry json_option[] = { JSON_OPTION (self), { 0 } };

  return parse (self, options, json_option, min_args, max_args, error);
}

/**
 * tomo_invocation_parse_for_job:
 * @self: a call
 * @options: (nullable): the options of the command, ended by a zero entry
 * @min_args: how many arguments it needs at least
 * @max_args: and at most
 * @error: return location for a #GError
 *
 * Like tomo_invocation_parse_with_json(), for commands that timers run: adds `--verbose`, which
 * makes them say what they did where nobody watches.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_invocation_parse_for_job (TomoInvocation *self,
                               const GOptionEntry *options,
                               unsigned int min_args,
                               unsigned int max_args,
                               GError **error)
{
  /* clang-format off */
  const GOptionEntry job_options[] = {
    JSON_OPTION (self),
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->is_verbose,
      /* Translators: help of the option --verbose */
      N_("Say what was done also when the output goes into a file or a pipe"), NULL },
    { 0 },
  };
  /* clang-format on */

  return parse (self, options, job_options, min_args, max_args, error);
}

static void
report_failure (TomoInvocation *self, TomoExit status, const GError *error)
{
  g_autofree char *message = g_utf8_make_valid (error->message, -1);

  if (self->wants_json && status != TOMO_EXIT_USAGE)
    tomo_invocation_print_json (self, json_pack ("{s:{s:s, s:s}}", "error", "code",
                                                 tomo_error_get_id (error), "message", message));
  tomo_invocation_print_error (self, "%s: %s\n", g_get_prgname (), error->message);
  if (self->wants_usage)
    tomo_invocation_print_error (self, "usage: %s %s %s\n", g_get_prgname (), self->command->name,
                                 self->command->arguments != NULL ? self->command->arguments : "");
}

/**
 * tomo_invocation_run:
 * @command: what was called
 * @args: (transfer full): the name of the program, and what stands behind that of the command
 *
 * Runs @command, and prints its one error.
 *
 * Returns: what the program ends with
 */
TomoExit
tomo_invocation_run (const TomoCommand *command, char **args)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TomoInvocation self = { .command = command, .args = args, .cancellable = cancellable };

  TomoCliInterrupt *interrupt = tomo_cli_interrupt_new (cancellable);
  TomoExit status = command->run (&self, &error);
  tomo_cli_interrupt_free (interrupt);
  clear_progress (&self);

  if (error != NULL)
    {
      status = tomo_exit_from_error (error);
      report_failure (&self, status, error);
    }

  g_strfreev (self.args);
  return status;
}
