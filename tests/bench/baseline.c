/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a program costs that does nothing but start the libraries of an update: GIO, libcurl,
 * OpenSSL, jansson and SQLite. `tomoctl sync` that finds nothing new is measured against this.
 *
 *   baseline [LIBRARY]…    all of them, or only those named: gio curl tls crypto jansson sqlite
 */

#include <curl/curl.h>
#include <gio/gio.h>
#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <sqlite3.h>
#include <stdint.h>

#define ED25519_KEY_BYTES 32
#define ED25519_SIGNATURE_BYTES 64

/* The first vector of RFC 8032, section 7.1: the signature of nothing. */
static const uint8_t key_bytes[ED25519_KEY_BYTES] = {
  0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a,
  0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
};
static const uint8_t signature[ED25519_SIGNATURE_BYTES] = {
  0xe5, 0x56, 0x43, 0x00, 0xc3, 0x60, 0xac, 0x72, 0x90, 0x86, 0xe2, 0xcc, 0x80, 0x6e, 0x82, 0x8a,
  0x84, 0x87, 0x7f, 0x1e, 0xb8, 0xe5, 0xd9, 0x74, 0xd8, 0x73, 0xe0, 0x65, 0x22, 0x49, 0x01, 0x55,
  0x5f, 0xb8, 0x82, 0x15, 0x90, 0xa3, 0x3b, 0xac, 0xc6, 0x1e, 0x39, 0x70, 0x1c, 0xf9, 0xb4, 0x6b,
  0xd2, 0x5b, 0xf5, 0xf0, 0x59, 0x5b, 0xbe, 0x24, 0x65, 0x51, 0x41, 0x43, 0x8e, 0x7a, 0x10, 0x0b,
};

static gboolean
start_gio (void)
{
  g_autoptr(GFile) file = g_file_new_for_path ("/");
  return g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY;
}

static gboolean
start_curl (void)
{
  if (curl_global_init (CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return FALSE;

  CURL *easy = curl_easy_init ();
  gboolean success = easy != NULL;
  curl_easy_cleanup (easy);
  return success;
}

/* Without the machine's authorities: a refresh over plain HTTP reads none either. */
static gboolean
start_tls (void)
{
  SSL_CTX *context = SSL_CTX_new (TLS_client_method ());
  gboolean success = context != NULL;
  SSL_CTX_free (context);
  return success;
}

static gboolean
start_crypto (void)
{
  EVP_PKEY *key = EVP_PKEY_new_raw_public_key (EVP_PKEY_ED25519, NULL, key_bytes, sizeof key_bytes);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gboolean success =
      EVP_DigestVerifyInit (context, NULL, NULL, NULL, key) == 1 &&
      EVP_DigestVerify (context, signature, sizeof signature, (const uint8_t *) "", 0) == 1;

  EVP_MD_CTX_free (context);
  EVP_PKEY_free (key);
  return success;
}

static gboolean
start_jansson (void)
{
  json_t *tree = json_loads ("{\"signed\": {}, \"signatures\": []}", JSON_REJECT_DUPLICATES, NULL);
  gboolean success = json_object_size (tree) == 2;
  json_decref (tree);
  return success;
}

static gboolean
start_sqlite (void)
{
  sqlite3 *database = NULL;
  gboolean success = sqlite3_open (":memory:", &database) == SQLITE_OK;
  sqlite3_close (database);
  return success;
}

static const struct
{
  const char *name;
  gboolean (*start) (void);
} libraries[] = {
  { "gio", start_gio },       { "curl", start_curl },       { "tls", start_tls },
  { "crypto", start_crypto }, { "jansson", start_jansson }, { "sqlite", start_sqlite },
};

int
main (int argc, char **argv)
{
  for (size_t i = 0; i < G_N_ELEMENTS (libraries); i++)
    {
      gboolean wanted =
          argc == 1 || g_strv_contains ((const char *const *) argv + 1, libraries[i].name);
      if (wanted && !libraries[i].start ())
        {
          g_printerr ("baseline: %s did not start\n", libraries[i].name);
          return 1;
        }
    }

  return 0;
}
