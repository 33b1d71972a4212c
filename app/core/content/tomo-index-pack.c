/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-index-pack.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-index-private.h"
#include "core/content/tomo-language.h"
#include "core/content/tomo-media.h"

/* Of a SHA-256 and what follows it in the name of a file, with the zero. */
#define PICTURE_BYTES (64 + sizeof TOMO_MEDIA_PICTURE)
#define AUDIO_BYTES (64 + sizeof TOMO_MEDIA_AUDIO)

/* One allocation: 120,000 of these stand in memory at once. The strings follow one another, each
 * with its zero, in this order: partner, id, language, source language, title, verified-on, object;
 * the languages of the fallback; the media; then kind, id, title, topic, age, risk, picture and
 * recording of the title of each item, the kind as one byte. */
struct _TomoIndexPack
{
  const char *canonical; /* static, or the language in @text */
  uint32_t language;     /* where it stands in @text; so the following */
  uint32_t source_language;
  uint32_t title;
  uint32_t verified_on;
  uint32_t object;
  uint32_t fallback;
  uint32_t media;
  uint32_t items;
  uint16_t n_fallback;
  uint16_t n_pictures; /* which come first among the media */
  uint16_t n_media;
  uint16_t n_items;
  uint16_t flags;
  uint32_t id;
  char text[]; /* begins with the partner */
};

static uint32_t
add_text (GString *text, const char *string)
{
  uint32_t place = (uint32_t) text->len;

  g_string_append_len (text, string, (gssize) strlen (string) + 1);

  return place;
}

static uint16_t
add_list (GString *text, const char *const *list)
{
  uint16_t n_members = 0;

  for (; list[n_members] != NULL; n_members++)
    add_text (text, list[n_members]);

  return n_members;
}

static uint16_t
count_pictures (const char *const *media)
{
  uint16_t n_pictures = 0;

  while (media[n_pictures] != NULL && g_str_has_suffix (media[n_pictures], TOMO_MEDIA_PICTURE))
    n_pictures++;

  return n_pictures;
}

static uint16_t
add_items (GString *text, TomoPack *pack)
{
  uint16_t n_items = 0;

  for (size_t i = 0; i < tomo_pack_get_n_items (pack); i++)
    {
      TomoItem *item = tomo_pack_get_item (pack, i);
      if (!tomo_item_kind_is_shown (tomo_item_get_kind (item)))
        continue;
      g_string_append_c (text, (char) tomo_item_get_kind (item));
      add_text (text, tomo_item_get_id (item));
      add_text (text, tomo_item_get_title (item));
      add_text (text, tomo_item_get_topic (item));
      add_text (text, tomo_item_get_age (item));
      add_text (text, tomo_item_get_risk (item));
      add_text (text, tomo_item_get_picture (item));
      add_text (text, tomo_item_get_title_audio (item));
      n_items++;
    }

  return n_items;
}

static uint16_t
get_flags (TomoPack *pack)
{
  uint16_t flags = 0;

  if (tomo_pack_is_sample (pack))
    flags |= TOMO_INDEX_FLAG_SAMPLE;
  if (tomo_pack_is_draft (pack))
    flags |= TOMO_INDEX_FLAG_DRAFT;
  if (tomo_pack_is_sensitive (pack))
    flags |= TOMO_INDEX_FLAG_SENSITIVE;

  return flags;
}

/**
 * tomo_index_pack_new:
 * @pack: a pack in one language
 * @object: the SHA-256 of the compiled bytes of @pack
 *
 * Notes what lists show of @pack, which need not be kept.
 *
 * Returns: (transfer full): the note
 */
TomoIndexPack *
tomo_index_pack_new (TomoPack *pack, const char *object)
{
  g_return_val_if_fail (pack != NULL, NULL);
  g_return_val_if_fail (object != NULL, NULL);

  g_autoptr(GString) text = g_string_sized_new (1024);
  TomoIndexPack head = { .flags = get_flags (pack) };

  add_text (text, tomo_pack_get_partner (pack));
  head.id = add_text (text, tomo_pack_get_id (pack));
  head.language = add_text (text, tomo_pack_get_language (pack));
  head.source_language = add_text (text, tomo_pack_get_source_language (pack));
  head.title = add_text (text, tomo_pack_get_title (pack));
  head.verified_on = add_text (text, tomo_pack_get_verified_on (pack));
  head.object = add_text (text, object);
  head.fallback = (uint32_t) text->len;
  head.n_fallback = add_list (text, tomo_pack_get_fallback (pack));
  head.media = (uint32_t) text->len;
  head.n_media = add_list (text, tomo_pack_get_media (pack));
  head.n_pictures = count_pictures (tomo_pack_get_media (pack));
  head.items = (uint32_t) text->len;
  head.n_items = add_items (text, pack);

  TomoIndexPack *self = g_atomic_rc_box_alloc (sizeof *self + text->len);
  const TomoLanguage *row = tomo_language_find (tomo_pack_get_language (pack));
  *self = head;
  memcpy (self->text, text->str, text->len);
  self->canonical = row != NULL ? row->tag : self->text + self->language;

  return self;
}

