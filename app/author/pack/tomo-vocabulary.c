/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-vocabulary.h"

#include <string.h>

#include "core/content/tomo-item.h"

/* Ids of design.md section 6: [a-z0-9][a-z0-9-]{0,39}. */
#define MAX_ID_CHARS 40
/* Longer words are not held against the known ones: no name here comes near. */
#define MAX_WORD_CHARS 40

/* clang-format off */
static const TomoAttributeRule text_attributes[] = {
  { "context", FALSE, TOMO_VALUE_ANY },
  { "comment", FALSE, TOMO_VALUE_ANY },
  { "max-length", FALSE, TOMO_VALUE_LETTERS },
  { NULL },
};
static const TomoAttributeRule no_attributes[] = { { NULL } };
static const TomoAttributeRule id_attributes[] = { { "id", TRUE, TOMO_VALUE_ID }, { NULL } };
static const TomoAttributeRule ref_attributes[] = { { "ref", TRUE, TOMO_VALUE_ID }, { NULL } };
static const TomoAttributeRule report_attributes[] = {
  { "kind", TRUE, TOMO_VALUE_REPORT },
  { NULL },
};
static const TomoAttributeRule pack_attributes[] = {
  { "id", TRUE, TOMO_VALUE_ID },
  { "lang", TRUE, TOMO_VALUE_ANY }, /* xml:lang */
  { "revision", TRUE, TOMO_VALUE_ANY },
  { "verified-on", TRUE, TOMO_VALUE_DATE },
  { "license", TRUE, TOMO_VALUE_ANY },
  { "fallback", FALSE, TOMO_VALUE_ANY },
  { "sample", FALSE, TOMO_VALUE_YES_NO },
  { "sensitive", FALSE, TOMO_VALUE_YES_NO },
  { "topic", TRUE, TOMO_VALUE_TOPIC },
  { "age", TRUE, TOMO_VALUE_AGE },
  { "risk", TRUE, TOMO_VALUE_RISK },
  { NULL },
};
static const TomoAttributeRule source_attributes[] = {
  { "id", TRUE, TOMO_VALUE_ID },
  { "href", TRUE, TOMO_VALUE_ANY },
  { "verified-on", TRUE, TOMO_VALUE_DATE },
  { NULL },
};
static const TomoAttributeRule picture_attributes[] = {
  { "id", TRUE, TOMO_VALUE_ID },
  { "src", TRUE, TOMO_VALUE_ANY },
  { NULL },
};
static const TomoAttributeRule audio_attributes[] = { { "src", TRUE, TOMO_VALUE_ANY }, { NULL } };
static const TomoAttributeRule tip_attributes[] = {
  { "id", TRUE, TOMO_VALUE_ID },
  { "topic", FALSE, TOMO_VALUE_TOPIC },
  { "age", FALSE, TOMO_VALUE_AGE },
  { "risk", FALSE, TOMO_VALUE_RISK },
  { "picture", FALSE, TOMO_VALUE_ID },
  { "sources", FALSE, TOMO_VALUE_ANY },
  { NULL },
};
static const TomoAttributeRule question_attributes[] = {
  { "id", TRUE, TOMO_VALUE_ID },
  { "kind", TRUE, TOMO_VALUE_KIND },
  { "answer", FALSE, TOMO_VALUE_ANY },    /* of a statement, or a number */
  { "tolerance", FALSE, TOMO_VALUE_ANY }, /* of a number */
  { "topic", FALSE, TOMO_VALUE_TOPIC },
  { "age", FALSE, TOMO_VALUE_AGE },
  { "risk", FALSE, TOMO_VALUE_RISK },
  { "picture", FALSE, TOMO_VALUE_ID },
  { "sources", FALSE, TOMO_VALUE_ANY },
  { NULL },
};
static const TomoAttributeRule choice_attributes[] = {
  { "id", TRUE, TOMO_VALUE_ID },
  { "correct", FALSE, TOMO_VALUE_YES_NO },
  { NULL },
};

