/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-answers.h"

#include "ui/tomo-choice-answers.h"
#include "ui/tomo-hotspot-answers.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-match-answers.h"
#include "ui/tomo-number-answers.h"
#include "ui/tomo-order-answers.h"

typedef struct
{
  TomoItem *item;   /* (owned) (not nullable) */
  char *language;   /* (owned) (not nullable): the item's */
  TomoRound *round; /* (owned) (not nullable) */
  GBytes *picture;  /* (owned) (nullable): a PNG that was checked */
  unsigned int question;
  TomoLayout layout;
} TomoAnswersPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TomoAnswers, tomo_answers, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static TomoAnswersPrivate *
get_private (TomoAnswers *self)
{
  return tomo_answers_get_instance_private (self);
}

static void
tomo_answers_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tomo_answers_parent_class)->dispose (object);
}

static void
tomo_answers_finalize (GObject *object)
{
  TomoAnswersPrivate *priv = get_private (TOMO_ANSWERS (object));

  g_clear_pointer (&priv->item, tomo_item_unref);
  g_clear_pointer (&priv->language, g_free);
  g_clear_object (&priv->round);
  g_clear_pointer (&priv->picture, g_bytes_unref);

  G_OBJECT_CLASS (tomo_answers_parent_class)->finalize (object);
}

