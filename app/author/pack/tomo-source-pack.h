/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "author/pack/tomo-findings.h"
#include "author/pack/tomo-fragment.h"
#include "core/content/tomo-item.h"

G_BEGIN_DECLS

/* Far above any pack a person writes: 1,000 items of 1 KiB each are half of it. */
#define TOMO_SOURCE_PACK_MAX_BYTES (2 * 1024 * 1024)

/* One translatable element of pack.xml. */
typedef struct
{
  unsigned int line;
  gboolean is_plain;       /* takes no inline elements */
  char *place;             /* (owned): for translators: ‘tip long-passphrase › step 2’ */
  char *context;           /* (owned) (nullable): becomes the msgctxt */
  char *comment;           /* (owned) (nullable): the author's note for translators */
  unsigned int max_length; /* in letters as a reader counts them; 0 if the author set no limit */
  char *msgid;             /* (owned): well-formed XML fragment */
  TomoFragment *fragment;  /* (owned) */
} TomoSourceText;

typedef struct
{
  unsigned int line;
  char *id;                /* (owned) */
  TomoSourceText *name;    /* (nullable) borrowed from the pack's texts, as all below */
  TomoSourceText *meaning; /* (nullable) */
} TomoSourceTerm;

typedef struct
{
  unsigned int line;
  char *id;              /* (owned) */
  char *href;            /* (owned) */
  char *verified_on;     /* (owned) */
  TomoSourceText *title; /* (nullable) */
} TomoSourceReference;

typedef struct
{
  unsigned int line;
  char *id;            /* (owned) */
  char *src;           /* (owned): relative to the pack folder */
  TomoSourceText *alt; /* (nullable) */
} TomoSourcePicture;

/* A <choice>, a <pair> or a <region>: what a visitor can answer. */
typedef struct
{
  unsigned int line;
  const char *element; /* its name; static */
  char *id;            /* (owned) */
  gboolean is_correct;
  TomoRegion region;        /* of a <region>; all zero if it was wrong */
  TomoSourceText *text;     /* (nullable) */
  TomoSourceText *match;    /* (nullable): of a <pair>: what belongs to @text */
  TomoSourceText *feedback; /* (nullable) */
} TomoSourceChoice;

typedef struct
{
  unsigned int line;
  char *id;          /* (owned) */
  TomoItemKind kind; /* TOMO_ITEM_UNKNOWN if the author wrote none that exists */
  char *topic;       /* (owned): the pack's if the item names none, as the next two */
  char *age;         /* (owned) */
  char *risk;        /* (owned) */
  char *picture;     /* (owned) (nullable): id */
  GStrv sources;     /* (owned): ids */
  char *answer;      /* (owned) (nullable): ‘true’, ‘false’ or a number */
  char *tolerance;   /* (owned) (nullable): by how much a number may be off */
  char *audio;       /* (owned) (nullable): src of its recordings, see tomo-pack-audio.h */
  unsigned int audio_line;
  TomoSourceText *title;        /* (nullable): tips */
  TomoSourceText *summary;      /* (nullable) */
  GPtrArray *steps;             /* (owned) (element-type TomoSourceText) */
  TomoSourceText *prompt;       /* (nullable): questions */
  GPtrArray *choices;           /* (owned) (element-type TomoSourceChoice): as written */
  TomoSourceText *teacher_note; /* (nullable): never on the kiosk, so not among @texts */
  TomoSourceText *explanation;  /* (nullable) */
  GPtrArray *texts;             /* (owned) (element-type TomoSourceText): all of the above */
} TomoSourceItem;

/* pack.xml as it was written, mistakes and all. Immutable once read. What is missing is NULL or
 * empty; tomo_source_pack_read() has told it, and nothing may be compiled then. */
typedef struct
{
  char *folder;          /* (owned): as the caller named it */
  char *file;            /* (owned): of pack.xml, for findings */
  char *id;              /* (owned) */
  char *language;        /* (owned): BCP 47 */
  unsigned int revision; /* 0 if it was wrong */
  char *verified_on;     /* (owned) */
  char *license;         /* (owned) */
  GStrv fallback;        /* (owned) */
  gboolean is_sample;
  gboolean is_sensitive;
  unsigned int line;
  TomoSourceText *title; /* (nullable) */
  GPtrArray *terms;      /* (owned) (element-type TomoSourceTerm) */
  GPtrArray *references; /* (owned) (element-type TomoSourceReference) */
  GPtrArray *pictures;   /* (owned) (element-type TomoSourcePicture) */
  GPtrArray *items;      /* (owned) (element-type TomoSourceItem): as written */
  GPtrArray *texts;      /* (owned) (element-type TomoSourceText): all of them, as written */
} TomoSourcePack;

TomoSourcePack *tomo_source_pack_load (const char *folder, TomoFindings *findings, GError **error);
TomoSourcePack *tomo_source_pack_read (GBytes *bytes, const char *folder, TomoFindings *findings);
void tomo_source_pack_free (TomoSourcePack *self);
const TomoSourceTerm *tomo_source_pack_find_term (const TomoSourcePack *self, const char *id);
const TomoSourceReference *tomo_source_pack_find_reference (const TomoSourcePack *self,
                                                            const char *id);
const TomoSourcePicture *tomo_source_pack_find_picture (const TomoSourcePack *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoSourcePack, tomo_source_pack_free)

G_END_DECLS
