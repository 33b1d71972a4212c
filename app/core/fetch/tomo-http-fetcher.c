/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-fetcher.h"

#include "core/fetch/tomo-http-fetcher-private.h"

G_DEFINE_FINAL_TYPE (TomoHttpFetcher, tomo_http_fetcher, TOMO_TYPE_FETCHER)

static gboolean
tomo_http_fetcher_fetch_all (TomoFetcher *fetcher,
                             GPtrArray *requests,
                             TomoFetchDoneFunc done_func,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error)
{
  TomoHttpFetcher *self = TOMO_HTTP_FETCHER (fetcher);
  tomo_http_fetcher_run (self, requests, done_func, user_data, cancellable);
  if (!g_cancellable_is_cancelled (cancellable))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED, "fetching from %s was stopped",
               self->host.shown_base_url);
  return FALSE;
}

static const char *
tomo_http_fetcher_get_location (TomoFetcher *fetcher)
{
  return TOMO_HTTP_FETCHER (fetcher)->host.shown_base_url;
}

static uint64_t
tomo_http_fetcher_get_bytes_received (TomoFetcher *fetcher)
{
  return TOMO_HTTP_FETCHER (fetcher)->host.pace.bytes_received;
}

static void
tomo_http_fetcher_wake (TomoFetcher *fetcher)
{
  curl_multi_wakeup (TOMO_HTTP_FETCHER (fetcher)->multi);
}

static void
tomo_http_fetcher_finalize (GObject *object)
{
  TomoHttpFetcher *self = TOMO_HTTP_FETCHER (object);

  g_clear_pointer (&self->multi, curl_multi_cleanup);
  g_clear_pointer (&self->host.share, curl_share_cleanup);
  g_free (self->host.ca_file);
  g_free (self->host.ca_folder);
  g_free (self->host.base_url);
  g_free (self->host.shown_base_url);
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
  fetcher_class->wake = tomo_http_fetcher_wake;
}

static void
tomo_http_fetcher_init (TomoHttpFetcher *self)
{
  self->max_active = TOMO_HTTP_MAX_CONNECTIONS;
  self->host.connect = TOMO_HTTP_CONNECT_WAIT;
  tomo_http_pace_init (&self->host.pace);
}

static char *
dup_variable (const char *name)
{
  const char *value = g_getenv (name);
  return value != NULL && *value != '\0' ? g_strdup (value) : NULL;
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
  return scheme != NULL &&
         (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0);
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
 * Makes a fetcher for a web host. Proxies are taken from the environment, as libcurl does it, and
 * `SSL_CERT_FILE` and `SSL_CERT_DIR` say whom to trust, as OpenSSL does it.
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
  self->host.base_url = g_strdup (base_url);
  self->host.shown_base_url = g_steal_pointer (&shown);
  /* OpenSSL’s own variables name a school’s own authority; libcurl does not look at them. */
  self->host.ca_file = dup_variable ("SSL_CERT_FILE");
  self->host.ca_folder = dup_variable ("SSL_CERT_DIR");
  self->host.share = curl_share_init ();
  curl_share_setopt (self->host.share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  self->multi = curl_multi_init ();
  curl_multi_setopt (self->multi, CURLMOPT_PIPELINING, (long) CURLPIPE_MULTIPLEX);
  curl_multi_setopt (self->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long) TOMO_HTTP_MAX_CONNECTIONS);
  curl_multi_setopt (self->multi, CURLMOPT_MAXCONNECTS, (long) TOMO_HTTP_MAX_CONNECTIONS);
  return TOMO_FETCHER (g_steal_pointer (&self));
}

/**
 * tomo_http_fetcher_set_limit_rate:
 * @self: a fetcher
 * @bytes_per_sec: how fast at most, all files together; zero for no limit
 *
 * Leaves room on a line that is shared with others: over a second or two, no more than this comes
 * in, headers included, whatever the protocol and however many files there are.
 */
void
tomo_http_fetcher_set_limit_rate (TomoHttpFetcher *self, uint64_t bytes_per_sec)
{
  g_return_if_fail (TOMO_IS_HTTP_FETCHER (self));

  tomo_http_pace_set_limit_rate (&self->host.pace, bytes_per_sec);
}

/**
 * tomo_http_fetcher_set_limits: (skip)
 * @self: a fetcher
 * @limits: how long things may take
 *
 * Lets tests see within a second what otherwise takes a minute.
 */
void
tomo_http_fetcher_set_limits (TomoHttpFetcher *self, const TomoHttpLimits *limits)
{
  self->host.pace.limits = *limits;
}
