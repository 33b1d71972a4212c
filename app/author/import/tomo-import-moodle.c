/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-import-private.h"

#include <glib/gi18n-lib.h>
#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>
#include <string.h>

#include "author/import/tomo-foreign-text.h"
#include "author/import/tomo-moodle-question.h"
#include "author/pack/tomo-xml.h"
#include "core/tomo-error.h"

/* The longest name of an entity of HTML is ‘thetasym’; Moodle knows no others. */
#define MAX_ENTITY_CHARS 10

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextReader, xmlFreeTextReader)

typedef struct
{
  unsigned int line;
  char *message; /* (owned) (nullable): of the first mistake, in libxml2's words */
} ReadError;

#if LIBXML_VERSION >= 21200
typedef const xmlError *XmlError;
#else
typedef xmlErrorPtr XmlError;
#endif

/* One mistake makes the parser stumble over many later places: only the first is told. */
static void
read_error_cb (void *user_data, XmlError xml_error)
{
  ReadError *self = user_data;

  if (self->message != NULL || xml_error->level < XML_ERR_ERROR)
    return;
  self->line = xml_error->line > 0 ? (unsigned int) xml_error->line : 0;
  self->message = g_strdup (xml_error->message != NULL ? xml_error->message : "");
  g_strstrip (self->message);
}

/* ‘&eacute;’ is no entity of XML, but Moodle’s own files and those of others have it. It becomes
 * the sign itself, which always takes less room. Returns how far to go on, or 0. */
static size_t
replace_entity (const char *from, char *to, size_t *out_written)
{
  char name[MAX_ENTITY_CHARS + 1];
  size_t length = 0;

  while (length < MAX_ENTITY_CHARS && g_ascii_isalnum (from[1 + length]))
    {
      name[length] = from[1 + length];
      length++;
    }
  name[length] = '\0';
  if (length == 0 || from[1 + length] != ';')
    return 0;

  const htmlEntityDesc *entity = htmlEntityLookup ((const xmlChar *) name);
  if (entity == NULL || entity->value < 0x80) /* &amp; &lt; &gt; &quot; are XML’s own. */
    return 0;

  *out_written = (size_t) g_unichar_to_utf8 (entity->value, to);
  return length + 2;
}

/* Where a part ends that is not looked into, or the end of the text. */
static size_t
skip_to (const char *text, size_t at, size_t size, const char *end)
{
  const char *found = g_strstr_len (text + at, (gssize) (size - at), end);

  return found != NULL ? (size_t) (found - text) + strlen (end) : size;
}

/* In place, for the file is large: entities of HTML become signs, and a document type is refused
 * before a parser sees it, so that there is none to expand. */
static gboolean
prepare (char *text, size_t *size, GError **error)
{
  size_t to = 0;

  for (size_t at = 0; at < *size;)
    {
      size_t skip = 0;
      size_t written = 0;

      if (text[at] == '<' && g_str_has_prefix (text + at, "<![CDATA["))
        skip = skip_to (text, at, *size, "]]>") - at;
      else if (text[at] == '<' && g_str_has_prefix (text + at, "<!--"))
        skip = skip_to (text, at, *size, "-->") - at;
      else if (text[at] == '<' && text[at + 1] == '!')
        {
          g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                       "line %u: a document type is not allowed here; delete <!DOCTYPE …>",
                       tomo_foreign_text_count_lines (text, to));
          return FALSE;
        }
      else if (text[at] == '&')
        {
          size_t read = replace_entity (text + at, text + to, &written);

          at += read;
          to += written;
          skip = read == 0 ? 1 : 0;
        }
      else
        skip = strcspn (text + at + 1, "<&") + 1;

      memmove (text + to, text + at, skip);
      at += skip;
      to += skip;
    }

  text[to] = '\0';
  *size = to;
  return TRUE;
}

/* What a <question type="category"> says. */
static char *
dup_category (xmlNode *question)
{
  xmlNode *category = tomo_moodle_find_child (question, "category");
  g_autofree char *text = category != NULL ? tomo_moodle_dup_text (category) : NULL;

  return text != NULL ? g_strstrip (g_steal_pointer (&text)) : NULL;
}

static void
read_question (TomoQuiz *quiz, xmlNode *element, char **category)
{
  g_autofree char *type = tomo_xml_dup_attribute (element, "type");

  if (g_strcmp0 (type, "category") == 0)
    {
      g_free (*category);
      *category = dup_category (element);
    }
  else
    tomo_moodle_question_read (quiz, element, type != NULL ? type : "", *category);
}

static gboolean
read_root (xmlTextReader *reader, GError **error)
{
  int status = xmlTextReaderRead (reader);

  while (status == 1 && xmlTextReaderNodeType (reader) != XML_READER_TYPE_ELEMENT)
    status = xmlTextReaderRead (reader);
  if (status != 1)
    return FALSE;
  if (xmlStrEqual (xmlTextReaderConstLocalName (reader), (const xmlChar *) "quiz"))
    return TRUE;

  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
               "line %d: this is not Moodle XML; the outermost element must be <quiz>, not <%s>",
               xmlTextReaderGetParserLineNumber (reader),
               (const char *) xmlTextReaderConstLocalName (reader));
  return FALSE;
}

/* One question at a time is a tree. */
static gboolean
read_questions (TomoQuiz *quiz, xmlTextReader *reader, GError **error)
{
  g_autofree char *category = NULL;

  if (!read_root (reader, error))
    return FALSE;

  int status = xmlTextReaderRead (reader);
  while (status == 1)
    {
      gboolean is_element = xmlTextReaderNodeType (reader) == XML_READER_TYPE_ELEMENT;

      if (is_element &&
          xmlStrEqual (xmlTextReaderConstLocalName (reader), (const xmlChar *) "question"))
        {
          xmlNode *element = xmlTextReaderExpand (reader);

          if (element == NULL)
            return FALSE;
          read_question (quiz, element, &category);
        }
      status = is_element ? xmlTextReaderNext (reader) : xmlTextReaderRead (reader);
    }

  return status == 0;
}

/**
 * tomo_import_moodle:
 * @quiz: what is filled
 * @text: a file of Moodle XML; it is changed
 * @size: of @text; the caller has held it against a limit
 * @error: return location for a #GError
 *
 * Reads the questions one by one, without a network and without entities.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, with the number of the line.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_import_moodle (TomoQuiz *quiz, char *text, size_t size, GError **error)
{
  ReadError mistake = { 0, NULL };

  if (!prepare (text, &size, error))
    return FALSE;

  /* XML_PARSE_HUGE lets a picture be larger than 10 MB of base64; what else it allows needs
   * entities. What the declaration says of the encoding was true before it was converted. */
  g_autoptr(xmlTextReader) reader = xmlReaderForMemory (text, (int) size, NULL, "UTF-8",
                                                         XML_PARSE_NONET | XML_PARSE_BIG_LINES |
                                                             XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
  xmlTextReaderSetStructuredErrorHandler (reader, read_error_cb, &mistake);
  g_autoptr(GError) local_error = NULL;
  gboolean is_read = read_questions (quiz, reader, &local_error);
  g_autofree char *message = mistake.message;

  if (is_read && message == NULL)
    return TRUE;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "line %u: this is not well-formed XML: %s", MAX (mistake.line, 1),
                 message != NULL ? message : "it ends too early");
  return FALSE;
}
