/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-campaign-source.h"

#include <stdint.h>
#include <string.h>

#include "author/pack/tomo-pack-build.h"
#include "author/publish/tomo-campaign-audio.h"
#include "author/publish/tomo-campaign-logo.h"
#include "core/content/tomo-campaign.h"
#include "core/content/tomo-media.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"
#include "core/tomo-gzip.h"

#define CAMPAIGN_GROUP "campaign"
#define PARTNER_PREFIX "partner "
#define DEFAULT_ACCENT "#1d6f6a"

/* A campaign of 60 partners with names in 40 languages takes 200 KiB. */
#define MAX_BYTES (1024 * 1024)

#define MAX_URL_BYTES 40

static GKeyFile *
load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  size_t size = 0;
  g_autoptr(GKeyFile) conf = g_key_file_new ();

  if (!g_file_get_contents (path, &text, &size, error))
    {
      tomo_error_convert (error);
      return NULL;
    }

  if (size > MAX_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘%s’ is larger than %d bytes, too much for a campaign file", path, MAX_BYTES);
      return NULL;
    }

  if (!g_key_file_load_from_data (conf, text, size, G_KEY_FILE_KEEP_TRANSLATIONS, error))
    {
      g_prefix_error (error, "‘%s’: ", path);
      if (error != NULL)
        {
          (*error)->domain = TOMO_ERROR;
          (*error)->code = TOMO_ERROR_INVALID_DATA;
        }
      return NULL;
    }

  return g_steal_pointer (&conf);
}

/* A misspelt key would silently lose a name or a domain. */
static gboolean
check_keys (GKeyFile *conf, const char *group, const char *const *known, GError **error)
{
  g_auto(GStrv) keys = g_key_file_get_keys (conf, group, NULL, NULL);

  for (size_t i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!g_strv_contains (known, keys[i]) && !g_str_has_prefix (keys[i], "name["))
      {
        g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                     "[%s] has a key ‘%s’ that no campaign knows", group, keys[i]);
        return FALSE;
      }

  return TRUE;
}

static char *
dup_required (GKeyFile *conf, const char *group, const char *key, GError **error)
{
  g_autofree char *value = g_key_file_get_string (conf, group, key, NULL);

  if (value == NULL || *value == '\0')
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "[%s] lacks ‘%s=’", group, key);
      return NULL;
    }

  return g_steal_pointer (&value);
}

/* ‘name=’ is in the first of the campaign's languages, ‘name[xx]=’ in the others. */
static GVariant *
read_names (GKeyFile *conf, const char *group, const char *first_language, GError **error)
{
  g_autofree char *plain = dup_required (conf, group, "name", error);
  if (plain == NULL)
    return NULL;

  g_autoptr(GVariantDict) seen = g_variant_dict_new (NULL);
  g_auto(GVariantBuilder) names = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&names, "{ss}", first_language, plain);
  g_variant_dict_insert (seen, first_language, "b", TRUE);

  g_auto(GStrv) keys = g_key_file_get_keys (conf, group, NULL, NULL);
  for (size_t i = 0; keys[i] != NULL; i++)
    {
      if (!g_str_has_prefix (keys[i], "name["))
        continue;

      g_autofree char *language = g_strdup (keys[i] + strlen ("name["));
      language[strcspn (language, "]")] = '\0';
      g_autofree char *name = g_key_file_get_string (conf, group, keys[i], error);
      if (name == NULL || g_variant_dict_contains (seen, language))
        {
          g_clear_error (error);
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "[%s] ‘%s=’ is no text, or a second name in one language", group, keys[i]);
          return NULL;
        }
      g_variant_builder_add (&names, "{ss}", language, name);
      g_variant_dict_insert (seen, language, "b", TRUE);
    }

  return g_variant_ref_sink (g_variant_builder_end (&names));
}

static GVariant *
strings_variant (char **strings)
{
  return g_variant_new_strv ((const char *const *) strings,
                             strings != NULL ? (gssize) g_strv_length (strings) : 0);
}

/* What follows it in the address of a card is up to 92 characters long for a partner of two
 * letters, and a code that a telephone reads from an arm's length away holds 134. */
static gboolean
check_url_length (const char *url, GError **error)
{
  if (url == NULL || strlen (url) <= MAX_URL_BYTES)
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "[" CAMPAIGN_GROUP "] ‘url=’ has %" G_GSIZE_FORMAT
               " characters: with more than %d the codes of cards would be too fine to read",
               strlen (url), MAX_URL_BYTES);
  return FALSE;
}

