/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/fuzz/fuzz-quiz.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  return fuzz_quiz (TOMO_IMPORT_GIFT, data, size);
}
