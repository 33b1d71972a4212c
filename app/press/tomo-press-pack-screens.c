/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/pack/tomo-pack-preview.h"
#include "author/publish/tomo-new-file.h"
#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

#define DEFAULT_SIZE "1080x1920"

/* One language as it is so far; or all of them as they would be published. */
static gboolean
build (TomoInvocation *self,
       const char *partner,
       const char *language,
       const char *output,
       GError **error)
{
  const char *folder = tomo_invocation_get_args (self)[0];

  if (language == NULL)
    {
      g_autoptr(TomoBuiltPack) built =
          tomo_press_pack_build_into (self, folder, partner, output, error);

      return built != NULL;
    }

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoPackPreview) preview = tomo_pack_preview_new (folder, partner, output);
  gboolean built =
      tomo_pack_preview_set_language (preview, language, error) &&
      tomo_pack_preview_update (preview, findings, tomo_invocation_get_cancellable (self), error);

  tomo_press_pack_print_findings (self, findings);
  return built;
}

static gboolean
draw (TomoInvocation *self,
      const char *built,
      const char *language,
      const char *size,
      const char *output,
      GError **error)
{
  const char *const arguments[] = {
    "--preview", built, "--screens", output, "--size", size, language != NULL ? "--language" : NULL,
    language,    NULL
  };
  g_autoptr(GSubprocess) child = tomo_press_pack_spawn_viewer (arguments, error);

  return child != NULL && tomo_press_pack_wait_viewer (self, child, error);
}

/**
 * tomo_press_pack_screens:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack screens DIR -o OUT [--language TAG] [--size WIDTHxHEIGHT]`: draws each card in each
 * language into OUT/LANGUAGE/ITEM.png.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_screens (TomoInvocation *self, GError **error)
{
  g_autofree char *language = NULL;
  g_autofree char *output = NULL;
  g_autofree char *size = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      /* Translators: help of the option -o */
      N_("Write the pictures into DIR"),
      /* Translators: stands for the name of a folder in help on the command line */
      N_("DIR") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      /* Translators: help of the option --language */
      N_("Draw this language only, finished or not"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size,
      /* Translators: help of the option --size; the size of a screen in pixels */
      N_("Draw a screen of this size, not 1080x1920"),
      /* Translators: stands for a size such as 1920x1080 in the help of an option */
      N_("WIDTHxHEIGHT") },
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 1, 1, error))
    return TOMO_EXIT_USAGE;
  if (output == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "-o DIR is missing: where the pictures go");
      return TOMO_EXIT_USAGE;
    }

  const char *folder = tomo_invocation_get_args (self)[0];
  g_autofree char *partner = tomo_press_pack_dup_partner (folder, NULL);
  g_autofree char *temporary = g_dir_make_tmp ("tomopress-XXXXXX", error);

  if (temporary == NULL)
    {
      tomo_error_convert (error);
      return TOMO_EXIT_FAILED;
    }

  gboolean done =
      build (self, partner != NULL ? partner : TOMO_PRESS_PREVIEW_PARTNER, language, temporary,
             error) &&
      draw (self, temporary, language, size != NULL ? size : DEFAULT_SIZE, output, error);

  tomo_new_folder_remove (temporary);
  return done ? TOMO_EXIT_OK : TOMO_EXIT_FAILED;
}
