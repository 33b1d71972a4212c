/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes a store with the fixture's content, for programs that are tested from outside.
 *
 *   fill-store DIR */

#include <stdio.h>

#include "tests/support/tomo-fixture.h"

int
main (int argc, char **argv)
{
  if (argc != 2)
    {
      fprintf (stderr, "usage: fill-store DIR\n");
      return 2;
    }

  g_autoptr(TomoStore) store = tomo_store_new (argv[1]);
  tomo_fixture_fill_store (store);
  return 0;
}
