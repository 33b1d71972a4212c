/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that a first sync could be: fetches a list of files, hashes each, unpacks what is
 * packed, verifies as many signatures as a sync does, puts the files into folders by their hashes,
 * and syncs the file system. It checks nothing of what it got and makes no index.
 *
 *   floor URLS FOLDER N-CONNECTIONS N-SIGNATURES
 *
 * URLS has one address a line. Fetching has one thread, the rest another. */

#include <curl/curl.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <libdeflate.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_PLAIN_BYTES (4 * 1024 * 1024)
#define ED25519_BYTES 32

typedef struct
{
  char *url;
  GByteArray *body;
} File;

typedef struct
{
  GAsyncQueue *queue;
  const char *folder;
  unsigned int n_signatures;
} Work;

static File last_file;

static size_t
write_cb (char *data, size_t size, size_t n, void *user_data)
{
  File *file = user_data;
  g_byte_array_append (file->body, (const uint8_t *) data, (unsigned int) (size * n));
  return size * n;
}

/* The first vector of RFC 8032, section 7.1: the signature of nothing. */
static void
verify_signature (void)
{
  static const uint8_t key_bytes[ED25519_BYTES] = {
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
    0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
  };
  static const uint8_t signature[2 * ED25519_BYTES] = {
    0xe5, 0x56, 0x43, 0x00, 0xc3, 0x60, 0xac, 0x72, 0x90, 0x86, 0xe2, 0xcc, 0x80, 0x6e, 0x82, 0x8a,
    0x84, 0x87, 0x7f, 0x1e, 0xb8, 0xe5, 0xd9, 0x74, 0xd8, 0x73, 0xe0, 0x65, 0x22, 0x49, 0x01, 0x55,
    0x5f, 0xb8, 0x82, 0x15, 0x90, 0xa3, 0x3b, 0xac, 0xc6, 0x1e, 0x39, 0x70, 0x1c, 0xf9, 0xb4, 0x6b,
    0xd2, 0x5b, 0xf5, 0xf0, 0x59, 0x5b, 0xbe, 0x24, 0x65, 0x51, 0x41, 0x43, 0x8e, 0x7a, 0x10, 0x0b,
  };
  EVP_PKEY *key = EVP_PKEY_new_raw_public_key (EVP_PKEY_ED25519, NULL, key_bytes, ED25519_BYTES);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  if (EVP_DigestVerifyInit (context, NULL, NULL, NULL, key) != 1 ||
      EVP_DigestVerify (context, signature, sizeof signature, (const uint8_t *) "", 0) != 1)
    abort ();
  EVP_MD_CTX_free (context);
  EVP_PKEY_free (key);
}

static void
inflate_packed (const File *file, uint8_t *plain)
{
  struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor ();
  size_t n_plain = 0;

  if (g_str_has_suffix (file->url, ".gz") &&
      libdeflate_gzip_decompress (inflater, file->body->data, file->body->len, plain,
                                  MAX_PLAIN_BYTES, &n_plain) != LIBDEFLATE_SUCCESS)
    abort ();
  libdeflate_free_decompressor (inflater);
}

static void
store (const File *file, const char *folder)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, file->url, -1);
  uint8_t digest[EVP_MAX_MD_SIZE];
  EVP_Digest (file->body->data, file->body->len, digest, NULL, EVP_sha256 (), NULL);

  g_autofree char *partial = g_build_filename (folder, "partial", NULL);
  g_autofree char *parent = g_strdup_printf ("%s/%02x", folder, digest[0]);
  g_autofree char *path = g_build_filename (parent, name, NULL);
  int fd = open (partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0 || write (fd, file->body->data, file->body->len) != (ssize_t) file->body->len)
    abort ();
  close (fd);
  mkdir (parent, 0755);
  if (rename (partial, path) != 0)
    abort ();
}

static gpointer
take_in_work (gpointer input)
{
  const Work *work = input;
  g_autofree uint8_t *plain = g_malloc (MAX_PLAIN_BYTES);
  File *file;

  for (unsigned int i = 0; i < work->n_signatures; i++)
    verify_signature ();
  while ((file = g_async_queue_pop (work->queue)) != &last_file)
    {
      inflate_packed (file, plain);
      store (file, work->folder);
    }

  return NULL;
}

static void
start (CURLM *multi, const char *url)
{
  File *file = g_new0 (File, 1);
  CURL *easy = curl_easy_init ();

  file->url = g_strdup (url);
  file->body = g_byte_array_new ();
  curl_easy_setopt (easy, CURLOPT_URL, url);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, file);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, write_cb);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, file);
  curl_easy_setopt (easy, CURLOPT_CAINFO, g_getenv ("SSL_CERT_FILE"));
  /* One connection, if it may carry all. */
  curl_easy_setopt (easy, CURLOPT_PIPEWAIT, g_str_has_prefix (url, "https:") ? 1L : 0L);
  curl_multi_add_handle (multi, easy);
}

/* Hands over what has come, and tells how many that was. */
static unsigned int
end_transfers (CURLM *multi, GAsyncQueue *queue)
{
  unsigned int n_ended = 0;
  int n_left = 0;
  CURLMsg *message;

  while ((message = curl_multi_info_read (multi, &n_left)) != NULL)
    {
      CURL *easy = message->easy_handle;
      File *file = NULL;
      if (message->data.result != CURLE_OK)
        abort ();
      curl_easy_getinfo (easy, CURLINFO_PRIVATE, (char **) &file);
      curl_multi_remove_handle (multi, easy);
      curl_easy_cleanup (easy);
      g_async_queue_push (queue, file);
      n_ended++;
    }

  return n_ended;
}

static void
fetch_all (char **urls, unsigned int max_active, GAsyncQueue *queue)
{
  CURLM *multi = curl_multi_init ();
  unsigned int n_active = 0;
  int n_running = 0;

  curl_multi_setopt (multi, CURLMOPT_MAX_HOST_CONNECTIONS, 8L);
  while (*urls != NULL || n_active > 0)
    {
      for (; *urls != NULL && n_active < max_active; n_active++)
        start (multi, *urls++);
      curl_multi_perform (multi, &n_running);
      unsigned int n_ended = end_transfers (multi, queue);
      n_active -= n_ended;
      if (n_ended == 0)
        curl_multi_poll (multi, NULL, 0, 1000, NULL);
    }
  curl_multi_cleanup (multi);
}

int
main (int argc, char **argv)
{
  g_autofree char *text = NULL;

  if (argc != 5 || !g_file_get_contents (argv[1], &text, NULL, NULL))
    {
      g_printerr ("usage: floor URLS FOLDER N-CONNECTIONS N-SIGNATURES\n");
      return 2;
    }

  g_auto(GStrv) urls = g_strsplit (g_strchomp (text), "\n", 0);
  Work work = {
    .queue = g_async_queue_new (),
    .folder = argv[2],
    .n_signatures = (unsigned int) g_ascii_strtoull (argv[4], NULL, 10),
  };
  curl_global_init (CURL_GLOBAL_DEFAULT);
  GThread *thread = g_thread_new ("intake", take_in_work, &work);
  fetch_all (urls, (unsigned int) g_ascii_strtoull (argv[3], NULL, 10), work.queue);
  g_async_queue_push (work.queue, &last_file);
  g_thread_join (thread);

  int fd = open (work.folder, O_RDONLY | O_DIRECTORY);
  return fd >= 0 && syncfs (fd) == 0 ? 0 : 1;
}
