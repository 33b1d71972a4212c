/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-scene.h"

#include "core/content/tomo-language.h"
#include "core/tomo-error.h"
#include "ui/tomo-i18n.h"

struct _TomoScene
{
  GObject parent_instance;

  TomoVisit *visit;       /* (owned) */
  TomoSpeaker *speaker;   /* (owned) */
  TomoLibrary *library;   /* (owned) (nullable): no campaign yet */
  TomoIndex *index;       /* (owned) (nullable): nothing to show */
  TomoKioskConfig *kiosk; /* (owned) (not nullable) */
  char **wished;          /* (owned) (nullable): languages to begin in, the best first */
  gboolean shows_unfinished;
  TomoLayout layout;
  TomoGlass glass;
  int height_px;    /* of the window */
  double width_rem; /* of the window, in letters as large as they are */
  uint32_t day;     /* Julian; zero for today */
};

G_DEFINE_TYPE (TomoScene, tomo_scene, G_TYPE_OBJECT)

static void
tomo_scene_dispose (GObject *object)
{
  TomoScene *self = TOMO_SCENE (object);

  g_clear_pointer (&self->index, tomo_index_unref);
  g_clear_object (&self->library);
  g_clear_object (&self->speaker);
  g_clear_object (&self->visit);

  G_OBJECT_CLASS (tomo_scene_parent_class)->dispose (object);
}

static void
tomo_scene_finalize (GObject *object)
{
  tomo_kiosk_config_free (TOMO_SCENE (object)->kiosk);
  g_strfreev (TOMO_SCENE (object)->wished);

  G_OBJECT_CLASS (tomo_scene_parent_class)->finalize (object);
}

static void
tomo_scene_class_init (TomoSceneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tomo_scene_dispose;
  object_class->finalize = tomo_scene_finalize;
}

static void
tomo_scene_init (TomoScene *self)
{
  self->kiosk = tomo_kiosk_config_new ();
  tomo_glass_init (&self->glass);
}

/**
 * tomo_scene_new:
 * @visit: the visitor's state
 *
 * Returns: (transfer full): a scene without a library
 */
TomoScene *
tomo_scene_new (TomoVisit *visit)
{
  g_return_val_if_fail (TOMO_IS_VISIT (visit), NULL);

  TomoScene *self = g_object_new (TOMO_TYPE_SCENE, NULL);
  self->visit = g_object_ref (visit);
  self->speaker = tomo_speaker_new (visit);
  return self;
}

/**
 * tomo_scene_get_visit:
 * @self: a scene
 *
 * Returns: (transfer none): the visitor's state
 */
TomoVisit *
tomo_scene_get_visit (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);
  return self->visit;
}

/**
 * tomo_scene_get_speaker:
 * @self: a scene
 *
 * Returns: (transfer none): what reads aloud
 */
TomoSpeaker *
tomo_scene_get_speaker (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);
  return self->speaker;
}

/**
 * tomo_scene_get_kiosk:
 * @self: a scene
 *
 * Returns: (transfer none): how content is shown on this machine
 */
const TomoKioskConfig *
tomo_scene_get_kiosk (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);
  return self->kiosk;
}

/**
 * tomo_scene_set_kiosk:
 * @self: a scene
 * @kiosk: how content is shown on this machine; it is copied
 *
 * To be called before the first page is built.
 */
void
tomo_scene_set_kiosk (TomoScene *self, const TomoKioskConfig *kiosk)
{
  g_return_if_fail (TOMO_IS_SCENE (self));
  g_return_if_fail (kiosk != NULL);

  TomoKioskConfig *copy = tomo_kiosk_config_copy (kiosk);
  tomo_kiosk_config_free (self->kiosk);
  self->kiosk = copy;
}

/**
 * tomo_scene_get_library:
 * @self: a scene
 *
 * Returns: (transfer none) (nullable): what there is to show
 */
TomoLibrary *
tomo_scene_get_library (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);
  return self->library;
}

