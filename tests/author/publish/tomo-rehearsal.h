/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/publish/tomo-private-key.h"
#include "author/publish/tomo-repository.h"

G_BEGIN_DECLS

/* What the tests of publishing share: a campaign file, keys, and a demonstration repository.
 * 2026-11-23T12:00:00Z is the time in all of them. */
#define TOMO_REHEARSAL_NOW ((int64_t) 1795435200)
#define TOMO_REHEARSAL_YEAR ((int64_t) 365 * 24 * 60 * 60)

char *tomo_rehearsal_dup_folder (void);
void tomo_rehearsal_remove_folder (const char *path);
void tomo_rehearsal_copy_folder (const char *from, const char *to);
char *tomo_rehearsal_write_campaign (const char *folder);
void tomo_rehearsal_record (const char *folder, const char *name);
char *tomo_rehearsal_write_pack (const char *folder, const char *id, const char *title);
GPtrArray *tomo_rehearsal_make_keys (unsigned int n_keys);
TomoSigners *tomo_rehearsal_signers (GPtrArray *keys, unsigned int threshold);
TomoRepository *tomo_rehearsal_new_demo (const char *folder);
TomoRepository *tomo_rehearsal_open (const char *folder, int64_t now_secs);
void tomo_rehearsal_add_partner (TomoRepository *repository, const char *partner, GPtrArray *keys);
void tomo_rehearsal_stage (TomoRepository *repository, const char *partner, const char *pack);
void tomo_rehearsal_sign (TomoRepository *repository,
                          const char *role,
                          GPtrArray *keys,
                          unsigned int n_keys);
void tomo_rehearsal_delegate (TomoRepository *repository,
                              const char *partner,
                              const char *role,
                              GPtrArray *keys);
void tomo_rehearsal_usurp (TomoRepository *repository, const char *role, const char *partner);
void tomo_rehearsal_publish (TomoRepository *repository);
#define TOMO_REHEARSAL_SENTENCE "I sent money"
void tomo_rehearsal_publish_recording (TomoRepository *repository,
                                       const char *folder,
                                       const char *language);
GBytes *tomo_rehearsal_read (const char *folder, const char *name);

G_END_DECLS
