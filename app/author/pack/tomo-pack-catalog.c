/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-pack-catalog.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "author/pack/tomo-po-file.h"
#include "author/pack/tomo-review.h"
#include "author/pack/tomo-source-file.h"
#include "author/pack/tomo-text-rules.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"

/* U+200B, put in when a pack is built and never before. */
#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

typedef struct
{
  TomoTranslationState state;
  unsigned int line;      /* of the message, if it is translated; else 0 */
  TomoFragment *fragment; /* (owned) (nullable): if ready */
  char *digest;           /* (owned) (nullable): names original and translation, if ready */
} Message;

struct _TomoPackCatalog
{
  gboolean claims_review; /* the header says that somebody has read it, which is no record */
  TomoReview *review;     /* (owned) (nullable): what was read */
  GHashTable *messages;   /* (owned) (element-type utf8 Message): by context, U+0004 and msgid */
};

/* What is read, and where mistakes go. */
typedef struct
{
  TomoPackCatalog *catalog;
  TomoFindings *findings;
  const char *file;
  const char *posix_language;
} Reader;

#define add_error(reader, line, ...)                                                               \
  tomo_findings_add ((reader)->findings, TOMO_FINDING_ERROR, (reader)->file, (line), __VA_ARGS__)

static void
message_free (Message *message)
{
  g_clear_pointer (&message->fragment, tomo_fragment_free);
  g_free (message->digest);
  g_free (message);
}

static char *
dup_key (const char *context, const char *msgid)
{
  return g_strconcat (context != NULL ? context : "", "\004", msgid, NULL);
}

static unsigned int
count_lines (const char *text, const char *end)
{
  unsigned int line = 1;

  for (const char *p = text; p < end; p++)
    line += *p == '\n';

  return line;
}

static void
report_charset (const Reader *reader, unsigned int line, const char *found)
{
  add_error (reader, line,
             /* Translators: the first %s is what was found as a character set, the two others are
              * the name of the file; the command is literal */
             _("the character set is “%s”, not UTF-8; convert the file with: msgconv "
                "--to-code=UTF-8 -o %s %s"),
             found, reader->file, reader->file);
}

