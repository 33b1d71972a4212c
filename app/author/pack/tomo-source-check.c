/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-source-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/pack/tomo-letters.h"
#include "author/pack/tomo-question-check.h"
#include "author/pack/tomo-text-rules.h"
#include "author/pack/tomo-vocabulary.h"
#include "core/content/tomo-language.h"
#include "core/content/tomo-pack.h"

#define MAX_STEPS 12
#define MAX_SOURCES 12
/* Longer ones make QR codes that no phone reads; the compiled form has the same limit. */
#define MAX_ADDRESS_BYTES 2048

/* Who is checked, who has been seen and used, and where mistakes go. */
typedef struct
{
  const TomoSourcePack *pack;
  TomoFindings *findings;
  GHashTable *used; /* (owned) (element-type utf8): ‘term x’, ‘source x’, ‘picture x’ */
} Check;

#define add_error(check, line, ...)                                                                \
  tomo_findings_add ((check)->findings, TOMO_FINDING_ERROR, (check)->pack->file, (line),           \
                     __VA_ARGS__)
#define add_warning(check, line, ...)                                                              \
  tomo_findings_add ((check)->findings, TOMO_FINDING_WARNING, (check)->pack->file, (line),         \
                     __VA_ARGS__)

/* Remembers @id in @seen, or tells that it is there already. */
static void
check_unique (Check *check, GHashTable *seen, const char *id, unsigned int line)
{
  if (id[0] == '\0')
    return; /* A missing id was told already. */

  gpointer first_line = g_hash_table_lookup (seen, id);

  if (first_line != NULL)
    /* Translators: %s is an id, %u a line of the same file */
    add_error (check, line, _("the id “%s” is used already in line %u; choose another"), id,
               GPOINTER_TO_UINT (first_line));
  else
    g_hash_table_insert (seen, (gpointer) id, GUINT_TO_POINTER (MAX (line, 1)));
}

static void
note_use (Check *check, const char *what, const char *id)
{
  g_hash_table_add (check->used, g_strdup_printf ("%s %s", what, id));
}

static gboolean
is_used (Check *check, const char *what, const char *id)
{
  g_autofree char *key = g_strdup_printf ("%s %s", what, id);

  return g_hash_table_contains (check->used, key);
}

static void
report_undefined (Check *check,
                  unsigned int line,
                  const char *element,
                  const char *id,
                  GPtrArray *known)
{
  g_ptr_array_add (known, NULL);
  const char *meant = tomo_vocabulary_suggest (id, (const char *const *) known->pdata);

  if (meant != NULL)
    add_error (check, line,
               /* Translators: an XML element, and two ids: the author’s and a known one */
               _("there is no <%s id=\"%s\">; did you mean “%s”?"), element, id, meant);
  else
    /* Translators: an XML element and an id */
    add_error (check, line, _("there is no <%s id=\"%s\"> in this pack; add one"), element, id);
}

static void
check_term (Check *check, unsigned int line, const char *id)
{
  g_autoptr(GPtrArray) known = g_ptr_array_new ();

  note_use (check, "term", id);
  for (unsigned int i = 0; i < check->pack->terms->len; i++)
    g_ptr_array_add (known, ((TomoSourceTerm *) g_ptr_array_index (check->pack->terms, i))->id);
  if (tomo_source_pack_find_term (check->pack, id) == NULL)
    report_undefined (check, line, "term", id, known);
}

static void
check_reference (Check *check, unsigned int line, const char *id)
{
  g_autoptr(GPtrArray) known = g_ptr_array_new ();
  GPtrArray *references = check->pack->references;

  note_use (check, "source", id);
  for (unsigned int i = 0; i < references->len; i++)
    g_ptr_array_add (known, ((TomoSourceReference *) g_ptr_array_index (references, i))->id);
  if (tomo_source_pack_find_reference (check->pack, id) == NULL)
    report_undefined (check, line, "source", id, known);
}

