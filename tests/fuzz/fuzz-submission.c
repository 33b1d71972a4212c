/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>

#include "author/publish/tomo-submission.h"
#include "core/tomo-error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever comes by mail, there is a submission or an error; and what was taken in is written as
 * something that is taken in again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) plain = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSubmission) submission = tomo_submission_new_plain (plain, "fuzz", &error);

  g_assert_true ((submission != NULL) != (error != NULL));
  g_assert_true (error == NULL || error->domain == TOMO_ERROR);
  if (submission == NULL)
    return 0;

  g_autoptr(GBytes) packed = tomo_submission_write (submission, &error);
  g_assert_no_error (error);
  g_autoptr(TomoSubmission) again = tomo_submission_new (packed, "fuzz", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tomo_submission_get_role (again), ==, tomo_submission_get_role (submission));
  g_assert_cmpuint (tomo_submission_get_version (again), ==,
                    tomo_submission_get_version (submission));
  return 0;
}