/* libgettextpo does not convert, so the bytes are looked at before it sees them. */
static gboolean
check_bytes (const Reader *reader, const char *text, size_t size)
{
  g_autoptr(GRegex) regex = g_regex_new ("charset=([^\\\\\\s\"]+)", G_REGEX_RAW, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  const char *end = NULL;

  if (g_regex_match (regex, text, 0, &match))
    {
      g_autofree char *charset = g_match_info_fetch (match, 1);
      int start = 0;

      if (g_ascii_strcasecmp (charset, "UTF-8") != 0)
        {
          g_autofree char *shown = g_utf8_make_valid (charset, -1);

          g_match_info_fetch_pos (match, 0, &start, NULL);
          report_charset (reader, count_lines (text, text + start), shown);
          return FALSE;
        }
    }

  if (!g_utf8_validate (text, (gssize) size, &end))
    {
      add_error (reader, count_lines (text, end),
                 /* Translators: %s is the name of a file, the command is literal; put the character
                  * set for OLD */
                 _("this is not UTF-8; if you know the character set it was saved in, convert it "
                    "with: iconv -f OLD -t UTF-8 %s"),
                 reader->file);
      return FALSE;
    }

  for (const char *p = strstr (text, ZERO_WIDTH_SPACE); p != NULL;
       p = strstr (p + 1, ZERO_WIDTH_SPACE))
    add_error (reader, count_lines (text, p), "%s",
               /* Translators: U+200B is an invisible sign that allows a line to break */
               _("an invisible U+200B (zero width space) is in this line; delete it: line breaks "
                  "are put in when the pack is built"));

  return TRUE;
}

static void
check_language (const Reader *reader, const char *header)
{
  char *language = po_header_field (header, "Language");

  if (language == NULL || language[0] == '\0')
    /* Translators: “Language” is literal, %s is a language such as ‘zh_CN’ */
    add_error (reader, 1, _("the header lacks “Language”; add the line: Language: %s"),
               reader->posix_language);
  else if (!g_str_equal (language, reader->posix_language))
    /* Translators: both %s are languages such as ‘zh_CN’; “Language” is literal */
    add_error (reader, 1, _("“Language” is “%s” in the header, but the file is for “%s”"),
               language, reader->posix_language);
  free (language);
}

/* Texts of packs have no plurals, but editors add the field; a wrong one makes them refuse the file
 * later. */
static void
check_plural_forms (const Reader *reader, const char *header)
{
  char *forms = po_header_field (header, "Plural-Forms");

  if (forms != NULL &&
      !g_regex_match_simple (
          "^\\s*nplurals\\s*=\\s*[1-6]\\s*;\\s*plural\\s*=[n0-9\\s()?:!=<>&|%+*/-]+;?"
          "\\s*$",
          forms, 0, 0))
    add_error (reader, 1,
               /* Translators: %s is what the file says; “Plural-Forms” and everything behind the
                * colon are literal */
               _("“Plural-Forms” is “%s” in the header, which no program understands; delete the "
                  "line, or write for example: nplurals=2; plural=(n != 1);"),
               forms);
  free (forms);
}

/* Without it msgfmt and editors refuse the file. The field may have been broken over two lines
 * where nobody sees it, so that its bytes looked right. */
static gboolean
check_charset (const Reader *reader, TomoPoFile *file)
{
  const char *header = po_file_domain_header (file, NULL);
  char *type = header != NULL ? po_header_field (header, "Content-Type") : NULL;
  const char *found = type != NULL ? strstr (type, "charset=") : NULL;
  g_autofree char *charset = found != NULL ? g_strdup (found + strlen ("charset=")) : NULL;

  free (type);
  if (charset != NULL)
    {
      charset[strcspn (charset, " \t;")] = '\0';
      if (g_ascii_strcasecmp (charset, "UTF-8") == 0)
        return TRUE;
      report_charset (reader, 1, charset);
    }
  else
    add_error (reader, 1, "%s",
               /* Translators: what stands in quotation marks is literal */
               _("the header lacks the character set; add the line “Content-Type: text/plain; "
                  "charset=UTF-8”, or delete the file if it is empty"));

  return FALSE;
}

static void
check_header (const Reader *reader, TomoPoFile *file)
{
  const char *header = po_file_domain_header (file, NULL);

  check_language (reader, header);
  check_plural_forms (reader, header);
  char *reviewed = po_header_field (header, "X-Reviewed");
  reader->catalog->claims_review = g_strcmp0 (reviewed, "yes") == 0;
  free (reviewed);
}

/* NULL if the translation cannot be used; findings then say why. */
static TomoFragment *
read_translation (const Reader *reader, const char *msgid, const char *msgstr, unsigned int line)
{
  g_autoptr(TomoFindings) ignored = tomo_findings_new ();
  TomoXmlPlace source_place = { ignored, reader->file, line };
  TomoXmlPlace place = { reader->findings, reader->file, line };
  size_t n_before = tomo_findings_count_errors (reader->findings);
  g_autoptr(TomoFragment) original = tomo_fragment_new_from_markup (msgid, &source_place);
  g_autoptr(TomoFragment) translation = tomo_fragment_new_from_markup (msgstr, &place);

  /* A msgid that is no fragment never came from a pack; nothing will look it up. */
  if (original == NULL || translation == NULL)
    return NULL;

  if (tomo_fragment_is_empty (translation))
    /* Translators: about a translation that is only white space */
    add_error (reader, line, "%s", _("the translation is empty; delete the space or translate"));
  tomo_fragment_compare (original, translation, &place);
  tomo_text_rules_compare (original, translation, &place);
  if (strlen (msgstr) > TOMO_PACK_MAX_STRING_BYTES / 2)
    /* Translators: %u is a number of bytes (letters take one to four) */
    add_error (reader, line, _("the translation is longer than the limit of %u bytes"),
               TOMO_PACK_MAX_STRING_BYTES / 2);

  return tomo_findings_count_errors (reader->findings) == n_before ? g_steal_pointer (&translation)
                                                                   : NULL;
}

static void
read_message (const Reader *reader, po_message_t po_message, po_message_iterator_t iterator)
{
  const char *msgid = po_message_msgid (po_message);
  const char *msgstr = po_message_msgstr (po_message);
  Message *message = g_new0 (Message, 1);

  if (po_message_msgid_plural (po_message) != NULL)
    {
      message->state = TOMO_TRANSLATION_INVALID;
      add_error (reader, tomo_po_file_find_line (po_message, iterator), "%s",
                 /* Translators: about a PO file; msgid_plural is literal */
                 _("this message has a msgid_plural, which texts of packs never have"));
    }
  else if (msgstr[0] == '\0')
    message->state = TOMO_TRANSLATION_MISSING;
  else if (po_message_is_fuzzy (po_message))
    message->state = TOMO_TRANSLATION_FUZZY;
  else
    {
      /* Asking for the line sets the msgstr anew. */
      g_autofree char *text = g_strdup (msgstr);

      message->line = tomo_po_file_find_line (po_message, iterator);
      message->fragment = read_translation (reader, msgid, text, message->line);
      message->state =
          message->fragment != NULL ? TOMO_TRANSLATION_READY : TOMO_TRANSLATION_INVALID;
      if (message->fragment != NULL)
        message->digest = tomo_review_dup_digest (po_message_msgctxt (po_message), msgid, text);
    }

  g_hash_table_replace (reader->catalog->messages, dup_key (po_message_msgctxt (po_message), msgid),
                        message);
}

/**
 * tomo_pack_catalog_new_empty:
 *
 * Returns: (transfer full): a translation of nothing, for tomo_pack_catalog_set()
 */
TomoPackCatalog *
tomo_pack_catalog_new_empty (void)
{
  TomoPackCatalog *self = g_new0 (TomoPackCatalog, 1);

  self->messages =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) message_free);
  return self;
}

