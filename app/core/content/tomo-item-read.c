/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-item-private.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-compiled-private.h"
#include "core/tomo-error.h"

static const char *const ages[] = { "all", "child", "teen", "adult", "senior", NULL };
static const char *const risks[] = { "low", "medium", "high", NULL };

static void
choice_clear (gpointer data)
{
  TomoChoice *choice = data;

  g_clear_pointer (&choice->text, tomo_text_unref);
  g_clear_pointer (&choice->feedback, tomo_text_unref);
}

/* One for all: every item has three texts that its kind has no use for. */
static TomoText *
dup_empty_text (void)
{
  static TomoText *empty = NULL;

  if (g_once_init_enter (&empty))
    g_once_init_leave (&empty,
                       tomo_text_new (g_variant_new_array (G_VARIANT_TYPE ("(yss)"), NULL, 0)));

  return tomo_text_ref (empty);
}

static gboolean
check_one_of (const char *value,
              const char *const *values,
              const char *key,
              const char *where,
              GError **error)
{
  if (g_strv_contains (values, value))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: ‘%s’ is ‘%.40s’, not a known one",
               where, key, value);
  return FALSE;
}

static const char *
get_one_of (const TomoCompiledDict *dict,
            const char *key,
            const char *const *values,
            const char *where,
            GError **error)
{
  const char *value = tomo_compiled_get_string (dict, key, NULL, where, error);
  if (value == NULL || !check_one_of (value, values, key, where, error))
    return NULL;

  return value;
}

static TomoText *
read_text (GVariant *runs, const char *key, const char *where, GError **error)
{
  g_autoptr(TomoText) text = tomo_text_new (runs);
  if (!tomo_compiled_check_text (text, key, where, error))
    return NULL;

  return g_steal_pointer (&text);
}

static TomoText *
get_text (const TomoCompiledDict *dict, const char *key, const char *where, GError **error)
{
  g_autoptr(GVariant) runs = tomo_compiled_get (dict, key, TOMO_TEXT_VARIANT_TYPE, where, error);
  if (runs == NULL)
    return NULL;

  return read_text (runs, key, where, error);
}

/* Adds each member of a list of paragraphs to @texts. */
static gboolean
read_texts (GPtrArray *texts, GVariant *list, const char *key, const char *where, GError **error)
{
  size_t n_texts = g_variant_n_children (list);

  for (size_t i = 0; i < n_texts; i++)
    {
      g_autoptr(GVariant) runs = g_variant_get_child_value (list, i);
      TomoText *text = read_text (runs, key, where, error);
      if (text == NULL)
        return FALSE;
      g_ptr_array_add (texts, text);
    }

  return TRUE;
}

static gboolean
check_n_parts (GVariant *parts, const char *key, const char *where, GError **error)
{
  if (g_variant_n_children (parts) <= TOMO_COMPILED_MAX_PARTS)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: ‘%s’ has more than %d members",
               where, key, TOMO_COMPILED_MAX_PARTS);
  return FALSE;
}

static gboolean
read_picture (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  if (!tomo_compiled_find (dict, "picture", "(ss)", &self->picture_pair, where, error))
    return FALSE;
  if (self->picture_pair == NULL)
    return TRUE;

  g_variant_get (self->picture_pair, "(&s&s)", &self->picture, &self->picture_alt);

  return (*self->picture == '\0' ||
          tomo_compiled_check_sha256 (self->picture, "picture", where, error)) &&
         tomo_compiled_check_string (self->picture_alt, "picture", where, error);
}

static gboolean
read_audio (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  const char *audio = tomo_compiled_get_string (dict, "audio", "", where, error);
  if (audio == NULL ||
      (*audio != '\0' && !tomo_compiled_check_sha256 (audio, "audio", where, error)))
    return FALSE;

  self->audio = audio;
  return TRUE;
}

