/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-grammar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/content/tomo-item.h"

/* The one attribute of another namespace; its rule says ‘lang’. */
#define LANG_ATTRIBUTE "lang"
#define LANG_SHOWN "xml:lang"

#define add_error(place, line, ...)                                                                \
  tomo_findings_add ((place)->findings, TOMO_FINDING_ERROR, (place)->file, (line), __VA_ARGS__)

static const char *
shown_name (const TomoAttributeRule *rule)
{
  return g_str_equal (rule->name, LANG_ATTRIBUTE) ? LANG_SHOWN : rule->name;
}

/**
 * tomo_grammar_report_unknown_element:
 * @element: what is not known where it stands
 * @known: what could stand there
 * @place: where mistakes are told
 *
 * Tells that @element is not known, and which one was probably meant.
 */
void
tomo_grammar_report_unknown_element (xmlNode *element,
                                     const char *const *known,
                                     const TomoXmlPlace *place)
{
  const char *name = tomo_xml_get_name (element);
  const char *meant = tomo_vocabulary_suggest (name, known);
  unsigned int line = tomo_xml_get_line (element, place);
  g_autofree char *list = g_strjoinv ("> <", (char **) known);

  if (meant != NULL && g_str_equal (meant, name))
    add_error (place, line,
               /* Translators: the first %s is an XML element, the second a namespace (URN) */
               _("<%s> is not in the namespace %s; delete its prefix or xmlns"), name,
               TOMO_PACK_NAMESPACE);
  else if (meant != NULL)
    /* Translators: both %s are names of XML elements, such as ‘title’ */
    add_error (place, line, _("<%s> is not known here; did you mean <%s>?"), name, meant);
  else if (known[0] == NULL)
    /* Translators: %s is the name of an XML element, such as ‘title’ */
    add_error (place, line, _("<%s> is not known here; only text can stand here"), name);
  else
    /* Translators: both %s are names of XML elements; the second can be several: a> <b> <c */
    add_error (place, line, _("<%s> is not known here; there can be: <%s>"), name, list);
}

static void
check_value (xmlNode *element,
             const TomoAttributeRule *rule,
             const char *value,
             const TomoXmlPlace *place)
{
  unsigned int line = tomo_xml_get_line (element, place);
  const char *const *values = tomo_vocabulary_values (rule->value);

  if (rule->value == TOMO_VALUE_ID && !tomo_vocabulary_is_id (value))
    add_error (place, line,
               /* Translators: the first %s is the name of an XML attribute, the second what the
                * author wrote */
               _("%s=\"%s\" is not an id; use 1 to 40 of the signs a-z, 0-9 and -, and begin with "
                  "a letter or digit"),
               rule->name, value);
  else if (rule->value == TOMO_VALUE_DATE && !tomo_vocabulary_is_date (value))
    add_error (place, line,
               /* Translators: the first %s is the name of an XML attribute, the second what the
                * author wrote */
               _("%s=\"%s\" is not a day; write it as year, month and day, such as 2026-11-20"),
               rule->name, value);

  else if (rule->value == TOMO_VALUE_THOUSANDTHS &&
           !tomo_vocabulary_parse_number (value, TOMO_REGION_WHOLE, NULL))
    add_error (place, line,
               /* Translators: the first %s is the name of an XML attribute, the second what the
                * author wrote */
               _("%s=\"%s\" is not a place on the picture; write thousandths of its width or "
                  "height, 0 to 1000"),
               rule->name, value);
  else if (rule->value == TOMO_VALUE_LETTERS && !tomo_vocabulary_parse_letters (value, NULL))
    add_error (place, line,
               /* Translators: the first %s is the name of an XML attribute, the second what the
                * author wrote, %u the largest number that is allowed */
               _("%s=\"%s\" is not a number of letters; write a whole one from 1 to %u"),
               rule->name, value, TOMO_VOCABULARY_MAX_LETTERS);

  if (values == NULL || g_strv_contains (values, value))
    return;

  const char *meant = tomo_vocabulary_suggest (value, values);
  g_autofree char *list = g_strjoinv (", ", (char **) values);

  if (meant != NULL)
    add_error (place, line,
               /* Translators: an attribute, what the author wrote, what was probably meant, and
                * the list of what there is */
               _("%s=\"%s\" is not known; did you mean “%s”? (There are: %s)"), rule->name, value,
               meant, list);
  else
    add_error (place, line,
               /* Translators: an attribute, what the author wrote, and the list of what there is */
               _("%s=\"%s\" is not known; there are: %s"), rule->name, value, list);
}

