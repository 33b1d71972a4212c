/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-visit.h"

struct _TomoVisit
{
  GObject parent_instance;

  char *default_language; /* (owned) (not nullable) */
  char *language;         /* (owned) (not nullable) */
  unsigned int text_size; /* 0, the usual one, to TOMO_N_TEXT_SIZES - 1 */
  gboolean is_high_contrast;
  gboolean is_still;
  gboolean is_lowered;
  gboolean is_listening;
  unsigned int volume;   /* 1 to TOMO_MAX_VOLUME */
  GPtrArray *places;     /* (owned) (element-type TomoPlace): the way here, never empty */
  TomoRound *round;      /* (owned) (nullable) */
  unsigned int n_rounds; /* rounds begun in this visit */
};

G_DEFINE_TYPE (TomoVisit, tomo_visit, G_TYPE_OBJECT)

typedef enum
{
  PROP_LANGUAGE = 1,
  PROP_TEXT_SIZE,
  PROP_HIGH_CONTRAST,
  PROP_STILL,
  PROP_LOWERED,
  PROP_LISTENING,
  PROP_VOLUME,
} TomoVisitProperty;

static GParamSpec *props[PROP_VOLUME + 1] = { NULL };

typedef enum
{
  SIGNAL_MOVED,
} TomoVisitSignal;

static guint signals[SIGNAL_MOVED + 1] = { 0 };

static void
tomo_visit_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  TomoVisit *self = TOMO_VISIT (object);

  switch ((TomoVisitProperty) property_id)
    {
    case PROP_LANGUAGE:
      g_value_set_string (value, self->language);
      break;
    case PROP_TEXT_SIZE:
      g_value_set_uint (value, self->text_size);
      break;
    case PROP_HIGH_CONTRAST:
      g_value_set_boolean (value, self->is_high_contrast);
      break;
    case PROP_STILL:
      g_value_set_boolean (value, self->is_still);
      break;
    case PROP_LOWERED:
      g_value_set_boolean (value, self->is_lowered);
      break;
    case PROP_LISTENING:
      g_value_set_boolean (value, self->is_listening);
      break;
    case PROP_VOLUME:
      g_value_set_uint (value, self->volume);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_visit_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  TomoVisit *self = TOMO_VISIT (object);

  switch ((TomoVisitProperty) property_id)
    {
    case PROP_LANGUAGE:
      tomo_visit_set_language (self, g_value_get_string (value));
      break;
    case PROP_TEXT_SIZE:
      tomo_visit_set_text_size (self, g_value_get_uint (value));
      break;
    case PROP_HIGH_CONTRAST:
      tomo_visit_set_high_contrast (self, g_value_get_boolean (value));
      break;
    case PROP_STILL:
      tomo_visit_set_still (self, g_value_get_boolean (value));
      break;
    case PROP_LOWERED:
      tomo_visit_set_lowered (self, g_value_get_boolean (value));
      break;
    case PROP_LISTENING:
      tomo_visit_set_listening (self, g_value_get_boolean (value));
      break;
    case PROP_VOLUME:
      tomo_visit_set_volume (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
tomo_visit_dispose (GObject *object)
{
  TomoVisit *self = TOMO_VISIT (object);

  g_clear_object (&self->round);

  G_OBJECT_CLASS (tomo_visit_parent_class)->dispose (object);
}

static void
tomo_visit_finalize (GObject *object)
{
  TomoVisit *self = TOMO_VISIT (object);

  g_clear_pointer (&self->default_language, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->places, g_ptr_array_unref);

  G_OBJECT_CLASS (tomo_visit_parent_class)->finalize (object);
}

static void
tomo_visit_class_init (TomoVisitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tomo_visit_get_property;
  object_class->set_property = tomo_visit_set_property;
  object_class->dispose = tomo_visit_dispose;
  object_class->finalize = tomo_visit_finalize;

  /**
   * TomoVisit:language:
   *
   * The visitor's language, BCP 47, never %NULL.
   */
  props[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, NULL, flags);

  /**
   * TomoVisit:text-size:
   *
   * How many steps larger than usual text is.
   */
  props[PROP_TEXT_SIZE] =
      g_param_spec_uint ("text-size", NULL, NULL, 0, TOMO_N_TEXT_SIZES - 1, 0, flags);

  /**
   * TomoVisit:high-contrast:
   *
   * Whether the visitor asked for strong contrast.
   */
  props[PROP_HIGH_CONTRAST] = g_param_spec_boolean ("high-contrast", NULL, NULL, FALSE, flags);

  /**
   * TomoVisit:still:
   *
   * Whether the visitor asked that nothing moves by itself.
   */
  props[PROP_STILL] = g_param_spec_boolean ("still", NULL, NULL, FALSE, flags);

  /**
   * TomoVisit:lowered:
   *
   * Whether the visitor asked for everything to be within a low reach.
   */
  props[PROP_LOWERED] = g_param_spec_boolean ("lowered", NULL, NULL, FALSE, flags);

  /**
   * TomoVisit:listening:
   *
   * Whether something is being read aloud, so that a visitor who touches nothing is still there.
   * For whoever plays it to set, and to take back.
   */
  props[PROP_LISTENING] = g_param_spec_boolean ("listening", NULL, NULL, FALSE, flags);

  /**
   * TomoVisit:volume:
   *
   * How loud is read aloud.
   */
  props[PROP_VOLUME] =
      g_param_spec_uint ("volume", NULL, NULL, 1, TOMO_MAX_VOLUME, TOMO_USUAL_VOLUME, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /**
   * TomoVisit::moved:
   * @self: a visit
   * @move: a #TomoMove: which way
   *
   * The visitor is at another place now.
   */
  signals[SIGNAL_MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
tomo_visit_init (TomoVisit *self)
{
  self->volume = TOMO_USUAL_VOLUME;
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_place_free);
  g_ptr_array_add (self->places, tomo_place_new (TOMO_PLACE_ATTRACT));
}

/**
 * tomo_visit_new:
 * @default_language: the language that a new visit starts with, until one is chosen
 *
 * Returns: (transfer full): a visit that stands at attract
 */
TomoVisit *
tomo_visit_new (const char *default_language)
{
  g_return_val_if_fail (default_language != NULL, NULL);

  TomoVisit *self = g_object_new (TOMO_TYPE_VISIT, NULL);
  self->default_language = g_strdup (default_language);
  self->language = g_strdup (default_language);
  return self;
}

const char *
tomo_visit_get_language (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), NULL);
  return self->language;
}

void
tomo_visit_set_language (TomoVisit *self, const char *language)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  g_return_if_fail (language != NULL);

  if (g_strcmp0 (self->language, language) == 0)
    return;

  g_free (self->language);
  self->language = g_strdup (language);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LANGUAGE]);
}

