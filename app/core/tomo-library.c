/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-library.h"

#include "core/content/tomo-language.h"
#include "core/content/tomo-media.h"
#include "core/content/tomo-pack.h"
#include "core/store/tomo-generation.h"
#include "core/tomo-error.h"
#include "core/tomo-library-expiry-private.h"
#include "core/tomo-library-monitor-private.h"
#include "core/tomo-library-preview-private.h"

/* The hub signs it anew each day. */
#define TIMESTAMP_FILE "timestamp.json"

/* How often somebody who shows content looks whether some of it has expired meanwhile: nobody waits
 * for it, and clocks are set right at any moment. */
#define EXPIRY_POLL_SECS 60

/* A tip, and the packs of the languages that a visitor may switch between. */
#define MAX_CACHED_PACKS 4
/* 30 partners with 2,000 items each, 500 bytes an entry, come to 30 MB. */
#define MAX_INDEX_BYTES (64 * 1024 * 1024)

typedef struct
{
  char *object;   /* (owned) */
  TomoPack *pack; /* (owned) */
} CachedPack;

struct _TomoLibrary
{
  GObject parent_instance;

  TomoStore *store;           /* (owned) (nullable): %NULL for previews */
  char *campaign_id;          /* (owned) (not nullable) */
  char *preview_folder;       /* (owned) (nullable) */
  TomoPreview *preview;       /* (owned) (nullable) */
  TomoGeneration *generation; /* (owned) (nullable): %NULL while nothing is stored */
  TomoCampaign *campaign;     /* (owned) (nullable) */
  char **languages;           /* (owned) (not nullable) */
  char **offered;             /* (owned) (nullable): those with enough in them; NULL: not known */
  int64_t updated_secs;
  TomoExpiredContent expired_content;
  int64_t now_secs;         /* zero for the clock */
  char **hidden;            /* (owned) (not nullable): partners whose content has expired */
  GQueue packs;             /* (element-type CachedPack): the last used first */
  TomoBlocks *index_blocks; /* (owned) (nullable): of the index that was opened last */

  TomoLibraryMonitor *monitor; /* (owned) (nullable): while monitoring */
  GSource *expiry_source;      /* (owned) (nullable): while monitoring, if anything gets hidden */
};

G_DEFINE_FINAL_TYPE (TomoLibrary, tomo_library, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};
static unsigned int signals[N_SIGNALS];

static void
cached_pack_free (gpointer data)
{
  CachedPack *self = data;

  g_free (self->object);
  tomo_pack_unref (self->pack);
  g_free (self);
}

/* Damage in an index shows when somebody looks at that part of it. Then the next sync shall repair
 * it; whoever may not write to the store leaves that to ‘tomoctl verify’. */
static void
note_damage (TomoLibrary *self)
{
  if (self->store != NULL && self->index_blocks != NULL &&
      tomo_blocks_is_damaged (self->index_blocks))
    tomo_store_mark_repair (self->store, NULL);
  g_clear_pointer (&self->index_blocks, tomo_blocks_unref);
}

