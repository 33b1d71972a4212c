/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-item-private.h"

static const char *const kinds[] = {
  [TOMO_ITEM_UNKNOWN] = "unknown",       [TOMO_ITEM_TIP] = "tip",
  [TOMO_ITEM_SINGLE] = "single",         [TOMO_ITEM_MULTIPLE] = "multiple",
  [TOMO_ITEM_TRUE_FALSE] = "true-false", [TOMO_ITEM_ORDER] = "order",
  [TOMO_ITEM_MATCH] = "match",           [TOMO_ITEM_NUMBER] = "number",
  [TOMO_ITEM_HOTSPOT] = "hotspot",
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == TOMO_N_ITEM_KINDS);

static const char *const topics[] = {
  "passwords",    "mfa",       "phishing",   "updates",  "backups", "wifi",
  "social-media", "scams",     "sextortion", "children", "apps",    "router-iot",
  "bec",          "reporting", "breach",     "deepfake", NULL,
};

static void
item_clear (gpointer data)
{
  TomoItem *self = data;

  g_clear_pointer (&self->summary, tomo_text_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->prompt, tomo_text_unref);
  g_clear_pointer (&self->choices, g_array_unref);
  g_clear_pointer (&self->matches, g_ptr_array_unref);
  g_clear_pointer (&self->regions, g_array_unref);
  g_clear_pointer (&self->explanation, tomo_text_unref);
  g_clear_pointer (&self->whole, g_variant_unref);
}

/**
 * tomo_item_kind_to_string:
 * @kind: a kind
 *
 * Gives the word of the compiled form for @kind.
 *
 * Returns: (transfer none): such as ‘true-false’
 */
const char *
tomo_item_kind_to_string (TomoItemKind kind)
{
  g_return_val_if_fail ((unsigned int) kind < TOMO_N_ITEM_KINDS, kinds[TOMO_ITEM_UNKNOWN]);

  return kinds[kind];
}

/**
 * tomo_item_kind_from_string:
 * @string: foreign text
 *
 * Finds the kind that @string stands for.
 *
 * Returns: the kind, or %TOMO_ITEM_UNKNOWN
 */
TomoItemKind
tomo_item_kind_from_string (const char *string)
{
  g_return_val_if_fail (string != NULL, TOMO_ITEM_UNKNOWN);

  for (int i = TOMO_ITEM_TIP; i < TOMO_N_ITEM_KINDS; i++)
    if (g_str_equal (string, kinds[i]))
      return (TomoItemKind) i;

  return TOMO_ITEM_UNKNOWN;
}

/**
 * tomo_item_kind_is_question:
 * @kind: a kind
 *
 * Tells questions from tips.
 *
 * Returns: %TRUE for every kind of question
 */
gboolean
tomo_item_kind_is_question (TomoItemKind kind)
{
  return kind >= TOMO_ITEM_SINGLE && kind <= TOMO_ITEM_HOTSPOT;
}

/**
 * tomo_item_kind_is_shown:
 * @kind: a kind
 *
 * Tells what this program knows. A later version may know more kinds.
 *
 * Returns: %TRUE if an item of @kind may be listed and opened
 */
gboolean
tomo_item_kind_is_shown (TomoItemKind kind)
{
  return kind >= TOMO_ITEM_TIP && kind <= TOMO_ITEM_HOTSPOT;
}

/**
 * tomo_topics:
 *
 * Lists the topics that an item may have, in the order of the kiosk.
 *
 * Returns: (transfer none): ids, %NULL-terminated
 */
const char *const *
tomo_topics (void)
{
  return topics;
}

/**
 * tomo_item_ref:
 * @self: an item
 *
 * Takes one more reference, in any thread.
 *
 * Returns: (transfer full): @self
 */
