/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "author/import/tomo-csv.h"
#include "author/import/tomo-import-private.h"
#include "author/import/tomo-import.h"
#include "author/import/tomo-quiz-pack.h"
#include "author/pack/tomo-pack-folder.h"
#include "core/tomo-error.h"
#include "tests/support/tomo-fixture.h"

static const TomoImportOptions options = { NULL, "en", "Title", "phishing", "CC-BY-4.0" };

/* What came of a foreign text. */
typedef struct
{
  char *xml;    /* (owned) (nullable): the pack */
  char *told;   /* (owned): ‘line: message’ a line, with ‘!’ before what was not imported */
  char *failed; /* (owned) (nullable) */
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_free (self->xml);
  g_free (self->told);
  g_free (self->failed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static char *
dup_told (TomoFindings *findings)
{
  GString *told = g_string_new (NULL);

  for (size_t i = 0; i < tomo_findings_get_n (findings); i++)
    {
      const TomoFinding *finding = tomo_findings_get (findings, i);

      g_string_append_printf (told, "%s%u: %s\n", finding->level == TOMO_FINDING_ERROR ? "!" : "",
                              finding->line, finding->message);
    }

  return g_string_free (told, FALSE);
}

static Outcome
import_bytes (TomoImportFormat format, GBytes *bytes, const char *encoding)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) xml = NULL;
  g_autoptr(TomoQuiz) quiz =
      tomo_import_read (format, g_bytes_ref (bytes), "quiz", encoding, findings, &error);
  Outcome outcome = { NULL, NULL, NULL };

  if (quiz != NULL)
    xml = tomo_quiz_pack_compose (quiz, "my-pack", &options, &error);
  g_assert_true ((xml == NULL) == (error != NULL));

  if (xml != NULL)
    outcome.xml = g_strndup (g_bytes_get_data (xml, NULL), g_bytes_get_size (xml));
  else
    outcome.failed = g_strdup (error->message);
  outcome.told = dup_told (findings);
  return outcome;
}

static Outcome
import_text (TomoImportFormat format, const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return import_bytes (format, bytes, NULL);
}

static Outcome
import_sample (TomoImportFormat format, const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "tests/data/quizzes", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return import_text (format, text);
}

static void
assert_has (const char *text, const char *part)
{
  if (text != NULL && strstr (text, part) != NULL)
    return;

  g_test_message ("There is no “%s” in: %s", part, text != NULL ? text : "(nothing)");
  g_test_fail ();
}

static void
assert_lacks (const char *text, const char *part)
{
  if (text == NULL || strstr (text, part) == NULL)
    return;

  g_test_message ("There is “%s” in: %s", part, text);
  g_test_fail ();
}

#define HEADER "question,choice 1,choice 2,choice 3,right,explanation\n"

