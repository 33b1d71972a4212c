/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-held.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-update-private.h"

/* No file is expired at this time. */
#define BEGINNING_SECS 0

struct _TomoHeld
{
  TomoStore *store;             /* (owned) */
  TomoCampaignConfig *campaign; /* (owned) */
  TomoTrustedSet *set;          /* (owned) (not nullable) */
  GPtrArray *roots;             /* (owned) (element-type TomoHeldFile): in order */
  GHashTable *files;            /* (owned): role → GBytes, only what verified */
};

void
tomo_held_file_free (TomoHeldFile *self)
{
  g_free (self->name);
  g_bytes_unref (self->bytes);
  g_free (self);
}

void
tomo_held_partner_free (TomoHeldPartner *self)
{
  g_free (self->name);
  g_free (self);
}

static void
add_file (GPtrArray *files, char *name, GBytes *bytes)
{
  TomoHeldFile *file = g_new0 (TomoHeldFile, 1);

  file->name = name;
  file->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (files, file);
}

static void
add_root (GPtrArray *roots, TomoTrustedSet *set, GBytes *bytes)
{
  uint64_t version = tomo_trusted_set_get_root_version (set);

  add_file (roots, g_strdup_printf ("%" G_GUINT64_FORMAT ".root.json", version), bytes);
}

/**
 * tomo_held_load_roots:
 * @store: a store, which need not exist
 * @campaign: the configuration of a campaign
 * @error: return location for a #GError
 *
 * Loads the chain from the root that was configured to the newest in @store that verifies.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND, %TOMO_ERROR_INVALID_DATA or %TOMO_ERROR_UNTRUSTED.
 *
 * Returns: (transfer full) (element-type TomoHeldFile): the roots, oldest first, at least one
 */
GPtrArray *
tomo_held_load_roots (TomoStore *store, const TomoCampaignConfig *campaign, GError **error)
{
  g_autoptr(GBytes) first = tomo_campaign_config_load_root (campaign, error);
  if (first == NULL)
    return NULL;

  g_autoptr(TomoTrustedSet) set = tomo_trusted_set_new (first, BEGINNING_SECS, error);
  if (set == NULL)
    {
      g_prefix_error (error, "%s: ", campaign->root);
      return NULL;
    }

  GPtrArray *roots = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_held_file_free);
  add_root (roots, set, first);
  for (unsigned int i = 0; i < TOMO_TRUST_MAX_ROOT_STEPS; i++)
    {
      g_autofree char *name = tomo_trusted_set_dup_file_name (set, "root");
      g_autoptr(GBytes) next =
          tomo_store_load_metadata (store, campaign->name, name, TOMO_TRUST_MAX_ROOT_BYTES, NULL);
      if (next == NULL || !tomo_trusted_set_update_root (set, next, NULL))
        break;
      add_root (roots, set, next);
    }

  return roots;
}

/* Not the set that walked the chain: what it saw withdrawn would refuse what the new keys signed.
 */
static gboolean
start_at_newest_root (TomoHeld *self, GError **error)
{
  const TomoHeldFile *newest = g_ptr_array_index (self->roots, self->roots->len - 1);

  self->set = tomo_trusted_set_new (newest->bytes, BEGINNING_SECS, error);
  return self->set != NULL && tomo_trusted_set_finish_root (self->set, error);
}

static GBytes *
load_cached (TomoHeld *self, const char *role)
{
  TomoUpdateRun run = { .store = self->store, .campaign = self->campaign };

  return tomo_update_load_cached (&run, role);
}

static gboolean
take_in (TomoHeld *self, const char *role, const char *delegator)
{
  g_autoptr(GBytes) bytes = load_cached (self, role);
  gboolean success = FALSE;

  if (bytes == NULL)
    return FALSE;

  if (g_str_equal (role, "timestamp"))
    success = tomo_trusted_set_update_timestamp (self->set, bytes, TOMO_TRUST_LOCAL, NULL, NULL);
  else if (g_str_equal (role, "snapshot"))
    success = tomo_trusted_set_update_snapshot (self->set, bytes, TOMO_TRUST_LOCAL, NULL) &&
              tomo_trusted_set_is_current (self->set, role);
  else
    success = tomo_trusted_set_update_targets (self->set, role, delegator, bytes, TOMO_TRUST_LOCAL,
                                               NULL) &&
              tomo_trusted_set_is_current (self->set, role);

  if (success)
    g_hash_table_insert (self->files, g_strdup (role), g_steal_pointer (&bytes));
  return success;
}

