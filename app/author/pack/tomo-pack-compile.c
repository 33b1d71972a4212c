/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pack-compile.h"

#include <stdint.h>
#include <string.h>

#include "author/pack/tomo-line-breaks.h"
#include "author/pack/tomo-pack-audio.h"
#include "author/pack/tomo-vocabulary.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-gzip.h"

/* What is compiled, and into which language. */
typedef struct
{
  const TomoSourcePack *pack;
  const char *language;
  const TomoPackCatalog *catalog; /* (nullable): the source language has none */
  GHashTable *pictures;           /* SHA-256 by id of the picture */
  GHashTable *audio;              /* SHA-256 by tomo_pack_audio_dup_key() */
} Compiler;

/* NULL if there is no text, or none in the language. */
static const TomoFragment *
get_fragment (const TomoPackCatalog *catalog, const TomoSourceText *text)
{
  if (text == NULL || catalog == NULL)
    return text != NULL ? text->fragment : NULL;

  return tomo_pack_catalog_lookup (catalog, text->context, text->msgid);
}

static gboolean
is_translated (const TomoPackCatalog *catalog, const TomoSourceText *text)
{
  return get_fragment (catalog, text) != NULL;
}

/* A glossary word is shown with its meaning, so the meaning must be there. */
static gboolean
has_meanings (const TomoSourcePack *pack,
              const TomoSourceText *text,
              const TomoPackCatalog *catalog)
{
  for (size_t i = 0; i < tomo_fragment_get_n_parts (text->fragment); i++)
    {
      const TomoFragmentPart *part = tomo_fragment_get_part (text->fragment, i);

      if (part->style != TOMO_TEXT_TERM)
        continue;

      const TomoSourceTerm *term = tomo_source_pack_find_term (pack, part->argument);
      if (term == NULL || !is_translated (catalog, term->meaning))
        return FALSE;
    }

  return TRUE;
}

/**
 * tomo_pack_item_is_complete:
 * @pack: a pack without mistakes
 * @item: one of its items
 * @catalog: (nullable): a translation, or %NULL for the source language
 *
 * Returns: %TRUE if all that is shown with @item is translated: its own texts, the description of
 *    its picture, the titles of its sources, the meanings of the glossary words in it
 */
gboolean
tomo_pack_item_is_complete (const TomoSourcePack *pack,
                            const TomoSourceItem *item,
                            const TomoPackCatalog *catalog)
{
  for (unsigned int i = 0; i < item->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (item->texts, i);

      if (!is_translated (catalog, text) || !has_meanings (pack, text, catalog))
        return FALSE;
    }

  if (item->picture != NULL)
    {
      const TomoSourcePicture *picture = tomo_source_pack_find_picture (pack, item->picture);

      if (picture == NULL || !is_translated (catalog, picture->alt))
        return FALSE;
    }

  for (size_t i = 0; item->sources[i] != NULL; i++)
    {
      const TomoSourceReference *reference =
          tomo_source_pack_find_reference (pack, item->sources[i]);

      if (reference == NULL || !is_translated (catalog, reference->title))
        return FALSE;
    }

  return TRUE;
}

static char *
dup_plain (const Compiler *self, const TomoSourceText *text)
{
  const TomoFragment *fragment = get_fragment (self->catalog, text);

  return fragment != NULL ? tomo_fragment_to_plain (fragment) : g_strdup ("");
}

/* For what stands on the screen by itself, such as a title. */
static GVariant *
compile_string (const Compiler *self, const TomoSourceText *text)
{
  g_autofree char *plain = dup_plain (self, text);

  return g_variant_new_take_string (tomo_line_breaks_add_to_string (self->language, plain));
}

static char *
dup_argument (const Compiler *self, const TomoFragmentPart *part)
{
  if (part->style == TOMO_TEXT_LINK)
    {
      const TomoSourceReference *reference =
          tomo_source_pack_find_reference (self->pack, part->argument);

      return g_strdup (reference != NULL ? reference->href : "");
    }
  if (part->style == TOMO_TEXT_TERM)
    {
      const TomoSourceTerm *term = tomo_source_pack_find_term (self->pack, part->argument);
      g_autofree char *meaning = dup_plain (self, term != NULL ? term->meaning : NULL);

      return tomo_line_breaks_add_to_string (self->language, meaning);
    }

  return g_strdup (part->argument);
}

