/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gstdio.h>

#include "core/store/tomo-store-file-private.h"
#include "core/tomo-error.h"
#include "tests/core/fetch/http-server.h"
#include "tests/core/tomo-update-rig.h"

#define ALL "jp/more jp/words th/more th/words"
#define OK_HEAD "HTTP/1.1 200 OK\r\n"
#define PACK "jp/packs/words/en.k1.gz"

static void
count_cb (TomoUpdate *update, const char *location, const GError *reason, gpointer user_data)
{
  unsigned int *n_failed = user_data;
  *n_failed += 1;
}

/* A sync that must succeed; gives how many sources failed before. */
static unsigned int
sync_and_count (TomoUpdateRig *rig, TomoUpdateOutcome outcome)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoUpdate) update = tomo_update_new (rig->store, rig->campaign);
  unsigned int n_failed = 0;

  tomo_update_set_now (update, rig->now_secs);
  g_signal_connect (update, "source-failed", G_CALLBACK (count_cb), &n_failed);
  tomo_update_run (update, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tomo_update_get_outcome (update), ==, outcome);
  g_assert_cmpuint (g_strv_length ((char **) tomo_update_get_kept_partners (update)), ==, 0);
  return n_failed;
}

/* The mirror that was good is asked first, for a day; then the first gets another chance, and one
 * that is not configured any more is forgotten. */
static void
test_sources_good_mirror (TomoUpdateRig *rig, gconstpointer data)
{
  tomo_update_rig_use (rig, "/nonexistent", rig->source);
  g_assert_cmpuint (sync_and_count (rig, TOMO_UPDATE_CHANGED), ==, 1);
  g_assert_cmpuint (sync_and_count (rig, TOMO_UPDATE_UNCHANGED), ==, 0);
  rig->now_secs += TOMO_UPDATE_RIG_DAY;
  g_assert_cmpuint (sync_and_count (rig, TOMO_UPDATE_UNCHANGED), ==, 1);
  g_assert_cmpuint (sync_and_count (rig, TOMO_UPDATE_UNCHANGED), ==, 0);

  g_autofree char *other = tomo_update_rig_copy (rig, "other");
  tomo_update_rig_use (rig, "/nonexistent", other);
  g_assert_cmpuint (sync_and_count (rig, TOMO_UPDATE_UNCHANGED), ==, 1);

  /* What stands in the note is nobody's word. */
  g_autoptr(GError) error = NULL;
  g_autofree char *note = g_build_filename (tomo_store_get_path (rig->store), "campaigns", "rig",
                                            "metadata", "last-mirror", NULL);
  g_file_set_contents (note, "\xff\n9999999999999999999999\n\n", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_and_count (rig, TOMO_UPDATE_UNCHANGED), ==, 1);
}

static void
remove_below (const char *source, const char *folder)
{
  g_autofree char *path = g_build_filename (source, "targets", folder, NULL);
  g_autofree char *away = g_strconcat (path, ".away", NULL);

  g_assert_cmpint (g_rename (path, away), ==, 0);
}

/* A mirror that was copied in the middle is left for the next, which goes on with what came. What
 * no mirror has costs only its partner. */
static void
test_sources_half_mirrors (TomoUpdateRig *rig, gconstpointer data)
{
  g_autofree char *without_th = tomo_update_rig_copy (rig, "without-th");
  g_autofree char *without_jp = tomo_update_rig_copy (rig, "without-jp");
  remove_below (without_th, "th");
  remove_below (without_jp, "jp");

  tomo_update_rig_use (rig, without_th, without_th);
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, "th");
  tomo_update_rig_assert_shown (rig, "jp/more jp/words");
  tomo_update_rig_use (rig, without_th, without_jp);
  g_assert_cmpuint (sync_and_count (rig, TOMO_UPDATE_CHANGED), ==, 1);
  tomo_update_rig_assert_shown (rig, ALL);
}

/* If the first mirror has some of the news and the second is behind, those are not lost. */
static void
test_sources_half_and_behind (TomoUpdateRig *rig, gconstpointer data)
{
  g_autofree char *behind = tomo_update_rig_copy (rig, "behind");

  remove_below (rig->source, "th");
  tomo_update_rig_publish (rig, "jp,th");
  tomo_update_rig_use (rig, rig->source, behind);
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, "th");
  tomo_update_rig_assert_shown (rig, "jp/more jp/words");
}

static void
serve_folder (HttpServer *server, const char *folder, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (folder, name, NULL);
      g_autofree char *child_path = g_strconcat (path, "/", name, NULL);
      g_autofree char *bytes = NULL;
      size_t size = 0;
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          serve_folder (server, child, child_path);
          continue;
        }
      g_file_get_contents (child, &bytes, &size, &error);
      g_assert_no_error (error);
      http_server_add (server, child_path, HTTP_REPLY_PLAIN, 0, OK_HEAD, bytes, size);
    }
}

