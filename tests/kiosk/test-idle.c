/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kiosk/tomo-idle.h"

typedef struct
{
  int64_t now_usecs;
  unsigned int n_warned;
  unsigned int seconds; /* of the last warning */
  unsigned int n_resumed;
  unsigned int n_expired;
} Clock;

static int64_t
read_clock (gpointer user_data)
{
  return ((Clock *) user_data)->now_usecs;
}

static void
warned_cb (TomoIdle *idle, unsigned int seconds, Clock *clock)
{
  clock->n_warned++;
  clock->seconds = seconds;
}

static void
resumed_cb (TomoIdle *idle, Clock *clock)
{
  clock->n_resumed++;
}

static void
expired_cb (TomoIdle *idle, Clock *clock)
{
  clock->n_expired++;
}

static TomoIdle *
new_idle (Clock *clock)
{
  TomoIdle *idle = tomo_idle_new (read_clock, clock);

  g_signal_connect (idle, "warned", G_CALLBACK (warned_cb), clock);
  g_signal_connect (idle, "resumed", G_CALLBACK (resumed_cb), clock);
  g_signal_connect (idle, "expired", G_CALLBACK (expired_cb), clock);
  return idle;
}

/* Lets the clock run, with a look at it every second. */
static void
pass (TomoIdle *idle, Clock *clock, unsigned int secs)
{
  for (unsigned int i = 0; i < secs; i++)
    {
      clock->now_usecs += G_USEC_PER_SEC;
      tomo_idle_check (idle);
    }
}

/* On a menu a visit ends after a minute, with a warning that stands for the last twenty seconds
 * and counts them down. */
static void
test_idle_menu (void)
{
  Clock clock = { 0 };
  g_autoptr(TomoIdle) idle = new_idle (&clock);

  tomo_idle_start (idle);
  pass (idle, &clock, 39);
  g_assert_cmpuint (clock.n_warned, ==, 0);
  pass (idle, &clock, 1);
  g_assert_cmpuint (clock.n_warned, ==, 1);
  g_assert_cmpuint (clock.seconds, ==, 20);
  pass (idle, &clock, 19);
  g_assert_cmpuint (clock.seconds, ==, 1);
  g_assert_cmpuint (clock.n_expired, ==, 0);
  pass (idle, &clock, 1);
  g_assert_cmpuint (clock.n_expired, ==, 1);
  pass (idle, &clock, 200);
  g_assert_cmpuint (clock.n_expired, ==, 1);
}

/* One touch gives the whole time again, as often as one likes: many more than ten times. */
static void
test_idle_extend (void)
{
  Clock clock = { 0 };
  g_autoptr(TomoIdle) idle = new_idle (&clock);

  tomo_idle_start (idle);
  for (unsigned int i = 0; i < 25; i++)
    {
      pass (idle, &clock, 59);
      g_assert_cmpuint (clock.n_resumed, ==, i);
      tomo_idle_touch (idle);
      g_assert_cmpuint (clock.n_resumed, ==, i + 1);
    }
  g_assert_cmpuint (clock.n_expired, ==, 0);
}

/* Text is given the time it takes to read, at least ninety seconds, and twice that when it is
 * large or there is a code to photograph; not four times when it is both. */
static void
test_idle_reading (void)
{
  static const struct
  {
    unsigned int reading_secs;
    TomoIdlePageFlags flags;
    unsigned int timeout_secs;
  } pages[] = {
    { 0, TOMO_IDLE_PAGE_USUAL, 60 },
    { 0, TOMO_IDLE_PAGE_LARGEST_TEXT, 120 },
    { 30, TOMO_IDLE_PAGE_USUAL, 90 },
    { 90, TOMO_IDLE_PAGE_LARGEST_TEXT, 180 },
    { 200, TOMO_IDLE_PAGE_USUAL, 200 },
    { 200, TOMO_IDLE_PAGE_LARGEST_TEXT, 400 },
    { 30, TOMO_IDLE_PAGE_TELEPHONE, 180 },
    { 0, TOMO_IDLE_PAGE_TELEPHONE, 120 },
    { 30, TOMO_IDLE_PAGE_TELEPHONE | TOMO_IDLE_PAGE_LARGEST_TEXT, 180 },
  };
  Clock clock = { 0 };
  g_autoptr(TomoIdle) idle = new_idle (&clock);

  for (unsigned int i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      tomo_idle_set_page (idle, pages[i].reading_secs, pages[i].flags);
      g_test_message ("%u s of reading", pages[i].reading_secs);
      g_assert_cmpuint (tomo_idle_get_timeout_secs (idle), ==, pages[i].timeout_secs);
    }
}

