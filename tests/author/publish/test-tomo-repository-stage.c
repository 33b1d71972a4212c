/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-review.h"
#include "author/publish/tomo-role-file.h"
#include "core/content/tomo-campaign.h"
#include "core/tomo-error.h"
#include "core/tomo-json.h"
#include "tests/author/publish/tomo-rehearsal.h"

typedef struct
{
  char *folder;               /* (owned) */
  TomoRepository *repository; /* (owned) */
  GPtrArray *keys;            /* (owned) (element-type TomoPrivateKey) */
  char *pack;                 /* (owned): the pack ‘basics’ */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_rehearsal_dup_folder ();
  self->repository = tomo_rehearsal_new_demo (self->folder);
  self->keys = tomo_rehearsal_make_keys (3);
  self->pack = tomo_rehearsal_write_pack (self->folder, "basics", "Basics");
  tomo_rehearsal_add_partner (self->repository, "jp", self->keys);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  tomo_repository_free (self->repository);
  g_ptr_array_unref (self->keys);
  tomo_rehearsal_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->pack);
}

static gboolean
stage (Fixture *self,
       const char *partner,
       const char *const *folders,
       const char *const *removed,
       TomoStageFlags flags,
       GPtrArray **out_staged,
       GError **error)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();

  return tomo_repository_stage (self->repository, partner, folders, removed, flags, findings,
                                out_staged, NULL, error);
}

static json_t *
load_targets (Fixture *self, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tomo_rehearsal_read (self->folder, name);
  g_autoptr(json_t) tree = tomo_json_parse (bytes, 1000000, name, &error);
  g_assert_no_error (error);

  return json_incref (json_object_get (json_object_get (tree, "signed"), "targets"));
}

