/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-language.h"

#include <string.h>

#include "core/content/tomo-language-table.inc"

#define MAX_TAG_BYTES 64

/* English as a rule makes it (author/pack/tomo-pseudo.c), under CLDR’s two territories for that.
 * For tests and previews: found by name, but in no list and in no repository. */
static const TomoLanguage pseudo_languages[] = {
  { "en-XA", "en_XA", "[Åççéñţš]", "Pseudo (accents)", "Latn", NULL, FALSE,
    G_N_ELEMENTS (languages) },
  { "ar-XB", "ar_XB", "\u200f\u202eMirrored\u202c\u200f", "Pseudo (mirrored)", "Latn", NULL, TRUE,
    G_N_ELEMENTS (languages) + 1 },
};

/* The parts of a tag that decide which row it means; the rest (variants, extensions) does not. */
typedef struct
{
  char language[4];
  char script[5]; /* empty if not said */
  char region[4]; /* empty if not said */
} Parts;

static gboolean
is_all (const char *string, gboolean (*is_char) (char c))
{
  for (const char *p = string; *p != '\0'; p++)
    if (!is_char (*p))
      return FALSE;

  return TRUE;
}

static gboolean
is_alpha (char c)
{
  return g_ascii_isalpha (c);
}

static gboolean
is_digit (char c)
{
  return g_ascii_isdigit (c);
}

static const char *
resolve_alias (const char *language)
{
  for (size_t i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (aliases[i].alias, language))
      return aliases[i].language;

  return language;
}

static const char *
find_region_script (const char *language, const char *region)
{
  const char *script = "";

  for (size_t i = 0; i < G_N_ELEMENTS (region_scripts); i++)
    if (g_str_equal (region_scripts[i].language, language) &&
        (*region_scripts[i].region == '\0' || g_str_equal (region_scripts[i].region, region)))
      script = region_scripts[i].script;

  return script;
}

static gboolean
set_language (Parts *parts, const char *subtag)
{
  size_t length = strlen (subtag);
  if (length < 2 || length > 3 || !is_all (subtag, is_alpha))
    return FALSE;

  g_autofree char *lower = g_ascii_strdown (subtag, -1);
  g_strlcpy (parts->language, resolve_alias (lower), sizeof parts->language);
  return TRUE;
}

static void
set_script (Parts *parts, const char *subtag)
{
  parts->script[0] = g_ascii_toupper (subtag[0]);
  for (size_t i = 1; i < 4; i++)
    parts->script[i] = g_ascii_tolower (subtag[i]);
}

static void
set_region (Parts *parts, const char *subtag)
{
  for (size_t i = 0; subtag[i] != '\0'; i++)
    parts->region[i] = g_ascii_toupper (subtag[i]);
}

/* Takes BCP 47 and POSIX alike: ‘zh-Hant-TW’, ‘zh_TW.UTF-8’, ‘sr_RS@latin’. */
static gboolean
split_tag (const char *tag, Parts *parts)
{
  memset (parts, 0, sizeof *parts);
  if (strlen (tag) > MAX_TAG_BYTES)
    return FALSE;

  const char *modifier = strchr (tag, '@');
  g_autofree char *bare = g_strndup (tag, strcspn (tag, ".@"));
  g_auto(GStrv) subtags = g_strsplit_set (bare, "-_", -1);

  if (subtags[0] == NULL || !set_language (parts, subtags[0]))
    return FALSE;

  for (size_t i = 1; subtags[i] != NULL; i++)
    {
      size_t length = strlen (subtags[i]);
      if (length == 1)
        break; /* Extensions and private use say nothing about the language. */
      if (length == 4 && *parts->script == '\0' && is_all (subtags[i], is_alpha))
        set_script (parts, subtags[i]);
      else if (*parts->region == '\0' && ((length == 2 && is_all (subtags[i], is_alpha)) ||
                                          (length == 3 && is_all (subtags[i], is_digit))))
        set_region (parts, subtags[i]);
    }

  if (*parts->script == '\0' && modifier != NULL && g_ascii_strcasecmp (modifier, "@latin") == 0)
    set_script (parts, "Latn");
  else if (*parts->script == '\0' && modifier != NULL &&
           g_ascii_strcasecmp (modifier, "@cyrillic") == 0)
    set_script (parts, "Cyrl");
  else if (*parts->script == '\0')
    g_strlcpy (parts->script, find_region_script (parts->language, parts->region),
               sizeof parts->script);

  return TRUE;
}

static const TomoLanguage *
find_pseudo (const Parts *parts)
{
  g_autofree char *tag = g_strconcat (parts->language, "-", parts->region, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (pseudo_languages); i++)
    if (g_str_equal (pseudo_languages[i].tag, tag))
      return &pseudo_languages[i];

  return NULL;
}

/* How well a row fits: 0 not at all, 2 when it is the row of this very region. A text in another
 * script is no use to a reader, so a script that differs never fits. */
static unsigned int
rate_row (const TomoLanguage *row, const Parts *parts)
{
  size_t length = strlen (parts->language);
  const char *rest = row->tag + length;

  if (strncmp (row->tag, parts->language, length) != 0 || (*rest != '\0' && *rest != '-'))
    return 0;

  if (*parts->script != '\0' && !g_str_equal (row->script, parts->script))
    return 0;

  if (*rest == '\0' || strlen (rest + 1) == 4)
    return 1;

  return g_str_equal (rest + 1, parts->region) ? 2 : 0;
}

/**
 * tomo_language_list:
 * @out_n_languages: (out): how many rows there are
 *
 * Gives the whole table, in the order of lists.
 *
 * Returns: (array length=out_n_languages) (transfer none): the rows
 */