/* An operator’s own time counts for menus, and for texts that would be given less. */
static void
test_idle_menu_secs (void)
{
  Clock clock = { 0 };
  g_autoptr(TomoIdle) idle = new_idle (&clock);

  tomo_idle_set_menu_secs (idle, 45);
  tomo_idle_set_page (idle, 0, TOMO_IDLE_PAGE_USUAL);
  g_assert_cmpuint (tomo_idle_get_timeout_secs (idle), ==, 45);
  tomo_idle_set_page (idle, 10, TOMO_IDLE_PAGE_USUAL);
  g_assert_cmpuint (tomo_idle_get_timeout_secs (idle), ==, 90);
  tomo_idle_set_menu_secs (idle, 300);
  tomo_idle_set_page (idle, 10, TOMO_IDLE_PAGE_USUAL);
  g_assert_cmpuint (tomo_idle_get_timeout_secs (idle), ==, 300);
}

/* While something is read aloud nothing is asked, for hours if need be; then the whole time is
 * given again. Two reasons to pause do not end with the first. */
static void
test_idle_paused (void)
{
  Clock clock = { 0 };
  g_autoptr(TomoIdle) idle = new_idle (&clock);

  tomo_idle_start (idle);
  pass (idle, &clock, 45);
  g_assert_cmpuint (clock.n_warned, >, 0);
  tomo_idle_set_paused (idle, TOMO_IDLE_PAUSE_LISTENING, TRUE);
  g_assert_cmpuint (clock.n_resumed, ==, 1);
  tomo_idle_set_paused (idle, TOMO_IDLE_PAUSE_OPERATOR, TRUE);
  clock.n_warned = 0;
  pass (idle, &clock, 2000);
  tomo_idle_set_paused (idle, TOMO_IDLE_PAUSE_LISTENING, FALSE);
  pass (idle, &clock, 2000);
  tomo_idle_set_paused (idle, TOMO_IDLE_PAUSE_OPERATOR, FALSE);
  pass (idle, &clock, 39);
  g_assert_cmpuint (clock.n_warned, ==, 0);
  pass (idle, &clock, 21);
  g_assert_cmpuint (clock.n_expired, ==, 1);
}

/* A page that gets longer under the warning takes it away again. */
static void
test_idle_longer (void)
{
  Clock clock = { 0 };
  g_autoptr(TomoIdle) idle = new_idle (&clock);

  tomo_idle_start (idle);
  pass (idle, &clock, 50);
  g_assert_cmpuint (clock.seconds, ==, 10);
  tomo_idle_set_page (idle, 200, TOMO_IDLE_PAGE_USUAL);
  pass (idle, &clock, 1);
  g_assert_cmpuint (clock.n_resumed, ==, 1);
  pass (idle, &clock, 128);
  g_assert_cmpuint (clock.n_expired, ==, 0);
  pass (idle, &clock, 21);
  g_assert_cmpuint (clock.n_expired, ==, 1);
}

/* A machine that slept through the warning gives it in full when it wakes up. */
static void
test_idle_sleep (void)
{
  Clock clock = { 0 };
  g_autoptr(TomoIdle) idle = new_idle (&clock);

  tomo_idle_start (idle);
  clock.now_usecs += 8 * 60 * 60 * (int64_t) G_USEC_PER_SEC;
  tomo_idle_check (idle);
  g_assert_cmpuint (clock.n_expired, ==, 0);
  g_assert_cmpuint (clock.seconds, ==, 20);
  pass (idle, &clock, 19);
  g_assert_cmpuint (clock.n_expired, ==, 0);
  pass (idle, &clock, 1);
  g_assert_cmpuint (clock.n_expired, ==, 1);
}

/* While nobody is visiting, nothing is asked. */
static void
test_idle_stopped (void)
{
  Clock clock = { 0 };
  g_autoptr(TomoIdle) idle = new_idle (&clock);

  pass (idle, &clock, 500);
  tomo_idle_start (idle);
  pass (idle, &clock, 50);
  tomo_idle_stop (idle);
  unsigned int n_warned = clock.n_warned;
  pass (idle, &clock, 500);
  g_assert_cmpuint (clock.n_warned, ==, n_warned);
  g_assert_cmpuint (clock.n_expired, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/kiosk/idle/menu", test_idle_menu);
  g_test_add_func ("/kiosk/idle/extend", test_idle_extend);
  g_test_add_func ("/kiosk/idle/reading", test_idle_reading);
  g_test_add_func ("/kiosk/idle/menu-secs", test_idle_menu_secs);
  g_test_add_func ("/kiosk/idle/paused", test_idle_paused);
  g_test_add_func ("/kiosk/idle/longer", test_idle_longer);
  g_test_add_func ("/kiosk/idle/sleep", test_idle_sleep);
  g_test_add_func ("/kiosk/idle/stopped", test_idle_stopped);
  return g_test_run ();
}
