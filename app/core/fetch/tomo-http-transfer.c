/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/fetch/tomo-http-transfer-private.h"

#include <string.h>
#include <sys/socket.h>

#include "core/fetch/tomo-http-header-private.h"

/* What may arrive besides the file: the page of an error is read and thrown away up to here, so
 * that the connection can be used again. It is also the slack for what gzip adds. */
#define SLACK_BYTES (64 * 1024)

/* Enough of the beginning of a page to recognise it. */
#define SNIFF_BYTES 256

static const char *
find_header (const TomoHttpTransfer *self, const char *name)
{
  struct curl_header *header = NULL;
  if (curl_easy_header (self->easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
    return NULL;
  return header->value;
}

/* Whether the body that begins to arrive is what follows on what we have. A part that ends before
 * the file does is refused as well: nobody asked for one. */
static gboolean
fits (const TomoHttpTransfer *self)
{
  TomoHttpRange range;
  const char *text = find_header (self, "Content-Range");

  return text != NULL && self->resumed_at > 0 && !self->is_encoded &&
         tomo_http_parse_content_range (text, &range) && range.first == self->resumed_at &&
         (range.size == TOMO_HTTP_SIZE_UNKNOWN || range.size == range.last + 1);
}

/* The announced length is that of the encoded form; then only counting helps. It is that of the
 * part, if a part comes. */
static gboolean
make_room (TomoHttpTransfer *self)
{
  curl_off_t announced = -1;
  size_t left = self->request->max_bytes - self->body->len;
  unsigned int length = self->body->len;

  curl_easy_getinfo (self->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  if (self->is_encoded || announced <= 0)
    return TRUE;
  if ((uint64_t) announced > left || (uint64_t) announced > G_MAXINT32)
    return FALSE;

  g_byte_array_set_size (self->body, length + (unsigned int) announced);
  g_byte_array_set_size (self->body, length);
  return TRUE;
}

/* Looks at what an answer says of itself, once, when its first byte is here. */
static gboolean
begin_body (TomoHttpTransfer *self, long status)
{
  self->has_body = TRUE;
  self->is_encoded = find_header (self, "Content-Encoding") != NULL;
  if (status == 206)
    {
      self->is_misfit = !fits (self);
      if (self->is_misfit)
        return FALSE;
    }
  else
    {
      const char *tag = find_header (self, "ETag");
      g_byte_array_set_size (self->body, 0);
      g_clear_pointer (&self->entity_tag, g_free);
      if (tag != NULL && tomo_http_is_strong_entity_tag (tag))
        self->entity_tag = g_strdup (tag);
    }

  self->too_large = !make_room (self);
  return TRUE;
}

static size_t
write_cb (char *data, size_t item_size, size_t n_items, void *user_data)
{
  TomoHttpTransfer *self = user_data;
  size_t size = item_size * n_items;
  long status = 0;

  /* Otherwise libcurl goes on reading while there is something to read: a hundred buffers from a
   * socket, and over HTTP/2 without an end. It keeps this one for us. */
  self->is_paused = tomo_http_pace_is_exhausted (&self->host->pace);
  if (self->is_paused)
    return CURL_WRITEFUNC_PAUSE;
  self->host->pace.step_bytes += size;

  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200 && status != 206)
    return size;
  if (!self->has_body && !begin_body (self, status))
    return 0;

  if (self->too_large || size > self->request->max_bytes - self->body->len)
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
  if (n_bytes <= 0 || (uint64_t) n_bytes <= self->attempt_bytes)
    return;

  tomo_http_pace_count_bytes (&self->host->pace, (uint64_t) n_bytes - self->attempt_bytes);
  self->attempt_bytes = (uint64_t) n_bytes;
  self->heard_usecs = g_get_monotonic_time ();
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
  g_clear_pointer (&self->headers, curl_slist_free_all);
}

/* Joins with exactly one slash. */
static char *
join_url (const char *base, const char *path)
{
  return g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", path, NULL);
}

/**
 * tomo_http_transfer_new: (skip)
 * @request: what is wanted; it must live longer than the transfer, which takes its `begun`
 * @host: where the repository is; it must live longer, too
 *
 * Makes a transfer that has not been started.
 *
 * Returns: (transfer full): a new transfer
 */
TomoHttpTransfer *
tomo_http_transfer_new (TomoFetchRequest *request, TomoHttpHost *host)
{
  TomoHttpTransfer *self = g_new0 (TomoHttpTransfer, 1);
  self->request = request;
  self->host = host;
  self->url = join_url (host->base_url, request->path);
  self->shown_url = join_url (host->shown_base_url, request->path);
  self->is_metadata = g_str_has_prefix (request->path, "metadata/");

  /* Who hands over a beginning checks the whole by its hash, and so does who asks for a target. */
  self->is_fixed = !self->is_metadata || request->begun != NULL;
  self->body = request->begun != NULL ? g_bytes_unref_to_array (g_steal_pointer (&request->begun))
                                      : g_byte_array_new ();
  if (self->body->len >= request->max_bytes)
    g_byte_array_set_size (self->body, 0);
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
  g_byte_array_unref (self->body);
  g_free (self->entity_tag);
  g_free (self->url);
  g_free (self->shown_url);
  g_free (self);
}

static void
add_header (TomoHttpTransfer *self, const char *name, const char *value)
{
  g_autofree char *line = g_strdup_printf ("%s: %s", name, value);
  self->headers = curl_slist_append (self->headers, line);
}

/* Asks for what is missing, for the whole, or for the whole if it has changed. */
static void
set_conditions (TomoHttpTransfer *self)
{
  gboolean resumes =
      self->body->len > 0 && !self->is_part_refused && (self->is_fixed || self->entity_tag != NULL);
  const char *validator = self->request->validator;

  self->resumed_at = resumes ? self->body->len : 0;
  self->asked_if_changed = !resumes && validator != NULL && tomo_http_is_entity_tag (validator);

  if (resumes)
    {
      g_autofree char *range = g_strdup_printf ("%" G_GSIZE_FORMAT "-", self->resumed_at);
      curl_easy_setopt (self->easy, CURLOPT_RANGE, range);
      if (self->entity_tag != NULL)
        add_header (self, "If-Range", self->entity_tag);
    }
  if (self->asked_if_changed)
    add_header (self, "If-None-Match", validator);

  /* Targets are never unpacked on the way: the signed hash is that of the packed form, and a
   * server that calls a .gz file an encoding must not change what we get. A part of something
   * packed is of no use either. */
  if (self->is_metadata && !resumes)
    curl_easy_setopt (self->easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, self->headers);
}

/* Called for a socket before it is connected: afterwards the window has been agreed on. */
static int
socket_cb (void *user_data, curl_socket_t fd, curlsocktype purpose)
{
  const TomoHttpPace *pace = user_data;
  int n_bytes = (int) tomo_http_pace_get_socket_bytes (pace);

  if (n_bytes > 0)
    setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &n_bytes, sizeof n_bytes);
  return CURL_SOCKOPT_OK;
}

static void
set_limits (CURL *easy, TomoHttpPace *pace)
{
  /* Seven more connections at once, each with its certificates, need more time than the first. */
  long connect_msecs = (long) pace->limits.connect_msecs * (pace->n_answers > 0 ? 2 : 1);

  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, connect_msecs);
  curl_easy_setopt (easy, CURLOPT_BUFFERSIZE, (long) tomo_http_pace_get_buffer_bytes (pace));
  curl_easy_setopt (easy, CURLOPT_SOCKOPTFUNCTION, socket_cb);
  curl_easy_setopt (easy, CURLOPT_SOCKOPTDATA, pace);
  /* A resolver without a network may sit for 30 seconds; giving up does not wait for it. */
  curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
}

