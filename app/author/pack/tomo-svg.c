/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-svg.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/pack/tomo-vocabulary.h"
#include "author/pack/tomo-xml.h"

#define SVG_NAMESPACE "http://www.w3.org/2000/svg"

/* A careful drawing has some hundred elements. What <use>, masks and the like repeat is counted
 * each time: that is how a small file becomes endless work. */
#define MAX_ELEMENTS 10000
#define MAX_DRAWN 20000
#define MAX_DEPTH 200

/* Everything else is refused: filters and patterns, because a few of them keep a renderer busy
 * for minutes; text, because it needs this machine’s fonts and cannot be translated; images,
 * scripts, animations and foreign objects, because a kiosk’s picture has none. */
static const char *const allowed_elements[] = {
  "svg",    "g",        "defs", "symbol",   "use",     "path",           "rect",
  "circle", "ellipse",  "line", "polyline", "polygon", "linearGradient", "radialGradient",
  "stop",   "clipPath", "mask", "title",    "desc",    "metadata",       "style",
  NULL,
};

typedef struct
{
  const TomoXmlPlace *place;
  GHashTable *by_id; /* (owned) (element-type utf8 xmlNode): both borrowed from the tree or @ids */
  GPtrArray *ids;    /* (owned) (element-type utf8) */
  GHashTable *costs; /* (owned) (element-type xmlNode uint): UNDER_WAY while it is counted */
  unsigned int n_elements;
} Check;

#define UNDER_WAY G_MAXUINT

#define add_error(check, line, ...)                                                                \
  tomo_findings_add ((check)->place->findings, TOMO_FINDING_ERROR, (check)->place->file, (line),   \
                     __VA_ARGS__)

static void
check_style (Check *check, xmlNode *node, const char *style)
{
  unsigned int line = tomo_xml_get_line (node, check->place);
  g_autofree char *lower = g_ascii_strdown (style, -1);

  /* A backslash can spell any of these words in another way. */
  if (strstr (lower, "url(") != NULL || strstr (lower, "@import") != NULL ||
      strstr (lower, "filter") != NULL || strchr (lower, '\\') != NULL)
    add_error (check, line, "%s",
               /* Translators: about a style sheet in an SVG picture; url(), @import and filter
                * are literal */
               _("the styles of this picture use url(), @import, filter or a backslash; use plain "
                  "attributes such as fill=\"#1d6f6a\""));
}

/* “url(#id)” may stand in fill, stroke, mask, clip-path and others. */
static void
check_attribute (Check *check, xmlNode *element, const char *name, const char *value)
{
  unsigned int line = tomo_xml_get_line (element, check->place);
  g_autofree char *lower = g_ascii_strdown (value, -1);

  if (g_str_equal (name, "style"))
    check_style (check, element, value);
  else if (g_str_equal (name, "filter"))
    add_error (check, line, "%s",
               /* Translators: about an SVG picture */
               _("the picture uses a filter, which can keep a computer busy for minutes; draw the "
                  "effect with shapes and gradients"));
  else if (g_str_equal (name, "href") && value[0] != '#')
    add_error (check, line,
               /* Translators: about an SVG picture; %s is an address or file name */
               _("the picture refers to “%s” outside itself; put everything into the one file"),
               value);
  else if (g_str_has_prefix (name, "on"))
    /* Translators: about an SVG picture; %s is the name of an attribute */
    add_error (check, line, _("the picture has the script “%s”; delete it"), name);
  else if (strstr (lower, "url(") != NULL && !g_str_has_prefix (lower, "url(#"))
    /* Translators: about an SVG picture; %s is an address or file name */
    add_error (check, line,
               _("the picture refers to “%s” outside itself; put everything into the "
                  "one file"),
               value);
}

static void
check_element (Check *check, xmlNode *element)
{
  const char *name = tomo_xml_get_name (element);

  check->n_elements++;
  if (!tomo_xml_is_in_namespace (element, SVG_NAMESPACE))
    return; /* What drawing programs note for themselves is not drawn. */

  if (!g_strv_contains (allowed_elements, name))
    add_error (check, tomo_xml_get_line (element, check->place),
               /* Translators: about an SVG picture; %s is the name of an element in it */
               _("the picture contains <%s>, which is not allowed; draw it with paths, shapes and "
                  "gradients"),
               name);

  for (xmlAttr *a = element->properties; a != NULL; a = a->next)
    {
      xmlChar *value = xmlNodeListGetString (element->doc, a->children, 1);

      if (value != NULL && xmlStrEqual (a->name, (const xmlChar *) "id"))
        {
          char *id = g_strdup ((const char *) value);

          g_ptr_array_add (check->ids, id);
          g_hash_table_insert (check->by_id, id, element);
        }
      else if (value != NULL)
        check_attribute (check, element, (const char *) a->name, (const char *) value);
      if (value != NULL)
        xmlFree (value);
    }
}

