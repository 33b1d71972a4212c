/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-pack-private.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/content/tomo-compiled-private.h"
#include "core/content/tomo-item-private.h"
#include "core/content/tomo-media.h"
#include "core/tomo-error.h"

typedef gboolean (*CheckFunc) (const char *value,
                               const char *key,
                               const char *where,
                               GError **error);

static gboolean
set_invalid (GError **error, const char *where, const char *mistake)
{
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: %s", where, mistake);
  return FALSE;
}

static const char *
get_checked (const TomoCompiledDict *header,
             const char *key,
             CheckFunc check,
             const char *where,
             GError **error)
{
  const char *value = tomo_compiled_get_string (header, key, NULL, where, error);
  if (value == NULL || !check (value, key, where, error))
    return NULL;

  return value;
}

static const char **
get_list (const TomoCompiledDict *header,
          const char *key,
          CheckFunc check,
          const char *where,
          GError **error)
{
  g_autofree const char **list = tomo_compiled_get_strings (header, key, where, error);
  if (list == NULL)
    return NULL;

  for (size_t i = 0; list[i] != NULL; i++)
    if (!check (list[i], key, where, error))
      return NULL;

  return g_steal_pointer (&list);
}

static gboolean
check_day (const char *day, const char *key, const char *where, GError **error)
{
  unsigned int year = 0;
  unsigned int month = 0;
  unsigned int of_month = 0;
  gboolean is_day = strlen (day) == 10 && strspn (day, "0123456789-") == 10 && day[4] == '-' &&
                    day[7] == '-' && sscanf (day, "%4u-%2u-%2u", &year, &month, &of_month) == 3 &&
                    g_date_valid_dmy ((GDateDay) of_month, (GDateMonth) month, (GDateYear) year);

  if (!is_day)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "%s: ‘%s’ is ‘%.20s’, not a day such as 2026-11-20", where, key, day);
  return is_day;
}

/* The identity comes first, so that every later message can name the pack. */
static char *
read_identity (TomoPack *self, const TomoCompiledDict *header, GError **error)
{
  const char *where = "compiled pack";

  self->partner = get_checked (header, "partner", tomo_compiled_check_id, where, error);
  if (self->partner == NULL)
    return NULL;

  self->id = get_checked (header, "pack", tomo_compiled_check_id, where, error);
  if (self->id == NULL)
    return NULL;

  self->language = get_checked (header, "language", tomo_compiled_check_language, where, error);
  if (self->language == NULL)
    return NULL;

  return g_strdup_printf ("pack %s/%s (%s)", self->partner, self->id, self->language);
}

static gboolean
read_texts (TomoPack *self, const TomoCompiledDict *header, const char *where, GError **error)
{
  self->source_language =
      get_checked (header, "source-language", tomo_compiled_check_language, where, error);
  if (self->source_language == NULL)
    return FALSE;

  self->title = tomo_compiled_get_string (header, "title", NULL, where, error);
  if (self->title == NULL)
    return FALSE;

  self->verified_on = get_checked (header, "verified-on", check_day, where, error);
  if (self->verified_on == NULL)
    return FALSE;

  self->license = tomo_compiled_get_string (header, "license", "", where, error);
  return self->license != NULL;
}

