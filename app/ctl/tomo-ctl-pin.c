/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/tomo-error.h"
#include "core/tomo-pin.h"

/* Somebody may stand behind. */
static char *
ask_unseen (TomoInvocation *invocation, const char *question, GError **error)
{
  struct termios seen;
  gboolean is_terminal = tcgetattr (STDIN_FILENO, &seen) == 0;
  struct termios unseen = seen;

  if (is_terminal)
    {
      unseen.c_lflag &= ~(tcflag_t) ECHO;
      unseen.c_lflag |= ECHONL;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
    }
  char *answer = tomo_invocation_ask (invocation, question, error);
  if (is_terminal)
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &seen);
  return answer;
}

static gboolean
check_pin (const char *pin, GError **error)
{
  if (tomo_pin_is_valid (pin))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "a PIN has %d to %d digits and nothing else", TOMO_PIN_MIN_DIGITS,
               TOMO_PIN_MAX_DIGITS);
  return FALSE;
}

/* A person types it twice; a script writes one line. */
static char *
get_pin (TomoInvocation *invocation, GError **error)
{
  gboolean can_ask = tomo_invocation_can_ask (invocation);
  g_autofree char *pin =
      ask_unseen (invocation,
                  /* Translators: asked on a terminal */
                  can_ask ? _("New PIN for the operator of the kiosk:") : "", error);

  if (pin == NULL || !check_pin (pin, error))
    return NULL;
  if (!can_ask)
    return g_steal_pointer (&pin);

  /* Translators: asked on a terminal, after the PIN was typed once */
  g_autofree char *again = ask_unseen (invocation, _("The same again:"), error);
  if (again == NULL)
    return NULL;
  if (strcmp (pin, again) != 0)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "the two PINs differ");
      return NULL;
    }

  return g_steal_pointer (&pin);
}

TomoExit
tomo_ctl_pin (TomoInvocation *invocation, GError **error)
{
  const GOptionEntry entries[] = { { 0 } };
  if (!tomo_invocation_parse (invocation, entries, 0, 0, error))
    return TOMO_EXIT_USAGE;

  g_autofree char *pin = get_pin (invocation, error);
  if (pin == NULL)
    return TOMO_EXIT_FAILED;

  g_autofree char *hash = tomo_pin_dup_hash (pin, error);
  if (hash == NULL)
    return TOMO_EXIT_FAILED;

  tomo_invocation_print (invocation, "[kiosk]\npin=%s\n", hash);
  return TOMO_EXIT_OK;
}
