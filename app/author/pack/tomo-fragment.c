/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-fragment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/pack/tomo-grammar.h"
#include "author/pack/tomo-vocabulary.h"

struct _TomoFragment
{
  GPtrArray *parts; /* (owned) (element-type TomoFragmentPart) */
};

static const char *const style_elements[] = {
  [TOMO_TEXT_PLAIN] = "",    [TOMO_TEXT_EM] = "em",         [TOMO_TEXT_STRONG] = "strong",
  [TOMO_TEXT_CODE] = "code", [TOMO_TEXT_UI] = "ui",         [TOMO_TEXT_TERM] = "term",
  [TOMO_TEXT_LINK] = "link", [TOMO_TEXT_REPORT] = "report",
};
G_STATIC_ASSERT (G_N_ELEMENTS (style_elements) == TOMO_N_TEXT_STYLES);

/**
 * tomo_fragment_get_element:
 * @style: of a run of text
 *
 * Returns: (transfer none): the name of the element that has it, empty for plain text
 */
const char *
tomo_fragment_get_element (TomoTextStyle style)
{
  return style_elements[style];
}

static void
part_free (TomoFragmentPart *part)
{
  g_free (part->text);
  g_free (part->argument);
  g_free (part);
}

static TomoFragment *
fragment_new (void)
{
  TomoFragment *self = g_new0 (TomoFragment, 1);

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);

  return self;
}

/* Neighbours in the plain style become one, such as what stands around an XML comment. */
static void
add_part (TomoFragment *self, TomoTextStyle style, const char *text, const char *argument)
{
  TomoFragmentPart *last =
      self->parts->len > 0 ? g_ptr_array_index (self->parts, self->parts->len - 1) : NULL;

  if (style == TOMO_TEXT_PLAIN && last != NULL && last->style == TOMO_TEXT_PLAIN)
    {
      g_autofree char *joined = g_strconcat (last->text, text, NULL);
      g_free (last->text);
      last->text = g_steal_pointer (&joined);
      return;
    }

  TomoFragmentPart *part = g_new0 (TomoFragmentPart, 1);
  part->style = style;
  part->text = g_strdup (text);
  part->argument = g_strdup (argument);
  g_ptr_array_add (self->parts, part);
}

static TomoTextStyle
style_from_element (const char *name)
{
  for (size_t i = TOMO_TEXT_PLAIN + 1; i < TOMO_N_TEXT_STYLES; i++)
    if (g_str_equal (style_elements[i], name))
      return (TomoTextStyle) i;

  return TOMO_TEXT_PLAIN;
}

static char *
dup_text_content (xmlNode *element)
{
  GString *text = g_string_new (NULL);

  for (xmlNode *child = element->children; child != NULL; child = child->next)
    if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) &&
        child->content != NULL)
      g_string_append (text, (const char *) child->content);

  return g_string_free (text, FALSE);
}

static gboolean
check_inline_content (xmlNode *element,
                      TomoTextStyle style,
                      const char *text,
                      const TomoXmlPlace *place)
{
  const char *name = tomo_xml_get_name (element);
  unsigned int line = tomo_xml_get_line (element, place);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  for (xmlNode *child = element->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      tomo_findings_add (
          place->findings, TOMO_FINDING_ERROR, place->file, tomo_xml_get_line (child, place),
          /* Translators: both %s are names of XML elements, such as ‘em’ */
          _("<%s> stands inside <%s>; put one behind the other"), tomo_xml_get_name (child), name);

  if (style == TOMO_TEXT_REPORT && stripped[0] != '\0')
    tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file, line, "%s",
                       /* Translators: <report kind="…"/> is literal XML */
                       _("<report> has text in it; it must be empty: <report kind=\"…\"/>"));
  else if (style != TOMO_TEXT_REPORT && stripped[0] == '\0')
    tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file, line,
                       /* Translators: %s is the name of an XML element, such as ‘em’ */
                       _("<%s> is empty; put text in it or delete it"), name);
  else
    return TRUE;

  return FALSE;
}

