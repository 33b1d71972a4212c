/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "press/tomo-press-submission.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-mailed-file.h"
#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"

/* As much of a key's id as two people can compare at a glance. */
#define ID_CHARS 8

/**
 * tomo_press_read_submission:
 * @path: a file from the mail
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the submission, of which only the form was checked
 */
TomoSubmission *
tomo_press_read_submission (const char *path, GError **error)
{
  g_autoptr(GBytes) bytes = tomo_mailed_file_read (path, TOMO_SUBMISSION_MAX_PACKED_BYTES, error);

  return bytes != NULL ? tomo_submission_new (bytes, path, error) : NULL;
}

/**
 * tomo_press_write_submission:
 * @self: a call
 * @path: of a file, which is replaced as a whole
 * @submission: a submission
 * @error: return location for a #GError
 *
 * Writes a submission and says how large it is.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_press_write_submission (TomoInvocation *self,
                             const char *path,
                             TomoSubmission *submission,
                             GError **error)
{
  g_autoptr(GBytes) bytes = tomo_submission_write (submission, error);
  if (bytes == NULL)
    return FALSE;

  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  if (!g_file_set_contents_full (path, data, (gssize) size,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                 error))
    {
      tomo_error_convert (error);
      return FALSE;
    }

  g_autofree char *shown = g_format_size (size);
  /* Translators: after a file was written: its name, and its size such as ‘12.3 kB’ */
  tomo_invocation_print (self, _("%s: written, %s"), path, shown);
  tomo_invocation_print (self, "\n");
  return TRUE;
}

/* Ids of keys that have signed, or have not, in their order. */
static char *
dup_ids (TomoSubmission *submission, TomoSigners *keys, gboolean signed_it)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (unsigned int i = 0; i < keys->keys->len; i++)
    {
      TomoRoleFile *file = tomo_submission_get_file (submission);
      g_autofree char *id =
          g_strdup_printf ("%.*s…", ID_CHARS, (const char *) g_ptr_array_index (keys->ids, i));
      if (tomo_role_file_is_signed_by (file, keys, i) == signed_it)
        g_strv_builder_add (builder, id);
    }

  g_auto(GStrv) ids = g_strv_builder_end (builder);
  return g_strjoinv (", ", ids);
}

/**
 * tomo_press_dup_missing:
 * @submission: a submission
 * @keys: who may sign
 *
 * Returns: (transfer full): ids of keys that have not signed
 */
char *
tomo_press_dup_missing (TomoSubmission *submission, TomoSigners *keys)
{
  return dup_ids (submission, keys, FALSE);
}

/**
 * tomo_press_print_submission_signers:
 * @self: a call
 * @submission: a submission that was checked
 * @keys: who may sign
 *
 * Says how many have signed, of how many, and with which keys.
 */
void
tomo_press_print_submission_signers (TomoInvocation *self,
                                     TomoSubmission *submission,
                                     TomoSigners *keys)
{
  unsigned int n_signed =
      tomo_role_file_count_signatures (tomo_submission_get_file (submission), keys);
  g_autofree char *ids = dup_ids (submission, keys, TRUE);
  g_autofree char *version =
      g_strdup_printf ("%" G_GUINT64_FORMAT, tomo_submission_get_version (submission));

  tomo_invocation_print (
      self,
      /* Translators: the name of a role such as jp and its version; how many have signed, how many
       * must, and the first digits of the keys; the count for the plural is how many must */
      ngettext ("%s %s: %u of %u signature, by %s", "%s %s: %u of %u signatures, by %s",
                keys->threshold),
      tomo_submission_get_role (submission), version, n_signed, keys->threshold, ids);
  tomo_invocation_print (self, "\n");
}

/**
 * tomo_press_print_submission_next:
 * @self: a call
 * @path: where the submission was written
 * @submission: a submission that was signed
 * @keys: who may sign
 *
 * Says to whom the file goes now, and what they type.
 */
void
tomo_press_print_submission_next (TomoInvocation *self,
                                  const char *path,
                                  TomoSubmission *submission,
                                  TomoSigners *keys)
{
  unsigned int n_signed =
      tomo_role_file_count_signatures (tomo_submission_get_file (submission), keys);
  g_autofree char *name = g_path_get_basename (path);

  if (n_signed >= keys->threshold)
    /* Translators: last line of a command; both %s are the name of a file, the command is literal
     */
    tomo_invocation_print (self, _("Next: mail %s to the hub: tomopress repo receive DIR %s"),
                           path, name);
  else
    tomo_invocation_print (
        self,
        /* Translators: last line of a command; both %s are the name of a file, the command is
         * literal */
        _("Next: mail %s to the next who signs: tomopress countersign %s --key KEY"), path, name);
  tomo_invocation_print (self, "\n");
}
