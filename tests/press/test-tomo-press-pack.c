/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "cli/tomo-cli.h"
#include "tests/author/pack/tomo-pack-sample.h"
#include "tests/press/tomo-press-call.h"

typedef struct
{
  char *pack;   /* (owned): a copy of the pack ‘basics’ */
  char *folder; /* (owned): what it lies in; the commands run there */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->pack = tomo_pack_sample_dup_folder ();
  self->folder = g_path_get_dirname (self->pack);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_pack_sample_remove (self->pack);
  g_free (self->pack);
  g_free (self->folder);
}

static void
call_all (const Fixture *self, const TomoPressCall *calls, size_t n_calls)
{
  for (size_t i = 0; i < n_calls; i++)
    tomo_press_call (self->folder, &calls[i]);
}

/* A sound pack says so; a spoilt one is named line by line and ends with the code for content. */
static void
test_press_pack_check (Fixture *self, gconstpointer data)
{
  static const TomoPressCall sound[] = {
    { "pack check basics", TOMO_EXIT_OK,
      "basics: nothing to correct\nbasics: 7 texts are not translated yet (lo 7); that is no "
      "mistake: *",
      "" },
    { "pack check basics --json", TOMO_EXIT_OK, "*\"errors\": 0*\"untranslated\": *\"lo\": 7*",
      "" },
    { "pack check nowhere", TOMO_EXIT_FAILED, "", "*nowhere/pack.xml: *" },
    { "pack check", TOMO_EXIT_USAGE, "", "*an argument is missing*" },
  };
  static const TomoPressCall spoilt[] = {
    { "pack check basics", TOMO_EXIT_INVALID, "basics: 2 errors, 0 warnings\nbasics: 7 texts *",
      "basics/pack.xml:30: error: *risk=\"huge\"*\n"
      "basics/po/ja.po:48: error: the translation lacks <em>\n" },
    { "pack check basics --json", TOMO_EXIT_INVALID,
      "*\"file\": \"basics/pack.xml\"*\"line\": 30*\"errors\": 2*", "" },
    { "pack build basics -o out --partner jp", TOMO_EXIT_INVALID, "", "*has 2 mistakes*" },
    { "pack pot basics -o -", TOMO_EXIT_INVALID, "", "*correct them first*" },
    { "pack update-po basics", TOMO_EXIT_INVALID, "", "*correct them first*" },
  };

  call_all (self, sound, G_N_ELEMENTS (sound));
  tomo_pack_sample_edit (self->pack, "pack.xml", "risk=\"high\"", "risk=\"huge\"");
  tomo_pack_sample_edit (self->pack, "po/ja.po", "<em>四つの言葉</em>", "四つの言葉");
  call_all (self, spoilt, G_N_ELEMENTS (spoilt));

  tomo_pack_sample_write (self->pack, "pack.xml", "<pack");
  tomo_press_call (self->folder, &(TomoPressCall){ "pack check basics", TOMO_EXIT_INVALID, "*",
                                                   "basics/pack.xml:1: error: *" });
}

/* What a translator needs: a template, up-to-date files, and how far they are. */
static void
test_press_pack_translate (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "pack pot basics -o -", TOMO_EXIT_OK, "# SPDX-*msgid \"Make it long\"*", "" },
    { "pack pot basics", TOMO_EXIT_OK, "", "" },
    { "pack update-po basics", TOMO_EXIT_OK,
      "basics/po/ja.po: unchanged\nbasics/po/lo.po: unchanged\n", "" },
    { "pack stats basics", TOMO_EXIT_OK,
      "ja *21 of * 21 texts, * 57 of * 57 words, * 0 fuzzy, * 0 missing; * 4 of * 4 items "
      "complete\n"
      "lo *14 of * 21 texts, * 44 of * 57 words, * 1 fuzzy, * 6 missing; * 2 of * 4 items "
      "complete; "
      "draft\n",
      "" },
    { "pack stats basics --json", TOMO_EXIT_OK,
      "*\"language\": \"lo\"*\"translated\": 14*\"words\": 57*\"reviewed\": false*", "" },
    { "pack audio basics", TOMO_EXIT_OK,
      "en *0 of 4 recordings are there\n  long-one: has no <audio> yet\n*ja *", "" },
  };

  call_all (self, calls, G_N_ELEMENTS (calls));
  g_autofree char *template = tomo_pack_sample_read (self->pack, "po/basics.pot");
  g_assert_nonnull (strstr (template, "msgid \"Make it long\""));
}

/* Building writes target paths, once and again the same; the partner must be known. */
static void
test_press_pack_build (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "pack build basics -o out", TOMO_EXIT_USAGE, "", "*--partner is missing*" },
    { "pack build basics --partner jp", TOMO_EXIT_USAGE, "", "*-o OUT is missing*" },
    { "pack build basics -o out --partner J/P", TOMO_EXIT_INVALID, "", "*is not a partner*" },
    { "pack build basics -o out --partner jp", TOMO_EXIT_OK,
      "jp/media/*.png (* B)\njp/packs/basics/en.k1.gz (* B)\njp/packs/basics/ja.k1.gz (* B)\n"
      "jp/packs/basics/lo.k1.gz (* B)\n",
      "" },
    { "pack build basics -o out --partner jp --json", TOMO_EXIT_OK,
      "*\"pack\": \"basics\"*\"revision\": 3*\"path\": \"jp/packs/basics/lo.k1.gz\"*", "" },
    { "pack build basics -o pack.file/out --partner jp", TOMO_EXIT_FAILED, "", "*pack.file*" },
  };
  g_autofree char *path = g_build_filename (self->folder, "out/jp/packs/basics/ja.k1.gz", NULL);

  tomo_pack_sample_write (self->folder, "pack.file", "not a folder");
  call_all (self, calls, G_N_ELEMENTS (calls));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* The partner is known from where packs lie; a new pack can be built at once. */
