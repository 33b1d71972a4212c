/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-fetcher.h"

#include <dlfcn.h>
#include <sys/socket.h>

#include "core/fetch/tomo-http-fetcher-private.h"
#include "core/tomo-error.h"
#include "core/tomo-gzip.h"
#include "http-server.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
#define ERROR_HEAD(status) "HTTP/1.1 " status " No\r\nContent-Type: text/html\r\n"
#define PORTAL_PAGE "<!DOCTYPE html><html><body>Please log in</body></html>"

typedef struct
{
  HttpServer *server;
  TomoFetcher *fetcher;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  fixture->server = http_server_new ();
  fixture->fetcher = tomo_http_fetcher_new (http_server_get_url (fixture->server), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* First the fetcher, which keeps connections open that the server waits for. */
  g_assert_finalize_object (fixture->fetcher);
  http_server_free (fixture->server);
}

/* What the server has comes back byte for byte, and who asks says which program it is. */
static void
test_http_ok (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  http_server_add (fixture->server, "/metadata/1.root.json", HTTP_REPLY_PLAIN, 0, OK_HEAD, "{}\0\1",
                   4);

  g_autoptr(GBytes) body =
      tomo_fetcher_fetch (fixture->fetcher, "metadata/1.root.json", 4, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "{}\0\1", 4);
  g_assert_cmpuint (tomo_fetcher_get_bytes_received (fixture->fetcher), ==, 4);

  g_autofree char *head = http_server_dup_last_head (fixture->server);
  g_assert_nonnull (strstr (head, "User-Agent: tomoshibi/"));
}

/* A file after a file comes over the same connection. */
static void
test_http_keeps_connection (Fixture *fixture, gconstpointer data)
{
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 0, OK_HEAD, "a", 1);

  for (unsigned int i = 0; i < 3; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) body = tomo_fetcher_fetch (fixture->fetcher, "targets/a", 9, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "a", 1);
    }
  g_assert_cmpuint (http_server_count_connections (fixture->server), ==, 1);
}

