/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-review-sheet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "author/pack/tomo-text-place.h"

/* Excel takes a table for UTF-8 only with this before it. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char style_sheet[] =
    "body{font:16px/1.5 sans-serif;margin:2em auto;max-width:70em;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #767676;padding:.4em .6em;vertical-align:top;text-align:start}"
    "td.place{width:14em;color:#4a4a4a}td.mark{width:8em}img{max-width:14em;height:auto}"
    "u{text-decoration-style:dotted}.unread{font-weight:bold}"
    "@media print{tr{break-inside:avoid}thead{display:table-header-group}}";

/* How inline elements look in a browser. */
static const char *const html_elements[] = {
  [TOMO_TEXT_PLAIN] = NULL,  [TOMO_TEXT_EM] = "em",    [TOMO_TEXT_STRONG] = "strong",
  [TOMO_TEXT_CODE] = "code", [TOMO_TEXT_UI] = "b",     [TOMO_TEXT_TERM] = "u",
  [TOMO_TEXT_LINK] = "u",    [TOMO_TEXT_REPORT] = "i",
};
G_STATIC_ASSERT (G_N_ELEMENTS (html_elements) == TOMO_N_TEXT_STYLES);

static void
append_fragment (GString *html, const TomoFragment *fragment)
{
  for (size_t i = 0; i < tomo_fragment_get_n_parts (fragment); i++)
    {
      const TomoFragmentPart *part = tomo_fragment_get_part (fragment, i);
      const char *element = html_elements[part->style];
      gboolean is_report = part->style == TOMO_TEXT_REPORT;
      g_autofree char *text
          /* Translators: stands for the place in a sentence where a kiosk puts whom to tell, such
           * as “your bank”; it is shown in brackets */
          = g_markup_escape_text (is_report ? _("[whom to tell]") : part->text, -1);

      if (element != NULL)
        g_string_append_printf (html, "<%s>%s</%s>", element, text, element);
      else
        g_string_append (html, text);
    }
}

static char *
dup_state (const TomoPackCatalog *catalog, const TomoSourceText *text)
{
  const TomoReading *reading = tomo_pack_catalog_find_reading (catalog, text->context, text->msgid);

  if (reading != NULL)
    /* Translators: says who has read a translation; the second %s is a date such as 2026-11-28 */
    return g_strdup_printf (_("read by %s on %s"), reading->reader, reading->date);
  if (tomo_pack_catalog_lookup (catalog, text->context, text->msgid) != NULL)
    /* Translators: about a translation that is to be read */
    return g_strdup (_("not read yet"));

  /* Translators: about a text in a table of translations */
  return g_strdup (_("not translated yet"));
}

static void
append_row (GString *html,
            const TomoSourcePack *pack,
            const TomoPackCatalog *catalog,
            const TomoLanguage *language,
            const TomoSourceText *text)
{
  const TomoFragment *translation = tomo_pack_catalog_lookup (catalog, text->context, text->msgid);
  gboolean is_read = tomo_pack_catalog_find_reading (catalog, text->context, text->msgid) != NULL;
  g_autofree char *place = g_markup_escape_text (text->place, -1);
  g_autofree char *comment = g_markup_escape_text (text->comment != NULL ? text->comment : "", -1);
  g_autofree char *state = dup_state (catalog, text);
  g_autofree char *escaped_state = g_markup_escape_text (state, -1);

  g_string_append_printf (html,
                          "<tr><td class=\"place\">%s<br><small>%s</small></td>"
                          "<td lang=\"%s\">",
                          place, comment, pack->language);
  append_fragment (html, text->fragment);
  g_string_append_printf (html, "</td><td lang=\"%s\" dir=\"%s\">", language->tag,
                          language->is_rtl ? "rtl" : "ltr");
  if (translation != NULL)
    append_fragment (html, translation);
  g_string_append_printf (html, "</td><td class=\"mark%s\">%s</td></tr>\n",
                          is_read ? "" : " unread", escaped_state);
}

static void
append_picture (GString *html,
                const TomoSourcePack *pack,
                const TomoSourceItem *item,
                GHashTable *pictures)
{
  const char *file =
      item != NULL && item->picture != NULL ? g_hash_table_lookup (pictures, item->picture) : NULL;
  const TomoSourcePicture *picture =
      file != NULL ? tomo_source_pack_find_picture (pack, item->picture) : NULL;

  if (picture == NULL || picture->alt == NULL)
    return;

  g_autofree char *plain = tomo_fragment_to_plain (picture->alt->fragment);
  g_autofree char *alt = g_markup_escape_text (plain, -1);
  g_string_append_printf (html, "<p><img src=\"%s\" alt=\"%s\"></p>\n", file, alt);
}

