/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-piece-private.h"

#include <string.h>

/* As the other side is: GLib’s own serialiser. */
static GVariant *
serialise (GVariant *variant)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink (variant);

  return g_variant_get_normal_form (owned);
}

/* Short and long ones, so that tables of each width come up. */
static char *
random_string (void)
{
  static const int lengths[] = { 1, 2, 9, 300, 70000 };
  int limit = lengths[g_test_rand_int_range (0, 100) < 97 ? g_test_rand_int_range (0, 3)
                                                          : g_test_rand_int_range (3, 5)];

  return g_strnfill ((size_t) g_test_rand_int_range (0, limit), 'x');
}

/* The members of an array are found where GLib finds them, whatever its size. */
static void
test_piece_array (void)
{
  for (unsigned int i = 0; i < 500; i++)
    {
      g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
      unsigned int n_strings = (unsigned int) g_test_rand_int_range (0, 40);
      for (unsigned int j = 0; j < n_strings; j++)
        {
          g_autofree char *string = random_string ();
          g_variant_builder_add (&builder, "s", string);
        }
      g_autoptr(GVariant) array = serialise (g_variant_builder_end (&builder));
      TomoPiece piece = tomo_piece_of_variant (array);

      g_assert_cmpuint (tomo_piece_count (piece), ==, n_strings);
      for (unsigned int j = 0; j < n_strings; j++)
        {
          g_autoptr(GVariant) child = g_variant_get_child_value (array, j);
          TomoPiece member = tomo_piece_get (piece, j, TOMO_PIECE_ALIGN_BYTES);
          g_assert_cmpuint (member.size, ==, g_variant_get_size (child));
          g_assert_cmpstr (tomo_piece_get_string (member), ==, g_variant_get_string (child, NULL));
        }
    }
}

static GVariant *
random_value (unsigned int kind)
{
  g_autofree char *string = random_string ();

  switch (kind)
    {
    case 0:
      return g_variant_new_string (string);
    case 1:
      return g_variant_new_uint32 ((uint32_t) g_test_rand_int ());
    case 2:
      return g_variant_new_boolean (g_test_rand_bit ());
    case 3:
      return g_variant_new_array (G_VARIANT_TYPE ("(yss)"), NULL, 0);
    default:
      return g_variant_new ("a{sv}", NULL);
    }
}

/* So are the entries of a dictionary, their values, and what type those are of. */
static void
test_piece_dictionary (void)
{
  for (unsigned int i = 0; i < 500; i++)
    {
      g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sv}"));
      unsigned int n_entries = (unsigned int) g_test_rand_int_range (0, 12);
      for (unsigned int j = 0; j < n_entries; j++)
        {
          g_autofree char *key = random_string ();
          g_variant_builder_add (&builder, "{sv}", key,
                                 random_value ((unsigned int) g_test_rand_int_range (0, 5)));
        }
      g_autoptr(GVariant) dictionary = serialise (g_variant_builder_end (&builder));
      TomoPiece piece = tomo_piece_of_variant (dictionary);

      g_assert_cmpuint (tomo_piece_count (piece), ==, n_entries);
      for (unsigned int j = 0; j < n_entries; j++)
        {
          g_autoptr(GVariant) entry = g_variant_get_child_value (dictionary, j);
          g_autoptr(GVariant) key = g_variant_get_child_value (entry, 0);
          g_autoptr(GVariant) boxed = g_variant_get_child_value (entry, 1);
          g_autoptr(GVariant) value = g_variant_get_variant (boxed);
          TomoPieceReader reader;
          const char *type = NULL;
          size_t length = 0;

          tomo_piece_reader_init (&reader, tomo_piece_get (piece, j, TOMO_PIECE_ALIGN_VARIANT));
          g_assert_cmpstr (tomo_piece_reader_take_string (&reader), ==,
                           g_variant_get_string (key, NULL));
          TomoPiece box = tomo_piece_reader_take_last (&reader, TOMO_PIECE_ALIGN_VARIANT);
          TomoPiece inner = tomo_piece_open_variant (box, &type, &length);
          g_autofree char *type_string = g_strndup (type, length);
          g_assert_cmpstr (type_string, ==, g_variant_get_type_string (value));
          g_assert_cmpmem (inner.data, inner.size, g_variant_get_data (value),
                           g_variant_get_size (value));
          if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
            g_assert_cmpuint (tomo_piece_get_uint32 (inner, 0), ==, g_variant_get_uint32 (value));
        }
    }
}

/* So are the members of a tuple, those of a fixed size among them. */
static void
test_piece_tuple (void)
{
  for (unsigned int i = 0; i < 500; i++)
    {
      g_autofree char *id = random_string ();
      g_autofree char *text = random_string ();
      gboolean is_right = g_test_rand_bit ();
      g_autoptr(GVariant) tuple =
          serialise (g_variant_new ("(sba(yss)as)", id, is_right, NULL, NULL));
      g_autoptr(GVariant) pair = serialise (g_variant_new ("(ss)", id, text));
      TomoPieceReader reader;

      tomo_piece_reader_init (&reader, tomo_piece_of_variant (tuple));
      g_assert_cmpstr (tomo_piece_reader_take_string (&reader), ==, id);
      g_assert_cmpint (tomo_piece_reader_take_boolean (&reader), ==, is_right);
      g_assert_cmpuint (tomo_piece_count (tomo_piece_reader_take (&reader, TOMO_PIECE_ALIGN_BYTES)),
                        ==, 0);
      g_assert_cmpuint (
          tomo_piece_count (tomo_piece_reader_take_last (&reader, TOMO_PIECE_ALIGN_BYTES)), ==, 0);

      tomo_piece_reader_init (&reader, tomo_piece_of_variant (pair));
      g_assert_cmpstr (tomo_piece_reader_take_string (&reader), ==, id);
      g_assert_cmpstr (tomo_piece_reader_take_last_string (&reader), ==, text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/piece/array", test_piece_array);
  g_test_add_func ("/piece/dictionary", test_piece_dictionary);
  g_test_add_func ("/piece/tuple", test_piece_tuple);
  return g_test_run ();
}
