/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <signal.h>

#include "author/pack/tomo-pack-preview.h"
#include "author/publish/tomo-new-file.h"
#include "core/tomo-error.h"
#include "press/tomo-press-pack.h"

/* Editors write a file in several steps; what is read between two of them is only half of it, and
 * is read again. */
#define QUIET_MSECS 30

/* While the window is open. */
typedef struct
{
  TomoInvocation *invocation;
  const char *output;
  TomoPackPreview *preview;
  GPtrArray *monitors; /* (owned) (element-type GFileMonitor) */
  GSource *timer;      /* (owned) (nullable): until the files have been quiet */
  GMainLoop *loop;     /* (owned) */
  GError *error;       /* (owned) (nullable): why the window closed */
} Session;

static void
session_clear (Session *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_clear_pointer (&self->monitors, g_ptr_array_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

/* Mistakes are told each time the files are saved; the window keeps what was right. */
static gboolean
update (Session *self, GError **error)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  gboolean updated = tomo_pack_preview_update (
      self->preview, findings, tomo_invocation_get_cancellable (self->invocation), error);

  tomo_press_pack_print_findings (self->invocation, findings);
  return updated;
}

static gboolean
quiet_cb (gpointer user_data)
{
  Session *self = user_data;
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->timer, g_source_unref);
  if (!update (self, &error))
    {
      tomo_invocation_print_error (self->invocation, "%s\n", error->message);
      return G_SOURCE_REMOVE;
    }

  g_autoptr(TomoPreviewCard) card = tomo_pack_preview_find_change (self->preview);
  if (card != NULL && tomo_pack_preview_has_changed (self->preview) &&
      !tomo_preview_card_save (card, self->output, &error))
    tomo_invocation_print_error (self->invocation, "%s\n", error->message);

  return G_SOURCE_REMOVE;
}

static void
file_changed_cb (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other_file,
                 GFileMonitorEvent event,
                 gpointer user_data)
{
  Session *self = user_data;

  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);

  self->timer = g_timeout_source_new (QUIET_MSECS);
  g_source_set_name (self->timer, "tomo-press-preview");
  g_source_set_callback (self->timer, quiet_cb, self, NULL);
  g_source_attach (self->timer, NULL);
}

/* Folders, not files: editors put a new file in place of the old one. */
static gboolean
watch (Session *self, const char *folder, GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (folder);
  GFileMonitor *monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, error);

  if (monitor == NULL)
    {
      g_prefix_error (error, "cannot watch %s: ", folder);
      tomo_error_convert (error);
      return FALSE;
    }

  g_signal_connect (monitor, "changed", G_CALLBACK (file_changed_cb), self);
  g_ptr_array_add (self->monitors, monitor);
  return TRUE;
}

static gboolean
watch_all (Session *self, const char *folder, const char *po_file, GError **error)
{
  static const char *const places[] = { "", "po", "media" };

  for (size_t i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !watch (self, path, error))
        return FALSE;
    }

  g_autofree char *po_folder = po_file != NULL ? g_path_get_dirname (po_file) : NULL;
  return po_folder == NULL || watch (self, po_folder, error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Session *self = user_data;

  if (!g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &self->error))
    {
      g_subprocess_send_signal (G_SUBPROCESS (source), SIGTERM);
      g_prefix_error (&self->error, "tomoshibi: ");
      tomo_error_convert (&self->error);
    }
  g_main_loop_quit (self->loop);
}

static gboolean
run_session (Session *self, GError **error)
{
  const TomoLanguage *language = tomo_pack_preview_get_language (self->preview);
  const char *const arguments[] = { "--preview", self->output,
                                    language != NULL ? "--language" : NULL,
                                    language != NULL ? language->tag : NULL, NULL };
  g_autoptr(GSubprocess) child = tomo_press_pack_spawn_viewer (arguments, error);

  if (child == NULL)
    return FALSE;

  g_subprocess_wait_check_async (child, tomo_invocation_get_cancellable (self->invocation),
                                 closed_cb, self);
  g_main_loop_run (self->loop);
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* Opens where somebody asked to. */
static gboolean
find_card (Session *self, const char *folder, const char *needle, GError **error)
{
  if (needle == NULL)
    return TRUE;

  g_autoptr(TomoPreviewCard) card = tomo_pack_preview_find (self->preview, needle);
  if (card != NULL)
    return tomo_preview_card_save (card, self->output, error);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
               "no text of %s has ‘%s’ in it; --find takes words of the original or of the "
               "translation",
               folder, needle);
  return FALSE;
}

static gboolean
preview (TomoInvocation *invocation,
         TomoPackPreview *preview,
         const char *output,
         const char *po_file,
         const char *needle,
         GError **error)
{
  const char *folder = tomo_invocation_get_args (invocation)[0];
  g_auto(Session) session = { .invocation = invocation,
                               .output = output,
                               .preview = preview,
                               .monitors = g_ptr_array_new_with_free_func (g_object_unref),
                               .loop = g_main_loop_new (NULL, FALSE) };

  return update (&session, error) && find_card (&session, folder, needle, error) &&
         watch_all (&session, folder, po_file, error) && run_session (&session, error);
}

/**
 * tomo_press_pack_preview:
 * @self: a call
 * @error: return location for a #GError
 *
 * `pack preview DIR [--language TAG] [--po FILE] [--find TEXT]`: shows the pack in a window as a
 * kiosk would, opens the card that TEXT stands on, and shows each change as soon as it is saved.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_pack_preview (TomoInvocation *self, GError **error)
{
  g_autofree char *language = NULL;
  g_autofree char *po_file = NULL;
  g_autofree char *needle = NULL;
  /* clang-format off */
  const GOptionEntry options[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      /* Translators: help of the option --language */
      N_("Show this language only"),
      /* Translators: stands for a language tag, such as pt-BR */
      N_("TAG") },
    { "po", 0, 0, G_OPTION_ARG_FILENAME, &po_file,
      /* Translators: help of the option --po: a PO file that lies anywhere */
      N_("Show the translation in FILE"),
      /* Translators: stands for a file name in the help of an option */
      N_("FILE") },
    { "find", 0, 0, G_OPTION_ARG_STRING, &needle,
      /* Translators: help of the option --find */
      N_("Open the card on which TEXT stands"),
      /* Translators: stands for some words in the help of an option */
      N_("TEXT") },
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 1, 1, error))
    return TOMO_EXIT_USAGE;

  const char *folder = tomo_invocation_get_args (self)[0];
  g_autofree char *found = tomo_press_pack_dup_partner (folder, NULL);
  g_autofree char *temporary = g_dir_make_tmp ("tomopress-XXXXXX", error);

  if (temporary == NULL)
    {
      tomo_error_convert (error);
      return TOMO_EXIT_FAILED;
    }

  g_autoptr(TomoPackPreview) shown =
      tomo_pack_preview_new (folder, found != NULL ? found : TOMO_PRESS_PREVIEW_PARTNER, temporary);
  gboolean done = (po_file == NULL || tomo_pack_preview_set_po (shown, po_file, error)) &&
                  (language == NULL || tomo_pack_preview_set_language (shown, language, error)) &&
                  preview (self, shown, temporary, po_file, needle, error);

  tomo_new_folder_remove (temporary);
  return done ? TOMO_EXIT_OK : TOMO_EXIT_FAILED;
}
