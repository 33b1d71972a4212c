/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include <string.h>

#include "core/content/tomo-index.h"
#include "core/content/tomo-language.h"
#include "core/content/tomo-picture.h"
#include "core/tomo-error.h"

#define TARGETS_FOLDER "targets/"

/* Limits of design.md section 7, for one partner; checked before anything is fetched. */
#define MAX_PARTNER_TARGETS 20000
#define MAX_PARTNER_BYTES (512 * 1024 * 1024)

static void
wanted_free (TomoUpdateFile *self)
{
  g_free (self->path);
  g_free (self->partner);
  g_free (self->sha256);
  g_clear_pointer (&self->pack, tomo_index_pack_unref);
  g_free (self);
}

static void
content_clear (TomoUpdateContent *self)
{
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_pointer (&self->listed, g_hash_table_unref);
  g_clear_pointer (&self->campaign, tomo_campaign_unref);
  g_clear_error (&self->fatal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoUpdateContent, content_clear)

static TomoUpdatePathKind
classify (char **parts)
{
  unsigned int n_parts = g_strv_length (parts);

  if (n_parts == 2 && g_str_equal (parts[0], "campaign") &&
      g_str_equal (parts[1], "campaign.k1.gz"))
    return TOMO_UPDATE_PATH_CAMPAIGN;
  if (n_parts == 4 && g_str_equal (parts[1], "packs") && g_str_has_suffix (parts[3], ".k1.gz"))
    return TOMO_UPDATE_PATH_PACK;
  if (n_parts == 3 && g_str_equal (parts[1], "media") && g_str_has_suffix (parts[2], ".png"))
    return TOMO_UPDATE_PATH_MEDIA;

  return TOMO_UPDATE_PATH_OTHER;
}

static char *
dup_language_of_path (char **parts)
{
  return g_strndup (parts[3], strlen (parts[3]) - strlen (".k1.gz"));
}

/* An item may fall back to a language that was not asked for, so the whole chain is fetched. */
gboolean
tomo_update_language_is_wanted (const char *const *languages, const char *language)
{
  if (languages == NULL)
    return TRUE;

  for (size_t i = 0; languages[i] != NULL; i++)
    {
      g_auto(GStrv) chain = tomo_language_dup_chain (languages[i], NULL, "en");
      for (size_t j = 0; chain[j] != NULL; j++)
        if (g_ascii_strcasecmp (chain[j], language) == 0)
          return TRUE;
    }

  return FALSE;
}

static gboolean
is_wanted (TomoUpdateRun *run, TomoUpdatePathKind kind, char **parts)
{
  if (kind == TOMO_UPDATE_PATH_CAMPAIGN)
    return TRUE;
  if (kind != TOMO_UPDATE_PATH_PACK)
    return FALSE;

  g_autofree char *language = dup_language_of_path (parts);
  return tomo_update_is_selected ((const char *const *) run->campaign->partners, parts[0]) &&
         tomo_update_language_is_wanted ((const char *const *) run->campaign->languages, language);
}

/* `--language` limits what this run fetches, and removes nothing: of what is shown already the
 * former text is signed no more, so the new one is fetched whatever its language. */
static gboolean
may_fetch (TomoUpdateRun *run, TomoUpdatePathKind kind, const char *path, char **parts)
{
  if (kind != TOMO_UPDATE_PATH_PACK)
    return TRUE;

  g_autofree char *language = dup_language_of_path (parts);
  return tomo_update_language_is_wanted (run->languages, language) ||
         (run->current != NULL && tomo_generation_find_object (run->current, path, NULL));
}

static void
add_listed (TomoUpdateContent *content, const TomoTrustTarget *target)
{
  if (g_hash_table_contains (content->listed, target->path))
    return;

  g_auto(GStrv) parts = g_strsplit (target->path, "/", 0);
  TomoUpdateFile *wanted = g_new0 (TomoUpdateFile, 1);

  wanted->path = g_strdup (target->path);
  wanted->partner = g_strdup (parts[0]);
  wanted->sha256 = g_strdup (target->sha256);
  wanted->size = target->size;
  wanted->kind = classify (parts);
  wanted->may_fetch = may_fetch (content->run, wanted->kind, target->path, parts);
  g_hash_table_insert (content->listed, wanted->path, wanted);
  if (is_wanted (content->run, wanted->kind, parts))
    g_ptr_array_add (content->wanted, wanted);
}

static gboolean
remove_of_partner_cb (gpointer key, gpointer value, gpointer user_data)
{
  const TomoUpdateFile *wanted = value;
  return g_str_equal (wanted->partner, user_data);
}

static void
forget_partner (TomoUpdateContent *content, const char *partner)
{
  for (unsigned int i = content->wanted->len; i > 0; i--)
    {
      const TomoUpdateFile *wanted = g_ptr_array_index (content->wanted, i - 1);
      if (g_str_equal (wanted->partner, partner))
        g_ptr_array_remove_index (content->wanted, i - 1);
    }
  g_hash_table_foreach_remove (content->listed, remove_of_partner_cb, (gpointer) partner);
}

static size_t
max_bytes_of (const TomoUpdateFile *wanted)
{
  size_t limit =
      wanted->kind == TOMO_UPDATE_PATH_MEDIA ? TOMO_PICTURE_MAX_BYTES : TOMO_PACK_MAX_PACKED_BYTES;
  return MIN (limit, (size_t) wanted->size);
}

static char *
dup_fetch_path (TomoUpdateRun *run, const TomoUpdateFile *wanted)
{
  if (!tomo_trusted_set_has_consistent_snapshots (run->set))
    return g_strconcat (TARGETS_FOLDER, wanted->path, NULL);

  g_autofree char *folder = g_path_get_dirname (wanted->path);
  g_autofree char *base = g_path_get_basename (wanted->path);
  return g_strconcat (TARGETS_FOLDER, folder, "/", wanted->sha256, ".", base, NULL);
}

/* A pack must be the one its path says: a partner's signature covers both, a mix-up would still
 * put one pack's text under another's name. */
static TomoPack *
open_pack (const TomoUpdateFile *wanted, GBytes *bytes, GError **error)
{
  g_auto(GStrv) parts = g_strsplit (wanted->path, "/", 0);
  g_autofree char *language = dup_language_of_path (parts);
  g_autoptr(TomoPack) pack = tomo_pack_new (bytes, error);
  if (pack == NULL)
    return NULL;

  if (!g_str_equal (tomo_pack_get_partner (pack), parts[0]) ||
      !g_str_equal (tomo_pack_get_id (pack), parts[2]) ||
      g_ascii_strcasecmp (tomo_pack_get_language (pack), language) != 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "holds %s/%s in %s, which is not what its path says",
                   tomo_pack_get_partner (pack), tomo_pack_get_id (pack),
                   tomo_pack_get_language (pack));
      return NULL;
    }

  return g_steal_pointer (&pack);
}

