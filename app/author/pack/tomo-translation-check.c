/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-translation-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/pack/tomo-letters.h"
#include "author/pack/tomo-pattern.h"
#include "author/pack/tomo-sentence-end.h"

/* A title of two words may well be the same in two languages; a sentence never is. */
#define MIN_UNCHANGED_WORDS 3
/* For readers of another script, two words in Latin letters are enough to be suspicious. */
#define MIN_UNCHANGED_FOREIGN_WORDS 2
/* No language needs three times the room of another for a text of this many columns. */
#define MAX_GROWTH 3
#define MIN_GROWTH_COLUMNS 40

/* One text and its translation, and where to tell what is odd about them. */
typedef struct
{
  const TomoFragment *original;
  const TomoFragment *translation;
  unsigned int max_length; /* in letters; 0 if the author set none */
  const char *original_plain;
  const char *plain;
  const TomoLanguage *source_language;
  const TomoLanguage *language;
  TomoXmlPlace place;
} Pair;

#define add_warning(pair, ...)                                                                     \
  tomo_findings_add ((pair)->place.findings, TOMO_FINDING_WARNING, (pair)->place.file,             \
                     (pair)->place.fixed_line, __VA_ARGS__)

/* ---- Unchanged ---- */

static unsigned int
count_words (const TomoFragment *text)
{
  GRegex *regex = tomo_pattern_get ("\\b\\p{Ll}{2,}\\b", 0);
  unsigned int n_words = 0;

  for (size_t i = 0; i < tomo_fragment_get_n_parts (text); i++)
    {
      const TomoFragmentPart *part = tomo_fragment_get_part (text, i);
      g_autoptr(GMatchInfo) match = NULL;

      if (part->style == TOMO_TEXT_CODE)
        continue;
      for (g_regex_match (regex, part->text, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL))
        n_words++;
    }

  return n_words;
}

static void
check_unchanged (const Pair *self)
{
  gboolean same_script = g_str_equal (self->source_language->script, self->language->script);
  unsigned int n_allowed = same_script ? MIN_UNCHANGED_WORDS : MIN_UNCHANGED_FOREIGN_WORDS;

  if (g_str_equal (self->plain, self->original_plain) && count_words (self->original) >= n_allowed)
    add_warning (self, "%s",
                 /* Translators: about a translation in a PO file that equals the original */
                 _("the translation is the same as the original; translate it, or leave it empty "
                    "so that the card is shown in another language"));
}

/* ---- Length ---- */

static unsigned int
measure_columns (const char *text)
{
  unsigned int n_columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n_columns += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return n_columns;
}

static void
check_length (const Pair *self)
{
  unsigned int n_letters = self->max_length > 0 ? tomo_letters_count (self->plain) : 0;

  if (n_letters > self->max_length)
    add_warning (self,
                 /* Translators: both %u count letters; the author of the text set the second */
                 _("the translation is longer than its author allows (letters: %u, at most: %u); "
                    "shorten it"),
                 n_letters, self->max_length);
  if (self->max_length > 0)
    return;

  unsigned int n_columns = measure_columns (self->plain);
  unsigned int n_original = measure_columns (self->original_plain);

  if (n_columns > MAX_GROWTH * n_original + MIN_GROWTH_COLUMNS)
    add_warning (self,
                 /* Translators: %u counts letters; a Chinese or Japanese character counts as two */
                 _("the translation is %u letters wide, the original %u; shorten it, or look "
                    "whether it belongs to another text"),
                 n_columns, n_original);
}

/* ---- The end of the sentence ---- */

static gboolean
ends_with_report (const TomoFragment *text)
{
  size_t n_parts = tomo_fragment_get_n_parts (text);

  return n_parts > 0 && tomo_fragment_get_part (text, n_parts - 1)->style == TOMO_TEXT_REPORT;
}

static char *
dup_recommended (TomoSentenceEnd end, const TomoLanguage *language)
{
  const char *signs = tomo_sentence_end_get_signs (end, language);

  return g_strndup (signs, (size_t) (g_utf8_next_char (signs) - signs));
}

