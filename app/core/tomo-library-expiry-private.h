/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Partners whose content has expired, by what a generation notes of them. */
char **tomo_library_list_expired (GVariant *properties, int64_t now_secs);

G_END_DECLS
