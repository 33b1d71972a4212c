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

/* Every sample pack fits the schema, and in none of its six languages is anything to correct. */
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
      for (size_t j = 0; j < tomo_findings_get_n (findings); j++)
        g_test_message ("Line %u: %s", tomo_findings_get (findings, j)->line,
                        tomo_findings_get (findings, j)->message);
      g_assert_cmpuint (tomo_findings_get_n (findings), ==, 0);
      g_assert_cmpuint (loaded->translations->len, >=, 5);
      for (unsigned int j = 0; j < loaded->translations->len; j++)
        g_assert_nonnull (
            ((TomoPackTranslation *) g_ptr_array_index (loaded->translations, j))->catalog);
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

static gboolean
passes_check (const char *folder)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, NULL);

  return tomo_findings_count_errors (findings) == 0;
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
    { "</explanation>", "</explanation><audio src=\"media/k.{lang}.opus\"/>" },
    { "kind=\"multiple\"", "kind=\"order\"" },
    { " answer=\"false\"", "" },
    { "verified-on=\"2026-11-20\" topic", "verified-on=\"2026-02-30\" topic" },
    { "<summary>", "<summary max-length=\"0\">" },
    { "<summary>", "<summary max-length=\"10000\">" },
    { "<summary>", "<summary max-length=\"forty\">" },
    { "<steps>", "<steps max-length=\"40\">" },
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
      g_assert_false (passes_check (folder));
      tomo_pack_sample_remove (folder);
    }
}

static void
collect_names (xmlNode *node, const char *kind, GHashTable *names)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type != XML_ELEMENT_NODE)
        continue;

      g_autofree char *name = tomo_xml_dup_attribute (child, "name");
      if (g_str_equal (tomo_xml_get_name (child), kind) && name != NULL)
        g_hash_table_add (names, g_steal_pointer (&name));
      collect_names (child, kind, names);
    }
}

/* Elements or attributes that the schema defines, wherever. */
static GHashTable *
list_names (const char *kind)
{
  g_autofree char *path = dup_source_path ("content/pack.rng");
  g_autofree char *text = NULL;
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  TomoXmlPlace place = { findings, path, 0 };
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(xmlDoc) document = tomo_xml_parse (bytes, &place);
  collect_names (xmlDocGetRootElement (document), kind, names);
  return names;
}

static void
add_attributes (GHashTable *attributes, const TomoElementRule *rule)
{
  for (const TomoAttributeRule *a = rule->attributes; a->name != NULL; a++)
    g_hash_table_add (attributes, g_strdup (g_str_equal (a->name, "lang") ? "xml:lang" : a->name));
}

/* The vocabulary as the program has it, from <pack> down. */
static void
add_element (GHashTable *elements, GHashTable *attributes, const char *name)
{
  const TomoElementRule *rule = tomo_vocabulary_find (name);

  g_assert_nonnull (rule);
  if (!g_hash_table_add (elements, g_strdup (name)))
    return;
  add_attributes (attributes, rule);
  for (const TomoChildRule *child = rule->children; child->name != NULL; child++)
    add_element (elements, attributes, child->name);
}

static void
assert_same_names (GHashTable *ours, GHashTable *theirs)
{
  GHashTableIter iter;
  gpointer name = NULL;

  g_hash_table_iter_init (&iter, ours);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_test_message ("The program knows %s", (const char *) name);
      g_assert_true (g_hash_table_contains (theirs, name));
    }
  g_hash_table_iter_init (&iter, theirs);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_test_message ("The schema knows %s", (const char *) name);
      g_assert_true (g_hash_table_contains (ours, name));
    }
}

