/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-export-private.h"

#include <string.h>

#include "core/content/tomo-campaign.h"
#include "core/content/tomo-media.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"
#include "core/tomo-export-folder-private.h"
#include "core/tomo-update-private.h"

#define HUB_ROLE TOMO_CAMPAIGN_ROLE

static void
file_free (gpointer data)
{
  TomoExportFile *self = data;

  g_free (self->name);
  g_free (self->sha256);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/* Frees what a plan holds. */
void
tomo_export_plan_clear (TomoExportPlan *self)
{
  g_clear_pointer (&self->held, tomo_held_free);
  g_clear_pointer (&self->generation, tomo_generation_unref);
  g_clear_pointer (&self->partners, g_strfreev);
  g_clear_pointer (&self->languages, g_strfreev);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  g_clear_pointer (&self->heads, g_ptr_array_unref);
}

static char *
dup_partner (const char *path)
{
  return g_strndup (path, strcspn (path, "/"));
}

/* The language of a pack’s path, or NULL for what is no pack. */
static char *
dup_pack_language (const char *path)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", 0);

  if (g_strv_length (parts) != 4 || !g_str_equal (parts[1], "packs") ||
      !g_str_has_suffix (parts[3], ".k1.gz"))
    return NULL;

  return g_strndup (parts[3], strlen (parts[3]) - strlen (".k1.gz"));
}

/* A list that is damaged must not pass for one that is shorter. */
static gboolean
check_objects (TomoExportPlan *self, GError **error)
{
  TomoStoredObject object;

  for (size_t i = 0; i < tomo_generation_get_n_objects (self->generation); i++)
    if (!tomo_generation_get_object (self->generation, i, &object, error))
      return FALSE;

  return TRUE;
}

static gboolean
is_here (TomoExportPlan *self, const TomoTrustTarget *target)
{
  TomoStoredObject object;

  return tomo_generation_find_object (self->generation, target->path, &object) &&
         g_str_equal (object.sha256, target->sha256) && object.size == target->size;
}

static gboolean
holds_any_of (TomoExportPlan *self, const char *partner)
{
  size_t length = strlen (partner);

  for (size_t i = 0; i < tomo_generation_get_n_objects (self->generation); i++)
    {
      TomoStoredObject object;
      if (tomo_generation_get_object (self->generation, i, &object, NULL) &&
          strncmp (object.path, partner, length) == 0 && object.path[length] == '/')
        return TRUE;
    }

  return FALSE;
}

/* A role may have a name that a web server can serve and FAT cannot. */
static gboolean
check_names (TomoExportPlan *self, const char *partner, GError **error)
{
  g_autoptr(GPtrArray) files = tomo_held_list_files (self->held, partner);
  g_autoptr(GHashTable) folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < files->len; i++)
    {
      const TomoHeldFile *file = g_ptr_array_index (files, i);
      if (!tomo_export_check_name (file->name, g_bytes_get_size (file->bytes), error))
        return FALSE;
      if (!g_hash_table_add (folded, g_ascii_strdown (file->name, -1)))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                       "‘%s’ differs from another file in nothing but capitals, which a stick "
                       "does not keep apart",
                       file->name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_partner (TomoExportPlan *self, const char *partner, GError **error)
{
  if (!holds_any_of (self, partner))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "nothing of it is on this machine; ‘tomoctl sync’ fetches what is configured");
      return FALSE;
    }
  if (!tomo_held_is_current (self->held, partner))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
                   "its latest files could not be taken in here, and other machines refuse the "
                   "ones before; run ‘tomoctl sync’");
      return FALSE;
    }

  return check_names (self, partner, error);
}

