/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TOMO_PACK_NAMESPACE "urn:tomoshibi:pack:1"
/* The largest max-length: no card has room for more. */
#define TOMO_VOCABULARY_MAX_LETTERS 9999

/* What may stand inside an element. */
typedef enum
{
  TOMO_CONTENT_ELEMENTS, /* elements only */
  TOMO_CONTENT_PLAIN,    /* text only */
  TOMO_CONTENT_INLINE,   /* text with inline elements */
} TomoContentModel;

/* Whether an attribute is free text or one of a kind. */
typedef enum
{
  TOMO_VALUE_ANY,
  TOMO_VALUE_ID,
  TOMO_VALUE_YES_NO,
  TOMO_VALUE_DATE,
  TOMO_VALUE_TOPIC,
  TOMO_VALUE_AGE,
  TOMO_VALUE_RISK,
  TOMO_VALUE_KIND,
  TOMO_VALUE_THOUSANDTHS,
  TOMO_VALUE_REPORT,
  TOMO_VALUE_LETTERS,
} TomoValueKind;

typedef struct
{
  const char *name; /* NULL ends a list */
  gboolean is_required;
  TomoValueKind value;
} TomoAttributeRule;

typedef struct
{
  const char *name; /* NULL ends a list */
  unsigned int min;
  unsigned int max; /* 0: any number */
} TomoChildRule;

typedef struct
{
  const char *name;
  TomoContentModel content;
  const TomoAttributeRule *attributes;
  const TomoChildRule *children;
} TomoElementRule;

const TomoElementRule *tomo_vocabulary_find (const char *element);
const TomoAttributeRule *tomo_vocabulary_find_attribute (const TomoElementRule *rule,
                                                         const char *name);
const TomoElementRule *tomo_vocabulary_find_inline (const char *element);
const char *const *tomo_vocabulary_inline_names (void);
const char *const *tomo_vocabulary_values (TomoValueKind kind);
gboolean tomo_vocabulary_is_id (const char *value);
gboolean tomo_vocabulary_is_date (const char *value);
gboolean
tomo_vocabulary_parse_number (const char *value, unsigned int max, unsigned int *out_number);
gboolean tomo_vocabulary_parse_letters (const char *value, unsigned int *out_number);
const char *tomo_vocabulary_suggest (const char *word, const char *const *known);

G_END_DECLS
