/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/tomo-fixture.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-first-aid.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-gzip.h"

#define PICTURE_WIDTH_PX 64
#define PICTURE_HEIGHT_PX 48

/* What the items say in one language. */
typedef struct
{
  const char *language;
  const char *pack_title;
  const char *alt;
  const char *passphrase_title;
  const char *passphrase_summary;
  const char *take;
  const char *four_words;
  const char *unrelated;
  const char *keep_in;
  const char *manager;
  const char *manager_meaning;
  const char *message_title;
  const char *message_summary;
  const char *never;
  const char *press;
  const char *open;
  const char *ask_first;
  const char *paid;
  const char *hardest_prompt;
  const char *hardest_explanation;
  const char *hardest_feedback;
  const char *monthly_prompt;
  const char *monthly_explanation;
  const char *signs_prompt;
  const char *signs_hurry;
  const char *signs_prize;
  const char *signs_name;
  const char *signs_explanation;
  const char *source_title;
} Texts;

static const Texts texts[] = {
  {
      "en",
      "First steps",
      "Four cards with words make one key.",
      "Make it long, and use it once",
      "A password of several words is hard to guess.",
      "Take ",
      "four or more words",
      " that have nothing to do with each other.",
      "Let this remember them: ",
      "password manager",
      "A program that keeps your passwords.",
      "A strange message",
      "Whoever hurries you wants you not to think.",
      "Never",
      " press ",
      "Open",
      ", and ask the sender in another way.",
      "If you have paid already, tell: ",
      "Which of these is the hardest to guess?",
      "Each further word multiplies the work of whoever guesses.",
      "Swapped letters are tried first.",
      "A good password should be changed every month.",
      "Change it when somebody else may know it.",
      "Which of these are warning signs in a message?",
      "It says you must act within an hour.",
      "It promises a prize you did not play for.",
      "It spells your name right.",
      "Hurry and gifts are old tricks; a right name proves nothing.",
      "Sample source: long passwords",
  },
  {
      "ja",
      "はじめの一歩",
      "言葉のカードが四枚で一つの鍵になっています。",
      "長くして、使い回さない",
      "いくつかの言葉をつなげたパスワードは、推測されにくくなります。",
      "たがいに関係のない言葉を",
      "四つ以上",
      "選びましょう。",
      "覚えるのはこれに任せましょう：",
      "パスワードマネージャー",
      "パスワードを保管するプログラムです。",
      "見慣れないメッセージ",
      "急がせる人は、あなたに考えてほしくないのです。",
      "決して",
      "押さないでください：",
      "開く",
      "。別の方法で送り主に確かめましょう。",
      "もう支払ってしまったときの連絡先：",
      "推測するのが最も難しいのはどれですか。",
      "言葉を一つ増やすごとに、推測に必要な手間は何倍にもなります。",
      "文字の置き換えは最初に試されます。",
      "よいパスワードは毎月変えるべきだ。",
      "ほかの人に知られたかもしれないときに変えましょう。",
      "メッセージの危険なしるしはどれですか。",
      "一時間以内に手続きするよう求めている。",
      "応募していない賞品を約束している。",
      "あなたの名前が正しく書かれている。",
      "急がせることと贈り物は昔からの手口です。名前が正しくても証拠にはなりません。",
      "見本の出典：長いパスワード",
  },
  {
      "th",
      "ก้าวแรก",
      "การ์ดคำสี่ใบต่อกันเป็นกุญแจหนึ่งดอก",
      "ตั้งให้ยาว และใช้กับบัญชีเดียว",
      "รหัสผ่านที่ประกอบด้วยหลายคำนั้นเดายาก",
      "เลือก",
      "สี่คำขึ้นไป",
      "ที่ไม่เกี่ยวข้องกัน",
      "ให้สิ่งนี้ช่วยจำ: ",
      "โปรแกรมจัดการรหัสผ่าน",
      "โปรแกรมที่เก็บรหัสผ่านของคุณ",
      "ข้อความแปลก ๆ",
      "คนที่เร่งคุณไม่อยากให้คุณคิด",
      "อย่า",
      "กด ",
      "เปิด",
      " และถามผู้ส่งด้วยวิธีอื่น",
      "ถ้าจ่ายเงินไปแล้ว ให้แจ้ง: ",
      "ข้อใดเดายากที่สุด",
      "ทุกคำที่เพิ่มทำให้คนเดาต้องเสียเวลามากขึ้นหลายเท่า",
      "การสลับตัวอักษรจะถูกลองก่อน",
      "รหัสผ่านที่ดีควรเปลี่ยนทุกเดือน",
      "เปลี่ยนเมื่อคนอื่นอาจรู้รหัสแล้ว",
      "ข้อใดเป็นสัญญาณเตือนในข้อความ",
      "บอกว่าต้องทำภายในหนึ่งชั่วโมง",
      "สัญญาว่าจะให้รางวัลที่คุณไม่ได้ร่วมเล่น",
      "สะกดชื่อคุณถูกต้อง",
      "การเร่งและของขวัญเป็นกลอุบายเก่า ชื่อที่ถูกต้องไม่ได้พิสูจน์อะไร",
      "แหล่งข้อมูลตัวอย่าง: รหัสผ่านยาว",
  },
  {
      "ar",
      "الخطوات الأولى",
      "أربع بطاقات عليها كلمات تكوّن مفتاحًا واحدًا.",
      "اجعلها طويلة واستخدمها مرة واحدة",
      "كلمة المرور المكوّنة من عدة كلمات يصعب تخمينها.",
      "اختر ",
      "أربع كلمات أو أكثر",
      " لا علاقة بينها.",
      "دع هذا يتذكرها: ",
      "مدير كلمات المرور",
      "برنامج يحفظ كلمات مرورك.",
      "رسالة غريبة",
      "من يستعجلك لا يريدك أن تفكر.",
      "لا",
      " تضغط على ",
      "فتح",
      "، واسأل المرسل بطريقة أخرى.",
      "إن كنت قد دفعت فأبلغ: ",
      "أيّ من هذه هي الأصعب تخمينًا؟",
      "كل كلمة إضافية تضاعف جهد من يخمّن.",
      "تبديل الحروف هو أول ما يُجرَّب.",
      "ينبغي تغيير كلمة المرور الجيدة كل شهر.",
      "غيّرها عندما يُحتمل أن يعرفها غيرك.",
      "أيّ من هذه علامات تحذير في رسالة؟",
      "تقول إن عليك التصرف خلال ساعة.",
      "تعدك بجائزة لم تشارك فيها.",
      "تكتب اسمك كتابة صحيحة.",
      "الاستعجال والهدايا حيل قديمة، والاسم الصحيح لا يثبت شيئًا.",
      "مصدر نموذجي: كلمات المرور الطويلة",
  },
};

