/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-text-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/pack/tomo-pattern.h"

#define add_error(place, ...)                                                                      \
  tomo_findings_add ((place)->findings, TOMO_FINDING_ERROR, (place)->file, (place)->fixed_line,    \
                     __VA_ARGS__)

/* ITU-T E.164 allows 15 digits; no country’s numbers with area code have fewer than 7. */
#define MIN_TELEPHONE_DIGITS 7
#define MAX_TELEPHONE_DIGITS 15

/* All that are left in a normalised text. */
#define DIGITS "0123456789"

/* The closed list of design.md section 6. This version fills none. */
static const char *const known_placeholders[] = { NULL };

/* Digits of every script, and wide or typographic signs, as ASCII: a number stays a number. */
static char *
dup_normalised (const char *text)
{
  if (g_str_is_ascii (text))
    return g_strdup (text);

  g_autofree char *compatible = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *result = g_string_new (NULL);

  for (const char *p = compatible != NULL ? compatible : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_type (c) == G_UNICODE_DECIMAL_NUMBER)
        g_string_append_c (result, (char) ('0' + g_unichar_digit_value (c)));
      else if (c >= 0x2010 && c <= 0x2015)
        g_string_append_c (result, '-');
      else
        g_string_append_unichar (result, c);
    }

  return g_string_free (result, FALSE);
}

/* The text, or only what stands in <code>, or only what does not. */
typedef enum
{
  PARTS_ALL,
  PARTS_CODE,
  PARTS_OTHER,
} Parts;

static char *
dup_parts (const TomoFragment *text, Parts parts)
{
  g_autoptr(GString) joined = g_string_new (NULL);

  for (size_t i = 0; i < tomo_fragment_get_n_parts (text); i++)
    {
      const TomoFragmentPart *part = tomo_fragment_get_part (text, i);
      gboolean is_code = part->style == TOMO_TEXT_CODE;

      /* What is left out still separates its neighbours. */
      if (parts == PARTS_ALL || (parts == PARTS_CODE) == is_code)
        g_string_append (joined, part->text);
      else
        g_string_append_c (joined, '\n');
    }

  return dup_normalised (joined->str);
}

static size_t
count_digits (const char *text)
{
  size_t n_digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    n_digits += g_ascii_isdigit (*p);

  return n_digits;
}

static gboolean
is_telephone (const char *candidate, gboolean is_code)
{
  size_t n_digits = count_digits (candidate);

  if (n_digits < MIN_TELEPHONE_DIGITS || n_digits > MAX_TELEPHONE_DIGITS)
    return FALSE;
  /* A day, and an amount in groups of three. */
  if (g_regex_match (tomo_pattern_get ("^\\d{4}-\\d{2}-\\d{2}$|^[1-9]\\d{0,2}( \\d{3})+$", 0),
                     candidate, 0, NULL))
    return FALSE;

  /* Lessons on passwords show runs of digits as such. */
  return !is_code || strpbrk (candidate, "+ -()/") != NULL;
}

static char *
find_telephone (const char *normalised, gboolean is_code)
{
  GRegex *regex = tomo_pattern_get ("(?<![\\w.,])\\+?\\(?\\d[\\d ()/-]{4,30}\\d(?!\\w)", 0);
  g_autoptr(GMatchInfo) match = NULL;

  g_regex_match (regex, normalised, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *candidate = g_match_info_fetch (match, 0);

      if (is_telephone (candidate, is_code))
        return g_steal_pointer (&candidate);
    }

  return NULL;
}

static char *
find_first (const char *pattern, const char *text, int group)
{
  GRegex *regex = tomo_pattern_get (pattern, G_REGEX_CASELESS);
  g_autoptr(GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, group) : NULL;
}

/* English words only: in translations every added number is told, whatever stands before it. */
static char *
find_short_code (const char *normalised)
{
  return find_first ("\\b(?:call|dial|phone|ring|sms|text|hotline|helpline|tel)\\b"
                     "[^\\d.!?;]{1,16}\\b(\\d{3,6})\\b(?!\\s*(?:%|people|times|baht|yen))",
                     normalised, 1);
}

