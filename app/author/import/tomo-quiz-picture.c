/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "author/import/tomo-quiz-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <stdint.h>
#include <string.h>

#include "author/import/tomo-quiz-text.h"
#include "author/pack/tomo-svg.h"
#include "core/content/tomo-picture.h"
#include "core/tomo-digest.h"
#include "core/tomo-error.h"

#define PLUGIN_FILE "@@PLUGINFILE@@"
#define DATA_PNG "data:image/"
#define BASE64_MARK ";base64,"

/* A photograph of 50 Mpx as a telephone takes it; more is not even looked at. The decoders of PNG,
 * GIF and progressive JPEG take room for the whole picture before anybody is asked: no screenshot
 * is that large. */
#define MAX_SOURCE_BYTES (16 * 1024 * 1024)
#define MAX_SOURCE_PIXELS (50 * 1000 * 1000)
#define MAX_WHOLE_PIXELS (16 * 1000 * 1000)
/* As large as a drawing is rendered; half of that if the PNG would be too large. */
#define MAX_EDGE_PX TOMO_SVG_RENDER_EDGE_PX
#define N_TRIES 4
/* A longer name of a file is none. */
#define MAX_SRC_BYTES 500

typedef struct
{
  unsigned int max_edge_px;
  gboolean is_too_large;
} Decoding;

/* Decoders of JPEG scale while they decode: no more memory is taken than the result has. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Decoding *decoding = user_data;
  int edge = MAX (width, height);

  if ((int64_t) width * height > MAX_SOURCE_PIXELS)
    {
      decoding->is_too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 1, 1);
    }
  else if (edge > (int) decoding->max_edge_px)
    gdk_pixbuf_loader_set_size (loader, MAX (width * (int) decoding->max_edge_px / edge, 1),
                                MAX (height * (int) decoding->max_edge_px / edge, 1));
}

/* What the frame of a JPEG says, which stands behind any number of other segments, each with its
 * length. */
static uint64_t
count_jpeg_pixels (const uint8_t *data, size_t size, uint64_t *out_limit)
{
  size_t at = 2;

  while (at + 9 <= size && data[at] == 0xff)
    {
      uint8_t marker = data[at + 1];
      size_t length = (size_t) (data[at + 2] << 8 | data[at + 3]);
      /* SOF0 to SOF15, but for three other segments among them. */
      gboolean is_frame =
          marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;

      if (is_frame)
        {
          *out_limit = marker <= 0xc1 ? MAX_SOURCE_PIXELS : MAX_WHOLE_PIXELS;
          return (uint64_t) (data[at + 5] << 8 | data[at + 6]) *
                 (uint64_t) (data[at + 7] << 8 | data[at + 8]);
        }
      at += marker == 0xff ? 1 : 2 + length; /* 0xff may fill up. */
    }

  return 1;
}

/* What a picture says of its size, without a decoder; 1 if there is nothing to know before. Up to
 * @out_limit the decoder may see it. */
static uint64_t
count_pixels (GBytes *bytes, const char *type, uint64_t *out_limit)
{
  size_t size = 0;
  const uint8_t *data = g_bytes_get_data (bytes, &size);

  *out_limit = MAX_WHOLE_PIXELS;
  if (g_str_equal (type, "jpeg"))
    return count_jpeg_pixels (data, size, out_limit);
  if (g_str_equal (type, "png") && size >= 24)
    return (uint64_t) (((uint32_t) data[16] << 24) | (data[17] << 16) | (data[18] << 8) |
                       data[19]) *
           (((uint32_t) data[20] << 24) | (data[21] << 16) | (data[22] << 8) | data[23]);
  if (g_str_equal (type, "gif") && size >= 10)
    return (uint64_t) (data[6] | (data[7] << 8)) * (uint64_t) (data[8] | (data[9] << 8));

  return 1;
}