/* Each wrong answer has its code and names the address, and only what may pass is tried again. */
static void
test_http_refusals (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    HttpReplyKind kind;
    const char *head;
    const char *body;
    TomoError code;
    const char *says;
    unsigned int n_requests; /* zero: several; libcurl adds one when an old connection was dead */
  } vectors[] = {
    { "not there", HTTP_REPLY_PLAIN, ERROR_HEAD ("404"), PORTAL_PAGE, TOMO_ERROR_NOT_FOUND,
      "does not have it", 1 },
    { "gone", HTTP_REPLY_PLAIN, ERROR_HEAD ("410"), "", TOMO_ERROR_NOT_FOUND, "410", 1 },
    { "object store", HTTP_REPLY_PLAIN, ERROR_HEAD ("403"), "", TOMO_ERROR_NOT_FOUND, "403", 1 },
    { "broken server", HTTP_REPLY_PLAIN, ERROR_HEAD ("500"), PORTAL_PAGE, TOMO_ERROR_OFFLINE,
      "HTTP 500", 3 },
    { "busy", HTTP_REPLY_PLAIN, ERROR_HEAD ("429"), "", TOMO_ERROR_OFFLINE, "busy", 3 },
    { "log in first", HTTP_REPLY_PLAIN, ERROR_HEAD ("511"), "", TOMO_ERROR_OFFLINE, "portal", 1 },
    { "bad request", HTTP_REPLY_PLAIN, ERROR_HEAD ("400"), "", TOMO_ERROR_FAILED, "HTTP 400", 1 },
    { "nothing to see", HTTP_REPLY_PLAIN, "HTTP/1.1 204 No Content\r\n", "", TOMO_ERROR_OFFLINE,
      "HTTP 204", 1 },
    { "dropped at once", HTTP_REPLY_DROP, "", "", TOMO_ERROR_OFFLINE, "broke", 0 },
    { "not HTTP", HTTP_REPLY_DROP, "", "+OK POP3 ready\r\n", TOMO_ERROR_OFFLINE, "not HTTP", 1 },
    { "dropped in the file", HTTP_REPLY_DROP, OK_HEAD "Content-Length: 9\r\n", "half",
      TOMO_ERROR_OFFLINE, "broke", 0 },
    { "portal by type", HTTP_REPLY_PLAIN, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "Hi",
      TOMO_ERROR_OFFLINE, "captive portal", 1 },
    { "portal by content", HTTP_REPLY_PLAIN, OK_HEAD, "\n <HTML><p>", TOMO_ERROR_OFFLINE,
      "captive portal", 1 },
    { "portal larger than the file", HTTP_REPLY_PLAIN, OK_HEAD, PORTAL_PAGE, TOMO_ERROR_OFFLINE,
      "captive portal", 1 },
    { "announced too large", HTTP_REPLY_DROP, OK_HEAD "Content-Length: 99999999\r\n", "0123",
      TOMO_ERROR_INVALID_DATA, "limit of 20 bytes", 1 },
    { "too large", HTTP_REPLY_PLAIN, OK_HEAD, "012345678901234567890", TOMO_ERROR_INVALID_DATA,
      "limit of 20 bytes", 1 },
    { "endless", HTTP_REPLY_ENDLESS, OK_HEAD "Connection: close\r\n", "0123456789",
      TOMO_ERROR_INVALID_DATA, "limit of 20 bytes", 1 },
    { "endless page of an error", HTTP_REPLY_ENDLESS, ERROR_HEAD ("404") "Connection: close\r\n",
      "0123456789", TOMO_ERROR_NOT_FOUND, "404", 1 },
    { "not gzip after all", HTTP_REPLY_PLAIN, OK_HEAD "Content-Encoding: gzip\r\n", "plain text",
      TOMO_ERROR_INVALID_DATA, "unpacked", 1 },
    { "to a file", HTTP_REPLY_PLAIN, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n", "",
      TOMO_ERROR_OFFLINE, "not http or https", 1 },
    { "to itself", HTTP_REPLY_PLAIN, "HTTP/1.1 302 Found\r\nLocation: 17\r\n", "",
      TOMO_ERROR_OFFLINE, "on and on", 6 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      /* A redirect to itself needs a known name. */
      g_autofree char *path =
          g_strdup_printf ("metadata/%s", i + 1 == G_N_ELEMENTS (vectors) ? "17" : "x");
      g_autofree char *numbered =
          i + 1 == G_N_ELEMENTS (vectors) ? g_strdup (path) : g_strdup_printf ("%s%zu", path, i);
      g_autofree char *absolute = g_strdup_printf ("/%s", numbered);
      g_autofree char *url =
          g_strdup_printf ("%s/%s: ", http_server_get_url (fixture->server), numbered);

      g_test_message ("Vector %s", vectors[i].name);
      http_server_add (fixture->server, absolute, vectors[i].kind, 0, vectors[i].head,
                       vectors[i].body, strlen (vectors[i].body));
      g_assert_null (tomo_fetcher_fetch (fixture->fetcher, numbered, 20, NULL, &error));
      g_assert_error (error, TOMO_ERROR, (int) vectors[i].code);
      g_assert_true (g_str_has_prefix (error->message, url));
      g_assert_nonnull (strstr (error->message, vectors[i].says));
      unsigned int n_requests = http_server_count_requests (fixture->server, absolute);
      if (vectors[i].n_requests == 0)
        g_assert_cmpuint (n_requests, >=, 3);
      else
        g_assert_cmpuint (n_requests, ==, vectors[i].n_requests);
    }
}

/* A server that stumbles once is asked again, and the file arrives. */
static void
test_http_second_attempt (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 1, ERROR_HEAD ("503"), "", 0);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_DROP, 1,
                   OK_HEAD "Content-Length: 9\r\n", "half", 4);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 0, OK_HEAD, "whole", 5);

  g_autoptr(GBytes) body = tomo_fetcher_fetch (fixture->fetcher, "targets/a", 9, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "whole", 5);
  g_assert_cmpuint (tomo_fetcher_get_bytes_received (fixture->fetcher), ==, 9);
}

/* Metadata may come packed, and the limit is on what it unpacks to, even if that is more than what
 * was announced. */
