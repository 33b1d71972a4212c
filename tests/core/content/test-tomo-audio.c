/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-audio.h"

#include <stdint.h>
#include <string.h>

#include "core/content/tomo-media.h"
#include "core/tomo-error.h"
#include "tests/support/tomo-fixture.h"

/* Places in a page, then in the first packet of the fixture. */
#define AT_VERSION 4
#define AT_FLAGS 5
#define AT_POSITION 6
#define AT_SERIAL 14
#define AT_SEQUENCE 18
#define AT_CHECKSUM 22
#define AT_HEAD 28
#define AT_CHANNELS (AT_HEAD + 9)
#define AT_FAMILY (AT_HEAD + 18)

/* Finds the page with that number, from 0. */
static size_t
find_page (const uint8_t *data, size_t size, unsigned int number)
{
  for (size_t at = 0; at + 4 < size; at++)
    if (memcmp (data + at, "OggS", 4) == 0 && number-- == 0)
      return at;

  g_assert_not_reached ();
}

/* The fixture with other bytes, and with right checksums again: an attacker computes them, too. */
static GBytes *
with_bytes (unsigned int page, size_t offset, const char *bytes, size_t n_bytes, size_t n_cut)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  size_t size;
  uint8_t *data = g_bytes_unref_to_data (g_steal_pointer (&opus), &size);

  memcpy (data + find_page (data, size, page) + offset, bytes, n_bytes);
  tomo_fixture_mend_audio (data, size);
  return g_bytes_new_take (data, size - n_cut);
}

/* What opusenc makes is fine, and how long it plays is told. */
static void
test_audio_good (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  unsigned int n_secs = 0;

  g_assert_true (tomo_audio_check (opus, &n_secs, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_secs, ==, 2); /* 1.5 seconds, rounded up */
  g_assert_true (tomo_audio_check (opus, NULL, NULL));
}

/* Each of these is refused before any decoder could see it. */
static void
test_audio_refuses (void)
{
  static const struct
  {
    unsigned int page;
    size_t offset;
    const char *bytes;
    size_t n_bytes;
    size_t n_cut;
    const char *says;
  } vectors[] = {
    { 0, 0, "RIFF", 4, 0, "not an Ogg file" },
    { 0, AT_HEAD, "Vorbis", 6, 0, "not Opus" },
    { 0, AT_HEAD + 8, "\2", 1, 0, "another kind" },
    { 0, AT_CHANNELS, "\0", 1, 0, "neither mono nor stereo" },
    { 0, AT_CHANNELS, "\6", 1, 0, "neither mono nor stereo" },
    { 0, AT_FAMILY, "\1", 1, 0, "another kind" },
    { 0, AT_FLAGS, "\0", 1, 0, "does not continue" },
    { 0, AT_FLAGS, "\6", 1, 0, "bytes after its end" },
    { 1, AT_VERSION, "\1", 1, 0, "does not continue" },
    { 1, AT_FLAGS, "\1", 1, 0, "does not continue" },
    { 1, AT_HEAD, "OpusHead", 8, 0, "lacks the tags" },
    { 2, AT_FLAGS, "\2", 1, 0, "does not continue" },
    { 2, AT_SERIAL, "x", 1, 0, "more than one stream" },
    { 2, AT_SEQUENCE, "\7", 1, 0, "lacks a page" },
    { 2, AT_POSITION, "\xff\xff\xff\xff\xff\xff\xff\x7f", 8, 0, "impossible position" },
    { 3, AT_POSITION, "\1\0\0\0\0\0\0\0", 8, 0, "impossible position" },
    { 3, AT_FLAGS, "\0", 1, 0, "cut off" },
    { 3, AT_FLAGS, "\4", 1, 1, "cut off" },
    { 1, AT_FLAGS, "\4", 1, 0, "bytes after its end" },
    { 1, AT_FLAGS, "\4", 1, 2886 - 216, "no sound" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) opus = with_bytes (vectors[i].page, vectors[i].offset, vectors[i].bytes,
                                            vectors[i].n_bytes, vectors[i].n_cut);

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, vectors[i].says);
      g_assert_false (tomo_audio_check (opus, NULL, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, vectors[i].says));
    }
}

