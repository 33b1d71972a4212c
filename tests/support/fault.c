/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into a program, this counts its calls that change the file system, and strikes at one
 * of them. It knows nothing of the program, so that no call of it can be forgotten.
 *
 *   TOMO_FAULT_PATH  only calls on what is below this folder count
 *   TOMO_FAULT_AT    at which call to strike, from 1; none if it is not given
 *   TOMO_FAULT_KIND  how: see below
 *   TOMO_FAULT_EVER  if given, all calls from there on fail
 *   TOMO_FAULT_LOG   where to add a line for each call: name, path, other path or number, result,
 *                    and the bytes written in hexadecimal, with tabs between them
 *
 * The kinds are ‘before’ and ‘after’, to kill the program instead of the call or behind it; ‘stop’,
 * to let it stand still until SIGCONT; ‘short’, to write only half; or the name of an error.
 *
 * What it does not know shows when its count is compared with the kernel’s, see test-faults.py.
 */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <linux/openat2.h>

/* Only fortified programs call these, and only then are they declared. */
int __open_2 (const char *path, int flags);
int __open64_2 (const char *path, int flags);
int __openat_2 (int folder, const char *path, int flags);
int __openat64_2 (int folder, const char *path, int flags);

typedef struct
{
  const char *name;
  char path[PATH_MAX];
  char other[PATH_MAX]; /* the second path, the text of a link, flags or an offset */
  const uint8_t *bytes;
  size_t n_bytes;
  bool is_counted;
  bool is_struck;
} Call;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long n_calls;

static void *
find_real (const char *name)
{
  void *real = dlsym (RTLD_NEXT, name);
  if (real == NULL)
    abort ();
  return real;
}

#define REAL(name) ((__typeof__ (&name)) find_real (#name))

