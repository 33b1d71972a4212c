/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-export.h"

#include "core/tomo-digest.h"
#include "core/tomo-error.h"
#include "core/tomo-export-folder-private.h"
#include "core/tomo-export-private.h"
#include "core/tomo-export-stick.h"

/* Nothing that a repository of ours publishes is larger, see design.md section 7. */
#define MAX_OBJECT_BYTES (64 * 1024 * 1024)

struct _TomoExport
{
  GObject parent_instance;

  TomoStore *store;             /* (owned) (not nullable) */
  TomoCampaignConfig *campaign; /* (owned) (not nullable) */
  GStrv chosen_partners;        /* (owned) (nullable) */
  GStrv chosen_languages;       /* (owned) (nullable) */

  char *tree;      /* (owned) (nullable): where it went */
  GStrv partners;  /* (owned) (nullable) */
  GStrv languages; /* (owned) (nullable) */
  unsigned int n_files;
  unsigned int n_written;
  uint64_t n_bytes;
  int64_t expires_secs;
};

G_DEFINE_FINAL_TYPE (TomoExport, tomo_export, G_TYPE_OBJECT)

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_PARTNER_LEFT_OUT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One run: the plan, where it goes, and how far it is. */
typedef struct
{
  TomoExport *self;
  TomoExportPlan *plan;
  TomoExportFolder *folder;
  GHashTable *names; /* all that belongs on the stick */
  GCancellable *cancellable;
  unsigned int n_done;
  unsigned int n_total;
  uint64_t n_bytes;
  uint64_t n_bytes_total;
} Copy;

static void
tomo_export_finalize (GObject *object)
{
  TomoExport *self = TOMO_EXPORT (object);

  g_object_unref (self->store);
  tomo_campaign_config_free (self->campaign);
  g_strfreev (self->chosen_partners);
  g_strfreev (self->chosen_languages);
  g_free (self->tree);
  g_strfreev (self->partners);
  g_strfreev (self->languages);

  G_OBJECT_CLASS (tomo_export_parent_class)->finalize (object);
}