static void
tomo_library_dispose (GObject *object)
{
  TomoLibrary *self = TOMO_LIBRARY (object);

  note_damage (self);
  tomo_library_stop_monitoring (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (tomo_library_parent_class)->dispose (object);
}

static void
tomo_library_finalize (GObject *object)
{
  TomoLibrary *self = TOMO_LIBRARY (object);

  g_queue_clear_full (&self->packs, cached_pack_free);
  g_clear_pointer (&self->campaign_id, g_free);
  g_clear_pointer (&self->preview_folder, g_free);
  g_clear_pointer (&self->preview, tomo_preview_free);
  g_clear_pointer (&self->generation, tomo_generation_unref);
  g_clear_pointer (&self->campaign, tomo_campaign_unref);
  g_clear_pointer (&self->languages, g_strfreev);
  g_clear_pointer (&self->offered, g_strfreev);
  g_clear_pointer (&self->hidden, g_strfreev);

  G_OBJECT_CLASS (tomo_library_parent_class)->finalize (object);
}

static void
tomo_library_class_init (TomoLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tomo_library_dispose;
  object_class->finalize = tomo_library_finalize;

  /**
   * TomoLibrary::changed:
   *
   * Another generation became current on the disk, or content that has expired is to be hidden.
   * What @self holds is still as it was, until tomo_library_reload(). Emitted only while monitoring, in the thread that started it.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TOMO_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
tomo_library_init (TomoLibrary *self)
{
  self->languages = g_new0 (char *, 1);
  self->hidden = g_new0 (char *, 1);
  g_queue_init (&self->packs);
}

/**
 * tomo_library_new:
 * @store: a store, which need not exist yet
 * @campaign: the name of a campaign in it
 *
 * Makes an empty library; tomo_library_reload() fills it.
 *
 * Returns: (transfer full): a library
 */
TomoLibrary *
tomo_library_new (TomoStore *store, const char *campaign)
{
  g_return_val_if_fail (TOMO_IS_STORE (store), NULL);
  g_return_val_if_fail (campaign != NULL, NULL);

  TomoLibrary *self = g_object_new (TOMO_TYPE_LIBRARY, NULL);
  self->store = g_object_ref (store);
  self->campaign_id = g_strdup (campaign);

  return self;
}

/**
 * tomo_library_new_for_preview:
 * @folder: what `tomopress pack build -o` wrote
 * @error: return location for a #GError
 *
 * Makes a library of built files that nobody has signed. It is filled at once.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): a library
 */
TomoLibrary *
tomo_library_new_for_preview (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr(TomoLibrary) self = g_object_new (TOMO_TYPE_LIBRARY, NULL);
  self->campaign_id = g_strdup ("preview");
  self->preview_folder = g_strdup (folder);

  if (!tomo_library_reload (self, NULL, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * tomo_library_get_store:
 * @self: a library
 *
 * Gives the store.
 *
 * Returns: (transfer none) (nullable): the store; %NULL for a preview
 */
TomoStore *
tomo_library_get_store (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);

  return self->store;
}

/**
 * tomo_library_get_campaign_id:
 * @self: a library
 *
 * Gives the name by which the configuration knows the campaign.
 *
 * Returns: (transfer none): a name; ‘preview’ for a preview
 */
const char *
tomo_library_get_campaign_id (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);

  return self->campaign_id;
}

/**
 * tomo_library_is_preview:
 * @self: a library
 *
 * Tells whether what is shown was never signed.
 *
 * Returns: %TRUE for previews
 */
gboolean
tomo_library_is_preview (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), FALSE);

  return self->preview_folder != NULL;
}

/**
 * tomo_library_set_expired_content:
 * @self: a library
 * @expired_content: what becomes of content whose signature has expired
 *
 * Says whether partners are left out once the file in which they signed their content has expired,
 * as if they had published nothing; they are shown unless this says otherwise. What the campaign
 * itself says of partners and languages stays. Takes effect with tomo_library_reload().
 */
void
tomo_library_set_expired_content (TomoLibrary *self, TomoExpiredContent expired_content)
{
  g_return_if_fail (TOMO_IS_LIBRARY (self));

  self->expired_content = expired_content;
}

/**
 * tomo_library_set_now_secs:
 * @self: a library
 * @now_secs: seconds since 1970; 0 for the clock
 *
 * Sets the time that expiry is compared with. For tests.
 */
void
tomo_library_set_now_secs (TomoLibrary *self, int64_t now_secs)
{
  g_return_if_fail (TOMO_IS_LIBRARY (self));

  self->now_secs = now_secs;
}

static char *
dup_index_name (const char *tag)
{
  g_autofree char *lower = g_ascii_strdown (tag, -1);

  return g_strconcat ("index/", lower, NULL);
}

/* In the order of the campaign; one that was not selected on this machine has no index. */
static char **
list_languages (TomoCampaign *campaign, TomoGeneration *generation, GError **error)
{
  g_auto(GStrv) files = tomo_generation_list_files (generation, "index", error);
  if (files == NULL)
    return NULL;

  g_autoptr(GStrvBuilder) languages = g_strv_builder_new ();
  const char *const *tags = tomo_campaign_get_languages (campaign);
  for (size_t i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *lower = g_ascii_strdown (tags[i], -1);
      if (g_strv_contains ((const char *const *) files, lower))
        g_strv_builder_add (languages, tags[i]);
    }

  return g_strv_builder_end (languages);
}

static TomoCampaign *
load_campaign (TomoLibrary *self, TomoGeneration *generation, GError **error)
{
  TomoStoredObject object;

  /* Noted beside the list of objects, so that a start need not look into that. */
  if (!g_variant_lookup (tomo_generation_get_properties (generation), "campaign", "&s",
                         &object.sha256) &&
      !tomo_generation_find_object (generation, TOMO_CAMPAIGN_TARGET, &object))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "campaign %s has no campaign file in the store: run tomoctl verify, then "
                   "tomoctl sync, to repair it",
                   self->campaign_id);
      return NULL;
    }

  g_autoptr(GBytes) packed =
      tomo_store_load_object (self->store, object.sha256, TOMO_PACK_MAX_PACKED_BYTES, error);
  return packed != NULL ? tomo_campaign_new (packed, error) : NULL;
}

