/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The group of campaign.conf that says NAME=SENTENCE for each recording audio/NAME.LANGUAGE.opus.
 */
#define TOMO_CAMPAIGN_AUDIO_GROUP "audio"
#define TOMO_CAMPAIGN_AUDIO_FOLDER "audio"

/* A sentence of the program that is read aloud, in one of the languages of a campaign. */
typedef struct
{
  char *language;       /* (owned) */
  const char *sentence; /* in English, as the program has it */
  char
      *file; /* (owned) (nullable): where its recording belongs; NULL if [audio] does not name it */
  GBytes *opus; /* (owned) (nullable): NULL if nobody has recorded it */
} TomoCampaignSentence;

GPtrArray *tomo_campaign_audio_list (GKeyFile *conf,
                                     const char *folder,
                                     const char *const *languages,
                                     GError **error);

G_END_DECLS
