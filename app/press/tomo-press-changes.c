/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "author/publish/tomo-pack-diff.h"
#include "author/publish/tomo-safe-text.h"
#include "press/tomo-press-submission.h"

#define COLUMNS_DEFAULT 80
#define COLUMNS_MIN 40
#define COLUMNS_MAX 120
#define INDENT 10
/* First strong isolate and its end: Arabic in a line of Latin disturbs nothing beside it. */
#define ISOLATE "\xe2\x81\xa8"
#define ISOLATE_END "\xe2\x81\xa9"

/* clang-format off */
static const char *const part_names[] = {
  /* Translators: a part of a pack or an item that changed */
  [TOMO_PACK_PART_TITLE] = N_("title"),
  /* Translators: a part of a pack: the day on which its facts were last looked up */
  [TOMO_PACK_PART_VERIFIED_ON] = N_("reviewed on"),
  /* Translators: a part of a pack: under which conditions others may use it */
  [TOMO_PACK_PART_LICENSE] = N_("licence"),
  /* Translators: a part of a pack: ‘draft’, ‘sample’, ‘sensitive’ */
  [TOMO_PACK_PART_FLAGS] = N_("marked as"),
  /* Translators: a part of an item: tip, single, true-false … */
  [TOMO_PACK_PART_KIND] = N_("kind"),
  /* Translators: a part of an item */
  [TOMO_PACK_PART_TOPIC] = N_("topic"),
  /* Translators: a part of an item: for which age it is */
  [TOMO_PACK_PART_AGE] = N_("age"),
  /* Translators: a part of an item: how dangerous that is which it warns of */
  [TOMO_PACK_PART_RISK] = N_("risk"),
  /* Translators: a part of a tip */
  [TOMO_PACK_PART_SUMMARY] = N_("summary"),
  /* Translators: a part of a tip; a number follows */
  [TOMO_PACK_PART_STEP] = N_("step"),
  /* Translators: a part of a quiz item: what is asked */
  [TOMO_PACK_PART_PROMPT] = N_("question"),
  /* Translators: a part of a quiz item: one of the answers to choose from; its id follows */
  [TOMO_PACK_PART_CHOICE] = N_("choice"),
  /* Translators: a part of a quiz item: whether an answer is right or wrong; its id follows */
  [TOMO_PACK_PART_CORRECT] = N_("verdict on choice"),
  /* Translators: a part of a quiz item: what is said to one who took an answer; its id follows */
  [TOMO_PACK_PART_FEEDBACK] = N_("feedback to choice"),
  /* Translators: a part of a quiz item */
  [TOMO_PACK_PART_EXPLANATION] = N_("explanation"),
  /* Translators: a part of an item; a long number stands for the picture */
  [TOMO_PACK_PART_PICTURE] = N_("picture"),
  /* Translators: a part of an item: what is read aloud to one who cannot see the picture */
  [TOMO_PACK_PART_PICTURE_ALT] = N_("description of the picture"),
  /* Translators: a part of an item: somebody reads it aloud; a long number stands for the file */
  [TOMO_PACK_PART_AUDIO] = N_("recording"),
  /* Translators: a part of an item: where its facts are from; a number follows */
  [TOMO_PACK_PART_SOURCE] = N_("source"),
};
/* clang-format on */
G_STATIC_ASSERT (G_N_ELEMENTS (part_names) == TOMO_N_PACK_PARTS);

static unsigned int
get_columns (void)
{
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return CLAMP (size.ws_col, COLUMNS_MIN, COLUMNS_MAX);

  return COLUMNS_DEFAULT;
}

