/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/fetch/tomo-fetcher.h"

G_BEGIN_DECLS

/* For the backends. */
int64_t tomo_fetcher_report_progress (TomoFetcher *self);
void tomo_fetcher_heed_wake (TomoFetcher *self);

G_END_DECLS
