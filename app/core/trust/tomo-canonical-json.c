/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/trust/tomo-canonical-json.h"

#include <string.h>

#include "core/tomo-error.h"

/* As deep as jansson parses; a tree that was put together in memory is held to the same. */
#define MAX_DEPTH 2048

static gboolean encode_value (GString *out, json_t *value, unsigned int depth, GError **error);

/* Only these two are escaped. Control characters, NUL among them, stay as they are: that is the
 * rule of the format, and what every other implementation signs. */
static void
encode_string (GString *out, const char *text, size_t length)
{
  g_string_append_c (out, '"');
  for (size_t i = 0; i < length; i++)
    {
      if (text[i] == '"' || text[i] == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, text[i]);
    }
  g_string_append_c (out, '"');
}

/* In UTF-8 the order of bytes is the order of code points. */
static int
compare_keys_cb (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
encode_object (GString *out, json_t *object, unsigned int depth, GError **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  const char *key = NULL;
  json_t *value = NULL;

  json_object_foreach (object, key, value)
    g_ptr_array_add (keys, (char *) key);
  g_ptr_array_sort (keys, compare_keys_cb);

  g_string_append_c (out, '{');
  for (size_t i = 0; i < keys->len; i++)
    {
      const char *name = g_ptr_array_index (keys, i);
      if (i > 0)
        g_string_append_c (out, ',');
      encode_string (out, name, strlen (name));
      g_string_append_c (out, ':');
      if (!encode_value (out, json_object_get (object, name), depth + 1, error))
        return FALSE;
    }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
encode_array (GString *out, json_t *array, unsigned int depth, GError **error)
{
  g_string_append_c (out, '[');
  for (size_t i = 0; i < json_array_size (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (!encode_value (out, json_array_get (array, i), depth + 1, error))
        return FALSE;
    }
  g_string_append_c (out, ']');
  return TRUE;
}

static gboolean
encode_value (GString *out, json_t *value, unsigned int depth, GError **error)
{
  if (depth > MAX_DEPTH)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "is nested deeper than %d levels",
                   MAX_DEPTH);
      return FALSE;
    }

  switch (json_typeof (value))
    {
    case JSON_OBJECT:
      return encode_object (out, value, depth, error);
    case JSON_ARRAY:
      return encode_array (out, value, depth, error);
    case JSON_STRING:
      encode_string (out, json_string_value (value), json_string_length (value));
      return TRUE;
    case JSON_INTEGER:
      g_string_append_printf (out, "%" JSON_INTEGER_FORMAT, json_integer_value (value));
      return TRUE;
    case JSON_TRUE:
      g_string_append (out, "true");
      return TRUE;
    case JSON_FALSE:
      g_string_append (out, "false");
      return TRUE;
    case JSON_NULL:
      g_string_append (out, "null");
      return TRUE;
    case JSON_REAL:
    default:
      g_set_error_literal (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                           "has a number with a fraction or an exponent, which canonical JSON "
                           "does not know");
      return FALSE;
    }
}

/**
 * tomo_canonical_json_encode:
 * @tree: any JSON value
 * @error: return location for a #GError
 *
 * Writes @tree in the one form that signatures cover: no white space, members sorted by code
 * point, only the quotation mark and the backslash escaped.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, because @tree holds a number that is not whole.
 *
 * Returns: (transfer full): UTF-8 without a NUL at the end
 */
GBytes *
tomo_canonical_json_encode (json_t *tree, GError **error)
{
  g_return_val_if_fail (tree != NULL, NULL);

  g_autoptr(GString) out = g_string_new (NULL);

  if (!encode_value (out, tree, 0, error))
    return NULL;
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