/* The schema has each element and attribute that the program knows, and no others. */
static void
test_schema_vocabulary (void)
{
  g_autoptr(GHashTable) elements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) schema_elements = list_names ("element");
  g_autoptr(GHashTable) schema_attributes = list_names ("attribute");

  add_element (elements, attributes, "pack");
  for (const char *const *name = tomo_vocabulary_inline_names (); *name != NULL; name++)
    {
      g_hash_table_add (elements, g_strdup (*name));
      add_attributes (attributes, tomo_vocabulary_find_inline (*name));
    }
  assert_same_names (elements, schema_elements);
  assert_same_names (attributes, schema_attributes);
}

/* What neither the schema nor the check minds: every kind and every part that there is. */
static void
test_schema_every_part (void)
{
  static const char every_part[] =
      "<question id=\"o\" kind=\"order\"><prompt>A</prompt>"
      "<choice id=\"a\"><text>x</text></choice><choice id=\"b\"><text>y</text></choice>"
      "<choice id=\"c\"><text>z</text><feedback>f</feedback></choice>"
      "<explanation>e</explanation><teacher-note>n</teacher-note></question>"
      "<question id=\"m\" kind=\"match\" risk=\"low\"><prompt>A</prompt>"
      "<pair id=\"a\"><text>x</text><match>1</match></pair>"
      "<pair id=\"b\"><text>y</text><match>2</match><feedback>f</feedback></pair>"
      "<explanation>e</explanation></question>"
      "<question id=\"n\" kind=\"number\" answer=\"12\" tolerance=\"2\" age=\"teen\">"
      "<prompt max-length=\"9999\" comment=\"c\" "
      "context=\"x\">A</prompt><explanation>e</explanation></question>"
      "<question id=\"h\" kind=\"hotspot\" picture=\"key\" sources=\"long-words\"><prompt>A"
      "</prompt><region id=\"a\" correct=\"yes\" x=\"0\" y=\"0\" width=\"500\" height=\"500\">"
      "<text>x</text></region><region id=\"b\" x=\"500\" y=\"0\" width=\"500\" height=\"500\">"
      "<text>y</text></region><explanation>Tell <report kind=\"money\"/>, <em>a</em>, "
      "<strong>b</strong>, <code>c</code>, <ui>d</ui>, <term ref=\"passphrase\">e</term>, "
      "<link ref=\"long-words\">f</link>.</explanation><audio "
      "src=\"media/h.{part}.{lang}.opus\"/></question></pack>";
  g_autoptr(xmlRelaxNG) schema = load_schema ();
  g_autofree char *folder = tomo_pack_sample_dup_folder ();
  g_autofree char *path = g_build_filename (folder, "pack.xml", NULL);
  g_autoptr(TomoFindings) findings = tomo_findings_new ();
  g_autoptr(GError) error = NULL;

  tomo_pack_sample_edit (folder, "pack.xml", "sample=\"yes\"", "sample=\"yes\" sensitive=\"yes\"");
  tomo_pack_sample_edit (folder, "pack.xml", "</steps>",
                         "</steps><audio src=\"media/long.{lang}.opus\"/>"
                         "<teacher-note>Ask.</teacher-note>");
  tomo_pack_sample_edit (folder, "pack.xml", "</pack>", every_part);
  g_assert_true (is_valid (schema, path));

  g_autoptr(TomoPackFolder) loaded = tomo_pack_folder_load (folder, findings, &error);
  g_assert_no_error (error);
  tomo_pack_sample_assert_no_errors (findings);
  tomo_pack_sample_remove (folder);
}

/* The closed lists stand in the schema as they stand in the program. */
static void
test_schema_lists (void)
{
  static const TomoValueKind kinds[] = { TOMO_VALUE_TOPIC, TOMO_VALUE_AGE, TOMO_VALUE_RISK,
                                         TOMO_VALUE_REPORT };
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
  g_test_add_func ("/pack-schema/vocabulary", test_schema_vocabulary);
  g_test_add_func ("/pack-schema/every-part", test_schema_every_part);
  g_test_add_func ("/pack-schema/lists", test_schema_lists);
  return g_test_run ();
}