static void
add_inline (TomoFragment *self, xmlNode *element, const TomoXmlPlace *place)
{
  const char *name = tomo_xml_get_name (element);
  TomoTextStyle style = style_from_element (name);
  g_autofree char *text = dup_text_content (element);

  if (style == TOMO_TEXT_PLAIN ||
      !tomo_xml_is_in_namespace (element, element->parent->ns != NULL ? TOMO_PACK_NAMESPACE : NULL))
    {
      tomo_grammar_report_unknown_element (element, tomo_vocabulary_inline_names (), place);
      add_part (self, TOMO_TEXT_PLAIN, text, "");
      return;
    }

  check_inline_content (element, style, text, place);
  tomo_grammar_check_attributes (element, tomo_vocabulary_find_inline (name), place);

  g_autofree char *argument =
      tomo_xml_dup_attribute (element, style == TOMO_TEXT_REPORT ? "kind" : "ref");
  add_part (self, style, style == TOMO_TEXT_REPORT ? "" : text, argument != NULL ? argument : "");
}

/* Runs of white space become one space, across the borders of parts; none at the two ends. XML's
 * white space only: U+00A0 and U+3000 are the author's choice. */
static void
normalise_space (TomoFragment *self)
{
  gboolean after_space = TRUE;
  GString *last = NULL;
  g_autoptr(GPtrArray) texts = g_ptr_array_new ();

  for (size_t i = 0; i < self->parts->len; i++)
    {
      TomoFragmentPart *part = g_ptr_array_index (self->parts, i);
      GString *text = g_string_new (NULL);

      for (const char *p = part->text; *p != '\0'; p++)
        {
          gboolean is_space = strchr (" \t\r\n", *p) != NULL;

          if (!is_space || !after_space)
            g_string_append_c (text, is_space ? ' ' : *p);
          after_space = is_space;
        }
      if (part->style == TOMO_TEXT_REPORT)
        after_space = FALSE;
      if (text->len > 0 || part->style == TOMO_TEXT_REPORT)
        last = text;
      g_ptr_array_add (texts, text);
    }

  if (last != NULL && last->len > 0 && last->str[last->len - 1] == ' ')
    g_string_truncate (last, last->len - 1);

  for (size_t i = 0; i < self->parts->len; i++)
    {
      TomoFragmentPart *part = g_ptr_array_index (self->parts, i);

      g_free (part->text);
      part->text = g_string_free (g_ptr_array_index (texts, i), FALSE);
    }
}

static void
remove_empty_parts (TomoFragment *self)
{
  for (size_t i = self->parts->len; i > 0; i--)
    {
      const TomoFragmentPart *part = g_ptr_array_index (self->parts, i - 1);

      if (part->text[0] == '\0' && part->style != TOMO_TEXT_REPORT)
        g_ptr_array_remove_index (self->parts, (unsigned int) (i - 1));
    }
}

/**
 * tomo_fragment_new_from_node:
 * @element: a translatable element
 * @is_plain: whether it takes text only
 * @place: where mistakes are told
 *
 * Reads what stands in @element. What is wrong is told and read as plain text, so that one
 * mistake does not hide the next.
 *
 * Returns: (transfer full): the content
 */
TomoFragment *
tomo_fragment_new_from_node (xmlNode *element, gboolean is_plain, const TomoXmlPlace *place)
{
  g_autoptr(TomoFragment) self = fragment_new ();

  for (xmlNode *child = element->children; child != NULL; child = child->next)
    {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        add_part (self, TOMO_TEXT_PLAIN,
                  child->content != NULL ? (const char *) child->content : "", "");
      else if (child->type == XML_ELEMENT_NODE && is_plain)
        {
          g_autofree char *text = dup_text_content (child);

          tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file,
                             tomo_xml_get_line (child, place),
                             /* Translators: both %s are names of XML elements */
                             _("<%s> stands in <%s>, which takes plain text only; delete the tag"),
                             tomo_xml_get_name (child), tomo_xml_get_name (element));
          add_part (self, TOMO_TEXT_PLAIN, text, "");
        }
      else if (child->type == XML_ELEMENT_NODE)
        add_inline (self, child, place);
    }

  normalise_space (self);
  remove_empty_parts (self);

  return g_steal_pointer (&self);
}

