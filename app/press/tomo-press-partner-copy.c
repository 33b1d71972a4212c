/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "press/tomo-press-partner-copy.h"

#include <glib/gi18n.h>
#include <string.h>

#include "author/publish/tomo-fingerprint.h"
#include "core/tomo-error.h"
#include "press/tomo-press-ask.h"
#include "press/tomo-press-repo.h"

#define COPY_FOLDER "published"

/**
 * tomo_press_source_clear:
 * @self: options
 */
void
tomo_press_source_clear (TomoPressSource *self)
{
  g_free (self->from);
  g_free (self->fingerprint);
  g_free (self->now);
}

/* A folder is remembered as what it is called from everywhere. */
static char *
dup_whole (const char *address)
{
  return strstr (address, "://") != NULL ? g_strdup (address)
                                         : g_canonicalize_filename (address, NULL);
}

/* @suggested came by mail, so it is only ever offered. */
static char *
dup_address (TomoInvocation *self,
             TomoPartnerFolder *folder,
             const TomoPressSource *source,
             const char *suggested,
             GError **error)
{
  if (source->from != NULL)
    return dup_whole (source->from);
  if (tomo_partner_folder_get_address (folder) != NULL)
    return g_strdup (tomo_partner_folder_get_address (folder));

  if (!tomo_press_can_ask ())
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "‘%s’ does not know yet where the campaign is published; give --from URL once",
                   tomo_partner_folder_get_path (folder));
      return NULL;
    }

  g_autofree char *answer =
      tomo_press_ask (self,
                      /* Translators: asked on a terminal */
                      _("Where is the campaign published? The hub tells you the address"),
                      suggested != NULL && *suggested != '\0' ? suggested : NULL, NULL, error);
  return answer != NULL ? dup_whole (answer) : NULL;
}

/* The first time, a person compares. Later the folder knows. */
static char *
dup_root (TomoInvocation *self,
          TomoPartnerFolder *folder,
          const TomoPressSource *source,
          TomoPublishedCopy *copy,
          GError **error)
{
  if (source->fingerprint != NULL)
    return tomo_fingerprint_parse (source->fingerprint, error);
  if (tomo_partner_folder_get_fingerprint (folder) != NULL)
    return g_strdup (tomo_partner_folder_get_fingerprint (folder));

  const char *newest = tomo_published_copy_get_newest_root (copy);
  if (!tomo_press_can_ask ())
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "‘%s’ does not know the campaign yet; give --fingerprint HEX once, as the hub "
                   "printed it",
                   tomo_partner_folder_get_path (folder));
      return NULL;
    }

  g_autofree char *groups = tomo_fingerprint_format (newest);
  /* Translators: %s is 16 groups of four digits */
  tomo_invocation_print (self, _("The campaign there has the fingerprint %s"), groups);
  tomo_invocation_print (self, "\n");
  g_autofree char *typed = tomo_press_ask (
      self,
      /* Translators: asked on a terminal; the sheet of paper shows 16 groups of four digits */
      _("Compare it with the sheet from the hub. If it is the same, type its first two groups"),
      NULL, NULL, error);
  if (typed == NULL)
    return NULL;
  if (tomo_fingerprint_begins_with (newest, typed))
    return g_strdup (newest);

  g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                       "that is not how the fingerprint begins; ask the hub before you go on");
  return NULL;
}

/**
 * tomo_press_refresh_copy:
 * @self: a call
 * @folder: the partner's
 * @role: what is going to be signed
 * @source: what options said
 * @suggested: (nullable): an address to suggest
 * @error: return location for a #GError
 *
 * Fetches and verifies what is published, and remembers which campaign that is.
 *
 * Returns: (transfer full): the copy
 */
TomoPublishedCopy *
tomo_press_refresh_copy (TomoInvocation *self,
                         TomoPartnerFolder *folder,
                         const char *role,
                         const TomoPressSource *source,
                         const char *suggested,
                         GError **error)
{
  int64_t now_secs = 0;
  GCancellable *cancellable = tomo_invocation_get_cancellable (self);
  g_autofree char *address = dup_address (self, folder, source, suggested, error);
  if (address == NULL || !tomo_press_parse_now (source->now, &now_secs, error))
    return NULL;

  /* Translators: progress on a terminal */
  tomo_invocation_show_progress (self, _("Asking what is published…"));
  g_autofree char *path =
      g_build_filename (tomo_partner_folder_get_path (folder), COPY_FOLDER, NULL);
  g_autoptr(TomoPublishedCopy) copy =
      tomo_published_copy_open (path, address, now_secs, cancellable, error);
  g_autofree char *root = copy != NULL ? dup_root (self, folder, source, copy, error) : NULL;
  if (root == NULL || !tomo_published_copy_refresh (copy, root, role, cancellable, error))
    return NULL;

  /* A stick given once does not become the address. */
  const char *known = tomo_partner_folder_get_address (folder);
  if (!tomo_partner_folder_pin (folder, known != NULL ? known : address, root, error))
    return NULL;

  return g_steal_pointer (&copy);
}