static void
clear_packs (TomoLibrary *self)
{
  g_queue_clear_full (&self->packs, cached_pack_free);
}

static gboolean
reload_preview (TomoLibrary *self, gboolean *out_changed, GError **error)
{
  g_autoptr(TomoPreview) preview = tomo_preview_new (self->preview_folder, error);
  if (preview == NULL)
    return FALSE;

  *out_changed = self->preview == NULL || !tomo_preview_equal (self->preview, preview);
  clear_packs (self);
  g_clear_pointer (&self->campaign, tomo_campaign_unref);
  if (tomo_preview_get_campaign (preview) != NULL)
    self->campaign = tomo_campaign_ref (tomo_preview_get_campaign (preview));
  g_strfreev (self->languages);
  self->languages = tomo_preview_dup_languages (preview);
  g_clear_pointer (&self->preview, tomo_preview_free);
  self->preview = g_steal_pointer (&preview);

  return TRUE;
}

static void
make_empty (TomoLibrary *self)
{
  clear_packs (self);
  g_clear_pointer (&self->generation, tomo_generation_unref);
  g_clear_pointer (&self->campaign, tomo_campaign_unref);
  g_strfreev (self->languages);
  self->languages = g_new0 (char *, 1);
  g_clear_pointer (&self->offered, g_strfreev);
  g_strfreev (self->hidden);
  self->hidden = g_new0 (char *, 1);
  self->updated_secs = 0;
}

/* The partners in @generation whose content is not shown now. */
static char **
list_hidden (TomoLibrary *self, TomoGeneration *generation)
{
  int64_t now_secs = self->now_secs > 0 ? self->now_secs : g_get_real_time () / G_USEC_PER_SEC;

  return self->expired_content == TOMO_EXPIRED_CONTENT_HIDE
             ? tomo_library_list_expired (tomo_generation_get_properties (generation), now_secs)
             : g_new0 (char *, 1);
}

static TomoBlocks *open_index (TomoLibrary *self, const char *tag, GError **error);

/* What the generation notes counts all partners. */
static char **
list_offered_without_hidden (TomoLibrary *self)
{
  g_autoptr(GStrvBuilder) offered = g_strv_builder_new ();

  for (char **tag = self->offered != NULL ? self->offered : self->languages; *tag != NULL; tag++)
    {
      g_autoptr(TomoBlocks) blocks = open_index (self, *tag, NULL);
      g_autoptr(TomoIndex) index = blocks != NULL ? tomo_index_new (blocks, NULL) : NULL;
      if (index != NULL &&
          tomo_index_is_enough_without (index, (const char *const *) self->hidden))
        g_strv_builder_add (offered, *tag);
    }

  return g_strv_builder_end (offered);
}

/* Takes @hidden, too. */
static gboolean
take_generation (TomoLibrary *self, TomoGeneration *generation, char ***hidden, GError **error)
{
  g_autoptr(TomoCampaign) campaign = load_campaign (self, generation, error);
  if (campaign == NULL)
    return FALSE;

  g_auto(GStrv) languages = list_languages (campaign, generation, error);
  if (languages == NULL)
    return FALSE;

  make_empty (self);
  g_strfreev (self->languages);
  self->languages = g_steal_pointer (&languages);
  self->campaign = g_steal_pointer (&campaign);
  self->generation = tomo_generation_ref (generation);
  g_variant_lookup (tomo_generation_get_properties (generation), "updated-secs", "x",
                    &self->updated_secs);
  g_variant_lookup (tomo_generation_get_properties (generation), "offered", "^as", &self->offered);
  g_strfreev (self->hidden);
  self->hidden = g_steal_pointer (hidden);
  if (self->hidden[0] != NULL)
    {
      char **offered = list_offered_without_hidden (self);
      g_strfreev (self->offered);
      self->offered = offered;
    }

  return TRUE;
}

