/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/import/tomo-import.h"
#include "author/import/tomo-quiz.h"

G_BEGIN_DECLS

TomoQuiz *tomo_import_read (TomoImportFormat format,
                            GBytes *bytes,
                            const char *file,
                            const char *encoding,
                            TomoFindings *findings,
                            GError **error);

/* The readers of text that is valid UTF-8 without a NUL. */
gboolean tomo_import_csv (TomoQuiz *quiz, const char *text, GError **error);
gboolean tomo_import_gift (TomoQuiz *quiz, const char *text, GError **error);
gboolean tomo_import_moodle (TomoQuiz *quiz, char *text, size_t size, GError **error);

G_END_DECLS
