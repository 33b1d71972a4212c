/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include <string.h>

#include "core/content/tomo-language.h"
#include "core/content/tomo-media.h"
#include "core/tomo-error.h"

#define TARGETS_FOLDER "targets/"

static TomoUpdatePathKind
classify (const char *path, char **parts)
{
  unsigned int n_parts = g_strv_length (parts);

  if (n_parts == 2 && g_str_equal (parts[0], "campaign") &&
      g_str_equal (parts[1], "campaign.k1.gz"))
    return TOMO_UPDATE_PATH_CAMPAIGN;
  if (n_parts == 4 && g_str_equal (parts[1], "packs") && g_str_has_suffix (parts[3], ".k1.gz"))
    return TOMO_UPDATE_PATH_PACK;
  if (tomo_media_is_path (path))
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

/**
 * tomo_update_file_new:
 * @run: a run
 * @target: what somebody signed for
 *
 * Reads what the path of @target says.
 *
 * Returns: (transfer full): a file that nobody has asked for yet
 */
TomoUpdateFile *
tomo_update_file_new (TomoUpdateRun *run, const TomoTrustTarget *target)
{
  g_auto(GStrv) parts = g_strsplit (target->path, "/", 0);
  TomoUpdateFile *self = g_new0 (TomoUpdateFile, 1);

  self->path = g_strdup (target->path);
  self->partner = g_strdup (parts[0]);
  self->sha256 = g_strdup (target->sha256);
  self->size = target->size;
  self->kind = classify (target->path, parts);
  self->is_wanted = is_wanted (run, self->kind, parts);
  self->may_fetch = may_fetch (run, self->kind, target->path, parts);
  return self;
}

void
tomo_update_file_free (TomoUpdateFile *self)
{
  g_free (self->path);
  g_free (self->partner);
  g_free (self->sha256);
  g_clear_pointer (&self->pack, tomo_index_pack_unref);
  g_free (self);
}

/* How large the file may be, whatever was signed. */
size_t
tomo_update_file_get_max_bytes (const TomoUpdateFile *self)
{
  size_t limit = self->kind == TOMO_UPDATE_PATH_MEDIA ? tomo_media_get_max_bytes (self->path)
                                                      : TOMO_PACK_MAX_PACKED_BYTES;
  return MIN (limit, (size_t) self->size);
}

/* Where the repository keeps the file. */
char *
tomo_update_file_dup_fetch_path (const TomoUpdateFile *self, TomoUpdateRun *run)
{
  if (!tomo_trusted_set_has_consistent_snapshots (run->set))
    return g_strconcat (TARGETS_FOLDER, self->path, NULL);

  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *base = g_path_get_basename (self->path);
  return g_strconcat (TARGETS_FOLDER, folder, "/", self->sha256, ".", base, NULL);
}

/* A pack must be the one its path says: a partner's signature covers both, a mix-up would still
 * put one pack's text under another's name. */
TomoPack *
tomo_update_file_open_pack (const TomoUpdateFile *self, GBytes *bytes, GError **error)
{
  g_auto(GStrv) parts = g_strsplit (self->path, "/", 0);
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