static void
tomo_answers_class_init (TomoAnswersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tomo_answers_dispose;
  object_class->finalize = tomo_answers_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TOMO_TYPE_ANSWERS, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "answers");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tomo_answers_init (TomoAnswers *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

static GType
get_type_of (TomoItemKind kind)
{
  switch (kind)
    {
    case TOMO_ITEM_SINGLE:
    case TOMO_ITEM_MULTIPLE:
    case TOMO_ITEM_TRUE_FALSE:
      return TOMO_TYPE_CHOICE_ANSWERS;
    case TOMO_ITEM_ORDER:
      return TOMO_TYPE_ORDER_ANSWERS;
    case TOMO_ITEM_MATCH:
      return TOMO_TYPE_MATCH_ANSWERS;
    case TOMO_ITEM_NUMBER:
      return TOMO_TYPE_NUMBER_ANSWERS;
    case TOMO_ITEM_HOTSPOT:
      return TOMO_TYPE_HOTSPOT_ANSWERS;
    case TOMO_ITEM_UNKNOWN:
    case TOMO_ITEM_TIP:
    default:
      return G_TYPE_INVALID;
    }
}

/**
 * tomo_answers_new:
 * @item: a question
 * @language: the language it is shown in
 * @round: what was answered
 * @question: its number in @round
 * @picture: (nullable): the picture of @item, checked; a hotspot question needs it
 * @layout: what the window’s size asks for
 *
 * Returns: (transfer floating): what takes the answer to a question of this kind
 */
GtkWidget *
tomo_answers_new (TomoItem *item,
                  const char *language,
                  TomoRound *round,
                  unsigned int question,
                  GBytes *picture,
                  TomoLayout layout)
{
  g_return_val_if_fail (tomo_item_kind_is_question (tomo_item_get_kind (item)), NULL);

  TomoAnswers *self = g_object_new (get_type_of (tomo_item_get_kind (item)), NULL);
  TomoAnswersPrivate *priv = get_private (self);

  priv->item = tomo_item_ref (item);
  priv->language = g_strdup (language);
  priv->round = g_object_ref (round);
  priv->question = question;
  priv->layout = layout;
  priv->picture = (picture != NULL) ? g_bytes_ref (picture) : NULL;
  gtk_widget_set_name (GTK_WIDGET (self), "answers");
  TOMO_ANSWERS_GET_CLASS (self)->show (self);
  return GTK_WIDGET (self);
}

/**
 * tomo_answers_get_item:
 * @self: answers
 *
 * Returns: (transfer none): the question
 */
TomoItem *
tomo_answers_get_item (TomoAnswers *self)
{
  return get_private (self)->item;
}

/**
 * tomo_answers_get_language:
 * @self: answers
 *
 * Returns: (transfer none): the language of the question, in which all of it is said
 */
const char *
tomo_answers_get_language (TomoAnswers *self)
{
  return get_private (self)->language;
}

/**
 * tomo_answers_get_picture:
 * @self: answers
 *
 * Returns: (transfer none) (nullable): the PNG of the question
 */
GBytes *
tomo_answers_get_picture (TomoAnswers *self)
{
  return get_private (self)->picture;
}

/**
 * tomo_answers_get_layout:
 * @self: answers
 *
 * Returns: what the window’s size asks for
 */
TomoLayout
tomo_answers_get_layout (TomoAnswers *self)
{
  return get_private (self)->layout;
}

/**
 * tomo_answers_add:
 * @self: answers
 * @child: (transfer floating): a part of it, put below the others
 */
void
tomo_answers_add (TomoAnswers *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * tomo_answers_get_answer:
 * @self: answers
 *
 * Returns: (transfer none): what was answered so far, in order
 */
const char *const *
tomo_answers_get_answer (TomoAnswers *self)
{
  TomoAnswersPrivate *priv = get_private (self);
  return tomo_round_get_answer (priv->round, priv->question);
}

/**
 * tomo_answers_set_answer:
 * @self: answers
 * @answer: the answer as a whole
 *
 * Notes it, and tells. After the verdict nothing can be changed.
 */
void
tomo_answers_set_answer (TomoAnswers *self, const char *const *answer)
{
  TomoAnswersPrivate *priv = get_private (self);

  if (tomo_answers_is_finished (self))
    return;
  tomo_round_set_answer (priv->round, priv->question, answer);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * tomo_answers_is_chosen:
 * @self: answers
 * @part: an id
 *
 * Returns: whether it is part of the answer
 */
gboolean
tomo_answers_is_chosen (TomoAnswers *self, const char *part)
{
  TomoAnswersPrivate *priv = get_private (self);
  return tomo_round_is_chosen (priv->round, priv->question, part);
}

/**
 * tomo_answers_choose:
 * @self: answers
 * @part: an id
 * @is_chosen: whether it is part of the answer from now on
 *
 * Notes it, and tells. After the verdict nothing can be changed.
 */
void
tomo_answers_choose (TomoAnswers *self, const char *part, gboolean is_chosen)
{
  TomoAnswersPrivate *priv = get_private (self);

  if (tomo_answers_is_finished (self))
    return;
  if (is_chosen)
    tomo_round_choose (priv->round, priv->question, part);
  else
    tomo_round_unchoose (priv->round, priv->question, part);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * tomo_answers_is_finished:
 * @self: answers
 *
 * Returns: whether the verdict was given
 */
gboolean
tomo_answers_is_finished (TomoAnswers *self)
{
  TomoAnswersPrivate *priv = get_private (self);
  return tomo_round_is_finished (priv->round, priv->question);
}

static gboolean
is_sorted (const unsigned int *order, unsigned int n_choices)
{
  for (unsigned int i = 0; i < n_choices; i++)
    if (order[i] != i)
      return FALSE;

  return TRUE;
}

/**
 * tomo_answers_dup_shuffle:
 * @self: answers
 * @may_be_sorted: whether the author's order will do
 *
 * Puts the choices in an order that depends on nothing but the question, so that it is the same
 * after a change of language.
 *
 * Returns: (transfer full): the indices of all choices
 */
unsigned int *
tomo_answers_dup_shuffle (TomoAnswers *self, gboolean may_be_sorted)
{
  TomoItem *item = tomo_answers_get_item (self);
  unsigned int n_choices = (unsigned int) tomo_item_get_n_choices (item);
  unsigned int *order = g_new (unsigned int, n_choices + 1);
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_str_hash (tomo_item_get_id (item)));

  for (unsigned int i = 0; i < n_choices; i++)
    order[i] = i;
  do
    for (unsigned int i = n_choices; i > 1; i--)
      {
        unsigned int j = (unsigned int) g_rand_int_range (rand, 0, (int) i);
        unsigned int other = order[j];
        order[j] = order[i - 1];
        order[i - 1] = other;
      }
  while (!may_be_sorted && n_choices > 1 && is_sorted (order, n_choices));

  return order;
}

/**
 * tomo_answers_get_hint:
 * @self: answers
 *
 * Returns: (transfer none) (nullable): how to answer, in the language of the question
 */
const char *
tomo_answers_get_hint (TomoAnswers *self)
{
  TomoAnswersClass *klass = TOMO_ANSWERS_GET_CLASS (self);
  const char *hint = klass->get_hint != NULL ? klass->get_hint (self) : NULL;

  return hint != NULL ? tomo_i18n_lookup (tomo_answers_get_language (self), NULL, hint) : NULL;
}

/**
 * tomo_answers_is_given:
 * @self: answers
 *
 * Returns: whether there is enough to be judged
 */
gboolean
tomo_answers_is_given (TomoAnswers *self)
{
  TomoAnswersClass *klass = TOMO_ANSWERS_GET_CLASS (self);

  return klass->is_given != NULL ? klass->is_given (self)
                                 : tomo_answers_get_answer (self)[0] != NULL;
}

/**
 * tomo_answers_judge:
 * @self: answers
 *
 * Returns: how right the answer is
 */
TomoVerdictKind
tomo_answers_judge (TomoAnswers *self)
{
  return TOMO_ANSWERS_GET_CLASS (self)->judge (self);
}

/**
 * tomo_answers_show_outcome:
 * @self: answers
 *
 * Ends the answering: says of each part what was right, in word and shape.
 */
void
tomo_answers_show_outcome (TomoAnswers *self)
{
  TOMO_ANSWERS_GET_CLASS (self)->show_outcome (self);
}
