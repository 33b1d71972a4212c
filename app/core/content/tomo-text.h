/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One run of text in one style. @argument depends on the style: the address of a link, the
 * meaning of a glossary term, the kind of a report; else empty. */
typedef enum
{
  TOMO_TEXT_PLAIN,
  TOMO_TEXT_EM,
  TOMO_TEXT_STRONG,
  TOMO_TEXT_CODE,
  TOMO_TEXT_UI,
  TOMO_TEXT_TERM,
  TOMO_TEXT_LINK,
  TOMO_TEXT_REPORT,
} TomoTextStyle;
#define TOMO_N_TEXT_STYLES (TOMO_TEXT_REPORT + 1)

typedef struct
{
  TomoTextStyle style;
  const char *text;     /* (not nullable); empty for a report */
  const char *argument; /* (not nullable) */
} TomoTextRun;

/* A paragraph: an immutable list of runs, borrowed from a compiled pack. GVariant a(yss). */
#define TOMO_TEXT_VARIANT_TYPE "a(yss)"

typedef struct _TomoText TomoText;

TomoText *tomo_text_new (GVariant *runs);
TomoText *tomo_text_ref (TomoText *self);
void tomo_text_unref (TomoText *self);
size_t tomo_text_get_n_runs (TomoText *self);
TomoTextRun tomo_text_get_run (TomoText *self, size_t index);
gboolean tomo_text_is_empty (TomoText *self);
char *tomo_text_dup_plain (TomoText *self);
const char *tomo_text_get_recording (TomoText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoText, tomo_text_unref)

G_END_DECLS