/* The same check for what was just fetched and for what the store holds. */
static gboolean
take_in (TomoUpdateContent *content, TomoUpdateFile *wanted, GBytes *bytes, GError **error)
{
  g_autoptr(TomoPack) pack = NULL;

  switch (wanted->kind)
    {
    case TOMO_UPDATE_PATH_PACK:
      pack = open_pack (wanted, bytes, error);
      if (pack == NULL)
        return FALSE;
      g_clear_pointer (&wanted->pack, tomo_index_pack_unref);
      wanted->pack = tomo_index_pack_new (pack, wanted->sha256);
      return TRUE;

    case TOMO_UPDATE_PATH_CAMPAIGN:
      g_clear_pointer (&content->campaign, tomo_campaign_unref);
      content->campaign = tomo_campaign_new (bytes, error);
      return content->campaign != NULL;

    case TOMO_UPDATE_PATH_MEDIA:
      return tomo_picture_check (bytes, NULL, NULL, error);

    case TOMO_UPDATE_PATH_OTHER:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
check_and_store (TomoUpdateContent *content,
                 TomoUpdateFile *wanted,
                 GBytes *bytes,
                 GError **error)
{
  TomoTrustTarget target = {
    .path = wanted->path,
    .role = wanted->partner,
    .sha256 = wanted->sha256,
    .size = wanted->size,
  };

  if (!tomo_trusted_set_check_target (&target, bytes, error))
    return FALSE;

  if (!take_in (content, wanted, bytes, error))
    {
      g_prefix_error (error, "%s: ", wanted->path);
      return FALSE;
    }

  /* A failure here is this machine's, not the partner's. */
  return tomo_store_add_object (content->run->store, wanted->sha256, bytes, &content->fatal);
}

static void
fetched_cb (TomoFetchRequest *request, gpointer user_data)
{
  TomoUpdateContent *content = user_data;
  TomoUpdateFile *wanted = request->user_data;
  g_autoptr(GError) error = NULL;

  content->n_done++;
  if (content->fatal != NULL)
    return;

  if (request->error != NULL)
    {
      tomo_update_mark_sick (content->run, wanted->partner, request->error);
      return;
    }

  content->run->n_fetched++;
  if (!check_and_store (content, wanted, request->body, &error) && error != NULL)
    tomo_update_mark_sick (content->run, wanted->partner, error);

  /* The store has it now; a thousand files need not stand in memory at once. */
  g_clear_pointer (&request->body, g_bytes_unref);
  tomo_update_emit_progress (content->run, TOMO_UPDATE_PHASE_CONTENT, content->n_done,
                             content->n_total);
}

/* What the current generation lists was on the disk before it became current. Anything else may be
 * left from an update that a power cut ended, with the right size and the wrong bytes. */
static gboolean
is_listed_now (TomoUpdateRun *run, const TomoUpdateFile *wanted)
{
  TomoStoredObject object;

  return run->current != NULL &&
         tomo_generation_find_object (run->current, wanted->path, &object) &&
         g_str_equal (object.sha256, wanted->sha256);
}

/* What the store holds is opened from there; a damaged object counts as absent. */
static gboolean
take_from_store (TomoUpdateContent *content, TomoUpdateFile *wanted)
{
  if (!tomo_store_has_object (content->run->store, wanted->sha256, wanted->size))
    return FALSE;
  /* Media are not looked into here, so they are read only if they may be damaged. */
  gboolean is_media = wanted->kind == TOMO_UPDATE_PATH_MEDIA;
  if (is_media && is_listed_now (content->run, wanted) &&
      !tomo_store_needs_repair (content->run->store))
    return TRUE;

  g_autoptr(GBytes) bytes =
      tomo_store_load_object (content->run->store, wanted->sha256, max_bytes_of (wanted), NULL);
  if (is_media)
    return bytes != NULL;
  return bytes != NULL && take_in (content, wanted, bytes, NULL);
}

static gboolean
fetch_missing (TomoUpdateContent *content, GPtrArray *files, GError **error)
{
  g_autoptr(GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free);

  for (unsigned int i = 0; i < files->len; i++)
    {
      TomoUpdateFile *wanted = g_ptr_array_index (files, i);
      if (take_from_store (content, wanted) || !wanted->may_fetch)
        continue;
      g_autofree char *path = dup_fetch_path (content->run, wanted);
      g_ptr_array_add (requests, tomo_fetch_request_new (path, max_bytes_of (wanted), wanted));
    }

  if (requests->len == 0)
    return TRUE;

  content->n_total += requests->len;
  if (!tomo_fetcher_fetch_all (content->run->fetcher, requests, fetched_cb, content,
                               content->run->cancellable, error))
    return FALSE;

  if (content->fatal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&content->fatal));
      return FALSE;
    }

  return TRUE;
}

