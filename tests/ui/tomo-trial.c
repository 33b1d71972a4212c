/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/tomo-trial.h"

#include <string.h>

#include "author/pack/tomo-line-breaks.h"
#include "author/pack/tomo-pseudo.h"
#include "core/content/tomo-campaign.h"
#include "core/content/tomo-index.h"
#include "core/content/tomo-item.h"
#include "core/content/tomo-pack.h"
#include "core/store/tomo-generation.h"
#include "tests/support/tomo-fixture.h"

/* What items are made of: as much of it as the place may hold. */
typedef enum
{
  WORDS_TITLE,
  WORDS_SHORT,
  WORDS_SENTENCE,
  WORDS_LONG,
  N_WORDS,
} Words;

static const struct
{
  const char *language;
  const char *words[N_WORDS];
} natural[] = {
  { "en",
    { "Make it long, and use it for one account", "Within an hour",
      "Hang up, and call the number that is printed on the back of your card.",
      "Whoever hurries you wants you not to think: a real bank, a real office and a real friend "
      "will still be there in an hour, when you have asked somebody you trust." } },
  { "ja",
    { "長くして、一つのアカウントだけに使う", "一時間以内に",
      "電話を切り、カードの裏に書かれている番号にかけ直しましょう。",
      "急がせる人は、あなたに考えてほしくないのです。本物の銀行や役所、本当の友人なら、"
      "信頼できる人に相談したあとの一時間後でも、きちんと待っていてくれます。" } },
  { "th",
    { "ตั้งให้ยาวและใช้กับบัญชีเดียวเท่านั้น", "ภายในหนึ่งชั่วโมง", "วางสายแล้วโทรไปยังหมายเลขที่พิมพ์อยู่ด้านหลังบัตรของคุณ",
      "คนที่เร่งคุณไม่อยากให้คุณคิด ธนาคารจริง หน่วยงานจริง และเพื่อนแท้จะยังอยู่ตรงนั้นในอีกหนึ่งชั่วโมง "
      "หลังจากที่คุณได้ถามคนที่คุณไว้ใจแล้ว" } },
  { "ar",
    { "اجعلها طويلة واستخدمها لحساب واحد فقط", "خلال ساعة واحدة",
      "أنهِ المكالمة واتصل بالرقم المطبوع على ظهر بطاقتك.",
      "من يستعجلك لا يريدك أن تفكر: فالمصرف الحقيقي والمكتب الحقيقي والصديق الحقيقي سيبقون هناك "
      "بعد "
      "ساعة، حين تكون قد سألت شخصًا تثق به." } },
  { "my",
    { "ရှည်ရှည်ထားပြီး အကောင့်တစ်ခုတည်းအတွက်သာ သုံးပါ", "တစ်နာရီအတွင်း",
      "ဖုန်းချပြီး သင့်ကတ်၏နောက်ကျောတွင် ရိုက်နှိပ်ထားသောနံပါတ်သို့ ပြန်ခေါ်ပါ။",
      "သင့်ကို အလျင်စလိုလုပ်ခိုင်းသူသည် သင့်ကို မစဉ်းစားစေချင်ပါ။ ဘဏ်အစစ်၊ ရုံးအစစ်နှင့် မိတ်ဆွေအစစ်တို့သည် "
      "သင်ယုံကြည်ရသူကို မေးပြီးနောက် တစ်နာရီအကြာတွင်လည်း ထိုနေရာတွင် ရှိနေဦးမည်ဖြစ်သည်။" } },
};

static const char *const languages[] = { "en", "ja", "th", "ar", "my", "en-XA", "ar-XB", NULL };
static const char *const kinds[] = { "single", "multiple", "true-false", "order",
                                     "match",  "number",   "hotspot",    NULL };
static const char *const partners[] = { "jp", "th", NULL };

/* With this, no address of TOMO_TRIAL_CARE_PACK is short enough for a code. */
#define CAMPAIGN_URL                                                                               \
  "https://www.example.org/a-campaign-for-everybody/with-a-long-way-to-each-card/"

typedef struct
{
  const char *id;
  gboolean is_sensitive;
  gboolean is_abroad; /* in the language of the partner’s country only */
  const char *topic;  /* (nullable): of its only tip; without it the pack has all there is */
} PackKind;

static const PackKind pack_kinds[] = {
  { TOMO_TRIAL_PACK, FALSE, FALSE, NULL },
  { TOMO_TRIAL_CARE_PACK, TRUE, FALSE, "sextortion" },
  { TOMO_TRIAL_ABROAD_PACK, FALSE, TRUE, "social-media" },
};

const char *const *
tomo_trial_languages (void)
{
  return languages;
}

/* The kinds of questions, which are also the ids of the questions. */
const char *const *
tomo_trial_kinds (void)
{
  return kinds;
}

