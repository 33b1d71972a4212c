/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-question-check.h"

#include <glib/gi18n-lib.h>

#include "author/pack/tomo-vocabulary.h"

/* Less than this fraction of the picture is hard to hit with a finger, in thousandths. */
#define MIN_REGION_THOUSANDTHS 40

#define add_error(place, line, ...)                                                                \
  tomo_findings_add ((place)->findings, TOMO_FINDING_ERROR, (place)->file, (line), __VA_ARGS__)

/* What a question of one kind is made of. */
typedef struct
{
  const char *element; /* (nullable): of its answers */
  unsigned int min;    /* how many of them there must be */
  unsigned int max;
} AnswerRule;

static const AnswerRule answer_rules[] = {
  [TOMO_ITEM_UNKNOWN] = { NULL, 0, 0 }, /* told by the grammar */
  [TOMO_ITEM_TIP] = { NULL, 0, 0 },
  [TOMO_ITEM_SINGLE] = { "choice", 2, TOMO_QUESTION_MAX_CHOICES },
  [TOMO_ITEM_MULTIPLE] = { "choice", 2, TOMO_QUESTION_MAX_CHOICES },
  [TOMO_ITEM_TRUE_FALSE] = { NULL, 0, 0 },
  /* Two things have an order that half of all guesses hit. */
  [TOMO_ITEM_ORDER] = { "choice", 3, TOMO_QUESTION_MAX_CHOICES },
  [TOMO_ITEM_MATCH] = { "pair", 2, TOMO_QUESTION_MAX_PAIRS },
  [TOMO_ITEM_NUMBER] = { NULL, 0, 0 },
  [TOMO_ITEM_HOTSPOT] = { "region", 2, TOMO_QUESTION_MAX_CHOICES },
};
G_STATIC_ASSERT (G_N_ELEMENTS (answer_rules) == TOMO_N_ITEM_KINDS);

static unsigned int
count_correct (const TomoSourceItem *item)
{
  unsigned int n_correct = 0;

  for (unsigned int i = 0; i < item->choices->len; i++)
    n_correct += ((TomoSourceChoice *) g_ptr_array_index (item->choices, i))->is_correct ? 1 : 0;

  return n_correct;
}

static void
check_ids (const TomoSourceItem *item, const TomoXmlPlace *place)
{
  for (unsigned int i = 0; i < item->choices->len; i++)
    for (unsigned int j = 0; j < i; j++)
      {
        const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
        const TomoSourceChoice *earlier = g_ptr_array_index (item->choices, j);

        /* A missing id was told already. */
        if (choice->id[0] == '\0' || !g_str_equal (choice->id, earlier->id))
          continue;
        /* Translators: %s is an id, %u a line of the same file */
        add_error (place, choice->line,
                   _("the id “%s” is used already in line %u; choose another"), choice->id,
                   earlier->line);
        break;
      }
}

static void
check_elements (const TomoSourceItem *item, const TomoXmlPlace *place)
{
  const AnswerRule *rule = &answer_rules[item->kind];
  const char *kind = tomo_item_kind_to_string (item->kind);

  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);

      if (rule->element == NULL)
        add_error (place, choice->line,
                   /* Translators: a kind of question such as “number”, and an XML element; kind
                    * is literal XML */
                   _("kind=\"%s\" has no <%s>; delete it"), kind, choice->element);
      else if (!g_str_equal (choice->element, rule->element))
        add_error (place, choice->line,
                   /* Translators: a kind of question such as “match”, and two XML elements */
                   _("kind=\"%s\" has no <%s>; its answers are <%s>"), kind, choice->element,
                   rule->element);
    }

  if (rule->element != NULL && (item->choices->len < rule->min || item->choices->len > rule->max))
    add_error (place, item->line,
               /* Translators: a kind of question such as “order”, an XML element such as “choice”,
                * and three numbers: how many there are, the least and the most there may be */
               _("a question of kind=\"%s\" with %u <%s>; it needs %u to %u"), kind,
               item->choices->len, rule->element, rule->min, rule->max);
}

/* Which answers are right, where single ones are. */
static void
check_correct (const TomoSourceItem *item, const TomoXmlPlace *place)
{
  unsigned int n_correct = count_correct (item);

  if (item->kind == TOMO_ITEM_SINGLE && n_correct != 1)
    add_error (place, item->line,
               /* Translators: %u is how many choices are marked; correct="yes" and
                * kind="multiple" are literal XML */
               _("%u choices are marked correct=\"yes\"; kind=\"single\" needs exactly one, or "
                  "make it kind=\"multiple\""),
               n_correct);
  else if ((item->kind == TOMO_ITEM_MULTIPLE || item->kind == TOMO_ITEM_HOTSPOT) && n_correct == 0)
    add_error (place, item->line, "%s",
               /* Translators: correct="yes" is literal XML */
               _("no choice is marked correct=\"yes\"; mark the right ones"));
  else if (item->kind == TOMO_ITEM_HOTSPOT && n_correct == item->choices->len)
    add_error (place, item->line, "%s",
               /* Translators: a <region> (literal XML) is a part of a picture that can be tapped */
               _("every <region> is right; add one that is not"));
  else if (item->kind == TOMO_ITEM_ORDER && n_correct > 0)
    add_error (place, item->line, "%s",
               /* Translators: everything in quotation marks and < > is literal XML */
               _("correct=\"yes\" says nothing in kind=\"order\"; write each <choice> in the "
                  "right order, the kiosk shuffles them"));
}

