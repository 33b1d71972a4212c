/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-audio.h"

#include <stdint.h>
#include <string.h>

#include "core/tomo-error.h"

/* RFC 3533: a page is a header of 27 bytes, up to 255 lengths of segments, then the segments. */
#define PAGE_HEADER_BYTES 27
#define AT_CHECKSUM 22
#define CHECKSUM_BYTES 4
#define FLAG_CONTINUED 1U
#define FLAG_FIRST 2U
#define FLAG_LAST 4U
#define FULL_SEGMENT 255
/* “No packet ends on this page.” */
#define NO_POSITION UINT64_MAX

/* RFC 7845: the head of one or two channels has 19 bytes. Version 1 is the only one there is; up to
 * 15 could be played as well, but nobody could have tried it. */
#define HEAD_BYTES 19
/* Title and encoder. A cover picture would be 100 times that, and nobody would see it. */
#define MAX_TAGS_BYTES (64 * 1024)
/* RFC 6716, section 3: a packet lasts at most 120 ms, and RFC 7845 counts in 48 kHz. */
#define SAMPLES_A_SEC 48000
#define MAX_PACKET_SAMPLES 5760
/* 48 frames of 1,275 bytes, the most that 120 ms can be. */
#define MAX_PACKET_BYTES (48 * 1275 + 100)

typedef struct
{
  const uint8_t *data;
  size_t size;
  size_t at; /* of the next page */

  uint32_t serial;
  uint32_t n_pages;
  gboolean has_ended;
  gboolean packet_is_open; /* goes on in the next page */
  uint32_t n_packets;      /* finished */
  const uint8_t *packet;   /* where the current one begins */
  size_t packet_bytes;     /* of the current one, so far */
  uint64_t pre_skip;
  uint64_t n_samples; /* of the finished packets */
  uint64_t position;  /* of the last page that has one */
} Reader;

static gboolean
set_invalid (GError **error, const char *mistake)
{
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "recording: %s", mistake);
  return FALSE;
}

static uint32_t
read_uint32 (const uint8_t *data)
{
  return (uint32_t) data[3] << 24 | (uint32_t) data[2] << 16 | (uint32_t) data[1] << 8 | data[0];
}

static uint64_t
read_uint64 (const uint8_t *data)
{
  return (uint64_t) read_uint32 (data + 4) << 32 | read_uint32 (data);
}

/* One step of the checksum of RFC 3533: polynomial 0x04c11db7, the highest bit first. */
static uint32_t
add_to_checksum (uint32_t checksum, uint8_t byte)
{
  static uint32_t table[256];
  static size_t is_filled = 0;

  if (g_once_init_enter (&is_filled))
    {
      for (uint32_t i = 0; i < G_N_ELEMENTS (table); i++)
        {
          uint32_t value = i << 24;
          for (unsigned int bit = 0; bit < 8; bit++)
            value = (value & 0x80000000U) != 0 ? value << 1 ^ 0x04c11db7U : value << 1;
          table[i] = value;
        }
      g_once_init_leave (&is_filled, 1);
    }

  return checksum << 8 ^ table[checksum >> 24 ^ byte];
}

static gboolean
has_right_checksum (const uint8_t *page, size_t page_bytes)
{
  uint32_t checksum = 0;

  for (size_t i = 0; i < page_bytes; i++)
    {
      gboolean is_own = i >= AT_CHECKSUM && i < AT_CHECKSUM + CHECKSUM_BYTES;
      checksum = add_to_checksum (checksum, is_own ? 0 : page[i]);
    }

  return checksum == read_uint32 (page + AT_CHECKSUM);
}

static gboolean
check_head (Reader *self, GError **error)
{
  const uint8_t *head = self->packet;

  if (self->packet_bytes < HEAD_BYTES || memcmp (head, "OpusHead", 8) != 0)
    return set_invalid (error, "is not Opus; encode it with opusenc");
  if (self->packet_bytes != HEAD_BYTES || head[8] != 1 || head[18] != 0)
    return set_invalid (error, "has a header of another kind than mono or stereo speech needs");
  if (head[9] != 1 && head[9] != 2)
    return set_invalid (error, "is neither mono nor stereo");

  self->pre_skip = (uint64_t) head[10] | (uint64_t) head[11] << 8;
  return TRUE;
}

/* How long a packet plays, from its first two bytes (RFC 6716, section 3.1); 0 if it cannot be. */
static unsigned int
count_samples (const uint8_t *packet, size_t packet_bytes)
{
  static const unsigned int silk[] = { 480, 960, 1920, 2880 };
  static const unsigned int celt[] = { 120, 240, 480, 960 };
  unsigned int mode = packet[0] >> 3;
  unsigned int code = packet[0] & 3U;
  unsigned int frame = mode < 12 ? silk[mode & 3] : mode < 16 ? silk[mode & 1] : celt[mode & 3];
  unsigned int n_frames = code == 0 ? 1 : 2;

  if (code == 3)
    n_frames = packet_bytes < 2 ? 0 : packet[1] & 0x3fU;

  return frame * n_frames <= MAX_PACKET_SAMPLES ? frame * n_frames : 0;
}

