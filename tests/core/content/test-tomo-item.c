/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-item.h"

#include <string.h>

#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"
#include "tests/support/tomo-fixture.h"

#define HEADER                                                                                     \
  "{'partner': <'jp'>, 'pack': <'p'>, 'language': <'en'>, 'source-language': <'en'>,"              \
  " 'title': <'T'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>}"
#define TIP_HEAD "'kind': <'tip'>, 'topic': <'wifi'>, 'age': <'all'>, 'risk': <'low'>, "
#define TIP TIP_HEAD "'title': <'T'>, 'summary': <@a(yss) []>, 'steps': <@aa(yss) []>"
#define QUESTION_HEAD                                                                              \
  "'topic': <'wifi'>, 'age': <'all'>, 'risk': <'low'>, 'title': <'T'>,"                            \
  " 'prompt': <@a(yss) [(0, 'Q', '')]>, 'explanation': <@a(yss) []>, "
#define CHOICES(list) "'choices': <@a(sba(yss)a(yss)) [" list "]>"
#define CHOICE(id, correct) "('" id "', " correct ", [(0, 'x', '')], [])"

static TomoPack *
open_item (const char *dict, GError **error)
{
  g_autofree char *items = g_strdup_printf ("[('x', {%s})]", dict);
  g_autoptr(GBytes) packed = tomo_fixture_compile_text (HEADER, items);

  return tomo_pack_new (packed, error);
}

/* Every kind has a word, and each word leads back to its kind; other words are unknown. */
static void
test_item_kinds (void)
{
  for (int i = TOMO_ITEM_TIP; i < TOMO_N_ITEM_KINDS; i++)
    {
      const char *word = tomo_item_kind_to_string ((TomoItemKind) i);
      g_test_message ("Kind %s", word);
      g_assert_cmpint (tomo_item_kind_from_string (word), ==, i);
      g_assert_cmpint (tomo_item_kind_is_question ((TomoItemKind) i), ==, i != TOMO_ITEM_TIP);
      g_assert_true (tomo_item_kind_is_shown ((TomoItemKind) i));
    }

  g_assert_cmpint (tomo_item_kind_from_string ("unknown"), ==, TOMO_ITEM_UNKNOWN);
  g_assert_cmpint (tomo_item_kind_from_string ("hologram"), ==, TOMO_ITEM_UNKNOWN);
  g_assert_false (tomo_item_kind_is_shown (TOMO_ITEM_UNKNOWN));
  g_assert_cmpuint (g_strv_length ((char **) tomo_topics ()), ==, 16);
}

/* A tip gives back all it was made of. */
static void
test_item_tip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = tomo_fixture_new_pack ("jp", "en");
  g_autoptr(TomoPack) pack = tomo_pack_new (packed, &error);
  g_assert_no_error (error);

  TomoItem *tip = tomo_pack_find_item (pack, "long-passphrase");
  g_assert_cmpint (tomo_item_get_kind (tip), ==, TOMO_ITEM_TIP);
  g_assert_cmpstr (tomo_item_get_topic (tip), ==, "passwords");
  g_assert_cmpstr (tomo_item_get_age (tip), ==, "all");
  g_assert_cmpstr (tomo_item_get_risk (tip), ==, "medium");
  g_assert_cmpuint (strlen (tomo_item_get_picture (tip)), ==, 64);
  g_assert_cmpstr (tomo_item_get_picture_alt (tip), ==, "Four cards with words make one key.");
  g_assert_false (tomo_text_is_empty (tomo_item_get_summary (tip)));
  g_assert_cmpuint (tomo_item_get_n_steps (tip), ==, 2);
  TomoTextRun run = tomo_text_get_run (tomo_item_get_step (tip, 1), 1);
  g_assert_cmpint (run.style, ==, TOMO_TEXT_TERM);
  g_assert_cmpstr (run.argument, ==, "A program that keeps your passwords.");

  const char *title = NULL;
  const char *href = NULL;
  g_assert_cmpuint (tomo_item_get_n_sources (tip), ==, 1);
  tomo_item_get_source (tip, 0, &title, &href);
  g_assert_cmpstr (href, ==, "https://example.org/long");
  g_assert_true (tomo_text_is_empty (tomo_item_get_prompt (tip)));
  g_assert_cmpuint (tomo_item_get_n_choices (tip), ==, 0);
}

