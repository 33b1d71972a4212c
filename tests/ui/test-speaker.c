/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/tomo-speaker.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/support/tomo-fixture.h"

/* The player’s own process is the real one, with a loudspeaker that writes into a file. */
#define TO_FILE                                                                                    \
  "pcm.nowhere { type null }\n"                                                                    \
  "pcm.!default { type file slave.pcm \"nowhere\" file \"%s\" format \"raw\" }\n"
/* The same, each time into another one. */
#define TO_FILES                                                                                   \
  "pcm.nowhere { type null }\n"                                                                    \
  "pcm.!default { type file slave.pcm \"nowhere\" file \"%s\" format \"raw\" truncate no }\n"
#define WAITING_SECS 20

/* A synthesiser that always says the same: a quarter of a second, and notes how it was called. */
#define SYNTHESISER                                                                                \
  "#!/bin/sh\n"                                                                                    \
  "printf '%%s\\n' \"$*\" > %s/said; cat >> %s/said; cat %s/said.wav\n"
#define WAV_SAMPLES 5512

typedef struct
{
  char *folder; /* (owned) */
  char *heard;  /* (owned): the file that the loudspeaker writes */
  TomoVisit *visit;
  TomoSpeaker *speaker;
} Fixture;

static void
write_file (const char *folder, const char *name, const char *data, gssize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
}

static void
write_synthesiser (const char *folder)
{
  g_autofree char *script = g_strdup_printf (SYNTHESISER, folder, folder, folder);
  g_autofree char *path = g_build_filename (folder, "espeak-ng", NULL);
  g_autoptr(GByteArray) wav = g_byte_array_new ();
  static const char head[] =
      "RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\1\0\1\0\x22\x56\0\0\x44\xac\0\0"
      "\2\0\x10\0data\xff\xff\xff\x7f";
  g_byte_array_append (wav, (const uint8_t *) head, sizeof head - 1);
  for (unsigned int i = 0; i < WAV_SAMPLES; i++)
    g_byte_array_append (wav, (const uint8_t *) "\0\x40", 2);

  write_file (folder, "espeak-ng", script, -1);
  write_file (folder, "said.wav", (const char *) wav->data, wav->len);
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = tomo_fixture_dup_folder ();
  self->heard = g_build_filename (self->folder, "heard", NULL);
  g_autofree char *config = g_strdup_printf (TO_FILE, self->heard);
  g_autofree char *path = g_build_filename (self->folder, "asound.conf", NULL);
  g_autofree char *programs = g_strconcat (self->folder, ":/usr/bin:/bin", NULL);

  write_file (self->folder, "asound.conf", config, -1);
  write_synthesiser (self->folder);
  g_setenv ("ALSA_CONFIG_PATH", path, TRUE);
  g_setenv ("PATH", programs, TRUE);
  self->visit = tomo_visit_new ("en");
  self->speaker = tomo_speaker_new (self->visit);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->speaker);
  g_clear_object (&self->visit);
  tomo_fixture_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->heard);
}

static gboolean
too_long_cb (gpointer user_data)
{
  g_assert_not_reached (); /* It plays for ever. */
  return G_SOURCE_REMOVE;
}

/* Until nothing is heard any more. */
static void
wait_for_silence (Fixture *self)
{
  unsigned int timer = g_timeout_add_seconds (WAITING_SECS, too_long_cb, NULL);

  while (tomo_visit_is_listening (self->visit))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

/* How many samples came out of the loudspeaker, and how loud the loudest was. */
static size_t
measure (Fixture *self, int *out_peak)
{
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  size_t size = 0;
  int peak = 0;

  g_file_get_contents (self->heard, &data, &size, &error);
  g_assert_no_error (error);
  for (size_t i = 0; i + 1 < size; i += 2)
    {
      int16_t sample;
      memcpy (&sample, data + i, 2);
      peak = MAX (peak, ABS ((int) sample));
    }

  if (out_peak != NULL)
    *out_peak = peak;
  return size / 2;
}

/* A recording is heard from its beginning to its end: 1.5 seconds at 48 kHz. */
static void
test_speaker_recording (Fixture *self, gconstpointer data)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  int peak = 0;

  g_assert_true (tomo_speaker_can_play (self->speaker));
  tomo_speaker_play (self->speaker, opus);
  g_assert_true (tomo_visit_is_listening (self->visit));
  wait_for_silence (self);

  g_assert_cmpuint (measure (self, &peak), ==, 72000);
  g_assert_cmpint (peak, >, 1000);
  g_assert_true (tomo_speaker_can_play (self->speaker));
}

