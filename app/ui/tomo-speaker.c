/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-speaker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/content/tomo-language.h"
#include "ui/tomo-build-root.h"

#define PLAYER "tomoshibi-play"
#define SYNTHESISER "espeak-ng"
#define SOUND_FD 3 /* where the player reads */
/* What the player says when it ends, see app/play/main.c. */
#define PLAYER_DAMAGED 3
/* Words a minute; the synthesiser’s own 175 is too fast for a hall, and for a second language. */
#define SPEECH_RATE "140"

/* Where the voice of espeak-ng 1.51 can be followed by who speaks the language. Not here: ar, th
 * and my (doubtful), ja, zh and he (wrong), lo and km (no voice). There, a recording or nothing. */
static const struct
{
  const char *language;
  const char *voice;
} voices[] = {
  { "en", "en-gb" }, { "fr", "fr-fr" }, { "es", "es" }, { "id", "id" },
  { "sw", "sw" },    { "vi", "vi" },    { "hi", "hi" }, { "ur", "ur" },
  { "ta", "ta" },    { "am", "am" },    { "bn", "bn" }, { "ko", "ko" },
};

struct _TomoSpeaker
{
  GObject parent_instance;

  TomoVisit *visit;         /* (owned) */
  char *player_path;        /* (owned) (nullable): NULL if it is not installed */
  char *synthesiser_path;   /* (owned) (nullable) */
  gboolean has_looked;      /* for both, once */
  gboolean is_silent;       /* there is no loudspeaker */
  gboolean has_listener;    /* this visitor has asked for something to be read */
  gboolean is_aside;        /* what is heard was not asked for: nobody need be there */
  gboolean has_failed;      /* there is one, but the last sound was damaged */
  GSubprocess *player;      /* (owned) (nullable): what can be heard now */
  GSubprocess *synthesiser; /* (owned) (nullable): what it gets the sound from, if not a file */
  GQueue rest;              /* (element-type GBytes): recordings that come after it */
};

G_DEFINE_TYPE (TomoSpeaker, tomo_speaker, G_TYPE_OBJECT)

/* Nothing is looked for before a page asks, so that starting costs nothing. */
static void
look_for_programs (TomoSpeaker *self)
{
  if (self->has_looked)
    return;

  self->has_looked = TRUE;
  g_autofree char *root = tomo_build_root_dup ();
  self->player_path = (root != NULL) ? g_build_filename (root, "app", "play", PLAYER, NULL)
                                     : g_build_filename (LIBEXECDIR, PLAYER, NULL);
  if (!g_file_test (self->player_path, G_FILE_TEST_IS_EXECUTABLE))
    g_clear_pointer (&self->player_path, g_free);
  self->synthesiser_path = g_find_program_in_path (SYNTHESISER);
}

static const char *
find_voice (const char *language)
{
  const TomoLanguage *row = tomo_language_find (language);

  for (; row != NULL; row = (row->parent != NULL) ? tomo_language_find (row->parent) : NULL)
    for (size_t i = 0; i < G_N_ELEMENTS (voices); i++)
      if (g_str_equal (voices[i].language, row->tag))
        return voices[i].voice;

  return NULL;
}

static void
forget_processes (TomoSpeaker *self)
{
  g_clear_object (&self->player);
  if (self->synthesiser != NULL)
    g_subprocess_force_exit (self->synthesiser);
  g_clear_object (&self->synthesiser);
}

static void
fall_silent (TomoSpeaker *self)
{
  if (self->player != NULL)
    g_subprocess_force_exit (self->player);
  forget_processes (self);
  g_queue_clear_full (&self->rest, (GDestroyNotify) g_bytes_unref);
  tomo_visit_set_listening (self->visit, FALSE);
}

static gboolean play_next (TomoSpeaker *self);

static void
player_ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(TomoSpeaker) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean has_played = g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, &error);

  /* One that was stopped, or that another has taken the place of. */
  if (G_SUBPROCESS (object) != self->player)
    return;

  if (!has_played)
    {
      g_debug ("nothing can be heard: %s", error->message);
      self->has_failed = g_error_matches (error, G_SPAWN_EXIT_ERROR, PLAYER_DAMAGED);
      self->is_silent = !self->has_failed;
    }
  forget_processes (self);
  if (has_played && play_next (self))
    return;

  fall_silent (self);
  self->is_aside = FALSE;
}