/* A question outlives its pack when somebody holds it. */
static void
test_item_question (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = tomo_fixture_new_pack ("jp", "en");
  TomoPack *pack = tomo_pack_new (packed, &error);
  g_assert_no_error (error);
  g_autoptr(TomoItem) question = tomo_item_ref (tomo_pack_find_item (pack, "hardest-to-guess"));
  tomo_pack_unref (pack);

  g_assert_cmpint (tomo_item_get_kind (question), ==, TOMO_ITEM_SINGLE);
  g_assert_cmpuint (tomo_item_get_n_choices (question), ==, 3);
  const TomoChoice *choice = tomo_item_get_choice (question, 1);
  g_assert_cmpstr (choice->id, ==, "b");
  g_assert_true (choice->is_correct);
  g_assert_true (tomo_text_is_empty (choice->feedback));
  g_autofree char *text = tomo_text_dup_plain (choice->text);
  g_assert_cmpstr (text, ==, "river lamp eleven sand");
  g_assert_false (tomo_text_is_empty (tomo_item_get_explanation (question)));
  g_assert_cmpuint (tomo_item_get_n_steps (question), ==, 0);
}

/* What must be put in order is right as the author wrote it, so no choice is right by itself. */
static void
test_item_order (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPack) pack =
      open_item ("'kind': <'order'>, " QUESTION_HEAD CHOICES (
                     CHOICE ("b", "false") "," CHOICE ("a", "false") "," CHOICE ("c", "false")),
                 &error);
  g_assert_no_error (error);
  TomoItem *item = tomo_pack_get_item (pack, 0);

  g_assert_cmpint (tomo_item_get_kind (item), ==, TOMO_ITEM_ORDER);
  g_assert_cmpuint (tomo_item_get_n_choices (item), ==, 3);
  g_assert_cmpstr (tomo_item_get_choice (item, 0)->id, ==, "b");
}

/* To each choice of a match question something belongs. */
static void
test_item_match (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPack) pack =
      open_item ("'kind': <'match'>, " QUESTION_HEAD CHOICES (CHOICE ("a", "false") "," CHOICE (
                     "b", "false")) ", 'matches': "
                                    "<[[(byte 0, 'first', '')], [(byte 0, 'second', '')]]>",
                 &error);
  g_assert_no_error (error);
  g_autofree char *second =
      tomo_text_dup_plain (tomo_item_get_match (tomo_pack_get_item (pack, 0), 1));
  g_assert_cmpstr (second, ==, "second");
}

/* A number may be off by what the author allows, on either side. */
static void
test_item_number (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPack) pack = open_item ("'kind': <'number'>, 'number': <uint32 3>, "
                                         "'tolerance': <uint32 5>, " QUESTION_HEAD "'x': <0>",
                                         &error);
  g_assert_no_error (error);
  TomoItem *item = tomo_pack_get_item (pack, 0);

  g_assert_cmpuint (tomo_item_get_number (item), ==, 3);
  g_assert_cmpuint (tomo_item_get_n_choices (item), ==, 0);
  g_assert_true (tomo_item_accepts_number (item, 0));
  g_assert_true (tomo_item_accepts_number (item, 8));
  g_assert_false (tomo_item_accepts_number (item, 9));
  g_assert_false (tomo_item_accepts_number (item, TOMO_ITEM_MAX_NUMBER));
}

#define PICTURE_SHA "0000000000000000000000000000000000000000000000000000000000000000"
#define HOTSPOT                                                                                    \
  "'kind': <'hotspot'>, " QUESTION_HEAD CHOICES (                                                  \
      CHOICE ("a", "true") "," CHOICE ("b", "false")) ", "
#define WITH_PICTURE "'picture': <('" PICTURE_SHA "', 'alt')>, "