static void
load_roles (TomoHeld *self)
{
  gboolean progressed = TRUE;

  for (unsigned int depth = 0; depth <= TOMO_TRUST_MAX_DEPTH && progressed; depth++)
    {
      g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (self->set);
      progressed = FALSE;
      for (unsigned int i = 0; i < roles->len; i++)
        {
          const TomoTrustRole *role = g_ptr_array_index (roles, i);
          if (role->listed_version > 0 && !role->is_loaded &&
              take_in (self, role->name, role->delegator))
            progressed = TRUE;
        }
    }
}

/**
 * tomo_held_new:
 * @store: a store
 * @campaign: the configuration of a campaign
 * @error: return location for a #GError
 *
 * Reads the metadata that @store holds of @campaign and verifies it as if it had just come.
 *
 * On failure this sets %TOMO_ERROR_NOT_FOUND if no sync has come to its end yet, or what is wrong
 * with the first trusted root.
 *
 * Returns: (transfer full): what is held
 */
TomoHeld *
tomo_held_new (TomoStore *store, const TomoCampaignConfig *campaign, GError **error)
{
  g_return_val_if_fail (TOMO_IS_STORE (store), NULL);
  g_return_val_if_fail (campaign != NULL, NULL);

  g_autoptr(TomoHeld) self = g_new0 (TomoHeld, 1);
  self->store = g_object_ref (store);
  self->campaign = tomo_campaign_config_copy (campaign);
  self->files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  self->roots = tomo_held_load_roots (store, campaign, error);
  if (self->roots == NULL || !start_at_newest_root (self, error))
    return NULL;

  static const char *const top_level[] = { "timestamp", "snapshot", "targets" };
  for (size_t i = 0; i < G_N_ELEMENTS (top_level); i++)
    if (!take_in (self, top_level[i], "root"))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND,
                     "no whole %s.json of the campaign ‘%s’ is in %s: run ‘tomoctl sync’ first",
                     top_level[i], campaign->name, tomo_store_get_path (store));
        return NULL;
      }

  load_roles (self);
  return g_steal_pointer (&self);
}

/**
 * tomo_held_free:
 * @self: (transfer full): what is held
 */
void
tomo_held_free (TomoHeld *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->campaign, tomo_campaign_config_free);
  g_clear_pointer (&self->set, tomo_trusted_set_free);
  g_clear_pointer (&self->roots, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_free (self);
}

TomoTrustedSet *
tomo_held_get_set (TomoHeld *self)
{
  return self->set;
}

GPtrArray *
tomo_held_get_roots (TomoHeld *self)
{
  return self->roots;
}

/* The roles of one partner’s branch: in pre-order a branch ends where the next one begins. */
static GPtrArray *
list_branch (TomoHeld *self, const char *partner)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (self->set);
  GPtrArray *branch = g_ptr_array_new_with_free_func (g_free);
  gboolean is_inside = FALSE;

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (role->depth == 1)
        is_inside = g_str_equal (role->name, partner);
      if (is_inside)
        g_ptr_array_add (branch, g_memdup2 (role, sizeof *role));
    }

  return branch;
}

/**
 * tomo_held_has_partner:
 * @self: what is held
 * @partner: a name
 *
 * Returns: %TRUE if the campaign has such a partner, whether or not anything of it is here
 */
gboolean
tomo_held_has_partner (TomoHeld *self, const char *partner)
{
  g_autoptr(GPtrArray) branch = list_branch (self, partner);

  return branch->len > 0;
}

/**
 * tomo_held_is_current:
 * @self: what is held
 * @partner: a name
 *
 * Returns: %TRUE if every file of @partner that snapshot lists is here
 */
gboolean
tomo_held_is_current (TomoHeld *self, const char *partner)
{
  g_autoptr(GPtrArray) branch = list_branch (self, partner);

  for (unsigned int i = 0; i < branch->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (branch, i);
      if (!role->is_loaded && (i == 0 || role->listed_version > 0))
        return FALSE;
    }

  return branch->len > 0;
}

/* A stick keeps the name that a web server would look for after it has undone the URL’s form. */
static void
add_published (TomoHeld *self, GPtrArray *files, const char *role)
{
  GBytes *bytes = g_hash_table_lookup (self->files, role);
  g_autofree char *encoded = tomo_trusted_set_dup_file_name (self->set, role);
  char *name = encoded != NULL ? g_uri_unescape_string (encoded, "/") : NULL;

  /* One with a ‘/’ in it cannot be read from a folder; it is not for us to say so. */
  if (bytes != NULL && encoded != NULL)
    add_file (files, name != NULL ? name : g_strdup (encoded), bytes);
}