/**
 * tomo_index_pack_ref:
 * @self: a note of a pack
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): @self
 */
TomoIndexPack *
tomo_index_pack_ref (TomoIndexPack *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * tomo_index_pack_unref:
 * @self: (transfer full): a note of a pack
 *
 * Gives a reference back.
 */
void
tomo_index_pack_unref (TomoIndexPack *self)
{
  g_atomic_rc_box_release (self);
}

/**
 * tomo_index_pack_get_partner:
 * @self: a note of a pack
 *
 * Gives the publisher.
 *
 * Returns: (transfer none): an id
 */
const char *
tomo_index_pack_get_partner (TomoIndexPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

/**
 * tomo_index_pack_get_id:
 * @self: a note of a pack
 *
 * Gives the id of the pack, the same in all languages.
 *
 * Returns: (transfer none): an id
 */
const char *
tomo_index_pack_get_id (TomoIndexPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text + self->id;
}

/**
 * tomo_index_pack_get_n_media:
 * @self: a note of a pack
 *
 * Counts the pictures and recordings that the pack names.
 *
 * Returns: how many there are
 */
size_t
tomo_index_pack_get_n_media (TomoIndexPack *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_media;
}

/**
 * tomo_index_pack_get_medium:
 * @self: a note of a pack
 * @index: less than tomo_index_pack_get_n_media()
 *
 * Gives one picture or recording.
 *
 * Returns: (transfer none): the name of its file, such as ‘<sha256>.png’
 */
const char *
tomo_index_pack_get_medium (TomoIndexPack *self, size_t index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n_media, NULL);

  size_t n_pictures = MIN (index, self->n_pictures);
  return self->text + self->media + n_pictures * PICTURE_BYTES + (index - n_pictures) * AUDIO_BYTES;
}

/* In the spelling of the table of languages, where it has one. */
const char *
tomo_index_pack_get_canonical (TomoIndexPack *self)
{
  return self->canonical;
}

/* Whether the chains of languages of both are the same. */
gboolean
tomo_index_pack_has_same_fallback (TomoIndexPack *self, TomoIndexPack *other)
{
  size_t size = self->media - self->fallback;

  return strcmp (self->text + self->source_language, other->text + other->source_language) == 0 &&
         size == other->media - other->fallback &&
         memcmp (self->text + self->fallback, other->text + other->fallback, size) == 0;
}

/* What the chain of languages depends on. The list is the caller's, its strings are the pack's. */
const char **
tomo_index_pack_dup_fallback (TomoIndexPack *self, const char **out_source_language)
{
  const char **fallback = g_new0 (const char *, self->n_fallback + 1);
  const char *at = self->text + self->fallback;

  for (unsigned int i = 0; i < self->n_fallback; i++, at += strlen (at) + 1)
    fallback[i] = at;

  *out_source_language = self->text + self->source_language;
  return fallback;
}

/* What all items of the pack have in common. */
TomoIndexEntry
tomo_index_pack_get_entry (TomoIndexPack *self)
{
  return (TomoIndexEntry){
    .partner = self->text,
    .pack = self->text + self->id,
    .language = self->text + self->language,
    .object = self->text + self->object,
    .pack_title = self->text + self->title,
    .verified_on = self->text + self->verified_on,
    .is_sample = (self->flags & TOMO_INDEX_FLAG_SAMPLE) != 0,
    .is_draft = (self->flags & TOMO_INDEX_FLAG_DRAFT) != 0,
    .is_sensitive = (self->flags & TOMO_INDEX_FLAG_SENSITIVE) != 0,
  };
}

static const char *
take_string (const char **at)
{
  const char *string = *at;

  *at += strlen (string) + 1;

  return string;
}

static void
read_item (TomoIndexCursor *cursor)
{
  TomoIndexEntry *entry = &cursor->entry;
  const char *at = cursor->next;

  entry->kind = (TomoItemKind) *at++;
  entry->item = take_string (&at);
  entry->title = take_string (&at);
  entry->topic = take_string (&at);
  entry->age = take_string (&at);
  entry->risk = take_string (&at);
  entry->picture = take_string (&at);
  entry->title_audio = take_string (&at);
  cursor->next = at;
}

/* Stands on the first item that is shown; an item of NULL is the end. */
void
tomo_index_cursor_init (TomoIndexCursor *self, TomoIndexPack *pack)
{
  self->entry = tomo_index_pack_get_entry (pack);
  self->next = pack->text + pack->items;
  self->n_left = pack->n_items;
  tomo_index_cursor_advance (self);
}

void
tomo_index_cursor_advance (TomoIndexCursor *self)
{
  self->entry.item = NULL;
  if (self->n_left == 0)
    return;

  self->n_left--;
  read_item (self);
}
