/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/tomo-ctl-fonts.h"

#include <gio/gio.h>

#define PROGRAM "tomoctl-fonts"

/* What Debian 12 and 13 call the fonts that cover a script well. */
#define PACKAGE_MOST "fonts-noto-core"
#define PACKAGE_EAST_ASIAN "fonts-noto-cjk"

/* Beside tomoctl where both were built, else where it was installed. */
static char *
dup_program_path (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, PROGRAM, NULL) : NULL;

  return beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE)
             ? g_steal_pointer (&beside)
             : g_build_filename (LIBEXECDIR, PROGRAM, NULL);
}

/**
 * tomo_ctl_fonts_dup_missing:
 * @languages: (element-type TomoLanguage): what is to be shown
 * @error: return location for a #GError
 *
 * Asks another program which of @languages this machine has no font for; see tomoctl-fonts.c.
 *
 * On failure this sets what starting the program gives.
 *
 * Returns: (transfer full): tags, %NULL-terminated
 */
GStrv
tomo_ctl_fonts_dup_missing (GPtrArray *languages, GError **error)
{
  g_return_val_if_fail (languages != NULL, NULL);

  g_autoptr(GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *said = NULL;

  g_ptr_array_add (args, dup_program_path ());
  for (unsigned int i = 0; i < languages->len; i++)
    g_ptr_array_add (args, g_strdup (((TomoLanguage *) g_ptr_array_index (languages, i))->tag));
  g_ptr_array_add (args, NULL);

  g_autoptr(GSubprocess) process =
      g_subprocess_newv ((const char *const *) args->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, error) ||
      !g_spawn_check_wait_status (g_subprocess_get_status (process), error))
    return NULL;

  /* What follows the last end of a line is no tag. */
  g_auto(GStrv) lines = g_strsplit (said, "\n", 0);
  unsigned int n_lines = g_strv_length (lines);
  if (n_lines > 0)
    g_clear_pointer (&lines[n_lines - 1], g_free);
  return g_steal_pointer (&lines);
}

/**
 * tomo_ctl_fonts_get_package:
 * @language: a language
 *
 * Returns: the Debian package that brings a font for @language
 */
const char *
tomo_ctl_fonts_get_package (const TomoLanguage *language)
{
  static const char *const east_asian[] = { "Hans", "Hant", "Jpan", "Kore", NULL };

  g_return_val_if_fail (language != NULL, NULL);

  return g_strv_contains (east_asian, language->script) ? PACKAGE_EAST_ASIAN : PACKAGE_MOST;
}