static const char *const pack_languages[] = { "en", "ja", "th", "ar", NULL };
static const char *const campaign_languages[] = { "en", "ja", "th", "ar", "id", "vi", NULL };

static const Texts *
find_texts (const char *language)
{
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].language, language))
      return &texts[i];

  g_assert_not_reached ();
}

/* Makes the signed form of @variant: little-endian, normal, gzip. */
GBytes *
tomo_fixture_compile (GVariant *variant)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) owned = g_variant_ref_sink (variant);
#if G_BYTE_ORDER == G_BIG_ENDIAN
  g_autoptr(GVariant) normal = g_variant_byteswap (owned);
#else
  g_autoptr(GVariant) normal = g_variant_get_normal_form (owned);
#endif
  g_autoptr(GBytes) plain = g_variant_get_data_as_bytes (normal);
  GBytes *packed = tomo_gzip_deflate (plain, &error);
  g_assert_no_error (error);

  return packed;
}

/* Compiles a header `{…}` and items `[…]` that are written as GVariant text. */
GBytes *
tomo_fixture_compile_text (const char *header, const char *items)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("(uint32 %d, %s, %s)", TOMO_PACK_FORMAT, header, items);
  /* Floating in GLib 2.74 and not in 2.84. */
  g_autoptr(GVariant) variant = g_variant_take_ref (
      g_variant_parse (G_VARIANT_TYPE (TOMO_PACK_VARIANT_TYPE), text, NULL, NULL, &error));
  g_assert_no_error (error);

  return tomo_fixture_compile (variant);
}