/* A table becomes questions of each kind, in every dialect of spreadsheet programs. */
static void
test_csv_kinds (void)
{
  static const struct
  {
    const char *text;
    const char *part; /* of the pack */
  } vectors[] = {
    { HEADER "Which?,one,two,,2,Because.\n", "<choice id=\"b\" correct=\"yes\">" },
    { HEADER "Which?,one,two,,B,Because.\n", "<choice id=\"b\" correct=\"yes\">" },
    { HEADER "Which?,one,two,,two,Because.\n", "<choice id=\"b\" correct=\"yes\">" },
    { HEADER "Which?,one,two,,2,Because.\n", "kind=\"single\"" },
    { HEADER "Which?,one,two,three,\"1, 3\",Because.\n", "kind=\"multiple\"" },
    { HEADER "Which?,one,two,three,1;3,Because.\n", "<choice id=\"c\" correct=\"yes\">" },
    { HEADER "So it is.,,,,TRUE,Because.\n", "kind=\"true-false\" answer=\"true\"" },
    { HEADER "So it is.,,,,FALSCH,Because.\n", "kind=\"true-false\" answer=\"false\"" },
    { HEADER "So it is.,,,,ИСТИНА,Because.\n", "kind=\"true-false\" answer=\"true\"" },
    { HEADER "How many?,,,,12 ± 2,Because.\n", "answer=\"12\" tolerance=\"2\"" },
    { HEADER "First?,one,two,three,order,Because.\n", "kind=\"order\"" },
    { HEADER "What?,a = x,b = y = z,,match,Because.\n", "<match>y = z</match>" },
    { HEADER "Which?,\"a \"\"b\"\", c\",two,,2,\"Line\none\"\n", "<text>a \"b\", c</text>" },
    { HEADER "Which?,\"a\",two,,2,\"Line\r\none\"\n", "<explanation>Line one</explanation>" },
    { "question;choice 1;choice 2;right\r\nWhich?;1,5;2;2\r\n", "<text>1,5</text>" },
    { "question\tAnswer A\tAnswer B\tCorrect answer\nWhich?\tone, a\ttwo\tA\n",
      "<text>one, a</text>" },
    { "sep=;\r\nQuestion;Option 1;Option 2;RIGHT\rWhich?;one;two;1\r", "<text>one</text>" },
    { "\xef\xbb\xbf" HEADER "Wie heißt er?,Jörg,Jürgen,,1,So.\n", "<text>Jörg</text>" },
    { HEADER "Is <b> & so?,a,b,,1,So.\n", "<prompt>Is &lt;b&gt; &amp; so?</prompt>" },
    { HEADER "Is www.examp1e.org right?,a,b,,1,So.\n", "<code>www.examp1e.org</code> right?" },
    { "id,question,choice 1,choice 2,right,feedback 1,feedback 2,topic,teacher note\n"
      "my-id,Which?,one,two,2,Not so.,,mfa,Ask first.\n",
      "<question id=\"my-id\" kind=\"single\" topic=\"mfa\">" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%s", vectors[i].text);
      g_auto(Outcome) outcome = import_text (TOMO_IMPORT_CSV, vectors[i].text);
      assert_has (outcome.xml, vectors[i].part);
    }
}

/* What went wrong in a table is told with its line; broken quotes refuse all of it. */
static void
test_csv_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *failed; /* (nullable): the whole table, and why */
    const char *told;   /* (nullable): one question, and why */
  } vectors[] = {
    { HEADER "Which?,one,two,,2,So.\nAnd?,\"one,two,,1,So.\n", "line 3: the quote that opens",
      NULL },
    { HEADER "\"Which\"one?,a,b,,1,So.\n", "line 2: text stands behind the closing quote", NULL },
    { HEADER "\"Two\nlines\",\"a\"b,c,,1,So.\n", "line 3: text stands behind", NULL },
    { "one,two,three\n1,2,3\n", "line 1: the first row must name the columns", NULL },
    { "", "the table is empty", NULL },
    { HEADER, "there is no question", NULL },
    { HEADER "A,a,b,,1,So.\nB,a,b,,3,So.\n", NULL, "!3: “3” in the column “right” is no choice" },
    { HEADER "A,a,b,,1,So.\nB,2,1,,1,So.\n", NULL, "!3: “1” in the column “right” is no choice" },
    { HEADER "A,a,b,,1,So.\nB,a,b,,,So.\n", NULL, "!3: nothing stands in the column “right”" },
    { HEADER "A,a,b,,1,So.\nB,,,,maybe,So.\n", NULL, "!3: there is no choice, and “maybe”" },
    { HEADER "A,a,b,,1,So.\nB,a=b,c,,match,So.\n", NULL, "!3: “c” is no pair" },
    { HEADER "A,a,b,,1,So.\n,a,b,,1,So.\n", NULL, "!3: <prompt> is empty" },
    { HEADER "A,a,b,,1,So.\nB,a,b,,order,So.\n", NULL, "!3: a question of kind=\"order\" with 2" },
    { HEADER "A,a,b,,1,So.\nRing 03-1234-5678?,a,b,,1,So.\n", NULL, "!3: “03-1234-5678” looks" },
    { HEADER "A,a,b,,1,So.\nDear {name}?,a,b,,1,So.\n", NULL, "!3: {name} is not a known" },
    { HEADER "A,a,b,,1,\n", NULL, "2: there is no explanation" },
    { "question,choice 1,choice 2,right,points\nA,a,b,1,5\n", NULL, "1: the column “points”" },
    { "question,choice 1,choice 2,right,topic\nA,a,b,1,cats\n", NULL, "2: the topic “cats”" },
    { "question,choice 1,choice 2,right,feedback 1,feedback 2\nA,,,true,,So.\n", NULL,
      "2: “feedback 2” is left out" },
    { "question,choice 1,choice 2,right,feedback 1,feedback 2\nA,,,12,So.,\n", NULL,
      "2: “feedback 1” is left out" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%s", vectors[i].text);
      g_auto(Outcome) outcome = import_text (TOMO_IMPORT_CSV, vectors[i].text);
      if (vectors[i].failed != NULL)
        assert_has (outcome.failed, vectors[i].failed);
      else
        assert_has (outcome.told, vectors[i].told);
      g_assert_true ((outcome.failed != NULL) == (vectors[i].failed != NULL));
    }
}

