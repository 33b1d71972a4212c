/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include "core/content/tomo-media.h"
#include "core/tomo-error.h"

static void
content_clear (TomoUpdateContent *self)
{
  /* Its threads read what the others hold. */
  g_clear_pointer (&self->intake, tomo_update_intake_free);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->errands, g_ptr_array_unref);
  g_clear_pointer (&self->branches, g_ptr_array_unref);
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  g_clear_pointer (&self->roles_under_way, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_pointer (&self->listed, g_hash_table_unref);
  g_clear_pointer (&self->kept_dates, g_hash_table_unref);
  g_clear_pointer (&self->campaign, tomo_campaign_unref);
  g_clear_object (&self->stop);
  g_clear_error (&self->fatal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoUpdateContent, content_clear)

/**
 * tomo_update_add_listed:
 * @content: what is being fetched
 * @target: what the role of its partner signed for
 *
 * Notes a file that a partner lists, and whether it is wanted here.
 */
void
tomo_update_add_listed (TomoUpdateContent *content, const TomoTrustTarget *target)
{
  if (g_hash_table_contains (content->listed, target->path))
    return;

  TomoUpdateFile *file = tomo_update_file_new (content->run, target);
  g_hash_table_insert (content->listed, file->path, file);
  if (file->is_wanted)
    g_ptr_array_add (content->wanted, file);
}

/* Limits of design.md section 7, from what is signed: before anything of it is fetched. */
static gboolean
check_quota (TomoUpdateContent *content, GPtrArray *targets, GError **error)
{
  const TomoCampaignConfig *campaign = content->run->campaign;
  uint64_t max_bytes = (uint64_t) campaign->max_partner_mbytes * 1024 * 1024;
  uint64_t n_bytes = 0;

  for (unsigned int i = 0; i < targets->len; i++)
    {
      const TomoTrustTarget *target = g_ptr_array_index (targets, i);
      /* So that no sum of sizes can wrap round. */
      n_bytes += MIN (target->size, max_bytes + 1);
    }

  if (targets->len <= campaign->max_partner_targets && n_bytes <= max_bytes)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NO_SPACE,
               "lists %u files of %" G_GUINT64_FORMAT " bytes; one partner may list %u of %u MiB "
               "(max-partner-targets= and max-partner-mbytes= of the campaign)",
               targets->len, n_bytes, campaign->max_partner_targets, campaign->max_partner_mbytes);
  return FALSE;
}

/* What the current generation lists was on the disk before it became current. Anything else may be
 * left from an update that a power cut ended, with the right size and the wrong bytes. */
static gboolean
is_listed_now (TomoUpdateRun *run, const TomoUpdateFile *file)
{
  TomoStoredObject object;

  return run->current != NULL && tomo_generation_find_object (run->current, file->path, &object) &&
         g_str_equal (object.sha256, file->sha256);
}

/* Media are not looked into here, so they are read only if they may be damaged. */
static gboolean
is_whole_for_sure (TomoUpdateContent *content, const TomoUpdateFile *file)
{
  return file->kind == TOMO_UPDATE_PATH_MEDIA && is_listed_now (content->run, file) &&
         !tomo_store_needs_repair (content->run->store);
}

/**
 * tomo_update_accept:
 * @content: what is being fetched
 * @job: one whose file is in the store
 *
 * Keeps what was read of the file.
 */
void
tomo_update_accept (TomoUpdateContent *content, TomoUpdateJob *job)
{
  if (job->pack != NULL)
    {
      g_clear_pointer (&job->file->pack, tomo_index_pack_unref);
      job->file->pack = g_steal_pointer (&job->pack);
    }
  if (job->campaign != NULL)
    {
      g_clear_pointer (&content->campaign, tomo_campaign_unref);
      content->campaign = g_steal_pointer (&job->campaign);
    }
}

/**
 * tomo_update_take_from_store:
 * @content: what was fetched
 * @file: a file
 *
 * Opens @file from what the store holds; a damaged object counts as absent.
 *
 * Returns: %TRUE if it is there
 */
