/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-update-private.h"

#include <string.h>

typedef gboolean (*FileFunc) (TomoUpdateContent *content, TomoUpdateFile *file, gpointer user_data);

/* Leaves in the list of what is wanted only the files of which @func says yes. */
static void
filter_wanted (TomoUpdateContent *content, FileFunc func, gpointer user_data)
{
  g_autoptr(GPtrArray) before = g_steal_pointer (&content->wanted);

  content->wanted = g_ptr_array_new ();
  for (unsigned int i = 0; i < before->len; i++)
    {
      TomoUpdateFile *file = g_ptr_array_index (before, i);
      if (func (content, file, user_data))
        g_ptr_array_add (content->wanted, file);
    }
}

static gboolean
is_of_another (TomoUpdateContent *content, TomoUpdateFile *file, gpointer user_data)
{
  return !g_str_equal (file->partner, user_data);
}

static gboolean
is_of_partner_cb (gpointer key, gpointer value, gpointer user_data)
{
  const TomoUpdateFile *file = value;
  return g_str_equal (file->partner, user_data);
}

static void
forget_partner (TomoUpdateContent *content, const char *partner)
{
  filter_wanted (content, is_of_another, (gpointer) partner);
  if (g_str_equal (partner, TOMO_CAMPAIGN_ROLE))
    g_clear_pointer (&content->campaign, tomo_campaign_unref);
  g_hash_table_foreach_remove (content->listed, is_of_partner_cb, (gpointer) partner);
}

/* A pack or a campaign file without one of its pictures or recordings is not whole, and no
 * generation could list that file. */
static gboolean
is_whole (TomoUpdateContent *content, TomoUpdateFile *file)
{
  if (!tomo_update_take_from_store (content, file))
    return FALSE;

  g_auto(GStrv) names = tomo_update_list_media_of (content, file);
  for (size_t i = 0; names[i] != NULL; i++)
    {
      TomoUpdateFile *medium = tomo_update_find_medium (content, file, names[i]);
      if (medium == NULL || !tomo_update_take_from_store (content, medium))
        {
          g_clear_pointer (&file->pack, tomo_index_pack_unref);
          if (file->kind == TOMO_UPDATE_PATH_CAMPAIGN)
            g_clear_pointer (&content->campaign, tomo_campaign_unref);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
is_of_another_or_whole (TomoUpdateContent *content, TomoUpdateFile *file, gpointer user_data)
{
  return !g_str_equal (file->partner, user_data) || is_whole (content, file);
}

static GBytes *
load_cached_cb (const char *role, gpointer user_data)
{
  return tomo_update_load_cached (user_data, role);
}

/* The last good content of a partner that is sick or not of this run: still signed by keys that
 * count today, and still whole in the store. What is not is left out. */
static void
keep_partner (TomoUpdateContent *content, const char *partner)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *prefix = g_strconcat (partner, "/", NULL);
  TomoTrustRole *dates = g_new0 (TomoTrustRole, 1);

  forget_partner (content, partner);
  g_hash_table_insert (content->kept_dates, g_strdup (partner), dates);
  g_autoptr(GPtrArray) targets = tomo_trusted_set_list_kept_targets (
      content->run->set, partner, load_cached_cb, content->run, dates, &error);
  if (targets == NULL)
    {
      g_debug ("%s: nothing is kept: %s", partner, error->message);
      return;
    }

  for (unsigned int i = 0; i < targets->len; i++)
    {
      const TomoTrustTarget *target = g_ptr_array_index (targets, i);
      if (g_str_has_prefix (target->path, prefix))
        tomo_update_add_listed (content, target);
    }

  filter_wanted (content, is_of_another_or_whole, (gpointer) partner);
}

/**
 * tomo_update_keep_partners:
 * @content: what was fetched
 *
 * Puts the last good content of each partner that is sick, or not of this run, in the place of
 * what came of it now.
 */
void
tomo_update_keep_partners (TomoUpdateContent *content)
{
  g_autoptr(GPtrArray) roles = tomo_trusted_set_list_roles (content->run->set);

  for (unsigned int i = 0; i < roles->len; i++)
    {
      const TomoTrustRole *role = g_ptr_array_index (roles, i);
      if (role->depth == 1 &&
          (g_hash_table_contains (content->run->sick, role->name) || !role->is_loaded))
        keep_partner (content, role->name);
    }
}

static gboolean
is_here (TomoUpdateContent *content, TomoUpdateFile *file, gpointer user_data)
{
  return file->may_fetch || file->pack != NULL;
}

/**
 * tomo_update_drop_absent:
 * @content: what was fetched
 *
 * Leaves out what this run was not to fetch and the store does not have.
 */
void
tomo_update_drop_absent (TomoUpdateContent *content)
{
  filter_wanted (content, is_here, NULL);
}

/**
 * tomo_update_drop_unnamed_partners:
 * @content: what was fetched, the campaign file among it
 *
 * Only partners that the campaign names are shown: a card without a publisher’s name is none.
 */
void
tomo_update_drop_unnamed_partners (TomoUpdateContent *content)
{
  g_autoptr(GHashTable) unnamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned int i = 0; i < content->wanted->len; i++)
    {
      const TomoUpdateFile *wanted = g_ptr_array_index (content->wanted, i);
      if (wanted->kind == TOMO_UPDATE_PATH_PACK &&
          !tomo_campaign_has_partner (content->campaign, wanted->partner))
        g_hash_table_add (unnamed, g_strdup (wanted->partner));
    }

  GHashTableIter iter;
  gpointer partner;
  g_hash_table_iter_init (&iter, unnamed);
  while (g_hash_table_iter_next (&iter, &partner, NULL))
    forget_partner (content, partner);
}
