/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/store/tomo-generation.h"
#include "core/tomo-blocks.h"
#include "core/tomo-library-monitor-private.h"
#include "core/tomo-library-preview-private.h"
#include "core/tomo-library.h"
#include "core/tomo-pack-cache-private.h"

G_BEGIN_DECLS

/* For the files named tomo-library-… alone. */
struct _TomoLibrary
{
  GObject parent_instance;

  TomoStore *store;           /* (owned) (nullable): %NULL for previews */
  char *campaign_id;          /* (owned) (not nullable) */
  char *preview_folder;       /* (owned) (nullable) */
  TomoPreview *preview;       /* (owned) (nullable) */
  TomoGeneration *generation; /* (owned) (nullable): %NULL while nothing is stored */
  TomoCampaign *campaign;     /* (owned) (nullable) */
  char **languages;           /* (owned) (not nullable) */
  char **offered;             /* (owned) (nullable): those with enough in them; NULL: not known */
  int64_t updated_secs;
  TomoExpiredContent expired_content;
  int64_t now_secs;         /* zero for the clock */
  char **hidden;            /* (owned) (not nullable): partners whose content has expired */
  TomoPackCache *packs;     /* (owned) (not nullable) */
  TomoBlocks *index_blocks; /* (owned) (nullable): of the index that was opened last */

  TomoLibraryMonitor *monitor; /* (owned) (nullable): while monitoring */
  GSource *expiry_source;      /* (owned) (nullable): while monitoring, if anything gets hidden */
};

/* tomo-library-generation.c: what is current, taken up whole or not at all. */
char **tomo_library_list_hidden (TomoLibrary *self, TomoGeneration *generation);

/* tomo-library-content.c: from an index to what an entry of it stands for. */
TomoBlocks *tomo_library_open_index (TomoLibrary *self, const char *tag, GError **error);
void tomo_library_note_damage (TomoLibrary *self);

G_END_DECLS
