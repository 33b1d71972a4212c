/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-index.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>

#include "core/content/tomo-index-private.h"
#include "core/content/tomo-language.h"
#include "core/tomo-error.h"
#include "tests/support/tomo-fixture.h"

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
add_packed (TomoIndexBuilder *builder, GBytes *packed)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *object = tomo_fixture_dup_sha256 (packed);
  g_autoptr(TomoPack) pack = tomo_pack_new (packed, &error);
  g_assert_no_error (error);
  g_autoptr(TomoIndexPack) listed = tomo_index_pack_new (pack, object);
  tomo_index_builder_add_pack (builder, listed);
}

static TomoIndexBuilder *
new_fixture_builder (void)
{
  TomoIndexBuilder *builder = tomo_index_builder_new ();

  for (size_t i = 0; tomo_fixture_pack_languages ()[i] != NULL; i++)
    {
      g_autoptr(GBytes) th = tomo_fixture_new_pack ("th", tomo_fixture_pack_languages ()[i]);
      g_autoptr(GBytes) jp = tomo_fixture_new_pack ("jp", tomo_fixture_pack_languages ()[i]);
      add_packed (builder, th);
      add_packed (builder, jp);
    }

  return builder;
}

static TomoIndex *
build_index (TomoIndexBuilder *builder, const char *language)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tomo_index_builder_build (builder, language);
  g_autoptr(TomoBlocks) blocks = tomo_blocks_new (bytes);
  TomoIndex *index = tomo_index_new (blocks, &error);
  g_assert_no_error (error);

  return index;
}

/* Every item is listed once for each language, sorted, with all that a list shows. */
static void
test_index_entries (void)
{
  g_autoptr(TomoIndexBuilder) builder = new_fixture_builder ();
  g_autoptr(TomoIndex) index = build_index (builder, "ja");
  TomoIndexEntry entry;

  g_assert_cmpstr (tomo_index_get_language (index), ==, "ja");
  g_assert_cmpuint (tomo_index_get_n_entries (index), ==, 10);
  g_assert_true (tomo_index_get_named (index, 9, &entry));
  g_assert_cmpstr (entry.partner, ==, "th");
  g_assert_true (tomo_index_get_named (index, 0, &entry));
  g_assert_cmpstr (entry.partner, ==, "jp");
  g_assert_cmpstr (entry.item, ==, "hardest-to-guess");

  g_assert_true (tomo_index_find (index, "jp", TOMO_FIXTURE_PACK, "long-passphrase", &entry));
  g_assert_cmpint (entry.kind, ==, TOMO_ITEM_TIP);
  g_assert_cmpstr (entry.title, ==, "長くして、使い回さない");
  g_assert_cmpstr (entry.topic, ==, "passwords");
  g_assert_cmpstr (entry.age, ==, "all");
  g_assert_cmpstr (entry.risk, ==, "medium");
  g_assert_cmpstr (entry.language, ==, "ja");
  g_assert_cmpstr (entry.pack_title, ==, "はじめの一歩");
  g_assert_cmpuint (strlen (entry.picture), ==, 64);
  g_assert_cmpstr (entry.verified_on, ==, "2026-11-20");
  g_assert_true (entry.is_complete);
  g_assert_true (entry.is_sample);
  g_assert_false (entry.is_draft);
  g_assert_false (entry.is_sensitive);

  g_autoptr(GBytes) packed = tomo_fixture_new_pack ("jp", "ja");
  g_autofree char *object = tomo_fixture_dup_sha256 (packed);
  g_assert_cmpstr (entry.object, ==, object);
  g_assert_false (tomo_index_find (index, "jp", TOMO_FIXTURE_PACK, "long", NULL));
  g_assert_false (tomo_index_find (index, "zz", TOMO_FIXTURE_PACK, "long-passphrase", NULL));
}

