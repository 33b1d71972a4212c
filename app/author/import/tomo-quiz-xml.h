/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/import/tomo-import.h"
#include "author/import/tomo-quiz.h"

G_BEGIN_DECLS

/* A quiz as pack.xml. */
GBytes *tomo_quiz_xml_write (const TomoQuiz *quiz,
                             const char *id,
                             const char *today,
                             const TomoImportOptions *options);
void tomo_quiz_xml_append_question (GString *xml, const TomoQuizQuestion *question);
GHashTable *tomo_quiz_xml_list_used (const TomoQuiz *quiz);

G_END_DECLS
