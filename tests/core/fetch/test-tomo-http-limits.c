/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-fetcher-private.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <glib/gstdio.h>
#include <netdb.h>
#include <string.h>

#include "core/tomo-error.h"
#include "http-server.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\n"
#define BUSY_HEAD(secs) "HTTP/1.1 429 Too Many Requests\r\nRetry-After: " secs "\r\n"

/* So many transfers run at once over HTTP/1.1. */
#define N_AT_ONCE 8

/* Whoever waits for one of these waits longer than a test may last; each test makes one of them
 * short. */
#define NEVER_MSECS (60 * 60 * 1000)
static const TomoHttpLimits no_limits = {
  .connect_msecs = NEVER_MSECS,
  .window_msecs = NEVER_MSECS,
  .min_bytes_per_sec = 1,
  .stall_msecs = NEVER_MSECS,
  .metadata_grace_msecs = NEVER_MSECS,
  .metadata_bytes_per_sec = 1,
  .poll_msecs = NEVER_MSECS,
};

typedef struct
{
  HttpServer *server;
  TomoFetcher *fetcher;
  GPtrArray *requests; /* (element-type TomoFetchRequest) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  fixture->server = http_server_new ();
  fixture->fetcher = tomo_http_fetcher_new (http_server_get_url (fixture->server), &error);
  g_assert_no_error (error);
  fixture->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->requests);
  /* First the fetcher, which keeps connections open that the server waits for. */
  g_assert_finalize_object (fixture->fetcher);
  http_server_free (fixture->server);
}

static void
want (Fixture *fixture, const char *path, unsigned int n_times)
{
  for (unsigned int i = 0; i < n_times; i++)
    g_ptr_array_add (fixture->requests, tomo_fetch_request_new (path, 4000, NULL));
}

/* Fetches what is wanted, and gives back how long that took. */
static int64_t
fetch (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  int64_t begun_usecs = g_get_monotonic_time ();

  gboolean fetched =
      tomo_fetcher_fetch_all (fixture->fetcher, fixture->requests, NULL, NULL, NULL, &error);
  g_assert_cmpint (fetched, ==, error == NULL);
  return g_get_monotonic_time () - begun_usecs;
}

static const TomoFetchRequest *
get_request (const Fixture *fixture, unsigned int i)
{
  return g_ptr_array_index (fixture->requests, i);
}

static void
set_limits (Fixture *fixture, const TomoHttpLimits *limits)
{
  tomo_http_fetcher_set_limits (TOMO_HTTP_FETCHER (fixture->fetcher), limits);
}

/* A mirror that drips, on however many connections, does not hold us, and what it gave is kept. */
static void
test_limits_tar_pit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = g_strnfill (4000, 'x');
  TomoHttpLimits limits = no_limits;
  limits.window_msecs = 300;
  limits.min_bytes_per_sec = 20000;
  set_limits (fixture, &limits);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_DRIP, 0, OK_HEAD, plain, 4000);
  want (fixture, "targets/a", 200);

  fetch (fixture);
  for (unsigned int i = 0; i < fixture->requests->len; i++)
    {
      const TomoFetchRequest *request = get_request (fixture, i);
      g_assert_error (request->error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
      g_assert_nonnull (strstr (request->error->message, "too slow"));
      g_assert_cmpint (request->begun != NULL, ==, i < N_AT_ONCE);
    }
}

/* A slow line that is shared by many is healthy while all together bring enough: here each brings
 * half of what is asked for. */
static void
test_limits_slow_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = g_strnfill (300, 'x');
  TomoHttpLimits limits = no_limits;
  limits.window_msecs = 200;
  limits.min_bytes_per_sec = 600;
  set_limits (fixture, &limits);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_DRIP, 0, OK_HEAD, plain, 300);
  want (fixture, "targets/a", N_AT_ONCE);

  fetch (fixture);
  for (unsigned int i = 0; i < fixture->requests->len; i++)
    g_assert_no_error (get_request (fixture, i)->error);
}