/* An item is in the visitor's language if it is whole in it, else in the next of the chain. */
static void
test_index_chain (void)
{
  static const struct
  {
    const char *language;
    const char *partner;
    const char *item_language;
  } vectors[] = {
    { "ar", "jp", "ar" }, { "ar", "th", "en" },    { "th", "th", "th" },
    { "vi", "jp", "en" }, { "ja-JP", "th", "ja" }, { "tlh", "jp", "en" },
  };
  g_autoptr(TomoIndexBuilder) builder = new_fixture_builder ();

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("Language %s, partner %s", vectors[i].language, vectors[i].partner);
      g_autoptr(TomoIndex) index = build_index (builder, vectors[i].language);
      TomoIndexEntry entry;
      g_assert_true (
          tomo_index_find (index, vectors[i].partner, TOMO_FIXTURE_PACK, "warning-signs", &entry));
      g_assert_cmpstr (entry.language, ==, vectors[i].item_language);
      g_assert_cmpint (entry.is_complete, ==,
                       g_str_has_prefix (vectors[i].language, vectors[i].item_language));
    }
}

/* The fallback of the pack comes before English, and an item of a kind not shown is not listed. */
static void
test_index_fallback (void)
{
#define HEADER(tag)                                                                                \
  "{'partner': <'x'>, 'pack': <'p'>, 'language': <'" tag "'>, 'source-language': <'de'>,"          \
  " 'title': <'T'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>, 'fallback': <['fr']>}"
#define TIP(id, title)                                                                             \
  "('" id "', {'kind': <'tip'>, 'title': <'" title "'>, 'topic': <'wifi'>, 'age': <'all'>,"        \
  " 'risk': <'low'>, 'summary': <@a(yss) []>, 'steps': <@aa(yss) []>})"
  g_autoptr(GBytes) de = tomo_fixture_compile_text (
      HEADER ("de"), "[" TIP ("a", "A de") "," TIP ("b", "B de") ",('c', {'kind': <'later'>})]");
  g_autoptr(GBytes) en = tomo_fixture_compile_text (HEADER ("en"), "[" TIP ("a", "A en") "]");
  g_autoptr(GBytes) fr = tomo_fixture_compile_text (HEADER ("fr"), "[" TIP ("a", "A fr") "]");
  g_autoptr(TomoIndexBuilder) builder = tomo_index_builder_new ();
  add_packed (builder, fr);
  add_packed (builder, en);
  add_packed (builder, de);

  g_autoptr(TomoIndex) index = build_index (builder, "sw");
  g_assert_cmpuint (tomo_index_get_n_entries (index), ==, 2);
  TomoIndexEntry entry;
  g_assert_true (tomo_index_get_named (index, 0, &entry));
  g_assert_cmpstr (entry.title, ==, "A fr");
  g_assert_true (tomo_index_get_named (index, 1, &entry));
  g_assert_cmpstr (entry.title, ==, "B de");
}

/* The order of adding does not change the bytes, and an index may be empty. */
static void
test_index_deterministic (void)
{
  g_autoptr(TomoIndexBuilder) builder = new_fixture_builder ();
  g_autoptr(TomoIndexBuilder) reverse = tomo_index_builder_new ();
  for (size_t i = 4; i-- > 0;)
    {
      g_autoptr(GBytes) jp = tomo_fixture_new_pack ("jp", tomo_fixture_pack_languages ()[i]);
      g_autoptr(GBytes) th = tomo_fixture_new_pack ("th", tomo_fixture_pack_languages ()[i]);
      add_packed (reverse, jp);
      add_packed (reverse, th);
    }

  g_autoptr(GBytes) one = tomo_index_builder_build (builder, "th");
  g_autoptr(GBytes) other = tomo_index_builder_build (reverse, "th");
  g_assert_true (g_bytes_equal (one, other));

  g_autoptr(TomoIndexBuilder) none = tomo_index_builder_new ();
  g_autoptr(TomoIndex) empty = build_index (none, "en");
  g_assert_cmpuint (tomo_index_get_n_entries (empty), ==, 0);
  g_assert_false (tomo_index_find (empty, "a", "b", "c", NULL));
}

/* A flipped bit: either it is noticed, or what is shown is what was written. Nothing here knows a
 * checksum, so that an entry may still change as long as it can be shown; but it is never unsafe.
 */
