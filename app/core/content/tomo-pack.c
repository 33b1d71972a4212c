/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-pack.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/content/tomo-compiled-private.h"
#include "core/content/tomo-item-private.h"
#include "core/content/tomo-media.h"
#include "core/tomo-error.h"

struct _TomoPack
{
  GVariant *variant; /* (owned) (not nullable); all strings are borrowed from it */
  const char *partner;
  const char *id;
  const char *language;
  const char *source_language;
  const char *title;
  uint32_t revision;
  const char *verified_on;
  const char *license;
  const char **fallback; /* (owned) (transfer container) */
  const char **pictures; /* (owned) (transfer container) */
  const char **audio;    /* (owned) (transfer container) */
  size_t n_audio;
  GStrv media;             /* (owned): names of the files of both */
  const char **incomplete; /* (owned) (transfer container) */
  gboolean is_sample;
  gboolean is_draft;
  gboolean is_sensitive;
  GPtrArray *items; /* (owned) (element-type TomoItem): sorted by id */
};

typedef gboolean (*CheckFunc) (const char *value,
                               const char *key,
                               const char *where,
                               GError **error);

static void
pack_clear (gpointer data)
{
  TomoPack *self = data;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->fallback, g_free);
  g_clear_pointer (&self->pictures, g_free);
  g_clear_pointer (&self->audio, g_free);
  g_clear_pointer (&self->media, g_strfreev);
  g_clear_pointer (&self->incomplete, g_free);
  g_clear_pointer (&self->variant, g_variant_unref);
}

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

/**
 * tomo_pack_ref:
 * @self: a pack
 *
 * Takes one more reference, in any thread.
 *
 * Returns: (transfer full): @self
 */
TomoPack *
tomo_pack_ref (TomoPack *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * tomo_pack_unref:
 * @self: (transfer full): a pack
 *
 * Gives a reference back, in any thread.
 */
void
tomo_pack_unref (TomoPack *self)
{
  g_atomic_rc_box_release_full (self, pack_clear);
}

/**
 * tomo_pack_get_partner:
 * @self: a pack
 *
 * Gives the partner that the pack says it is of; compare it with the role that signed it.
 *
 * Returns: (transfer none): an id
 */
const char *
tomo_pack_get_partner (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->partner;
}

/**
 * tomo_pack_get_id:
 * @self: a pack
 *
 * Gives the id of the pack.
 *
 * Returns: (transfer none): an id
 */
const char *
tomo_pack_get_id (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * tomo_pack_get_language:
 * @self: a pack
 *
 * Gives the language that all items are in.
 *
 * Returns: (transfer none): a BCP 47 tag
 */
const char *
tomo_pack_get_language (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->language;
}

/**
 * tomo_pack_get_source_language:
 * @self: a pack
 *
 * Gives the language that the pack was written in first.
 *
 * Returns: (transfer none): a BCP 47 tag
 */
const char *
tomo_pack_get_source_language (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->source_language;
}

/**
 * tomo_pack_get_title:
 * @self: a pack
 *
 * Gives the title.
 *
 * Returns: (transfer none): the title
 */
const char *
tomo_pack_get_title (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

/**
 * tomo_pack_get_revision:
 * @self: a pack
 *
 * Gives the revision.
 *
 * Returns: a number from 1
 */
unsigned int
tomo_pack_get_revision (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->revision;
}

/**
 * tomo_pack_get_verified_on:
 * @self: a pack
 *
 * Gives the day on which somebody last checked the facts.
 *
 * Returns: (transfer none): YYYY-MM-DD
 */
const char *
tomo_pack_get_verified_on (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->verified_on;
}

/**
 * tomo_pack_get_license:
 * @self: a pack
 *
 * Gives the licence of texts and pictures.
 *
 * Returns: (transfer none): an SPDX expression, or an empty string
 */
const char *
tomo_pack_get_license (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->license;
}

/**
 * tomo_pack_get_fallback:
 * @self: a pack
 *
 * Gives the languages to try before English.
 *
 * Returns: (transfer none): BCP 47 tags, %NULL-terminated
 */
const char *const *
tomo_pack_get_fallback (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fallback;
}

/**
 * tomo_pack_get_media:
 * @self: a pack
 *
 * Gives the pictures and recordings that the items use.
 *
 * Returns: (transfer none): names of files, such as ‘<sha256>.png’, pictures first,
 * %NULL-terminated
 */
const char *const *
tomo_pack_get_media (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->media;
}

/**
 * tomo_pack_get_incomplete:
 * @self: a pack
 *
 * Gives the items that are left out because the language lacks a string of them.
 *
 * Returns: (transfer none): ids, %NULL-terminated
 */
const char *const *
tomo_pack_get_incomplete (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->incomplete;
}

/**
 * tomo_pack_is_sample:
 * @self: a pack
 *
 * Tells whether each card must carry the mark of a sample.
 *
 * Returns: %TRUE for samples
 */
gboolean
tomo_pack_is_sample (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_sample;
}

/**
 * tomo_pack_is_draft:
 * @self: a pack
 *
 * Tells whether nobody has reviewed the translation yet.
 *
 * Returns: %TRUE for drafts
 */
gboolean
tomo_pack_is_draft (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_draft;
}

/**
 * tomo_pack_is_sensitive:
 * @self: a pack
 *
 * Tells whether a child or a person in distress may stand in front.
 *
 * Returns: %TRUE for sensitive packs
 */
gboolean
tomo_pack_is_sensitive (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_sensitive;
}

/**
 * tomo_pack_get_n_items:
 * @self: a pack
 *
 * Counts the items, among them those of kinds that cannot be shown.
 *
 * Returns: how many there are
 */
size_t
tomo_pack_get_n_items (TomoPack *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

/**
 * tomo_pack_get_item:
 * @self: a pack
 * @index: less than tomo_pack_get_n_items()
 *
 * Gives one item; they are sorted by id in byte order.
 *
 * Returns: (transfer none): the item; with a reference of its own it outlives the pack
 */
TomoItem *
tomo_pack_get_item (TomoPack *self, size_t index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return g_ptr_array_index (self->items, index);
}

static int
compare_id_with_item (gconstpointer id, gconstpointer element)
{
  TomoItem *const *item = element;

  return strcmp (id, tomo_item_get_id (*item));
}

/**
 * tomo_pack_find_item:
 * @self: a pack
 * @id: which item
 *
 * Looks up an item by its id.
 *
 * Returns: (transfer none) (nullable): the item, or %NULL if the pack lacks it in this language
 */
TomoItem *
tomo_pack_find_item (TomoPack *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  TomoItem **found = self->items->len == 0 ? NULL
                                           : bsearch (id, self->items->pdata, self->items->len,
                                                      sizeof (gpointer), compare_id_with_item);

  return found != NULL ? *found : NULL;
}
