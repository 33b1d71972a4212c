/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/import/tomo-draft.h"
#include "author/pack/tomo-pattern.h"
#include "core/tomo-error.h"

/* A sign with a backslash before it means nothing. It is kept apart from its equals as one of the
 * code points that Unicode sets aside for a program's own use, until its text is taken out. */
#define FIRST_ESCAPED 0xfdd0
static const char escaped_signs[] = ":#={}~\\n";

#define GAP " _____ "
#define MAX_ANSWERS 100

typedef struct
{
  TomoQuiz *quiz;
  char *category;    /* (owned) (nullable) */
  GString *block;    /* (owned): the lines of one question */
  unsigned int line; /* where it begins */
} Reader;

/* One answer: what stands before its first ‘#’, and behind. */
typedef struct
{
  gboolean is_right; /* it began with ‘=’ */
  gboolean has_weight;
  double weight;
  char *text;     /* (owned): escaped signs still apart */
  char *feedback; /* (owned) (nullable) */
} Answer;

static void
answer_free (Answer *answer)
{
  g_free (answer->text);
  g_free (answer->feedback);
  g_free (answer);
}

/* @text with signs behind a backslash set apart. */
static char *
dup_set_apart (const char *text)
{
  g_autoptr(GString) apart = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      const char *sign = *p == '\\' && p[1] != '\0' ? strchr (escaped_signs, p[1]) : NULL;

      if (sign == NULL)
        {
          g_string_append_c (apart, *p);
          continue;
        }
      g_string_append_unichar (apart, FIRST_ESCAPED + (gunichar) (sign - escaped_signs));
      p++;
    }

  return g_string_free (g_steal_pointer (&apart), FALSE);
}

/* The reverse, without the backslashes. */
static char *
dup_joined (const char *apart)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= FIRST_ESCAPED && c < FIRST_ESCAPED + strlen (escaped_signs))
        g_string_append_c (text, escaped_signs[c - FIRST_ESCAPED] == 'n'
                                     ? '\n'
                                     : escaped_signs[c - FIRST_ESCAPED]);
      else
        g_string_append_unichar (text, c);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ‘[html]’ and the like before a text; moves @text behind it. */
static TomoQuizFormat
take_format (const char **text, TomoQuizFormat otherwise)
{
  static const struct
  {
    const char *mark;
    TomoQuizFormat format;
  } marks[] = {
    { "[html]", TOMO_QUIZ_FORMAT_HTML },
    { "[moodle]", TOMO_QUIZ_FORMAT_AUTO },
    { "[plain]", TOMO_QUIZ_FORMAT_PLAIN },
    { "[markdown]", TOMO_QUIZ_FORMAT_MARKDOWN },
  };

  *text += strspn (*text, " \t\r\n");
  for (size_t i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_ascii_strncasecmp (*text, marks[i].mark, strlen (marks[i].mark)) == 0)
      {
        *text += strlen (marks[i].mark);
        return marks[i].format;
      }

  return otherwise;
}

static void
explain (TomoDraft *draft, const char *apart)
{
  g_autofree char *text = dup_joined (apart != NULL ? apart : "");
  const char *p = text;
  TomoQuizFormat format = take_format (&p, draft->format);

  tomo_draft_explain (draft, p, format);
}

/* Signs such as ‘%50%’ before an answer. */
static void
take_weight (Answer *answer)
{
  GRegex *regex = tomo_pattern_get ("^\\s*%(-?[0-9.]+)%", 0);
  g_autoptr(GMatchInfo) match = NULL;

  if (!g_regex_match (regex, answer->text, 0, &match))
    return;

  g_autofree char *weight = g_match_info_fetch (match, 1);
  g_autofree char *whole = g_match_info_fetch (match, 0);

  answer->has_weight = TRUE;
  answer->weight = g_ascii_strtod (weight, NULL);
  memmove (answer->text, answer->text + strlen (whole), strlen (answer->text) - strlen (whole) + 1);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static Answer *
answer_new (char sign, const char *start, size_t size)
{
  Answer *answer = g_new0 (Answer, 1);
  g_autofree char *whole = g_strndup (start, size);
  char *hash = strchr (whole, '#');

  if (hash != NULL)
    {
      *hash = '\0';
      answer->feedback = g_strdup (hash + 1);
    }
  answer->text = g_strdup (whole);
  answer->is_right = sign == '=';
  take_weight (answer);
  g_strstrip (answer->text);

  return answer;
}

/* The answers that begin with ‘=’ or ‘~’. */
static GPtrArray *
list_answers (const char *body)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) answer_free);
  const char *p = body + strcspn (body, "=~");

  while (*p != '\0' && answers->len <= MAX_ANSWERS)
    {
      size_t length = strcspn (p + 1, "=~");

      g_ptr_array_add (answers, answer_new (*p, p + 1, length));
      p += 1 + length;
    }

  return answers;
}

