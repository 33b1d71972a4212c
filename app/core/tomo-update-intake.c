/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include "core/content/tomo-media.h"

/* Checking what came takes longer than fetching it, so that threads of their own do the one while
 * the line is busy with the other. They check several jobs at once and store one after the other,
 * in the order in which they were given: what is written is then the same each time. */

/* How many of what was fetched may wait: enough that neither side stands still for the other, and
 * not so many that a slow disk fills the memory with what a fast line brings. */
#define MAX_WAITING 16U

/* With the one that fetches, and with the server of a mirror on the same machine, that is enough
 * for the two processors of a kiosk; with more, the line is what one waits for. */
#define MAX_THREADS 2U

/* All that the threads know. */
typedef struct
{
  GAsyncQueue *todo; /* (owned) (element-type TomoUpdateJob) */
  GAsyncQueue *done; /* (owned) (element-type TomoUpdateJob) */
  TomoUpdateWakeFunc wake_func;
  gpointer wake_data;

  GMutex mutex;        /* for the rest */
  GQueue order;        /* (element-type TomoUpdateJob): not stored yet, as they were given */
  gboolean is_storing; /* one of the threads is */
  gboolean is_broken;  /* after the first file that this machine cannot keep, no other is tried */
} Queues;

struct _TomoUpdateIntake
{
  Queues queues;
  GThread *threads[MAX_THREADS]; /* (owned): nobody is hired before there is work */
  unsigned int n_threads;
  unsigned int max_threads;
  unsigned int n_given;   /* and not taken back */
  unsigned int n_fetched; /* of these */
};

/* After which a thread goes home. */
static TomoUpdateJob last_job;

static TomoUpdateJob *
job_new (TomoStore *store, TomoUpdateFile *file, GBytes *bytes)
{
  TomoUpdateJob *self = g_new0 (TomoUpdateJob, 1);

  self->store = g_object_ref (store);
  self->file = file;
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  return self;
}

void
tomo_update_job_free (TomoUpdateJob *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->pack, tomo_index_pack_unref);
  g_clear_pointer (&self->campaign, tomo_campaign_unref);
  g_clear_pointer (&self->check, tomo_trust_check_free);
  g_clear_error (&self->error);
  g_clear_error (&self->fatal);
  g_free (self);
}

