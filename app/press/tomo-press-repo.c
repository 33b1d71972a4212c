/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "press/tomo-press-repo.h"

#include <glib/gi18n.h>
#include <string.h>

#include "author/publish/tomo-public-key-file.h"
#include "core/tomo-error.h"
#include "press/tomo-press-passphrase.h"

/**
 * tomo_press_parse_now:
 * @text: (nullable): what --now said; %NULL takes the clock
 * @out_secs: (out): the time
 * @error: return location for a #GError
 *
 * On failure this sets a #GOptionError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_press_parse_now (const char *text, int64_t *out_secs, GError **error)
{
  if (text == NULL)
    {
      *out_secs = g_get_real_time () / G_USEC_PER_SEC;
      return TRUE;
    }

  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, utc);
  if (time == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--now=%s is not a time such as 2026-11-23T12:00:00Z", text);
      return FALSE;
    }

  *out_secs = g_date_time_to_unix (time);
  return TRUE;
}

/**
 * tomo_press_open_repository:
 * @folder: the repository
 * @access: whether it will be changed
 * @now_text: (nullable): what --now said
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the repository
 */
TomoRepository *
tomo_press_open_repository (const char *folder,
                            TomoRepositoryAccess access,
                            const char *now_text,
                            GError **error)
{
  int64_t now_secs = 0;

  if (!tomo_press_parse_now (now_text, &now_secs, error))
    return NULL;

  return tomo_repository_open (folder, access, now_secs, error);
}

/**
 * tomo_press_load_public_keys:
 * @paths: (nullable) (array zero-terminated=1): files ending in ‘.pub’
 * @threshold: how many must sign
 * @error: return location for a #GError
 *
 * Reads the keys of one role; the same key in two files is refused, it would count once.
 *
 * Returns: (transfer full): the keys
 */
TomoSigners *
tomo_press_load_public_keys (char **paths, unsigned int threshold, GError **error)
{
  g_autoptr(TomoSigners) keys = tomo_signers_new (threshold);

  for (size_t i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autoptr(TomoPublicKey) key = tomo_public_key_file_read (paths[i], error);
      if (key == NULL)
        return NULL;
      if (!tomo_signers_add (keys, key))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                       "‘%s’ holds a key that was given already; a key counts once", paths[i]);
          return NULL;
        }
    }

  return g_steal_pointer (&keys);
}

/**
 * tomo_press_load_private_key:
 * @self: a call
 * @path: a PEM file
 * @passphrase_file: (nullable): its first line is the passphrase
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the key
 */
TomoPrivateKey *
tomo_press_load_private_key (TomoInvocation *self,
                             const char *path,
                             const char *passphrase_file,
                             GError **error)
{
  TomoPassphraseSource source = { .file = passphrase_file,
                                  .cancellable = tomo_invocation_get_cancellable (self) };

  return tomo_private_key_load (path, tomo_passphrase_ask, &source, error);
}

/* One file serves all keys; several are taken in the order of the keys. */
static const char *
passphrase_file_of (char **passphrase_files, size_t index)
{
  size_t n_files = passphrase_files != NULL ? g_strv_length (passphrase_files) : 0;

  if (n_files == 1)
    return passphrase_files[0];
  return index < n_files ? passphrase_files[index] : NULL;
}

/**
 * tomo_press_load_private_keys:
 * @self: a call
 * @paths: (nullable) (array zero-terminated=1): PEM files
 * @passphrase_files: (nullable) (array zero-terminated=1): one for all keys, or one for each
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type TomoPrivateKey): the keys
 */
GPtrArray *
tomo_press_load_private_keys (TomoInvocation *self,
                              char **paths,
                              char **passphrase_files,
                              GError **error)
{
  g_autoptr(GPtrArray) keys =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_private_key_unref);

  for (size_t i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      TomoPrivateKey *key = tomo_press_load_private_key (
          self, paths[i], passphrase_file_of (passphrase_files, i), error);
      if (key == NULL)
        return NULL;
      g_ptr_array_add (keys, key);
    }

  return g_steal_pointer (&keys);
}

