/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "kiosk/tomo-operator.h"

#include <stdio.h>

#include "core/tomo-pin.h"

/* Held one after the other, each for a second: hands that explore or wipe do not do that. */
static const int corners[] = { TOMO_CORNER_TOP_LEFT, TOMO_CORNER_TOP_RIGHT, TOMO_CORNER_TOP_LEFT };

/* The same for who has only the keypad. Help opens and closes a page, Back goes back: nobody does
 * that in this order without having been told. */
static const int keys[] = {
  TOMO_OPERATOR_KEY_HELP, TOMO_OPERATOR_KEY_HELP, TOMO_OPERATOR_KEY_HELP,
  TOMO_OPERATOR_KEY_BACK, TOMO_OPERATOR_KEY_BACK, TOMO_OPERATOR_KEY_BACK,
  TOMO_OPERATOR_KEY_HELP, TOMO_OPERATOR_KEY_HELP, TOMO_OPERATOR_KEY_HELP,
};

#define SEQUENCE_SECS 15

/* Two slips of the finger are free. Then each wrong PIN costs twice the time of the one before: six
 * digits that are tried day and night last for decades. */
#define N_FREE_TRIES 3
#define FIRST_WAIT_SECS 10
#define MAX_WAIT_SECS (15 * 60)
#define MAX_DOUBLINGS 7

/* What the note of wrong PINs may hold: a number of four digits and the end of its line. */
#define MAX_NOTED 9999
#define NOTE_BYTES 8

/* How far somebody has come in one of the two. */
typedef struct
{
  const int *wanted;
  unsigned int n_wanted;
  unsigned int n_done;
  int64_t begun_usecs;
} Sequence;

struct _TomoOperator
{
  GObject parent_instance;

  char *pin_hash; /* (owned) (nullable): nobody is an operator without */
  TomoIdleClock clock;
  gpointer clock_data;
  char *note; /* (owned) (nullable): the file in which the count of wrong PINs outlives a restart */
  gboolean is_note_open;
  Sequence corners;
  Sequence keys;
  unsigned int n_wrong;
  int64_t open_usecs; /* when the next PIN is looked at */
};

G_DEFINE_TYPE (TomoOperator, tomo_operator, G_TYPE_OBJECT)

static void
tomo_operator_finalize (GObject *object)
{
  g_clear_pointer (&TOMO_OPERATOR (object)->pin_hash, g_free);
  g_clear_pointer (&TOMO_OPERATOR (object)->note, g_free);

  G_OBJECT_CLASS (tomo_operator_parent_class)->finalize (object);
}

static void
tomo_operator_class_init (TomoOperatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tomo_operator_finalize;
}

static void
tomo_operator_init (TomoOperator *self)
{
  self->corners = (Sequence){ corners, G_N_ELEMENTS (corners), 0, 0 };
  self->keys = (Sequence){ keys, G_N_ELEMENTS (keys), 0, 0 };
}

/**
 * tomo_operator_new:
 * @pin_hash: (nullable): what the configuration keeps of the PIN; without one nobody is let in
 * @clock: the clock to read
 * @user_data: for @clock
 *
 * Returns: (transfer full): a doorkeeper
 */
TomoOperator *
tomo_operator_new (const char *pin_hash, TomoIdleClock clock, gpointer user_data)
{
  g_return_val_if_fail (clock != NULL, NULL);

  TomoOperator *self = g_object_new (TOMO_TYPE_OPERATOR, NULL);
  self->pin_hash = g_strdup (pin_hash);
  self->clock = clock;
  self->clock_data = user_data;
  return self;
}

/* How many wrong PINs were noted; none where there is no note yet. What is no number is damage, or
 * somebody's work: the free tries are gone then. */
static unsigned int
read_note (const char *note)
{
  char line[NOTE_BYTES] = "";
  guint64 n_wrong = 0;
  FILE *file = fopen (note, "re");

  if (file == NULL)
    return 0;

  gboolean is_read = fgets (line, sizeof line, file) != NULL;
  fclose (file);
  g_strchomp (line);
  if (!is_read || !g_ascii_string_to_unsigned (line, 10, 0, MAX_NOTED, &n_wrong, NULL))
    return N_FREE_TRIES;

  return (unsigned int) n_wrong;
}

/* It must be on the disk before the answer is on the screen, or the plug would be faster. */
static gboolean
write_note (TomoOperator *self)
{
  g_autoptr(GError) error = NULL;
  char line[NOTE_BYTES];

  if (self->note == NULL)
    return FALSE;

  g_snprintf (line, sizeof line, "%u\n", MIN (self->n_wrong, MAX_NOTED));
  if (g_file_set_contents_full (self->note, line, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &error))
    return TRUE;

  g_debug ("wrong PINs are not remembered: %s", error->message);
  return FALSE;
}

