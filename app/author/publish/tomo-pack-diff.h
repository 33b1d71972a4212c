/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-pack.h"

G_BEGIN_DECLS

/* What a person reads of a pack, and what decides how it is shown. */
typedef enum
{
  TOMO_PACK_PART_TITLE,
  TOMO_PACK_PART_VERIFIED_ON,
  TOMO_PACK_PART_LICENSE,
  TOMO_PACK_PART_FLAGS,
  TOMO_PACK_PART_KIND,
  TOMO_PACK_PART_TOPIC,
  TOMO_PACK_PART_AGE,
  TOMO_PACK_PART_RISK,
  TOMO_PACK_PART_SUMMARY,
  TOMO_PACK_PART_STEP,
  TOMO_PACK_PART_PROMPT,
  TOMO_PACK_PART_CHOICE,
  TOMO_PACK_PART_CORRECT,
  TOMO_PACK_PART_FEEDBACK,
  TOMO_PACK_PART_EXPLANATION,
  TOMO_PACK_PART_PICTURE,
  TOMO_PACK_PART_PICTURE_ALT,
  TOMO_PACK_PART_AUDIO,
  TOMO_PACK_PART_SOURCE,
} TomoPackPart;
#define TOMO_N_PACK_PARTS (TOMO_PACK_PART_SOURCE + 1)

typedef enum
{
  TOMO_PACK_ADDED,
  TOMO_PACK_REMOVED,
  TOMO_PACK_CHANGED,
} TomoPackChangeKind;

/* One text that differs. */
typedef struct
{
  TomoPackPart part;
  char *which;  /* (owned): the number of a step, the id of a choice; else empty */
  char *before; /* (owned) (nullable) */
  char *after;  /* (owned) (nullable) */
} TomoPackTextChange;

/* One item that differs, or the head of the pack. */
typedef struct
{
  TomoPackChangeKind kind;
  char *item;       /* (owned) (nullable): NULL for the head */
  GPtrArray *texts; /* (owned) (element-type TomoPackTextChange) */
} TomoPackItemChange;

/* (element-type TomoPackItemChange): the head first, then items by id. Either pack may be NULL. */
GPtrArray *tomo_pack_diff (TomoPack *before, TomoPack *after);
char *tomo_pack_diff_dup_text (TomoText *text);

G_END_DECLS
