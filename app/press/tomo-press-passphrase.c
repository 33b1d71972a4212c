/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "press/tomo-press-passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "author/publish/tomo-private-key.h"
#include "core/tomo-error.h"

/* What is shorter is guessed in an afternoon, scrypt or not. */
#define MIN_CHARACTERS 10

/* A file with more than this is the wrong file. */
#define MAX_FILE_BYTES (64 * 1024)

/* ‘-’: each key takes the next line, and not a byte more. */
static char *
read_standard_input (GError **error)
{
  char line[TOMO_PASSPHRASE_MAX_BYTES + 2];
  size_t n = 0;

  while (n < sizeof line - 1 && read (STDIN_FILENO, line + n, 1) == 1 && line[n] != '\n')
    n++;

  line[n] = '\0';
  line[strcspn (line, "\r\n")] = '\0';
  char *copy = *line != '\0' ? g_strdup (line) : NULL;
  explicit_bzero (line, sizeof line);
  if (copy == NULL)
    g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                         "standard input has no further line that could be a passphrase; give one "
                         "line for each key");
  return copy;
}

static char *
read_file (const char *file, GError **error)
{
  char *text = NULL;
  size_t size = 0;

  if (g_str_equal (file, "-"))
    return read_standard_input (error);

  if (!g_file_get_contents (file, &text, &size, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  text[strcspn (text, "\r\n")] = '\0';
  if (*text != '\0' && size <= MAX_FILE_BYTES)
    return text;

  tomo_passphrase_free (text);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "‘%s’ does not begin with a line that could be a passphrase", file);
  return NULL;
}

/* Ctrl+C is caught by a thread of its own, so waiting for a line watches for it too. */
static char *
read_line (int terminal, GCancellable *cancellable, GError **error)
{
  char line[TOMO_PASSPHRASE_MAX_BYTES + 2];
  GPollFD polled[2] = { { .fd = terminal, .events = G_IO_IN } };
  unsigned int n_polled = 1;

  if (g_cancellable_make_pollfd (cancellable, &polled[1]))
    n_polled = 2;
  while (g_poll (polled, n_polled, -1) < 0 && errno == EINTR)
    ;
  if (n_polled == 2)
    g_cancellable_release_fd (cancellable);

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_CANCELLED, "stopped");
      return NULL;
    }

  /* In line mode the terminal gives one whole line. */
  ssize_t n = read (terminal, line, sizeof line - 1);
  if (n <= 0)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_CANCELLED, "no passphrase was given");
      return NULL;
    }

  line[n] = '\0';
  line[strcspn (line, "\r\n")] = '\0';
  char *copy = g_strdup (line);
  explicit_bzero (line, sizeof line);
  return copy;
}

static char *
read_terminal (const char *prompt, const char *path, GCancellable *cancellable, GError **error)
{
  struct termios with_echo;
  int terminal = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

  if (terminal < 0 || tcgetattr (terminal, &with_echo) != 0)
    {
      if (terminal >= 0)
        close (terminal);
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "‘%s’ needs a passphrase and there is no terminal to ask; give "
                   "--passphrase-file",
                   path);
      return NULL;
    }

  struct termios without_echo = with_echo;
  without_echo.c_lflag &= ~(tcflag_t) ECHO;
  without_echo.c_lflag |= ICANON | ECHONL;
  tcsetattr (terminal, TCSAFLUSH, &without_echo);
  dprintf (terminal, "%s", prompt);
  char *line = read_line (terminal, cancellable, error);
  tcsetattr (terminal, TCSAFLUSH, &with_echo);
  close (terminal);
  return line;
}

/**
 * tomo_passphrase_ask:
 * @path: the key that needs it
 * @user_data: a #TomoPassphraseSource
 * @error: return location for a #GError
 *
 * Gets the passphrase of a key that exists.
 *
 * Returns: (transfer full): to be freed with tomo_passphrase_free()
 */
char *
tomo_passphrase_ask (const char *path, gpointer user_data, GError **error)
{
  TomoPassphraseSource *source = user_data;

  if (source->file != NULL)
    return read_file (source->file, error);

  /* Translators: asked on a terminal; %s is the name of a key file */
  g_autofree char *prompt = g_strdup_printf (_("Passphrase of %s: "), path);
  return read_terminal (prompt, path, source->cancellable, error);
}

static gboolean
check_new (const char *path, const char *passphrase, GError **error)
{
  if (g_utf8_validate (passphrase, -1, NULL) ? g_utf8_strlen (passphrase, -1) >= MIN_CHARACTERS
                                             : strlen (passphrase) >= MIN_CHARACTERS)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
               "the passphrase for ‘%s’ is shorter than %d characters; several words make a good "
               "one",
               path, MIN_CHARACTERS);
  return FALSE;
}

/**
 * tomo_passphrase_ask_new:
 * @path: the key that is being made
 * @source: where to ask
 * @error: return location for a #GError
 *
 * Gets a passphrase for a new key; on a terminal it is typed twice.
 *
 * Returns: (transfer full): to be freed with tomo_passphrase_free()
 */
char *
tomo_passphrase_ask_new (const char *path, TomoPassphraseSource *source, GError **error)
{
  char *passphrase = tomo_passphrase_ask (path, source, error);
  if (passphrase == NULL)
    return NULL;

  gboolean is_good = check_new (path, passphrase, error);
  if (is_good && source->file == NULL)
    {
      char *again = read_terminal (
          /* Translators: asked on a terminal, after the passphrase was typed once */
          _("The same again: "), path, source->cancellable, error);
      is_good = again != NULL && strcmp (again, passphrase) == 0;
      if (again != NULL && !is_good)
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                     "the two passphrases for ‘%s’ differ; no key was made", path);
      tomo_passphrase_free (again);
    }

  if (is_good)
    return passphrase;

  tomo_passphrase_free (passphrase);
  return NULL;
}