static gboolean
read_sources (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  if (!tomo_compiled_find (dict, "sources", "a(ss)", &self->sources, where, error))
    return FALSE;
  if (self->sources == NULL)
    return TRUE;
  if (!check_n_parts (self->sources, "sources", where, error))
    return FALSE;

  for (size_t i = 0; i < g_variant_n_children (self->sources); i++)
    {
      const char *title;
      const char *href;
      g_variant_get_child (self->sources, i, "(&s&s)", &title, &href);
      if (!tomo_compiled_check_string (title, "sources", where, error) ||
          !tomo_compiled_check_address (href, "sources", where, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_tip (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  g_autoptr(TomoText) summary = get_text (dict, "summary", where, error);
  if (summary == NULL)
    return FALSE;

  g_autoptr(GVariant) steps = tomo_compiled_get (dict, "steps", "aa(yss)", where, error);
  if (steps == NULL || !check_n_parts (steps, "steps", where, error) ||
      !read_texts (self->steps, steps, "steps", where, error))
    return FALSE;

  tomo_text_unref (self->summary);
  self->summary = g_steal_pointer (&summary);

  return TRUE;
}

static gboolean
check_choice (TomoItem *self, const TomoChoice *choice, const char *where, GError **error)
{
  if (!tomo_compiled_check_id (choice->id, "choices", where, error))
    return FALSE;

  for (unsigned int i = 0; i < self->choices->len; i++)
    if (g_str_equal (g_array_index (self->choices, TomoChoice, i).id, choice->id))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: has the choice ‘%s’ twice",
                     where, choice->id);
        return FALSE;
      }

  /* A true-false question has its words from the program, any other must bring them. */
  if ((self->kind == TOMO_ITEM_TRUE_FALSE) == tomo_text_is_empty (choice->text))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: the choice ‘%s’ %s", where,
               choice->id,
               self->kind == TOMO_ITEM_TRUE_FALSE ? "must have no text" : "has no text");
  return FALSE;
}

static gboolean
read_choice (TomoItem *self, GVariant *part, const char *where, GError **error)
{
  g_autoptr(GVariant) id = g_variant_get_child_value (part, 0);
  g_autoptr(GVariant) is_correct = g_variant_get_child_value (part, 1);
  g_autoptr(GVariant) text_runs = g_variant_get_child_value (part, 2);
  g_autoptr(GVariant) feedback_runs = g_variant_get_child_value (part, 3);
  TomoChoice choice = { .id = g_variant_get_string (id, NULL),
                        .is_correct = g_variant_get_boolean (is_correct) };

  g_autoptr(TomoText) text = read_text (text_runs, "choices", where, error);
  if (text == NULL)
    return FALSE;

  g_autoptr(TomoText) feedback = read_text (feedback_runs, "choices", where, error);
  if (feedback == NULL)
    return FALSE;

  choice.text = text;
  choice.feedback = feedback;
  if (!check_choice (self, &choice, where, error))
    return FALSE;

  g_array_append_val (self->choices, choice);
  g_steal_pointer (&text);
  g_steal_pointer (&feedback);

  return TRUE;
}

static unsigned int
count_right_choices (TomoItem *self)
{
  unsigned int n_right = 0;

  for (unsigned int i = 0; i < self->choices->len; i++)
    n_right += g_array_index (self->choices, TomoChoice, i).is_correct ? 1 : 0;

  return n_right;
}

static gboolean
are_true_and_false (TomoItem *self)
{
  for (unsigned int i = 0; i < self->choices->len; i++)
    {
      const TomoChoice *choice = &g_array_index (self->choices, TomoChoice, i);
      if (!g_str_equal (choice->id, "true") && !g_str_equal (choice->id, "false"))
        return FALSE;
    }

  return self->choices->len == 2;
}

/* Of the choices of an order or a match question none is right by itself. */
static const char *
find_mistake (TomoItem *self)
{
  unsigned int n_right = count_right_choices (self);

  if (self->choices->len < 2)
    return "has fewer than two choices";

  switch (self->kind)
    {
    case TOMO_ITEM_TRUE_FALSE:
      if (!are_true_and_false (self))
        return "has choices other than ‘true’ and ‘false’";
      G_GNUC_FALLTHROUGH;
    case TOMO_ITEM_SINGLE:
      return n_right == 1 ? NULL : "does not have exactly one right choice";
    case TOMO_ITEM_MULTIPLE:
    case TOMO_ITEM_HOTSPOT:
      return n_right > 0 ? NULL : "has no right choice";
    case TOMO_ITEM_ORDER:
    case TOMO_ITEM_MATCH:
      return n_right == 0 ? NULL : "marks single choices as right";
    case TOMO_ITEM_NUMBER:
    case TOMO_ITEM_TIP:
    case TOMO_ITEM_UNKNOWN:
    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
read_choices (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  g_autoptr(GVariant) choices =
      tomo_compiled_get (dict, "choices", "a(sba(yss)a(yss))", where, error);
  if (choices == NULL || !check_n_parts (choices, "choices", where, error))
    return FALSE;

  for (size_t i = 0; i < g_variant_n_children (choices); i++)
    {
      g_autoptr(GVariant) part = g_variant_get_child_value (choices, i);
      if (!read_choice (self, part, where, error))
        return FALSE;
    }

  const char *mistake = find_mistake (self);
  if (mistake == NULL)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: %s", where, mistake);
  return FALSE;
}

/* Lists that stand beside the choices, one member for each. */
static GVariant *
get_beside_choices (TomoItem *self,
                    const TomoCompiledDict *dict,
                    const char *key,
                    const char *type,
                    const char *where,
                    GError **error)
{
  g_autoptr(GVariant) list = tomo_compiled_get (dict, key, type, where, error);
  if (list == NULL)
    return NULL;

  if (g_variant_n_children (list) != self->choices->len)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: ‘%s’ does not have one member for each choice", where, key);
      return NULL;
    }

  return g_steal_pointer (&list);
}

static gboolean
read_matches (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  g_autoptr(GVariant) matches =
      get_beside_choices (self, dict, "matches", "aa(yss)", where, error);
  if (matches == NULL)
    return FALSE;

  if (!read_texts (self->matches, matches, "matches", where, error))
    return FALSE;

  for (unsigned int i = 0; i < self->matches->len; i++)
    if (tomo_text_is_empty (g_ptr_array_index (self->matches, i)))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                     "%s: ‘matches’ has an empty member", where);
        return FALSE;
      }

  return TRUE;
}