static void
set_protocol (CURL *easy, const char *url, const TomoHttpHost *host)
{
  gboolean is_secure = g_ascii_strncasecmp (url, "https:", 6) == 0;

  /* Redirects are looked at in tomo-http-verdict.c before we go anywhere. */
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);

  /* Waiting for the first connection pays only where it may turn out to be HTTP/2; where it was
   * not, curl would go on waiting and fetch one file after the other. */
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION,
                    is_secure ? (long) CURL_HTTP_VERSION_2TLS : (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (easy, CURLOPT_PIPEWAIT,
                    is_secure && host->connect == TOMO_HTTP_CONNECT_WAIT ? 1L : 0L);
  if (!is_secure)
    return;

  curl_easy_setopt (easy, CURLOPT_SHARE, host->share);
  if (host->ca_file != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, host->ca_file);
  if (host->ca_folder != NULL)
    curl_easy_setopt (easy, CURLOPT_CAPATH, host->ca_folder);
}

/**
 * tomo_http_transfer_start: (skip)
 * @self: a transfer
 *
 * Prepares the next attempt, which goes on where those before it ended, if it can. The caller puts
 * the handle into its multi handle, and takes it out before tomo_http_transfer_end().
 *
 * Returns: (transfer none): the handle; its private pointer is @self
 */