TomoItem *
tomo_item_ref (TomoItem *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * tomo_item_unref:
 * @self: (transfer full): an item
 *
 * Gives a reference back, in any thread.
 */
void
tomo_item_unref (TomoItem *self)
{
  g_atomic_rc_box_release_full (self, item_clear);
}

/**
 * tomo_item_get_id:
 * @self: an item
 *
 * Gives the id, unique in the pack.
 *
 * Returns: (transfer none): the id
 */
const char *
tomo_item_get_id (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * tomo_item_get_kind:
 * @self: an item
 *
 * Gives the kind; ask tomo_item_kind_is_shown() before anything else is read from @self.
 *
 * Returns: the kind
 */
TomoItemKind
tomo_item_get_kind (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, TOMO_ITEM_UNKNOWN);

  return self->kind;
}

/**
 * tomo_item_get_title:
 * @self: an item
 *
 * Gives the title; that of a question is its prompt as plain text.
 *
 * Returns: (transfer none): the title
 */
const char *
tomo_item_get_title (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

/**
 * tomo_item_get_topic:
 * @self: an item
 *
 * Gives the topic, one of tomo_topics().
 *
 * Returns: (transfer none): such as ‘phishing’
 */
const char *
tomo_item_get_topic (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->topic;
}

/**
 * tomo_item_get_age:
 * @self: an item
 *
 * Gives the age band.
 *
 * Returns: (transfer none): one of ‘all’, ‘child’, ‘teen’, ‘adult’, ‘senior’
 */
const char *
tomo_item_get_age (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->age;
}

/**
 * tomo_item_get_risk:
 * @self: an item
 *
 * Gives the level of risk.
 *
 * Returns: (transfer none): one of ‘low’, ‘medium’, ‘high’
 */
const char *
tomo_item_get_risk (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->risk;
}

/**
 * tomo_item_get_picture:
 * @self: an item
 *
 * Gives the picture.
 *
 * Returns: (transfer none): its SHA-256, or an empty string if there is none
 */
const char *
tomo_item_get_picture (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->picture;
}

/**
 * tomo_item_get_picture_alt:
 * @self: an item
 *
 * Gives what the picture shows, in words.
 *
 * Returns: (transfer none): the words, or an empty string
 */
const char *
tomo_item_get_picture_alt (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->picture_alt;
}

/**
 * tomo_item_get_audio:
 * @self: an item
 *
 * Gives the recording in which the item is read aloud.
 *
 * Returns: (transfer none): its SHA-256, or an empty string
 */
const char *
tomo_item_get_audio (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->audio;
}

/**
 * tomo_item_get_title_audio:
 * @self: an item
 *
 * Gives the recording of the title alone; that of a question is the recording of its prompt.
 *
 * Returns: (transfer none): its SHA-256, or an empty string
 */
const char *
tomo_item_get_title_audio (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title_audio;
}

/**
 * tomo_item_get_n_recordings:
 * @self: an item
 *
 * Counts the recordings of single paragraphs. tomo_text_get_recording() tells which is whose.
 *
 * Returns: how many there are
 */
size_t
tomo_item_get_n_recordings (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return tomo_piece_count (self->recordings);
}

/**
 * tomo_item_get_recording:
 * @self: an item
 * @index: less than tomo_item_get_n_recordings()
 * @out_part: (out) (optional) (transfer none): what it says, as tomo-pack.h lists it
 *
 * Gives one recording of a paragraph.
 *
 * Returns: (transfer none): its SHA-256
 */
const char *
tomo_item_get_recording (TomoItem *self, size_t index, const char **out_part)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < tomo_item_get_n_recordings (self), NULL);

  TomoPieceReader reader;
  tomo_piece_reader_init (&reader,
                          tomo_piece_get (self->recordings, index, TOMO_PIECE_ALIGN_BYTES));
  const char *part = tomo_piece_reader_take_string (&reader);
  if (out_part != NULL)
    *out_part = part;
  return tomo_piece_reader_take_last_string (&reader);
}

/**
 * tomo_item_get_n_sources:
 * @self: an item
 *
 * Counts the sources.
 *
 * Returns: how many there are
 */
size_t
tomo_item_get_n_sources (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return tomo_piece_count (self->sources);
}

/**
 * tomo_item_get_source:
 * @self: an item
 * @index: less than tomo_item_get_n_sources()
 * @out_title: (out) (transfer none): what the source calls itself
 * @out_href: (out) (transfer none): its address
 *
 * Gives one source.
 */