const TomoLanguage *
tomo_language_list (size_t *out_n_languages)
{
  g_return_val_if_fail (out_n_languages != NULL, NULL);

  *out_n_languages = G_N_ELEMENTS (languages);
  return languages;
}

/**
 * tomo_language_find:
 * @tag: a tag or a POSIX name in any case, with or without region, charset or modifier
 *
 * Finds the row that @tag means. Withdrawn codes are understood (‘iw’ is ‘he’), and regions that
 * write in another script (‘zh-TW’ is ‘zh-Hant’). ‘en-XA’ and ‘ar-XB’ are the two languages that
 * are made by a rule, which no list has.
 *
 * Returns: (transfer none) (nullable): a row, or %NULL if the table lacks the language in that
 *   script
 */
const TomoLanguage *
tomo_language_find (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  const TomoLanguage *best = NULL;
  unsigned int best_rate = 0;
  Parts parts;

  if (!split_tag (tag, &parts))
    return NULL;

  const TomoLanguage *pseudo = find_pseudo (&parts);
  if (pseudo != NULL)
    return pseudo;

  for (size_t i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      unsigned int rate = rate_row (&languages[i], &parts);
      if (rate > best_rate)
        {
          best = &languages[i];
          best_rate = rate;
        }
    }

  return best;
}

/**
 * tomo_language_find_posix:
 * @name: the exact name of a PO file without its suffix, such as ‘zh_CN’
 *
 * Finds the row whose PO and MO files are called @name. Unlike tomo_language_find() this takes no
 * other spelling, so that each language has one file.
 *
 * Returns: (transfer none) (nullable): a row, or %NULL
 */
const TomoLanguage *
tomo_language_find_posix (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].posix, name))
      return &languages[i];

  return NULL;
}

static const char *
find_same_tag (const char *tag, const char *const *available)
{
  for (size_t i = 0; available[i] != NULL; i++)
    if (g_ascii_strcasecmp (available[i], tag) == 0)
      return available[i];

  return NULL;
}

/* For languages that the table lacks: ‘sv-SE’ may still be ‘sv’. */
static const char *
match_by_truncation (const char *tag, const char *const *available)
{
  g_autofree char *rest = g_strndup (tag, strcspn (tag, ".@"));
  g_strdelimit (rest, "_", '-');

  while (TRUE)
    {
      const char *same = find_same_tag (rest, available);
      char *hyphen = strrchr (rest, '-');
      if (same != NULL || hyphen == NULL)
        return same;
      *hyphen = '\0';
    }
}

static const char *
match_row (const TomoLanguage *row, const char *const *available)
{
  for (size_t i = 0; available[i] != NULL; i++)
    if (tomo_language_find (available[i]) == row)
      return available[i];

  return NULL;
}

static const TomoLanguage *
get_parent (const TomoLanguage *row)
{
  return row->parent != NULL ? tomo_language_find (row->parent) : NULL;
}

/**
 * tomo_language_match:
 * @tag: what somebody wants, in any spelling
 * @available: (array zero-terminated=1): what there is
 *
 * Picks the best of @available for a reader of @tag: the same, a parent, or the same language of
 * another region. Never one in another script.
 *
 * Returns: (transfer none) (nullable): a member of @available, or %NULL
 */
const char *
tomo_language_match (const char *tag, const char *const *available)
{
  g_return_val_if_fail (tag != NULL, NULL);
  g_return_val_if_fail (available != NULL, NULL);

  const char *same = find_same_tag (tag, available);
  if (same != NULL)
    return same;

  const TomoLanguage *row = tomo_language_find (tag);
  if (row == NULL)
    return match_by_truncation (tag, available);

  for (const TomoLanguage *up = row; up != NULL; up = get_parent (up))
    {
      const char *match = match_row (up, available);
      if (match != NULL)
        return match;
    }

  size_t language_length = strcspn (row->tag, "-");
  for (size_t i = 0; available[i] != NULL; i++)
    {
      const TomoLanguage *other = tomo_language_find (available[i]);
      if (other != NULL && strcspn (other->tag, "-") == language_length &&
          strncmp (row->tag, other->tag, language_length) == 0 &&
          g_str_equal (row->script, other->script))
        return available[i];
    }

  return NULL;
}

static void
add_to_chain (GPtrArray *chain, const char *tag)
{
  const TomoLanguage *row = tomo_language_find (tag);
  const char *canonical = row != NULL ? row->tag : tag;

  for (unsigned int i = 0; i < chain->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (chain, i), canonical) == 0)
      return;

  g_ptr_array_add (chain, g_strdup (canonical));
}

/**
 * tomo_language_dup_chain:
 * @tag: the language of the visitor
 * @fallback: (nullable) (array zero-terminated=1): what the pack wants to be tried before English
 * @source: the language that the pack was written in
 *
 * Lists the languages in which to look for an item: design.md section 6, rule 5. Each stands once.
 *
 * Returns: (transfer full): tags, %NULL-terminated
 */
char **
tomo_language_dup_chain (const char *tag, const char *const *fallback, const char *source)
{
  g_return_val_if_fail (tag != NULL, NULL);
  g_return_val_if_fail (source != NULL, NULL);

  g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func (g_free);
  const TomoLanguage *row = tomo_language_find (tag);

  add_to_chain (chain, tag);
  for (const TomoLanguage *up = row; up != NULL; up = get_parent (up))
    add_to_chain (chain, up->tag);
  for (size_t i = 0; fallback != NULL && fallback[i] != NULL; i++)
    add_to_chain (chain, fallback[i]);
  add_to_chain (chain, "en");
  add_to_chain (chain, source);

  g_ptr_array_add (chain, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&chain), FALSE);
}