static gboolean
is_inside (unsigned int start, unsigned int length)
{
  return length > 0 && length <= TOMO_REGION_WHOLE && start <= TOMO_REGION_WHOLE - length;
}

static gboolean
read_regions (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  g_autoptr(GVariant) regions =
      get_beside_choices (self, dict, "regions", "a(uuuu)", where, error);
  if (regions == NULL)
    return FALSE;

  for (size_t i = 0; i < g_variant_n_children (regions); i++)
    {
      uint32_t x, y, width, height;
      g_variant_get_child (regions, i, "(uuuu)", &x, &y, &width, &height);
      if (!is_inside (x, width) || !is_inside (y, height))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: region %u lies outside the picture", where, (unsigned int) i + 1);
          return FALSE;
        }
      TomoRegion region = { x, y, width, height };
      g_array_append_val (self->regions, region);
    }

  if (*self->picture != '\0')
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: has regions but no picture", where);
  return FALSE;
}

static gboolean
read_number (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  g_autoptr(GVariant) number = tomo_compiled_get (dict, "number", "u", where, error);
  if (number == NULL)
    return FALSE;

  g_autoptr(GVariant) tolerance = NULL;
  if (!tomo_compiled_find (dict, "tolerance", "u", &tolerance, where, error))
    return FALSE;

  self->number = g_variant_get_uint32 (number);
  self->tolerance = tolerance != NULL ? g_variant_get_uint32 (tolerance) : 0;
  if (self->number <= TOMO_ITEM_MAX_NUMBER && self->tolerance <= TOMO_ITEM_MAX_NUMBER)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "%s: the answer is a number that nobody can type", where);
  return FALSE;
}

