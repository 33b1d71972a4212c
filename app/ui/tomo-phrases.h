/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "ui/tomo-verdict.h"

G_BEGIN_DECLS

/* Words that several pages share. All of them take the language to speak, because an item is
 * shown wholly in its own. */
const char *tomo_phrases_get_topic (const char *topic);
char *tomo_phrases_dup_topic_icon (const char *topic);
const char *tomo_phrases_get_report (const char *kind, const char *language);
char *tomo_phrases_dup_date (const char *date, const char *language);
const char *tomo_phrases_get_verdict_icon (TomoVerdictKind kind);
void tomo_phrases_append_part (GString *line, const char *part, const char *language);
void tomo_phrases_append_sentence (GString *line, const char *sentence, const char *language);

G_END_DECLS
