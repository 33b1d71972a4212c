/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/fetch/tomo-http-transfer-private.h"

#include "core/tomo-error.h"

/* Long enough for a satellite and TLS, short enough for a kiosk that waits. */
#define CONNECT_TIMEOUT_MSECS 10000L

/* Slower than this for so long is a line that is dead, or a server that wants to hold us. */
#define LOW_SPEED_BYTES_PER_SEC 200
#define LOW_SPEED_SECS 20L

#define MAX_REDIRECTS 5L

/* What may arrive besides the file: the page of an error is read and thrown away up to here, so
 * that the connection can be used again. It is also the slack for what gzip adds. */
#define SLACK_BYTES (64 * 1024)

/* Enough of the beginning of a page to recognise it. */
#define SNIFF_BYTES 256

/**
 * tomo_http_is_web_page: (skip)
 * @content_type: (nullable): what the server called it
 * @data: (array length=size): the beginning of the body
 * @size: how much of it there is
 *
 * Recognises a page made for people: what a captive portal or a company’s proxy puts in the place
 * of the file. No file of a repository is HTML.
 *
 * Returns: %TRUE if it is one
 */
gboolean
tomo_http_is_web_page (const char *content_type, const uint8_t *data, size_t size)
{
  static const char *const beginnings[] = { "<!doctype", "<html" };

  if (content_type != NULL
      && (g_ascii_strncasecmp (content_type, "text/html", 9) == 0
          || g_ascii_strncasecmp (content_type, "application/xhtml", 17) == 0))
    return TRUE;

  size_t start = size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  while (start < size && g_ascii_isspace (data[start]))
    start++;

  for (size_t i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      size_t length = strlen (beginnings[i]);
      if (size - start >= length
          && g_ascii_strncasecmp ((const char *) data + start, beginnings[i], length) == 0)
        return TRUE;
    }
  return FALSE;
}

static size_t
write_cb (char *data, size_t item_size, size_t n_items, void *user_data)
{
  TomoHttpTransfer *self = user_data;
  size_t size = item_size * n_items;
  long status = 0;
  curl_off_t announced = -1;

  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200)
    return size;

  /* The announced length is that of the encoded form; then only counting helps. */
  curl_easy_getinfo (self->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  struct curl_header *header = NULL;
  gboolean is_encoded
      = curl_easy_header (self->easy, "Content-Encoding", 0, CURLH_HEADER, -1, &header)
        == CURLHE_OK;

  if (size > self->request->max_bytes - self->body->len
      || (!is_encoded && announced > 0 && (uint64_t) announced > self->request->max_bytes))
    {
      /* The beginning is kept, because a portal’s page is often larger than what was asked for. */
      if (self->body->len < SNIFF_BYTES)
        g_byte_array_append (self->body, (const uint8_t *) data,
                             (unsigned int) MIN (size, SNIFF_BYTES));
      self->too_large = TRUE;
      return 0;
    }

  g_byte_array_append (self->body, (const uint8_t *) data, (unsigned int) size);
  return size;
}

static void
count_bytes (TomoHttpTransfer *self, curl_off_t n_bytes)
{
  if (n_bytes > 0 && (uint64_t) n_bytes > self->attempt_bytes)
    {
      *self->bytes_received += (uint64_t) n_bytes - self->attempt_bytes;
      self->attempt_bytes = (uint64_t) n_bytes;
    }
}

/* Counts what comes over the wire: a gzip stream may go on for ever without unpacking to a byte,
 * and the page of an error is not written anywhere. */
static int
progress_cb (void *user_data,
             curl_off_t total_down,
             curl_off_t now_down,
             curl_off_t total_up,
             curl_off_t now_up)
{
  TomoHttpTransfer *self = user_data;

  count_bytes (self, now_down);
  if (now_down < 0 || (uint64_t) now_down <= (uint64_t) self->request->max_bytes + SLACK_BYTES)
    return 0;

  self->too_large = TRUE;
  return 1;
}

static void
drop_attempt (TomoHttpTransfer *self)
{
  g_clear_pointer (&self->easy, curl_easy_cleanup);
  g_clear_pointer (&self->body, g_byte_array_unref);
}

/* Joins with exactly one slash. */
static char *
join_url (const char *base, const char *path)
{
  return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", path, NULL);
}

