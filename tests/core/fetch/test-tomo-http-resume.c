/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/fetch/tomo-http-fetcher.h"

#include <string.h>

#include "core/tomo-error.h"
#include "http-server.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\n"
#define PART_HEAD "HTTP/1.1 206 Partial Content\r\n"
#define WHOLE "0123456789"

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

/* Fetches one file, and gives back its request. */
static TomoFetchRequest *
fetch (Fixture *fixture,
       const char *path,
       size_t max_bytes,
       const char *begun,
       const char *validator)
{
  g_autoptr(GError) error = NULL;
  TomoFetchRequest *request = tomo_fetch_request_new (path, max_bytes, NULL);

  if (begun != NULL)
    request->begun = g_bytes_new (begun, strlen (begun));
  request->validator = g_strdup (validator);
  g_ptr_array_set_size (fixture->requests, 0);
  g_ptr_array_add (fixture->requests, request);
  g_assert_true (
      tomo_fetcher_fetch_all (fixture->fetcher, fixture->requests, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (
      (request->body != NULL) + (request->error != NULL) + (request->is_unchanged ? 1 : 0), ==, 1);
  return request;
}

static void
add (Fixture *fixture,
     const char *path,
     HttpReplyKind kind,
     unsigned int n_times,
     const char *head,
     const char *body)
{
  g_autofree char *absolute = g_strconcat ("/", path, NULL);
  http_server_add (fixture->server, absolute, kind, n_times, head, body, strlen (body));
}

static void
assert_bytes (GBytes *bytes, const char *expected)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
}

/* The second half of a file in every form, right and wrong. */
static const struct
{
  const char *name;
  const char *head;
  const char *body;
  unsigned int n_requests; /* for the second half, and then the whole if it was no use */
} parts[] = {
  { "fits", PART_HEAD "Content-Range: bytes 5-9/10\r\n", "56789", 1 },
  { "fits without a size", PART_HEAD "Content-Range: bytes 5-9/*\r\n", "56789", 1 },
  { "whole instead", OK_HEAD, WHOLE, 1 },
  { "begins too early", PART_HEAD "Content-Range: bytes 4-9/10\r\n", "456789", 2 },
  { "begins too late", PART_HEAD "Content-Range: bytes 6-9/10\r\n", "6789", 2 },
  { "ends too early", PART_HEAD "Content-Range: bytes 5-7/10\r\n", "567", 2 },
  { "does not say", PART_HEAD, "56789", 2 },
  { "says nonsense", PART_HEAD "Content-Range: bytes five\r\n", "56789", 2 },
  { "empty", PART_HEAD "Content-Range: bytes 5-9/10\r\nContent-Length: 0\r\n", "", 2 },
  { "packed", PART_HEAD "Content-Range: bytes 5-9/10\r\nContent-Encoding: gzip\r\n", "56789", 2 },
  { "there is no such part", "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */3\r\n",
    "", 2 },
};

/* A file that broke off goes on where it was, if what comes is what follows; else it comes anew. */
static void
test_resume_between_attempts (Fixture *fixture, gconstpointer data)
{
  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strdup_printf ("targets/%zu", i);
      g_autofree char *absolute = g_strconcat ("/", path, NULL);
      g_test_message ("Vector %s", parts[i].name);
      add (fixture, path, HTTP_REPLY_DROP, 1, OK_HEAD "Content-Length: 10\r\nETag: \"one\"\r\n",
           "01234");
      add (fixture, path, HTTP_REPLY_PLAIN, 1, parts[i].head, parts[i].body);
      add (fixture, path, HTTP_REPLY_PLAIN, 0, OK_HEAD, WHOLE);

      TomoFetchRequest *request = fetch (fixture, path, 10, NULL, NULL);
      g_assert_no_error (request->error);
      assert_bytes (request->body, WHOLE);
      g_assert_null (request->begun);
      g_assert_cmpuint (http_server_count_requests (fixture->server, absolute), ==,
                        1 + parts[i].n_requests);

      g_autofree char *head = http_server_dup_last_head (fixture->server);
      gboolean was_part = parts[i].n_requests == 1;
      g_assert_cmpint (strstr (head, "\r\nRange: bytes=5-\r\n") != NULL, ==, was_part);
      g_assert_cmpint (strstr (head, "\r\nIf-Range: \"one\"\r\n") != NULL, ==, was_part);
    }
}