static void
test_index_refuses (void)
{
  g_autoptr(TomoIndexBuilder) builder = new_fixture_builder ();
  g_autoptr(GBytes) bytes = tomo_index_builder_build (builder, "ar");
  size_t size = g_bytes_get_size (bytes);
  g_autofree uint8_t *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  for (size_t i = 0; i < size; i++)
    {
      g_autoptr(GError) error = NULL;
      data[i] ^= 0x40;
      g_autoptr(GBytes) damaged = g_bytes_new (data, size);
      g_autoptr(TomoBlocks) blocks = tomo_blocks_new (damaged);
      g_autoptr(TomoIndex) index = tomo_index_new (blocks, &error);
      data[i] ^= 0x40;
      if (index == NULL)
        {
          int code = i < 4 ? TOMO_ERROR_UNSUPPORTED : TOMO_ERROR_INVALID_DATA;
          g_assert_error (error, TOMO_ERROR, code);
          continue;
        }

      for (size_t j = 0; j < tomo_index_get_n_entries (index); j++)
        {
          TomoIndexEntry entry;
          if (tomo_index_get_named (index, j, &entry))
            g_assert_true (g_utf8_validate (entry.title, -1, NULL));
        }
    }
}

/* What the property tests say of a pack; the items are bits, so that languages differ in them. */
typedef struct
{
  const char *language;
  unsigned int partner;
  unsigned int pack;
  unsigned int items;
  gboolean is_sensitive;
} RandomPack;

#define N_RANDOM_ITEMS 12
static const char *const random_languages[] = { "ar", "de", "en", "fr", "pt", "pt-BR" };
static const char *const random_topics[] = { "wifi", "mfa", "scams" };

static gboolean
is_random_tip (unsigned int item)
{
  return item % 3 != 0;
}

static char *
dup_random_title (const RandomPack *pack, unsigned int item)
{
  return g_strdup_printf ("%u %u %02u %s", pack->partner, pack->pack, item, pack->language);
}

static TomoIndexPack *
compile_random (const RandomPack *pack)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) items = g_string_new ("[");
  g_autofree char *header = g_strdup_printf (
      "{'partner': <'c%u'>, 'pack': <'p%u'>, 'language': <'%s'>, 'source-language': <'de'>,"
      " 'title': <'T'>, 'revision': <uint32 1>, 'verified-on': <'2026-11-20'>,"
      " 'sensitive': <%s>}",
      pack->partner, pack->pack, pack->language, pack->is_sensitive ? "true" : "false");

  for (unsigned int i = 0; i < N_RANDOM_ITEMS; i++)
    {
      if ((pack->items & (1U << i)) == 0)
        continue;
      g_autofree char *title = dup_random_title (pack, i);
      g_string_append_printf (
          items,
          "%s('i%02u', {'kind': <'%s'>, 'topic': <'%s'>, 'age': <'all'>, 'risk': <'low'>,"
          " 'title': <'%s'>, %s})",
          items->len > 1 ? ", " : "", i, is_random_tip (i) ? "tip" : "true-false",
          random_topics[i % G_N_ELEMENTS (random_topics)], title,
          is_random_tip (i) ? "'summary': <@a(yss) []>, 'steps': <@aa(yss) []>"
                            : "'prompt': <@a(yss) [(0, 'x', '')]>, 'choices': <@a(sba(yss)a(yss)) "
                              "[('true', true, [], []), ('false', false, [], [])]>, "
                              "'explanation': <@a(yss) [(0, 'x', '')]>");
    }
  g_string_append_c (items, ']');

  g_autoptr(GBytes) packed =
      tomo_fixture_compile_text (header, items->len > 2 ? items->str : "@a(sa{sv}) []");
  g_autoptr(TomoPack) opened = tomo_pack_new (packed, &error);
  g_assert_no_error (error);
  return tomo_index_pack_new (opened, SHA);
}

