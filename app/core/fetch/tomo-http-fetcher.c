/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-fetcher.h"

#include "core/fetch/tomo-fetcher-private.h"
#include "core/fetch/tomo-http-transfer-private.h"
#include "core/tomo-error.h"

/* What browsers and curl allow one host over HTTP/1.1. */
#define MAX_CONNECTIONS 8U

/* How many streams at once when one HTTP/2 connection carries them; servers allow 100 and more. */
#define MAX_STREAMS 64U

/* The first, and how often at most again. One that is refused is tried again only once: a kiosk
 * that is offline has to know within three seconds. */
#define MAX_ATTEMPTS 3U
#define MAX_ATTEMPTS_REFUSED 2U
#define BACK_OFF_MSECS 250

/* After so many second attempts in a row without one answer, the rest is not tried again. */
#define MAX_FAILED_RETRIES 8U

/* How long to sleep in one piece when nothing happens; cancelling wakes us up. */
#define POLL_MSECS 1000

struct _TomoHttpFetcher
{
  TomoFetcher parent_instance;

  char *base_url;       /* (owned) (not nullable): with the password, if there is one */
  char *shown_base_url; /* (owned) (not nullable): without */
  CURLM *multi;         /* (owned): keeps the connections between runs */
  uint64_t bytes_per_sec;
  uint64_t bytes_received;
  unsigned int max_active;
  TomoHttpConnect connect;
};

G_DEFINE_FINAL_TYPE (TomoHttpFetcher, tomo_http_fetcher, TOMO_TYPE_FETCHER)

/* One call of fetch_all(). */
typedef struct
{
  TomoHttpFetcher *fetcher;
  GPtrArray *requests;
  unsigned int n_begun;
  GPtrArray *active;  /* (element-type TomoHttpTransfer): in the multi handle */
  GPtrArray *waiting; /* (element-type TomoHttpTransfer): for their next attempt */
  TomoFetchDoneFunc done_func;
  gpointer done_data;
  unsigned int n_failed_retries; /* since the last answer */
  gboolean is_down;              /* nobody is there: no further attempts */
  int64_t begun_usecs;
  uint64_t bytes_at_begin;
} Run;

static void
finish_request (Run *run, TomoHttpTransfer *transfer)
{
  if (run->done_func != NULL)
    run->done_func (transfer->request, run->done_data);
  tomo_http_transfer_free (transfer);
}

/* Between half and one and a half of the step, so that 300 PCs do not come back together. */
static int64_t
back_off_usecs (unsigned int n_attempts)
{
  int64_t step_usecs = (int64_t) BACK_OFF_MSECS * 1000 << (n_attempts - 1);
  return step_usecs / 2 + (int64_t) (g_random_double () * (double) step_usecs);
}

/* With a limit of speed one file at a time comes in, and the next one starts no earlier than the
 * limit allows for what came before: libcurl counts within one transfer only. */
static int64_t
earliest_start_usecs (const Run *run)
{
  uint64_t n_bytes = run->fetcher->bytes_received - run->bytes_at_begin;

  if (run->fetcher->bytes_per_sec == 0)
    return 0;
  return run->begun_usecs
         + (int64_t) ((double) n_bytes / (double) run->fetcher->bytes_per_sec * G_USEC_PER_SEC);
}

static TomoHttpTransfer *
new_transfer (TomoHttpFetcher *self, TomoFetchRequest *request)
{
  return tomo_http_transfer_new (request, self->base_url, self->shown_base_url,
                                 &self->bytes_received);
}

static TomoHttpTransfer *
take_due_transfer (Run *run, int64_t now_usecs)
{
  for (unsigned int i = 0; i < run->waiting->len; i++)
    {
      TomoHttpTransfer *transfer = g_ptr_array_index (run->waiting, i);
      if (transfer->not_before_usecs <= now_usecs)
        return g_ptr_array_steal_index (run->waiting, i);
    }

  if (run->n_begun >= run->requests->len)
    return NULL;

  TomoFetchRequest *request = g_ptr_array_index (run->requests, run->n_begun++);
  return new_transfer (run->fetcher, request);
}

