/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TomoError:
 * @TOMO_ERROR_FAILED: anything that no caller treats differently
 * @TOMO_ERROR_INVALID_DATA: bytes that are not what their format says
 * @TOMO_ERROR_NOT_FOUND: a thing that was asked for does not exist
 * @TOMO_ERROR_OFFLINE: no server answered as a server of ours would; what is stored still holds
 * @TOMO_ERROR_UNTRUSTED: a signature, a hash, or a rule of trust was not met
 * @TOMO_ERROR_STALE: signed properly, but expired, or older than what this machine has seen
 * @TOMO_ERROR_BUSY: somebody else holds the lock
 * @TOMO_ERROR_NO_SPACE: the disk or a quota is full
 * @TOMO_ERROR_UNSUPPORTED: a newer format, or something this build cannot do
 * @TOMO_ERROR_CANCELLED: somebody asked to stop
 *
 * A code exists only where some caller acts on it differently.
 */
typedef enum
{
  TOMO_ERROR_FAILED,
  TOMO_ERROR_INVALID_DATA,
  TOMO_ERROR_NOT_FOUND,
  TOMO_ERROR_OFFLINE,
  TOMO_ERROR_UNTRUSTED,
  TOMO_ERROR_STALE,
  TOMO_ERROR_BUSY,
  TOMO_ERROR_NO_SPACE,
  TOMO_ERROR_UNSUPPORTED,
  TOMO_ERROR_CANCELLED,
} TomoError;
#define TOMO_N_ERRORS (TOMO_ERROR_CANCELLED + 1)

#define TOMO_ERROR (tomo_error_quark ())
GQuark tomo_error_quark (void);

const char *tomo_error_get_id (const GError *error);
void tomo_error_convert (GError **error);
void tomo_error_escape_message (GError *error);
void tomo_set_error_from_errno (GError **error, int errno_value, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
