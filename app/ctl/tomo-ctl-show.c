/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/content/tomo-language.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "ctl/tomo-ctl-machine.h"

/* `[CAMPAIGN:]PARTNER/PACK`, design.md section 10. */
typedef struct
{
  char *campaign; /* (owned) (nullable) */
  char *partner;  /* (owned) */
  char *pack;     /* (owned) */
} PackId;

static void
pack_id_clear (PackId *self)
{
  g_free (self->campaign);
  g_free (self->partner);
  g_free (self->pack);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PackId, pack_id_clear)

static gboolean
pack_id_parse (PackId *self, const char *text, GError **error)
{
  const char *colon = strchr (text, ':');
  const char *rest = colon != NULL ? colon + 1 : text;
  const char *slash = strchr (rest, '/');

  if (slash == NULL || slash == rest || slash[1] == '\0' || strchr (slash + 1, '/') != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "‘%s’ does not name a pack; write PARTNER/PACK as ‘tomoctl list’ prints it",
                   text);
      return FALSE;
    }

  self->campaign = colon != NULL ? g_strndup (text, (size_t) (colon - text)) : NULL;
  self->partner = g_strndup (rest, (size_t) (slash - rest));
  self->pack = g_strdup (slash + 1);
  return TRUE;
}

/* Like tomo_text_dup_plain(), but says where the kiosk would name whom to tell. */
static char *
dup_readable (TomoText *text)
{
  g_autoptr(GString) string = g_string_new (NULL);

  for (size_t i = 0; i < tomo_text_get_n_runs (text); i++)
    {
      TomoTextRun run = tomo_text_get_run (text, i);
      if (run.style == TOMO_TEXT_REPORT)
        g_string_append_printf (string, "[report: %s]", run.argument);
      else
        g_string_append (string, run.text);
    }

  return g_string_free (g_steal_pointer (&string), FALSE);
}

static void
print_text (TomoInvocation *invocation, const char *prefix, TomoText *text)
{
  g_autofree char *plain = dup_readable (text);
  if (plain[0] != '\0')
    tomo_invocation_print (invocation, "%s%s\n", prefix, plain);
}

static json_t *
json_from_text (TomoText *text)
{
  g_autofree char *plain = dup_readable (text);
  return json_string (plain);
}

static json_t *
show_tip (TomoInvocation *invocation, TomoItem *item)
{
  json_t *steps = json_array ();

  print_text (invocation, "  ", tomo_item_get_summary (item));
  for (size_t i = 0; i < tomo_item_get_n_steps (item); i++)
    {
      g_autofree char *number = g_strdup_printf ("  %" G_GSIZE_FORMAT ". ", i + 1);
      print_text (invocation, number, tomo_item_get_step (item, i));
      json_array_append_new (steps, json_from_text (tomo_item_get_step (item, i)));
    }

  return json_pack ("{s:o, s:o}", "summary", json_from_text (tomo_item_get_summary (item)), "steps",
                    steps);
}

static json_t *
show_question (TomoInvocation *invocation, TomoItem *item)
{
  json_t *choices = json_array ();

  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    {
      const TomoChoice *choice = tomo_item_get_choice (item, i);
      g_autofree char *text =
          tomo_text_is_empty (choice->text) ? g_strdup (choice->id) : dup_readable (choice->text);
      tomo_invocation_print (invocation, "  [%s] %s\n", choice->is_correct ? "x" : " ", text);
      json_array_append_new (choices, json_pack ("{s:s, s:b, s:s}", "id", choice->id, "correct",
                                                 choice->is_correct, "text", text));
    }
  print_text (invocation, "  ", tomo_item_get_explanation (item));

  return json_pack ("{s:o, s:o}", "choices", choices, "explanation",
                    json_from_text (tomo_item_get_explanation (item)));
}

static json_t *
show_item (TomoInvocation *invocation, const TomoIndexEntry *entry, TomoItem *item)
{
  tomo_invocation_print (invocation, "\n%s (%s, %s, %s)\n", tomo_item_get_title (item), entry->item,
                         tomo_item_kind_to_string (entry->kind), entry->language);
  json_t *tree =
      entry->kind == TOMO_ITEM_TIP ? show_tip (invocation, item) : show_question (invocation, item);
  g_autoptr(json_t) head =
      json_pack ("{s:s, s:s, s:s, s:s, s:s}", "id", entry->item, "kind",
                 tomo_item_kind_to_string (entry->kind), "topic", entry->topic, "language",
                 entry->language, "title", tomo_item_get_title (item));
  json_object_update (tree, head);
  return tree;
}

