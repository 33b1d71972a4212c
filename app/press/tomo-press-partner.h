/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/tomo-cli.h"

G_BEGIN_DECLS

/* What ‘partner init’ was told, by options or by answers. */
typedef struct
{
  char *partner;           /* (owned) (nullable) */
  char *name;              /* (owned) (nullable) */
  char *language;          /* (owned) (nullable) */
  char *territory;         /* (owned) (nullable) */
  char **domains;          /* (owned) (nullable) */
  int n_people;            /* 0: not said */
  int threshold;           /* 0: the majority */
  char **key_files;        /* (owned) (nullable): public keys of colleagues */
  char **passphrase_files; /* (owned) (nullable) */
  char *address;           /* (owned) (nullable) */
  gboolean no_passphrase;
} TomoPartnerAnswers;

void tomo_partner_answers_clear (TomoPartnerAnswers *self);
gboolean tomo_partner_answers_complete (TomoPartnerAnswers *self,
                                        TomoInvocation *invocation,
                                        GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoPartnerAnswers, tomo_partner_answers_clear)

G_END_DECLS
