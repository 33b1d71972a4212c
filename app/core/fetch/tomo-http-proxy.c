/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-proxy-private.h"

#include <curl/curl.h>
#include <string.h>

/* In libcurl’s order. It does not look at HTTP_PROXY, which a web server would fill from a header
 * that a stranger sent. */
static const char *const secure_variables[] = { "https_proxy", "HTTPS_PROXY", "all_proxy",
                                                "ALL_PROXY" };
static const char *const plain_variables[] = { "http_proxy", "all_proxy", "ALL_PROXY" };

static const char *
find_variable (const char *url)
{
  gboolean is_secure = g_ascii_strncasecmp (url, "https:", 6) == 0;
  const char *const *names = is_secure ? secure_variables : plain_variables;
  size_t n_names = is_secure ? G_N_ELEMENTS (secure_variables) : G_N_ELEMENTS (plain_variables);

  for (size_t i = 0; i < n_names; i++)
    {
      const char *value = g_getenv (names[i]);
      if (value != NULL && *value != '\0')
        return names[i];
    }
  return NULL;
}

static char *
dup_part (CURLU *url, CURLUPart part)
{
  char *value = NULL;
  curl_url_get (url, part, &value, 0);
  char *copy = g_strdup (value);
  curl_free (value);
  return copy;
}

/**
 * tomo_http_proxy_new_for_url: (skip)
 * @url: what is to be fetched
 *
 * Finds the proxy that libcurl takes from the environment for @url, so that an error can name it.
 * Whether `no_proxy` makes an exception is left to libcurl.
 *
 * Returns: (transfer full) (nullable): a new description, or %NULL if there is none
 */
TomoHttpProxy *
tomo_http_proxy_new_for_url (const char *url)
{
  const char *variable = find_variable (url);
  if (variable == NULL)
    return NULL;

  TomoHttpProxy *self = g_new0 (TomoHttpProxy, 1);
  self->variable = g_strdup (variable);

  CURLU *address = curl_url ();
  if (curl_url_set (address, CURLUPART_URL, g_getenv (variable),
                    CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME) == CURLUE_OK)
    {
      curl_url_set (address, CURLUPART_USER, NULL, 0);
      curl_url_set (address, CURLUPART_PASSWORD, NULL, 0);
      curl_url_set (address, CURLUPART_PATH, NULL, 0);
      self->shown = dup_part (address, CURLUPART_URL);
      self->host = dup_part (address, CURLUPART_HOST);
    }
  curl_url_cleanup (address);

  /* Not even a wrong address is shown: it may hold a password. */
  if (self->shown == NULL)
    self->shown = g_strdup_printf ("in %s", variable);
  return self;
}

/**
 * tomo_http_proxy_free: (skip)
 * @self: (transfer full) (nullable): a description
 *
 * Frees @self.
 */
void
tomo_http_proxy_free (TomoHttpProxy *self)
{
  if (self == NULL)
    return;

  g_free (self->variable);
  g_free (self->shown);
  g_free (self->host);
  g_free (self);
}
