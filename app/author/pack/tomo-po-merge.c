/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-po-merge.h"

#include <stdlib.h>
#include <string.h>

#include "author/pack/tomo-likeness.h"

/* As msgmerge has it: what is less alike is no help to a translator. */
#define MIN_LIKENESS 0.6
/* Of two texts that are equally alike, the one in the same context. */
#define CONTEXT_BONUS 0.00001

/* What a translator’s file holds. */
typedef struct
{
  GPtrArray *messages; /* (owned) (element-type po_message_t): in their order, without the header */
  GHashTable *by_key;  /* (owned) (element-type utf8 po_message_t) */
  GHashTable *used;    /* (owned) (element-type po_message_t): what still stands for some text */
  po_message_t header; /* (nullable) */
} Definitions;

static void
definitions_clear (Definitions *self)
{
  g_ptr_array_unref (self->messages);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->used);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Definitions, definitions_clear)

static char *
dup_key (po_message_t message)
{
  const char *context = po_message_msgctxt (message);

  return context != NULL ? g_strconcat (context, "\004", po_message_msgid (message), NULL)
                         : g_strdup (po_message_msgid (message));
}

static gboolean
is_header (po_message_t message)
{
  return po_message_msgctxt (message) == NULL && po_message_msgid (message)[0] == '\0';
}

static const char *
get_translation (po_message_t message)
{
  return po_message_msgid_plural (message) != NULL ? po_message_msgstr_plural (message, 0)
                                                   : po_message_msgstr (message);
}

static void
definitions_init (Definitions *self, TomoPoFile *file)
{
  po_message_iterator_t iterator = po_message_iterator (file, NULL);

  self->messages = g_ptr_array_new ();
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->used = g_hash_table_new (NULL, NULL);
  for (po_message_t message = po_next_message (iterator); message != NULL;
       message = po_next_message (iterator))
    if (is_header (message))
      self->header = message;
    else
      {
        g_ptr_array_add (self->messages, message);
        g_hash_table_insert (self->by_key, dup_key (message), message);
      }
  po_message_iterator_free (iterator);
}

/* The name of the template and where to report to, and all else as the translator has it. */
static void
merge_header (po_message_t message, po_message_t translation)
{
  static const char *const fields[] = { "Report-Msgid-Bugs-To", "POT-Creation-Date" };
  char *header = strdup (po_message_msgstr (translation));

  for (size_t i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      char *value = po_header_field (po_message_msgstr (message), fields[i]);
      char *changed = value != NULL ? po_header_set_field (header, fields[i], value) : NULL;

      if (changed != NULL)
        {
          free (header);
          header = changed;
        }
      free (value);
    }

  po_message_set_msgstr (message, header);
  po_message_set_comments (message, po_message_comments (translation));
  po_message_set_fuzzy (message, po_message_is_fuzzy (translation));
  free (header);
}

/* What a fuzzy translation was made for: with the second change of a text still the first. */
static void
copy_previous (po_message_t message, po_message_t translation)
{
  gboolean is_fuzzy = po_message_is_fuzzy (translation);

  po_message_set_prev_msgctxt (message, is_fuzzy ? po_message_prev_msgctxt (translation)
                                                 : po_message_msgctxt (translation));
  po_message_set_prev_msgid (message, is_fuzzy ? po_message_prev_msgid (translation)
                                               : po_message_msgid (translation));
  po_message_set_prev_msgid_plural (message, is_fuzzy ? po_message_prev_msgid_plural (translation)
                                                      : po_message_msgid_plural (translation));
}

/* Texts of packs have no plurals; of one that came from elsewhere the first is kept, to be looked
 * at. */
static void
take_translation (po_message_t message, po_message_t translation, gboolean is_same)
{
  gboolean is_sure = is_same && po_message_msgid_plural (translation) == NULL;

  po_message_set_msgstr (message, get_translation (translation));
  po_message_set_comments (message, po_message_comments (translation));
  if (get_translation (translation)[0] != '\0' && (!is_sure || po_message_is_fuzzy (translation)))
    {
      po_message_set_fuzzy (message, TRUE);
      copy_previous (message, translation);
    }
}

