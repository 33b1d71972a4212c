/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fetches files below a URL, all in one run, and says how it went. For tests with a real web
 * server, and for measuring:
 *
 *   fetch-files URL BYTES-PER-SECOND|0 FIRST LAST
 *
 * fetches targets/FIRST to targets/LAST, which are numbers. */

#include <stdlib.h>

#include "core/fetch/tomo-http-fetcher.h"

/* More than any file of a test has. */
#define MAX_BYTES (64 * 1024 * 1024)

static void
done_cb (TomoFetchRequest *request, gpointer user_data)
{
  unsigned int *n_failed = user_data;

  if (request->error == NULL)
    return;
  (*n_failed)++;
  g_print ("%s\n", request->error->message);
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  unsigned int n_failed = 0;
  if (argc != 5)
    return 2;

  g_autoptr(TomoFetcher) fetcher = tomo_http_fetcher_new (argv[1], &error);
  g_assert_no_error (error);
  tomo_http_fetcher_set_limit_rate (TOMO_HTTP_FETCHER (fetcher),
                                    g_ascii_strtoull (argv[2], NULL, 10));
  for (int i = atoi (argv[3]); i <= atoi (argv[4]); i++)
    {
      g_autofree char *path = g_strdup_printf ("targets/%d", i);
      g_ptr_array_add (requests, tomo_fetch_request_new (path, MAX_BYTES, NULL));
    }

  int64_t begun_usecs = g_get_monotonic_time ();
  tomo_fetcher_fetch_all (fetcher, requests, done_cb, &n_failed, NULL, &error);
  g_assert_no_error (error);
  double secs = (double) (g_get_monotonic_time () - begun_usecs) / G_USEC_PER_SEC;
  g_print ("%u files, %u failed, %" G_GUINT64_FORMAT " bytes, %.3f seconds\n", requests->len,
           n_failed, tomo_fetcher_get_bytes_received (fetcher), secs);
  return n_failed > 0 ? 1 : 0;
}
