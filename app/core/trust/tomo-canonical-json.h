/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Canonical JSON (OLPC) of the tree as received; what signatures of TUF metadata cover. */
GBytes *tomo_canonical_json_encode (json_t *tree, GError **error);

G_END_DECLS
