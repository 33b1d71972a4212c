/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-translation-check.h"

#include <string.h>

#define PACK                                                                                       \
  "<?xml version=\"1.0\"?>\n"                                                                      \
  "<pack xmlns=\"urn:tomoshibi:pack:1\" id=\"p\" xml:lang=\"en\" revision=\"1\" "                  \
  "verified-on=\"2026-11-20\" license=\"CC-BY-4.0\" topic=\"passwords\" age=\"all\" "              \
  "risk=\"low\">\n<title>T</title>\n"                                                              \
  "<terms><term id=\"passkey\"><name>passkey</name>"                                               \
  "<meaning>A way in.</meaning></term></terms>\n"                                                  \
  "<tip id=\"t\"><title>T</title><summary%s>%s</summary><steps><step>S</step></steps></tip>"       \
  "</pack>\n"

#define CATALOG                                                                                    \
  "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n\"X-Reviewed: no\\n\"\n"                          \
  "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"                                             \
  "msgid \"passkey\"\nmsgstr \"%s\"\n\nmsgid \"%s\"\nmsgstr \"%s\"\n"

/* For g_strescape(): every byte that is no ASCII stays. */
static char non_ascii[129];

/* Of CATALOG: where the last translation stands. */
#define TEXT_LINE 11

/* The one warning about a translation, or NULL. */
static char *
check (const char *tag,
       const char *passkey,
       const char *limit,
       const char *msgid,
       const char *msgstr)
{
  const TomoLanguage *language = tomo_language_find (tag);
  g_autofree char *xml = g_strdup_printf (PACK, limit, msgid);
  g_autofree char *po_msgid = g_strescape (msgid, non_ascii);
  g_autofree char *po_msgstr = g_strescape (msgstr, non_ascii);
  g_autofree char *po = g_strdup_printf (CATALOG, language->posix, passkey, po_msgid, po_msgstr);
  g_autoptr(GBytes) xml_bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr(GBytes) po_bytes = g_bytes_new (po, strlen (po));
  g_autoptr(TomoFindings) ignored = tomo_findings_new ();
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoSourcePack) pack = tomo_source_pack_read (xml_bytes, "p", ignored);
  g_autoptr(TomoPackCatalog) catalog =
      tomo_pack_catalog_new (po_bytes, "x.po", language->posix, findings);

  g_assert_nonnull (catalog);
  g_assert_cmpuint (tomo_findings_get_n (findings), ==, 0);
  tomo_translation_check (pack, catalog, language, "x.po", findings);
  if (tomo_findings_get_n (findings) == 0)
    return NULL;

  const TomoFinding *first = tomo_findings_get (findings, 0);
  g_assert_cmpuint (tomo_findings_get_n (findings), ==, 1);
  g_assert_cmpint (first->level, ==, TOMO_FINDING_WARNING);
  g_assert_cmpstr (first->file, ==, "x.po");
  g_assert_cmpuint (first->line, ==, TEXT_LINE);
  return g_strdup (first->message);
}