static HttpServer *
serve (TomoUpdateRig *rig)
{
  HttpServer *server = http_server_new ();

  tomo_update_rig_use (rig, http_server_get_url (server), NULL);
  return server;
}

static char *
dup_sha256 (TomoUpdateRig *rig, const char *role, const char *path)
{
  json_t *targets = json_object_get (tomo_test_repo_get (rig->repo, role), "targets");
  json_t *hashes = json_object_get (json_object_get (targets, path), "hashes");

  return g_strdup (json_string_value (json_object_get (hashes, "sha256")));
}

/* Where a server has the pack that breaks off, and its bytes. */
static char *
load_pack (TomoUpdateRig *rig, char **out_bytes, size_t *out_size)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sha256 = dup_sha256 (rig, "jp", PACK);
  char *path = g_strdup_printf ("/targets/jp/packs/words/%s.en.k1.gz", sha256);
  g_autofree char *file = g_build_filename (rig->source, path, NULL);

  g_file_get_contents (file, out_bytes, out_size, &error);
  g_assert_no_error (error);
  return path;
}

static char *
dup_begun_path (TomoUpdateRig *rig)
{
  g_autofree char *sha256 = dup_sha256 (rig, "jp", PACK);
  g_autofree char *name = g_strconcat (sha256, ".begun", NULL);

  return g_build_filename (tomo_store_get_path (rig->store), "private", "partial", name, NULL);
}

static void
serve_rest (HttpServer *server, const char *path, const char *bytes, size_t begun, size_t size)
{
  g_autofree char *head =
      g_strdup_printf ("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes "
                       "%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT "\r\n",
                       begun, size - 1, size);

  http_server_add (server, path, HTTP_REPLY_PLAIN, 1, head, bytes + begun, size - begun);
}

/* What broke off is kept, and the next sync, of another process on another day, asks only for the
 * rest. */
static void
test_sources_resume (TomoUpdateRig *rig, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  size_t size = 0;
  g_autofree char *path = load_pack (rig, &bytes, &size);
  g_autofree char *begun = dup_begun_path (rig);
  g_autofree char *head = g_strdup_printf (OK_HEAD "Content-Length: %" G_GSIZE_FORMAT "\r\n", size);

  HttpServer *breaking = serve (rig);
  http_server_add (breaking, path, HTTP_REPLY_DROP, 0, head, bytes, size / 2);
  g_autofree char *metadata = tomo_update_rig_dup_path (rig, "metadata");
  g_autofree char *targets = tomo_update_rig_dup_path (rig, "targets");
  serve_folder (breaking, metadata, "/metadata");
  serve_folder (breaking, targets, "/targets");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, "jp");
  tomo_update_rig_assert_shown (rig, "th/more th/words");
  http_server_free (breaking);
  g_assert_true (g_file_test (begun, G_FILE_TEST_IS_REGULAR));

  g_autoptr(HttpServer) whole = serve (rig);
  serve_rest (whole, path, bytes, size / 2, size);
  serve_folder (whole, metadata, "/metadata");
  serve_folder (whole, targets, "/targets");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_update_rig_assert_shown (rig, ALL);
  g_assert_cmpuint (http_server_count_requests (whole, path), ==, 1);
  g_assert_false (g_file_test (begun, G_FILE_TEST_EXISTS));
}

/* A beginning that does not fit costs one more request, and not the partner's news. */
static void
test_sources_resume_wrong (TomoUpdateRig *rig, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *bytes = NULL;
  size_t size = 0;
  g_autofree char *path = load_pack (rig, &bytes, &size);
  g_autofree char *begun = dup_begun_path (rig);
  g_autofree char *wrong = g_malloc0 (size / 2);
  g_autofree char *metadata = tomo_update_rig_dup_path (rig, "metadata");
  g_autofree char *targets = tomo_update_rig_dup_path (rig, "targets");

  g_assert_true (tomo_store_create (rig->store, &error));
  g_file_set_contents (begun, wrong, (gssize) (size / 2), &error);
  g_assert_no_error (error);

  g_autoptr(HttpServer) server = serve (rig);
  serve_rest (server, path, bytes, size / 2, size);
  serve_folder (server, metadata, "/metadata");
  serve_folder (server, targets, "/targets");
  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_update_rig_assert_shown (rig, ALL);
  g_assert_cmpuint (http_server_count_requests (server, path), ==, 2);
  g_assert_false (g_file_test (begun, G_FILE_TEST_EXISTS));
}

static gboolean
asked_conditionally (HttpServer *server)
{
  g_autofree char *head = http_server_dup_last_head (server);

  return strstr (head, "If-None-Match: \"one\"") != NULL;
}

