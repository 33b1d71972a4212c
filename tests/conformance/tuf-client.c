/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bare TUF client with the command line of the public conformance suite:
 *
 *   tuf-client --metadata-dir M init ROOT
 *   tuf-client --metadata-url U --metadata-dir M refresh
 *   tuf-client --metadata-url U --metadata-dir M --target-name N … --target-dir D
 *              --target-base-url T download
 *
 * It joins core/trust and core/fetch and nothing else, sends exactly the requests of the
 * specification's workflow, one after another, and keeps nothing but metadata in M. */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fetch/tomo-fetcher.h"
#include "core/tomo-error.h"
#include "core/trust/tomo-trusted-set.h"

typedef struct
{
  char *metadata_dir;    /* (owned) (nullable) */
  char *metadata_url;    /* (owned) (nullable) */
  char *target_dir;      /* (owned) (nullable) */
  char *target_base_url; /* (owned) (nullable) */
  char **target_names;   /* (owned) (nullable) */
  char **words;          /* (owned) (nullable): the command and its argument */
} Options;

typedef struct
{
  const Options *options;
  TomoFetcher *fetcher; /* (owned) */
  TomoTrustedSet *set;  /* (owned) */
} Client;

static void
options_clear (Options *self)
{
  g_free (self->metadata_dir);
  g_free (self->metadata_url);
  g_free (self->target_dir);
  g_free (self->target_base_url);
  g_strfreev (self->target_names);
  g_strfreev (self->words);
}

static void
client_clear (Client *self)
{
  g_clear_object (&self->fetcher);
  g_clear_pointer (&self->set, tomo_trusted_set_free);
}

static char *
dup_local_path (Client *self, const char *role)
{
  g_autofree char *name = tomo_trusted_set_dup_cache_name (role);

  return g_build_filename (self->options->metadata_dir, name, NULL);
}

static GBytes *
load_file (const char *path, GError **error)
{
  char *data = NULL;
  size_t size = 0;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  return g_bytes_new_take (data, size);
}

/* NULL if there is none; what cannot be read will be fetched. */
static GBytes *
load_local (Client *self, const char *role)
{
  g_autofree char *path = dup_local_path (self, role);

  return load_file (path, NULL);
}

static gboolean
save_file (const char *path, GBytes *bytes, GError **error)
{
  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_file_set_contents (path, data == NULL ? "" : data, (gssize) size, error);
}

static gboolean
save_local (Client *self, const char *role, GBytes *bytes, GError **error)
{
  g_autofree char *path = dup_local_path (self, role);

  return save_file (path, bytes, error);
}

static void
remove_local (Client *self, const char *role)
{
  g_autofree char *path = dup_local_path (self, role);

  remove (path);
}

static GBytes *
fetch_role (Client *self, const char *role, GError **error)
{
  g_autofree char *name = tomo_trusted_set_dup_file_name (self->set, role);

  if (name == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED, "%s.json is not listed", role);
      return NULL;
    }
  return tomo_fetcher_fetch (self->fetcher, name, tomo_trusted_set_get_max_bytes (self->set, role),
                             NULL, error);
}

/* What withdrawn keys signed goes before the root that withdraws them is kept: whatever happens
 * next, the client never starts from that root with those files. */
static gboolean
refresh_root (Client *self, GError **error)
{
  for (unsigned int i = 0; i < TOMO_TRUST_MAX_ROOT_STEPS; i++)
    {
      g_autoptr(GError) fetch_error = NULL;
      g_autoptr(GBytes) bytes = fetch_role (self, "root", &fetch_error);

      if (g_error_matches (fetch_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
        break;
      if (bytes == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&fetch_error));
          return FALSE;
        }
      if (!tomo_trusted_set_update_root (self->set, bytes, error))
        return FALSE;
      if (tomo_trusted_set_keys_rotated (self->set))
        {
          remove_local (self, "timestamp");
          remove_local (self, "snapshot");
        }
      if (!save_local (self, "root", bytes, error))
        return FALSE;
    }

  return tomo_trusted_set_finish_root (self->set, error);
}

static gboolean
refresh_timestamp (Client *self, GError **error)
{
  g_autoptr(GBytes) local = load_local (self, "timestamp");
  gboolean changed = FALSE;

  if (local != NULL)
    tomo_trusted_set_update_timestamp (self->set, local, TOMO_TRUST_LOCAL, NULL, NULL);

  g_autoptr(GBytes) bytes = fetch_role (self, "timestamp", error);
  if (bytes == NULL ||
      !tomo_trusted_set_update_timestamp (self->set, bytes, TOMO_TRUST_REMOTE, &changed, error))
    return FALSE;
  return !changed || save_local (self, "timestamp", bytes, error);
}

static gboolean
refresh_snapshot (Client *self, GError **error)
{
  g_autoptr(GBytes) local = load_local (self, "snapshot");

  if (local != NULL)
    tomo_trusted_set_update_snapshot (self->set, local, TOMO_TRUST_LOCAL, NULL);
  if (tomo_trusted_set_is_current (self->set, "snapshot"))
    return TRUE;

  g_autoptr(GBytes) bytes = fetch_role (self, "snapshot", error);
  return bytes != NULL &&
         tomo_trusted_set_update_snapshot (self->set, bytes, TOMO_TRUST_REMOTE, error) &&
         save_local (self, "snapshot", bytes, error);
}

static gboolean
load_targets (Client *self, const char *role, const char *delegator, GError **error)
{
  g_autoptr(GBytes) local = load_local (self, role);

  if (local != NULL &&
      tomo_trusted_set_update_targets (self->set, role, delegator, local, TOMO_TRUST_LOCAL, NULL) &&
      tomo_trusted_set_is_current (self->set, role))
    return TRUE;

  g_autoptr(GBytes) bytes = fetch_role (self, role, error);
  return bytes != NULL &&
         tomo_trusted_set_update_targets (self->set, role, delegator, bytes, TOMO_TRUST_REMOTE,
                                          error) &&
         save_local (self, role, bytes, error);
}

