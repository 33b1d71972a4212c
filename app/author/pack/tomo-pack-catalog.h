/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-fragment.h"
#include "author/pack/tomo-po-file.h"
#include "author/pack/tomo-review.h"

G_BEGIN_DECLS

typedef enum
{
  TOMO_TRANSLATION_MISSING, /* not there, or empty */
  TOMO_TRANSLATION_FUZZY,
  TOMO_TRANSLATION_INVALID, /* there is a finding about it */
  TOMO_TRANSLATION_READY,
} TomoTranslationState;

/* One PO file of a pack, checked. */
typedef struct _TomoPackCatalog TomoPackCatalog;

TomoPoFile *tomo_pack_catalog_open (GBytes *bytes, const char *file, TomoFindings *findings);
TomoPackCatalog *tomo_pack_catalog_new (GBytes *bytes,
                                        const char *file,
                                        const char *posix_language,
                                        TomoFindings *findings);
TomoPackCatalog *tomo_pack_catalog_load (const char *file,
                                         const char *posix_language,
                                         TomoFindings *findings,
                                         GError **error);
TomoPackCatalog *tomo_pack_catalog_new_empty (void);
void tomo_pack_catalog_set (TomoPackCatalog *self,
                            const char *context,
                            const char *msgid,
                            const char *markup);
void tomo_pack_catalog_free (TomoPackCatalog *self);
gboolean tomo_pack_catalog_is_reviewed (const TomoPackCatalog *self);
size_t tomo_pack_catalog_get_n_messages (const TomoPackCatalog *self);
gboolean
tomo_pack_catalog_has (const TomoPackCatalog *self, const char *context, const char *msgid);
TomoTranslationState
tomo_pack_catalog_get_state (const TomoPackCatalog *self, const char *context, const char *msgid);
const char *
tomo_pack_catalog_get_digest (const TomoPackCatalog *self, const char *context, const char *msgid);
const TomoReading *tomo_pack_catalog_find_reading (const TomoPackCatalog *self,
                                                   const char *context,
                                                   const char *msgid);
unsigned int
tomo_pack_catalog_get_line (const TomoPackCatalog *self, const char *context, const char *msgid);
const TomoFragment *
tomo_pack_catalog_lookup (const TomoPackCatalog *self, const char *context, const char *msgid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPackCatalog, tomo_pack_catalog_free)

G_END_DECLS
