/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A targets file between tomo_trusted_set_begin_targets() and tomo_trusted_set_end_targets(): the
 * part of the work that needs nothing of the set, so that another thread may do it. */
typedef struct _TomoTrustCheck TomoTrustCheck;

void tomo_trust_check_run (TomoTrustCheck *self);
GBytes *tomo_trust_check_get_bytes (const TomoTrustCheck *self);
void tomo_trust_check_free (TomoTrustCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoTrustCheck, tomo_trust_check_free)

G_END_DECLS
