/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-index-pack.h"
#include "core/tomo-blocks.h"

G_BEGIN_DECLS

/* A language is offered to visitors when it has so much: something to choose from, and one round.
 */
#define TOMO_INDEX_ENOUGH_TIPS 5
#define TOMO_INDEX_ENOUGH_QUESTIONS 5

/* One item as a list shows it. Strings are borrowed from the index. */
typedef struct
{
  const char *partner;
  const char *pack;
  const char *item;
  TomoItemKind kind;
  const char *title;
  const char *topic;
  const char *age;
  const char *risk;
  const char *language; /* the item's: the index's own when the item is complete in it */
  const char *object;   /* SHA-256 of the compiled pack that holds the item */
  const char *pack_title;
  const char *picture;     /* SHA-256, or empty */
  const char *title_audio; /* SHA-256 of the recording of the title, or empty */
  const char *verified_on; /* YYYY-MM-DD */
  gboolean is_complete;    /* in the language of the index */
  gboolean is_sample;
  gboolean is_draft;
  gboolean is_sensitive;
  size_t position; /* for tomo_index_get_entry() */
} TomoIndexEntry;

/* Where the items of one topic stand. Questions are those that a round may ask: none of them is
 * sensitive. Sensitive tips follow the others; they are neither counted nor offered unasked. */
typedef struct
{
  const char *topic; /* an id; empty for what is there in other languages only */
  size_t first_tip;
  size_t n_tips;
  size_t first_sensitive_tip;
  size_t n_sensitive_tips;
  size_t first_question;
  size_t n_questions;
} TomoIndexTopic;

/* The list of all items for one language, each in the best language of its chain; by topic, and
 * there by partner, pack and item. Opening it takes as long for 15,000 items as for ten: an item is
 * looked at when it is asked for, and one that is damaged is not given. Immutable, refcounted. */
typedef struct _TomoIndex TomoIndex;

TomoIndex *tomo_index_new (TomoBlocks *blocks, GError **error);
TomoIndex *tomo_index_ref (TomoIndex *self);
void tomo_index_unref (TomoIndex *self);
const char *tomo_index_get_language (TomoIndex *self);
size_t tomo_index_get_n_entries (TomoIndex *self);
gboolean tomo_index_get_entry (TomoIndex *self, size_t position, TomoIndexEntry *out_entry);
gboolean tomo_index_get_named (TomoIndex *self, size_t index, TomoIndexEntry *out_entry);
size_t tomo_index_get_n_topics (TomoIndex *self);
TomoIndexTopic tomo_index_get_topic (TomoIndex *self, size_t index);
TomoIndexTopic tomo_index_find_topic (TomoIndex *self, const char *topic);
TomoIndexTopic tomo_index_count_all (TomoIndex *self);
gboolean tomo_index_is_enough (TomoIndex *self);
gboolean tomo_index_is_enough_without (TomoIndex *self, const char *const *partners);
GBytes *tomo_index_write_without (TomoIndex *index, const char *const *partners);
gboolean tomo_index_find (TomoIndex *self,
                          const char *partner,
                          const char *pack,
                          const char *item,
                          TomoIndexEntry *out_entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoIndex, tomo_index_unref)

typedef struct _TomoIndexBuilder TomoIndexBuilder;

TomoIndexBuilder *tomo_index_builder_new (void);
void tomo_index_builder_free (TomoIndexBuilder *self);
void tomo_index_builder_add_pack (TomoIndexBuilder *self, TomoIndexPack *pack);
GBytes *tomo_index_builder_build (TomoIndexBuilder *self, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoIndexBuilder, tomo_index_builder_free)

G_END_DECLS
