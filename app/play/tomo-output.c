/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "play/tomo-output.h"

#include <alsa/asoundlib.h>

/* Short enough that ‘stop’ is heard at once, long enough for a busy kiosk. */
#define LATENCY_USECS 200000

struct _TomoOutput
{
  snd_pcm_t *pcm; /* (owned) */
  unsigned int n_channels;
};

static gboolean
set_alsa_error (GError **error, const char *what, int code)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s: %s", what, snd_strerror (code));
  return FALSE;
}

/* ALSA writes to standard error by itself, dozens of lines where there is no card. */
static void
ignore_message_cb (const char *file,
                   int line,
                   const char *function,
                   int code,
                   const char *format,
                   ...)
{
}

/**
 * tomo_output_open:
 * @rate: frames a second
 * @n_channels: samples a frame
 * @error: return location for a #GError
 *
 * Opens the loudspeaker.
 *
 * On failure this sets %G_IO_ERROR_NOT_SUPPORTED: there is none, or something else holds it.
 *
 * Returns: (transfer full): the loudspeaker
 */
TomoOutput *
tomo_output_open (unsigned int rate, unsigned int n_channels, GError **error)
{
  g_autoptr(TomoOutput) self = g_new0 (TomoOutput, 1);

  snd_lib_error_set_handler (ignore_message_cb);
  self->n_channels = n_channels;
  int code = snd_pcm_open (&self->pcm, "default", SND_PCM_STREAM_PLAYBACK, 0);
  if (code < 0)
    {
      self->pcm = NULL;
      set_alsa_error (error, "no loudspeaker", code);
      return NULL;
    }

  code = snd_pcm_set_params (self->pcm, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED,
                             n_channels, rate, 1, LATENCY_USECS);
  if (code < 0)
    {
      set_alsa_error (error, "the loudspeaker cannot play this", code);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * tomo_output_write:
 * @self: a loudspeaker
 * @samples: what to play
 * @n_frames: how much of it
 * @error: return location for a #GError
 *
 * Plays, and waits until there is room for more.
 *
 * On failure this sets %G_IO_ERROR_NOT_SUPPORTED: somebody unplugged it.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_output_write (TomoOutput *self, const int16_t *samples, size_t n_frames, GError **error)
{
  while (n_frames > 0)
    {
      snd_pcm_sframes_t n_written = snd_pcm_writei (self->pcm, samples, n_frames);
      if (n_written < 0)
        n_written = snd_pcm_recover (self->pcm, (int) n_written, 1);
      if (n_written < 0)
        return set_alsa_error (error, "the loudspeaker is gone", (int) n_written);

      samples += (size_t) n_written * self->n_channels;
      n_frames -= (size_t) n_written;
    }

  return TRUE;
}

/**
 * tomo_output_drain:
 * @self: a loudspeaker
 *
 * Waits until all was heard.
 */
void
tomo_output_drain (TomoOutput *self)
{
  snd_pcm_drain (self->pcm);
}

/**
 * tomo_output_close:
 * @self: (transfer full): a loudspeaker
 *
 * Closes it; what was not heard yet is not.
 */
void
tomo_output_close (TomoOutput *self)
{
  g_clear_pointer (&self->pcm, snd_pcm_close);
  /* What ALSA read of its configuration. */
  snd_config_update_free_global ();
  g_free (self);
}
