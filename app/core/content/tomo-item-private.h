/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/content/tomo-compiled-private.h"
#include "core/content/tomo-item.h"
#include "core/content/tomo-piece-private.h"

G_BEGIN_DECLS

/* Filled in by tomo-item-read.c and tomo-item-answers.c, read by tomo-item.c. */
struct _TomoItem
{
  GVariant *whole;   /* (owned) (not nullable): the pack, whose strings these are */
  TomoPiece sources; /* a(ss) */
  const char *id;
  TomoItemKind kind;
  const char *title;
  const char *topic;
  const char *age;
  const char *risk;
  const char *picture;
  const char *picture_alt;
  const char *audio;
  const char *title_audio;
  TomoPiece recordings; /* a(ss): part and SHA-256 */
  TomoText *summary;    /* (owned) (not nullable) */
  GPtrArray *steps;     /* (owned) (element-type TomoText) */
  TomoText *prompt;     /* (owned) (not nullable) */
  GArray *choices; /* (owned) (element-type TomoChoice): of an order question in the right order */
  GPtrArray *matches; /* (owned) (element-type TomoText): what belongs to each choice, or empty */
  GArray *regions;    /* (owned) (element-type TomoRegion): where each choice is, or empty */
  unsigned int number;
  unsigned int tolerance;
  TomoText *explanation; /* (owned) (not nullable) */
};

gboolean tomo_item_read_answers (TomoItem *self,
                                 const TomoCompiledDict *dict,
                                 const char *where,
                                 GError **error);
TomoText *tomo_item_read_text (TomoItem *self,
                               TomoPiece runs,
                               const char *key,
                               const char *where,
                               GError **error);
gboolean tomo_item_read_texts (TomoItem *self,
                               GPtrArray **texts,
                               TomoPiece list,
                               const char *key,
                               const char *where,
                               GError **error);
gboolean
tomo_item_check_n_parts (TomoPiece parts, const char *key, const char *where, GError **error);

TomoItem *tomo_item_new (GVariant *whole, TomoPiece entry, const char *where, GError **error);

G_END_DECLS
