/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libxml/tree.h>

#include "author/pack/tomo-findings.h"

G_BEGIN_DECLS

/* Where findings about a piece of XML go. */
typedef struct
{
  TomoFindings *findings;
  const char *file;
  unsigned int fixed_line; /* the line to name for all of it, or 0 for the line of each node */
} TomoXmlPlace;

xmlDoc *tomo_xml_parse (GBytes *bytes, const TomoXmlPlace *place);
unsigned int tomo_xml_get_line (const xmlNode *node, const TomoXmlPlace *place);
const char *tomo_xml_get_name (const xmlNode *node);
gboolean tomo_xml_is_in_namespace (const xmlNode *node, const char *uri);
char *tomo_xml_dup_attribute (xmlNode *node, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

G_END_DECLS