static const TomoAttributeRule region_attributes[] = {
  { "id", TRUE, TOMO_VALUE_ID },
  { "correct", FALSE, TOMO_VALUE_YES_NO },
  { "x", TRUE, TOMO_VALUE_THOUSANDTHS },
  { "y", TRUE, TOMO_VALUE_THOUSANDTHS },
  { "width", TRUE, TOMO_VALUE_THOUSANDTHS },
  { "height", TRUE, TOMO_VALUE_THOUSANDTHS },
  { NULL },
};

static const TomoChildRule no_children[] = { { NULL } };
static const TomoChildRule pack_children[] = {
  { "title", 1, 1 }, { "terms", 0, 1 }, { "sources", 0, 1 }, { "pictures", 0, 1 },
  { "tip", 0, 0 }, { "question", 0, 0 }, { NULL },
};
static const TomoChildRule terms_children[] = { { "term", 1, 0 }, { NULL } };
static const TomoChildRule term_children[] = { { "name", 1, 1 }, { "meaning", 1, 1 }, { NULL } };
static const TomoChildRule sources_children[] = { { "source", 1, 0 }, { NULL } };
static const TomoChildRule source_children[] = { { "title", 1, 1 }, { NULL } };
static const TomoChildRule pictures_children[] = { { "picture", 1, 0 }, { NULL } };
static const TomoChildRule picture_children[] = { { "alt", 1, 1 }, { NULL } };
static const TomoChildRule tip_children[] = {
  { "title", 1, 1 }, { "summary", 1, 1 }, { "steps", 1, 1 }, { "audio", 0, 1 },
  { "teacher-note", 0, 1 }, { NULL },
};
static const TomoChildRule steps_children[] = { { "step", 1, 0 }, { NULL } };
static const TomoChildRule question_children[] = {
  { "prompt", 1, 1 }, { "choice", 0, 0 }, { "pair", 0, 0 }, { "region", 0, 0 },
  { "explanation", 1, 1 }, { "audio", 0, 1 }, { "teacher-note", 0, 1 }, { NULL },
};
static const TomoChildRule choice_children[] = {
  { "text", 1, 1 }, { "feedback", 0, 1 }, { NULL },
};

static const TomoChildRule pair_children[] = {
  { "text", 1, 1 }, { "match", 1, 1 }, { "feedback", 0, 1 }, { NULL },
};

static const TomoElementRule elements[] = {
  { "pack", TOMO_CONTENT_ELEMENTS, pack_attributes, pack_children },
  { "title", TOMO_CONTENT_PLAIN, text_attributes, no_children },
  { "terms", TOMO_CONTENT_ELEMENTS, no_attributes, terms_children },
  { "term", TOMO_CONTENT_ELEMENTS, id_attributes, term_children },
  { "name", TOMO_CONTENT_PLAIN, text_attributes, no_children },
  { "meaning", TOMO_CONTENT_INLINE, text_attributes, no_children },
  { "sources", TOMO_CONTENT_ELEMENTS, no_attributes, sources_children },
  { "source", TOMO_CONTENT_ELEMENTS, source_attributes, source_children },
  { "pictures", TOMO_CONTENT_ELEMENTS, no_attributes, pictures_children },
  { "picture", TOMO_CONTENT_ELEMENTS, picture_attributes, picture_children },
  { "alt", TOMO_CONTENT_PLAIN, text_attributes, no_children },
  { "tip", TOMO_CONTENT_ELEMENTS, tip_attributes, tip_children },
  { "summary", TOMO_CONTENT_INLINE, text_attributes, no_children },
  { "audio", TOMO_CONTENT_ELEMENTS, audio_attributes, no_children },
  { "steps", TOMO_CONTENT_ELEMENTS, no_attributes, steps_children },
  { "step", TOMO_CONTENT_INLINE, text_attributes, no_children },
  { "question", TOMO_CONTENT_ELEMENTS, question_attributes, question_children },
  { "prompt", TOMO_CONTENT_INLINE, text_attributes, no_children },
  { "choice", TOMO_CONTENT_ELEMENTS, choice_attributes, choice_children },
  { "pair", TOMO_CONTENT_ELEMENTS, id_attributes, pair_children },
  { "region", TOMO_CONTENT_ELEMENTS, region_attributes, choice_children },
  { "text", TOMO_CONTENT_INLINE, text_attributes, no_children },
  { "match", TOMO_CONTENT_INLINE, text_attributes, no_children },
  { "feedback", TOMO_CONTENT_INLINE, text_attributes, no_children },
  { "explanation", TOMO_CONTENT_INLINE, text_attributes, no_children },
  { "teacher-note", TOMO_CONTENT_INLINE, text_attributes, no_children },
};