static gboolean
reload_store (TomoLibrary *self, gboolean *out_changed, GError **error)
{
  g_autoptr(GError) open_error = NULL;
  g_autoptr(TomoGeneration) generation =
      tomo_generation_open_current (self->store, self->campaign_id, &open_error);

  if (g_error_matches (open_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    {
      *out_changed = self->generation != NULL;
      make_empty (self);
      return TRUE;
    }

  if (generation == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&open_error));
      return FALSE;
    }

  g_auto(GStrv) hidden = list_hidden (self, generation);
  *out_changed =
      self->generation == NULL ||
      tomo_generation_get_number (self->generation) != tomo_generation_get_number (generation) ||
      !g_strv_equal ((const char *const *) self->hidden, (const char *const *) hidden);

  return !*out_changed || take_generation (self, generation, &hidden, error);
}

/**
 * tomo_library_reload:
 * @self: a library
 * @out_changed: (out) (optional): whether something else is shown from now on
 * @error: return location for a #GError
 *
 * Takes up what is current now. That nothing is stored yet is no error. On failure @self stays as
 * it was. Between two visitors is the time for this.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if the store is damaged, %TOMO_ERROR_UNSUPPORTED
 * if another version wrote it, or %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_library_reload (TomoLibrary *self, gboolean *out_changed, GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), FALSE);

  gboolean has_changed = FALSE;
  gboolean is_done = self->preview_folder != NULL ? reload_preview (self, &has_changed, error)
                                                  : reload_store (self, &has_changed, error);

  if (out_changed != NULL)
    *out_changed = is_done && has_changed;
  return is_done;
}

/**
 * tomo_library_is_empty:
 * @self: a library
 *
 * Tells whether there is nothing to show yet.
 *
 * Returns: %TRUE before the first sync
 */
gboolean
tomo_library_is_empty (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), TRUE);

  return self->preview != NULL ? tomo_preview_get_n_packs (self->preview) == 0
                               : self->generation == NULL;
}

/**
 * tomo_library_get_generation:
 * @self: a library
 *
 * Gives the number of the generation that @self holds.
 *
 * Returns: a number from 1; 0 if @self is empty or a preview
 */
uint64_t
tomo_library_get_generation (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), 0);

  return self->generation != NULL ? tomo_generation_get_number (self->generation) : 0;
}

/**
 * tomo_library_get_updated_secs:
 * @self: a library
 *
 * Gives the time of the last update.
 *
 * Returns: seconds since 1970; 0 if it is not known
 */
int64_t
tomo_library_get_updated_secs (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), 0);

  return self->updated_secs;
}

/**
 * tomo_library_get_fetched_secs:
 * @self: a library
 *
 * Gives the time when the machine last heard from the campaign: when content came, or when the hub
 * said anew that there is none. Nothing vouches for it: it is for people who look after machines.
 *
 * Returns: seconds since 1970; 0 if it is not known
 */
int64_t
tomo_library_get_fetched_secs (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), 0);

  if (self->preview != NULL || self->generation == NULL)
    return 0;

  return MAX (self->updated_secs, tomo_store_get_metadata_secs (self->store, self->campaign_id,
                                                                TIMESTAMP_FILE));
}

/**
 * tomo_library_get_campaign:
 * @self: a library
 *
 * Gives the campaign.
 *
 * Returns: (transfer none) (nullable): the campaign; %NULL if @self is empty, and for previews
 *   without a campaign file
 */
TomoCampaign *
tomo_library_get_campaign (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);

  return self->campaign;
}

/**
 * tomo_library_get_hidden:
 * @self: a library
 *
 * Gives the partners of which nothing is shown because what they signed has expired, as
 * tomo_library_set_expired_content() wants it.
 *
 * Returns: (transfer none): ids, sorted, %NULL-terminated
 */
const char *const *
tomo_library_get_hidden (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);

  return (const char *const *) self->hidden;
}

/**
 * tomo_library_get_languages:
 * @self: a library
 *
 * Gives the languages that can be shown, in the order of the campaign.
 *
 * Returns: (transfer none): BCP 47 tags, %NULL-terminated
 */
const char *const *
tomo_library_get_languages (TomoLibrary *self)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);

  return (const char *const *) self->languages;
}

/**
 * tomo_library_is_offered:
 * @self: a library
 * @language: one of tomo_library_get_languages()
 *
 * Tells whether a visitor who chooses @language finds enough, as tomo_index_is_enough() has it.
 * All languages of a preview are offered: authors look at what is not finished yet.
 *
 * Returns: %TRUE if it can be offered
 */
gboolean
tomo_library_is_offered (TomoLibrary *self, const char *language)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (language != NULL, FALSE);

  return self->offered == NULL || g_strv_contains ((const char *const *) self->offered, language);
}

