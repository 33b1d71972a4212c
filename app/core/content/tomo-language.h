/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A row of the table generated from CLDR. Static; never freed. */
typedef struct
{
  const char *tag;     /* BCP 47, canonical case: ‘zh-Hans’ */
  const char *posix;   /* name of PO and MO files: ‘zh_CN’ */
  const char *autonym; /* ‘简体中文’ */
  const char *english; /* for operators and logs: ‘Chinese (Simplified)’ */
  const char *script;  /* ISO 15924: ‘Hans’ */
  const char *parent;  /* (nullable): tag of the parent of the same script */
  gboolean is_rtl;
  unsigned int rank; /* order in lists, from 0 */
} TomoLanguage;

const TomoLanguage *tomo_language_list (size_t *out_n_languages);
const TomoLanguage *tomo_language_find (const char *tag);
const TomoLanguage *tomo_language_find_posix (const char *name);
const char *tomo_language_match (const char *tag, const char *const *available);
char **tomo_language_dup_chain (const char *tag, const char *const *fallback, const char *source);

G_END_DECLS