static GArray *
make_random (GRand *rand, TomoIndexBuilder *builder)
{
  GArray *packs = g_array_new (FALSE, FALSE, sizeof (RandomPack));

  for (unsigned int i = 0; i < 2 * 3; i++)
    for (size_t j = 0; j < G_N_ELEMENTS (random_languages); j++)
      {
        RandomPack pack = { random_languages[j], i / 3, i % 3,
                            g_rand_int (rand) & ((1U << N_RANDOM_ITEMS) - 1), i == 4 };
        if (g_rand_int_range (rand, 0, 3) == 0)
          continue;
        g_autoptr(TomoIndexPack) listed = compile_random (&pack);
        tomo_index_builder_add_pack (builder, listed);
        g_array_append_val (packs, pack);
      }

  return packs;
}

/* The slow way: the first language of the chain that has the item; -1 if none has. */
static int
choose_slowly (GArray *packs, unsigned int number, unsigned int item, char **chain)
{
  for (int i = 0; chain[i] != NULL; i++)
    for (unsigned int j = 0; j < packs->len; j++)
      {
        const RandomPack *pack = &g_array_index (packs, RandomPack, j);
        if (pack->partner * 3 + pack->pack == number && (pack->items & (1U << item)) != 0 &&
            g_str_equal (pack->language, chain[i]))
          return i;
      }

  return -1;
}

static void
check_topic (TomoIndex *index, const TomoIndexEntry *entry)
{
  TomoIndexTopic topic = tomo_index_find_topic (index, entry->is_complete ? entry->topic : "");
  gboolean is_tip =
      entry->position >= topic.first_tip && entry->position < topic.first_tip + topic.n_tips;
  gboolean is_sensitive_tip = entry->position >= topic.first_sensitive_tip &&
                              entry->position < topic.first_sensitive_tip + topic.n_sensitive_tips;
  gboolean is_question = entry->position >= topic.first_question &&
                         entry->position < topic.first_question + topic.n_questions;

  g_assert_cmpint (is_tip, ==, entry->kind == TOMO_ITEM_TIP && !entry->is_sensitive);
  g_assert_cmpint (is_sensitive_tip, ==, entry->kind == TOMO_ITEM_TIP && entry->is_sensitive);
  g_assert_cmpint (is_question, ==,
                   entry->is_complete && !entry->is_sensitive && entry->kind != TOMO_ITEM_TIP);
}

/* An index holds what a walk over all packs finds, and each item stands where its topic says. */
static void
test_index_random (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261123);

  for (unsigned int round = 0; round < 60; round++)
    {
      g_autoptr(TomoIndexBuilder) builder = tomo_index_builder_new ();
      g_autoptr(GArray) packs = make_random (rand, builder);
      const char *language = random_languages[round % G_N_ELEMENTS (random_languages)];
      g_autoptr(TomoIndex) index = build_index (builder, language);
      g_auto(GStrv) chain = tomo_language_dup_chain (language, NULL, "de");
      size_t n_found = 0;

      g_test_message ("Round %u, %s", round, language);
      for (unsigned int i = 0; i < 6 * N_RANDOM_ITEMS; i++)
        {
          unsigned int item = i % N_RANDOM_ITEMS;
          int at = choose_slowly (packs, i / N_RANDOM_ITEMS, item, chain);
          if (at < 0)
            continue;
          TomoIndexEntry entry;
          RandomPack expected = { .language = chain[at],
                                  .partner = i / N_RANDOM_ITEMS / 3,
                                  .pack = i / N_RANDOM_ITEMS % 3 };
          g_autofree char *title = dup_random_title (&expected, item);
          g_assert_true (tomo_index_get_named (index, n_found++, &entry));
          g_assert_cmpstr (entry.title, ==, title);
          g_assert_cmpstr (entry.language, ==, chain[at]);
          g_assert_cmpint (entry.is_complete, ==, at == 0);
          check_topic (index, &entry);
          g_assert_true (tomo_index_find (index, entry.partner, entry.pack, entry.item, &entry));
          g_assert_cmpstr (entry.title, ==, title);
        }
      g_assert_cmpuint (n_found, ==, tomo_index_get_n_entries (index));
    }
}

