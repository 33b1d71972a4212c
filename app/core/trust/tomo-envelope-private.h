/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

/* A metadata file whose outside was read and whose inside is not believed yet: what was signed,
 * in its canonical form, and the signatures beside it. */
typedef struct
{
  char *where;            /* (owned): names the file in messages, ‘jp.json’ */
  json_t *tree;           /* (owned): the whole file */
  json_t *signed_part;    /* (not owned): inside tree */
  GBytes *canonical;      /* (owned): what signatures cover */
  GHashTable *signatures; /* (owned) (element-type utf8 GBytes): by key id */
  char *sha256;           /* (owned): of the file as received */
  char *sha512;           /* (owned) */
  size_t size;            /* of the file as received */
} TomoEnvelope;

TomoEnvelope *
tomo_envelope_open (GBytes *bytes, size_t max_bytes, const char *role, GError **error);
void tomo_envelope_free (TomoEnvelope *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoEnvelope, tomo_envelope_free)

G_END_DECLS
