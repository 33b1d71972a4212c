/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-campaign.h"
#include "core/content/tomo-picture.h"
#include "core/tomo-gzip.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Whatever the bytes are, there is a campaign or an error, and a campaign can be read to its end.
 */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) plain = g_bytes_new (data, size);
  g_autoptr(GBytes) packed = tomo_gzip_deflate (plain, NULL);
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);

  g_assert_true ((campaign == NULL) == (error != NULL));
  if (campaign == NULL)
    return 0;

  g_assert_true (g_utf8_validate (tomo_campaign_get_name (campaign, "ja"), -1, NULL));
  g_assert_cmpuint (strlen (tomo_campaign_get_accent (campaign)), ==, 7);
  GBytes *logo = tomo_campaign_get_logo (campaign);
  g_assert_true (logo == NULL || tomo_picture_check (logo, NULL, NULL, NULL));
  const TomoRecordings *recordings = tomo_campaign_get_recordings (campaign);
  for (size_t i = 0; i < tomo_recordings_get_n (recordings); i++)
    {
      const TomoRecording *recording = tomo_recordings_get (recordings, i);
      g_assert_cmpuint (strlen (recording->sha256), ==, 64);
      g_autoptr(GHashTable) recorded = tomo_recordings_list (recordings, recording->language);
      g_assert_nonnull (g_hash_table_lookup (recorded, recording->sentence));
    }
  const char *const *partners = tomo_campaign_get_partners (campaign);
  for (size_t i = 0; partners[i] != NULL; i++)
    {
      g_assert_true (tomo_campaign_has_partner (campaign, partners[i]));
      g_assert_cmpuint (strlen (tomo_campaign_get_partner_territory (campaign, partners[i])), ==,
                        2);
      g_assert_nonnull (tomo_campaign_get_partner_language (campaign, partners[i], "th"));
      g_assert_true (
          g_utf8_validate (tomo_campaign_get_partner_name (campaign, partners[i], "th"), -1, NULL));
    }

  return 0;
}
