/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/support/tomo-fixture.h"

#include <string.h>

#define PAGE_HEADER_BYTES 27
#define AT_CHECKSUM 22

GBytes *
tomo_fixture_new_audio (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("TOMO_SOURCE_ROOT"), "tests", "fuzz",
                                            "corpus", "audio", "tone.opus", NULL);
  g_autoptr(GError) error = NULL;
  char *data = NULL;
  size_t size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* Bit by bit, unlike what is tested. */
static uint32_t
compute_checksum (const uint8_t *page, size_t page_bytes)
{
  uint32_t checksum = 0;

  for (size_t i = 0; i < page_bytes; i++)
    {
      checksum ^= (uint32_t) page[i] << 24;
      for (unsigned int bit = 0; bit < 8; bit++)
        checksum = (checksum & 0x80000000U) != 0 ? checksum << 1 ^ 0x04c11db7U : checksum << 1;
    }

  return checksum;
}

void
tomo_fixture_mend_audio (uint8_t *data, size_t size)
{
  size_t at = 0;

  while (size - at >= PAGE_HEADER_BYTES && memcmp (data + at, "OggS", 4) == 0)
    {
      size_t page_bytes = PAGE_HEADER_BYTES + (size_t) data[at + 26];
      for (unsigned int i = 0; page_bytes <= size - at && i < data[at + 26]; i++)
        page_bytes += data[at + PAGE_HEADER_BYTES + i];
      if (page_bytes > size - at)
        return;

      memset (data + at + AT_CHECKSUM, 0, 4);
      uint32_t checksum = GUINT32_TO_LE (compute_checksum (data + at, page_bytes));
      memcpy (data + at + AT_CHECKSUM, &checksum, 4);
      at += page_bytes;
    }
}
