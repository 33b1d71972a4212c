/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/tomo-cli.h"

G_BEGIN_DECLS

/* Where passphrases come from: a file named in an option, else the terminal, without echo. */
typedef struct
{
  const char *file;          /* (nullable): its first line is the passphrase; ‘-’: stdin */
  GCancellable *cancellable; /* ends the waiting for a line */
} TomoPassphraseSource;

/* A TomoPassphraseFunc; user_data is a TomoPassphraseSource. */
char *tomo_passphrase_ask (const char *path, gpointer user_data, GError **error);
char *tomo_passphrase_ask_new (const char *path, TomoPassphraseSource *source, GError **error);

G_END_DECLS
