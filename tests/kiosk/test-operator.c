/* SPDX-License-Identifier: GPL-3.0-or-later */

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kiosk/operator/corners", test_operator_corners);
  g_test_add_func ("/kiosk/operator/keys", test_operator_keys);
  g_test_add_func ("/kiosk/operator/without-pin", test_operator_without_pin);
  g_test_add_func ("/kiosk/operator/wrong-pins", test_operator_wrong_pins);
  return g_test_run ();
}
