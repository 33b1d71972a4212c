/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-fetcher-private.h"

#include "core/fetch/tomo-fetcher-private.h"

/* How many streams at once when one HTTP/2 connection carries them; nginx allows 128, RFC 9113
 * asks servers for at least 100. */
#define MAX_STREAMS 100U

/* The first, and how often at most again. One that is refused is tried again only once: a kiosk
 * that is offline has to know within three seconds. */
#define MAX_ATTEMPTS 3U
#define MAX_ATTEMPTS_REFUSED 2U
#define BACK_OFF_MSECS 250

/* An attempt that brought so much was not in vain, when the next one can go on from there. */
#define WORTHWHILE_BYTES (16 * 1024)

/* After so many second attempts in a row without one answer, the rest is not tried again. */
#define MAX_FAILED_RETRIES 8U

/* How long a server may keep us waiting with Retry-After, at once and in a whole run. Who wants
 * more is asked again on another day, and a mirror today. */
#define MAX_RETRY_AFTER_SECS 30U
#define MAX_HELD_SECS 60U

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
  GCancellable *cancellable;     /* (nullable) */
  unsigned int n_failed_retries; /* since the last answer */
  gboolean has_answer;           /* somebody is there */
  char *down_reason;             /* (owned) (nullable): why there are no further attempts */
  int64_t held_until_usecs;      /* the server wants to be left alone, monotonic */
  int64_t held_usecs;            /* all in all */
} Run;

static void
finish_request (Run *run, TomoHttpTransfer *transfer)
{
  tomo_http_transfer_finish (transfer);
  if (run->done_func != NULL)
    run->done_func (transfer->request, run->done_data);
  tomo_http_transfer_free (transfer);
}

/* Between half and one and a half of the step, so that 300 PCs do not come back together. */
static int64_t
back_off_usecs (unsigned int n_attempts)
{
  int64_t step_usecs = (int64_t) BACK_OFF_MSECS * 1000 << (MAX (n_attempts, 1) - 1);
  return step_usecs / 2 + (int64_t) (g_random_double () * (double) step_usecs);
}

/* As long as nobody was answered, those who tried try again before others begin. */
static gboolean
has_more_to_begin (const Run *run)
{
  return run->n_begun < run->requests->len &&
         (run->has_answer || run->waiting->len == 0 || run->down_reason != NULL);
}

static TomoHttpTransfer *
take_due_transfer (Run *run, int64_t now_usecs)
{
  for (unsigned int i = 0; i < run->waiting->len; i++)
    {
      TomoHttpTransfer *transfer = g_ptr_array_index (run->waiting, i);
      if (transfer->not_before_usecs <= now_usecs || run->down_reason != NULL)
        return g_ptr_array_steal_index (run->waiting, i);
    }

  if (!has_more_to_begin (run))
    return NULL;

  TomoFetchRequest *request = g_ptr_array_index (run->requests, run->n_begun++);
  return tomo_http_transfer_new (request, &run->fetcher->host);
}

/* One refusal tells about all: without a way to the server 200 files need not be tried each. */
static void
refuse_transfer (Run *run, TomoHttpTransfer *transfer)
{
  if (transfer->request->error == NULL)
    tomo_http_transfer_fail (transfer, TOMO_ERROR_OFFLINE, TOMO_HTTP_VERDICT_DONE,
                             "not asked for: %s", run->down_reason);
  finish_request (run, transfer);
}

static void
start_due_transfers (Run *run)
{
  TomoHttpFetcher *self = run->fetcher;
  int64_t now_usecs = g_get_monotonic_time ();
  unsigned int max_active = tomo_http_pace_get_max_active (&self->host.pace, self->max_active);

  while (run->active->len < max_active &&
         (now_usecs >= run->held_until_usecs || run->down_reason != NULL))
    {
      TomoHttpTransfer *transfer = take_due_transfer (run, now_usecs);
      if (transfer == NULL)
        return;

      if (run->down_reason != NULL)
        refuse_transfer (run, transfer);
      else
        {
          CURL *easy = tomo_http_transfer_start (transfer);
          g_ptr_array_add (run->active, transfer);
          curl_multi_add_handle (self->multi, easy);
        }
    }
}

