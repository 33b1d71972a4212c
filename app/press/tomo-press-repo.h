/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "author/publish/tomo-repository.h"
#include "cli/tomo-cli.h"

G_BEGIN_DECLS

/* What the commands ‘repo …’ share. */

/* An option of every ‘repo’ command, not shown in --help. It sets the clock for rehearsals: how
 * does a kiosk behave when a partner's file has expired? */
#define TOMO_PRESS_NOW_OPTION(now_text)                                                            \
  {                                                                                                \
    "now", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, now_text, NULL, NULL                      \
  }

gboolean tomo_press_parse_now (const char *text, int64_t *out_secs, GError **error);
TomoRepository *tomo_press_open_repository (const char *folder,
                                            TomoRepositoryAccess access,
                                            const char *now_text,
                                            GError **error);
TomoSigners *tomo_press_load_public_keys (char **paths, unsigned int threshold, GError **error);
TomoPrivateKey *tomo_press_load_private_key (TomoInvocation *self,
                                             const char *path,
                                             const char *passphrase_file,
                                             GError **error);
GPtrArray *tomo_press_load_private_keys (TomoInvocation *self,
                                         char **paths,
                                         char **passphrase_files,
                                         GError **error);
gboolean
tomo_press_name_keys (TomoRepository *repository, TomoSigners *keys, char **paths, GError **error);
char *tomo_press_dup_date (int64_t secs);
void tomo_press_print_signers (TomoInvocation *self, const TomoDraftState *state);
gboolean tomo_press_print_change (TomoInvocation *self,
                                  TomoRepository *repository,
                                  const char *folder,
                                  const char *role,
                                  GError **error);
gboolean
tomo_press_print_payload (TomoInvocation *self, GBytes *payload, const char *where, GError **error);
void tomo_press_print_next (TomoInvocation *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean tomo_press_print_drafts (TomoInvocation *self,
                                  TomoRepository *repository,
                                  const char *folder,
                                  const char *role,
                                  GError **error);

G_END_DECLS