char *
tomo_fixture_dup_sha256 (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static GVariant *
new_entry (const char *id, GVariant *parsed)
{
  return g_variant_new ("(s@a{sv})", id, parsed);
}

static GVariant *
new_hardest_to_guess (const Texts *t)
{
  return new_entry (
      "hardest-to-guess",
      g_variant_new_parsed (
          "@a{sv} {'kind': <'single'>, 'topic': <'passwords'>, 'age': <'all'>, 'risk': <'medium'>,"
          " 'title': <%s>, 'picture': <('', '')>, 'sources': <@a(ss) []>,"
          " 'prompt': <@a(yss) [(0, %s, '')]>,"
          " 'choices': <@a(sba(yss)a(yss)) ["
          "  ('a', false, [(3, 'P@ssw0rd!', '')], [(0, %s, '')]),"
          "  ('b', true, [(3, 'river lamp eleven sand', '')], []),"
          "  ('c', false, [(3, '12345678', '')], [])]>,"
          " 'explanation': <@a(yss) [(0, %s, '')]>}",
          t->hardest_prompt, t->hardest_prompt, t->hardest_feedback, t->hardest_explanation));
}

static GVariant *
new_long_passphrase (const Texts *t, const char *picture, const char *audio)
{
  g_autoptr(GVariant) tip = g_variant_take_ref (g_variant_new_parsed (
      "@a{sv} {'kind': <'tip'>, 'topic': <'passwords'>, 'age': <'all'>, 'risk': <'medium'>,"
      " 'title': <%s>, 'picture': <(%s, %s)>,"
      " 'sources': <[(%s, 'https://example.org/long')]>,"
      " 'summary': <@a(yss) [(0, %s, '')]>,"
      " 'steps': <@aa(yss) [[(0, %s, ''), (1, %s, ''), (0, %s, '')],"
      "  [(0, %s, ''), (5, %s, %s)]]>}",
      t->passphrase_title, picture, t->alt, t->source_title, t->passphrase_summary, t->take,
      t->four_words, t->unrelated, t->keep_in, t->manager, t->manager_meaning));
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT (tip);

  if (audio != NULL)
    g_variant_dict_insert (&dict, "audio", "s", audio);
  return new_entry ("long-passphrase", g_variant_dict_end (&dict));
}

static GVariant *
new_monthly_change (const Texts *t)
{
  return new_entry (
      "monthly-change",
      g_variant_new_parsed (
          "@a{sv} {'kind': <'true-false'>, 'topic': <'passwords'>, 'age': <'adult'>,"
          " 'risk': <'low'>, 'title': <%s>, 'picture': <('', '')>, 'sources': <@a(ss) []>,"
          " 'prompt': <@a(yss) [(0, %s, '')]>,"
          " 'choices': <@a(sba(yss)a(yss)) [('true', false, [], []), ('false', true, [], [])]>,"
          " 'explanation': <@a(yss) [(0, %s, '')]>}",
          t->monthly_prompt, t->monthly_prompt, t->monthly_explanation));
}

static GVariant *
new_strange_message (const Texts *t)
{
  return new_entry (
      "strange-message",
      g_variant_new_parsed (
          "@a{sv} {'kind': <'tip'>, 'topic': <'phishing'>, 'age': <'all'>, 'risk': <'high'>,"
          " 'title': <%s>, 'picture': <('', '')>, 'sources': <@a(ss) []>,"
          " 'summary': <@a(yss) [(0, %s, '')]>,"
          " 'steps': <@aa(yss) [[(2, %s, ''), (0, %s, ''), (4, %s, ''), (0, %s, '')],"
          "  [(0, %s, ''), (7, '', 'money')],"
          "  [(6, 'https://example.org/a/', 'https://example.org/a/')]]>}",
          t->message_title, t->message_summary, t->never, t->press, t->open, t->ask_first,
          t->paid));
}

static GVariant *
new_warning_signs (const Texts *t)
{
  return new_entry (
      "warning-signs",
      g_variant_new_parsed (
          "@a{sv} {'kind': <'multiple'>, 'topic': <'phishing'>, 'age': <'all'>, 'risk': <'high'>,"
          " 'title': <%s>, 'picture': <('', '')>, 'sources': <@a(ss) []>,"
          " 'prompt': <@a(yss) [(0, %s, '')]>,"
          " 'choices': <@a(sba(yss)a(yss)) ["
          "  ('hurry', true, [(0, %s, '')], []), ('name', false, [(0, %s, '')], []),"
          "  ('prize', true, [(0, %s, '')], [])]>,"
          " 'explanation': <@a(yss) [(0, %s, '')]>}",
          t->signs_prompt, t->signs_prompt, t->signs_hurry, t->signs_name, t->signs_prize,
          t->signs_explanation));
}

static GVariant *
new_header (const char *partner,
            const Texts *t,
            const char *picture,
            const char *audio,
            gboolean is_whole)
{
  const char *incomplete[] = { is_whole ? NULL : "warning-signs", NULL };
  g_auto(GVariantDict) header = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&header, "partner", "s", partner);
  g_variant_dict_insert (&header, "pack", "s", TOMO_FIXTURE_PACK);
  g_variant_dict_insert (&header, "language", "s", t->language);
  g_variant_dict_insert (&header, "source-language", "s", "en");
  g_variant_dict_insert (&header, "title", "s", t->pack_title);
  g_variant_dict_insert (&header, "revision", "u", 1);
  g_variant_dict_insert (&header, "verified-on", "s", "2026-11-20");
  g_variant_dict_insert (&header, "license", "s", "CC-BY-4.0");
  g_variant_dict_insert (&header, "fallback", "@as", g_variant_new_strv (NULL, 0));
  g_variant_dict_insert (&header, "sample", "b", TRUE);
  g_variant_dict_insert (&header, "draft", "b", g_str_equal (t->language, "th"));
  g_variant_dict_insert (&header, "sensitive", "b", FALSE);
  g_variant_dict_insert (&header, "media", "@as", g_variant_new_strv (&picture, 1));
  if (audio != NULL)
    g_variant_dict_insert (&header, "audio", "@as", g_variant_new_strv (&audio, 1));
  g_variant_dict_insert (&header, "incomplete", "@as", g_variant_new_strv (incomplete, -1));

  return g_variant_dict_end (&header);
}

