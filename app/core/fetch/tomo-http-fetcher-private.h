/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/fetch/tomo-http-fetcher.h"
#include "core/fetch/tomo-http-transfer-private.h"

G_BEGIN_DECLS

struct _TomoHttpFetcher
{
  TomoFetcher parent_instance;

  TomoHttpHost host;
  CURLM *multi;            /* (owned): keeps the connections between runs */
  unsigned int max_active; /* transfers at once */
};

void tomo_http_fetcher_set_limits (TomoHttpFetcher *self, const TomoHttpLimits *limits);

/* In tomo-http-run.c. */

/* What browsers and curl allow one host over HTTP/1.1. */
#define TOMO_HTTP_MAX_CONNECTIONS 8U

void tomo_http_fetcher_run (TomoHttpFetcher *self,
                            GPtrArray *requests,
                            TomoFetchDoneFunc done_func,
                            gpointer user_data,
                            GCancellable *cancellable);

G_END_DECLS
