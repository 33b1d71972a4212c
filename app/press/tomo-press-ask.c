/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "press/tomo-press-ask.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/tomo-error.h"

/* A terminal gives at most 4095 bytes of one line. */
#define MAX_ANSWER_BYTES 4096

/**
 * tomo_press_can_ask:
 *
 * Returns: %TRUE if somebody sits there: input and output are a terminal
 */
gboolean
tomo_press_can_ask (void)
{
  return isatty (STDIN_FILENO) && isatty (STDOUT_FILENO);
}

/* Ctrl+C is caught by a thread of its own, so waiting for a line watches for it too. */
static char *
read_answer (TomoInvocation *self, GError **error)
{
  char line[MAX_ANSWER_BYTES + 1];
  GCancellable *cancellable = tomo_invocation_get_cancellable (self);
  GPollFD polled[2] = { { .fd = STDIN_FILENO, .events = G_IO_IN } };
  unsigned int n_polled = g_cancellable_make_pollfd (cancellable, &polled[1]) ? 2 : 1;

  while (g_poll (polled, n_polled, -1) < 0 && errno == EINTR)
    ;
  if (n_polled == 2)
    g_cancellable_release_fd (cancellable);

  ssize_t n = -1;
  if (!g_cancellable_is_cancelled (cancellable))
    n = read (STDIN_FILENO, line, sizeof line - 1);
  if (n <= 0)
    {
      /* The error shall not stand behind the question. */
      tomo_invocation_print (self, "\n");
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_CANCELLED,
                           "stopped before the last answer; nothing was changed");
      return NULL;
    }

  line[n] = '\0';
  line[strcspn (line, "\r\n")] = '\0';
  return g_strstrip (g_utf8_make_valid (line, -1));
}

/**
 * tomo_press_ask:
 * @self: a call
 * @question: translated
 * @suggestion: (nullable): taken when the answer is empty
 * @check: (nullable): says what is wrong with an answer
 * @error: return location for a #GError
 *
 * Asks until the answer will do.
 *
 * On failure this sets %TOMO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the answer
 */
char *
tomo_press_ask (TomoInvocation *self,
                const char *question,
                const char *suggestion,
                TomoPressCheckFunc check,
                GError **error)
{
  while (TRUE)
    {
      g_autoptr(GError) problem = NULL;
      if (suggestion != NULL)
        tomo_invocation_print (self, "%s [%s]: ", question, suggestion);
      else
        tomo_invocation_print (self, "%s: ", question);
      fflush (stdout);

      g_autofree char *answer = read_answer (self, error);
      if (answer == NULL)
        return NULL;
      if (*answer == '\0' && suggestion != NULL)
        {
          g_free (answer);
          answer = g_strdup (suggestion);
        }
      if (check == NULL || check (answer, &problem))
        return g_steal_pointer (&answer);

      tomo_invocation_print (self, "  %s\n", problem->message);
    }
}

/**
 * tomo_press_confirm:
 * @self: a call
 * @question: translated; says what to type
 * @word: what must be typed
 * @error: return location for a #GError
 *
 * Asks once. Anything but @word is a no.
 *
 * On failure this sets %TOMO_ERROR_CANCELLED.
 *
 * Returns: %TRUE if @word was typed
 */
gboolean
tomo_press_confirm (TomoInvocation *self, const char *question, const char *word, GError **error)
{
  g_autofree char *answer = tomo_press_ask (self, question, NULL, NULL, error);
  if (answer == NULL)
    return FALSE;
  if (g_str_equal (answer, word))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED, "that was not ‘%s’, so nothing was changed",
               word);
  return FALSE;
}