/* Each slip is told on its line with what would be right, and what only looks like one is not. */
static void
test_translation_check_vectors (void)
{
  static const struct
  {
    const char *language;
    const char *msgid;
    const char *msgstr;
    const char *part; /* of the warning; NULL if there is none */
  } vectors[] = {
    { "de", "Lock your phone now", "Lock your phone now", "same as the original" },
    { "de", "Wi-Fi", "Wi-Fi", NULL },
    { "de", "SMS code", "SMS code", NULL },
    { "ja", "Open the door", "Open the door", "same as the original" },
    { "de", "Use <code>four-long-words-here</code>", "Use <code>four-long-words-here</code>",
      NULL },

    { "de", "Stop.", "Halt.", NULL },
    { "de", "Stop.", "Halt", "end it with “.”" },
    { "de", "Stop.", "Halt!", NULL },
    { "de", "Stop", "Halt.", "ends with “.”, the original with none" },
    { "de", "(Stop.)", "(Halt.)", NULL },
    { "de", "Why?", "Warum.", "end it with “?”" },
    { "de", "Why…", "Warum...", NULL },
    { "de", "Why…", "Warum.", "end it with “…”" },
    { "fr", "Why?", "Pourquoi\u202f?", NULL },
    { "el", "Why?", "Γιατί;", NULL },
    { "ar", "Why?", "لماذا؟", NULL },
    { "ar", "Why?", "لماذا?", "end it with “؟”" },
    { "ur", "Stop.", "رکیں۔", NULL },
    { "ur", "Stop.", "رکیں.", "end it with “۔”" },
    { "hi", "Stop.", "रुकें।", NULL },
    { "hi", "Stop.", "रुकें.", "end it with “।”" },
    { "mr", "Stop.", "थांबा.", NULL },
    { "th", "Stop.", "หยุด", NULL },
    { "th", "Why?", "ทำไม", NULL },
    { "lo", "Stop.", "ຢຸດ", NULL },
    { "km", "Stop.", "ឈប់។", NULL },
    { "km", "Stop.", "ឈប់", "end it with “។”" },
    { "my", "Stop.", "ရပ်ပါ။", NULL },
    { "ja", "Stop.", "止まる", NULL },
    { "ja", "Stop. Go.", "止まる。行く", "end it with “。”" },
    { "ja", "Stop.", "止まる.", "end it with “。”" },
    { "ja", "Why?", "なぜですか。", NULL },
    { "ja", "Is it:", "それは：", NULL },
    { "zh-Hans", "Stop.", "停.", "end it with “。”" },
    { "zh-Hant", "Why?", "為什麼？", NULL },
    { "ko", "Stop.", "멈추세요.", NULL },
    { "ru", "Tell <report kind=\"money\"/>.", "Сообщите <report kind=\"money\"/>",
      "end it with “.”" },

    { "de", "Tell it to your bank", "Sag es es deiner Bank", "“es” stands here twice" },
    { "de", "Those who call", "Die, die die Nummer haben", NULL },
    { "fr", "We meet", "Nous nous voyons", NULL },
    { "id", "Be careful", "Hati hati", NULL },
    { "vi", "Always", "Luôn luôn", NULL },

    { "de", "Look (here)", "Schau (hier", "“(” has no partner" },
    { "ja", "Look “here”", "「ここ」を見る", NULL },
    { "ja", "Look “here”", "「ここを見る", "“「” has no partner" },
    { "de", "Look “here”", "Schau „hier“", NULL },
    { "de", "Look “here”", "Schau „hier", "quotation mark" },

    { "de", "Use a <term ref=\"passkey\">passkey</term>",
      "Nutze <term ref=\"passkey\">Passkeys</term>", NULL },
    { "de", "Use a <term ref=\"passkey\">passkey</term>",
      "Nutze einen <term ref=\"passkey\">Schlüsselbund</term>", "the glossary calls" },

    { "de", "Back", "Zurück zu der Seite, von der du vorhin auf diese hier gekommen bist, oder so",
      "letters wide" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *warning =
          check (vectors[i].language, "Passkey", "", vectors[i].msgid, vectors[i].msgstr);

      g_test_message ("%s: %s: %s", vectors[i].language, vectors[i].msgstr,
                      warning != NULL ? warning : "nothing");
      if (vectors[i].part == NULL)
        g_assert_null (warning);
      else
        g_assert_true (warning != NULL && strstr (warning, vectors[i].part) != NULL);
    }
}

/* What the author allows is counted in letters of the reader, without tags, and said once. */
static void
test_translation_check_max_length (void)
{
  static const struct
  {
    const char *language;
    const char *msgid;
    const char *msgstr;
    const char *limit;
    const char *part; /* of the warning; NULL if there is none */
  } vectors[] = {
    { "de", "Stop", "Halten", " max-length=\"6\"", NULL },
    { "de", "Stop", "Halten", " max-length=\"5\"", "(letters: 6, at most: 5); shorten it" },
    { "de", "<em>Stop</em>", "<em>Halten</em>", " max-length=\"6\"", NULL },
    { "th", "Water", "น้ำ", " max-length=\"5\"", NULL },
    { "hi", "Sorry", "क्षमा", " max-length=\"5\"", NULL },
    { "ja", "Stop", "止まりましょう", " max-length=\"5\"", "(letters: 7, at most: 5)" },
    { "de", "Tell <report kind=\"money\"/>", "Sag es <report kind=\"money\"/>", " max-length=\"7\"",
      NULL },
    { "de", "Back", "Zurück zu der Seite, von der du vorhin auf diese hier gekommen bist, oder so",
      " max-length=\"30\"", "at most: 30" },
    { "de", "Back", "Zurück zu der Seite, von der du vorhin auf diese hier gekommen bist, oder so",
      " max-length=\"99\"", NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *warning = check (vectors[i].language, "Passkey", vectors[i].limit,
                                        vectors[i].msgid, vectors[i].msgstr);

      g_test_message ("%s: %s: %s", vectors[i].msgstr, vectors[i].limit,
                      warning != NULL ? warning : "nothing");
      if (vectors[i].part == NULL)
        g_assert_null (warning);
      else
        g_assert_true (warning != NULL && strstr (warning, vectors[i].part) != NULL);
    }
}

int
main (int argc, char **argv)
{
  for (unsigned int i = 0; i < 128; i++)
    non_ascii[i] = (char) (128 + i);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/translation-check/vectors", test_translation_check_vectors);
  g_test_add_func ("/translation-check/max-length", test_translation_check_max_length);
  return g_test_run ();
}
