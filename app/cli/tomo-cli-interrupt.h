/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TomoCliInterrupt:
 *
 * Turns the first Ctrl+C, and the first SIGTERM, into a cancelled #GCancellable. The second of the
 * same kind kills, as it would without this.
 */
typedef struct _TomoCliInterrupt TomoCliInterrupt;

TomoCliInterrupt *tomo_cli_interrupt_new (GCancellable *cancellable);
void tomo_cli_interrupt_free (TomoCliInterrupt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoCliInterrupt, tomo_cli_interrupt_free)

G_END_DECLS
