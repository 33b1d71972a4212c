/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-script.h"

#include <string.h>

#include "core/content/tomo-sentences.h"
#include "ui/tomo-choice-button.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-listen-line.h"

/* A pause as after a sentence, also where a title or a step has no full stop. */
#define PAUSE "\n\n"
/* Between a number and what it counts. */
#define SHORT_PAUSE ". "

#define MARK_KEY "tomo-script-mark"

typedef enum
{
  KIND_OWN,     /* the program’s words */
  KIND_NEEDED,  /* the program’s, but without them a card makes no sense */
  KIND_CONTENT, /* of a pack */
  KIND_CARD,    /* one recording says all that stands below */
} Kind;

typedef struct
{
  Kind kind;
  char recording[]; /* SHA-256, or empty */
} Mark;

typedef struct
{
  Kind kind;
  char *text;            /* (owned) (not nullable) */
  char *recording;       /* (owned) (nullable): of content */
  gboolean is_in_button; /* leads elsewhere */
  gboolean is_covered;   /* said by the recording of a card */
} Phrase;

struct _TomoScript
{
  char *language;     /* (owned) (not nullable) */
  GPtrArray *phrases; /* (owned) (element-type Phrase) */
  GHashTable *known; /* (owned) (nullable): text → SHA-256, or empty: the program’s sentences; NULL
                        where the campaign has recorded none */
  GPtrArray *recordings; /* (owned) (element-type utf8): NULL-terminated */
  char *text;            /* (owned) (not nullable) */
};

/* Where a walk is. */
typedef struct
{
  TomoScript *script;
  const Mark *pending; /* (nullable): for the next label */
  gboolean is_in_button;
  gboolean is_covered;
} Walk;

static void
phrase_free (gpointer data)
{
  Phrase *self = data;

  g_free (self->text);
  g_free (self->recording);
  g_free (self);
}

static void
set_mark (GtkWidget *widget, Kind kind, const char *recording)
{
  size_t size = recording != NULL ? strlen (recording) : 0;
  Mark *mark = g_malloc0 (sizeof *mark + size + 1);

  mark->kind = kind;
  if (size > 0)
    memcpy (mark->recording, recording, size);
  g_object_set_data_full (G_OBJECT (widget), MARK_KEY, mark, g_free);
}

/**
 * tomo_script_mark_content:
 * @widget: a label, or what holds one, such as a heading
 * @recording: (nullable): the SHA-256 of what a publisher recorded of it; %NULL or empty for none
 *
 * Says that the first label of @widget shows words of a pack, and not of the program.
 */
void
tomo_script_mark_content (GtkWidget *widget, const char *recording)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  set_mark (widget, KIND_CONTENT, recording);
}

/**
 * tomo_script_mark_needed:
 * @label: a label with words of the program
 *
 * Says that the card on the page makes no sense without them, such as “That is right” before an
 * explanation.
 */
void
tomo_script_mark_needed (GtkWidget *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));
  set_mark (label, KIND_NEEDED, NULL);
}

/**
 * tomo_script_mark_card:
 * @widget: what holds a card
 * @recording: the SHA-256 of the recording that is all of it
 *
 * Says that somebody recorded everything on @widget as a whole.
 */
void
tomo_script_mark_card (GtkWidget *widget, const char *recording)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (recording != NULL && recording[0] != '\0');
  set_mark (widget, KIND_CARD, recording);
}

/* ---- What stands on the page ---- */

static Phrase *
add_phrase (Walk *walk, Kind kind, const char *text, const char *recording)
{
  Phrase *phrase = g_new0 (Phrase, 1);

  phrase->kind = kind;
  phrase->text = g_strdup (text);
  phrase->recording = g_strdup (recording);
  phrase->is_in_button = walk->is_in_button;
  phrase->is_covered = walk->is_covered;
  g_ptr_array_add (walk->script->phrases, phrase);
  return phrase;
}

/* A page that shows a card in another language than the visitor’s says only one of the two. */
static gboolean
is_in_language (const TomoScript *self, GtkWidget *label)
{
  PangoLanguage *language = pango_context_get_language (gtk_widget_get_pango_context (label));

  return language == pango_language_from_string (self->language);
}

