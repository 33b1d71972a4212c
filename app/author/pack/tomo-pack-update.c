/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pack-update.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "author/pack/tomo-pack-folder.h"
#include "author/pack/tomo-pack-template.h"
#include "author/pack/tomo-po-file.h"
#include "author/pack/tomo-source-file.h"
#include "core/tomo-error.h"

/* A folder of our own for what msgmerge reads and writes. */
typedef struct
{
  char *folder;           /* (owned) */
  TomoPoFile *template_file; /* (owned) */
  char *template;         /* (owned): where that is written when something is to be merged */
  gboolean has_template;
  char *before;   /* (owned) */
  char *after;    /* (owned) */
} Workplace;

static void
workplace_clear (Workplace *self)
{
  if (self->folder != NULL)
    {
      g_unlink (self->template);
      g_unlink (self->before);
      g_unlink (self->after);
      g_rmdir (self->folder);
    }
  g_clear_pointer (&self->template_file, po_file_free);
  g_free (self->folder);
  g_free (self->template);
  g_free (self->before);
  g_free (self->after);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Workplace, workplace_clear)

/**
 * tomo_updated_po_free:
 * @self: (transfer full): a result
 *
 * Frees @self.
 */
void
tomo_updated_po_free (TomoUpdatedPo *self)
{
  g_free (self->file);
  g_free (self);
}

static gboolean
write_bytes (const char *path, GBytes *bytes, GError **error)
{
  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0666, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

/* The locale decides how msgmerge counts columns and in which language it complains. */
static gboolean
run_msgmerge (const Workplace *work, GCancellable *cancellable, GError **error)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *complaint = NULL;

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_autoptr(GSubprocess) child = g_subprocess_launcher_spawn (
      launcher, error, "msgmerge", "--previous", "--no-location", "--quiet", "--output-file",
      work->after, work->before, work->template, NULL);

  if (child == NULL)
    {
      tomo_error_convert (error);
      g_prefix_error (error, "msgmerge is needed and comes with GNU gettext: ");
      return FALSE;
    }
  if (!g_subprocess_communicate_utf8 (child, NULL, cancellable, NULL, &complaint, error))
    {
      g_subprocess_force_exit (child);
      tomo_error_convert (error);
      return FALSE;
    }
  if (!g_subprocess_get_successful (child))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "msgmerge failed: %s",
                   complaint != NULL ? g_strstrip (complaint) : "");
      return FALSE;
    }

  return TRUE;
}

/* The next message that is neither the header nor obsolete. */
static po_message_t
next_message (po_message_iterator_t iterator)
{
  po_message_t message = po_next_message (iterator);

  while (message != NULL
         && (po_message_is_obsolete (message)
             || (po_message_msgid (message)[0] == '\0' && po_message_msgctxt (message) == NULL)))
    message = po_next_message (iterator);

  return message;
}

static gboolean
is_same_message (po_message_t left, po_message_t right)
{
  return g_strcmp0 (po_message_msgctxt (left), po_message_msgctxt (right)) == 0
         && g_str_equal (po_message_msgid (left), po_message_msgid (right))
         && g_str_equal (po_message_extracted_comments (left),
                         po_message_extracted_comments (right));
}

static gboolean
has_same_messages (TomoPoFile *left, TomoPoFile *right)
{
  po_message_iterator_t left_iterator = po_message_iterator (left, NULL);
  po_message_iterator_t right_iterator = po_message_iterator (right, NULL);
  po_message_t one = next_message (left_iterator);
  po_message_t other = next_message (right_iterator);

  while (one != NULL && other != NULL && is_same_message (one, other))
    {
      one = next_message (left_iterator);
      other = next_message (right_iterator);
    }
  po_message_iterator_free (left_iterator);
  po_message_iterator_free (right_iterator);

  return one == NULL && other == NULL;
}

static gboolean
has_same_date (TomoPoFile *left, TomoPoFile *right)
{
  const char *left_header = po_file_domain_header (left, NULL);
  const char *right_header = po_file_domain_header (right, NULL);
  char *one = left_header != NULL ? po_header_field (left_header, "POT-Creation-Date") : NULL;
  char *other = right_header != NULL ? po_header_field (right_header, "POT-Creation-Date") : NULL;
  gboolean is_same = g_strcmp0 (one, other) == 0;

  free (one);
  free (other);
  return is_same;
}

/* Whether msgmerge would change nothing: the same texts in the same order with the same comments,
 * written as msgcat writes. Starting it takes twice as long as all the rest. */
static gboolean
is_up_to_date (TomoPoFile *template, GBytes *before, TomoPoFile *given)
{
  if (!has_same_date (template, given) || !has_same_messages (template, given))
    return FALSE;

  g_autoptr(GBytes) written = tomo_po_file_write (given, NULL);
  return written != NULL && g_bytes_equal (written, before);
}

