/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was asked for on the command line. */
typedef struct
{
  gboolean is_kiosk;
  gboolean hides_cursor;
  gboolean wants_version;
  char *store;    /* (owned) (nullable): a folder */
  char *campaign; /* (owned) (nullable) */
  char *language; /* (owned) (nullable): BCP 47 */
  char *preview;  /* (owned) (nullable): a folder */
  char *screens;  /* (owned) (nullable): a folder to draw every card of the preview into */
  int width_px;   /* zero: as the screen says */
  int height_px;
} TomoOptions;

TomoOptions *tomo_options_parse (char **arguments, GError **error);
void tomo_options_free (TomoOptions *self);
char *tomo_options_dup_version (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoOptions, tomo_options_free)

G_END_DECLS