static TomoIndex *
open_stored (const char *path, GBytes *bytes, GBytes *digests)
{
  g_autoptr(GError) error = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autoptr(TomoBlocks) blocks =
      tomo_blocks_new_for_fd (fd, g_bytes_get_size (bytes), digests, path, &error);
  g_assert_no_error (error);

  return tomo_index_new (blocks, NULL);
}

static TomoIndexBuilder *
new_large_builder (void)
{
  TomoIndexBuilder *builder = tomo_index_builder_new ();

  for (unsigned int i = 0; i < 120; i++)
    {
      RandomPack pack = { "en", i / 10, i % 10, (1U << N_RANDOM_ITEMS) - 1, FALSE };
      g_autoptr(TomoIndexPack) listed = compile_random (&pack);
      tomo_index_builder_add_pack (builder, listed);
    }

  return builder;
}

/* Whichever bit is flipped on the disk: an entry is given as it was written, or not at all. */
static void
test_index_flipped (void)
{
  g_autoptr(TomoIndexBuilder) builder = new_large_builder ();
  g_autoptr(GBytes) bytes = tomo_index_builder_build (builder, "en");
  g_autoptr(GBytes) digests = tomo_blocks_compute_digests (bytes);
  g_autoptr(TomoIndex) whole = build_index (builder, "en");
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "index", NULL);
  size_t size = g_bytes_get_size (bytes);
  g_autofree uint8_t *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  g_assert_cmpuint (size, >, 4 * TOMO_BLOCKS_BLOCK_BYTES);
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  size_t n_noticed = 0;
  for (size_t i = 0; i < size; i += 997)
    {
      size_t n_hidden = 0;
      data[i] ^= (uint8_t) (1 << i % 8);
      g_assert_true (g_file_set_contents (path, (const char *) data, (gssize) size, NULL));
      data[i] ^= (uint8_t) (1 << i % 8);
      g_autoptr(TomoIndex) index = open_stored (path, bytes, digests);
      if (index == NULL)
        continue;

      for (size_t j = 0; j < tomo_index_get_n_entries (whole); j++)
        {
          TomoIndexEntry expected;
          TomoIndexEntry entry;
          g_assert_true (tomo_index_get_entry (whole, j, &expected));
          if (!tomo_index_get_entry (index, j, &entry))
            {
              n_hidden++;
              continue;
            }
          g_assert_cmpstr (entry.title, ==, expected.title);
          g_assert_cmpstr (entry.item, ==, expected.item);
          g_assert_cmpstr (entry.partner, ==, expected.partner);
        }
      g_assert_cmpuint (n_hidden, <, tomo_index_get_n_entries (whole));
      n_noticed += n_hidden > 0;
    }
  g_assert_cmpuint (n_noticed, >, 0);
}

/* Five tips and five questions are enough for a language to be offered; less of either is not, and
 * what is sensitive does not count. */
