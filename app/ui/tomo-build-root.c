/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-build-root.h"

#include <string.h>

/**
 * tomo_build_root_dup:
 *
 * Finds where a program that was not installed was built: what the tests say, or what the place of
 * the program says.
 *
 * Returns: (transfer full) (nullable): the folder; %NULL for an installed program
 */
char *
tomo_build_root_dup (void)
{
  const char *from_tests = g_getenv ("TOMO_BUILD_ROOT");
  if (from_tests != NULL)
    return g_strdup (from_tests);

  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = (program != NULL) ? g_path_get_dirname (program) : NULL;
  if (folder == NULL || !g_str_has_suffix (folder, "/app/kiosk"))
    return NULL;

  return g_strndup (folder, strlen (folder) - strlen ("/app/kiosk"));
}
