/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

typedef struct
{
  gboolean has_doctype;
  unsigned int line; /* of the first mistake */
  char *message;     /* (owned) (nullable): of the first mistake, in libxml2's words */
} ParseState;

#if LIBXML_VERSION >= 21200
typedef const xmlError *ParseError;
#else
typedef xmlErrorPtr ParseError;
#endif

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlParserCtxt, xmlFreeParserCtxt)

/* One mistake makes the parser stumble over many later places: only the first is told. */
static void
parse_error_cb (void *user_data, ParseError parse_error)
{
  xmlParserCtxt *context = user_data;
  ParseState *state = context->_private;

  if (parse_error->level < XML_ERR_ERROR || state->message != NULL || state->has_doctype)
    return;

  state->line = parse_error->line > 0 ? (unsigned int) parse_error->line : 0;
  state->message = g_strdup (parse_error->message != NULL ? parse_error->message : "");
  g_strstrip (state->message);
}

/* Called at “<!DOCTYPE”, before a single declaration is read: no entity ever comes to exist. */
static void
internal_subset_cb (void *user_data,
                    const xmlChar *name,
                    const xmlChar *external_id,
                    const xmlChar *system_id)
{
  xmlParserCtxt *context = user_data;
  ParseState *state = context->_private;

  if (!state->has_doctype && state->message == NULL)
    state->line = (unsigned int) xmlSAX2GetLineNumber (context);
  state->has_doctype = TRUE;
  xmlStopParser (context);
}

static gboolean
check_utf8 (GBytes *bytes, const TomoXmlPlace *place)
{
  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = NULL;

  if (size > 0 && g_utf8_validate (data, (gssize) size, &end))
    return TRUE;

  unsigned int line = 1;
  for (const char *p = data; p != NULL && p < end; p++)
    line += *p == '\n';

  if (size == 0)
    tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file, place->fixed_line,
                       /* Translators: about an XML file or a piece of text with markup */
                       "%s", _("this is empty"));
  else
    tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file,
                       place->fixed_line != 0 ? place->fixed_line : line, "%s",
                       /* Translators: about the encoding of a text file */
                       _("this is not UTF-8 text; save the file as UTF-8"));
  return FALSE;
}

static void
report_parse_error (const ParseState *state, const TomoXmlPlace *place)
{
  unsigned int line = place->fixed_line != 0 ? place->fixed_line : state->line;

  if (state->has_doctype)
    tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file, line, "%s",
                       /* Translators: <!DOCTYPE …> is the literal beginning of a declaration */
                       _("<!DOCTYPE …> is not allowed here; delete the declaration"));
  else if (state->message != NULL && strstr (state->message, "xmlParseEntityRef") != NULL)
    tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file, line, "%s",
                       /* Translators: &amp; is literal: how XML writes the sign & */
                       _("a bare & cannot stand in XML; write &amp; instead"));
  else
    tomo_findings_add (place->findings, TOMO_FINDING_ERROR, place->file, line,
                       /* Translators: %s is an English message of the XML parser */
                       _("this is not well-formed XML: %s"),
                       state->message != NULL ? state->message : "document is empty");
}

/**
 * tomo_xml_parse:
 * @bytes: an XML document; the caller has held it against a limit
 * @place: where mistakes are told
 *
 * Parses @bytes without a network and without entities: document type definitions are refused
 * when their first word is seen.
 *
 * Returns: (transfer full) (nullable): the tree; or %NULL, and then one finding was added
 */
xmlDoc *
tomo_xml_parse (GBytes *bytes, const TomoXmlPlace *place)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (g_bytes_get_size (bytes) < G_MAXINT, NULL);

  if (!check_utf8 (bytes, place))
    return NULL;

  g_autoptr(xmlParserCtxt) context = xmlNewParserCtxt ();
  ParseState state = { FALSE, 0, NULL };
  context->_private = &state;
  context->sax->serror = parse_error_cb;
  context->sax->internalSubset = internal_subset_cb;

  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr(xmlDoc) document =
      xmlCtxtReadMemory (context, data, (int) size, NULL, "UTF-8",
                         XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
  g_autofree char *message = state.message;

  if (document == NULL || message != NULL || state.has_doctype ||
      xmlDocGetRootElement (document) == NULL)
    {
      report_parse_error (&state, place);
      return NULL;
    }

  return g_steal_pointer (&document);
}

/**
 * tomo_xml_get_line:
 * @node: a node
 * @place: where mistakes are told
 *
 * Returns: the line to name for @node
 */
unsigned int
tomo_xml_get_line (const xmlNode *node, const TomoXmlPlace *place)
{
  if (place->fixed_line != 0)
    return place->fixed_line;

  long line = xmlGetLineNo (node);
  return line > 0 ? (unsigned int) line : 0;
}

/**
 * tomo_xml_get_name:
 * @node: an element or an attribute
 *
 * Returns: (transfer none): its local name
 */
const char *
tomo_xml_get_name (const xmlNode *node)
{
  return (const char *) node->name;
}

/**
 * tomo_xml_is_in_namespace:
 * @node: an element or an attribute
 * @uri: (nullable): a namespace, or %NULL for none
 *
 * Returns: %TRUE if @node belongs to it
 */
gboolean
tomo_xml_is_in_namespace (const xmlNode *node, const char *uri)
{
  return g_strcmp0 (node->ns != NULL ? (const char *) node->ns->href : NULL, uri) == 0;
}

/**
 * tomo_xml_dup_attribute:
 * @node: an element
 * @name: of an attribute without a namespace
 *
 * Returns: (transfer full) (nullable): its value, with white space at both ends removed
 */
char *
tomo_xml_dup_attribute (xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  if (value != NULL)
    xmlFree (value);
  return copy != NULL ? g_strstrip (copy) : NULL;
}