static void
begin_wait (TomoOperator *self)
{
  if (self->n_wrong < N_FREE_TRIES)
    return;

  unsigned int n_doublings = MIN (self->n_wrong - N_FREE_TRIES, MAX_DOUBLINGS);
  unsigned int wait_secs = MIN (FIRST_WAIT_SECS << n_doublings, MAX_WAIT_SECS);
  self->open_usecs = self->clock (self->clock_data) + (int64_t) wait_secs * G_USEC_PER_SEC;
}

/* Read when somebody is at the door for the first time, so that it delays no start. */
static void
open_note (TomoOperator *self)
{
  if (self->note == NULL || self->is_note_open)
    return;

  g_autofree char *folder = g_path_get_dirname (self->note);
  g_mkdir_with_parents (folder, 0700);
  self->is_note_open = TRUE;
  self->n_wrong = read_note (self->note);
  if (!write_note (self))
    self->n_wrong = MAX (self->n_wrong, N_FREE_TRIES);
  begin_wait (self);
}

/**
 * tomo_operator_remember:
 * @self: a doorkeeper at whose door nobody has been yet
 * @note: name of a file, in a folder that may be written to, or may not
 *
 * Keeps the count of wrong PINs in @note, so that a restart or a pulled plug gives nobody free
 * tries: the wait for the last wrong one begins anew. Where the count cannot be kept, each start
 * begins with the first wait.
 */
void
tomo_operator_remember (TomoOperator *self, const char *note)
{
  g_return_if_fail (TOMO_IS_OPERATOR (self));
  g_return_if_fail (note != NULL && self->note == NULL);

  self->note = g_strdup (note);
}

static gboolean
advance (TomoOperator *self, Sequence *sequence, int sign)
{
  int64_t now_usecs = self->clock (self->clock_data);

  if (now_usecs - sequence->begun_usecs > (int64_t) SEQUENCE_SECS * G_USEC_PER_SEC ||
      sign != sequence->wanted[sequence->n_done])
    sequence->n_done = 0;
  if (sign != sequence->wanted[sequence->n_done])
    return FALSE;

  if (sequence->n_done == 0)
    sequence->begun_usecs = now_usecs;
  if (++sequence->n_done < sequence->n_wanted)
    return FALSE;

  sequence->n_done = 0;
  return self->pin_hash != NULL;
}

/**
 * tomo_operator_hold:
 * @self: a doorkeeper
 * @corner: where a finger was held for a second
 *
 * Returns: %TRUE if that was the last of the corners, so that the PIN may be asked for
 */
gboolean
tomo_operator_hold (TomoOperator *self, TomoCorner corner)
{
  g_return_val_if_fail (TOMO_IS_OPERATOR (self), FALSE);
  return advance (self, &self->corners, corner);
}

/**
 * tomo_operator_press:
 * @self: a doorkeeper
 * @key: which key was pressed
 *
 * Returns: %TRUE if that was the last of the keys, so that the PIN may be asked for
 */
gboolean
tomo_operator_press (TomoOperator *self, TomoOperatorKey key)
{
  g_return_val_if_fail (TOMO_IS_OPERATOR (self), FALSE);
  return advance (self, &self->keys, key);
}

/**
 * tomo_operator_get_wait_secs:
 * @self: a doorkeeper
 *
 * Returns: in how many seconds the next PIN is looked at; zero for at once
 */
unsigned int
tomo_operator_get_wait_secs (TomoOperator *self)
{
  g_return_val_if_fail (TOMO_IS_OPERATOR (self), 0);

  open_note (self);
  int64_t left_usecs = self->open_usecs - self->clock (self->clock_data);
  return (left_usecs > 0) ? (unsigned int) ((left_usecs + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

/**
 * tomo_operator_try_pin:
 * @self: a doorkeeper
 * @pin: what was typed
 *
 * Compares @pin with the operator's. While there is a time to wait nothing is compared and the
 * answer is no. This blocks for about a tenth of a second.
 *
 * Returns: %TRUE if it is the operator's
 */
gboolean
tomo_operator_try_pin (TomoOperator *self, const char *pin)
{
  g_return_val_if_fail (TOMO_IS_OPERATOR (self), FALSE);

  if (self->pin_hash == NULL || tomo_operator_get_wait_secs (self) > 0)
    return FALSE;
  /* Noted as wrong before anybody can know, and taken back if it was not. */
  self->n_wrong++;
  write_note (self);
  if (!tomo_pin_matches (pin, self->pin_hash))
    {
      begin_wait (self);
      return FALSE;
    }

  self->n_wrong = 0;
  write_note (self);
  return TRUE;
}