/* Most texts have none of the signs that each address has, and are spared a slow search. */
static gboolean
may_hold_address (const char *normalised)
{
  for (const char *p = normalised; *p != '\0'; p++)
    if (*p == ':' || *p == '@' || (*p == '.' && p[1] != '\0' && p[1] != ' '))
      return TRUE;

  return FALSE;
}

static char *
find_address (const char *normalised)
{
  if (!may_hold_address (normalised))
    return NULL;

  return find_first (
      "\\b(?:https?|ftp|file)://\\S*|\\b(?:javascript|mailto|tel):\\S*"
      "|\\bdata:[a-z]+/\\S*|\\bwww\\.\\S+|(?<![\\w.+-])[\\w.+-]+@[\\w-]+\\.[a-z]\\S*",
      normalised, 0);
}

/* Each match has one of the @signs; a text without any is not searched. */
static GHashTable *
list_matches (const char *pattern, const char *signs, const char *text)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GRegex *regex = tomo_pattern_get (pattern, 0);
  g_autoptr(GMatchInfo) match = NULL;

  if (strpbrk (text, signs) == NULL)
    return found;

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    g_hash_table_add (found, g_match_info_fetch (match, 0));

  return found;
}

static GHashTable *
list_placeholders (const TomoFragment *text)
{
  g_autofree char *other = dup_parts (text, PARTS_OTHER);

  return list_matches ("\\{[A-Za-z][A-Za-z0-9_-]*\\}", "{", other);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Keys in an order that does not depend on the hash table. */
static GPtrArray *
list_sorted_keys (GHashTable *table)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key = NULL;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);

  g_ptr_array_sort (keys, compare_strings);
  return keys;
}

static void
check_telephones (const TomoFragment *text, const TomoXmlPlace *place)
{
  g_autofree char *other = dup_parts (text, PARTS_OTHER);
  g_autofree char *code = dup_parts (text, PARTS_CODE);

  if (strpbrk (other, DIGITS) == NULL && strpbrk (code, DIGITS) == NULL)
    return;

  g_autofree char *number = find_telephone (other, FALSE);

  if (number == NULL)
    number = find_telephone (code, TRUE);
  if (number == NULL)
    number = find_short_code (other);
  if (number != NULL)
    add_error (place,
               /* Translators: %s is a telephone number; <report kind="…"/> is literal XML */
               _("“%s” looks like a telephone number, which is right in one country only; write "
                  "<report kind=\"…\"/> for whom to tell, or the number in words if it is none"),
               number);
}

/* Control characters are obeyed by terminals, and core refuses them; the two overrides make a text
 * read backwards, so that an address seems to be another. */
static void
check_characters (const TomoFragment *text, const TomoXmlPlace *place)
{
  g_autofree char *plain = tomo_fragment_to_plain (text);

  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || c == 0x202d || c == 0x202e)
        /* Translators: %04X becomes the number of an invisible character, such as 202E */
        add_error (place, _("the invisible character U+%04X is in this text; delete it"),
                   (unsigned int) c);
    }
}

/**
 * tomo_text_rules_check:
 * @text: of the source
 * @place: where mistakes are told, with a fixed line
 *
 * Tells what can never stand in a text. Addresses may be shown in <code>, as examples.
 */
