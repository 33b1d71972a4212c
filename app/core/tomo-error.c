/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-error.h"

#include <errno.h>
#include <gio/gio.h>

G_DEFINE_QUARK (tomo - error - quark, tomo_error)

static const char *const error_ids[] = {
  [TOMO_ERROR_FAILED] = "failed",
  [TOMO_ERROR_INVALID_DATA] = "invalid-data",
  [TOMO_ERROR_NOT_FOUND] = "not-found",
  [TOMO_ERROR_OFFLINE] = "offline",
  [TOMO_ERROR_UNTRUSTED] = "untrusted",
  [TOMO_ERROR_STALE] = "stale",
  [TOMO_ERROR_BUSY] = "busy",
  [TOMO_ERROR_NO_SPACE] = "no-space",
  [TOMO_ERROR_UNSUPPORTED] = "unsupported",
  [TOMO_ERROR_CANCELLED] = "cancelled",
};
G_STATIC_ASSERT (G_N_ELEMENTS (error_ids) == TOMO_N_ERRORS);

static TomoError
code_from_io (int io_code)
{
  static const struct
  {
    GIOErrorEnum io;
    TomoError code;
  } table[] = {
    { G_IO_ERROR_NOT_FOUND, TOMO_ERROR_NOT_FOUND },
    { G_IO_ERROR_NO_SPACE, TOMO_ERROR_NO_SPACE },
    { G_IO_ERROR_CANCELLED, TOMO_ERROR_CANCELLED },
    { G_IO_ERROR_BUSY, TOMO_ERROR_BUSY },
    { G_IO_ERROR_INVALID_DATA, TOMO_ERROR_INVALID_DATA },
    { G_IO_ERROR_NOT_SUPPORTED, TOMO_ERROR_UNSUPPORTED },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++)
    if ((int) table[i].io == io_code)
      return table[i].code;

  return TOMO_ERROR_FAILED;
}

/**
 * tomo_error_get_id:
 * @error: an error of any domain
 *
 * Gives the stable name of the code of @error, as `--json` prints it. Errors of other domains
 * are ‘failed’.
 *
 * Returns: (transfer none): such as ‘no-space’
 */
const char *
tomo_error_get_id (const GError *error)
{
  g_return_val_if_fail (error != NULL, error_ids[TOMO_ERROR_FAILED]);

  if (error->domain != TOMO_ERROR || error->code < 0 || error->code >= TOMO_N_ERRORS)
    return error_ids[TOMO_ERROR_FAILED];

  return error_ids[error->code];
}

/**
 * tomo_error_convert:
 * @error: (inout) (nullable): an error of any domain, or a pointer to %NULL
 *
 * Turns a #GIOError or #GFileError into a #TomoError, once, at the border where the foreign
 * function was called. The message stays. Errors that are ours already are left alone.
 */
void
tomo_error_convert (GError **error)
{
  if (error == NULL || *error == NULL || (*error)->domain == TOMO_ERROR)
    return;

  TomoError code = TOMO_ERROR_FAILED;

  if ((*error)->domain == G_IO_ERROR)
    code = code_from_io ((*error)->code);
  else if (g_error_matches (*error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    code = TOMO_ERROR_NOT_FOUND;
  else if (g_error_matches (*error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    code = TOMO_ERROR_NO_SPACE;

  (*error)->domain = TOMO_ERROR;
  (*error)->code = (int) code;
}

/* What moves the cursor, ends a line, or turns the order of what stands behind it. */
static gboolean
is_control (gunichar c)
{
  return g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT || c == 0x2028 ||
         c == 0x2029;
}

/**
 * tomo_error_escape_message:
 * @error: an error whose message names something foreign, such as a role
 *
 * Writes control characters in the message as ‘\\x{1b}’, and bytes that are no UTF-8 as U+FFFD: who
 * chooses a name must not choose what a terminal does, or what a log says on its next line.
 */
void
tomo_error_escape_message (GError *error)
{
  g_return_if_fail (error != NULL);

  g_autofree char *valid = g_utf8_make_valid (error->message, -1);
  g_autoptr(GString) escaped = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (is_control (c))
        g_string_append_printf (escaped, "\\x{%x}", c);
      else
        g_string_append_unichar (escaped, c);
    }

  g_free (error->message);
  error->message = g_string_free (g_steal_pointer (&escaped), FALSE);
}

/**
 * tomo_set_error_from_errno:
 * @error: (nullable): return location for a #GError
 * @errno_value: what `errno` was
 * @format: says which thing was wrong; the system's reason is put behind it
 * @...: for @format
 *
 * Sets a #TomoError whose code fits @errno_value. EDQUOT counts as a full disk.
 */
void
tomo_set_error_from_errno (GError **error, int errno_value, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);

  TomoError code = errno_value == EDQUOT ? TOMO_ERROR_NO_SPACE
                                         : code_from_io ((int) g_io_error_from_errno (errno_value));

  g_set_error (error, TOMO_ERROR, (int) code, "%s: %s", what, g_strerror (errno_value));
}
