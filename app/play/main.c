/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plays one sound for the kiosk, which starts it and does not decode foreign bytes itself: what a
 * decoder does wrong ends this process, and no sound library is loaded before somebody listens.
 *
 * usage: tomoshibi-play VOLUME 3<SOUND
 *
 * Digits on standard input change the volume; its end, also that of the kiosk, ends the sound. */

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "play/tomo-output.h"
#include "play/tomo-sound.h"

#define SOUND_FD 3
/* Ten minutes of Opus decode in about two seconds. */
#define MAX_CPU_SECS 60
#ifdef __SANITIZE_ADDRESS__
#define MAX_BYTES RLIM_INFINITY /* it reserves terabytes */
#else
#define MAX_BYTES (512UL * 1024 * 1024)
#endif

typedef enum
{
  EXIT_PLAYED = 0,
  EXIT_NO_SOUND = 1, /* no loudspeaker */
  EXIT_USAGE = 2,
  EXIT_DAMAGED = 3, /* there is one, but what came in is no sound */
} ExitCode;

/* Steps of about 6 dB, so that each is heard as much as the one before: out of 256. */
static const int gains[] = { 0, 16, 32, 64, 128, 256 };

static gboolean
set_volume (char step, int *gain)
{
  if (step < '1' || step >= '0' + (int) G_N_ELEMENTS (gains))
    return FALSE;

  *gain = gains[step - '0'];
  return TRUE;
}

static void
limit_resources (void)
{
  const struct rlimit cpu = { MAX_CPU_SECS, MAX_CPU_SECS };
  const struct rlimit memory = { MAX_BYTES, MAX_BYTES };
  const struct rlimit no_core = { 0, 0 };

  setrlimit (RLIMIT_CPU, &cpu);
  setrlimit (RLIMIT_CORE, &no_core);
  setrlimit (RLIMIT_AS, &memory);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* FALSE if nobody wants to hear more. */
static gboolean
take_commands (int *gain)
{
  struct pollfd input = { STDIN_FILENO, POLLIN, 0 };

  while (poll (&input, 1, 0) > 0)
    {
      char command;
      if (read (STDIN_FILENO, &command, 1) != 1)
        return FALSE;
      set_volume (command, gain);
    }

  return TRUE;
}

static ExitCode
play (TomoSound *sound, TomoOutput *output, int gain, GError **error)
{
  static int16_t samples[TOMO_SOUND_MAX_FRAMES * TOMO_SOUND_MAX_CHANNELS];
  unsigned int n_channels = tomo_sound_get_n_channels (sound);
  gssize n_frames;

  while ((n_frames = tomo_sound_read (sound, samples, error)) > 0)
    {
      if (!take_commands (&gain))
        return EXIT_PLAYED;
      for (size_t i = 0; i < (size_t) n_frames * n_channels; i++)
        samples[i] = (int16_t) (samples[i] * gain / 256);
      if (!tomo_output_write (output, samples, (size_t) n_frames, error))
        return EXIT_NO_SOUND;
    }

  if (n_frames < 0)
    return EXIT_DAMAGED;
  tomo_output_drain (output);
  return EXIT_PLAYED;
}

static ExitCode
play_all (int gain, GError **error)
{
  g_autoptr(TomoSound) sound = tomo_sound_open (SOUND_FD, error);
  if (sound == NULL)
    return EXIT_DAMAGED;

  g_autoptr(TomoOutput) output =
      tomo_output_open (tomo_sound_get_rate (sound), tomo_sound_get_n_channels (sound), error);
  return output != NULL ? play (sound, output, gain, error) : EXIT_NO_SOUND;
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  int gain = 0;

  if (argc != 2 || !set_volume (argv[1][0], &gain))
    {
      fputs ("usage: tomoshibi-play 1-5 3<SOUND\n", stderr);
      return EXIT_USAGE;
    }

  limit_resources ();
  ExitCode code = play_all (gain, &error);
  if (code != EXIT_PLAYED)
    fprintf (stderr, "tomoshibi-play: %s\n", error->message);

  return code;
}