/**
 * tomo_held_list_files:
 * @self: what is held
 * @partner: (nullable): whose; %NULL for timestamp, snapshot and targets
 *
 * Returns: (transfer full) (element-type TomoHeldFile): the files under their published names, in
 *   the order to write them: what lists another comes after it
 */
GPtrArray *
tomo_held_list_files (TomoHeld *self, const char *partner)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_held_file_free);
  static const char *const top_level[] = { "targets", "snapshot", "timestamp" };

  if (partner == NULL)
    {
      for (size_t i = 0; i < G_N_ELEMENTS (top_level); i++)
        add_published (self, files, top_level[i]);
      return files;
    }

  g_autoptr(GPtrArray) branch = list_branch (self, partner);
  for (unsigned int i = branch->len; i > 0; i--)
    {
      const TomoTrustRole *role = g_ptr_array_index (branch, i - 1);
      if (role->is_loaded)
        add_published (self, files, role->name);
    }

  return files;
}

static GBytes *
load_cached_cb (const char *role, gpointer user_data)
{
  return load_cached (user_data, role);
}

/* A partner that was kept as before: its keys are looked at again, its version and expiry are not.
 */
static void
read_kept (TomoHeld *self, TomoHeldPartner *partner)
{
  TomoTrustRole role = { NULL };
  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_kept_targets (
      self->set, partner->name, load_cached_cb, self, &role, NULL);

  if (targets == NULL)
    return;
  partner->version = role.version;
  partner->signed_on_secs = role.signed_on_secs;
  partner->expires_secs = role.expires_secs;
}

/**
 * tomo_held_list_partners:
 * @self: what is held
 *
 * Lists the partners of the campaign that have published something, the hub’s own role apart.
 *
 * Returns: (transfer full) (element-type TomoHeldPartner): the partners, in the order of the
 *   delegations
 */
GPtrArray *
tomo_held_list_partners (TomoHeld *self)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (self->set);
  GPtrArray *partners = g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_held_partner_free);

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (role->depth != 1 || role->listed_version == 0 || g_str_equal (role->name, "campaign"))
        continue;

      TomoHeldPartner *partner = g_new0 (TomoHeldPartner, 1);
      partner->name = g_strdup (role->name);
      partner->version = role->version;
      partner->signed_on_secs = role->signed_on_secs;
      partner->expires_secs = role->expires_secs;
      partner->is_current = tomo_held_is_current (self, role->name);
      if (!role->is_loaded)
        read_kept (self, partner);
      g_ptr_array_add (partners, partner);
    }

  return partners;
}

/**
 * tomo_held_get_expires_secs:
 * @self: what is held
 *
 * Tells until when other machines take this metadata in.
 *
 * Returns: the earliest expiry of root, timestamp, snapshot and targets, in seconds since 1970
 */
int64_t
tomo_held_get_expires_secs (TomoHeld *self)
{
  static const char *const roles[] = { "root", "timestamp", "snapshot", "targets" };
  int64_t earliest = G_MAXINT64;

  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    earliest = MIN (earliest, tomo_trusted_set_get_expires_secs (self->set, roles[i]));

  return earliest;
}

/**
 * tomo_held_dup_mirror:
 * @store: a store
 * @campaign: the configuration of a campaign
 *
 * Returns: (transfer full) (nullable): the address where the next sync begins: the one that was
 *   good last time, else the first; without a password. %NULL if none is configured
 */
char *
tomo_held_dup_mirror (TomoStore *store, const TomoCampaignConfig *campaign)
{
  g_auto(GStrv) mirrors =
      tomo_update_order_mirrors (store, campaign, g_get_real_time () / G_USEC_PER_SEC);
  if (mirrors[0] == NULL)
    return NULL;

  g_autoptr(TomoFetcher) fetcher = tomo_fetcher_new_for_location (mirrors[0], NULL);
  const char *secret = strstr (mirrors[0], "://") != NULL ? strchr (mirrors[0], '@') : NULL;
  if (fetcher != NULL)
    return g_strdup (tomo_fetcher_get_location (fetcher));

  /* A folder that is not there; of an address that nobody can read, not what may be a password. */
  return g_strdup (secret != NULL ? secret + 1 : mirrors[0]);
}