static po_message_t
find_alike (const Definitions *self, po_message_t message)
{
  g_autoptr(TomoLikeness) likeness = tomo_likeness_new (po_message_msgid (message));
  double best = MIN_LIKENESS;
  po_message_t found = NULL;

  for (unsigned int i = 0; i < self->messages->len; i++)
    {
      po_message_t other = g_ptr_array_index (self->messages, i);

      if (get_translation (other)[0] == '\0')
        continue;

      double bonus = g_strcmp0 (po_message_msgctxt (message), po_message_msgctxt (other)) == 0
                         ? CONTEXT_BONUS
                         : 0;
      double measure =
          tomo_likeness_measure (likeness, po_message_msgid (other), best - bonus) + bonus;
      if (measure > best)
        {
          best = measure;
          found = other;
        }
    }

  return found;
}

static void
merge_message (Definitions *self, po_message_t message)
{
  g_autofree char *key = dup_key (message);
  po_message_t same = g_hash_table_lookup (self->by_key, key);
  po_message_t translation = same != NULL ? same : find_alike (self, message);

  if (translation == NULL)
    return;
  g_hash_table_add (self->used, translation);
  take_translation (message, translation, same != NULL);
}

static po_message_t
copy_message (po_message_t original)
{
  po_message_t copy = po_message_create ();

  po_message_set_msgctxt (copy, po_message_msgctxt (original));
  po_message_set_msgid (copy, po_message_msgid (original));
  po_message_set_comments (copy, po_message_comments (original));
  po_message_set_fuzzy (copy, po_message_is_fuzzy (original));
  po_message_set_prev_msgctxt (copy, po_message_prev_msgctxt (original));
  po_message_set_prev_msgid (copy, po_message_prev_msgid (original));
  po_message_set_prev_msgid_plural (copy, po_message_prev_msgid_plural (original));
  if (po_message_msgid_plural (original) == NULL)
    {
      po_message_set_msgstr (copy, po_message_msgstr (original));
      return copy;
    }

  po_message_set_msgid_plural (copy, po_message_msgid_plural (original));
  for (int i = 0; po_message_msgstr_plural (original, i) != NULL; i++)
    po_message_set_msgstr_plural (copy, i, po_message_msgstr_plural (original, i));
  return copy;
}

/**
 * tomo_po_merge:
 * @into: a template
 * @translation: a translation of what the template was before
 *
 * Gives each message of @into what @translation has for it, as “msgmerge --previous --no-location”
 * does: the same text keeps its translation, a new one gets that of the text most like it, marked
 * as fuzzy and with what that text was. Translations that nothing needs any more are kept as
 * obsolete at the end. No program has to be started for it, which costs more than all the rest.
 */
void
tomo_po_merge (TomoPoFile *into, TomoPoFile *translation)
{
  g_return_if_fail (into != NULL);
  g_return_if_fail (translation != NULL);

  g_auto(Definitions) definitions = { NULL };
  po_message_iterator_t iterator = po_message_iterator (into, NULL);

  definitions_init (&definitions, translation);
  for (po_message_t message = po_next_message (iterator); message != NULL;
       message = po_next_message (iterator))
    {
      while (po_message_filepos (message, 0) != NULL)
        po_message_remove_filepos (message, 0);
      if (!is_header (message))
        merge_message (&definitions, message);
      else if (definitions.header != NULL)
        merge_header (message, definitions.header);
    }

  for (unsigned int i = 0; i < definitions.messages->len; i++)
    {
      po_message_t message = g_ptr_array_index (definitions.messages, i);

      if (g_hash_table_contains (definitions.used, message) || get_translation (message)[0] == '\0')
        continue;

      po_message_t obsolete = copy_message (message);
      po_message_set_obsolete (obsolete, TRUE);
      po_message_insert (iterator, obsolete);
    }
  po_message_iterator_free (iterator);
}