/* A picture of @pack, as the pack's own partner lists it; NULL if it does not. */
static TomoUpdateFile *
find_picture (TomoUpdateContent *content, TomoIndexPack *pack, const char *sha256)
{
  g_autofree char *path =
      g_strdup_printf ("%s/media/%s.png", tomo_index_pack_get_partner (pack), sha256);
  TomoUpdateFile *file = g_hash_table_lookup (content->listed, path);

  return file != NULL && g_str_equal (file->sha256, sha256) ? file : NULL;
}

static void
mark_unlisted (TomoUpdateContent *content, TomoIndexPack *pack, const char *sha256)
{
  const char *partner = tomo_index_pack_get_partner (pack);
  g_autoptr(GError) error = g_error_new (
      TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
      "%s/%s shows the picture %s, which its publisher does not list", partner,
      tomo_index_pack_get_id (pack), sha256);

  tomo_update_mark_sick (content->run, partner, error);
}

/* The pictures that the packs of this run name. */
GPtrArray *
tomo_update_list_media (TomoUpdateContent *content)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *media = g_ptr_array_new ();

  for (unsigned int i = 0; i < content->wanted->len; i++)
    {
      const TomoUpdateFile *file = g_ptr_array_index (content->wanted, i);
      size_t n_media = file->pack != NULL ? tomo_index_pack_get_n_media (file->pack) : 0;
      for (size_t j = 0; j < n_media; j++)
        {
          const char *sha256 = tomo_index_pack_get_medium (file->pack, j);
          TomoUpdateFile *wanted = find_picture (content, file->pack, sha256);
          if (wanted == NULL)
            mark_unlisted (content, file->pack, sha256);
          else if (g_hash_table_add (seen, wanted->path))
            g_ptr_array_add (media, wanted);
        }
    }

  return media;
}