static void
test_press_pack_new (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "pack new partners/th/packs/first-steps", TOMO_EXIT_OK, "*is ready to be changed*", "" },
    { "pack check partners/th/packs/first-steps", TOMO_EXIT_OK, "*: nothing to correct\n", "" },
    { "pack build partners/th/packs/first-steps -o out", TOMO_EXIT_OK,
      "th/packs/first-steps/en.k1.gz (* B)\n", "" },
    { "pack new partners/th/packs/first-steps", TOMO_EXIT_FAILED, "", "*is not empty*" },
    { "pack new First", TOMO_EXIT_FAILED, "", "*cannot be the id of a pack*" },
  };

  call_all (self, calls, G_N_ELEMENTS (calls));
}

/* A sheet is written, filled in and read again; what changes afterwards is unread. */
static void
test_press_pack_review (Fixture *self, gconstpointer data)
{
  static const TomoPressCall before[] = {
    { "pack review basics", TOMO_EXIT_USAGE, "", "*say what to do*" },
    { "pack review basics --language th -o sheet", TOMO_EXIT_FAILED, "", "*no translation ‘th’*" },
    { "pack review basics --language lo -o sheet", TOMO_EXIT_OK, "", "" },
    { "pack review basics --language lo --reader Noy --sheet sheet/lo.csv", TOMO_EXIT_OK,
      "basics/po/lo.po: 0 of 14 sentences have been read\n", "" },
    { "pack review basics --language lo --reader Noy", TOMO_EXIT_OK,
      "basics/po/lo.po: 14 of 14 sentences have been read\n", "" },
    { "pack stats basics", TOMO_EXIT_OK, "*lo *2 of * 4 items complete\n", "" },
  };
  static const TomoPressCall after[] = {
    { "pack stats basics", TOMO_EXIT_OK, "*lo *2 of * 4 items complete; draft\n", "" },
    { "pack review basics --language lo --reader Keo --sheet sheet/marked.csv", TOMO_EXIT_OK,
      "basics/po/lo.po: 13 of 14 sentences have been read\n", "sheet/marked.csv:2: *has changed*" },
    { "pack review basics --language lo -o sheet", TOMO_EXIT_OK, "", "" },
  };

  call_all (self, before, G_N_ELEMENTS (before));
  g_autofree char *review = tomo_pack_sample_read (self->pack, "po/lo.review");
  g_assert_nonnull (strstr (review, " Noy\n"));

  g_autofree char *sheet = tomo_pack_sample_read (self->folder, "sheet/lo.csv");
  g_autoptr(GString) marked = g_string_new (sheet);
  g_string_replace (marked, "\",\"\",\"", "\",\"x\",\"", 1);
  tomo_pack_sample_write (self->folder, "sheet/marked.csv", marked->str);
  tomo_pack_sample_edit (self->pack, "po/lo.po", "msgid \"Basics of the key\"\nmsgstr \"",
                         "msgid \"Basics of the key\"\nmsgstr \"ໃໝ່");
  call_all (self, after, G_N_ELEMENTS (after));

  g_autofree char *html = tomo_pack_sample_read (self->folder, "sheet/lo.html");
  g_assert_nonnull (strstr (html, "read by Noy on 20"));
  g_assert_nonnull (strstr (html, "not read yet"));
  g_assert_nonnull (strstr (html, "not translated yet"));
  g_assert_nonnull (strstr (html, "<img src=\"pictures/key.png\" alt=\"A key.\">"));
}

/* Previewing shows a built pack to the program that it finds, and leaves nothing behind. */
static void
test_press_pack_preview (Fixture *self, gconstpointer data)
{
  static const TomoPressCall calls[] = {
    { "pack preview basics --language ja", TOMO_EXIT_OK,
      "--preview /*/tomopress-* --language ja\n"
      "*/preview/packs/basics/en.k1.gz\n*/preview/packs/basics/ja.k1.gz\n*",
      "" },
    { "pack preview basics --language lo", TOMO_EXIT_FAILED, "*", "*tomoshibi: *" },
  };
  g_autofree char *program = g_build_filename (self->folder, "viewer", NULL);
  g_autofree char *temporary = g_build_filename (self->folder, "tmp", NULL);

  tomo_pack_sample_write (self->folder, "viewer",
                          "#!/bin/sh\n"
                          "echo \"$@\"\n"
                          "ls \"$2\"/preview/packs/basics/*\n"
                          "[ \"$4\" != lo ]\n");
  g_assert_cmpint (g_chmod (program, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (temporary, 0755), ==, 0);
  g_setenv ("TOMOSHIBI_PROGRAM", program, TRUE);
  g_setenv ("TMPDIR", temporary, TRUE);
  call_all (self, calls, G_N_ELEMENTS (calls));
  g_unsetenv ("TOMOSHIBI_PROGRAM");
  g_unsetenv ("TMPDIR");

  /* Removing a folder that is not empty would fail. */
  g_assert_cmpint (g_rmdir (temporary), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/press-pack/check", Fixture, NULL, set_up, test_press_pack_check, tear_down);
  g_test_add ("/press-pack/translate", Fixture, NULL, set_up, test_press_pack_translate, tear_down);
  g_test_add ("/press-pack/build", Fixture, NULL, set_up, test_press_pack_build, tear_down);
  g_test_add ("/press-pack/new", Fixture, NULL, set_up, test_press_pack_new, tear_down);
  g_test_add ("/press-pack/review", Fixture, NULL, set_up, test_press_pack_review, tear_down);
  g_test_add ("/press-pack/preview", Fixture, NULL, set_up, test_press_pack_preview, tear_down);
  return g_test_run ();
}
