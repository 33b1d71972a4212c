/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "kiosk/tomo-operator.h"

#define PIN "246813"
/* With few rounds, so that wrong PINs can be tried by the hundred. */
#define PIN_HASH                                                                                   \
  "pbkdf2-sha256$1000$000102030405060708090a0b0c0d0e0f$"                                           \
  "022c01f35c5cb03cc614589c007cf43d67629ac084ab884fc447dfc3d2867e39"

static int64_t
read_clock (gpointer user_data)
{
  return *(int64_t *) user_data;
}

static void
pass (int64_t *now_usecs, unsigned int secs)
{
  *now_usecs += (int64_t) secs * G_USEC_PER_SEC;
}

/* The corners open the door in their order and in time, also after a false start. */
static void
test_operator_corners (void)
{
  int64_t now_usecs = 0;
  g_autoptr(TomoOperator) keeper = tomo_operator_new (PIN_HASH, read_clock, &now_usecs);

  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_LEFT));
  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_LEFT));
  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_RIGHT));
  g_assert_true (tomo_operator_hold (keeper, TOMO_CORNER_TOP_LEFT));

  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_LEFT));
  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_RIGHT));
  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_NONE));
  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_LEFT));

  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_RIGHT));
  pass (&now_usecs, 16);
  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_LEFT));
}

/* So do the keys of the keypad, and no number of the same key. */
static void
test_operator_keys (void)
{
  int64_t now_usecs = 0;
  g_autoptr(TomoOperator) keeper = tomo_operator_new (PIN_HASH, read_clock, &now_usecs);

  for (unsigned int round = 0; round < 2; round++)
    for (unsigned int i = 0; i < 9; i++)
      {
        TomoOperatorKey key = (i / 3 == 1) ? TOMO_OPERATOR_KEY_BACK : TOMO_OPERATOR_KEY_HELP;
        g_assert_cmpint (tomo_operator_press (keeper, key), ==, i == 8);
      }

  for (unsigned int i = 0; i < 100; i++)
    g_assert_false (tomo_operator_press (keeper, TOMO_OPERATOR_KEY_HELP));
  for (unsigned int i = 0; i < 100; i++)
    g_assert_false (tomo_operator_press (keeper, TOMO_OPERATOR_KEY_BACK));
}

/* Without a PIN there is no door. */
static void
test_operator_without_pin (void)
{
  int64_t now_usecs = 0;
  g_autoptr(TomoOperator) keeper = tomo_operator_new (NULL, read_clock, &now_usecs);

  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_LEFT));
  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_RIGHT));
  g_assert_false (tomo_operator_hold (keeper, TOMO_CORNER_TOP_LEFT));
  g_assert_false (tomo_operator_try_pin (keeper, ""));
}

/* Wrong PINs cost more and more time; meanwhile not even the right one counts; then it does, and
 * all is forgiven. */
static void
test_operator_wrong_pins (void)
{
  static const unsigned int waits[] = { 0, 0, 10, 20, 40, 80, 160, 320, 640, 900, 900 };
  int64_t now_usecs = 0;
  g_autoptr(TomoOperator) keeper = tomo_operator_new (PIN_HASH, read_clock, &now_usecs);

  for (unsigned int i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_assert_false (tomo_operator_try_pin (keeper, "111111"));
      g_assert_cmpuint (tomo_operator_get_wait_secs (keeper), ==, waits[i]);
      if (waits[i] > 0)
        g_assert_false (tomo_operator_try_pin (keeper, PIN));
      pass (&now_usecs, waits[i]);
    }
  for (unsigned int i = 0; i < 100; i++)
    {
      g_assert_false (tomo_operator_try_pin (keeper, "222222"));
      pass (&now_usecs, 900);
    }

  g_assert_true (tomo_operator_try_pin (keeper, PIN));
  g_assert_false (tomo_operator_try_pin (keeper, "111111"));
  g_assert_cmpuint (tomo_operator_get_wait_secs (keeper), ==, 0);
}

static TomoOperator *
new_after_start (const char *note, int64_t *now_usecs)
{
  TomoOperator *keeper = tomo_operator_new (PIN_HASH, read_clock, now_usecs);

  /* A clock that counts from the start, as it does after a plug was pulled. */
  *now_usecs = 0;
  tomo_operator_remember (keeper, note);
  return keeper;
}

static void
try_wrong (TomoOperator *keeper, unsigned int n_times, int64_t *now_usecs)
{
  for (unsigned int i = 0; i < n_times; i++)
    {
      pass (now_usecs, tomo_operator_get_wait_secs (keeper));
      g_assert_false (tomo_operator_try_pin (keeper, "111111"));
    }
}

