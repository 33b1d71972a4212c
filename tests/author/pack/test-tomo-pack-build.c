/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "author/pack/tomo-pack-build.h"
#include "core/content/tomo-pack.h"
#include "core/content/tomo-picture.h"
#include "core/tomo-error.h"
#include "tests/support/tomo-fixture.h"
#include "tomo-pack-sample.h"

#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

static TomoBuiltPack *
build (const char *folder)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  TomoBuiltPack *built = tomo_pack_build (folder, "jp", findings, NULL, &error);

  tomo_pack_sample_assert_no_errors (findings);
  g_assert_no_error (error);
  return built;
}

static TomoPack *
open_language (const TomoBuiltPack *built, const char *path)
{
  g_autoptr(GError) error = NULL;

  for (unsigned int i = 0; i < built->files->len; i++)
    {
      const TomoBuiltFile *file = g_ptr_array_index (built->files, i);

      if (g_str_equal (file->path, path))
        {
          TomoPack *pack = tomo_pack_new (file->bytes, &error);
          g_assert_no_error (error);
          return pack;
        }
    }

  g_error ("%s was not built", path);
}

static void
assert_run (TomoText *text,
            size_t index,
            TomoTextStyle style,
            const char *string,
            const char *argument)
{
  TomoTextRun run = tomo_text_get_run (text, index);

  g_assert_cmpint (run.style, ==, style);
  g_assert_cmpstr (run.text, ==, string);
  g_assert_cmpstr (run.argument, ==, argument);
}

static void
write_recording (const char *folder, const char *name, GBytes *opus)
{
  g_autofree char *path = g_build_filename (folder, "media", name, NULL);
  g_autoptr(GError) error = NULL;
  size_t size;
  const char *data = g_bytes_get_data (opus, &size);

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

/* A recording belongs to one language: the pack of that one names it, and it is published once. */
static void
test_build_audio (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, opus);
  g_autofree char *name = g_strconcat (sha256, ".opus", NULL);

  tomo_pack_sample_edit (folder, "pack.xml", "</steps>",
                         "</steps><audio src=\"media/long.{lang}.opus\"/>");
  write_recording (folder, "long.ja.opus", opus);
  g_autoptr(TomoBuiltPack) built = build (folder);
  g_autoptr(TomoPack) ja = open_language (built, "jp/packs/basics/ja.k1.gz");
  g_autoptr(TomoPack) en = open_language (built, "jp/packs/basics/en.k1.gz");

  g_assert_cmpstr (tomo_item_get_audio (tomo_pack_find_item (ja, "long-one")), ==, sha256);
  g_assert_true (g_strv_contains (tomo_pack_get_media (ja), name));
  g_assert_cmpstr (tomo_item_get_audio (tomo_pack_find_item (en, "long-one")), ==, "");
  g_assert_false (g_strv_contains (tomo_pack_get_media (en), name));

  unsigned int n_recordings = 0;
  for (unsigned int i = 0; i < built->files->len; i++)
    {
      const TomoBuiltFile *file = g_ptr_array_index (built->files, i);
      n_recordings += g_str_has_suffix (file->path, ".opus") ? 1 : 0;
    }
  g_assert_cmpuint (n_recordings, ==, 1);

  tomo_pack_sample_remove (folder);
}

/* Of a question each paragraph has a recording of its own, and so may a tip; what somebody has
 * recorded is at its paragraph, and the title in the list as well. */