/* A pack without one of its pictures is not whole, and no generation could list that picture. */
static gboolean
take_kept (TomoUpdateContent *content, TomoUpdateFile *wanted)
{
  if (!take_from_store (content, wanted))
    return FALSE;

  size_t n_media = wanted->pack != NULL ? tomo_index_pack_get_n_media (wanted->pack) : 0;
  for (size_t i = 0; i < n_media; i++)
    {
      TomoUpdateFile *picture =
          find_picture (content, wanted->pack, tomo_index_pack_get_medium (wanted->pack, i));
      if (picture == NULL || !take_from_store (content, picture))
        {
          g_clear_pointer (&wanted->pack, tomo_index_pack_unref);
          return FALSE;
        }
    }

  return TRUE;
}

static GBytes *
load_cached_cb (const char *role, gpointer user_data)
{
  return tomo_update_load_cached (user_data, role);
}

/* The last good content of a partner that is sick or not of this run: still signed by keys that
 * count today, and still whole in the store. What is not is left out. */
static void
keep_partner (TomoUpdateContent *content, const char *partner)
{
  g_autoptr(GError) error = NULL;

  forget_partner (content, partner);
  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_kept_targets (
      content->run->set, partner, load_cached_cb, content->run, NULL, &error);
  if (targets == NULL)
    {
      g_debug ("%s: nothing is kept: %s", partner, error->message);
      return;
    }

  for (unsigned int i = 0; i < targets->len; i++)
    {
      const TomoTrustTarget *target = g_ptr_array_index (targets, i);
      size_t length = strlen (partner);
      if (strncmp (target->path, partner, length) == 0 && target->path[length] == '/')
        add_listed (content, target);
    }

  for (unsigned int i = content->wanted->len; i > 0; i--)
    {
      TomoUpdateFile *wanted = g_ptr_array_index (content->wanted, i - 1);
      if (g_str_equal (wanted->partner, partner) && !take_kept (content, wanted))
        g_ptr_array_remove_index (content->wanted, i - 1);
    }
}

static void
drop_absent (TomoUpdateContent *content)
{
  for (unsigned int i = content->wanted->len; i > 0; i--)
    {
      const TomoUpdateFile *wanted = g_ptr_array_index (content->wanted, i - 1);
      if (!wanted->may_fetch && wanted->pack == NULL)
        g_ptr_array_remove_index (content->wanted, i - 1);
    }
}

static void
keep_partners (TomoUpdateContent *content)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (content->run->set);

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (role->depth == 1 &&
          (g_hash_table_contains (content->run->sick, role->name) || !role->is_loaded))
        keep_partner (content, role->name);
    }
}

/* Only partners that the campaign names are shown: a card without a publisher's name is none. */
static void
drop_unnamed_partners (TomoUpdateContent *content)
{
  g_autoptr(GHashTable) unnamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < content->wanted->len; i++)
    {
      const TomoUpdateFile *wanted = g_ptr_array_index (content->wanted, i);
      if (wanted->kind == TOMO_UPDATE_PATH_PACK &&
          !tomo_campaign_has_partner (content->campaign, wanted->partner))
        g_hash_table_add (unnamed, g_strdup (wanted->partner));
    }

  GHashTableIter iter;
  gpointer partner;
  g_hash_table_iter_init (&iter, unnamed);
  while (g_hash_table_iter_next (&iter, &partner, NULL))
    forget_partner (content, partner);
}