static gboolean
show_pack (TomoInvocation *invocation,
           TomoLibrary *library,
           TomoIndex *index,
           const PackId *id,
           json_t *items,
           GError **error)
{
  for (size_t i = 0; i < tomo_index_get_n_entries (index); i++)
    {
      TomoIndexEntry entry;
      if (!tomo_index_get_named (index, i, &entry))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "the list of items is damaged: run tomoctl verify, then tomoctl sync, to "
                       "repair it");
          return FALSE;
        }
      if (!g_str_equal (entry.partner, id->partner) || !g_str_equal (entry.pack, id->pack))
        continue;

      g_autoptr(TomoItem) item = tomo_library_load_item (library, &entry, NULL, error);
      if (item == NULL)
        return FALSE;

      if (json_array_size (items) == 0)
        tomo_invocation_print (invocation,
                               /* Translators: head of “tomoctl show”: title of the pack, its
                                * publisher, and a date such as 2026-11-20 */
                               _("%s\nPublished by %s, last reviewed %s\n"), entry.pack_title,
                               tomo_campaign_get_partner_name (tomo_library_get_campaign (library),
                                                               id->partner,
                                                               tomo_index_get_language (index)),
                               entry.verified_on);
      json_array_append_new (items, show_item (invocation, &entry, item));
    }

  if (json_array_size (items) == 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "there is no pack %s/%s here; ‘tomoctl list’ shows those that are", id->partner,
                   id->pack);
      return FALSE;
    }

  return TRUE;
}

/* Without --language English is as good a guess as any, if it is there. */
static const char *
choose_language (TomoLibrary *library, const char *language, GError **error)
{
  if (language != NULL)
    return tomo_ctl_match_language (library, language, error);

  const char *const *languages = tomo_library_get_languages (library);
  const char *match = tomo_language_match ("en", languages);
  if (match != NULL)
    return match;
  return languages[0] != NULL ? languages[0] : tomo_ctl_match_language (library, "en", error);
}

static gboolean
show_of_campaign (TomoInvocation *invocation,
                  TomoCtlMachine *machine,
                  const char *campaign,
                  const PackId *id,
                  const char *language,
                  json_t *items,
                  GError **error)
{
  g_autoptr(TomoLibrary) library = tomo_ctl_machine_open_library (machine, campaign, error);
  if (library == NULL)
    return FALSE;

  if (g_strv_contains (tomo_library_get_hidden (library), id->partner))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "what %s signed has expired, and expired-content=hide hides it; ‘tomoctl sync’ "
                   "fetches what is newer",
                   id->partner);
      return FALSE;
    }

  const char *match = choose_language (library, language, error);
  g_autoptr(TomoIndex) index =
      match != NULL ? tomo_library_load_index (library, match, error) : NULL;
  return index != NULL && show_pack (invocation, library, index, id, items, error);
}

/* Without a campaign in the id, the first that has the pack. */
static const char *
show_of_any (TomoInvocation *invocation,
             TomoCtlMachine *machine,
             char **campaigns,
             const PackId *id,
             const char *language,
             json_t *items,
             GError **error)
{
  for (char **campaign = campaigns; *campaign != NULL; campaign++)
    {
      g_autoptr(GError) local_error = NULL;
      if (show_of_campaign (invocation, machine, *campaign, id, language, items, &local_error))
        return *campaign;

      if (campaign[1] == NULL || !g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  return NULL;
}

TomoExit
tomo_ctl_show (TomoInvocation *invocation, GError **error)
{
  g_autofree char *store_path = NULL;
  g_autofree char *language = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      /* Translators: help of “show --language” */
      N_("The language to show the pack in"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    TOMO_CTL_STORE_OPTION (&store_path),
    { 0 },
  };
  /* clang-format on */
  if (!tomo_invocation_parse_with_json (invocation, entries, 1, 1, error))
    return TOMO_EXIT_USAGE;

  g_auto(PackId) id = { 0 };
  if (!pack_id_parse (&id, tomo_invocation_get_args (invocation)[0], error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (store_path, error);
  if (machine == NULL)
    return TOMO_EXIT_FAILED;
  g_auto(GStrv) names = tomo_ctl_machine_dup_campaigns (machine, id.campaign, error);
  if (names == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(json_t) items = json_array ();
  const char *campaign = show_of_any (invocation, machine, names, &id, language, items, error);
  if (campaign == NULL)
    return TOMO_EXIT_FAILED;

  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (invocation,
                                json_pack ("{s:s, s:s, s:s, s:O}", "campaign", campaign, "partner",
                                           id.partner, "pack", id.pack, "items", items));
  return TOMO_EXIT_OK;
}
