/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-campaign.h"

#include <string.h>

#include "core/content/tomo-campaign-partner-private.h"
#include "core/content/tomo-compiled-private.h"
#include "core/content/tomo-names-private.h"
#include "core/content/tomo-pack.h"
#include "core/content/tomo-picture.h"
#include "core/content/tomo-recordings-private.h"
#include "core/tomo-error.h"

#define DEFAULT_ACCENT "#1d6f6a"

struct _TomoCampaign
{
  GVariant *variant; /* (owned) (not nullable); all strings are borrowed from it */
  const char *id;
  TomoPiece names;        /* a{ss} */
  const char **languages; /* (owned) (transfer container) */
  const char *url;
  const char *accent;
  GBytes *logo; /* (owned) (nullable) */
  gboolean is_demo;
  TomoRecordings *recordings; /* (owned) */
  GPtrArray *partners;        /* (owned) (element-type TomoCampaignPartner): sorted by id */
  GPtrArray *partner_ids;     /* (owned) (element-type utf8): borrowed ids and a NULL */
};

static void
campaign_clear (gpointer data)
{
  TomoCampaign *self = data;

  g_clear_pointer (&self->recordings, tomo_recordings_free);
  g_clear_pointer (&self->partners, g_ptr_array_unref);
  g_clear_pointer (&self->partner_ids, g_ptr_array_unref);
  g_clear_pointer (&self->languages, g_free);
  g_clear_pointer (&self->logo, g_bytes_unref);
  g_clear_pointer (&self->variant, g_variant_unref);
}

static gboolean
check_accent (const char *accent, const char *where, GError **error)
{
  if (strlen (accent) == 7 && accent[0] == '#' &&
      strspn (accent + 1, "0123456789abcdefABCDEF") == 6)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s: ‘accent’ is ‘%.20s’, not a colour such as %s", where, accent, DEFAULT_ACCENT);
  return FALSE;
}

/* What a visitor's telephone opens is sealed on its way; the campaign's own address always can be.
 */
static gboolean
check_url (const char *url, const char *where, GError **error)
{
  if (*url == '\0')
    return TRUE;
  if (!tomo_compiled_check_address (url, "url", where, error))
    return FALSE;
  if (g_str_has_prefix (url, "https://"))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s: ‘url’ is ‘%.80s’, not an https address", where, url);
  return FALSE;
}

static gboolean
read_logo (TomoCampaign *self, const TomoCompiledDict *header, const char *where, GError **error)
{
  TomoPiece piece;
  unsigned int width_px = 0;
  unsigned int height_px = 0;

  if (!tomo_compiled_find (header, "logo", "ay", &piece, where, error))
    return FALSE;
  if (piece.data == NULL)
    return TRUE;

  if (piece.size > TOMO_CAMPAIGN_MAX_LOGO_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: ‘logo’ has %" G_GSIZE_FORMAT " bytes as PNG; at most %d are allowed", where,
                   piece.size, TOMO_CAMPAIGN_MAX_LOGO_BYTES);
      return FALSE;
    }

  self->logo = g_bytes_new_with_free_func (piece.data, piece.size, (GDestroyNotify) g_variant_unref,
                                           g_variant_ref (self->variant));
  if (!tomo_picture_check (self->logo, &width_px, &height_px, error))
    {
      g_prefix_error (error, "%s: ‘logo’: ", where);
      return FALSE;
    }
  if (MAX (width_px, height_px) <= TOMO_CAMPAIGN_MAX_LOGO_EDGE_PX)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s: ‘logo’ is %u × %u pixels; at most %d on an edge are allowed", where, width_px,
               height_px, TOMO_CAMPAIGN_MAX_LOGO_EDGE_PX);
  return FALSE;
}

static gboolean
read_header (TomoCampaign *self, const TomoCompiledDict *header, const char *where, GError **error)
{
  if (!tomo_names_read (header, &self->names, where, error))
    return FALSE;

  self->languages = tomo_compiled_get_strings (header, "languages", where, error);
  if (self->languages == NULL)
    return FALSE;

  for (size_t i = 0; self->languages[i] != NULL; i++)
    if (!tomo_compiled_check_language (self->languages[i], "languages", where, error))
      return FALSE;

  self->url = tomo_compiled_get_string (header, "url", "", where, error);
  if (self->url == NULL || !check_url (self->url, where, error))
    return FALSE;

  self->accent = tomo_compiled_get_string (header, "accent", DEFAULT_ACCENT, where, error);
  if (self->accent == NULL || !check_accent (self->accent, where, error) ||
      !read_logo (self, header, where, error))
    return FALSE;

  self->recordings = tomo_recordings_new (header, where, error);
  return self->recordings != NULL &&
         tomo_compiled_get_boolean (header, "demo", &self->is_demo, where, error);
}