/* The current packet is whole. */
static gboolean
end_packet (Reader *self, GError **error)
{
  if (self->n_packets == 0)
    {
      if (!check_head (self, error))
        return FALSE;
    }
  else if (self->n_packets == 1)
    {
      if (self->packet_bytes < 8 || memcmp (self->packet, "OpusTags", 8) != 0)
        return set_invalid (error, "lacks the tags that come after the header");
    }
  else
    {
      unsigned int n_samples =
          self->packet_bytes > 0 ? count_samples (self->packet, self->packet_bytes) : 0;
      if (n_samples == 0)
        return set_invalid (error, "has a packet that Opus does not allow");
      self->n_samples += n_samples;
    }

  self->n_packets++;
  self->packet_bytes = 0;
  return TRUE;
}

/* Header and tags end their pages, so that no sound stands on them. */
static gboolean
read_segments (Reader *self,
               const uint8_t *lengths,
               unsigned int n_segments,
               const uint8_t *segment,
               GError **error)
{
  gboolean begins_with_header = self->n_packets < 2;

  for (unsigned int i = 0; i < n_segments; i++)
    {
      size_t max_bytes = self->n_packets < 2 ? MAX_TAGS_BYTES : MAX_PACKET_BYTES;

      if (self->packet_bytes == 0)
        self->packet = segment;
      self->packet_bytes += lengths[i];
      segment += lengths[i];
      if (self->packet_bytes > max_bytes)
        return set_invalid (error, "has a packet that is too large");

      self->packet_is_open = lengths[i] == FULL_SEGMENT;
      if (self->packet_is_open)
        continue;
      if (!end_packet (self, error))
        return FALSE;
      if (begins_with_header && i + 1 < n_segments)
        return set_invalid (error, "has sound on the page of its header");
    }

  return TRUE;
}

/* Positions never run backwards, and never ahead of what was there to play: players allocate and
 * seek by them. */
static gboolean
check_position (Reader *self, uint64_t position, GError **error)
{
  if (position == NO_POSITION)
    return TRUE;

  if (position < self->position || position > self->n_samples)
    return set_invalid (error, "has a page with an impossible position");
  self->position = position;

  return self->n_samples <= (uint64_t) TOMO_AUDIO_MAX_SECS * SAMPLES_A_SEC ||
         set_invalid (error, "is longer than ten minutes");
}

static gboolean
check_page_header (Reader *self, const uint8_t *page, GError **error)
{
  uint8_t flags = page[5];

  if (self->n_pages == 0)
    self->serial = read_uint32 (page + 14);

  if (page[4] != 0 || (flags & FLAG_CONTINUED) != (self->packet_is_open ? FLAG_CONTINUED : 0) ||
      ((flags & FLAG_FIRST) != 0) != (self->n_pages == 0))
    return set_invalid (error, "has a page that does not continue the one before");
  if (read_uint32 (page + 14) != self->serial)
    return set_invalid (error, "holds more than one stream");
  if (read_uint32 (page + 18) != self->n_pages)
    return set_invalid (error, "lacks a page, or has one twice");

  self->has_ended = (flags & FLAG_LAST) != 0;
  return TRUE;
}

static gboolean
read_page (Reader *self, GError **error)
{
  const uint8_t *page = self->data + self->at;
  size_t rest = self->size - self->at;
  size_t page_bytes = PAGE_HEADER_BYTES;

  if (rest < PAGE_HEADER_BYTES || memcmp (page, "OggS", 4) != 0)
    return set_invalid (error, self->n_pages == 0 ? "is not an Ogg file" : "is cut off");

  unsigned int n_segments = page[26];
  page_bytes += n_segments;
  for (unsigned int i = 0; page_bytes <= rest && i < n_segments; i++)
    page_bytes += page[PAGE_HEADER_BYTES + i];
  if (page_bytes > rest)
    return set_invalid (error, "is cut off");
  if (!has_right_checksum (page, page_bytes))
    return set_invalid (error, "is damaged: the checksum of a page is wrong");

  if (!check_page_header (self, page, error) ||
      !read_segments (self, page + PAGE_HEADER_BYTES, n_segments,
                      page + PAGE_HEADER_BYTES + n_segments, error) ||
      !check_position (self, read_uint64 (page + 6), error))
    return FALSE;

  self->n_pages++;
  self->at += page_bytes;
  return TRUE;
}

/**
 * tomo_audio_check:
 * @opus: foreign bytes
 * @out_secs: (out) (optional): how long it plays, rounded up
 * @error: return location for a #GError
 *
 * Looks at every page of a recording, and at the beginning of every packet, before any decoder sees
 * it: one stream of Ogg Opus, mono or stereo, whole, of at most ten minutes. What the packets sound
 * like is the decoder’s to find out.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE if @opus is a recording within the limits
 */
gboolean
tomo_audio_check (GBytes *opus, unsigned int *out_secs, GError **error)
{
  g_return_val_if_fail (opus != NULL, FALSE);

  Reader reader = { 0 };
  reader.data = g_bytes_get_data (opus, &reader.size);

  if (reader.size > TOMO_AUDIO_MAX_BYTES)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "recording: is larger than %d bytes",
                   TOMO_AUDIO_MAX_BYTES);
      return FALSE;
    }

  while (!reader.has_ended)
    if (!read_page (&reader, error))
      return FALSE;

  if (reader.at != reader.size)
    return set_invalid (error, "has bytes after its end");
  if (reader.packet_is_open)
    return set_invalid (error, "is cut off");
  if (reader.position <= reader.pre_skip)
    return set_invalid (error, "holds no sound");

  if (out_secs != NULL)
    *out_secs =
        (unsigned int) ((reader.position - reader.pre_skip + SAMPLES_A_SEC - 1) / SAMPLES_A_SEC);
  return TRUE;
}
