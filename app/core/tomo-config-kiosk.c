/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-config-private.h"

#include <string.h>

#include "core/content/tomo-language.h"
#include "core/tomo-pin.h"

/* Defaults of design.md section 11. */
#define IDLE_SECS 60
#define VIEWING_DISTANCE_MM 600

/* The warning stands for twenty seconds; with less than as much before it, it would always stand.
 */
#define MIN_IDLE_SECS 40

static const char *const keys[] = {
  "territory",           "languages", "language",        "pin",
  "idle-secs",           "scale",     "screen-width-mm", "screen-bottom-mm",
  "viewing-distance-mm", NULL,
};

/**
 * tomo_kiosk_config_new:
 *
 * Returns: (transfer full): the defaults
 */
TomoKioskConfig *
tomo_kiosk_config_new (void)
{
  TomoKioskConfig *self = g_new0 (TomoKioskConfig, 1);

  self->idle_secs = IDLE_SECS;
  self->viewing_distance_mm = VIEWING_DISTANCE_MM;
  return self;
}

/**
 * tomo_kiosk_config_copy:
 * @self: settings
 *
 * Returns: (transfer full): the same
 */
TomoKioskConfig *
tomo_kiosk_config_copy (const TomoKioskConfig *self)
{
  TomoKioskConfig *copy = g_new0 (TomoKioskConfig, 1);

  *copy = *self;
  copy->territory = g_strdup (self->territory);
  copy->languages = g_strdupv (self->languages);
  copy->language = g_strdup (self->language);
  copy->pin = g_strdup (self->pin);
  return copy;
}

/**
 * tomo_kiosk_config_free:
 * @self: (transfer full): settings
 */
void
tomo_kiosk_config_free (TomoKioskConfig *self)
{
  g_free (self->territory);
  g_strfreev (self->languages);
  g_free (self->language);
  g_free (self->pin);
  g_free (self);
}

/* An empty value takes back what a weaker layer says. */
static void
merge_string (const TomoConfigGroup *from, const char *key, char **value)
{
  g_autofree char *found = g_key_file_get_string (from->file, from->group, key, NULL);

  if (found == NULL)
    return;
  g_free (*value);
  *value = found[0] != '\0' ? g_steal_pointer (&found) : NULL;
}

static gboolean
merge_territory (TomoKioskConfig *self, const TomoConfigGroup *from, GError **error)
{
  merge_string (from, "territory", &self->territory);
  if (self->territory == NULL ||
      (strlen (self->territory) == 2 && g_ascii_isupper (self->territory[0]) &&
       g_ascii_isupper (self->territory[1])))
    return TRUE;

  return tomo_config_refuse_value (from, "territory", self->territory,
                                   "two capital letters, such as JP", error);
}

static gboolean
check_language (const TomoConfigGroup *from, const char *key, const char *tag, GError **error)
{
  return tomo_language_find (tag) != NULL ||
         tomo_config_refuse_value (from, key, tag, "a language tag, such as pt-BR", error);
}

static gboolean
merge_languages (TomoKioskConfig *self, const TomoConfigGroup *from, GError **error)
{
  merge_string (from, "language", &self->language);
  if (self->language != NULL && !check_language (from, "language", self->language, error))
    return FALSE;

  if (!g_key_file_has_key (from->file, from->group, "languages", NULL))
    return TRUE;

  g_strfreev (self->languages);
  self->languages = g_key_file_get_string_list (from->file, from->group, "languages", NULL, NULL);
  if (self->languages != NULL &&
      (self->languages[0] == NULL || g_str_equal (self->languages[0], "*")))
    g_clear_pointer (&self->languages, g_strfreev);

  for (size_t i = 0; self->languages != NULL && self->languages[i] != NULL; i++)
    if (!check_language (from, "languages", self->languages[i], error))
      return FALSE;

  return TRUE;
}

/* Written as a factor, as desktops do: 1.25. */
static gboolean
merge_scale (TomoKioskConfig *self, const TomoConfigGroup *from, GError **error)
{
  g_autofree char *value = g_key_file_get_string (from->file, from->group, "scale", NULL);
  if (value == NULL)
    return TRUE;

  char *end = NULL;
  double scale = g_ascii_strtod (value, &end);
  if (g_str_equal (value, "auto"))
    scale = 0.0;
  else if (end == value || *end != '\0' || !(scale >= 0.5 && scale <= 5.0))
    return tomo_config_refuse_value (from, "scale", value, "auto, or a factor from 0.5 to 5",
                                     error);

  self->scale_percent = (unsigned int) (scale * 100.0 + 0.5);
  return TRUE;
}

static gboolean
merge_pin (TomoKioskConfig *self, const TomoConfigGroup *from, GError **error)
{
  merge_string (from, "pin", &self->pin);
  if (self->pin == NULL || tomo_pin_is_hash (self->pin))
    return TRUE;

  /* Not the value: it may be the PIN itself, and the message goes into a log. */
  return tomo_config_refuse_value (from, "pin", "…", "what ‘tomoctl pin’ prints", error);
}

/**
 * tomo_kiosk_config_is_locked:
 * @self: settings
 *
 * Says whether whoever looks after the machine has decided what stands on it: then nothing of an
 * account of a user counts in `[kiosk]`, and nothing that is not signed is shown.
 *
 * Returns: %TRUE if there is a fixed language or a PIN
 */
gboolean
tomo_kiosk_config_is_locked (const TomoKioskConfig *self)
{
  return self->language != NULL || self->pin != NULL;
}

/* Reads @from over what weaker layers said. */
gboolean
tomo_kiosk_config_merge (TomoKioskConfig *self, const TomoConfigGroup *from, GError **error)
{
  tomo_config_mention_unknown_keys (from, keys);

  return merge_pin (self, from, error) && merge_territory (self, from, error) &&
         merge_languages (self, from, error) && merge_scale (self, from, error) &&
         tomo_config_merge_number (from, "idle-secs", MIN_IDLE_SECS, 3600, &self->idle_secs,
                                   error) &&
         tomo_config_merge_number (from, "screen-width-mm", 0, 10000, &self->screen_width_mm,
                                   error) &&
         tomo_config_merge_number (from, "screen-bottom-mm", 0, 3000, &self->screen_bottom_mm,
                                   error) &&
         tomo_config_merge_number (from, "viewing-distance-mm", 200, 5000,
                                   &self->viewing_distance_mm, error);
}
