/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-phrases.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "core/content/tomo-language.h"
#include "ui/tomo-i18n.h"

/* Thai calendars count years from 543 BC. */
#define BUDDHIST_YEARS 543

typedef struct
{
  const char *id;
  const char *text; /* marked for translation */
} Phrase;

/* clang-format off */
static const Phrase topics[] = {
  /* Translators: name of a topic, on a tile with a drawing of a key */
  { "passwords", NC_("topic", "Passwords") },
  /* Translators: name of a topic: proving who you are in two steps (two-step sign-in) */
  { "mfa", NC_("topic", "Second step at sign-in") },
  /* Translators: name of a topic: messages by which somebody wants to cheat you (phishing) */
  { "phishing", NC_("topic", "False messages") },
  /* Translators: name of a topic: software updates of phones and computers */
  { "updates", NC_("topic", "Updates") },
  /* Translators: name of a topic: copies of your pictures and documents */
  { "backups", NC_("topic", "Backups") },
  /* Translators: name of a topic: wireless networks in cafés, stations, hotels */
  { "wifi", NC_("topic", "Public Wi-Fi") },
  /* Translators: name of a topic: social networks, and what you show of yourself there */
  { "social-media", NC_("topic", "Social media") },
  /* Translators: name of a topic: people who cheat you out of money */
  { "scams", NC_("topic", "Fraud") },
  /* Translators: name of a topic: somebody threatens to show intimate pictures */
  { "sextortion", NC_("topic", "Threats with pictures") },
  /* Translators: name of a topic: children who use the internet */
  { "children", NC_("topic", "Children online") },
  /* Translators: name of a topic: programs on your phone */
  { "apps", NC_("topic", "Apps") },
  /* Translators: name of a topic: router, camera, TV and other connected things in a home */
  { "router-iot", NC_("topic", "Devices at home") },
  /* Translators: name of a topic: false invoices and false orders from the boss */
  { "bec", NC_("topic", "Fraud at work") },
  /* Translators: name of a topic: telling the right people when something has happened */
  { "reporting", NC_("topic", "Whom to tell") },
  /* Translators: name of a topic: a service has lost its customers’ data */
  { "breach", NC_("topic", "Data leaks") },
  /* Translators: name of a topic: imitated voices and invented pictures (deepfakes) */
  { "deepfake", NC_("topic", "Copied voices and faces") },
};

static const Phrase reports[] = {
  /* Translators: whom to tell when money was sent; stands inside a sentence such as “Tell your
   * bank.” It is put into texts in place of a national contact. */
  { "money", NC_("whom to tell", "your bank") },
  /* Translators: whom to tell when somebody else uses your account; stands inside a sentence such
   * as “Tell the support team of the service.” */
  { "account", NC_("whom to tell", "the support team of the service") },
  /* Translators: whom to tell when you are threatened; stands inside a sentence such as “Tell the
   * police.” */
  { "threat", NC_("whom to tell", "the police") },
  /* Translators: whom to tell about a false message: the company in whose name it came; stands
   * inside a sentence such as “Tell the company that the message names.” */
  { "phishing", NC_("whom to tell", "the company that the message names") },
  /* Translators: whom to tell when a device may be infected; stands inside a sentence such as
   * “Tell a specialist you trust.” */
  { "malware", NC_("whom to tell", "a specialist you trust") },
  /* Translators: whom to tell when a child is concerned; stands inside a sentence such as “Tell an
   * adult you trust.” */
  { "child", NC_("whom to tell", "an adult you trust") },
};

