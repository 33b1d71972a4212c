/* SPDX-License-Identifier: GPL-3.0-or-later */

/* main() for fuzz targets where there is no fuzzing engine: runs every file of the folder given as
 * argument, then mutations of them that are the same each time, and reports in TAP. What a target
 * finds is an assertion that fails or a sanitizer that stops it.
 *
 * TOMO_FUZZ_RUNS says how many mutations; TOMO_TEST_LONG means twenty times as many. */

#include <fcntl.h>
#include <gio/gio.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_RUNS 2000
#define LONG_FACTOR 20
#define FIRST_SEED 20130707U
#define MAX_CHANGES 6
#define MAX_CHUNK_BYTES 64
/* A mutation may grow, but not without end. */
#define MAX_BYTES (2 * 1024 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct
{
  char *name;    /* (owned) */
  GBytes *bytes; /* (owned) */
} Seed;

static void
seed_free (gpointer data)
{
  Seed *self = data;

  g_free (self->name);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static int
compare_seeds_cb (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Seed *const *) a)->name, (*(Seed *const *) b)->name);
}

static GPtrArray *
load_seeds (const char *folder_path, GError **error)
{
  g_autoptr(GPtrArray) seeds = g_ptr_array_new_with_free_func (seed_free);
  g_autoptr(GDir) folder = g_dir_open (folder_path, 0, error);
  if (folder == NULL)
    return NULL;

  for (const char *name; (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder_path, name, NULL);
      g_autofree char *data = NULL;
      gsize size = 0;
      if (!g_file_get_contents (path, &data, &size, error))
        return NULL;

      Seed *seed = g_new0 (Seed, 1);
      seed->name = g_strdup (name);
      seed->bytes = g_bytes_new_take (g_steal_pointer (&data), size);
      g_ptr_array_add (seeds, seed);
    }

  g_ptr_array_sort (seeds, compare_seeds_cb);
  return g_steal_pointer (&seeds);
}

static unsigned int
pick (GRand *rand, unsigned int n)
{
  return n > 0 ? g_rand_int (rand) % n : 0;
}

/* A few bytes, but not more than there are. */
static unsigned int
pick_size (GRand *rand, unsigned int n_left)
{
  unsigned int size = 1 + pick (rand, MAX_CHUNK_BYTES);

  return MIN (size, n_left);
}

static void
change_bytes (GByteArray *bytes, GRand *rand)
{
  /* Where lengths and offsets break. */
  static const uint8_t edges[] = { 0x00, 0x01, 0x7f, 0x80, 0xff, 0x10, '/', '.', '\n', '<', '"' };

  if (bytes->len == 0)
    return;

  uint8_t *at = bytes->data + pick (rand, bytes->len);
  switch (pick (rand, 3))
    {
    case 0:
      *at ^= (uint8_t) (1U << pick (rand, 8));
      break;
    case 1:
      *at = edges[pick (rand, G_N_ELEMENTS (edges))];
      break;
    default:
      *at = (uint8_t) g_rand_int (rand);
      break;
    }
}

static void
insert_bytes (GByteArray *bytes, unsigned int at, const uint8_t *data, unsigned int size)
{
  g_autofree uint8_t *copy = g_memdup2 (data, size);
  unsigned int behind = bytes->len - at;

  if (size == 0 || bytes->len + size > MAX_BYTES)
    return;

  g_byte_array_set_size (bytes, bytes->len + size);
  memmove (bytes->data + at + size, bytes->data + at, behind);
  memcpy (bytes->data + at, copy, size);
}

static void
mutate_once (GByteArray *bytes, const Seed *other, GRand *rand)
{
  unsigned int at = pick (rand, bytes->len + 1);
  unsigned int n_behind = pick_size (rand, bytes->len - at);
  size_t other_size;
  const uint8_t *other_data = g_bytes_get_data (other->bytes, &other_size);

  switch (pick (rand, 8))
    {
    case 0:
      if (n_behind > 0)
        g_byte_array_remove_range (bytes, at, n_behind);
      break;
    case 1:
      insert_bytes (bytes, pick (rand, bytes->len + 1), bytes->data + at, n_behind);
      break;
    case 2:
      g_byte_array_set_size (bytes, at);
      break;
    case 3:
      if (other_size > 0)
        {
          unsigned int from = pick (rand, (unsigned int) other_size);
          unsigned int size = pick_size (rand, (unsigned int) other_size - from);
          insert_bytes (bytes, at, other_data + from, size);
        }
      break;
    default:
      change_bytes (bytes, rand);
      break;
    }
}

static GBytes *
mutate (GPtrArray *seeds, unsigned int run)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (FIRST_SEED + run);
  const Seed *seed = g_ptr_array_index (seeds, run % seeds->len);
  const Seed *other = g_ptr_array_index (seeds, pick (rand, seeds->len));
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  size_t size;
  const uint8_t *data = g_bytes_get_data (seed->bytes, &size);

  g_byte_array_append (bytes, data, (unsigned int) size);
  for (unsigned int n = 1 + pick (rand, MAX_CHANGES); n > 0; n--)
    mutate_once (bytes, other, rand);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* The bytes go to a file first: whatever a target does to this process, they can be run again. */
static void
run_bytes (GBytes *bytes, int culprit_fd)
{
  size_t size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);

  if (culprit_fd >= 0 && (ftruncate (culprit_fd, 0) != 0 ||
                          (size > 0 && pwrite (culprit_fd, data, size, 0) != (ssize_t) size)))
    printf ("# cannot note the input\n");

  /* A copy of exactly this size, so that a sanitizer sees a step beyond the end. */
  g_autofree uint8_t *copy = g_memdup2 (data, size);
  LLVMFuzzerTestOneInput (copy != NULL ? copy : (const uint8_t *) "", size);
}

static unsigned int
count_runs (void)
{
  const char *runs = g_getenv ("TOMO_FUZZ_RUNS");

  if (runs != NULL)
    return (unsigned int) g_ascii_strtoull (runs, NULL, 10);

  return g_getenv ("TOMO_TEST_LONG") != NULL ? DEFAULT_RUNS * LONG_FACTOR : DEFAULT_RUNS;
}

static void
run_all (GPtrArray *seeds, int culprit_fd)
{
  unsigned int n_runs = count_runs ();

  printf ("1..%u\n", seeds->len + 1);
  for (unsigned int i = 0; i < seeds->len; i++)
    {
      const Seed *seed = g_ptr_array_index (seeds, i);
      run_bytes (seed->bytes, culprit_fd);
      printf ("ok %u seed %s\n", i + 1, seed->name);
      fflush (stdout);
    }

  for (unsigned int run = 0; run < n_runs; run++)
    {
      g_autoptr(GBytes) bytes = mutate (seeds, run);
      run_bytes (bytes, culprit_fd);
    }
  printf ("ok %u mutations: %u\n", seeds->len + 1, n_runs);
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) seeds = argc > 1 ? load_seeds (argv[1], &error) : NULL;

  if (seeds == NULL || seeds->len == 0)
    {
      printf ("Bail out! %s\n", error != NULL ? error->message : "no folder with seeds was given");
      return 1;
    }

  g_autofree char *culprit = NULL;
  int culprit_fd = g_file_open_tmp ("tomo-fuzz-XXXXXX", &culprit, NULL);
  printf ("# If this stops, the input that did it is %s\n", culprit);
  fflush (stdout);

  run_all (seeds, culprit_fd);

  if (culprit_fd >= 0)
    {
      close (culprit_fd);
      unlink (culprit);
    }
  return 0;
}
