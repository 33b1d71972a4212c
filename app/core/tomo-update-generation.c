/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include <string.h>

#include "core/content/tomo-index.h"
#include "core/tomo-error.h"

static int
compare_wanted (gconstpointer a, gconstpointer b)
{
  const TomoUpdateFile *const *first = a;
  const TomoUpdateFile *const *second = b;
  return strcmp ((*first)->path, (*second)->path);
}

/* When what is shown of each partner was signed, and until when that holds: of the file of now, or
 * of the last good one. Zero where nothing is known. */
static GVariant *
build_dates (TomoUpdateContent *content)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (content->run->set);
  g_auto(GVariantBuilder) dates = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{s(xx)}"));

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      const TomoTrustRole *kept = g_hash_table_lookup (content->kept_dates, role->name);
      const TomoTrustRole *shown = kept != NULL ? kept : role;
      if (role->depth == 1 && shown->version > 0)
        g_variant_builder_add (&dates, "{s(xx)}", role->name, shown->signed_on_secs,
                               shown->expires_secs);
    }

  return g_variant_builder_end (&dates);
}

static GVariant *
build_properties (TomoUpdateContent *content, const char *const *offered)
{
  TomoUpdateRun *run = content->run;
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *selection = tomo_update_dup_selection (run);
  g_autofree char *floor_keys = NULL;
  GVariantBuilder kept;
  GHashTableIter iter;
  gpointer role;
  gpointer reason;

  g_variant_builder_init (&kept, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, run->sick);
  while (g_hash_table_iter_next (&iter, &role, &reason))
    g_variant_builder_add (&kept, "{ss}", (const char *) role, tomo_error_get_id (reason));

  for (unsigned int i = 0; i < content->wanted->len; i++)
    {
      const TomoUpdateFile *wanted = g_ptr_array_index (content->wanted, i);
      if (wanted->kind == TOMO_UPDATE_PATH_CAMPAIGN)
        g_variant_dict_insert (&dict, "campaign", "s", wanted->sha256);
    }

  g_variant_dict_insert (&dict, "updated-secs", "x", g_get_real_time () / G_USEC_PER_SEC);
  g_variant_dict_insert (&dict, "root-sha256", "s", tomo_trusted_set_get_root_sha256 (run->set));
  g_variant_dict_insert (&dict, "snapshot-version", "t",
                         tomo_trusted_set_get_snapshot_version (run->set));
  g_variant_dict_insert (&dict, "floor-secs", "x",
                         tomo_trusted_set_get_floor_secs (run->set, &floor_keys));
  g_variant_dict_insert (&dict, "floor-keys", "s", floor_keys != NULL ? floor_keys : "");
  g_variant_dict_insert (&dict, "timestamp-signed-on-secs", "x",
                         tomo_trusted_set_get_signed_on_secs (run->set, "timestamp"));
  g_variant_dict_insert (&dict, "timestamp-expires-secs", "x",
                         tomo_trusted_set_get_expires_secs (run->set, "timestamp"));
  g_variant_dict_insert (&dict, "snapshot-expires-secs", "x",
                         tomo_trusted_set_get_expires_secs (run->set, "snapshot"));
  g_variant_dict_insert_value (&dict, "partners", build_dates (content));
  g_variant_dict_insert (&dict, "selection", "s", selection);
  g_variant_dict_insert (&dict, "offered", "^as", offered);
  g_variant_dict_insert_value (&dict, "kept", g_variant_builder_end (&kept));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* One index, as it is written. */
typedef struct
{
  GBytes *bytes;      /* (owned) */
  GBytes *digests;    /* (owned) */
  gboolean is_enough; /* the language has so much that it can be offered */
  GError *error;      /* (owned) (nullable): why it cannot be read */
} BuiltIndex;

static void
built_index_free (BuiltIndex *self)
{
  g_bytes_unref (self->bytes);
  g_bytes_unref (self->digests);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BuiltIndex, built_index_free)

static BuiltIndex *
built_index_new (TomoIndexBuilder *builder, const char *language)
{
  BuiltIndex *self = g_new0 (BuiltIndex, 1);
  self->bytes = tomo_index_builder_build (builder, language);
  self->digests = tomo_blocks_compute_digests (self->bytes);

  g_autoptr(TomoBlocks) blocks = tomo_blocks_new (self->bytes);
  g_autoptr(TomoIndex) index = tomo_index_new (blocks, &self->error);
  self->is_enough = index != NULL && tomo_index_is_enough (index);
  return self;
}

static gboolean
write_index (BuiltIndex *self, TomoGenerationWriter *writer, const char *language, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (language, -1);
  g_autofree char *name = g_strconcat ("index/", lower, NULL);

  if (self->error == NULL)
    return tomo_generation_writer_add_file (writer, name, self->bytes, self->digests, error);

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* The indexes of a generation: while one thread builds them, the other writes what else there is,
 * and then each as it comes. */
typedef struct
{
  TomoIndexBuilder *builder; /* (owned) */
  GPtrArray *languages;      /* (owned) (element-type utf8): borrowed from the campaign file */
  GAsyncQueue *built;        /* (owned) (element-type BuiltIndex): one for each of them, in order */
  GThread *thread;           /* (owned) (nullable) */
} Indexes;

static void
indexes_clear (Indexes *self)
{
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_pointer (&self->builder, tomo_index_builder_free);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->built, g_async_queue_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Indexes, indexes_clear)

static void
indexes_init (Indexes *self, TomoUpdateContent *content)
{
  const char *const *languages = tomo_campaign_get_languages (content->campaign);
  const char *const *wanted_ones = (const char *const *) content->run->campaign->languages;

  self->builder = tomo_index_builder_new ();
  self->languages = g_ptr_array_new ();
  self->built = g_async_queue_new_full ((GDestroyNotify) built_index_free);
  for (unsigned int i = 0; i < content->wanted->len; i++)
    {
      const TomoUpdateFile *wanted = g_ptr_array_index (content->wanted, i);
      if (wanted->kind == TOMO_UPDATE_PATH_PACK)
        tomo_index_builder_add_pack (self->builder, wanted->pack);
    }
  for (size_t i = 0; languages[i] != NULL; i++)
    if (tomo_update_language_is_wanted (wanted_ones, languages[i]))
      g_ptr_array_add (self->languages, (gpointer) languages[i]);
}

static gpointer
build_indexes_work (gpointer input)
{
  Indexes *self = input;

  for (unsigned int i = 0; i < self->languages->len; i++)
    g_async_queue_push (self->built,
                        built_index_new (self->builder, g_ptr_array_index (self->languages, i)));
  return NULL;
}

/* The languages that have enough are noted beside the indexes, so that the start screen need not
 * open each of them.
 *
 * Returns: the languages that have enough to be offered. */
static char **
write_indexes (Indexes *indexes, TomoGenerationWriter *writer, GError **error)
{
  g_autoptr(GStrvBuilder) offered = g_strv_builder_new ();

  for (unsigned int i = 0; i < indexes->languages->len; i++)
    {
      const char *language = g_ptr_array_index (indexes->languages, i);
      g_autoptr(BuiltIndex) built = g_async_queue_pop (indexes->built);
      if (!write_index (built, writer, language, error))
        return NULL;
      if (built->is_enough)
        g_strv_builder_add (offered, language);
    }

  return g_strv_builder_end (offered);
}

static void
add_objects (TomoUpdateContent *content, TomoGenerationWriter *writer)
{
  g_autoptr(GPtrArray) media = tomo_update_list_media (content);
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  g_ptr_array_extend (all, content->wanted, NULL, NULL);
  g_ptr_array_extend (all, media, NULL, NULL);
  g_ptr_array_sort (all, compare_wanted);
  for (unsigned int i = 0; i < all->len; i++)
    {
      const TomoUpdateFile *wanted = g_ptr_array_index (all, i);
      tomo_generation_writer_add_object (writer, wanted->path, wanted->sha256, wanted->size);
    }
}

/* The roles of those that are sick: what is kept of them stays as it is, new and old are not mixed.
 */
static GHashTable *
list_sick_roles (TomoUpdateRun *run)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (run->set);
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter sick;
  gpointer partner;

  g_hash_table_iter_init (&sick, run->sick);
  while (g_hash_table_iter_next (&sick, &partner, NULL))
    {
      g_autoptr(GHashTable) names = tomo_update_list_branch (roles, partner);
      GHashTableIter iter;
      gpointer name;

      g_hash_table_add (all, g_strdup (partner));
      g_hash_table_iter_init (&iter, names);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_hash_table_add (all, g_strdup (name));
    }

  return all;
}

/* Saved before the switch: see what a kill in between leaves. Objects are in already, so that a
 * role of the cache never lists content that this machine has not seen whole. */
static gboolean
save_role_metadata (TomoUpdateRun *run, GError **error)
{
  g_autoptr(GHashTable) sick_roles = list_sick_roles (run);
  GHashTableIter iter;
  gpointer role;
  gpointer bytes;

  g_hash_table_iter_init (&iter, run->new_metadata);
  while (g_hash_table_iter_next (&iter, &role, &bytes))
    {
      if (g_hash_table_contains (sick_roles, role))
        continue;
      if (!tomo_update_save_cached (run, role, bytes, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
tomo_update_write_generation (TomoUpdateContent *content, GError **error)
{
  TomoUpdateRun *run = content->run;
  g_autoptr(TomoGenerationWriter) writer =
      tomo_generation_writer_new (run->store, run->campaign->name, error);
  if (writer == NULL)
    return FALSE;

  tomo_update_emit_progress (run, TOMO_UPDATE_PHASE_WRITING, 0, 0);
  g_auto(Indexes) indexes = { NULL };
  indexes_init (&indexes, content);
  indexes.thread = g_thread_new ("index", build_indexes_work, &indexes);
  add_objects (content, writer);
  if (!save_role_metadata (run, error))
    return FALSE;

  g_auto(GStrv) offered = write_indexes (&indexes, writer, error);
  if (offered == NULL)
    return FALSE;

  g_autoptr(GVariant) properties = build_properties (content, (const char *const *) offered);
  tomo_generation_writer_set_properties (writer, properties);
  return tomo_generation_writer_commit (writer, error);
}
