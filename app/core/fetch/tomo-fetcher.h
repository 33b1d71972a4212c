/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* One file wanted from a repository. Made by the caller, filled in by the fetcher. It ends in
 * exactly one of @body, @error or @is_unchanged. */
typedef struct
{
  char *path;       /* (owned): relative, already percent-encoded, ‘metadata/3.root.json’ */
  size_t max_bytes; /* more than this is an error, found while it arrives */
  void *user_data;  /* the caller's */

  /* What is known from before. Either may stay NULL, and a fetcher may ignore both. */
  GBytes *begun;   /* (owned) (nullable): the first bytes, as an earlier attempt left them; only
                    * for files that are checked by hash, since nobody vouches that they fit */
  char *validator; /* (owned) (nullable): what the source called the copy that the caller holds
                    * (an entity tag); on success what it calls the new one */

  GBytes *body;          /* (owned) (nullable): set on success: the whole file */
  GError *error;         /* (owned) (nullable): set on failure; @begun is then what has arrived */
  gboolean is_unchanged; /* the source says that the copy of @validator is still the file */
} TomoFetchRequest;

TomoFetchRequest *tomo_fetch_request_new (const char *path, size_t max_bytes, void *user_data);
void tomo_fetch_request_free (TomoFetchRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoFetchRequest, tomo_fetch_request_free)

/* Called in the thread that fetches, once for each request when it has ended either way. It may
 * add requests to the end of the array that is being fetched: what a file leads to need not wait
 * for its neighbours. */
typedef void (*TomoFetchDoneFunc) (TomoFetchRequest *request, gpointer user_data);

/* Where files come from. Errors of a request: NOT_FOUND (404, 410, 403; no such file),
 * OFFLINE (no answer, 5xx, a dropped connection, a web page in place of data),
 * INVALID_DATA (larger than max_bytes), FAILED. */
#define TOMO_TYPE_FETCHER (tomo_fetcher_get_type ())
G_DECLARE_DERIVABLE_TYPE (TomoFetcher, tomo_fetcher, TOMO, FETCHER, GObject)

/* Called in the thread that fetches, at most ten times a second while bytes arrive.
 * @bytes_received is what tomo_fetcher_get_bytes_received() gives. */
typedef void (*TomoFetchProgressFunc) (TomoFetcher *fetcher,
                                       uint64_t bytes_received,
                                       gpointer user_data);

/* Called in the thread that fetches, after tomo_fetcher_wake(). Like a TomoFetchDoneFunc it may add
 * requests. */
typedef void (*TomoFetchWokenFunc) (gpointer user_data);

struct _TomoFetcherClass
{
  GObjectClass parent_class;

  gboolean (*fetch_all) (TomoFetcher *self,
                         GPtrArray *requests,
                         TomoFetchDoneFunc done_func,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error);
  const char *(*get_location) (TomoFetcher *self);
  uint64_t (*get_bytes_received) (TomoFetcher *self);
  void (*wake) (TomoFetcher *self); /* (nullable): for those that wait */
};

GThread *tomo_fetcher_prepare (const char *location);
TomoFetcher *tomo_fetcher_new_for_location (const char *location, GError **error);
gboolean tomo_fetcher_fetch_all (TomoFetcher *self,
                                 GPtrArray *requests,
                                 TomoFetchDoneFunc done_func,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 GError **error);
GBytes *tomo_fetcher_fetch (TomoFetcher *self,
                            const char *path,
                            size_t max_bytes,
                            GCancellable *cancellable,
                            GError **error);
const char *tomo_fetcher_get_location (TomoFetcher *self);
uint64_t tomo_fetcher_get_bytes_received (TomoFetcher *self);
void
tomo_fetcher_set_progress_func (TomoFetcher *self, TomoFetchProgressFunc func, gpointer user_data);
void tomo_fetcher_set_woken_func (TomoFetcher *self, TomoFetchWokenFunc func, gpointer user_data);
void tomo_fetcher_wake (TomoFetcher *self);

G_END_DECLS
