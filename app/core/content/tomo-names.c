/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/content/tomo-names-private.h"

#include "core/content/tomo-language.h"
#include "core/content/tomo-pack.h"
#include "core/tomo-error.h"

static void
read_name (TomoPiece names, size_t index, const char **out_language, const char **out_name)
{
  TomoPieceReader reader;

  tomo_piece_reader_init (&reader, tomo_piece_get (names, index, TOMO_PIECE_ALIGN_BYTES));
  *out_language = tomo_piece_reader_take_string (&reader);
  *out_name = tomo_piece_reader_take_last_string (&reader);
}

/**
 * tomo_names_read:
 * @dict: a dictionary with the key ‘name’
 * @out_names: (out): its value, all of it checked
 * @where: names the dictionary, for the message
 * @error: return location for a #GError
 *
 * Finds what something is called.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_names_read (const TomoCompiledDict *dict,
                 TomoPiece *out_names,
                 const char *where,
                 GError **error)
{
  if (!tomo_compiled_get (dict, "name", "a{ss}", out_names, where, error))
    return FALSE;

  size_t n_names = tomo_piece_count (*out_names);
  if (n_names == 0 || n_names > TOMO_PACK_MAX_ITEMS)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s: has no name, or far too many",
                   where);
      return FALSE;
    }

  for (size_t i = 0; i < n_names; i++)
    {
      const char *language;
      const char *name;
      read_name (*out_names, i, &language, &name);
      if (!tomo_compiled_check_language (language, "name", where, error) ||
          !tomo_compiled_check_string (name, "name", where, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * tomo_names_find:
 * @names: what tomo_names_read() found
 * @language: for whom
 * @out_language: (out) (transfer none): the language of the name
 *
 * Chooses a name.
 *
 * Returns: (transfer none): the name in the first language of the chain of @language that has one,
 * else any: a name in a foreign language is better than none
 */
const char *
tomo_names_find (TomoPiece names, const char *language, const char **out_language)
{
  g_auto(GStrv) chain = tomo_language_dup_chain (language, NULL, "en");
  size_t n_names = tomo_piece_count (names);
  const char *name;

  for (size_t i = 0; chain[i] != NULL; i++)
    for (size_t j = 0; j < n_names; j++)
      {
        read_name (names, j, out_language, &name);
        if (g_str_equal (*out_language, chain[i]))
          return name;
      }

  read_name (names, 0, out_language, &name);
  return name;
}
