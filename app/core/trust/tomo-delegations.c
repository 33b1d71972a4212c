/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-delegations-private.h"

#include <string.h>

#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-role-name-private.h"
#include "core/trust/tomo-target-path.h"
#include "core/trust/tomo-trusted-set.h"

/* The specification's own limit: a bin's number is taken from 32 bits of the hash. */
#define MAX_BIN_BITS 32
/* Every target of every role below is held against every pattern of one file, so that a partner
 * could keep a machine busy for hours with half a million of them. Three are what a partner needs.
 * Hash prefixes compare faster, and there may be some for each of many bins. */
#define MAX_PATTERNS 1024
#define MAX_HASH_PREFIXES 16384

typedef struct
{
  char *name;               /* (owned) */
  TomoRoleKeys *keys;       /* (owned) */
  GPtrArray *paths;         /* (owned) (nullable) (element-type utf8); this or hash_prefixes */
  GPtrArray *hash_prefixes; /* (owned) (nullable) (element-type utf8): hex */
  gboolean is_terminating;
} Delegation;

struct _TomoDelegations
{
  GPtrArray *roles; /* (owned) (nullable) (element-type Delegation); this or the bins */

  char *bin_prefix;       /* (owned) (nullable) */
  TomoRoleKeys *bin_keys; /* (owned) (nullable) */
  unsigned int bin_bits;
  GHashTable *bin_names; /* (owned) (nullable): the names that were asked for, to lend them out */
};

static void
delegation_free (Delegation *self)
{
  g_free (self->name);
  g_clear_pointer (&self->keys, tomo_role_keys_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->hash_prefixes, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Delegation, delegation_free)

static GPtrArray *
read_strings (json_t *object, const char *member, const char *where, GError **error)
{
  g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  json_t *array = tomo_json_get_array (object, member, where, error);

  if (array == NULL)
    return NULL;

  for (size_t i = 0; i < json_array_size (array); i++)
    {
      json_t *item = json_array_get (array, i);
      const char *text = json_string_value (item);

      if (text == NULL || strlen (text) != json_string_length (item))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: member ‘%s’ has something other than strings", where, member);
          return NULL;
        }
      g_ptr_array_add (strings, g_strdup (text));
    }
  return g_steal_pointer (&strings);
}

static gboolean
read_coverage (Delegation *self, json_t *tree, const char *where, GError **error)
{
  gboolean has_paths = json_object_get (tree, "paths") != NULL;
  gboolean has_prefixes = json_object_get (tree, "path_hash_prefixes") != NULL;

  if (has_paths == has_prefixes)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: role ‘%s’ needs either ‘paths’ or ‘path_hash_prefixes’", where, self->name);
      return FALSE;
    }

  if (has_paths)
    self->paths = read_strings (tree, "paths", where, error);
  else
    self->hash_prefixes = read_strings (tree, "path_hash_prefixes", where, error);
  return self->paths != NULL || self->hash_prefixes != NULL;
}

