/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-pack-diff.h"

#include <string.h>

static void
text_change_free (gpointer data)
{
  TomoPackTextChange *self = data;

  g_free (self->which);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static void
item_change_free (gpointer data)
{
  TomoPackItemChange *self = data;

  g_free (self->item);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/**
 * tomo_pack_diff_dup_text:
 * @text: a paragraph
 *
 * Writes a paragraph with its markup: where a link leads is as much a part of it as its words.
 *
 * Returns: (transfer full): such as ‘Call <report money> or see <link https://…>this</link>’
 */
char *
tomo_pack_diff_dup_text (TomoText *text)
{
  static const char *const names[] = {
    [TOMO_TEXT_PLAIN] = NULL,  [TOMO_TEXT_EM] = "em",         [TOMO_TEXT_STRONG] = "strong",
    [TOMO_TEXT_CODE] = "code", [TOMO_TEXT_UI] = "ui",         [TOMO_TEXT_TERM] = "term",
    [TOMO_TEXT_LINK] = "link", [TOMO_TEXT_REPORT] = "report",
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (names) == TOMO_N_TEXT_STYLES);
  GString *written = g_string_new (NULL);

  for (size_t i = 0; i < tomo_text_get_n_runs (text); i++)
    {
      TomoTextRun run = tomo_text_get_run (text, i);
      const char *name = names[run.style];
      if (name == NULL)
        {
          g_string_append (written, run.text);
          continue;
        }

      g_string_append_printf (written, "<%s%s%s>", name, *run.argument != '\0' ? " " : "",
                              run.argument);
      if (run.style != TOMO_TEXT_REPORT)
        g_string_append_printf (written, "%s</%s>", run.text, name);
    }

  return g_string_free (written, FALSE);
}

/* Takes @text. What is empty is as if it were not there. */
static void
add (GPtrArray *texts, TomoPackPart part, const char *which, char *text)
{
  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }

  TomoPackTextChange *entry = g_new0 (TomoPackTextChange, 1);
  entry->part = part;
  entry->which = g_strdup (which);
  entry->after = text;
  g_ptr_array_add (texts, entry);
}

static char *
dup_flags (TomoPack *pack)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (tomo_pack_is_draft (pack))
    g_strv_builder_add (builder, "draft");
  if (tomo_pack_is_sample (pack))
    g_strv_builder_add (builder, "sample");
  if (tomo_pack_is_sensitive (pack))
    g_strv_builder_add (builder, "sensitive");

  g_auto(GStrv) flags = g_strv_builder_end (builder);
  return g_strjoinv (", ", flags);
}

/* (element-type TomoPackTextChange): with ‘after’ only. */
static GPtrArray *
list_head (TomoPack *pack)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (text_change_free);

  if (pack == NULL)
    return texts;

  add (texts, TOMO_PACK_PART_TITLE, "", g_strdup (tomo_pack_get_title (pack)));
  add (texts, TOMO_PACK_PART_VERIFIED_ON, "", g_strdup (tomo_pack_get_verified_on (pack)));
  add (texts, TOMO_PACK_PART_LICENSE, "", g_strdup (tomo_pack_get_license (pack)));
  add (texts, TOMO_PACK_PART_FLAGS, "", dup_flags (pack));
  return texts;
}

static void
add_choices (GPtrArray *texts, TomoItem *item)
{
  for (size_t i = 0; i < tomo_item_get_n_choices (item); i++)
    {
      const TomoChoice *choice = tomo_item_get_choice (item, i);
      add (texts, TOMO_PACK_PART_CHOICE, choice->id, tomo_pack_diff_dup_text (choice->text));
      add (texts, TOMO_PACK_PART_CORRECT, choice->id,
           g_strdup (choice->is_correct ? "right" : "wrong"));
      add (texts, TOMO_PACK_PART_FEEDBACK, choice->id, tomo_pack_diff_dup_text (choice->feedback));
    }
}

static void
add_sources (GPtrArray *texts, TomoItem *item)
{
  for (size_t i = 0; i < tomo_item_get_n_sources (item); i++)
    {
      const char *title = NULL;
      const char *href = NULL;
      g_autofree char *which = g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1);
      tomo_item_get_source (item, i, &title, &href);
      add (texts, TOMO_PACK_PART_SOURCE, which, g_strdup_printf ("%s <%s>", title, href));
    }
}