static gboolean
choose_partners (TomoExportPlan *self, GError **error)
{
  g_autoptr(GStrvBuilder) chosen = g_strv_builder_new ();
  g_autoptr(GPtrArray) known = tomo_held_list_partners (self->held);

  for (size_t i = 0; self->chosen_partners != NULL && self->chosen_partners[i] != NULL; i++)
    if (!tomo_held_has_partner (self->held, self->chosen_partners[i]) ||
        g_str_equal (self->chosen_partners[i], HUB_ROLE))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                     "there is no partner ‘%s’ in this campaign; ‘tomoctl status’ shows those "
                     "there are",
                     self->chosen_partners[i]);
        return FALSE;
      }

  for (unsigned int i = 0; i < known->len; i++)
    {
      const TomoHeldPartner *partner = g_ptr_array_index (known, i);
      g_autoptr(GError) reason = NULL;
      if (!tomo_update_is_selected (self->chosen_partners, partner->name))
        continue;
      if (check_partner (self, partner->name, &reason))
        g_strv_builder_add (chosen, partner->name);
      else if (self->chosen_partners != NULL ||
               !g_error_matches (reason, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        self->left_out_func (partner->name, reason, self->user_data);
    }

  self->partners = g_strv_builder_end (chosen);
  if (self->partners[0] != NULL)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
               "no partner of the campaign ‘%s’ can be exported: run ‘tomoctl sync’ first",
               self->campaign->name);
  return FALSE;
}

static gboolean
is_wanted_in (const char *const *languages, const char *language)
{
  return tomo_update_language_is_wanted (languages, language);
}

/* The packs of the partners that go, by language: whether all of them are here. */
static void
sort_languages (TomoExportPlan *self,
                GPtrArray *targets,
                const char *const *wanted,
                GHashTable *listed,
                GHashTable *absent)
{
  for (unsigned int i = 0; i < targets->len; i++)
    {
      const TomoTrustTarget *target = g_ptr_array_index (targets, i);
      g_autofree char *partner = dup_partner (target->path);
      g_autofree char *language = dup_pack_language (target->path);
      if (language == NULL || !g_strv_contains ((const char *const *) self->partners, partner) ||
          !is_wanted_in (wanted, language))
        continue;
      if (!is_here (self, target))
        g_hash_table_insert (absent, g_strdup (language), g_strdup (target->path));
      g_hash_table_add (listed, g_steal_pointer (&language));
    }
}

static gboolean
check_chosen_languages (TomoExportPlan *self,
                        GHashTable *listed,
                        GHashTable *absent,
                        GError **error)
{
  for (size_t i = 0; self->chosen_languages[i] != NULL; i++)
    {
      g_autofree char *lower = g_ascii_strdown (self->chosen_languages[i], -1);
      if (!g_hash_table_contains (listed, lower))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                       "no pack is in ‘%s’; ‘tomoctl status’ shows the languages there are",
                       self->chosen_languages[i]);
          return FALSE;
        }
    }

  GHashTableIter iter;
  gpointer language;
  gpointer path;
  g_hash_table_iter_init (&iter, absent);
  if (g_hash_table_iter_next (&iter, &language, &path))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "%s is not on this machine: run ‘tomoctl sync’ for ‘%s’ first, or leave it out",
                   (const char *) path, (const char *) language);
      return FALSE;
    }

  self->languages = g_strdupv ((char **) self->chosen_languages);
  return TRUE;
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Languages that are here with all that they fall back to: a machine may itself have been filled
 * from a stick. */
static GStrv
list_whole_languages (GHashTable *listed, GHashTable *absent)
{
  g_autoptr(GPtrArray) whole = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer language;

  g_hash_table_iter_init (&iter, listed);
  while (g_hash_table_iter_next (&iter, &language, NULL))
    {
      const char *const alone[] = { language, NULL };
      GHashTableIter others;
      gpointer other;
      gboolean is_whole = TRUE;

      g_hash_table_iter_init (&others, absent);
      while (is_whole && g_hash_table_iter_next (&others, &other, NULL))
        is_whole = !is_wanted_in (alone, other);
      if (is_whole)
        g_ptr_array_add (whole, g_strdup (language));
    }

  g_ptr_array_sort (whole, compare_strings);
  g_ptr_array_add (whole, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&whole), FALSE);
}

