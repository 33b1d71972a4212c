/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/import/tomo-quiz.h"

G_BEGIN_DECLS

gboolean tomo_quiz_picture_add (TomoQuiz *quiz,
                                TomoQuizQuestion *question,
                                const char *src,
                                const char *alt,
                                GHashTable *files,
                                GError **error);

G_END_DECLS
