/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Files as the store reads and writes them: every read limited, every write a step that a test can
 * make fail. Content is public and a kiosk runs as another user than who synchronises, so modes do
 * not follow the umask. */
#define TOMO_STORE_FILE_MODE 0644
#define TOMO_STORE_FOLDER_MODE 0755
#define TOMO_STORE_PRIVATE_MODE 0700

void tomo_store_set_error (GError **error, int errno_value, const char *doing, const char *path);

int tomo_store_file_open (const char *path, size_t *out_size, GError **error);
GBytes *
tomo_store_file_read_part (int fd, size_t offset, size_t size, const char *path, GError **error);
GBytes *tomo_store_file_read (const char *path, size_t max_bytes, GError **error);
char *tomo_store_file_read_link (const char *path, GError **error);
char **
tomo_store_folder_list (const char *path, gboolean (*is_name) (const char *name), GError **error);
gboolean tomo_store_folder_is_empty (const char *path, gboolean *out_is_empty, GError **error);

gboolean tomo_store_file_write_parts (const char *path, GBytes *const *parts, GError **error);
gboolean tomo_store_file_create (const char *path, GBytes *bytes, GError **error);
gboolean tomo_store_file_write (const char *path, GBytes *bytes, GError **error);
gboolean tomo_store_file_rename (const char *from, const char *to, GError **error);
gboolean tomo_store_file_link (const char *target, const char *path, GError **error);
gboolean tomo_store_folder_make (const char *path, unsigned int mode, GError **error);
gboolean tomo_store_folder_sync (const char *path, GError **error);
gboolean tomo_store_sync_all (const char *path, GError **error);
gboolean tomo_store_remove_tree (const char *path, GError **error);

/* For tests: @func is asked before each step of writing, and answers 0 or the errno with which the
 * step shall fail. Set it while nothing is being written. */
typedef int (*TomoStoreFaultFunc) (const char *step, const char *path, gpointer user_data);
void tomo_store_set_fault_func (TomoStoreFaultFunc func, gpointer user_data);

G_END_DECLS
