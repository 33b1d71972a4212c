/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdint.h>
#include <string.h>

#include "tests/author/import/tomo-outcome.h"

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
  g_auto(TomoOutcome) outcome = tomo_outcome_of_sample (TOMO_IMPORT_MOODLE_XML, "messy.xml");

  tomo_outcome_assert_has_all (outcome.xml, parts, G_N_ELEMENTS (parts));
  tomo_outcome_assert_has_all (outcome.told, told, G_N_ELEMENTS (told));
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
      g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_MOODLE_XML, vectors[i].text);
      tomo_outcome_assert_has (outcome.failed, vectors[i].failed);
    }

  /* Elements in elements, in XML and in HTML. */
  for (size_t i = 0; i < 2; i++)
    {
      g_autoptr(GString) deep = g_string_new ("<quiz><question type=\"truefalse\"><questiontext "
                                               "format=\"html\"><text>");
      for (size_t j = 0; j < 50000; j++)
        g_string_append (deep, i == 0 ? "<text>" : "&lt;b&gt;");
      g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_MOODLE_XML, deep->str);
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
      g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_MOODLE_XML, text);

      tomo_outcome_assert_has (outcome.xml, "<prompt>Déjà vu à côté.</prompt>");
      if (i > 0)
        tomo_outcome_assert_has (outcome.told, "WINDOWS-1252 was assumed");
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
      g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_MOODLE_XML, text);

      g_test_message ("%s", vectors[i].html);
      if (vectors[i].part != NULL)
        tomo_outcome_assert_has (outcome.xml, vectors[i].part);
      if (vectors[i].told != NULL)
        tomo_outcome_assert_has (outcome.told, vectors[i].told);
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
      g_auto(TomoOutcome) outcome = tomo_outcome_of_text (TOMO_IMPORT_MOODLE_XML, text);

      g_test_message ("%s %s", vectors[i].src, vectors[i].base64);
      if (vectors[i].part != NULL)
        tomo_outcome_assert_has (outcome.xml, vectors[i].part);
      else
        tomo_outcome_assert_has (outcome.told, vectors[i].told);
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

static TomoOutcome
import_jpeg (const GByteArray *jpeg)
{
  g_autofree char *base64 = g_base64_encode (jpeg->data, jpeg->len);
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_printf (text, "Blue? <img alt=\"Blue.\" src=\"data:image/jpeg;base64,%s\">", base64);
  g_string_replace (text, "=", "\\=", 0);
  g_string_replace (text, ":", "\\:", 0);
  g_string_append (text, "{T}\n");
  return tomo_outcome_of_text (TOMO_IMPORT_GIFT, text->str);
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

      g_auto(TomoOutcome) outcome = import_jpeg (jpeg);
      g_test_message ("Vector %zu: %s", i, outcome.told);
      if (vectors[i].told != NULL)
        tomo_outcome_assert_has (outcome.told, vectors[i].told);
      else
        tomo_outcome_assert_has (outcome.xml, "src=\"media/picture-1.png\"");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/import/moodle/messy", test_moodle_messy);
  g_test_add_func ("/import/moodle/hostile", test_moodle_hostile);
  g_test_add_func ("/import/moodle/latin1", test_moodle_latin1);
  g_test_add_func ("/import/html", test_html);
  g_test_add_func ("/import/pictures", test_pictures);
  g_test_add_func ("/import/jpeg", test_jpeg);
  return g_test_run ();
}
