/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-fetcher.h"

#include <string.h>

#include "core/fetch/tomo-http-proxy-private.h"
#include "core/tomo-error.h"
#include "http-server.h"

static const char *const variables[] = { "http_proxy", "https_proxy", "all_proxy", "no_proxy",
                                         "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY" };

static void
clear_variables (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);
}

typedef struct
{
  HttpServer *proxy;
  char *address; /* (owned): of the proxy, with a password */
  char *shown;   /* (owned): without */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  clear_variables ();
  fixture->proxy = http_server_new ();
  const char *host = http_server_get_url (fixture->proxy) + strlen ("http://");
  fixture->address = g_strdup_printf ("http://ann:secret@%s", host);
  fixture->shown = g_strdup_printf ("the proxy http://%s", host);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  clear_variables ();
  if (fixture->proxy != NULL)
    http_server_free (fixture->proxy);
  g_free (fixture->address);
  g_free (fixture->shown);
}

/* Fetches a file from where nobody is, unless a proxy brings it; gives back the error if it does
 * not. */
static GError *
fetch (const char *base_url)
{
  GError *error = NULL;
  g_autoptr(TomoFetcher) fetcher = tomo_http_fetcher_new (base_url, &error);
  g_assert_no_error (error);

  g_autoptr(GBytes) body = tomo_fetcher_fetch (fetcher, "targets/a", 9, NULL, &error);
  g_assert_cmpint (body != NULL, ==, error == NULL);
  return error;
}

/* What the environment names as proxy is asked, and gets the name and password that stand there. */
static void
test_proxy_is_asked (Fixture *fixture, gconstpointer data)
{
  http_server_add (fixture->proxy, "http://campaign.example/targets/a", HTTP_REPLY_PLAIN, 0,
                   "HTTP/1.1 200 OK\r\n", "a", 1);
  g_setenv ("http_proxy", fixture->address, TRUE);

  g_autoptr(GError) error = fetch ("http://campaign.example");
  g_assert_no_error (error);
  g_autofree char *head = http_server_dup_last_head (fixture->proxy);
  g_assert_nonnull (strstr (head, "\r\nProxy-Authorization: Basic YW5uOnNlY3JldA==\r\n"));
}

/* What no_proxy names is asked directly. */
static void
test_proxy_exception (Fixture *fixture, gconstpointer data)
{
  HttpServer *server = http_server_new ();
  http_server_add (server, "/targets/a", HTTP_REPLY_PLAIN, 0, "HTTP/1.1 200 OK\r\n", "a", 1);
  g_setenv ("http_proxy", fixture->address, TRUE);
  g_setenv ("no_proxy", "school.example,127.0.0.1", TRUE);

  g_autoptr(GError) error = fetch (http_server_get_url (server));
  g_assert_no_error (error);
  g_assert_cmpuint (http_server_count_connections (fixture->proxy), ==, 0);
  http_server_free (server);
}

/* A proxy that refuses us is named, with what can be done, and without its password. */
static void
test_proxy_refuses (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *base_url;
    const char *asked; /* what the proxy is asked for */
    const char *variable;
    const char *head;
    const char *says;
  } vectors[] = {
    { "http://campaign.example", "http://campaign.example/targets/a", "http_proxy",
      "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"a\"\r\n", "HTTP 407" },
    { "https://campaign.example", "campaign.example:443", "https_proxy",
      "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"a\"\r\n", "HTTP 407" },
    { "https://campaign.example", "campaign.example:443", "https_proxy",
      "HTTP/1.1 403 No\r\nConnection: close\r\nContent-Length: 0\r\n", "HTTP 403" },
    { "https://campaign.example", "campaign.example:443", "https_proxy",
      "HTTP/1.1 502 No\r\nConnection: close\r\nContent-Length: 0\r\n", "HTTP 502" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("Vector %zu", i);
      HttpServer *proxy = http_server_new ();
      const char *host = http_server_get_url (proxy) + strlen ("http://");
      g_autofree char *address = g_strdup_printf ("http://ann:secret@%s", host);
      g_autofree char *shown = g_strdup_printf ("the proxy http://%s", host);
      http_server_add (proxy, vectors[i].asked, HTTP_REPLY_DROP, 0, vectors[i].head, "", 0);
      g_setenv (vectors[i].variable, address, TRUE);

      g_autoptr(GError) error = fetch (vectors[i].base_url);
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, shown));
      g_assert_nonnull (strstr (error->message, vectors[i].says));
      g_assert_nonnull (strstr (error->message, vectors[i].variable));
      g_assert_null (strstr (error->message, "secret"));
      http_server_free (proxy);
      clear_variables ();
    }
}

/* A proxy that is not there is named likewise, whether it has a number or a name. */
static void
test_proxy_is_absent (Fixture *fixture, gconstpointer data)
{
  static const char *const base_urls[] = { "http://campaign.example", "https://campaign.example" };

  http_server_free (g_steal_pointer (&fixture->proxy));
  g_setenv ("all_proxy", fixture->address, TRUE);
  for (size_t i = 0; i < G_N_ELEMENTS (base_urls); i++)
    {
      g_autoptr(GError) error = fetch (base_urls[i]);
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, fixture->shown));
      g_assert_nonnull (strstr (error->message, "all_proxy"));
      g_assert_null (strstr (error->message, "secret"));
    }

  g_setenv ("all_proxy", "http://ann:secret@proxy.invalid:3128", TRUE);
  g_autoptr(GError) error = fetch ("https://campaign.example");
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "the proxy http://proxy.invalid:3128"));
  g_assert_null (strstr (error->message, "secret"));
}

/* The variables count in libcurl’s order, and no form of an address shows its password. */
static void
test_proxy_variables (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *url;
    const char *name;
    const char *value;
    const char *shown; /* (nullable): if it does not count */
  } vectors[] = {
    { "http://a.example", "http_proxy", "http://ann:secret@proxy.example:3128",
      "http://proxy.example:3128/" },
    { "http://a.example", "http_proxy", "ann:secret@proxy.example:3128",
      "http://proxy.example:3128/" },
    { "http://a.example", "http_proxy", "socks5h://ann:secret@proxy.example",
      "socks5h://proxy.example/" },
    { "http://a.example", "http_proxy", "http://ann:secret@pro xy", "in http_proxy" },
    { "http://a.example", "HTTP_PROXY", "proxy.example", NULL },
    { "http://a.example", "https_proxy", "proxy.example", NULL },
    { "https://a.example", "HTTPS_PROXY", "proxy.example", "http://proxy.example/" },
    { "https://a.example", "http_proxy", "proxy.example", NULL },
    { "https://a.example", "https_proxy", "", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("Vector %zu", i);
      clear_variables ();
      g_setenv (vectors[i].name, vectors[i].value, TRUE);
      g_autoptr(TomoHttpProxy) proxy = tomo_http_proxy_new_for_url (vectors[i].url);
      g_assert_cmpstr (proxy != NULL ? proxy->shown : NULL, ==, vectors[i].shown);
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/http-proxy/is-asked", test_proxy_is_asked);
  ADD ("/http-proxy/exception", test_proxy_exception);
  ADD ("/http-proxy/refuses", test_proxy_refuses);
  ADD ("/http-proxy/is-absent", test_proxy_is_absent);
  ADD ("/http-proxy/variables", test_proxy_variables);
  return g_test_run ();
}
