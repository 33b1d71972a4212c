/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "author/pack/tomo-pack-template.h"
#include "author/pack/tomo-pack-update.h"
#include "core/tomo-error.h"
#include "tomo-pack-sample.h"

static TomoSourcePack *
load (const char *folder)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  TomoSourcePack *pack = tomo_source_pack_load (folder, findings, &error);

  g_assert_no_error (error);
  tomo_pack_sample_assert_no_errors (findings);
  return pack;
}

static char *
dup_template (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSourcePack) pack = load (folder);
  g_autoptr(GBytes) bytes = tomo_pack_template_new (pack, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_msgcat_form (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = tomo_pack_sample_read (folder, name);
  g_autofree char *form = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "msgcat", path, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (child, NULL, NULL, &form, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (child));
  g_assert_cmpstr (form, ==, text);
}

/* The template is what msgcat would write, and the same each time. */
static void
test_template_form (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *text = dup_template (folder);
  g_autofree char *again = dup_template (folder);

  g_assert_cmpstr (text, ==, again);
  tomo_pack_sample_write (folder, "basics.pot", text);
  assert_msgcat_form (folder, "basics.pot");
  tomo_pack_sample_remove (folder);
}

/* What a translator sees: places and notes in comments, normal white space, no ids in contexts,
 * one entry for the same words, the day of the facts. */
static void
test_template_content (void)
{
  static const char *const parts[] = {
    "\"POT-Creation-Date: 2026-11-20 00:00+0000\\n\"",
    "\"Content-Type: text/plain; charset=UTF-8\\n\"",
    "#. tip long-one › title\n#. Short, please\n#: pack.xml:22\nmsgid \"Make it long\"\n",
    "#. tip long-one › step 1\n#: pack.xml:25\n"
    "msgid \"Take <em>four words</em> &amp; more.\"\n",
    "msgid \"Read <link ref=\\\"long-words\\\">why</link>.\"\n",
    "#. question both › choice a (right answer)\n#: pack.xml:42\nmsgctxt \"noun\"\n"
    "msgid \"Length\"\n",
    "#. question hardest › choice a (wrong answer) › feedback to who chose it\n"
    "#. question both › choice b (right answer) › feedback to who chose it\n"
    "#: pack.xml:32 pack.xml:43\nmsgid \"Too short.\"\n",
  };
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *text = dup_template (folder);

  for (size_t i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (text, parts[i]) == NULL)
      g_error ("‘%s’ is not in:\n%s", parts[i], text);
  tomo_pack_sample_remove (folder);
}

/* A limit is a comment of its own, behind the author's note; where the same words have two, both.
 */
static void
test_template_max_length (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();

  tomo_pack_sample_edit (folder, "pack.xml", "<title comment", "<title max-length=\"40\" comment");
  tomo_pack_sample_edit (folder, "pack.xml", "<feedback>Too", "<feedback max-length=\"30\">Too");
  tomo_pack_sample_edit (folder, "pack.xml", "<feedback>Too", "<feedback max-length=\"20\">Too");
  g_autofree char *text = dup_template (folder);

  g_assert_nonnull (strstr (text, "#. tip long-one › title\n#. Short, please\n"
                                  "#. at most 40 letters\n#: pack.xml:22\n"));
  g_assert_nonnull (strstr (text, "#. at most 30 letters\n"));
  g_assert_nonnull (strstr (text, "#. at most 20 letters\n"));
  tomo_pack_sample_remove (folder);
}

static GPtrArray *
update (const char *folder)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSourcePack) pack = load (folder);
  GPtrArray *updated = tomo_pack_update_po (pack, findings, NULL, &error);

  g_assert_no_error (error);
  tomo_pack_sample_assert_no_errors (findings);
  return updated;
}

/* Where nothing changed, nothing is written: not the text, not even the file. */
static void
test_update_no_churn (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *before = tomo_pack_sample_read (folder, "po/lo.po");
  g_autoptr(GPtrArray) updated = update (folder);

  g_assert_cmpuint (updated->len, ==, 2);
  for (unsigned int i = 0; i < updated->len; i++)
    g_assert_false (((TomoUpdatedPo *) g_ptr_array_index (updated, i))->has_changed);

  g_autofree char *after = tomo_pack_sample_read (folder, "po/lo.po");
  g_assert_cmpstr (after, ==, before);
  tomo_pack_sample_remove (folder);
}

/* A changed id costs no translation; a changed text becomes fuzzy and keeps what it was. */
static void
test_update_changed_text (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  tomo_pack_sample_edit (folder, "pack.xml", "id=\"hardest\"", "id=\"toughest\"");
  tomo_pack_sample_edit (folder, "pack.xml", "Several words used as one password.",
                         "Several words used as a password.");
  g_autoptr(GPtrArray) updated = update (folder);
  g_autofree char *text = tomo_pack_sample_read (folder, "po/ja.po");

  g_assert_cmpuint (updated->len, ==, 2);
  g_assert_nonnull (strstr (text, "#. question toughest › prompt\nmsgid \"Which is <em>"));
  g_assert_nonnull (strstr (text, "#, fuzzy\n#| msgid \"Several words used as one password.\"\n"
                                  "msgid \"Several words used as a password.\"\n"));
  g_assert_null (strstr (text, "#:"));
  assert_msgcat_form (folder, "po/ja.po");
  tomo_pack_sample_remove (folder);
}

/* A missing file is made with a complete header, in msgcat's form, and is stable from then on. */
static void
test_update_new_language (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  tomo_pack_sample_write (folder, "po/LINGUAS", "ja lo zh_TW\n");
  g_autoptr(GPtrArray) updated = update (folder);
  g_autoptr(GPtrArray) again = update (folder);
  g_autofree char *text = tomo_pack_sample_read (folder, "po/zh_TW.po");

  g_assert_true (((TomoUpdatedPo *) g_ptr_array_index (updated, 2))->is_new);
  g_assert_false (((TomoUpdatedPo *) g_ptr_array_index (again, 2))->has_changed);
  g_assert_nonnull (strstr (text, "\"Language: zh_TW\\n\""));
  g_assert_nonnull (strstr (text, "charset=UTF-8"));
  g_assert_null (strstr (text, "Plural-Forms"));
  assert_msgcat_form (folder, "po/zh_TW.po");
  tomo_pack_sample_remove (folder);
}

/* A PO file in another character set is left alone and named. */
static void
test_update_wrong_charset (void)
{
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  tomo_pack_sample_edit (folder, "po/ja.po", "charset=UTF-8", "charset=EUC-JP");
  g_autofree char *before = tomo_pack_sample_read (folder, "po/ja.po");
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoSourcePack) pack = load (folder);
  g_autoptr(GPtrArray) updated = tomo_pack_update_po (pack, findings, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (updated->len, ==, 1);
  tomo_pack_sample_assert_finding (findings, TOMO_FINDING_ERROR, folder, "po/ja.po", 0,
                                   "msgconv --to-code=UTF-8");
  g_autofree char *after = tomo_pack_sample_read (folder, "po/ja.po");
  g_assert_cmpstr (after, ==, before);
  tomo_pack_sample_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pack-template/form", test_template_form);
  g_test_add_func ("/pack-template/content", test_template_content);
  g_test_add_func ("/pack-template/max-length", test_template_max_length);
  g_test_add_func ("/pack-update/no-churn", test_update_no_churn);
  g_test_add_func ("/pack-update/changed-text", test_update_changed_text);
  g_test_add_func ("/pack-update/new-language", test_update_new_language);
  g_test_add_func ("/pack-update/wrong-charset", test_update_wrong_charset);
  return g_test_run ();
}