/**
 * tomo_http_transfer_new: (skip)
 * @request: what is wanted; it must live longer than the transfer
 * @base_url: where the repository is
 * @shown_base_url: the same without a password
 * @bytes_received: where to count what comes in
 *
 * Makes a transfer that has not been started.
 *
 * Returns: (transfer full): a new transfer
 */
TomoHttpTransfer *
tomo_http_transfer_new (TomoFetchRequest *request,
                        const char *base_url,
                        const char *shown_base_url,
                        uint64_t *bytes_received)
{
  TomoHttpTransfer *self = g_new0 (TomoHttpTransfer, 1);
  self->request = request;
  self->url = join_url (base_url, request->path);
  self->shown_url = join_url (shown_base_url, request->path);
  self->bytes_received = bytes_received;
  return self;
}

/**
 * tomo_http_transfer_free: (skip)
 * @self: (transfer full): a transfer; its handle is in no multi handle any more
 *
 * Frees @self, and leaves its request alone.
 */
void
tomo_http_transfer_free (TomoHttpTransfer *self)
{
  if (self == NULL)
    return;

  drop_attempt (self);
  g_free (self->url);
  g_free (self->shown_url);
  g_free (self);
}

static void
set_limits (CURL *easy, uint64_t bytes_per_sec)
{
  long low_speed = LOW_SPEED_BYTES_PER_SEC;

  if (bytes_per_sec > 0)
    {
      /* Who asks for a trickle must not be cut off for it. */
      low_speed = (long) MIN ((uint64_t) LOW_SPEED_BYTES_PER_SEC, bytes_per_sec / 2 + 1);
      curl_easy_setopt (easy, CURLOPT_MAX_RECV_SPEED_LARGE,
                        (curl_off_t) MIN (bytes_per_sec, (uint64_t) G_MAXINT64));
    }

  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MSECS);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, low_speed);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, LOW_SPEED_SECS);
  curl_easy_setopt (easy, CURLOPT_MAXREDIRS, MAX_REDIRECTS);
  /* A resolver without a network may sit for 30 seconds; giving up does not wait for it. */
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
}

static void
set_protocol (CURL *easy, const char *url, TomoHttpConnect connect)
{
  gboolean is_secure = g_ascii_strncasecmp (url, "https:", 6) == 0;

  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 1L);

  /* Waiting for the first connection pays only where it may turn out to be HTTP/2; where it was
   * not, curl would go on waiting and fetch one file after the other. */
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION,
                    is_secure ? (long) CURL_HTTP_VERSION_2TLS : (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (easy, CURLOPT_PIPEWAIT,
                    is_secure && connect == TOMO_HTTP_CONNECT_WAIT ? 1L : 0L);
}

/**
 * tomo_http_transfer_start: (skip)
 * @self: a transfer
 * @connect: whether to wait for a connection that others have begun
 * @bytes_per_sec: how fast at most, zero for as fast as it goes
 *
 * Prepares the next attempt. The caller puts the handle into its multi handle, and takes it out
 * before tomo_http_transfer_end().
 *
 * Returns: (transfer none): the handle; its private pointer is @self
 */
CURL *
tomo_http_transfer_start (TomoHttpTransfer *self, TomoHttpConnect connect, uint64_t bytes_per_sec)
{
  drop_attempt (self);
  self->n_attempts++;
  self->too_large = FALSE;
  self->attempt_bytes = 0;
  self->curl_message[0] = '\0';
  self->body = g_byte_array_new ();

  CURL *easy = self->easy = curl_easy_init ();
  g_assert (easy != NULL); /* as with GLib: without memory there is no way on */

  curl_easy_setopt (easy, CURLOPT_URL, self->url);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, self);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, self->curl_message);
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, "tomoshibi/" VERSION);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, write_cb);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (easy, CURLOPT_XFERINFOFUNCTION, progress_cb);
  curl_easy_setopt (easy, CURLOPT_XFERINFODATA, self);
  curl_easy_setopt (easy, CURLOPT_NOPROGRESS, 0L);
  set_protocol (easy, self->url, connect);
  set_limits (easy, bytes_per_sec);

  /* Targets are never unpacked on the way: the signed hash is that of the packed form, and a
   * server that calls a .gz file an encoding must not change what we get. */
  if (g_str_has_prefix (self->request->path, "metadata/"))
    curl_easy_setopt (easy, CURLOPT_ACCEPT_ENCODING, "gzip");

  return easy;
}

