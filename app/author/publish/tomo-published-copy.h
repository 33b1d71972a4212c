/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "author/publish/tomo-repository.h"

G_BEGIN_DECLS

/* What a campaign has published, as far as one role is concerned: fetched, verified as a client
 * would, and laid out as a repository, so that all that works on repositories works on it. Each
 * person who signs has one, and trusts nobody else's word for what is public. */
typedef struct _TomoPublishedCopy TomoPublishedCopy;

TomoPublishedCopy *tomo_published_copy_open (const char *folder,
                                             const char *address,
                                             int64_t now_secs,
                                             GCancellable *cancellable,
                                             GError **error);
void tomo_published_copy_free (TomoPublishedCopy *self);
const char *tomo_published_copy_get_newest_root (TomoPublishedCopy *self);
gboolean tomo_published_copy_refresh (TomoPublishedCopy *self,
                                      const char *root_sha256,
                                      const char *role,
                                      GCancellable *cancellable,
                                      GError **error);
gboolean tomo_published_copy_is_signed_today (TomoPublishedCopy *self);
TomoRepository *tomo_published_copy_get_repository (TomoPublishedCopy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPublishedCopy, tomo_published_copy_free)

G_END_DECLS