/* NULL without an error if the file cannot be read as PO: findings then say why. @out_file is what
 * is in it; NULL for a new one. */
static GBytes *
load_or_make (const TomoSourcePack *pack, const TomoPackTranslation *translation,
              TomoFindings *findings, TomoPoFile **out_file, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GBytes) bytes
      = tomo_source_file_read (translation->file, TOMO_PO_MAX_BYTES, &local_error);

  *out_file = NULL;
  if (g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    return tomo_pack_template_new_catalog (pack, translation->language->posix,
                                           translation->language->english, error);
  if (bytes == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  /* Mistakes in single translations are no hindrance; only what msgmerge would choke on is. */
  g_autoptr(TomoFindings) own = tomo_findings_new ();
  *out_file = tomo_pack_catalog_open (bytes, translation->file, own);
  if (*out_file != NULL)
    return g_steal_pointer (&bytes);

  for (size_t i = 0; i < tomo_findings_get_n (own); i++)
    {
      const TomoFinding *finding = tomo_findings_get (own, i);

      tomo_findings_add (findings, finding->level, finding->file, finding->line, "%s",
                         finding->message);
    }
  return NULL;
}

static gboolean
write_template (Workplace *work, GError **error)
{
  if (work->has_template)
    return TRUE;

  g_autoptr(GBytes) bytes = tomo_po_file_write (work->template_file, error);
  work->has_template = bytes != NULL && write_bytes (work->template, bytes, error);
  return work->has_template;
}

static GBytes *
merge (Workplace *work, GBytes *before, TomoPoFile *given, GCancellable *cancellable,
       GError **error)
{
  if (given != NULL && is_up_to_date (work->template_file, before, given))
    return g_bytes_ref (before);
  if (!write_template (work, error) || !write_bytes (work->before, before, error)
      || !run_msgmerge (work, cancellable, error))
    return NULL;

  return tomo_source_file_read (work->after, TOMO_PO_MAX_BYTES, error);
}

static gboolean
update_one (const TomoSourcePack *pack, const TomoPackTranslation *translation,
            Workplace *work, TomoFindings *findings, GPtrArray *updated,
            GCancellable *cancellable, GError **error)
{
  g_autoptr(TomoPoFile) given = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GBytes) before = load_or_make (pack, translation, findings, &given, &local_error);

  if (before == NULL)
    {
      gboolean failed = local_error != NULL;

      if (failed)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return !failed;
    }

  gboolean is_new = given == NULL;
  g_autoptr(GBytes) after = merge (work, before, given, cancellable, error);
  if (after == NULL)
    return FALSE;

  TomoUpdatedPo *result = g_new0 (TomoUpdatedPo, 1);
  result->file = g_strdup (translation->file);
  result->is_new = is_new;
  result->has_changed = is_new || !g_bytes_equal (before, after);
  g_ptr_array_add (updated, result);

  return !result->has_changed || write_bytes (translation->file, after, error);
}

static gboolean
workplace_init (Workplace *self, const TomoSourcePack *pack, GError **error)
{
  self->folder = g_dir_make_tmp ("tomopress-XXXXXX", error);
  if (self->folder == NULL)
    {
      tomo_error_convert (error);
      return FALSE;
    }
  self->template = g_build_filename (self->folder, "template.pot", NULL);
  self->before = g_build_filename (self->folder, "before.po", NULL);
  self->after = g_build_filename (self->folder, "after.po", NULL);

  self->template_file = tomo_pack_template_build (pack);

  return TRUE;
}

/**
 * tomo_pack_update_po:
 * @pack: a pack without mistakes
 * @findings: where files that cannot be read as PO are told
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Brings the PO file of each language of po/LINGUAS up to the texts of @pack, and makes those
 * that are missing. Each file is in the form that msgcat writes, without locations; one in which
 * nothing changes is not written.
 *
 * This blocks. On failure this sets a #TomoError; files done before stay done.
 *
 * Returns: (transfer full) (element-type TomoUpdatedPo): what was done
 */
GPtrArray *
tomo_pack_update_po (const TomoSourcePack *pack,
                     TomoFindings *findings,
                     GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (pack != NULL, NULL);
  g_return_val_if_fail (findings != NULL, NULL);

  g_autoptr(GPtrArray) translations = tomo_pack_folder_list_translations (pack, findings);
  g_autoptr(GPtrArray) updated
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_updated_po_free);
  g_auto(Workplace) work = { NULL };

  if (!workplace_init (&work, pack, error))
    return NULL;

  for (unsigned int i = 0; i < translations->len; i++)
    if (!update_one (pack, g_ptr_array_index (translations, i), &work, findings, updated,
                     cancellable, error))
      return NULL;

  return g_steal_pointer (&updated);
}