/* A file that an earlier run left half done goes on likewise. */
static void
test_resume_earlier_run (Fixture *fixture, gconstpointer data)
{
  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strdup_printf ("targets/%zu", i);
      g_autofree char *absolute = g_strconcat ("/", path, NULL);
      g_test_message ("Vector %s", parts[i].name);
      add (fixture, path, HTTP_REPLY_PLAIN, 1, parts[i].head, parts[i].body);
      add (fixture, path, HTTP_REPLY_PLAIN, 0, OK_HEAD, WHOLE);

      TomoFetchRequest *request = fetch (fixture, path, 10, "01234", NULL);
      g_assert_no_error (request->error);
      assert_bytes (request->body, WHOLE);
      g_assert_null (request->begun);
      g_assert_cmpuint (http_server_count_requests (fixture->server, absolute), ==,
                        parts[i].n_requests);
    }
}

/* What has arrived is kept for another day, however it ended, but not what is no use then. */
static void
test_resume_leaves_beginning (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *head;
    const char *body;
    const char *begun; /* (nullable): before */
    const char *left;  /* (nullable) */
    TomoError code;
  } vectors[] = {
    { "broke off", OK_HEAD "Content-Length: 10\r\n", "012", NULL, "012", TOMO_ERROR_OFFLINE },
    { "broke off again", PART_HEAD "Content-Range: bytes 2-9/10\r\nContent-Length: 8\r\n", "23",
      "01", "0123", TOMO_ERROR_OFFLINE },
    { "server in trouble", "HTTP/1.1 500 No\r\nContent-Length: 4\r\n", "Oops", "01", "01",
      TOMO_ERROR_OFFLINE },
    { "too large", PART_HEAD "Content-Range: bytes 2-10/11\r\n", "23456789a", "01", NULL,
      TOMO_ERROR_INVALID_DATA },
    { "part too large", PART_HEAD "Content-Range: bytes 2-9/10\r\nConnection: close\r\n",
      "23456789a", "01", NULL, TOMO_ERROR_INVALID_DATA },
    { "portal", OK_HEAD, "<html></html>", "01", NULL, TOMO_ERROR_OFFLINE },
    { "packed", OK_HEAD "Content-Encoding: gzip\r\nContent-Length: 10\r\n", "012", NULL, NULL,
      TOMO_ERROR_OFFLINE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strdup_printf ("targets/%zu", i);
      g_test_message ("Vector %s", vectors[i].name);
      add (fixture, path, HTTP_REPLY_DROP, 1, vectors[i].head, vectors[i].body);
      /* So that no further attempt brings more. */
      add (fixture, path, HTTP_REPLY_PLAIN, 0, "HTTP/1.1 503 No\r\nRetry-After: 3600\r\n", "");

      TomoFetchRequest *request = fetch (fixture, path, 10, vectors[i].begun, NULL);
      g_assert_error (request->error, TOMO_ERROR, (int) vectors[i].code);
      if (vectors[i].left != NULL)
        assert_bytes (request->begun, vectors[i].left);
      else
        g_assert_null (request->begun);
    }
}

/* A line that breaks again and again still brings a large file, bit by bit. */
static void
test_resume_often (Fixture *fixture, gconstpointer data)
{
  g_autofree char *piece = g_strnfill (20000, 'x');
  g_autofree char *whole = g_strnfill (120000, 'x');

  for (unsigned int at = 0; at < 120000; at += 20000)
    {
      g_autofree char *head = g_strdup_printf (
          PART_HEAD "Content-Range: bytes %u-119999/120000\r\nContent-Length: %u\r\n", at,
          120000 - at);
      add (fixture, "targets/a", HTTP_REPLY_DROP, 1,
           at == 0 ? OK_HEAD "Content-Length: 120000\r\n" : head, piece);
    }

  TomoFetchRequest *request = fetch (fixture, "targets/a", 120000, NULL, NULL);
  g_assert_no_error (request->error);
  assert_bytes (request->body, whole);
  g_assert_cmpuint (tomo_fetcher_get_bytes_received (fixture->fetcher), ==, 120000);
}

/* Metadata may change under its name, so it goes on only where a strong tag says what it is; then
 * it is not packed. */
