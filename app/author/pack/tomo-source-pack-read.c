/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "author/pack/tomo-grammar.h"
#include "author/pack/tomo-source-pack-private.h"
#include "author/pack/tomo-vocabulary.h"

/* Where reading is: what is being filled, and where mistakes go. */
typedef struct
{
  TomoSourcePack *pack;
  const TomoXmlPlace *place;
  TomoSourceItem *item; /* (nullable): whose texts are being read */
} Reader;

static char *
dup_attribute (xmlNode *node, const char *name)
{
  char *value = tomo_xml_dup_attribute (node, name);

  return value != NULL ? value : g_strdup ("");
}

/* Words of a list of ids or languages; @value is freed. */
static GStrv
take_words (char *value)
{
  g_autofree char *owned = value;
  g_auto(GStrv) words = g_strsplit_set (owned, " \t\r\n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (size_t i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_strv_builder_add (builder, words[i]);

  return g_strv_builder_end (builder);
}

static gboolean
is_element (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && g_str_equal (tomo_xml_get_name (node), name) &&
         tomo_xml_is_in_namespace (node, TOMO_PACK_NAMESPACE);
}

static xmlNode *
find_child (xmlNode *parent, const char *name)
{
  for (xmlNode *child = parent->children; child != NULL; child = child->next)
    if (is_element (child, name))
      return child;

  return NULL;
}

/* A wrong one was told by the grammar. */
static unsigned int
read_max_length (xmlNode *element)
{
  g_autofree char *value = tomo_xml_dup_attribute (element, "max-length");
  unsigned int max_length = 0;

  if (value != NULL)
    tomo_vocabulary_parse_letters (value, &max_length);
  return max_length;
}

static TomoSourceText *
read_text (Reader *reader, xmlNode *element, char *place_for_translators)
{
  TomoSourceText *text = g_new0 (TomoSourceText, 1);
  const char *name = tomo_xml_get_name (element);

  text->line = tomo_xml_get_line (element, reader->place);
  text->is_plain = tomo_vocabulary_find (name)->content == TOMO_CONTENT_PLAIN;
  text->place = place_for_translators;
  text->context = tomo_xml_dup_attribute (element, "context");
  text->comment = tomo_xml_dup_attribute (element, "comment");
  text->max_length = read_max_length (element);
  text->fragment = tomo_fragment_new_from_node (element, text->is_plain, reader->place);
  text->msgid = tomo_fragment_to_markup (text->fragment);

  if (tomo_fragment_is_empty (text->fragment))
    tomo_findings_add (reader->place->findings, TOMO_FINDING_ERROR, reader->place->file, text->line,
                       /* Translators: %s is the name of an XML element, such as ‘title’ */
                       _("<%s> is empty; put text in it or delete it"), name);

  g_ptr_array_add (reader->pack->texts, text);
  if (reader->item != NULL)
    g_ptr_array_add (reader->item->texts, text);
  return text;
}

static TomoSourceText *
read_child_text (Reader *reader, xmlNode *parent, const char *name, const char *place_format, ...)
    G_GNUC_PRINTF (4, 5);

static TomoSourceText *
read_child_text (Reader *reader, xmlNode *parent, const char *name, const char *place_format, ...)
{
  xmlNode *child = find_child (parent, name);

  if (child == NULL)
    return NULL;

  va_list args;
  va_start (args, place_format);
  char *place = g_strdup_vprintf (place_format, args);
  va_end (args);

  return read_text (reader, child, place);
}

static void
read_term (Reader *reader, xmlNode *element)
{
  TomoSourceTerm *term = g_new0 (TomoSourceTerm, 1);

  term->line = tomo_xml_get_line (element, reader->place);
  term->id = dup_attribute (element, "id");
  term->name = read_child_text (reader, element, "name", "term %s › name", term->id);
  term->meaning = read_child_text (reader, element, "meaning", "term %s › meaning", term->id);
  g_ptr_array_add (reader->pack->terms, term);
}

static void
read_reference (Reader *reader, xmlNode *element)
{
  TomoSourceReference *reference = g_new0 (TomoSourceReference, 1);

  reference->line = tomo_xml_get_line (element, reader->place);
  reference->id = dup_attribute (element, "id");
  reference->href = dup_attribute (element, "href");
  reference->verified_on = dup_attribute (element, "verified-on");
  reference->title = read_child_text (reader, element, "title", "source %s › title", reference->id);
  g_ptr_array_add (reader->pack->references, reference);
}

static void
read_picture (Reader *reader, xmlNode *element)
{
  TomoSourcePicture *picture = g_new0 (TomoSourcePicture, 1);

  picture->line = tomo_xml_get_line (element, reader->place);
  picture->id = dup_attribute (element, "id");
  picture->src = dup_attribute (element, "src");
  picture->alt =
      read_child_text (reader, element, "alt",
                       "picture %s › alt (read aloud to those who cannot see it)", picture->id);
  g_ptr_array_add (reader->pack->pictures, picture);
}

static char *
dup_with_default (xmlNode *element, const char *name)
{
  g_autofree char *own = tomo_xml_dup_attribute (element, name);

  return own != NULL ? g_steal_pointer (&own) : dup_attribute (element->parent, name);
}

static TomoSourceItem *
item_new (Reader *reader, xmlNode *element)
{
  TomoSourceItem *item = tomo_source_item_new ();

  item->line = tomo_xml_get_line (element, reader->place);
  item->id = dup_attribute (element, "id");
  item->topic = dup_with_default (element, "topic");
  item->age = dup_with_default (element, "age");
  item->risk = dup_with_default (element, "risk");
  item->picture = tomo_xml_dup_attribute (element, "picture");
  item->sources = take_words (dup_attribute (element, "sources"));
  g_ptr_array_add (reader->pack->items, item);

  return item;
}

static void
read_steps (Reader *reader, xmlNode *tip)
{
  xmlNode *steps = find_child (tip, "steps");

  for (xmlNode *child = steps != NULL ? steps->children : NULL; child != NULL; child = child->next)
    if (is_element (child, "step"))
      {
        char *place =
            g_strdup_printf ("tip %s › step %u", reader->item->id, reader->item->steps->len + 1);

        g_ptr_array_add (reader->item->steps, read_text (reader, child, place));
      }
}

static void
read_audio (Reader *reader, xmlNode *element)
{
  xmlNode *audio = find_child (element, "audio");

  if (audio == NULL)
    return;

  reader->item->audio = dup_attribute (audio, "src");
  reader->item->audio_line = tomo_xml_get_line (audio, reader->place);
}

/* For whoever teaches with the item: translated with it, but an item is whole without. */
static void
read_teacher_note (Reader *reader, xmlNode *element)
{
  TomoSourceItem *item = reader->item;

  reader->item = NULL;
  item->teacher_note = read_child_text (reader, element, "teacher-note",
                                        "%s %s › note to teachers, never shown to visitors",
                                        tomo_xml_get_name (element), item->id);
  reader->item = item;
}

static void
read_tip (Reader *reader, xmlNode *element)
{
  TomoSourceItem *item = item_new (reader, element);

  reader->item = item;
  item->kind = TOMO_ITEM_TIP;
  item->title = read_child_text (reader, element, "title", "tip %s › title", item->id);
  item->summary = read_child_text (reader, element, "summary", "tip %s › summary", item->id);
  read_steps (reader, element);
  read_audio (reader, element);
  read_teacher_note (reader, element);
  reader->item = NULL;
}

static unsigned int
read_thousandths (xmlNode *element, const char *name)
{
  g_autofree char *value = dup_attribute (element, name);
  unsigned int number = 0;

  tomo_vocabulary_parse_number (value, TOMO_REGION_WHOLE, &number);
  return number;
}

/* What one side of a pair is, tells what the other side must say. */
static void
read_pair (Reader *reader, xmlNode *element)
{
  TomoSourceChoice *pair = g_new0 (TomoSourceChoice, 1);
  const char *item = reader->item->id;

  pair->line = tomo_xml_get_line (element, reader->place);
  pair->element = "pair";
  pair->id = dup_attribute (element, "id");
  pair->text = read_child_text (reader, element, "text", "question %s › pair %s", item, pair->id);
  pair->match = read_child_text (reader, element, "match",
                                 "question %s › pair %s › what belongs to it", item, pair->id);
  pair->feedback =
      read_child_text (reader, element, "feedback",
                       "question %s › pair %s › feedback to who got it wrong", item, pair->id);
  g_ptr_array_add (reader->item->choices, pair);
}

/* What a visitor taps or ticks: a <choice>, or a <region> of a picture. */
static void
read_choice (Reader *reader, xmlNode *element)
{
  TomoSourceChoice *choice = g_new0 (TomoSourceChoice, 1);
  g_autofree char *correct = dup_attribute (element, "correct");
  const char *item = reader->item->id;

  choice->line = tomo_xml_get_line (element, reader->place);
  choice->element = is_element (element, "region") ? "region" : "choice";
  choice->id = dup_attribute (element, "id");
  choice->is_correct = g_str_equal (correct, "yes");
  choice->region.x = read_thousandths (element, "x");
  choice->region.y = read_thousandths (element, "y");
  choice->region.width = read_thousandths (element, "width");
  choice->region.height = read_thousandths (element, "height");
  const char *verdict = choice->is_correct ? "right answer" : "wrong answer";
  if (reader->item->kind == TOMO_ITEM_ORDER)
    verdict = "to be put in order; this is the right one";
  choice->text = read_child_text (reader, element, "text", "question %s › %s %s (%s)", item,
                                  choice->element, choice->id, verdict);
  choice->feedback = read_child_text (reader, element, "feedback",
                                      "question %s › %s %s (%s) › feedback to who chose it", item,
                                      choice->element, choice->id, verdict);
  g_ptr_array_add (reader->item->choices, choice);
}

static void
read_question (Reader *reader, xmlNode *element)
{
  TomoSourceItem *item = item_new (reader, element);
  g_autofree char *kind = dup_attribute (element, "kind");
  const char *role = "";

  reader->item = item;
  item->kind = tomo_item_kind_from_string (kind);
  if (!tomo_item_kind_is_question (item->kind))
    item->kind = TOMO_ITEM_UNKNOWN; /* kind="tip" is no question */
  item->answer = tomo_xml_dup_attribute (element, "answer");
  item->tolerance = tomo_xml_dup_attribute (element, "tolerance");
  if (item->kind == TOMO_ITEM_TRUE_FALSE)
    role = g_strcmp0 (item->answer, "true") == 0 ? " (a statement that is true)"
                                                 : " (a statement that is false)";

  item->prompt =
      read_child_text (reader, element, "prompt", "question %s › prompt%s", item->id, role);
  for (xmlNode *child = element->children; child != NULL; child = child->next)
    {
      if (is_element (child, "choice") || is_element (child, "region"))
        read_choice (reader, child);
      else if (is_element (child, "pair"))
        read_pair (reader, child);
    }
  item->explanation =
      read_child_text (reader, element, "explanation", "question %s › explanation", item->id);
  read_audio (reader, element);
  read_teacher_note (reader, element);
  reader->item = NULL;
}

static void
read_list (Reader *reader,
           xmlNode *root,
           const char *list,
           const char *name,
           void (*read_one) (Reader *reader, xmlNode *element))
{
  for (xmlNode *child = root->children; child != NULL; child = child->next)
    if (is_element (child, list))
      for (xmlNode *one = child->children; one != NULL; one = one->next)
        if (is_element (one, name))
          read_one (reader, one);
}

/* 0 if it is not a whole number from 1. */
static unsigned int
parse_revision (const char *value)
{
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (value, 10, 1, G_MAXINT32, &number, NULL))
    return 0;

  return (unsigned int) number;
}