/**
 * tomo_pack_catalog_set:
 * @self: a catalogue
 * @context: (nullable): msgctxt
 * @msgid: of a text
 * @markup: its translation; a well-formed fragment
 *
 * Replaces a translation by one that is in no file.
 */
void
tomo_pack_catalog_set (TomoPackCatalog *self,
                       const char *context,
                       const char *msgid,
                       const char *markup)
{
  g_return_if_fail (self != NULL);

  g_autoptr(TomoFindings) ignored = tomo_findings_new ();
  const TomoXmlPlace place = { ignored, "", 0 };
  Message *message = g_new0 (Message, 1);

  message->fragment = tomo_fragment_new_from_markup (markup, &place);
  message->state = message->fragment != NULL ? TOMO_TRANSLATION_READY : TOMO_TRANSLATION_INVALID;
  g_hash_table_replace (self->messages, dup_key (context, msgid), message);
}

/**
 * tomo_pack_catalog_open:
 * @bytes: a PO file
 * @file: its name, for findings
 * @findings: where mistakes are told
 *
 * Reads @bytes as a PO file, as tomo_pack_catalog_new() does, without looking at the translations.
 *
 * Returns: (transfer full) (nullable): the file; %NULL if it cannot be read as PO in UTF-8, and
 * then a finding was added
 */
TomoPoFile *
tomo_pack_catalog_open (GBytes *bytes, const char *file, TomoFindings *findings)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);

  const Reader reader = { NULL, findings, file, NULL };
  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);

  if (!check_bytes (&reader, text, size))
    return NULL;

  g_autoptr(TomoPoFile) po_file = tomo_po_file_read (bytes, file, findings);

  return po_file != NULL && check_charset (&reader, po_file) ? g_steal_pointer (&po_file) : NULL;
}