static void
check_tree (Check *check, xmlNode *element)
{
  check_element (check, element);

  gboolean is_style = g_str_equal (tomo_xml_get_name (element), "style");

  for (xmlNode *child = element->children; child != NULL; child = child->next)
    {
      if (child->type == XML_ELEMENT_NODE)
        check_tree (check, child);
      else if (child->type == XML_TEXT_NODE && is_style && child->content != NULL)
        check_style (check, child, (const char *) child->content);
    }
}

static unsigned int count_drawn (Check *check, xmlNode *element, unsigned int depth);

/* What the attributes of @element make the renderer draw besides its children. */
static unsigned int
count_referred (Check *check, xmlNode *element, unsigned int depth)
{
  unsigned int n_drawn = 0;

  for (xmlAttr *a = element->properties; a != NULL; a = a->next)
    {
      xmlChar *value = xmlNodeListGetString (element->doc, a->children, 1);
      const char *text = value != NULL ? (const char *) value : "";
      gboolean is_href = xmlStrEqual (a->name, (const xmlChar *) "href");
      const char *mark = is_href ? text : strstr (text, "url(#");
      const char *start = mark != NULL ? strchr (mark, '#') : NULL;

      if (start != NULL)
        {
          g_autofree char *id = g_strndup (start + 1, strcspn (start + 1, ") \t\r\n"));
          xmlNode *target = g_hash_table_lookup (check->by_id, id);

          if (target != NULL)
            n_drawn = MIN (n_drawn + count_drawn (check, target, depth + 1), MAX_DRAWN + 1);
        }
      if (value != NULL)
        xmlFree (value);
    }

  return n_drawn;
}

/* How many elements are drawn for @element; more than the limit also stands for endless. */
static unsigned int
count_drawn (Check *check, xmlNode *element, unsigned int depth)
{
  unsigned int known = GPOINTER_TO_UINT (g_hash_table_lookup (check->costs, element));

  if (known == UNDER_WAY || depth > MAX_DEPTH)
    return MAX_DRAWN + 1;
  if (known != 0)
    return known;

  g_hash_table_insert (check->costs, element, GUINT_TO_POINTER (UNDER_WAY));

  unsigned int n_drawn = 1 + count_referred (check, element, depth);
  for (xmlNode *child = element->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      n_drawn = MIN (n_drawn + count_drawn (check, child, depth + 1), MAX_DRAWN + 1);

  g_hash_table_insert (check->costs, element, GUINT_TO_POINTER (n_drawn));
  return n_drawn;
}

static gboolean
has_size (xmlNode *root)
{
  return xmlHasProp (root, (const xmlChar *) "viewBox") != NULL ||
         (xmlHasProp (root, (const xmlChar *) "width") != NULL &&
          xmlHasProp (root, (const xmlChar *) "height") != NULL);
}

/**
 * tomo_svg_check:
 * @svg: a file; the caller has held it against %TOMO_SVG_MAX_BYTES
 * @file: its name, for findings
 * @findings: where mistakes are told
 *
 * Looks whether @svg is a drawing that can be rendered everywhere in the same way and in a short
 * time: shapes, gradients and repetitions of them, all within the file.
 *
 * Returns: %TRUE if it may be rendered; else there are findings
 */
gboolean
tomo_svg_check (GBytes *svg, const char *file, TomoFindings *findings)
{
  g_return_val_if_fail (svg != NULL, FALSE);
  g_return_val_if_fail (findings != NULL, FALSE);

  size_t n_before = tomo_findings_get_n (findings);
  TomoXmlPlace place = { findings, file, 0 };
  g_autoptr(xmlDoc) document = tomo_xml_parse (svg, &place);

  if (document == NULL)
    return FALSE;

  xmlNode *root = xmlDocGetRootElement (document);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) costs = g_hash_table_new (NULL, NULL);
  Check check = { &place, by_id, ids, costs, 0 };

  if (!g_str_equal (tomo_xml_get_name (root), "svg") ||
      !tomo_xml_is_in_namespace (root, SVG_NAMESPACE))
    add_error (
        &check, tomo_xml_get_line (root, &place), "%s",
        /* Translators: <svg …> is the literal beginning of an SVG file */
        _("this is not SVG; it must begin with <svg xmlns=\"http://www.w3.org/2000/svg\">"));
  else if (!has_size (root))
    add_error (&check, tomo_xml_get_line (root, &place), "%s",
               /* Translators: <svg> and viewBox="0 0 960 600" are literal */
               _("<svg> does not say how large it is; add viewBox=\"0 0 960 600\""));
  check_tree (&check, root);

  if (check.n_elements > MAX_ELEMENTS || count_drawn (&check, root, 0) > MAX_DRAWN)
    add_error (&check, 0, "%s",
               /* Translators: about an SVG picture */
               _("the picture has too many parts, or repeats them within themselves; draw it more "
                  "simply, or save it as PNG"));

  return tomo_findings_get_n (findings) == n_before;
}