/* Recordings one after the other are heard as one, to the end of the last; and a stop ends all. */
static void
test_speaker_row (Fixture *self, gconstpointer data)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  g_autofree char *second = g_strconcat (self->heard, ".0001", NULL);
  g_autofree char *third = g_strconcat (self->heard, ".0002", NULL);
  g_autofree char *config = g_strdup_printf (TO_FILES, self->heard);
  write_file (self->folder, "asound.conf", config, -1);

  tomo_speaker_play (self->speaker, opus);
  tomo_speaker_play_after (self->speaker, opus);
  wait_for_silence (self);
  g_assert_cmpuint (measure (self, NULL), ==, 72000);
  g_free (self->heard);
  self->heard = g_strdup (second);
  g_assert_cmpuint (measure (self, NULL), ==, 72000);
  g_assert_false (g_file_test (third, G_FILE_TEST_EXISTS));

  tomo_speaker_play (self->speaker, opus);
  tomo_speaker_play_after (self->speaker, opus);
  tomo_speaker_stop (self->speaker);
  g_assert_false (tomo_visit_is_listening (self->visit));
  tomo_speaker_play_after (self->speaker, opus);
  g_assert_false (tomo_visit_is_listening (self->visit));
}

/* Each step of the volume is about twice as loud as the one before. */
static void
test_speaker_volume (Fixture *self, gconstpointer data)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();
  int before = 0;

  for (unsigned int volume = 1; volume <= TOMO_MAX_VOLUME; volume++)
    {
      int peak = 0;

      g_unlink (self->heard);
      tomo_visit_set_volume (self->visit, volume);
      tomo_speaker_play (self->speaker, opus);
      wait_for_silence (self);
      measure (self, &peak);
      g_test_message ("volume %u: peak %d", volume, peak);
      if (volume > 1)
        {
          g_assert_cmpint (peak, >, before * 19 / 10);
          g_assert_cmpint (peak, <, before * 21 / 10);
        }
      before = peak;
    }
}

/* Going on to another page, or changing the language, ends what is heard. */
static void
test_speaker_stops (Fixture *self, gconstpointer data)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();

  tomo_speaker_play (self->speaker, opus);
  tomo_visit_open (self->visit, tomo_place_new (TOMO_PLACE_HOME));
  g_assert_false (tomo_visit_is_listening (self->visit));

  tomo_speaker_play (self->speaker, opus);
  tomo_visit_set_language (self->visit, "ja");
  g_assert_false (tomo_visit_is_listening (self->visit));

  /* Two at once: only the last one counts, and the first does not end it. */
  tomo_speaker_play (self->speaker, opus);
  tomo_speaker_play (self->speaker, opus);
  g_assert_true (tomo_visit_is_listening (self->visit));
  wait_for_silence (self);
  g_assert_true (tomo_speaker_can_play (self->speaker));
}

/* With the visit goes its volume. */
static void
test_speaker_reset (Fixture *self, gconstpointer data)
{
  tomo_visit_set_volume (self->visit, TOMO_MAX_VOLUME);
  tomo_visit_reset (self->visit);
  g_assert_cmpuint (tomo_visit_get_volume (self->visit), ==, TOMO_USUAL_VOLUME);
}

