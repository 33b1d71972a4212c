/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-partner-request.h"

#include <string.h>

#include "author/pack/tomo-vocabulary.h"
#include "author/publish/tomo-repository.h"
#include "author/publish/tomo-safe-text.h"
#include "core/content/tomo-language.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "core/trust/tomo-target-path.h"

/* Another type than any role has, so that a signature over a request is none over a role. */
#define REQUEST_TYPE "x-tomoshibi-partner-request"
#define FORMAT 1
/* Who has not answered by then asks again. */
#define LIFETIME_DAYS 90
#define MAX_NAME_CHARS 100
#define MAX_DOMAINS 50
#define MAX_DOMAIN_BYTES 253

/**
 * tomo_partner_request_free:
 * @self: (transfer full): a request
 */
void
tomo_partner_request_free (TomoPartnerRequest *self)
{
  g_free (self->partner);
  g_free (self->name);
  g_free (self->language);
  g_free (self->territory);
  g_strfreev (self->domains);
  g_clear_pointer (&self->keys, tomo_signers_free);
  g_clear_pointer (&self->file, tomo_role_file_free);
  g_free (self);
}

static gboolean
refuse (GError **error, const char *value, const char *problem)
{
  g_autofree char *safe = tomo_safe_text_escape (value);

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%s’ %s", safe, problem);
  return FALSE;
}

/**
 * tomo_partner_request_check_partner:
 * @partner: a short name
 * @error: return location for a #GError
 *
 * Returns: %TRUE if it can be the short name of one partner
 */
gboolean
tomo_partner_request_check_partner (const char *partner, GError **error)
{
  for (TomoHubRole role = 0; role < TOMO_N_HUB_ROLES; role++)
    if (g_str_equal (partner, tomo_hub_role_get_name (role)))
      return refuse (error, partner, "is a role of the hub; choose another short name");

  /* A hyphen joins partners; ‘con’ and the like cannot be folders everywhere. */
  g_autofree char *path = g_strdup_printf ("%s/contact/en.k1.gz", partner);
  if (tomo_vocabulary_is_id (partner) && strchr (partner, '-') == NULL &&
      tomo_target_path_check (path, NULL))
    return TRUE;

  return refuse (error, partner, "cannot be a short name; use a–z and 0–9, such as ‘jp’");
}

/* Persian and the scripts of India are not written without these two, invisible as they are. */
static gboolean
is_joiner (gunichar c)
{
  return c == 0x200c || c == 0x200d;
}

/**
 * tomo_partner_request_check_name:
 * @name: of a publisher
 * @error: return location for a #GError
 *
 * Returns: %TRUE if it can stand on a card
 */
gboolean
tomo_partner_request_check_name (const char *name, GError **error)
{
  gboolean is_good = g_utf8_validate (name, -1, NULL) && *name != '\0' &&
                     g_utf8_strlen (name, -1) <= MAX_NAME_CHARS;

  for (const char *c = name; is_good && *c != '\0'; c = g_utf8_next_char (c))
    is_good = g_unichar_isprint (g_utf8_get_char (c)) || is_joiner (g_utf8_get_char (c));

  return is_good || refuse (error, name, "cannot be a name; it has 1 to 100 letters on one line");
}

/**
 * tomo_partner_request_check_language:
 * @language: a tag
 * @error: return location for a #GError
 *
 * Returns: %TRUE if the programs know it
 */
gboolean
tomo_partner_request_check_language (const char *language, GError **error)
{
  return tomo_language_find (language) != NULL ||
         refuse (error, language, "is not a language such as ‘ja’, ‘pt-BR’ or ‘zh-Hant’");
}

/**
 * tomo_partner_request_check_territory:
 * @territory: a code
 * @error: return location for a #GError
 *
 * Returns: %TRUE if it has the form of ISO 3166-1 alpha-2
 */
gboolean
tomo_partner_request_check_territory (const char *territory, GError **error)
{
  return (strlen (territory) == 2 && g_ascii_isupper (territory[0]) &&
          g_ascii_isupper (territory[1])) ||
         refuse (error, territory, "is not a country in two capitals, such as ‘JP’");
}

/**
 * tomo_partner_request_check_domain:
 * @domain: of a web site
 * @error: return location for a #GError
 *
 * Returns: %TRUE if it can be the end of a host's name
 */