static void
check_picture_use (Check *check, unsigned int line, const char *id)
{
  g_autoptr(GPtrArray) known = g_ptr_array_new ();
  GPtrArray *pictures = check->pack->pictures;

  note_use (check, "picture", id);
  for (unsigned int i = 0; i < pictures->len; i++)
    g_ptr_array_add (known, ((TomoSourcePicture *) g_ptr_array_index (pictures, i))->id);
  if (tomo_source_pack_find_picture (check->pack, id) == NULL)
    report_undefined (check, line, "picture", id, known);
}

static void
check_length (Check *check, const TomoSourceText *text)
{
  g_autofree char *plain = tomo_fragment_to_plain (text->fragment);
  unsigned int n_letters = text->max_length > 0 ? tomo_letters_count (plain) : 0;

  if (n_letters > text->max_length)
    add_error (check, text->line,
               /* Translators: both %u count letters; max-length is literal */
               _("this text is longer than its own max-length (letters: %u, at most: %u); shorten "
                  "it, or allow more"),
               n_letters, text->max_length);

  if (strlen (text->msgid) > TOMO_PACK_MAX_STRING_BYTES / 4)
    add_error (check, text->line,
               /* Translators: both %u are numbers of bytes (letters take one to four) */
               _("this text has %u bytes; %u is the limit, so that its "
                  "translations fit as well"),
               (unsigned int) strlen (text->msgid), TOMO_PACK_MAX_STRING_BYTES / 4);
}

static void
check_text (Check *check, const TomoSourceText *text)
{
  TomoXmlPlace place = { check->findings, check->pack->file, text->line };

  tomo_text_rules_check (text->fragment, &place);
  for (size_t i = 0; i < tomo_fragment_get_n_parts (text->fragment); i++)
    {
      const TomoFragmentPart *part = tomo_fragment_get_part (text->fragment, i);

      if (part->style == TOMO_TEXT_TERM && part->argument[0] != '\0')
        check_term (check, text->line, part->argument);
      else if (part->style == TOMO_TEXT_LINK && part->argument[0] != '\0')
        check_reference (check, text->line, part->argument);
    }

  check_length (check, text);
}

static void
check_items (Check *check)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *items = check->pack->items;

  if (items->len == 0)
    add_error (check, check->pack->line, "%s",
               /* Translators: <tip> and <question> are literal XML */
               _("the pack has neither a <tip> nor a <question>; add one"));
  else if (items->len > TOMO_PACK_MAX_ITEMS)
    /* Translators: both numbers count tips and questions */
    add_error (check, check->pack->line, _("the pack has %u items; %u is the limit"), items->len,
               TOMO_PACK_MAX_ITEMS);

  for (unsigned int i = 0; i < items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (items, i);

      check_unique (check, seen, item->id, item->line);
      if (item->kind != TOMO_ITEM_TIP)
        {
          TomoXmlPlace place = { check->findings, check->pack->file, item->line };
          tomo_question_check (item, &place);
        }
      if (item->steps->len > MAX_STEPS)
        add_error (check, item->line,
                   /* Translators: both %u count the steps of a tip */
                   _("this tip has %u steps; nobody reads more than %u: make "
                      "it two tips"),
                   item->steps->len, MAX_STEPS);
      if (g_strv_length (item->sources) > MAX_SOURCES)
        /* Translators: both %u count the sources named for one tip or question */
        add_error (check, item->line, _("%u sources are named here; %u is the limit"),
                   g_strv_length (item->sources), MAX_SOURCES);
      if (item->picture != NULL)
        check_picture_use (check, item->line, item->picture);
      for (size_t j = 0; item->sources[j] != NULL; j++)
        check_reference (check, item->line, item->sources[j]);
    }
}

/* An address that a phone can open and a visitor can be sent to; signs beyond ASCII are to be
 * written as %XX or in Punycode, as the compiled form has it. */
