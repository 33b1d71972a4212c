/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-question-check.h"

#include <string.h>

#include "author/pack/tomo-pack-compile.h"
#include "author/pack/tomo-pack-template.h"
#include "author/pack/tomo-source-check.h"
#include "core/content/tomo-pack.h"

#define SHA256 "abcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcd"

#define CHOICE(id) "<choice id=\"" id "\"><text>" id "</text></choice>"
#define RIGHT(id) "<choice id=\"" id "\" correct=\"yes\"><text>" id "</text></choice>"
#define PAIR(id) "<pair id=\"" id "\"><text>" id "</text><match>to " id "</match></pair>"
#define REGION(id, x, y, width, height)                                                            \
  "<region id=\"" id "\" x=\"" x "\" y=\"" y "\" width=\"" width "\" height=\"" height             \
  "\"><text>" id "</text></region>"
#define RIGHT_REGION                                                                               \
  "<region id=\"a\" correct=\"yes\" x=\"0\" y=\"100\" width=\"500\" height=\"900\">"               \
  "<text>a</text></region>"
#define ORDER(choices) "<question id=\"q\" kind=\"order\"><prompt>P</prompt>" choices END
#define MATCH(pairs) "<question id=\"q\" kind=\"match\"><prompt>P</prompt>" pairs END
#define NUMBER(attributes) "<question id=\"q\" kind=\"number\"" attributes "><prompt>P</prompt>" END
#define HOTSPOT(regions)                                                                           \
  "<question id=\"q\" kind=\"hotspot\" picture=\"mail\"><prompt>P</prompt>" regions END
#define END "<explanation>E</explanation><teacher-note>Ask why.</teacher-note></question>"

/* A pack of one question, which is in the fourth line. */
static TomoSourcePack *
read_question (const char *question, TomoFindings *findings)
{
  g_autofree char *text = g_strconcat (
      "<?xml version=\"1.0\"?>\n"
      "<pack xmlns=\"urn:tomoshibi:pack:1\" id=\"kinds\" xml:lang=\"en\" revision=\"1\""
      " verified-on=\"2026-11-20\" topic=\"mfa\" age=\"all\" risk=\"low\" license=\"CC-BY-4.0\">"
      "<title>T</title>\n<pictures><picture id=\"mail\" src=\"media/mail.svg\"><alt>A</alt>"
      "</picture></pictures>\n",
      question, "</pack>", NULL);
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  TomoSourcePack *pack = tomo_source_pack_read (bytes, "kinds", findings);

  g_assert_nonnull (pack);
  tomo_source_check (pack, findings);
  return pack;
}

/* Each mistake is told where the question or the answer is, with what would be right. */
static void
test_question_mistakes (void)
{
  static const struct
  {
    const char *question;
    const char *says;
  } vectors[] = {
    { ORDER (CHOICE ("a")), "kind=\"order\" with 1 <choice>; it needs 3 to 8" },
    { ORDER (CHOICE ("a") CHOICE ("b")), "it needs 3 to 8" },
    { ORDER (CHOICE ("a") RIGHT ("b") CHOICE ("c")), "says nothing in kind=\"order\"" },
    { ORDER (CHOICE ("a") CHOICE ("b") CHOICE ("a")), "the id “a” is used already" },
    { ORDER (PAIR ("a") PAIR ("b") PAIR ("c")), "has no <pair>; its answers are <choice>" },
    { MATCH (PAIR ("a")), "kind=\"match\" with 1 <pair>; it needs 2 to 6" },
    { MATCH (PAIR ("a") "<pair id=\"b\"><text>b</text></pair>"), "this <pair> has no <match>" },
    { NUMBER (""), "needs answer=\"…\" with a whole number" },
    { NUMBER (" answer=\"many\""), "needs answer=\"…\" with a whole number" },
    { NUMBER (" answer=\"-1\""), "needs answer=\"…\" with a whole number" },
    { NUMBER (" answer=\"1000000000\""), "from 0 to 999999999" },
    { NUMBER (" answer=\"3\" tolerance=\"a little\""), "tolerance=\"a little\" is not a whole" },
    { "<question id=\"q\" kind=\"number\" answer=\"1\"><prompt>P</prompt>" CHOICE ("a") END,
      "kind=\"number\" has no <choice>; delete it" },
    { HOTSPOT (RIGHT_REGION REGION ("b", "600", "0", "401", "100")),
      "region “b” lies outside the picture" },
    { HOTSPOT (RIGHT_REGION REGION ("b", "600", "0", "39", "100")), "too small for a finger" },
    { HOTSPOT (RIGHT_REGION REGION ("b", "12.5", "0", "100", "100")),
      "x=\"12.5\" is not a place on the picture" },
    { HOTSPOT (REGION ("a", "0", "0", "100", "100") REGION ("b", "500", "0", "100", "100")),
      "no choice is marked correct=\"yes\"" },
    { HOTSPOT (RIGHT_REGION), "kind=\"hotspot\" with 1 <region>; it needs 2 to 8" },
    { "<question id=\"q\" kind=\"hotspot\"><prompt>P</prompt>" RIGHT_REGION REGION (
          "b", "0", "0", "100", "100") END,
      "needs a picture to tap on" },
    { "<question id=\"q\" kind=\"single\" tolerance=\"1\"><prompt>P</prompt>" RIGHT ("a")
          CHOICE ("b") END,
      "“tolerance” is for kind=\"number\" only" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(TomoFindings) findings = tomo_findings_new ();
      gboolean found = FALSE;

      g_test_message ("Question %s", vectors[i].question);
      g_autoptr(TomoSourcePack) pack = read_question (vectors[i].question, findings);
      for (size_t j = 0; j < tomo_findings_get_n (findings); j++)
        {
          const TomoFinding *finding = tomo_findings_get (findings, j);
          g_test_message ("  line %u: %s", finding->line, finding->message);
          found = found || (finding->level == TOMO_FINDING_ERROR && finding->line == 4 &&
                            strstr (finding->message, vectors[i].says) != NULL);
        }
      g_assert_true (found);
    }
}

static TomoPack *
compile_question (const char *question)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoSourcePack) source = read_question (question, findings);
  g_autoptr(GHashTable) pictures = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;

  g_hash_table_insert (pictures, (gpointer) "mail", (gpointer) SHA256);
  g_assert_cmpuint (tomo_findings_count_errors (findings), ==, 0);
  g_autoptr(GHashTable) audio = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GBytes) packed = tomo_pack_compile (source, "jp", "en", NULL, pictures, audio, &error);
  g_assert_no_error (error);

  TomoPack *pack = tomo_pack_new (packed, &error);
  g_assert_no_error (error);
  return pack;
}