gboolean
tomo_partner_request_check_domain (const char *domain, GError **error)
{
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";
  size_t length = strlen (domain);

  return (length > 0 && length <= MAX_DOMAIN_BYTES && strspn (domain, allowed) == length &&
          strchr (domain, '.') != NULL && strstr (domain, "..") == NULL && domain[0] != '.' &&
          domain[length - 1] != '.') ||
         refuse (error, domain, "is not a web domain such as ‘example.org’");
}

static gboolean
check (TomoPartnerRequest *self, GError **error)
{
  if (!tomo_partner_request_check_partner (self->partner, error) ||
      !tomo_partner_request_check_name (self->name, error) ||
      !tomo_partner_request_check_language (self->language, error) ||
      !tomo_partner_request_check_territory (self->territory, error) ||
      !tomo_signers_check (self->keys, self->partner, error))
    return FALSE;

  if (g_strv_length (self->domains) > MAX_DOMAINS ||
      self->keys->keys->len > TOMO_PARTNER_REQUEST_MAX_KEYS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "a partner has at most %d keys and %d domains", TOMO_PARTNER_REQUEST_MAX_KEYS,
                   MAX_DOMAINS);
      return FALSE;
    }

  for (size_t i = 0; self->domains[i] != NULL; i++)
    if (!tomo_partner_request_check_domain (self->domains[i], error))
      return FALSE;

  return TRUE;
}

/**
 * tomo_partner_request_write:
 * @self: a request
 * @own_keys: (element-type TomoPrivateKey): those of its keys that are at hand
 * @now_secs: the time
 * @error: return location for a #GError
 *
 * Writes the file to be mailed, signed by @own_keys: whoever holds a key can ask for it.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA for what a hub would refuse.
 *
 * Returns: (transfer full): the file
 */
GBytes *
tomo_partner_request_write (TomoPartnerRequest *self,
                            GPtrArray *own_keys,
                            int64_t now_secs,
                            GError **error)
{
  g_return_val_if_fail (self != NULL && own_keys != NULL, NULL);

  if (!check (self, error))
    return NULL;

  g_autoptr(TomoRoleFile) file = tomo_role_file_new (REQUEST_TYPE);
  json_t *signed_part = tomo_role_file_get_signed (file);
  json_t *domains = json_array ();
  json_t *keys = json_object ();

  for (size_t i = 0; self->domains[i] != NULL; i++)
    json_array_append_new (domains, json_string (self->domains[i]));
  json_object_set_new (signed_part, "format", json_integer (FORMAT));
  json_object_set_new (signed_part, "partner", json_string (self->partner));
  json_object_set_new (signed_part, "name", json_string (self->name));
  json_object_set_new (signed_part, "language", json_string (self->language));
  json_object_set_new (signed_part, "territory", json_string (self->territory));
  json_object_set_new (signed_part, "domains", domains);
  json_object_set_new (signed_part, "role", tomo_signers_to_json (self->keys, keys));
  json_object_set_new (signed_part, "keys", keys);
  tomo_role_file_stamp (file, 1, now_secs, LIFETIME_DAYS);

  for (unsigned int i = 0; i < own_keys->len; i++)
    {
      TomoPrivateKey *key = g_ptr_array_index (own_keys, i);
      const char *id = tomo_signers_find_id (self->keys, tomo_private_key_get_public (key));
      g_return_val_if_fail (id != NULL, NULL);
      if (!tomo_role_file_sign (file, id, key, error))
        return NULL;
    }

  return tomo_role_file_dump (file);
}

static gboolean
read_domains (TomoPartnerRequest *self, json_t *tree, const char *where, GError **error)
{
  json_t *domains = tomo_json_get_array (tree, "domains", where, error);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (domains == NULL)
    return FALSE;

  for (size_t i = 0; i < json_array_size (domains); i++)
    {
      json_t *domain = json_array_get (domains, i);
      const char *text = json_string_value (domain);
      if (text == NULL || strlen (text) != json_string_length (domain))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: ‘domains’ holds something that is not text", where);
          return FALSE;
        }
      g_strv_builder_add (builder, text);
    }

  self->domains = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_text (json_t *tree, const char *member, char **out_text, const char *where, GError **error)
{
  *out_text = g_strdup (tomo_json_get_string (tree, member, where, error));

  return *out_text != NULL;
}

