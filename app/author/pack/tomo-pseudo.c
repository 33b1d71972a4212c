/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pseudo.h"

#include <string.h>

/* German needs about this much more room than English, Finnish and Tamil sometimes more. */
#define EXPANSION_PERCENT 40

/* Override, pop, and the mark that keeps a word's neighbours from being drawn into it. */
#define RIGHT_TO_LEFT_OVERRIDE "\xe2\x80\xae"
#define POP_DIRECTIONAL_FORMATTING "\xe2\x80\xac"
#define RIGHT_TO_LEFT_MARK "\xe2\x80\x8f"

/* One letter each that looks like it and that fonts for European languages have. */
static const char *const small_letters[] = {
  "å", "ƀ", "ç", "đ", "é", "ƒ", "ĝ", "ĥ", "î", "ĵ", "ķ", "ļ", "ɱ",
  "ñ", "ö", "þ", "ǫ", "ŕ", "š", "ţ", "û", "ṽ", "ŵ", "ẋ", "ý", "ž",
};
static const char *const capital_letters[] = {
  "Å", "Ɓ", "Ç", "Ð", "É", "Ƒ", "Ĝ", "Ĥ", "Î", "Ĵ", "Ķ", "Ļ", "Ṁ",
  "Ñ", "Ö", "Þ", "Ǫ", "Ŕ", "Š", "Ţ", "Û", "Ṽ", "Ŵ", "Ẋ", "Ý", "Ž",
};
G_STATIC_ASSERT (G_N_ELEMENTS (small_letters) == 26);
G_STATIC_ASSERT (G_N_ELEMENTS (capital_letters) == 26);

/* What texts grow by: words, so that lines break as they would in a real language. */
static const char *const fillers[] = { "one", "two",   "three", "four", "five",
                                       "six", "seven", "eight", "nine", "ten" };

/**
 * tomo_pseudo_from_language:
 * @tag: a language tag
 * @out_pseudo: (out): which one it is
 *
 * Returns: %TRUE if @tag is one of the languages that are made by a rule
 */
gboolean
tomo_pseudo_from_language (const char *tag, TomoPseudo *out_pseudo)
{
  g_return_val_if_fail (tag != NULL, FALSE);
  g_return_val_if_fail (out_pseudo != NULL, FALSE);

  if (g_ascii_strcasecmp (tag, "en-XA") == 0)
    *out_pseudo = TOMO_PSEUDO_ACCENTS;
  else if (g_ascii_strcasecmp (tag, "ar-XB") == 0)
    *out_pseudo = TOMO_PSEUDO_MIRRORED;
  else
    return FALSE;

  return TRUE;
}

/* The part of @text up to @end, if @text begins with @start and has an end. */
static size_t
measure_enclosed (const char *text, char start, char end)
{
  const char *last = (*text == start) ? strchr (text, end) : NULL;

  return (last != NULL) ? (size_t) (last - text) + 1 : 0;
}

static size_t
measure_placeholder (const char *text)
{
  size_t length = measure_enclosed (text, '{', '}');

  for (size_t i = 1; i + 1 < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '_')
      return 0;

  return length;
}

static size_t
measure_directive (const char *text)
{
  if (*text != '%')
    return 0;

  size_t length = 1 + strspn (text + 1, "0123456789$#+- '.*");
  length += strspn (text + length, "hlLqjzt");

  return (text[length] != '\0') ? length + 1 : 0;
}

/* How many bytes at @text belong to a thing that must not be touched. */
static size_t
measure_fixed (const char *text, TomoPseudoFlags flags)
{
  size_t length = measure_placeholder (text);

  if (length == 0 && (flags & TOMO_PSEUDO_MARKUP) != 0)
    length = MAX (measure_enclosed (text, '<', '>'), measure_enclosed (text, '&', ';'));
  if (length == 0 && (flags & TOMO_PSEUDO_PRINTF) != 0)
    length = measure_directive (text);

  return length;
}