static TomoBlocks *
open_index (TomoLibrary *self, const char *tag, GError **error)
{
  if (self->preview != NULL)
    {
      g_autoptr(GBytes) bytes = tomo_preview_build_index (self->preview, tag);
      return tomo_blocks_new (bytes);
    }

  if (self->generation == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "nothing of campaign %s is stored: run tomoctl sync", self->campaign_id);
      return NULL;
    }

  g_autofree char *name = dup_index_name (tag);
  return tomo_generation_open_file (self->generation, name, MAX_INDEX_BYTES, error);
}

/**
 * tomo_library_load_index:
 * @self: a library
 * @language: for whom
 * @error: return location for a #GError
 *
 * Opens the list of all items for one language, without those of tomo_library_get_hidden(). If the one that was opened before turned out to be
 * damaged, the store is marked for repair.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is none for @language,
 * %TOMO_ERROR_INVALID_DATA if it is damaged, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the index
 */
TomoIndex *
tomo_library_load_index (TomoLibrary *self, const char *language, GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (language != NULL, NULL);

  const TomoLanguage *row = tomo_language_find (language);
  g_autoptr(TomoBlocks) blocks = open_index (self, row != NULL ? row->tag : language, error);
  if (blocks == NULL)
    return NULL;

  note_damage (self);
  self->index_blocks = tomo_blocks_ref (blocks);
  g_autoptr(TomoIndex) index = tomo_index_new (blocks, error);
  if (index == NULL || self->hidden[0] == NULL)
    return g_steal_pointer (&index);

  g_autoptr(GBytes) bytes = tomo_index_write_without (index, (const char *const *) self->hidden);
  g_autoptr(TomoBlocks) shown = tomo_blocks_new (bytes);
  return tomo_index_new (shown, error);
}

static GBytes *
load_object (TomoLibrary *self, const char *sha256, size_t max_bytes, GError **error)
{
  return self->preview != NULL ? tomo_preview_load_object (self->preview, sha256, max_bytes, error)
                               : tomo_store_load_object (self->store, sha256, max_bytes, error);
}

static TomoPack *
find_cached (TomoLibrary *self, const char *object)
{
  for (GList *link = self->packs.head; link != NULL; link = link->next)
    {
      CachedPack *cached = link->data;
      if (g_str_equal (cached->object, object))
        {
          g_queue_unlink (&self->packs, link);
          g_queue_push_head_link (&self->packs, link);
          return cached->pack;
        }
    }

  return NULL;
}

/**
 * tomo_library_load_pack:
 * @self: a library
 * @object: the SHA-256 of a compiled pack
 * @error: return location for a #GError
 *
 * Opens a pack. The last few stay in memory.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if it is not there: a day after an update the objects
 * of the generation before the last are gone, and tomo_library_reload() helps. Else
 * %TOMO_ERROR_INVALID_DATA if it is damaged, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): the pack
 */
TomoPack *
tomo_library_load_pack (TomoLibrary *self, const char *object, GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (object != NULL, NULL);

  TomoPack *known = find_cached (self, object);
  if (known != NULL)
    return tomo_pack_ref (known);

  g_autoptr(GBytes) packed = load_object (self, object, TOMO_PACK_MAX_PACKED_BYTES, error);
  if (packed == NULL)
    return NULL;

  TomoPack *pack = tomo_pack_new (packed, error);
  if (pack == NULL)
    return NULL;

  CachedPack *cached = g_new0 (CachedPack, 1);
  cached->object = g_strdup (object);
  cached->pack = tomo_pack_ref (pack);
  g_queue_push_head (&self->packs, cached);
  if (self->packs.length > MAX_CACHED_PACKS)
    cached_pack_free (g_queue_pop_tail (&self->packs));

  return pack;
}

/**
 * tomo_library_load_item:
 * @self: a library
 * @entry: an entry of an index of @self
 * @out_pack: (out) (optional) (transfer full): the pack that holds the item
 * @error: return location for a #GError
 *
 * Opens an item.
 *
 * On failure this sets what tomo_library_load_pack() sets, %TOMO_ERROR_NOT_FOUND if the partner
 * has been hidden since the index was opened, and %TOMO_ERROR_INVALID_DATA if the pack is not the
 * one that the index means.
 *
 * Returns: (transfer full): the item
 */