/* Lists what there are recordings of, and adds these to @files. */
static GVariant *
compile_audio (GPtrArray *sentences, GPtrArray *files)
{
  g_auto(GVariantBuilder) audio = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));

  for (unsigned int i = 0; i < sentences->len; i++)
    {
      const TomoCampaignSentence *entry = g_ptr_array_index (sentences, i);
      if (entry->opus == NULL)
        continue;

      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, entry->opus);
      g_autofree char *name = g_strconcat (sha256, TOMO_MEDIA_AUDIO, NULL);
      TomoBuiltFile *file = g_new0 (TomoBuiltFile, 1);
      file->path = tomo_media_dup_path (TOMO_CAMPAIGN_ROLE, name);
      file->bytes = g_bytes_ref (entry->opus);
      g_ptr_array_add (files, file);
      g_variant_builder_add (&audio, "(sss)", entry->language, entry->sentence, sha256);
    }

  return g_variant_builder_end (&audio);
}

/* An empty ‘logo=’ is none, as an empty ‘url=’ is. */
static gboolean
insert_logo (GVariantDict *header, GKeyFile *conf, const char *folder, GError **error)
{
  g_autofree char *name = g_key_file_get_string (conf, CAMPAIGN_GROUP, "logo", NULL);
  if (name == NULL || *name == '\0')
    return TRUE;

  g_autoptr(GBytes) png = tomo_campaign_logo_load (folder, name, error);
  if (png == NULL)
    return FALSE;

  g_variant_dict_insert_value (header, "logo",
                               g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, png, TRUE));
  return TRUE;
}

static GVariant *
compile_header (GKeyFile *conf,
                TomoCampaignKind kind,
                const char *folder,
                GStrv languages,
                GVariant *audio,
                GError **error)
{
  static const char *const known[] = { "id", "name", "languages", "url", "accent", "logo", NULL };
  g_autofree char *id = dup_required (conf, CAMPAIGN_GROUP, "id", error);

  if (id == NULL || !check_keys (conf, CAMPAIGN_GROUP, known, error))
    return NULL;

  g_autoptr(GVariant) names = read_names (conf, CAMPAIGN_GROUP, languages[0], error);
  if (names == NULL)
    return NULL;

  g_autofree char *url = g_key_file_get_string (conf, CAMPAIGN_GROUP, "url", NULL);
  if (!check_url_length (url, error))
    return NULL;
  g_autofree char *accent = g_key_file_get_string (conf, CAMPAIGN_GROUP, "accent", NULL);
  g_auto(GVariantDict) header = G_VARIANT_DICT_INIT (NULL);

  if (!insert_logo (&header, conf, folder, error))
    return NULL;
  g_variant_dict_insert (&header, "campaign", "s", id);
  g_variant_dict_insert_value (&header, "name", names);
  g_variant_dict_insert_value (&header, "languages", strings_variant (languages));
  g_variant_dict_insert (&header, "url", "s", url != NULL ? url : "");
  g_variant_dict_insert (&header, "accent", "s", accent != NULL ? accent : DEFAULT_ACCENT);
  g_variant_dict_insert (&header, "demo", "b", kind == TOMO_CAMPAIGN_DEMO);
  g_variant_dict_insert_value (&header, "audio", audio);
  return g_variant_ref_sink (g_variant_dict_end (&header));
}

static GVariant *
compile_partner (GKeyFile *conf, const char *group, const char *first_language, GError **error)
{
  static const char *const known[] = { "name", "territory", "domains", NULL };

  if (!check_keys (conf, group, known, error))
    return NULL;

  g_autoptr(GVariant) names = read_names (conf, group, first_language, error);
  g_autofree char *territory =
      names != NULL ? dup_required (conf, group, "territory", error) : NULL;
  if (territory == NULL)
    return NULL;

  g_auto(GStrv) domains = g_key_file_get_string_list (conf, group, "domains", NULL, NULL);
  GVariantDict partner;

  g_variant_dict_init (&partner, NULL);
  g_variant_dict_insert_value (&partner, "name", names);
  g_variant_dict_insert (&partner, "territory", "s", territory);
  g_variant_dict_insert_value (&partner, "domains", strings_variant (domains));
  return g_variant_ref_sink (g_variant_dict_end (&partner));
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GVariant *
compile_partners (GKeyFile *conf, const char *first_language, GError **error)
{
  size_t n_groups = 0;
  g_auto(GStrv) groups = g_key_file_get_groups (conf, &n_groups);
  g_auto(GVariantBuilder) partners = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  /* The common prefix does not disturb the order by id that the format asks for. */
  qsort (groups, n_groups, sizeof *groups, compare_groups);
  for (size_t i = 0; i < n_groups; i++)
    {
      if (g_str_equal (groups[i], CAMPAIGN_GROUP) ||
          g_str_equal (groups[i], TOMO_CAMPAIGN_AUDIO_GROUP))
        continue;
      if (!g_str_has_prefix (groups[i], PARTNER_PREFIX))
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "[%s] is none of [" CAMPAIGN_GROUP "], [" PARTNER_PREFIX
                       "CC] and [" TOMO_CAMPAIGN_AUDIO_GROUP "]",
                       groups[i]);
          return NULL;
        }

      g_autoptr(GVariant) partner = compile_partner (conf, groups[i], first_language, error);
      if (partner == NULL)
        return NULL;
      g_variant_builder_add (&partners, "(s@a{sv})", groups[i] + strlen (PARTNER_PREFIX), partner);
    }

  return g_variant_ref_sink (g_variant_builder_end (&partners));
}

