/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* A tree on a stick that may be formatted with FAT: no modes, no links, no case, no journal. The
 * stick may have been prepared by somebody else, so no symbolic link on it is followed. */
typedef struct _TomoExportFolder TomoExportFolder;

TomoExportFolder *tomo_export_folder_open (const char *base, const char *tree, GError **error);
void tomo_export_folder_free (TomoExportFolder *self);
const char *tomo_export_folder_get_path (TomoExportFolder *self);
GBytes *tomo_export_folder_read (TomoExportFolder *self,
                                 const char *name,
                                 size_t max_bytes,
                                 GError **error);
gboolean tomo_export_folder_write (TomoExportFolder *self,
                                   const char *name,
                                   GBytes *bytes,
                                   gboolean *out_written,
                                   GError **error);
gboolean tomo_export_folder_sync (TomoExportFolder *self, GError **error);
gboolean tomo_export_folder_prune (TomoExportFolder *self, GHashTable *kept, GError **error);
gboolean tomo_export_folder_check_others (TomoExportFolder *self, gboolean is_ours, GError **error);

gboolean tomo_export_check_name (const char *name, uint64_t size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoExportFolder, tomo_export_folder_free)

G_END_DECLS