/**
 * tomo_scene_set_library:
 * @self: a scene
 * @library: (nullable): what there is to show
 *
 * Takes up another library. Its index is loaded by tomo_scene_load_index().
 */
void
tomo_scene_set_library (TomoScene *self, TomoLibrary *library)
{
  g_return_if_fail (TOMO_IS_SCENE (self));

  g_set_object (&self->library, library);
  g_clear_pointer (&self->index, tomo_index_unref);
}

/**
 * tomo_scene_get_campaign:
 * @self: a scene
 *
 * Returns: (transfer none) (nullable): the campaign
 */
TomoCampaign *
tomo_scene_get_campaign (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);

  if (self->library == NULL || tomo_library_is_empty (self->library))
    return NULL;

  return tomo_library_get_campaign (self->library);
}

static gboolean
is_among (const char *const *languages, const char *tag)
{
  return languages != NULL && g_strv_contains (languages, tag);
}

static gboolean
is_present (TomoScene *self, const char *tag)
{
  return tomo_language_find (tag) != NULL &&
         is_among (tomo_library_get_languages (self->library), tag);
}

/* The operator's order, if the campaign has any of these languages. */
static const char *const *
get_operators_order (TomoScene *self)
{
  for (unsigned int i = 0; self->kiosk->languages != NULL && self->kiosk->languages[i] != NULL; i++)
    {
      if (is_present (self, self->kiosk->languages[i]))
        return (const char *const *) self->kiosk->languages;
    }

  return NULL;
}

/* Those of the content, in the order of the operator or else of the campaign; the ones that the
 * campaign does not mention follow, the ones that an operator does not mention do not. */
static char **
dup_present (TomoScene *self)
{
  const char *const *present = tomo_library_get_languages (self->library);
  const char *const *operators = get_operators_order (self);
  TomoCampaign *campaign = tomo_scene_get_campaign (self);
  const char *const *wished = (operators != NULL)  ? operators
                              : (campaign != NULL) ? tomo_campaign_get_languages (campaign)
                                                   : NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (unsigned int i = 0; wished != NULL && wished[i] != NULL; i++)
    {
      if (is_present (self, wished[i]))
        g_strv_builder_add (builder, wished[i]);
    }
  for (unsigned int i = 0; operators == NULL && present[i] != NULL; i++)
    {
      if (tomo_language_find (present[i]) != NULL && !is_among (wished, present[i]))
        g_strv_builder_add (builder, present[i]);
    }

  return g_strv_builder_end (builder);
}

static gboolean
is_offered (TomoScene *self, const char *tag)
{
  return tomo_library_is_offered (self->library, tag) &&
         (self->shows_unfinished || tomo_i18n_is_whole (tag));
}

/**
 * tomo_scene_set_shows_unfinished:
 * @self: a scene
 * @shows_unfinished: whether languages are offered in which the window lacks words
 *
 * Authors and translators look at what is not finished yet; visitors do not.
 */
void
tomo_scene_set_shows_unfinished (TomoScene *self, gboolean shows_unfinished)
{
  g_return_if_fail (TOMO_IS_SCENE (self));
  self->shows_unfinished = shows_unfinished;
}

/* The language of the content to which this machine is locked; NULL if to none, or to one that the
 * content lacks. */
static const char *
get_locked (TomoScene *self)
{
  return (self->kiosk->language != NULL)
             ? tomo_language_match (self->kiosk->language,
                                    tomo_library_get_languages (self->library))
             : NULL;
}

/**
 * tomo_scene_lacks_locked_language:
 * @self: a scene
 *
 * Says whether there is content, but none in the language to which this machine is locked.
 *
 * Returns: %TRUE if the lock cannot hold
 */
gboolean
tomo_scene_lacks_locked_language (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), FALSE);

  return self->kiosk->language != NULL && self->library != NULL &&
         !tomo_library_is_empty (self->library) && get_locked (self) == NULL;
}