static void
check_end (const Pair *self)
{
  /* What a report is filled with has an end of its own. */
  if (ends_with_report (self->original))
    return;

  gunichar sign = 0;
  TomoSentenceEnd wanted =
      tomo_sentence_end_find (self->original_plain, self->source_language, NULL);
  TomoSentenceEnd given = ends_with_report (self->translation)
                              ? TOMO_SENTENCE_END_NONE
                              : tomo_sentence_end_find (self->plain, self->language, &sign);
  char shown[8] = "";
  shown[g_unichar_to_utf8 (sign, shown)] = '\0';

  if (wanted == TOMO_SENTENCE_END_NONE && given == TOMO_SENTENCE_END_STOP)
    /* Translators: %s is a full stop or the like */
    add_warning (self, _("the translation ends with “%s”, the original with none; delete it"),
                 shown);
  if (wanted == TOMO_SENTENCE_END_NONE ||
      (given == TOMO_SENTENCE_END_NONE &&
       tomo_sentence_end_may_lack (self->plain, wanted, self->language)))
    return;

  const char *signs = tomo_sentence_end_get_signs (wanted, self->language);
  if (wanted == given &&
      (wanted == TOMO_SENTENCE_END_ELLIPSIS || g_utf8_strchr (signs, -1, sign) != NULL))
    return;
  if (given != TOMO_SENTENCE_END_NONE && g_utf8_strchr (signs, -1, sign) != NULL)
    return;

  g_autofree char *recommended = dup_recommended (wanted, self->language);
  if (given == TOMO_SENTENCE_END_NONE)
    add_warning (self,
                 /* Translators: %s is a full stop, a question mark or the like */
                 _("the original ends like a sentence, the translation does not; end it with "
                    "“%s”"),
                 recommended);
  else
    /* Translators: both %s are a full stop, a question mark or the like; the first is in the file,
     * the second is what this language has there */
    add_warning (self, _("the translation ends with “%s”; end it with “%s”"), shown, recommended);
}

/* ---- Doubled words ---- */

/* Languages in which a word twice is a slip, but for those words that follow themselves. In many
 * others, such as Indonesian, Thai or Hindi, it is grammar. */
static const struct
{
  const char *language;
  const char *exceptions; /* a pattern */
} undoubling[] = {
  { "ca", NULL }, { "cs", NULL },        { "da", NULL },    { "de", "die|das|der|sie" },
  { "el", NULL }, { "en", "had|that" },  { "es", NULL },    { "et", NULL },
  { "fi", NULL }, { "fr", "nous|vous" }, { "hr", NULL },    { "it", NULL },
  { "lt", NULL }, { "lv", NULL },        { "nb", NULL },    { "nl", "die|zij" },
  { "pl", NULL }, { "pt", NULL },        { "pt-BR", NULL }, { "ro", NULL },
  { "ru", NULL }, { "sk", NULL },        { "sl", NULL },    { "sv", NULL },
  { "uk", NULL },
};

static char *
find_doubled_word (const char *text, const TomoLanguage *language)
{
  for (size_t i = 0; i < G_N_ELEMENTS (undoubling); i++)
    {
      if (!g_str_equal (undoubling[i].language, language->tag))
        continue;

      g_autofree char *pattern =
          g_strdup_printf ("\\b(?!(?:%s)\\b)(\\p{L}{2,})\\s+\\1\\b(?![-’'])",
                           undoubling[i].exceptions != NULL ? undoubling[i].exceptions : "(?!)");
      GRegex *regex = tomo_pattern_get (pattern, G_REGEX_CASELESS);
      g_autoptr(GMatchInfo) match = NULL;

      return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
    }

  return NULL;
}

static void
check_doubled_words (const Pair *self)
{
  g_autofree char *word = find_doubled_word (self->plain, self->language);
  g_autofree char *original =
      word != NULL ? find_doubled_word (self->original_plain, self->source_language) : NULL;

  if (word != NULL && original == NULL)
    /* Translators: %s is a word */
    add_warning (self, _("“%s” stands here twice; delete one of them"), word);
}

/* ---- Brackets ---- */

/* Each opening sign is followed by its closing one. Quotation marks are another matter: which of
 * them open differs from language to language. */
static const char brackets[] = "()[]{}（）［］｛｝「」『』【】〔〕《》〈〉";

/* The first bracket without its partner, or 0. */
static gunichar
find_lonely_bracket (const char *text)
{
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *found = g_utf8_strchr (brackets, -1, c);
      long index = found != NULL ? g_utf8_pointer_to_offset (brackets, found) : -1;

      if (index >= 0 && index % 2 == 0)
        g_array_append_val (open, c);
      else if (index > 0)
        {
          gunichar partner = g_utf8_get_char (g_utf8_prev_char (found));

          if (open->len == 0 || g_array_index (open, gunichar, open->len - 1) != partner)
            return c;
          g_array_set_size (open, open->len - 1);
        }
    }

  return open->len > 0 ? g_array_index (open, gunichar, open->len - 1) : 0;
}

static unsigned int
count_quotation_marks (const char *text)
{
  unsigned int n_marks = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n_marks += g_utf8_strchr ("\"“”„‟«»", -1, g_utf8_get_char (p)) != NULL;

  return n_marks;
}

static void
check_brackets (const Pair *self)
{
  gunichar lonely = find_lonely_bracket (self->plain);
  char shown[8] = "";
  shown[g_unichar_to_utf8 (lonely, shown)] = '\0';

  if (lonely != 0 && find_lonely_bracket (self->original_plain) == 0)
    /* Translators: %s is a bracket, such as ‘(’ */
    add_warning (self, _("“%s” has no partner in this text; add the other one or delete it"),
                 shown);
  if (count_quotation_marks (self->plain) % 2 != 0 &&
      count_quotation_marks (self->original_plain) % 2 == 0)
    add_warning (
        self, "%s",
        /* Translators: about a text in a PO file */
        _("a quotation mark has no partner in this text; add the other one or delete it"));
}

