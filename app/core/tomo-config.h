/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What becomes of content whose signature has expired and that no news has replaced. */
typedef enum
{
  TOMO_EXPIRED_CONTENT_KEEP, /* shown, labelled with its date */
  TOMO_EXPIRED_CONTENT_HIDE,
} TomoExpiredContent;

/* Limits of design.md section 7, for one partner, unless the configuration says otherwise. */
#define TOMO_CONFIG_MAX_PARTNER_TARGETS 20000
#define TOMO_CONFIG_MAX_PARTNER_MBYTES 512

/* One `[campaign NAME]` of the configuration, design.md section 10. */
typedef struct
{
  char *name;        /* (owned) (not nullable) */
  GStrv urls;        /* (owned) (not nullable): where to fetch, mirrors in order */
  char *root;        /* (owned) (not nullable): path of the first trusted root.json */
  char *root_sha256; /* (owned) (nullable): what that file must hash to, lower-case hex */
  GStrv partners;    /* (owned) (nullable): %NULL for all */
  GStrv languages;   /* (owned) (nullable): BCP 47; %NULL for all */

  unsigned int max_age_days; /* how long ago the hub may have signed; zero for no demand */
  TomoExpiredContent expired_content;
  unsigned int max_partner_targets;
  unsigned int max_partner_mbytes;
} TomoCampaignConfig;

TomoCampaignConfig *tomo_campaign_config_new (const char *name);
TomoCampaignConfig *tomo_campaign_config_copy (const TomoCampaignConfig *self);
void tomo_campaign_config_free (TomoCampaignConfig *self);
GBytes *tomo_campaign_config_load_root (const TomoCampaignConfig *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoCampaignConfig, tomo_campaign_config_free)

/* `[kiosk]`: how content is shown on this machine. */
typedef struct
{
  char *territory; /* (owned) (nullable): whose advice comes first: ISO 3166, ‘JP’ */
  GStrv languages; /* (owned) (nullable): BCP 47, in the order of the start screen; %NULL: the
                    * campaign’s */
  char *language;  /* (owned) (nullable): the only one, where a teacher has locked it */
  char *pin;       /* (owned) (nullable): of the operator, as `tomoctl pin` writes it */
  unsigned int idle_secs;           /* until a menu warns */
  unsigned int scale_percent;       /* 0: from what the display says of its size */
  unsigned int screen_width_mm;     /* of the glass; 0: what the display says */
  unsigned int screen_bottom_mm;    /* from the floor to the glass; 0: not known */
  unsigned int viewing_distance_mm; /* from the eye to the glass */
} TomoKioskConfig;

TomoKioskConfig *tomo_kiosk_config_new (void);
TomoKioskConfig *tomo_kiosk_config_copy (const TomoKioskConfig *self);
void tomo_kiosk_config_free (TomoKioskConfig *self);
gboolean tomo_kiosk_config_is_locked (const TomoKioskConfig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoKioskConfig, tomo_kiosk_config_free)

/* Which layers count. */
typedef enum
{
  TOMO_CONFIG_ALL_LAYERS,
  TOMO_CONFIG_SYSTEM_ONLY, /* a kiosk: nothing a visitor's account could have written */
} TomoConfigLayers;

typedef struct _TomoConfig TomoConfig;

TomoConfig *tomo_config_load (TomoConfigLayers layers, GError **error);
TomoConfig *tomo_config_load_files (const char *const *files, GError **error);
void tomo_config_free (TomoConfig *self);
const char *tomo_config_get_store_path (TomoConfig *self);
const TomoKioskConfig *tomo_config_get_kiosk (TomoConfig *self);
char **tomo_config_list_campaigns (TomoConfig *self);
TomoCampaignConfig *tomo_config_dup_campaign (TomoConfig *self, const char *name, GError **error);

gboolean tomo_config_is_campaign_name (const char *name);
gboolean tomo_config_add_campaign (const TomoCampaignConfig *campaign,
                                   GBytes *root,
                                   char **out_file,
                                   GError **error);
gboolean tomo_config_remove_campaign (const char *name, char **out_file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoConfig, tomo_config_free)

G_END_DECLS
