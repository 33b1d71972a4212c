/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The proxy that the environment names. */
typedef struct
{
  char *variable; /* (owned): where it stands, ‘https_proxy’ */
  char *shown;    /* (owned): its address without a password */
  char *host;     /* (owned): that of its address */
} TomoHttpProxy;

TomoHttpProxy *tomo_http_proxy_new_for_url (const char *url);
void tomo_http_proxy_free (TomoHttpProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoHttpProxy, tomo_http_proxy_free)

G_END_DECLS