static char *
read_pack_xml (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->pack, "pack.xml", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
assert_drafted (Fixture *self, const char *role, unsigned int n_signed)
{
  g_autoptr(GError) error = NULL;
  unsigned int n = 0;
  unsigned int threshold = 0;

  g_assert_true (tomo_repository_count_draft (self->repository, role, &n, &threshold, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, n_signed);
}

static void
assert_not_drafted (Fixture *self, const char *role)
{
  g_autoptr(GError) error = NULL;
  unsigned int n = 0;
  unsigned int threshold = 0;

  g_assert_false (tomo_repository_count_draft (self->repository, role, &n, &threshold, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
}

static void
publish (Fixture *self)
{
  tomo_rehearsal_sign (self->repository, "jp", self->keys, 2);
  tomo_rehearsal_publish (self->repository);
}

/* A first publication takes the revision as written and leaves the source alone; targets carry
 * length and hash of files that lie in staging under their hash. */
static void
test_repository_stage_first (Fixture *self, gconstpointer data)
{
  g_autofree char *before = read_pack_xml (self);
  tomo_rehearsal_stage (self->repository, "jp", self->pack);
  g_autofree char *after = read_pack_xml (self);
  g_assert_cmpstr (before, ==, after);
  assert_drafted (self, "jp", 0);

  g_autoptr(json_t) targets = load_targets (self, "staging/metadata/jp.json");
  json_t *target = json_object_get (targets, "jp/packs/basics/en.k1.gz");
  g_assert_cmpuint (json_object_size (targets), ==, 1);
  const char *sha256 =
      json_string_value (json_object_get (json_object_get (target, "hashes"), "sha256"));
  g_autofree char *name = g_strdup_printf ("staging/targets/jp/packs/basics/%s.en.k1.gz", sha256);
  g_autoptr(GBytes) bytes = tomo_rehearsal_read (self->folder, name);
  g_autofree char *actual = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_assert_cmpstr (actual, ==, sha256);
  g_assert_cmpint (json_integer_value (json_object_get (target, "length")), ==,
                   (json_int_t) g_bytes_get_size (bytes));
}

/* A second pack comes beside the first; staging the same again keeps the signatures. */
static void
test_repository_stage_keeps (Fixture *self, gconstpointer data)
{
  g_autofree char *other = tomo_rehearsal_write_pack (self->folder, "more", "More");

  tomo_rehearsal_stage (self->repository, "jp", self->pack);
  tomo_rehearsal_sign (self->repository, "jp", self->keys, 1);
  tomo_rehearsal_stage (self->repository, "jp", self->pack);
  assert_drafted (self, "jp", 1);

  tomo_rehearsal_stage (self->repository, "jp", other);
  assert_drafted (self, "jp", 0);
  g_autoptr(json_t) targets = load_targets (self, "staging/metadata/jp.json");
  g_assert_nonnull (json_object_get (targets, "jp/packs/basics/en.k1.gz"));
  g_assert_nonnull (json_object_get (targets, "jp/packs/more/en.k1.gz"));
}

/* Content that differs from the published raises the revision by one, once, and nothing else in
 * pack.xml; content that does not is not drafted again. */
static void
test_repository_stage_revision (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  const char *folders[] = { self->pack, NULL };
  static const struct
  {
    const char *title;
    gboolean is_changed, is_raised;
    unsigned int revision;
  } vectors[] = {
    { "Basics", FALSE, FALSE, 1 },
    { "Basics, again", TRUE, TRUE, 2 },
    { "Basics, again", TRUE, FALSE, 2 },
    { "Basics, a third time", TRUE, FALSE, 2 },
  };

  tomo_rehearsal_stage (self->repository, "jp", self->pack);
  publish (self);
  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_build_filename (self->pack, "pack.xml", NULL);
      g_autofree char *xml = read_pack_xml (self);
      g_auto(GStrv) parts = g_strsplit (strstr (xml, "<title>"), "</title>", 2);
      g_autofree char *changed =
          g_strdup_printf ("%.*s<title>%s</title>%s", (int) (strstr (xml, "<title>") - xml), xml,
                           vectors[i].title, parts[1]);
      g_assert_true (g_file_set_contents (path, changed, -1, NULL));

      g_autoptr(GPtrArray) staged = NULL;
      g_test_message ("%s", vectors[i].title);
      g_assert_true (stage (self, "jp", folders, NULL, TOMO_STAGE_DEFAULT, &staged, &error));
      g_assert_no_error (error);
      const TomoStagedPack *pack = g_ptr_array_index (staged, 0);
      g_assert_cmpstr (pack->id, ==, "basics");
      g_assert_cmpint (pack->is_changed, ==, vectors[i].is_changed);
      g_assert_cmpint (pack->is_raised, ==, vectors[i].is_raised);
      g_assert_cmpuint (pack->revision, ==, vectors[i].revision);
      g_assert_cmpuint (pack->published_revision, ==, 1);
      if (!vectors[i].is_changed)
        assert_not_drafted (self, "jp");
      else
        assert_drafted (self, "jp", 0);
    }
}

/* A pack that is taken away leaves, with what only it used, and the others stay. */
static void
test_repository_stage_remove (Fixture *self, gconstpointer data)
{
  static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\">"
                            "<rect width=\"64\" height=\"64\" fill=\"#1d6f6a\"/></svg>";
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) staged = NULL;
  g_autofree char *other = tomo_rehearsal_write_pack (self->folder, "more", "More");
  g_autofree char *media = g_build_filename (self->pack, "media", NULL);
  g_autofree char *picture = g_build_filename (media, "dot.svg", NULL);
  g_autofree char *path = g_build_filename (self->pack, "pack.xml", NULL);
  g_autofree char *xml = read_pack_xml (self);
  g_auto(GStrv) halves = g_strsplit (xml, "<tip id=\"long-passphrase\"", 2);
  g_autofree char *with_picture =
      g_strconcat (halves[0],
                   "<pictures><picture id=\"dot\" src=\"media/dot.svg\"><alt>A dot.</alt>"
                   "</picture></pictures>\n  <tip id=\"long-passphrase\" picture=\"dot\"",
                   halves[1], NULL);
  const char *removed[] = { "basics", NULL };

  g_assert_cmpint (g_mkdir_with_parents (media, 0755), ==, 0);
  g_assert_true (g_file_set_contents (picture, svg, -1, NULL));
  g_assert_true (g_file_set_contents (path, with_picture, -1, NULL));
  tomo_rehearsal_stage (self->repository, "jp", self->pack);
  tomo_rehearsal_stage (self->repository, "jp", other);
  g_autoptr(json_t) with = load_targets (self, "staging/metadata/jp.json");
  g_assert_cmpuint (json_object_size (with), ==, 3);

  g_assert_true (stage (self, "jp", NULL, removed, TOMO_STAGE_DEFAULT, &staged, &error));
  g_assert_no_error (error);
  g_autoptr(json_t) without = load_targets (self, "staging/metadata/jp.json");
  g_assert_cmpuint (json_object_size (without), ==, 1);
  g_assert_nonnull (json_object_get (without, "jp/packs/more/en.k1.gz"));

  g_autoptr(GPtrArray) again = NULL;
  g_assert_false (stage (self, "jp", NULL, removed, TOMO_STAGE_DEFAULT, &again, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_NOT_FOUND);
}

static void
write_unreviewed (Fixture *self)
{
  g_autofree char *linguas = g_build_filename (self->pack, "po", "LINGUAS", NULL);
  g_autofree char *po = g_build_filename (self->pack, "po", "ja.po", NULL);

  g_assert_true (g_file_set_contents (linguas, "ja\n", -1, NULL));
  g_assert_true (g_file_set_contents (po,
                                      "msgid \"\"\n"
                                      "msgstr \"\"\n"
                                      "\"Language: ja\\n\"\n"
                                      "\"X-Reviewed: no\\n\"\n"
                                      "\"MIME-Version: 1.0\\n\"\n"
                                      "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                                      "\"Content-Transfer-Encoding: 8bit\\n\"\n"
                                      "\n"
                                      "msgid \"Basics\"\n"
                                      "msgstr \"基本\"\n"
                                      "\n"
                                      "msgid \"Make it long\"\n"
                                      "msgstr \"長くしましょう\"\n"
                                      "\n"
                                      "msgid \"Length protects better than odd signs do.\"\n"
                                      "msgstr \"記号より長さが守ってくれます。\"\n"
                                      "\n"
                                      "msgid \"Take four words that do not belong together.\"\n"
                                      "msgstr \"関係のない言葉を四つ選びます。\"\n",
                                      -1, NULL));
}

/* Translations that nobody has reviewed need a word from the publisher. */
static void
test_repository_stage_draft_language (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) staged = NULL;
  const char *folders[] = { self->pack, NULL };

  write_unreviewed (self);
  g_assert_false (stage (self, "jp", folders, NULL, TOMO_STAGE_DEFAULT, &staged, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "ja"));
  g_clear_error (&error);
  assert_not_drafted (self, "jp");

  g_assert_true (stage (self, "jp", folders, NULL, TOMO_STAGE_ALLOW_DRAFT, &staged, &error));
  g_assert_no_error (error);
}

static const char *const translated[][2] = {
  { "Basics", "基本" },
  { "Make it long", "長くしましょう" },
  { "Length protects better than odd signs do.", "記号より長さが守ってくれます。" },
  { "Take four words that do not belong together.", "関係のない言葉を四つ選びます。" },
};

/* Notes in po/ja.review that the translations of write_unreviewed() from @first on were read. */
static void
note_read (Fixture *self, TomoReview *review, size_t first, size_t n)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *po = g_build_filename (self->pack, "po", "ja.po", NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (size_t i = first; i < first + n; i++)
    {
      g_autofree char *digest = tomo_review_dup_digest (NULL, translated[i][0], translated[i][1]);

      g_strv_builder_add (builder, digest);
    }
  g_auto(GStrv) digests = g_strv_builder_end (builder);

  g_assert_true (
      tomo_review_add (review, "2026-11-20", "Hana", (const char *const *) digests, &error));
  g_assert_no_error (error);
  g_assert_true (tomo_review_save (review, po, &error));
  g_assert_no_error (error);
}

static void
edit_translation (Fixture *self, const char *from, const char *to)
{
  g_autofree char *path = g_build_filename (self->pack, "po", "ja.po", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, from));
  g_autoptr(GString) edited = g_string_new (text);
  g_string_replace (edited, from, to, 1);
  g_assert_true (g_file_set_contents (path, edited->str, -1, NULL));
}

static void
assert_stages (Fixture *self, TomoStageFlags flags, gboolean is_taken)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) staged = NULL;
  const char *folders[] = { self->pack, NULL };

  g_assert_cmpint (stage (self, "jp", folders, NULL, flags, &staged, &error), ==, is_taken);
  if (is_taken)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "nobody has reviewed: ja;"));
    }
}