/* ---- Terms ---- */

/* How many letters the longest piece has that both words share. */
static size_t
measure_common (const char *left, const char *right)
{
  glong n_left = 0;
  glong n_right = 0;
  g_autofree gunichar *a = g_utf8_to_ucs4_fast (left, -1, &n_left);
  g_autofree gunichar *b = g_utf8_to_ucs4_fast (right, -1, &n_right);
  size_t longest = 0;

  for (glong i = 0; i < n_left; i++)
    for (glong j = 0; j < n_right; j++)
      {
        glong n = 0;

        while (i + n < n_left && j + n < n_right && a[i + n] == b[j + n])
          n++;
        longest = MAX (longest, (size_t) n);
      }

  return longest;
}

/* Words change their endings and beginnings, and become plural; half of the shorter one must still
 * be in the other. */
static gboolean
is_similar (const char *left, const char *right)
{
  size_t shorter = (size_t) MIN (g_utf8_strlen (left, -1), g_utf8_strlen (right, -1));

  return shorter > 0 && 2 * measure_common (left, right) >= shorter;
}

/* Of names of several words, half must be found again. */
static gboolean
is_same_term (const char *left, const char *right)
{
  g_autofree char *left_folded = g_utf8_casefold (left, -1);
  g_autofree char *right_folded = g_utf8_casefold (right, -1);
  g_auto(GStrv) left_words = g_strsplit (left_folded, " ", -1);
  g_auto(GStrv) right_words = g_strsplit (right_folded, " ", -1);
  unsigned int n_found = 0;

  for (size_t i = 0; left_words[i] != NULL; i++)
    for (size_t j = 0; right_words[j] != NULL; j++)
      if (is_similar (left_words[i], right_words[j]))
        {
          n_found++;
          break;
        }

  return 2 * n_found >= MIN (g_strv_length (left_words), g_strv_length (right_words));
}

static void
check_terms (const Pair *self, const TomoSourcePack *pack, const TomoPackCatalog *catalog)
{
  for (size_t i = 0; i < tomo_fragment_get_n_parts (self->translation); i++)
    {
      const TomoFragmentPart *part = tomo_fragment_get_part (self->translation, i);
      const TomoSourceTerm *term =
          part->style == TOMO_TEXT_TERM ? tomo_source_pack_find_term (pack, part->argument) : NULL;
      const TomoFragment *name =
          term != NULL && term->name != NULL
              ? tomo_pack_catalog_lookup (catalog, term->name->context, term->name->msgid)
              : NULL;

      if (name == NULL)
        continue;

      g_autofree char *word = tomo_fragment_to_plain (name);
      if (!is_same_term (word, part->text))
        add_warning (self,
                     /* Translators: the first %s is an id in a file, the two others are words */
                     _("the glossary calls “%s” “%s”, this text calls it “%s”; use one word"),
                     term->id, word, part->text);
    }
}

static void
check_text (const TomoSourcePack *pack,
            const TomoSourceText *text,
            const TomoPackCatalog *catalog,
            Pair *pair)
{
  pair->original = text->fragment;
  pair->max_length = text->max_length;
  pair->translation = tomo_pack_catalog_lookup (catalog, text->context, text->msgid);
  if (pair->translation == NULL)
    return;

  g_autofree char *original_plain = tomo_fragment_to_plain (pair->original);
  g_autofree char *plain = tomo_fragment_to_plain (pair->translation);
  pair->original_plain = original_plain;
  pair->plain = plain;
  pair->place.fixed_line = tomo_pack_catalog_get_line (catalog, text->context, text->msgid);

  check_unchanged (pair);
  check_length (pair);
  if (!g_str_equal (plain, original_plain))
    check_end (pair);
  check_doubled_words (pair);
  check_brackets (pair);
  check_terms (pair, pack, catalog);
}

/**
 * tomo_translation_check:
 * @pack: a pack
 * @catalog: a translation of it
 * @language: of @catalog
 * @file: its name, for findings
 * @findings: where to tell what is odd
 *
 * Tells what readers would stumble over: texts that were not translated or grew without measure,
 * sentences that end otherwise than the script ends them, words that stand twice, lonely brackets,
 * and words that the glossary of the same file translates otherwise.
 */
void
tomo_translation_check (const TomoSourcePack *pack,
                        const TomoPackCatalog *catalog,
                        const TomoLanguage *language,
                        const char *file,
                        TomoFindings *findings)
{
  g_return_if_fail (pack != NULL);
  g_return_if_fail (catalog != NULL);
  g_return_if_fail (language != NULL);

  const TomoLanguage *source_language = tomo_language_find (pack->language);
  Pair pair = { .source_language = source_language != NULL ? source_language : language,
                .language = language,
                .place = { findings, file, 0 } };

  for (unsigned int i = 0; i < pack->texts->len; i++)
    check_text (pack, g_ptr_array_index (pack->texts, i), catalog, &pair);
}
