/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <jansson.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Exit codes are API: scripts and units act on them. */
typedef enum
{
  TOMO_EXIT_OK = 0,
  TOMO_EXIT_FAILED = 1, /* also busy, no space */
  TOMO_EXIT_USAGE = 2,
  TOMO_EXIT_OFFLINE = 3,   /* nothing lost */
  TOMO_EXIT_UNTRUSTED = 4, /* also stale */
  TOMO_EXIT_INVALID = 5,   /* content invalid */
  TOMO_EXIT_PARTLY = 6,    /* some partners kept as before, named */
} TomoExit;

TomoExit tomo_exit_from_error (const GError *error);

/* One call of one command: what is left of its arguments, and where its output goes. */
typedef struct _TomoInvocation TomoInvocation;

/* Returns an exit code without an error, or sets @error (the code then follows from it). */
typedef TomoExit (*TomoCommandFunc) (TomoInvocation *self, GError **error);

typedef struct
{
  const char *name;      /* ‘sync’, or with a group before it: ‘repo sign’ */
  const char *arguments; /* (nullable): marked with N_(): ‘DIR ROLE’ */
  const char *summary;   /* marked with N_() */
  TomoCommandFunc run;
} TomoCommand;

/* Sets G_OPTION_ERROR on misuse, which ends in TOMO_EXIT_USAGE with the command's usage. */
gboolean tomo_invocation_parse (TomoInvocation *self,
                                const GOptionEntry *options,
                                unsigned int min_args,
                                unsigned int max_args,
                                GError **error);
gboolean tomo_invocation_parse_with_json (TomoInvocation *self,
                                          const GOptionEntry *options,
                                          unsigned int min_args,
                                          unsigned int max_args,
                                          GError **error);
/* The same for commands that timers run: adds --verbose, too. */
gboolean tomo_invocation_parse_for_job (TomoInvocation *self,
                                        const GOptionEntry *options,
                                        unsigned int min_args,
                                        unsigned int max_args,
                                        GError **error);
const char *const *tomo_invocation_get_args (TomoInvocation *self);
gboolean tomo_invocation_wants_json (TomoInvocation *self);
gboolean tomo_invocation_is_verbose (TomoInvocation *self);
/* Ctrl+C and SIGTERM cancel it. */
GCancellable *tomo_invocation_get_cancellable (TomoInvocation *self);

void tomo_invocation_print (TomoInvocation *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* That it worked: on a terminal, or with --verbose. */
void tomo_invocation_print_done (TomoInvocation *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
void tomo_invocation_print_error (TomoInvocation *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
/* Takes @tree. */
void tomo_invocation_print_json (TomoInvocation *self, json_t *tree);
/* A line that is overwritten on a terminal and not written at all in a pipe. */
void tomo_invocation_show_progress (TomoInvocation *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

void tomo_invocation_show_transfer (TomoInvocation *self,
                                    unsigned int n_done,
                                    unsigned int n_total,
                                    uint64_t n_bytes,
                                    uint64_t n_bytes_total);

/* A question to the person in front of it, if there is one. */
gboolean tomo_invocation_can_ask (TomoInvocation *self);
char *tomo_invocation_ask (TomoInvocation *self, const char *question, GError **error);

G_END_DECLS
