/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"
#include "core/tomo-library-expiry-private.h"
#include "core/tomo-library-private.h"

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

static gboolean
reload_preview (TomoLibrary *self, gboolean *out_changed, GError **error)
{
  g_autoptr(TomoPreview) preview = tomo_preview_new (self->preview_folder, error);
  if (preview == NULL)
    return FALSE;

  *out_changed = self->preview == NULL || !tomo_preview_equal (self->preview, preview);
  tomo_pack_cache_clear (self->packs);
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
  tomo_pack_cache_clear (self->packs);
  g_clear_pointer (&self->generation, tomo_generation_unref);
  g_clear_pointer (&self->campaign, tomo_campaign_unref);
  g_strfreev (self->languages);
  self->languages = g_new0 (char *, 1);
  g_clear_pointer (&self->offered, g_strfreev);
  g_strfreev (self->hidden);
  self->hidden = g_new0 (char *, 1);
  self->updated_secs = 0;
}

/**
 * tomo_library_list_hidden:
 * @self: a library
 * @generation: one of its campaign
 *
 * Lists the partners in @generation whose content is not to be shown now, as
 * tomo_library_set_expired_content() wants it.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids, sorted
 */
char **
tomo_library_list_hidden (TomoLibrary *self, TomoGeneration *generation)
{
  int64_t now_secs = self->now_secs > 0 ? self->now_secs : g_get_real_time () / G_USEC_PER_SEC;

  return self->expired_content == TOMO_EXPIRED_CONTENT_HIDE
             ? tomo_library_list_expired (tomo_generation_get_properties (generation), now_secs)
             : g_new0 (char *, 1);
}

/* What the generation notes counts all partners. */
static char **
list_offered_without_hidden (TomoLibrary *self)
{
  g_autoptr(GStrvBuilder) offered = g_strv_builder_new ();

  for (char **tag = self->offered != NULL ? self->offered : self->languages; *tag != NULL; tag++)
    {
      g_autoptr(TomoBlocks) blocks = tomo_library_open_index (self, *tag, NULL);
      g_autoptr(TomoIndex) index = blocks != NULL ? tomo_index_new (blocks, NULL) : NULL;
      if (index != NULL && tomo_index_is_enough_without (index, (const char *const *) self->hidden))
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

  g_auto(GStrv) hidden = tomo_library_list_hidden (self, generation);
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