static gboolean
is_number (const char *text)
{
  return text[0] != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* Neither what only keeps a place free, nor the keys of a keypad one by one. */
static gboolean
is_sayable (const Walk *walk, const char *text)
{
  for (const char *at = text; at[0] != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      return !walk->is_in_button || !is_number (text);

  return FALSE;
}

static void
add_label (Walk *walk, GtkWidget *label)
{
  const Mark *mark = walk->pending;
  const char *text = gtk_label_get_text (GTK_LABEL (label));

  walk->pending = NULL;
  if (is_sayable (walk, text) && is_in_language (walk->script, label))
    add_phrase (walk, mark != NULL ? mark->kind : KIND_OWN, text,
                mark != NULL && mark->recording[0] != '\0' ? mark->recording : NULL);
}

static void
add_widget (Walk *walk, GtkWidget *widget)
{
  const Mark *mark = g_object_get_data (G_OBJECT (widget), MARK_KEY);
  Walk before = *walk;

  if (!gtk_widget_get_visible (widget) || TOMO_IS_LISTEN_LINE (widget))
    return;

  if (mark != NULL && mark->kind == KIND_CARD)
    {
      add_phrase (walk, KIND_CARD, "", mark->recording);
      walk->is_covered = TRUE;
    }
  else if (mark != NULL)
    walk->pending = mark;
  if (GTK_IS_BUTTON (widget) && !TOMO_IS_CHOICE_BUTTON (widget))
    walk->is_in_button = TRUE;

  if (GTK_IS_LABEL (widget))
    add_label (walk, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_widget (walk, child);

  walk->is_in_button = before.is_in_button;
  walk->is_covered = before.is_covered;
}

/* ---- What of it was recorded ---- */

/* Every sentence of the program in @language, with its recording or, where there is none, an empty
 * one. What stands on a page and is not among them was filled with numbers or names. */
static GHashTable *
list_sentences (const char *language, TomoCampaign *campaign)
{
  const TomoRecordings *recordings =
      campaign != NULL ? tomo_campaign_get_recordings (campaign) : NULL;
  g_autoptr(GHashTable) recorded =
      recordings != NULL ? tomo_recordings_list (recordings, language) : NULL;
  if (recorded == NULL || g_hash_table_size (recorded) == 0)
    return NULL;

  size_t n_sentences = 0;
  const TomoSentence *sentences = tomo_sentences_list (&n_sentences);
  GHashTable *known = g_hash_table_new (g_str_hash, g_str_equal);
  for (size_t i = 0; i < n_sentences; i++)
    {
      const char *text = tomo_i18n_lookup (language, sentences[i].context, sentences[i].text);
      const char *sha256 = g_hash_table_lookup (recorded, sentences[i].text);
      /* Two sentences may be one in another language; either will do then. */
      if (sha256 != NULL || !g_hash_table_contains (known, text))
        g_hash_table_insert (known, (char *) text, (char *) (sha256 != NULL ? sha256 : ""));
    }

  return known;
}

/* The SHA-256 of what is to be heard for @phrase; empty if nothing needs to be; NULL if it lacks
 * its recording. */
static const char *
find_recording (const TomoScript *self, const Phrase *phrase)
{
  if (phrase->is_covered)
    return "";
  if (phrase->kind == KIND_CONTENT || phrase->kind == KIND_CARD)
    return phrase->recording;
  if (self->known == NULL)
    return NULL;

  const char *sha256 = g_hash_table_lookup (self->known, phrase->text);
  if (sha256 == NULL)
    return "";
  return sha256[0] != '\0' ? sha256 : NULL;
}

/* A page with words of a pack that lead nowhere is a card: what counts are those, and the buttons
 * around them are its frame. All others are menus: there, everything counts. */
static gboolean
is_card (const TomoScript *self)
{
  for (unsigned int i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = g_ptr_array_index (self->phrases, i);
      if (phrase->kind >= KIND_CONTENT && !phrase->is_in_button)
        return TRUE;
    }

  return FALSE;
}

/* Leaves the list empty if one is missing: two voices that take turns would be hard to follow, and
 * a menu with gaps leads astray. */
static void
collect_recordings (TomoScript *self, gboolean card_only)
{
  for (unsigned int i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = g_ptr_array_index (self->phrases, i);
      const char *sha256 = find_recording (self, phrase);

      if (card_only && (phrase->kind == KIND_OWN || phrase->is_in_button))
        continue;
      if (sha256 == NULL)
        {
          g_ptr_array_set_size (self->recordings, 0);
          return;
        }
      if (sha256[0] != '\0')
        g_ptr_array_add (self->recordings, g_strdup (sha256));
    }
}

static char *
join_text (const TomoScript *self)
{
  GString *text = g_string_new (NULL);

  for (unsigned int i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = g_ptr_array_index (self->phrases, i);
      if (phrase->text[0] != '\0')
        g_string_append_printf (text, "%s%s", phrase->text,
                                is_number (phrase->text) ? SHORT_PAUSE : PAUSE);
    }

  return g_string_free (text, FALSE);
}

/**
 * tomo_script_new:
 * @page: what is to be read aloud, with its languages set
 * @language: BCP 47; labels in another language are left out
 * @campaign: (nullable): whose recordings there are of the program’s own sentences
 *
 * Reads what stands on @page now, and finds the recordings of it.
 *
 * Returns: (transfer full): the script
 */
TomoScript *
tomo_script_new (GtkWidget *page, const char *language, TomoCampaign *campaign)
{
  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);
  g_return_val_if_fail (language != NULL, NULL);

  TomoScript *self = g_new0 (TomoScript, 1);
  Walk walk = { .script = self };

  self->language = g_strdup (language);
  self->phrases = g_ptr_array_new_with_free_func (phrase_free);
  self->recordings = g_ptr_array_new_with_free_func (g_free);
  add_widget (&walk, page);
  self->known = list_sentences (language, campaign);
  collect_recordings (self, FALSE);
  if (self->recordings->len == 0 && is_card (self))
    collect_recordings (self, TRUE);
  g_ptr_array_add (self->recordings, NULL);
  self->text = join_text (self);

  return self;
}

/**
 * tomo_script_free:
 * @self: (transfer full): a script
 *
 * Frees the script.
 */
void
tomo_script_free (TomoScript *self)
{
  g_clear_pointer (&self->phrases, g_ptr_array_unref);
  g_clear_pointer (&self->recordings, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_free (self->language);
  g_free (self->text);
  g_free (self);
}

/**
 * tomo_script_is_recorded:
 * @self: a script
 *
 * Returns: %TRUE if people have recorded all that has to be heard
 */
gboolean
tomo_script_is_recorded (const TomoScript *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return tomo_script_get_recordings (self)[0] != NULL;
}

/**
 * tomo_script_get_recordings:
 * @self: a script
 *
 * Returns: (transfer none) (array zero-terminated=1): the SHA-256 of each recording, in reading
 *    order; none if one is missing
 */
const char *const *
tomo_script_get_recordings (const TomoScript *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *) self->recordings->pdata;
}

/**
 * tomo_script_get_text:
 * @self: a script
 *
 * Returns: (transfer none): all of it, for a synthesiser
 */
const char *
tomo_script_get_text (const TomoScript *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->text;
}

/**
 * tomo_script_get_language:
 * @self: a script
 *
 * Returns: (transfer none): BCP 47
 */
const char *
tomo_script_get_language (const TomoScript *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->language;
}

/**
 * tomo_script_dup_sentences:
 * @self: a script
 *
 * For tests: lists the program’s own words, as they stand on the page.
 *
 * Returns: (transfer full): in reading order
 */
GStrv
tomo_script_dup_sentences (const TomoScript *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr(GStrvBuilder) sentences = g_strv_builder_new ();
  for (unsigned int i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = g_ptr_array_index (self->phrases, i);
      if (phrase->kind <= KIND_NEEDED)
        g_strv_builder_add (sentences, phrase->text);
    }

  return g_strv_builder_end (sentences);
}
