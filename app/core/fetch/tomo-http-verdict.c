/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-transfer-private.h"

#include <string.h>

#include "core/fetch/tomo-http-header-private.h"
#include "core/fetch/tomo-http-proxy-private.h"

#define MAX_REDIRECTS 5

/* OpenSSL’s numbers for a certificate that is not valid yet, and for one that is no longer. */
#define VERIFY_NOT_YET_VALID 9
#define VERIFY_EXPIRED 10

/* Said wherever somebody else seems to have answered. */
#define PORTAL "a login page (captive portal) answered in place of the campaign"

/**
 * tomo_http_transfer_fail: (skip)
 * @self: a transfer
 * @code: what kind of error it is
 * @verdict: what to return
 * @format: the reason, in the manner of printf()
 *
 * Gives the request of @self its error, which names the address.
 *
 * Returns: @verdict
 */
TomoHttpVerdict
tomo_http_transfer_fail (TomoHttpTransfer *self,
                         TomoError code,
                         TomoHttpVerdict verdict,
                         const char *format,
                         ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *reason = g_strdup_vprintf (format, args);
  va_end (args);

  g_clear_error (&self->request->error);
  g_set_error (&self->request->error, TOMO_ERROR, (int) code, "%s: %s", self->shown_url, reason);
  return verdict;
}

static TomoHttpVerdict
judge_stop (TomoHttpTransfer *self)
{
  const TomoHttpPace *pace = &self->host->pace;

  switch (self->stop)
    {
    case TOMO_HTTP_STOP_STALLED:
      return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_TRANSIENT,
                                      "the connection brought nothing for %u seconds",
                                      pace->limits.stall_msecs / 1000);
    case TOMO_HTTP_STOP_LATE:
      return tomo_http_transfer_fail (
          self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
          "the server is too slow: the file is not complete after %u seconds",
          (unsigned int) (tomo_http_pace_get_metadata_usecs (pace, self->request->max_bytes) /
                          G_USEC_PER_SEC));
    case TOMO_HTTP_STOP_NONE:
    case TOMO_HTTP_STOP_TOO_SLOW:
    default:
      return tomo_http_transfer_fail (
          self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DOWN,
          "the server or the line is too slow: less than %u bytes a second for %u seconds",
          tomo_http_pace_get_min_bytes_per_sec (pace), pace->limits.window_msecs / 1000);
    }
}

static char *
dup_part (CURLU *url, CURLUPart part)
{
  char *value = NULL;
  curl_url_get (url, part, &value, part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0);
  char *copy = g_strdup (value);
  curl_free (value);
  return copy;
}

/* Where the server sends us is looked at before we go there. The same host may send us to another
 * path, and from http to https. Another host is what a captive portal names, and it would be told
 * what this machine fetches; a repository that has moved is a matter for its operator. */
static const char *
check_redirect (CURLU *from, CURLU *to, char **out_host)
{
  g_autofree char *from_scheme = dup_part (from, CURLUPART_SCHEME);
  g_autofree char *from_host = dup_part (from, CURLUPART_HOST);
  g_autofree char *from_port = dup_part (from, CURLUPART_PORT);
  g_autofree char *scheme = dup_part (to, CURLUPART_SCHEME);
  g_autofree char *host = dup_part (to, CURLUPART_HOST);
  g_autofree char *port = dup_part (to, CURLUPART_PORT);
  gboolean becomes_secure =
      g_strcmp0 (from_scheme, "http") == 0 && g_strcmp0 (scheme, "https") == 0;

  if (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0)
    return "the server sends us on to something that is not http or https";

  *out_host = g_steal_pointer (&host);
  if (*out_host == NULL || from_host == NULL || g_ascii_strcasecmp (*out_host, from_host) != 0)
    return "the server sends us on to another host: " PORTAL ", or the repository has moved";
  if (!becomes_secure && g_strcmp0 (from_scheme, scheme) != 0)
    return "the server sends us from https to http, which is not safe: " PORTAL;
  if (!becomes_secure && g_strcmp0 (from_port, port) != 0)
    return "the server sends us on to another port: " PORTAL ", or the repository has moved";
  return NULL;
}

/* The password is for this host, and it still is the same one. */
static char *
dup_redirect_url (CURLU *from, CURLU *to)
{
  static const CURLUPart parts[] = { CURLUPART_USER, CURLUPART_PASSWORD };

  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *value = dup_part (from, parts[i]);
      curl_url_set (to, parts[i], value, 0);
    }
  return dup_part (to, CURLUPART_URL);
}