/* What may be answered. */
static gboolean
read_answers (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  if (self->kind == TOMO_ITEM_NUMBER)
    return read_number (self, dict, where, error);

  return read_choices (self, dict, where, error) &&
         (self->kind != TOMO_ITEM_MATCH || read_matches (self, dict, where, error)) &&
         (self->kind != TOMO_ITEM_HOTSPOT || read_regions (self, dict, where, error));
}

static gboolean
read_question (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  g_autoptr(TomoText) prompt = get_text (dict, "prompt", where, error);
  if (prompt == NULL)
    return FALSE;

  g_autoptr(TomoText) explanation = get_text (dict, "explanation", where, error);
  if (explanation == NULL)
    return FALSE;

  if (tomo_text_is_empty (prompt))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: the prompt is empty", where);
      return FALSE;
    }

  tomo_text_unref (self->prompt);
  self->prompt = g_steal_pointer (&prompt);
  tomo_text_unref (self->explanation);
  self->explanation = g_steal_pointer (&explanation);

  return read_answers (self, dict, where, error);
}

static gboolean
read_item (TomoItem *self, const TomoCompiledDict *dict, const char *where, GError **error)
{
  const char *kind = tomo_compiled_get_string (dict, "kind", NULL, where, error);
  if (kind == NULL)
    return FALSE;

  /* What a later version means by its keys is not ours to judge, so nothing else of such an item
   * is read: it hides itself, not its pack. */
  self->kind = tomo_item_kind_from_string (kind);
  if (!tomo_item_kind_is_shown (self->kind))
    return TRUE;

  const char *title = tomo_compiled_get_string (dict, "title", NULL, where, error);
  if (title == NULL)
    return FALSE;
  self->title = title;

  const char *topic = get_one_of (dict, "topic", tomo_topics (), where, error);
  if (topic == NULL)
    return FALSE;
  self->topic = topic;

  const char *age = get_one_of (dict, "age", ages, where, error);
  if (age == NULL)
    return FALSE;
  self->age = age;

  const char *risk = get_one_of (dict, "risk", risks, where, error);
  if (risk == NULL)
    return FALSE;
  self->risk = risk;

  if (!read_picture (self, dict, where, error) || !read_audio (self, dict, where, error) ||
      !read_sources (self, dict, where, error))
    return FALSE;

  if (self->kind == TOMO_ITEM_TIP)
    return read_tip (self, dict, where, error);

  return read_question (self, dict, where, error);
}

/**
 * tomo_item_new:
 * @entry: id and dictionary, serialised and in normal form
 * @where: names the pack, for the message
 * @error: return location for a #GError
 *
 * Reads and checks one item of a compiled pack.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the item
 */
TomoItem *
tomo_item_new (GVariant *entry, const char *where, GError **error)
{
  g_autoptr(TomoItem) self = g_atomic_rc_box_new0 (TomoItem);
  g_autoptr(GVariant) variant = NULL;
  g_auto(TomoCompiledDict) dict = { 0 };

  self->entry = g_variant_ref (entry);
  self->title = self->topic = self->age = self->risk = self->picture = self->picture_alt = "";
  self->audio = "";
  self->summary = dup_empty_text ();
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_text_unref);
  self->prompt = dup_empty_text ();
  self->explanation = dup_empty_text ();
  self->choices = g_array_new (FALSE, FALSE, sizeof (TomoChoice));
  g_array_set_clear_func (self->choices, choice_clear);
  self->matches = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_text_unref);
  self->regions = g_array_new (FALSE, FALSE, sizeof (TomoRegion));
  g_variant_get (entry, "(&s@a{sv})", &self->id, &variant);

  if (!tomo_compiled_check_id (self->id, "item", where, error))
    return NULL;

  g_autofree char *item_where = g_strdup_printf ("%s: item %s", where, self->id);
  if (!tomo_compiled_read_dict (&dict, variant, item_where, error) ||
      !read_item (self, &dict, item_where, error))
    return NULL;

  return g_steal_pointer (&self);
}