static void
test_build_audio_parts (void)
{
  static const char *const recorded[] = { "long.title.ja.opus", "long.step-2.ja.opus",
                                          "hard.prompt.ja.opus", "hard.choice-b.ja.opus",
                                          "hard.explanation.ja.opus" };
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, opus);
  g_autofree char *name = g_strconcat (sha256, ".opus", NULL);

  tomo_pack_sample_edit (folder, "pack.xml", "</steps>",
                         "</steps><audio src=\"media/long.{part}.{lang}.opus\"/>");
  tomo_pack_sample_edit (folder, "pack.xml", "</explanation>",
                         "</explanation><audio src=\"media/hard.{part}.{lang}.opus\"/>");
  for (size_t i = 0; i < G_N_ELEMENTS (recorded); i++)
    write_recording (folder, recorded[i], opus);
  g_autoptr(TomoBuiltPack) built = build (folder);
  g_autoptr(TomoPack) ja = open_language (built, "jp/packs/basics/ja.k1.gz");

  TomoItem *tip = tomo_pack_find_item (ja, "long-one");
  g_assert_cmpstr (tomo_item_get_audio (tip), ==, "");
  g_assert_cmpuint (tomo_item_get_n_recordings (tip), ==, 2);
  g_assert_cmpstr (tomo_item_get_title_audio (tip), ==, sha256);
  g_assert_cmpstr (tomo_text_get_recording (tomo_item_get_summary (tip)), ==, "");
  g_assert_cmpstr (tomo_text_get_recording (tomo_item_get_step (tip, 0)), ==, "");
  g_assert_cmpstr (tomo_text_get_recording (tomo_item_get_step (tip, 1)), ==, sha256);

  TomoItem *question = tomo_pack_find_item (ja, "hardest");
  g_assert_cmpuint (tomo_item_get_n_recordings (question), ==, 3);
  g_assert_cmpstr (tomo_item_get_title_audio (question), ==, sha256);
  g_assert_cmpstr (tomo_text_get_recording (tomo_item_get_prompt (question)), ==, sha256);
  g_assert_cmpstr (tomo_text_get_recording (tomo_item_get_explanation (question)), ==, sha256);
  for (size_t i = 0; i < tomo_item_get_n_choices (question); i++)
    {
      const TomoChoice *choice = tomo_item_get_choice (question, i);
      g_assert_cmpstr (tomo_text_get_recording (choice->text), ==,
                       g_str_equal (choice->id, "b") ? sha256 : "");
      g_assert_cmpstr (tomo_text_get_recording (choice->feedback), ==, "");
    }
  g_assert_true (g_strv_contains (tomo_pack_get_media (ja), name));

  tomo_pack_sample_remove (folder);
}

/* A recording that no kiosk would play, or that no tip names, is told before anything is built. */
static void
test_build_audio_mistakes (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autoptr(GBytes) half = g_bytes_new_from_bytes (opus, 0, g_bytes_get_size (opus) / 2);

  tomo_pack_sample_edit (folder, "pack.xml", "</steps>",
                         "</steps><audio src=\"media/long.{lang}.opus\"/>");
  write_recording (folder, "long.ja.opus", half);
  write_recording (folder, "long.fr.opus", opus);
  g_autoptr(TomoBuiltPack) built = tomo_pack_build (folder, "jp", findings, NULL, NULL);

  g_assert_null (built);
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_ERROR, folder, "media/long.ja.opus", 0,
                                   "recording: is cut off");
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_WARNING, folder, "media/long.fr.opus", 0,
                                   "this recording is not used");

  tomo_pack_sample_remove (folder);
}

/* What an author wrote is what core reads. */
static void
test_build_source (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(TomoBuiltPack) built = build (folder);
  g_autoptr(TomoPack) pack = open_language (built, "jp/packs/basics/en.k1.gz");

  g_assert_cmpstr (built->id, ==, "basics");
  g_assert_cmpuint (built->revision, ==, 3);
  g_assert_true (built->is_sample);
  g_assert_cmpstr (tomo_pack_get_partner (pack), ==, "jp");
  g_assert_cmpstr (tomo_pack_get_id (pack), ==, "basics");
  g_assert_cmpstr (tomo_pack_get_language (pack), ==, "en");
  g_assert_cmpstr (tomo_pack_get_source_language (pack), ==, "en");
  g_assert_cmpstr (tomo_pack_get_title (pack), ==, "Basics of the key");
  g_assert_cmpuint (tomo_pack_get_revision (pack), ==, 3);
  g_assert_cmpstr (tomo_pack_get_verified_on (pack), ==, "2026-11-20");
  g_assert_cmpstr (tomo_pack_get_license (pack), ==, "CC-BY-4.0");
  g_assert_cmpstr (tomo_pack_get_fallback (pack)[1], ==, "id");
  g_assert_true (tomo_pack_is_sample (pack));
  g_assert_false (tomo_pack_is_draft (pack));
  g_assert_false (tomo_pack_is_sensitive (pack));
  g_assert_cmpuint (tomo_pack_get_n_items (pack), ==, 4);
  g_assert_null (tomo_pack_get_incomplete (pack)[0]);

  TomoItem *tip = tomo_pack_find_item (pack, "long-one");
  g_assert_cmpint (tomo_item_get_kind (tip), ==, TOMO_ITEM_TIP);
  g_assert_cmpstr (tomo_item_get_title (tip), ==, "Make it long");
  g_assert_cmpstr (tomo_item_get_topic (tip), ==, "passwords");
  g_assert_true (g_str_has_prefix (tomo_pack_get_media (pack)[0], tomo_item_get_picture (tip)));
  g_assert_cmpstr (tomo_item_get_picture_alt (tip), ==, "A key.");
  assert_run (tomo_item_get_summary (tip), 1, TOMO_TEXT_TERM, "passphrase",
              "Several words used as one password.");
  assert_run (tomo_item_get_step (tip, 0), 0, TOMO_TEXT_PLAIN, "Take ", "");
  assert_run (tomo_item_get_step (tip, 0), 1, TOMO_TEXT_EM, "four words", "");
  assert_run (tomo_item_get_step (tip, 0), 2, TOMO_TEXT_PLAIN, " & more.", "");
  assert_run (tomo_item_get_step (tip, 1), 1, TOMO_TEXT_LINK, "why",
              "https://example.org/long-words");

  const char *title = NULL;
  const char *href = NULL;
  g_assert_cmpuint (tomo_item_get_n_sources (tip), ==, 1);
  tomo_item_get_source (tip, 0, &title, &href);
  g_assert_cmpstr (title, ==, "Why long passwords hold");
  g_assert_cmpstr (href, ==, "https://example.org/long-words");
  tomo_pack_sample_remove (folder);
}