static TomoHttpVerdict
judge_redirect (TomoHttpTransfer *self, const char *location)
{
  CURLU *from = curl_url ();
  CURLU *to = curl_url ();
  g_autofree char *host = NULL;
  g_autofree char *url = NULL;
  const char *refusal = "the server sends us on to something that is no address";

  if (curl_url_set (from, CURLUPART_URL, self->url, 0) == CURLUE_OK &&
      curl_url_set (to, CURLUPART_URL, location, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
    {
      refusal = check_redirect (from, to, &host);
      url = dup_redirect_url (from, to);
    }
  curl_url_cleanup (from);
  curl_url_cleanup (to);

  if (refusal != NULL || url == NULL)
    return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE, "%s%s%s%s",
                                    refusal, host != NULL ? " (to " : "", host != NULL ? host : "",
                                    host != NULL ? ")" : "");
  if (++self->n_redirects > MAX_REDIRECTS)
    return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                                    "the server sends us on and on, more than %d times",
                                    MAX_REDIRECTS);

  g_free (self->url);
  self->url = g_steal_pointer (&url);
  return TOMO_HTTP_VERDICT_AGAIN;
}

/* A server that is too busy, or down for a moment. */
static TomoHttpVerdict
judge_busy (TomoHttpTransfer *self, long status)
{
  struct curl_header *header = NULL;
  const char *what = status == 503 ? "the server has a problem" : "the server is too busy";

  self->retry_after_secs = 0;
  if (curl_easy_header (self->easy, "Retry-After", 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
    tomo_http_parse_retry_after (header->value, g_get_real_time () / G_USEC_PER_SEC,
                                 &self->retry_after_secs);

  if (self->retry_after_secs > 0)
    return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_TRANSIENT,
                                    "%s and asks to come back in %u seconds (HTTP %ld)", what,
                                    self->retry_after_secs, status);
  return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_TRANSIENT,
                                  "%s (HTTP %ld)", what, status);
}

static TomoHttpVerdict
judge_proxy (TomoHttpTransfer *self, long status)
{
  g_autoptr(TomoHttpProxy) proxy = tomo_http_proxy_new_for_url (self->url);
  const char *shown = proxy != NULL ? proxy->shown : "between us and the server";
  const char *variable = proxy != NULL ? proxy->variable : "https_proxy";

  if (status == 407)
    return tomo_http_transfer_fail (
        self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DOWN,
        "the proxy %s wants another name and password (HTTP 407); put them into %s, as in "
        "http://name:password@host:port",
        shown, variable);

  return tomo_http_transfer_fail (
      self, TOMO_ERROR_OFFLINE,
      status >= 500 ? TOMO_HTTP_VERDICT_TRANSIENT : TOMO_HTTP_VERDICT_DOWN,
      "the proxy %s does not let us through to the server (HTTP %ld); see %s and no_proxy", shown,
      status, variable);
}

static TomoHttpVerdict
judge_status (TomoHttpTransfer *self, long status)
{
  const char *location = NULL;

  switch (status)
    {
    case 403: /* what object stores answer for absent names */
    case 404:
    case 410:
      return tomo_http_transfer_fail (self, TOMO_ERROR_NOT_FOUND, TOMO_HTTP_VERDICT_DONE,
                                      "the server does not have it (HTTP %ld)", status);
    case 407:
      return judge_proxy (self, status);
    case 408:
    case 429:
    case 503:
      return judge_busy (self, status);
    case 511:
      return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DOWN,
                                      PORTAL ": the network wants somebody to log in (HTTP 511)");
    default:
      break;
    }

  curl_easy_getinfo (self->easy, CURLINFO_REDIRECT_URL, &location);
  if (status >= 300 && status < 400 && location != NULL)
    return judge_redirect (self, location);
  if (status >= 500)
    return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_TRANSIENT,
                                    "the server has a problem (HTTP %ld)", status);
  if (status >= 400)
    return tomo_http_transfer_fail (self, TOMO_ERROR_FAILED, TOMO_HTTP_VERDICT_DONE,
                                    "the server refused (HTTP %ld)", status);
  return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                                  "the server answered, but not with the file (HTTP %ld)", status);
}

/* Nobody could be reached; libcurl’s message names the host that it tried. */
static TomoHttpVerdict
judge_unreachable (TomoHttpTransfer *self, TomoHttpVerdict verdict, const char *reason)
{
  g_autoptr(TomoHttpProxy) proxy = tomo_http_proxy_new_for_url (self->url);

  if (proxy != NULL && proxy->host != NULL && strstr (reason, proxy->host) != NULL)
    return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, verdict,
                                    "the proxy %s does not answer: %s; see %s and no_proxy",
                                    proxy->shown, reason, proxy->variable);
  return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, verdict, "no answer: %s", reason);
}