static gboolean
refresh (Client *self, GError **error)
{
  g_autofree char *root_path = dup_local_path (self, "root");
  g_autoptr(GBytes) root = load_file (root_path, error);

  if (root == NULL)
    return FALSE;

  /* This checks the signatures of the root we start from before anything is asked of anybody. */
  self->set = tomo_trusted_set_new (root, g_get_real_time () / G_USEC_PER_SEC, error);
  if (self->set == NULL)
    return FALSE;
  tomo_trusted_set_allow_foreign_targets (self->set);

  self->fetcher = tomo_fetcher_new_for_location (self->options->metadata_url, error);
  return self->fetcher != NULL && refresh_root (self, error) && refresh_timestamp (self, error) &&
         refresh_snapshot (self, error) && load_targets (self, "targets", NULL, error);
}

static gboolean
find_target (Client *self, const char *name, TomoTrustTarget *out_target, GError **error)
{
  while (TRUE)
    {
      g_autoptr(GError) search_error = NULL;
      TomoTrustRole missing = { NULL };

      if (tomo_trusted_set_find_target (self->set, name, out_target, &missing, &search_error))
        return TRUE;
      if (missing.name == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&search_error));
          return FALSE;
        }
      if (!load_targets (self, missing.name, missing.delegator, error))
        return FALSE;
    }
}

/* With consistent snapshots the hash stands before the last component: ‘a/HASH.b’. */
static char *
dup_target_url_path (Client *self, const TomoTrustTarget *target)
{
  const char *hash = target->sha256 != NULL ? target->sha256 : target->sha512;
  g_autofree char *encoded = g_uri_escape_string (target->path, "/", FALSE);
  char *slash = strrchr (encoded, '/');

  if (!tomo_trusted_set_has_consistent_snapshots (self->set))
    return g_steal_pointer (&encoded);
  if (slash == NULL)
    return g_strdup_printf ("%s.%s", hash, encoded);
  return g_strdup_printf ("%.*s/%s.%s", (int) (slash - encoded), encoded, hash, slash + 1);
}

static gboolean
download (Client *self, TomoFetcher *fetcher, const char *name, GError **error)
{
  TomoTrustTarget target = { NULL };

  if (!find_target (self, name, &target, error))
    return FALSE;

  g_autofree char *file_name = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *path = g_build_filename (self->options->target_dir, file_name, NULL);
  g_autoptr(GBytes) present = load_file (path, NULL);
  if (present != NULL && tomo_trusted_set_check_target (&target, present, NULL))
    return TRUE;

  g_autofree char *url_path = dup_target_url_path (self, &target);
  g_autoptr(GBytes) bytes = tomo_fetcher_fetch (fetcher, url_path, target.size, NULL, error);
  return bytes != NULL && tomo_trusted_set_check_target (&target, bytes, error) &&
         save_file (path, bytes, error);
}

static gboolean
download_all (Client *self, GError **error)
{
  g_autoptr(TomoFetcher) fetcher =
      tomo_fetcher_new_for_location (self->options->target_base_url, error);

  if (fetcher == NULL || !refresh (self, error))
    return FALSE;
  for (size_t i = 0; self->options->target_names[i] != NULL; i++)
    if (!download (self, fetcher, self->options->target_names[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
init (const Options *options, GError **error)
{
  g_autofree char *path = g_build_filename (options->metadata_dir, "root.json", NULL);
  g_autoptr(GBytes) root = load_file (options->words[1], error);

  return root != NULL && save_file (path, root, error);
}

static gboolean
run (const Options *options, GError **error)
{
  unsigned int n_words = options->words == NULL ? 0 : g_strv_length (options->words);
  const char *command = n_words == 0 ? "" : options->words[0];
  Client client = { options, NULL, NULL };
  gboolean is_good = FALSE;

  if (options->metadata_dir != NULL && strcmp (command, "init") == 0 && n_words == 2)
    return init (options, error);

  if (options->metadata_dir != NULL && options->metadata_url != NULL && n_words == 1 &&
      strcmp (command, "refresh") == 0)
    is_good = refresh (&client, error);
  else if (options->metadata_dir != NULL && options->metadata_url != NULL && n_words == 1 &&
           strcmp (command, "download") == 0 && options->target_names != NULL &&
           options->target_dir != NULL && options->target_base_url != NULL)
    is_good = download_all (&client, error);
  else
    g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                         "say init ROOT, refresh or download, with the options each needs");

  client_clear (&client);
  return is_good;
}

int
main (int argc, char **argv)
{
  Options options = { NULL };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "metadata-dir", 0, 0, G_OPTION_ARG_FILENAME, &options.metadata_dir, NULL, "M" },
    { "metadata-url", 0, 0, G_OPTION_ARG_STRING, &options.metadata_url, NULL, "U" },
    { "target-name", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.target_names, NULL, "N" },
    { "target-dir", 0, 0, G_OPTION_ARG_FILENAME, &options.target_dir, NULL, "D" },
    { "target-base-url", 0, 0, G_OPTION_ARG_STRING, &options.target_base_url, NULL, "T" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.words, NULL, NULL },
    { NULL },
  };
  /* clang-format on */
  g_autoptr(GOptionContext) context = g_option_context_new ("COMMAND");
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  gboolean is_good =
      g_option_context_parse (context, &argc, &argv, &error) && run (&options, &error);

  if (!is_good)
    fprintf (stderr, "tuf-client: %s\n", error->message);
  options_clear (&options);
  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
