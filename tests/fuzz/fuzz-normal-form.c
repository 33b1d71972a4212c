/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "core/content/tomo-piece-private.h"

/* What is deeper is refused, and takes at least so many bytes. */
#define MAX_DEPTH 128

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What GLib reads, whatever the bytes are, put together again from its parts. */
static GVariant *
rebuild (GVariant *variant)
{
  GVariantBuilder builder;

  if (!g_variant_is_container (variant))
    return g_variant_ref (variant);

  g_variant_builder_init (&builder, g_variant_get_type (variant));
  for (size_t i = 0; i < g_variant_n_children (variant); i++)
    {
      g_autoptr(GVariant) child = g_variant_get_child_value (variant, i);
      g_autoptr(GVariant) rebuilt = rebuild (child);
      g_variant_builder_add_value (&builder, rebuilt);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static gboolean
is_as_rebuilt (GVariant *variant, TomoPiece piece)
{
  g_autoptr(GVariant) rebuilt = rebuild (variant);

  return g_variant_get_size (rebuilt) == piece.size &&
         (piece.size == 0 || memcmp (g_variant_get_data (rebuilt), piece.data, piece.size) == 0);
}

/* The first byte chooses a type. If we call the rest normal, GLib does, too. If it does and we do
 * not, it would not write what it has read: GLib 2.74 takes a tuple without its table if nothing is
 * in it, and an empty array of a type too deep. */
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
  g_autoptr(GBytes) bytes = g_bytes_new (piece.data, piece.size);
  g_autoptr(GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
  gboolean is_for_glib = g_variant_is_normal_form (variant);

  if (tomo_piece_is_normal (piece, type))
    g_assert_true (is_for_glib);
  else if (is_for_glib && piece.size < MAX_DEPTH)
    g_assert_false (is_as_rebuilt (variant, piece));

  return 0;
}