/* In the order in which a visitor reads. */
static GPtrArray *
list_item (TomoItem *item)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (text_change_free);

  if (item == NULL)
    return texts;

  gboolean is_question = tomo_item_kind_is_question (tomo_item_get_kind (item));
  add (texts, TOMO_PACK_PART_KIND, "",
       g_strdup (tomo_item_kind_to_string (tomo_item_get_kind (item))));
  add (texts, TOMO_PACK_PART_TOPIC, "", g_strdup (tomo_item_get_topic (item)));
  add (texts, TOMO_PACK_PART_AGE, "", g_strdup (tomo_item_get_age (item)));
  add (texts, TOMO_PACK_PART_RISK, "", g_strdup (tomo_item_get_risk (item)));
  /* The title of a question is its prompt as plain text. */
  if (!is_question)
    add (texts, TOMO_PACK_PART_TITLE, "", g_strdup (tomo_item_get_title (item)));
  add (texts, TOMO_PACK_PART_SUMMARY, "", tomo_pack_diff_dup_text (tomo_item_get_summary (item)));
  for (size_t i = 0; i < tomo_item_get_n_steps (item); i++)
    {
      g_autofree char *which = g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1);
      add (texts, TOMO_PACK_PART_STEP, which,
           tomo_pack_diff_dup_text (tomo_item_get_step (item, i)));
    }
  add (texts, TOMO_PACK_PART_PROMPT, "", tomo_pack_diff_dup_text (tomo_item_get_prompt (item)));
  add_choices (texts, item);
  add (texts, TOMO_PACK_PART_EXPLANATION, "",
       tomo_pack_diff_dup_text (tomo_item_get_explanation (item)));
  add (texts, TOMO_PACK_PART_PICTURE, "", g_strdup (tomo_item_get_picture (item)));
  add (texts, TOMO_PACK_PART_PICTURE_ALT, "", g_strdup (tomo_item_get_picture_alt (item)));
  add (texts, TOMO_PACK_PART_AUDIO, "", g_strdup (tomo_item_get_audio (item)));
  for (size_t i = 0; i < tomo_item_get_n_recordings (item); i++)
    {
      const char *part = NULL;
      const char *sha256 = tomo_item_get_recording (item, i, &part);
      add (texts, TOMO_PACK_PART_AUDIO, part, g_strdup (sha256));
    }
  add_sources (texts, item);
  return texts;
}

static TomoPackTextChange *
find (GPtrArray *texts, const TomoPackTextChange *like)
{
  for (unsigned int i = 0; i < texts->len; i++)
    {
      TomoPackTextChange *entry = g_ptr_array_index (texts, i);
      if (entry->part == like->part && g_str_equal (entry->which, like->which))
        return entry;
    }

  return NULL;
}

/* Leaves in @after what differs, each with its former text; takes both. */
static GPtrArray *
subtract (GPtrArray *before, GPtrArray *after)
{
  g_autoptr(GPtrArray) former = before;

  for (unsigned int i = after->len; i > 0; i--)
    {
      TomoPackTextChange *entry = g_ptr_array_index (after, i - 1);
      TomoPackTextChange *old = find (former, entry);
      if (old == NULL)
        continue;
      if (g_str_equal (old->after, entry->after))
        g_ptr_array_remove_index (after, i - 1);
      else
        entry->before = g_steal_pointer (&old->after);
      g_ptr_array_remove (former, old);
    }

  for (unsigned int i = 0; i < former->len; i++)
    {
      TomoPackTextChange *old = g_ptr_array_index (former, i);
      TomoPackTextChange *entry = g_new0 (TomoPackTextChange, 1);
      entry->part = old->part;
      entry->which = g_strdup (old->which);
      entry->before = g_steal_pointer (&old->after);
      g_ptr_array_add (after, entry);
    }

  return after;
}

static void
add_item_change (GPtrArray *changes, TomoPackChangeKind kind, const char *id, GPtrArray *texts)
{
  if (texts->len == 0)
    {
      g_ptr_array_unref (texts);
      return;
    }

  TomoPackItemChange *change = g_new0 (TomoPackItemChange, 1);
  change->kind = kind;
  change->item = g_strdup (id);
  change->texts = texts;
  g_ptr_array_add (changes, change);
}

static TomoPackChangeKind
get_kind (gconstpointer before, gconstpointer after)
{
  if (before == NULL)
    return TOMO_PACK_ADDED;
  return after == NULL ? TOMO_PACK_REMOVED : TOMO_PACK_CHANGED;
}

static const char *
get_id (TomoPack *pack, size_t index)
{
  return pack != NULL && index < tomo_pack_get_n_items (pack)
             ? tomo_item_get_id (tomo_pack_get_item (pack, index))
             : NULL;
}

/**
 * tomo_pack_diff:
 * @before: (nullable): what is published
 * @after: (nullable): what shall be
 *
 * Lists every text and every property of two compiled packs that differs.
 *
 * Returns: (transfer full) (element-type TomoPackItemChange): the head first, then items by id
 */
GPtrArray *
tomo_pack_diff (TomoPack *before, TomoPack *after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (item_change_free);

  add_item_change (changes, get_kind (before, after), NULL,
                   subtract (list_head (before), list_head (after)));

  /* Both lists are sorted by id. */
  size_t i = 0;
  size_t k = 0;
  for (const char *old_id = get_id (before, 0), *new_id = get_id (after, 0);
       old_id != NULL || new_id != NULL; old_id = get_id (before, i), new_id = get_id (after, k))
    {
      int order = old_id == NULL ? 1 : new_id == NULL ? -1 : strcmp (old_id, new_id);
      TomoItem *old = order <= 0 ? tomo_pack_get_item (before, i++) : NULL;
      TomoItem *new = order >= 0 ? tomo_pack_get_item (after, k++) : NULL;
      add_item_change (changes, get_kind (old, new), order <= 0 ? old_id : new_id,
                       subtract (list_item (old), list_item (new)));
    }

  return changes;
}
