/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "author/pack/tomo-pack-preview.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"
#include "tests/support/tomo-fixture.h"
#include "tomo-pack-sample.h"

typedef struct
{
  char *pack;               /* (owned) */
  char *output;             /* (owned) */
  TomoPackPreview *preview; /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->pack = tomo_pack_sample_dup_folder ();
  self->output = tomo_fixture_dup_folder ();
  self->preview = tomo_pack_preview_new (self->pack, "jp", self->output);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_pack_preview_free (self->preview);
  tomo_pack_sample_remove (self->pack);
  tomo_fixture_remove_folder (self->output);
  g_free (self->pack);
  g_free (self->output);
}

static void
update (Fixture *self)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (tomo_pack_preview_update (self->preview, findings, NULL, &error));
  g_assert_no_error (error);
}

static void
set_language (Fixture *self, const char *language)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tomo_pack_preview_set_language (self->preview, language, &error));
  g_assert_no_error (error);
}

static TomoPack *
open_built (Fixture *self, const char *language)
{
  g_autofree char *name = g_strconcat (language, ".k1.gz", NULL);
  g_autofree char *path = g_build_filename (self->output, "jp", "packs", "basics", name, NULL);
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  g_autoptr(GBytes) bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  TomoPack *pack = tomo_pack_new (bytes, &error);
  g_assert_no_error (error);
  return pack;
}

static char *
dup_title (Fixture *self, const char *language, const char *id)
{
  g_autoptr(TomoPack) pack = open_built (self, language);
  TomoItem *item = tomo_pack_find_item (pack, id);

  g_assert_nonnull (item);
  return g_strdup (tomo_item_get_title (item));
}

/* What is not translated yet, or wrongly, is shown in the source language, never left out. */
static void
test_preview_gaps (Fixture *self, gconstpointer data)
{
  tomo_pack_sample_edit (self->pack, "po/ja.po", "msgstr \"長くする\"", "msgstr \"\"");
  tomo_pack_sample_edit (self->pack, "po/ja.po", "msgstr \"鍵の基本\"", "msgstr \"<em>鍵</em>\"");
  set_language (self, "ja");
  update (self);

  g_autofree char *title = dup_title (self, "ja", "long-one");
  g_assert_cmpstr (title, ==, "Make it long");
  g_autoptr(TomoPack) pack = open_built (self, "ja");
  g_assert_cmpstr (tomo_pack_get_title (pack), ==, "Basics of the key");
}

/* A language that is made by a rule needs no file, and covers every text. */
static void
test_preview_pseudo (Fixture *self, gconstpointer data)
{
  set_language (self, "en-XA");
  update (self);

  g_autofree char *title = dup_title (self, "en-xa", "long-one");
  g_assert_cmpstr (title, ==, "[Ṁåķé îţ ļöñĝ öñé]");
}

/* The words lead to their card, and to the answer after which they are seen. */
static void
test_preview_find (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *needle;
    const char *item;   /* NULL if there is none */
    const char *answer; /* joined; NULL if the question is open */
  } vectors[] = {
    { "make it LONG", "long-one", NULL },
    { "長くする", "long-one", NULL },
    { "four words & more", "long-one", NULL },
    { "used as one password", "long-one", NULL },
    { "Why long passwords", "long-one", NULL },
    { "A key.", "long-one", NULL },
    { "river lamp", "hardest", NULL },
    { "Too short", "hardest", "a" },
    { "at once", "hardest", "b" },
    { "No.", "always-short", "false" },
    { "always", "always-short", NULL },
    { "Save", "both", "a b" },
    { "nowhere to be found", NULL, NULL },
  };

  set_language (self, "ja");
  update (self);
  tomo_pack_sample_edit (self->pack, "pack.xml", "Short passwords are good.",
                         "Short passwords are always good.");
  update (self);

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_test_message ("%s", vectors[i].needle);
      g_autoptr(TomoPreviewCard) card = tomo_pack_preview_find (self->preview, vectors[i].needle);

      if (vectors[i].item == NULL)
        {
          g_assert_null (card);
          continue;
        }
      g_autofree char *answer = card->answer != NULL ? g_strjoinv (" ", card->answer) : NULL;
      g_assert_cmpstr (card->language, ==, "ja");
      g_assert_cmpstr (card->item, ==, vectors[i].item);
      g_assert_cmpstr (answer, ==, vectors[i].answer);
    }
}

/* Only what was edited is written again, and its card is the one to show. */
static void
test_preview_change (Fixture *self, gconstpointer data)
{
  set_language (self, "ja");
  update (self);
  g_assert_true (tomo_pack_preview_has_changed (self->preview));
  g_assert_null (tomo_pack_preview_find_change (self->preview));

  update (self);
  g_assert_false (tomo_pack_preview_has_changed (self->preview));

  tomo_pack_sample_edit (self->pack, "po/ja.po", "いちばん", "もっとも");
  update (self);
  g_autoptr(TomoPreviewCard) card = tomo_pack_preview_find_change (self->preview);
  g_assert_true (tomo_pack_preview_has_changed (self->preview));
  g_assert_cmpstr (card->item, ==, "hardest");
  g_assert_null (card->answer);
}

/* A mistake in pack.xml leaves what was built, and what is corrected comes. */
static void
test_preview_mistake (Fixture *self, gconstpointer data)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;

  update (self);
  tomo_pack_sample_edit (self->pack, "pack.xml", "<title>Basics", "<titel>Basics");
  g_assert_false (tomo_pack_preview_update (self->preview, findings, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_autofree char *title = dup_title (self, "en", "long-one");
  g_assert_cmpstr (title, ==, "Make it long");

  tomo_pack_sample_edit (self->pack, "pack.xml", "<titel>Basics", "<title>Basics");
  update (self);
}

/* A PO file may lie anywhere: its name or its header says the language. */
static void
test_preview_po (Fixture *self, gconstpointer data)
{
  g_autofree char *po = tomo_pack_sample_read (self->pack, "po/ja.po");
  g_autofree char *elsewhere = g_build_filename (self->output, "download (3).po", NULL);
  g_autoptr(GError) error = NULL;

  tomo_pack_sample_write (self->output, "download (3).po", po);
  g_assert_true (tomo_pack_preview_set_po (self->preview, elsewhere, &error));
  g_assert_cmpstr (tomo_pack_preview_get_language (self->preview)->tag, ==, "ja");
  update (self);
  g_autofree char *title = dup_title (self, "ja", "long-one");
  g_assert_cmpstr (title, ==, "長くする");

  g_assert_false (tomo_pack_preview_set_language (self->preview, "th", &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  tomo_pack_sample_write (self->output, "download (3).po", "msgid \"\"\nmsgstr \"\"\n");
  g_assert_false (tomo_pack_preview_set_po (self->preview, elsewhere, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "gaps", test_preview_gaps },       { "pseudo", test_preview_pseudo },
    { "find", test_preview_find },       { "change", test_preview_change },
    { "mistake", test_preview_mistake }, { "po", test_preview_po },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/pack-preview/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
  return g_test_run ();
}
