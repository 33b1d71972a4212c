/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <curl/curl.h>

#include "core/fetch/tomo-fetcher.h"

G_BEGIN_DECLS

/* What is to be done after one attempt. */
typedef enum
{
  TOMO_HTTP_VERDICT_DONE,     /* the request has its body or its error */
  TOMO_HTTP_VERDICT_REFUSED,  /* nobody could be reached; trying again soon may help */
  TOMO_HTTP_VERDICT_TRANSIENT /* somebody was reached, and it went wrong; likewise */
} TomoHttpVerdict;

/* Whether to wait until it is known that one connection carries several files at once (HTTP/2). */
typedef enum
{
  TOMO_HTTP_CONNECT_WAIT,
  TOMO_HTTP_CONNECT_AT_ONCE,
} TomoHttpConnect;

/* One request on its way: an easy handle for each attempt, and what has arrived. */
typedef struct
{
  TomoFetchRequest *request; /* (not owned) */
  char *url;                 /* (owned): with the password, if there is one */
  char *shown_url;           /* (owned): without */
  CURL *easy;                /* (owned) (nullable): set while an attempt runs */
  GByteArray *body; /* (owned) (nullable) */
  char curl_message[CURL_ERROR_SIZE];
  gboolean too_large;
  unsigned int n_attempts;
  int64_t not_before_usecs; /* when the next attempt may start, monotonic */
  uint64_t attempt_bytes;   /* what this attempt has added to the counter */
  uint64_t *bytes_received; /* (not owned): counts for all transfers together */
} TomoHttpTransfer;

TomoHttpTransfer *tomo_http_transfer_new (TomoFetchRequest *request, const char *base_url,
                                          const char *shown_base_url,
                                          uint64_t *bytes_received);
void tomo_http_transfer_free (TomoHttpTransfer *self);
CURL *tomo_http_transfer_start (TomoHttpTransfer *self, TomoHttpConnect connect,
                                uint64_t bytes_per_sec);
TomoHttpVerdict tomo_http_transfer_end (TomoHttpTransfer *self, CURLcode result);
gboolean tomo_http_is_web_page (const char *content_type, const uint8_t *data, size_t size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoHttpTransfer, tomo_http_transfer_free)

G_END_DECLS