/* Each choice of a hotspot question has its place on the picture. */
static void
test_item_hotspot (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *items =
      g_strdup_printf ("[('x', {%s})]", HOTSPOT WITH_PICTURE
                       "'regions': <[(uint32 0, uint32 0, uint32 500, uint32 1000), "
                       "(500, 0, 500, 10)]>");
  g_autoptr(GBytes) packed = tomo_fixture_compile_text (
      "{'partner': <'jp'>, 'pack': <'p'>, 'language': <'en'>, 'source-language': <'en'>, 'title': "
      "<'T'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>, 'media': <['" PICTURE_SHA
      "']>}",
      items);
  g_autoptr(TomoPack) pack = tomo_pack_new (packed, &error);
  g_assert_no_error (error);

  const TomoRegion *region = tomo_item_get_region (tomo_pack_get_item (pack, 0), 1);
  g_assert_cmpuint (region->x, ==, 500);
  g_assert_cmpuint (region->y, ==, 0);
  g_assert_cmpuint (region->width, ==, 500);
  g_assert_cmpuint (region->height, ==, 10);
}

/* A kind that cannot be shown hides itself and nothing else, whatever its keys are. */
static void
test_item_hidden (void)
{
  static const char *const dicts[] = { "'kind': <'hologram'>, 'title': <uint32 7>",
                                       "'kind': <'essay'>, 'choices': <'to be decided'>" };

  for (size_t i = 0; i < G_N_ELEMENTS (dicts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Item {%s}", dicts[i]);
      g_autoptr(TomoPack) pack = open_item (dicts[i], &error);
      g_assert_no_error (error);
      TomoItem *item = tomo_pack_get_item (pack, 0);
      g_assert_false (tomo_item_kind_is_shown (tomo_item_get_kind (item)));
      g_assert_cmpstr (tomo_item_get_title (item), ==, "");
      g_assert_cmpuint (tomo_item_get_n_sources (item), ==, 0);
    }
}

/* Unknown keys of a known kind are ignored. */
static void
test_item_unknown_key (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPack) pack = open_item (TIP ", 'smell': <'smoke'>", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_pack_get_n_items (pack), ==, 1);
}

