/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-round.h"

typedef struct
{
  char *partner;     /* (owned) (not nullable) */
  char *pack;        /* (owned) (not nullable) */
  char *item;        /* (owned) (not nullable) */
  GPtrArray *answer; /* (owned) (element-type utf8): NULL-terminated; what it means is known to
                      * the widget that asks */
  gboolean is_finished;
  TomoVerdictKind verdict; /* once it is finished */
} Question;

struct _TomoRound
{
  GObject parent_instance;

  char *topic;           /* (owned) (nullable): any */
  GPtrArray *questions;  /* (owned) (element-type Question) */
  unsigned int position; /* of the question on the screen */
};

G_DEFINE_TYPE (TomoRound, tomo_round, G_TYPE_OBJECT)

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->partner);
  g_free (question->pack);
  g_free (question->item);
  g_ptr_array_unref (question->answer);
  g_free (question);
}

static gboolean
find_part (Question *question, const char *part, unsigned int *out_index)
{
  return g_ptr_array_find_with_equal_func (question->answer, part, g_str_equal, out_index);
}

static Question *
get_question (TomoRound *self, unsigned int question)
{
  return (question < self->questions->len) ? g_ptr_array_index (self->questions, question) : NULL;
}

static gboolean
is_right (const Question *question)
{
  return question->is_finished && question->verdict == TOMO_VERDICT_RIGHT;
}

static void
tomo_round_finalize (GObject *object)
{
  TomoRound *self = TOMO_ROUND (object);

  g_clear_pointer (&self->topic, g_free);
  g_clear_pointer (&self->questions, g_ptr_array_unref);

  G_OBJECT_CLASS (tomo_round_parent_class)->finalize (object);
}

static void
tomo_round_class_init (TomoRoundClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tomo_round_finalize;
}

static void
tomo_round_init (TomoRound *self)
{
  self->questions = g_ptr_array_new_with_free_func (question_free);
}

/**
 * tomo_round_new:
 * @topic: (nullable): the topic of all questions, or %NULL for any
 *
 * Returns: (transfer full): a round without questions yet
 */
TomoRound *
tomo_round_new (const char *topic)
{
  TomoRound *self = g_object_new (TOMO_TYPE_ROUND, NULL);
  self->topic = g_strdup (topic);
  return self;
}

static void
add_to_lot (GArray *lot, const TomoIndexTopic *topic)
{
  for (size_t i = 0; i < topic->n_questions; i++)
    {
      size_t position = topic->first_question + i;
      g_array_append_val (lot, position);
    }
}

/* Where the questions stand that may be asked. Sensitive ones are never drawn by lot, and nobody is
 * asked in a foreign language: the index keeps them apart. */
static GArray *
list_lot (TomoIndex *index, const char *topic)
{
  GArray *lot = g_array_new (FALSE, FALSE, sizeof (size_t));

  for (size_t i = 0; i < tomo_index_get_n_topics (index); i++)
    {
      TomoIndexTopic found = tomo_index_get_topic (index, i);
      if (topic == NULL || g_str_equal (found.topic, topic))
        add_to_lot (lot, &found);
    }

  return lot;
}

static void
shuffle (GArray *lot, uint32_t seed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  for (unsigned int i = lot->len; i > 1; i--)
    {
      unsigned int j = (unsigned int) g_rand_int_range (rand, 0, (int) i);
      size_t other = g_array_index (lot, size_t, j);
      g_array_index (lot, size_t, j) = g_array_index (lot, size_t, i - 1);
      g_array_index (lot, size_t, i - 1) = other;
    }
}

/**
 * tomo_round_new_from_index:
 * @index: what there is in the visitor's language
 * @topic: (nullable): the topic of all questions, or %NULL for any
 * @seed: fixes the order of the lot: the same seed, the same order
 * @number: how many rounds came before: each continues where the last one ended
 *
 * Draws up to %TOMO_ROUND_MAX_QUESTIONS questions.
 *
 * Returns: (transfer full): a round, with no questions if there are none
 */