/* A connection that has died is opened anew while others bring enough, and goes on where it was. */
static void
test_limits_stall (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = g_strnfill (300, 'x');
  TomoHttpLimits limits = no_limits;
  limits.stall_msecs = 200;
  limits.window_msecs = 300;
  set_limits (fixture, &limits);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_DRIP, 0, OK_HEAD, plain, 300);
  http_server_add (fixture->server, "/targets/b", HTTP_REPLY_HANG, 1, OK_HEAD, "", 0);
  http_server_add (fixture->server, "/targets/b", HTTP_REPLY_PLAIN, 0, OK_HEAD, "b", 1);
  want (fixture, "targets/a", 1);
  want (fixture, "targets/b", 1);

  fetch (fixture);
  g_assert_no_error (get_request (fixture, 0)->error);
  g_assert_no_error (get_request (fixture, 1)->error);
  g_assert_cmpuint (http_server_count_requests (fixture->server, "/targets/b"), ==, 2);
}

/* Metadata that drips is over soon, however much else comes in; a target of that speed is not. */
static void
test_limits_metadata (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = g_strnfill (300, 'x');
  TomoHttpLimits limits = no_limits;
  limits.window_msecs = 200;
  limits.metadata_grace_msecs = 200;
  limits.metadata_bytes_per_sec = 40000;
  set_limits (fixture, &limits);
  http_server_add (fixture->server, "/metadata/a", HTTP_REPLY_DRIP, 0, OK_HEAD, plain, 300);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_DRIP, 0, OK_HEAD, plain, 300);
  want (fixture, "metadata/a", 1);
  want (fixture, "targets/a", 1);

  fetch (fixture);
  g_assert_error (get_request (fixture, 0)->error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
  g_assert_nonnull (strstr (get_request (fixture, 0)->error->message, "not complete"));
  g_assert_no_error (get_request (fixture, 1)->error);
}

/* The limits that hold outside of tests let a GPRS line through and no tar pit. */
static void
test_limits_figures (void)
{
  static const struct
  {
    const char *name;
    uint64_t bytes_per_sec; /* all transfers together */
    uint64_t limit_rate;    /* what was asked for; zero for none */
    gboolean is_too_slow;
  } vectors[] = {
    { "nothing", 0, 0, TRUE },
    { "tar pit", 250, 0, TRUE },
    { "bad GPRS", 600, 0, FALSE },
    { "GPRS", 2000, 0, FALSE },
    { "asked for a trickle", 250, 300, FALSE },
    { "not even a trickle", 100, 300, TRUE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      TomoHttpPace pace;
      gboolean is_too_slow = FALSE;
      g_test_message ("Vector %s", vectors[i].name);
      tomo_http_pace_init (&pace);
      tomo_http_pace_set_limit_rate (&pace, vectors[i].limit_rate);
      for (int64_t secs = 1; secs <= 120; secs++)
        {
          is_too_slow = tomo_http_pace_is_too_slow (&pace, secs * G_USEC_PER_SEC) || is_too_slow;
          tomo_http_pace_count_bytes (&pace, vectors[i].bytes_per_sec);
        }
      g_assert_cmpint (is_too_slow, ==, vectors[i].is_too_slow);
    }

  TomoHttpPace pace;
  tomo_http_pace_init (&pace);
  g_assert_cmpint (tomo_http_pace_get_metadata_usecs (&pace, 16384), ==, 64096000);
  g_assert_cmpint (tomo_http_pace_get_metadata_usecs (&pace, 2000000), ==, 560 * G_USEC_PER_SEC);
}

/* A server that asks for a second gets it, from all of us; one that asks for an hour is left. */
static void
test_limits_retry_after (Fixture *fixture, gconstpointer data)
{
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 1, BUSY_HEAD ("1"), "", 0);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 0, OK_HEAD, "a", 1);
  want (fixture, "targets/a", 1);
  g_assert_cmpint (fetch (fixture), >=, G_USEC_PER_SEC);
  g_assert_no_error (get_request (fixture, 0)->error);

  http_server_add (fixture->server, "/targets/b", HTTP_REPLY_PLAIN, 0, BUSY_HEAD ("3600"), "", 0);
  want (fixture, "targets/b", 20);
  g_ptr_array_remove_index (fixture->requests, 0);
  fetch (fixture);
  g_assert_cmpuint (http_server_count_requests (fixture->server, "/targets/b"), <=, N_AT_ONCE);
  for (unsigned int i = 0; i < fixture->requests->len; i++)
    {
      g_assert_error (get_request (fixture, i)->error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
      g_assert_nonnull (strstr (get_request (fixture, i)->error->message, "3600 seconds"));
    }
}

