/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-compiled-private.h"
#include "core/content/tomo-recordings.h"

G_BEGIN_DECLS

TomoRecordings *
tomo_recordings_new (const TomoCompiledDict *header, const char *where, GError **error);
void tomo_recordings_free (TomoRecordings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoRecordings, tomo_recordings_free)

G_END_DECLS