static void
append_accented (GString *result, const char *letter)
{
  if (g_ascii_islower (*letter))
    g_string_append (result, small_letters[*letter - 'a']);
  else if (g_ascii_isupper (*letter))
    g_string_append (result, capital_letters[*letter - 'A']);
  else
    g_string_append_len (result, letter, g_utf8_next_char (letter) - letter);
}

static void
append_fillers (GString *result, size_t n_letters)
{
  size_t n_wanted = (n_letters * EXPANSION_PERCENT + 99) / 100;

  /* The two brackets have grown it already. */
  for (size_t i = 0, n_added = 2; n_added < n_wanted; i++)
    {
      const char *filler = fillers[i % G_N_ELEMENTS (fillers)];

      g_string_append_c (result, ' ');
      for (const char *p = filler; *p != '\0'; p++)
        append_accented (result, p);
      n_added += strlen (filler) + 1;
    }
}

/* Only what is read counts as length: tags take no room on the screen. */
static char *
translate_with_accents (const char *text, TomoPseudoFlags flags)
{
  size_t start = strspn (text, "\n");
  size_t end = strlen (text);
  size_t n_letters = 0;

  /* msgfmt wants line feeds at the ends of the original to be at the ends of the translation. */
  while (end > start && text[end - 1] == '\n')
    end--;

  g_autoptr(GString) result = g_string_new_len (text, (gssize) start);
  g_string_append_c (result, '[');
  for (const char *p = text + start; p < text + end;)
    {
      size_t n_fixed = measure_fixed (p, flags);

      if (n_fixed > 0)
        g_string_append_len (result, p, (gssize) n_fixed);
      else
        {
          append_accented (result, p);
          n_letters++;
        }
      p = (n_fixed > 0) ? p + n_fixed : g_utf8_next_char (p);
    }
  append_fillers (result, n_letters);
  g_string_append_c (result, ']');
  g_string_append (result, text + end);

  return g_string_free (g_steal_pointer (&result), FALSE);
}

static char *
translate_mirrored (const char *text, TomoPseudoFlags flags)
{
  g_autoptr(GString) result = g_string_new (NULL);
  gboolean is_in_word = FALSE;

  for (const char *p = text; *p != '\0';)
    {
      size_t n_fixed = measure_fixed (p, flags);
      gboolean is_of_word = n_fixed == 0 && !g_unichar_isspace (g_utf8_get_char (p));

      if (is_of_word && !is_in_word)
        g_string_append (result, RIGHT_TO_LEFT_MARK RIGHT_TO_LEFT_OVERRIDE);
      else if (!is_of_word && is_in_word)
        g_string_append (result, POP_DIRECTIONAL_FORMATTING RIGHT_TO_LEFT_MARK);
      is_in_word = is_of_word;

      size_t length = (n_fixed > 0) ? n_fixed : (size_t) (g_utf8_next_char (p) - p);
      g_string_append_len (result, p, (gssize) length);
      p += length;
    }
  if (is_in_word)
    g_string_append (result, POP_DIRECTIONAL_FORMATTING RIGHT_TO_LEFT_MARK);

  return g_string_free (g_steal_pointer (&result), FALSE);
}

/**
 * tomo_pseudo_translate:
 * @pseudo: into which language
 * @text: English, UTF-8
 * @flags: what in @text must come through as it is
 *
 * Translates @text by a rule. With accents it grows by two fifths and stands in brackets, so that
 * one sees where it ends.
 *
 * Returns: (transfer full): the translation; empty if @text is
 */
char *
tomo_pseudo_translate (TomoPseudo pseudo, const char *text, TomoPseudoFlags flags)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (*text == '\0')
    return g_strdup ("");

  return (pseudo == TOMO_PSEUDO_ACCENTS) ? translate_with_accents (text, flags)
                                         : translate_mirrored (text, flags);
}