/* The timestamp is asked for with what the server called it. That it has not changed is then
 * verified like a timestamp that came: a lie holds back news, until what we have expires, and a
 * cached one that is damaged is asked for without conditions. */
static void
test_sources_unchanged (TomoUpdateRig *rig, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *metadata = tomo_update_rig_dup_path (rig, "metadata");
  g_autofree char *targets = tomo_update_rig_dup_path (rig, "targets");
  g_autoptr(HttpServer) server = serve (rig);
  g_autofree char *bytes = NULL;
  size_t size = 0;

  tomo_test_repo_change (rig->repo, "timestamp", "x-tomoshibi-signed-on",
                         "\"2026-11-22T09:00:00Z\"");
  tomo_test_repo_change (rig->repo, "timestamp", "expires", "\"2026-12-01T00:00:00Z\"");
  tomo_update_rig_publish (rig, "");
  g_autofree char *timestamp = tomo_update_rig_dup_path (rig, "metadata/timestamp.json");
  g_file_get_contents (timestamp, &bytes, &size, &error);
  g_assert_no_error (error);
  http_server_add (server, "/metadata/timestamp.json", HTTP_REPLY_PLAIN, 1,
                   OK_HEAD "ETag: \"one\"\r\n", bytes, size);
  http_server_add (server, "/metadata/timestamp.json", HTTP_REPLY_PLAIN, 0,
                   "HTTP/1.1 304 Not Modified\r\nETag: \"one\"\r\n", "", 0);
  serve_folder (server, metadata, "/metadata");
  serve_folder (server, targets, "/targets");

  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_update_rig_sync (rig, TOMO_UPDATE_UNCHANGED, NULL);
  g_assert_true (asked_conditionally (server));

  rig->now_secs += 20 * TOMO_UPDATE_RIG_DAY;
  g_autoptr(TomoUpdate) late = tomo_update_rig_run (rig, &error);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_STALE);
  g_assert_true (asked_conditionally (server));
  tomo_update_rig_assert_shown (rig, ALL);
  g_clear_error (&error);

  rig->now_secs -= 20 * TOMO_UPDATE_RIG_DAY;
  g_autofree char *cached = g_build_filename (tomo_store_get_path (rig->store), "campaigns", "rig",
                                              "metadata", "timestamp.json", NULL);
  g_file_set_contents (cached, "{}", -1, &error);
  g_assert_no_error (error);
  g_autoptr(TomoUpdate) damaged = tomo_update_rig_run (rig, &error);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
  g_assert_false (asked_conditionally (server));
}

/* A captive portal is named as such, and takes nothing away. */
static void
test_sources_captive_portal (TomoUpdateRig *rig, gconstpointer data)
{
  static const char page[] = "<!DOCTYPE html><title>Welcome to our hotel</title>";
  static const char *const paths[] = { "/metadata/2.root.json", "/metadata/timestamp.json" };
  g_autoptr(GError) error = NULL;

  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  g_autoptr(HttpServer) server = serve (rig);
  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
    http_server_add (server, paths[i], HTTP_REPLY_PLAIN, 0, OK_HEAD "Content-Type: text/html\r\n",
                     page, strlen (page));
  g_autoptr(TomoUpdate) update = tomo_update_rig_run (rig, &error);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "portal"));
  tomo_update_rig_assert_shown (rig, ALL);
}

/* Two at once: the second is told so at once, and which lock it is. */
static void
test_sources_busy (TomoUpdateRig *rig, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoStore) other = tomo_store_new (tomo_store_get_path (rig->store));

  g_assert_true (tomo_store_create (other, &error) && tomo_store_lock (other, &error));
  g_autoptr(TomoUpdate) update = tomo_update_rig_run (rig, &error);
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "private/lock"));
  tomo_store_unlock (other);
}

typedef struct
{
  int errno_value;
  unsigned int n_objects;
} Fault;

/* Every object that is written fails. */
static int
fault_cb (const char *step, const char *path, gpointer user_data)
{
  Fault *fault = user_data;
  g_autofree char *name = g_path_get_basename (path);

  if (!g_str_equal (step, "write") || strlen (name) != 64)
    return 0;
  fault->n_objects++;
  return fault->errno_value;
}

/* After the first file that this machine cannot keep, nothing more is fetched, from here or from
 * another mirror; the error says what it was and where. */