/* Each of these is refused, with a message that names the pack, the item and the mistake. */
static void
test_item_refuses (void)
{
  static const struct
  {
    const char *dict;
    const char *says;
  } vectors[] = {
    { "'title': <'T'>", "lacks the key ‘kind’" },
    { "'kind': <uint32 1>", "‘kind’ is of type u, not s" },
    { TIP ", 'title': <'U'>", "has the key ‘title’ twice" },
    { TIP_HEAD "'title': <''>", "‘title’ is empty" },
    { TIP_HEAD "'title': <'a\\u001bb'>", "control character U+001B" },
    { TIP_HEAD "'title': <'T'>, 'summary': <'S'>", "‘summary’ is of type s" },
    { TIP_HEAD "'title': <'T'>, 'summary': <@a(yss) []>", "lacks the key ‘steps’" },
    { "'kind': <'tip'>, 'title': <'T'>, 'topic': <'cooking'>", "‘topic’ is ‘cooking’" },
    { "'kind': <'tip'>, 'title': <'T'>, 'topic': <'wifi'>, 'age': <'40+'>", "‘age’ is ‘40+’" },
    { TIP ", 'picture': <('../x', '')>", "not a SHA-256" },
    { TIP ", 'picture': "
          "<('0000000000000000000000000000000000000000000000000000000000000000', 'a')>",
      "not among ‘media’" },
    { TIP ", 'recordings': <[('title', 'x')]>", "not a SHA-256" },
    { TIP ", 'recordings': "
          "<[('later', '0000000000000000000000000000000000000000000000000000000000000000')]>",
      "not among ‘audio’" },
    { TIP ", 'recordings': <['title']>", "‘recordings’ is of type as" },
    { TIP ", 'sources': <[('t', 'javascript:alert(1)')]>", "not an https address" },
    { TIP ", 'sources': <[('t', 'https://')]>", "not an https address" },
    { TIP_HEAD "'title': <'T'>, 'steps': <@aa(yss) []>,"
               " 'summary': <@a(yss) [(6, 'x', 'file:///etc')]>",
      "not an https address" },
    { TIP_HEAD "'title': <'T'>, 'steps': <@aa(yss) []>, 'summary': <@a(yss) [(7, '', '?')]>",
      "not an id" },
    { "'kind': <'single'>, " QUESTION_HEAD CHOICES (CHOICE ("a", "true")), "fewer than two" },
    { "'kind': <'single'>, " QUESTION_HEAD CHOICES (CHOICE ("a", "true") "," CHOICE ("b", "true")),
      "exactly one right" },
    { "'kind': <'single'>, " QUESTION_HEAD CHOICES (
          CHOICE ("a", "false") "," CHOICE ("b", "false")),
      "exactly one right" },
    { "'kind': <'single'>, " QUESTION_HEAD CHOICES (CHOICE ("a", "false") "," CHOICE ("a", "true")),
      "the choice ‘a’ twice" },
    { "'kind': <'single'>, " QUESTION_HEAD CHOICES ("('a', true, [], [])," CHOICE ("b", "false")),
      "has no text" },
    { "'kind': <'multiple'>, " QUESTION_HEAD CHOICES (
          CHOICE ("a", "false") "," CHOICE ("b", "false")),
      "no right choice" },
    { "'kind': <'true-false'>, " QUESTION_HEAD CHOICES ("('yes', true, [], []),"
                                                        "('no', false, [], [])"),
      "other than ‘true’ and ‘false’" },
    { "'kind': <'true-false'>, " QUESTION_HEAD CHOICES (
          CHOICE ("true", "true") "," CHOICE ("false", "false")),
      "must have no text" },
    { "'kind': <'order'>, " QUESTION_HEAD CHOICES (CHOICE ("a", "false")), "fewer than two" },
    { "'kind': <'order'>, " QUESTION_HEAD CHOICES (CHOICE ("a", "true") "," CHOICE ("b", "false")),
      "marks single choices" },
    { "'kind': <'match'>, " QUESTION_HEAD CHOICES (CHOICE ("a", "false") "," CHOICE ("b", "false")),
      "lacks the key ‘matches’" },
    { "'kind': <'match'>, " QUESTION_HEAD CHOICES (
          CHOICE ("a", "false") "," CHOICE ("b", "false")) ", 'matches': <[[(byte 0, 'x', '')]]>",
      "one member for each choice" },
    { "'kind': <'match'>, " QUESTION_HEAD CHOICES (CHOICE ("a", "false") "," CHOICE (
          "b", "false")) ", 'matches': <[[(byte 0, 'x', '')], []]>",
      "empty member" },
    { "'kind': <'number'>, " QUESTION_HEAD "'tolerance': <uint32 0>", "lacks the key ‘number’" },
    { "'kind': <'number'>, " QUESTION_HEAD "'number': <uint32 1000000000>", "nobody can type" },
    { HOTSPOT "'regions': <[(uint32 0, uint32 0, uint32 1, uint32 1), (0, 0, 1, 1)]>",
      "has regions but no picture" },
    { HOTSPOT WITH_PICTURE "'regions': <[(uint32 0, uint32 0, uint32 1, uint32 1)]>",
      "one member for each choice" },
    { HOTSPOT WITH_PICTURE
      "'regions': <[(uint32 1, uint32 0, uint32 1000, uint32 1), (0, 0, 1, 1)]>",
      "outside the picture" },
    { HOTSPOT WITH_PICTURE
      "'regions': <[(uint32 0, uint32 4294967295, uint32 1, uint32 2), (0, 0, 1, 1)]>",
      "outside the picture" },
    { HOTSPOT WITH_PICTURE "'regions': <[(uint32 0, uint32 0, uint32 1, uint32 0), (0, 0, 1, 1)]>",
      "outside the picture" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_test_message ("Item {%s}", vectors[i].dict);
      g_assert_null (open_item (vectors[i].dict, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_test_message ("  says: %s", error->message);
      g_assert_true (g_str_has_prefix (error->message, "pack jp/p (en): item x: "));
      g_assert_nonnull (strstr (error->message, vectors[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/item/kinds", test_item_kinds);
  g_test_add_func ("/item/tip", test_item_tip);
  g_test_add_func ("/item/question", test_item_question);
  g_test_add_func ("/item/order", test_item_order);
  g_test_add_func ("/item/match", test_item_match);
  g_test_add_func ("/item/number", test_item_number);
  g_test_add_func ("/item/hotspot", test_item_hotspot);
  g_test_add_func ("/item/hidden", test_item_hidden);
  g_test_add_func ("/item/unknown-key", test_item_unknown_key);
  g_test_add_func ("/item/refuses", test_item_refuses);
  return g_test_run ();
}
