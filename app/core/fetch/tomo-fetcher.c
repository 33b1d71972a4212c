/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-fetcher.h"

#include "core/fetch/tomo-fetcher-private.h"
#include "core/fetch/tomo-folder-fetcher.h"
#include "core/fetch/tomo-http-fetcher.h"
#include "core/tomo-error.h"

/* Ten times a second looks smooth, and costs nothing beside the bytes. */
#define PROGRESS_USECS (G_USEC_PER_SEC / 10)

typedef struct
{
  TomoFetchProgressFunc progress_func;
  gpointer progress_data;
  int64_t reported_usecs; /* monotonic */
  uint64_t reported_bytes;
  TomoFetchWokenFunc woken_func;
  gpointer woken_data;
  int is_woken; /* atomic */
} TomoFetcherPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TomoFetcher, tomo_fetcher, G_TYPE_OBJECT)

static void
tomo_fetcher_class_init (TomoFetcherClass *klass)
{
}

static void
tomo_fetcher_init (TomoFetcher *self)
{
}

/**
 * tomo_fetch_request_new:
 * @path: what is wanted, relative to the location, percent-encoded where a URL needs it
 * @max_bytes: more than this is an error
 * @user_data: (nullable): whatever the caller wants to find again when the request has ended
 *
 * Makes a request that has not been tried yet.
 *
 * Returns: (transfer full): a new request
 */
TomoFetchRequest *
tomo_fetch_request_new (const char *path, size_t max_bytes, void *user_data)
{
  g_return_val_if_fail (path != NULL, NULL);

  TomoFetchRequest *self = g_new0 (TomoFetchRequest, 1);
  self->path = g_strdup (path);
  self->max_bytes = max_bytes;
  self->user_data = user_data;
  return self;
}

/**
 * tomo_fetch_request_free:
 * @self: (transfer full): a request
 *
 * Frees @self with its body or error. The caller’s `user_data` is left alone.
 */
void
tomo_fetch_request_free (TomoFetchRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_clear_pointer (&self->begun, g_bytes_unref);
  g_free (self->validator);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * tomo_fetcher_new_for_location:
 * @location: a folder’s path, a `file://` URL of a folder, or an `http://` or `https://` URL
 * @error: return location for a #GError
 *
 * Makes the fetcher that fits @location. Nothing is asked of a server yet; a folder must be there.
 *
 * On failure this sets %TOMO_ERROR_UNSUPPORTED for another kind of URL, %TOMO_ERROR_NOT_FOUND if
 * the folder does not exist, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): a new fetcher
 */
TomoFetcher *
tomo_fetcher_new_for_location (const char *location, GError **error)
{
  g_return_val_if_fail (location != NULL, NULL);

  g_autofree char *scheme = g_uri_parse_scheme (location);

  if (scheme == NULL || strstr (location, "://") == NULL)
    return tomo_folder_fetcher_new (location, error);

  if (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0)
    return tomo_http_fetcher_new (location, error);

  if (g_ascii_strcasecmp (scheme, "file") == 0)
    {
      g_autofree char *host = NULL;
      g_autofree char *path = g_filename_from_uri (location, &host, NULL);
      if (path != NULL && (host == NULL || strcmp (host, "localhost") == 0))
        return tomo_folder_fetcher_new (path, error);
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "%s: is not the URL of a folder on this machine; write file:///path", location);
      return NULL;
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
               "cannot fetch by %s://; give an http or https URL or a folder", scheme);
  return NULL;
}

static gboolean
is_on_the_web (const char *location)
{
  g_autofree char *scheme = g_uri_parse_scheme (location);

  return scheme != NULL &&
         (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0);
}

static gpointer
prepare_work (gpointer input)
{
  g_type_class_unref (g_type_class_ref (TOMO_TYPE_HTTP_FETCHER));

  return NULL;
}

/**
 * tomo_fetcher_prepare:
 * @location: as for tomo_fetcher_new_for_location()
 *
 * Starts the libraries that fetching from @location takes, beside what the caller does next. That
 * takes them more than a millisecond, and nobody has to wait for it: a fetcher that is made
 * meanwhile does.
 *
 * Returns: (transfer full) (nullable): a thread to join, if there is anything to start
 */
GThread *
tomo_fetcher_prepare (const char *location)
{
  g_return_val_if_fail (location != NULL, NULL);

  return is_on_the_web (location) ? g_thread_new ("prepare", prepare_work, NULL) : NULL;
}

/**
 * tomo_fetcher_fetch_all:
 * @self: a fetcher
 * @requests: (element-type TomoFetchRequest): what is wanted; none of it tried before
 * @done_func: (nullable): called for each request when it has ended, in any order
 * @user_data: for @done_func
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Fetches all of @requests, several at once where the backend can. Each request ends with a body
 * or with an error of its own, which do not disturb the others. @done_func may put further
 * requests at the end of @requests; they are fetched in the same run. It must not remove any.
 *
 * This blocks. A fetcher serves one thread at a time.
 *
 * On failure this sets %TOMO_ERROR_CANCELLED, and every request that had not ended gets that error
 * too.
 *
 * Returns: %TRUE if every request was tried to its end, whatever came of it
 */
gboolean
tomo_fetcher_fetch_all (TomoFetcher *self,
                        GPtrArray *requests,
                        TomoFetchDoneFunc done_func,
                        gpointer user_data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (TOMO_IS_FETCHER (self), FALSE);
  g_return_val_if_fail (requests != NULL, FALSE);

  return TOMO_FETCHER_GET_CLASS (self)->fetch_all (self, requests, done_func, user_data,
                                                   cancellable, error);
}