TomoRound *
tomo_round_new_from_index (TomoIndex *index, const char *topic, uint32_t seed, unsigned int number)
{
  TomoRound *self = tomo_round_new (topic);
  g_autoptr(GArray) lot = list_lot (index, topic);
  shuffle (lot, seed);

  unsigned int n_questions = MIN (lot->len, TOMO_ROUND_MAX_QUESTIONS);
  for (unsigned int i = 0; i < n_questions; i++)
    {
      unsigned int at = (number * TOMO_ROUND_MAX_QUESTIONS + i) % lot->len;
      TomoIndexEntry entry;
      if (tomo_index_get_entry (index, g_array_index (lot, size_t, at), &entry))
        tomo_round_add_question (self, entry.partner, entry.pack, entry.item);
    }

  return self;
}

/**
 * tomo_round_get_topic:
 * @self: a round
 *
 * Returns: (transfer none) (nullable): the topic of all its questions
 */
const char *
tomo_round_get_topic (TomoRound *self)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self), NULL);
  return self->topic;
}

/**
 * tomo_round_add_question:
 * @self: a round
 * @partner: id of a partner
 * @pack: id of one of its packs
 * @item: id of a question in the pack
 */
void
tomo_round_add_question (TomoRound *self, const char *partner, const char *pack, const char *item)
{
  g_return_if_fail (TOMO_IS_ROUND (self));

  Question *question = g_new0 (Question, 1);
  question->partner = g_strdup (partner);
  question->pack = g_strdup (pack);
  question->item = g_strdup (item);
  question->answer = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_ptr_array_add (self->questions, question);
}

/**
 * tomo_round_get_n_questions:
 * @self: a round
 *
 * Returns: how many questions it has
 */
unsigned int
tomo_round_get_n_questions (TomoRound *self)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self), 0);
  return self->questions->len;
}

/**
 * tomo_round_get_partner:
 * @self: a round
 * @question: number of a question, from 0
 *
 * Returns: (transfer none): who asks it
 */
const char *
tomo_round_get_partner (TomoRound *self, unsigned int question)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len, NULL);
  return get_question (self, question)->partner;
}

/**
 * tomo_round_get_pack:
 * @self: a round
 * @question: number of a question, from 0
 *
 * Returns: (transfer none): the pack it comes from
 */
const char *
tomo_round_get_pack (TomoRound *self, unsigned int question)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len, NULL);
  return get_question (self, question)->pack;
}

/**
 * tomo_round_get_item:
 * @self: a round
 * @question: number of a question, from 0
 *
 * Returns: (transfer none): its id in the pack
 */
const char *
tomo_round_get_item (TomoRound *self, unsigned int question)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len, NULL);
  return get_question (self, question)->item;
}

/**
 * tomo_round_get_position:
 * @self: a round
 *
 * Returns: number of the question on the screen, from 0
 */
unsigned int
tomo_round_get_position (TomoRound *self)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self), 0);
  return self->position;
}

/**
 * tomo_round_next:
 * @self: a round
 *
 * Goes on to the next question.
 *
 * Returns: %FALSE if this was the last one
 */
gboolean
tomo_round_next (TomoRound *self)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self), FALSE);

  if (self->position + 1 >= self->questions->len)
    return FALSE;

  self->position++;
  return TRUE;
}

/**
 * tomo_round_get_answer:
 * @self: a round
 * @question: number of a question, from 0
 *
 * Returns: (transfer none) (array zero-terminated=1): what the visitor has answered so far, in the
 *    order of answering: ids of choices, or what else the kind of question makes of it
 */
const char *const *
tomo_round_get_answer (TomoRound *self, unsigned int question)
{
  static const char *const nothing[] = { NULL };

  g_return_val_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len, NULL);

  /* An empty GPtrArray has no memory yet, not even for the NULL at its end. */
  const GPtrArray *answer = get_question (self, question)->answer;
  return answer->len > 0 ? (const char *const *) answer->pdata : nothing;
}

/**
 * tomo_round_set_answer:
 * @self: a round
 * @question: number of a question, from 0
 * @answer: (array zero-terminated=1): the answer as a whole
 */