GBytes *
tomo_fixture_new_pack (const char *partner, const char *language)
{
  const Texts *t = find_texts (language);
  gboolean is_whole = !g_str_equal (partner, "th") || !g_str_equal (language, "ar");
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();
  g_autofree char *picture = tomo_fixture_dup_sha256 (png);
  g_autofree char *audio = NULL;
  g_auto(GVariantBuilder) items = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  if (g_str_equal (partner, "jp") && g_str_equal (language, "ja"))
    {
      g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
      audio = tomo_fixture_dup_sha256 (opus);
    }

  g_variant_builder_add_value (&items, new_hardest_to_guess (t));
  g_variant_builder_add_value (&items, new_long_passphrase (t, picture, audio));
  g_variant_builder_add_value (&items, new_monthly_change (t));
  g_variant_builder_add_value (&items, new_strange_message (t));
  if (is_whole)
    g_variant_builder_add_value (&items, new_warning_signs (t));

  return tomo_fixture_compile (g_variant_new ("(u@a{sv}@a(sa{sv}))", TOMO_PACK_FORMAT,
                                              new_header (partner, t, picture, audio, is_whole),
                                              g_variant_builder_end (&items)));
}

/* CRC-32 as PNG wants it, bit by bit: the picture is small. */
static uint32_t
compute_crc (const uint8_t *data, size_t size)
{
  uint32_t crc = G_MAXUINT32;

  for (size_t i = 0; i < size; i++)
    {
      crc ^= data[i];
      for (unsigned int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0);
    }

  return ~crc;
}

static void
append_uint32 (GByteArray *png, uint32_t value)
{
  uint32_t big_endian = GUINT32_TO_BE (value);

  g_byte_array_append (png, (const uint8_t *) &big_endian, 4);
}

static void
append_chunk (GByteArray *png, const char *type, const uint8_t *data, size_t size)
{
  append_uint32 (png, (uint32_t) size);
  unsigned int start = png->len;
  g_byte_array_append (png, (const uint8_t *) type, 4);
  g_byte_array_append (png, data, (unsigned int) size);
  append_uint32 (png, compute_crc (png->data + start, png->len - start));
}

