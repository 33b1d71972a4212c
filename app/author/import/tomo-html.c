/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-html.h"

#include <glib/gi18n-lib.h>
#include <libxml/HTMLparser.h>
#include <string.h>

#include "author/pack/tomo-pattern.h"
#include "author/pack/tomo-vocabulary.h"
#include "author/pack/tomo-xml.h"

/* Of elements in each other; editors write ten. What is deeper is read in the style outside. */
#define MAX_DEPTH 100

/* Styles of the elements that a text stands in: the strongest wins, for ours do not nest. */
typedef struct
{
  TomoTextStyle style;
  const char *argument;
} Style;

typedef struct
{
  const char *name;
  TomoTextStyle style; /* of what stands in it */
  gboolean is_block;   /* stands apart from its neighbours */
} HtmlRule;

/* clang-format off */
static const HtmlRule rules[] = {
  { "em", TOMO_TEXT_EM, FALSE }, { "i", TOMO_TEXT_EM, FALSE }, { "cite", TOMO_TEXT_EM, FALSE },
  { "var", TOMO_TEXT_EM, FALSE },
  { "strong", TOMO_TEXT_STRONG, FALSE }, { "b", TOMO_TEXT_STRONG, FALSE },
  { "code", TOMO_TEXT_CODE, FALSE }, { "kbd", TOMO_TEXT_CODE, FALSE },
  { "samp", TOMO_TEXT_CODE, FALSE }, { "tt", TOMO_TEXT_CODE, FALSE },
  { "pre", TOMO_TEXT_CODE, TRUE },
  { "p", TOMO_TEXT_PLAIN, TRUE }, { "div", TOMO_TEXT_PLAIN, TRUE }, { "br", TOMO_TEXT_PLAIN, TRUE },
  { "hr", TOMO_TEXT_PLAIN, TRUE }, { "ul", TOMO_TEXT_PLAIN, TRUE }, { "ol", TOMO_TEXT_PLAIN, TRUE },
  { "li", TOMO_TEXT_PLAIN, TRUE }, { "dl", TOMO_TEXT_PLAIN, TRUE }, { "dt", TOMO_TEXT_PLAIN, TRUE },
  { "dd", TOMO_TEXT_PLAIN, TRUE }, { "blockquote", TOMO_TEXT_PLAIN, TRUE },
  { "h1", TOMO_TEXT_PLAIN, TRUE }, { "h2", TOMO_TEXT_PLAIN, TRUE }, { "h3", TOMO_TEXT_PLAIN, TRUE },
  { "h4", TOMO_TEXT_PLAIN, TRUE }, { "h5", TOMO_TEXT_PLAIN, TRUE }, { "h6", TOMO_TEXT_PLAIN, TRUE },
  { "table", TOMO_TEXT_PLAIN, TRUE }, { "tr", TOMO_TEXT_PLAIN, TRUE },
  { "td", TOMO_TEXT_PLAIN, TRUE }, { "th", TOMO_TEXT_PLAIN, TRUE },
};
/* clang-format on */

/* Never shown, or nothing that a card can show. */
static const char *const silent[] = { "script",   "style",    "head",     "title",
                                      "template", "noscript", "colgroup", NULL };
static const char *const lost[] = { "audio", "video", "iframe", "object", "embed",
                                    "svg",   "math",  "canvas", "applet", NULL };

static void
picture_free (TomoHtmlPicture *picture)
{
  g_free (picture->src);
  g_free (picture->alt);
  g_free (picture);
}

/**
 * tomo_html_init:
 * @self: what reduces the texts of one question
 * @quiz: where sources and terms go
 * @line: of the question
 *
 * To be cleared with tomo_html_clear().
 */
void
tomo_html_init (TomoHtml *self, TomoQuiz *quiz, unsigned int line)
{
  self->quiz = quiz;
  self->line = line;
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) picture_free);
  self->has_formula = FALSE;
}

/**
 * tomo_html_clear:
 * @self: what reduces the texts of one question
 *
 * Releases what @self holds.
 */
void
tomo_html_clear (TomoHtml *self)
{
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
}

static const HtmlRule *
find_rule (const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].name, name))
      return &rules[i];

  return NULL;
}

static char *
dup_plain (const xmlNode *element)
{
  xmlChar *content = xmlNodeGetContent (element);
  char *copy = g_strdup (content != NULL ? (const char *) content : "");

  if (content != NULL)
    xmlFree (content);
  return g_strstrip (copy);
}

