/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-text.h"

G_BEGIN_DECLS

typedef enum
{
  TOMO_ITEM_UNKNOWN, /* a kind of a later version: such an item is not shown */
  TOMO_ITEM_TIP,
  TOMO_ITEM_SINGLE,
  TOMO_ITEM_MULTIPLE,
  TOMO_ITEM_TRUE_FALSE,
  TOMO_ITEM_ORDER,
  TOMO_ITEM_MATCH,
  TOMO_ITEM_NUMBER,
  TOMO_ITEM_HOTSPOT,
} TomoItemKind;
#define TOMO_N_ITEM_KINDS (TOMO_ITEM_HOTSPOT + 1)

const char *tomo_item_kind_to_string (TomoItemKind kind);
TomoItemKind tomo_item_kind_from_string (const char *string);
gboolean tomo_item_kind_is_question (TomoItemKind kind);
gboolean tomo_item_kind_is_shown (TomoItemKind kind);

/* The closed list of design.md section 6, NULL-terminated, in the order of the kiosk. */
const char *const *tomo_topics (void);

typedef struct
{
  const char *id;
  gboolean is_correct;
  TomoText *text;     /* (owned); empty for true-false: the words are the program's */
  TomoText *feedback; /* (owned); may be empty */
} TomoChoice;

/* Where a choice of a hotspot question lies, in thousandths of the picture's width and height. */
typedef struct
{
  unsigned int x;
  unsigned int y;
  unsigned int width;
  unsigned int height;
} TomoRegion;
#define TOMO_REGION_WHOLE 1000U

/* The largest number that a visitor can type on the keypad of a number question. */
#define TOMO_ITEM_MAX_NUMBER 999999999U

/* A tip or a question, immutable; keeps its pack alive. */
typedef struct _TomoItem TomoItem;

TomoItem *tomo_item_ref (TomoItem *self);
void tomo_item_unref (TomoItem *self);
const char *tomo_item_get_id (TomoItem *self);
TomoItemKind tomo_item_get_kind (TomoItem *self);
const char *tomo_item_get_title (TomoItem *self);
const char *tomo_item_get_topic (TomoItem *self);
const char *tomo_item_get_age (TomoItem *self);
const char *tomo_item_get_risk (TomoItem *self);
const char *tomo_item_get_picture (TomoItem *self);
const char *tomo_item_get_picture_alt (TomoItem *self);
const char *tomo_item_get_audio (TomoItem *self);
const char *tomo_item_get_title_audio (TomoItem *self);
size_t tomo_item_get_n_recordings (TomoItem *self);
const char *tomo_item_get_recording (TomoItem *self, size_t index, const char **out_part);
size_t tomo_item_get_n_sources (TomoItem *self);
void
tomo_item_get_source (TomoItem *self, size_t index, const char **out_title, const char **out_href);
/* Tips. */
TomoText *tomo_item_get_summary (TomoItem *self);
size_t tomo_item_get_n_steps (TomoItem *self);
TomoText *tomo_item_get_step (TomoItem *self, size_t index);
/* Questions. */
TomoText *tomo_item_get_prompt (TomoItem *self);
size_t tomo_item_get_n_choices (TomoItem *self);
const TomoChoice *tomo_item_get_choice (TomoItem *self, size_t index);
TomoText *tomo_item_get_match (TomoItem *self, size_t index);
const TomoRegion *tomo_item_get_region (TomoItem *self, size_t index);
unsigned int tomo_item_get_number (TomoItem *self);
gboolean tomo_item_accepts_number (TomoItem *self, unsigned int number);
TomoText *tomo_item_get_explanation (TomoItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoItem, tomo_item_unref)

G_END_DECLS
