/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The attribute ‘revision’ of pack.xml, changed without touching anything else in the file. */
char *tomo_pack_revision_replace (const char *xml, unsigned int revision, GError **error);
gboolean tomo_pack_revision_write (const char *folder, unsigned int revision, GError **error);

G_END_DECLS
