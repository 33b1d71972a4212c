/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-campaign.h"

#include <string.h>

#include "core/tomo-error.h"
#include "tests/support/tomo-fixture.h"

#define HEADER "'campaign': <'c'>, 'name': <{'en': 'N'}>"

/* A campaign gives back all it was made of, names in the language of the reader or English. */
static void
test_campaign_open (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = tomo_fixture_new_campaign ();
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (tomo_campaign_get_id (campaign), ==, "demo");
  g_assert_cmpstr (tomo_campaign_get_name (campaign, "ja"), ==, "小さな灯");
  g_assert_cmpstr (tomo_campaign_get_name (campaign, "ar-EG"), ==, "نور صغير");
  g_assert_cmpstr (tomo_campaign_get_name (campaign, "vi"), ==, "A small light");
  g_assert_cmpstr (tomo_campaign_get_languages (campaign)[1], ==, "ja");
  g_assert_cmpuint (g_strv_length ((char **) tomo_campaign_get_languages (campaign)), ==, 6);
  g_assert_cmpstr (tomo_campaign_get_url (campaign), ==, "https://example.org/");
  g_assert_cmpstr (tomo_campaign_get_accent (campaign), ==, "#1d6f6a");
  g_assert_true (tomo_campaign_is_demo (campaign));

  g_assert_cmpuint (g_strv_length ((char **) tomo_campaign_get_partners (campaign)), ==, 2);
  g_assert_true (tomo_campaign_has_partner (campaign, "th"));
  g_assert_cmpstr (tomo_campaign_get_partner_territory (campaign, "th"), ==, "TH");
  g_assert_cmpstr (tomo_campaign_get_partner_name (campaign, "jp", "id"), ==,
                   "Sample publisher, Japan");
  g_assert_cmpstr (tomo_campaign_get_partner_domains (campaign, "jp")[0], ==, "example.org");
}

/* Who is not a partner is called by the id in capitals, and may link nowhere. */
static void
test_campaign_stranger (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = tomo_fixture_new_campaign ();
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
  g_assert_no_error (error);

  g_assert_false (tomo_campaign_has_partner (campaign, "xx"));
  g_assert_cmpstr (tomo_campaign_get_partner_name (campaign, "xx", "en"), ==, "XX");
  g_assert_cmpstr (tomo_campaign_get_partner_territory (campaign, "xx"), ==, "");
  g_assert_null (tomo_campaign_get_partner_domains (campaign, "xx")[0]);
}

/* A card has one address that does not change; a campaign without an address gives none. A partner
 * may stand for the whole campaign. */
static void
test_campaign_address (void)
{
  static const struct
  {
    const char *header;
    const char *address;
  } vectors[] = {
    { "{" HEADER "}", NULL },
    { "{" HEADER ", 'url': <'https://a.example/'>}", "https://a.example/jp/p/i/zh-hant" },
    { "{" HEADER ", 'url': <'https://a.example/c'>}", "https://a.example/c/jp/p/i/zh-hant" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) packed = tomo_fixture_compile_text (
          vectors[i].header, "[('xx', {'name': <{'en': 'X'}>, 'territory': <'001'>})]");
      g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
      g_assert_no_error (error);
      g_autofree char *address = tomo_campaign_dup_address (campaign, "jp", "p", "i", "zh-Hant");
      g_assert_cmpstr (address, ==, vectors[i].address);
      g_assert_cmpstr (tomo_campaign_get_partner_territory (campaign, "xx"), ==,
                       TOMO_CAMPAIGN_TERRITORY_COMMON);
    }
}

/* A name in a foreign language is better than none. */
static void
test_campaign_only_name (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed =
      tomo_fixture_compile_text ("{'campaign': <'c'>, 'name': <{'th': 'ไทย'}>}", "[]");
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (tomo_campaign_get_name (campaign, "fr"), ==, "ไทย");
  g_assert_cmpstr (tomo_campaign_get_url (campaign), ==, "");
  g_assert_null (tomo_campaign_get_partners (campaign)[0]);
}

