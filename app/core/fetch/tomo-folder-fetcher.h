/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/fetch/tomo-fetcher.h"

G_BEGIN_DECLS

#define TOMO_TYPE_FOLDER_FETCHER (tomo_folder_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (TomoFolderFetcher, tomo_folder_fetcher, TOMO, FOLDER_FETCHER, TomoFetcher)

TomoFetcher *tomo_folder_fetcher_new (const char *path, GError **error);

G_END_DECLS
