/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/pack/tomo-pack-audio.h"
#include "author/pack/tomo-pack-compile.h"
#include "author/pack/tomo-pack-folder.h"
#include "press/tomo-press-pack.h"

/* One language of a pack: which of the tips that are shown in it nobody has read aloud yet. */
typedef struct
{
  TomoInvocation *invocation;
  const TomoSourcePack *pack;
  const char *language;
  const TomoPackCatalog *catalog; /* (nullable): the source language has none */
  unsigned int n_tips;
  unsigned int n_recorded;
  json_t *missing;
} Listing;

/* A tip that is not complete in the language is not shown in it, so nobody need read it. */
static gboolean
is_shown (const Listing *self, const TomoSourceItem *item)
{
  return item->kind == TOMO_ITEM_TIP &&
         tomo_pack_item_is_complete (self->pack, item, self->catalog);
}

static void
look_at (Listing *self, const TomoSourceItem *item)
{
  g_autoptr(GBytes) opus = NULL;

  /* What is wrong with a recording is told by ‘pack check’; here it counts as missing. */
  self->n_tips++;
  if (tomo_pack_audio_load (self->pack, item, self->language, &opus, NULL) && opus != NULL)
    {
      self->n_recorded++;
      return;
    }

  g_autofree char *src = tomo_pack_audio_dup_src (item, self->language);
  json_array_append_new (self->missing, json_pack ("{s:s, s:s?}", "tip", item->id, "file", src));
}

static void
print_listing (const Listing *self)
{
  size_t i;
  json_t *entry;

  /* Translators: begins a part of a list: a language, and numbers of tips that are read aloud and
   * of all tips */
  tomo_invocation_print (self->invocation, _("%-10s %u of %u tips have a recording\n"),
                         self->language, self->n_recorded, self->n_tips);
  json_array_foreach (self->missing, i, entry)
    {
      const char *src = json_string_value (json_object_get (entry, "file"));
      const char *tip = json_string_value (json_object_get (entry, "tip"));

      if (src != NULL)
        /* Translators: a tip without a recording, and the file in which it belongs */
        tomo_invocation_print (self->invocation, _("  %s: record %s\n"), tip, src);
      else
        /* Translators: a tip whose source names no recording; <audio> is literal */
        tomo_invocation_print (self->invocation, _("  %s: has no <audio> yet\n"), tip);
    }
}

static void
list_language (TomoInvocation *self,
               const TomoSourcePack *pack,
               const char *language,
               const TomoPackCatalog *catalog,
               json_t *languages)
{
  Listing listing = { self, pack, language, catalog, 0, 0, json_array () };

  for (unsigned int i = 0; i < pack->items->len; i++)
    if (is_shown (&listing, g_ptr_array_index (pack->items, i)))
      look_at (&listing, g_ptr_array_index (pack->items, i));

  print_listing (&listing);
  json_array_append_new (languages,
                         json_pack ("{s:s, s:i, s:i, s:o}", "language", language, "tips",
                                    (int) listing.n_tips, "recorded", (int) listing.n_recorded,
                                    "missing", listing.missing));
}

/**
 * tomo_press_pack_audio:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack audio DIR`: says for each language which tips nobody has read aloud yet.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_audio (TomoInvocation *self, GError **error)
{
  if (!tomo_invocation_parse_with_json (self, NULL, 1, 1, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoPackFolder) folder =
      tomo_pack_folder_load (tomo_invocation_get_args (self)[0], findings, error);

  if (folder == NULL || tomo_findings_count_errors (findings) > 0)
    {
      tomo_press_pack_print_findings (self, findings);
      return TOMO_EXIT_INVALID;
    }

  const TomoSourcePack *pack = folder->source;
  json_t *languages = json_array ();
  list_language (self, pack, pack->language, NULL, languages);
  for (unsigned int i = 0; i < folder->translations->len; i++)
    {
      const TomoPackTranslation *translation = g_ptr_array_index (folder->translations, i);

      if (translation->catalog != NULL)
        list_language (self, pack, translation->language->tag, translation->catalog, languages);
    }

  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self,
                                json_pack ("{s:s, s:o}", "pack", pack->id, "languages", languages));
  else
    json_decref (languages);

  return TOMO_EXIT_OK;
}
