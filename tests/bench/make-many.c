/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes a signed repository of many small packs: make-many DIR PARTNERS PACKS LANGUAGES
 *
 * DIR/repo is then what a web server or a folder gives, DIR/repo/metadata/1.root.json its root.
 * Each pack has five items; one in ten packs lacks its last tip in all languages but English. The
 * keys are forgotten, so that nothing can be added later. */

#include <errno.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "core/content/tomo-campaign.h"
#include "core/content/tomo-language.h"
#include "core/content/tomo-pack.h"
#include "tests/support/tomo-fixture.h"
#include "tomo-test-repo.h"

#define LIFETIME_SECS (300 * G_TIME_SPAN_DAY / G_USEC_PER_SEC)
#define N_ITEMS 5
/* What the limits of design.md section 7 and the form of an id leave room for. */
#define MAX_PARTNERS 99
#define MAX_PACKS 999

/* The first ones, so that a small repository has those that tests ask for. */
static const char *const first_languages[] = { "en", "ja", "ar", "th", "vi", NULL };

typedef struct
{
  char *folder;        /* (owned): DIR/repo */
  char *languages[64]; /* static strings, n_languages of them */
  unsigned int n_partners;
  unsigned int n_packs;
  unsigned int n_languages;
  TomoTestRepo *repo; /* (owned) */
  GHashTable *items;  /* (owned): "LANGUAGE TOPIC N" → GVariant */
} Many;

static void
write_file (Many *many, const char *path, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *file = g_build_filename (many->folder, path, NULL);

  /* Nobody needs these files after a power cut. */
  if (!g_file_set_contents_full (file, g_bytes_get_data (bytes, NULL),
                                 (gssize) g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_NONE, 0644,
                                 &error))
    g_error ("%s", error->message);
}

static void
make_folder (Many *many, const char *path)
{
  g_autofree char *folder = g_build_filename (many->folder, path, NULL);

  if (g_mkdir_with_parents (folder, 0755) != 0)
    g_error ("%s: %s", folder, g_strerror (errno));
}

/* Lists a target of @role and writes its file under the name that a consistent snapshot gives it.
 */
static void
add_target (Many *many, const char *role, const char *parent, const char *base, GBytes *bytes)
{
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (bytes);
  g_autofree char *path = g_strconcat (parent, "/", base, NULL);
  g_autofree char *file = g_strconcat ("targets/", parent, "/", sha256, ".", base, NULL);
  json_t *targets = json_object_get (tomo_test_repo_get (many->repo, role), "targets");

  json_object_set_new (targets, path,
                       json_pack ("{s:I, s:{s:s}}", "length", (json_int_t) g_bytes_get_size (bytes),
                                  "hashes", "sha256", sha256));
  write_file (many, file, bytes);
}

static GVariant *
parse_item (const char *language, const char *topic, unsigned int number)
{
  const char *name = tomo_language_find (language)->autonym;
  g_autofree char *title =
      g_strdup_printf ("%s %u: %s – %s – %s", topic, number, name, name, language);

  if (number <= 3)
    return g_variant_new_parsed (
        "@a{sv} {'kind': <'tip'>, 'topic': <%s>, 'age': <'all'>, 'risk': <'medium'>,"
        " 'title': <%s>, 'picture': <('', '')>, 'sources': <[(%s, 'https://example.org/')]>,"
        " 'summary': <@a(yss) [(0, %s, '')]>,"
        " 'steps': <@aa(yss) [[(0, %s, '')], [(1, %s, '')], [(0, %s, '')]]>}",
        topic, title, name, title, title, name, title);

  return g_variant_new_parsed (
      "@a{sv} {'kind': <'single'>, 'topic': <%s>, 'age': <'all'>, 'risk': <'low'>,"
      " 'title': <%s>, 'picture': <('', '')>, 'sources': <@a(ss) []>,"
      " 'prompt': <@a(yss) [(0, %s, '')]>,"
      " 'choices': <@a(sba(yss)a(yss)) [('a', true, [(0, %s, '')], []),"
      "  ('b', false, [(0, %s, '')], [(0, %s, '')])]>,"
      " 'explanation': <@a(yss) [(0, %s, '')]>}",
      topic, title, title, name, language, title, title);
}