/* What an author writes is what the kiosk reads, for each kind. */
static void
test_question_compiled (void)
{
  g_autoptr(TomoPack) order = compile_question (ORDER (CHOICE ("c") CHOICE ("a") CHOICE ("b")));
  TomoItem *item = tomo_pack_get_item (order, 0);
  g_assert_cmpint (tomo_item_get_kind (item), ==, TOMO_ITEM_ORDER);
  g_assert_cmpstr (tomo_item_get_choice (item, 0)->id, ==, "c");
  g_assert_cmpstr (tomo_item_get_choice (item, 2)->id, ==, "b");

  g_autoptr(TomoPack) match = compile_question (MATCH (PAIR ("a") PAIR ("b")));
  item = tomo_pack_get_item (match, 0);
  g_autofree char *second = tomo_text_dup_plain (tomo_item_get_match (item, 1));
  g_assert_cmpint (tomo_item_get_kind (item), ==, TOMO_ITEM_MATCH);
  g_assert_cmpstr (second, ==, "to b");

  g_autoptr(TomoPack) number = compile_question (NUMBER (" answer=\"12\" tolerance=\"2\""));
  item = tomo_pack_get_item (number, 0);
  g_assert_cmpint (tomo_item_get_kind (item), ==, TOMO_ITEM_NUMBER);
  g_assert_cmpuint (tomo_item_get_number (item), ==, 12);
  g_assert_true (tomo_item_accepts_number (item, 10));
  g_assert_false (tomo_item_accepts_number (item, 9));

  g_autoptr(TomoPack) hotspot =
      compile_question (HOTSPOT (RIGHT_REGION REGION ("b", "600", "0", "400", "40")));
  item = tomo_pack_get_item (hotspot, 0);
  const TomoRegion *region = tomo_item_get_region (item, 1);
  g_assert_cmpint (tomo_item_get_kind (item), ==, TOMO_ITEM_HOTSPOT);
  g_assert_cmpstr (tomo_item_get_picture (item), ==, SHA256);
  g_assert_cmpuint (region->x, ==, 600);
  g_assert_cmpuint (region->height, ==, 40);
}

/* A note to teachers is translated, but no item waits for it, and it never reaches a kiosk. */
static void
test_question_teacher_note (void)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoSourcePack) pack = read_question (NUMBER (" answer=\"12\""), findings);
  const TomoSourceItem *item = g_ptr_array_index (pack->items, 0);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (item->teacher_note);
  g_assert_false (g_ptr_array_find (item->texts, item->teacher_note, NULL));
  g_assert_true (g_ptr_array_find (pack->texts, item->teacher_note, NULL));

  g_autoptr(GBytes) template = tomo_pack_template_new (pack, &error);
  g_assert_no_error (error);
  g_autofree char *text =
      g_strndup (g_bytes_get_data (template, NULL), g_bytes_get_size (template));
  g_assert_nonnull (strstr (text, "question q › note to teachers"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/question/mistakes", test_question_mistakes);
  g_test_add_func ("/question/compiled", test_question_compiled);
  g_test_add_func ("/question/teacher-note", test_question_teacher_note);
  return g_test_run ();
}