/* Few words make pages that are built quickly. */
static gboolean is_light = FALSE;

static const char *
find_natural (const char *language, Words words)
{
  if (is_light)
    words = WORDS_SHORT;
  for (size_t i = 0; i < G_N_ELEMENTS (natural); i++)
    if (g_str_equal (natural[i].language, language))
      return natural[i].words[words];

  return natural[0].words[words];
}

/* As tomopress would compile it: pseudo-languages by their rule, Burmese with marks for breaks. */
static char *
dup_words (const char *language, Words words)
{
  TomoPseudo pseudo = TOMO_PSEUDO_ACCENTS;
  const char *text = find_natural (language, words);

  if (tomo_pseudo_from_language (language, &pseudo))
    return tomo_pseudo_translate (pseudo, text, TOMO_PSEUDO_PLAIN);
  return tomo_line_breaks_add_to_string (language, text);
}

static GVariant *
new_runs (const char *language, Words words)
{
  g_autofree char *text = dup_words (language, words);

  return g_variant_new_parsed ("[(byte 0, %s, '')]", text);
}

static void
insert_common (GVariantDict *item, const char *kind, const char *topic, const char *language)
{
  g_autofree char *title = dup_words (language, WORDS_TITLE);

  g_variant_dict_insert (item, "kind", "s", kind);
  g_variant_dict_insert (item, "topic", "s", topic);
  g_variant_dict_insert (item, "age", "s", "all");
  g_variant_dict_insert (item, "risk", "s", "high");
  g_variant_dict_insert (item, "title", "s", title);
}

static void
insert_picture (GVariantDict *item, const char *picture, const char *language)
{
  g_autofree char *alt = dup_words (language, WORDS_SENTENCE);

  g_variant_dict_insert (item, "picture", "(ss)", picture, alt);
}

static GVariant *
end_entry (GVariantDict *item, const char *id)
{
  return g_variant_new ("(s@a{sv})", id, g_variant_dict_end (item));
}

static GVariant *
new_tip (const char *topic, const char *language, const char *picture)
{
  g_autofree char *id = g_strconcat ("tip-", topic, NULL);
  g_autofree char *source = dup_words (language, WORDS_TITLE);
  g_autofree char *never = dup_words (language, WORDS_SHORT);
  g_auto(GVariantDict) item = G_VARIANT_DICT_INIT (NULL);

  insert_common (&item, "tip", topic, language);
  /* Tips with a picture and tips without one look different. */
  if (strlen (topic) % 2 == 0)
    insert_picture (&item, picture, language);
  g_variant_dict_insert_value (&item, "summary", new_runs (language, WORDS_LONG));
  g_variant_dict_insert_value (
      &item, "steps",
      g_variant_new_parsed ("[%@a(yss), %@a(yss), [(byte 2, %s, ''), (0, ' ', ''), (3, "
                            "'https://example.org/a/', ''), (0, ' ', ''), (5, %s, %s)], "
                            "[(7, '', 'money')]]",
                            new_runs (language, WORDS_SENTENCE), new_runs (language, WORDS_LONG),
                            never, source, source));
  g_variant_dict_insert_value (
      &item, "sources",
      g_variant_new_parsed ("[(%s, 'https://www.example.org/a/long/way/to/the/page.html')]",
                            source));
  return end_entry (&item, id);
}

static GVariant *
new_choice (const char *id, gboolean is_right, const char *language, Words words)
{
  return g_variant_new ("(sb@a(yss)@a(yss))", id, is_right, new_runs (language, words),
                        is_right ? g_variant_new_array (G_VARIANT_TYPE ("(yss)"), NULL, 0)
                                 : new_runs (language, WORDS_SENTENCE));
}

static GVariant *
new_choices (const char *kind, const char *language)
{
  static const char *const ids[] = { "a", "b", "c", "d" };
  g_auto(GVariantBuilder) choices = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sba(yss)a(yss))"));
  gboolean has_one_right = g_str_equal (kind, "single") || g_str_equal (kind, "hotspot");
  gboolean has_right = has_one_right || g_str_equal (kind, "multiple");

  if (g_str_equal (kind, "true-false"))
    return g_variant_new_parsed ("@a(sba(yss)a(yss)) [('true', false, [], %@a(yss)), "
                                 "('false', true, [], [])]",
                                 new_runs (language, WORDS_LONG));
  for (size_t i = 0; i < G_N_ELEMENTS (ids); i++)
    g_variant_builder_add_value (
        &choices, new_choice (ids[i], has_right && (i == 1 || (!has_one_right && i == 3)), language,
                              (i % 2 == 0) ? WORDS_SENTENCE : WORDS_SHORT));
  return g_variant_builder_end (&choices);
}

