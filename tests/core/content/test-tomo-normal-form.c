/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-normal-form-private.h"

#include <string.h>

#include "core/content/tomo-pack.h"
#include "core/tomo-gzip.h"
#include "tests/support/tomo-fixture.h"

#define N_MUTATIONS 10000
#define MAX_SHORT_BYTES 5

/* Those of packs, those next to them, and some that are left to GLib. */
static const char *const types[] = {
  "s",     "b",    "u",    "v",     "as",     "ab",     "aas",  "(ss)",    "(sb)",
  "(us)",  "(yb)", "{sv}", "a{sv}", "a(yss)", "(uuuu)", "(ny)", "a(uuuu)", "(asas)",
  "a(bq)", "(yv)", "()",   "a()",   "ms",     "o",      "ag",
};

/* Whether GLib calls it normal; what we call certain must be. */
static gboolean
assert_agrees (const uint8_t *data, size_t size, const char *type)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
  gboolean is_normal = g_variant_is_normal_form (variant);
  gboolean is_certain = tomo_normal_form_is_certain ((TomoPiece){ data, size }, type);

  if (is_certain && !is_normal)
    {
      for (size_t i = 0; i < MIN (size, 64); i++)
        g_test_message ("%02x", data[i]);
      g_error ("%s of %" G_GSIZE_FORMAT " bytes is called normal", type, size);
    }
  return is_normal == is_certain;
}

/* For each string of up to five of the bytes that matter, we are certain of nothing that GLib
 * refuses, and seldom leave to it what is normal. */
static void
test_normal_form_short (void)
{
  static const uint8_t letters[] = { 0, 1, 2, 3, 's', 'y', 'a', 'v', 0xc3, 0xa9 };
  const size_t n_letters = G_N_ELEMENTS (letters);
  unsigned int n_same = 0;
  unsigned int n_all = 0;

  for (size_t size = 0, n_strings = 1; size <= MAX_SHORT_BYTES; size++, n_strings *= n_letters)
    for (size_t number = 0; number < n_strings; number++)
      {
        uint8_t data[MAX_SHORT_BYTES + 1] = { 0 };
        for (size_t i = 0, rest = number; i < size; i++, rest /= n_letters)
          data[i] = letters[rest % n_letters];
        /* All types for short ones, some for others: under the sanitizers each costs 20 µs. */
        int step = size < MAX_SHORT_BYTES - 1 ? 1 : size < MAX_SHORT_BYTES ? 5 : 25;
        for (int i = g_test_rand_int_range (0, step); i < (int) G_N_ELEMENTS (types); i += step)
          {
            n_same += assert_agrees (data, size, types[i]) ? 1 : 0;
            n_all++;
          }
      }

  g_assert_cmpuint (n_same, >, n_all / 10 * 9);
}

/* Text is UTF-8 where GLib says so: each first byte, and around each limit of those that follow. */
static void
test_normal_form_text (void)
{
  static const uint8_t seconds[] = { 0, 'a', 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff };
  static const uint8_t rests[][2] = { { 'a', 'b' }, { 0x80, 'b' }, { 0xbf, 0x80 }, { 0xc0, 0 } };

  for (unsigned int first = 0; first < 256; first++)
    for (size_t i = 0; i < G_N_ELEMENTS (seconds); i++)
      for (size_t j = 0; j < G_N_ELEMENTS (rests); j++)
        {
          uint8_t data[24] = "0123456789abcdef";
          memcpy (data + 7, (const uint8_t[]){ (uint8_t) first, seconds[i] }, 2);
          memcpy (data + 9, rests[j], 2);
          g_assert_true (assert_agrees (data, 17, "s"));
          data[11] = 0;
          g_assert_true (assert_agrees (data, 12, "s"));
        }
}

static GBytes *
make_pack (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = tomo_fixture_compile_text (
      "{'pack': <'phishing'>, 'title': <'Пароли и 鍵'>, 'fallback': <['en', 'th']>, 'draft': "
      "<true>, "
      "'revision': <uint32 7>, 'unknown': <[(byte 1, true), (byte 2, false)]>}",
      "[('a', {'kind': <'tip'>, 'title': <'T'>, 'steps': <[[(byte 0, 'eins', ''), (byte 1, 'ใช่', "
      "'')]]>,"
      "        'sources': <[('A', 'https://example.org/')]>, 'picture': <('abc', 'alt')>}),"
      " ('b', {'kind': <'hotspot'>, 'regions': <[(uint32 1, uint32 2, uint32 3, uint32 4)]>,"
      "        'choices': <[('x', true, [(byte 0, 'ja', '')], @a(yss) []), ('y', false, @a(yss) "
      "[], @a(yss) [])]>})]");
  GBytes *plain = tomo_gzip_inflate (packed, TOMO_PACK_MAX_BYTES, &error);
  g_assert_no_error (error);

  return plain;
}

