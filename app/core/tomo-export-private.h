/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/store/tomo-generation.h"
#include "core/tomo-held.h"

G_BEGIN_DECLS

/* One file for the stick: out of the store by its hash, or metadata by its bytes. */
typedef struct
{
  char *name;    /* (owned): such as ‘targets/jp/packs/accounts/…’ */
  char *sha256;  /* (owned) (nullable) */
  GBytes *bytes; /* (owned) (nullable) */
  uint64_t size;
} TomoExportFile;

/* Told of each partner that cannot be on the stick. */
typedef void (*TomoExportLeftOutFunc) (const char *partner,
                                       const GError *reason,
                                       gpointer user_data);

/* What goes on a stick, decided before anything is written. */
typedef struct
{
  TomoStore *store;
  const TomoCampaignConfig *campaign;
  TomoHeld *held;                      /* (owned) */
  TomoGeneration *generation;          /* (owned) */
  const char *const *chosen_partners;  /* (nullable) */
  const char *const *chosen_languages; /* (nullable) */
  TomoExportLeftOutFunc left_out_func;
  gpointer user_data;

  GStrv partners;     /* (owned): those that go */
  GStrv languages;    /* (owned) (nullable): %NULL for all */
  GPtrArray *targets; /* (owned) (element-type TomoExportFile) */
  GPtrArray *roles;   /* (owned) (element-type TomoExportFile): what lists another after it */
  GPtrArray *heads;   /* (owned) (element-type TomoExportFile): roots, then timestamp */
} TomoExportPlan;

gboolean tomo_export_plan_make (TomoExportPlan *self, GError **error);
void tomo_export_plan_clear (TomoExportPlan *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TomoExportPlan, tomo_export_plan_clear)

G_END_DECLS