/* One refusal tells about all: without a way to the server 200 files need not be tried each. */
static void
refuse_transfer (Run *run, TomoHttpTransfer *transfer)
{
  if (transfer->request->error == NULL)
    g_set_error (&transfer->request->error, TOMO_ERROR, TOMO_ERROR_OFFLINE,
                 "%s: no answer: the server could not be reached a moment ago",
                 transfer->shown_url);
  finish_request (run, transfer);
}

static void
start_due_transfers (Run *run)
{
  TomoHttpFetcher *self = run->fetcher;
  int64_t now_usecs = g_get_monotonic_time ();
  unsigned int max_active = self->bytes_per_sec > 0 ? 1 : self->max_active;

  while (run->active->len < max_active && now_usecs >= earliest_start_usecs (run))
    {
      TomoHttpTransfer *transfer = take_due_transfer (run, now_usecs);
      if (transfer == NULL)
        return;

      if (run->is_down)
        refuse_transfer (run, transfer);
      else
        {
          CURL *easy = tomo_http_transfer_start (transfer, self->connect, self->bytes_per_sec);
          g_ptr_array_add (run->active, transfer);
          curl_multi_add_handle (self->multi, easy);
        }
    }
}

/* Notes what the attempt tells about the server, and says whether to try again. */
static gboolean
should_retry (Run *run, const TomoHttpTransfer *transfer, TomoHttpVerdict verdict)
{
  if (verdict == TOMO_HTTP_VERDICT_DONE)
    {
      run->n_failed_retries = 0;
      return FALSE;
    }

  if (transfer->n_attempts > 1)
    run->n_failed_retries++;

  if (verdict == TOMO_HTTP_VERDICT_REFUSED)
    {
      run->is_down = run->is_down || transfer->n_attempts >= MAX_ATTEMPTS_REFUSED;
      return transfer->n_attempts < MAX_ATTEMPTS_REFUSED && !run->is_down;
    }
  return transfer->n_attempts < MAX_ATTEMPTS && run->n_failed_retries < MAX_FAILED_RETRIES;
}

static void
end_transfer (Run *run, CURL *easy, CURLcode result)
{
  TomoHttpFetcher *self = run->fetcher;
  TomoHttpTransfer *transfer = NULL;
  long http_version = 0;

  curl_easy_getinfo (easy, CURLINFO_PRIVATE, (char **) &transfer);
  curl_easy_getinfo (easy, CURLINFO_HTTP_VERSION, &http_version);
  if (http_version == CURL_HTTP_VERSION_2_0)
    self->max_active = MAX_STREAMS;
  else if (http_version == CURL_HTTP_VERSION_1_0 || http_version == CURL_HTTP_VERSION_1_1)
    self->connect = TOMO_HTTP_CONNECT_AT_ONCE;

  curl_multi_remove_handle (self->multi, easy);
  g_ptr_array_remove_fast (run->active, transfer);

  TomoHttpVerdict verdict = tomo_http_transfer_end (transfer, result);

  if (should_retry (run, transfer, verdict))
    {
      transfer->not_before_usecs = g_get_monotonic_time () + back_off_usecs (transfer->n_attempts);
      g_ptr_array_add (run->waiting, transfer);
      return;
    }
  finish_request (run, transfer);
}

static void
end_transfers (Run *run)
{
  CURLMsg *message;
  int n_left;

  while ((message = curl_multi_info_read (run->fetcher->multi, &n_left)) != NULL)
    if (message->msg == CURLMSG_DONE)
      end_transfer (run, message->easy_handle, message->data.result);
}

static int
get_poll_msecs (const Run *run, int64_t report_usecs)
{
  int64_t now_usecs = g_get_monotonic_time ();
  int64_t wake_usecs = MIN (now_usecs + POLL_MSECS * 1000, report_usecs);
  gboolean has_fresh = run->n_begun < run->requests->len;

  for (unsigned int i = 0; i < run->waiting->len; i++)
    {
      const TomoHttpTransfer *transfer = g_ptr_array_index (run->waiting, i);
      wake_usecs = MIN (wake_usecs, transfer->not_before_usecs);
    }
  if (has_fresh && run->active->len == 0)
    wake_usecs = MIN (wake_usecs, earliest_start_usecs (run));

  return (int) MAX ((wake_usecs - now_usecs + 999) / 1000, 0);
}

static void
wake_cb (GCancellable *cancellable, gpointer user_data)
{
  curl_multi_wakeup (user_data);
}