/**
 * tomo_pack_catalog_new:
 * @bytes: a PO file
 * @file: its name, for findings
 * @posix_language: the language that it is for, such as ‘zh_CN’
 * @findings: where mistakes are told
 *
 * Reads and checks one translation of a pack. Each message is held against its own msgid; whether
 * the pack still has that msgid is not known here.
 *
 * Returns: (transfer full) (nullable): the catalogue, perhaps with mistakes among @findings;
 *    %NULL if @bytes cannot be read as PO, and then a finding was added
 */
TomoPackCatalog *
tomo_pack_catalog_new (GBytes *bytes,
                       const char *file,
                       const char *posix_language,
                       TomoFindings *findings)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (posix_language != NULL, NULL);

  g_autoptr(TomoPackCatalog) self = tomo_pack_catalog_new_empty ();
  const Reader reader = { self, findings, file, posix_language };
  g_autoptr(TomoPoFile) po_file = tomo_pack_catalog_open (bytes, file, findings);

  if (po_file == NULL)
    return NULL;

  check_header (&reader, po_file);
  po_message_iterator_t iterator = po_message_iterator (po_file, NULL);
  for (po_message_t message = po_next_message (iterator); message != NULL;
       message = po_next_message (iterator))
    if (!po_message_is_obsolete (message) && po_message_msgid (message)[0] != '\0')
      read_message (&reader, message, iterator);
  po_message_iterator_free (iterator);

  return g_steal_pointer (&self);
}

static void
load_review (TomoPackCatalog *self, const char *file, TomoFindings *findings)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *review_file = tomo_review_dup_file (file);

  self->review = tomo_review_load (file, &error);
  if (self->review != NULL)
    return;
  if (!g_error_matches (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND))
    tomo_findings_add (findings, TOMO_FINDING_ERROR, review_file, 0, "%s", error->message);
  else if (self->claims_review)
    tomo_findings_add (findings, TOMO_FINDING_WARNING, file, 1,
                       /* Translators: “X-Reviewed: yes” and the command are literal; %s is the name
                        * of a file */
                       _("“X-Reviewed: yes” does not say who has read what, so this counts as a "
                          "draft; “tomopress pack review” with --reader notes it in %s"),
                       review_file);
}

/**
 * tomo_pack_catalog_load:
 * @file: path of a PO file, as findings shall name it
 * @posix_language: the language that it is for, such as ‘zh_CN’
 * @findings: where mistakes are told
 * @error: return location for a #GError
 *
 * Reads @file as tomo_pack_catalog_new() does.
 *
 * On failure this sets what tomo_source_file_read() sets, or %TOMO_ERROR_INVALID_DATA if the file
 * cannot be read as PO.
 *
 * Returns: (transfer full): the catalogue, perhaps with mistakes among @findings
 */
TomoPackCatalog *
tomo_pack_catalog_load (const char *file,
                        const char *posix_language,
                        TomoFindings *findings,
                        GError **error)
{
  g_return_val_if_fail (file != NULL, NULL);

  g_autoptr(GBytes) bytes = tomo_source_file_read (file, TOMO_PO_MAX_BYTES, error);

  if (bytes == NULL)
    return NULL;

  TomoPackCatalog *self = tomo_pack_catalog_new (bytes, file, posix_language, findings);

  if (self == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s cannot be read as a PO file",
                 file);
  else
    load_review (self, file, findings);

  return self;
}

/**
 * tomo_pack_catalog_free:
 * @self: (transfer full): a catalogue
 *
 * Frees @self.
 */
void
tomo_pack_catalog_free (TomoPackCatalog *self)
{
  g_hash_table_unref (self->messages);
  g_clear_pointer (&self->review, tomo_review_free);
  g_free (self);
}