/**
 * tomo_scene_dup_languages:
 * @self: a scene
 *
 * Lists the languages to choose from: those that have enough content and in which the window has
 * all its words, in the order that the operator or the campaign wishes. Where there is no such
 * language yet, all that have any content are listed, so that a campaign can be seen growing. A
 * locked language is alone; but advice in another one is better than none, so a lock to what the
 * content lacks is waived until it is there.
 *
 * Returns: (transfer full) (array zero-terminated=1): tags, none without content
 */
char **
tomo_scene_dup_languages (TomoScene *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);

  if (self->library == NULL || tomo_library_is_empty (self->library))
    return g_new0 (char *, 1);

  const char *locked = get_locked (self);
  if (locked != NULL)
    {
      g_strv_builder_add (builder, locked);
      return g_strv_builder_end (builder);
    }

  g_auto(GStrv) present = dup_present (self);
  for (unsigned int i = 0; present[i] != NULL; i++)
    {
      if (is_offered (self, present[i]))
        g_strv_builder_add (builder, present[i]);
    }

  g_auto(GStrv) offered = g_strv_builder_end (builder);
  return offered[0] != NULL ? g_steal_pointer (&offered) : g_steal_pointer (&present);
}

/**
 * tomo_scene_set_wished_languages:
 * @self: a scene
 * @wished: (array zero-terminated=1): tags in any spelling, the best first
 *
 * Says in which languages a visit had best begin on this machine.
 */
void
tomo_scene_set_wished_languages (TomoScene *self, const char *const *wished)
{
  g_return_if_fail (TOMO_IS_SCENE (self));
  g_return_if_fail (wished != NULL);

  char **copy = g_strdupv ((char **) wished);
  g_strfreev (self->wished);
  self->wished = copy;
}

/**
 * tomo_scene_dup_default_language:
 * @self: a scene
 *
 * Picks the language in which visits begin: of those to choose from, or where there is no content
 * yet, of those that the window speaks.
 *
 * Returns: (transfer full) (nullable): a tag; %NULL if nobody has said what is wished
 */
char *
tomo_scene_dup_default_language (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);

  g_auto(GStrv) offered = tomo_scene_dup_languages (self);
  const char *const *available =
      (offered[0] != NULL) ? (const char *const *) offered : tomo_i18n_get_languages ();

  if (self->wished == NULL)
    return NULL;
  for (unsigned int i = 0; self->wished[i] != NULL; i++)
    {
      const char *match = tomo_language_match (self->wished[i], available);
      if (match != NULL)
        return g_strdup (match);
    }

  return g_strdup ((available[0] != NULL) ? available[0] : "en");
}

/**
 * tomo_scene_get_origin:
 * @self: a scene
 * @partner: id of a partner
 *
 * Says how near a partner is to the people in front of this machine.
 *
 * Returns: the origin of the partner's cards
 */
TomoOrigin
tomo_scene_get_origin (TomoScene *self, const char *partner)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), TOMO_ORIGIN_ABROAD);

  TomoCampaign *campaign = tomo_scene_get_campaign (self);
  const char *territory =
      (campaign != NULL) ? tomo_campaign_get_partner_territory (campaign, partner) : "";

  if (g_str_equal (territory, TOMO_CAMPAIGN_TERRITORY_COMMON))
    return TOMO_ORIGIN_COMMON;

  /* A machine that does not know where it stands tells no country from another. */
  return (self->kiosk->territory == NULL || g_str_equal (territory, self->kiosk->territory))
             ? TOMO_ORIGIN_OWN
             : TOMO_ORIGIN_ABROAD;
}

/**
 * tomo_scene_get_index:
 * @self: a scene
 *
 * Returns: (transfer none) (nullable): what there is in the visitor's language
 */
TomoIndex *
tomo_scene_get_index (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);
  return self->index;
}

/**
 * tomo_scene_load_index:
 * @self: a scene
 * @error: return location for a #GError
 *
 * Opens the index of the visitor's language. On failure there is none, and the error says why.
 *
 * Returns: %TRUE if there is one, or nothing to open one from
 */