static void
resolve_fd (int fd, char *path)
{
  char link[64];
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink (link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = '\0';
}

static void
resolve (int folder, const char *name, char *path)
{
  char base[PATH_MAX] = "";

  if (name[0] != '/' && folder == AT_FDCWD)
    (void) !getcwd (base, sizeof base);
  else if (name[0] != '/')
    resolve_fd (folder, base);

  if (snprintf (path, PATH_MAX, "%s%s%s", base, base[0] != '\0' ? "/" : "", name) >= PATH_MAX)
    abort ();
}

static bool
is_below (const char *path)
{
  const char *top = getenv ("TOMO_FAULT_PATH");
  size_t length = top != NULL ? strlen (top) : 0;

  return length > 0 && strncmp (path, top, length) == 0 &&
         (path[length] == '/' || path[length] == '\0');
}

static int
get_errno_value (const char *kind)
{
  static const struct
  {
    const char *name;
    int value;
  } errors[] = {
    { "ENOSPC", ENOSPC },
    { "EIO", EIO },
    { "EROFS", EROFS },
    { "EDQUOT", EDQUOT },
  };

  for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
    if (strcmp (errors[i].name, kind) == 0)
      return errors[i].value;
  abort ();
}

static void
die (void)
{
  kill (getpid (), SIGKILL);
  pause ();
}

/* Counts the call; false if it shall fail, with errno set. */
static bool
begin (Call *call)
{
  const char *at = getenv ("TOMO_FAULT_AT");
  const char *kind = getenv ("TOMO_FAULT_KIND");

  call->is_counted = is_below (call->path) || (call->other[0] == '/' && is_below (call->other));
  if (!call->is_counted)
    return true;

  pthread_mutex_lock (&mutex);
  long number = ++n_calls;
  pthread_mutex_unlock (&mutex);

  long wanted = at != NULL ? strtol (at, NULL, 10) : 0;
  if (wanted == 0 || number < wanted || (number > wanted && getenv ("TOMO_FAULT_EVER") == NULL))
    return true;

  call->is_struck = true;
  if (strcmp (kind, "before") == 0)
    die ();
  if (strcmp (kind, "stop") == 0)
    {
      raise (SIGSTOP);
      return true;
    }
  if (strcmp (kind, "after") == 0 || strcmp (kind, "short") == 0)
    return true;
  errno = get_errno_value (kind);
  return false;
}

static void
write_log (const Call *call, long result)
{
  const char *path = getenv ("TOMO_FAULT_LOG");
  if (path == NULL)
    return;

  size_t size = 2 * PATH_MAX + 256 + 2 * call->n_bytes;
  char *line = malloc (size);
  int length = snprintf (line, size, "%s\t%s\t%s\t%ld\t", call->name, call->path, call->other,
                         result < 0 ? (long) -errno : result);
  for (size_t i = 0; i < call->n_bytes; i++)
    length += snprintf (line + length, 3, "%02x", call->bytes[i]);
  line[length++] = '\n';

  pthread_mutex_lock (&mutex);
  int fd = REAL (open) (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0 || REAL (write) (fd, line, (size_t) length) != length)
    abort ();
  close (fd);
  pthread_mutex_unlock (&mutex);
  free (line);
}

static void
end (const Call *call, long result)
{
  int errno_value = errno;

  if (!call->is_counted)
    return;
  write_log (call, result);
  if (call->is_struck && strcmp (getenv ("TOMO_FAULT_KIND"), "after") == 0)
    die ();
  errno = errno_value;
}

/* Runs a call between begin() and end(). */
#define STRIKE(call, type, expression)                                                             \
  __extension__({                                                                                  \
    type result_ = -1;                                                                             \
    if (begin (call))                                                                              \
      result_ = (expression);                                                                      \
    end (call, (long) result_);                                                                    \
    result_;                                                                                       \
  })

/* --- on names ----------------------------------------------------------------------------------
 */

static bool
is_for_writing (int flags)
{
  return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;
}

static Call
name_open (int folder, const char *path, int flags)
{
  Call call = { "open", "", "", NULL, 0, false, false };
  resolve (folder, path, call.path);
  snprintf (call.other, sizeof call.other, "%s%s", (flags & O_CREAT) != 0 ? "create " : "",
            (flags & O_TRUNC) != 0 ? "truncate" : "");
  return call;
}

#define OPEN(function, folder, path, flags, expression)                                            \
  __extension__({                                                                                  \
    __typeof__ (&function) real = REAL (function);                                                 \
    int fd_ = -1;                                                                                  \
    if (is_for_writing (flags))                                                                    \
      {                                                                                            \
        Call call_ = name_open (folder, path, flags);                                              \
        fd_ = STRIKE (&call_, int, expression);                                                    \
      }                                                                                            \
    else                                                                                           \
      fd_ = (expression);                                                                          \
    fd_;                                                                                           \
  })

#define TAKE_MODE(flags, mode)                                                                     \
  mode_t mode = 0;                                                                                 \
  if (((flags) & (O_CREAT | O_TMPFILE)) != 0)                                                      \
    {                                                                                              \
      va_list args;                                                                                \
      va_start (args, flags);                                                                      \
      mode = va_arg (args, mode_t);                                                                \
      va_end (args);                                                                               \
    }

int
open (const char *path, int flags, ...)
{
  TAKE_MODE (flags, mode)
  return OPEN (open, AT_FDCWD, path, flags, real (path, flags, mode));
}

int
open64 (const char *path, int flags, ...)
{
  TAKE_MODE (flags, mode)
  return OPEN (open64, AT_FDCWD, path, flags, real (path, flags, mode));
}

int
openat (int folder, const char *path, int flags, ...)
{
  TAKE_MODE (flags, mode)
  return OPEN (openat, folder, path, flags, real (folder, path, flags, mode));
}

int
openat64 (int folder, const char *path, int flags, ...)
{
  TAKE_MODE (flags, mode)
  return OPEN (openat64, folder, path, flags, real (folder, path, flags, mode));
}

int
__open_2 (const char *path, int flags)
{
  return OPEN (__open_2, AT_FDCWD, path, flags, real (path, flags));
}

int
__open64_2 (const char *path, int flags)
{
  return OPEN (__open64_2, AT_FDCWD, path, flags, real (path, flags));
}

int
__openat_2 (int folder, const char *path, int flags)
{
  return OPEN (__openat_2, folder, path, flags, real (folder, path, flags));
}

int
__openat64_2 (int folder, const char *path, int flags)
{
  return OPEN (__openat64_2, folder, path, flags, real (folder, path, flags));
}

int
creat (const char *path, mode_t mode)
{
  return open (path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

/* glibc has no function for openat2(). */
long
syscall (long number, ...)
{
  long arguments[6];
  va_list list;
  va_start (list, number);
  for (size_t i = 0; i < 6; i++)
    arguments[i] = va_arg (list, long);
  va_end (list);

  __typeof__ (&syscall) real_syscall = REAL (syscall);
#define FORWARD_SYSCALL                                                                            \
  real_syscall (number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],      \
                arguments[5])
  if (number != SYS_openat2)
    return FORWARD_SYSCALL;

  const struct open_how *how = (const struct open_how *) arguments[2];
  if (!is_for_writing ((int) how->flags))
    return FORWARD_SYSCALL;
  Call call = name_open ((int) arguments[0], (const char *) arguments[1], (int) how->flags);
  return STRIKE (&call, long, FORWARD_SYSCALL);
}

/* A call on one name. */
#define DEFINE_ON_NAME(function, parameters, arguments, folder, path_, ...)                        \
  int function parameters                                                                          \
  {                                                                                                \
    Call call = { #function, "", "", NULL, 0, false, false };                                      \
    resolve (folder, path_, call.path);                                                            \
    snprintf (call.other, sizeof call.other, __VA_ARGS__);                                         \
    return STRIKE (&call, int, REAL (function) arguments);                                         \
  }

/* A call on two names. */
#define DEFINE_ON_NAMES(function, parameters, arguments, folder_1, path_1, folder_2, path_2)       \
  int function parameters                                                                          \
  {                                                                                                \
    Call call = { #function, "", "", NULL, 0, false, false };                                      \
    resolve (folder_1, path_1, call.path);                                                         \
    resolve (folder_2, path_2, call.other);                                                        \
    return STRIKE (&call, int, REAL (function) arguments);                                         \
  }

/* clang-format off */
DEFINE_ON_NAME (mkdir, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, "%o", mode)
DEFINE_ON_NAME (mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), folder, path, "%o", mode)
DEFINE_ON_NAME (rmdir, (const char *path), (path), AT_FDCWD, path, "-")
DEFINE_ON_NAME (unlink, (const char *path), (path), AT_FDCWD, path, "-")
DEFINE_ON_NAME (unlinkat, (int folder, const char *path, int flags), (folder, path, flags), folder, path, "%d", flags)
DEFINE_ON_NAME (chmod, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, "%o", mode)
DEFINE_ON_NAME (fchmodat, (int folder, const char *path, mode_t mode, int flags), (folder, path, mode, flags), folder, path, "%o", mode)
DEFINE_ON_NAME (truncate, (const char *path, off_t size), (path, size), AT_FDCWD, path, "%lld", (long long) size)
DEFINE_ON_NAME (symlink, (const char *target, const char *path), (target, path), AT_FDCWD, path, "%s", target)
DEFINE_ON_NAME (symlinkat, (const char *target, int folder, const char *path), (target, folder, path), folder, path, "%s", target)
DEFINE_ON_NAME (utimensat, (int folder, const char *path, const struct timespec times[2], int flags), (folder, path, times, flags), folder, path, "-")
DEFINE_ON_NAMES (rename, (const char *from, const char *to), (from, to), AT_FDCWD, from, AT_FDCWD, to)
DEFINE_ON_NAMES (renameat, (int folder, const char *from, int folder_2, const char *to), (folder, from, folder_2, to), folder, from, folder_2, to)
DEFINE_ON_NAMES (renameat2, (int folder, const char *from, int folder_2, const char *to, unsigned int flags), (folder, from, folder_2, to, flags), folder, from, folder_2, to)
DEFINE_ON_NAMES (link, (const char *from, const char *to), (from, to), AT_FDCWD, from, AT_FDCWD, to)
DEFINE_ON_NAMES (linkat, (int folder, const char *from, int folder_2, const char *to, int flags), (folder, from, folder_2, to, flags), folder, from, folder_2, to)
/* clang-format on */

/* --- on open files -----------------------------------------------------------------------------
 */

#define DEFINE_ON_FILE(function, parameters, arguments, ...)                                       \
  int function parameters                                                                          \
  {                                                                                                \
    Call call = { #function, "", "", NULL, 0, false, false };                                      \
    resolve_fd (fd, call.path);                                                                    \
    snprintf (call.other, sizeof call.other, __VA_ARGS__);                                         \
    return STRIKE (&call, int, REAL (function) arguments);                                         \
  }

/* clang-format off */
DEFINE_ON_FILE (fsync, (int fd), (fd), "-")
DEFINE_ON_FILE (fdatasync, (int fd), (fd), "-")
DEFINE_ON_FILE (syncfs, (int fd), (fd), "-")
DEFINE_ON_FILE (fchmod, (int fd, mode_t mode), (fd, mode), "%o", mode)
DEFINE_ON_FILE (futimens, (int fd, const struct timespec times[2]), (fd, times), "-")
DEFINE_ON_FILE (ftruncate, (int fd, off_t size), (fd, size), "%lld", (long long) size)
DEFINE_ON_FILE (ftruncate64, (int fd, off64_t size), (fd, size), "%lld", (long long) size)
DEFINE_ON_FILE (fallocate, (int fd, int mode, off_t offset, off_t size), (fd, mode, offset, size), "%lld", (long long) (offset + size))
DEFINE_ON_FILE (fallocate64, (int fd, int mode, off64_t offset, off64_t size), (fd, mode, offset, size), "%lld", (long long) (offset + size))
DEFINE_ON_FILE (posix_fallocate, (int fd, off_t offset, off_t size), (fd, offset, size), "%lld", (long long) (offset + size))
/* clang-format on */

static Call
name_write (const char *name, int fd, const void *bytes, size_t size, long long offset)
{
  Call call = { name, "", "", bytes, size, false, false };
  resolve_fd (fd, call.path);
  snprintf (call.other, sizeof call.other, "%lld", offset);
  return call;
}

/* The kernel may take less than was given, and says so. */
#define WRITE(call, size, expression)                                                              \
  __extension__({                                                                                  \
    ssize_t written_ = -1;                                                                         \
    if (begin (call))                                                                              \
      {                                                                                            \
        if ((call)->is_struck && strcmp (getenv ("TOMO_FAULT_KIND"), "short") == 0 && (size) > 1)  \
          (size) /= 2;                                                                             \
        written_ = (expression);                                                                   \
        (call)->n_bytes = written_ > 0 ? (size_t) written_ : 0;                                    \
      }                                                                                            \
    end (call, (long) written_);                                                                   \
    written_;                                                                                      \
  })

ssize_t
write (int fd, const void *bytes, size_t size)
{
  bool is_appending = (fcntl (fd, F_GETFL) & O_APPEND) != 0;
  long long offset = lseek (fd, 0, is_appending ? SEEK_END : SEEK_CUR);
  Call call = name_write ("write", fd, bytes, size, offset);
  return WRITE (&call, size, REAL (write) (fd, bytes, size));
}

ssize_t
pwrite (int fd, const void *bytes, size_t size, off_t offset)
{
  Call call = name_write ("write", fd, bytes, size, (long long) offset);
  return WRITE (&call, size, REAL (pwrite) (fd, bytes, size, offset));
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t size, off64_t offset)
{
  Call call = name_write ("write", fd, bytes, size, (long long) offset);
  return WRITE (&call, size, REAL (pwrite64) (fd, bytes, size, offset));
}

/* Below the folder this becomes writes, which are one kind to whoever reads the log. */
ssize_t
writev (int fd, const struct iovec *parts, int n_parts)
{
  char path[PATH_MAX];
  ssize_t total = 0;

  resolve_fd (fd, path);
  if (!is_below (path))
    return REAL (writev) (fd, parts, n_parts);

  for (int i = 0; i < n_parts; i++)
    {
      ssize_t n = write (fd, parts[i].iov_base, parts[i].iov_len);
      if (n < 0)
        return total > 0 ? total : -1;
      total += n;
      if ((size_t) n < parts[i].iov_len)
        break;
    }
  return total;
}