/* Without a campaign file there is nothing to show. */
static gboolean
check_campaign (TomoUpdateContent *content, GError **error)
{
  if (content->campaign != NULL)
    return TRUE;

  const GError *reason = g_hash_table_lookup (content->run->sick, "campaign");
  if (reason != NULL)
    {
      g_propagate_error (error, g_error_copy (reason));
      g_prefix_error (error, "the campaign file: ");
    }
  else
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "the repository lists no %s; its hub has to publish one", TOMO_CAMPAIGN_TARGET);

  return FALSE;
}

typedef struct
{
  unsigned int n_targets;
  uint64_t n_bytes;
} Quota;

static void
check_quotas (TomoUpdateContent *content)
{
  g_autoptr(GHashTable) quotas = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, content->listed);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TomoUpdateFile *wanted = value;
      Quota *quota = g_hash_table_lookup (quotas, wanted->partner);
      if (quota == NULL)
        {
          quota = g_new0 (Quota, 1);
          g_hash_table_insert (quotas, wanted->partner, quota);
        }
      quota->n_targets++;
      quota->n_bytes += MIN (wanted->size, (uint64_t) MAX_PARTNER_BYTES + 1);
    }

  gpointer partner;
  g_hash_table_iter_init (&iter, quotas);
  while (g_hash_table_iter_next (&iter, &partner, &value))
    {
      const Quota *quota = value;
      if (quota->n_targets <= MAX_PARTNER_TARGETS && quota->n_bytes <= MAX_PARTNER_BYTES)
        continue;
      g_autoptr(GError) error = g_error_new (
          TOMO_ERROR, TOMO_ERROR_NO_SPACE,
          "lists %u files of %" G_GUINT64_FORMAT " bytes; one partner may list %d of %d",
          quota->n_targets, quota->n_bytes, MAX_PARTNER_TARGETS, MAX_PARTNER_BYTES);
      tomo_update_mark_sick (content->run, partner, error);
    }
}

static void
drop_sick (TomoUpdateContent *content)
{
  for (unsigned int i = content->wanted->len; i > 0; i--)
    {
      const TomoUpdateFile *wanted = g_ptr_array_index (content->wanted, i - 1);
      if (g_hash_table_contains (content->run->sick, wanted->partner))
        g_ptr_array_remove_index (content->wanted, i - 1);
    }
}

/**
 * tomo_update_realise_content:
 * @run: a run whose roles are loaded
 * @error: return location for a #GError
 *
 * Fetches what the roles list and the store lacks, checks all of it as the screen would, and
 * makes the next generation current. A partner one of whose files is wrong is kept as before.
 *
 * On failure this sets %TOMO_ERROR_NO_SPACE, %TOMO_ERROR_CANCELLED or what was wrong with the
 * campaign file, and the current generation stays.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_update_realise_content (TomoUpdateRun *run, GError **error)
{
  g_auto(TomoUpdateContent) content = {
    .run = run,
    .listed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) wanted_free),
    .wanted = g_ptr_array_new (),
  };
  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_targets (run->set);

  g_autoptr(GHashTable) voices = tomo_update_list_voices (run);

  for (unsigned int i = 0; i < targets->len; i++)
    if (tomo_update_may_list (voices, g_ptr_array_index (targets, i)))
      add_listed (&content, g_ptr_array_index (targets, i));

  check_quotas (&content);
  drop_sick (&content);
  if (!fetch_missing (&content, content.wanted, error))
    return FALSE;

  g_autoptr(GPtrArray) media = tomo_update_list_media (&content);
  if (!fetch_missing (&content, media, error))
    return FALSE;

  drop_absent (&content);
  keep_partners (&content);
  if (!check_campaign (&content, error))
    return FALSE;

  drop_unnamed_partners (&content);
  return tomo_update_write_generation (&content, error);
}