/* The same for the three kinds of questions. */
static void
test_build_questions (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(TomoBuiltPack) built = build (folder);
  g_autoptr(TomoPack) pack = open_language (built, "jp/packs/basics/en.k1.gz");
  TomoItem *single = tomo_pack_find_item (pack, "hardest");
  TomoItem *multiple = tomo_pack_find_item (pack, "both");
  TomoItem *statement = tomo_pack_find_item (pack, "always-short");

  g_assert_cmpint (tomo_item_get_kind (single), ==, TOMO_ITEM_SINGLE);
  g_assert_cmpstr (tomo_item_get_title (single), ==, "Which is hardest to guess?");
  g_assert_cmpstr (tomo_item_get_topic (single), ==, "mfa");
  g_assert_cmpstr (tomo_item_get_risk (single), ==, "high");
  g_assert_cmpuint (tomo_item_get_n_choices (single), ==, 2);
  g_assert_false (tomo_item_get_choice (single, 0)->is_correct);
  g_assert_true (tomo_item_get_choice (single, 1)->is_correct);
  assert_run (tomo_item_get_choice (single, 0)->text, 0, TOMO_TEXT_CODE, "P@ssw0rd", "");
  assert_run (tomo_item_get_choice (single, 0)->feedback, 0, TOMO_TEXT_PLAIN, "Too short.", "");
  g_assert_true (tomo_text_is_empty (tomo_item_get_choice (single, 1)->feedback));
  assert_run (tomo_item_get_explanation (single), 1, TOMO_TEXT_REPORT, "", "account");

  g_assert_cmpint (tomo_item_get_kind (multiple), ==, TOMO_ITEM_MULTIPLE);
  g_assert_cmpstr (tomo_item_get_age (multiple), ==, "adult");
  g_assert_cmpuint (tomo_item_get_n_choices (multiple), ==, 3);

  g_assert_cmpint (tomo_item_get_kind (statement), ==, TOMO_ITEM_TRUE_FALSE);
  g_assert_cmpuint (tomo_item_get_n_choices (statement), ==, 2);
  g_assert_cmpstr (tomo_item_get_choice (statement, 0)->id, ==, "true");
  g_assert_false (tomo_item_get_choice (statement, 0)->is_correct);
  g_assert_true (tomo_item_get_choice (statement, 1)->is_correct);
  tomo_pack_sample_remove (folder);
}

/* A translation replaces every text, reviewed or not is said, and what lacks a string is left
 * out: fuzzy counts as missing. */
static void
test_build_translations (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(TomoBuiltPack) built = build (folder);
  g_autoptr(TomoPack) ja = open_language (built, "jp/packs/basics/ja.k1.gz");
  g_autoptr(TomoPack) lo = open_language (built, "jp/packs/basics/lo.k1.gz");
  TomoItem *tip = tomo_pack_find_item (ja, "long-one");

  g_assert_cmpuint (tomo_pack_get_n_items (ja), ==, 4);
  g_assert_false (tomo_pack_is_draft (ja));
  g_assert_cmpstr (tomo_pack_get_title (ja), ==, "鍵の基本");
  g_assert_cmpstr (tomo_item_get_title (tip), ==, "長くする");
  assert_run (tomo_item_get_summary (tip), 0, TOMO_TEXT_TERM, "パスフレーズ",
              "一つのパスワードとして使ういくつかの言葉。");

  g_assert_true (tomo_pack_is_draft (lo));
  g_assert_cmpuint (g_strv_length (built->draft_languages), ==, 1);
  g_assert_cmpstr (built->draft_languages[0], ==, "lo");
  g_assert_cmpuint (tomo_pack_get_n_items (lo), ==, 2);
  g_assert_cmpstr (tomo_pack_get_incomplete (lo)[0], ==, "always-short");
  g_assert_cmpstr (tomo_pack_get_incomplete (lo)[1], ==, "both");
  g_assert_null (tomo_pack_get_incomplete (lo)[2]);
  tomo_pack_sample_remove (folder);
}

