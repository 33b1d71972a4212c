/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-campaign-source.h"

#include <string.h>

#include "author/pack/tomo-pack-build.h"
#include "author/publish/tomo-campaign-audio.h"
#include "core/content/tomo-campaign.h"
#include "core/content/tomo-picture.h"
#include "core/content/tomo-sentences.h"
#include "core/tomo-error.h"
#include "tests/author/publish/tomo-rehearsal.h"

typedef struct
{
  char *folder; /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
}

/* What stands in the source is what a kiosk reads, partners in order of their ids. */
static void
test_campaign_source_compile (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = tomo_rehearsal_write_campaign (self->folder);
  g_autoptr(GBytes) packed = tomo_campaign_source_compile (path, TOMO_CAMPAIGN_DEMO, NULL, &error);
  g_assert_no_error (error);
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (tomo_campaign_get_id (campaign), ==, "rehearsal");
  g_assert_cmpstr (tomo_campaign_get_name (campaign, "en"), ==, "A rehearsal");
  g_assert_cmpstr (tomo_campaign_get_name (campaign, "ja"), ==, "予行");
  g_assert_cmpstr (tomo_campaign_get_accent (campaign), ==, "#1d6f6a");
  g_assert_true (tomo_campaign_is_demo (campaign));
  g_assert_cmpstrv (tomo_campaign_get_languages (campaign),
                    ((const char *const[]){ "en", "ja", NULL }));
  g_assert_cmpstrv (tomo_campaign_get_partners (campaign),
                    ((const char *const[]){ "jp", "th", NULL }));
  g_assert_cmpstr (tomo_campaign_get_partner_name (campaign, "jp", "ja"), ==, "jp の発行者");
  g_assert_cmpstr (tomo_campaign_get_partner_territory (campaign, "th"), ==, "TH");
  g_assert_cmpstrv (tomo_campaign_get_partner_domains (campaign, "jp"),
                    ((const char *const[]){ "example.org", "example.com", NULL }));
}

/* Without --demo the campaign does not call itself a demonstration; the same source gives the same
 * bytes. */
static void
test_campaign_source_kind (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = tomo_rehearsal_write_campaign (self->folder);
  g_autoptr(GBytes) packed = tomo_campaign_source_compile (path, TOMO_CAMPAIGN_REAL, NULL, &error);
  g_autoptr(GBytes) again = tomo_campaign_source_compile (path, TOMO_CAMPAIGN_REAL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);

  g_assert_false (tomo_campaign_is_demo (campaign));
  g_assert_true (g_bytes_equal (packed, again));
}

#define CAMPAIGN "[campaign]\nid=a\nname=A\nlanguages=en;ja;\n"
#define AUDIO "[audio]\nmoney=I sent money\n"