void
tomo_item_get_source (TomoItem *self, size_t index, const char **out_title, const char **out_href)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (index < tomo_item_get_n_sources (self));

  TomoPieceReader reader;
  tomo_piece_reader_init (&reader, tomo_piece_get (self->sources, index, TOMO_PIECE_ALIGN_BYTES));
  *out_title = tomo_piece_reader_take_string (&reader);
  *out_href = tomo_piece_reader_take_last_string (&reader);
}

/**
 * tomo_item_get_summary:
 * @self: an item
 *
 * Gives the summary of a tip.
 *
 * Returns: (transfer none): a paragraph; empty for questions
 */
TomoText *
tomo_item_get_summary (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->summary;
}

/**
 * tomo_item_get_n_steps:
 * @self: an item
 *
 * Counts the steps of a tip.
 *
 * Returns: how many there are; zero for questions
 */
size_t
tomo_item_get_n_steps (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->steps->len;
}

/**
 * tomo_item_get_step:
 * @self: an item
 * @index: less than tomo_item_get_n_steps()
 *
 * Gives one step of a tip.
 *
 * Returns: (transfer none): a paragraph
 */
TomoText *
tomo_item_get_step (TomoItem *self, size_t index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->steps->len, NULL);

  return g_ptr_array_index (self->steps, index);
}

/**
 * tomo_item_get_prompt:
 * @self: an item
 *
 * Gives what a question asks.
 *
 * Returns: (transfer none): a paragraph; empty for tips
 */
TomoText *
tomo_item_get_prompt (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->prompt;
}

/**
 * tomo_item_get_n_choices:
 * @self: an item
 *
 * Counts the choices of a question.
 *
 * Returns: how many there are; zero for tips
 */
size_t
tomo_item_get_n_choices (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->choices->len;
}

/**
 * tomo_item_get_choice:
 * @self: an item
 * @index: less than tomo_item_get_n_choices()
 *
 * Gives one choice, in the order of the author; that of an order question is the right one.
 *
 * Returns: (transfer none): the choice; it lives as long as @self
 */
const TomoChoice *
tomo_item_get_choice (TomoItem *self, size_t index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->choices->len, NULL);

  return &g_array_index (self->choices, TomoChoice, index);
}

/**
 * tomo_item_get_match:
 * @self: a match question
 * @index: less than tomo_item_get_n_choices()
 *
 * Gives what belongs to one choice.
 *
 * Returns: (transfer none): a paragraph
 */
TomoText *
tomo_item_get_match (TomoItem *self, size_t index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->matches->len, NULL);

  return g_ptr_array_index (self->matches, index);
}

/**
 * tomo_item_get_region:
 * @self: a hotspot question
 * @index: less than tomo_item_get_n_choices()
 *
 * Gives where on the picture one choice is.
 *
 * Returns: (transfer none): a rectangle inside the picture; it lives as long as @self
 */
const TomoRegion *
tomo_item_get_region (TomoItem *self, size_t index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->regions->len, NULL);

  return &g_array_index (self->regions, TomoRegion, index);
}

/**
 * tomo_item_get_number:
 * @self: a number question
 *
 * Gives the right answer, for telling it afterwards.
 *
 * Returns: at most %TOMO_ITEM_MAX_NUMBER
 */
unsigned int
tomo_item_get_number (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->number;
}

/**
 * tomo_item_accepts_number:
 * @self: a number question
 * @number: what a visitor typed
 *
 * Holds an answer against the right one; the author says how far it may be off.
 *
 * Returns: %TRUE if @number is right
 */
gboolean
tomo_item_accepts_number (TomoItem *self, unsigned int number)
{
  g_return_val_if_fail (self != NULL, FALSE);

  unsigned int distance = number > self->number ? number - self->number : self->number - number;
  return self->kind == TOMO_ITEM_NUMBER && distance <= self->tolerance;
}

/**
 * tomo_item_get_explanation:
 * @self: an item
 *
 * Gives what to tell after the answer.
 *
 * Returns: (transfer none): a paragraph; empty for tips
 */
TomoText *
tomo_item_get_explanation (TomoItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->explanation;
}
