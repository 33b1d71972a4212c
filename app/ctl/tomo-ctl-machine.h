/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <jansson.h>

#include "core/store/tomo-store.h"
#include "core/tomo-config.h"
#include "core/tomo-library.h"

G_BEGIN_DECLS

/* The entry of --store in a table of options; @path is where it goes. */
/* clang-format off */
#define TOMO_CTL_STORE_OPTION(path) \
  { "store", 0, 0, G_OPTION_ARG_FILENAME, (path), \
    /* Translators: help of the option --store */ \
    N_("The store to work on"), \
    /* Translators: stands for the name of a folder */ \
    N_("DIR") }
/* clang-format on */

/* What every command of tomoctl starts from: the configuration of this machine and its store. */
typedef struct
{
  TomoConfig *config; /* (owned) */
  TomoStore *store;   /* (owned) */
} TomoCtlMachine;

TomoCtlMachine *tomo_ctl_machine_open (const char *store_path, GError **error);
void tomo_ctl_machine_free (TomoCtlMachine *self);
gboolean tomo_ctl_machine_check_owner (TomoCtlMachine *self, GError **error);
GStrv tomo_ctl_machine_dup_campaigns (TomoCtlMachine *self, const char *only, GError **error);
TomoLibrary *
tomo_ctl_machine_open_library (TomoCtlMachine *self, const char *campaign, GError **error);
char *tomo_ctl_dup_hidden (TomoLibrary *library);
const char *tomo_ctl_match_language (TomoLibrary *library, const char *language, GError **error);
gboolean tomo_ctl_check_campaign_name (const char *name, GError **error);
gboolean tomo_ctl_check_languages (GStrv tags, GError **error);
char *tomo_ctl_dup_time (int64_t secs);
json_t *tomo_ctl_json_from_path (const char *path);
json_t *tomo_ctl_json_from_list (const char *const *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoCtlMachine, tomo_ctl_machine_free)

G_END_DECLS
