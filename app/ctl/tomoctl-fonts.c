/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says which of some languages this machine has no font for. A program of its own: only the doctor
 * asks for it, and each sync would load fontconfig and what that takes, half a millisecond long.
 *
 *   tomoctl-fonts TAG…
 *
 * It prints those without a font, one a line. */

#include <fontconfig/fontconfig.h>
#include <stdio.h>

#include "core/content/tomo-language.h"

typedef FcPattern TomoFcPattern;
typedef FcObjectSet TomoFcObjectSet;
typedef FcFontSet TomoFcFontSet;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoFcPattern, FcPatternDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoFcObjectSet, FcObjectSetDestroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TomoFcFontSet, FcFontSetDestroy)

/* Where fontconfig's name for a language is not its tag. */
static const struct
{
  const char *tag;
  const char *name;
} names[] = {
  { "ckb", "ku-iq" }, { "mn", "mn-mn" },      { "pa", "pa" },
  { "ps", "ps-af" },  { "zh-Hans", "zh-cn" }, { "zh-Hant", "zh-tw" },
};

static const char *
get_name (const TomoLanguage *language)
{
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].tag, language->tag))
      return names[i].name;

  return language->tag;
}

/* The letters that fontconfig knows the language to be written with; else those of its own name. */
static FcCharSet *
dup_letters (const TomoLanguage *language)
{
  const FcCharSet *known = FcLangGetCharSet ((const FcChar8 *) get_name (language));
  if (known != NULL)
    return FcCharSetCopy ((FcCharSet *) known);

  FcCharSet *letters = FcCharSetCreate ();
  for (const char *p = language->autonym; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      FcCharSetAddChar (letters, g_utf8_get_char (p));

  return letters;
}

/* Fontconfig says a font has a language if it has all its letters, but for Chinese, Japanese and
 * Korean, of which it lets a few hundred be missing. */
static gboolean
has_font (const char *object, const FcCharSet *letters, const char *name)
{
  g_autoptr(TomoFcPattern) pattern = FcPatternCreate ();
  g_autoptr(TomoFcObjectSet) objects = FcObjectSetBuild (FC_FAMILY, NULL);

  if (letters != NULL)
    FcPatternAddCharSet (pattern, object, letters);
  else
    FcPatternAddString (pattern, object, (const FcChar8 *) name);
  FcPatternAddBool (pattern, FC_SCALABLE, FcTrue);

  g_autoptr(TomoFcFontSet) found = FcFontList (NULL, pattern, objects);
  return found != NULL && found->nfont > 0;
}

static gboolean
has_font_for (const TomoLanguage *language)
{
  FcCharSet *letters = dup_letters (language);
  gboolean has_one =
      has_font (FC_CHARSET, letters, NULL) || has_font (FC_LANG, NULL, get_name (language));

  FcCharSetDestroy (letters);
  return has_one;
}

int
main (int argc, char **argv)
{
  /* Before the first reference to letters: fontconfig cannot tell its own from those in a cache
   * that is mapped behind them, and counts them for that. Mapped between the first reference and
   * its end, the cache would lose one that it never got, and be unmapped while it is read. */
  if (!FcInit ())
    {
      fputs ("tomoctl-fonts: fontconfig cannot be started; is there /etc/fonts/fonts.conf?\n",
             stderr);
      return 1;
    }

  for (int i = 1; i < argc; i++)
    {
      const TomoLanguage *language = tomo_language_find (argv[i]);
      if (language == NULL)
        {
          fprintf (stderr, "tomoctl-fonts: ‘%s’ is not a language of this program\n", argv[i]);
          return 2;
        }
      if (!has_font_for (language))
        puts (argv[i]);
    }

  return 0;
}