/* Those that wait for the connection of the first one would each try it anew, one after the
 * other. */
static void
refuse_active (Run *run)
{
  while (run->active->len > 0)
    {
      TomoHttpTransfer *transfer = g_ptr_array_steal_index_fast (run->active, 0);
      curl_multi_remove_handle (run->fetcher->multi, transfer->easy);
      refuse_transfer (run, transfer);
    }
}

static void
declare_down (Run *run, const TomoHttpTransfer *transfer)
{
  const char *message = transfer->request->error->message;
  const char *reason = message + strlen (transfer->shown_url) + strlen (": ");

  if (run->down_reason == NULL)
    run->down_reason = g_strdup (reason);
}

/* A server that asks for patience gets it from all transfers, within reason. Nobody comes back
 * earlier than asked, and not all at the same moment. */
static gboolean
hold (Run *run, const TomoHttpTransfer *transfer)
{
  unsigned int secs = transfer->retry_after_secs;
  int64_t now_usecs = g_get_monotonic_time ();
  int64_t until_usecs = now_usecs + (int64_t) secs * G_USEC_PER_SEC + back_off_usecs (1);
  /* Eight transfers that are told the same at once wait once. */
  int64_t more_usecs = MAX (until_usecs - MAX (now_usecs, run->held_until_usecs), 0);

  if (secs > MAX_RETRY_AFTER_SECS ||
      run->held_usecs + more_usecs > (int64_t) MAX_HELD_SECS * G_USEC_PER_SEC)
    return FALSE;

  run->held_usecs += more_usecs;
  run->held_until_usecs = MAX (run->held_until_usecs, until_usecs);
  return TRUE;
}

/* A stream that the server did not take up, or that it broke off far from where it began, is not
 * an attempt in vain: servers close a connection after so many files, and bad lines break often. */
static void
forgive_attempt (TomoHttpTransfer *transfer, uint64_t n_answers)
{
  gboolean brought_much = transfer->attempt_bytes >= WORTHWHILE_BYTES &&
                          transfer->body->len >= transfer->resumed_at + WORTHWHILE_BYTES;
  gboolean was_crowded_out = transfer->attempt_bytes == 0 && n_answers > transfer->n_answers_before;

  if (brought_much || was_crowded_out)
    transfer->n_attempts--;
}

/* Notes what the attempt tells about the server, and says whether to try again. */
static gboolean
should_retry (Run *run, TomoHttpTransfer *transfer, TomoHttpVerdict verdict, long status)
{
  if (verdict == TOMO_HTTP_VERDICT_DOWN && run->has_answer && transfer->stop == TOMO_HTTP_STOP_NONE)
    verdict = TOMO_HTTP_VERDICT_TRANSIENT;

  switch (verdict)
    {
    case TOMO_HTTP_VERDICT_AGAIN:
      transfer->n_attempts--;
      return run->down_reason == NULL;
    case TOMO_HTTP_VERDICT_DOWN:
      declare_down (run, transfer);
      return FALSE;
    case TOMO_HTTP_VERDICT_REFUSED:
      if (transfer->n_attempts >= MAX_ATTEMPTS_REFUSED)
        declare_down (run, transfer);
      return run->down_reason == NULL;
    case TOMO_HTTP_VERDICT_TRANSIENT:
      if (status == 0 || (status < 300 && transfer->stop == TOMO_HTTP_STOP_NONE))
        forgive_attempt (transfer, run->fetcher->host.pace.n_answers);
      if (transfer->n_attempts > 1)
        run->n_failed_retries++;
      if (transfer->retry_after_secs > 0 && !hold (run, transfer))
        declare_down (run, transfer);
      return transfer->n_attempts < MAX_ATTEMPTS && run->n_failed_retries < MAX_FAILED_RETRIES &&
             run->down_reason == NULL;
    case TOMO_HTTP_VERDICT_DONE:
    default:
      run->n_failed_retries = 0;
      run->has_answer = TRUE;
      return FALSE;
    }
}

