/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/tomo-json.h"

#include <string.h>

#include "core/tomo-error.h"

/* ‘2026-11-23T09:00:00Z’ */
#define TIME_LENGTH 20

/* Strict: a member given twice would be read by us as one value and by another reader as the
 * other. A NUL inside a string is kept, since signatures cover it; tomo_json_get_string() refuses
 * it later. jansson stops at 2048 levels by itself, so that nothing below recurses deeper. */
#define LOAD_FLAGS (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL)

static json_t *
get_member (json_t *object, const char *member, const char *where, GError **error)
{
  json_t *value = json_object_get (object, member);

  if (value == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: member ‘%s’ is missing", where,
                 member);
  return value;
}

static void
set_type_error (GError **error, const char *member, const char *where, const char *wanted)
{
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: member ‘%s’ is not %s", where,
               member, wanted);
}

/**
 * tomo_json_parse:
 * @bytes: foreign bytes
 * @max_bytes: more than this is refused before parsing
 * @where: names the file in messages
 * @error: return location for a #GError
 *
 * Parses one JSON object or array, strictly: members given twice, anything behind the end, and
 * bytes that are not UTF-8 are refused.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): the tree
 */
json_t *
tomo_json_parse (GBytes *bytes, size_t max_bytes, const char *where, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (where != NULL, NULL);

  size_t size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  json_error_t json_error;

  if (size > max_bytes)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "%s: %" G_GSIZE_FORMAT " bytes are more than the limit of %" G_GSIZE_FORMAT,
                   where, size, max_bytes);
      return NULL;
    }

  json_t *tree = json_loadb (size == 0 ? "" : data, size, LOAD_FLAGS, &json_error);
  if (tree == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: line %d is not JSON: %s", where,
                 json_error.line, json_error.text);
  return tree;
}

/**
 * tomo_json_get_object:
 * @object: the object to look in
 * @member: name of the member
 * @where: names the file or object in messages
 * @error: return location for a #GError
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, and so do the other getters.
 *
 * Returns: (transfer none): the member, an object
 */
json_t *
tomo_json_get_object (json_t *object, const char *member, const char *where, GError **error)
{
  json_t *value = get_member (object, member, where, error);

  if (value != NULL && !json_is_object (value))
    {
      set_type_error (error, member, where, "an object");
      return NULL;
    }
  return value;
}

/**
 * tomo_json_get_array:
 * @object: the object to look in
 * @member: name of the member
 * @where: names the file or object in messages
 * @error: return location for a #GError
 *
 * Returns: (transfer none): the member, an array
 */
json_t *
tomo_json_get_array (json_t *object, const char *member, const char *where, GError **error)
{
  json_t *value = get_member (object, member, where, error);

  if (value != NULL && !json_is_array (value))
    {
      set_type_error (error, member, where, "an array");
      return NULL;
    }
  return value;
}

/**
 * tomo_json_get_string:
 * @object: the object to look in
 * @member: name of the member
 * @where: names the file or object in messages
 * @error: return location for a #GError
 *
 * A string with a NUL in it is refused, because C would see only its beginning.
 *
 * Returns: (transfer none): the member, valid UTF-8
 */
const char *
tomo_json_get_string (json_t *object, const char *member, const char *where, GError **error)
{
  json_t *value = get_member (object, member, where, error);

  if (value == NULL)
    return NULL;

  if (!json_is_string (value) || strlen (json_string_value (value)) != json_string_length (value))
    {
      set_type_error (error, member, where, "a string without NUL");
      return NULL;
    }
  return json_string_value (value);
}

/**
 * tomo_json_get_uint64:
 * @object: the object to look in
 * @member: name of the member
 * @out_value: (out): the value, at most 2⁶³ − 1
 * @where: names the file or object in messages
 * @error: return location for a #GError
 *
 * Returns: %TRUE if the member is a whole number and not negative
 */
gboolean
tomo_json_get_uint64 (json_t *object,
                      const char *member,
                      uint64_t *out_value,
                      const char *where,
                      GError **error)
{
  json_t *value = get_member (object, member, where, error);

  if (value == NULL)
    return FALSE;

  if (!json_is_integer (value) || json_integer_value (value) < 0)
    {
      set_type_error (error, member, where, "a whole number of at least 0");
      return FALSE;
    }
  *out_value = (uint64_t) json_integer_value (value);
  return TRUE;
}

/**
 * tomo_json_get_boolean:
 * @object: the object to look in
 * @member: name of the member
 * @out_value: (out): the value
 * @where: names the file or object in messages
 * @error: return location for a #GError
 *
 * Returns: %TRUE if the member is `true` or `false`
 */
gboolean
tomo_json_get_boolean (json_t *object,
                       const char *member,
                       gboolean *out_value,
                       const char *where,
                       GError **error)
{
  json_t *value = get_member (object, member, where, error);

  if (value == NULL)
    return FALSE;

  if (!json_is_boolean (value))
    {
      set_type_error (error, member, where, "true or false");
      return FALSE;
    }
  *out_value = json_is_true (value);
  return TRUE;
}

/* GDateTime alone would take ‘2026-W48’, offsets and fractions as well. */
static gboolean
parse_time (const char *text, int64_t *out_secs)
{
  static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";

  if (strlen (text) != TIME_LENGTH)
    return FALSE;
  for (size_t i = 0; i < TIME_LENGTH; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;

  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  if (time == NULL)
    return FALSE;

  *out_secs = g_date_time_to_unix (time);
  return TRUE;
}

/**
 * tomo_json_get_time:
 * @object: the object to look in
 * @member: name of the member
 * @out_secs: (out): seconds since 1970
 * @where: names the file or object in messages
 * @error: return location for a #GError
 *
 * Reads a time as TUF writes it, which is exactly `YYYY-MM-DDTHH:MM:SSZ`.
 *
 * Returns: %TRUE if the member is such a time
 */
gboolean
tomo_json_get_time (json_t *object,
                    const char *member,
                    int64_t *out_secs,
                    const char *where,
                    GError **error)
{
  const char *text = tomo_json_get_string (object, member, where, error);

  if (text == NULL)
    return FALSE;

  if (!parse_time (text, out_secs))
    {
      set_type_error (error, member, where, "a time such as 2026-11-23T09:00:00Z");
      return FALSE;
    }
  return TRUE;
}
