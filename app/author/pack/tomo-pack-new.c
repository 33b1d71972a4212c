/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-pack-new.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "author/pack/tomo-vocabulary.h"
#include "core/tomo-error.h"

/* Takes the id and two times the day. It shows each thing once, and passes the check. */
static const char pack_format[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<pack xmlns=\"urn:tomoshibi:pack:1\" id=\"%s\" xml:lang=\"en\" revision=\"1\"\n"
    "      verified-on=\"%s\" topic=\"passwords\" age=\"all\" risk=\"medium\"\n"
    "      license=\"CC-BY-4.0\">\n"
    "  <title comment=\"A note for translators can stand here.\">Title of the pack</title>\n"
    "\n"
    "  <sources>\n"
    "    <source id=\"facts\" href=\"https://example.org/facts\" verified-on=\"%s\">\n"
    "      <title>Where the facts come from</title>\n"
    "    </source>\n"
    "  </sources>\n"
    "\n"
    "  <tip id=\"first-tip\" sources=\"facts\">\n"
    "    <title>What to do, in a few words</title>\n"
    "    <summary>Why it helps, in one sentence.</summary>\n"
    "    <steps>\n"
    "      <step>Do the <em>first</em> thing.</step>\n"
    "      <step>Tap <ui>Save</ui>.</step>\n"
    "    </steps>\n"
    "  </tip>\n"
    "\n"
    "  <question id=\"first-question\" kind=\"single\">\n"
    "    <prompt>Which answer is right?</prompt>\n"
    "    <choice id=\"a\">\n"
    "      <text>This one is wrong.</text>\n"
    "      <feedback>Why many people think so, and why it is not so.</feedback>\n"
    "    </choice>\n"
    "    <choice id=\"b\" correct=\"yes\">\n"
    "      <text>This one is right.</text>\n"
    "    </choice>\n"
    "    <explanation>What to remember. If it has happened, tell <report kind=\"phishing\"/>."
    "</explanation>\n"
    "  </question>\n"
    "</pack>\n";

static const char linguas[] = "# Languages there is a translation for, one a line, such as: ja\n";

static gboolean
write_text (const char *folder, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error))
    return TRUE;

  tomo_error_convert (error);
  return FALSE;
}

/**
 * tomo_pack_new_make_folder:
 * @folder: does not exist yet, or is empty
 * @error: return location for a #GError
 *
 * Makes the folders of a pack, and a list of languages with none in it. A used folder is left
 * alone.
 *
 * On failure this sets a #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_pack_new_make_folder (const char *folder, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  if (dir != NULL && g_dir_read_name (dir) != NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "the folder %s is not empty; choose another name", folder);
      return FALSE;
    }

  g_autofree char *po = g_build_filename (folder, "po", NULL);
  g_autofree char *media = g_build_filename (folder, "media", NULL);

  if (g_mkdir_with_parents (po, 0777) != 0 || g_mkdir_with_parents (media, 0777) != 0)
    {
      tomo_set_error_from_errno (error, errno, "cannot make the folder %s", folder);
      return FALSE;
    }

  return write_text (folder, "po/LINGUAS", linguas, error);
}

/**
 * tomo_pack_new_folder:
 * @folder: does not exist yet, or is empty; its name becomes the id of the pack
 * @error: return location for a #GError
 *
 * Makes a pack to begin from: one tip and one question, without a mistake.
 *
 * On failure this sets a #TomoError.
 *
 * Returns: %TRUE on success
 */
gboolean
tomo_pack_new_folder (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  g_autofree char *whole = g_canonicalize_filename (folder, NULL);
  g_autofree char *id = g_path_get_basename (whole);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *text = g_strdup_printf (pack_format, id, today, today);

  if (!tomo_vocabulary_is_id (id))
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_FAILED,
                   "‘%s’ cannot be the id of a pack; name the folder with 1 to 40 of a-z, 0-9 and "
                   "‘-’, and begin with a letter or digit",
                   id);
      return FALSE;
    }

  return tomo_pack_new_make_folder (whole, error) && write_text (whole, "pack.xml", text, error);
}
