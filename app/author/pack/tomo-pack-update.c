/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pack-update.h"

#include "author/pack/tomo-pack-folder.h"
#include "author/pack/tomo-pack-template.h"
#include "author/pack/tomo-po-merge.h"
#include "author/pack/tomo-source-file.h"
#include "core/tomo-error.h"

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

/* NULL without an error if the file cannot be read as PO: findings then say why. @out_before is
 * what is in it; NULL for a new one. */
static TomoPoFile *
load_or_make (const TomoSourcePack *pack,
              const TomoPackTranslation *translation,
              TomoFindings *findings,
              GBytes **out_before,
              GError **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GBytes) bytes =
      tomo_source_file_read (translation->file, TOMO_PO_MAX_BYTES, &local_error);

  *out_before = NULL;
  if (g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    return tomo_pack_template_build_catalog (pack, translation->language->posix,
                                             translation->language->english);
  if (bytes == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  /* Mistakes in single translations are no hindrance; only what cannot be merged is. */
  g_autoptr(TomoFindings) own = tomo_findings_new ();
  TomoPoFile *file = tomo_pack_catalog_open (bytes, translation->file, own);
  if (file != NULL)
    {
      *out_before = g_steal_pointer (&bytes);
      return file;
    }

  for (size_t i = 0; i < tomo_findings_get_n (own); i++)
    {
      const TomoFinding *finding = tomo_findings_get (own, i);

      tomo_findings_add (findings, finding->level, finding->file, finding->line, "%s",
                         finding->message);
    }
  return NULL;
}

static gboolean
update_one (const TomoSourcePack *pack,
            const TomoPackTranslation *translation,
            TomoFindings *findings,
            GPtrArray *updated,
            GError **error)
{
  g_autoptr(GBytes) before = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(TomoPoFile) given = load_or_make (pack, translation, findings, &before, &local_error);

  if (given == NULL)
    {
      gboolean failed = local_error != NULL;

      if (failed)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return !failed;
    }

  g_autoptr(TomoPoFile) merged = tomo_pack_template_build (pack);
  tomo_po_merge (merged, given);
  g_autoptr(GBytes) after = tomo_po_file_write (merged, error);
  if (after == NULL)
    return FALSE;

  TomoUpdatedPo *result = g_new0 (TomoUpdatedPo, 1);
  result->file = g_strdup (translation->file);
  result->is_new = before == NULL;
  result->has_changed = result->is_new || !g_bytes_equal (before, after);
  g_ptr_array_add (updated, result);

  return !result->has_changed || write_bytes (translation->file, after, error);
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
  g_autoptr(GPtrArray) updated =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_updated_po_free);

  for (unsigned int i = 0; i < translations->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          tomo_error_convert (error);
          return NULL;
        }
      if (!update_one (pack, g_ptr_array_index (translations, i), findings, updated, error))
        return NULL;
    }

  return g_steal_pointer (&updated);
}
