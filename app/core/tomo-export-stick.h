/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "core/tomo-held.h"

G_BEGIN_DECLS

/* The note beside metadata/ and targets/ that says what an exported tree carries. Nobody signs it,
 * so it can only make a sync want less: a forged one does no more than an empty stick. */
#define TOMO_EXPORT_STICK_NAME "stick.json"
#define TOMO_EXPORT_STICK_MAX_BYTES (64 * 1024)
#define TOMO_EXPORT_FOLDER "tomoshibi"

typedef struct
{
  char *campaign; /* (owned): what the machine that wrote it calls the campaign */
  char *
      timestamp_sha256; /* (owned): of the timestamp.json it belongs to; empty until all is there */
  GStrv partners;       /* (owned) (not nullable) */
  GStrv languages;      /* (owned) (nullable): NULL for all that its partners have */
} TomoExportStick;

TomoExportStick *tomo_export_stick_parse (GBytes *bytes, const char *where, GError **error);
GBytes *tomo_export_stick_build (const TomoExportStick *self);
void tomo_export_stick_free (TomoExportStick *self);

/* Where on a stick the tree of a campaign is, and what it carries. */
gboolean tomo_export_stick_is_tree (const char *path);
char **tomo_export_stick_list_trees (const char *folder, GError **error);
char *tomo_export_stick_find (const char *folder,
                              const char *campaign,
                              GPtrArray *roots,
                              GError **error); /* @roots: (element-type TomoHeldFile) */
gboolean tomo_export_stick_load (const char *tree, TomoExportStick **out_stick, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoExportStick, tomo_export_stick_free)

G_END_DECLS