/* A file in any encoding of Excel's is read, and what was assumed is said. */
static void
test_encodings (void)
{
  static const struct
  {
    const char *encoding; /* of the bytes */
    const char *mark;
    const char *said;    /* (nullable): by the user */
    const char *assumed; /* (nullable) */
  } vectors[] = {
    { "UTF-8", "", NULL, NULL },
    { "UTF-8", "\xef\xbb\xbf", NULL, NULL },
    { "UTF-16LE", "\xff\xfe", NULL, NULL },
    { "UTF-16BE", "\xfe\xff", NULL, NULL },
    { "UTF-16LE", "", NULL, "UTF-16LE" },
    { "ISO-8859-1", "", NULL, "WINDOWS-1252" },
    { "IBM850", "", "IBM850", NULL },
  };
  static const char text[] = HEADER "Où est le café?,ici,là,,2,Voilà.\n";

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      size_t size = 0;
      g_autofree char *converted =
          g_convert (text, -1, vectors[i].encoding, "UTF-8", NULL, &size, NULL);
      g_autoptr(GByteArray) array = g_byte_array_new ();

      g_byte_array_append (array, (const guint8 *) vectors[i].mark,
                           (unsigned int) strlen (vectors[i].mark));
      g_byte_array_append (array, (const guint8 *) converted, (unsigned int) size);
      g_autoptr(GBytes) bytes = g_bytes_new (array->data, array->len);
      g_auto(Outcome) outcome = import_bytes (TOMO_IMPORT_CSV, bytes, vectors[i].said);

      g_test_message ("%s", vectors[i].encoding);
      assert_has (outcome.xml, "<prompt>Où est le café?</prompt>");
      if (vectors[i].assumed != NULL)
        assert_has (outcome.told, vectors[i].assumed);
      else
        assert_lacks (outcome.told, "assumed");
    }

  g_autoptr(GBytes) zeros = g_bytes_new ("a\nb\0c", 5);
  g_auto(Outcome) zero = import_bytes (TOMO_IMPORT_CSV, zeros, NULL);
  assert_has (zero.failed, "line 2: this is not a text file");
  g_auto(Outcome) wrong = import_bytes (TOMO_IMPORT_CSV, zeros, "NONSENSE");
  g_assert_nonnull (wrong.failed);
}