static void
insert_answers (GVariantDict *item, const char *kind, const char *language, const char *picture)
{
  if (g_str_equal (kind, "number"))
    {
      g_variant_dict_insert (item, "number", "u", 12);
      g_variant_dict_insert (item, "tolerance", "u", 2);
      return;
    }

  g_variant_dict_insert_value (item, "choices", new_choices (kind, language));
  if (g_str_equal (kind, "match"))
    g_variant_dict_insert_value (item, "matches",
                                 g_variant_new_parsed ("[%@a(yss), %@a(yss), %@a(yss), %@a(yss)]",
                                                       new_runs (language, WORDS_SHORT),
                                                       new_runs (language, WORDS_TITLE),
                                                       new_runs (language, WORDS_SHORT),
                                                       new_runs (language, WORDS_SENTENCE)));
  if (g_str_equal (kind, "hotspot"))
    g_variant_dict_insert_value (
        item, "regions",
        g_variant_new_parsed ("[(uint32 50, uint32 50, uint32 250, uint32 200), (500, 100, 300, "
                              "200), (80, 600, 300, 300), (600, 600, 300, 300)]"));
  if (g_str_equal (kind, "hotspot") || g_str_equal (kind, "multiple"))
    insert_picture (item, picture, language);
}

static GVariant *
new_question (const char *kind, unsigned int nth, const char *language, const char *picture)
{
  g_auto(GVariantDict) item = G_VARIANT_DICT_INIT (NULL);

  insert_common (&item, kind, tomo_topics ()[nth], language);
  g_variant_dict_insert_value (&item, "prompt", new_runs (language, WORDS_SENTENCE));
  g_variant_dict_insert_value (&item, "explanation", new_runs (language, WORDS_LONG));
  insert_answers (&item, kind, language, picture);
  return end_entry (&item, kind);
}

static int
compare_entries (const void *a, const void *b)
{
  const char *first = NULL;
  const char *second = NULL;

  g_variant_get_child (*(GVariant *const *) a, 0, "&s", &first);
  g_variant_get_child (*(GVariant *const *) b, 0, "&s", &second);
  return strcmp (first, second);
}

static GVariant *
new_items (const PackKind *pack, const char *language, const char *picture)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  for (size_t i = 0; tomo_topics ()[i] != NULL; i++)
    if (pack->topic == NULL || g_str_equal (pack->topic, tomo_topics ()[i]))
      g_ptr_array_add (items, new_tip (tomo_topics ()[i], language, picture));
  for (unsigned int i = 0; pack->topic == NULL && kinds[i] != NULL; i++)
    g_ptr_array_add (items, new_question (kinds[i], i, language, picture));
  qsort (items->pdata, items->len, sizeof (gpointer), compare_entries);
  return g_variant_new_array (NULL, (GVariant *const *) items->pdata, items->len);
}

static GBytes *
new_pack (const char *partner, const PackKind *pack, const char *language, const char *picture)
{
  g_autofree char *title = dup_words (language, WORDS_TITLE);
  g_auto(GVariantDict) header = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&header, "partner", "s", partner);
  g_variant_dict_insert (&header, "pack", "s", pack->id);
  g_variant_dict_insert (&header, "language", "s", language);
  g_variant_dict_insert (&header, "source-language", "s", "en");
  g_variant_dict_insert (&header, "title", "s", title);
  g_variant_dict_insert (&header, "revision", "u", 1);
  g_variant_dict_insert (&header, "verified-on", "s", "2026-11-20");
  g_variant_dict_insert (&header, "license", "s", "CC-BY-4.0");
  g_variant_dict_insert (&header, "sample", "b", TRUE);
  g_variant_dict_insert (&header, "draft", "b", TRUE);
  g_variant_dict_insert (&header, "sensitive", "b", pack->is_sensitive);
  g_variant_dict_insert (&header, "media", "@as", g_variant_new_strv (&picture, 1));
  return tomo_fixture_compile (g_variant_new ("(u@a{sv}@a(sa{sv}))", TOMO_PACK_FORMAT,
                                              g_variant_dict_end (&header),
                                              new_items (pack, language, picture)));
}