static void
append_pixels (GByteArray *png)
{
  g_autoptr(GByteArray) rows = g_byte_array_new ();
  for (unsigned int y = 0; y < PICTURE_HEIGHT_PX; y++)
    {
      g_byte_array_append (rows, (const uint8_t *) "\0", 1);
      for (unsigned int x = 0; x < PICTURE_WIDTH_PX; x++)
        {
          uint8_t pixel[3] = { (uint8_t) (29 + 2 * x), (uint8_t) (111 + y), 106 };
          g_byte_array_append (rows, pixel, sizeof pixel);
        }
    }

  g_autoptr(GZlibCompressor) deflater = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  uint8_t packed[PICTURE_HEIGHT_PX * (1 + 3 * PICTURE_WIDTH_PX) + 1024];
  gsize n_read = 0;
  gsize n_written = 0;
  g_assert_cmpint (g_converter_convert (G_CONVERTER (deflater), rows->data, rows->len, packed,
                                        sizeof packed, G_CONVERTER_INPUT_AT_END, &n_read,
                                        &n_written, NULL),
                   ==, G_CONVERTER_FINISHED);
  append_chunk (png, "IDAT", packed, n_written);
}

GBytes *
tomo_fixture_new_picture (void)
{
  static const uint8_t ihdr[13] = { 0, 0, 0, PICTURE_WIDTH_PX, 0, 0, 0, PICTURE_HEIGHT_PX, 8, 2 };
  g_autoptr(GByteArray) png = g_byte_array_new ();

  g_byte_array_append (png, (const uint8_t *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (png, "IHDR", ihdr, sizeof ihdr);
  append_pixels (png);
  append_chunk (png, "IEND", (const uint8_t *) "", 0);

  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}

static void
add_recording (GVariantBuilder *audio,
               const char *language,
               const char *sentence,
               const char *sha256)
{
  g_variant_builder_add (audio, "(sss)", language, sentence, sha256);
}

/* Of one page of first aid, in two languages: of one that a voice speaks, and one that none does.
 */
static char *
dup_recordings (void)
{
  static const char *const languages[] = { "en", "ja" };
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *sha256 = tomo_fixture_dup_sha256 (opus);
  g_auto(GVariantBuilder) audio = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));

  for (size_t i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      TomoFirstAid aid = TOMO_FIRST_AID_THREAT;
      add_recording (&audio, languages[i], tomo_first_aid_get_title (aid), sha256);
      for (size_t j = 0; j < TOMO_FIRST_AID_MAX_STEPS; j++)
        add_recording (&audio, languages[i], tomo_first_aid_get_step (aid, j), sha256);
      add_recording (&audio, languages[i], tomo_first_aid_get_comfort (aid), sha256);
    }

  g_autoptr(GVariant) list = g_variant_ref_sink (g_variant_builder_end (&audio));
  return g_variant_print (list, FALSE);
}

/* As text of a variant. */
static char *
dup_logo (void)
{
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();
  g_autoptr(GVariant) logo =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, png, TRUE));

  return g_variant_print (logo, TRUE);
}

GBytes *
tomo_fixture_new_campaign (void)
{
  g_autofree char *audio = dup_recordings ();
  g_autofree char *logo = dup_logo ();
  g_autofree char *header = g_strconcat (
      "{'campaign': <'demo'>, 'logo': <", logo, ">, 'audio': <", audio,
      ">,"
      " 'name': <{'en': 'A small light', 'ja': '小さな灯', 'th': 'แสงดวงน้อย', 'ar': 'نور صغير'}>,"
      " 'languages': <['en', 'ja', 'th', 'ar', 'id', 'vi']>, 'url': <'https://example.org/'>,"
      " 'accent': <'#1d6f6a'>, 'demo': <true>}",
      NULL);
  return tomo_fixture_compile_text (
      header, "[('jp', {'name': <{'en': 'Sample publisher, Japan', 'ja': '見本の発行者（日本）',"
              "   'th': 'ผู้เผยแพร่ตัวอย่าง ประเทศญี่ปุ่น', 'ar': 'ناشر تجريبي، اليابان'}>,"
              "  'territory': <'JP'>, 'domains': <['example.org']>}),"
              " ('th', {'name': <{'en': 'Sample publisher, Thailand', 'ja': '見本の発行者（タイ）',"
              "   'th': 'ผู้เผยแพร่ตัวอย่าง ประเทศไทย', 'ar': 'ناشر تجريبي، تايلاند'}>,"
              "  'territory': <'TH'>, 'domains': <['example.org']>})]");
}

const char *const *
tomo_fixture_pack_languages (void)
{
  return pack_languages;
}

const char *const *
tomo_fixture_campaign_languages (void)
{
  return campaign_languages;
}