static GVariant *
compile_text (const Compiler *self, const TomoSourceText *text)
{
  const TomoFragment *fragment = get_fragment (self->catalog, text);
  size_t n_parts = fragment != NULL ? tomo_fragment_get_n_parts (fragment) : 0;
  g_autofree TomoLinePiece *pieces = g_new0 (TomoLinePiece, n_parts + 1);
  GVariantBuilder builder;

  for (size_t i = 0; i < n_parts; i++)
    {
      const TomoFragmentPart *part = tomo_fragment_get_part (fragment, i);

      pieces[i].text = g_strdup (part->text);
      pieces[i].is_fixed = part->style == TOMO_TEXT_CODE;
    }
  tomo_line_breaks_add (self->language, pieces, n_parts);

  g_variant_builder_init (&builder, G_VARIANT_TYPE (TOMO_TEXT_VARIANT_TYPE));
  for (size_t i = 0; i < n_parts; i++)
    {
      const TomoFragmentPart *part = tomo_fragment_get_part (fragment, i);
      g_autofree char *argument = dup_argument (self, part);

      g_variant_builder_add (&builder, "(yss)", (guchar) part->style, pieces[i].text, argument);
      g_free (pieces[i].text);
    }

  return g_variant_builder_end (&builder);
}

static void
add_value (GVariantBuilder *dict, const char *key, GVariant *value)
{
  g_variant_builder_add (dict, "{sv}", key, value);
}

static void
add_string (GVariantBuilder *dict, const char *key, const char *value)
{
  add_value (dict, key, g_variant_new_string (value));
}

static GVariant *
compile_sources (const Compiler *self, const TomoSourceItem *item)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (size_t i = 0; item->sources[i] != NULL; i++)
    {
      const TomoSourceReference *reference =
          tomo_source_pack_find_reference (self->pack, item->sources[i]);

      g_variant_builder_add (&builder, "(@ss)", compile_string (self, reference->title),
                             reference->href);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
compile_steps (const Compiler *self, const TomoSourceItem *item)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa(yss)"));
  for (unsigned int i = 0; i < item->steps->len; i++)
    g_variant_builder_add_value (&builder, compile_text (self, g_ptr_array_index (item->steps, i)));

  return g_variant_builder_end (&builder);
}

