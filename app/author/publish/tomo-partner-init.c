/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-partner-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "author/pack/tomo-pack-new.h"
#include "author/publish/tomo-new-file.h"
#include "author/publish/tomo-public-key-file.h"
#include "core/tomo-error.h"

/* As tomo_pack_new_folder() writes it. */
#define PACK_LANGUAGE "xml:lang=\"en\""

/* Made here: CC-1.pem and CC-1.pem.pub; of colleagues only the public half. */
static gboolean
write_keys (const char *path,
            TomoPartnerRequest *request,
            const TomoPartnerKey *keys,
            size_t n_keys,
            GError **error)
{
  g_autofree char *folder = g_build_filename (path, "keys", NULL);
  if (g_mkdir (folder, 0700) != 0)
    {
      tomo_set_error_from_errno (error, errno, "cannot make the folder ‘%s’", folder);
      return FALSE;
    }

  for (unsigned int i = 0; i < request->keys->keys->len; i++)
    {
      TomoPublicKey *public_key = g_ptr_array_index (request->keys->keys, i);
      g_autofree char *name = g_strdup_printf ("%s-%u.pem", request->partner, i + 1);
      g_autofree char *private_path = g_build_filename (folder, name, NULL);
      g_autofree char *public_path = g_strconcat (private_path, ".pub", NULL);

      if (!tomo_public_key_file_write (public_path, public_key, error))
        return FALSE;
      for (size_t k = 0; k < n_keys; k++)
        if (tomo_public_key_equal (tomo_private_key_get_public (keys[k].key), public_key) &&
            !tomo_private_key_save (keys[k].key, private_path, keys[k].passphrase, error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
write_text (const char *folder, const char *name, const char *text, size_t size, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return tomo_new_file_write (path, text, size, 0644, error);
}

/* The first pack is in the language the partner writes. */
static gboolean
write_pack (const char *path, const char *language, GError **error)
{
  g_autofree char *folder = g_build_filename (path, "packs", TOMO_PARTNER_FIRST_PACK, NULL);
  g_autofree char *file = g_build_filename (folder, "pack.xml", NULL);
  g_autofree char *said = g_strdup_printf ("xml:lang=\"%s\"", language);
  g_autofree char *xml = NULL;

  if (!tomo_pack_new_folder (folder, error))
    return FALSE;
  if (!g_file_get_contents (file, &xml, NULL, error))
    {
      tomo_error_convert (error);
      return FALSE;
    }

  g_autoptr(GString) text = g_string_new (xml);
  g_string_replace (text, PACK_LANGUAGE, said, 1);
  if (g_file_set_contents (file, text->str, (gssize) text->len, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

static gboolean
write_conf (const char *path, TomoPartnerRequest *request, const char *address, GError **error)
{
  g_autoptr(GKeyFile) conf = g_key_file_new ();
  gsize size = 0;

  g_key_file_set_integer (conf, "partner", "format", 1);
  g_key_file_set_string (conf, "partner", "short-name", request->partner);
  g_key_file_set_string (conf, "partner", "name", request->name);
  g_key_file_set_string (conf, "partner", "language", request->language);
  g_key_file_set_string (conf, "partner", "territory", request->territory);
  g_key_file_set_string (conf, "campaign", "address", address != NULL ? address : "");

  g_autofree char *text = g_key_file_to_data (conf, &size, NULL);
  return write_text (path, TOMO_PARTNER_CONF, text, size, error);
}

static gboolean
write_request (const char *path,
               TomoPartnerRequest *request,
               const TomoPartnerKey *keys,
               size_t n_keys,
               int64_t now_secs,
               GError **error)
{
  g_autoptr(GPtrArray) own = g_ptr_array_new ();
  for (size_t i = 0; i < n_keys; i++)
    g_ptr_array_add (own, keys[i].key);

  g_autoptr(GBytes) bytes = tomo_partner_request_write (request, own, now_secs, error);
  if (bytes == NULL)
    return FALSE;

  g_autofree char *name = g_strdup_printf ("%s-request.json", request->partner);
  return write_text (path, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

/* The folder appears whole: whoever is interrupted before finds nothing, and begins again. */
static gboolean
move_into_place (const char *temporary, const char *path, GError **error)
{
  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return TRUE;

  /* A file system without that flag, such as a stick: the folder was looked for at the start. */
  if ((errno == EINVAL || errno == ENOSYS) && !g_file_test (path, G_FILE_TEST_EXISTS) &&
      g_rename (temporary, path) == 0)
    return TRUE;

  tomo_set_error_from_errno (error, errno, "cannot make ‘%s’", path);
  return FALSE;
}

/**
 * tomo_partner_folder_create:
 * @path: a folder that does not exist yet
 * @request: who the partner is
 * @keys: (array length=n_keys): those of its keys that are made here
 * @n_keys: how many
 * @address: (nullable): where the campaign is published
 * @now_secs: the time
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Makes a partner's folder, with a first pack and the request for the hub: all of it or nothing.
 *
 * On failure this sets a #TomoError; %TOMO_ERROR_FAILED if @path exists.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_partner_folder_create (const char *path,
                            TomoPartnerRequest *request,
                            const TomoPartnerKey *keys,
                            size_t n_keys,
                            const char *address,
                            int64_t now_secs,
                            GCancellable *cancellable,
                            GError **error)
{
  g_return_val_if_fail (path != NULL && request != NULL && keys != NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "‘%s’ exists and is not overwritten; choose another name", path);
      return FALSE;
    }

  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *parent = g_path_get_dirname (whole);
  g_autofree char *temporary = g_build_filename (parent, ".tomo-partner-XXXXXX", NULL);
  if (g_mkdtemp (temporary) == NULL)
    {
      tomo_set_error_from_errno (error, errno, "cannot write into ‘%s’", parent);
      return FALSE;
    }

  gboolean is_made = write_keys (temporary, request, keys, n_keys, error) &&
                     write_pack (temporary, request->language, error) &&
                     write_conf (temporary, request, address, error) &&
                     write_request (temporary, request, keys, n_keys, now_secs, error);
  if (is_made && g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      tomo_error_convert (error);
      is_made = FALSE;
    }
  is_made = is_made && move_into_place (temporary, whole, error);
  if (!is_made)
    tomo_new_folder_remove (temporary);
  return is_made;
}
