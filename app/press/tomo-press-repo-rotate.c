/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "author/publish/tomo-public-key-file.h"
#include "core/tomo-error.h"
#include "press/tomo-press-repo.h"
#include "press/tomo-press.h"

typedef struct
{
  char **added;   /* (owned) (nullable) */
  char **removed; /* (owned) (nullable) */
  char *now;      /* (owned) (nullable) */
  int threshold;  /* 0 keeps it */
} Options;

static void
options_clear (Options *self)
{
  g_strfreev (self->added);
  g_strfreev (self->removed);
  g_free (self->now);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (TomoInvocation *self, Options *o, GError **error)
{
  /* clang-format off */
  const GOptionEntry options[] = {
    { "add", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->added,
      /* Translators: help of the option --add of ‘repo rotate’ */
      N_("A public key that may sign from now on"),
      /* Translators: stands for the name of a public key file */
      N_("PUB") },
    { "remove", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->removed,
      /* Translators: help of the option --remove of ‘repo rotate’ */
      N_("A key that may no longer sign: its file, or its key id"),
      /* Translators: stands for the name of a public key file, or a key id */
      N_("PUB|KEYID") },
    { "threshold", 0, 0, G_OPTION_ARG_INT, &o->threshold,
      /* Translators: help of the option --threshold of ‘repo rotate’ */
      N_("How many of the keys must sign (default: as before)"),
      /* Translators: stands for a number */
      N_("N") },
    TOMO_PRESS_NOW_OPTION (&o->now),
    { 0 },
  };
  /* clang-format on */

  if (!tomo_invocation_parse (self, options, 2, 2, error))
    return FALSE;
  if (o->added != NULL || o->removed != NULL || o->threshold > 0)
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "repo rotate: give --add PUB, --remove PUB, or --threshold N");
  return FALSE;
}

static gboolean
add_keys (TomoSigners *keys, TomoSigners *added, const char *role, char **paths, GError **error)
{
  for (unsigned int i = 0; i < added->keys->len; i++)
    if (!tomo_signers_add (keys, g_ptr_array_index (added->keys, i)))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED, "‘%s’ is a key of role ‘%s’ already",
                     paths[i], role);
        return FALSE;
      }

  return TRUE;
}

/* The file of a key, or a key id. */
static gboolean
remove_key (TomoSigners *keys, const char *named, const char *role, GError **error)
{
  if (!g_file_test (named, G_FILE_TEST_EXISTS))
    return tomo_signers_remove_id (keys, named, error);

  g_autoptr(TomoPublicKey) key = tomo_public_key_file_read (named, error);
  if (key == NULL)
    return FALSE;
  if (tomo_signers_remove (keys, key))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND, "‘%s’ is not a key of role ‘%s’", named,
               role);
  return FALSE;
}

static gboolean
rotate (TomoRepository *repository, const char *role, const Options *o, GError **error)
{
  g_autoptr(TomoSigners) keys = tomo_repository_load_keys (repository, role, error);
  g_autoptr(TomoSigners) added =
      keys != NULL ? tomo_press_load_public_keys (o->added, 0, error) : NULL;
  if (added == NULL)
    return FALSE;

  for (size_t i = 0; o->removed != NULL && o->removed[i] != NULL; i++)
    if (!remove_key (keys, o->removed[i], role, error))
      return FALSE;

  if (o->threshold > 0)
    keys->threshold = (unsigned int) o->threshold;
  return add_keys (keys, added, role, o->added, error) &&
         tomo_repository_set_keys (repository, role, keys, error) &&
         tomo_press_name_keys (repository, added, o->added, error);
}

/**
 * tomo_press_repo_rotate:
 * @self: a call of ‘repo rotate’
 * @error: return location for a #GError
 *
 * Changes who may sign a role.
 *
 * Returns: an exit code
 */
TomoExit
tomo_press_repo_rotate (TomoInvocation *self, GError **error)
{
  g_auto(Options) o = { 0 };
  if (!parse (self, &o, error))
    return TOMO_EXIT_FAILED;

  const char *folder = tomo_invocation_get_args (self)[0];
  const char *role = tomo_invocation_get_args (self)[1];
  g_autoptr(TomoRepository) repository =
      tomo_press_open_repository (folder, TOMO_REPOSITORY_WRITE, o.now, error);

  if (repository == NULL || !rotate (repository, role, &o, error) ||
      !tomo_press_print_change (self, repository, folder, role, error))
    return TOMO_EXIT_FAILED;

  return TOMO_EXIT_OK;
}