/* A socket on the loopback whose callers nobody answers. */
static GSocket *
listen_silently (GError **error)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocket) listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (listener == NULL || !g_socket_bind (listener, address, FALSE, error) ||
      !g_socket_listen (listener, error))
    return NULL;
  g_socket_set_blocking (listener, FALSE);
  return g_steal_pointer (&listener);
}

static unsigned int
get_port (GSocket *listener)
{
  g_autoptr(GSocketAddress) address = g_socket_get_local_address (listener, NULL);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

static unsigned int
count_callers (GSocket *listener)
{
  unsigned int n_callers = 0;

  while (TRUE)
    {
      g_autoptr(GSocket) caller = g_socket_accept (listener, NULL, NULL);
      if (caller == NULL)
        return n_callers;
      n_callers++;
    }
}

/* A connection that never gets through, here because a proxy is silent, ends the run for all files
 * at once. */
static void
test_limits_connect (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) listener = listen_silently (&error);
  g_assert_no_error (error);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", get_port (listener));
  g_setenv ("https_proxy", url, TRUE);
  g_unsetenv ("no_proxy");
  g_autoptr(TomoFetcher) fetcher = tomo_http_fetcher_new ("https://campaign.example/", &error);
  g_assert_no_error (error);
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  TomoHttpLimits limits = no_limits;
  limits.connect_msecs = 300;
  tomo_http_fetcher_set_limits (TOMO_HTTP_FETCHER (fetcher), &limits);

  for (unsigned int i = 0; i < 100; i++)
    g_ptr_array_add (requests, tomo_fetch_request_new ("targets/a", 9, NULL));
  g_assert_true (tomo_fetcher_fetch_all (fetcher, requests, NULL, NULL, NULL, &error));
  g_assert_cmpuint (count_callers (listener), <=, N_AT_ONCE);
  for (unsigned int i = 0; i < requests->len; i++)
    g_assert_error (((TomoFetchRequest *) g_ptr_array_index (requests, i))->error, TOMO_ERROR,
                    TOMO_ERROR_OFFLINE);

  g_setenv ("no_proxy", "*", TRUE);
  g_unsetenv ("https_proxy");
}

/* Cancels from outside, once a run has got to where it waits, and sleeps. */
typedef struct
{
  GCancellable *cancellable;
  GMutex lock;
  GCond changed;
  gboolean is_waiting;
  gboolean is_asleep;
  gboolean is_woken;
  gboolean may_resolve;
  unsigned int n_resolving;
} Canceller;

static Canceller canceller;

static void
start_to_wait (void)
{
  g_mutex_lock (&canceller.lock);
  canceller.is_waiting = TRUE;
  g_cond_broadcast (&canceller.changed);
  g_mutex_unlock (&canceller.lock);
}

static gpointer
cancel_work (gpointer user_data)
{
  g_mutex_lock (&canceller.lock);
  while (!canceller.is_asleep)
    g_cond_wait (&canceller.changed, &canceller.lock);
  g_mutex_unlock (&canceller.lock);

  g_cancellable_cancel (canceller.cancellable);
  return NULL;
}

/* Takes the place of libcurl’s, whose own timers would end a sleep that nobody is woken from. */
CURLMcode
curl_multi_poll (CURLM *multi,
                 struct curl_waitfd extra_fds[],
                 unsigned int n_extra_fds,
                 int timeout_msecs,
                 int *out_n_fds)
{
  __typeof__ (curl_multi_poll) *real = (__typeof__ (real)) dlsym (RTLD_NEXT, "curl_multi_poll");

  g_mutex_lock (&canceller.lock);
  gboolean is_waiting = canceller.is_waiting;
  canceller.is_asleep = is_waiting;
  g_cond_broadcast (&canceller.changed);
  while (is_waiting && !canceller.is_woken)
    g_cond_wait (&canceller.changed, &canceller.lock);
  canceller.is_woken = FALSE;
  g_mutex_unlock (&canceller.lock);
  return is_waiting ? CURLM_OK : real (multi, extra_fds, n_extra_fds, timeout_msecs, out_n_fds);
}

