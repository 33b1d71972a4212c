/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-svg.h"

#include <cairo.h>
#include <errno.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/content/tomo-picture.h"
#include "core/tomo-error.h"

/* A drawing takes some tens of milliseconds; a sanitizer’s build some hundreds. */
#define MAX_RENDER_SECS 10

/* What the child process says with its exit status. */
typedef enum
{
  RENDER_OK,
  RENDER_INVALID,   /* librsvg does not like it */
  RENDER_TOO_LARGE, /* more than a megabyte at every size */
} RenderStatus;

typedef cairo_surface_t CairoSurface;
typedef cairo_t CairoContext;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CairoSurface, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CairoContext, cairo_destroy)

static cairo_status_t
write_cb (void *user_data, const unsigned char *data, unsigned int length)
{
  int fd = GPOINTER_TO_INT (user_data);

  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno != EINTR)
        return CAIRO_STATUS_WRITE_ERROR;
      if (n > 0)
        {
          data += n;
          length -= (unsigned int) n;
        }
    }

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
get_size (RsvgHandle *handle, double *out_width, double *out_height)
{
  gboolean has_width = FALSE;
  gboolean has_height = FALSE;
  gboolean has_box = FALSE;
  RsvgLength width;
  RsvgLength height;
  RsvgRectangle box;

  if (!rsvg_handle_get_intrinsic_size_in_pixels (handle, out_width, out_height))
    {
      rsvg_handle_get_intrinsic_dimensions (handle, &has_width, &width, &has_height, &height,
                                            &has_box, &box);
      if (!has_box)
        return FALSE;
      *out_width = box.width;
      *out_height = box.height;
    }

  /* Written so that “not a number” is refused, too. */
  return *out_width > 0 && *out_height > 0 && *out_width < 1e6 && *out_height < 1e6;
}

static gboolean
render_at (RsvgHandle *handle, double width, double height, double edge_px, int fd)
{
  double scale = edge_px / MAX (width, height);
  int width_px = MAX ((int) lround (width * scale), 1);
  int height_px = MAX ((int) lround (height * scale), 1);
  RsvgRectangle viewport = { 0, 0, width_px, height_px };
  g_autoptr(CairoSurface) surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width_px, height_px);
  g_autoptr(CairoContext) context = cairo_create (surface);

  return rsvg_handle_render_document (handle, context, &viewport, NULL) && ftruncate (fd, 0) == 0 &&
         lseek (fd, 0, SEEK_SET) == 0 &&
         cairo_surface_write_to_png_stream (surface, write_cb, GINT_TO_POINTER (fd)) ==
             CAIRO_STATUS_SUCCESS;
}

/* Runs in the child. */
static RenderStatus
render (GBytes *svg, unsigned int edge_px, int fd)
{
  static const double shares[] = { 1.0, 0.75, 0.5 };
  size_t size = 0;
  const guint8 *data = g_bytes_get_data (svg, &size);
  RsvgHandle *handle = rsvg_handle_new_from_data (data, size, NULL);
  g_autoptr(GObject) owner = (GObject *) handle; /* librsvg 2.54 has no g_autoptr of its own. */
  double width = 0;
  double height = 0;

  if (owner == NULL || !get_size (handle, &width, &height))
    return RENDER_INVALID;

  for (size_t i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      struct stat info;

      if (!render_at (handle, width, height, edge_px * shares[i], fd) || fstat (fd, &info) != 0)
        return RENDER_INVALID;
      if (info.st_size <= TOMO_PICTURE_MAX_BYTES)
        return RENDER_OK;
    }

  return RENDER_TOO_LARGE;
}

static void
run_child (GBytes *svg, unsigned int edge_px, int fd)
{
  struct rlimit limit = { MAX_RENDER_SECS, MAX_RENDER_SECS };
  struct rlimit no_core = { 0, 0 };

  setrlimit (RLIMIT_CPU, &limit);
  setrlimit (RLIMIT_CORE, &no_core);
  _exit ((int) render (svg, edge_px, fd));
}

static gboolean
check_status (int status, GError **error)
{
  if (WIFSIGNALED (status) && (WTERMSIG (status) == SIGKILL || WTERMSIG (status) == SIGXCPU))
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "the picture takes longer than %d seconds to draw; draw it more simply",
                 MAX_RENDER_SECS);
  else if (!WIFEXITED (status))
    g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                         "the picture made the renderer crash; draw it more simply");
  else if (WEXITSTATUS (status) == RENDER_TOO_LARGE)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 "the picture has more than %d KiB as PNG; draw it more simply",
                 TOMO_PICTURE_MAX_BYTES / 1024);
  else if (WEXITSTATUS (status) != RENDER_OK)
    g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                         "the picture cannot be drawn; does it open in a browser?");
  else
    return TRUE;

  return FALSE;
}

/**
 * tomo_svg_render:
 * @svg: a drawing that tomo_svg_check() let pass
 * @edge_px: how long the longer edge becomes, such as %TOMO_SVG_RENDER_EDGE_PX
 * @error: return location for a #GError
 *
 * Draws @svg as PNG, smaller than @edge_px only if that would be more than a megabyte. librsvg
 * cannot be stopped while it draws, so it draws in a child process that the kernel ends when its
 * time is up. The child has no use for whatever other threads held when it was made.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_FAILED.
 *
 * Returns: (transfer full): a PNG
 */
GBytes *
tomo_svg_render (GBytes *svg, unsigned int edge_px, GError **error)
{
  g_return_val_if_fail (svg != NULL, NULL);

  int fd = memfd_create ("tomo-png", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  pid_t child = fd >= 0 ? fork () : -1;
  int status = 0;

  if (child == 0)
    run_child (svg, edge_px, fd);
  if (child < 0)
    {
      tomo_set_error_from_errno (error, errno, "cannot start drawing");
      if (fd >= 0)
        close (fd);
      return NULL;
    }

  while (waitpid (child, &status, 0) < 0 && errno == EINTR)
    continue;

  g_autofree char *png = NULL;
  size_t size = 0;
  gboolean done = check_status (status, error) && g_file_get_contents (path, &png, &size, error);
  close (fd);
  if (!done)
    {
      tomo_error_convert (error);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&png), size);
}
