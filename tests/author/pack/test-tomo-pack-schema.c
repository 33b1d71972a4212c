/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libxml/relaxng.h>
#include <string.h>

#include "author/pack/tomo-pack-folder.h"
#include "author/pack/tomo-pack-new.h"
#include "author/pack/tomo-vocabulary.h"
#include "author/pack/tomo-xml.h"
#include "tests/support/tomo-fixture.h"
#include "tomo-pack-sample.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNG, xmlRelaxNGFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt)

static char *
dup_source_path (const char *name)
{
  return g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), name, NULL);
}

static xmlRelaxNG *
load_schema (void)
{
  g_autofree char *path = dup_source_path ("content/pack.rng");
  g_autoptr(xmlRelaxNGParserCtxt) parser = xmlRelaxNGNewParserCtxt (path);
  xmlRelaxNG *schema = xmlRelaxNGParse (parser);

  g_assert_nonnull (schema);
  return schema;
}

static void
ignore_cb (void *user_data, const char *format, ...)
{
}

static gboolean
is_valid (xmlRelaxNG *schema, const char *path)
{
  g_autofree char *text = NULL;
  size_t size = 0;
  g_autoptr(GError) error = NULL;
  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);

  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  TomoXmlPlace place = { findings, path, 0 };
  g_autoptr(GBytes) bytes = g_bytes_new (text, size);
  g_autoptr(xmlDoc) document = tomo_xml_parse (bytes, &place);
  g_assert_nonnull (document);

  g_autoptr(xmlRelaxNGValidCtxt) valid = xmlRelaxNGNewValidCtxt (schema);
  xmlRelaxNGSetValidErrors (valid, ignore_cb, ignore_cb, NULL);
  return xmlRelaxNGValidateDoc (valid, document) == 0;
}

static GPtrArray *
list_sample_packs (void)
{
  GPtrArray *packs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *partners = dup_source_path ("content/partners");
  g_autoptr(GDir) partner_dir = g_dir_open (partners, 0, NULL);

  g_assert_nonnull (partner_dir);
  for (const char *partner = g_dir_read_name (partner_dir); partner != NULL;
       partner = g_dir_read_name (partner_dir))
    {
      g_autofree char *folder = g_build_filename (partners, partner, "packs", NULL);
      g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

      for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
           name = g_dir_read_name (dir))
        g_ptr_array_add (packs, g_build_filename (folder, name, NULL));
    }

  return packs;
}

/* Every sample pack fits the schema and passes our own check. */
static void
test_schema_samples (void)
{
  g_autoptr(xmlRelaxNG) schema = load_schema ();
  g_autoptr(GPtrArray) packs = list_sample_packs ();

  g_assert_cmpuint (packs->len, >=, 6);
  for (unsigned int i = 0; i < packs->len; i++)
    {
      const char *folder = g_ptr_array_index (packs, i);
      g_autofree char *path = g_build_filename (folder, "pack.xml", NULL);
      g_autoptr(TomoFindings) findings = tomo_findings_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, &error);

      g_test_message ("Pack %s", folder);
      g_assert_true (is_valid (schema, path));
      g_assert_no_error (error);
      tomo_pack_sample_assert_no_errors (findings);
    }
}

/* A new pack fits both, too, and a used folder is left alone. */
static void
test_schema_new_pack (void)
{
  g_autoptr(xmlRelaxNG) schema = load_schema ();
  g_autofree char *above = tomo_fixture_dup_folder ();
  g_autofree char *folder = g_build_filename (above, "my-first-pack", NULL);
  g_autofree char *bad_name = g_build_filename (above, "My pack", NULL);
  g_autofree char *path = g_build_filename (folder, "pack.xml", NULL);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (tomo_pack_new_folder (folder, &error));
  g_assert_no_error (error);
  g_assert_true (is_valid (schema, path));

  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tomo_findings_get_n (findings), ==, 0);

  g_assert_false (tomo_pack_new_folder (folder, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (tomo_pack_new_folder (bad_name, &error));
  g_assert_nonnull (error);
  tomo_fixture_remove_folder (above);
}

/* What the schema can see, it refuses as our check does. */
static void
test_schema_refuses (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } vectors[] = {
    { "<summary>", "<sumary>x</sumary><summary>" },
    { "topic=\"mfa\"", "topic=\"pasword\"" },
    { "<explanation>No.</explanation>", "" },
    { "A key.", "A <em>key</em>." },
    { "<em>four words</em>", "<b>four words</b>" },
    { "<em>four words</em>", "<em>four <strong>words</strong></em>" },
    { "<report kind=\"account\"/>", "<report kind=\"police\"/>" },
    { "id=\"long-one\"", "id=\"Long one\"" },
    { "https://example.org", "http://example.org" },
    { "media/key.svg", "../key.svg" },
    { "</steps>", "</steps><audio src=\"media/key.opus\"/>" },
    { "kind=\"multiple\"", "kind=\"order\"" },
    { " answer=\"false\"", "" },
    { "verified-on=\"2026-11-20\" topic", "verified-on=\"2026-02-30\" topic" },
  };
  g_autoptr(xmlRelaxNG) schema = load_schema ();

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *folder = tomo_pack_sample_dup_folder ();
      g_autofree char *path = g_build_filename (folder, "pack.xml", NULL);

      g_test_message ("Refused: %s", vectors[i].to);
      g_assert_true (is_valid (schema, path));
      tomo_pack_sample_edit (folder, "pack.xml", vectors[i].from, vectors[i].to);
      g_assert_false (is_valid (schema, path));
      tomo_pack_sample_remove (folder);
    }
}

/* The closed lists stand in the schema as they stand in the program. */
static void
test_schema_lists (void)
{
  static const TomoValueKind kinds[]
      = { TOMO_VALUE_TOPIC, TOMO_VALUE_AGE, TOMO_VALUE_RISK, TOMO_VALUE_REPORT };
  g_autofree char *folder = dup_source_path ("content");
  g_autofree char *text = tomo_pack_sample_read (folder, "pack.rng");

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (const char *const *v = tomo_vocabulary_values (kinds[i]); *v != NULL; v++)
      {
        g_autofree char *element = g_strdup_printf ("<value>%s</value>", *v);

        g_test_message ("%s", *v);
        g_assert_nonnull (strstr (text, element));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pack-schema/samples", test_schema_samples);
  g_test_add_func ("/pack-schema/new-pack", test_schema_new_pack);
  g_test_add_func ("/pack-schema/refuses", test_schema_refuses);
  g_test_add_func ("/pack-schema/lists", test_schema_lists);
  return g_test_run ();
}