/* A language is taken when po/ja.review says that each of its sentences was read as it is now: not
 * before, not after one has changed, and whatever the header says. */
static void
test_repository_stage_review (Fixture *self, gconstpointer data)
{
  g_autoptr(TomoReview) review = tomo_review_new ();

  write_unreviewed (self);
  edit_translation (self, "X-Reviewed: no", "X-Reviewed: yes");
  assert_stages (self, TOMO_STAGE_DEFAULT, FALSE);
  note_read (self, review, 0, G_N_ELEMENTS (translated) - 1);
  assert_stages (self, TOMO_STAGE_DEFAULT, FALSE);
  note_read (self, review, G_N_ELEMENTS (translated) - 1, 1);
  assert_stages (self, TOMO_STAGE_DEFAULT, TRUE);

  edit_translation (self, "四つ選びます", "四つ選びましょう");
  assert_stages (self, TOMO_STAGE_DEFAULT, FALSE);
  assert_stages (self, TOMO_STAGE_ALLOW_DRAFT, TRUE);

  edit_translation (self, "四つ選びましょう", "四つ選びます");
  assert_stages (self, TOMO_STAGE_DEFAULT, TRUE);
}

/* Samples stay out of a repository that is not a demonstration. */
static void
test_repository_stage_sample (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "real", NULL);
  g_autofree char *conf = g_build_filename (self->folder, "campaign.conf", NULL);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GPtrArray) staged = NULL;
  g_autoptr(TomoSigners) signers = tomo_rehearsal_signers (self->keys, 2);
  TomoSigners *const hub[TOMO_N_HUB_ROLES] = { signers, signers, signers, signers, signers };
  const char *folders[] = { self->pack, NULL };
  g_autoptr(TomoRepository) real =
      tomo_repository_create (path, conf, hub, TOMO_REHEARSAL_NOW, &error);
  g_assert_no_error (error);

  g_assert_true (tomo_repository_add_partner (real, "jp", signers, &error));
  g_assert_false (tomo_repository_stage (real, "jp", folders, NULL, TOMO_STAGE_DEFAULT, findings,
                                         &staged, NULL, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "--demo"));
}