CURLMcode
curl_multi_wakeup (CURLM *multi)
{
  __typeof__ (curl_multi_wakeup) *real = (__typeof__ (real)) dlsym (RTLD_NEXT, "curl_multi_wakeup");

  g_mutex_lock (&canceller.lock);
  canceller.is_woken = TRUE;
  g_cond_broadcast (&canceller.changed);
  g_mutex_unlock (&canceller.lock);
  return real (multi);
}

/* Takes the place of GLib’s, in which a run sleeps that keeps below a limit of speed: each time
 * only for a while, so that it would hear of cancelling sooner or later. */
gint
g_poll (GPollFD *fds, guint n_fds, gint timeout_msecs)
{
  __typeof__ (g_poll) *real = (__typeof__ (real)) dlsym (RTLD_NEXT, "g_poll");

  g_mutex_lock (&canceller.lock);
  gboolean is_waiting = canceller.is_waiting;
  canceller.is_asleep = is_waiting;
  g_cond_broadcast (&canceller.changed);
  g_mutex_unlock (&canceller.lock);
  return real (fds, n_fds, is_waiting ? -1 : timeout_msecs);
}

/* Takes the place of the C library’s, which would have to ask a name server. */
int
getaddrinfo (const char *node,
             const char *service,
             const struct addrinfo *hints,
             struct addrinfo **result)
{
  int (*real) (const char *, const char *, const struct addrinfo *, struct addrinfo **) =
      (__typeof__ (real)) dlsym (RTLD_NEXT, "getaddrinfo");

  if (g_strcmp0 (node, "slow.example") != 0)
    return real (node, service, hints, result);

  g_mutex_lock (&canceller.lock);
  canceller.is_waiting = TRUE;
  canceller.n_resolving++;
  g_cond_broadcast (&canceller.changed);
  while (!canceller.may_resolve)
    g_cond_wait (&canceller.changed, &canceller.lock);
  canceller.n_resolving--;
  g_cond_broadcast (&canceller.changed);
  g_mutex_unlock (&canceller.lock);
  return EAI_AGAIN;
}

static void
told_cb (TomoFetcher *fetcher, uint64_t bytes_received, gpointer user_data)
{
  start_to_wait ();
}