gboolean
tomo_scene_load_index (TomoScene *self, GError **error)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), FALSE);

  g_clear_pointer (&self->index, tomo_index_unref);
  if (self->library == NULL || tomo_library_is_empty (self->library))
    return TRUE;

  self->index =
      tomo_library_load_index (self->library, tomo_visit_get_language (self->visit), error);
  return self->index != NULL;
}

/**
 * tomo_scene_has_content:
 * @self: a scene
 *
 * Returns: whether there is anything to show
 */
gboolean
tomo_scene_has_content (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), FALSE);
  return self->index != NULL && tomo_index_get_n_entries (self->index) > 0;
}

/**
 * tomo_scene_load_item:
 * @self: a scene
 * @partner: id of a partner
 * @pack: id of one of its packs
 * @item: id of an item in the pack
 * @out_entry: (out): how the index lists it
 * @out_pack: (out) (optional) (transfer full): the pack it stands in
 * @error: return location for a #GError
 *
 * Loads an item in the best language for the visitor.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if there is no such item (any more), or what
 * tomo_library_load_item() sets.
 *
 * Returns: (transfer full): the item, or %NULL on error
 */
TomoItem *
tomo_scene_load_item (TomoScene *self,
                      const char *partner,
                      const char *pack,
                      const char *item,
                      TomoIndexEntry *out_entry,
                      TomoPack **out_pack,
                      GError **error)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);

  if (self->index == NULL || !tomo_index_find (self->index, partner, pack, item, out_entry))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "there is no item %s/%s/%s", partner,
                   pack, item);
      return NULL;
    }

  return tomo_library_load_item (self->library, out_entry, out_pack, error);
}

TomoLayout
tomo_scene_get_layout (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), TOMO_LAYOUT_LANDSCAPE);
  return self->layout;
}

void
tomo_scene_set_layout (TomoScene *self, TomoLayout layout)
{
  g_return_if_fail (TOMO_IS_SCENE (self));
  self->layout = layout;
}

void
tomo_scene_set_height (TomoScene *self, int height_px)
{
  g_return_if_fail (TOMO_IS_SCENE (self));
  self->height_px = height_px;
}

double
tomo_scene_get_width_rem (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), 0.0);
  return self->width_rem;
}

void
tomo_scene_set_width_rem (TomoScene *self, double width_rem)
{
  g_return_if_fail (TOMO_IS_SCENE (self));
  self->width_rem = width_rem;
}

/**
 * tomo_scene_can_be_lowered:
 * @self: a scene
 *
 * Returns: whether the screen reaches higher than everybody's arm
 */
gboolean
tomo_scene_can_be_lowered (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), FALSE);
  return tomo_glass_get_lowered_px (&self->glass, self->height_px) > 0;
}

/**
 * tomo_scene_get_glass:
 * @self: a scene
 *
 * Returns: (transfer none): what the pages are seen on and touched through
 */
const TomoGlass *
tomo_scene_get_glass (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), NULL);
  return &self->glass;
}

void
tomo_scene_set_glass (TomoScene *self, const TomoGlass *glass)
{
  g_return_if_fail (TOMO_IS_SCENE (self));
  g_return_if_fail (glass != NULL);
  self->glass = *glass;
}

/**
 * tomo_scene_get_day:
 * @self: a scene
 *
 * Gets the day from which the quiz of the day follows.
 *
 * Returns: the Julian day, today unless a test set another
 */
uint32_t
tomo_scene_get_day (TomoScene *self)
{
  g_return_val_if_fail (TOMO_IS_SCENE (self), 0);

  if (self->day != 0)
    return self->day;

  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  GDate today;
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  return g_date_get_julian (&today);
}

void
tomo_scene_set_day (TomoScene *self, uint32_t day)
{
  g_return_if_fail (TOMO_IS_SCENE (self));
  self->day = day;
}