static char *
write_campaign (Fixture *self, const char *text)
{
  char *path = g_build_filename (self->folder, "campaign.conf", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* A recording beside the source is listed under its language and its sentence, and goes with it. */
static void
test_campaign_source_audio (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) media = NULL;
  g_autofree char *path = write_campaign (self, CAMPAIGN AUDIO);
  tomo_rehearsal_record (self->folder, "money.ja.opus");
  g_autoptr(GBytes) packed =
      tomo_campaign_source_compile (path, TOMO_CAMPAIGN_REAL, &media, &error);
  g_assert_no_error (error);
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
  g_assert_no_error (error);
  const TomoRecordings *recordings = tomo_campaign_get_recordings (campaign);
  g_autoptr(GHashTable) recorded = tomo_recordings_list (recordings, "ja");
  const char *sha256 = g_hash_table_lookup (recorded, "I sent money");

  g_assert_nonnull (sha256);
  g_assert_cmpuint (tomo_recordings_get_n (recordings), ==, 1);
  g_assert_cmpuint (media->len, ==, 1);
  const TomoBuiltFile *file = g_ptr_array_index (media, 0);
  g_autofree char *target = g_strdup_printf ("campaign/media/%s.opus", sha256);
  g_assert_cmpstr (file->path, ==, target);
}

#define DRAWING "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>%s</svg>"

static void
write_drawing (Fixture *self, const char *inside)
{
  g_autofree char *path = g_build_filename (self->folder, "logo.svg", NULL);
  g_autofree char *svg = g_strdup_printf (DRAWING, inside);

  g_assert_true (g_file_set_contents (path, svg, -1, NULL));
}

/* A logo beside the source becomes part of the file that is signed, as PNG. */
static void
test_campaign_source_logo (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = write_campaign (self, CAMPAIGN "logo=logo.svg\n");
  unsigned int width_px = 0;
  unsigned int height_px = 0;

  write_drawing (self, "<rect width='9' height='9'/>");
  g_autoptr(GBytes) packed = tomo_campaign_source_compile (path, TOMO_CAMPAIGN_REAL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, &error);
  g_assert_no_error (error);
  g_assert_true (
      tomo_picture_check (tomo_campaign_get_logo (campaign), &width_px, &height_px, &error));
  g_assert_cmpuint (width_px, ==, TOMO_CAMPAIGN_MAX_LOGO_EDGE_PX);
  g_assert_cmpuint (height_px, ==, TOMO_CAMPAIGN_MAX_LOGO_EDGE_PX / 2);
}

/* What is wrong with a logo is said with the name of its file. */
static void
test_campaign_source_refuses_logo (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *logo;
    const char *says;
    TomoError code;
  } vectors[] = {
    { "../logo.svg", "not the name of a file beside", TOMO_ERROR_INVALID_DATA },
    { "absent.svg", "absent.svg", TOMO_ERROR_NOT_FOUND },
    { "logo.svg", "logo.svg’, line 1: ", TOMO_ERROR_INVALID_DATA },
    { "campaign.conf", "is not PNG", TOMO_ERROR_INVALID_DATA },
  };

  write_drawing (self, "<script/>");
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text = g_strconcat (CAMPAIGN "logo=", vectors[i].logo, "\n", NULL);
      g_autofree char *path = write_campaign (self, text);

      g_assert_null (tomo_campaign_source_compile (path, TOMO_CAMPAIGN_REAL, NULL, &error));
      g_assert_error (error, TOMO_ERROR, (int) vectors[i].code);
      g_test_message ("says: %s", error->message);
      g_assert_nonnull (strstr (error->message, vectors[i].says));
    }
}

/* Every sentence that is read aloud is listed in every language, once. */
static void
test_campaign_source_sentences (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = write_campaign (self, CAMPAIGN AUDIO);
  tomo_rehearsal_record (self->folder, "money.ja.opus");
  g_autoptr(GPtrArray) sentences = tomo_campaign_source_list_sentences (path, &error);
  g_assert_no_error (error);
  unsigned int n_recorded = 0;

  size_t n_sentences = 0;
  tomo_sentences_list (&n_sentences);
  g_assert_cmpuint (sentences->len, ==, 2 * n_sentences);
  for (unsigned int i = 0; i < sentences->len; i++)
    {
      const TomoCampaignSentence *sentence = g_ptr_array_index (sentences, i);
      gboolean is_named = g_str_equal (sentence->sentence, "I sent money");
      g_assert_true (is_named == (sentence->file != NULL));
      if (sentence->opus == NULL)
        continue;
      g_assert_cmpstr (sentence->file, ==, "audio/money.ja.opus");
      g_assert_cmpstr (sentence->language, ==, "ja");
      n_recorded++;
    }
  g_assert_cmpuint (n_recorded, ==, 1);
}

