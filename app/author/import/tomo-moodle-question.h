/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libxml/tree.h>

#include "author/import/tomo-quiz.h"

G_BEGIN_DECLS

/* One <question> of Moodle XML, as a tree. */
void tomo_moodle_question_read (TomoQuiz *quiz,
                                xmlNode *element,
                                const char *type,
                                const char *category);
xmlNode *tomo_moodle_find_child (xmlNode *parent, const char *name);
char *tomo_moodle_dup_text (xmlNode *element);

G_END_DECLS