static unsigned int
width_of (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/* Where a line that begins at @line ends: at a blank, else between two letters, but never before a
 * mark that belongs to the letter before it. Gives the beginning of the next line. */
static const char *
find_line_end (const char *line, unsigned int columns, const char **out_next)
{
  const char *blank = NULL;
  unsigned int width = 0;

  for (const char *at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      width += width_of (c);
      if (width > columns && at > line)
        {
          *out_next = blank != NULL ? blank + 1 : at;
          return blank != NULL ? blank : at;
        }
      if (c == ' ')
        blank = at;
    }

  *out_next = line + strlen (line);
  return *out_next;
}

/* Each line isolated, those after the first indented. */
static void
print_wrapped (TomoInvocation *self, const char *text)
{
  g_autofree char *safe = tomo_safe_text_escape (text);
  const char *next = safe;

  for (const char *line = safe; *line != '\0'; line = next)
    {
      const char *end = find_line_end (line, get_columns () - INDENT - 1, &next);
      tomo_invocation_print (self, "%*s" ISOLATE "%.*s" ISOLATE_END "\n", line == safe ? 0 : INDENT,
                             "", (int) (end - line), line);
    }
}

static unsigned int
width_of_text (const char *text)
{
  unsigned int width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    width += width_of (g_utf8_get_char (at));

  return width;
}

/* A text that is new stands beside its name, where it fits. */
static void
print_new_text (TomoInvocation *self, const char *name, const char *text)
{
  gboolean fits = width_of_text (name) + width_of_text (text) + INDENT < get_columns ();

  tomo_invocation_print (self, fits ? "    %s: " : "    %s:\n          ", name);
  print_wrapped (self, text);
}

static void
print_text (TomoInvocation *self, const TomoPackTextChange *change)
{
  g_autofree char *which = tomo_safe_text_escape (change->which);
  g_autofree char *name =
      g_strdup_printf ("%s%s%s", _ (part_names[change->part]), *which != '\0' ? " " : "", which);

  if (change->before == NULL)
    {
      print_new_text (self, name, change->after);
      return;
    }

  /* Translators: stands before a text that is published now; as short as possible */
  tomo_invocation_print (self, "    %s:\n    %5s ", name, _("was"));
  print_wrapped (self, change->before);
  /* Translators: stands before a text that shall be published; as short as possible */
  tomo_invocation_print (self, "    %5s ", _("now"));
  /* Translators: stands in the place of a text that shall not be published any more */
  print_wrapped (self, change->after != NULL ? change->after : _("(nothing)"));
}

static void
print_item (TomoInvocation *self, const TomoPackItemChange *change)
{
  /* Translators: the head of a pack: its title and what belongs to all of it */
  const char *name = change->item != NULL ? change->item : _("(the pack itself)");

  if (change->kind == TOMO_PACK_REMOVED)
    {
      /* Translators: %s is the id of a tip or a question that is not to be shown any more */
      tomo_invocation_print (self, _("  − %s goes"), name);
      tomo_invocation_print (self, "\n");
      return;
    }

  if (change->kind == TOMO_PACK_ADDED)
    /* Translators: %s is the id of a tip or a question */
    tomo_invocation_print (self, _("  + %s is new"), name);
  else
    /* Translators: %s is the id of a tip or a question */
    tomo_invocation_print (self, _("  ~ %s changes"), name);
  tomo_invocation_print (self, "\n");
  for (unsigned int i = 0; i < change->texts->len; i++)
    print_text (self, g_ptr_array_index (change->texts, i));
}

static void
print_head (TomoInvocation *self, const TomoSubmissionChange *change)
{
  TomoPack *pack = change->after != NULL ? change->after : change->before;
  const char *partner = tomo_pack_get_partner (pack);
  const char *id = tomo_pack_get_id (pack);
  const char *language = tomo_pack_get_language (pack);

  if (change->after == NULL)
    /* Translators: the %s are a partner, a pack, and a language such as ja */
    tomo_invocation_print (self, _("%s/%s in %s goes"), partner, id, language);
  else if (change->before == NULL)
    /* Translators: the %s are a partner, a pack, and a language such as ja */
    tomo_invocation_print (self, _("%s/%s in %s is new, revision %u"), partner, id, language,
                           tomo_pack_get_revision (pack));
  else
    /* Translators: the %s are a partner, a pack, and a language such as ja */
    tomo_invocation_print (self, _("%s/%s in %s changes, revision %u → %u"), partner, id, language,
                           tomo_pack_get_revision (change->before),
                           tomo_pack_get_revision (change->after));
  tomo_invocation_print (self, "\n");
}

/**
 * tomo_press_print_changes:
 * @self: a call
 * @changes: (element-type TomoSubmissionChange): what a submission changes
 *
 * Shows every text that a submission adds, takes away or changes.
 */
void
tomo_press_print_changes (TomoInvocation *self, GPtrArray *changes)
{
  for (unsigned int i = 0; i < changes->len; i++)
    {
      const TomoSubmissionChange *change = g_ptr_array_index (changes, i);
      g_autoptr(GPtrArray) items = tomo_pack_diff (change->before, change->after);

      tomo_invocation_print (self, "\n");
      print_head (self, change);
      for (unsigned int k = 0; change->after != NULL && k < items->len; k++)
        print_item (self, g_ptr_array_index (items, k));
      if (items->len == 0)
        {
          tomo_invocation_print (
              self, "%s\n",
              /* Translators: about a pack that changes; keep the blanks at the beginning */
              _("    no text differs; only its number, the order of choices or its fallbacks do"));
        }
    }

  if (changes->len == 0)
    /* Translators: about what a partner wants to publish */
    tomo_invocation_print (self, "%s\n", _("No pack changes; only the date of expiry does."));
  tomo_invocation_print (self, "\n");
}
