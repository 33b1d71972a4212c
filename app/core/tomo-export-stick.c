/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-export-stick.h"

#include <string.h>

#include "core/fetch/tomo-folder-fetcher.h"
#include "core/tomo-config.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"

#define STICK_FORMAT 1
/* As many as there can be roles; a stick has a handful. */
#define MAX_NAMES 256
#define MAX_TREES 64

/**
 * tomo_export_stick_free:
 * @self: (transfer full): a note
 */
void
tomo_export_stick_free (TomoExportStick *self)
{
  g_free (self->campaign);
  g_free (self->timestamp_sha256);
  g_strfreev (self->partners);
  g_strfreev (self->languages);
  g_free (self);
}

/* Partners and language tags alike: nothing that could mean something to a shell or a terminal. */
static gboolean
is_name (const char *text)
{
  return g_regex_match_simple ("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", text, G_REGEX_DOLLAR_ENDONLY,
                               0);
}

static GStrv
read_names (json_t *tree, const char *member, const char *where, GError **error)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  json_t *array = tomo_json_get_array (tree, member, where, error);
  size_t i = 0;
  json_t *value = NULL;

  if (array == NULL)
    return NULL;

  json_array_foreach (array, i, value)
    {
      const char *text = json_string_value (value);
      if (text == NULL || !is_name (text) || i >= MAX_NAMES)
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: ‘%s’ is no list of at most %d names", where, member, MAX_NAMES);
          return NULL;
        }
      g_strv_builder_add (names, text);
    }

  return g_strv_builder_end (names);
}

static gboolean
is_hash_or_empty (const char *text)
{
  size_t length = strlen (text);

  return (length == 0 || length == 64) && strspn (text, "0123456789abcdef") == length;
}

/**
 * tomo_export_stick_parse:
 * @bytes: what a stick says of itself
 * @where: names it, for the message
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_UNSUPPORTED for another format.
 *
 * Returns: (transfer full): the note
 */
TomoExportStick *
tomo_export_stick_parse (GBytes *bytes, const char *where, GError **error)
{
  g_autoptr(json_t) tree = tomo_json_parse (bytes, TOMO_EXPORT_STICK_MAX_BYTES, where, error);
  uint64_t format = 0;
  if (tree == NULL || !tomo_json_get_uint64 (tree, "format", &format, where, error))
    return NULL;
  if (format != STICK_FORMAT)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "%s: has format %" G_GUINT64_FORMAT ", and this program knows %d: update it",
                   where, format, STICK_FORMAT);
      return NULL;
    }

  const char *campaign = tomo_json_get_string (tree, "campaign", where, error);
  const char *timestamp =
      campaign != NULL ? tomo_json_get_string (tree, "timestamp", where, error) : NULL;
  if (timestamp == NULL)
    return NULL;
  if (!tomo_config_is_campaign_name (campaign) || !is_hash_or_empty (timestamp))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: names no campaign, or no SHA-256 of its timestamp", where);
      return NULL;
    }

  g_auto(GStrv) partners = read_names (tree, "partners", where, error);
  if (partners == NULL)
    return NULL;
  g_auto(GStrv) languages = NULL;
  if (json_object_get (tree, "languages") != NULL)
    {
      languages = read_names (tree, "languages", where, error);
      if (languages == NULL)
        return NULL;
    }

  TomoExportStick *self = g_new0 (TomoExportStick, 1);
  self->campaign = g_strdup (campaign);
  self->timestamp_sha256 = g_strdup (timestamp);
  self->partners = g_steal_pointer (&partners);
  self->languages = g_steal_pointer (&languages);
  return self;
}

static json_t *
json_from_names (GStrv names)
{
  json_t *array = json_array ();

  for (size_t i = 0; names[i] != NULL; i++)
    json_array_append_new (array, json_string (names[i]));
  return array;
}

/**
 * tomo_export_stick_build:
 * @self: a note
 *
 * Returns: (transfer full): its bytes
 */
GBytes *
tomo_export_stick_build (const TomoExportStick *self)
{
  g_autoptr(json_t) tree =
      json_pack ("{s:i, s:s, s:s, s:o}", "format", STICK_FORMAT, "campaign", self->campaign,
                 "timestamp", self->timestamp_sha256, "partners", json_from_names (self->partners));
  if (self->languages != NULL)
    json_object_set_new (tree, "languages", json_from_names (self->languages));

  char *dumped = json_dumps (tree, JSON_INDENT (2));
  char *text = g_strconcat (dumped, "\n", NULL);
  free (dumped);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
is_folder (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

/**
 * tomo_export_stick_is_tree:
 * @path: a folder
 *
 * Returns: %TRUE if @path is the tree of one campaign, and not a stick with such trees
 */
gboolean
tomo_export_stick_is_tree (const char *path)
{
  g_autofree char *metadata = g_build_filename (path, "metadata", NULL);
  g_autofree char *stick = g_build_filename (path, TOMO_EXPORT_STICK_NAME, NULL);

  return is_folder (metadata) || g_file_test (stick, G_FILE_TEST_IS_REGULAR);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_trees_in (GPtrArray *trees, const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  if (dir == NULL)
    return;

  for (const char *name = g_dir_read_name (dir); name != NULL && trees->len < MAX_TREES;
       name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (tomo_config_is_campaign_name (name) && is_folder (path) &&
          tomo_export_stick_is_tree (path))
        g_ptr_array_add (trees, g_steal_pointer (&path));
    }
}

/**
 * tomo_export_stick_list_trees:
 * @folder: where a stick is mounted, its folder ‘tomoshibi’, or a tree itself
 * @error: return location for a #GError
 *
 * Lists the campaigns that are in @folder.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full) (array zero-terminated=1): their folders, at least one
 */
char **
tomo_export_stick_list_trees (const char *folder, GError **error)
{
  g_autoptr(GPtrArray) trees = g_ptr_array_new_with_free_func (g_free);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "there is no folder %s; is the stick there and mounted?", folder);
      return NULL;
    }

  if (tomo_export_stick_is_tree (folder))
    g_ptr_array_add (trees, g_strdup (folder));
  else
    {
      g_autofree char *usual = g_build_filename (folder, TOMO_EXPORT_FOLDER, NULL);
      add_trees_in (trees, is_folder (usual) ? usual : folder);
    }

  if (trees->len == 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                   "no campaign is in %s; ‘tomoctl export’ writes one there", folder);
      return NULL;
    }

  g_ptr_array_sort (trees, compare_strings);
  g_ptr_array_add (trees, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&trees), FALSE);
}