/**
 * tomo_visit_set_default_language:
 * @self: a visit
 * @language: a language tag
 *
 * Begins this visit and each after it in @language.
 */
void
tomo_visit_set_default_language (TomoVisit *self, const char *language)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  g_return_if_fail (language != NULL);

  char *copy = g_strdup (language);
  g_free (self->default_language);
  self->default_language = copy;
  tomo_visit_set_language (self, copy);
}

unsigned int
tomo_visit_get_text_size (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), 0);
  return self->text_size;
}

void
tomo_visit_set_text_size (TomoVisit *self, unsigned int text_size)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  g_return_if_fail (text_size < TOMO_N_TEXT_SIZES);

  if (self->text_size == text_size)
    return;

  self->text_size = text_size;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT_SIZE]);
}

/* Sets one of the switches of a visit. */
static void
set_switch (TomoVisit *self, gboolean *value, gboolean new_value, TomoVisitProperty property)
{
  if (*value == new_value)
    return;

  *value = new_value;
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

gboolean
tomo_visit_is_high_contrast (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), FALSE);
  return self->is_high_contrast;
}

void
tomo_visit_set_high_contrast (TomoVisit *self, gboolean is_high_contrast)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  set_switch (self, &self->is_high_contrast, is_high_contrast, PROP_HIGH_CONTRAST);
}

gboolean
tomo_visit_is_still (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), FALSE);
  return self->is_still;
}

void
tomo_visit_set_still (TomoVisit *self, gboolean is_still)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  set_switch (self, &self->is_still, is_still, PROP_STILL);
}

gboolean
tomo_visit_is_lowered (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), FALSE);
  return self->is_lowered;
}

void
tomo_visit_set_lowered (TomoVisit *self, gboolean is_lowered)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  set_switch (self, &self->is_lowered, is_lowered, PROP_LOWERED);
}

gboolean
tomo_visit_is_listening (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), FALSE);
  return self->is_listening;
}

void
tomo_visit_set_listening (TomoVisit *self, gboolean is_listening)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  set_switch (self, &self->is_listening, is_listening, PROP_LISTENING);
}

unsigned int
tomo_visit_get_volume (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), TOMO_USUAL_VOLUME);
  return self->volume;
}

void
tomo_visit_set_volume (TomoVisit *self, unsigned int volume)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  g_return_if_fail (volume >= 1 && volume <= TOMO_MAX_VOLUME);

  if (self->volume == volume)
    return;

  self->volume = volume;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VOLUME]);
}

/**
 * tomo_visit_get_place:
 * @self: a visit
 *
 * Returns: (transfer none): where the visitor is; its scroll and focus may be written to
 */
TomoPlace *
tomo_visit_get_place (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), NULL);
  return g_ptr_array_index (self->places, self->places->len - 1);
}