static void
report_unknown_attribute (xmlNode *element,
                          const char *name,
                          const TomoElementRule *rule,
                          const TomoXmlPlace *place)
{
  g_autoptr(GPtrArray) known = g_ptr_array_new ();

  for (const TomoAttributeRule *a = rule->attributes; a->name != NULL; a++)
    g_ptr_array_add (known, (gpointer) shown_name (a));
  g_ptr_array_add (known, NULL);

  const char *const *names = (const char *const *) known->pdata;
  const char *meant = tomo_vocabulary_suggest (name, names);
  unsigned int line = tomo_xml_get_line (element, place);
  g_autofree char *list = g_strjoinv (", ", (char **) known->pdata);

  if (g_str_equal (name, LANG_ATTRIBUTE) && g_strv_contains (names, LANG_SHOWN))
    meant = LANG_SHOWN;

  if (meant != NULL)
    /* Translators: an XML element, and two names of attributes */
    add_error (place, line, _("<%s> has no attribute “%s”; did you mean “%s”?"),
               tomo_xml_get_name (element), name, meant);
  else if (names[0] == NULL)
    /* Translators: an XML element and the name of an attribute */
    add_error (place, line, _("<%s> has no attribute “%s”, nor any other; delete it"),
               tomo_xml_get_name (element), name);
  else
    /* Translators: an XML element, the name of an attribute, and the list of what there is */
    add_error (place, line, _("<%s> has no attribute “%s”; there are: %s"),
               tomo_xml_get_name (element), name, list);
}

static gboolean
is_lang (const xmlAttr *attribute)
{
  return tomo_xml_is_in_namespace ((const xmlNode *) attribute, (const char *) XML_XML_NAMESPACE) &&
         xmlStrEqual (attribute->name, (const xmlChar *) LANG_ATTRIBUTE);
}

static char *
dup_value (xmlNode *element, const char *name)
{
  if (!g_str_equal (name, LANG_ATTRIBUTE))
    return tomo_xml_dup_attribute (element, name);

  xmlChar *value = xmlGetNsProp (element, (const xmlChar *) name, XML_XML_NAMESPACE);
  char *copy = g_strdup ((const char *) value);

  if (value != NULL)
    xmlFree (value);
  return copy;
}

/**
 * tomo_grammar_check_attributes:
 * @element: an element
 * @rule: its rule
 * @place: where mistakes are told
 *
 * Tells which attributes of @element are unknown, missing, or have a value that cannot be.
 */
void
tomo_grammar_check_attributes (xmlNode *element,
                               const TomoElementRule *rule,
                               const TomoXmlPlace *place)
{
  for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
    {
      const char *name = (const char *) attribute->name;
      gboolean has_rule = tomo_vocabulary_find_attribute (rule, name) != NULL;
      gboolean is_plain = attribute->ns == NULL && !g_str_equal (name, LANG_ATTRIBUTE);

      if (!has_rule || !(is_plain || is_lang (attribute)))
        report_unknown_attribute (element, name, rule, place);
    }

  for (const TomoAttributeRule *a = rule->attributes; a->name != NULL; a++)
    {
      g_autofree char *value = dup_value (element, a->name);

      if (value != NULL)
        check_value (element, a, value, place);
      else if (a->is_required)
        /* Translators: an XML element and the name of an attribute */
        add_error (place, tomo_xml_get_line (element, place), _("<%s> lacks the attribute “%s”"),
                   rule->name, shown_name (a));
    }
}

static gboolean
is_blank (const xmlNode *text)
{
  const char *content = text->content != NULL ? (const char *) text->content : "";

  return content[strspn (content, " \t\r\n")] == '\0';
}

