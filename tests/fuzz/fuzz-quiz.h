/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "author/import/tomo-import-private.h"
#include "author/import/tomo-quiz-pack.h"
#include "author/pack/tomo-source-check.h"
#include "author/pack/tomo-source-pack.h"
#include "core/tomo-error.h"

/* Whatever somebody calls a quiz, there are questions or an error; and what becomes of the
 * questions is a pack without a mistake, or an error. */
static inline int
fuzz_quiz (TomoImportFormat format, const uint8_t *data, size_t size)
{
  static const TomoImportOptions options = { NULL, "en", "Title", "phishing", "CC-BY-4.0" };
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoFindings) checked = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoQuiz) quiz =
      tomo_import_read (format, g_bytes_new (data, size), "fuzz", NULL, findings, &error);

  g_assert_true ((quiz != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (quiz == NULL)
    return 0;

  g_autoptr(GBytes) xml = tomo_quiz_pack_compose (quiz, "fuzz", &options, &error);
  g_assert_true ((xml != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (xml == NULL)
    {
      g_assert_cmpuint (quiz->questions->len, ==, 0);
      return 0;
    }

  g_autoptr(TomoSourcePack) pack = tomo_source_pack_read (xml, "fuzz", checked);
  g_assert_nonnull (pack);
  tomo_source_check (pack, checked);
  g_assert_cmpuint (tomo_findings_count_errors (checked), ==, 0);
  g_assert_cmpuint (pack->items->len, ==, quiz->questions->len);
  return 0;
}
