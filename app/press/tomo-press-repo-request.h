/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/tomo-cli.h"

G_BEGIN_DECLS

/* ‘repo add-partner DIR --request FILE’. */
typedef struct
{
  char *file;        /* (owned) (nullable) */
  char *fingerprint; /* (owned) (nullable): what the partner read out */
  char *now;         /* (owned) (nullable) */
  gboolean yes;
} TomoPressRequest;

void tomo_press_request_clear (TomoPressRequest *self);
TomoExit
tomo_press_repo_add_request (TomoInvocation *self, const TomoPressRequest *options, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoPressRequest, tomo_press_request_clear)

G_END_DECLS