/* One to three bytes are other ones, or away, or there twice. */
static size_t
mutate (uint8_t *data, size_t size)
{
  for (int n = g_test_rand_int_range (1, 4); n > 0 && size > 1; n--)
    {
      size_t at = (size_t) g_test_rand_int_range (0, (int) size);
      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          memmove (data + at, data + at + 1, size - at - 1);
          size--;
          break;
        case 1:
          memmove (data + at + 1, data + at, size - at);
          size++;
          break;
        case 2:
          data[at] = (uint8_t) (data[at] + g_test_rand_int_range (-2, 3));
          break;
        default:
          data[at] = (uint8_t) g_test_rand_int_range (0, 256);
        }
    }

  return size;
}

/* A pack as it is published is certain, and of what became of it by chance nothing is that GLib
 * refuses. */
static void
test_normal_form_mutated (void)
{
  g_autoptr(GBytes) pack = make_pack ();
  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (pack, &size);
  g_autofree uint8_t *copy = g_malloc (size + 3);
  unsigned int n_same = 0;

  g_assert_true (tomo_normal_form_is_certain ((TomoPiece){ data, size }, TOMO_PACK_VARIANT_TYPE));
  for (unsigned int i = 0; i < N_MUTATIONS; i++)
    {
      memcpy (copy, data, size);
      n_same += assert_agrees (copy, mutate (copy, size), TOMO_PACK_VARIANT_TYPE) ? 1 : 0;
    }
  g_assert_cmpuint (n_same, >, N_MUTATIONS / 100 * 98);
}

/* Each width of the table, and one that is wider than it has to be. */
static void
test_normal_form_wide (void)
{
  static const size_t lengths[] = { 1,   120,   250,   251,   252,   253,  254,
                                    300, 65529, 65530, 65531, 65532, 70000 };

  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], 'x');
      g_autoptr(GVariant) variant =
          g_variant_ref_sink (g_variant_new_strv ((const char *const[]){ text, "b" }, 2));
      size_t size = g_variant_get_size (variant);
      TomoPiece piece = { g_variant_get_data (variant), size };

      g_test_message ("%" G_GSIZE_FORMAT " bytes", size);
      g_assert_true (tomo_normal_form_is_certain (piece, "as"));
      g_assert_true (assert_agrees (piece.data, size, "as"));
      g_assert_true (assert_agrees (piece.data, size - 1, "as"));
    }

  /* Three strings of 250 bytes need ends of one byte; these have two, which suit their size. */
  uint8_t wide[256] = "";
  memset (wide, 'x', 249);
  memcpy (wide + 10, "\0", 1);
  memcpy (wide + 20, "\0", 1);
  memcpy (wide + 250, "\13\0\25\0\372\0", 6);
  g_assert_true (assert_agrees (wide, sizeof wide, "as"));
  g_assert_false (tomo_normal_form_is_certain ((TomoPiece){ wide, sizeof wide }, "as"));
}

/* What calls itself a type and is none, or has more or fewer bytes than it asks for. */
static void
test_normal_form_types (void)
{
  static const char *const names[] = {
    "",     "a",     "(",    ")",     "{",      "}",     "(s",    "s)",   "ss",
    "(y}",  "{yy)",  "{y}",  "{yyy}", "{}",     "{vy}",  "{asy}", "{yv}", "a{y}",
    "a{s}", "a(yy}", "a()y", "(()y)", "{(y)y}", "(yqx)", "{yx}",  "aay",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    for (size_t n_bytes = 0; n_bytes <= 24; n_bytes++)
      for (uint8_t first = 0; first < 3; first++)
        {
          uint8_t data[40] = { first };
          g_strlcpy ((char *) data + n_bytes + 1, names[i], sizeof data - n_bytes - 1);
          assert_agrees (data, n_bytes + 1 + strlen (names[i]), "v");
        }
}

/* What is nested very deep, or has a very long type, is left to GLib before it costs much. */
static void
test_normal_form_deep (void)
{
  for (unsigned int depth = 1; depth < 140; depth++)
    {
      g_autoptr(GVariant) variant = g_variant_ref_sink (g_variant_new_string ("x"));
      for (unsigned int i = 0; i < depth; i++)
        {
          GVariant *outer = g_variant_ref_sink (g_variant_new_variant (variant));
          g_variant_unref (variant);
          variant = outer;
        }
      gboolean is_same =
          assert_agrees (g_variant_get_data (variant), g_variant_get_size (variant), "v");
      g_assert_true (is_same || depth > 16);
    }

  g_autofree char *arrays = g_strnfill (100, 'a');
  g_autofree char *type = g_strconcat (arrays, "s", NULL);
  g_assert_false (tomo_normal_form_is_certain ((TomoPiece){ (const uint8_t *) "", 0 }, type));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/content/normal-form/short", test_normal_form_short);
  g_test_add_func ("/content/normal-form/text", test_normal_form_text);
  g_test_add_func ("/content/normal-form/mutated", test_normal_form_mutated);
  g_test_add_func ("/content/normal-form/wide", test_normal_form_wide);
  g_test_add_func ("/content/normal-form/types", test_normal_form_types);
  g_test_add_func ("/content/normal-form/deep", test_normal_form_deep);

  return g_test_run ();
}