/* The same in all packs of a topic: what differs between packs is their header. */
static GVariant *
get_item (Many *many, const char *language, const char *topic, unsigned int number)
{
  g_autofree char *key = g_strdup_printf ("%s %s %u", language, topic, number);
  GVariant *item = g_hash_table_lookup (many->items, key);

  if (item == NULL)
    {
      item = g_variant_ref_sink (parse_item (language, topic, number));
      g_hash_table_insert (many->items, g_steal_pointer (&key), item);
    }

  return item;
}

static GVariant *
build_header (const char *partner, const char *pack, const char *language)
{
  g_auto(GVariantDict) header = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *title =
      g_strdup_printf ("%s %s (%s)", partner, pack, tomo_language_find (language)->autonym);

  g_variant_dict_insert (&header, "partner", "s", partner);
  g_variant_dict_insert (&header, "pack", "s", pack);
  g_variant_dict_insert (&header, "language", "s", language);
  g_variant_dict_insert (&header, "source-language", "s", "en");
  g_variant_dict_insert (&header, "title", "s", title);
  g_variant_dict_insert (&header, "revision", "u", 1);
  g_variant_dict_insert (&header, "verified-on", "s", "2026-11-20");
  g_variant_dict_insert (&header, "license", "s", "CC-BY-4.0");
  g_variant_dict_insert (&header, "sample", "b", TRUE);

  return g_variant_dict_end (&header);
}

static void
add_pack (Many *many, const char *partner, unsigned int number, const char *language)
{
  const char *const *topics = tomo_topics ();
  const char *topic = topics[number % g_strv_length ((char **) topics)];
  gboolean is_whole = number % 10 != 9 || g_str_equal (language, "en");
  g_autofree char *pack = g_strdup_printf ("pack-%03u", number);
  g_autofree char *parent = g_strdup_printf ("%s/packs/%s", partner, pack);
  g_autofree char *lower = g_ascii_strdown (language, -1);
  g_autofree char *base = g_strconcat (lower, ".k1.gz", NULL);
  g_auto(GVariantBuilder) items = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  for (unsigned int i = 1; i <= N_ITEMS; i++)
    {
      g_autofree char *id = g_strdup_printf ("item-%u", i);
      if (i != 3 || is_whole)
        g_variant_builder_add (&items, "(s@a{sv})", id, get_item (many, language, topic, i));
    }

  g_autoptr(GBytes) bytes = tomo_fixture_compile (
      g_variant_new ("(u@a{sv}@a(sa{sv}))", TOMO_PACK_FORMAT,
                     build_header (partner, pack, language), g_variant_builder_end (&items)));
  add_target (many, partner, parent, base, bytes);
}

static char *
dup_partner (unsigned int number)
{
  return g_strdup_printf ("p%02u", number);
}

static void
delegate (Many *many, const char *role)
{
  g_autofree char *paths =
      g_strdup_printf ("[\"%s/*\", \"%s/*/*\", \"%s/*/*/*\"]", role, role, role);

  tomo_test_repo_delegate (many->repo, "targets", role, paths, TRUE);
}

static void
add_partner (Many *many, unsigned int number)
{
  g_autofree char *partner = dup_partner (number);

  delegate (many, partner);
  for (unsigned int i = 0; i < many->n_packs; i++)
    {
      g_autofree char *parent = g_strdup_printf ("targets/%s/packs/pack-%03u", partner, i);
      make_folder (many, parent);
      for (unsigned int j = 0; j < many->n_languages; j++)
        add_pack (many, partner, i, many->languages[j]);
    }
}