static void
cancel_transfer (Run *run, TomoHttpTransfer *transfer)
{
  g_clear_error (&transfer->request->error);
  g_set_error (&transfer->request->error, TOMO_ERROR, TOMO_ERROR_CANCELLED, "%s: stopped",
               transfer->shown_url);
  finish_request (run, transfer);
}

/* Ends everything that is under way, waiting or not begun. */
static void
cancel_rest (Run *run)
{
  TomoHttpFetcher *self = run->fetcher;

  while (run->active->len > 0)
    {
      TomoHttpTransfer *transfer = g_ptr_array_steal_index_fast (run->active, 0);
      curl_multi_remove_handle (self->multi, transfer->easy);
      cancel_transfer (run, transfer);
    }
  while (run->waiting->len > 0)
    cancel_transfer (run, g_ptr_array_steal_index_fast (run->waiting, 0));
  while (run->n_begun < run->requests->len)
    {
      TomoFetchRequest *request = g_ptr_array_index (run->requests, run->n_begun++);
      cancel_transfer (run, new_transfer (self, request));
    }
}

static void
run_loop (Run *run, GCancellable *cancellable)
{
  CURLM *multi = run->fetcher->multi;

  while (!g_cancellable_is_cancelled (cancellable))
    {
      int n_running = 0;

      start_due_transfers (run);
      curl_multi_perform (multi, &n_running);
      end_transfers (run);
      int64_t report_usecs = tomo_fetcher_report_progress (TOMO_FETCHER (run->fetcher));

      gboolean has_fresh = run->n_begun < run->requests->len;
      if (run->active->len == 0 && run->waiting->len == 0 && !has_fresh)
        return;
      /* A free place is filled at once, not after the next thing that happens. */
      if (has_fresh && run->fetcher->bytes_per_sec == 0
          && run->active->len < run->fetcher->max_active)
        continue;
      curl_multi_poll (multi, NULL, 0, get_poll_msecs (run, report_usecs), NULL);
    }
}

static gboolean
tomo_http_fetcher_fetch_all (TomoFetcher *fetcher,
                             GPtrArray *requests,
                             TomoFetchDoneFunc done_func,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error)
{
  TomoHttpFetcher *self = TOMO_HTTP_FETCHER (fetcher);
  g_autoptr(GPtrArray) active = g_ptr_array_new ();
  g_autoptr(GPtrArray) waiting = g_ptr_array_new ();
  Run run = {
    .fetcher = self,
    .requests = requests,
    .active = active,
    .waiting = waiting,
    .done_func = done_func,
    .done_data = user_data,
    .begun_usecs = g_get_monotonic_time (),
    .bytes_at_begin = self->bytes_received,
  };
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (wake_cb), self->multi, NULL);
  run_loop (&run, cancellable);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);

  if (!g_cancellable_is_cancelled (cancellable))
    return TRUE;

  cancel_rest (&run);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED, "fetching from %s was stopped",
               self->shown_base_url);
  return FALSE;
}

static const char *
tomo_http_fetcher_get_location (TomoFetcher *fetcher)
{
  return TOMO_HTTP_FETCHER (fetcher)->shown_base_url;
}

static uint64_t
tomo_http_fetcher_get_bytes_received (TomoFetcher *fetcher)
{
  return TOMO_HTTP_FETCHER (fetcher)->bytes_received;
}

static void
tomo_http_fetcher_finalize (GObject *object)
{
  TomoHttpFetcher *self = TOMO_HTTP_FETCHER (object);

  g_clear_pointer (&self->multi, curl_multi_cleanup);
  g_free (self->base_url);
  g_free (self->shown_base_url);
  G_OBJECT_CLASS (tomo_http_fetcher_parent_class)->finalize (object);
}

static void
tomo_http_fetcher_class_init (TomoHttpFetcherClass *klass)
{
  /* Here, because it runs once and under a lock, whichever thread comes first. */
  curl_global_init (CURL_GLOBAL_DEFAULT);

  G_OBJECT_CLASS (klass)->finalize = tomo_http_fetcher_finalize;

  TomoFetcherClass *fetcher_class = TOMO_FETCHER_CLASS (klass);
  fetcher_class->fetch_all = tomo_http_fetcher_fetch_all;
  fetcher_class->get_location = tomo_http_fetcher_get_location;
  fetcher_class->get_bytes_received = tomo_http_fetcher_get_bytes_received;
}