/**
 * tomo_pack_catalog_is_reviewed:
 * @self: a catalogue
 *
 * Tells whether a second person has read all of it. Only what is written down beside the file
 * counts: who has read which sentences. What the header says changes with no sentence.
 *
 * Returns: %TRUE if so
 */
gboolean
tomo_pack_catalog_is_reviewed (const TomoPackCatalog *self)
{
  GHashTableIter iter;
  gpointer value = NULL;

  if (self->review == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, self->messages);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Message *message = value;

      if (message->digest != NULL && tomo_review_find (self->review, message->digest) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * tomo_pack_catalog_get_n_messages:
 * @self: a catalogue
 *
 * Returns: how many messages it has, in whatever state, without obsolete ones
 */
size_t
tomo_pack_catalog_get_n_messages (const TomoPackCatalog *self)
{
  return g_hash_table_size (self->messages);
}

static const Message *
find_message (const TomoPackCatalog *self, const char *context, const char *msgid)
{
  g_autofree char *key = dup_key (context, msgid);

  return g_hash_table_lookup (self->messages, key);
}

/**
 * tomo_pack_catalog_has:
 * @self: a catalogue
 * @context: (nullable): msgctxt
 * @msgid: of a text
 *
 * Returns: %TRUE if it has the message, translated or not
 */
gboolean
tomo_pack_catalog_has (const TomoPackCatalog *self, const char *context, const char *msgid)
{
  return find_message (self, context, msgid) != NULL;
}

/**
 * tomo_pack_catalog_get_state:
 * @self: a catalogue
 * @context: (nullable): msgctxt
 * @msgid: of a text
 *
 * Returns: how far the translation of that text is
 */
TomoTranslationState
tomo_pack_catalog_get_state (const TomoPackCatalog *self, const char *context, const char *msgid)
{
  const Message *message = find_message (self, context, msgid);

  return message != NULL ? message->state : TOMO_TRANSLATION_MISSING;
}

/**
 * tomo_pack_catalog_get_digest:
 * @self: a catalogue
 * @context: (nullable): msgctxt
 * @msgid: of a text
 *
 * Returns: (transfer none) (nullable): what stands for original and translation in a #TomoReview;
 *    %NULL if the translation is not ready
 */
const char *
tomo_pack_catalog_get_digest (const TomoPackCatalog *self, const char *context, const char *msgid)
{
  const Message *message = find_message (self, context, msgid);

  return message != NULL ? message->digest : NULL;
}

/**
 * tomo_pack_catalog_find_reading:
 * @self: a catalogue
 * @context: (nullable): msgctxt
 * @msgid: of a text
 *
 * Returns: (transfer none) (nullable): who has read the translation as it is now, if it is written
 *    down
 */
const TomoReading *
tomo_pack_catalog_find_reading (const TomoPackCatalog *self, const char *context, const char *msgid)
{
  const char *digest = tomo_pack_catalog_get_digest (self, context, msgid);

  return digest != NULL && self->review != NULL ? tomo_review_find (self->review, digest) : NULL;
}

/**
 * tomo_pack_catalog_get_line:
 * @self: a catalogue
 * @context: (nullable): msgctxt
 * @msgid: of a text
 *
 * Returns: the line of the message in its file, or 0 if it is not translated
 */
unsigned int
tomo_pack_catalog_get_line (const TomoPackCatalog *self, const char *context, const char *msgid)
{
  const Message *message = find_message (self, context, msgid);

  return message != NULL ? message->line : 0;
}

/**
 * tomo_pack_catalog_lookup:
 * @self: a catalogue
 * @context: (nullable): msgctxt
 * @msgid: of a text
 *
 * Returns: (transfer none) (nullable): the translation, if it is ready
 */
const TomoFragment *
tomo_pack_catalog_lookup (const TomoPackCatalog *self, const char *context, const char *msgid)
{
  const Message *message = find_message (self, context, msgid);

  return message != NULL ? message->fragment : NULL;
}