static void
test_index_enough (void)
{
  static const struct
  {
    unsigned int n_tips;
    unsigned int n_questions;
    gboolean is_sensitive;
    gboolean is_enough;
  } vectors[] = {
    { 5, 5, FALSE, TRUE }, { 4, 5, FALSE, FALSE }, { 5, 4, FALSE, FALSE },
    { 5, 5, TRUE, FALSE }, { 0, 0, FALSE, FALSE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(TomoIndexBuilder) builder = tomo_index_builder_new ();
      RandomPack packs[2] = { { "en", 0, 0, 0, vectors[i].is_sensitive },
                              { "en", 1, 0, 0, vectors[i].is_sensitive } };
      unsigned int n_tips = 0;
      unsigned int n_questions = 0;

      g_test_message ("%u tips, %u questions", vectors[i].n_tips, vectors[i].n_questions);
      for (unsigned int j = 0; j < 2 * N_RANDOM_ITEMS; j++)
        {
          unsigned int item = j % N_RANDOM_ITEMS;
          unsigned int *n_of_kind = is_random_tip (item) ? &n_tips : &n_questions;
          if (*n_of_kind == (is_random_tip (item) ? vectors[i].n_tips : vectors[i].n_questions))
            continue;
          (*n_of_kind)++;
          packs[j / N_RANDOM_ITEMS].items |= 1U << item;
        }
      g_assert_cmpuint (n_tips, ==, vectors[i].n_tips);
      g_assert_cmpuint (n_questions, ==, vectors[i].n_questions);
      for (unsigned int j = 0; j < G_N_ELEMENTS (packs); j++)
        {
          g_autoptr(TomoIndexPack) listed = compile_random (&packs[j]);
          tomo_index_builder_add_pack (builder, listed);
        }
      g_autoptr(TomoIndex) index = build_index (builder, "en");
      g_assert_cmpint (tomo_index_is_enough (index), ==, vectors[i].is_enough);
      static const char *const nobody[] = { "nobody", NULL };
      g_assert_cmpint (tomo_index_is_enough_without (index, nobody), ==, vectors[i].is_enough);
    }
}

/* Without a partner an index is, to the byte, what it would be if there were none such; and it has
 * enough exactly if that one has. */
static void
test_index_without (void)
{
  static const char *const without_jp[] = { "jp", NULL };
  static const char *const without_both[] = { "jp", "th", NULL };
  g_autoptr(TomoIndexBuilder) builder = new_fixture_builder ();
  g_autoptr(TomoIndexBuilder) nobody = tomo_index_builder_new ();
  g_autoptr(TomoIndexBuilder) th_only = tomo_index_builder_new ();

  for (size_t i = 0; tomo_fixture_pack_languages ()[i] != NULL; i++)
    {
      g_autoptr(GBytes) th = tomo_fixture_new_pack ("th", tomo_fixture_pack_languages ()[i]);
      add_packed (th_only, th);
    }
  for (size_t i = 0; tomo_fixture_campaign_languages ()[i] != NULL; i++)
    {
      const char *language = tomo_fixture_campaign_languages ()[i];
      g_autoptr(TomoIndex) index = build_index (builder, language);
      g_autoptr(GBytes) one = tomo_index_write_without (index, without_jp);
      g_autoptr(GBytes) expected_one = tomo_index_builder_build (th_only, language);
      g_autoptr(GBytes) none = tomo_index_write_without (index, without_both);
      g_autoptr(GBytes) expected_none = tomo_index_builder_build (nobody, language);

      g_assert_true (g_bytes_equal (one, expected_one));
      g_assert_true (g_bytes_equal (none, expected_none));
    }

  g_autoptr(TomoIndexBuilder) large = new_large_builder ();
  g_autoptr(TomoIndex) index = build_index (large, "en");
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  const char *last = "";
  for (size_t i = 0; i < tomo_index_get_n_entries (index); i++)
    {
      TomoIndexEntry entry;
      g_assert_true (tomo_index_get_named (index, i, &entry));
      if (strcmp (entry.partner, last) != 0)
        g_strv_builder_add (names, entry.partner);
      last = entry.partner;
    }
  g_auto(GStrv) partners = g_strv_builder_end (names);
  for (char **some = partners; *some != NULL; some++)
    {
      g_autoptr(GBytes) bytes = tomo_index_write_without (index, (const char *const *) some);
      g_autoptr(TomoBlocks) blocks = tomo_blocks_new (bytes);
      g_autoptr(TomoIndex) rest = tomo_index_new (blocks, NULL);
      g_assert_cmpint (tomo_index_is_enough_without (index, (const char *const *) some), ==,
                       tomo_index_is_enough (rest));
      g_assert_cmpint (tomo_index_is_enough (rest), ==, some > partners);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/index/entries", test_index_entries);
  g_test_add_func ("/index/chain", test_index_chain);
  g_test_add_func ("/index/fallback", test_index_fallback);
  g_test_add_func ("/index/enough", test_index_enough);
  g_test_add_func ("/index/without", test_index_without);
  g_test_add_func ("/index/deterministic", test_index_deterministic);
  g_test_add_func ("/index/refuses", test_index_refuses);
  g_test_add_func ("/index/random", test_index_random);
  g_test_add_func ("/index/flipped", test_index_flipped);
  return g_test_run ();
}
