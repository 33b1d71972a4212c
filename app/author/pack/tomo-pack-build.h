/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-pack-folder.h"

G_BEGIN_DECLS

/* One file that building a pack gives: a target of the repository. */
typedef struct
{
  char *path;    /* (owned): ‘jp/packs/accounts/ja.k1.gz’ or ‘jp/media/<sha256>.png’ */
  GBytes *bytes; /* (owned) */
} TomoBuiltFile;

void tomo_built_file_free (TomoBuiltFile *self);

/* What a pack folder gives, checked: the compiled packs of all its languages and its pictures. */
typedef struct
{
  char *id; /* (owned): of the pack */
  unsigned int revision;
  gboolean is_sample;
  GStrv draft_languages; /* (owned): whose PO header says X-Reviewed: no, BCP 47 */
  GPtrArray *files;      /* (owned) (element-type TomoBuiltFile): sorted by path */
} TomoBuiltPack;

void tomo_built_pack_free (TomoBuiltPack *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoBuiltPack, tomo_built_pack_free)

/* Blocking. With errors among @findings this returns NULL and sets TOMO_ERROR_INVALID_DATA. */
TomoBuiltPack *tomo_pack_build (const char *folder,
                                const char *partner,
                                TomoFindings *findings,
                                GCancellable *cancellable,
                                GError **error);
TomoBuiltPack *tomo_pack_build_folder (const TomoPackFolder *folder,
                                       const char *partner,
                                       GHashTable *rendered,
                                       TomoFindings *findings,
                                       GCancellable *cancellable,
                                       GError **error);

G_END_DECLS
