/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-library-expiry-private.h"

#include <stdlib.h>
#include <string.h>

#include "core/content/tomo-campaign.h"

static int
compare_names_cb (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * tomo_library_list_expired:
 * @properties: of a generation
 * @now_secs: seconds since 1970
 *
 * Lists the partners whose last good file has expired. Time is that of the clock or of the last
 * sync, whichever is later: a clock that falls back makes nothing good again. The campaign file is
 * not content, and a generation that says nothing of a partner does not condemn it.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids, sorted
 */
char **
tomo_library_list_expired (GVariant *properties, int64_t now_secs)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GVariantIter) dates = NULL;
  const char *partner;
  int64_t floor_secs = 0;
  int64_t expires_secs;

  g_variant_lookup (properties, "floor-secs", "x", &floor_secs);
  if (g_variant_lookup (properties, "partners", "a{s(xx)}", &dates))
    while (g_variant_iter_next (dates, "{&s(xx)}", &partner, NULL, &expires_secs))
      if (expires_secs <= MAX (now_secs, floor_secs) && !g_str_equal (partner, TOMO_CAMPAIGN_ROLE))
        g_strv_builder_add (builder, partner);

  char **names = g_strv_builder_end (builder);
  qsort (names, g_strv_length (names), sizeof *names, compare_names_cb);
  return names;
}
