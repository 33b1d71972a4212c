/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Lies beside the packs of a preview and says which card to show. It is written last, so that a
 * change of it means: read all of them again. */
#define TOMO_PREVIEW_CARD_FILE "card.conf"

/* One card of a preview. */
typedef struct
{
  char *language; /* (owned) (not nullable): BCP 47 */
  char *partner;  /* (owned) (not nullable) */
  char *pack;     /* (owned) (not nullable) */
  char *item;     /* (owned) (not nullable) */
  GStrv answer;   /* (owned) (nullable): of a question that is shown with its outcome */
} TomoPreviewCard;

TomoPreviewCard *tomo_preview_card_new (const char *language,
                                        const char *partner,
                                        const char *pack,
                                        const char *item);
void tomo_preview_card_free (TomoPreviewCard *self);
TomoPreviewCard *tomo_preview_card_load (const char *folder, GError **error);
gboolean tomo_preview_card_save (const TomoPreviewCard *self, const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoPreviewCard, tomo_preview_card_free)

G_END_DECLS
