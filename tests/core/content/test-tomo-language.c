/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-language.h"

#include <string.h>

/* The languages of the campaigns that are planned have whole rows. */
static void
test_language_required (void)
{
  static const char *const tags[] = {
    "en", "ja", "th", "id", "vi", "ar", "zh-Hans", "zh-Hant", "ko",    "ms", "fil", "km",
    "lo", "my", "hi", "ta", "ur", "bn", "fr",      "es",      "pt-BR", "pt", "de",  "ru",
    "sw", "et", "he", "fa", "tr", "it", "nl",      "pl",      "uk",    "am", "ne",  "si",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_test_message ("Language %s", tags[i]);
      const TomoLanguage *language = tomo_language_find (tags[i]);
      g_assert_nonnull (language);
      g_assert_cmpstr (language->tag, ==, tags[i]);
    }
}

/* Every row is whole: unique names, a rank in order, a parent that exists and has its script. */
static void
test_language_table (void)
{
  size_t n_languages = 0;
  const TomoLanguage *list = tomo_language_list (&n_languages);
  g_autoptr(GHashTable) autonyms = g_hash_table_new (g_str_hash, g_str_equal);

  for (size_t i = 0; i < n_languages; i++)
    {
      const TomoLanguage *row = &list[i];
      g_test_message ("Row %s", row->tag);
      g_assert_true (tomo_language_find (row->tag) == row);
      g_assert_true (tomo_language_find (row->posix) == row);
      g_assert_true (tomo_language_find_posix (row->posix) == row);
      g_assert_true (g_hash_table_add (autonyms, (gpointer) row->autonym));
      g_assert_true (g_utf8_validate (row->autonym, -1, NULL));
      g_assert_cmpuint (strlen (row->script), ==, 4);
      g_assert_cmpuint (row->rank, ==, i);
      if (row->parent != NULL)
        g_assert_cmpstr (tomo_language_find (row->parent)->script, ==, row->script);
      g_assert_cmpint (row->is_rtl, ==,
                       g_str_equal (row->script, "Arab") || g_str_equal (row->script, "Hebr"));
    }
}

