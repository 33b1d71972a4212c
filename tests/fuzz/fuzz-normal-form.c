/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/content/tomo-piece-private.h"

/* What is checked here is checked by size, not by address: GLib wants what it reads aligned. */
#define ALIGNMENT 8
#define MAX_DEPTH 128

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static gboolean
is_normal_for_glib (const uint8_t *data, size_t size, const char *type)
{
  g_autofree uint8_t *aligned = g_malloc (size + ALIGNMENT);
  memcpy (aligned, data, size);
  g_autoptr(GBytes) bytes = g_bytes_new_static (aligned, size);
  g_autoptr(GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));

  return g_variant_is_normal_form (variant);
}

/* The first byte chooses a type; of the rest, we and GLib say the same, or we are stricter. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const types[] = {
    "(ua{sv}a(sa{sv}))",
    "a(sba(yss)a(yss))",
    "aa(yss)",
    "a{sv}",
    "v",
    "as",
    "a(uuuu)",
    "(yu)",
    "a(by)",
    "(bub)",
    "a{ss}",
    "(ss)",
    "s",
    "a(vb)",
    "aab",
    "a(yu)",
  };

  if (size == 0)
    return 0;

  const char *type = types[data[0] % G_N_ELEMENTS (types)];
  TomoPiece piece = { data + 1, size - 1 };
  gboolean is_normal = tomo_piece_is_normal (piece, type);
  gboolean is_for_glib = is_normal_for_glib (piece.data, piece.size, type);

  /* GLib 2.74 takes an empty array for normal whose type alone is nested deeper than it allows: its
   * count goes below zero. That takes more than so many bytes. */
  if (is_normal || piece.size < MAX_DEPTH)
    g_assert_cmpint (is_normal, ==, is_for_glib);

  return 0;
}
