/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/store/tomo-store-file-private.h"
#include "core/tomo-error.h"
#include "tests/core/store/tomo-store-test.h"

#define CAMPAIGN "demo"
#define KILLED 9

/* A fault in the step that @n_left counts down to. */
typedef struct
{
  int n_left;
  int errno_value; /* or KILLED_BY_STEP */
  gboolean has_struck;
} Fault;

/* Stands for a power cut: nothing of the process runs after the step. */
#define KILLED_BY_STEP (-1)

static int
fault_cb (const char *step, const char *path, gpointer user_data)
{
  Fault *fault = user_data;

  if (fault->n_left-- != 0)
    return 0;
  if (fault->errno_value == KILLED_BY_STEP)
    _exit (KILLED);

  fault->has_struck = TRUE;
  return fault->errno_value;
}

static void
commit_first (TomoStoreTest *test)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tomo_store_lock (test->store, &error));
  g_assert_no_error (error);
  g_assert_true (tomo_store_test_commit (test->store, CAMPAIGN, "old", &error));
  g_assert_no_error (error);
  tomo_store_unlock (test->store);
}

static void
assert_old_or_new (TomoStoreTest *test)
{
  g_autoptr(TomoStore) reader = tomo_store_new (tomo_store_get_path (test->store));
  g_autofree char *word = tomo_store_test_read_word (reader, CAMPAIGN);

  g_assert_true (g_str_equal (word, "old") || g_str_equal (word, "new"));
}

static void
assert_next_works (TomoStoreTest *test)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TomoStore) writer = tomo_store_new (tomo_store_get_path (test->store));

  g_assert_true (tomo_store_lock (writer, &error));
  g_assert_no_error (error);
  g_assert_true (tomo_store_test_commit (writer, CAMPAIGN, "next", &error));
  g_assert_no_error (error);
  g_autofree char *word = tomo_store_test_read_word (writer, CAMPAIGN);
  g_assert_cmpstr (word, ==, "next");
}

/* Breaks one step after the other, until a commit gets through without meeting the fault. */
static void
test_faults_errno (TomoStoreTest *test, gconstpointer data)
{
  static const struct
  {
    int errno_value;
    int code;
  } vectors[] = {
    { ENOSPC, TOMO_ERROR_NO_SPACE },
    { EDQUOT, TOMO_ERROR_NO_SPACE },
    { EIO, TOMO_ERROR_FAILED },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      Fault fault = { 0, vectors[i].errno_value, TRUE };
      int n_steps = 0;
      for (; fault.has_struck; n_steps++)
        {
          g_autoptr(GError) error = NULL;
          TomoStoreTest fresh;
          tomo_store_test_set_up (&fresh, NULL);
          commit_first (&fresh);
          g_assert_true (tomo_store_lock (fresh.store, NULL));

          fault = (Fault){ n_steps, vectors[i].errno_value, FALSE };
          tomo_store_set_fault_func (fault_cb, &fault);
          gboolean is_done = tomo_store_test_commit (fresh.store, CAMPAIGN, "new", &error);
          tomo_store_set_fault_func (NULL, NULL);
          tomo_store_unlock (fresh.store);

          g_assert_cmpint (is_done, ==, error == NULL);
          if (error != NULL)
            g_assert_error (error, TOMO_ERROR, vectors[i].code);
          if (!fault.has_struck)
            g_assert_no_error (error);
          assert_old_or_new (&fresh);
          assert_next_works (&fresh);
          tomo_store_test_tear_down (&fresh, NULL);
        }
      g_test_message ("%d steps with %s", n_steps - 1, g_strerror (vectors[i].errno_value));
      g_assert_cmpint (n_steps, >, 15);
    }
}

/* Kills the writer before one step after the other, as a power cut would. */
static void
test_faults_killed (TomoStoreTest *test, gconstpointer data)
{
  int status = 0;
  int n_steps = 0;

  do
    {
      TomoStoreTest fresh;
      tomo_store_test_set_up (&fresh, NULL);
      commit_first (&fresh);

      pid_t child = fork ();
      if (child == 0)
        {
          Fault fault = { n_steps, KILLED_BY_STEP, FALSE };
          tomo_store_set_fault_func (fault_cb, &fault);
          _exit (tomo_store_lock (fresh.store, NULL) &&
                         tomo_store_test_commit (fresh.store, CAMPAIGN, "new", NULL)
                     ? 0
                     : 1);
        }

      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFEXITED (status));
      g_assert_true (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == KILLED);
      assert_old_or_new (&fresh);
      assert_next_works (&fresh);
      tomo_store_test_tear_down (&fresh, NULL);
      n_steps++;
    }
  while (WEXITSTATUS (status) == KILLED);

  g_test_message ("%d steps", n_steps - 1);
  g_assert_cmpint (n_steps, >, 15);
}

/* In a child with a limit on the size of files, which stops any user, root too. */
static int
write_under_limit (TomoStore *store)
{
  struct rlimit limit = { 20, 20 };
  g_autoptr(GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  if (!tomo_store_lock (store, NULL) || setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return 2;
  if (tomo_store_test_commit (store, CAMPAIGN, "new", &error))
    return 3;

  return g_error_matches (error, TOMO_ERROR, TOMO_ERROR_NO_SPACE) ? 0 : 4;
}

/* A disk or quota that is really full says so, and the old generation stays. */
static void
test_faults_full (TomoStoreTest *test, gconstpointer data)
{
  int status = 0;
  commit_first (test);

  pid_t child = fork ();
  if (child == 0)
    _exit (write_under_limit (test->store));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);

  g_autofree char *word = tomo_store_test_read_word (test->store, CAMPAIGN);
  g_assert_cmpstr (word, ==, "old");
  assert_next_works (test);
}

/* Saving metadata breaks as cleanly: the old bytes or the new. */
static void
test_faults_metadata (TomoStoreTest *test, gconstpointer data)
{
  g_autoptr(GBytes) old = g_bytes_new_static ("old", 3);
  g_autoptr(GBytes) new = g_bytes_new_static ("new", 3);
  Fault fault = { 0, ENOSPC, TRUE };

  g_assert_true (tomo_store_lock (test->store, NULL));
  g_assert_true (tomo_store_save_metadata (test->store, CAMPAIGN, "root.json", old, NULL));
  for (int i = 0; fault.has_struck; i++)
    {
      g_autoptr(GError) error = NULL;
      fault = (Fault){ i, ENOSPC, FALSE };
      tomo_store_set_fault_func (fault_cb, &fault);
      gboolean is_saved =
          tomo_store_save_metadata (test->store, CAMPAIGN, "root.json", new, &error);
      tomo_store_set_fault_func (NULL, NULL);

      g_assert_cmpint (is_saved, ==, !fault.has_struck);
      g_autoptr(GBytes) read =
          tomo_store_load_metadata (test->store, CAMPAIGN, "root.json", 10, NULL);
      g_assert_true (g_bytes_equal (read, is_saved ? new : old));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/store-faults/" name, TomoStoreTest, NULL, tomo_store_test_set_up, func,            \
              tomo_store_test_tear_down)
  ADD ("errno", test_faults_errno);
  ADD ("killed", test_faults_killed);
  ADD ("full", test_faults_full);
  ADD ("metadata", test_faults_metadata);
#undef ADD
  return g_test_run ();
}
