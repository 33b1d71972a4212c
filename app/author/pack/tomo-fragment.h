/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-xml.h"
#include "core/content/tomo-text.h"

G_BEGIN_DECLS

/* One piece of a translatable text. */
typedef struct
{
  TomoTextStyle style;
  char *text;     /* (owned): empty for a report */
  char *argument; /* (owned): ref of a term or link, kind of a report; else empty */
} TomoFragmentPart;

/* The content of one translatable element, source or translation: text and the closed set of
 * inline elements, white space normalised. Immutable. */
typedef struct _TomoFragment TomoFragment;

const char *tomo_fragment_get_element (TomoTextStyle style);
TomoFragment *
tomo_fragment_new_from_node (xmlNode *element, gboolean is_plain, const TomoXmlPlace *place);
TomoFragment *tomo_fragment_new_from_markup (const char *markup, const TomoXmlPlace *place);
void tomo_fragment_free (TomoFragment *self);
size_t tomo_fragment_get_n_parts (const TomoFragment *self);
const TomoFragmentPart *tomo_fragment_get_part (const TomoFragment *self, size_t index);
gboolean tomo_fragment_is_empty (const TomoFragment *self);
char *tomo_fragment_to_markup (const TomoFragment *self);
char *tomo_fragment_to_plain (const TomoFragment *self);
void tomo_fragment_compare (const TomoFragment *original,
                            const TomoFragment *translation,
                            const TomoXmlPlace *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoFragment, tomo_fragment_free)

G_END_DECLS