/* Fetches from @url until somebody cancels; nothing else would end it. */
static void
assert_cancels (const char *url, uint64_t bytes_per_sec)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TomoFetcher *fetcher = tomo_http_fetcher_new (url, &error);
  g_assert_no_error (error);
  tomo_http_fetcher_set_limits (TOMO_HTTP_FETCHER (fetcher), &no_limits);
  tomo_http_fetcher_set_limit_rate (TOMO_HTTP_FETCHER (fetcher), bytes_per_sec);
  tomo_fetcher_set_progress_func (fetcher, told_cb, NULL);
  for (unsigned int i = 0; i < 20; i++)
    g_ptr_array_add (requests, tomo_fetch_request_new ("targets/a", 100000, NULL));

  canceller.cancellable = cancellable;
  GThread *thread = g_thread_new ("cancel", cancel_work, NULL);
  g_assert_false (tomo_fetcher_fetch_all (fetcher, requests, NULL, NULL, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
  for (unsigned int i = 0; i < requests->len; i++)
    g_assert_error (((TomoFetchRequest *) g_ptr_array_index (requests, i))->error, TOMO_ERROR,
                    TOMO_ERROR_CANCELLED);
  g_assert_finalize_object (fetcher);
  canceller.is_waiting = canceller.is_asleep = canceller.is_woken = FALSE;
}

/* Stopping is heard while a name is looked up, however long the resolver sits. */
static void
test_cancel_resolving (void)
{
  assert_cancels ("http://slow.example/", 0);

  g_mutex_lock (&canceller.lock);
  canceller.may_resolve = TRUE;
  g_cond_broadcast (&canceller.changed);
  while (canceller.n_resolving > 0)
    g_cond_wait (&canceller.changed, &canceller.lock);
  g_mutex_unlock (&canceller.lock);
}

/* An authority that has signed nothing. */
static const char authority[] = "-----BEGIN CERTIFICATE-----\n"
                                "MIIBejCCAR+gAwIBAgIUS3w2Mfg0mbOXFjrjxm5JN1RfF3cwCgYIKoZIzj0EAwIw\n"
                                "ETEPMA0GA1UEAwwGbm9ib2R5MCAXDTI2MTEyMzIwMjkwOVoYDzIxMjYxMDMwMjAy\n"
                                "OTA5WjARMQ8wDQYDVQQDDAZub2JvZHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC\n"
                                "AAR7RtQwsscbx2LHwQs3EB68Tc5b0lrNCmaU+Nl0StwbwHyw65z/+W1t3HS5LUW+\n"
                                "F6ZvWEDxkIWgR7wcij5rRODxo1MwUTAdBgNVHQ4EFgQURLBX4aMY9aMhm+PGRoGA\n"
                                "P1HdBAAwHwYDVR0jBBgwFoAURLBX4aMY9aMhm+PGRoGAP1HdBAAwDwYDVR0TAQH/\n"
                                "BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA1wtR7roKCXFrq6nfj61PI7yszDgA\n"
                                "Xp+p+c3ieWHbuZ8CIQDrhTS8BzIVgp0y1rva1N/sHJxPo09tnqMh7GIbMyVCEQ==\n"
                                "-----END CERTIFICATE-----\n";

/* Stopping is heard while somebody listens who never says a word, with TLS and without. */
static void
test_cancel_connecting (void)
{
  static const char *const schemes[] = { "http", "https" };
  g_autoptr(GError) file_error = NULL;
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "authority.pem", NULL);

  /* Reading those of the system takes 5 ms, and seconds with sanitizers; that cannot be stopped. */
  g_assert_no_errno (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700));
  g_file_set_contents (path, authority, -1, &file_error);
  g_assert_no_error (file_error);
  g_setenv ("SSL_CERT_FILE", path, TRUE);

  for (size_t i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GSocketListener) listener = g_socket_listener_new ();
      uint16_t port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
      g_assert_no_error (error);
      g_autofree char *url = g_strdup_printf ("%s://127.0.0.1:%u/", schemes[i], port);

      start_to_wait ();
      assert_cancels (url, 0);
    }
  g_unsetenv ("SSL_CERT_FILE");
}

/* Stopping is heard while a server has asked us to wait, and while a limit of speed makes us: for
 * longer than a test may last. */
static void
test_cancel_waiting (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = g_strnfill (100000, 'x');
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 8, BUSY_HEAD ("30"), "x", 1);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 0, OK_HEAD, plain, 100000);

  assert_cancels (http_server_get_url (fixture->server), 0);
  assert_cancels (http_server_get_url (fixture->server), 2000);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  /* The proxy of the machine that tests does not know our loopback. */
  g_setenv ("no_proxy", "*", TRUE);

  ADD ("/http-limits/tar-pit", test_limits_tar_pit);
  ADD ("/http-limits/slow-line", test_limits_slow_line);
  ADD ("/http-limits/stall", test_limits_stall);
  ADD ("/http-limits/metadata", test_limits_metadata);
  ADD ("/http-limits/retry-after", test_limits_retry_after);
  ADD ("/http-limits/cancel-waiting", test_cancel_waiting);
  g_test_add_func ("/http-limits/figures", test_limits_figures);
  g_test_add_func ("/http-limits/connect", test_limits_connect);
  g_test_add_func ("/http-limits/cancel-resolving", test_cancel_resolving);
  g_test_add_func ("/http-limits/cancel-connecting", test_cancel_connecting);
  return g_test_run ();
}
