/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-first-root.h"

#include <string.h>

#include "core/fetch/tomo-folder-fetcher.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/trust/tomo-trusted-set.h"

/* Over a network nobody lists a folder: versions are asked for from the first on, so many at once,
 * until none of them is there. */
#define BATCH_ROOTS 16
#define GROUP_CHARS 4
#define TYPED_GROUPS 2
#define SHA256_CHARS 64

/**
 * tomo_first_root_dup_fingerprint:
 * @root: a root.json
 *
 * Returns: (transfer full): its SHA-256 as it is printed, in 16 groups of four, ‘1A2B 3C4D …’
 */
char *
tomo_first_root_dup_fingerprint (GBytes *root)
{
  g_autofree char *hex = tomo_digest_dup_sha256 (root);
  g_autofree char *upper = g_ascii_strup (hex, -1);
  GString *groups = g_string_new (NULL);

  for (size_t i = 0; i < SHA256_CHARS; i += GROUP_CHARS)
    g_string_append_printf (groups, "%s%.*s", i > 0 ? " " : "", GROUP_CHARS, upper + i);

  return g_string_free (groups, FALSE);
}

/* People copy from paper, in groups and capitals, and from a browser, with blanks that are none. */
static char *
dup_hex (const char *typed)
{
  GString *hex = g_string_new (NULL);

  for (const char *c = typed; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      if (letter < 0x80 && g_ascii_isxdigit ((char) letter))
        g_string_append_c (hex, g_ascii_tolower ((char) letter));
      else if (letter != '-' && letter != ':' && !g_unichar_isspace (letter))
        {
          g_string_free (hex, TRUE);
          return NULL;
        }
    }

  return g_string_free (hex, FALSE);
}

/**
 * tomo_first_root_parse_fingerprint:
 * @text: what a person typed; capitals, blanks, ‘-’ and ‘:’ do not matter
 *
 * Returns: (transfer full) (nullable): 64 lower-case hexadecimal digits, or %NULL
 */
char *
tomo_first_root_parse_fingerprint (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autofree char *hex = g_utf8_validate (text, -1, NULL) ? dup_hex (text) : NULL;

  return hex != NULL && strlen (hex) == SHA256_CHARS ? g_steal_pointer (&hex) : NULL;
}

/**
 * tomo_first_root_begins_with:
 * @root: a root.json
 * @typed: what a person typed
 *
 * Returns: %TRUE if @typed is how the fingerprint of @root begins, two groups or more
 */
gboolean
tomo_first_root_begins_with (GBytes *root, const char *typed)
{
  g_return_val_if_fail (root != NULL && typed != NULL, FALSE);

  g_autofree char *hex = g_utf8_validate (typed, -1, NULL) ? dup_hex (typed) : NULL;
  g_autofree char *sha256 = tomo_digest_dup_sha256 (root);

  return hex != NULL && strlen (hex) >= GROUP_CHARS * TYPED_GROUPS &&
         g_str_has_prefix (sha256, hex);
}

/* What a search has come upon. */
typedef struct
{
  const char *sha256; /* (nullable): which one is wanted; %NULL for the newest */
  GBytes *root;       /* (owned) (nullable): the one wanted, or the newest so far */
  uint64_t version;
  GBytes *newest; /* (owned) (nullable) */
  gboolean is_found;
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->root, g_bytes_unref);
  g_clear_pointer (&search->newest, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
look_at (Search *search, GBytes *bytes, uint64_t version)
{
  g_autofree char *sha256 = tomo_digest_dup_sha256 (bytes);

  g_clear_pointer (&search->newest, g_bytes_unref);
  search->newest = g_bytes_ref (bytes);
  if (search->sha256 != NULL && !g_str_equal (sha256, search->sha256))
    return;

  g_clear_pointer (&search->root, g_bytes_unref);
  search->root = g_bytes_ref (bytes);
  search->version = version;
  search->is_found = search->sha256 != NULL;
}

/* Returns how many of the versions from @first on are there, or -1 on error. */
static int
fetch_batch (TomoFetcher *fetcher,
             uint64_t first,
             Search *search,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);
  int n_found = 0;

  for (uint64_t i = first; i < first + BATCH_ROOTS; i++)
    {
      g_autofree char *path = g_strdup_printf ("metadata/%" G_GUINT64_FORMAT ".root.json", i);
      g_ptr_array_add (requests, tomo_fetch_request_new (path, TOMO_TRUST_MAX_ROOT_BYTES, NULL));
    }
  if (!tomo_fetcher_fetch_all (fetcher, requests, NULL, NULL, cancellable, error))
    return -1;

  for (unsigned int i = 0; i < requests->len && !search->is_found; i++)
    {
      TomoFetchRequest *request = g_ptr_array_index (requests, i);
      if (request->body != NULL)
        {
          look_at (search, request->body, first + i);
          n_found++;
        }
      else if (!g_error_matches (request->error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&request->error));
          return -1;
        }
    }

  return n_found;
}

static void
set_not_found (Search *search, const char *location, GError **error)
{
  if (search->newest == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "%s holds no root.json; is it the address of a campaign?", location);
      return;
    }

  g_autofree char *newest = tomo_first_root_dup_fingerprint (search->newest);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
               "%s holds no root with that fingerprint; its newest has %s: compare it with the "
               "organiser’s sheet, letter by letter",
               location, newest);
}

/**
 * tomo_first_root_find:
 * @location: a folder or an address, as for tomo_fetcher_new_for_location()
 * @sha256: (nullable): what the root must hash to, lower-case hex; %NULL for the newest there is
 * @out_version: (out): which version it was published as
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Looks for a root that a machine may begin with. The fingerprint is that of the newest root when
 * it was printed, so others may have followed: those will be verified from this one on. Without
 * @sha256 nothing vouches for what this gives.
 *
 * On failure this sets %TOMO_ERROR_UNTRUSTED if none has that hash, %TOMO_ERROR_NOT_FOUND if there
 * is no root at all, or what the fetcher gives.
 *
 * Returns: (transfer full): the root’s bytes
 */
GBytes *
tomo_first_root_find (const char *location,
                      const char *sha256,
                      uint64_t *out_version,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (location != NULL && out_version != NULL, NULL);

  g_autoptr(TomoFetcher) fetcher = tomo_fetcher_new_for_location (location, error);
  g_auto(Search) search = { .sha256 = sha256 };
  if (fetcher == NULL)
    return NULL;

  /* A stick begins with the first root of the machine that wrote it, whichever that was. */
  gboolean is_folder = TOMO_IS_FOLDER_FETCHER (fetcher);
  for (uint64_t first = 1; first <= TOMO_TRUST_MAX_ROOT_STEPS && !search.is_found;
       first += BATCH_ROOTS)
    {
      int n_found = fetch_batch (fetcher, first, &search, cancellable, error);
      if (n_found < 0)
        return NULL;
      if (n_found == 0 && !is_folder)
        break;
    }

  if (search.root == NULL)
    {
      set_not_found (&search, tomo_fetcher_get_location (fetcher), error);
      return NULL;
    }

  *out_version = search.version;
  return g_steal_pointer (&search.root);
}