static GdkPixbuf *
decode (GBytes *bytes, const char *type, unsigned int max_edge_px, GError **error)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (type, error);
  Decoding decoding = { max_edge_px, FALSE };

  if (loader == NULL)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &decoding);
  gboolean is_written = gdk_pixbuf_loader_write_bytes (loader, bytes, error);
  /* Not closed is a leak and a warning; the first error is the one to tell. */
  gboolean is_closed = gdk_pixbuf_loader_close (loader, is_written ? error : NULL);
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  if (!is_written || !is_closed)
    return NULL;
  if (decoding.is_too_large || pixbuf == NULL)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "it has too many pixels");
      return NULL;
    }

  return g_object_ref (pixbuf);
}

/* The PNG that a pack can hold, made smaller until it fits. */
static GBytes *
convert (GBytes *bytes, const char *type, GError **error)
{
  unsigned int edge_px = MAX_EDGE_PX;
  uint64_t limit = 0;
  uint64_t n_pixels = count_pixels (bytes, type, &limit);

  if (n_pixels == 0 || n_pixels > limit)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                           n_pixels == 0 ? "it is empty" : "it has too many pixels");
      return NULL;
    }

  for (unsigned int i = 0; i < N_TRIES; i++, edge_px /= 2)
    {
      g_autoptr(GdkPixbuf) pixbuf = decode (bytes, type, edge_px, error);
      g_autofree char *png = NULL;
      size_t size = 0;

      if (pixbuf == NULL || !gdk_pixbuf_save_to_buffer (pixbuf, &png, &size, "png", error, NULL))
        return NULL;
      if (size <= TOMO_PICTURE_MAX_BYTES)
        return g_bytes_new_take (g_steal_pointer (&png), size);
    }

  g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "it does not become small");
  return NULL;
}

static const char *
find_type (GBytes *bytes)
{
  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size > 8 && memcmp (data, "\x89PNG", 4) == 0)
    return "png";
  if (size > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "jpeg";
  if (size > 6 && memcmp (data, "GIF8", 4) == 0)
    return "gif";
  if (size > 5 && g_strstr_len (data, (gssize) MIN (size, 1000), "<svg") != NULL)
    return "svg";

  return NULL;
}

/* A drawing of ours stays a drawing; a picture that kiosks can show stays as it is. */
static GBytes *
make_usable (GBytes *bytes, const char **out_type, GError **error)
{
  const char *type = find_type (bytes);

  *out_type = "png";
  if (type == NULL || g_bytes_get_size (bytes) > MAX_SOURCE_BYTES)
    {
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                           type == NULL ? "it is neither PNG, JPEG, GIF nor SVG"
                                        : "it has more than 16 MiB");
      return NULL;
    }
  if (g_str_equal (type, "svg"))
    {
      g_autoptr(TomoFindings) findings = tomo_findings_new ();

      *out_type = type;
      if (g_bytes_get_size (bytes) <= TOMO_SVG_MAX_BYTES && tomo_svg_check (bytes, "", findings))
        return g_bytes_ref (bytes);
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                           tomo_findings_get_n (findings) > 0
                               ? tomo_findings_get (findings, 0)->message
                               : "the drawing is too large");
      return NULL;
    }
  if (g_str_equal (type, "png") && tomo_picture_check (bytes, NULL, NULL, NULL))
    return g_bytes_ref (bytes);

  return convert (bytes, type, error);
}

/* The embedded file that @src names, or what stands in @src itself. */
static GBytes *
find_bytes (const char *src, GHashTable *files)
{
  const char *base64 = strstr (src, BASE64_MARK);

  if (g_ascii_strncasecmp (src, DATA_PNG, strlen (DATA_PNG)) == 0 && base64 != NULL)
    {
      size_t size = 0;
      guchar *data = g_base64_decode (base64 + strlen (BASE64_MARK), &size);

      return g_bytes_new_take (data, size);
    }

  const char *slash = strrchr (src, '/');
  g_autofree char *name = g_uri_unescape_string (slash != NULL ? slash + 1 : src, NULL);
  GBytes *found = files != NULL && name != NULL ? g_hash_table_lookup (files, name) : NULL;

  return found != NULL ? g_bytes_ref (found) : NULL;
}

