/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <curl/curl.h>

#include "core/fetch/tomo-fetcher.h"
#include "core/fetch/tomo-http-pace-private.h"
#include "core/tomo-error.h"

G_BEGIN_DECLS

/* What is to be done after one attempt. */
typedef enum
{
  TOMO_HTTP_VERDICT_DONE,      /* the request has its answer or its error */
  TOMO_HTTP_VERDICT_AGAIN,     /* not an error yet: ask again at once, in another way */
  TOMO_HTTP_VERDICT_REFUSED,   /* nobody could be reached; trying again soon may help */
  TOMO_HTTP_VERDICT_DOWN,      /* nobody can be reached: no other file will come either */
  TOMO_HTTP_VERDICT_TRANSIENT, /* somebody was reached, and it went wrong; trying again may help */
} TomoHttpVerdict;

/* Whether to wait until it is known that one connection carries several files at once (HTTP/2). */
typedef enum
{
  TOMO_HTTP_CONNECT_WAIT,
  TOMO_HTTP_CONNECT_AT_ONCE,
} TomoHttpConnect;

/* Why we ended an attempt ourselves. */
typedef enum
{
  TOMO_HTTP_STOP_NONE,
  TOMO_HTTP_STOP_STALLED,
  TOMO_HTTP_STOP_LATE,
  TOMO_HTTP_STOP_TOO_SLOW,
} TomoHttpStop;

/* What all transfers from one place share. */
typedef struct
{
  char *base_url;       /* (owned) (not nullable): with the password, if there is one */
  char *shown_base_url; /* (owned) (not nullable): without */
  char *ca_file;        /* (owned) (nullable): whom to trust, if not whom libcurl trusts */
  char *ca_folder;      /* (owned) (nullable) */
  CURLSH *share; /* (owned): TLS sessions, which spare a round trip for the next connection */
  TomoHttpConnect connect;
  TomoHttpPace pace;
} TomoHttpHost;

/* One request on its way: an easy handle for each attempt, and what has arrived. */
typedef struct
{
  TomoFetchRequest *request; /* (not owned) */
  TomoHttpHost *host;        /* (not owned) */
  char *url;                 /* (owned): with the password, if there is one */
  char *shown_url;           /* (owned): without */
  gboolean is_metadata;

  GByteArray *body;         /* (owned): the file’s first bytes, as far as they have come */
  char *entity_tag;         /* (owned) (nullable): the strong tag of what @body is of */
  gboolean is_fixed;        /* the file at this address is always the same */
  gboolean is_part_refused; /* the server’s parts do not fit: ask for the whole */

  /* One attempt. */
  CURL *easy;                 /* (owned) (nullable): set while it runs */
  struct curl_slist *headers; /* (owned) (nullable) */
  char curl_message[CURL_ERROR_SIZE];
  size_t resumed_at; /* which byte was asked for first; zero for the whole file */
  gboolean asked_if_changed;
  gboolean has_body; /* the beginning of an answer’s body was looked at */
  gboolean is_encoded;
  gboolean is_misfit; /* the part is not the one that was asked for */
  gboolean is_paused; /* until the limit of speed allows more */
  gboolean too_large;
  TomoHttpStop stop;
  uint64_t attempt_bytes;
  uint64_t n_answers_before; /* those that the host had given when it began */
  int64_t heard_usecs;       /* when the last byte came, monotonic */

  /* All attempts. */
  unsigned int n_attempts; /* that were in vain */
  unsigned int n_redirects;
  unsigned int retry_after_secs; /* zero: the server did not say */
  int64_t begun_usecs;           /* the first one, monotonic; zero before */
  int64_t not_before_usecs;      /* when the next one may start, monotonic */
} TomoHttpTransfer;

TomoHttpTransfer *tomo_http_transfer_new (TomoFetchRequest *request, TomoHttpHost *host);
void tomo_http_transfer_free (TomoHttpTransfer *self);
CURL *tomo_http_transfer_start (TomoHttpTransfer *self);
void tomo_http_transfer_unpause (TomoHttpTransfer *self);
TomoHttpStop tomo_http_transfer_check_time (const TomoHttpTransfer *self,
                                            int64_t now_usecs,
                                            gboolean shares_connection);
TomoHttpVerdict tomo_http_transfer_end (TomoHttpTransfer *self, CURLcode result);
void tomo_http_transfer_finish (TomoHttpTransfer *self);

/* In tomo-http-verdict.c. */
TomoHttpVerdict tomo_http_transfer_judge (TomoHttpTransfer *self, CURLcode result);
TomoHttpVerdict tomo_http_transfer_fail (TomoHttpTransfer *self,
                                         TomoError code,
                                         TomoHttpVerdict verdict,
                                         const char *format,
                                         ...) G_GNUC_PRINTF (4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoHttpTransfer, tomo_http_transfer_free)

G_END_DECLS