static gboolean
read_partners (TomoCampaign *self, TomoPiece entries, const char *where, GError **error)
{
  size_t n_partners = tomo_piece_count (entries);

  if (n_partners > TOMO_PACK_MAX_ITEMS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: has more than %d partners",
                   where, TOMO_PACK_MAX_ITEMS);
      return FALSE;
    }

  for (size_t i = 0; i < n_partners; i++)
    {
      TomoPiece entry = tomo_piece_get (entries, i, TOMO_PIECE_ALIGN_VARIANT);
      g_autoptr(TomoCampaignPartner) partner = tomo_campaign_partner_new (entry, where, error);
      if (partner == NULL)
        return FALSE;

      const char *previous = i == 0 ? "" : g_ptr_array_index (self->partner_ids, i - 1);
      if (strcmp (previous, partner->id) >= 0)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: partner %s: stands twice, or before an id it should follow", where,
                       partner->id);
          return FALSE;
        }

      g_ptr_array_add (self->partner_ids, (gpointer) partner->id);
      g_ptr_array_add (self->partners, g_steal_pointer (&partner));
    }

  g_ptr_array_add (self->partner_ids, NULL);
  return TRUE;
}

/**
 * tomo_campaign_new:
 * @packed: a campaign file as it was signed
 * @error: return location for a #GError
 *
 * Opens a campaign file and checks all of it, so that nothing read from it later can fail.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_UNSUPPORTED for a later version of
 * the format.
 *
 * Returns: (transfer full): the campaign
 */
