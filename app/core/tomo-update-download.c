/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include "core/tomo-error.h"

/* Everything behind the targets role comes in one go: the files of the partners, their packs as
 * soon as a partner’s files are in, and the pictures of a pack as soon as the pack is. A line with
 * a long delay is then never idle while there is something to ask for. */

static TomoUpdateErrand *
errand_new (TomoUpdateContent *content)
{
  TomoUpdateErrand *self = g_new0 (TomoUpdateErrand, 1);

  g_ptr_array_add (content->errands, self);
  return self;
}

void
tomo_update_errand_free (TomoUpdateErrand *self)
{
  g_free (self->role);
  g_free (self->delegator);
  g_free (self);
}

/**
 * tomo_update_request_role:
 * @content: what is being fetched
 * @branch: of which partner
 * @role: which file
 *
 * Asks the source for the file of a role. It ends in tomo_update_end_role().
 */
void
tomo_update_request_role (TomoUpdateContent *content,
                          TomoUpdateBranch *branch,
                          const TomoTrustRole *role)
{
  g_autofree char *name = tomo_trusted_set_dup_file_name (content->run->set, role->name);
  g_autofree char *path = g_strconcat (TOMO_UPDATE_METADATA_FOLDER, name, NULL);
  TomoUpdateErrand *errand = errand_new (content);

  errand->branch = branch;
  errand->role = g_strdup (role->name);
  errand->delegator = g_strdup (role->delegator);
  g_ptr_array_add (content->requests, tomo_fetch_request_new (path, role->max_bytes, errand));
}

/**
 * tomo_update_request_file:
 * @content: what is being fetched
 * @file: which file
 * @how: whether what an earlier attempt left is used
 *
 * Asks the source for a target, if this run is to fetch it. What comes goes through the intake, or
 * the partner is sick.
 */
void
tomo_update_request_file (TomoUpdateContent *content, TomoUpdateFile *file, TomoUpdateHow how)
{
  if (!file->may_fetch)
    return;

  size_t max_bytes = tomo_update_file_get_max_bytes (file);
  g_autofree char *path = tomo_update_file_dup_fetch_path (file, content->run);
  TomoUpdateErrand *errand = errand_new (content);
  TomoFetchRequest *request = tomo_fetch_request_new (path, max_bytes, errand);

  errand->file = file;
  if (how == TOMO_UPDATE_RESUME)
    request->begun = tomo_store_load_begun (content->run->store, file->sha256, max_bytes);
  errand->is_resumed = request->begun != NULL;
  g_ptr_array_add (content->requests, request);

  content->n_total++;
  content->run->bytes_expected += max_bytes;
  if (request->begun != NULL)
    content->run->bytes_expected -= g_bytes_get_size (request->begun);
}

/* What has come of a file that broke off is worth keeping; that this cannot be is no failure. */
static void
keep_begun (TomoUpdateContent *content, const TomoUpdateFile *file, TomoFetchRequest *request)
{
  g_autoptr(GError) error = NULL;

  if (content->fatal != NULL || request->begun == NULL || g_bytes_get_size (request->begun) == 0)
    return;
  if (!tomo_store_save_begun (content->run->store, file->sha256, request->begun, &error))
    g_debug ("%s: what came is not kept: %s", file->path, error->message);
}

/* Nobody vouched for what an earlier run had begun: before the partner is blamed, the whole file is
 * asked for, once. */
static void
refuse_file (TomoUpdateContent *content, const TomoUpdateJob *job)
{
  TomoUpdateFile *file = job->file;
  gboolean is_other = g_error_matches (job->error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED);

  if (is_other && job->how == TOMO_UPDATE_RESUME)
    {
      tomo_update_request_file (content, file, TOMO_UPDATE_WHOLE);
      return;
    }

  if (is_other)
    tomo_update_blame_source (content->run, file->partner, job->error);
  tomo_update_mark_sick (content->run, file->partner, job->error);
}

/* What came of a file: it is in and may lead to others, or somebody is to blame. */
static void
end_job (TomoUpdateContent *content, TomoUpdateJob *job)
{
  if (job->check != NULL)
    {
      if (content->fatal == NULL)
        tomo_update_end_role (content, job->errand, job->check, NULL);
      return;
    }

  if (job->fatal != NULL && content->fatal == NULL)
    {
      content->fatal = g_steal_pointer (&job->fatal);
      content->run->failed_here = TRUE;
      g_cancellable_cancel (content->stop);
    }
  if (content->fatal != NULL)
    return;

  if (job->is_fetched && job->how == TOMO_UPDATE_RESUME)
    tomo_store_remove_begun (content->run->store, job->file->sha256);
  if (job->error != NULL)
    refuse_file (content, job);
  else if (!job->is_in)
    tomo_update_request_file (content, job->file, TOMO_UPDATE_RESUME);
  else
    {
      tomo_update_accept (content, job);
      tomo_update_ask_for_media (content, job->file);
    }
}

static gboolean
end_next_job (TomoUpdateContent *content, TomoUpdatePatience patience)
{
  g_autoptr(TomoUpdateJob) job = tomo_update_intake_take (content->intake, patience);
  if (job == NULL)
    return FALSE;

  end_job (content, job);
  return TRUE;
}