static void
tomo_export_class_init (TomoExportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tomo_export_finalize;

  signals[SIGNAL_PROGRESS] =
      g_signal_new ("progress", TOMO_TYPE_EXPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT64, G_TYPE_UINT64);
  signals[SIGNAL_PARTNER_LEFT_OUT] =
      g_signal_new ("partner-left-out", TOMO_TYPE_EXPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
tomo_export_init (TomoExport *self)
{
}

/**
 * tomo_export_new:
 * @store: where to copy from
 * @campaign: which campaign
 *
 * Returns: (transfer full): an export that has not run yet
 */
TomoExport *
tomo_export_new (TomoStore *store, const TomoCampaignConfig *campaign)
{
  g_return_val_if_fail (TOMO_IS_STORE (store), NULL);
  g_return_val_if_fail (campaign != NULL, NULL);

  TomoExport *self = g_object_new (TOMO_TYPE_EXPORT, NULL);
  self->store = g_object_ref (store);
  self->campaign = tomo_campaign_config_copy (campaign);
  return self;
}

/**
 * tomo_export_set_selection:
 * @self: an export
 * @partners: (nullable) (array zero-terminated=1): only these; %NULL for all that are here
 * @languages: (nullable) (array zero-terminated=1): only these and what they fall back to; %NULL
 *   for all that are here whole
 *
 * Limits what goes on the stick.
 */
void
tomo_export_set_selection (TomoExport *self,
                           const char *const *partners,
                           const char *const *languages)
{
  g_return_if_fail (TOMO_IS_EXPORT (self));

  g_strfreev (self->chosen_partners);
  self->chosen_partners = g_strdupv ((char **) partners);
  g_strfreev (self->chosen_languages);
  self->chosen_languages = g_strdupv ((char **) languages);
}

static gboolean
write_file (Copy *copy, const char *name, GBytes *bytes, GError **error)
{
  gboolean written = FALSE;

  if (!tomo_export_folder_write (copy->folder, name, bytes, &written, error))
    return FALSE;

  if (written)
    copy->self->n_written++;
  g_hash_table_add (copy->names, g_strdup (name));
  return TRUE;
}

/* An object is compared with its hash while it is read: a stick is no place for a damaged one. */
static gboolean
copy_file (Copy *copy, const TomoExportFile *file, GError **error)
{
  g_autoptr(GBytes) bytes =
      file->bytes != NULL
          ? g_bytes_ref (file->bytes)
          : tomo_store_load_object (copy->plan->store, file->sha256, MAX_OBJECT_BYTES, error);

  if (bytes == NULL)
    {
      g_prefix_error (error, "%s: ", file->name);
      return FALSE;
    }
  if (!write_file (copy, file->name, bytes, error))
    return FALSE;

  copy->n_done++;
  copy->n_bytes += g_bytes_get_size (bytes);
  g_signal_emit (copy->self, signals[SIGNAL_PROGRESS], 0, copy->n_done, copy->n_total,
                 copy->n_bytes, copy->n_bytes_total);
  return TRUE;
}

static gboolean
copy_files (Copy *copy, GPtrArray *files, GError **error)
{
  for (unsigned int i = 0; i < files->len; i++)
    {
      if (g_cancellable_is_cancelled (copy->cancellable))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_CANCELLED,
                       "cancelled; export to %s again before you use it",
                       tomo_export_folder_get_path (copy->folder));
          return FALSE;
        }
      if (!copy_file (copy, g_ptr_array_index (files, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_note (Copy *copy, const char *timestamp_sha256, GError **error)
{
  TomoExportStick stick = {
    .campaign = copy->self->campaign->name,
    .timestamp_sha256 = (char *) timestamp_sha256,
    .partners = copy->plan->partners,
    .languages = copy->plan->languages,
  };
  g_autoptr(GBytes) bytes = tomo_export_stick_build (&stick);
  gboolean written = FALSE;

  return tomo_export_folder_write (copy->folder, TOMO_EXPORT_STICK_NAME, bytes, &written, error) &&
         tomo_export_folder_sync (copy->folder, error);
}

/* Looks at what is there before anything is changed. */
static gboolean
begin (Copy *copy, GError **error)
{
  g_autoptr(GBytes) bytes = tomo_export_folder_read (copy->folder, TOMO_EXPORT_STICK_NAME,
                                                      TOMO_EXPORT_STICK_MAX_BYTES, NULL);
  g_autoptr(TomoExportStick) before =
      bytes != NULL ? tomo_export_stick_parse (bytes, TOMO_EXPORT_STICK_NAME, NULL) : NULL;
  /* An empty note is one that was pulled out while it was written. */
  gboolean is_ours = before != NULL || (bytes != NULL && g_bytes_get_size (bytes) == 0);
  if (!tomo_export_folder_check_others (copy->folder, is_ours, error))
    return FALSE;

  /* A whole stick stays one until the timestamp is exchanged, unless names are used twice. */
  if (before != NULL &&
      tomo_trusted_set_has_consistent_snapshots (tomo_held_get_set (copy->plan->held)))
    return TRUE;
  return write_note (copy, "", error);
}

/* As a repository is published: what is named before what names it. FAT keeps no order, so each
 * step is on the stick before the next begins. */
static gboolean
copy_all (Copy *copy, GError **error)
{
  GPtrArray *heads = copy->plan->heads;
  const TomoExportFile *timestamp = g_ptr_array_index (heads, heads->len - 1);
  g_autofree char *sha256 = tomo_digest_dup_sha256 (timestamp->bytes);

  return begin (copy, error) && copy_files (copy, copy->plan->targets, error) &&
         copy_files (copy, copy->plan->roles, error) &&
         tomo_export_folder_sync (copy->folder, error) && copy_files (copy, heads, error) &&
         tomo_export_folder_sync (copy->folder, error) && write_note (copy, sha256, error) &&
         tomo_export_folder_prune (copy->folder, copy->names, error) &&
         tomo_export_folder_sync (copy->folder, error);
}

static void
count (Copy *copy, GPtrArray *files)
{
  for (unsigned int i = 0; i < files->len; i++)
    {
      const TomoExportFile *file = g_ptr_array_index (files, i);
      copy->n_total++;
      copy->n_bytes_total += file->size;
    }
}

/* Where people give the stick, its folder of ours, or the tree that is to be updated. */
static TomoExportFolder *
open_tree (TomoExport *self, const char *folder, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);
  g_autofree char *base = g_path_get_basename (absolute);
  g_autofree char *note = g_build_filename (absolute, TOMO_EXPORT_STICK_NAME, NULL);
  g_autofree char *usual = g_build_filename (TOMO_EXPORT_FOLDER, self->campaign->name, NULL);

  if (g_file_test (note, G_FILE_TEST_IS_REGULAR))
    return tomo_export_folder_open (absolute, "", error);
  if (g_str_equal (base, TOMO_EXPORT_FOLDER))
    return tomo_export_folder_open (absolute, self->campaign->name, error);
  return tomo_export_folder_open (absolute, usual, error);
}

static void
left_out_cb (const char *partner, const GError *reason, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_PARTNER_LEFT_OUT], 0, partner, reason);
}

/**
 * tomo_export_run:
 * @self: an export
 * @folder: where a stick is mounted, or any folder that exists
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Writes to `@folder/tomoshibi/CAMPAIGN/`, or brings what is there up to date. Other files of the
 * stick are left alone. A stick that is pulled out in the middle is the one it was before, or is
 * refused by tomo_export_stick_load().
 *
 * This blocks. On failure this sets %TOMO_ERROR_NOT_FOUND for what is not here,
 * %TOMO_ERROR_NO_SPACE, %TOMO_ERROR_INVALID_DATA if the store is damaged, %TOMO_ERROR_CANCELLED or
 * %TOMO_ERROR_FAILED.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_export_run (TomoExport *self, const char *folder, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (TOMO_IS_EXPORT (self), FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  g_auto(TomoExportPlan) plan = {
    .store = self->store,
    .campaign = self->campaign,
    .chosen_partners = (const char *const *) self->chosen_partners,
    .chosen_languages = (const char *const *) self->chosen_languages,
    .left_out_func = left_out_cb,
    .user_data = self,
  };
  if (!tomo_export_plan_make (&plan, error))
    return FALSE;

  g_autoptr(TomoExportFolder) tree = open_tree (self, folder, error);
  if (tree == NULL)
    return FALSE;

  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Copy copy = {
    .self = self, .plan = &plan, .folder = tree, .names = names, .cancellable = cancellable
  };
  count (&copy, plan.targets);
  count (&copy, plan.roles);
  count (&copy, plan.heads);
  self->n_written = 0;
  if (!copy_all (&copy, error))
    return FALSE;

  g_free (self->tree);
  self->tree = g_strdup (tomo_export_folder_get_path (tree));
  g_strfreev (self->partners);
  self->partners = g_steal_pointer (&plan.partners);
  g_strfreev (self->languages);
  self->languages = g_steal_pointer (&plan.languages);
  self->n_files = copy.n_total;
  self->n_bytes = copy.n_bytes_total;
  self->expires_secs = tomo_held_get_expires_secs (plan.held);
  return TRUE;
}

/**
 * tomo_export_get_tree:
 * @self: an export that has run
 *
 * Returns: (transfer none) (nullable): the folder that `--from` takes
 */
const char *
tomo_export_get_tree (TomoExport *self)
{
  return self->tree;
}

const char *const *
tomo_export_get_partners (TomoExport *self)
{
  return (const char *const *) self->partners;
}

/**
 * tomo_export_get_languages:
 * @self: an export that has run
 *
 * Returns: (transfer none) (nullable): the languages that went, or %NULL for all that the partners
 *   have
 */
const char *const *
tomo_export_get_languages (TomoExport *self)
{
  return (const char *const *) self->languages;
}

unsigned int
tomo_export_get_n_files (TomoExport *self)
{
  return self->n_files;
}

/**
 * tomo_export_get_n_written:
 * @self: an export that has run
 *
 * Returns: how many of the files were not on the stick before
 */
unsigned int
tomo_export_get_n_written (TomoExport *self)
{
  return self->n_written;
}

uint64_t
tomo_export_get_n_bytes (TomoExport *self)
{
  return self->n_bytes;
}

/**
 * tomo_export_get_expires_secs:
 * @self: an export that has run
 *
 * Returns: until when other machines take the stick in, in seconds since 1970
 */
int64_t
tomo_export_get_expires_secs (TomoExport *self)
{
  return self->expires_secs;
}