static TomoQuizAnswer *
add_answer (TomoDraft *draft, const char *apart, const char *feedback)
{
  g_autofree char *text = dup_joined (apart);
  g_autofree char *joined = dup_joined (feedback != NULL ? feedback : "");
  const char *p = text;
  const char *q = joined;
  TomoQuizFormat format = take_format (&p, draft->format);
  TomoQuizFormat feedback_format = take_format (&q, draft->format);
  TomoQuizAnswer *answer = tomo_draft_add_answer (draft, p, format);

  answer->feedback = tomo_draft_dup_feedback (draft, q, feedback_format);
  return answer;
}

/* One ‘=’ makes it a question with one right answer; without, weights say what is right. */
static void
read_choices (TomoDraft *draft, const char *body)
{
  g_autoptr(GPtrArray) answers = list_answers (body);
  g_autofree double *fractions = g_new0 (double, answers->len);
  gboolean is_single = FALSE;

  for (unsigned int i = 0; i < answers->len; i++)
    {
      const Answer *answer = g_ptr_array_index (answers, i);

      is_single = is_single || answer->is_right;
      fractions[i] = answer->has_weight ? answer->weight : answer->is_right ? 100 : 0;
      add_answer (draft, answer->text, answer->feedback);
    }
  tomo_draft_decide_choices (draft, is_single, fractions);
}

static void
read_pairs (TomoDraft *draft, const char *body)
{
  g_autoptr(GPtrArray) answers = list_answers (body);

  for (unsigned int i = 0; i < answers->len; i++)
    {
      const Answer *answer = g_ptr_array_index (answers, i);
      g_auto(GStrv) sides = g_strsplit (answer->text, "->", 2);

      if (g_strv_length (sides) != 2)
        {
          /* Translators: why a question was not imported; it is about things to be matched, and ->
           * is literal */
          tomo_draft_refuse (draft, "%s", _("an answer without ->"));
          return;
        }
      TomoQuizAnswer *pair = add_answer (draft, sides[0], answer->feedback);
      g_autofree char *match = dup_joined (sides[1]);
      const char *p = match;
      TomoQuizFormat format = take_format (&p, draft->format);

      pair->match = tomo_draft_dup_text (draft, p, format);
    }
  tomo_draft_decide_pairs (draft);
}