#define SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* A sentence of the program is found by its language and its words, both of them exactly. */
static void
test_campaign_recordings (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = tomo_fixture_compile_text (
      "{" HEADER ", 'audio': <[('ja', 'I sent money', '" SHA256 "')]>}", "[]");
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
  g_assert_no_error (error);
  const TomoRecordings *recordings = tomo_campaign_get_recordings (campaign);

  g_assert_cmpuint (tomo_recordings_get_n (recordings), ==, 1);
  g_assert_cmpstr (tomo_recordings_get (recordings, 0)->language, ==, "ja");
  g_autoptr(GHashTable) japanese = tomo_recordings_list (recordings, "ja");
  g_assert_cmpuint (g_hash_table_size (japanese), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (japanese, "I sent money"), ==, SHA256);
  g_assert_null (g_hash_table_lookup (japanese, "I sent money."));
  g_autoptr(GHashTable) english = tomo_recordings_list (recordings, "en");
  g_assert_cmpuint (g_hash_table_size (english), ==, 0);
}

/* Campaigns of before had none. */
static void
test_campaign_no_recordings (void)
{
  g_autoptr(GBytes) packed = tomo_fixture_compile_text ("{" HEADER "}", "[]");
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, NULL);

  g_assert_cmpuint (tomo_recordings_get_n (tomo_campaign_get_recordings (campaign)), ==, 0);
}

static char *
dup_header_with_logo (GBytes *png)
{
  g_autoptr(GVariant) logo =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, png, TRUE));
  g_autofree char *text = g_variant_print (logo, TRUE);

  return g_strdup_printf ("{" HEADER ", 'logo': <%s>}", text);
}

/* A logo is given back byte by byte; a campaign may have none. */
static void
test_campaign_logo (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();
  g_autofree char *header = dup_header_with_logo (png);
  g_autoptr(GBytes) packed = tomo_fixture_compile_text (header, "[]");
  g_autoptr(GBytes) plain = tomo_fixture_compile_text ("{" HEADER "}", "[]");
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
  g_assert_no_error (error);
  g_autoptr(TomoCampaign) without = tomo_campaign_new (plain, &error);
  g_assert_no_error (error);

  g_assert_true (g_bytes_equal (tomo_campaign_get_logo (campaign), png));
  g_autoptr(GBytes) kept = g_bytes_ref (tomo_campaign_get_logo (campaign));
  g_clear_pointer (&campaign, tomo_campaign_unref);
  g_assert_true (g_bytes_equal (kept, png));
  g_assert_null (tomo_campaign_get_logo (without));
}

/* A PNG with nothing in it but its header, an empty IDAT and its end: enough to be measured. */
static GBytes *
new_blank (uint8_t width_256_px, size_t n_pixel_bytes)
{
  static const uint8_t head[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0,
                                  13,   'I', 'H', 'D', 'R',  0,    0,    0,    0, 0, 0,
                                  0,    9,   8,   0,   0,    0,    0,    0,    0, 0, 0 };
  static const uint8_t tail[] = { 0, 0, 0, 0, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0, 0, 0, 0 };
  uint8_t length[] = { 0,
                       (uint8_t) (n_pixel_bytes >> 16),
                       (uint8_t) (n_pixel_bytes >> 8),
                       (uint8_t) n_pixel_bytes,
                       'I',
                       'D',
                       'A',
                       'T' };
  g_autofree uint8_t *pixels = g_malloc0 (n_pixel_bytes);
  GByteArray *png = g_byte_array_new ();

  g_byte_array_append (png, head, sizeof head);
  png->data[18] = width_256_px;
  g_byte_array_append (png, length, sizeof length);
  g_byte_array_append (png, pixels, (unsigned int) n_pixel_bytes);
  g_byte_array_append (png, tail, sizeof tail);
  return g_byte_array_free_to_bytes (png);
}

