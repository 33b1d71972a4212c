/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *tomo_campaign_logo_load (const char *folder, const char *name, GError **error);

G_END_DECLS
