/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-campaign-partner-private.h"

#include <string.h>

#include "core/content/tomo-campaign.h"
#include "core/content/tomo-names-private.h"
#include "core/tomo-error.h"

void
tomo_campaign_partner_free (TomoCampaignPartner *self)
{
  g_free (self->domains);
  g_free (self);
}

static gboolean
check_territory (const char *territory, const char *where, GError **error)
{
  if ((strlen (territory) == 2 && g_ascii_isupper (territory[0]) &&
       g_ascii_isupper (territory[1])) ||
      g_str_equal (territory, TOMO_CAMPAIGN_TERRITORY_COMMON))
    return TRUE;

  g_set_error (
      error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
      "%s: ‘territory’ is ‘%.20s’, not two capitals such as JP, nor " TOMO_CAMPAIGN_TERRITORY_COMMON
      " for the whole campaign",
      where, territory);
  return FALSE;
}

/**
 * tomo_campaign_partner_new:
 * @entry: id and dictionary in a campaign file, in normal form
 * @campaign_where: names the campaign, for the message
 * @error: return location for a #GError
 *
 * Reads and checks one partner of a campaign file.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the partner, whose strings are those of @entry
 */
TomoCampaignPartner *
tomo_campaign_partner_new (TomoPiece entry, const char *campaign_where, GError **error)
{
  g_autoptr(TomoCampaignPartner) self = g_new0 (TomoCampaignPartner, 1);
  TomoPieceReader reader;
  TomoCompiledDict dict;

  tomo_piece_reader_init (&reader, entry);
  self->id = tomo_piece_reader_take_string (&reader);
  TomoPiece piece = tomo_piece_reader_take_last (&reader, TOMO_PIECE_ALIGN_VARIANT);
  if (!tomo_compiled_check_id (self->id, "partner", campaign_where, error))
    return NULL;

  g_autofree char *where = g_strdup_printf ("%s: partner %s", campaign_where, self->id);
  if (!tomo_compiled_read_dict (&dict, piece, where, error))
    return NULL;

  if (!tomo_names_read (&dict, &self->names, where, error))
    return NULL;

  self->territory = tomo_compiled_get_string (&dict, "territory", NULL, where, error);
  if (self->territory == NULL || !check_territory (self->territory, where, error))
    return NULL;

  self->domains = tomo_compiled_get_strings (&dict, "domains", where, error);
  if (self->domains == NULL)
    return NULL;

  return g_steal_pointer (&self);
}
