/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "author/export/tomo-export-private.h"
#include "author/export/tomo-export-question.h"
#include "author/export/tomo-export-sheet.h"
#include "author/export/tomo-words.h"

/* One page is one file that can be mailed: the style stands in it, the pictures too, and a policy
 * forbids everything else. Sizes are those of paper; colours are black on white, and nothing is
 * told by colour. */
static const char style[] =
    "html{font:12pt/1.5 system-ui,'Noto Sans',sans-serif;color:#000;background:#fff}"
    "body{max-width:45rem;margin-inline:auto;padding:1.5rem}"
    ":lang(ar),:lang(ur),:lang(my),:lang(km),:lang(th){line-height:1.9}"
    "h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.25rem;line-height:1.35}h3{font-size:1rem}"
    "img{display:block;max-width:100%;max-height:24rem;margin-block:1rem;border:1px solid #767676}"
    "ol,ul{padding-inline-start:2rem}li{margin-block:.5rem}"
    "ol.letters{list-style-type:upper-latin}"
    "ul.boxes{list-style:none;padding-inline-start:0}"
    "ul.boxes li::before{content:'';display:inline-block;inline-size:1.2em;block-size:1.2em;"
    "margin-inline-end:.6em;border:1.5px solid #000;vertical-align:-.25em}"
    ".blank{display:inline-block;min-inline-size:8rem;border-block-end:1.5px solid #000}"
    ".ui,.tomoshibi-ui{border:1px solid #000;border-radius:.2em;padding:0 .3em}"
    "code,.url{direction:ltr;unicode-bidi:isolate;overflow-wrap:anywhere}"
    "code{font-family:'Noto Sans Mono',monospace;border-block-end:1px dotted #000}"
    "a{color:#00338d}a:focus{outline:3px solid #000;outline-offset:2px}"
    ".mark{display:inline-block;border:2px solid #000;padding:0 .5em;font-weight:bold}"
    ".note{border-inline-start:4px solid #767676;padding-inline-start:1rem}"
    "footer{margin-block-start:2rem;border-block-start:1px solid #767676;font-size:.85rem}"
    "@media screen{.answers{margin-block-start:4rem;border-block-start:4px double #000}}"
    "@media print{@page{margin:18mm}body{padding:0;max-width:none}"
    ".question,.answer,.step{break-inside:avoid}h1,h2,h3{break-after:avoid}"
    ".answers{break-before:page}nav{display:none}a{color:#000;text-decoration:none}"
    "p a::after,.step a::after{content:' (' attr(href) ')';direction:ltr;unicode-bidi:isolate}}";

static void
append_escaped (GString *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html, escaped);
}