/* Text in which a parser of XML would find nothing to do and nothing to refuse. Most texts are
 * such, and starting the parser takes ten times as long as reading them. */
static gboolean
is_plain_text (const char *markup)
{
  for (const char *p = markup; *p != '\0'; p++)
    if (strchr ("<&]", *p) != NULL || ((unsigned char) *p < ' ' && strchr ("\t\n", *p) == NULL))
      return FALSE;

  return strstr (markup, "\xef\xbf") == NULL && g_utf8_validate (markup, -1, NULL);
}

/**
 * tomo_fragment_new_from_markup:
 * @markup: a well-formed XML fragment, as in a PO file
 * @place: where mistakes are told
 *
 * Returns: (transfer full) (nullable): the content; %NULL if @markup is not well-formed, and then
 *    a finding was added
 */
TomoFragment *
tomo_fragment_new_from_markup (const char *markup, const TomoXmlPlace *place)
{
  if (is_plain_text (markup))
    {
      TomoFragment *self = fragment_new ();

      add_part (self, TOMO_TEXT_PLAIN, markup, "");
      normalise_space (self);
      remove_empty_parts (self);
      return self;
    }

  g_autofree char *wrapped = g_strconcat ("<t>", markup, "</t>", NULL);
  g_autoptr(GBytes) bytes = g_bytes_new (wrapped, strlen (wrapped));
  g_autoptr(xmlDoc) document = tomo_xml_parse (bytes, place);

  if (document == NULL)
    return NULL;

  return tomo_fragment_new_from_node (xmlDocGetRootElement (document), FALSE, place);
}

/**
 * tomo_fragment_free:
 * @self: (transfer full): content
 *
 * Frees @self.
 */
void
tomo_fragment_free (TomoFragment *self)
{
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/**
 * tomo_fragment_get_n_parts:
 * @self: content
 *
 * Returns: how many parts it has
 */
size_t
tomo_fragment_get_n_parts (const TomoFragment *self)
{
  return self->parts->len;
}

/**
 * tomo_fragment_get_part:
 * @self: content
 * @index: below tomo_fragment_get_n_parts()
 *
 * Returns: (transfer none): one part
 */
const TomoFragmentPart *
tomo_fragment_get_part (const TomoFragment *self, size_t index)
{
  g_return_val_if_fail (index < self->parts->len, NULL);

  return g_ptr_array_index (self->parts, index);
}

/**
 * tomo_fragment_is_empty:
 * @self: content
 *
 * Returns: %TRUE if there is nothing to read in it
 */
gboolean
tomo_fragment_is_empty (const TomoFragment *self)
{
  return self->parts->len == 0;
}

/* Like g_markup_escape_text(), but quotes and ‘>’ stay readable for translators where XML lets
 * them: text needs ‘&’, ‘<’ and the end of ‘]]>’ escaped, and nothing else. */
static void
append_escaped (GString *markup, const char *text, gboolean in_attribute)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '&')
        g_string_append (markup, "&amp;");
      else if (*p == '<')
        g_string_append (markup, "&lt;");
      else if (*p == '"' && in_attribute)
        g_string_append (markup, "&quot;");
      else if (*p == '>' && p - text >= 2 && p[-1] == ']' && p[-2] == ']')
        g_string_append (markup, "&gt;");
      else
        g_string_append_c (markup, *p);
    }
}

/**
 * tomo_fragment_to_markup:
 * @self: content
 *
 * Writes @self in the one form that a msgid has.
 *
 * Returns: (transfer full): a well-formed XML fragment
 */
