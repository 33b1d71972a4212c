/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who has read which sentences of a translation, and when: po/de.review beside po/de.po. A sentence
 * is named by a digest of original and translation, so that a change of either makes it unread. */
typedef struct _TomoReview TomoReview;

/* One reading. */
typedef struct
{
  char *date;   /* (owned): YYYY-MM-DD */
  char *reader; /* (owned) */
} TomoReading;

TomoReview *tomo_review_new (void);
void tomo_review_free (TomoReview *self);
TomoReview *tomo_review_parse (GBytes *bytes, const char *file, GError **error);
TomoReview *tomo_review_load (const char *po_file, GError **error);
gboolean tomo_review_save (TomoReview *self, const char *po_file, GError **error);
char *tomo_review_dup_file (const char *po_file);
char *tomo_review_dup_digest (const char *context, const char *msgid, const char *msgstr);
const TomoReading *tomo_review_find (TomoReview *self, const char *digest);
gboolean tomo_review_add (TomoReview *self,
                          const char *date,
                          const char *reader,
                          const char *const *digests,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoReview, tomo_review_free)

G_END_DECLS
