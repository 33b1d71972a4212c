/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "http-server.h"
#include "tomo-test-repo.h"

G_BEGIN_DECLS

/* The client reads the real clock. */
#define TUF_STAGE_FUTURE "\"2999-01-01T00:00:00Z\""
#define TUF_STAGE_PAST "\"2001-01-01T00:00:00Z\""

/* A repository, all that it ever published, and the client as a program with folders of its own. */
typedef struct
{
  TomoTestRepo *repo;    /* (owned) */
  GPtrArray *roles;      /* (owned) (element-type utf8) */
  GHashTable *published; /* (owned) (element-type utf8 GBytes): by path in URLs */
  GHashTable *answers;   /* (owned) (element-type utf8 utf8): heads of other answers, by path */
  HttpServer *server;    /* (owned) (nullable) */
  char *client;          /* (owned): path of the program */
  char *metadata_dir;    /* (owned) */
  char *target_dir;      /* (owned) */
} TufStage;

void tuf_stage_set_up (TufStage *self, gconstpointer user_data);
void tuf_stage_tear_down (TufStage *self, gconstpointer user_data);

void tuf_stage_delegate (TufStage *self,
                         const char *delegator,
                         const char *role,
                         const char *paths,
                         gboolean is_terminating);
/* Puts one file into the URL space under the name that it has now; @bytes NULL: well signed. */
void tuf_stage_put (TufStage *self, const char *role, GBytes *bytes);
void tuf_stage_put_target (TufStage *self, const char *url_path, const char *contents);
/* Puts all files as they are now; their versions are listed before. */
void tuf_stage_publish (TufStage *self);
/* The same, after raising the versions of @role (nullable), snapshot and timestamp. */
void tuf_stage_publish_next (TufStage *self, const char *role);

/* Gives the client today's root to trust. */
void tuf_stage_init (TufStage *self);
/* These insist on the exit code, and on exactly these requests in this order: paths without
 * ‘/metadata/’, with spaces between them; NULL for any. */
void tuf_stage_refresh (TufStage *self, int code, const char *requests);
void tuf_stage_download (TufStage *self, const char *name, int code, const char *requests);

/* The version of a file that the client keeps; 0 if it keeps none. */
int tuf_stage_get_kept_version (TufStage *self, const char *role);
/* The contents of a downloaded target by its name in the folder, or NULL. */
char *tuf_stage_dup_target (TufStage *self, const char *file_name);

G_END_DECLS