static char *
dup_names (Words words)
{
  g_autoptr(GString) names = g_string_new ("{");

  for (size_t i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *name = dup_words (languages[i], words);
      g_autoptr(GVariant) quoted = g_variant_ref_sink (g_variant_new_string (name));
      g_autofree char *text = g_variant_print (quoted, FALSE);
      g_string_append_printf (names, "%s'%s': %s", (i > 0) ? ", " : "", languages[i], text);
    }

  g_string_append_c (names, '}');
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static GBytes *
new_campaign (void)
{
  g_autofree char *names = dup_names (WORDS_TITLE);
  g_autofree char *tags = g_strjoinv ("', '", (char **) languages);
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();
  g_autoptr(GVariant) bytes =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, png, TRUE));
  g_autofree char *logo = g_variant_print (bytes, TRUE);
  g_autofree char *header = g_strdup_printf (
      "{'campaign': <'" TOMO_TRIAL_CAMPAIGN "'>, 'name': <%s>, 'languages': <['%s']>, "
      "'url': <'" CAMPAIGN_URL "'>, 'accent': <'#1d6f6a'>, 'demo': <true>, 'logo': <%s>}",
      names, tags, logo);
  g_autofree char *publishers = g_strdup_printf (
      "[('jp', {'name': <%s>, 'territory': <'JP'>, 'domains': <['example.org']>}), "
      "('th', {'name': <%s>, 'territory': <'TH'>, 'domains': <['example.org']>})]",
      names, names);

  return tomo_fixture_compile_text (header, publishers);
}

static char *
add_target (TomoStore *store, TomoGenerationWriter *writer, const char *path, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  char *sha256 = tomo_fixture_dup_sha256 (bytes);

  tomo_store_add_object (store, sha256, bytes, &error);
  g_assert_no_error (error);
  tomo_generation_writer_add_object (writer, path, sha256, g_bytes_get_size (bytes));
  return sha256;
}

static const char *
get_own_language (const char *partner)
{
  return g_str_equal (partner, "jp") ? "ja" : "th";
}

static void
add_pack (TomoStore *store,
          TomoGenerationWriter *writer,
          TomoIndexBuilder *builder,
          const char *pack_id,
          GBytes *packed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoPack) pack = tomo_pack_new (packed, &error);
  g_assert_no_error (error);
  g_autofree char *tag = g_ascii_strdown (tomo_pack_get_language (pack), -1);
  g_autofree char *path =
      g_strdup_printf ("%s/packs/%s/%s.k1.gz", tomo_pack_get_partner (pack), pack_id, tag);
  g_autofree char *sha256 = add_target (store, writer, path, packed);
  g_autoptr(TomoIndexPack) listed = tomo_index_pack_new (pack, sha256);

  tomo_index_builder_add_pack (builder, listed);
}

static void
add_partner (TomoStore *store,
             TomoGenerationWriter *writer,
             TomoIndexBuilder *builder,
             const char *partner)
{
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();
  g_autofree char *picture = tomo_fixture_dup_sha256 (png);
  g_autofree char *picture_path = g_strdup_printf ("%s/media/%s.png", partner, picture);
  g_autofree char *added = add_target (store, writer, picture_path, png);

  for (size_t i = 0; i < G_N_ELEMENTS (pack_kinds); i++)
    for (size_t j = 0; languages[j] != NULL; j++)
      {
        const PackKind *kind = &pack_kinds[i];
        const char *only = (kind->is_abroad) ? get_own_language (partner) : NULL;
        if (only != NULL && !g_str_equal (only, languages[j]))
          continue;
        g_autoptr(GBytes) packed = new_pack (partner, kind, languages[j], picture);
        add_pack (store, writer, builder, kind->id, packed);
      }
}

/* The same items with a few words each, for tests that turn many pages. */
void
tomo_trial_fill_store_lightly (TomoStore *store)
{
  is_light = TRUE;
  tomo_trial_fill_store (store);
  is_light = FALSE;
}

/* Makes a generation with all of it current. */
void
tomo_trial_fill_store (TomoStore *store)
{
  g_autoptr(GError) error = NULL;
  g_assert_true (tomo_store_create (store, &error) && tomo_store_lock (store, &error));
  g_autoptr(TomoGenerationWriter) writer =
      tomo_generation_writer_new (store, TOMO_TRIAL_CAMPAIGN, &error);
  g_assert_no_error (error);
  g_autoptr(TomoIndexBuilder) builder = tomo_index_builder_new ();
  g_autoptr(GBytes) campaign = new_campaign ();
  g_autofree char *added = add_target (store, writer, TOMO_CAMPAIGN_TARGET, campaign);

  for (size_t i = 0; partners[i] != NULL; i++)
    add_partner (store, writer, builder, partners[i]);
  for (size_t i = 0; languages[i] != NULL; i++)
    {
      g_autoptr(GBytes) index = tomo_index_builder_build (builder, languages[i]);
      g_autofree char *tag = g_ascii_strdown (languages[i], -1);
      g_autofree char *name = g_strconcat ("index/", tag, NULL);
      tomo_generation_writer_add_file (writer, name, index, NULL, &error);
      g_assert_no_error (error);
    }
  tomo_generation_writer_set_properties (
      writer, g_variant_new_parsed ("{'updated-secs': <int64 1795165200>}"));
  tomo_generation_writer_commit (writer, &error);
  g_assert_no_error (error);
  tomo_store_unlock (store);
}