/* Inside text. <term> means something else here than among <terms>. */
static const TomoElementRule inline_elements[] = {
  { "em", TOMO_CONTENT_PLAIN, no_attributes, no_children },
  { "strong", TOMO_CONTENT_PLAIN, no_attributes, no_children },
  { "code", TOMO_CONTENT_PLAIN, no_attributes, no_children },
  { "ui", TOMO_CONTENT_PLAIN, no_attributes, no_children },
  { "term", TOMO_CONTENT_PLAIN, ref_attributes, no_children },
  { "link", TOMO_CONTENT_PLAIN, ref_attributes, no_children },
  { "report", TOMO_CONTENT_PLAIN, report_attributes, no_children },
};
/* clang-format on */

static const char *const inline_names[] = { "em",   "strong", "code",   "ui",
                                            "term", "link",   "report", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (inline_names) == G_N_ELEMENTS (inline_elements) + 1);

/* The closed lists of content/README.md. */
static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const ages[] = { "all", "child", "teen", "adult", "senior", NULL };
static const char *const risks[] = { "low", "medium", "high", NULL };
static const char *const kinds[] = { "single", "multiple", "true-false", "order",
                                     "match",  "number",   "hotspot",    NULL };
static const char *const reports[] = { "money",   "account", "threat", "phishing",
                                       "malware", "child",   NULL };

static const TomoElementRule *
find_in (const TomoElementRule *rules, size_t n_rules, const char *element)
{
  for (size_t i = 0; i < n_rules; i++)
    if (g_str_equal (rules[i].name, element))
      return &rules[i];

  return NULL;
}

/**
 * tomo_vocabulary_find:
 * @element: a name
 *
 * Returns: (transfer none) (nullable): the rule of that element of the structure of a pack
 */
const TomoElementRule *
tomo_vocabulary_find (const char *element)
{
  return find_in (elements, G_N_ELEMENTS (elements), element);
}

/**
 * tomo_vocabulary_find_inline:
 * @element: a name
 *
 * Returns: (transfer none) (nullable): the rule of that element inside text
 */
const TomoElementRule *
tomo_vocabulary_find_inline (const char *element)
{
  return find_in (inline_elements, G_N_ELEMENTS (inline_elements), element);
}

/**
 * tomo_vocabulary_find_attribute:
 * @rule: of an element
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the rule of that attribute
 */
const TomoAttributeRule *
tomo_vocabulary_find_attribute (const TomoElementRule *rule, const char *name)
{
  for (const TomoAttributeRule *attribute = rule->attributes; attribute->name != NULL; attribute++)
    if (g_str_equal (attribute->name, name))
      return attribute;

  return NULL;
}

/**
 * tomo_vocabulary_inline_names:
 *
 * Returns: (transfer none): the elements that may stand inside text
 */
const char *const *
tomo_vocabulary_inline_names (void)
{
  return inline_names;
}

/**
 * tomo_vocabulary_values:
 * @kind: of an attribute
 *
 * Returns: (transfer none) (nullable): the closed list of its values, or %NULL if there is none
 */
const char *const *
tomo_vocabulary_values (TomoValueKind kind)
{
  switch (kind)
    {
    case TOMO_VALUE_YES_NO:
      return yes_no;
    case TOMO_VALUE_TOPIC:
      return tomo_topics ();
    case TOMO_VALUE_AGE:
      return ages;
    case TOMO_VALUE_RISK:
      return risks;
    case TOMO_VALUE_KIND:
      return kinds;
    case TOMO_VALUE_REPORT:
      return reports;
    case TOMO_VALUE_ANY:
    case TOMO_VALUE_ID:
    case TOMO_VALUE_DATE:
    case TOMO_VALUE_THOUSANDTHS:
    case TOMO_VALUE_LETTERS:
    default:
      return NULL;
    }
}