char *
tomo_fragment_to_markup (const TomoFragment *self)
{
  GString *markup = g_string_new (NULL);

  for (size_t i = 0; i < self->parts->len; i++)
    {
      const TomoFragmentPart *part = g_ptr_array_index (self->parts, i);
      const char *name = style_elements[part->style];

      if (part->style == TOMO_TEXT_PLAIN)
        {
          append_escaped (markup, part->text, FALSE);
          continue;
        }

      g_string_append_printf (markup, "<%s", name);
      if (part->argument[0] != '\0')
        {
          g_string_append (markup, part->style == TOMO_TEXT_REPORT ? " kind=\"" : " ref=\"");
          append_escaped (markup, part->argument, TRUE);
          g_string_append_c (markup, '"');
        }
      if (part->style == TOMO_TEXT_REPORT)
        {
          g_string_append (markup, "/>");
          continue;
        }
      g_string_append_c (markup, '>');
      append_escaped (markup, part->text, FALSE);
      g_string_append_printf (markup, "</%s>", name);
    }

  return g_string_free (markup, FALSE);
}

/**
 * tomo_fragment_to_plain:
 * @self: content
 *
 * Returns: (transfer full): the text without markup; a report gives nothing
 */
char *
tomo_fragment_to_plain (const TomoFragment *self)
{
  GString *plain = g_string_new (NULL);

  for (size_t i = 0; i < self->parts->len; i++)
    {
      const TomoFragmentPart *part = g_ptr_array_index (self->parts, i);

      g_string_append (plain, part->text);
    }

  return g_string_free (plain, FALSE);
}

static GPtrArray *
list_styled (const TomoFragment *self)
{
  GPtrArray *styled = g_ptr_array_new ();

  for (size_t i = 0; i < self->parts->len; i++)
    {
      TomoFragmentPart *part = g_ptr_array_index (self->parts, i);

      if (part->style != TOMO_TEXT_PLAIN)
        g_ptr_array_add (styled, part);
    }

  return styled;
}

/* Removes from @parts the first part with the style of @like and, if asked, its argument. */
static const TomoFragmentPart *
take_like (GPtrArray *parts, const TomoFragmentPart *like, gboolean same_argument)
{
  for (unsigned int i = 0; i < parts->len; i++)
    {
      const TomoFragmentPart *part = g_ptr_array_index (parts, i);

      if (part->style == like->style &&
          (!same_argument || g_str_equal (part->argument, like->argument)))
        return g_ptr_array_remove_index (parts, i);
    }

  return NULL;
}

/**
 * tomo_fragment_compare:
 * @original: content in the source language
 * @translation: of @original
 * @place: where differences are told
 *
 * Tells which inline elements @translation lacks, adds, or changes. Their order is free: sentences
 * are built differently elsewhere.
 */
void
tomo_fragment_compare (const TomoFragment *original,
                       const TomoFragment *translation,
                       const TomoXmlPlace *place)
{
  g_autoptr(GPtrArray) wanted = list_styled (original);
  g_autoptr(GPtrArray) given = list_styled (translation);

  for (unsigned int i = wanted->len; i > 0; i--)
    if (take_like (given, g_ptr_array_index (wanted, i - 1), TRUE) != NULL)
      g_ptr_array_remove_index (wanted, i - 1);

  for (unsigned int i = 0; i < wanted->len; i++)
    {
      const TomoFragmentPart *want = g_ptr_array_index (wanted, i);
      const TomoFragmentPart *other = take_like (given, want, FALSE);
      const char *name = style_elements[want->style];

      if (other == NULL)
        tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file, place->fixed_line,
                           /* Translators: %s is the name of an XML element, such as ‘em’ */
                           _("the translation lacks <%s>"), name);
      else
        tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file, place->fixed_line,
                           /* Translators: the first %s is the name of an XML element, the two
                            * others are what it refers to, before and after */
                           _("the translation changes what <%s> refers to: it is “%s” in the "
                              "original, “%s” here"),
                           name, want->argument, other->argument);
    }

  for (unsigned int i = 0; i < given->len; i++)
    {
      const TomoFragmentPart *extra = g_ptr_array_index (given, i);

      tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file, place->fixed_line,
                         /* Translators: %s is the name of an XML element, such as ‘em’ */
                         _("the translation adds <%s>, which the original does not have"),
                         style_elements[extra->style]);
    }
}