static char *
dup_language (xmlNode *root)
{
  xmlChar *value = xmlGetNsProp (root, (const xmlChar *) "lang", XML_XML_NAMESPACE);
  char *copy = g_strdup (value != NULL ? (const char *) value : "");

  if (value != NULL)
    xmlFree (value);
  return copy;
}

static void
read_header (TomoSourcePack *self, xmlNode *root, const TomoXmlPlace *place)
{
  g_autofree char *revision = dup_attribute (root, "revision");
  g_autofree char *sample = dup_attribute (root, "sample");
  g_autofree char *sensitive = dup_attribute (root, "sensitive");

  self->line = tomo_xml_get_line (root, place);
  self->id = dup_attribute (root, "id");
  self->language = dup_language (root);
  self->revision = parse_revision (revision);
  self->verified_on = dup_attribute (root, "verified-on");
  self->license = dup_attribute (root, "license");
  self->fallback = take_words (dup_attribute (root, "fallback"));
  self->is_sample = g_str_equal (sample, "yes");
  self->is_sensitive = g_str_equal (sensitive, "yes");
}

static void
read_items (Reader *reader, xmlNode *root)
{
  for (xmlNode *child = root->children; child != NULL; child = child->next)
    {
      if (is_element (child, "tip"))
        read_tip (reader, child);
      else if (is_element (child, "question"))
        read_question (reader, child);
    }
}