static GStrv
dup_media (TomoPack *self)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (size_t i = 0; self->pictures[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (self->pictures[i], TOMO_MEDIA_PICTURE, NULL);
      g_strv_builder_add (names, name);
    }
  for (size_t i = 0; self->audio[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (self->audio[i], TOMO_MEDIA_AUDIO, NULL);
      g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

static gboolean
read_header (TomoPack *self, const TomoCompiledDict *header, const char *where, GError **error)
{
  if (!read_texts (self, header, where, error))
    return FALSE;

  TomoPiece revision;
  if (!tomo_compiled_get (header, "revision", "u", &revision, where, error))
    return FALSE;
  self->revision = tomo_piece_get_uint32 (revision, 0);
  if (self->revision == 0)
    return set_invalid (error, where, "‘revision’ is 0, and revisions begin at 1");

  self->fallback = get_list (header, "fallback", tomo_compiled_check_language, where, error);
  if (self->fallback == NULL)
    return FALSE;

  self->pictures = get_list (header, "media", tomo_compiled_check_sha256, where, error);
  if (self->pictures == NULL)
    return FALSE;

  self->audio = get_list (header, "audio", tomo_compiled_check_sha256, where, error);
  if (self->audio == NULL)
    return FALSE;
  self->n_audio = g_strv_length ((char **) self->audio);
  self->media = dup_media (self);

  self->incomplete = get_list (header, "incomplete", tomo_compiled_check_id, where, error);
  if (self->incomplete == NULL)
    return FALSE;

  return tomo_compiled_get_boolean (header, "sample", &self->is_sample, where, error) &&
         tomo_compiled_get_boolean (header, "draft", &self->is_draft, where, error) &&
         tomo_compiled_get_boolean (header, "sensitive", &self->is_sensitive, where, error);
}

static int
compare_with_member (const void *string, const void *member)
{
  return strcmp (string, *(const char *const *) member);
}

/* A pack of 4 MiB may name tens of thousands of recordings. A list that is not sorted is refused
 * later; if this finds less in it, then for that. */
static gboolean
is_listed (TomoPack *self, const char *audio)
{
  return bsearch (audio, self->audio, self->n_audio, sizeof *self->audio, compare_with_member) !=
         NULL;
}

/* Synchronising fetches what the header lists: a picture that only an item names would never
 * arrive. */
static gboolean
check_media (TomoPack *self, TomoItem *item, const char *where, GError **error)
{
  const char *picture = tomo_item_get_picture (item);
  const char *audio = tomo_item_get_audio (item);
  gboolean has_picture = *picture == '\0' || g_strv_contains (self->pictures, picture);
  gboolean has_audio = *audio == '\0' || is_listed (self, audio);

  for (size_t i = 0; i < tomo_item_get_n_recordings (item); i++)
    has_audio = has_audio && is_listed (self, tomo_item_get_recording (item, i, NULL));

  if (has_picture && has_audio)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: item %s: its %s of the header",
               where, tomo_item_get_id (item),
               has_picture ? "recording is not among ‘audio’" : "picture is not among ‘media’");
  return FALSE;
}

static gboolean
read_items (TomoPack *self, TomoPiece items, const char *where, GError **error)
{
  size_t n_items = tomo_piece_count (items);
  const char *previous = "";

  if (n_items > TOMO_PACK_MAX_ITEMS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: has more than %d items", where,
                   TOMO_PACK_MAX_ITEMS);
      return FALSE;
    }

  for (size_t i = 0; i < n_items; i++)
    {
      TomoPiece entry = tomo_piece_get (items, i, TOMO_PIECE_ALIGN_VARIANT);
      g_autoptr(TomoItem) item = tomo_item_new (self->variant, entry, where, error);
      if (item == NULL || !check_media (self, item, where, error))
        return FALSE;

      if (strcmp (previous, tomo_item_get_id (item)) >= 0)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: item %s: stands twice, or before an id it should follow", where,
                       tomo_item_get_id (item));
          return FALSE;
        }

      previous = tomo_item_get_id (item);
      g_ptr_array_add (self->items, g_steal_pointer (&item));
    }

  return TRUE;
}

static gboolean
are_sorted (const char *const *sums)
{
  for (size_t i = 0; sums[i] != NULL && sums[i + 1] != NULL; i++)
    if (strcmp (sums[i], sums[i + 1]) >= 0)
      return FALSE;

  return TRUE;
}

static gboolean
check_media_sorted (TomoPack *self, const char *where, GError **error)
{
  if (!are_sorted (self->pictures))
    return set_invalid (error, where, "‘media’ is not sorted, or names a picture twice");

  return are_sorted (self->audio) ||
         set_invalid (error, where, "‘audio’ is not sorted, or names a recording twice");
}

/**
 * tomo_pack_new:
 * @packed: a compiled pack as it was signed
 * @error: return location for a #GError
 *
 * Opens a compiled pack and checks all of it, so that nothing read from it later can fail. The
 * hash was checked before by whoever loaded @packed.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_UNSUPPORTED for a later version of
 * the format.
 *
 * Returns: (transfer full): the pack
 */
TomoPack *
tomo_pack_new (GBytes *packed, GError **error)
{
  g_return_val_if_fail (packed != NULL, NULL);

  g_autoptr(GVariant) variant = tomo_compiled_open (packed, "compiled pack", error);
  if (variant == NULL)
    return NULL;

  g_autoptr(TomoPack) self = g_atomic_rc_box_new0 (TomoPack);
  self->variant = g_variant_ref (variant);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_item_unref);

  TomoCompiledDict header;
  TomoPiece items;
  if (!tomo_compiled_read_whole (variant, &header, &items, "compiled pack", error))
    return NULL;

  g_autofree char *where = read_identity (self, &header, error);
  if (where == NULL)
    return NULL;

  if (!read_header (self, &header, where, error) || !check_media_sorted (self, where, error) ||
      !read_items (self, items, where, error))
    return NULL;

  return g_steal_pointer (&self);
}
