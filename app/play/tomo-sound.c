/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "play/tomo-sound.h"

#include <errno.h>
#include <opusfile.h>
#include <string.h>
#include <unistd.h>

#define OPUS_RATE 48000
/* As core/content/tomo-audio.h has it; the kiosk held the file against it already. */
#define MAX_OPUS_BYTES (4 * 1024 * 1024)
/* RIFF, fmt and data in this order and nothing between, as espeak-ng writes them. */
#define WAV_HEADER_BYTES 44
#define MIN_WAV_RATE 8000
#define MAX_WAV_RATE 48000

struct _TomoSound
{
  int fd; /* borrowed */
  unsigned int rate;
  unsigned int n_channels;
  OggOpusFile *opus; /* (owned) (nullable): NULL for WAV */
  uint8_t *bytes;    /* (owned) (nullable): what @opus reads */
};

static gboolean
set_invalid (GError **error, const char *mistake)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", mistake);
  return FALSE;
}

/* Reads until @size bytes are in or there are no more; -1 on error. */
static gssize
read_up_to (int fd, void *buffer, size_t size, GError **error)
{
  size_t n_read = 0;

  while (n_read < size)
    {
      ssize_t n = read (fd, (uint8_t *) buffer + n_read, size - n_read);
      if (n == 0)
        break;
      if (n > 0)
        n_read += (size_t) n;
      else if (errno != EINTR)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s", g_strerror (errno));
          return -1;
        }
    }

  return (gssize) n_read;
}

static gboolean
open_opus (TomoSound *self, const uint8_t *head, size_t head_bytes, GError **error)
{
  self->bytes = g_malloc (MAX_OPUS_BYTES);
  memcpy (self->bytes, head, head_bytes);
  gssize n_rest =
      read_up_to (self->fd, self->bytes + head_bytes, MAX_OPUS_BYTES - head_bytes, error);
  if (n_rest < 0)
    return FALSE;

  int code = 0;
  self->opus = op_open_memory (self->bytes, head_bytes + (size_t) n_rest, &code);
  if (self->opus == NULL)
    return set_invalid (error, "this is not Ogg Opus");

  self->rate = OPUS_RATE;
  self->n_channels = (unsigned int) op_channel_count (self->opus, -1);
  return self->n_channels <= TOMO_SOUND_MAX_CHANNELS ||
         set_invalid (error, "this is neither mono nor stereo");
}

static uint32_t
read_uint32 (const uint8_t *data)
{
  return (uint32_t) data[3] << 24 | (uint32_t) data[2] << 16 | (uint32_t) data[1] << 8 | data[0];
}

/* A pipe has no length, so the header tells none that could be believed: it plays to the end. */
static gboolean
open_wav (TomoSound *self, const uint8_t *head, GError **error)
{
  gboolean is_usual = memcmp (head + 8, "WAVEfmt ", 8) == 0 && read_uint32 (head + 16) == 16 &&
                      memcmp (head + 36, "data", 4) == 0;

  self->rate = read_uint32 (head + 24);
  self->n_channels = 1;
  /* Plain samples, one channel of 16 bits. */
  if (!is_usual || read_uint32 (head + 20) != (1 << 16 | 1) || head[34] != 16 || head[35] != 0 ||
      self->rate < MIN_WAV_RATE || self->rate > MAX_WAV_RATE)
    return set_invalid (error, "this is not WAV as espeak-ng writes it");

  return TRUE;
}

/**
 * tomo_sound_open:
 * @fd: where to read from; stays the caller’s
 * @error: return location for a #GError
 *
 * Finds out what kind of sound comes from @fd. A recording is read as a whole, WAV as it comes.
 *
 * On failure this sets a #GIOError.
 *
 * Returns: (transfer full): the sound
 */
TomoSound *
tomo_sound_open (int fd, GError **error)
{
  g_autoptr(TomoSound) self = g_new0 (TomoSound, 1);
  uint8_t head[WAV_HEADER_BYTES] = { 0 };

  self->fd = fd;
  gssize n_read = read_up_to (fd, head, sizeof head, error);
  if (n_read < 0)
    return NULL;
  if (n_read < WAV_HEADER_BYTES)
    {
      set_invalid (error, "this is too short for any sound");
      return NULL;
    }

  gboolean is_open = memcmp (head, "RIFF", 4) == 0 ? open_wav (self, head, error)
                                                   : open_opus (self, head, sizeof head, error);

  return is_open ? g_steal_pointer (&self) : NULL;
}

/**
 * tomo_sound_free:
 * @self: (transfer full): a sound
 *
 * Frees @self.
 */
void
tomo_sound_free (TomoSound *self)
{
  g_clear_pointer (&self->opus, op_free);
  g_free (self->bytes);
  g_free (self);
}

/**
 * tomo_sound_get_rate:
 * @self: a sound
 *
 * Returns: frames a second
 */
unsigned int
tomo_sound_get_rate (TomoSound *self)
{
  return self->rate;
}

/**
 * tomo_sound_get_n_channels:
 * @self: a sound
 *
 * Returns: samples a frame, 1 or 2
 */
unsigned int
tomo_sound_get_n_channels (TomoSound *self)
{
  return self->n_channels;
}

/**
 * tomo_sound_read:
 * @self: a sound
 * @samples: (out): room for %TOMO_SOUND_MAX_FRAMES frames of %TOMO_SOUND_MAX_CHANNELS
 * @error: return location for a #GError
 *
 * Decodes what comes next.
 *
 * On failure this sets a #GIOError.
 *
 * Returns: how many frames that is; 0 at the end, -1 on error
 */
gssize
tomo_sound_read (TomoSound *self, int16_t *samples, GError **error)
{
  if (self->opus == NULL)
    {
      /* A tenth of a second, so that a stop or a change of volume is heard at once. */
      gssize n_read = read_up_to (self->fd, samples, self->rate / 10 * sizeof *samples, error);
      for (gssize i = 0; i < n_read / 2; i++)
        samples[i] = GINT16_FROM_LE (samples[i]);
      return n_read < 0 ? -1 : n_read / 2;
    }

  int n_frames =
      op_read (self->opus, samples, TOMO_SOUND_MAX_FRAMES * (int) self->n_channels, NULL);
  if (n_frames >= 0)
    return n_frames;

  set_invalid (error, "this recording is damaged");
  return -1;
}