gboolean
tomo_update_take_from_store (TomoUpdateContent *content, TomoUpdateFile *file)
{
  TomoStore *store = content->run->store;

  if (!tomo_store_has_object (store, file->sha256, file->size))
    return FALSE;
  if (is_whole_for_sure (content, file))
    return TRUE;

  g_autoptr(TomoUpdateJob) job = tomo_update_take_in_now (store, file);
  if (job->is_in)
    tomo_update_accept (content, job);
  return job->is_in;
}

/**
 * tomo_update_find_medium:
 * @content: what is being fetched
 * @file: a pack or the campaign file
 * @name: one of its pictures or recordings
 *
 * Returns: (nullable): the file as the partner of @file lists it; %NULL if it does not
 */
TomoUpdateFile *
tomo_update_find_medium (TomoUpdateContent *content, const TomoUpdateFile *file, const char *name)
{
  g_autofree char *path = tomo_media_dup_path (file->partner, name);
  TomoUpdateFile *medium = g_hash_table_lookup (content->listed, path);

  return medium != NULL && g_str_has_prefix (name, medium->sha256) ? medium : NULL;
}

/* As with packs: `--language` limits what is fetched, and removes nothing. */
static gboolean
is_spoken_here (TomoUpdateRun *run, const TomoRecording *recording, const char *name)
{
  const char *const *configured = (const char *const *) run->campaign->languages;
  g_autofree char *path = tomo_media_dup_path (TOMO_CAMPAIGN_ROLE, name);

  return tomo_update_language_is_wanted (configured, recording->language) &&
         (tomo_update_language_is_wanted (run->languages, recording->language) ||
          (run->current != NULL && tomo_generation_find_object (run->current, path, NULL)));
}

static void
list_recordings (TomoUpdateContent *content, GStrvBuilder *names)
{
  const TomoRecordings *all = tomo_campaign_get_recordings (content->campaign);

  for (size_t i = 0; i < tomo_recordings_get_n (all); i++)
    {
      const TomoRecording *recording = tomo_recordings_get (all, i);
      g_autofree char *name = g_strconcat (recording->sha256, TOMO_MEDIA_AUDIO, NULL);
      if (is_spoken_here (content->run, recording, name))
        g_strv_builder_add (names, name);
    }
}

/**
 * tomo_update_list_media_of:
 * @content: what is being fetched
 * @file: a file that was taken in
 *
 * Lists the pictures and recordings without which @file is not whole here.
 *
 * Returns: (transfer full): names, %NULL-terminated
 */
char **
tomo_update_list_media_of (TomoUpdateContent *content, const TomoUpdateFile *file)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  if (file->kind == TOMO_UPDATE_PATH_CAMPAIGN && content->campaign != NULL)
    list_recordings (content, names);
  for (size_t i = 0; file->pack != NULL && i < tomo_index_pack_get_n_media (file->pack); i++)
    g_strv_builder_add (names, tomo_index_pack_get_medium (file->pack, i));

  return g_strv_builder_end (names);
}

static void
mark_unlisted (TomoUpdateContent *content, const TomoUpdateFile *file, const char *name)
{
  g_autoptr(GError) error =
      g_error_new (TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s uses the file %s, which its publisher does not list", file->path, name);

  tomo_update_mark_sick (content->run, file->partner, error);
}

/* The pictures and recordings that the files of this run name. */
GPtrArray *
tomo_update_list_media (TomoUpdateContent *content)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *media = g_ptr_array_new ();

  for (unsigned int i = 0; i < content->wanted->len; i++)
    {
      const TomoUpdateFile *file = g_ptr_array_index (content->wanted, i);
      g_auto(GStrv) names = tomo_update_list_media_of (content, file);
      for (size_t j = 0; names[j] != NULL; j++)
        {
          TomoUpdateFile *wanted = tomo_update_find_medium (content, file, names[j]);
          if (wanted != NULL && g_hash_table_add (seen, wanted->path))
            g_ptr_array_add (media, wanted);
        }
    }

  return media;
}

/**
 * tomo_update_ask_for_media:
 * @content: what is being fetched
 * @file: a file that is in the store
 *
 * Asks for the pictures and recordings that @file uses.
 */
void
tomo_update_ask_for_media (TomoUpdateContent *content, TomoUpdateFile *file)
{
  g_auto(GStrv) names = tomo_update_list_media_of (content, file);

  for (size_t i = 0; names[i] != NULL; i++)
    {
      TomoUpdateFile *medium = tomo_update_find_medium (content, file, names[i]);
      if (medium == NULL)
        mark_unlisted (content, file, names[i]);
      else
        tomo_update_ask_for_file (content, medium);
    }
}

