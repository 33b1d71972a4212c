/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/pack/tomo-po-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/tomo-error.h"

/* libgettextpo’s handlers have no user data. */
typedef struct
{
  TomoFindings *findings; /* (nullable) */
  const char *file;
  unsigned int n_errors;
  unsigned int line; /* of the first error */
} Handling;

static Handling handling;

static void
xerror_cb (int severity,
           po_message_t message,
           const char *filename,
           size_t line,
           size_t column,
           int is_multiline,
           const char *text)
{
  unsigned int known_line =
      filename != NULL && line != (size_t) -1 && line <= G_MAXINT ? (unsigned int) line : 0;

  if (severity == PO_SEVERITY_WARNING)
    return;
  if (handling.n_errors == 0)
    handling.line = known_line;
  handling.n_errors++;

  if (handling.findings != NULL)
    {
      g_autofree char *one_line = g_strstrip (g_strdup (text));

      g_strdelimit (one_line, "\n", ' ');
      tomo_findings_add (handling.findings, TOMO_FINDING_ERROR, handling.file, known_line,
                         /* Translators: %s is a message of GNU gettext about a PO file */
                         _("this cannot be read as a PO file: %s"), one_line);
    }

  /* The library may not go on after this, and its globals cannot be repaired. It happens only
   * when it runs out of memory or counts its own errors, which our handlers never make it do. */
  if (severity == PO_SEVERITY_FATAL_ERROR)
    g_error ("libgettextpo gave up: %s", text);
}

static void
xerror2_cb (int severity,
            po_message_t message1,
            const char *filename1,
            size_t line1,
            size_t column1,
            int is_multiline1,
            const char *text1,
            po_message_t message2,
            const char *filename2,
            size_t line2,
            size_t column2,
            int is_multiline2,
            const char *text2)
{
  xerror_cb (severity, message1, filename1, line1, column1, is_multiline1, text1);
}

static const struct po_xerror_handler handler = { xerror_cb, xerror2_cb };

static gboolean
write_all (int fd, const char *data, size_t size)
{
  while (size > 0)
    {
      ssize_t n = write (fd, data, size);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          data += n;
          size -= (size_t) n;
        }
    }

  return TRUE;
}

/**
 * tomo_po_file_read:
 * @bytes: a PO file in UTF-8; the caller has held it against %TOMO_PO_MAX_BYTES
 * @file: its name, for findings
 * @findings: where mistakes are told
 *
 * Reads @bytes. The library reads only files by name, so it gets one that exists in memory: what
 * was checked is what is read.
 *
 * Returns: (transfer full) (nullable): the file; %NULL if it cannot be read as PO, and then a
 *    finding was added
 */
TomoPoFile *
tomo_po_file_read (GBytes *bytes, const char *file, TomoFindings *findings)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  int fd = memfd_create ("tomo-po", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr(TomoPoFile) self = NULL;

  handling = (Handling){ findings, file, 0, 0 };
  if (fd >= 0 && write_all (fd, data, size))
    self = po_file_read (path, &handler);
  if (fd >= 0)
    close (fd);

  unsigned int n_errors = handling.n_errors;
  handling = (Handling){ NULL, NULL, 0, 0 };

  if (self == NULL && n_errors == 0)
    tomo_findings_add (findings, TOMO_FINDING_ERROR, file, 0,
                       /* Translators: %s is a message of GNU gettext about a PO file */
                       _("this cannot be read as a PO file: %s"), g_strerror (errno));

  return self != NULL && n_errors == 0 ? g_steal_pointer (&self) : NULL;
}

/**
 * tomo_po_file_write:
 * @self: a PO file
 * @error: return location for a #GError
 *
 * Writes @self in the form of the repository: what msgcat writes.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
tomo_po_file_write (TomoPoFile *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  int fd = memfd_create ("tomo-po", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *text = NULL;
  size_t size = 0;

  if (fd < 0)
    {
      tomo_set_error_from_errno (error, errno, "cannot make a file in memory");
      return NULL;
    }

  handling = (Handling){ NULL, NULL, 0, 0 };
  gboolean written = po_file_write (self, path, &handler) != NULL && handling.n_errors == 0;
  gboolean loaded = written && g_file_get_contents (path, &text, &size, NULL);
  close (fd);

  if (!loaded)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                           "cannot write the PO file in memory");
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&text), size);
}

/**
 * tomo_po_file_find_line:
 * @message: of a file that was read
 * @iterator: that gave @message
 *
 * The library knows where a message stands, but tells it only with an error. So it is given one
 * to find: a translation that ends with a line feed where the original does not. If @message had
 * a plural, it has none afterwards.
 *
 * Returns: the line of @message in its file, or 0
 */
unsigned int
tomo_po_file_find_line (po_message_t message, po_message_iterator_t iterator)
{
  g_autofree char *msgstr = g_strdup (po_message_msgstr (message));
  gboolean ends_with_feed = g_str_has_suffix (po_message_msgid (message), "\n");

  handling = (Handling){ NULL, NULL, 0, 0 };
  po_message_set_msgid_plural (message, NULL);
  po_message_set_msgstr (message, ends_with_feed ? "x" : "x\n");
  po_message_check_all (message, iterator, &handler);
  po_message_set_msgstr (message, msgstr);

  return handling.line;
}