/**
 * tomo_source_pack_read:
 * @bytes: a pack.xml; the caller has held it against %TOMO_SOURCE_PACK_MAX_BYTES
 * @folder: of the pack, as findings shall name it
 * @findings: where mistakes are told
 *
 * Reads a pack.xml and tells what does not fit the vocabulary. Mistakes in it do not end the
 * reading, unless there is no tree to read.
 *
 * Returns: (transfer full) (nullable): the pack; %NULL if @bytes are no well-formed pack, and
 *    then a finding was added
 */
TomoSourcePack *
tomo_source_pack_read (GBytes *bytes, const char *folder, TomoFindings *findings)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (findings != NULL, NULL);

  g_autoptr(TomoSourcePack) self = tomo_source_pack_new (folder);
  TomoXmlPlace place = { findings, self->file, 0 };
  g_autoptr(xmlDoc) document = tomo_xml_parse (bytes, &place);

  if (document == NULL)
    return NULL;

  xmlNode *root = xmlDocGetRootElement (document);
  Reader reader = { self, &place, NULL };

  tomo_grammar_check (root, &place);
  if (!is_element (root, "pack"))
    return NULL;

  read_header (self, root, &place);
  self->title = read_child_text (&reader, root, "title", "title of the pack");
  read_list (&reader, root, "terms", "term", read_term);
  read_list (&reader, root, "sources", "source", read_reference);
  read_list (&reader, root, "pictures", "picture", read_picture);
  read_items (&reader, root);

  return g_steal_pointer (&self);
}