static void
append_word (GString *line, const char *word)
{
  g_autofree char *quoted =
      strpbrk (word, " \t\n'\"\\$`*?[](){}<>|&;#!~") != NULL ? g_shell_quote (word) : NULL;

  g_string_append (line, quoted != NULL ? quoted : word);
}

/**
 * tomo_press_print_next:
 * @self: a call
 * @format: a command line, not translated; of what printf() knows it has only `%s`
 * @...: for @format
 *
 * Ends the output of a command by saying what to type next, as a shell reads it.
 */
void
tomo_press_print_next (TomoInvocation *self, const char *format, ...)
{
  g_auto(GStrv) parts = g_strsplit (format, "%s", -1);
  g_autoptr(GString) command = g_string_new (parts[0]);
  va_list args;

  va_start (args, format);
  for (size_t i = 1; parts[i] != NULL; i++)
    {
      append_word (command, va_arg (args, const char *));
      g_string_append (command, parts[i]);
    }
  va_end (args);

  /* Translators: last line of a command; %s is what to type next, a command */
  tomo_invocation_print (self, _("Next: %s"), command->str);
  tomo_invocation_print (self, "\n");
}

/**
 * tomo_press_name_keys:
 * @repository: the repository
 * @keys: keys of a role
 * @paths: (nullable) (array zero-terminated=1): the files they were read from
 * @error: return location for a #GError
 *
 * Lets ‘repo status’ call the keys by the names of their files.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_press_name_keys (TomoRepository *repository, TomoSigners *keys, char **paths, GError **error)
{
  return paths == NULL ||
         tomo_repository_name_keys (repository, keys, (const char *const *) paths, error);
}

/**
 * tomo_press_dup_date:
 * @secs: a time
 *
 * Returns: (transfer full): such as ‘2027-11-23’, in UTC
 */
char *
tomo_press_dup_date (int64_t secs)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (secs);

  return g_date_time_format (time, "%Y-%m-%d");
}

static void
print_count (TomoInvocation *self, const char *role, const TomoDraftState *state)
{
  tomo_invocation_print (
      self,
      /* Translators: the %s is the name of a role such as jp; then how many have signed, and
       * how many must; the count for the plural is the second number */
      ngettext ("%s: %u of %u signature", "%s: %u of %u signatures", state->threshold), role,
      state->n_signed, state->threshold);
  tomo_invocation_print (self, "\n");
  if (state->former_threshold == 0)
    return;

  tomo_invocation_print (
      self,
      /* Translators: the %s is the name of a role, root; then how many of those have signed who
       * could sign it before, and how many must; the count for the plural is the second number */
      ngettext ("%s: %u of %u signature by the keys it had before",
                "%s: %u of %u signatures by the keys it had before", state->former_threshold),
      role, state->n_former_signed, state->former_threshold);
  tomo_invocation_print (self, "\n");
}

/**
 * tomo_press_print_signers:
 * @self: a call
 * @state: the state of a draft that lacks signatures
 *
 * Names the keys that have not signed yet, a line each.
 */
void
tomo_press_print_signers (TomoInvocation *self, const TomoDraftState *state)
{
  for (unsigned int i = 0; i < state->signers->len; i++)
    {
      const TomoDraftSigner *signer = g_ptr_array_index (state->signers, i);
      const char *name = signer->name != NULL ? signer->name : "?";
      /* Former keys of other roles may sign, but need not. */
      if (signer->has_signed || (signer->is_former && state->former_threshold == 0))
        continue;

      if (signer->is_former)
        /* Translators: a line of ‘repo status’: the file of a public key, and its id */
        tomo_invocation_print (self, _("  may sign: %s, key %.16s… (had the role before)"), name,
                               signer->id);
      else
        /* Translators: a line of ‘repo status’: the file of a public key, and its id */
        tomo_invocation_print (self, _("  may sign: %s, key %.16s…"), name, signer->id);
      tomo_invocation_print (self, "\n");
    }
}