/* A logo that would make the start slow, or that no decoder may see, is refused. */
static void
test_campaign_refuses_logo (void)
{
  static const struct
  {
    uint8_t width_256_px;
    size_t n_pixel_bytes;
    const char *says; /* (nullable): accepted */
  } vectors[] = {
    { 2, 1000, NULL },
    { 3, 1000, "‘logo’ is 768 × 9 pixels" },
    { 0, 1000, "campaign c: ‘logo’: picture: has no width" },
    { 2, TOMO_CAMPAIGN_MAX_LOGO_BYTES, "bytes as PNG" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) png = new_blank (vectors[i].width_256_px, vectors[i].n_pixel_bytes);
      g_autofree char *header = dup_header_with_logo (png);
      g_autoptr(GBytes) packed = tomo_fixture_compile_text (header, "[]");
      g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
      g_assert_true ((campaign != NULL) == (vectors[i].says == NULL));
      if (vectors[i].says == NULL)
        continue;

      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_test_message ("  says: %s", error->message);
      g_assert_nonnull (strstr (error->message, vectors[i].says));
    }
}

/* Each of these is refused, with a message that names the campaign once it is known. */
static void
test_campaign_refuses (void)
{
  static const struct
  {
    const char *header;
    const char *items;
    const char *says;
  } vectors[] = {
    { "@a{sv} {}", "[]", "campaign file: lacks the key ‘campaign’" },
    { "{'campaign': <'A b'>}", "[]", "campaign file: ‘campaign’ is ‘A b’" },
    { "{'campaign': <'c'>, 'name': <'N'>}", "[]", "campaign c: ‘name’ is of type s" },
    { "{'campaign': <'c'>, 'name': <@a{ss} {}>}", "[]", "campaign c: has no name" },
    { "{" HEADER ", 'accent': <'red'>}", "[]", "‘accent’ is ‘red’" },
    { "{" HEADER ", 'url': <'example.org'>}", "[]", "not an https address" },
    { "{" HEADER ", 'url': <'http://example.org/'>}", "[]", "not an https address" },
    { "{" HEADER ", 'languages': <['?']>}", "[]", "‘languages’ is ‘?’" },
    { "{" HEADER ", 'logo': <'x'>}", "[]", "‘logo’ is of type s" },
    { "{" HEADER ", 'audio': <['x']>}", "[]", "‘audio’ is of type as" },
    { "{" HEADER ", 'audio': <[('ja', 'S', '0')]>}", "[]", "‘audio’ is ‘0’" },
    { "{" HEADER ", 'audio': <[('?', 'S', '" SHA256 "')]>}", "[]", "‘audio’ is ‘?’" },
    { "{" HEADER "}", "[('jp', @a{sv} {})]", "campaign c: partner jp: lacks the key ‘name’" },
    { "{" HEADER "}", "[('jp', {'name': <{'en': 'J'}>, 'territory': <'jp'>})]",
      "‘territory’ is ‘jp’" },
    { "{" HEADER "}", "[('JP', @a{sv} {})]", "‘partner’ is ‘JP’" },
    { "{" HEADER "}",
      "[('jp', {'name': <{'en': 'J'}>, 'territory': <'JP'>}),"
      " ('jp', {'name': <{'en': 'J'}>, 'territory': <'JP'>})]",
      "partner jp: stands twice" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Header %s, partners %s", vectors[i].header, vectors[i].items);
      g_autoptr(GBytes) packed = tomo_fixture_compile_text (vectors[i].header, vectors[i].items);
      g_assert_null (tomo_campaign_new (packed, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_test_message ("  says: %s", error->message);
      g_assert_nonnull (strstr (error->message, vectors[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/campaign/open", test_campaign_open);
  g_test_add_func ("/campaign/stranger", test_campaign_stranger);
  g_test_add_func ("/campaign/address", test_campaign_address);
  g_test_add_func ("/campaign/only-name", test_campaign_only_name);
  g_test_add_func ("/campaign/recordings", test_campaign_recordings);
  g_test_add_func ("/campaign/no-recordings", test_campaign_no_recordings);
  g_test_add_func ("/campaign/logo", test_campaign_logo);
  g_test_add_func ("/campaign/refuses-logo", test_campaign_refuses_logo);
  g_test_add_func ("/campaign/refuses", test_campaign_refuses);
  return g_test_run ();
}