static void
test_http_gzip_metadata (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *plain = g_strnfill (5000, 'x');
  g_autoptr(GBytes) plain_bytes = g_bytes_new (plain, 5000);
  g_autoptr(GBytes) packed = tomo_gzip_deflate (plain_bytes, &error);
  g_assert_no_error (error);
  http_server_add (fixture->server, "/metadata/a", HTTP_REPLY_PLAIN, 0,
                   OK_HEAD "Content-Encoding: gzip\r\n", g_bytes_get_data (packed, NULL),
                   g_bytes_get_size (packed));

  g_autoptr(GBytes) body = tomo_fetcher_fetch (fixture->fetcher, "metadata/a", 5000, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (body, plain_bytes));
  g_assert_cmpuint (tomo_fetcher_get_bytes_received (fixture->fetcher), ==,
                    g_bytes_get_size (packed));

  g_assert_null (tomo_fetcher_fetch (fixture->fetcher, "metadata/a", 4999, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

/* A target is taken as it lies there, whatever the server calls it. */
static void
test_http_target_stays_packed (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  http_server_add (fixture->server, "/targets/a.gz", HTTP_REPLY_PLAIN, 0,
                   OK_HEAD "Content-Encoding: gzip\r\n", "\x1f\x8b..", 4);

  g_autoptr(GBytes) body = tomo_fetcher_fetch (fixture->fetcher, "targets/a.gz", 4, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "\x1f\x8b..", 4);

  g_autofree char *head = http_server_dup_last_head (fixture->server);
  g_assert_null (strstr (head, "Accept-Encoding"));
}

static void
count_done_cb (TomoFetchRequest *request, gpointer user_data)
{
  unsigned int *n_done = user_data;
  g_assert_true ((request->body != NULL) != (request->error != NULL));
  (*n_done)++;
}

/* Several files are under way at once: this server answers none before it was asked for four. */
static void
test_http_parallel (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  unsigned int n_done = 0;
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_GATHER, 0, OK_HEAD, "a", 1);

  for (unsigned int i = 0; i < 100; i++)
    g_ptr_array_add (requests,
                     tomo_fetch_request_new (i == 50 ? "targets/none" : "targets/a", 9, NULL));
  g_assert_true (
      tomo_fetcher_fetch_all (fixture->fetcher, requests, count_done_cb, &n_done, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_done, ==, 100);
  g_assert_cmpuint (http_server_count_connections (fixture->server), <=, 8);

  for (unsigned int i = 0; i < requests->len; i++)
    {
      const TomoFetchRequest *request = g_ptr_array_index (requests, i);
      if (i == 50)
        g_assert_error (request->error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
      else
        g_assert_no_error (request->error);
    }
}

static void
ask_for_more_cb (TomoFetchRequest *request, gpointer user_data)
{
  GPtrArray *requests = user_data;
  if (requests->len < 5)
    g_ptr_array_add (requests, tomo_fetch_request_new ("targets/a", 9, NULL));
}

/* Whoever is told of a file may ask for more in the same run. */
static void
test_http_more_while_running (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 0, OK_HEAD, "a", 1);

  g_ptr_array_add (requests, tomo_fetch_request_new ("targets/a", 9, NULL));
  g_assert_true (
      tomo_fetcher_fetch_all (fixture->fetcher, requests, ask_for_more_cb, requests, NULL, &error));
  g_assert_cmpuint (http_server_count_requests (fixture->server, "/targets/a"), ==, 5);
}

static gpointer
wake_work (gpointer fetcher)
{
  tomo_fetcher_wake (fetcher);
  return NULL;
}

static void
ask_for_three_more_cb (gpointer user_data)
{
  GPtrArray *requests = user_data;
  while (requests->len < 4)
    g_ptr_array_add (requests, tomo_fetch_request_new ("targets/a", 9, NULL));
}

/* Another thread may find out that there is more to ask for, while nothing comes over the line: the
 * first file does not come before three others are asked for. */
static void
test_http_more_when_woken (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_GATHER, 0, OK_HEAD, "a", 1);

  g_ptr_array_add (requests, tomo_fetch_request_new ("targets/a", 9, NULL));
  tomo_fetcher_set_woken_func (fixture->fetcher, ask_for_three_more_cb, requests);
  GThread *thread = g_thread_new ("waker", wake_work, fixture->fetcher);
  g_assert_true (tomo_fetcher_fetch_all (fixture->fetcher, requests, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_thread_join (thread);
  tomo_fetcher_set_woken_func (fixture->fetcher, NULL, NULL);

  g_assert_cmpuint (requests->len, ==, 4);
  for (unsigned int i = 0; i < requests->len; i++)
    g_assert_no_error (((const TomoFetchRequest *) g_ptr_array_index (requests, i))->error);
}

/* Stopping wakes a run that waits for an answer, and every request hears of it. */
static void
test_http_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  unsigned int n_done = 0;
  http_server_add (fixture->server, "/targets/hang", HTTP_REPLY_HANG, 0, OK_HEAD, "", 0);
  http_server_cancel_at_hang (fixture->server, cancellable);

  for (unsigned int i = 0; i < 20; i++)
    g_ptr_array_add (requests, tomo_fetch_request_new ("targets/hang", 9, NULL));
  g_assert_false (tomo_fetcher_fetch_all (fixture->fetcher, requests, count_done_cb, &n_done,
                                          cancellable, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
  g_assert_cmpuint (n_done, ==, 20);
  for (unsigned int i = 0; i < requests->len; i++)
    g_assert_error (((TomoFetchRequest *) g_ptr_array_index (requests, i))->error, TOMO_ERROR,
                    TOMO_ERROR_CANCELLED);
}

typedef struct
{
  unsigned int n_calls;
  uint64_t bytes_received;
  int64_t last_usecs;
} Watched;

static void
watch_cb (TomoFetcher *fetcher, uint64_t bytes_received, gpointer user_data)
{
  Watched *watched = user_data;
  int64_t now_usecs = g_get_monotonic_time ();

  g_assert_cmpuint (bytes_received, >, watched->bytes_received);
  g_assert_cmpuint (bytes_received, ==, tomo_fetcher_get_bytes_received (fetcher));
  g_assert_true (watched->n_calls == 0 || now_usecs - watched->last_usecs >= 99 * 1000);
  watched->n_calls++;
  watched->bytes_received = bytes_received;
  watched->last_usecs = now_usecs;
}

/* Whoever watches sees a large file grow while it arrives, and not more than ten times a second. */
static void
test_http_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *plain = g_strnfill (60000, 'x');
  Watched watched = { 0 };
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 0, OK_HEAD, plain, 60000);

  tomo_http_fetcher_set_limit_rate (TOMO_HTTP_FETCHER (fixture->fetcher), 100000);
  tomo_fetcher_set_progress_func (fixture->fetcher, watch_cb, &watched);
  g_autoptr(GBytes) body = tomo_fetcher_fetch (fixture->fetcher, "targets/a", 60000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (watched.n_calls, >=, 1);
  g_assert_cmpuint (watched.bytes_received, <=, 60000);
}

/* Four files of 20 kB at 100 kB a second cannot all be there before the first three were paid. */
static void
test_http_limit_rate (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  g_autofree char *plain = g_strnfill (20000, 'x');
  http_server_add (fixture->server, "/targets/a", HTTP_REPLY_PLAIN, 0, OK_HEAD, plain, 20000);

  for (unsigned int i = 0; i < 4; i++)
    g_ptr_array_add (requests, tomo_fetch_request_new ("targets/a", 20000, NULL));
  tomo_http_fetcher_set_limit_rate (TOMO_HTTP_FETCHER (fixture->fetcher), 100000);
  int64_t begun_usecs = g_get_monotonic_time ();
  g_assert_true (tomo_fetcher_fetch_all (fixture->fetcher, requests, NULL, NULL, NULL, &error));
  g_assert_cmpint (g_get_monotonic_time () - begun_usecs, >=, 600 * 1000);
}

static unsigned int n_connects = 0;

/* Takes the place of the C library’s, and counts. */
int
connect (int fd, const struct sockaddr *address, socklen_t length)
{
  int (*real) (int, const struct sockaddr *, socklen_t) =
      (__typeof__ (real)) dlsym (RTLD_NEXT, "connect");

  n_connects++;
  return real (fd, address, length);
}

/* Without anybody at the other end a kiosk soon knows, however much it wanted. */
static void
test_http_offline_is_quick (void)
{
  g_autoptr(GError) error = NULL;
  HttpServer *server = http_server_new ();
  g_autofree char *url = g_strdup (http_server_get_url (server));
  http_server_free (server);
  g_autoptr(TomoFetcher) fetcher = tomo_http_fetcher_new (url, &error);
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  unsigned int n_done = 0;

  for (unsigned int i = 0; i < 200; i++)
    g_ptr_array_add (requests, tomo_fetch_request_new ("targets/a", 9, NULL));
  n_connects = 0;
  g_assert_true (tomo_fetcher_fetch_all (fetcher, requests, count_done_cb, &n_done, NULL, &error));
  g_assert_cmpuint (n_done, ==, 200);
  /* Those that run at once, and once more. */
  g_assert_cmpuint (n_connects, >=, 2);
  g_assert_cmpuint (n_connects, <=, 16);
  for (unsigned int i = 0; i < requests->len; i++)
    {
      const TomoFetchRequest *request = g_ptr_array_index (requests, i);
      g_assert_error (request->error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
      g_assert_true (g_str_has_prefix (request->error->message, url));
    }
}

/* An address that no file could be put behind is refused, and no message shows a password. */
static void
test_http_addresses (void)
{
  static const struct
  {
    const char *url;
    int code; /* -1 if it is fine */
    const char *shown;
  } vectors[] = {
    { "http://example.org/repo", -1, "http://example.org/repo" },
    { "https://ann:secret@example.org/", -1, "https://example.org/" },
    { "https://ann:secret@example.org/?a=b", TOMO_ERROR_FAILED, NULL },
    { "https://ann:secret@example.org/#a", TOMO_ERROR_FAILED, NULL },
    { "https://ann:secret@", TOMO_ERROR_FAILED, NULL },
    { "http://ann:secret@exa mple.org/", TOMO_ERROR_FAILED, NULL },
    { "ftp://ann:secret@example.org/", TOMO_ERROR_UNSUPPORTED, NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Vector %s", vectors[i].url);
      g_autoptr(TomoFetcher) fetcher = tomo_http_fetcher_new (vectors[i].url, &error);
      if (vectors[i].code < 0)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (tomo_fetcher_get_location (fetcher), ==, vectors[i].shown);
          continue;
        }
      g_assert_null (fetcher);
      g_assert_error (error, TOMO_ERROR, vectors[i].code);
      g_assert_null (strstr (error->message, "secret"));
    }
}

/* A password goes to the server and stays out of the errors. */
static void
test_http_password (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  const char *host = http_server_get_url (fixture->server) + strlen ("http://");
  g_autofree char *url = g_strdup_printf ("http://ann:secret@%s", host);
  g_autoptr(TomoFetcher) fetcher = tomo_http_fetcher_new (url, &error);
  g_assert_no_error (error);

  g_assert_null (tomo_fetcher_fetch (fetcher, "targets/none", 9, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
  g_assert_null (strstr (error->message, "secret"));

  g_autofree char *head = http_server_dup_last_head (fixture->server);
  g_assert_nonnull (strstr (head, "Authorization: Basic "));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  static const char *const proxies[] = { "http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY",
                                         "ALL_PROXY" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  /* The proxy of the machine that tests does not know our loopback. */
  for (size_t i = 0; i < G_N_ELEMENTS (proxies); i++)
    g_unsetenv (proxies[i]);

  ADD ("/http/ok", test_http_ok);
  ADD ("/http/keeps-connection", test_http_keeps_connection);
  ADD ("/http/refusals", test_http_refusals);
  ADD ("/http/second-attempt", test_http_second_attempt);
  ADD ("/http/gzip-metadata", test_http_gzip_metadata);
  ADD ("/http/target-stays-packed", test_http_target_stays_packed);
  ADD ("/http/parallel", test_http_parallel);
  ADD ("/http/more-while-running", test_http_more_while_running);
  ADD ("/http/more-when-woken", test_http_more_when_woken);
  ADD ("/http/cancel", test_http_cancel);
  ADD ("/http/progress", test_http_progress);
  ADD ("/http/limit-rate", test_http_limit_rate);
  ADD ("/http/password", test_http_password);
  g_test_add_func ("/http/offline-is-quick", test_http_offline_is_quick);
  g_test_add_func ("/http/addresses", test_http_addresses);
  return g_test_run ();
}