/* What one answer tells about the connections to come. */
static void
learn_protocol (TomoHttpFetcher *self, CURL *easy)
{
  long http_version = 0;
  curl_easy_getinfo (easy, CURLINFO_HTTP_VERSION, &http_version);

  if (http_version == CURL_HTTP_VERSION_2_0)
    self->max_active = MAX_STREAMS;
  else if (http_version == CURL_HTTP_VERSION_1_0 || http_version == CURL_HTTP_VERSION_1_1)
    self->host.connect = TOMO_HTTP_CONNECT_AT_ONCE;
}

static void
end_transfer (Run *run, CURL *easy, CURLcode result)
{
  TomoHttpFetcher *self = run->fetcher;
  TomoHttpTransfer *transfer = NULL;
  long status = 0;

  curl_easy_getinfo (easy, CURLINFO_PRIVATE, (char **) &transfer);
  curl_easy_getinfo (easy, CURLINFO_RESPONSE_CODE, &status);
  learn_protocol (self, easy);
  curl_multi_remove_handle (self->multi, easy);
  g_ptr_array_remove_fast (run->active, transfer);

  TomoHttpVerdict verdict = tomo_http_transfer_end (transfer, result);
  if (!should_retry (run, transfer, verdict, status))
    {
      finish_request (run, transfer);
      return;
    }

  transfer->not_before_usecs = 0;
  if (verdict != TOMO_HTTP_VERDICT_AGAIN)
    transfer->not_before_usecs = g_get_monotonic_time () + back_off_usecs (transfer->n_attempts);
  g_ptr_array_add (run->waiting, transfer);
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

/* Ends what has used up its time, and everything if nothing comes in any more. */
static void
check_times (Run *run)
{
  TomoHttpFetcher *self = run->fetcher;
  int64_t now_usecs = g_get_monotonic_time ();
  gboolean shares_connection = self->max_active == MAX_STREAMS;

  if (run->active->len == 0)
    {
      tomo_http_pace_rest (&self->host.pace);
      return;
    }

  gboolean is_too_slow = tomo_http_pace_is_too_slow (&self->host.pace, now_usecs);
  for (unsigned int i = run->active->len; i > 0; i--)
    {
      TomoHttpTransfer *transfer = g_ptr_array_index (run->active, i - 1);
      transfer->stop = is_too_slow
                           ? TOMO_HTTP_STOP_TOO_SLOW
                           : tomo_http_transfer_check_time (transfer, now_usecs, shares_connection);
      if (transfer->stop != TOMO_HTTP_STOP_NONE)
        end_transfer (run, transfer->easy, CURLE_ABORTED_BY_CALLBACK);
    }
}

/* When there is something to do again, whether or not anything comes. */
static int
get_poll_msecs (const Run *run, int64_t report_usecs)
{
  const TomoHttpLimits *limits = &run->fetcher->host.pace.limits;
  int64_t now_usecs = g_get_monotonic_time ();
  int64_t poll_msecs = MIN (limits->poll_msecs, limits->window_msecs / 2);
  int64_t wake_usecs = MIN (now_usecs + poll_msecs * 1000, report_usecs);

  for (unsigned int i = 0; i < run->waiting->len; i++)
    {
      const TomoHttpTransfer *transfer = g_ptr_array_index (run->waiting, i);
      int64_t due_usecs = MAX (transfer->not_before_usecs, run->held_until_usecs);
      wake_usecs = MIN (wake_usecs, due_usecs);
    }
  return (int) MAX ((wake_usecs - now_usecs + 999) / 1000, 0);
}

/* Keeps away from the line, and from its sockets, which would wake us all the time. */
static void
keep_away (Run *run, int64_t pause_usecs)
{
  int64_t poll_msecs = run->fetcher->host.pace.limits.poll_msecs;
  int msecs = (int) CLAMP ((pause_usecs + 999) / 1000, 1, poll_msecs);
  GPollFD fd = { 0 };

  if (run->cancellable != NULL && g_cancellable_make_pollfd (run->cancellable, &fd))
    {
      g_poll (&fd, 1, msecs);
      g_cancellable_release_fd (run->cancellable);
    }
  else
    g_poll (NULL, 0, msecs);
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
      cancel_transfer (run, tomo_http_transfer_new (request, &self->host));
    }
}