/* Where there is no loudspeaker nothing breaks, and from then on nothing is offered. */
static void
test_speaker_no_card (Fixture *self, gconstpointer data)
{
  g_autoptr(GBytes) opus = tomo_fixture_new_audio ();

  g_setenv ("ALSA_CONFIG_PATH", "/dev/null", TRUE);
  tomo_speaker_play (self->speaker, opus);
  wait_for_silence (self);

  g_assert_false (tomo_speaker_can_play (self->speaker));
  g_assert_false (tomo_speaker_can_say (self->speaker, "en"));
  tomo_speaker_play (self->speaker, opus);
  g_assert_false (tomo_visit_is_listening (self->visit));

  /* The next visitor may find a loudspeaker plugged in. */
  tomo_visit_reset (self->visit);
  g_assert_true (tomo_speaker_can_play (self->speaker));
}

/* What is no sound ends the player, not the kiosk, and is told apart from a machine without sound.
 */
static void
test_speaker_nonsense (Fixture *self, gconstpointer data)
{
  g_autoptr(GBytes) nonsense = g_bytes_new_take (g_strnfill (100000, 'x'), 100000);

  tomo_speaker_play (self->speaker, nonsense);
  g_assert_false (tomo_speaker_has_failed (self->speaker));
  wait_for_silence (self);
  g_assert_true (tomo_speaker_has_failed (self->speaker));
  g_assert_true (tomo_speaker_can_play (self->speaker));
  tomo_speaker_stop (self->speaker);
  g_assert_false (tomo_speaker_has_failed (self->speaker));
  g_assert_false (tomo_visit_is_listening (self->visit));
}

/* A voice only where one that can be followed exists, whatever is installed. */
static void
test_speaker_voices (Fixture *self, gconstpointer data)
{
  static const char *const plausible[] = { "en", "fr", "es", "id", "sw", "vi", "hi",
                                           "ur", "ta", "am", "bn", "ko", NULL };
  static const char *const never[] = { "ja", "zh-Hans", "zh-Hant", "he", "lo",    "km",
                                       "ar", "th",      "my",      "de", "pt-BR", NULL };

  for (size_t i = 0; plausible[i] != NULL; i++)
    g_assert_true (tomo_speaker_can_say (self->speaker, plausible[i]));
  for (size_t i = 0; never[i] != NULL; i++)
    g_assert_false (tomo_speaker_can_say (self->speaker, never[i]));
}

/* The synthesiser gets the words on its input, where no word can be taken for an option. */
static void
test_speaker_says (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "said", NULL);
  g_autofree char *said = NULL;
  int peak = 0;

  tomo_speaker_say (self->speaker, "--version Bonjour", "fr");
  g_assert_true (tomo_visit_is_listening (self->visit));
  wait_for_silence (self);

  g_assert_cmpuint (measure (self, &peak), ==, WAV_SAMPLES);
  g_assert_cmpint (peak, ==, 0x4000 / 4);
  g_assert_true (g_file_get_contents (path, &said, NULL, NULL));
  g_assert_cmpstr (said, ==, "--stdout --stdin -s 140 -v fr-fr\n--version Bonjour");
  tomo_speaker_say (self->speaker, "こんにちは", "ja");
  g_assert_false (tomo_visit_is_listening (self->visit));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/speaker/recording", test_speaker_recording);
  ADD ("/speaker/row", test_speaker_row);
  ADD ("/speaker/volume", test_speaker_volume);
  ADD ("/speaker/stops", test_speaker_stops);
  ADD ("/speaker/reset", test_speaker_reset);
  ADD ("/speaker/no-card", test_speaker_no_card);
  ADD ("/speaker/nonsense", test_speaker_nonsense);
  ADD ("/speaker/voices", test_speaker_voices);
  ADD ("/speaker/says", test_speaker_says);

  return g_test_run ();
}