/* An unknown partner, a broken pack, and a pack named twice leave no draft. */
static void
test_repository_stage_refuses (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->pack, "pack.xml", NULL);
  const char *once[] = { self->pack, NULL };
  const char *twice[] = { self->pack, self->pack, NULL };
  const char *nowhere[] = { "/nowhere", NULL };
  const struct
  {
    const char *partner;
    const char *const *folders;
    int code;
  } vectors[] = {
    { "th", once, TOMO_ERROR_NOT_FOUND },
    { "jp", twice, TOMO_ERROR_FAILED },
    { "jp", nowhere, TOMO_ERROR_NOT_FOUND },
    { "jp", once, TOMO_ERROR_INVALID_DATA }, /* broken below */
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) staged = NULL;
      if (i == 3)
        g_assert_true (g_file_set_contents (path, "<pack", -1, NULL));
      g_test_message ("Vector %zu", i);
      g_assert_false (stage (self, vectors[i].partner, vectors[i].folders, NULL, TOMO_STAGE_DEFAULT,
                             &staged, &error));
      g_assert_error (error, TOMO_ERROR, vectors[i].code);
      assert_not_drafted (self, "jp");
    }
}

/* A new campaign file is drafted under the campaign's role, and signed in a demonstration. */
static void
test_repository_stage_campaign (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "campaign.conf", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_autofree char *more = g_strconcat (text, "[partner id]\nname=I\nterritory=ID\n", NULL);

  g_assert_false (tomo_repository_has_partner_entry (self->repository, "id"));
  g_assert_true (g_file_set_contents (path, more, -1, NULL));
  g_assert_true (tomo_repository_stage_campaign (self->repository, path, &error));
  g_assert_no_error (error);
  assert_drafted (self, "campaign", 2);
  g_assert_true (tomo_repository_has_partner_entry (self->repository, "id"));

  g_assert_true (g_file_set_contents (path, "[campaign]\n", -1, NULL));
  g_assert_false (tomo_repository_stage_campaign (self->repository, path, &error));
  g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/repository/stage/first", test_repository_stage_first);
  ADD ("/repository/stage/keeps", test_repository_stage_keeps);
  ADD ("/repository/stage/revision", test_repository_stage_revision);
  ADD ("/repository/stage/remove", test_repository_stage_remove);
  ADD ("/repository/stage/draft-language", test_repository_stage_draft_language);
  ADD ("/repository/stage/review", test_repository_stage_review);
  ADD ("/repository/stage/sample", test_repository_stage_sample);
  ADD ("/repository/stage/refuses", test_repository_stage_refuses);
  ADD ("/repository/stage/campaign", test_repository_stage_campaign);
  return g_test_run ();
}
