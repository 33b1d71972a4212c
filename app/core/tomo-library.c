/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-library.h"

#include "core/tomo-library-private.h"

/* The hub signs it anew each day. */
#define TIMESTAMP_FILE "timestamp.json"

/* How often somebody who shows content looks whether some of it has expired meanwhile: nobody waits
 * for it, and clocks are set right at any moment. */
#define EXPIRY_POLL_SECS 60

G_DEFINE_FINAL_TYPE (TomoLibrary, tomo_library, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};
static unsigned int signals[N_SIGNALS];

static void
tomo_library_dispose (GObject *object)
{
  TomoLibrary *self = TOMO_LIBRARY (object);

  tomo_library_note_damage (self);
  tomo_library_stop_monitoring (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (tomo_library_parent_class)->dispose (object);
}

static void
tomo_library_finalize (GObject *object)
{
  TomoLibrary *self = TOMO_LIBRARY (object);

  g_clear_pointer (&self->packs, tomo_pack_cache_free);
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
   * What @self holds is still as it was, until tomo_library_reload(). Emitted only while
   * monitoring, in the thread that started it.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TOMO_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
tomo_library_init (TomoLibrary *self)
{
  self->languages = g_new0 (char *, 1);
  self->hidden = g_new0 (char *, 1);
  self->packs = tomo_pack_cache_new ();
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

  return MAX (self->updated_secs,
              tomo_store_get_metadata_secs (self->store, self->campaign_id, TIMESTAMP_FILE));
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

  g_auto(GStrv) hidden = tomo_library_list_hidden (self, self->generation);
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