/* Takes @sound_fd. */
static void
start_player (TomoSpeaker *self, int sound_fd)
{
  char volume[] = { (char) ('0' + tomo_visit_get_volume (self->visit)), '\0' };
  const char *argv[] = { self->player_path, volume, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                 G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  g_subprocess_launcher_take_fd (launcher, sound_fd, SOUND_FD);
  self->player = g_subprocess_launcher_spawnv (launcher, argv, &error);
  if (self->player == NULL)
    {
      g_debug ("%s", error->message);
      self->is_silent = TRUE;
      tomo_visit_set_listening (self->visit, FALSE);
      return;
    }

  self->has_listener = TRUE;
  if (!self->is_aside)
    tomo_visit_set_listening (self->visit, TRUE);
  g_subprocess_wait_check_async (self->player, NULL, player_ended_cb, g_object_ref (self));
}

/* Another visitor may find that somebody has plugged a loudspeaker in. */
static void
moved_cb (TomoSpeaker *self, int move)
{
  if (move == TOMO_MOVE_RESET)
    self->is_silent = self->has_listener = FALSE;
  tomo_speaker_stop (self);
}

static void
volume_cb (TomoSpeaker *self)
{
  char step = (char) ('0' + tomo_visit_get_volume (self->visit));

  /* A pipe takes one byte at once. If the player has just ended, nobody misses it. */
  if (self->player != NULL)
    g_output_stream_write (g_subprocess_get_stdin_pipe (self->player), &step, 1, NULL, NULL);
}

static void
tomo_speaker_dispose (GObject *object)
{
  TomoSpeaker *self = TOMO_SPEAKER (object);

  if (self->visit != NULL)
    tomo_speaker_stop (self);
  g_clear_object (&self->visit);

  G_OBJECT_CLASS (tomo_speaker_parent_class)->dispose (object);
}

static void
tomo_speaker_finalize (GObject *object)
{
  TomoSpeaker *self = TOMO_SPEAKER (object);

  g_free (self->player_path);
  g_free (self->synthesiser_path);

  G_OBJECT_CLASS (tomo_speaker_parent_class)->finalize (object);
}

static void
tomo_speaker_class_init (TomoSpeakerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tomo_speaker_dispose;
  object_class->finalize = tomo_speaker_finalize;
}

static void
tomo_speaker_init (TomoSpeaker *self)
{
}

/**
 * tomo_speaker_new:
 * @visit: whose volume it is, and who is told that somebody listens
 *
 * Makes a speaker, which falls silent whenever the visit goes to another place or language.
 *
 * Returns: (transfer full): a speaker
 */
TomoSpeaker *
tomo_speaker_new (TomoVisit *visit)
{
  g_return_val_if_fail (TOMO_IS_VISIT (visit), NULL);

  TomoSpeaker *self = g_object_new (TOMO_TYPE_SPEAKER, NULL);
  self->visit = g_object_ref (visit);
  g_signal_connect_object (visit, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (visit, "notify::language", G_CALLBACK (tomo_speaker_stop), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (visit, "notify::volume", G_CALLBACK (volume_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * tomo_speaker_can_play:
 * @self: a speaker
 *
 * Returns: %FALSE if it is known that nothing can be heard here
 */
gboolean
tomo_speaker_can_play (TomoSpeaker *self)
{
  g_return_val_if_fail (TOMO_IS_SPEAKER (self), FALSE);

  look_for_programs (self);
  return self->player_path != NULL && !self->is_silent;
}

/**
 * tomo_speaker_is_heard:
 * @self: a speaker
 *
 * Returns: %TRUE while it plays
 */
gboolean
tomo_speaker_is_heard (TomoSpeaker *self)
{
  g_return_val_if_fail (TOMO_IS_SPEAKER (self), FALSE);
  return self->player != NULL;
}

/**
 * tomo_speaker_has_listener:
 * @self: a speaker
 *
 * Returns: %TRUE if the present visitor has had something read aloud
 */
gboolean
tomo_speaker_has_listener (TomoSpeaker *self)
{
  g_return_val_if_fail (TOMO_IS_SPEAKER (self), FALSE);
  return self->has_listener;
}

/**
 * tomo_speaker_begin_aside:
 * @self: a speaker
 *
 * Says that what comes next, until a stop, was not asked for: that it is heard does not count as
 * somebody listening.
 */
void
tomo_speaker_begin_aside (TomoSpeaker *self)
{
  g_return_if_fail (TOMO_IS_SPEAKER (self));

  tomo_speaker_stop (self);
  self->is_aside = TRUE;
}

/**
 * tomo_speaker_has_failed:
 * @self: a speaker
 *
 * Returns: %TRUE if what was to be heard last was damaged
 */
gboolean
tomo_speaker_has_failed (TomoSpeaker *self)
{
  g_return_val_if_fail (TOMO_IS_SPEAKER (self), FALSE);
  return self->has_failed;
}

/**
 * tomo_speaker_can_say:
 * @self: a speaker
 * @language: BCP 47
 *
 * Returns: %TRUE if there is a voice for @language, and one that can be followed
 */
gboolean
tomo_speaker_can_say (TomoSpeaker *self, const char *language)
{
  g_return_val_if_fail (TOMO_IS_SPEAKER (self), FALSE);
  g_return_val_if_fail (language != NULL, FALSE);

  return tomo_speaker_can_play (self) && self->synthesiser_path != NULL &&
         find_voice (language) != NULL;
}

/* The player gets the bytes that were checked, and no name of a file that may be another one by
 * then. -1 if there is no memory. */
static int
put_into_memory (GBytes *bytes)
{
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);
  int fd = memfd_create ("tomoshibi-sound", MFD_CLOEXEC);

  for (size_t done = 0; fd >= 0 && done < size;)
    {
      ssize_t n_written = write (fd, data + done, size - done);
      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written <= 0)
        {
          close (fd);
          return -1;
        }
      done += (size_t) n_written;
    }

  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);
  return fd;
}

/* Returns: %FALSE if nothing comes after what was heard. */
static gboolean
play_next (TomoSpeaker *self)
{
  g_autoptr(GBytes) opus = g_queue_pop_head (&self->rest);
  int fd = opus != NULL ? put_into_memory (opus) : -1;

  if (fd < 0)
    return FALSE;
  start_player (self, fd);
  return TRUE;
}

/**
 * tomo_speaker_play:
 * @self: a speaker
 * @opus: a recording that tomo_library_load_audio() gave
 *
 * Plays @opus from its beginning, in place of what can be heard now.
 */
void
tomo_speaker_play (TomoSpeaker *self, GBytes *opus)
{
  g_return_if_fail (TOMO_IS_SPEAKER (self));
  g_return_if_fail (opus != NULL);

  self->has_failed = FALSE;
  fall_silent (self);
  if (!tomo_speaker_can_play (self))
    return;

  g_queue_push_tail (&self->rest, g_bytes_ref (opus));
  play_next (self);
}

/**
 * tomo_speaker_play_after:
 * @self: a speaker
 * @opus: a recording that tomo_library_load_audio() gave
 *
 * Plays @opus after all that can be heard now, as one whole with it: until it ends somebody is
 * listening, and a stop ends both. Where nothing can be heard this does nothing.
 */
void
tomo_speaker_play_after (TomoSpeaker *self, GBytes *opus)
{
  g_return_if_fail (TOMO_IS_SPEAKER (self));
  g_return_if_fail (opus != NULL);

  if (self->player != NULL)
    g_queue_push_tail (&self->rest, g_bytes_ref (opus));
}

/**
 * tomo_speaker_say:
 * @self: a speaker
 * @text: what to say
 * @language: BCP 47
 *
 * Says @text, in place of what can be heard now, if there is a voice for @language.
 */
void
tomo_speaker_say (TomoSpeaker *self, const char *text, const char *language)
{
  g_return_if_fail (TOMO_IS_SPEAKER (self));
  g_return_if_fail (text != NULL);

  self->has_failed = FALSE;
  fall_silent (self);
  int ends[2];
  if (!tomo_speaker_can_say (self, language) || !g_unix_open_pipe (ends, FD_CLOEXEC, NULL))
    return;

  const char *argv[] = { self->synthesiser_path, "--stdout", "--stdin", "-s", SPEECH_RATE, "-v",
                         find_voice (language),  NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  g_subprocess_launcher_take_stdout_fd (launcher, ends[1]);
  self->synthesiser = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_subprocess_launcher_close (launcher);
  if (self->synthesiser == NULL)
    {
      g_debug ("%s", error->message);
      close (ends[0]);
      return;
    }

  g_subprocess_communicate_utf8_async (self->synthesiser, text, NULL, NULL, NULL);
  start_player (self, ends[0]);
}

/**
 * tomo_speaker_stop:
 * @self: a speaker
 *
 * Falls silent at once, and forgets what failed before.
 */
void
tomo_speaker_stop (TomoSpeaker *self)
{
  g_return_if_fail (TOMO_IS_SPEAKER (self));

  self->has_failed = self->is_aside = FALSE;
  fall_silent (self);
}
