/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/pack/tomo-pack-audio.h"
#include "author/pack/tomo-pack-compile.h"
#include "author/pack/tomo-pack-folder.h"
#include "press/tomo-press-pack.h"

/* One language of a pack: which recordings of what is shown in it are there. */
typedef struct
{
  TomoInvocation *invocation;
  const TomoSourcePack *pack;
  const char *language;
  unsigned int n_wanted;
  unsigned int n_recorded;
  json_t *missing;
} Listing;

static void
look_at_recording (Listing *self, const TomoSourceItem *item, const TomoPackRecording *recording)
{
  g_autoptr(GBytes) opus = NULL;

  /* What is wrong with a recording is told by ‘pack check’; here it counts as missing. */
  self->n_wanted++;
  if (tomo_pack_audio_load (self->pack, recording->src, &opus, NULL) && opus != NULL)
    self->n_recorded++;
  else
    json_array_append_new (self->missing,
                           json_pack ("{s:s, s:s}", "item", item->id, "file", recording->src));
}

static void
look_at (Listing *self, const TomoSourceItem *item)
{
  g_autoptr(GPtrArray) list = tomo_pack_audio_list (item, self->language);

  for (unsigned int i = 0; i < list->len; i++)
    look_at_recording (self, item, g_ptr_array_index (list, i));
  if (list->len == 0)
    {
      self->n_wanted++;
      json_array_append_new (self->missing, json_pack ("{s:s}", "item", item->id));
    }
}

static void
print_listing (const Listing *self)
{
  size_t i;
  json_t *entry;

  tomo_invocation_print (self->invocation,
                         /* Translators: begins a part of a list: a language, and numbers of
                          * recordings of tips and questions: those that are there, and those that
                          * there could be; the count for the plural is the last number */
                         ngettext ("%-10s %u of %u recording is there",
                                   "%-10s %u of %u recordings are there", self->n_wanted),
                         self->language, self->n_recorded, self->n_wanted);
  tomo_invocation_print (self->invocation, "\n");
  json_array_foreach (self->missing, i, entry)
    {
      const char *src = json_string_value (json_object_get (entry, "file"));
      const char *item = json_string_value (json_object_get (entry, "item"));

      if (src != NULL)
        /* Translators: a tip or a question without a recording, and the file in which it belongs */
        tomo_invocation_print (self->invocation, _("  %s: record %s\n"), item, src);
      else
        /* Translators: a tip or a question whose source names no recording; <audio> is literal */
        tomo_invocation_print (self->invocation, _("  %s: has no <audio> yet\n"), item);
    }
}

static void
list_language (TomoInvocation *self,
               const TomoSourcePack *pack,
               const char *language,
               const TomoPackCatalog *catalog,
               json_t *languages)
{
  Listing listing = { self, pack, language, 0, 0, json_array () };

  /* What is not complete in the language is not shown in it, so nobody need read it. */
  for (unsigned int i = 0; i < pack->items->len; i++)
    if (tomo_pack_item_is_complete (pack, g_ptr_array_index (pack->items, i), catalog))
      look_at (&listing, g_ptr_array_index (pack->items, i));

  print_listing (&listing);
  json_array_append_new (languages,
                         json_pack ("{s:s, s:i, s:i, s:o}", "language", language, "recordings",
                                    (int) listing.n_wanted, "recorded", (int) listing.n_recorded,
                                    "missing", listing.missing));
}

/**
 * tomo_press_pack_audio:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack audio DIR`: says for each language which recordings of tips and questions are missing.
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