/* A pulled plug gives no free tries: the wait begins anew and goes on doubling, until the right PIN
 * has come. */
static void
test_operator_restart (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *below = g_build_filename (folder, "state", NULL);
  g_autofree char *note = g_build_filename (below, "wrong-pins", NULL);
  int64_t now_usecs = 0;

  /* Nothing is written until somebody is at the door. */
  g_autoptr(TomoOperator) first = new_after_start (note, &now_usecs);
  g_assert_false (g_file_test (note, G_FILE_TEST_EXISTS));
  try_wrong (first, 2, &now_usecs);
  g_assert_cmpuint (tomo_operator_get_wait_secs (first), ==, 0);

  g_autoptr(TomoOperator) second = new_after_start (note, &now_usecs);
  g_assert_cmpuint (tomo_operator_get_wait_secs (second), ==, 0);
  try_wrong (second, 3, &now_usecs);
  g_assert_cmpuint (tomo_operator_get_wait_secs (second), ==, 40);

  g_autoptr(TomoOperator) third = new_after_start (note, &now_usecs);
  g_assert_cmpuint (tomo_operator_get_wait_secs (third), ==, 40);
  g_assert_false (tomo_operator_try_pin (third, PIN));
  try_wrong (third, 1, &now_usecs);
  g_assert_cmpuint (tomo_operator_get_wait_secs (third), ==, 80);
  pass (&now_usecs, 80);
  g_assert_true (tomo_operator_try_pin (third, PIN));

  g_autoptr(TomoOperator) fourth = new_after_start (note, &now_usecs);
  g_assert_cmpuint (tomo_operator_get_wait_secs (fourth), ==, 0);
  try_wrong (fourth, 2, &now_usecs);
  g_assert_cmpuint (tomo_operator_get_wait_secs (fourth), ==, 0);

  g_remove (note);
  g_rmdir (below);
  g_rmdir (folder);
}

/* What stands in the note may be anything; it never opens the door sooner than an honest one. */
static void
test_operator_damaged_note (void)
{
  static const struct
  {
    const char *bytes;
    size_t n_bytes;
    unsigned int wait_secs;
  } notes[] = {
    { "0\n", 2, 0 },
    { "2\n", 2, 0 },
    { "3\n", 2, 10 },
    { "9999\n", 5, 900 },
    { "", 0, 10 },
    { "-1\n", 3, 10 },
    { "\0\n", 2, 10 },
    { "4294967296\n", 11, 10 },
    { "a door, please", 14, 10 },
  };
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *note = g_build_filename (folder, "wrong-pins", NULL);
  int64_t now_usecs = 0;

  for (size_t i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_test_message ("note %zu", i);
      g_assert_true (g_file_set_contents (note, notes[i].bytes, (gssize) notes[i].n_bytes, NULL));
      g_autoptr(TomoOperator) keeper = new_after_start (note, &now_usecs);
      g_assert_cmpuint (tomo_operator_get_wait_secs (keeper), ==, notes[i].wait_secs);
      pass (&now_usecs, notes[i].wait_secs);
      g_assert_true (tomo_operator_try_pin (keeper, PIN));
    }

  g_remove (note);
  g_rmdir (folder);
}

/* A disk that cannot be written to keeps nobody out, but each start costs the first wait. */
static void
test_operator_read_only (void)
{
  int64_t now_usecs = 0;
  g_autoptr(TomoOperator) keeper = new_after_start ("/proc/self/none/wrong-pins", &now_usecs);

  g_assert_cmpuint (tomo_operator_get_wait_secs (keeper), ==, 10);
  g_assert_false (tomo_operator_try_pin (keeper, PIN));
  try_wrong (keeper, 1, &now_usecs);
  g_assert_cmpuint (tomo_operator_get_wait_secs (keeper), ==, 20);
  pass (&now_usecs, 20);
  g_assert_true (tomo_operator_try_pin (keeper, PIN));
  g_assert_false (tomo_operator_try_pin (keeper, "111111"));
  g_assert_cmpuint (tomo_operator_get_wait_secs (keeper), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kiosk/operator/corners", test_operator_corners);
  g_test_add_func ("/kiosk/operator/keys", test_operator_keys);
  g_test_add_func ("/kiosk/operator/without-pin", test_operator_without_pin);
  g_test_add_func ("/kiosk/operator/wrong-pins", test_operator_wrong_pins);
  g_test_add_func ("/kiosk/operator/restart", test_operator_restart);
  g_test_add_func ("/kiosk/operator/damaged-note", test_operator_damaged_note);
  g_test_add_func ("/kiosk/operator/read-only", test_operator_read_only);
  return g_test_run ();
}
