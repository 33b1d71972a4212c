/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/import/tomo-quiz-text.h"

#include <string.h>

#include "author/pack/tomo-fragment.h"
#include "author/pack/tomo-pattern.h"

#define NO_BREAK_SPACE 0xa0
#define ZERO_WIDTH_NO_BREAK_SPACE 0xfeff

struct _TomoQuizText
{
  GString *markup;     /* (owned): what is done */
  GString *run;        /* (owned): text of the open run, escaped */
  TomoTextStyle style; /* of the open run */
  char *argument;      /* (owned): of the open run */
  gunichar space;      /* to be written before the next sign, or 0 */
};

/**
 * tomo_quiz_text_new:
 *
 * Returns: (transfer full): an empty text
 */
TomoQuizText *
tomo_quiz_text_new (void)
{
  TomoQuizText *self = g_new0 (TomoQuizText, 1);

  self->markup = g_string_new (NULL);
  self->run = g_string_new (NULL);
  self->argument = g_strdup ("");

  return self;
}

/**
 * tomo_quiz_text_free:
 * @self: (transfer full): a text
 *
 * Frees @self.
 */
void
tomo_quiz_text_free (TomoQuizText *self)
{
  g_string_free (self->markup, TRUE);
  g_string_free (self->run, TRUE);
  g_free (self->argument);
  g_free (self);
}

static void
close_run (TomoQuizText *self)
{
  const char *element = tomo_fragment_get_element (self->style);
  g_autofree char *argument = g_markup_escape_text (self->argument, -1);

  if (self->style == TOMO_TEXT_REPORT)
    g_string_append_printf (self->markup, "<report kind=\"%s\"/>", argument);
  else if (self->style == TOMO_TEXT_PLAIN || self->run->len == 0)
    g_string_append (self->markup, self->run->str);
  else if (argument[0] != '\0')
    g_string_append_printf (self->markup, "<%s ref=\"%s\">%s</%s>", element, argument,
                            self->run->str, element);
  else
    g_string_append_printf (self->markup, "<%s>%s</%s>", element, self->run->str, element);

  g_string_truncate (self->run, 0);
  self->style = TOMO_TEXT_PLAIN;
}

/* Space between runs stands in neither of them. */
static void
open_run (TomoQuizText *self, TomoTextStyle style, const char *argument)
{
  if (self->style == style && g_str_equal (self->argument, argument) && style != TOMO_TEXT_REPORT)
    return;

  close_run (self);
  if (self->space != 0 && self->markup->len > 0)
    g_string_append_unichar (self->markup, self->space);
  self->space = 0;

  self->style = style;
  g_free (self->argument);
  self->argument = g_strdup (argument);
}

static void
append_escaped (GString *run, gunichar c)
{
  if (c == '&')
    g_string_append (run, "&amp;");
  else if (c == '<')
    g_string_append (run, "&lt;");
  else if (c == '>')
    g_string_append (run, "&gt;");
  else
    g_string_append_unichar (run, c);
}

/* Between two signs an ordinary space wins over one that does not break. */
static void
note_space (TomoQuizText *self, gunichar c)
{
  if (c != NO_BREAK_SPACE)
    self->space = ' ';
  else if (self->space == 0)
    self->space = NO_BREAK_SPACE;
}

/**
 * tomo_quiz_text_add:
 * @self: a text
 * @style: of @text
 * @argument: what a link or a term refers to, the kind of a report, else empty
 * @text: plain text, ignored for a report
 *
 * Adds @text at the end. White space, control characters and line breaks become one space, and
 * none at the two ends of the text: the vertical tab of presentations is a line break, too, and
 * editors leave spaces behind that do not break.
 */
void
tomo_quiz_text_add (TomoQuizText *self, TomoTextStyle style, const char *argument, const char *text)
{
  if (style == TOMO_TEXT_REPORT)
    open_run (self, style, argument);

  for (const char *p = text; style != TOMO_TEXT_REPORT && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c <= ' ' || c == NO_BREAK_SPACE || c == 0x2028 || c == 0x2029)
        {
          note_space (self, c);
          continue;
        }
      /* Byte order marks in the middle of pasted text, and what XML cannot hold. */
      if (c == ZERO_WIDTH_NO_BREAK_SPACE || c == 0xfffe || c == 0xffff)
        continue;

      open_run (self, style, argument);
      if (self->space != 0 && (self->run->len > 0 || self->markup->len > 0))
        g_string_append_unichar (self->run, self->space);
      self->space = 0;
      append_escaped (self->run, c);
    }
}

/**
 * tomo_quiz_text_free_to_markup:
 * @self: (transfer full): a text
 *
 * Returns: (transfer full): what was added, as markup; empty if that was nothing
 */
char *
tomo_quiz_text_free_to_markup (TomoQuizText *self)
{
  close_run (self);

  char *markup = g_string_free (self->markup, FALSE);
  g_string_free (self->run, TRUE);
  g_free (self->argument);
  g_free (self);
  return markup;
}

/* An address cannot stand in a text of ours, but it can be shown: in a lesson about false messages
 * that is what it is for. */
static void
add_with_addresses (TomoQuizText *self, const char *text)
{
  GRegex *addresses =
      tomo_pattern_get ("\\b(?:(?:https?|ftp|file)://|(?:javascript|mailto|tel):|www\\.)"
                        "[^\\s<>\"“”„«»]*[^\\s<>\"“”„«».,;:!?)\\]]"
                        "|(?<![\\w.+-])[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)*\\.[a-z][\\w-]*",
                        G_REGEX_CASELESS);
  int at = 0;
  g_autoptr(GMatchInfo) match = NULL;

  g_regex_match (addresses, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      int start = 0;
      int end = 0;
      g_match_info_fetch_pos (match, 0, &start, &end);
      g_autofree char *before = g_strndup (text + at, (gsize) (start - at));
      g_autofree char *address = g_strndup (text + start, (gsize) (end - start));

      tomo_quiz_text_add (self, TOMO_TEXT_PLAIN, "", before);
      tomo_quiz_text_add (self, TOMO_TEXT_CODE, "", address);
      at = end;
    }
  tomo_quiz_text_add (self, TOMO_TEXT_PLAIN, "", text + at);
}

/**
 * tomo_quiz_text_add_plain:
 * @self: a text
 * @text: plain text
 *
 * Adds @text at the end, with web and e-mail addresses in it as examples.
 */
void
tomo_quiz_text_add_plain (TomoQuizText *self, const char *text)
{
  if (strpbrk (text, ":@.") != NULL)
    add_with_addresses (self, text);
  else
    tomo_quiz_text_add (self, TOMO_TEXT_PLAIN, "", text);
}

/**
 * tomo_quiz_text_from_plain:
 * @text: plain text
 *
 * Returns: (transfer full): @text as markup
 */
char *
tomo_quiz_text_from_plain (const char *text)
{
  TomoQuizText *self = tomo_quiz_text_new ();

  tomo_quiz_text_add_plain (self, text);
  return tomo_quiz_text_free_to_markup (self);
}