/**
 * tomo_vocabulary_is_id:
 * @value: a text
 *
 * Returns: %TRUE if it has the form of an id: `[a-z0-9][a-z0-9-]{0,39}`
 */
gboolean
tomo_vocabulary_is_id (const char *value)
{
  size_t length = strlen (value);

  return length >= 1 && length <= MAX_ID_CHARS && value[0] != '-' &&
         strspn (value, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/**
 * tomo_vocabulary_is_date:
 * @value: a text
 *
 * Returns: %TRUE if it is a day that exists, as YYYY-MM-DD
 */
gboolean
tomo_vocabulary_is_date (const char *value)
{
  if (strlen (value) != strlen ("2026-11-20") || value[4] != '-' || value[7] != '-')
    return FALSE;
  for (size_t i = 0; value[i] != '\0'; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (value[i]))
      return FALSE;

  unsigned int year = (unsigned int) g_ascii_strtoull (value, NULL, 10);
  unsigned int month = (unsigned int) g_ascii_strtoull (value + 5, NULL, 10);
  unsigned int day = (unsigned int) g_ascii_strtoull (value + 8, NULL, 10);

  return year >= 1 && month >= 1 && month <= 12 &&
         g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

/**
 * tomo_vocabulary_parse_number:
 * @value: a text
 * @max: the largest that may be
 * @out_number: (out) (optional): the number
 *
 * Returns: %TRUE if it is a whole number from 0 to @max in digits
 */
gboolean
tomo_vocabulary_parse_number (const char *value, unsigned int max, unsigned int *out_number)
{
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (value, 10, 0, max, &number, NULL))
    return FALSE;

  if (out_number != NULL)
    *out_number = (unsigned int) number;
  return TRUE;
}

/**
 * tomo_vocabulary_parse_letters:
 * @value: a text
 * @out_number: (out) (optional): the number
 *
 * Returns: %TRUE if it can be a max-length: a whole number from 1 to %TOMO_VOCABULARY_MAX_LETTERS
 */
gboolean
tomo_vocabulary_parse_letters (const char *value, unsigned int *out_number)
{
  unsigned int number = 0;

  if (!tomo_vocabulary_parse_number (value, TOMO_VOCABULARY_MAX_LETTERS, &number) || number == 0)
    return FALSE;

  if (out_number != NULL)
    *out_number = number;
  return TRUE;
}

/* How many letters must be changed, put in or left out to turn one word into the other. */
static size_t
count_edits (const char *from, const char *to)
{
  size_t rows[2][MAX_WORD_CHARS + 1];
  size_t to_length = strlen (to);

  for (size_t j = 0; j <= to_length; j++)
    rows[0][j] = j;

  for (size_t i = 1; from[i - 1] != '\0'; i++)
    {
      const size_t *above = rows[(i - 1) % 2];
      size_t *row = rows[i % 2];

      row[0] = i;
      for (size_t j = 1; j <= to_length; j++)
        {
          size_t change = above[j - 1] + (from[i - 1] != to[j - 1]);
          row[j] = MIN (change, MIN (above[j], row[j - 1]) + 1);
        }
    }

  return rows[strlen (from) % 2][to_length];
}

/**
 * tomo_vocabulary_suggest:
 * @word: what somebody wrote
 * @known: what there is
 *
 * Returns: (transfer none) (nullable): the word of @known that was probably meant
 */
const char *
tomo_vocabulary_suggest (const char *word, const char *const *known)
{
  const char *best = NULL;
  size_t length = strlen (word);
  /* A third of the letters may differ, in short words two. */
  size_t best_edits = MAX (length / 3, 2) + 1;

  if (length > MAX_WORD_CHARS)
    return NULL;

  for (size_t i = 0; known[i] != NULL; i++)
    {
      if (strlen (known[i]) > MAX_WORD_CHARS)
        continue;

      size_t edits = count_edits (word, known[i]);
      if (edits < best_edits && edits < strlen (known[i]))
        {
          best = known[i];
          best_edits = edits;
        }
    }

  return best;
}
