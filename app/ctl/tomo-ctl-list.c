/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "ctl/tomo-ctl-machine.h"

/* One pack as a row: how many of its items there are, and how many in the language asked for. */
typedef struct
{
  TomoIndexEntry first;
  unsigned int n_tips;
  unsigned int n_questions;
  unsigned int n_complete;
} PackRow;

static PackRow
count_pack (TomoIndex *index, size_t *position, unsigned int *n_damaged)
{
  PackRow row = { .first = { NULL } };
  size_t n_entries = tomo_index_get_n_entries (index);

  for (; *position < n_entries; (*position)++)
    {
      TomoIndexEntry entry;
      if (!tomo_index_get_named (index, *position, &entry))
        {
          (*n_damaged)++;
          continue;
        }
      if (row.first.pack == NULL)
        row.first = entry;
      if (!g_str_equal (entry.partner, row.first.partner) ||
          !g_str_equal (entry.pack, row.first.pack))
        break;
      if (entry.kind == TOMO_ITEM_TIP)
        row.n_tips++;
      else
        row.n_questions++;
      if (entry.is_complete)
        row.n_complete++;
    }

  return row;
}

static void
print_row (TomoInvocation *invocation, const char *campaign, const PackRow *row)
{
  g_autofree char *id = g_strdup_printf ("%s:%s/%s", campaign, row->first.partner, row->first.pack);
  g_autofree char *tips
      /* Translators: a cell of the table of “tomoctl list” */
      = g_strdup_printf (ngettext ("%u tip", "%u tips", row->n_tips), row->n_tips);
  g_autofree char *questions = g_strdup_printf (
      /* Translators: a cell of the table of “tomoctl list” */
      ngettext ("%u question", "%u questions", row->n_questions), row->n_questions);

  tomo_invocation_print (invocation, "%s\t%s\t%s\t%s\t%s\n", id, row->first.pack_title, tips,
                         questions, row->first.verified_on);
}

static json_t *
json_from_row (const char *campaign, const PackRow *row)
{
  return json_pack ("{s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:s, s:b, s:b}", "campaign", campaign,
                    "partner", row->first.partner, "pack", row->first.pack, "title",
                    row->first.pack_title, "tips", (int) row->n_tips, "questions",
                    (int) row->n_questions, "complete", (int) row->n_complete, "verified-on",
                    row->first.verified_on, "sample", row->first.is_sample, "draft",
                    row->first.is_draft);
}

static gboolean
list_campaign (TomoInvocation *invocation,
               TomoCtlMachine *machine,
               const char *campaign,
               const char *language,
               json_t *rows,
               GError **error)
{
  g_autoptr(TomoLibrary) library = tomo_ctl_machine_open_library (machine, campaign, error);
  if (library == NULL)
    return FALSE;

  const char *const *languages = tomo_library_get_languages (library);
  if (language == NULL)
    language = languages[0] != NULL ? languages[0] : "en";
  const char *match = tomo_ctl_match_language (library, language, error);
  if (match == NULL)
    return FALSE;

  g_autoptr(TomoIndex) index = tomo_library_load_index (library, match, error);
  if (index == NULL)
    return FALSE;

  g_autofree char *hidden = tomo_ctl_dup_hidden (library);
  if (hidden != NULL)
    tomo_invocation_print_error (invocation, "%s: %s\n", g_get_prgname (), hidden);

  unsigned int n_damaged = 0;
  for (size_t i = 0; i < tomo_index_get_n_entries (index);)
    {
      PackRow row = count_pack (index, &i, &n_damaged);
      if (row.first.pack == NULL)
        break;
      print_row (invocation, campaign, &row);
      json_array_append_new (rows, json_from_row (campaign, &row));
    }

  if (n_damaged == 0)
    return TRUE;
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "the list of campaign %s is damaged, and %u items are missing from it: run tomoctl "
               "verify, then tomoctl sync, to repair it",
               campaign, n_damaged);
  return FALSE;
}

TomoExit
tomo_ctl_list (TomoInvocation *invocation, GError **error)
{
  g_autofree char *store_path = NULL;
  g_autofree char *only = NULL;
  g_autofree char *language = NULL;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "campaign", 0, 0, G_OPTION_ARG_STRING, &only,
      /* Translators: help of “list --campaign” */
      N_("Only this campaign"),
      /* Translators: stands for the name of a campaign on this machine */
      N_("NAME") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      /* Translators: help of “list --language” */
      N_("The language of the titles"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    TOMO_CTL_STORE_OPTION (&store_path),
    { 0 },
  };
  /* clang-format on */
  if (!tomo_invocation_parse_with_json (invocation, entries, 0, 0, error))
    return TOMO_EXIT_USAGE;

  g_autoptr(TomoCtlMachine) machine = tomo_ctl_machine_open (store_path, error);
  if (machine == NULL)
    return TOMO_EXIT_FAILED;
  g_auto(GStrv) names = tomo_ctl_machine_dup_campaigns (machine, only, error);
  if (names == NULL)
    return TOMO_EXIT_FAILED;

  g_autoptr(json_t) rows = json_array ();
  unsigned int n_listed = 0;
  for (char **name = names; *name != NULL; name++)
    {
      g_autoptr(GError) local_error = NULL;
      if (list_campaign (invocation, machine, *name, language, rows, &local_error))
        {
          n_listed++;
          continue;
        }

      /* A campaign of which nothing is here hides nothing of the others. */
      gboolean is_last = name[1] == NULL;
      if ((is_last && n_listed == 0) ||
          !g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return TOMO_EXIT_FAILED;
        }
      tomo_invocation_print_error (invocation, "%s: %s\n", g_get_prgname (), local_error->message);
    }

  if (tomo_invocation_wants_json (invocation))
    tomo_invocation_print_json (invocation, json_pack ("{s:O}", "packs", rows));
  return TOMO_EXIT_OK;
}