/* The hub's own keys are elsewhere, so its drafts travel; a partner signs where it works. */
static gboolean
is_signed_offline (TomoRepository *repository, const char *role)
{
  return !tomo_repository_is_demo (repository) &&
         (g_str_equal (role, "root") || g_str_equal (role, "targets") ||
          g_str_equal (role, "campaign"));
}

static void
print_next_signature (TomoInvocation *self,
                      TomoRepository *repository,
                      const char *folder,
                      const char *role)
{
  if (is_signed_offline (repository, role))
    tomo_press_print_next (self, "tomopress repo payload %s %s -o %s.payload", folder, role, role);
  else
    tomo_press_print_next (self, "tomopress repo sign %s %s --key KEY", folder, role);
}

/**
 * tomo_press_print_drafts:
 * @self: a call
 * @repository: the repository
 * @folder: as the user named it
 * @role: (nullable): the role that the command was about
 * @error: return location for a #GError
 *
 * Says how many signatures the draft of @role has, or that of each role that lacks some with those
 * who may sign it, and which command comes next. Without drafts this prints nothing.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_press_print_drafts (TomoInvocation *self,
                         TomoRepository *repository,
                         const char *folder,
                         const char *role,
                         GError **error)
{
  g_auto(GStrv) drafts = tomo_repository_list_drafts (repository, error);
  const char *next_role = NULL;

  for (size_t i = 0; drafts != NULL && drafts[i] != NULL; i++)
    {
      gboolean is_the_one = g_strcmp0 (drafts[i], role) == 0;
      g_autoptr(TomoDraftState) state =
          tomo_repository_load_draft_state (repository, drafts[i], error);
      if (state == NULL)
        return FALSE;

      gboolean is_complete = tomo_draft_state_is_complete (state);
      if (is_the_one || (role == NULL && !is_complete))
        print_count (self, drafts[i], state);
      if (role == NULL && !is_complete)
        tomo_press_print_signers (self, state);
      if (!is_complete && (is_the_one || next_role == NULL))
        next_role = drafts[i];
    }

  if (drafts == NULL)
    return FALSE;

  if (next_role != NULL)
    print_next_signature (self, repository, folder, next_role);
  else if (drafts[0] != NULL)
    tomo_press_print_next (self, "tomopress repo publish %s", folder);
  return TRUE;
}

/**
 * tomo_press_print_change:
 * @self: a call
 * @repository: the repository
 * @folder: as the user named it
 * @role: whose keys were changed
 * @error: return location for a #GError
 *
 * Says who may sign @role and its joint roles from the next publication on, and what to do next.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_press_print_change (TomoInvocation *self,
                         TomoRepository *repository,
                         const char *folder,
                         const char *role,
                         GError **error)
{
  g_auto(GStrv) joint = tomo_repository_list_joint_roles (repository, role, error);
  g_autoptr(GPtrArray) roles = g_ptr_array_new ();

  g_ptr_array_add (roles, (char *) role);
  for (size_t i = 0; joint != NULL && joint[i] != NULL; i++)
    g_ptr_array_add (roles, joint[i]);

  for (unsigned int i = 0; joint != NULL && i < roles->len; i++)
    {
      const char *name = g_ptr_array_index (roles, i);
      g_autoptr(TomoSigners) keys = tomo_repository_load_keys (repository, name, error);
      if (keys == NULL)
        return FALSE;

      tomo_invocation_print (
          self,
          /* Translators: after keys were changed: a role such as jp, and how many of how many keys
           * must sign; the count for the plural is the last number */
          ngettext ("%s: from the next publication on signed by %u of %u key",
                    "%s: from the next publication on signed by %u of %u keys", keys->keys->len),
          name, keys->threshold, keys->keys->len);
      tomo_invocation_print (self, "\n");
    }

  return joint != NULL && tomo_press_print_drafts (self, repository, folder, NULL, error);
}