static void
end_jobs (TomoUpdateContent *content, TomoUpdatePatience patience)
{
  while (end_next_job (content, patience))
    continue;
}

/* What came of a role that was asked for: the signatures are verified while others arrive. */
static void
end_role (TomoUpdateContent *content, const TomoUpdateErrand *errand, TomoFetchRequest *request)
{
  TomoUpdateRun *run = content->run;

  if (request->error != NULL)
    {
      tomo_update_end_role (content, errand, NULL, request->error);
      return;
    }

  run->n_fetched++;
  run->bytes_expected += g_bytes_get_size (request->body);
  tomo_update_intake_give_role (
      content->intake, errand,
      tomo_trusted_set_begin_targets (run->set, errand->role, errand->delegator, request->body));
}

static void
end_file (TomoUpdateContent *content, const TomoUpdateErrand *errand, TomoFetchRequest *request)
{
  TomoUpdateRun *run = content->run;
  TomoUpdateFile *file = errand->file;

  content->n_done++;
  if (request->error != NULL)
    {
      keep_begun (content, file, request);
      tomo_update_blame_source (run, file->partner, request->error);
      tomo_update_mark_sick (run, file->partner, request->error);
      return;
    }

  run->n_fetched++;
  for (unsigned int n = tomo_update_intake_get_n_surplus (content->intake); n > 0; n--)
    end_next_job (content, TOMO_UPDATE_WAIT);
  tomo_update_intake_give (content->intake, run->store, file, request->body,
                           errand->is_resumed ? TOMO_UPDATE_RESUME : TOMO_UPDATE_WHOLE);
}

static void
show_progress (TomoUpdateContent *content)
{
  TomoUpdatePhase phase =
      content->n_total > 0 ? TOMO_UPDATE_PHASE_CONTENT : TOMO_UPDATE_PHASE_METADATA;

  tomo_update_emit_progress (content->run, phase, content->n_done, content->n_total);
}

static void
ended_cb (TomoFetchRequest *request, gpointer user_data)
{
  TomoUpdateContent *content = user_data;
  const TomoUpdateErrand *errand = request->user_data;

  if (g_cancellable_is_cancelled (content->stop))
    {
      if (errand->file != NULL)
        keep_begun (content, errand->file, request);
      return;
    }

  if (errand->role != NULL)
    end_role (content, errand, request);
  else
    end_file (content, errand, request);
  end_jobs (content, TOMO_UPDATE_DO_NOT_WAIT);

  /* The intake has it now; a thousand files need not stand in memory at once. */
  g_clear_pointer (&request->body, g_bytes_unref);
  g_clear_pointer (&request->begun, g_bytes_unref);
  show_progress (content);
}

static void
arrived_cb (TomoFetcher *fetcher, uint64_t bytes_received, gpointer user_data)
{
  show_progress (user_data);
}

/* In another thread. */
static void
wake_cb (gpointer user_data)
{
  tomo_fetcher_wake (user_data);
}

static void
woken_cb (gpointer user_data)
{
  end_jobs (user_data, TOMO_UPDATE_DO_NOT_WAIT);
}

static void
stop_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* What was taken in when nothing was left to fetch may lead to more. */
static gboolean
fetch_and_take_in (TomoUpdateContent *content, GError **error)
{
  gboolean success = TRUE;

  do
    {
      success = tomo_fetcher_fetch_all (content->run->fetcher, content->requests, ended_cb, content,
                                        content->stop, error);
      g_ptr_array_set_size (content->requests, 0);
      while (content->requests->len == 0 && end_next_job (content, TOMO_UPDATE_WAIT))
        continue;
    }
  while (success && content->fatal == NULL && content->requests->len > 0);

  end_jobs (content, TOMO_UPDATE_WAIT);
  return success;
}

/**
 * tomo_update_download:
 * @content: nothing yet
 * @error: return location for a #GError
 *
 * Fetches the roles of the partners, what they list, and what that leads to. Whatever is wrong
 * with a file makes its partner sick. After the first file that this machine could not keep,
 * nothing more is fetched.
 *
 * On failure this sets %TOMO_ERROR_CANCELLED, %TOMO_ERROR_NO_SPACE or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_update_download (TomoUpdateContent *content, GError **error)
{
  TomoUpdateRun *run = content->run;
  g_autoptr(GError) local_error = NULL;
  gulong handler = 0;

  content->intake = tomo_update_intake_new (wake_cb, run->fetcher);
  run->bytes_expected = tomo_fetcher_get_bytes_received (run->fetcher);
  tomo_update_ask_for_partners (content);
  show_progress (content);
  tomo_fetcher_set_progress_func (run->fetcher, arrived_cb, content);
  tomo_fetcher_set_woken_func (run->fetcher, woken_cb, content);
  if (run->cancellable != NULL)
    handler = g_cancellable_connect (run->cancellable, G_CALLBACK (stop_cb), content->stop, NULL);
  gboolean success = fetch_and_take_in (content, &local_error);
  tomo_update_intake_close (content->intake);
  if (run->cancellable != NULL)
    g_cancellable_disconnect (run->cancellable, handler);
  tomo_fetcher_set_progress_func (run->fetcher, NULL, NULL);
  tomo_fetcher_set_woken_func (run->fetcher, NULL, NULL);

  if (content->fatal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&content->fatal));
      return FALSE;
    }
  if (!success)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return success;
}