/* The server could not show that it is the one that was asked for. */
static TomoHttpVerdict
judge_certificate (TomoHttpTransfer *self, CURLcode result, const char *reason)
{
  const char *hint = "";
  long verified = 0;

  curl_easy_getinfo (self->easy, CURLINFO_SSL_VERIFYRESULT, &verified);
  if (verified == VERIFY_NOT_YET_VALID || verified == VERIFY_EXPIRED)
    hint = "; is this machine’s clock right?";
  else if (result == CURLE_PEER_FAILED_VERIFICATION && verified != 0 &&
           strstr (reason, "subject name") == NULL)
    hint = "; " PORTAL ", or a proxy that looks into https: put its certificate into the file "
           "that SSL_CERT_FILE names";
  else if (result == CURLE_PEER_FAILED_VERIFICATION)
    hint = "; " PORTAL ", or the address is wrong";

  return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DOWN,
                                  "no trustworthy connection: %s%s", reason, hint);
}

static TomoHttpVerdict
judge_result (TomoHttpTransfer *self, CURLcode result)
{
  const char *reason =
      self->curl_message[0] != '\0' ? self->curl_message : curl_easy_strerror (result);
  long proxy_status = 0;

  curl_easy_getinfo (self->easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
  if (proxy_status >= 400)
    return judge_proxy (self, proxy_status);

  switch ((int) result)
    {
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return judge_unreachable (self, TOMO_HTTP_VERDICT_REFUSED, reason);
    case CURLE_OPERATION_TIMEDOUT:
      return judge_unreachable (self, TOMO_HTTP_VERDICT_DOWN, reason);
    case CURLE_UNSUPPORTED_PROTOCOL:
      return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                                      "what answers there is not HTTP");
    case CURLE_BAD_CONTENT_ENCODING:
      return tomo_http_transfer_fail (self, TOMO_ERROR_INVALID_DATA, TOMO_HTTP_VERDICT_DONE,
                                      "came as gzip that cannot be unpacked");
    case CURLE_URL_MALFORMAT:
    case CURLE_OUT_OF_MEMORY:
    case CURLE_WRITE_ERROR:
      return tomo_http_transfer_fail (self, TOMO_ERROR_FAILED, TOMO_HTTP_VERDICT_DONE, "%s",
                                      reason);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
      return judge_certificate (self, result, reason);
    default:
      return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_TRANSIENT,
                                      "the connection broke: %s", reason);
    }
}

/**
 * tomo_http_transfer_judge: (skip)
 * @self: a transfer whose attempt has ended
 * @result: how, in libcurl’s words
 *
 * Tells what an answer, or the lack of one, means. Whatever is not the file, and not the answer
 * that it has not changed, becomes the error of the request.
 *
 * Returns: whether another attempt makes sense
 */
TomoHttpVerdict
tomo_http_transfer_judge (TomoHttpTransfer *self, CURLcode result)
{
  long status = 0;
  const char *content_type = NULL;
  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (self->easy, CURLINFO_CONTENT_TYPE, &content_type);

  if (self->stop != TOMO_HTTP_STOP_NONE)
    return judge_stop (self);

  /* A part that does not fit, or the answer that there is no such part: the file has changed. */
  if (self->is_misfit || (status == 416 && self->resumed_at > 0) ||
      (status == 206 && result == CURLE_OK && !self->has_body))
    {
      if (self->is_part_refused)
        return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                                        "the server sends parts that nobody asked for");
      self->is_part_refused = TRUE;
      g_byte_array_set_size (self->body, 0);
      return TOMO_HTTP_VERDICT_AGAIN;
    }

  if (status == 304 && self->asked_if_changed)
    {
      self->request->is_unchanged = TRUE;
      return TOMO_HTTP_VERDICT_DONE;
    }

  /* A status below 300 with an error belongs to a hop before, or to a file that broke off. */
  if (status >= 300 || (result == CURLE_OK && status != 200 && status != 206))
    return judge_status (self, status);

  if (status == 200 && tomo_http_is_web_page (content_type, self->body->data, self->body->len))
    {
      g_byte_array_set_size (self->body, 0);
      return tomo_http_transfer_fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                                      PORTAL ": open a browser in this network and log in, or "
                                             "correct the address");
    }

  if (self->too_large)
    return tomo_http_transfer_fail (self, TOMO_ERROR_INVALID_DATA, TOMO_HTTP_VERDICT_DONE,
                                    "is larger than the limit of %" G_GSIZE_FORMAT " bytes",
                                    self->request->max_bytes);

  if (result != CURLE_OK)
    return judge_result (self, result);
  return TOMO_HTTP_VERDICT_DONE;
}