void
tomo_round_set_answer (TomoRound *self, unsigned int question, const char *const *answer)
{
  g_return_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len);

  g_autoptr(GPtrArray) before = get_question (self, question)->answer;
  get_question (self, question)->answer = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  for (size_t i = 0; answer[i] != NULL; i++)
    g_ptr_array_add (get_question (self, question)->answer, g_strdup (answer[i]));
}

/**
 * tomo_round_is_chosen:
 * @self: a round
 * @question: number of a question, from 0
 * @choice: id of a choice
 *
 * Returns: whether the visitor has chosen it
 */
gboolean
tomo_round_is_chosen (TomoRound *self, unsigned int question, const char *choice)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len, FALSE);
  return find_part (get_question (self, question), choice, NULL);
}

/**
 * tomo_round_has_choice:
 * @self: a round
 * @question: number of a question, from 0
 *
 * Returns: whether anything is chosen
 */
gboolean
tomo_round_has_choice (TomoRound *self, unsigned int question)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len, FALSE);
  return get_question (self, question)->answer->len > 0;
}

/**
 * tomo_round_choose:
 * @self: a round
 * @question: number of a question, from 0
 * @choice: id of a choice
 */
void
tomo_round_choose (TomoRound *self, unsigned int question, const char *choice)
{
  g_return_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len);
  if (!tomo_round_is_chosen (self, question, choice))
    g_ptr_array_add (get_question (self, question)->answer, g_strdup (choice));
}

/**
 * tomo_round_unchoose:
 * @self: a round
 * @question: number of a question, from 0
 * @choice: id of a choice
 */
void
tomo_round_unchoose (TomoRound *self, unsigned int question, const char *choice)
{
  unsigned int index = 0;

  g_return_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len);
  if (find_part (get_question (self, question), choice, &index))
    g_ptr_array_remove_index (get_question (self, question)->answer, index);
}

/**
 * tomo_round_finish_question:
 * @self: a round
 * @question: number of a question, from 0
 * @verdict: how right the answer was
 *
 * Notes the answer; it cannot be changed afterwards.
 */
void
tomo_round_finish_question (TomoRound *self, unsigned int question, TomoVerdictKind verdict)
{
  g_return_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len);

  Question *answered = get_question (self, question);
  if (answered->is_finished)
    return;
  answered->is_finished = TRUE;
  answered->verdict = verdict;
}

/**
 * tomo_round_is_finished:
 * @self: a round
 * @question: number of a question, from 0
 *
 * Returns: whether it was answered
 */
gboolean
tomo_round_is_finished (TomoRound *self, unsigned int question)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len, FALSE);
  return get_question (self, question)->is_finished;
}

/**
 * tomo_round_is_right:
 * @self: a round
 * @question: number of a question, from 0
 *
 * Returns: whether it was answered rightly
 */
gboolean
tomo_round_is_right (TomoRound *self, unsigned int question)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len, FALSE);
  return is_right (get_question (self, question));
}

/**
 * tomo_round_get_verdict:
 * @self: a round
 * @question: number of a question that was answered, from 0
 *
 * Returns: how right the answer was
 */
TomoVerdictKind
tomo_round_get_verdict (TomoRound *self, unsigned int question)
{
  g_return_val_if_fail (TOMO_IS_ROUND (self) && question < self->questions->len,
                        TOMO_VERDICT_WRONG);
  return get_question (self, question)->verdict;
}

/**
 * tomo_round_count_finished:
 * @self: a round
 *
 * Returns: how many questions were answered
 */
unsigned int
tomo_round_count_finished (TomoRound *self)
{
  unsigned int n_finished = 0;

  g_return_val_if_fail (TOMO_IS_ROUND (self), 0);
  for (unsigned int i = 0; i < self->questions->len; i++)
    n_finished += get_question (self, i)->is_finished ? 1 : 0;

  return n_finished;
}

/**
 * tomo_round_count_right:
 * @self: a round
 *
 * Returns: how many questions were answered rightly
 */
unsigned int
tomo_round_count_right (TomoRound *self)
{
  unsigned int n_right = 0;

  g_return_val_if_fail (TOMO_IS_ROUND (self), 0);
  for (unsigned int i = 0; i < self->questions->len; i++)
    n_right += is_right (get_question (self, i)) ? 1 : 0;

  return n_right;
}
