/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "core/fetch/tomo-fetcher.h"

G_BEGIN_DECLS

#define TOMO_TYPE_HTTP_FETCHER (tomo_http_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (TomoHttpFetcher, tomo_http_fetcher, TOMO, HTTP_FETCHER, TomoFetcher)

TomoFetcher *tomo_http_fetcher_new (const char *base_url, GError **error);
void tomo_http_fetcher_set_limit_rate (TomoHttpFetcher *self, uint64_t bytes_per_sec);

G_END_DECLS