static void
test_sources_full_disk (TomoUpdateRig *rig, gconstpointer data)
{
  static const struct
  {
    int errno_value;
    int code;
  } vectors[] = {
    { ENOSPC, TOMO_ERROR_NO_SPACE },
    { EIO, TOMO_ERROR_FAILED },
    { EROFS, TOMO_ERROR_FAILED },
  };

  tomo_update_rig_use (rig, rig->source, rig->source);
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      Fault fault = { vectors[i].errno_value, 0 };

      tomo_store_set_fault_func (fault_cb, &fault);
      g_autoptr(TomoUpdate) update = tomo_update_rig_run (rig, &error);
      tomo_store_set_fault_func (NULL, NULL);
      g_assert_error (error, TOMO_ERROR, vectors[i].code);
      g_assert_nonnull (strstr (error->message, tomo_store_get_path (rig->store)));
      g_assert_nonnull (strstr (error->message, g_strerror (vectors[i].errno_value)));
      g_assert_cmpuint (fault.n_objects, ==, 1);
    }

  tomo_update_rig_sync (rig, TOMO_UPDATE_CHANGED, NULL);
  tomo_update_rig_assert_shown (rig, ALL);
}

typedef struct
{
  GCancellable *cancellable;
  int n_left;
  uint64_t n_bytes;
  uint64_t n_bytes_total;
  unsigned int n_done;
  unsigned int n_total;
} Watch;

static void
watch_cb (TomoUpdate *update,
          TomoUpdatePhase phase,
          unsigned int n_done,
          unsigned int n_total,
          uint64_t n_bytes,
          uint64_t n_bytes_total,
          gpointer user_data)
{
  Watch *watch = user_data;

  if (watch->n_left-- == 0)
    g_cancellable_cancel (watch->cancellable);
  if (phase != TOMO_UPDATE_PHASE_CONTENT)
    return;

  g_assert_cmpuint (n_bytes, <=, n_bytes_total);
  g_assert_cmpuint (n_done, <=, n_total);
  watch->n_bytes = n_bytes;
  watch->n_bytes_total = n_bytes_total;
  watch->n_done = n_done;
  watch->n_total = n_total;
}

/* Whenever somebody asks to stop, all or nothing is shown, and the next sync is none the worse. */
static void
test_sources_cancel (TomoUpdateRig *rig, gconstpointer data)
{
  gboolean was_cancelled = TRUE;
  int n_moments = 0;

  for (; was_cancelled; n_moments++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autofree char *name = g_strdup_printf ("cancelled-%d", n_moments);
      g_autofree char *path = g_build_filename (rig->folder, name, NULL);
      g_autoptr(TomoStore) store = tomo_store_new (path);
      g_autoptr(TomoUpdate) update = tomo_update_new (store, rig->campaign);
      Watch watch = { .cancellable = cancellable, .n_left = n_moments };

      tomo_update_set_now (update, rig->now_secs);
      g_signal_connect (update, "progress", G_CALLBACK (watch_cb), &watch);
      was_cancelled = !tomo_update_run (update, cancellable, &error);
      if (was_cancelled)
        g_assert_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
      g_autofree char *shown = tomo_update_rig_dup_shown (rig, store);
      g_assert_cmpstr (shown, ==, was_cancelled ? "" : ALL);
      g_clear_error (&error);

      watch.n_left = -1;
      g_assert_true (tomo_update_run (update, NULL, &error));
      g_assert_no_error (error);
      g_autofree char *after = tomo_update_rig_dup_shown (rig, store);
      g_assert_cmpstr (after, ==, ALL);
    }
  g_test_message ("%d moments", n_moments);
  g_assert_cmpint (n_moments, >, 8);
}

/* Progress has a total from what is signed, and reaches it. */
static void
test_sources_progress (TomoUpdateRig *rig, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoUpdate) update = tomo_update_new (rig->store, rig->campaign);
  Watch watch = { .n_left = -1 };

  tomo_update_set_now (update, rig->now_secs);
  g_signal_connect (update, "progress", G_CALLBACK (watch_cb), &watch);
  g_assert_true (tomo_update_run (update, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (watch.n_total, ==, 5); /* four packs and the campaign file */
  g_assert_cmpuint (watch.n_done, ==, watch.n_total);
  g_assert_cmpuint (watch.n_bytes, >, 0);
  g_assert_cmpuint (watch.n_bytes, ==, watch.n_bytes_total);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, TomoUpdateRig, NULL, tomo_update_rig_set_up, func, tomo_update_rig_tear_down)
  ADD ("/update/sources/good-mirror", test_sources_good_mirror);
  ADD ("/update/sources/half-mirrors", test_sources_half_mirrors);
  ADD ("/update/sources/half-and-behind", test_sources_half_and_behind);
  ADD ("/update/sources/resume", test_sources_resume);
  ADD ("/update/sources/resume-wrong", test_sources_resume_wrong);
  ADD ("/update/sources/unchanged", test_sources_unchanged);
  ADD ("/update/sources/captive-portal", test_sources_captive_portal);
  ADD ("/update/sources/busy", test_sources_busy);
  ADD ("/update/sources/full-disk", test_sources_full_disk);
  ADD ("/update/sources/cancel", test_sources_cancel);
  ADD ("/update/sources/progress", test_sources_progress);
#undef ADD
  return g_test_run ();
}
