/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/import/tomo-import.h"
#include "author/import/tomo-quiz.h"

G_BEGIN_DECLS

GBytes *tomo_quiz_pack_compose (TomoQuiz *quiz,
                                const char *folder,
                                const TomoImportOptions *options,
                                GError **error);
gboolean tomo_quiz_pack_write (TomoQuiz *quiz,
                               const char *folder,
                               const TomoImportOptions *options,
                               GError **error);

G_END_DECLS