static void
add_campaign (Many *many)
{
  g_autoptr(GString) items = g_string_new ("[");
  g_autofree char *languages = g_strjoinv ("', '", many->languages);
  g_autofree char *header = g_strdup_printf (
      "{'campaign': <'many'>, 'name': <{'en': 'Many packs'}>, 'languages': <['%s']>,"
      " 'url': <'https://example.org/'>, 'accent': <'#1d6f6a'>, 'demo': <true>}",
      languages);

  for (unsigned int i = 0; i < many->n_partners; i++)
    {
      g_autofree char *partner = dup_partner (i);
      g_string_append_printf (items,
                              "%s('%s', {'name': <{'en': 'Sample publisher %u'}>,"
                              " 'territory': <'%c%c'>, 'domains': <['example.org']>})",
                              i > 0 ? ", " : "", partner, i, 'A' + (char) (i / 26),
                              'A' + (char) (i % 26));
    }
  g_string_append (items, "]");

  delegate (many, "campaign");
  make_folder (many, "targets/campaign");
  g_autoptr(GBytes) bytes = tomo_fixture_compile_text (header, items->str);
  add_target (many, "campaign", "campaign", "campaign.k1.gz", bytes);
}

static void
write_role (Many *many, const char *role, const char *prefix)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) end = g_date_time_add_seconds (now, LIFETIME_SECS);
  g_autofree char *day = g_date_time_format (end, "\"%Y-%m-%dT%H:%M:%SZ\"");
  g_autofree char *name = g_strconcat ("metadata/", prefix, role, ".json", NULL);

  tomo_test_repo_change (many->repo, role, "expires", day);
  g_autoptr(GBytes) bytes = tomo_test_repo_sign (many->repo, role);
  write_file (many, name, bytes);
}

static void
write_metadata (Many *many)
{
  make_folder (many, "metadata");
  for (unsigned int i = 0; i < many->n_partners; i++)
    {
      g_autofree char *partner = dup_partner (i);
      write_role (many, partner, "1.");
    }
  write_role (many, "campaign", "1.");
  write_role (many, "targets", "1.");
  write_role (many, "snapshot", "1.");
  write_role (many, "root", "1.");
  write_role (many, "timestamp", "");
}

static void
choose_languages (Many *many)
{
  size_t n_languages = 0;
  const TomoLanguage *table = tomo_language_list (&n_languages);

  for (unsigned int i = 0; first_languages[i] != NULL && many->n_languages > i; i++)
    many->languages[i] = (char *) first_languages[i];

  unsigned int n_chosen = MIN (many->n_languages, G_N_ELEMENTS (first_languages) - 1);
  for (size_t i = 0; i < n_languages && n_chosen < many->n_languages; i++)
    if (!g_strv_contains (first_languages, table[i].tag))
      many->languages[n_chosen++] = (char *) table[i].tag;
  g_assert_cmpuint (n_chosen, ==, many->n_languages);
}

static unsigned int
parse_number (const char *text, unsigned int max)
{
  g_autoptr(GError) error = NULL;
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, max, &number, &error))
    {
      g_printerr ("make-many: %s\n", error->message);
      exit (EXIT_FAILURE);
    }

  return (unsigned int) number;
}

int
main (int argc, char **argv)
{
  if (argc != 5)
    {
      g_printerr ("usage: make-many DIR PARTNERS PACKS LANGUAGES\n");
      return EXIT_FAILURE;
    }

  Many many = {
    .folder = g_build_filename (argv[1], "repo", NULL),
    .n_partners = parse_number (argv[2], MAX_PARTNERS),
    .n_packs = parse_number (argv[3], MAX_PACKS),
    .n_languages = parse_number (argv[4], G_N_ELEMENTS (many.languages) - 1),
    .repo = tomo_test_repo_new (),
    .items =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref),
  };

  choose_languages (&many);
  add_campaign (&many);
  for (unsigned int i = 0; i < many.n_partners; i++)
    add_partner (&many, i);
  write_metadata (&many);

  g_hash_table_unref (many.items);
  tomo_test_repo_free (many.repo);
  g_free (many.folder);

  return EXIT_SUCCESS;
}