/* Spellings of people, systems and the past all lead to one row, or to none. */
static void
test_language_find (void)
{
  static const struct
  {
    const char *tag;
    const char *found;
  } vectors[] = {
    { "iw", "he" },
    { "tl", "fil" },
    { "in", "id" },
    { "no", "nb" },
    { "eng", "en" },
    { "EN", "en" },
    { "en-GB", "en" },
    { "de-AT", "de" },
    { "de_AT.UTF-8@euro", "de" },
    { "pt-br", "pt-BR" },
    { "pt_BR.UTF-8", "pt-BR" },
    { "pt-PT", "pt" },
    { "zh", "zh-Hans" },
    { "zh-CN", "zh-Hans" },
    { "zh-SG", "zh-Hans" },
    { "zh-TW", "zh-Hant" },
    { "zh-HK", "zh-Hant" },
    { "zh_MO", "zh-Hant" },
    { "ZH-HANT", "zh-Hant" },
    { "zh-Hant-HK", "zh-Hant" },
    { "zh-Hans-TW", "zh-Hans" },
    { "cmn-TW", "zh-Hant" },
    { "zh_TW.Big5", "zh-Hant" },
    { "zh-Latn-pinyin", NULL },
    { "sr-Latn", NULL },
    { "sr_RS@latin", NULL },
    { "ms-Arab", NULL },
    { "ja-JP-u-ca-japanese", "ja" },
    { "sl-rozaj", "sl" },
    { "es-419", "es" },
    { "C", NULL },
    { "POSIX", NULL },
    { "", NULL },
    { "xx", NULL },
    { "e", NULL },
    { "english", NULL },
    { "12", NULL },
    { "-", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("Tag %s", vectors[i].tag);
      const TomoLanguage *language = tomo_language_find (vectors[i].tag);
      g_assert_cmpstr (language != NULL ? language->tag : NULL, ==, vectors[i].found);
    }
}

/* The name of a PO file is exact, so that a language has one file. */
static void
test_language_find_posix (void)
{
  g_assert_cmpstr (tomo_language_find_posix ("zh_TW")->tag, ==, "zh-Hant");
  g_assert_cmpstr (tomo_language_find_posix ("zh_TW")->autonym, ==, "繁體中文");
  g_assert_cmpstr (tomo_language_find_posix ("zh_CN")->autonym, ==, "简体中文");
  g_assert_null (tomo_language_find_posix ("zh-Hant"));
  g_assert_null (tomo_language_find_posix ("iw"));
  g_assert_null (tomo_language_find_posix ("de_AT"));
}

/* The best of what there is, never in another script. */
static void
test_language_match (void)
{
  static const char *const campaign[] = { "en", "ja", "pt-BR", "zh-Hant", "ar", "he", "xx", NULL };
  static const struct
  {
    const char *tag;
    const char *match;
  } vectors[] = {
    { "ja", "ja" },       { "JA_jp.UTF-8", "ja" }, { "en-GB", "en" }, { "pt", "pt-BR" },
    { "pt-PT", "pt-BR" }, { "zh-HK", "zh-Hant" },  { "zh-CN", NULL }, { "zh", NULL },
    { "iw", "he" },       { "xx-YY", "xx" },       { "fr", NULL },    { "C", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("Tag %s", vectors[i].tag);
      g_assert_cmpstr (tomo_language_match (vectors[i].tag, campaign), ==, vectors[i].match);
    }

  g_assert_null (tomo_language_match ("en", (const char *const[]){ NULL }));
}

/* The languages that are made by a rule are found by name, but stand in no list and have no file.
 */
static void
test_language_pseudo (void)
{
  static const char *const tags[] = { "en-XA", "ar-XB" };
  size_t n_languages = 0;
  const TomoLanguage *list = tomo_language_list (&n_languages);

  for (size_t i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      const TomoLanguage *row = tomo_language_find (tags[i]);

      g_assert_nonnull (row);
      g_assert_cmpstr (row->tag, ==, tags[i]);
      g_assert_true (tomo_language_find (row->posix) == row);
      g_assert_null (tomo_language_find_posix (row->posix));
      g_assert_true (row < list || row >= list + n_languages);
      g_assert_cmpint (row->is_rtl, ==, i == 1);
    }
}

/* The chain is language, parents, fallback of the pack, English, source; each once. */
static void
test_language_chain (void)
{
  static const struct
  {
    const char *tag;
    const char *fallback;
    const char *source;
    const char *chain;
  } vectors[] = {
    { "pt-BR", "", "en", "pt-BR pt en" }, { "ja", "", "ja", "ja en" },
    { "zh-TW", "", "en", "zh-Hant en" },  { "de-AT", "fr nl", "es", "de fr nl en es" },
    { "en", "fr", "en", "en fr" },        { "lo", "th en", "th", "lo th en" },
    { "tlh", "", "en", "tlh en" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("Tag %s, fallback %s", vectors[i].tag, vectors[i].fallback);
      g_auto(GStrv) fallback = g_strsplit (vectors[i].fallback, " ", -1);
      g_auto(GStrv) chain = tomo_language_dup_chain (
          vectors[i].tag, (const char *const *) fallback, vectors[i].source);
      g_autofree char *joined = g_strjoinv (" ", chain);
      g_assert_cmpstr (joined, ==, vectors[i].chain);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/language/required", test_language_required);
  g_test_add_func ("/language/table", test_language_table);
  g_test_add_func ("/language/find", test_language_find);
  g_test_add_func ("/language/find-posix", test_language_find_posix);
  g_test_add_func ("/language/match", test_language_match);
  g_test_add_func ("/language/pseudo", test_language_pseudo);
  g_test_add_func ("/language/chain", test_language_chain);
  return g_test_run ();
}
