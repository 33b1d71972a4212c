/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/tomo-error.h"
#include "tests/core/store/tomo-store-test.h"

#define CAMPAIGN "demo"
#define NOBODY 65534

/* What a child found, as its exit status. */
enum
{
  FOUND_EXPECTED = 0,
  FOUND_WRONG_SUCCESS = 2,
  FOUND_WRONG_ERROR = 3,
  FOUND_WRONG_WORD = 4,
  FOUND_NO_DROP = 5,
};

static gboolean
drop_to_nobody (void)
{
  return setgroups (0, NULL) == 0 && setgid (NOBODY) == 0 && setuid (NOBODY) == 0;
}

static int
judge_refusal (gboolean is_done, const GError *error, const char *path)
{
  if (is_done)
    return FOUND_WRONG_SUCCESS;

  return g_error_matches (error, TOMO_ERROR, TOMO_ERROR_FAILED) &&
                 strstr (error->message, path) != NULL && strstr (error->message, "--store") != NULL
             ? FOUND_EXPECTED
             : FOUND_WRONG_ERROR;
}

/* A visitor's program reads what it may not write. */
static int
read_only_child (TomoStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *word = tomo_store_test_read_word (store, CAMPAIGN);
  if (!g_str_equal (word, "old") || tomo_store_needs_repair (store))
    return FOUND_WRONG_WORD;

  if (!tomo_store_verify (store, NULL, NULL, NULL, NULL, NULL))
    return FOUND_WRONG_WORD;

  gboolean is_locked = tomo_store_lock (store, &error);
  return judge_refusal (is_locked, error, tomo_store_get_path (store));
}

static int
create_child (TomoStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (tomo_store_get_path (store), "below", NULL);
  g_autoptr(TomoStore) below = tomo_store_new (path);

  gboolean is_created = tomo_store_create (below, &error);
  return judge_refusal (is_created, error, path);
}

/* As root the rights are dropped, as anybody else they are taken from the folder. */
static void
run_as_ordinary_user (int (*func) (TomoStore *store), TomoStore *store)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    _exit (getuid () == 0 && !drop_to_nobody () ? FOUND_NO_DROP : func (store));

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, FOUND_EXPECTED);
}

static void
fill (TomoStoreTest *test)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tomo_store_lock (test->store, &error));
  g_assert_true (tomo_store_test_commit (test->store, CAMPAIGN, "old", &error));
  g_assert_no_error (error);
  tomo_store_unlock (test->store);
  g_assert_cmpint (chmod (test->folder, 0755), ==, 0);

  /* GLib 2.84 puts the temporary folder of a test into one that is closed to others. */
  g_autofree char *outer = g_path_get_dirname (test->folder);
  g_autofree char *name = g_path_get_basename (outer);
  if (g_str_has_prefix (name, "test_"))
    g_assert_cmpint (chmod (outer, 0755), ==, 0);
}

/* Who is not root is locked out of the own store instead. */
static void
set_writable (TomoStoreTest *test, gboolean is_writable)
{
  g_autofree char *private = g_build_filename (tomo_store_get_path (test->store), "private", NULL);

  if (getuid () == 0)
    return;

  g_assert_cmpint (chmod (private, is_writable ? 0700 : 0), ==, 0);
  g_assert_cmpint (chmod (tomo_store_get_path (test->store), is_writable ? 0755 : 0555), ==, 0);
}

/* A store that belongs to somebody else can be read and verified; writing is refused with the path
 * and the way out. The umask of whoever synchronised does not matter. */
static void
test_permissions_reader (TomoStoreTest *test, gconstpointer data)
{
  fill (test);
  set_writable (test, FALSE);
  run_as_ordinary_user (read_only_child, test->store);
  set_writable (test, TRUE);
}

/* A store cannot be made where one may not write. */
static void
test_permissions_create (TomoStoreTest *test, gconstpointer data)
{
  fill (test);
  set_writable (test, FALSE);
  run_as_ordinary_user (create_child, test->store);
  set_writable (test, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* As an operator’s root shell may have it. */
  umask (077);
#define ADD(name, func)                                                                            \
  g_test_add ("/store-permissions/" name, TomoStoreTest, NULL, tomo_store_test_set_up, func,       \
              tomo_store_test_tear_down)
  ADD ("reader", test_permissions_reader);
  ADD ("create", test_permissions_create);
#undef ADD
  return g_test_run ();
}