TomoItem *
tomo_library_load_item (TomoLibrary *self,
                        const TomoIndexEntry *entry,
                        TomoPack **out_pack,
                        GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  if (g_strv_contains ((const char *const *) self->hidden, entry->partner))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "what %s signed has expired, and expired-content=hide hides it: run tomoctl "
                   "sync to fetch what is newer",
                   entry->partner);
      return NULL;
    }

  g_autoptr(TomoPack) pack = tomo_library_load_pack (self, entry->object, error);
  if (pack == NULL)
    return NULL;

  TomoItem *item = tomo_pack_find_item (pack, entry->item);
  if (item == NULL || !g_str_equal (tomo_pack_get_partner (pack), entry->partner) ||
      !g_str_equal (tomo_pack_get_id (pack), entry->pack))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "the index is wrong about item %s of %s/%s: run tomoctl sync to repair it",
                   entry->item, entry->partner, entry->pack);
      return NULL;
    }

  tomo_item_ref (item);
  if (out_pack != NULL)
    *out_pack = g_steal_pointer (&pack);
  return item;
}

static GBytes *
load_medium (TomoLibrary *self, const char *sha256, const char *suffix, GError **error)
{
  g_autoptr(GBytes) bytes = load_object (self, sha256, tomo_media_get_max_bytes (suffix), error);
  if (bytes == NULL)
    return NULL;

  if (!tomo_media_check (suffix, bytes, error))
    {
      g_prefix_error (error, "%s: ", sha256);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

/**
 * tomo_library_load_picture:
 * @self: a library
 * @sha256: the picture
 * @error: return location for a #GError
 *
 * Reads a picture and checks its header, so that a decoder may see it.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): a still PNG within the limits
 */
GBytes *
tomo_library_load_picture (TomoLibrary *self, const char *sha256, GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  return load_medium (self, sha256, TOMO_MEDIA_PICTURE, error);
}

/**
 * tomo_library_load_audio:
 * @self: a library
 * @sha256: the recording
 * @error: return location for a #GError
 *
 * Reads a recording and checks its pages, so that a decoder may see it.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): Ogg Opus within the limits
 */
GBytes *
tomo_library_load_audio (TomoLibrary *self, const char *sha256, GError **error)
{
  g_return_val_if_fail (TOMO_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  return load_medium (self, sha256, TOMO_MEDIA_AUDIO, error);
}

static void
current_changed_cb (gpointer user_data)
{
  g_autoptr(TomoLibrary) self = g_object_ref (user_data);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
look_for_expired_cb (gpointer user_data)
{
  TomoLibrary *self = user_data;
  if (self->generation == NULL)
    return G_SOURCE_CONTINUE;

  g_auto(GStrv) hidden = list_hidden (self, self->generation);
  if (!g_strv_equal ((const char *const *) self->hidden, (const char *const *) hidden))
    current_changed_cb (self);
  return G_SOURCE_CONTINUE;
}

static void
start_looking_for_expired (TomoLibrary *self)
{
  self->expiry_source = g_timeout_source_new_seconds (EXPIRY_POLL_SECS);
  g_source_set_name (self->expiry_source, "tomo-look-for-expired");
  g_source_set_callback (self->expiry_source, look_for_expired_cb, self, NULL);
  g_source_attach (self->expiry_source, g_main_context_get_thread_default ());
}

/**
 * tomo_library_start_monitoring:
 * @self: a library
 *
 * Begins to emit #TomoLibrary::changed, as long as the main context of this thread iterates. Does
 * nothing for previews.
 */
void
tomo_library_start_monitoring (TomoLibrary *self)
{
  g_return_if_fail (TOMO_IS_LIBRARY (self));

  if (self->store != NULL && self->monitor == NULL)
    self->monitor =
        tomo_library_monitor_new (self->store, self->campaign_id, current_changed_cb, self);
  if (self->store != NULL && self->expired_content == TOMO_EXPIRED_CONTENT_HIDE &&
      self->expiry_source == NULL)
    start_looking_for_expired (self);
}

/**
 * tomo_library_stop_monitoring:
 * @self: a library
 *
 * Stops emitting #TomoLibrary::changed. Does nothing if @self does not monitor.
 */
void
tomo_library_stop_monitoring (TomoLibrary *self)
{
  g_return_if_fail (TOMO_IS_LIBRARY (self));

  g_clear_object (&self->monitor);
  if (self->expiry_source != NULL)
    g_source_destroy (self->expiry_source);
  g_clear_pointer (&self->expiry_source, g_source_unref);
}