/* The alternative text is read aloud; what nobody wrote cannot be made up. */
static char *
dup_alt (TomoQuiz *quiz, const TomoQuizQuestion *question, const char *alt, const char *stem)
{
  /* <alt> takes plain text: an address in it is no example. */
  TomoQuizText *text = tomo_quiz_text_new ();
  tomo_quiz_text_add (text, TOMO_TEXT_PLAIN, "", alt);
  g_autofree char *markup = tomo_quiz_text_free_to_markup (text);

  if (markup[0] != '\0')
    return g_steal_pointer (&markup);

  tomo_quiz_note (quiz, question->line, "%s",
                  /* Translators: about a question that was imported; <alt> is literal */
                  _("there is no description of the picture; write one in its <alt>"));
  return g_strdup (stem);
}

/* What people call the picture: the name of its file, if it has one. */
static char *
dup_shown_name (const char *src)
{
  g_autofree char *unescaped = NULL;

  if (src == NULL || src[0] == '\0' || strlen (src) > MAX_SRC_BYTES ||
      g_ascii_strncasecmp (src, "data:", strlen ("data:")) == 0)
    return g_strdup ("picture");

  g_autofree char *name = g_path_get_basename (src);
  unescaped = g_uri_unescape_string (name, NULL);
  return g_utf8_make_valid (unescaped != NULL ? unescaped : name, -1);
}

static GBytes *
load (const char *src, const char *shown, GHashTable *files, const char **out_type, GError **error)
{
  g_autoptr(GBytes) bytes = src != NULL ? find_bytes (src, files) : NULL;
  g_autoptr(GError) local_error = NULL;

  if (bytes == NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   /* Translators: why a question was not imported; %s is the name of a picture */
                   _("the picture %s is not in this file, and nothing is fetched"), shown);
      return NULL;
    }

  GBytes *usable = make_usable (bytes, out_type, &local_error);
  if (usable == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                 /* Translators: why a question was not imported; the first %s is the name of a
                  * picture, the second an English message about it */
                 _("the picture %s cannot be used: %s"), shown, local_error->message);
  return usable;
}

static TomoQuizPicture *
add_new (TomoQuiz *quiz,
         const TomoQuizQuestion *question,
         const char *shown,
         const char *type,
         const char *alt,
         GBytes *bytes)
{
  TomoQuizPicture *picture = g_new0 (TomoQuizPicture, 1);
  const char *dot = strrchr (shown, '.');
  g_autofree char *name = g_strndup (shown, dot != NULL ? (size_t) (dot - shown) : strlen (shown));
  g_autofree char *stem = tomo_quiz_dup_id (name, "picture");

  picture->id = g_strdup_printf ("%.34s-%u", stem, quiz->pictures->len + 1);
  picture->src = g_strdup_printf ("media/%s.%s", picture->id, type);
  picture->alt = dup_alt (quiz, question, alt, stem);
  picture->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (quiz->pictures, picture);

  return picture;
}

/**
 * tomo_quiz_picture_add:
 * @quiz: a quiz
 * @question: one that shows the picture
 * @src: (nullable): which, as in HTML
 * @alt: its alternative text, perhaps empty
 * @files: (nullable) (element-type utf8 GBytes): embedded files by name
 * @error: return location for a #GError
 *
 * Takes an embedded picture: PNG and SVG as they are if a pack can hold them, else as PNG. Nothing
 * is fetched. The message of the error is translated.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_quiz_picture_add (TomoQuiz *quiz,
                       TomoQuizQuestion *question,
                       const char *src,
                       const char *alt,
                       GHashTable *files,
                       GError **error)
{
  const char *type = NULL;
  g_autofree char *shown = dup_shown_name (src);
  g_autoptr(GBytes) usable = load (src, shown, files, &type, error);

  if (usable == NULL)
    return FALSE;

  g_autofree char *hash = tomo_digest_dup_sha256 (usable);
  g_autofree char *key = g_strconcat ("picture ", hash, " ", alt, NULL);
  TomoQuizPicture *known = g_hash_table_lookup (quiz->by_value, key);

  if (known == NULL)
    {
      known = add_new (quiz, question, shown, type, alt, usable);
      g_hash_table_insert (quiz->by_value, g_steal_pointer (&key), known);
    }

  g_free (question->picture);
  question->picture = g_strdup (known->id);
  return TRUE;
}