CURL *
tomo_http_transfer_start (TomoHttpTransfer *self)
{
  drop_attempt (self);
  self->n_attempts++;
  self->has_body = FALSE;
  self->is_encoded = FALSE;
  self->is_misfit = FALSE;
  self->is_paused = FALSE;
  self->too_large = FALSE;
  self->stop = TOMO_HTTP_STOP_NONE;
  self->attempt_bytes = 0;
  self->n_answers_before = self->host->pace.n_answers;
  self->heard_usecs = g_get_monotonic_time ();
  if (self->begun_usecs == 0)
    self->begun_usecs = self->heard_usecs;
  self->curl_message[0] = '\0';

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
  set_protocol (easy, self->url, self->host);
  set_limits (easy, &self->host->pace);
  set_conditions (self);
  return easy;
}

/**
 * tomo_http_transfer_unpause: (skip)
 * @self: a transfer that is under way
 *
 * Lets @self go on, if it paused because of the limit of speed. This calls back.
 */
void
tomo_http_transfer_unpause (TomoHttpTransfer *self)
{
  if (!self->is_paused)
    return;

  self->is_paused = FALSE;
  curl_easy_pause (self->easy, CURLPAUSE_CONT);
}

/**
 * tomo_http_transfer_check_time: (skip)
 * @self: a transfer that is under way
 * @now_usecs: the monotonic time
 * @shares_connection: whether others come over the same connection, and may come first
 *
 * Tells whether @self has used up its time.
 *
 * Returns: why to stop it, if it has to be
 */
TomoHttpStop
tomo_http_transfer_check_time (const TomoHttpTransfer *self,
                               int64_t now_usecs,
                               gboolean shares_connection)
{
  const TomoHttpPace *pace = &self->host->pace;

  if (self->is_metadata && now_usecs - self->begun_usecs >
                               tomo_http_pace_get_metadata_usecs (pace, self->request->max_bytes))
    return TOMO_HTTP_STOP_LATE;

  if (!shares_connection &&
      now_usecs - self->heard_usecs > (int64_t) pace->limits.stall_msecs * 1000)
    return TOMO_HTTP_STOP_STALLED;

  return TOMO_HTTP_STOP_NONE;
}

/* The copy that was asked for has a name only if it came whole, and a name that we can send back.
 */
static void
take_answer (TomoHttpTransfer *self)
{
  const char *tag = find_header (self, "ETag");

  g_clear_pointer (&self->request->validator, g_free);
  if (tag != NULL && tomo_http_is_entity_tag (tag))
    self->request->validator = g_strdup (tag);

  self->request->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  self->body = g_byte_array_new ();
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
  long n_header_bytes = 0;
  long n_request_bytes = 0;
  long status = 0;

  curl_easy_getinfo (self->easy, CURLINFO_SIZE_DOWNLOAD_T, &n_bytes);
  curl_easy_getinfo (self->easy, CURLINFO_HEADER_SIZE, &n_header_bytes);
  curl_easy_getinfo (self->easy, CURLINFO_REQUEST_SIZE, &n_request_bytes);
  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  count_bytes (self, n_bytes);
  if (status > 0)
    tomo_http_pace_count_answer (&self->host->pace, (uint64_t) (n_header_bytes + n_request_bytes));

  /* An empty file never came to write_cb(). */
  if (status == 200 && !self->has_body)
    begin_body (self, status);

  g_clear_error (&self->request->error);
  TomoHttpVerdict verdict = tomo_http_transfer_judge (self, result);
  if (verdict == TOMO_HTTP_VERDICT_DONE && self->request->error == NULL &&
      !self->request->is_unchanged)
    take_answer (self);

  /* What was unpacked on the way, or is no part of a file of ours, is no beginning to go on from.
   */
  if (self->is_encoded || self->too_large)
    g_byte_array_set_size (self->body, 0);
  drop_attempt (self);
  return verdict;
}

/**
 * tomo_http_transfer_finish: (skip)
 * @self: a transfer that is not tried any more
 *
 * Leaves what has arrived of a file that failed in its request, for another day.
 */
void
tomo_http_transfer_finish (TomoHttpTransfer *self)
{
  if (self->request->error == NULL || self->body->len == 0 || self->is_encoded)
    return;

  self->request->begun = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  self->body = g_byte_array_new ();
}