/**
 * tomo_update_ask_for_file:
 * @content: what is being fetched
 * @file: a file that is needed
 *
 * Takes @file from the store or asks the source for it, and then for what it leads to.
 */
void
tomo_update_ask_for_file (TomoUpdateContent *content, TomoUpdateFile *file)
{
  if (file->is_asked || g_hash_table_contains (content->run->sick, file->partner))
    return;

  file->is_asked = TRUE;
  if (!tomo_store_has_object (content->run->store, file->sha256, file->size))
    tomo_update_request_file (content, file, TOMO_UPDATE_RESUME);
  else if (!is_whole_for_sure (content, file))
    tomo_update_intake_give (content->intake, content->run->store, file, NULL, TOMO_UPDATE_WHOLE);
}

/**
 * tomo_update_open_partner:
 * @content: what is being fetched
 * @partner: a partner whose roles are in
 * @targets: (element-type TomoTrustTarget): what they list under its name
 *
 * Asks for the files of one partner, unless it lists more than one may.
 */
void
tomo_update_open_partner (TomoUpdateContent *content, const char *partner, GPtrArray *targets)
{
  g_autoptr(GError) error = NULL;
  unsigned int n_wanted = content->wanted->len;

  if (!check_quota (content, targets, &error))
    {
      tomo_update_mark_sick (content->run, partner, error);
      return;
    }

  /* All are listed before one is opened: a pack looks for its media there. */
  for (unsigned int i = 0; i < targets->len; i++)
    tomo_update_add_listed (content, g_ptr_array_index (targets, i));
  for (unsigned int i = n_wanted; i < content->wanted->len; i++)
    tomo_update_ask_for_file (content, g_ptr_array_index (content->wanted, i));
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

/* If not one partner could be reached, the network went away in the middle. */
static gboolean
all_are_offline (TomoUpdateRun *run)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (run->set);

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      const GError *reason = g_hash_table_lookup (run->sick, role->name);
      if (role->depth == 1 && role->listed_version > 0 &&
          tomo_update_partner_is_wanted (run, role->name) &&
          !g_error_matches (reason, TOMO_ERROR, TOMO_ERROR_OFFLINE))
        return FALSE;
    }

  return g_hash_table_size (run->sick) > 0;
}

/* If some files could not be had here and there is another mirror, that one goes on with what is in
 * the store now. */
static gboolean
check_source (TomoUpdateRun *run, GError **error)
{
  gboolean is_offline = all_are_offline (run);

  if (run->source_fault == NULL || (run->may_be_partly_done && !is_offline))
    return TRUE;

  run->is_partly_done = !is_offline;
  g_propagate_error (error, g_error_copy (run->source_fault));
  return FALSE;
}

/**
 * tomo_update_realise_content:
 * @run: a run whose targets role is loaded
 * @error: return location for a #GError
 *
 * Fetches the roles of the partners, what they list and the store lacks, checks all of it as the
 * screen would, and makes the next generation current. A partner one of whose files is wrong is
 * kept as before.
 *
 * On failure this sets %TOMO_ERROR_NO_SPACE, %TOMO_ERROR_CANCELLED, %TOMO_ERROR_OFFLINE or what
 * was wrong with the campaign file, and the current generation stays.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_update_realise_content (TomoUpdateRun *run, GError **error)
{
  g_auto(TomoUpdateContent) content = {
    .run = run,
    .requests = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_fetch_request_free),
    .errands = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_update_errand_free),
    .branches = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_update_branch_free),
    .roles_under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .listed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                     (GDestroyNotify) tomo_update_file_free),
    .wanted = g_ptr_array_new (),
    .kept_dates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .stop = g_cancellable_new (),
  };

  if (!tomo_update_download (&content, error) || !check_source (run, error))
    return FALSE;

  tomo_update_drop_absent (&content);
  tomo_update_keep_partners (&content);
  if (!check_campaign (&content, error))
    return FALSE;

  tomo_update_drop_unnamed_partners (&content);
  run->failed_here = !tomo_update_write_generation (&content, error);
  return !run->failed_here;
}