/**
 * tomo_fetcher_fetch:
 * @self: a fetcher
 * @path: what is wanted, as for tomo_fetch_request_new()
 * @max_bytes: more than this is an error
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Fetches one file. This blocks.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_OFFLINE, %TOMO_ERROR_INVALID_DATA if
 * there was more than @max_bytes, %TOMO_ERROR_CANCELLED or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the file’s bytes
 */
GBytes *
tomo_fetcher_fetch (TomoFetcher *self,
                    const char *path,
                    size_t max_bytes,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  TomoFetchRequest *request = tomo_fetch_request_new (path, max_bytes, NULL);
  g_ptr_array_add (requests, request);

  if (!tomo_fetcher_fetch_all (self, requests, NULL, NULL, cancellable, error))
    return NULL;

  if (request->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&request->error));
      return NULL;
    }
  return g_steal_pointer (&request->body);
}

/**
 * tomo_fetcher_get_location:
 * @self: a fetcher
 *
 * Gives the location in a form that can be shown: never with a password in it.
 *
 * Returns: (transfer none): a URL or a path
 */
const char *
tomo_fetcher_get_location (TomoFetcher *self)
{
  g_return_val_if_fail (TOMO_IS_FETCHER (self), NULL);

  return TOMO_FETCHER_GET_CLASS (self)->get_location (self);
}

/**
 * tomo_fetcher_get_bytes_received:
 * @self: a fetcher
 *
 * Gives how many bytes of files have come in so far, as they were on the way, failed attempts
 * included.
 *
 * Returns: a number of bytes
 */
uint64_t
tomo_fetcher_get_bytes_received (TomoFetcher *self)
{
  g_return_val_if_fail (TOMO_IS_FETCHER (self), 0);

  return TOMO_FETCHER_GET_CLASS (self)->get_bytes_received (self);
}

/**
 * tomo_fetcher_set_progress_func:
 * @self: a fetcher
 * @func: (nullable): called in the thread that fetches, at most ten times a second while bytes
 *     arrive
 * @user_data: for @func
 *
 * Lets somebody watch large files arrive; that a file has ended is what the `done_func` of
 * tomo_fetcher_fetch_all() is for. It is not called between the last bytes and the end of a run.
 */
void
tomo_fetcher_set_progress_func (TomoFetcher *self, TomoFetchProgressFunc func, gpointer user_data)
{
  g_return_if_fail (TOMO_IS_FETCHER (self));

  TomoFetcherPrivate *priv = tomo_fetcher_get_instance_private (self);
  priv->progress_func = func;
  priv->progress_data = user_data;
}

/**
 * tomo_fetcher_report_progress: (skip)
 * @self: a fetcher
 *
 * Tells whoever watches how many bytes there are, unless that is no news or was told just now.
 *
 * Returns: when to come back at the latest, in monotonic time; %G_MAXINT64 if all has been told
 */
int64_t
tomo_fetcher_report_progress (TomoFetcher *self)
{
  TomoFetcherPrivate *priv = tomo_fetcher_get_instance_private (self);
  uint64_t n_bytes = tomo_fetcher_get_bytes_received (self);

  if (priv->progress_func == NULL || n_bytes == priv->reported_bytes)
    return G_MAXINT64;

  int64_t now_usecs = g_get_monotonic_time ();
  if (priv->reported_usecs != 0 && now_usecs < priv->reported_usecs + PROGRESS_USECS)
    return priv->reported_usecs + PROGRESS_USECS;

  priv->reported_usecs = now_usecs;
  priv->reported_bytes = n_bytes;
  priv->progress_func (self, n_bytes, priv->progress_data);
  return G_MAXINT64;
}

/**
 * tomo_fetcher_set_woken_func:
 * @self: a fetcher
 * @func: (nullable): called in the thread that fetches, between two things it does
 * @user_data: for @func
 *
 * Lets another thread make the one that fetches look for what is to be fetched next, while it waits
 * for the line: see tomo_fetcher_wake(). Where nothing is waited for, as with a folder, it is not
 * called; there each request ends at once.
 */
void
tomo_fetcher_set_woken_func (TomoFetcher *self, TomoFetchWokenFunc func, gpointer user_data)
{
  g_return_if_fail (TOMO_IS_FETCHER (self));

  TomoFetcherPrivate *priv = tomo_fetcher_get_instance_private (self);
  priv->woken_func = func;
  priv->woken_data = user_data;
}

/**
 * tomo_fetcher_wake:
 * @self: a fetcher that lives at least until this returns
 *
 * Has the function of tomo_fetcher_set_woken_func() called soon. This may be called in any thread.
 */
void
tomo_fetcher_wake (TomoFetcher *self)
{
  g_return_if_fail (TOMO_IS_FETCHER (self));

  TomoFetcherPrivate *priv = tomo_fetcher_get_instance_private (self);
  TomoFetcherClass *klass = TOMO_FETCHER_GET_CLASS (self);

  /* Who was woken and has not looked yet need not be woken again. */
  if (g_atomic_int_compare_and_exchange (&priv->is_woken, FALSE, TRUE) && klass->wake != NULL)
    klass->wake (self);
}

/**
 * tomo_fetcher_heed_wake: (skip)
 * @self: a fetcher
 *
 * Calls whoever wanted to be called, if somebody woke the fetcher.
 */
void
tomo_fetcher_heed_wake (TomoFetcher *self)
{
  TomoFetcherPrivate *priv = tomo_fetcher_get_instance_private (self);

  if (g_atomic_int_compare_and_exchange (&priv->is_woken, TRUE, FALSE) && priv->woken_func != NULL)
    priv->woken_func (priv->woken_data);
}
