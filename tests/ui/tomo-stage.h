/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "ui/tomo-window.h"

G_BEGIN_DECLS

/* A window with content in it, on the display of the test, that tests can walk through. */
typedef struct
{
  char *folder;         /* (owned) (nullable): of the fixture's store */
  TomoLibrary *library; /* (owned) (nullable) */
  TomoVisit *visit;     /* (owned) */
  TomoScene *scene;     /* (owned) */
  TomoWindow *window;   /* (owned) */
} TomoStage;

void tomo_stage_init (int *argc, char ***argv);
TomoStage *tomo_stage_new (int width_px, int height_px);
TomoStage *tomo_stage_new_trial (int width_px, int height_px);
TomoStage *tomo_stage_new_light_trial (int width_px, int height_px);
TomoStage *tomo_stage_new_empty (int width_px, int height_px);
TomoStage *tomo_stage_new_for_library (TomoLibrary *library, int width_px, int height_px);
void tomo_stage_free (TomoStage *self);

void tomo_stage_publish (TomoStage *self);
void tomo_stage_settle (TomoStage *self);
void tomo_stage_activate (TomoStage *self, const char *action, const char *format, ...);
GtkWidget *tomo_stage_find (TomoStage *self, const char *name);
GtkWidget *tomo_stage_find_under (GtkWidget *widget, const char *name);
void tomo_stage_press (TomoStage *self, const char *name);
GtkWidget *tomo_stage_get_choice (TomoStage *self, unsigned int nth);
void tomo_stage_press_choice (TomoStage *self, unsigned int nth);
void tomo_stage_answer (TomoStage *self, unsigned int nth);
void tomo_stage_begin_round (TomoStage *self,
                             const char *partner,
                             const char *first,
                             const char *second);
GdkTexture *tomo_stage_draw (TomoStage *self);

/* Called for each widget on the screen, parents first. */
typedef void (*TomoStageFunc) (GtkWidget *widget, gpointer user_data);
void tomo_stage_foreach (GtkWidget *widget, TomoStageFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoStage, tomo_stage_free)

G_END_DECLS