static void
append_head (const TomoExport *self, GString *html, const char *title)
{
  const char *tag = self->language->tag;

  g_string_append_printf (html,
                          "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n"
                          "<meta charset=\"utf-8\">\n"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                          "'none'; img-src data:; style-src 'unsafe-inline'\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, "
                          "initial-scale=1\">\n<title>",
                          tag, self->language->is_rtl ? "rtl" : "ltr");
  append_escaped (html, title);
  g_string_append_printf (html, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
}

/* What a reader must know of where this comes from. */
static void
append_marks (const TomoExport *self, GString *html)
{
  if (self->pack->is_sample)
    g_string_append_printf (html, "<p class=\"mark\">%s</p>\n",
                            tomo_words_get ("mark", NC_("mark", "Sample")));
  if (self->is_draft)
    g_string_append_printf (html, "<p class=\"mark\">%s</p>\n",
                            tomo_words_get ("mark", NC_("mark", "Draft translation")));
}

static void
append_foot (const TomoExport *self, GString *html)
{
  g_autofree char *title = tomo_export_dup_plain (self, self->pack->title);

  g_string_append (html, "<footer>\n<p>");
  append_escaped (html, title);
  g_string_append_printf (html, " · %s <time dir=\"ltr\" datetime=\"%s\">%s</time> · ",
                          /* Translators: stands before a date, on the page about a card */
                          tomo_words_get (NULL, N_("Last reviewed on")), self->pack->verified_on,
                          self->pack->verified_on);
  append_escaped (html, self->pack->license);
  g_string_append (html, "</p>\n</footer>\n</body>\n</html>\n");
}

static void
append_sources (const TomoExport *self, GString *html, const TomoSourceItem *item)
{
  if (item->sources[0] == NULL)
    return;

  g_string_append_printf (html, "<section class=\"sources\">\n<h2>%s</h2>\n<ul>\n",
                          /* Translators: heading on a printed page, above links */
                          tomo_words_get (NULL, N_("Sources")));
  for (size_t i = 0; item->sources[i] != NULL; i++)
    {
      const TomoSourceReference *source =
          tomo_source_pack_find_reference (self->pack, item->sources[i]);
      g_autofree char *title = tomo_export_dup_html (self, source->title);
      g_autofree char *href = g_markup_escape_text (source->href, -1);

      g_string_append_printf (html,
                              "<li><a href=\"%s\">%s</a> <span class=\"url\">%s</span></li>\n",
                              href, title, href);
    }
  g_string_append (html, "</ul>\n</section>\n");
}

static void
append_note (const TomoExport *self, GString *html, const TomoSourceItem *item)
{
  g_autofree char *note = tomo_export_dup_html (self, item->teacher_note);

  if (note[0] != '\0')
    g_string_append_printf (
        html, "<aside class=\"note\">\n<p><strong>%s</strong> %s</p>\n</aside>\n",
        /* Translators: on a printed page, before a note that visitors never see */
        tomo_words_get (NULL, N_("For teachers:")), note);
}

static GBytes *
new_tip_page (const TomoExport *self, const TomoSourceItem *item)
{
  GString *html = g_string_new (NULL);
  g_autofree char *title = tomo_export_dup_plain (self, item->title);
  g_autofree char *heading = tomo_export_dup_html (self, item->title);
  g_autofree char *summary = tomo_export_dup_html (self, item->summary);

  append_head (self, html, title);
  g_string_append_printf (html, "<main>\n<h1>%s</h1>\n", heading);
  append_marks (self, html);
  g_string_append_printf (html, "<p>%s</p>\n", summary);
  if (item->picture != NULL)
    {
      g_autofree char *image = tomo_export_dup_image (self, item, NULL);
      g_string_append_printf (html, "%s\n", image);
    }
  g_string_append (html, "<ol class=\"steps\">\n");
  for (unsigned int i = 0; i < item->steps->len; i++)
    {
      g_autofree char *step = tomo_export_dup_html (self, g_ptr_array_index (item->steps, i));
      g_string_append_printf (html, "<li class=\"step\">%s</li>\n", step);
    }
  g_string_append (html, "</ol>\n");
  append_sources (self, html, item);
  append_note (self, html, item);
  g_string_append (html, "</main>\n");
  append_foot (self, html);

  return g_string_free_to_bytes (html);
}

/* All questions, then, on paper of their own, all answers. */
static GBytes *
new_quiz_page (const TomoExport *self)
{
  GString *html = g_string_new (NULL);
  g_autofree char *title = tomo_export_dup_plain (self, self->pack->title);
  unsigned int number = 0;

  append_head (self, html, title);
  g_string_append (html, "<main>\n<h1>");
  append_escaped (html, title);
  g_string_append (html, "</h1>\n");
  append_marks (self, html);
  for (unsigned int i = 0; i < self->items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (self->items, i);

      if (item->kind != TOMO_ITEM_TIP)
        tomo_export_sheet_append_question (self, html, item, ++number);
    }

  g_string_append_printf (html,
                          "<section class=\"answers\" aria-labelledby=\"answers\">\n"
                          "<h2 id=\"answers\">%s</h2>\n",
                          /* Translators: heading of a printed page with the right answers */
                          tomo_words_get ("heading", NC_("heading", "Answers")));
  number = 0;
  for (unsigned int i = 0; i < self->items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (self->items, i);

      if (item->kind == TOMO_ITEM_TIP)
        continue;
      tomo_export_sheet_append_answer (self, html, item, ++number);
      append_note (self, html, item);
    }
  g_string_append (html, "</section>\n</main>\n");
  append_foot (self, html);

  return g_string_free_to_bytes (html);
}

static void
add_file (GPtrArray *files, const char *name, GBytes *bytes)
{
  TomoExportFile *file = g_new0 (TomoExportFile, 1);

  file->name = g_strdup (name);
  file->bytes = bytes;
  g_ptr_array_add (files, file);
}

static void
append_index_link (GString *html, const char *name, const char *title)
{
  g_string_append_printf (html, "<li><a href=\"%s\">%s</a></li>\n", name, title);
}

/**
 * tomo_export_html:
 * @self: an export
 * @files: (element-type TomoExportFile): what is added to
 *
 * Writes a page for each tip, one for all questions with their answers behind, and a list of them.
 */
void
tomo_export_html (const TomoExport *self, GPtrArray *files)
{
  GString *index = g_string_new (NULL);
  g_autofree char *title = tomo_export_dup_plain (self, self->pack->title);
  unsigned int n_questions = 0;

  append_head (self, index, title);
  g_string_append (index, "<main>\n<h1>");
  append_escaped (index, title);
  g_string_append (index, "</h1>\n");
  append_marks (self, index);
  g_string_append (index, "<ul>\n");
  for (unsigned int i = 0; i < self->items->len; i++)
    {
      const TomoSourceItem *item = g_ptr_array_index (self->items, i);
      g_autofree char *name = g_strdup_printf ("tip-%s.html", item->id);
      g_autofree char *heading = tomo_export_dup_html (self, item->title);

      n_questions += item->kind != TOMO_ITEM_TIP ? 1 : 0;
      if (item->kind != TOMO_ITEM_TIP)
        continue;
      add_file (files, name, new_tip_page (self, item));
      append_index_link (index, name, heading);
    }
  if (n_questions > 0)
    {
      add_file (files, "quiz.html", new_quiz_page (self));
      /* Translators: heading on a printed page, and a link to it */
      append_index_link (index, "quiz.html", tomo_words_get ("heading", NC_("heading", "Quiz")));
    }
  g_string_append (index, "</ul>\n</main>\n");
  append_foot (self, index);
  add_file (files, "index.html", g_string_free_to_bytes (index));
}