static void
tomo_http_fetcher_init (TomoHttpFetcher *self)
{
  self->max_active = MAX_CONNECTIONS;
}

static gboolean
has_part (CURLU *url, CURLUPart part)
{
  char *value = NULL;
  gboolean found = curl_url_get (url, part, &value, 0) == CURLUE_OK;
  curl_free (value);
  return found;
}

/* Gives the form that may be shown. libcurl reads the URL here as it will when it fetches, so
 * that nothing can be a password to one and a path to the other. */
static char *
dup_shown_url (CURLU *url)
{
  char *value = NULL;

  curl_url_set (url, CURLUPART_USER, NULL, 0);
  curl_url_set (url, CURLUPART_PASSWORD, NULL, 0);
  curl_url_get (url, CURLUPART_URL, &value, 0);
  char *shown = g_strdup (value);
  curl_free (value);
  return shown;
}

static gboolean
is_http (const char *url)
{
  g_autofree char *scheme = g_uri_parse_scheme (url);
  return scheme != NULL
         && (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0);
}

static char *
check_address (CURLU *url, const char *base_url, GError **error)
{
  if (!is_http (base_url))
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                           "the repository’s address must begin with http:// or https://");
      return NULL;
    }

  /* What libcurl says is not passed on, and neither is the address: it may hold a password. */
  if (curl_url_set (url, CURLUPART_URL, base_url, 0) != CURLUE_OK)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                           "the repository’s address is not a URL; write https://host/folder");
      return NULL;
    }

  gboolean has_more = has_part (url, CURLUPART_QUERY) || has_part (url, CURLUPART_FRAGMENT);
  g_autofree char *shown = dup_shown_url (url);
  if (has_more)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "%s: the repository’s address must not have a ‘?’ or ‘#’ part", shown);
      return NULL;
    }
  return g_steal_pointer (&shown);
}

/**
 * tomo_http_fetcher_new:
 * @base_url: an `http://` or `https://` URL under which `metadata/` and `targets/` lie; it may
 *     carry `user:password@`, which is sent but never shown
 * @error: return location for a #GError
 *
 * Makes a fetcher for a web host. Proxies are taken from the environment, as libcurl does it.
 * Nothing is asked of the server yet.
 *
 * On failure this sets %TOMO_ERROR_UNSUPPORTED for another kind of URL, or %TOMO_ERROR_FAILED if
 * @base_url is no URL or has a query or a fragment, behind which no path could be put.
 *
 * Returns: (transfer full): a new fetcher
 */
TomoFetcher *
tomo_http_fetcher_new (const char *base_url, GError **error)
{
  g_return_val_if_fail (base_url != NULL, NULL);

  CURLU *url = curl_url ();
  g_autofree char *shown = check_address (url, base_url, error);
  curl_url_cleanup (url);
  if (shown == NULL)
    return NULL;

  g_autoptr(TomoHttpFetcher) self = g_object_new (TOMO_TYPE_HTTP_FETCHER, NULL);
  self->base_url = g_strdup (base_url);
  self->shown_base_url = g_steal_pointer (&shown);
  self->multi = curl_multi_init ();
  curl_multi_setopt (self->multi, CURLMOPT_PIPELINING, (long) CURLPIPE_MULTIPLEX);
  curl_multi_setopt (self->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long) MAX_CONNECTIONS);
  curl_multi_setopt (self->multi, CURLMOPT_MAXCONNECTS, (long) MAX_CONNECTIONS);
  return TOMO_FETCHER (g_steal_pointer (&self));
}

/**
 * tomo_http_fetcher_set_limit_rate:
 * @self: a fetcher
 * @bytes_per_sec: how fast at most, all files together; zero for no limit
 *
 * Leaves room on a line that is shared with others. With a limit one file is fetched at a time.
 */
void
tomo_http_fetcher_set_limit_rate (TomoHttpFetcher *self, uint64_t bytes_per_sec)
{
  g_return_if_fail (TOMO_IS_HTTP_FETCHER (self));

  self->bytes_per_sec = bytes_per_sec;
}