static Delegation *
read_delegation (json_t *tree, GHashTable *table, const char *where, GError **error)
{
  g_autoptr(Delegation) self = g_new0 (Delegation, 1);
  const char *name = tomo_json_get_string (tree, "name", where, error);

  if (name == NULL || !tomo_role_name_check (name, where, error))
    return NULL;
  self->name = g_strdup (name);

  self->keys = tomo_role_keys_read (tree, table, where, error);
  if (self->keys == NULL ||
      !tomo_json_get_boolean (tree, "terminating", &self->is_terminating, where, error) ||
      !read_coverage (self, tree, where, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
check_coverage_limits (TomoDelegations *self, const char *where, GError **error)
{
  size_t n_patterns = 0;
  size_t n_prefixes = 0;

  for (size_t i = 0; i < self->roles->len; i++)
    {
      Delegation *role = g_ptr_array_index (self->roles, i);
      n_patterns += role->paths == NULL ? 0 : role->paths->len;
      n_prefixes += role->hash_prefixes == NULL ? 0 : role->hash_prefixes->len;
    }

  if (n_patterns > MAX_PATTERNS || n_prefixes > MAX_HASH_PREFIXES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: delegates by more than %d paths or %d hash prefixes", where, MAX_PATTERNS,
                   MAX_HASH_PREFIXES);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_roles (TomoDelegations *self,
            json_t *tree,
            GHashTable *table,
            const char *where,
            GError **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *roles = tomo_json_get_array (tree, "roles", where, error);

  if (roles == NULL)
    return FALSE;
  if (json_array_size (roles) > TOMO_TRUST_MAX_ROLES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: delegates to more than %d roles", where, TOMO_TRUST_MAX_ROLES);
      return FALSE;
    }

  self->roles = g_ptr_array_new_with_free_func ((GDestroyNotify) delegation_free);
  for (size_t i = 0; i < json_array_size (roles); i++)
    {
      Delegation *role = read_delegation (json_array_get (roles, i), table, where, error);
      if (role == NULL)
        return FALSE;
      g_ptr_array_add (self->roles, role);

      if (!g_hash_table_add (seen, role->name))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: delegates to role ‘%s’ twice", where, role->name);
          return FALSE;
        }
    }
  return check_coverage_limits (self, where, error);
}

static gboolean
read_bins (TomoDelegations *self,
           json_t *tree,
           GHashTable *table,
           const char *where,
           GError **error)
{
  json_t *bins = tomo_json_get_object (tree, "succinct_roles", where, error);
  uint64_t bits = 0;

  if (bins == NULL || !tomo_json_get_uint64 (bins, "bit_length", &bits, where, error))
    return FALSE;
  if (bits < 1 || bits > MAX_BIN_BITS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: member ‘bit_length’ is not 1 to %d", where, MAX_BIN_BITS);
      return FALSE;
    }

  const char *prefix = tomo_json_get_string (bins, "name_prefix", where, error);
  if (prefix == NULL || !tomo_role_name_check (prefix, where, error))
    return FALSE;

  self->bin_keys = tomo_role_keys_read (bins, table, where, error);
  if (self->bin_keys == NULL)
    return FALSE;

  self->bin_bits = (unsigned int) bits;
  self->bin_prefix = g_strdup (prefix);
  self->bin_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return TRUE;
}

/* Reads the member `delegations`. Sets INVALID_DATA. */
TomoDelegations *
tomo_delegations_read (json_t *tree, const char *where, GError **error)
{
  g_autoptr(TomoDelegations) self = g_new0 (TomoDelegations, 1);
  gboolean has_roles = json_object_get (tree, "roles") != NULL;
  gboolean has_bins = json_object_get (tree, "succinct_roles") != NULL;
  json_t *keys = tomo_json_get_object (tree, "keys", where, error);

  if (keys == NULL)
    return NULL;
  if (has_roles == has_bins)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: delegations need either ‘roles’ or ‘succinct_roles’", where);
      return NULL;
    }

  g_autoptr(GHashTable) table = tomo_role_keys_read_table (keys, where, error);
  if (table == NULL)
    return NULL;

  if (has_roles ? !read_roles (self, tree, table, where, error)
                : !read_bins (self, tree, table, where, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
tomo_delegations_free (TomoDelegations *self)
{
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  g_free (self->bin_prefix);
  g_clear_pointer (&self->bin_keys, tomo_role_keys_unref);
  g_clear_pointer (&self->bin_names, g_hash_table_unref);
  g_free (self);
}

uint64_t
tomo_delegations_get_n_roles (TomoDelegations *self)
{
  return self->roles != NULL ? self->roles->len : (uint64_t) 1 << self->bin_bits;
}

/* ‘bins-0a’: as many digits as the highest number needs. */
static char *
format_bin_name (TomoDelegations *self, uint64_t number)
{
  int n_digits = (int) (self->bin_bits + 3) / 4;

  return g_strdup_printf ("%s-%0*" G_GINT64_MODIFIER "x", self->bin_prefix, n_digits, number);
}

const char *
tomo_delegations_get_name (TomoDelegations *self, uint64_t index)
{
  if (self->roles != NULL)
    return ((Delegation *) g_ptr_array_index (self->roles, index))->name;

  g_autofree char *name = format_bin_name (self, index);
  char *known = NULL;

  if (!g_hash_table_lookup_extended (self->bin_names, name, (void **) &known, NULL))
    {
      known = g_steal_pointer (&name);
      g_hash_table_add (self->bin_names, known);
    }
  return known;
}

static gboolean
is_bin_name (TomoDelegations *self, const char *role)
{
  size_t prefix_length = strlen (self->bin_prefix);

  if (strncmp (role, self->bin_prefix, prefix_length) != 0 || role[prefix_length] != '-' ||
      !g_ascii_isxdigit (role[prefix_length + 1]))
    return FALSE;

  uint64_t number = g_ascii_strtoull (role + prefix_length + 1, NULL, 16);
  if (number >> self->bin_bits != 0)
    return FALSE;

  /* One way to write each number, and only that. */
  g_autofree char *name = format_bin_name (self, number);
  return strcmp (name, role) == 0;
}

TomoRoleKeys *
tomo_delegations_get_keys (TomoDelegations *self, const char *role)
{
  if (self->roles == NULL)
    return is_bin_name (self, role) ? self->bin_keys : NULL;

  for (size_t i = 0; i < self->roles->len; i++)
    {
      Delegation *delegation = g_ptr_array_index (self->roles, i);
      if (strcmp (delegation->name, role) == 0)
        return delegation->keys;
    }
  return NULL;
}

static const char *
get_path_hash (TomoPathQuery *query)
{
  if (query->sha256[0] == '\0')
    {
      g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, query->path, -1);
      g_strlcpy (query->sha256, hex, sizeof query->sha256);
    }
  return query->sha256;
}

static gboolean
covers (Delegation *self, TomoPathQuery *query)
{
  if (self->paths != NULL)
    {
      for (size_t i = 0; i < self->paths->len; i++)
        if (tomo_target_path_matches (g_ptr_array_index (self->paths, i), query->path))
          return TRUE;
      return FALSE;
    }

  for (size_t i = 0; i < self->hash_prefixes->len; i++)
    if (g_str_has_prefix (get_path_hash (query), g_ptr_array_index (self->hash_prefixes, i)))
      return TRUE;
  return FALSE;
}

static uint64_t
get_bin_number (TomoDelegations *self, TomoPathQuery *query)
{
  g_autofree char *first_bits = g_strndup (get_path_hash (query), MAX_BIN_BITS / 4);

  return g_ascii_strtoull (first_bits, NULL, 16) >> (MAX_BIN_BITS - self->bin_bits);
}

gboolean
tomo_delegations_next_match (TomoDelegations *self,
                             uint64_t *position,
                             TomoPathQuery *query,
                             TomoDelegationMatch *out_match)
{
  if (self->roles == NULL)
    {
      /* Every path belongs to exactly one bin, and there is nothing to look for after it. */
      if ((*position)++ > 0)
        return FALSE;
      out_match->name = tomo_delegations_get_name (self, get_bin_number (self, query));
      out_match->is_terminating = TRUE;
      return TRUE;
    }

  while (*position < self->roles->len)
    {
      Delegation *delegation = g_ptr_array_index (self->roles, (*position)++);
      if (covers (delegation, query))
        {
          out_match->name = delegation->name;
          out_match->is_terminating = delegation->is_terminating;
          return TRUE;
        }
    }
  return FALSE;
}