/* Whether a free place can be filled at once, and not only after the next thing that happens. */
static gboolean
has_more_to_start (const Run *run)
{
  const TomoHttpFetcher *self = run->fetcher;
  unsigned int max_active = tomo_http_pace_get_max_active (&self->host.pace, self->max_active);

  return has_more_to_begin (run) && run->active->len < max_active &&
         (run->held_until_usecs <= g_get_monotonic_time () || run->down_reason != NULL);
}

/* Only those that paused call back, and the first ones may use up what the others wait for. */
static void
unpause (Run *run)
{
  for (unsigned int i = 0; i < run->active->len; i++)
    if (!tomo_http_pace_is_exhausted (&run->fetcher->host.pace))
      tomo_http_transfer_unpause (g_ptr_array_index (run->active, i));
}

/* Whether the next round begins with something else than waiting for the sockets, which are not
 * looked at for those that paused. */
static gboolean
has_own_pace (const Run *run)
{
  TomoHttpPace *pace = &run->fetcher->host.pace;

  for (unsigned int i = 0; i < run->active->len; i++)
    if (((const TomoHttpTransfer *) g_ptr_array_index (run->active, i))->is_paused)
      return TRUE;
  return tomo_http_pace_get_pause_usecs (pace, g_get_monotonic_time ()) > 0;
}

static void
run_loop (Run *run)
{
  TomoHttpFetcher *self = run->fetcher;
  CURLM *multi = self->multi;

  while (!g_cancellable_is_cancelled (run->cancellable))
    {
      int n_running = 0;
      int64_t report_usecs = tomo_fetcher_report_progress (TOMO_FETCHER (self));
      int64_t pause_usecs =
          tomo_http_pace_get_pause_usecs (&self->host.pace, g_get_monotonic_time ());
      if (pause_usecs > 0)
        {
          keep_away (run, MIN (pause_usecs, report_usecs - g_get_monotonic_time ()));
          continue;
        }

      tomo_fetcher_heed_wake (TOMO_FETCHER (self));
      start_due_transfers (run);
      unpause (run);
      curl_multi_perform (multi, &n_running);
      end_transfers (run);
      if (run->down_reason != NULL && !run->has_answer)
        refuse_active (run);
      check_times (run);
      report_usecs = tomo_fetcher_report_progress (TOMO_FETCHER (self));

      if (run->active->len == 0 && run->waiting->len == 0 && run->n_begun >= run->requests->len)
        return;
      if (!has_more_to_start (run) && !has_own_pace (run))
        curl_multi_poll (multi, NULL, 0, get_poll_msecs (run, report_usecs), NULL);
    }
}

/**
 * tomo_http_fetcher_run: (skip)
 * @self: a fetcher
 * @requests: (element-type TomoFetchRequest): what is wanted
 * @done_func: (nullable): called for each request when it has ended
 * @user_data: for @done_func
 * @cancellable: (nullable): a #GCancellable
 *
 * Brings every request of @requests to its end, as tomo_fetcher_fetch_all() says.
 */
void
tomo_http_fetcher_run (TomoHttpFetcher *self,
                       GPtrArray *requests,
                       TomoFetchDoneFunc done_func,
                       gpointer user_data,
                       GCancellable *cancellable)
{
  g_autoptr(GPtrArray) active = g_ptr_array_new ();
  g_autoptr(GPtrArray) waiting = g_ptr_array_new ();
  Run run = {
    .fetcher = self,
    .requests = requests,
    .active = active,
    .waiting = waiting,
    .done_func = done_func,
    .done_data = user_data,
    .cancellable = cancellable,
  };
  gulong handler = 0;

  tomo_http_pace_rest (&self->host.pace);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (wake_cb), self->multi, NULL);
  run_loop (&run);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);

  cancel_rest (&run);
  g_free (run.down_reason);
}
