/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include <string.h>

#include "core/tomo-digest.h"

/* What one sync leaves for the next, beside the cached metadata: which mirror was good, and what a
 * server called its timestamp. Nothing vouches for either. A false hint costs a request, never
 * trust: what comes of it is verified like everything else. */
#define MIRROR_FILE "last-mirror"
#define VALIDATOR_FILE "timestamp-validator"
#define MAX_HINT_BYTES 1024

/* The first mirror is first for a reason: nearer, or the organiser’s own. */
#define MIRROR_SECS ((int64_t) 24 * 60 * 60)

/* More than any server gives; and nothing that would end a header line. */
#define MAX_VALIDATOR_CHARS 256

/* A day is what timestamps are made for; a minute is far more than any clock is coarse. */
#define VALIDATOR_SETTLE_SECS 60

/* Addresses may hold a password, and these files can be read by everybody. */
static char *
dup_digest (const char *string)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, string, -1);
}

/* The lines of a hint, exactly @n_lines of them; NULL if there is none that makes sense. */
static char **
load_lines (TomoStore *store, const char *campaign, const char *name, unsigned int n_lines)
{
  g_autoptr(GBytes) bytes = tomo_store_load_metadata (store, campaign, name, MAX_HINT_BYTES, NULL);
  if (bytes == NULL)
    return NULL;

  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  /* The last line ends, so that half a file is not taken for a whole one. */
  if (g_strv_length (lines) != n_lines + 1 || *lines[n_lines] != '\0')
    return NULL;

  return g_steal_pointer (&lines);
}

static void
save_lines (TomoStore *store, const char *campaign, const char *name, const char *const *lines)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *joined = g_strjoinv ("\n", (char **) lines);
  g_autofree char *text = g_strconcat (joined, "\n", NULL);
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  if (!tomo_store_save_metadata (store, campaign, name, bytes, &error))
    g_debug ("%s is not noted: %s", name, error->message);
}

/* The mirror that was good last time, as its place among those configured; 0 for none. */
static size_t
find_last_good (TomoStore *store, const TomoCampaignConfig *campaign, int64_t now_secs)
{
  g_auto(GStrv) lines = load_lines (store, campaign->name, MIRROR_FILE, 2);
  int64_t since_secs = 0;
  if (lines == NULL || !g_ascii_string_to_signed (lines[1], 10, 0, INT64_MAX, &since_secs, NULL))
    return 0;

  /* A clock that went back ends it as well. */
  if (since_secs > now_secs || now_secs - since_secs >= MIRROR_SECS)
    return 0;

  for (size_t i = 0; campaign->urls[i] != NULL; i++)
    {
      g_autofree char *digest = dup_digest (campaign->urls[i]);
      if (g_str_equal (digest, lines[0]))
        return i;
    }

  return 0;
}

/**
 * tomo_update_order_mirrors:
 * @store: the store
 * @campaign: the configuration of the campaign
 * @now_secs: the time
 *
 * Lists the addresses of the campaign in the order in which they are tried: as configured, but the
 * one that was good last time comes first, until a day has passed since the first failed.
 *
 * Returns: (transfer full) (array zero-terminated=1): addresses
 */
char **
tomo_update_order_mirrors (TomoStore *store, const TomoCampaignConfig *campaign, int64_t now_secs)
{
  g_autoptr(GStrvBuilder) ordered = g_strv_builder_new ();
  size_t good = find_last_good (store, campaign, now_secs);

  if (good > 0)
    g_strv_builder_add (ordered, campaign->urls[good]);
  for (size_t i = 0; campaign->urls[i] != NULL; i++)
    if (good == 0 || i != good)
      g_strv_builder_add (ordered, campaign->urls[i]);

  return g_strv_builder_end (ordered);
}

/**
 * tomo_update_remember_mirror:
 * @store: a store that is locked
 * @campaign: the configuration of the campaign
 * @location: the address that had the news
 * @now_secs: the time
 *
 * Notes where the next sync begins. It is never more than a hint, so nothing fails.
 */
void
tomo_update_remember_mirror (TomoStore *store,
                             const TomoCampaignConfig *campaign,
                             const char *location,
                             int64_t now_secs)
{
  size_t known = find_last_good (store, campaign, now_secs);

  if (g_strcmp0 (campaign->urls[0], location) == 0)
    {
      tomo_store_remove_metadata (store, campaign->name, MIRROR_FILE, NULL);
      return;
    }
  if (known > 0 && g_str_equal (campaign->urls[known], location))
    return;

  g_autofree char *digest = dup_digest (location);
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, now_secs);
  const char *lines[] = { digest, since, NULL };
  save_lines (store, campaign->name, MIRROR_FILE, lines);
}

static gboolean
is_validator (const char *string)
{
  size_t length = strlen (string);

  for (size_t i = 0; i < length; i++)
    if (!g_ascii_isprint (string[i]))
      return FALSE;

  return length > 0 && length <= MAX_VALIDATOR_CHARS;
}

/**
 * tomo_update_load_validator:
 * @run: a run
 * @cached: the timestamp that this machine holds
 *
 * Gives what this source called @cached. One that belongs to other bytes or to another source is
 * none.
 *
 * Returns: (transfer full) (nullable): an entity tag
 */
char *
tomo_update_load_validator (TomoUpdateRun *run, GBytes *cached)
{
  g_auto(GStrv) lines = load_lines (run->store, run->campaign->name, VALIDATOR_FILE, 3);
  if (lines == NULL)
    return NULL;

  g_autofree char *source = dup_digest (tomo_fetcher_get_location (run->fetcher));
  g_autofree char *sha256 = tomo_digest_dup_sha256 (cached);
  if (!g_str_equal (lines[0], source) || !g_str_equal (lines[1], sha256) ||
      !is_validator (lines[2]))
    return NULL;

  return g_strdup (lines[2]);
}

/* Servers make their validators from the second in which a file was changed, and from its size. One
 * that was signed a moment ago may be exchanged for another within that second. */
static gboolean
is_settled (TomoUpdateRun *run)
{
  return run->now_secs - tomo_trusted_set_get_signed_on_secs (run->set, "timestamp") >=
         VALIDATOR_SETTLE_SECS;
}

/**
 * tomo_update_save_validator:
 * @run: a run
 * @cached: the timestamp that this machine holds now
 * @validator: (nullable): what the source calls it
 *
 * Notes @validator for the next time. It is never more than a hint, so nothing fails.
 */
void
tomo_update_save_validator (TomoUpdateRun *run, GBytes *cached, const char *validator)
{
  g_autofree char *known = tomo_update_load_validator (run, cached);
  if (validator == NULL || !is_validator (validator) || !is_settled (run) ||
      g_strcmp0 (known, validator) == 0)
    return;

  g_autofree char *source = dup_digest (tomo_fetcher_get_location (run->fetcher));
  g_autofree char *sha256 = tomo_digest_dup_sha256 (cached);
  const char *lines[] = { source, sha256, validator, NULL };
  save_lines (run->store, run->campaign->name, VALIDATOR_FILE, lines);
}
