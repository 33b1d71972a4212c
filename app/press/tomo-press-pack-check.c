/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/pack/tomo-pack-folder.h"
#include "core/tomo-json.h"
#include "press/tomo-press-pack.h"

static void
print_sum (TomoInvocation *self, const char *folder, unsigned int n_errors, unsigned int n_others)
{
  if (n_errors == 0 && n_others == 0)
    {
      /* Translators: result of a check; %s is a folder */
      tomo_invocation_print (self, _("%s: nothing to correct"), folder);
    }
  else
    {
      g_autofree char *errors
          /* Translators: %u counts mistakes in files; becomes the first part of “1 error, 2
           * warnings” */
          = g_strdup_printf (ngettext ("%u error", "%u errors", n_errors), n_errors);
      g_autofree char *others
          /* Translators: %u counts doubts about files; becomes the second part of “1 error, 2
           * warnings” */
          = g_strdup_printf (ngettext ("%u warning", "%u warnings", n_others), n_others);

      /* Translators: result of a check: a folder, “1 error”, and “2 warnings” */
      tomo_invocation_print (self, _("%s: %s, %s"), folder, errors, others);
    }
  tomo_invocation_print (self, "\n");
}

/* What is not translated yet is no mistake, but nobody should take it for done. Adds how many texts
 * of which language to @open. */
static void
print_open (TomoInvocation *self, const char *folder, const TomoPackFolder *loaded, json_t *open)
{
  g_autoptr(GString) list = g_string_new (NULL);
  unsigned int n_open = 0;

  for (unsigned int i = 0; i < loaded->translations->len; i++)
    {
      const TomoPackTranslation *translation = g_ptr_array_index (loaded->translations, i);
      unsigned int n = tomo_pack_folder_count_open (loaded, translation);

      if (n == 0)
        continue;
      n_open += n;
      g_string_append_printf (list, "%s%s %u", list->len > 0 ? ", " : "",
                              translation->language->tag, n);
      json_object_set_new (open, translation->language->tag, json_integer (n));
    }
  if (n_open == 0)
    return;

  tomo_invocation_print (
      self,
      /* Translators: the last line of a check: a folder, how many texts, and a list such as “ja 12,
       * lo 3”: how many in which language; the command is literal */
      ngettext ("%s: %u text is not translated yet (%s); that is no mistake: its card appears in "
                "another language; “tomopress pack stats” tells more",
                "%s: %u texts are not translated yet (%s); that is no mistake: their cards appear "
                "in another language; “tomopress pack stats” tells more",
                n_open),
      folder, n_open, list->str);
  tomo_invocation_print (self, "\n");
}

/**
 * tomo_press_pack_check:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack check DIR`: names every mistake in a pack folder.
 *
 * Returns: %TOMO_EXIT_INVALID if there are mistakes
 */
TomoExit
tomo_press_pack_check (TomoInvocation *self, GError **error)
{
  if (!tomo_invocation_parse_with_json (self, NULL, 1, 1, error))
    return TOMO_EXIT_USAGE;

  const char *folder = tomo_invocation_get_args (self)[0];
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) load_error = NULL;
  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, &load_error);
  unsigned int n_errors = (unsigned int) tomo_findings_count_errors (findings);
  unsigned int n_others = (unsigned int) tomo_findings_get_n (findings) - n_errors;

  if (loaded == NULL && n_errors == 0)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return tomo_exit_from_error (error != NULL ? *error : NULL);
    }

  g_autoptr(json_t) open = json_object ();

  if (!tomo_invocation_wants_json (self))
    tomo_press_pack_print_findings (self, findings);
  print_sum (self, folder, n_errors, n_others);
  if (loaded != NULL)
    print_open (self, folder, loaded, open);
  if (tomo_invocation_wants_json (self))
    tomo_invocation_print_json (self, json_pack ("{s:o, s:i, s:i, s:O}", "findings",
                                                 tomo_press_pack_findings_to_json (findings),
                                                 "errors", (int) n_errors, "warnings",
                                                 (int) n_others, "untranslated", open));

  return n_errors > 0 ? TOMO_EXIT_INVALID : TOMO_EXIT_OK;
}