/* A byte that changed on the way is noticed, wherever it is. */
static void
test_audio_checksum (void)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  size_t size;
  uint8_t *data = g_bytes_unref_to_data (g_steal_pointer (&opus), &size);

  for (size_t i = 0; i < size; i += 13)
    {
      g_autoptr(GError) error = NULL;
      data[i] ^= 0x10;
      g_autoptr(GBytes) changed = g_bytes_new (data, size);
      data[i] ^= 0x10;

      g_assert_false (tomo_audio_check (changed, NULL, &error));
      g_assert_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA);
    }

  g_free (data);
}

/* A page of a recording with @n_packets packets of 120 ms, of one byte each. */
static void
append_page (GByteArray *opus, uint32_t sequence, uint8_t flags, unsigned int n_packets)
{
  static const uint8_t two_frames_of_60_ms = 3 << 3 | 1;
  uint8_t header[27] = { 'O', 'g', 'g', 'S', 0, flags };
  uint64_t position = GUINT64_TO_LE ((sequence - 1) * (uint64_t) n_packets * 5760);
  uint32_t number = GUINT32_TO_LE (sequence);

  memcpy (header + AT_POSITION, &position, 8);
  header[AT_SERIAL] = 7;
  memcpy (header + AT_SEQUENCE, &number, 4);
  header[26] = (uint8_t) n_packets;
  g_byte_array_append (opus, header, sizeof header);
  for (unsigned int i = 0; i < n_packets; i++)
    g_byte_array_append (opus, (const uint8_t *) "\1", 1);
  for (unsigned int i = 0; i < n_packets; i++)
    g_byte_array_append (opus, &two_frames_of_60_ms, 1);
}

/* Ten minutes are allowed and no more, however few bytes say so. */
static void
test_audio_length (void)
{
  for (uint32_t n_pages = 20; n_pages <= 21; n_pages++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) tone = tomo_fixture_new_audio ();
      const uint8_t *data = g_bytes_get_data (tone, NULL);
      GByteArray *opus = g_byte_array_new ();
      unsigned int n_secs = 0;

      g_byte_array_append (opus, data, (unsigned int) find_page (data, g_bytes_get_size (tone), 2));
      for (uint32_t i = 1; i <= n_pages; i++)
        append_page (opus, i + 1, i == n_pages ? 4 : 0, 250);
      tomo_fixture_mend_audio (opus->data, opus->len);
      g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes (opus);

      gboolean is_good = tomo_audio_check (bytes, &n_secs, &error);
      g_assert_true (is_good == (n_pages == 20));
      if (is_good)
        g_assert_cmpuint (n_secs, ==, TOMO_AUDIO_MAX_SECS);
      else
        g_assert_nonnull (strstr (error->message, "longer than ten minutes"));
    }
}

/* What is too large is not even looked at. */
static void
test_audio_size (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) opus =
      g_bytes_new_take (g_malloc0 (TOMO_AUDIO_MAX_BYTES + 1), TOMO_AUDIO_MAX_BYTES + 1);

  g_assert_false (tomo_audio_check (opus, NULL, &error));
  g_assert_nonnull (strstr (error->message, "larger than"));
}

/* The end of the name decides what a file must be, and how large it may be. */
static void
test_media_kinds (void)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autoptr(GBytes) png = tomo_fixture_new_picture ();

  g_assert_true (tomo_media_is_path ("jp/media/0.png"));
  g_assert_true (tomo_media_is_path ("jp/media/0.opus"));
  g_assert_false (tomo_media_is_path ("jp/media/0.mp3"));
  g_assert_false (tomo_media_is_path ("jp/packs/0.png"));
  g_assert_false (tomo_media_is_path ("jp/media/x/0.png"));
  g_assert_true (tomo_media_check ("jp/media/0.opus", opus, NULL));
  g_assert_true (tomo_media_check ("jp/media/0.png", png, NULL));
  g_assert_false (tomo_media_check ("jp/media/0.png", opus, NULL));
  g_assert_false (tomo_media_check ("jp/media/0.opus", png, NULL));
  g_assert_cmpuint (tomo_media_get_max_bytes ("jp/media/0.opus"), ==, TOMO_AUDIO_MAX_BYTES);
  g_assert_cmpuint (tomo_media_get_max_bytes ("jp/media/0.png"), <, TOMO_AUDIO_MAX_BYTES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/audio/good", test_audio_good);
  g_test_add_func ("/audio/refuses", test_audio_refuses);
  g_test_add_func ("/audio/checksum", test_audio_checksum);
  g_test_add_func ("/audio/length", test_audio_length);
  g_test_add_func ("/audio/size", test_audio_size);
  g_test_add_func ("/media/kinds", test_media_kinds);

  return g_test_run ();
}