static void
note_picture (TomoHtml *self, xmlNode *element)
{
  TomoHtmlPicture *picture = g_new0 (TomoHtmlPicture, 1);
  g_autofree char *alt = tomo_xml_dup_attribute (element, "alt");

  picture->src = tomo_xml_dup_attribute (element, "src");
  picture->alt = g_strdup (alt != NULL ? alt : "");
  g_ptr_array_add (self->pictures, picture);
}

/* No address has a space, a control character or a letter beyond ASCII in it. */
static gboolean
is_address (const char *href)
{
  for (const char *p = href; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;

  return g_str_has_prefix (href, "https://");
}

/* A link needs an address that a visitor can be sent to; else its words remain. */
static Style
find_link (TomoHtml *self, xmlNode *element, Style outside)
{
  g_autofree char *href = tomo_xml_dup_attribute (element, "href");
  g_autofree char *name = dup_plain (element);

  if (href == NULL || name[0] == '\0')
    return outside;
  if (g_regex_match (tomo_pattern_get ("://|www\\.|@", 0), name, 0, NULL))
    outside = (Style){ TOMO_TEXT_CODE, "" }; /* An address is an example, and nothing to tap. */
  else if (is_address (href))
    return (Style){ TOMO_TEXT_LINK, tomo_quiz_add_source (self->quiz, href, name) };

  tomo_quiz_note (self->quiz, self->line,
                  /* Translators: about a question that was imported; %s is a web address */
                  _("the link to %s is left out; its words remain"), href);
  return outside;
}

/* What our own export writes for inline elements that HTML does not have. */
static Style
find_class (TomoHtml *self, xmlNode *element, Style outside)
{
  g_autofree char *class_name = tomo_xml_dup_attribute (element, "class");
  g_autofree char *title = tomo_xml_dup_attribute (element, "title");
  const char *name = tomo_xml_get_name (element);
  g_autofree char *words = dup_plain (element);

  if (class_name != NULL && g_str_has_prefix (class_name, "tomoshibi-report-"))
    {
      const char *kind = class_name + strlen ("tomoshibi-report-");
      const char *const *kinds = tomo_vocabulary_values (TOMO_VALUE_REPORT);

      for (size_t i = 0; kinds[i] != NULL; i++)
        if (g_str_equal (kinds[i], kind))
          return (Style){ TOMO_TEXT_REPORT, kinds[i] };
    }
  if (g_strcmp0 (class_name, "tomoshibi-ui") == 0)
    return (Style){ TOMO_TEXT_UI, "" };
  if (g_str_equal (name, "dfn") && title != NULL && title[0] != '\0' && words[0] != '\0')
    return (Style){ TOMO_TEXT_TERM, tomo_quiz_add_term (self->quiz, title, words) };

  return outside;
}

static Style
find_style (TomoHtml *self, xmlNode *element, Style outside)
{
  const char *name = tomo_xml_get_name (element);
  const HtmlRule *rule = find_rule (name);

  if (g_str_equal (name, "a"))
    return find_link (self, element, outside);
  if (g_str_equal (name, "span") || g_str_equal (name, "dfn"))
    return find_class (self, element, outside);
  if (rule != NULL && rule->style > outside.style)
    return (Style){ rule->style, "" };

  return outside;
}

static void
add_children (TomoHtml *self, TomoQuizText *text, xmlNode *parent, Style style, unsigned int depth);

static void
add_element (TomoHtml *self,
             TomoQuizText *text,
             xmlNode *element,
             Style outside,
             unsigned int depth)
{
  const char *name = tomo_xml_get_name (element);
  const HtmlRule *rule = find_rule (name);
  gboolean is_block = rule != NULL && rule->is_block;

  if (g_strv_contains (silent, name))
    return;
  if (g_strv_contains (lost, name))
    {
      /* Translators: about a question that was imported; %s is an HTML element such as ‘video’ */
      tomo_quiz_note (self->quiz, self->line, _("<%s> is left out; a card cannot show it"), name);
      return;
    }
  if (g_str_equal (name, "img"))
    {
      note_picture (self, element);
      return;
    }
  if (g_str_equal (name, "sup") || g_str_equal (name, "sub") || g_str_equal (name, "table"))
    /* Translators: about a question that was imported; %s is an HTML element such as ‘table’ */
    tomo_quiz_note (self->quiz, self->line, _("the layout of <%s> is left out; its words remain"),
                    name);

  Style style = find_style (self, element, outside);

  if (is_block)
    tomo_quiz_text_add (text, TOMO_TEXT_PLAIN, "", " ");
  if (style.style == TOMO_TEXT_REPORT && outside.style != TOMO_TEXT_REPORT)
    tomo_quiz_text_add (text, TOMO_TEXT_REPORT, style.argument, "");
  else if (depth < MAX_DEPTH)
    add_children (self, text, element, style, depth + 1);
  if (is_block)
    tomo_quiz_text_add (text, TOMO_TEXT_PLAIN, "", " ");
}

static void
add_words (TomoQuizText *text, Style style, const char *words)
{
  if (style.style == TOMO_TEXT_PLAIN)
    tomo_quiz_text_add_plain (text, words);
  else
    tomo_quiz_text_add (text, style.style, style.argument, words);
}

static void
add_children (TomoHtml *self, TomoQuizText *text, xmlNode *parent, Style style, unsigned int depth)
{
  for (xmlNode *child = parent->children; child != NULL; child = child->next)
    {
      if (child->type == XML_ELEMENT_NODE)
        add_element (self, text, child, style, depth);
      else if (child->type == XML_TEXT_NODE && child->content != NULL)
        add_words (text, style, (const char *) child->content);
    }
}

static void
ignore_error_cb (void *user_data, const char *format, ...)
{
}

/* ‘<![if !supportLists]>’ is what pasting from a word processor leaves behind. */
static char *
dup_without_conditions (const char *html)
{
  return g_regex_replace_literal (tomo_pattern_get ("<!\\[[^<>]*\\]>", 0), html, -1, 0, "", 0,
                                  NULL);
}

/* The parser of HTML takes everything; it knows the named entities, and expands no others. */
static void
add_html (TomoHtml *self, TomoQuizText *text, const char *html)
{
  g_autofree char *cleaned = strstr (html, "<![") != NULL ? dup_without_conditions (html) : NULL;
  htmlParserCtxt *context = htmlNewParserCtxt ();

  if (cleaned != NULL)
    html = cleaned;
  context->sax->error = ignore_error_cb;
  context->sax->warning = ignore_error_cb;
  g_autoptr(xmlDoc) document =
      htmlCtxtReadMemory (context, html, (int) strlen (html), NULL, "UTF-8",
                          HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                              HTML_PARSE_NOWARNING | HTML_PARSE_COMPACT);
  htmlFreeParserCtxt (context);

  if (document != NULL)
    add_children (self, text, (xmlNode *) document, (Style){ TOMO_TEXT_PLAIN, "" }, 0);
}

/* TeX between the signs that Moodle knows: a card would show the source. */
static gboolean
has_formula (const char *text)
{
  return strstr (text, "\\(") != NULL || strstr (text, "\\[") != NULL ||
         g_regex_match (tomo_pattern_get ("\\$\\$[^$]+\\$\\$", 0), text, 0, NULL);
}

static gboolean
looks_like_html (const char *text)
{
  GRegex *regex = tomo_pattern_get (
      "</?[a-z][a-z0-9]*(?:\\s[^<>]*)?/?>|&(?:[a-z]+|#[0-9]+|#x[0-9a-f]+);", G_REGEX_CASELESS);

  return g_regex_match (regex, text, 0, NULL);
}

/**
 * tomo_html_reduce:
 * @self: what reduces the texts of one question
 * @text: a foreign text
 * @format: what it is written in
 *
 * Reduces @text to our inline markup. Its pictures are in @self->pictures afterwards, and
 * @self->has_formula is set if there is a formula in it.
 *
 * Returns: (transfer full): markup, perhaps empty
 */
char *
tomo_html_reduce (TomoHtml *self, const char *text, TomoQuizFormat format)
{
  TomoQuizText *reduced = tomo_quiz_text_new ();

  g_ptr_array_set_size (self->pictures, 0);
  self->has_formula = self->has_formula || has_formula (text);
  if (format == TOMO_QUIZ_FORMAT_MARKDOWN &&
      g_regex_match (tomo_pattern_get ("(?m)\\*\\w|`|\\]\\(|^#|^[-*] ", 0), text, 0, NULL))
    tomo_quiz_note (self->quiz, self->line, "%s",
                    /* Translators: about a question that was imported; Markdown is a notation */
                    _("the signs of Markdown stand in the text as they were"));

  if (format == TOMO_QUIZ_FORMAT_HTML ||
      (format == TOMO_QUIZ_FORMAT_AUTO && looks_like_html (text)))
    add_html (self, reduced, text);
  else
    tomo_quiz_text_add_plain (reduced, text);

  return tomo_quiz_text_free_to_markup (reduced);
}