/* libxml2 keeps the line where a text ends; what matters is where its first word stands. */
static unsigned int
get_text_line (const xmlNode *text, const TomoXmlPlace *place)
{
  const char *content = (const char *) text->content;
  unsigned int line = tomo_xml_get_line (text, place);

  for (const char *p = content + strspn (content, " \t\r\n"); *p != '\0'; p++)
    if (*p == '\n' && line > 1 && place->fixed_line == 0)
      line--;

  return line;
}

static void
check_counts (xmlNode *element, const TomoElementRule *rule, const TomoXmlPlace *place)
{
  for (const TomoChildRule *child_rule = rule->children; child_rule->name != NULL; child_rule++)
    {
      unsigned int n_found = 0;

      for (xmlNode *child = element->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE &&
            g_str_equal (tomo_xml_get_name (child), child_rule->name) &&
            ++n_found == child_rule->max + 1 && child_rule->max > 0)
          add_error (
              place, tomo_xml_get_line (child, place),
              /* Translators: both %s are names of XML elements, such as ‘question’ and ‘prompt’ */
              _("this <%s> has a second <%s>; one must go"), rule->name, child_rule->name);

      if (n_found < child_rule->min)
        add_error (
            place, tomo_xml_get_line (element, place),
            /* Translators: both %s are names of XML elements, such as ‘question’ and ‘prompt’ */
            _("this <%s> has no <%s>; add one"), rule->name, child_rule->name);
    }
}

/* The children of @rule, for suggestions: <tilte> in a <tip> means <title>. */
static GPtrArray *
list_child_names (const TomoElementRule *rule)
{
  GPtrArray *names = g_ptr_array_new ();

  for (const TomoChildRule *child = rule->children; child->name != NULL; child++)
    g_ptr_array_add (names, (gpointer) child->name);
  g_ptr_array_add (names, NULL);

  return names;
}

static void
check_element (xmlNode *element, const TomoElementRule *rule, const TomoXmlPlace *place)
{
  tomo_grammar_check_attributes (element, rule, place);
  if (rule->content != TOMO_CONTENT_ELEMENTS)
    return; /* Reading it as a fragment checks what stands in it. */

  g_autoptr(GPtrArray) names = list_child_names (rule);

  for (xmlNode *child = element->children; child != NULL; child = child->next)
    {
      if (child->type == XML_TEXT_NODE && !is_blank (child))
        add_error (place, get_text_line (child, place),
                   /* Translators: %s is the name of an XML element, such as ‘steps’ */
                   _("text stands directly in <%s>; put it into one of the elements there"),
                   rule->name);
      if (child->type != XML_ELEMENT_NODE)
        continue;

      const char *name = tomo_xml_get_name (child);
      if (!g_strv_contains ((const char *const *) names->pdata, name) ||
          !tomo_xml_is_in_namespace (child, TOMO_PACK_NAMESPACE))
        tomo_grammar_report_unknown_element (child, (const char *const *) names->pdata, place);
      else
        check_element (child, tomo_vocabulary_find (name), place);
    }

  check_counts (element, rule, place);
}

/**
 * tomo_grammar_check:
 * @root: of a pack.xml
 * @place: where mistakes are told
 *
 * Tells everything in the tree that does not fit the vocabulary of packs: the names and numbers
 * of elements, the names and values of attributes, text where none can be. What the words mean
 * together (ids, references, right answers) is not looked at here.
 */
void
tomo_grammar_check (xmlNode *root, const TomoXmlPlace *place)
{
  if (!g_str_equal (tomo_xml_get_name (root), "pack") ||
      !tomo_xml_is_in_namespace (root, TOMO_PACK_NAMESPACE))
    {
      add_error (place, tomo_xml_get_line (root, place),
                 /* Translators: %s is a namespace (URN); the rest in <> is literal XML */
                 _("this is not a pack; the outermost element must be <pack xmlns=\"%s\">"),
                 TOMO_PACK_NAMESPACE);
      return;
    }

  check_element (root, tomo_vocabulary_find ("pack"), place);
}