static void
begin_table (GString *html,
             const TomoSourcePack *pack,
             const TomoLanguage *language,
             const TomoSourceItem *item,
             GHashTable *pictures)
{
  const TomoSourceText *title = item == NULL          ? pack->title
                                : item->title != NULL ? item->title
                                                      : item->prompt;
  const TomoLanguage *source_language = tomo_language_find (pack->language);

  g_string_append_printf (html, "<h2 lang=\"%s\">", pack->language);
  if (title != NULL)
    append_fragment (html, title->fragment);
  g_string_append (html, "</h2>\n");
  append_picture (html, pack, item, pictures);
  g_string_append_printf (
      html,
      "<table><thead><tr><th scope=\"col\">%s</th><th scope=\"col\" lang=\"%s\">%s</th>"
      "<th scope=\"col\" lang=\"%s\">%s</th><th scope=\"col\">%s</th></tr></thead><tbody>\n",
      /* Translators: head of a column that says where a text stands */
      _("Where"), pack->language,
      source_language != NULL ? source_language->autonym : pack->language, language->tag,
      language->autonym,
      /* Translators: head of a column that says whether somebody has read a translation */
      _("State"));
}

/**
 * tomo_review_sheet_to_html:
 * @pack: a pack
 * @catalog: a translation of it
 * @language: of @catalog
 * @pictures: (element-type utf8 utf8): addresses of its pictures, by id
 *
 * Writes a page to read and to print: each card with its picture, its texts and their translations
 * side by side, and who has read them.
 *
 * Returns: (transfer full): HTML
 */
char *
tomo_review_sheet_to_html (const TomoSourcePack *pack,
                           const TomoPackCatalog *catalog,
                           const TomoLanguage *language,
                           GHashTable *pictures)
{
  g_return_val_if_fail (pack != NULL, NULL);
  g_return_val_if_fail (catalog != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  /* Translators: title of a page with two languages; the %s are the id of a pack and a language */
  g_autofree char *title = g_strdup_printf (_("Review: %s, %s"), pack->id, language->autonym);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  GString *html = g_string_new (NULL);
  const TomoSourceItem *last = NULL;

  g_string_append_printf (html,
                          "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
                          "<meta name=\"viewport\" content=\"width=device-width\">"
                          "<title>%s</title><style>%s</style></head><body>\n<h1>%s</h1>\n",
                          escaped_title, style_sheet, escaped_title);
  begin_table (html, pack, language, NULL, pictures);
  for (unsigned int i = 0; i < pack->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (pack->texts, i);
      const TomoSourceItem *item = tomo_text_place_find_owner (pack, text);

      if (item != last)
        {
          g_string_append (html, "</tbody></table>\n");
          begin_table (html, pack, language, item, pictures);
          last = item;
        }
      append_row (html, pack, catalog, language, text);
    }
  g_string_append (html, "</tbody></table>\n</body></html>\n");

  return g_string_free (html, FALSE);
}

/* RFC 4180. What begins like a formula would be one in a spreadsheet. */
static void
append_cell (GString *csv, const char *text, gboolean is_last)
{
  g_string_append_c (csv, '"');
  if (text[0] != '\0' && strchr ("=+-@\t", text[0]) != NULL)
    g_string_append_c (csv, '\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append (csv, is_last ? "\"\r\n" : "\",");
}

static void
append_cells (GString *csv, const char *const cells[6])
{
  for (size_t i = 0; i < 6; i++)
    append_cell (csv, cells[i], i == 5);
}

/**
 * tomo_review_sheet_to_csv:
 * @pack: a pack
 * @catalog: a translation of it
 *
 * Writes a table to fill in: whoever has read a row puts a mark beside its number.
 *
 * Returns: (transfer full): CSV for spreadsheets
 */
char *
tomo_review_sheet_to_csv (const TomoSourcePack *pack, const TomoPackCatalog *catalog)
{
  g_return_val_if_fail (pack != NULL, NULL);
  g_return_val_if_fail (catalog != NULL, NULL);

  GString *csv = g_string_new (BYTE_ORDER_MARK);
  const char *const head[6] = {
    /* Translators: head of a column with numbers that a program reads again */
    _("Number"),
    /* Translators: head of a column into which a reader puts a mark for what is right */
    _("Right? x"),
    /* Translators: head of a column that says where a text stands */
    _("Where"),
    /* Translators: head of a column with texts as they were written */
    _("Original"),
    /* Translators: head of a column with translated texts */
    _("Translation"),
    /* Translators: head of a column for what a reader would change */
    _("Better"),
  };

  append_cells (csv, head);
  for (unsigned int i = 0; i < pack->texts->len; i++)
    {
      const TomoSourceText *text = g_ptr_array_index (pack->texts, i);
      const TomoFragment *translation =
          tomo_pack_catalog_lookup (catalog, text->context, text->msgid);
      gboolean is_read =
          tomo_pack_catalog_find_reading (catalog, text->context, text->msgid) != NULL;

      if (translation == NULL)
        continue;

      g_autofree char *markup = tomo_fragment_to_markup (translation);
      const char *const cells[6] = { tomo_pack_catalog_get_digest (catalog, text->context,
                                                                   text->msgid),
                                     is_read ? "x" : "",
                                     text->place,
                                     text->msgid,
                                     markup,
                                     "" };
      append_cells (csv, cells);
    }

  return g_string_free (csv, FALSE);
}