static void
spoil (const char *folder, const char *msgid)
{
  g_autofree char *from = g_strdup_printf ("msgid \"%s\"\n", msgid);
  g_autofree char *to = g_strdup_printf ("#, fuzzy\nmsgid \"%s\"\n", msgid);

  tomo_pack_sample_edit (folder, "po/ja.po", from, to);
}

/* An item also needs what is shown with it: description of the picture, title of the source,
 * meaning of the word. The title of the pack belongs to no item. */
static void
test_build_needs (void)
{
  static const char *const needed[] = { "A key.", "Why long passwords hold",
                                        "Several words used as one password." };
  static const char *const not_needed[] = { "passphrase", "Basics of the key" };

  for (size_t i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autofree char *folder = tomo_pack_sample_dup_folder ();
      spoil (folder, needed[i]);
      g_autoptr(TomoBuiltPack) built = build (folder);
      g_autoptr(TomoPack) ja = open_language (built, "jp/packs/basics/ja.k1.gz");

      g_test_message ("Needed: %s", needed[i]);
      g_assert_cmpuint (tomo_pack_get_n_items (ja), ==, 3);
      g_assert_cmpstr (tomo_pack_get_incomplete (ja)[0], ==, "long-one");
      g_assert_null (tomo_pack_get_media (ja)[0]);
      tomo_pack_sample_remove (folder);
    }

  for (size_t i = 0; i < G_N_ELEMENTS (not_needed); i++)
    {
      g_autofree char *folder = tomo_pack_sample_dup_folder ();
      spoil (folder, not_needed[i]);
      g_autoptr(TomoBuiltPack) built = build (folder);
      g_autoptr(TomoPack) ja = open_language (built, "jp/packs/basics/ja.k1.gz");

      g_test_message ("Not needed: %s", not_needed[i]);
      g_assert_cmpuint (tomo_pack_get_n_items (ja), ==, 4);
      tomo_pack_sample_remove (folder);
    }
}

/* Lao gets places to break between words, but never in code; Japanese gets none. */
static void
test_build_line_breaks (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(TomoBuiltPack) built = build (folder);
  g_autoptr(TomoPack) ja = open_language (built, "jp/packs/basics/ja.k1.gz");
  g_autoptr(TomoPack) lo = open_language (built, "jp/packs/basics/lo.k1.gz");
  TomoItem *question = tomo_pack_find_item (lo, "hardest");
  TomoItem *tip = tomo_pack_find_item (lo, "long-one");
  g_autofree char *prompt = tomo_text_dup_plain (tomo_item_get_prompt (question));

  g_assert_nonnull (strstr (prompt, ZERO_WIDTH_SPACE));
  g_assert_nonnull (strstr (tomo_pack_get_title (lo), ZERO_WIDTH_SPACE));
  g_assert_cmpstr (tomo_item_get_title (question), ==, prompt);
  g_assert_null (strstr (tomo_item_get_picture_alt (tip), ZERO_WIDTH_SPACE));
  assert_run (tomo_item_get_choice (question, 0)->text, 0, TOMO_TEXT_CODE, "ລະຫັດຜ່ານຍາວ", "");
  g_assert_null (strstr (tomo_pack_get_title (ja), ZERO_WIDTH_SPACE));
  tomo_pack_sample_remove (folder);
}

/* A picture with words in it is another file in a language for which somebody has drawn one; one
 * that cannot be drawn is told, with the name of that file. */