static void
check_regions (const TomoSourceItem *item, const TomoXmlPlace *place)
{
  if (item->picture == NULL)
    add_error (place, item->line, "%s",
               /* Translators: the words in quotation marks are literal XML */
               _("kind=\"hotspot\" needs a picture to tap on; add picture=\"…\""));

  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);
      const TomoRegion *region = &choice->region;

      if (!g_str_equal (choice->element, "region"))
        continue;
      if (region->x + region->width > TOMO_REGION_WHOLE ||
          region->y + region->height > TOMO_REGION_WHOLE)
        add_error (place, choice->line,
                   /* Translators: %s is an id; x, y, width and height are literal XML */
                   _("region “%s” lies outside the picture; x + width and y + height may be "
                      "1000 at most"),
                   choice->id);
      else if (region->width < MIN_REGION_THOUSANDTHS || region->height < MIN_REGION_THOUSANDTHS)
        add_error (place, choice->line,
                   /* Translators: %s is an id, %d a number of thousandths of the picture */
                   _("region “%s” is too small for a finger; make it at least %d wide and high"),
                   choice->id, MIN_REGION_THOUSANDTHS);
    }
}

static void
check_answer (const TomoSourceItem *item, const TomoXmlPlace *place)
{
  gboolean is_statement = item->kind == TOMO_ITEM_TRUE_FALSE;
  gboolean is_number = item->kind == TOMO_ITEM_NUMBER;

  if (is_statement && g_strcmp0 (item->answer, "true") != 0 &&
      g_strcmp0 (item->answer, "false") != 0)
    add_error (place, item->line, "%s",
               /* Translators: everything but “or” is literal XML */
               _("kind=\"true-false\" needs answer=\"true\" or answer=\"false\""));
  else if (is_number && (item->answer == NULL ||
                         !tomo_vocabulary_parse_number (item->answer, TOMO_ITEM_MAX_NUMBER, NULL)))
    add_error (place, item->line,
               /* Translators: the words in quotation marks are literal XML; %u is a number */
               _("kind=\"number\" needs answer=\"…\" with a whole number from 0 to %u"),
               TOMO_ITEM_MAX_NUMBER);
  else if (!is_statement && !is_number && item->answer != NULL)
    add_error (place, item->line, "%s",
               /* Translators: the words in quotation marks and “answer” are literal XML */
               _("“answer” is for kind=\"true-false\" and kind=\"number\" only; mark choices with "
                  "correct=\"yes\""));

  if (item->tolerance == NULL)
    return;
  if (!is_number)
    add_error (place, item->line, "%s",
               /* Translators: the words in quotation marks are literal XML */
               _("“tolerance” is for kind=\"number\" only; delete it"));
  else if (!tomo_vocabulary_parse_number (item->tolerance, TOMO_ITEM_MAX_NUMBER, NULL))
    add_error (place, item->line,
               /* Translators: %s is what the author wrote; tolerance is literal XML */
               _("tolerance=\"%s\" is not a whole number; write by how much an answer may be off"),
               item->tolerance);
}

static void
check_prompt (const TomoSourceText *prompt, const TomoXmlPlace *place)
{
  for (size_t i = 0; i < tomo_fragment_get_n_parts (prompt->fragment); i++)
    if (tomo_fragment_get_part (prompt->fragment, i)->style == TOMO_TEXT_REPORT)
      add_error (place, prompt->line, "%s",
                 /* Translators: <report> and <prompt> are literal XML */
                 _("<report> cannot stand in a <prompt>, which also is the title in lists; put "
                    "it in the <explanation>"));
}

/**
 * tomo_question_check:
 * @item: a question as it was written
 * @place: where mistakes are told
 *
 * Tells what does not make a question of its kind: how many answers, which of them are right,
 * where they are on the picture. A kind that does not exist was told by the grammar.
 */
void
tomo_question_check (const TomoSourceItem *item, const TomoXmlPlace *place)
{
  if (item->prompt != NULL)
    check_prompt (item->prompt, place);
  if (item->kind == TOMO_ITEM_UNKNOWN)
    return;

  check_ids (item, place);
  check_elements (item, place);
  check_correct (item, place);
  check_answer (item, place);
  if (item->kind == TOMO_ITEM_HOTSPOT)
    check_regions (item, place);
}