static gboolean
choose_languages (TomoExportPlan *self, GPtrArray *targets, GError **error)
{
  g_autoptr(GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) absent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *const *wanted = self->chosen_languages != NULL
                                  ? self->chosen_languages
                                  : (const char *const *) self->campaign->languages;

  sort_languages (self, targets, wanted, listed, absent);
  if (self->chosen_languages != NULL)
    return check_chosen_languages (self, listed, absent, error);

  self->languages = g_hash_table_size (absent) == 0 ? g_strdupv (self->campaign->languages)
                                                    : list_whole_languages (listed, absent);
  if (self->languages == NULL || self->languages[0] != NULL)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
               "no language of the campaign ‘%s’ is whole on this machine: run ‘tomoctl sync’ "
               "first",
               self->campaign->name);
  return FALSE;
}

static char *
dup_published_name (TomoExportPlan *self, const TomoTrustTarget *target)
{
  if (!tomo_trusted_set_has_consistent_snapshots (tomo_held_get_set (self->held)))
    return g_strconcat ("targets/", target->path, NULL);

  g_autofree char *folder = g_path_get_dirname (target->path);
  g_autofree char *base = g_path_get_basename (target->path);
  return g_strconcat ("targets/", folder, "/", target->sha256, ".", base, NULL);
}

static void
add_target (TomoExportPlan *self, const TomoTrustTarget *target)
{
  TomoExportFile *file = g_new0 (TomoExportFile, 1);

  file->name = dup_published_name (self, target);
  file->sha256 = g_strdup (target->sha256);
  file->size = target->size;
  g_ptr_array_add (self->targets, file);
}

static gboolean
add_media_of (TomoExportPlan *self, const TomoTrustTarget *target, GHashTable *used, GError **error)
{
  g_autoptr(GBytes) bytes =
      tomo_store_load_object (self->store, target->sha256, TOMO_PACK_MAX_PACKED_BYTES, error);
  if (bytes == NULL)
    {
      g_prefix_error (error, "%s: ", target->path);
      return FALSE;
    }

  g_autoptr(TomoPack) pack = tomo_pack_new (bytes, error);
  if (pack == NULL)
    {
      g_prefix_error (error, "%s: ", target->path);
      return FALSE;
    }

  const char *const *media = tomo_pack_get_media (pack);
  g_autofree char *partner = dup_partner (target->path);
  for (size_t i = 0; media[i] != NULL; i++)
    g_hash_table_add (used, tomo_media_dup_path (partner, media[i]));
  return TRUE;
}

static gboolean
add_recordings_of (TomoExportPlan *self,
                   const TomoTrustTarget *target,
                   GHashTable *used,
                   GError **error)
{
  g_autoptr(GBytes) bytes =
      tomo_store_load_object (self->store, target->sha256, TOMO_PACK_MAX_PACKED_BYTES, error);
  g_autoptr(TomoCampaign) campaign = bytes != NULL ? tomo_campaign_new (bytes, error) : NULL;
  if (campaign == NULL)
    {
      g_prefix_error (error, "%s: ", target->path);
      return FALSE;
    }

  const TomoRecordings *recordings = tomo_campaign_get_recordings (campaign);
  for (size_t i = 0; i < tomo_recordings_get_n (recordings); i++)
    {
      const TomoRecording *recording = tomo_recordings_get (recordings, i);
      g_autofree char *name = g_strconcat (recording->sha256, TOMO_MEDIA_AUDIO, NULL);
      if (is_wanted_in ((const char *const *) self->languages, recording->language))
        g_hash_table_add (used, tomo_media_dup_path (HUB_ROLE, name));
    }
  return TRUE;
}

/* The hub’s files and the small ones of a partner go whatever the language; pictures and recordings
 * go if a file that goes uses them. */