static void
test_build_localised_picture (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *drawing = tomo_pack_sample_read (folder, "media/key.svg");
  g_autoptr(GString) other = g_string_new (drawing);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;

  g_string_replace (other, "<circle", "<rect width=\"3\" height=\"3\"/><circle", 1);
  tomo_pack_sample_edit (folder, "pack.xml", "media/key.svg", "media/key.{lang}.svg");
  tomo_pack_sample_write (folder, "media/key.en.svg", drawing);
  tomo_pack_sample_write (folder, "media/key.ja.svg", other->str);

  g_autoptr(TomoBuiltPack) built = tomo_pack_build (folder, "jp", findings, NULL, &error);
  g_assert_no_error (error);
  g_autoptr(TomoPack) english = open_language (built, "jp/packs/basics/en.k1.gz");
  g_autoptr(TomoPack) japanese = open_language (built, "jp/packs/basics/ja.k1.gz");
  g_autoptr(TomoPack) lao = open_language (built, "jp/packs/basics/lo.k1.gz");
  const char *in_english = tomo_item_get_picture (tomo_pack_find_item (english, "long-one"));
  const char *in_japanese = tomo_item_get_picture (tomo_pack_find_item (japanese, "long-one"));

  g_assert_cmpstr (in_english, !=, in_japanese);
  g_assert_nonnull (lao);

  tomo_pack_sample_edit (folder, "media/key.ja.svg", "<rect", "<script/><rect");
  g_assert_null (tomo_pack_build (folder, "jp", findings, NULL, &error));
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_ERROR, folder, "media/key.ja.svg", 0,
                                   "the picture contains <script>");
  tomo_pack_sample_remove (folder);
}

/* The same folder gives the same files, sorted by path, pictures named by their hash. */
static void
test_build_same_bytes (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(TomoBuiltPack) built = build (folder);
  g_autoptr(TomoBuiltPack) again = build (folder);
  const TomoBuiltFile *picture = g_ptr_array_index (built->files, 0);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, picture->bytes);
  g_autofree char *path = g_strdup_printf ("jp/media/%s.png", sha256);
  unsigned int width_px = 0;
  unsigned int height_px = 0;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (built->files->len, ==, 4);
  g_assert_cmpuint (again->files->len, ==, 4);
  for (unsigned int i = 0; i < built->files->len; i++)
    {
      const TomoBuiltFile *first = g_ptr_array_index (built->files, i);
      const TomoBuiltFile *second = g_ptr_array_index (again->files, i);

      g_assert_cmpstr (first->path, ==, second->path);
      g_assert_true (g_bytes_equal (first->bytes, second->bytes));
    }

  g_assert_cmpstr (picture->path, ==, path);
  g_assert_true (tomo_picture_check (picture->bytes, &width_px, &height_px, &error));
  g_assert_cmpuint (width_px, ==, 1440);
  g_assert_cmpuint (height_px, ==, 900);
  tomo_pack_sample_remove (folder);
}

/* With a mistake anywhere nothing is built; a language without one complete item is left out. */
static void
test_build_refuses (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (tomo_pack_build (folder, "J P", findings, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_autoptr(GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  g_assert_null (tomo_pack_build (folder, "jp", findings, cancelled, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED);
  g_clear_error (&error);

  tomo_pack_sample_write (folder, "po/LINGUAS", "ja lo th\n");
  tomo_pack_sample_write (folder, "po/th.po",
                          "msgid \"\"\nmsgstr \"\"\n\"Language: th\\n\"\n"
                          "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                          "\"X-Reviewed: no\\n\"\n");
  g_autoptr(TomoBuiltPack) built = build (folder);
  g_assert_cmpuint (built->files->len, ==, 4);
  g_assert_cmpuint (g_strv_length (built->draft_languages), ==, 1);

  tomo_pack_sample_edit (folder, "po/lo.po", "<em>ສີ່ຄຳ</em>", "ສີ່ຄຳ");
  g_assert_null (tomo_pack_build (folder, "jp", findings, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_cmpuint (tomo_findings_count_errors (findings), ==, 1);
  tomo_pack_sample_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pack-build/audio", test_build_audio);
  g_test_add_func ("/pack-build/audio-parts", test_build_audio_parts);
  g_test_add_func ("/pack-build/audio-mistakes", test_build_audio_mistakes);
  g_test_add_func ("/pack-build/source", test_build_source);
  g_test_add_func ("/pack-build/questions", test_build_questions);
  g_test_add_func ("/pack-build/translations", test_build_translations);
  g_test_add_func ("/pack-build/needs", test_build_needs);
  g_test_add_func ("/pack-build/line-breaks", test_build_line_breaks);
  g_test_add_func ("/pack-build/localised-picture", test_build_localised_picture);
  g_test_add_func ("/pack-build/same-bytes", test_build_same_bytes);
  g_test_add_func ("/pack-build/refuses", test_build_refuses);
  return g_test_run ();
}
