/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* A web server on the loopback that answers as it is told, good manners or not. */
typedef struct _HttpServer HttpServer;

/* How a reply leaves the server. */
typedef enum
{
  HTTP_REPLY_PLAIN,   /* as it is, and the connection stays open */
  HTTP_REPLY_DROP,    /* as it is, and then the connection is cut */
  HTTP_REPLY_ENDLESS, /* the body again and again, until the other side has enough */
  HTTP_REPLY_DRIP,    /* the head, and then the body in pieces of ten bytes, fifty a second */
  HTTP_REPLY_HANG, /* not at all: the other side has to give up; see http_server_cancel_at_hang() */
  HTTP_REPLY_GATHER, /* as it is, once four requests for this path are under way */
} HttpReplyKind;

HttpServer *http_server_new (void);
void http_server_free (HttpServer *self);
const char *http_server_get_url (HttpServer *self);
void http_server_add (HttpServer *self,
                      const char *path,
                      HttpReplyKind kind,
                      unsigned int n_times,
                      const char *head,
                      const void *body,
                      size_t size);
void http_server_cancel_at_hang (HttpServer *self, GCancellable *cancellable);
unsigned int http_server_count_requests (HttpServer *self, const char *path);
char *http_server_dup_paths (HttpServer *self);
unsigned int http_server_count_connections (HttpServer *self);
char *http_server_dup_last_head (HttpServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HttpServer, http_server_free)

G_END_DECLS