static gboolean
add_targets (TomoExportPlan *self, GPtrArray *targets, GError **error)
{
  g_autoptr(GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < targets->len; i++)
    {
      const TomoTrustTarget *target = g_ptr_array_index (targets, i);
      g_autofree char *partner = dup_partner (target->path);
      g_autofree char *language = dup_pack_language (target->path);
      gboolean is_hub = g_str_equal (partner, HUB_ROLE);
      if (!(is_hub || g_strv_contains ((const char *const *) self->partners, partner)) ||
          !is_here (self, target) || tomo_media_is_path (target->path) ||
          (language != NULL && !is_wanted_in ((const char *const *) self->languages, language)))
        continue;

      add_target (self, target);
      if (language != NULL && !add_media_of (self, target, used, error))
        return FALSE;
      if (g_str_equal (target->path, TOMO_CAMPAIGN_TARGET) &&
          !add_recordings_of (self, target, used, error))
        return FALSE;
    }

  for (unsigned int i = 0; i < targets->len; i++)
    {
      const TomoTrustTarget *target = g_ptr_array_index (targets, i);
      if (g_hash_table_contains (used, target->path) && is_here (self, target))
        add_target (self, target);
    }

  return TRUE;
}

static void
add_metadata (GPtrArray *files, const TomoHeldFile *held)
{
  TomoExportFile *file = g_new0 (TomoExportFile, 1);

  file->name = g_strconcat ("metadata/", held->name, NULL);
  file->bytes = g_bytes_ref (held->bytes);
  file->size = g_bytes_get_size (held->bytes);
  g_ptr_array_add (files, file);
}

static void
add_branch (TomoExportPlan *self, const char *partner)
{
  g_autoptr(GPtrArray) files = tomo_held_list_files (self->held, partner);

  for (unsigned int i = 0; i < files->len; i++)
    add_metadata (self->roles, g_ptr_array_index (files, i));
}

static void
add_all_metadata (TomoExportPlan *self)
{
  add_branch (self, HUB_ROLE);
  for (size_t i = 0; self->partners[i] != NULL; i++)
    add_branch (self, self->partners[i]);

  GPtrArray *roots = tomo_held_get_roots (self->held);
  for (unsigned int i = 0; i < roots->len; i++)
    add_metadata (self->heads, g_ptr_array_index (roots, i));

  g_autoptr(GPtrArray) top = tomo_held_list_files (self->held, NULL);
  for (unsigned int i = 0; i < top->len; i++)
    add_metadata (i + 1 < top->len ? self->roles : self->heads, g_ptr_array_index (top, i));
}

/* The targets of roles that may speak for the partner whose path it is, as a sync would take them.
 */
static GPtrArray *
list_targets (TomoExportPlan *self)
{
  TomoTrustedSet *set = tomo_held_get_set (self->held);
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (set);
  GPtrArray *targets = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (role->depth == 1)
        g_ptr_array_extend_and_steal (
            targets, tomo_update_list_partner_targets (set, roles, role->name, NULL));
    }

  return targets;
}

/**
 * tomo_export_plan_make:
 * @self: a plan with what was chosen
 * @error: return location for a #GError
 *
 * Decides what goes on the stick: of each partner either all that its signed files list in the
 * languages that go, or nothing.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if what was chosen is not here, or
 * %TOMO_ERROR_INVALID_DATA if the store is damaged.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_export_plan_make (TomoExportPlan *self, GError **error)
{
  self->targets = g_ptr_array_new_with_free_func (file_free);
  self->roles = g_ptr_array_new_with_free_func (file_free);
  self->heads = g_ptr_array_new_with_free_func (file_free);
  self->generation = tomo_generation_open_current (self->store, self->campaign->name, error);
  self->held = self->generation != NULL ? tomo_held_new (self->store, self->campaign, error) : NULL;
  if (self->held == NULL || !check_objects (self, error))
    return FALSE;

  g_autoptr(GPtrArray) targets = list_targets (self);
  if (!choose_partners (self, error) || !choose_languages (self, targets, error) ||
      !add_targets (self, targets, error))
    return FALSE;

  if (!tomo_held_is_current (self->held, HUB_ROLE) ||
      !tomo_generation_find_object (self->generation, TOMO_CAMPAIGN_TARGET, NULL))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "the latest campaign file of ‘%s’ is not on this machine: run ‘tomoctl sync’",
                   self->campaign->name);
      return FALSE;
    }

  add_all_metadata (self);
  return TRUE;
}