static gboolean
is_web_address (const char *href)
{
  g_autoptr(GUri) uri = g_uri_parse (href, G_URI_FLAGS_NONE, NULL);

  for (const char *p = href; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;

  return strlen (href) <= MAX_ADDRESS_BYTES && g_str_has_prefix (href, "https://") && uri != NULL &&
         g_uri_get_userinfo (uri) == NULL && g_uri_get_host (uri) != NULL &&
         g_ascii_isalnum (g_uri_get_host (uri)[0]);
}

static void
check_references (Check *check)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < check->pack->references->len; i++)
    {
      const TomoSourceReference *reference = g_ptr_array_index (check->pack->references, i);

      check_unique (check, seen, reference->id, reference->line);
      if (reference->href[0] != '\0' && !is_web_address (reference->href))
        add_error (check, reference->line,
                   /* Translators: %s is what the author wrote as a web address */
                   _("href=\"%s\" is not an address that visitors can be "
                      "sent to; write a whole one that begins with "
                      "https://"),
                   reference->href);
      if (!is_used (check, "source", reference->id))
        /* Translators: %s is an id; <source> is literal XML */
        add_warning (check, reference->line, _("<source id=\"%s\"> is never used"), reference->id);
    }
}

static void
check_terms (Check *check)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < check->pack->terms->len; i++)
    {
      const TomoSourceTerm *term = g_ptr_array_index (check->pack->terms, i);

      check_unique (check, seen, term->id, term->line);
      if (!is_used (check, "term", term->id))
        /* Translators: %s is an id; <term> is literal XML */
        add_warning (check, term->line, _("<term id=\"%s\"> is never used"), term->id);
    }
}

static void
check_pictures (Check *check)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned int i = 0; i < check->pack->pictures->len; i++)
    {
      const TomoSourcePicture *picture = g_ptr_array_index (check->pack->pictures, i);

      check_unique (check, seen, picture->id, picture->line);
      if (!is_used (check, "picture", picture->id))
        /* Translators: %s is an id; <picture> is literal XML */
        add_warning (check, picture->line, _("<picture id=\"%s\"> is never used"), picture->id);
    }
}

static void
check_header (Check *check)
{
  const TomoSourcePack *pack = check->pack;
  g_autofree char *whole = g_canonicalize_filename (pack->folder, NULL);
  g_autofree char *folder = g_path_get_basename (whole);

  if (pack->id[0] != '\0' && !g_str_equal (pack->id, folder))
    add_error (check, pack->line,
               /* Translators: an id, and the name of a folder */
               _("the pack has the id “%s”, but its folder is named “%s”; they "
                  "must be the same"),
               pack->id, folder);
  if (pack->revision == 0)
    add_error (check, pack->line, "%s",
               /* Translators: revision="1" is literal XML */
               _("“revision” must be a whole number; begin with revision=\"1\""));
  if (strspn (pack->license,
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-() ") !=
      strlen (pack->license))
    add_error (check, pack->line,
               /* Translators: %s is what the author wrote; SPDX and CC-BY-4.0 are literal */
               _("license=\"%s\" is not an SPDX expression; write one such as CC-BY-4.0"),
               pack->license);
  if (pack->language[0] != '\0' && tomo_language_find (pack->language) == NULL)
    add_error (check, pack->line,
               /* Translators: %s is what the author wrote as a language; the rest is literal */
               _("xml:lang=\"%s\" is not a known language; write its tag, such as en or zh-Hans"),
               pack->language);

  for (size_t i = 0; pack->fallback[i] != NULL; i++)
    if (tomo_language_find (pack->fallback[i]) == NULL)
      add_error (check, pack->line,
                 /* Translators: %s is what the author wrote as a language */
                 _("“%s” in “fallback” is not a known language; write tags such "
                    "as en or zh-Hans, with spaces between"),
                 pack->fallback[i]);
}

/**
 * tomo_source_check:
 * @pack: a pack
 * @findings: where mistakes are told
 *
 * Tells what is wrong with the meaning of a pack.xml: ids, references, right answers, addresses,
 * numbers. Its form was checked when it was read. No file but pack.xml is looked at.
 */
void
tomo_source_check (const TomoSourcePack *pack, TomoFindings *findings)
{
  g_return_if_fail (pack != NULL);
  g_return_if_fail (findings != NULL);

  g_autoptr(GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Check check = { pack, findings, used };

  check_header (&check);
  for (unsigned int i = 0; i < pack->texts->len; i++)
    check_text (&check, g_ptr_array_index (pack->texts, i));
  check_items (&check);
  check_terms (&check);
  check_references (&check);
  check_pictures (&check);
}