static GVariant *
compile_choices (const Compiler *self, const TomoSourceItem *item)
{
  static const char *const answers[] = { "true", "false", NULL };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sba(yss)a(yss))"));
  if (item->kind == TOMO_ITEM_TRUE_FALSE)
    for (size_t i = 0; answers[i] != NULL; i++)
      g_variant_builder_add (&builder, "(sb@a(yss)@a(yss))", answers[i],
                             g_strcmp0 (item->answer, answers[i]) == 0, compile_text (self, NULL),
                             compile_text (self, NULL));

  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *choice = g_ptr_array_index (item->choices, i);

      g_variant_builder_add (&builder, "(sb@a(yss)@a(yss))", choice->id, choice->is_correct,
                             compile_text (self, choice->text),
                             compile_text (self, choice->feedback));
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
compile_matches (const Compiler *self, const TomoSourceItem *item)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa(yss)"));
  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoSourceChoice *pair = g_ptr_array_index (item->choices, i);

      g_variant_builder_add_value (&builder, compile_text (self, pair->match));
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
compile_regions (const TomoSourceItem *item)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(uuuu)"));
  for (unsigned int i = 0; i < item->choices->len; i++)
    {
      const TomoRegion *region =
          &((TomoSourceChoice *) g_ptr_array_index (item->choices, i))->region;

      g_variant_builder_add (&builder, "(uuuu)", region->x, region->y, region->width,
                             region->height);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
compile_number (const char *value)
{
  unsigned int number = 0;

  if (value != NULL)
    tomo_vocabulary_parse_number (value, TOMO_ITEM_MAX_NUMBER, &number);
  return g_variant_new_uint32 (number);
}

static void
compile_answers (const Compiler *self, const TomoSourceItem *item, GVariantBuilder *dict)
{
  if (item->kind == TOMO_ITEM_NUMBER)
    {
      add_value (dict, "number", compile_number (item->answer));
      add_value (dict, "tolerance", compile_number (item->tolerance));
      return;
    }

  add_value (dict, "choices", compile_choices (self, item));
  if (item->kind == TOMO_ITEM_MATCH)
    add_value (dict, "matches", compile_matches (self, item));
  else if (item->kind == TOMO_ITEM_HOTSPOT)
    add_value (dict, "regions", compile_regions (item));
}

/* The whole as one recording, or single paragraphs of it, as far as somebody has made them. */
static void
compile_recordings (const Compiler *self, const TomoSourceItem *item, GVariantBuilder *dict)
{
  g_autoptr(GPtrArray) list = tomo_pack_audio_list (item, self->language);
  g_auto(GVariantBuilder) parts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  unsigned int n_parts = 0;

  for (unsigned int i = 0; i < list->len; i++)
    {
      const TomoPackRecording *recording = g_ptr_array_index (list, i);
      g_autofree char *key = tomo_pack_audio_dup_key (item, recording->part);
      const char *sha256 = g_hash_table_lookup (self->audio, key);

      if (sha256 != NULL && recording->part[0] == '\0')
        add_string (dict, "audio", sha256);
      else if (sha256 != NULL)
        {
          g_variant_builder_add (&parts, "(ss)", recording->part, sha256);
          n_parts++;
        }
    }
  if (n_parts > 0)
    add_value (dict, "recordings", g_variant_builder_end (&parts));
}

static void
add_heard (const Compiler *self, const TomoSourceItem *item, GPtrArray *heard)
{
  g_autoptr(GPtrArray) list = tomo_pack_audio_list (item, self->language);

  for (unsigned int i = 0; i < list->len; i++)
    {
      const TomoPackRecording *recording = g_ptr_array_index (list, i);
      g_autofree char *key = tomo_pack_audio_dup_key (item, recording->part);
      char *sha256 = g_hash_table_lookup (self->audio, key);

      if (sha256 != NULL)
        g_ptr_array_add (heard, sha256);
    }
}

static GVariant *
compile_item (const Compiler *self, const TomoSourceItem *item)
{
  gboolean is_tip = item->kind == TOMO_ITEM_TIP;
  GVariantBuilder dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  add_string (&dict, "kind", tomo_item_kind_to_string (item->kind));
  add_string (&dict, "topic", item->topic);
  add_string (&dict, "age", item->age);
  add_string (&dict, "risk", item->risk);
  add_value (&dict, "title", compile_string (self, is_tip ? item->title : item->prompt));

  if (item->picture != NULL)
    {
      const TomoSourcePicture *picture = tomo_source_pack_find_picture (self->pack, item->picture);
      /* Spoken, never broken into lines: no U+200B. */
      g_autofree char *alt = dup_plain (self, picture->alt);

      add_value (&dict, "picture",
                 g_variant_new ("(ss)", g_hash_table_lookup (self->pictures, picture->id), alt));
    }
  compile_recordings (self, item, &dict);
  if (item->sources[0] != NULL)
    add_value (&dict, "sources", compile_sources (self, item));

  if (is_tip)
    {
      add_value (&dict, "summary", compile_text (self, item->summary));
      add_value (&dict, "steps", compile_steps (self, item));
    }
  else
    {
      add_value (&dict, "prompt", compile_text (self, item->prompt));
      compile_answers (self, item, &dict);
      add_value (&dict, "explanation", compile_text (self, item->explanation));
    }

  return g_variant_builder_end (&dict);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const TomoSourceItem *left = *(const TomoSourceItem *const *) a;
  const TomoSourceItem *right = *(const TomoSourceItem *const *) b;

  return strcmp (left->id, right->id);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Sorts @strings, drops doubles. */
static GVariant *
compile_list (GPtrArray *strings)
{
  GVariantBuilder builder;
  const char *previous = NULL;

  g_ptr_array_sort (strings, compare_strings);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (unsigned int i = 0; i < strings->len; i++)
    {
      const char *string = g_ptr_array_index (strings, i);

      if (g_strcmp0 (string, previous) != 0)
        g_variant_builder_add (&builder, "s", string);
      previous = string;
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
compile_header (const Compiler *self,
                const char *partner,
                GPtrArray *pictures,
                GPtrArray *audio,
                GPtrArray *incomplete)
{
  const TomoSourcePack *pack = self->pack;
  gboolean is_draft = self->catalog != NULL && !tomo_pack_catalog_is_reviewed (self->catalog);
  GVariantBuilder dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  add_string (&dict, "partner", partner);
  add_string (&dict, "pack", pack->id);
  add_string (&dict, "language", self->language);
  add_string (&dict, "source-language", pack->language);
  if (is_translated (self->catalog, pack->title))
    add_value (&dict, "title", compile_string (self, pack->title));
  else
    {
      g_autofree char *title = tomo_fragment_to_plain (pack->title->fragment);

      add_string (&dict, "title", title);
    }
  add_value (&dict, "revision", g_variant_new_uint32 (pack->revision));
  add_string (&dict, "verified-on", pack->verified_on);
  add_string (&dict, "license", pack->license);
  add_value (&dict, "fallback", g_variant_new_strv ((const char *const *) pack->fallback, -1));
  add_value (&dict, "sample", g_variant_new_boolean (pack->is_sample));
  add_value (&dict, "draft", g_variant_new_boolean (is_draft));
  add_value (&dict, "sensitive", g_variant_new_boolean (pack->is_sensitive));
  add_value (&dict, "media", compile_list (pictures));
  if (audio->len > 0)
    add_value (&dict, "audio", compile_list (audio));
  add_value (&dict, "incomplete", compile_list (incomplete));

  return g_variant_builder_end (&dict);
}

/* Little-endian on every machine, so that a pack has one hash. */
static GBytes *
pack_variant (GVariant *variant, GError **error)
{
  g_autoptr(GVariant) sunk = g_variant_ref_sink (variant);
  g_autoptr(GVariant) ordered =
      G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_variant_ref (sunk) : g_variant_byteswap (sunk);
  g_autoptr(GBytes) plain = g_variant_get_data_as_bytes (ordered);

  return tomo_gzip_deflate (plain, error);
}

/**
 * tomo_pack_compile:
 * @pack: a pack without mistakes
 * @partner: whose it is
 * @language: BCP 47
 * @catalog: (nullable): the translation into @language, or %NULL for the source language
 * @pictures: (element-type utf8 utf8): the SHA-256 of each picture in use, by its id
 * @audio: (element-type utf8 utf8): the SHA-256 of each recording in @language, by
 *    tomo_pack_audio_dup_key()
 * @error: return location for a #GError
 *
 * Compiles @pack for one language, as core/content/tomo-pack.h describes it. Items that are not
 * complete in @language are left out and named. The same input gives the same bytes.
 *
 * On failure this sets a #TomoError.
 *
 * Returns: (transfer full) (nullable): the compiled pack; %NULL without an error if no item is
 *    complete
 */
GBytes *
tomo_pack_compile (const TomoSourcePack *pack,
                   const char *partner,
                   const char *language,
                   const TomoPackCatalog *catalog,
                   GHashTable *pictures,
                   GHashTable *audio,
                   GError **error)
{
  g_return_val_if_fail (pack != NULL, NULL);
  g_return_val_if_fail (pack->title != NULL, NULL);

  const Compiler self = { pack, language, catalog, pictures, audio };
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr(GPtrArray) incomplete = g_ptr_array_new ();
  g_autoptr(GPtrArray) shown = g_ptr_array_new ();
  g_autoptr(GPtrArray) heard = g_ptr_array_new ();
  g_auto(GVariantBuilder) items = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  for (unsigned int i = 0; i < pack->items->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (pack->items, i));
  g_ptr_array_sort (sorted, compare_items);

  for (unsigned int i = 0; i < sorted->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (sorted, i);

      if (!tomo_pack_item_is_complete (pack, item, catalog))
        {
          g_ptr_array_add (incomplete, item->id);
          continue;
        }
      if (item->picture != NULL)
        g_ptr_array_add (shown, g_hash_table_lookup (pictures, item->picture));
      add_heard (&self, item, heard);
      g_variant_builder_add (&items, "(s@a{sv})", item->id, compile_item (&self, item));
    }

  if (incomplete->len == sorted->len)
    return NULL;

  return pack_variant (g_variant_new ("(u@a{sv}@a(sa{sv}))", (uint32_t) TOMO_PACK_FORMAT,
                                      compile_header (&self, partner, shown, heard, incomplete),
                                      g_variant_builder_end (&items)),
                       error);
}
