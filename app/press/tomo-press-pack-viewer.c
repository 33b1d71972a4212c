/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>

#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

/* Tests, and people with a build of their own, name the program here. */
#define PROGRAM_VARIABLE "TOMOSHIBI_PROGRAM"

/* The program of the same build: installed beside this one, or in the build folder. */
static char *
dup_program (void)
{
  static const char *const places[] = { "tomoshibi", "../kiosk/tomoshibi" };
  const char *named = g_getenv (PROGRAM_VARIABLE);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");

  if (named != NULL && named[0] != '\0')
    return g_strdup (named);

  for (size_t i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_find_program_in_path ("tomoshibi");
}

/**
 * tomo_press_pack_spawn_viewer:
 * @arguments: (array zero-terminated=1): what to tell it
 * @error: return location for a #GError
 *
 * Starts the program that shows packs.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND without the program, or another #TomoError.
 *
 * Returns: (transfer full): the program
 */
GSubprocess *
tomo_press_pack_spawn_viewer (const char *const *arguments, GError **error)
{
  g_autofree char *program = dup_program ();
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  if (program == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "tomoshibi is not installed; install it, or name the program in %s",
                   PROGRAM_VARIABLE);
      return NULL;
    }

  g_ptr_array_add (words, program);
  for (size_t i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) arguments[i]);
  g_ptr_array_add (words, NULL);

  GSubprocess *child =
      g_subprocess_newv ((const char *const *) words->pdata, G_SUBPROCESS_FLAGS_NONE, error);
  if (child == NULL)
    {
      g_prefix_error (error, "%s: ", program);
      tomo_error_convert (error);
    }

  return child;
}

/**
 * tomo_press_pack_wait_viewer:
 * @self: a call
 * @child: the program that shows packs
 * @error: return location for a #GError
 *
 * Waits until the window is closed. If the user interrupts, it is.
 *
 * On failure this sets a #TomoError.
 *
 * Returns: %TRUE if the program was content
 */
gboolean
tomo_press_pack_wait_viewer (TomoInvocation *self, GSubprocess *child, GError **error)
{
  if (g_subprocess_wait_check (child, tomo_invocation_get_cancellable (self), error))
    return TRUE;

  g_subprocess_send_signal (child, SIGTERM);
  g_prefix_error (error, "tomoshibi: ");
  tomo_error_convert (error);
  return FALSE;
}

/**
 * tomo_press_pack_show:
 * @self: a call
 * @folder: compiled packs, laid out as target paths
 * @language: (nullable): to begin in
 * @error: return location for a #GError
 *
 * Shows compiled packs as a kiosk would, until the window is closed.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND without the program, or another #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_press_pack_show (TomoInvocation *self,
                      const char *folder,
                      const char *language,
                      GError **error)
{
  const char *const arguments[] = { "--preview", folder, language != NULL ? "--language" : NULL,
                                    language, NULL };
  g_autoptr(GSubprocess) child = tomo_press_pack_spawn_viewer (arguments, error);

  return child != NULL && tomo_press_pack_wait_viewer (self, child, error);
}