static char **
read_languages (GKeyFile *conf, GError **error)
{
  g_auto(GStrv) languages =
      g_key_file_get_string_list (conf, CAMPAIGN_GROUP, "languages", NULL, NULL);
  if (languages == NULL || languages[0] == NULL)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                           "[" CAMPAIGN_GROUP "] lacks ‘languages=’, such as ‘languages=en;ja;’");
      return NULL;
    }

  return g_steal_pointer (&languages);
}

static GPtrArray *
list_sentences (GKeyFile *conf, const char *folder, GStrv languages, GError **error)
{
  return tomo_campaign_audio_list (conf, folder, (const char *const *) languages, error);
}

static GBytes *
compile (GKeyFile *conf, const char *path, TomoCampaignKind kind, GPtrArray *files, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_auto(GStrv) languages = read_languages (conf, error);
  g_autoptr(GPtrArray) sentences =
      languages != NULL ? list_sentences (conf, folder, languages, error) : NULL;
  if (sentences == NULL)
    return NULL;

  g_autoptr(GVariant) audio = g_variant_ref_sink (compile_audio (sentences, files));
  g_autoptr(GVariant) header = compile_header (conf, kind, folder, languages, audio, error);
  g_autoptr(GVariant) partners =
      header != NULL ? compile_partners (conf, languages[0], error) : NULL;
  if (partners == NULL)
    return NULL;

  g_autoptr(GVariant) tree = g_variant_ref_sink (
      g_variant_new ("(u@a{sv}@a(sa{sv}))", TOMO_PACK_FORMAT, header, partners));
  /* The compiled form is little-endian everywhere. */
  g_autoptr(GVariant) ordered = G_BYTE_ORDER == G_LITTLE_ENDIAN ? g_variant_get_normal_form (tree)
                                                                 : g_variant_byteswap (tree);
  g_autoptr(GBytes) plain = g_variant_get_data_as_bytes (ordered);
  g_autoptr(GBytes) packed = tomo_gzip_deflate (plain, error);
  if (packed == NULL)
    return NULL;

  /* What a kiosk would refuse is refused here, in front of the person who can mend it. */
  g_autoptr(TomoCampaign) campaign = tomo_campaign_new (packed, error);
  return campaign != NULL ? g_steal_pointer (&packed) : NULL;
}

/**
 * tomo_campaign_source_compile:
 * @path: a file such as content/campaign.conf
 * @kind: whether demonstration keys sign the campaign
 * @out_media: (out) (optional) (element-type TomoBuiltFile): the recordings that belong to it
 * @error: return location for a #GError
 *
 * Compiles the campaign file, in the form that kiosks read.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_NOT_FOUND without @path.
 *
 * Returns: (transfer full): the content of the target campaign/campaign.k1.gz
 */
GBytes *
tomo_campaign_source_compile (const char *path,
                              TomoCampaignKind kind,
                              GPtrArray **out_media,
                              GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr(GKeyFile) conf = load (path, error);
  if (conf == NULL)
    return NULL;

  g_autoptr(GPtrArray) media =
      g_ptr_array_new_with_free_func ((GDestroyNotify) tomo_built_file_free);
  GBytes *packed = compile (conf, path, kind, media, error);
  if (packed == NULL)
    g_prefix_error (error, "‘%s’: ", path);
  else if (out_media != NULL)
    *out_media = g_steal_pointer (&media);
  return packed;
}

/**
 * tomo_campaign_source_list_sentences:
 * @path: a file such as content/campaign.conf
 * @error: return location for a #GError
 *
 * Lists the sentences of the program that kiosks read aloud, in each language of the campaign, with
 * the recordings beside @path.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_NOT_FOUND without @path.
 *
 * Returns: (transfer full) (element-type TomoCampaignSentence): by language
 */
GPtrArray *
tomo_campaign_source_list_sentences (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr(GKeyFile) conf = load (path, error);
  if (conf == NULL)
    return NULL;

  g_auto(GStrv) languages = read_languages (conf, error);
  g_autofree char *folder = g_path_get_dirname (path);
  GPtrArray *sentences = languages != NULL ? list_sentences (conf, folder, languages, error) : NULL;
  if (sentences == NULL)
    g_prefix_error (error, "‘%s’: ", path);
  return sentences;
}