/* As the screen would: what cannot be shown must not become current. */
static gboolean
check (TomoUpdateJob *job, GBytes *bytes, GError **error)
{
  g_autoptr(TomoPack) pack = NULL;

  switch (job->file->kind)
    {
    case TOMO_UPDATE_PATH_PACK:
      pack = tomo_update_file_open_pack (job->file, bytes, error);
      if (pack != NULL)
        job->pack = tomo_index_pack_new (pack, job->file->sha256);
      return pack != NULL;

    case TOMO_UPDATE_PATH_CAMPAIGN:
      job->campaign = tomo_campaign_new (bytes, error);
      return job->campaign != NULL;

    case TOMO_UPDATE_PATH_MEDIA:
      return tomo_media_check (job->file->path, bytes, error);

    case TOMO_UPDATE_PATH_OTHER:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
check_fetched (TomoUpdateJob *job)
{
  const TomoUpdateFile *file = job->file;
  TomoTrustTarget target = {
    .path = file->path,
    .role = file->partner,
    .sha256 = file->sha256,
    .size = file->size,
  };

  if (tomo_trusted_set_check_target (&target, job->bytes, &job->error) &&
      !check (job, job->bytes, &job->error))
    g_prefix_error (&job->error, "%s: ", file->path);
}

/* A damaged object counts as absent. */
static void
check_stored (TomoUpdateJob *job)
{
  const TomoUpdateFile *file = job->file;
  size_t max_bytes = tomo_update_file_get_max_bytes (file);
  g_autoptr(GBytes) bytes = tomo_store_load_object (job->store, file->sha256, max_bytes, NULL);

  /* What was listed once was looked into then, and media tell us nothing. */
  job->is_in = bytes != NULL && (file->kind == TOMO_UPDATE_PATH_MEDIA || check (job, bytes, NULL));
}

static void
check_job (TomoUpdateJob *job)
{
  if (job->check != NULL)
    tomo_trust_check_run (job->check);
  else if (job->is_fetched)
    check_fetched (job);
  else
    check_stored (job);
}

static void
store_job (TomoUpdateJob *job)
{
  if (job->is_fetched && job->error == NULL)
    job->is_in = tomo_store_add_object (job->store, job->file->sha256, job->bytes, &job->fatal);
  g_clear_pointer (&job->bytes, g_bytes_unref);
}

/* Whether there may be something to fetch because of the job, or to fetch no more. */
static gboolean
leads_further (const TomoUpdateJob *job)
{
  return !job->is_in || job->campaign != NULL ||
         (job->pack != NULL && tomo_index_pack_get_n_media (job->pack) > 0);
}

/* Stores what can be stored in order. Another thread that is at it already sees to it, too. */
static void
store_in_order (Queues *queues, TomoUpdateJob *job)
{
  TomoUpdateJob *first;

  g_mutex_lock (&queues->mutex);
  job->is_checked = TRUE;
  while (!queues->is_storing && (first = g_queue_peek_head (&queues->order)) != NULL &&
         first->is_checked)
    {
      gboolean is_broken = queues->is_broken;
      g_queue_pop_head (&queues->order);
      queues->is_storing = TRUE;
      g_mutex_unlock (&queues->mutex);

      if (!is_broken)
        store_job (first);
      is_broken = is_broken || first->fatal != NULL;
      gboolean is_news = leads_further (first);
      g_async_queue_push (queues->done, first);
      if (is_news)
        queues->wake_func (queues->wake_data);

      g_mutex_lock (&queues->mutex);
      queues->is_storing = FALSE;
      queues->is_broken = is_broken;
    }
  g_mutex_unlock (&queues->mutex);
}

static gpointer
take_in_work (gpointer input)
{
  Queues *queues = input;
  TomoUpdateJob *job;

  while ((job = g_async_queue_pop (queues->todo)) != &last_job)
    {
      check_job (job);
      store_in_order (queues, job);
    }

  return NULL;
}

/**
 * tomo_update_intake_new:
 * @wake_func: called in another thread, after a job was done that may lead to others
 * @wake_data: for @wake_func
 *
 * Makes an intake that has nothing to do.
 *
 * Returns: (transfer full): an intake
 */
TomoUpdateIntake *
tomo_update_intake_new (TomoUpdateWakeFunc wake_func, gpointer wake_data)
{
  TomoUpdateIntake *self = g_new0 (TomoUpdateIntake, 1);

  self->max_threads = MIN (g_get_num_processors (), MAX_THREADS);
  self->queues.todo = g_async_queue_new_full ((GDestroyNotify) tomo_update_job_free);
  self->queues.done = g_async_queue_new_full ((GDestroyNotify) tomo_update_job_free);
  self->queues.wake_func = wake_func;
  self->queues.wake_data = wake_data;
  g_mutex_init (&self->queues.mutex);
  g_queue_init (&self->queues.order);
  return self;
}

/**
 * tomo_update_intake_close:
 * @self: an intake that is given nothing more
 *
 * Lets the threads end when all that was given is in the store.
 */
void
tomo_update_intake_close (TomoUpdateIntake *self)
{
  for (unsigned int i = 0; i < self->n_threads; i++)
    g_async_queue_push (self->queues.todo, &last_job);
}

/**
 * tomo_update_intake_free:
 * @self: (transfer full): an intake that is closed
 *
 * Waits for the threads, and frees @self.
 */
void
tomo_update_intake_free (TomoUpdateIntake *self)
{
  for (unsigned int i = 0; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);
  g_async_queue_unref (self->queues.todo);
  g_async_queue_unref (self->queues.done);
  g_mutex_clear (&self->queues.mutex);
  g_free (self);
}

/* One thread more for each job that waits, as far as there are processors. */
static void
give (TomoUpdateIntake *self, TomoUpdateJob *job)
{
  Queues *queues = &self->queues;

  if (self->n_threads <= self->n_given && self->n_threads < self->max_threads)
    self->threads[self->n_threads++] = g_thread_new ("intake", take_in_work, queues);
  self->n_given++;
  self->n_fetched += job->is_fetched ? 1 : 0;

  g_mutex_lock (&queues->mutex);
  g_queue_push_tail (&queues->order, job);
  g_mutex_unlock (&queues->mutex);
  g_async_queue_push (queues->todo, job);
}

/**
 * tomo_update_intake_give:
 * @self: an intake that is not full
 * @store: a store that is locked until @self is freed
 * @file: a file; what its path says must not change any more, and it must live longer
 * @bytes: (nullable): what came of it; %NULL for what the store may hold
 * @how: whether an earlier run had begun to fetch @bytes
 *
 * Has @file checked as the screen would, and stored. See tomo_update_intake_take().
 */
void
tomo_update_intake_give (TomoUpdateIntake *self,
                         TomoStore *store,
                         TomoUpdateFile *file,
                         GBytes *bytes,
                         TomoUpdateHow how)
{
  TomoUpdateJob *job = job_new (store, file, bytes);

  job->how = how;
  job->is_fetched = bytes != NULL;
  give (self, job);
}

/**
 * tomo_update_intake_give_role:
 * @self: an intake
 * @errand: what the file was asked for; it must live longer
 * @check: (transfer full): a check that was begun
 *
 * Has the file of a role verified. See tomo_update_intake_take().
 */
void
tomo_update_intake_give_role (TomoUpdateIntake *self,
                              const TomoUpdateErrand *errand,
                              TomoTrustCheck *check)
{
  TomoUpdateJob *job = g_new0 (TomoUpdateJob, 1);

  job->errand = errand;
  job->check = check;
  give (self, job);
}

/**
 * tomo_update_intake_get_n_surplus:
 * @self: an intake
 *
 * Tells how many jobs have to be taken back before more of what was fetched is given: none for
 * long, and then half, so that the line brings several in the meantime, which costs it less than
 * one at a time.
 *
 * Returns: how many
 */
unsigned int
tomo_update_intake_get_n_surplus (const TomoUpdateIntake *self)
{
  return self->n_fetched >= MAX_WAITING ? MAX_WAITING / 2 : 0;
}

/**
 * tomo_update_intake_take:
 * @self: an intake
 * @patience: whether to wait for what is not done yet
 *
 * Takes back what was given first.
 *
 * Returns: (transfer full) (nullable): what came of it; %NULL if nothing is done, or was given
 */
TomoUpdateJob *
tomo_update_intake_take (TomoUpdateIntake *self, TomoUpdatePatience patience)
{
  if (self->n_given == 0)
    return NULL;

  TomoUpdateJob *job = patience == TOMO_UPDATE_WAIT ? g_async_queue_pop (self->queues.done)
                                                    : g_async_queue_try_pop (self->queues.done);
  if (job == NULL)
    return NULL;

  self->n_given--;
  self->n_fetched -= job->is_fetched ? 1 : 0;
  return job;
}

/**
 * tomo_update_take_in_now:
 * @store: a store
 * @file: a file that the store may hold
 *
 * Does in this thread what tomo_update_intake_give() leaves to another.
 *
 * Returns: (transfer full): what came of it
 */
TomoUpdateJob *
tomo_update_take_in_now (TomoStore *store, TomoUpdateFile *file)
{
  TomoUpdateJob *job = job_new (store, file, NULL);

  check_job (job);
  return job;
}
