/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Languages nobody speaks, made from English by a rule: they show what no translator has reached,
 * what is cut short when words grow, and what does not turn round with the direction. */
typedef enum
{
  TOMO_PSEUDO_ACCENTS,  /* en-XA: “Back” becomes “[Ɓåçķ öñé]” */
  TOMO_PSEUDO_MIRRORED, /* ar-XB: each word from right to left */
} TomoPseudo;

/* What stands in a text and must come through as it is, besides {placeholders}. */
typedef enum
{
  TOMO_PSEUDO_PLAIN = 0,
  TOMO_PSEUDO_MARKUP = 1 << 0, /* tags and entities */
  TOMO_PSEUDO_PRINTF = 1 << 1, /* directives such as %-10s */
} TomoPseudoFlags;

gboolean tomo_pseudo_from_language (const char *tag, TomoPseudo *out_pseudo);
char *tomo_pseudo_translate (TomoPseudo pseudo, const char *text, TomoPseudoFlags flags);

G_END_DECLS
