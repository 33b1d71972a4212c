/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-vocabulary.h"
#include "author/pack/tomo-xml.h"

G_BEGIN_DECLS

/* Holds elements and attributes against the vocabulary, and tells all that does not fit. */
void tomo_grammar_check (xmlNode *root, const TomoXmlPlace *place);
void tomo_grammar_check_attributes (xmlNode *element,
                                    const TomoElementRule *rule,
                                    const TomoXmlPlace *place);
void tomo_grammar_report_unknown_element (xmlNode *element,
                                          const char *const *known,
                                          const TomoXmlPlace *place);

G_END_DECLS