/* A recording that could not be played, or that nobody names, is told of with its path. */
static void
test_campaign_source_bad_audio (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = write_campaign (self, CAMPAIGN AUDIO);
  g_autofree char *large = g_strnfill (TOMO_RECORDINGS_MAX_BYTES + 1, 'x');
  g_autofree char *opus = g_build_filename (self->folder, "audio", "money.ja.opus", NULL);

  tomo_rehearsal_record (self->folder, "money.ja.opus");
  g_assert_true (g_file_set_contents (opus, large, -1, NULL));
  g_assert_null (tomo_campaign_source_compile (path, TOMO_CAMPAIGN_REAL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "money.ja.opus"));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (opus, "no sound", -1, NULL));
  g_assert_null (tomo_campaign_source_compile (path, TOMO_CAMPAIGN_REAL, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "money.ja.opus"));
  g_clear_error (&error);

  tomo_rehearsal_record (self->folder, "money.ja.opus");
  tomo_rehearsal_record (self->folder, "money.th.opus");
  g_assert_null (tomo_campaign_source_compile (path, TOMO_CAMPAIGN_REAL, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "money.th.opus"));
}

/* The sample campaign of this source tree compiles. */
static void
test_campaign_source_sample (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path =
      g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "content", "campaign.conf", NULL);
  g_autoptr(GBytes) packed = tomo_campaign_source_compile (path, TOMO_CAMPAIGN_DEMO, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (packed);
}

#define PARTNER "[partner jp]\nname=J\nterritory=JP\n"

/* A mistake is invalid data, and the message names the file and the place. */
static void
test_campaign_source_refuses (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *in_message;
  } vectors[] = {
    { "", "languages" },
    { "no key file", "campaign.conf" },
    { "[campaign]\nid=a\nname=A\nlanguages=\n", "languages" },
    { "[campaign]\nname=A\nlanguages=en;\n", "id=" },
    { "[campaign]\nid=a\nlanguages=en;\n", "name=" },
    { CAMPAIGN "colour=#000000\n", "colour" },
    { CAMPAIGN "accent=red\n", "accent" },
    { CAMPAIGN "url=http://example.org/\n", "https" },
    { CAMPAIGN "url=https://example.org/so/long/that/a/code/is/too/fine\n", "too fine" },
    { CAMPAIGN "name[en]=B\n", "name[en]" },
    { CAMPAIGN "[partners jp]\nname=J\nterritory=JP\n", "partners jp" },
    { CAMPAIGN "[partner jp]\nname=J\n", "territory" },
    { CAMPAIGN "[partner jp]\nname=J\nterritory=Japan\n", "territory" },
    { CAMPAIGN PARTNER "teritory=JP\n", "teritory" },
    { CAMPAIGN "[audio]\nmoney=I sent much money\n", "‘money’ stands for a sentence" },
    { CAMPAIGN "[audio]\n../money=I sent money\n", "‘../money’ is no name" },
    { CAMPAIGN AUDIO "again=I sent money\n", "‘again’ stands for a sentence that has" },
  };
  g_autofree char *path = g_build_filename (self->folder, "campaign.conf", NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("%s", vectors[i].text);
      g_assert_true (g_file_set_contents (path, vectors[i].text, -1, NULL));
      g_assert_null (tomo_campaign_source_compile (path, TOMO_CAMPAIGN_REAL, NULL, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, vectors[i].in_message));
      g_assert_nonnull (strstr (error->message, path));
    }

  g_autoptr(GError) error = NULL;
  g_assert_null (tomo_campaign_source_compile ("/nowhere.conf", TOMO_CAMPAIGN_REAL, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/campaign-source/compile", test_campaign_source_compile);
  ADD ("/campaign-source/kind", test_campaign_source_kind);
  ADD ("/campaign-source/audio", test_campaign_source_audio);
  ADD ("/campaign-source/logo", test_campaign_source_logo);
  ADD ("/campaign-source/refuses-logo", test_campaign_source_refuses_logo);
  ADD ("/campaign-source/sentences", test_campaign_source_sentences);
  ADD ("/campaign-source/bad-audio", test_campaign_source_bad_audio);
  ADD ("/campaign-source/sample", test_campaign_source_sample);
  ADD ("/campaign-source/refuses", test_campaign_source_refuses);
  return g_test_run ();
}