/* Ids are what the specification computes, so that one list of keys has one form. */
static gboolean
read_keys (TomoPartnerRequest *self, json_t *tree, const char *where, GError **error)
{
  json_t *keys = tomo_json_get_object (tree, "keys", where, error);
  json_t *role = keys != NULL ? tomo_json_get_object (tree, "role", where, error) : NULL;

  if (role == NULL)
    return FALSE;
  if (json_object_size (keys) > TOMO_PARTNER_REQUEST_MAX_KEYS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: names more than %d keys", where,
                   TOMO_PARTNER_REQUEST_MAX_KEYS);
      return FALSE;
    }

  g_autoptr(TomoSigners) listed = tomo_signers_new_from_json (keys, role, where, error);
  if (listed == NULL)
    return FALSE;

  self->keys = tomo_signers_new (listed->threshold);
  for (unsigned int i = 0; i < listed->keys->len; i++)
    {
      TomoPublicKey *key = g_ptr_array_index (listed->keys, i);
      g_autofree char *id = tomo_public_key_dup_spec_id (key);
      if (!g_str_equal (id, g_ptr_array_index (listed->ids, i)))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "%s: a key is called %.16s…, but its id is %.16s…", where,
                       (const char *) g_ptr_array_index (listed->ids, i), id);
          return FALSE;
        }
      tomo_signers_add (self->keys, key);
    }

  return TRUE;
}

static gboolean
check_file (TomoPartnerRequest *self, int64_t now_secs, const char *where, GError **error)
{
  unsigned int n_signatures = tomo_role_file_get_n_signatures (self->file);

  if (tomo_role_file_get_expires_secs (self->file) <= now_secs)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_STALE,
                   "%s: the request is older than %d days; ask the partner for a new one", where,
                   LIFETIME_DAYS);
      return FALSE;
    }

  /* Not one must be false: the file was changed, or put together by somebody else. */
  if (n_signatures == 0 || n_signatures > TOMO_PARTNER_REQUEST_MAX_KEYS ||
      tomo_role_file_count_signatures (self->file, self->keys) != n_signatures)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNTRUSTED,
                   "%s: is not signed by the keys it names, so it was changed on its way; ask the "
                   "partner to mail it again",
                   where);
      return FALSE;
    }

  return TRUE;
}

/**
 * tomo_partner_request_parse:
 * @bytes: a file from the mail
 * @where: its name, for messages
 * @now_secs: the time
 * @error: return location for a #GError
 *
 * Reads a request strictly. That the keys belong to whom it says is for people to find out.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, %TOMO_ERROR_UNTRUSTED if a signature is wrong or
 * there is none, %TOMO_ERROR_STALE if it is too old, %TOMO_ERROR_UNSUPPORTED for a later format.
 *
 * Returns: (transfer full): the request
 */
TomoPartnerRequest *
tomo_partner_request_parse (GBytes *bytes, const char *where, int64_t now_secs, GError **error)
{
  g_return_val_if_fail (bytes != NULL && where != NULL, NULL);

  uint64_t format = 0;
  g_autoptr(TomoPartnerRequest) self = g_new0 (TomoPartnerRequest, 1);
  self->file = tomo_role_file_parse (bytes, TOMO_PARTNER_REQUEST_MAX_BYTES, where, error);
  if (self->file == NULL)
    return NULL;

  json_t *tree = tomo_role_file_get_signed (self->file);
  const char *type = tomo_json_get_string (tree, "_type", where, error);
  if (type == NULL)
    return NULL;
  if (!g_str_equal (type, REQUEST_TYPE))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: is no request of a partner; ‘tomopress partner init’ writes one", where);
      return NULL;
    }

  if (!tomo_json_get_uint64 (tree, "format", &format, where, error))
    return NULL;
  if (format != FORMAT)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_UNSUPPORTED,
                   "%s: has format %" G_GUINT64_FORMAT
                   ", this program knows %d; update the program",
                   where, format, FORMAT);
      return NULL;
    }

  if (!read_text (tree, "partner", &self->partner, where, error) ||
      !read_text (tree, "name", &self->name, where, error) ||
      !read_text (tree, "language", &self->language, where, error) ||
      !read_text (tree, "territory", &self->territory, where, error) ||
      !read_domains (self, tree, where, error) || !read_keys (self, tree, where, error))
    return NULL;

  if (!check (self, error))
    {
      g_prefix_error (error, "%s: ", where);
      if (error != NULL)
        (*error)->code = TOMO_ERROR_INVALID_DATA;
      return NULL;
    }

  return check_file (self, now_secs, where, error) ? g_steal_pointer (&self) : NULL;
}