/* Names differ from machine to machine; a root that both trust does not. */
static gboolean
has_root_of (const char *tree, GPtrArray *roots)
{
  g_autoptr(TomoFetcher) fetcher = tomo_folder_fetcher_new (tree, NULL);

  for (unsigned int i = roots->len; i > 0 && fetcher != NULL; i--)
    {
      const TomoHeldFile *root = g_ptr_array_index (roots, i - 1);
      g_autofree char *path = g_strconcat ("metadata/", root->name, NULL);
      g_autoptr(GBytes) bytes =
          tomo_fetcher_fetch (fetcher, path, TOMO_TRUST_MAX_ROOT_BYTES, NULL, NULL);
      if (bytes != NULL && g_bytes_equal (bytes, root->bytes))
        return TRUE;
    }

  return FALSE;
}

/**
 * tomo_export_stick_find:
 * @folder: where a stick is mounted, its folder ‘tomoshibi’, or a tree itself
 * @campaign: what this machine calls a campaign
 * @roots: (element-type TomoHeldFile): the roots of that campaign that this machine trusts
 * @error: return location for a #GError
 *
 * Finds the tree of a campaign: the one that begins with a root this machine trusts, else the one
 * of that name.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full): the folder with metadata/ and targets/
 */
char *
tomo_export_stick_find (const char *folder, const char *campaign, GPtrArray *roots, GError **error)
{
  g_auto(GStrv) trees = tomo_export_stick_list_trees (folder, error);
  if (trees == NULL)
    return NULL;

  g_autoptr(GString) others = g_string_new (NULL);
  for (size_t i = 0; trees[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (trees[i]);
      if (has_root_of (trees[i], roots))
        return g_strdup (trees[i]);
      g_string_append_printf (others, "%s%s", i > 0 ? ", " : "", name);
    }

  for (size_t i = 0; trees[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (trees[i]);
      if (g_str_equal (name, campaign))
        return g_strdup (trees[i]);
    }

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
               "nothing of the campaign ‘%s’ is in %s; it holds %s", campaign, folder, others->str);
  return NULL;
}

/**
 * tomo_export_stick_load:
 * @tree: a folder with metadata/ and targets/
 * @out_stick: (out) (transfer full) (nullable): what it says of itself; %NULL if it is no stick of
 *   ours but a plain copy of a repository
 * @error: return location for a #GError
 *
 * Reads what a stick carries, and whether it was written to the end.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_UNSUPPORTED.
 *
 * Returns: %TRUE if a sync may go on
 */
gboolean
tomo_export_stick_load (const char *tree, TomoExportStick **out_stick, GError **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(TomoFetcher) fetcher = tomo_folder_fetcher_new (tree, error);
  if (fetcher == NULL)
    return FALSE;

  *out_stick = NULL;
  g_autoptr(GBytes) bytes = tomo_fetcher_fetch (fetcher, TOMO_EXPORT_STICK_NAME,
                                                 TOMO_EXPORT_STICK_MAX_BYTES, NULL, &local_error);
  if (g_error_matches (local_error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    return TRUE;
  if (bytes == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_autofree char *where = g_build_filename (tree, TOMO_EXPORT_STICK_NAME, NULL);
  g_autoptr(TomoExportStick) stick = tomo_export_stick_parse (bytes, where, error);
  if (stick == NULL)
    return FALSE;

  g_autoptr(GBytes) timestamp = tomo_fetcher_fetch (fetcher, "metadata/timestamp.json",
                                                     TOMO_TRUST_MAX_TIMESTAMP_BYTES, NULL, NULL);
  g_autofree char *sha256 = timestamp != NULL ? tomo_digest_dup_sha256 (timestamp) : NULL;
  if (g_strcmp0 (sha256, stick->timestamp_sha256) != 0)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: was pulled out before it was whole, or changed since; export to it again",
                   tree);
      return FALSE;
    }

  *out_stick = g_steal_pointer (&stick);
  return TRUE;
}