void
tomo_text_rules_check (const TomoFragment *text, const TomoXmlPlace *place)
{
  g_autofree char *other = dup_parts (text, PARTS_OTHER);
  g_autofree char *address = find_address (other);
  g_autoptr(GHashTable) placeholders = list_placeholders (text);
  g_autoptr(GPtrArray) names = list_sorted_keys (placeholders);

  check_characters (text, place);
  check_telephones (text, place);
  if (address != NULL)
    add_error (place,
               /* Translators: %s is a web or e-mail address; the rest in <> is literal XML */
               _("the address “%s” stands in the text; make it a <source> and refer to it with "
                  "<link ref=\"…\">, or show it as an example in <code>"),
               address);

  for (unsigned int i = 0; i < names->len; i++)
    if (!g_strv_contains (known_placeholders, g_ptr_array_index (names, i)))
      add_error (place,
                 /* Translators: %s is a placeholder such as {name}; <code> is literal XML */
                 _("%s is not a known placeholder; write the words, or put it in <code>"),
                 (const char *) g_ptr_array_index (names, i));
}

static void
compare_placeholders (const TomoFragment *original,
                      const TomoFragment *translation,
                      const TomoXmlPlace *place)
{
  g_autoptr(GHashTable) wanted = list_placeholders (original);
  g_autoptr(GHashTable) given = list_placeholders (translation);
  g_autoptr(GPtrArray) wanted_names = list_sorted_keys (wanted);
  g_autoptr(GPtrArray) given_names = list_sorted_keys (given);

  for (unsigned int i = 0; i < wanted_names->len; i++)
    if (!g_hash_table_contains (given, g_ptr_array_index (wanted_names, i)))
      /* Translators: %s is a placeholder such as {name} */
      add_error (place, _("the translation lacks %s, which the program fills in"),
                 (const char *) g_ptr_array_index (wanted_names, i));

  for (unsigned int i = 0; i < given_names->len; i++)
    if (!g_hash_table_contains (wanted, g_ptr_array_index (given_names, i)))
      /* Translators: %s is a placeholder such as {name} */
      add_error (place, _("the translation adds %s, which the original does not have"),
                 (const char *) g_ptr_array_index (given_names, i));
}

/* “a hundred” may well become 100; 110, 191 or 1441 is somebody’s telephone number. */
static gboolean
is_round (const char *number)
{
  return strspn (number + 1, "0") == strlen (number + 1);
}

static void
compare_numbers (const TomoFragment *original,
                 const TomoFragment *translation,
                 const TomoXmlPlace *place)
{
  g_autofree char *original_text = dup_parts (original, PARTS_ALL);
  g_autofree char *translation_text = dup_parts (translation, PARTS_OTHER);
  g_autoptr(GHashTable) wanted = list_matches ("\\d{3,}", DIGITS, original_text);
  g_autoptr(GHashTable) given = list_matches ("\\d{3,}", DIGITS, translation_text);
  g_autoptr(GPtrArray) numbers = list_sorted_keys (given);

  for (unsigned int i = 0; i < numbers->len; i++)
    {
      const char *number = g_ptr_array_index (numbers, i);

      if (!g_hash_table_contains (wanted, number) && !is_round (number))
        add_error (place,
                   /* Translators: %s is a number that a translator put in */
                   _("the translation adds the number %s; telephone numbers come from the "
                      "contact card of each country"),
                   number);
    }
}

/**
 * tomo_text_rules_compare:
 * @original: a text of the source
 * @translation: of @original
 * @place: where mistakes are told, with a fixed line
 *
 * Tells what @translation adds or loses that is no markup: addresses, numbers, placeholders.
 */
void
tomo_text_rules_compare (const TomoFragment *original,
                         const TomoFragment *translation,
                         const TomoXmlPlace *place)
{
  g_autofree char *original_text = dup_parts (original, PARTS_ALL);
  g_autofree char *translation_text = dup_parts (translation, PARTS_ALL);
  g_autofree char *original_address = find_address (original_text);
  g_autofree char *address = find_address (translation_text);

  check_characters (translation, place);
  compare_placeholders (original, translation, place);
  if (address != NULL && original_address == NULL)
    /* Translators: %s is a web or e-mail address that a translator put in */
    add_error (place, _("the translation adds the address “%s”, which the original does not have"),
               address);
  else if (address == NULL || original_address == NULL)
    compare_numbers (original, translation, place);
}