static void
test_resume_metadata (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *head;
    const char *body;
    gboolean resumes;
  } vectors[] = {
    { "strong", OK_HEAD "Content-Length: 10\r\nETag: \"one\"\r\n", "01234", TRUE },
    { "weak", OK_HEAD "Content-Length: 10\r\nETag: W/\"one\"\r\n", "01234", FALSE },
    { "no tag", OK_HEAD "Content-Length: 10\r\n", "01234", FALSE },
    { "packed", OK_HEAD "Content-Length: 10\r\nETag: \"one\"\r\nContent-Encoding: gzip\r\n",
      "\x1f\x8b\x08", FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strdup_printf ("metadata/%zu", i);
      g_test_message ("Vector %s", vectors[i].name);
      add (fixture, path, HTTP_REPLY_DROP, 1, vectors[i].head, vectors[i].body);
      if (vectors[i].resumes)
        add (fixture, path, HTTP_REPLY_PLAIN, 0, PART_HEAD "Content-Range: bytes 5-9/10\r\n",
             "56789");
      else
        add (fixture, path, HTTP_REPLY_PLAIN, 0, OK_HEAD, WHOLE);

      TomoFetchRequest *request = fetch (fixture, path, 10, NULL, NULL);
      g_assert_no_error (request->error);
      assert_bytes (request->body, WHOLE);

      g_autofree char *head = http_server_dup_last_head (fixture->server);
      g_assert_cmpint (strstr (head, "\r\nRange:") != NULL, ==, vectors[i].resumes);
      g_assert_cmpint (strstr (head, "\r\nAccept-Encoding:") == NULL, ==, vectors[i].resumes);
    }
}

/* Who holds a copy is told whether it still is the file, and what the next one is called. */
static void
test_conditional (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *validator; /* (nullable) */
    const char *head;
    gboolean is_asked;
    gboolean is_unchanged;
    const char *new_validator; /* (nullable) */
  } vectors[] = {
    { "unchanged", "\"one\"", "HTTP/1.1 304 Not Modified\r\n", TRUE, TRUE, "\"one\"" },
    { "weak and unchanged", "W/\"one\"", "HTTP/1.1 304 Not Modified\r\n", TRUE, TRUE, "W/\"one\"" },
    { "changed", "\"one\"", OK_HEAD "ETag: \"two\"\r\n", TRUE, FALSE, "\"two\"" },
    { "no name any more", "\"one\"", OK_HEAD, TRUE, FALSE, NULL },
    { "first", NULL, OK_HEAD "ETag: W/\"one\"\r\n", FALSE, FALSE, "W/\"one\"" },
    { "strange name", NULL, OK_HEAD "ETag: one two\r\n", FALSE, FALSE, NULL },
    { "strange question", "\"one\"\r\nCookie: a=b", OK_HEAD "ETag: \"two\"\r\n", FALSE, FALSE,
      "\"two\"" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strdup_printf ("metadata/%zu", i);
      g_test_message ("Vector %s", vectors[i].name);
      add (fixture, path, HTTP_REPLY_PLAIN, 0, vectors[i].head,
           vectors[i].is_unchanged ? "" : WHOLE);

      TomoFetchRequest *request = fetch (fixture, path, 10, NULL, vectors[i].validator);
      g_assert_no_error (request->error);
      g_assert_cmpint (request->is_unchanged, ==, vectors[i].is_unchanged);
      g_assert_cmpstr (request->validator, ==, vectors[i].new_validator);
      if (!vectors[i].is_unchanged)
        assert_bytes (request->body, WHOLE);

      g_autofree char *head = http_server_dup_last_head (fixture->server);
      g_assert_cmpint (strstr (head, "\r\nIf-None-Match: ") != NULL, ==, vectors[i].is_asked);
      g_assert_null (strstr (head, "Cookie"));
    }
}

/* Nobody is told that a copy is the file who did not ask. */
static void
test_conditional_unasked (Fixture *fixture, gconstpointer data)
{
  add (fixture, "metadata/a", HTTP_REPLY_PLAIN, 0, "HTTP/1.1 304 Not Modified\r\n", "");

  TomoFetchRequest *request = fetch (fixture, "metadata/a", 10, NULL, NULL);
  g_assert_error (request->error, TOMO_ERROR, TOMO_ERROR_OFFLINE);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  /* The proxy of the machine that tests does not know our loopback. */
  g_setenv ("no_proxy", "*", TRUE);

  ADD ("/http-resume/between-attempts", test_resume_between_attempts);
  ADD ("/http-resume/earlier-run", test_resume_earlier_run);
  ADD ("/http-resume/leaves-beginning", test_resume_leaves_beginning);
  ADD ("/http-resume/often", test_resume_often);
  ADD ("/http-resume/metadata", test_resume_metadata);
  ADD ("/http-resume/conditional", test_conditional);
  ADD ("/http-resume/conditional-unasked", test_conditional_unasked);
  return g_test_run ();
}
