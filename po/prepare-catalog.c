/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>
#include <stdlib.h>

#include "author/pack/tomo-program-catalog.h"

/* For the build: prepare-catalog LANGUAGE PO-OR-POT OUTPUT */
int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;

  if (argc != 4)
    {
      fprintf (stderr, "usage: %s LANGUAGE PO-OR-POT OUTPUT\n", argv[0]);
      return EXIT_FAILURE;
    }

  g_autoptr(GBytes) prepared = NULL;
  if (g_file_get_contents (argv[2], &text, &size, &error))
    {
      g_autoptr(GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), size);

      prepared = tomo_program_catalog_prepare (bytes, argv[2], argv[1], &error);
    }

  if (prepared == NULL || !g_file_set_contents (argv[3], g_bytes_get_data (prepared, NULL),
                                                (gssize) g_bytes_get_size (prepared), &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