static TomoHttpVerdict
fail (TomoHttpTransfer *self, TomoError code, TomoHttpVerdict verdict, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static TomoHttpVerdict
fail (TomoHttpTransfer *self, TomoError code, TomoHttpVerdict verdict, const char *format, ...)
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
judge_status (TomoHttpTransfer *self, long status)
{
  switch (status)
    {
    case 403: /* what object stores answer for absent names */
    case 404:
    case 410:
      return fail (self, TOMO_ERROR_NOT_FOUND, TOMO_HTTP_VERDICT_DONE,
                   "the server does not have it (HTTP %ld)", status);
    case 407:
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                   "the proxy wants a name and a password (HTTP 407); put them into https_proxy");
    case 511:
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                   "the network wants somebody to log in first: a captive portal (HTTP 511)");
    case 408:
    case 429:
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_TRANSIENT,
                   "the server is too busy (HTTP %ld)", status);
    default:
      if (status >= 500)
        return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_TRANSIENT,
                     "the server has a problem (HTTP %ld)", status);
      if (status >= 400)
        return fail (self, TOMO_ERROR_FAILED, TOMO_HTTP_VERDICT_DONE,
                     "the server refused (HTTP %ld)", status);
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                   "the server answered, but not with the file (HTTP %ld)", status);
    }
}

static TomoHttpVerdict
judge_result (TomoHttpTransfer *self, CURLcode result, long status)
{
  gboolean is_redirect = status >= 300 && status < 400;
  const char *reason
      = self->curl_message[0] != '\0' ? self->curl_message : curl_easy_strerror (result);

  switch ((int) result)
    {
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_REFUSED, "no answer: %s", reason);
    case CURLE_OPERATION_TIMEDOUT:
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE, "no answer in time: %s",
                   reason);
    case CURLE_UNSUPPORTED_PROTOCOL:
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE, "%s",
                   is_redirect ? "the server sends us on to something that is not http or https"
                               : "what answers there is not HTTP");
    case CURLE_TOO_MANY_REDIRECTS:
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                   "the server sends us on and on, more than %ld times", MAX_REDIRECTS);
    case CURLE_BAD_CONTENT_ENCODING:
      return fail (self, TOMO_ERROR_INVALID_DATA, TOMO_HTTP_VERDICT_DONE,
                   "came as gzip that cannot be unpacked");
    case CURLE_URL_MALFORMAT:
    case CURLE_OUT_OF_MEMORY:
    case CURLE_WRITE_ERROR:
      return fail (self, TOMO_ERROR_FAILED, TOMO_HTTP_VERDICT_DONE, "%s", reason);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                   "no trustworthy connection: %s", reason);
    default:
      return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_TRANSIENT,
                   "the connection broke: %s", reason);
    }
}

static TomoHttpVerdict
judge (TomoHttpTransfer *self, CURLcode result)
{
  long status = 0;
  const char *content_type = NULL;
  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (self->easy, CURLINFO_CONTENT_TYPE, &content_type);

  /* A status below 400 with an error belongs to a hop before, or to a file that broke off. */
  if (status >= 400 || (result == CURLE_OK && status != 200))
    return judge_status (self, status);

  if (status == 200 && tomo_http_is_web_page (content_type, self->body->data, self->body->len))
    return fail (self, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                 "a web page came instead of the repository’s file: a captive portal that wants "
                 "somebody to log in, a proxy, or a wrong address");

  if (self->too_large)
    return fail (self, TOMO_ERROR_INVALID_DATA, TOMO_HTTP_VERDICT_DONE,
                 "is larger than the limit of %" G_GSIZE_FORMAT " bytes", self->request->max_bytes);

  if (result != CURLE_OK)
    return judge_result (self, result, status);

  g_clear_error (&self->request->error);
  self->request->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  return TOMO_HTTP_VERDICT_DONE;
}

/**
 * tomo_http_transfer_end: (skip)
 * @self: a transfer whose attempt has ended
 * @result: how, in libcurl’s words
 *
 * Puts the body or the error into the request. If the verdict is not “done”, the error holds
 * unless the caller starts another attempt.
 *
 * Returns: whether another attempt makes sense
 */
TomoHttpVerdict
tomo_http_transfer_end (TomoHttpTransfer *self, CURLcode result)
{
  curl_off_t n_bytes = 0;
  curl_easy_getinfo (self->easy, CURLINFO_SIZE_DOWNLOAD_T, &n_bytes);
  count_bytes (self, n_bytes);

  TomoHttpVerdict verdict = judge (self, result);
  drop_attempt (self);
  return verdict;
}