/**
 * tomo_visit_get_n_places:
 * @self: a visit
 *
 * Returns: how many places the way here has, attract included
 */
unsigned int
tomo_visit_get_n_places (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), 0);
  return self->places->len;
}

static void
emit_moved (TomoVisit *self, TomoMove move)
{
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, (int) move);
}

/**
 * tomo_visit_open:
 * @self: a visit
 * @place: (transfer full): where to go
 *
 * Goes on to @place, from where one can go back.
 */
void
tomo_visit_open (TomoVisit *self, TomoPlace *place)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  g_return_if_fail (place != NULL);

  g_ptr_array_add (self->places, place);
  emit_moved (self, TOMO_MOVE_FORWARD);
}

/**
 * tomo_visit_replace:
 * @self: a visit
 * @place: (transfer full): where to go
 *
 * Goes on to @place in place of the present one: going back skips that.
 */
void
tomo_visit_replace (TomoVisit *self, TomoPlace *place)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  g_return_if_fail (place != NULL);

  g_ptr_array_remove_index (self->places, self->places->len - 1);
  g_ptr_array_add (self->places, place);
  emit_moved (self, TOMO_MOVE_FORWARD);
}

/**
 * tomo_visit_back:
 * @self: a visit
 *
 * Goes back by one place; from home to attract, which ends the visit.
 *
 * Returns: %FALSE if there was nowhere to go back to
 */
gboolean
tomo_visit_back (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), FALSE);

  if (self->places->len < 2)
    return FALSE;

  if (self->places->len == 2 && tomo_visit_get_place (self)->kind == TOMO_PLACE_HOME)
    {
      tomo_visit_reset (self);
      return TRUE;
    }

  g_ptr_array_remove_index (self->places, self->places->len - 1);
  emit_moved (self, TOMO_MOVE_BACK);
  return TRUE;
}

/**
 * tomo_visit_go_home:
 * @self: a visit
 *
 * Goes to home, from anywhere.
 */
void
tomo_visit_go_home (TomoVisit *self)
{
  g_return_if_fail (TOMO_IS_VISIT (self));

  gboolean was_further = self->places->len > 2;
  if (self->places->len > 1)
    g_ptr_array_remove_range (self->places, 1, self->places->len - 1);
  g_ptr_array_add (self->places, tomo_place_new (TOMO_PLACE_HOME));
  g_clear_object (&self->round);
  emit_moved (self, was_further ? TOMO_MOVE_BACK : TOMO_MOVE_FORWARD);
}

/**
 * tomo_visit_reset:
 * @self: a visit
 *
 * Ends the visit. Nothing of it is kept: language, text size, contrast, stillness, the lowered
 * screen, answers and way are as they were before the first touch.
 */
void
tomo_visit_reset (TomoVisit *self)
{
  g_return_if_fail (TOMO_IS_VISIT (self));

  /* The place changes first: with each further change the window builds its page anew, and that
   * had better be attract. */
  g_ptr_array_set_size (self->places, 0);
  g_ptr_array_add (self->places, tomo_place_new (TOMO_PLACE_ATTRACT));
  g_clear_object (&self->round);
  self->n_rounds = 0;

  g_object_freeze_notify (G_OBJECT (self));
  tomo_visit_set_text_size (self, 0);
  tomo_visit_set_high_contrast (self, FALSE);
  tomo_visit_set_still (self, FALSE);
  tomo_visit_set_lowered (self, FALSE);
  tomo_visit_set_listening (self, FALSE);
  tomo_visit_set_volume (self, TOMO_USUAL_VOLUME);
  tomo_visit_set_language (self, self->default_language);
  emit_moved (self, TOMO_MOVE_RESET);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * tomo_visit_get_round:
 * @self: a visit
 *
 * Returns: (transfer none) (nullable): the round of questions under way
 */
TomoRound *
tomo_visit_get_round (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), NULL);
  return self->round;
}

/**
 * tomo_visit_set_round:
 * @self: a visit
 * @round: a round of questions
 *
 * Begins @round; the one before is forgotten.
 */
void
tomo_visit_set_round (TomoVisit *self, TomoRound *round)
{
  g_return_if_fail (TOMO_IS_VISIT (self));
  g_return_if_fail (TOMO_IS_ROUND (round));

  g_set_object (&self->round, round);
}

/**
 * tomo_visit_take_round_number:
 * @self: a visit
 *
 * Counts the rounds of a visit, so that a second one brings other questions.
 *
 * Returns: the number of the round that is about to begin, from 0
 */
unsigned int
tomo_visit_take_round_number (TomoVisit *self)
{
  g_return_val_if_fail (TOMO_IS_VISIT (self), 0);
  return self->n_rounds++;
}