static const char *const months[] = {
  /* Translators: name of a month, as it stands in a date with day and year. Give it the form that
   * it has there. */
  NC_("month in a date", "January"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "February"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "March"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "April"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "May"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "June"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "July"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "August"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "September"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "October"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "November"),
  /* Translators: name of a month, as it stands in a date */
  NC_("month in a date", "December"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (months) == 12);
/* clang-format on */

static const Phrase *
find_phrase (const Phrase *phrases, size_t n_phrases, const char *id)
{
  for (size_t i = 0; i < n_phrases; i++)
    {
      if (strcmp (phrases[i].id, id) == 0)
        return &phrases[i];
    }

  return NULL;
}

/**
 * tomo_phrases_get_topic:
 * @topic: one of tomo_topics()
 *
 * Returns: (transfer none): its name in the visitor's language
 */
const char *
tomo_phrases_get_topic (const char *topic)
{
  const Phrase *phrase = find_phrase (topics, G_N_ELEMENTS (topics), topic);
  return (phrase != NULL) ? g_dpgettext2 (GETTEXT_PACKAGE, "topic", phrase->text) : topic;
}

/**
 * tomo_phrases_dup_topic_icon:
 * @topic: one of tomo_topics()
 *
 * Returns: (transfer full): name of its icon
 */
char *
tomo_phrases_dup_topic_icon (const char *topic)
{
  return g_strdup_printf ("tomo-topic-%s-symbolic", topic);
}

/**
 * tomo_phrases_get_report:
 * @kind: the kind of a report, as in the pack
 * @language: the language of the item
 *
 * Says whom to tell where no contact card of the country is known.
 *
 * Returns: (transfer none): words for the inside of a sentence
 */
const char *
tomo_phrases_get_report (const char *kind, const char *language)
{
  const Phrase *phrase = find_phrase (reports, G_N_ELEMENTS (reports), kind);
  const Phrase *usual = find_phrase (reports, G_N_ELEMENTS (reports), "threat");

  return tomo_i18n_lookup (language, "whom to tell", (phrase != NULL) ? phrase->text : usual->text);
}

/**
 * tomo_phrases_dup_date:
 * @date: `YYYY-MM-DD`
 * @language: the language to write it in
 *
 * Writes a day as @language does, digits plain, and in one piece: no line ends in it. What is not
 * a day comes back as it is.
 *
 * Returns: (transfer full): the date
 */
char *
tomo_phrases_dup_date (const char *date, const char *language)
{
  unsigned int year = 0;
  unsigned int month = 0;
  unsigned int day = 0;

  if (sscanf (date, "%4u-%2u-%2u", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return g_strdup (date);

  /* Translators: how a date is written. Move the places in braces as your language needs them;
   * {month} is one of the names of months, and {buddhist-year}, 543 more than {year}, may be used
   * in place of {year} */
  const char *pattern = tomo_i18n_lookup (language, "date", NC_("date", "{day} {month} {year}"));
  g_autofree char *day_text = g_strdup_printf ("%u", day);
  g_autofree char *year_text = g_strdup_printf ("%u", year);
  g_autofree char *buddhist_text = g_strdup_printf ("%u", year + BUDDHIST_YEARS);
  const char *month_text = tomo_i18n_lookup (language, "month in a date", months[month - 1]);

  g_autofree char *words = tomo_i18n_fill (pattern, "day", day_text, "month", month_text, "year",
                                           year_text, "buddhist-year", buddhist_text, NULL);
  g_auto(GStrv) parts = g_strsplit (words, " ", -1);
  return g_strjoinv ("\u00a0", parts);
}

/* Where a circle marks what is right, a triangle lies between it and a cross. */
static gboolean
is_circle_right (void)
{
  /* Translators: not shown; which shape marks a right answer where your language is spoken:
   * “check” or “circle”. Write one of these two English words. (In Japan and Korea: circle.) */
  const char *shape = C_("shape of a right answer", "check");
  return strcmp (shape, "circle") == 0;
}

/**
 * tomo_phrases_get_verdict_icon:
 * @kind: how right an answer was
 *
 * Gets the shape that stands beside the word for it. It differs between cultures: in Japan and
 * Korea a check mark means wrong.
 *
 * Returns: (transfer none): name of an icon
 */
const char *
tomo_phrases_get_verdict_icon (TomoVerdictKind kind)
{
  switch (kind)
    {
    case TOMO_VERDICT_RIGHT:
      return is_circle_right () ? "tomo-right-symbolic" : "tomo-check-symbolic";
    case TOMO_VERDICT_PARTLY:
      return is_circle_right () ? "tomo-triangle-symbolic" : "tomo-half-symbolic";
    case TOMO_VERDICT_WRONG:
    default:
      return "tomo-wrong-symbolic";
    }
}

/* ---- Parts of a line that is read aloud ---- */

static const struct
{
  const char *script; /* ISO 15924 */
  const char *comma;
  const char *stop;
} marks[] = {
  { "Arab", "، ", ". " }, { "Beng", ", ", "। " }, { "Deva", ", ", "। " }, { "Ethi", "፣ ", "። " },
  { "Guru", ", ", "। " }, { "Hans", "，", "。" }, { "Hant", "，", "。" }, { "Jpan", "、", "。" },
  { "Khmr", " ", "។ " },  { "Laoo", " ", " " },   { "Mymr", "၊ ", "။ " }, { "Thai", " ", " " },
  { "Zzzz", ", ", ". " }, /* all others */
};

static size_t
find_marks (const char *tag)
{
  const TomoLanguage *language = tomo_language_find (tag);
  size_t i = 0;

  while (i + 1 < G_N_ELEMENTS (marks) &&
         (language == NULL || !g_str_equal (marks[i].script, language->script)))
    i++;

  return i;
}

/**
 * tomo_phrases_append_part:
 * @line: words that a screen reader says
 * @part: what to append
 * @language: the language of the line
 *
 * Appends @part after a comma as @language writes it.
 */
void
tomo_phrases_append_part (GString *line, const char *part, const char *language)
{
  g_return_if_fail (line != NULL);

  g_string_append (line, marks[find_marks (language)].comma);
  g_string_append (line, part);
}

/**
 * tomo_phrases_append_sentence:
 * @line: words that a screen reader says
 * @sentence: what to append
 * @language: the language of the line
 *
 * Ends what @line says as @language ends a sentence, unless it has an end, and appends @sentence.
 */
void
tomo_phrases_append_sentence (GString *line, const char *sentence, const char *language)
{
  g_return_if_fail (line != NULL);

  const char *stop = marks[find_marks (language)].stop;
  const char *last = g_utf8_find_prev_char (line->str, line->str + line->len);
  if (last == NULL || !g_unichar_ispunct (g_utf8_get_char (last)))
    g_string_append (line, stop);
  else if (g_str_has_suffix (stop, " "))
    g_string_append_c (line, ' ');
  g_string_append (line, sentence);
}
