/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-program-catalog.h"

#include <glib.h>
#include <string.h>

#include "core/tomo-error.h"

#define HEADER                                                                                     \
  "msgid \"\"\nmsgstr \"Language: %s\\nContent-Type: text/plain; charset=UTF-8\\n\"\n\n"

static char *
prepare (const char *po, const char *language, GError **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (po, strlen (po));
  g_autoptr(GBytes) prepared = tomo_program_catalog_prepare (bytes, "x.po", language, error);

  return prepared != NULL
             ? g_strndup (g_bytes_get_data (prepared, NULL), g_bytes_get_size (prepared))
             : NULL;
}

/* A template becomes a translation with both forms of the plural; what is no word stays. */
static void
test_program_catalog_pseudo (void)
{
  static const char template[] = "#, fuzzy\nmsgid \"\"\nmsgstr \"Content-Type: text/plain; "
                                 "charset=CHARSET\\n\"\n\n"
                                 "#, c-format\nmsgid \"%u tip\"\nmsgid_plural \"%u tips\"\n"
                                 "msgstr[0] \"\"\nmsgstr[1] \"\"\n\n"
                                 "msgctxt \"shape of a right answer\"\nmsgid \"check\"\n"
                                 "msgstr \"\"\n";
  g_autoptr(GError) error = NULL;
  g_autofree char *po = prepare (template, "en_XA", &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (po, "Language: en_XA"));
  g_assert_nonnull (strstr (po, "charset=UTF-8"));
  g_assert_null (strstr (po, "fuzzy"));
  g_assert_nonnull (strstr (po, "msgstr[0] \"[%u ţîþ]\""));
  g_assert_nonnull (strstr (po, "msgstr[1] \"[%u ţîþš]\""));
  g_assert_nonnull (strstr (po, "msgid \"check\"\nmsgstr \"\""));
}

/* Lao gets marks between its words, and keeps placeholders and line feeds; Thai is left alone. */
static void
test_program_catalog_line_breaks (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *lao = g_strdup_printf (HEADER "msgid \"A {name}\\n\"\n"
                                                 "msgstr \"ສະບາຍດີເພື່ອນ {name}\\n\"\n",
                                          "lo");
  g_autofree char *thai = g_strdup_printf (HEADER "msgid \"A\"\nmsgstr \"สวัสดีเพื่อน\"\n", "th");
  g_autofree char *lao_prepared = prepare (lao, "lo", &error);
  g_assert_no_error (error);
  g_autofree char *thai_prepared = prepare (thai, "th", &error);
  g_assert_no_error (error);

  g_assert_nonnull (strstr (lao_prepared, "ສະບາຍດີ\u200bເພື່ອນ {name}\\n"));
  g_assert_nonnull (strstr (thai_prepared, "msgstr \"สวัสดีเพื่อน\""));
}

/* What is no PO file, or no language, is an error that says so. */
static void
test_program_catalog_errors (void)
{
  g_autoptr(GError) no_po = NULL;
  g_autoptr(GError) no_language = NULL;

  g_assert_null (prepare ("msgid \"\"\nmsgstr \"\nx", "lo", &no_po));
  g_assert_error (no_po, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
  g_assert_true (g_str_has_prefix (no_po->message, "x.po:"));
  g_assert_null (prepare ("", "tlh", &no_language));
  g_assert_error (no_language, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/program-catalog/pseudo", test_program_catalog_pseudo);
  g_test_add_func ("/program-catalog/line-breaks", test_program_catalog_line_breaks);
  g_test_add_func ("/program-catalog/errors", test_program_catalog_errors);
  return g_test_run ();
}