/* ‘3:2’ is 3 give or take 2, ‘1..5’ is the same. */
static void
decide_number (TomoDraft *draft, const char *apart)
{
  g_autofree char *text = g_strstrip (dup_joined (apart));
  const char *dots = strstr (text, "..");
  const char *colon = strchr (text, ':');

  if (dots != NULL)
    {
      double low = g_ascii_strtod (text, NULL);
      double high = g_ascii_strtod (dots + 2, NULL);
      char middle[G_ASCII_DTOSTR_BUF_SIZE];
      char off[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (middle, sizeof middle, "%.6g", (low + high) / 2);
      g_ascii_formatd (off, sizeof off, "%.6g", (high - low) / 2);

      tomo_draft_decide_number (draft, middle, off);
      return;
    }

  g_autofree char *number =
      g_strndup (text, colon != NULL ? (size_t) (colon - text) : strlen (text));
  tomo_draft_decide_number (draft, number, colon != NULL ? colon + 1 : NULL);
}

static void
read_number (TomoDraft *draft, const char *body)
{
  const char *p = body + strspn (body, " \t\r\n");
  /* The first may stand without its ‘=’. */
  g_autofree char *list = strchr ("=~", *p) != NULL ? g_strdup (p) : g_strconcat ("=", p, NULL);
  g_autoptr(GPtrArray) answers = list_answers (list);
  unsigned int n_right = 0;

  for (unsigned int i = 0; i < answers->len; i++)
    {
      const Answer *answer = g_ptr_array_index (answers, i);
      gboolean is_whole = answer->is_right && (!answer->has_weight || answer->weight >= 99.999);

      if (is_whole && n_right++ == 0)
        {
          decide_number (draft, answer->text);
          explain (draft, answer->feedback);
        }
      else
        tomo_draft_note_wrong_number (draft);
    }
  if (n_right != 1)
    /* Translators: why a question was not imported */
    tomo_draft_refuse (draft, "%s", _("several right numbers, or none"));
}

/* ‘T’ or ‘FALSE’, then the feedback to who is wrong, then to who is right. */
static gboolean
read_statement (TomoDraft *draft, const char *body)
{
  g_auto(GStrv) parts = g_strsplit (body, "#", 3);
  g_autofree char *word = g_ascii_strup (g_strstrip (parts[0]), -1);
  gboolean is_true = g_str_equal (word, "T") || g_str_equal (word, "TRUE");

  if (!is_true && !g_str_equal (word, "F") && !g_str_equal (word, "FALSE"))
    return FALSE;

  tomo_draft_decide_statement (draft, is_true);
  for (size_t i = 1; parts[i] != NULL; i++)
    explain (draft, parts[i]);
  return TRUE;
}

static void
read_answers (TomoDraft *draft, char *body)
{
  char *general = strstr (body, "####");

  if (general != NULL)
    {
      *general = '\0';
      explain (draft, general + 4);
    }
  g_strstrip (body);

  if (body[0] == '\0')
    /* Translators: why a question was not imported: it wants a free text for an answer */
    tomo_draft_refuse (draft, "%s", _("essay"));
  else if (body[0] == '#')
    read_number (draft, body + 1);
  else if (strchr (body, '~') != NULL)
    read_choices (draft, body);
  else if (strchr (body, '=') != NULL && strstr (body, "->") != NULL)
    read_pairs (draft, body);
  else if (!read_statement (draft, body))
    /* Translators: why a question was not imported: it wants a few words for an answer */
    tomo_draft_refuse (draft, "%s", _("short answer"));
}

/* ‘::name::’ before a question. */
static const char *
take_name (TomoDraft *draft, const char *p)
{
  p += strspn (p, " \t\r\n");
  const char *end = g_str_has_prefix (p, "::") ? strstr (p + 2, "::") : NULL;

  if (end == NULL)
    return p;

  g_autofree char *name = g_strndup (p + 2, (size_t) (end - p - 2));
  draft->question->name = g_strstrip (dup_joined (name));
  return end + 2;
}

static void
read_question (Reader *reader, const char *apart)
{
  g_auto(TomoDraft) draft;
  tomo_draft_init (&draft, reader->quiz, reader->line);
  const char *p = take_name (&draft, apart);

  draft.question->category = g_strdup (reader->category);
  draft.format = take_format (&p, TOMO_QUIZ_FORMAT_AUTO);
  const char *open = strchr (p, '{');
  const char *close = open != NULL ? strchr (open, '}') : NULL;

  if (open == NULL)
    /* Translators: why something was not imported: it is a text without a question */
    tomo_draft_refuse (&draft, "%s", _("description"));
  else if (close == NULL)
    /* Translators: why a question was not imported; { and } are literal */
    tomo_draft_refuse (&draft, "%s", _("the answers that { opens are not closed by }"));
  if (open == NULL || close == NULL)
    {
      tomo_draft_finish (&draft);
      return;
    }

  g_autofree char *before = g_strndup (p, (size_t) (open - p));
  g_autofree char *behind = g_strstrip (g_strdup (close + 1));
  g_autofree char *body = g_strndup (open + 1, (size_t) (close - open - 1));
  /* A missing word: the answers stand in the middle of the sentence. Behind a whole one stands at
   * most its full stop. */
  gboolean has_gap = behind[strspn (behind, ".;\"")] != '\0';
  g_autofree char *prompt = has_gap ? g_strconcat (before, GAP, behind, NULL) : g_strdup (before);
  g_autofree char *joined = dup_joined (prompt);

  tomo_draft_read_prompt (&draft, joined, draft.format, NULL);
  read_answers (&draft, body);
  tomo_draft_finish (&draft);
}

static void
end_block (Reader *self)
{
  if (self->block->len == 0)
    return;

  g_autofree char *apart = dup_set_apart (self->block->str);

  read_question (self, apart);
  g_string_truncate (self->block, 0);
}

static void
read_line (Reader *self, char *line, unsigned int number)
{
  g_autofree char *stripped = g_strstrip (g_strdup (line));

  if (g_str_has_prefix (stripped, "//"))
    return;
  if (stripped[0] == '\0')
    end_block (self);
  else if (g_str_has_prefix (stripped, "$CATEGORY:"))
    {
      end_block (self);
      g_free (self->category);
      self->category = g_strstrip (g_strdup (stripped + strlen ("$CATEGORY:")));
    }
  else
    {
      if (self->block->len == 0)
        self->line = number;
      g_string_append (self->block, line);
      g_string_append_c (self->block, '\n');
    }
}

/**
 * tomo_import_gift:
 * @quiz: what is filled
 * @text: a file in GIFT, as Moodle defines it
 * @error: return location for a #GError
 *
 * Reads questions that are separated by blank lines.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_import_gift (TomoQuiz *quiz, const char *text, GError **error)
{
  Reader self = { quiz, NULL, g_string_new (NULL), 0 };
  unsigned int number = 1;

  for (const char *p = text; *p != '\0'; number++)
    {
      size_t length = strcspn (p, "\r\n");
      g_autofree char *line = g_strndup (p, length);

      read_line (&self, line, number);
      p += length;
      if (p[0] == '\r' && p[1] == '\n')
        p++;
      if (*p != '\0')
        p++;
    }
  end_block (&self);

  g_string_free (self.block, TRUE);
  g_free (self.category);
  return TRUE;
}