/* Every form that GIFT has is understood, or named with its line. */
static void
test_gift_forms (void)
{
  static const char *const parts[] = {
    "<question id=\"strongest\" kind=\"single\">",
    "<!-- Category: $course$/Sécurité - - mots de passe -->",
    "<text>P@ssw0rd!</text>",
    "<question id=\"monthly\" kind=\"true-false\" answer=\"false\">",
    "<prompt>Change it <strong>every</strong> month.</prompt>",
    "By need, not by the calendar. No: only when it leaked. So it is.",
    "<prompt>Mahatma Gandhi's birthday is _____ in some month.</prompt>",
    "kind=\"number\" answer=\"3\" tolerance=\"2\"",
    "<explanation>A week. Right.</explanation>",
    "<text><em>An update</em></text>",
    "<prompt>Never open _____ attachments. Really{}!</prompt>",
    "<code>support@examp1e.org</code>",
  };
  static const char *const told[] = {
    "!33: essay\n",
    "!35: short answer\n",
    "!37: description\n",
    "!39: the answers that { opens are not closed by }\n",
    "41: an answer that belongs to nothing is left out\n",
    "!43: a formula\n",
    "!45: the answer 3.14 is not a whole number from 0\n",
    "!47: a picture in an answer\n",
    "!49: “03-1234-5678” looks like",
    "4: an answer that earned some of the points counts as wrong here\n",
    "20: a number that is wrong or partly right",
  };
  g_auto(Outcome) outcome = import_sample (TOMO_IMPORT_GIFT, "forms.gift");

  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_has (outcome.xml, parts[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (told); i++)
    assert_has (outcome.told, told[i]);
}

/* Whatever is said to who answers, and has no place in a pack, is told by its line and its kind. */
static void
test_left_out_feedback (void)
{
  static const char xml[]
      = "<quiz>\n<question type=\"multichoice\"><name><text>c</text></name><questiontext "
        "format=\"html\"><text>Which?</text></questiontext>\n"
        "<correctfeedback><text>Well done, %s!</text></correctfeedback>"
        "<partiallycorrectfeedback><text>Nearly.</text></partiallycorrectfeedback>"
        "<incorrectfeedback><text>Alas.</text></incorrectfeedback>"
        "<hint><text>Look again.</text></hint>"
        "<answer fraction=\"100\"><text>a</text><feedback format=\"html\"><text><![CDATA[So <img "
        "src=\"x.png\">]]></text></feedback></answer><answer fraction=\"0\"><text>b</text></answer>"
        "</question>\n"
        "<question type=\"numerical\"><name><text>n</text></name><questiontext><text>How many?</text>"
        "</questiontext><answer fraction=\"100\"><text>12</text></answer><answer fraction=\"0\">"
        "<text>*</text><feedback><text>No.</text></feedback></answer></question></quiz>";
  static const char *const told[] = {
    "2: the text of <correctfeedback> is left out\n",
    "2: the text of <partiallycorrectfeedback> is left out\n",
    "2: the text of <incorrectfeedback> is left out\n",
    "2: a hint is left out\n",
    "2: a picture in the feedback is left out\n",
    "4: a number that is wrong or partly right, and its feedback, is left out\n",
  };
  g_auto(Outcome) outcome = import_text (TOMO_IMPORT_MOODLE_XML, xml);

  for (size_t i = 0; i < G_N_ELEMENTS (told); i++)
    assert_has (outcome.told, told[i]);
  g_auto(Outcome) gift = import_text (TOMO_IMPORT_GIFT, "\nHow many? {#=12 =%50%13#Nearly.}\n");
  assert_has (gift.told, "2: a number that is wrong or partly right, and its feedback");
}

/* A messy export of Moodle keeps right answers, feedback, order, pictures; the rest is named. */
static void
test_moodle_messy (void)
{
  static const char *const parts[] = {
    "<!-- Category: $course$/top/Café &amp; Wi-Fi -->",
    "<question id=\"le-cafe\" kind=\"single\" picture=\"the-cafe-1\">",
    "<alt>A café with a sign</alt>",
    "<prompt>Which network is <strong>safe</strong>?</prompt>",
    "<feedback>Anybody can use that name.</feedback>",
    "<choice id=\"b\" correct=\"yes\">\n      <text>The one on the sign</text>",
    "Ask for the <em>exact</em> name. See <link ref=\"source-1\">why</link>.",
    "<question id=\"two-of-three\" kind=\"multiple\">",
    "<feedback>Alas.</feedback>",
    "<prompt>A padlock means that a &lt;shop&gt; is honest.</prompt>",
    "It means that the way there is. Thieves have padlocks, too.",
    "<match>pictures &amp; letters</match>",
    "<choice id=\"a\">\n      <text>Change it</text>",
    "kind=\"number\" answer=\"12\" tolerance=\"2\"",
  };
  static const char *const told[] = {
    "7: the text of <incorrectfeedback> is left out\n",
    "7: a hint is left out\n",
    "!60: short answer\n",
    "!65: kind “ddmarker”\n",
    "!66: the picture a.png is not in this file, and nothing is fetched\n",
    "!73: a question of kind=\"single\" with 9 <choice>; it needs 2 to 8\n",
  };
  g_auto(Outcome) outcome = import_sample (TOMO_IMPORT_MOODLE_XML, "messy.xml");

  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_has (outcome.xml, parts[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (told); i++)
    assert_has (outcome.told, told[i]);
}

/* XML that is broken or means harm is refused as a whole, with its line, and at once. */
static void
test_moodle_hostile (void)
{
  static const struct
  {
    const char *text;
    const char *failed;
  } vectors[] = {
    { "<!DOCTYPE quiz [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>\n<quiz>&b;</quiz>",
      "line 1: a document type is not allowed" },
    { "<?xml version=\"1.0\"?>\n\n<!DOCTYPE quiz SYSTEM \"http://127.0.0.1:9/x\"><quiz/>",
      "line 3: a document type is not allowed" },
    { "<quiz>\n<question type=\"essay\">\n</quiz>", "line 3: this is not well-formed XML" },
    { "<quiz>\n<question type=\"truefalse\"><name><text>Q&A</text></name></question></quiz>",
      "line 2: this is not well-formed XML" },
    { "<quiz>\n<question><name>&unknown;</name></question></quiz>", "line 2: this is not" },
    { "<quiz>", "this is not well-formed XML" },
    { "", "this is not well-formed XML" },
    { "Which? {=a ~b}", "line 1: this is not well-formed XML" },
    { "<?xml version=\"1.0\" encoding=\"NONSENSE\"?><quiz>\xe9</quiz>", "encoding NONSENSE" },
    { "<html/>", "the outermost element must be <quiz>, not <html>" },
    { "<quiz/>", "there is no question that can be imported" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%s", vectors[i].failed);
      g_auto(Outcome) outcome = import_text (TOMO_IMPORT_MOODLE_XML, vectors[i].text);
      assert_has (outcome.failed, vectors[i].failed);
    }

  /* Elements in elements, in XML and in HTML. */
  for (size_t i = 0; i < 2; i++)
    {
      g_autoptr(GString) deep = g_string_new ("<quiz><question type=\"truefalse\"><questiontext "
                                               "format=\"html\"><text>");
      for (size_t j = 0; j < 50000; j++)
        g_string_append (deep, i == 0 ? "<text>" : "&lt;b&gt;");
      g_auto(Outcome) outcome = import_text (TOMO_IMPORT_MOODLE_XML, deep->str);
      g_assert_nonnull (outcome.failed);
    }
}

/* A quiz of Latin-1, whether it says so or not, has its letters. */
static void
test_moodle_latin1 (void)
{
  static const char *const heads[] = { "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "",
                                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" };

  for (size_t i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *text = g_strconcat (
          heads[i],
          "<quiz><question type=\"truefalse\"><name><text>q</text></name><questiontext><text>"
          "D\xe9j\xe0 vu &agrave; c&ocirc;t&eacute;.</text></questiontext><answer fraction=\"100\">"
          "<text>true</text></answer></question></quiz>",
          NULL);
      g_auto(Outcome) outcome = import_text (TOMO_IMPORT_MOODLE_XML, text);

      assert_has (outcome.xml, "<prompt>Déjà vu à côté.</prompt>");
      if (i > 0)
        assert_has (outcome.told, "WINDOWS-1252 was assumed");
    }
}

/* HTML is reduced to our inline elements; what is lost is told. */
static void
test_html (void)
{
  static const struct
  {
    const char *html;
    const char *part;
    const char *told; /* (nullable) */
  } vectors[] = {
    { "<p>One</p><p>two<br>three</p>", ">One two three<", NULL },
    { "<b><i>x</i></b>", "><strong>x</strong><", NULL },
    { "<p><em> word </em>next</p>", "><em>word</em> next<", NULL },
    { "a<strong>b</strong><strong>c</strong>", ">a<strong>bc</strong><", NULL },
    { "<script>alert(1)</script><style>p{}</style>Text", ">Text<", NULL },
    { "<a href=\"javascript:alert(1)\">here</a>", ">here<", "the link to javascript:alert(1)" },
    { "<a href=\"http://example.org/\">here</a>", ">here<", "the link to http://example.org/" },
    { "<a href=\"https://a.example/\">https://b.example/</a>", "><code>https://b.example/</code><",
      "the link to https://a.example/" },
    { "<kbd>x</kbd> <span class=\"tomoshibi-ui\">Save</span>", "><code>x</code> <ui>Save</ui><",
      NULL },
    { "Tell <span class=\"tomoshibi-report-money\">your bank</span>.", NULL,
      "<report> cannot stand in a <prompt>" },
    { "<dfn title=\"A false message.\">Phishing</dfn>?", "<term ref=\"term-1\">Phishing</term>?",
      NULL },
    { "x<sup>2</sup>", ">x2<", "the layout of <sup> is left out" },
    { "<video src=\"a\"></video>Text", ">Text<", "<video> is left out" },
    { "&lt;b&gt; &hearts; &#233; &nbsp;", ">&lt;b&gt; ♥ é<", NULL },
    { "<p>Unclosed <b>bold", ">Unclosed <strong>bold</strong><", NULL },
    { "<!-- comment -->Text<![if gte]>", ">Text<", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *text = g_strconcat (
          "<quiz><question type=\"truefalse\"><name><text>q</text></name><questiontext "
          "format=\"html\"><text><![CDATA[",
          vectors[i].html,
          "]]></text></questiontext><answer fraction=\"100\"><text>true</text></answer>"
          "</question></quiz>",
          NULL);
      g_auto(Outcome) outcome = import_text (TOMO_IMPORT_MOODLE_XML, text);

      g_test_message ("%s", vectors[i].html);
      if (vectors[i].part != NULL)
        assert_has (outcome.xml, vectors[i].part);
      if (vectors[i].told != NULL)
        assert_has (outcome.told, vectors[i].told);
    }
}

/* Pictures that a pack can hold are kept; what is none, or too much, is told and never decoded. */
static void
test_pictures (void)
{
  static const struct
  {
    const char *src;
    const char *base64;
    const char *part; /* (nullable): of the pack */
    const char *told; /* (nullable) */
  } vectors[] = {
    { "@@PLUGINFILE@@/a.gif",
      "R0lGODdhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=", "src=\"media/a-1.png\"", NULL },
    { "@@PLUGINFILE@@/a.gif", "R0lGODdhAAAAAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=", NULL,
      "the picture a.gif cannot be used: it is empty" },
    /* A PNG of 20,000 × 20,000. */
    { "@@PLUGINFILE@@/a.png", "iVBORw0KGgoAAAANSUhEUgAATiAAAE4gCAAAAAA=", NULL,
      "the picture a.png cannot be used: it has too many pixels" },
    { "@@PLUGINFILE@@/a.png", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA=", NULL,
      "the picture a.png cannot be used: " },
    { "@@PLUGINFILE@@/a.svg",
      "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAg"
      "MCAxIDEiPjxzY3JpcHQvPjwvc3ZnPg==",
      NULL, "the picture contains <script>" },
    { "@@PLUGINFILE@@/a.txt", "aGVsbG8gd29ybGQ=", NULL, "neither PNG, JPEG, GIF nor SVG" },
    { "@@PLUGINFILE@@/b.gif", "R0lGODdhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=", NULL,
      "the picture b.gif is not in this file" },
    { "http://127.0.0.1:9/a.gif", "", NULL, "nothing is fetched" },
    { "../../../etc/passwd", "", NULL, "the picture passwd is not in this file" },
    { "data:image/gif;base64,R0lGODdhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=", "",
      "src=\"media/picture-1.png\"", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      const char *slash = strrchr (vectors[i].src, '/');
      g_autofree char *text = g_strdup_printf (
          "<quiz><question type=\"truefalse\"><name><text>q</text></name><questiontext "
          "format=\"html\"><text><![CDATA[<img alt=\"A dot.\" src=\"%s\">Q]]></text><file "
          "name=\"%s\">%s</file></questiontext><answer fraction=\"100\"><text>true</text>"
          "</answer></question></quiz>",
          vectors[i].src, i == 6 ? "a.gif" : slash + 1, vectors[i].base64);
      g_auto(Outcome) outcome = import_text (TOMO_IMPORT_MOODLE_XML, text);

      g_test_message ("%s %s", vectors[i].src, vectors[i].base64);
      if (vectors[i].part != NULL)
        assert_has (outcome.xml, vectors[i].part);
      else
        assert_has (outcome.told, vectors[i].told);
    }
}

/* A photograph as a decoder of its own writes it. */
static GByteArray *
make_jpeg (int width, int height)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GError) error = NULL;
  char *data = NULL;
  size_t size = 0;

  gdk_pixbuf_fill (pixbuf, 0x3366ccff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", &error, NULL));
  g_assert_no_error (error);
  return g_byte_array_new_take ((uint8_t *) data, size);
}

/* The frame of a JPEG, as baseline encoders begin it: marker, length, precision, height, width. */
static uint8_t *
find_frame (GByteArray *jpeg)
{
  for (unsigned int i = 0; i + 9 < jpeg->len; i++)
    if (jpeg->data[i] == 0xff && jpeg->data[i + 1] == 0xc0)
      return jpeg->data + i;

  g_assert_not_reached ();
}

static void
claim_size (GByteArray *jpeg, uint8_t marker, unsigned int width, unsigned int height)
{
  uint8_t *frame = find_frame (jpeg);

  frame[1] = marker;
  frame[5] = (uint8_t) (height >> 8);
  frame[6] = (uint8_t) height;
  frame[7] = (uint8_t) (width >> 8);
  frame[8] = (uint8_t) width;
}

static Outcome
import_jpeg (const GByteArray *jpeg)
{
  g_autofree char *base64 = g_base64_encode (jpeg->data, jpeg->len);
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_printf (text, "Blue? <img alt=\"Blue.\" src=\"data:image/jpeg;base64,%s\">", base64);
  g_string_replace (text, "=", "\\=", 0);
  g_string_replace (text, ":", "\\:", 0);
  g_string_append (text, "{T}\n");
  return import_text (TOMO_IMPORT_GIFT, text->str);
}

/* Photographs become PNG, large ones smaller. One that claims more than any camera takes, or more
 * than a decoder that needs all of it at once shall be given, is told before it is decoded. */
static void
test_jpeg (void)
{
  static const struct
  {
    int width;
    int height;
    uint8_t claimed_marker; /* 0: it is left as it is */
    unsigned int claimed_width;
    unsigned int claimed_height;
    unsigned int n_kept; /* bytes; 0: all */
    const char *told;    /* (nullable): why it is not used */
  } vectors[] = {
    { 40, 30, 0, 0, 0, 0, NULL },
    { 4000, 3000, 0, 0, 0, 0, NULL },
    { 40, 30, 0xc0, 65000, 65000, 0, "it has too many pixels" },
    { 40, 30, 0xc2, 6000, 4000, 0, "it has too many pixels" },
    { 40, 30, 0xc0, 0, 30, 0, "it is empty" },
    { 40, 30, 0, 0, 0, 12, "cannot be used: " },
    { 40, 30, 0xc5, 40, 30, 0, "cannot be used: " },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GByteArray) jpeg = make_jpeg (vectors[i].width, vectors[i].height);

      if (vectors[i].claimed_marker != 0)
        claim_size (jpeg, vectors[i].claimed_marker, vectors[i].claimed_width,
                    vectors[i].claimed_height);
      if (vectors[i].n_kept > 0)
        g_byte_array_set_size (jpeg, vectors[i].n_kept);

      g_auto(Outcome) outcome = import_jpeg (jpeg);
      g_test_message ("Vector %zu: %s", i, outcome.told);
      if (vectors[i].told != NULL)
        assert_has (outcome.told, vectors[i].told);
      else
        assert_has (outcome.xml, "src=\"media/picture-1.png\"");
    }
}

/* Names become ids that exist once, in whatever script they are written. */
static void
test_ids (void)
{
  static const char text[] = "::Ça va?::A {T}\n\n::ça, va::B {T}\n\n::パスワード::C {T}\n\n"
                             "::a-very-long-name-that-goes-on-and-on-and-never-ends::D {T}\n";
  g_auto(Outcome) outcome = import_text (TOMO_IMPORT_GIFT, text);

  assert_has (outcome.xml, "<question id=\"ca-va\"");
  assert_has (outcome.xml, "<question id=\"ca-va-2\"");
  assert_has (outcome.xml, "<question id=\"question-3\"");
  assert_has (outcome.xml, "<question id=\"a-very-long-name-that-goes-on-and-on\"");
}

/* More questions than a pack can hold are told, one by one. */
static void
test_full (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (size_t i = 0; i < 1002; i++)
    g_string_append (text, "A {T}\n\n");
  g_auto(Outcome) outcome = import_text (TOMO_IMPORT_GIFT, text->str);

  assert_has (outcome.xml, "id=\"question-1000\"");
  assert_lacks (outcome.xml, "id=\"question-1001\"");
  assert_has (outcome.told, "!2001: the pack is full with 1000 questions; split the file\n");
  assert_has (outcome.told, "!2003: the pack is full");
}

/* The pack that is written passes the check; a used folder is left alone, and nothing is written
 * for a quiz without a question. */
static void
test_file (void)
{
  g_autofree char *above = tomo_fixture_dup_folder ();
  g_autofree char *folder = g_build_filename (above, "cafe", NULL);
  g_autofree char *other = g_build_filename (above, "other", NULL);
  g_autofree char *empty = g_build_filename (above, "empty.gift", NULL);
  g_autofree char *file =
      g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "tests/data/quizzes/messy.xml", NULL);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoFindings) checked = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  TomoImport result = { 0, 0 };

  g_assert_true (
      tomo_import_file (TOMO_IMPORT_MOODLE_XML, file, folder, &options, findings, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_questions, ==, 6);
  g_assert_cmpuint (result.n_refused, ==, 4);

  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, checked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_findings_get_n (checked), ==, 0);
  g_assert_cmpuint (loaded->source->pictures->len, ==, 1);

  g_assert_false (
      tomo_import_file (TOMO_IMPORT_MOODLE_XML, file, folder, &options, findings, &result, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (empty, "Nothing {}\n", -1, NULL));
  g_assert_false (
      tomo_import_file (TOMO_IMPORT_GIFT, empty, other, &options, findings, &result, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  tomo_fixture_remove_folder (above);
}

/* The table to begin from is the one of the tree, and becomes a pack as it is. */
static void
test_template (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "content/quiz-template.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, tomo_import_template ());

  g_auto(Outcome) outcome = import_text (TOMO_IMPORT_CSV, text);
  g_assert_cmpstr (outcome.told, ==, "");
  assert_has (outcome.xml, "kind=\"single\"");
  assert_has (outcome.xml, "kind=\"multiple\"");
  assert_has (outcome.xml, "kind=\"true-false\"");
  assert_has (outcome.xml, "kind=\"number\"");
  assert_has (outcome.xml, "kind=\"order\"");
  assert_has (outcome.xml, "kind=\"match\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/csv/kinds", test_csv_kinds);
  g_test_add_func ("/import/csv/mistakes", test_csv_mistakes);
  g_test_add_func ("/import/encodings", test_encodings);
  g_test_add_func ("/import/gift/forms", test_gift_forms);
  g_test_add_func ("/import/left-out-feedback", test_left_out_feedback);
  g_test_add_func ("/import/moodle/messy", test_moodle_messy);
  g_test_add_func ("/import/moodle/hostile", test_moodle_hostile);
  g_test_add_func ("/import/moodle/latin1", test_moodle_latin1);
  g_test_add_func ("/import/html", test_html);
  g_test_add_func ("/import/pictures", test_pictures);
  g_test_add_func ("/import/jpeg", test_jpeg);
  g_test_add_func ("/import/ids", test_ids);
  g_test_add_func ("/import/full", test_full);
  g_test_add_func ("/import/file", test_file);
  g_test_add_func ("/import/template", test_template);
  return g_test_run ();
}