TomoCampaign *
tomo_campaign_new (GBytes *packed, GError **error)
{
  g_return_val_if_fail (packed != NULL, NULL);

  g_autoptr(GVariant) variant = tomo_compiled_open (packed, "campaign file", error);
  if (variant == NULL)
    return NULL;

  g_autoptr(TomoCampaign) self = g_atomic_rc_box_new0 (TomoCampaign);
  self->variant = g_variant_ref (variant);
  self->partners = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_campaign_partner_free);
  self->partner_ids = g_ptr_array_new ();

  TomoCompiledDict header;
  TomoPiece entries;
  if (!tomo_compiled_read_whole (variant, &header, &entries, "campaign file", error))
    return NULL;

  self->id = tomo_compiled_get_string (&header, "campaign", NULL, "campaign file", error);
  if (self->id == NULL || !tomo_compiled_check_id (self->id, "campaign", "campaign file", error))
    return NULL;

  g_autofree char *where = g_strdup_printf ("campaign %s", self->id);
  if (!read_header (self, &header, where, error) || !read_partners (self, entries, where, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * tomo_campaign_ref:
 * @self: a campaign
 *
 * Takes one more reference, in any thread.
 *
 * Returns: (transfer full): @self
 */
TomoCampaign *
tomo_campaign_ref (TomoCampaign *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * tomo_campaign_unref:
 * @self: (transfer full): a campaign
 *
 * Gives a reference back, in any thread.
 */
void
tomo_campaign_unref (TomoCampaign *self)
{
  g_atomic_rc_box_release_full (self, campaign_clear);
}

/**
 * tomo_campaign_get_id:
 * @self: a campaign
 *
 * Gives the id that the hub gave the campaign; configuration may call it by another name.
 *
 * Returns: (transfer none): an id
 */
const char *
tomo_campaign_get_id (TomoCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * tomo_campaign_get_name:
 * @self: a campaign
 * @language: for whom
 *
 * Gives the name that visitors see.
 *
 * Returns: (transfer none): the name in the first language of the chain of @language that has one
 */
const char *
tomo_campaign_get_name (TomoCampaign *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  const char *of_language;
  return tomo_names_find (self->names, language, &of_language);
}

/**
 * tomo_campaign_get_languages:
 * @self: a campaign
 *
 * Gives the languages of the campaign, in its order.
 *
 * Returns: (transfer none): BCP 47 tags, %NULL-terminated
 */
const char *const *
tomo_campaign_get_languages (TomoCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->languages;
}

/**
 * tomo_campaign_get_url:
 * @self: a campaign
 *
 * Gives the address for QR codes.
 *
 * Returns: (transfer none): an address, or an empty string
 */
const char *
tomo_campaign_get_url (TomoCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->url;
}

/**
 * tomo_campaign_dup_address:
 * @self: a campaign
 * @partner: an id
 * @pack: an id
 * @item: an id
 * @language: in which a visitor has read the card
 *
 * Gives the address of exactly one card, for a visitor to take home: the ids stay what they are
 * through all revisions, and so does the address. It is `URL/PARTNER/PACK/ITEM/LANGUAGE`, all of it
 * in the letters of target paths, so that a folder of static files can answer it.
 *
 * Returns: (transfer full) (nullable): an https address, or %NULL if the campaign has none
 */
char *
tomo_campaign_dup_address (TomoCampaign *self,
                           const char *partner,
                           const char *pack,
                           const char *item,
                           const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (partner != NULL && pack != NULL && item != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  if (*self->url == '\0')
    return NULL;

  g_autofree char *tag = g_ascii_strdown (language, -1);
  const char *slash = g_str_has_suffix (self->url, "/") ? "" : "/";
  return g_strconcat (self->url, slash, partner, "/", pack, "/", item, "/", tag, NULL);
}

/**
 * tomo_campaign_get_accent:
 * @self: a campaign
 *
 * Gives the colour of the campaign.
 *
 * Returns: (transfer none): `#rrggbb`
 */
const char *
tomo_campaign_get_accent (TomoCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->accent;
}

/**
 * tomo_campaign_get_logo:
 * @self: a campaign
 *
 * Gives the drawing that stands beside the name.
 *
 * Returns: (transfer none) (nullable): a PNG that tomo_picture_check() let pass, or %NULL if the
 *    campaign has none
 */
GBytes *
tomo_campaign_get_logo (TomoCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->logo;
}

/**
 * tomo_campaign_is_demo:
 * @self: a campaign
 *
 * Tells whether demonstration keys sign the campaign.
 *
 * Returns: %TRUE for demonstrations
 */
gboolean
tomo_campaign_is_demo (TomoCampaign *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_demo;
}

/**
 * tomo_campaign_get_recordings:
 * @self: a campaign
 *
 * Returns: (transfer none): where the program’s own sentences are read aloud
 */
const TomoRecordings *
tomo_campaign_get_recordings (TomoCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->recordings;
}

/**
 * tomo_campaign_get_partners:
 * @self: a campaign
 *
 * Lists the partners.
 *
 * Returns: (transfer none): ids, sorted, %NULL-terminated
 */
const char *const *
tomo_campaign_get_partners (TomoCampaign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->partner_ids->pdata;
}

static TomoCampaignPartner *
find_partner (TomoCampaign *self, const char *id)
{
  for (unsigned int i = 0; i < self->partners->len; i++)
    {
      TomoCampaignPartner *partner = g_ptr_array_index (self->partners, i);
      if (g_str_equal (partner->id, id))
        return partner;
    }

  return NULL;
}

/**
 * tomo_campaign_has_partner:
 * @self: a campaign
 * @partner: an id
 *
 * Tells whether @partner takes part.
 *
 * Returns: %TRUE if it does
 */
gboolean
tomo_campaign_has_partner (TomoCampaign *self, const char *partner)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (partner != NULL, FALSE);

  return find_partner (self, partner) != NULL;
}

/**
 * tomo_campaign_get_partner_name:
 * @self: a campaign
 * @partner: an id
 * @language: for whom
 *
 * Gives the name that stands behind “Published by”. Who is not a partner is called by the id in
 * capitals.
 *
 * Returns: (transfer none): the name in the first language of the chain of @language that has one
 */
const char *
tomo_campaign_get_partner_name (TomoCampaign *self, const char *partner, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (partner != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  const char *of_language;
  TomoCampaignPartner *found = find_partner (self, partner);
  if (found != NULL)
    return tomo_names_find (found->names, language, &of_language);

  g_autofree char *capitals = g_ascii_strup (partner, -1);
  return g_intern_string (capitals);
}

/**
 * tomo_campaign_get_partner_language:
 * @self: a campaign
 * @partner: an id
 * @language: for whom
 *
 * Says in which language tomo_campaign_get_partner_name() answers, so that the name is drawn with
 * the letters of its own language.
 *
 * Returns: (transfer none) (nullable): BCP 47; %NULL for who is not a partner
 */
const char *
tomo_campaign_get_partner_language (TomoCampaign *self, const char *partner, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (partner != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  const char *of_language = NULL;
  TomoCampaignPartner *found = find_partner (self, partner);
  if (found != NULL)
    tomo_names_find (found->names, language, &of_language);

  return of_language;
}

/**
 * tomo_campaign_get_partner_territory:
 * @self: a campaign
 * @partner: an id
 *
 * Gives the territory that @partner speaks for.
 *
 * Returns: (transfer none): ISO 3166-1 alpha-2 in capitals, or %TOMO_CAMPAIGN_TERRITORY_COMMON;
 *    empty if it is not a partner
 */
const char *
tomo_campaign_get_partner_territory (TomoCampaign *self, const char *partner)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (partner != NULL, NULL);

  TomoCampaignPartner *found = find_partner (self, partner);
  return found != NULL ? found->territory : "";
}

/**
 * tomo_campaign_get_partner_domains:
 * @self: a campaign
 * @partner: an id
 *
 * Gives the web domains that links of @partner may lead to.
 *
 * Returns: (transfer none): host names, %NULL-terminated
 */
const char *const *
tomo_campaign_get_partner_domains (TomoCampaign *self, const char *partner)
{
  static const char *const none[] = { NULL };
  g_return_val_if_fail (self != NULL, none);
  g_return_val_if_fail (partner != NULL, none);

  TomoCampaignPartner *found = find_partner (self, partner);
  return found != NULL ? (const char *const *) found->domains : none;
}
