/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-pack-catalog.h"
#include "author/pack/tomo-source-pack.h"
#include "core/content/tomo-language.h"

G_BEGIN_DECLS

/* One line of po/LINGUAS. */
typedef struct
{
  const TomoLanguage *language;
  unsigned int line;        /* in po/LINGUAS */
  char *file;               /* (owned): of the PO file, as findings name it */
  TomoPackCatalog *catalog; /* (owned) (nullable): NULL if there is no file yet, or none to read */
} TomoPackTranslation;

/* All that a pack folder holds, read and checked. */
typedef struct
{
  TomoSourcePack *source;  /* (owned) */
  GPtrArray *translations; /* (owned) (element-type TomoPackTranslation): in order of LINGUAS */
} TomoPackFolder;

TomoPackFolder *tomo_pack_folder_load (const char *folder, TomoFindings *findings, GError **error);
TomoPackFolder *
tomo_pack_folder_load_source (const char *folder, TomoFindings *findings, GError **error);
void tomo_pack_folder_add_translation (TomoPackFolder *self,
                                       const TomoLanguage *language,
                                       const char *file,
                                       TomoPackCatalog *catalog);
GPtrArray *tomo_pack_folder_list_translations (const TomoSourcePack *source,
                                               TomoFindings *findings);
unsigned int tomo_pack_folder_count_open (const TomoPackFolder *self,
                                          const TomoPackTranslation *translation);
void tomo_pack_folder_free (TomoPackFolder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPackFolder, tomo_pack_folder_free)

G_END_DECLS
