/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

#include "core/store/tomo-store.h"
#include "core/tomo-config.h"

G_BEGIN_DECLS

/* Copies what a store holds of one campaign to a stick, as a plain repository: metadata/ with the
 * root chain, targets/ with the partners and languages chosen. The store keeps exactly the signed
 * bytes, so this needs no key and signs nothing. Signals, emitted in the thread that runs:
 *
 *  progress (unsigned int n_done, unsigned int n_total, uint64_t n_bytes, uint64_t n_bytes_total)
 *  partner-left-out (const char *partner, const GError *reason) */
#define TOMO_TYPE_EXPORT (tomo_export_get_type ())
G_DECLARE_FINAL_TYPE (TomoExport, tomo_export, TOMO, EXPORT, GObject)

TomoExport *tomo_export_new (TomoStore *store, const TomoCampaignConfig *campaign);
void tomo_export_set_selection (TomoExport *self,
                                const char *const *partners,
                                const char *const *languages);
gboolean
tomo_export_run (TomoExport *self, const char *folder, GCancellable *cancellable, GError **error);
const char *tomo_export_get_tree (TomoExport *self);
const char *const *tomo_export_get_partners (TomoExport *self);
const char *const *tomo_export_get_languages (TomoExport *self);
unsigned int tomo_export_get_n_files (TomoExport *self);
unsigned int tomo_export_get_n_written (TomoExport *self);
uint64_t tomo_export_get_n_bytes (TomoExport *self);
int64_t tomo_export_get_expires_secs (TomoExport *self);

G_END_DECLS
