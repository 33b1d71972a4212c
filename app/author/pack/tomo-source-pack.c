/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/pack/tomo-source-file.h"
#include "author/pack/tomo-source-pack-private.h"
#include "core/tomo-error.h"

static void
text_free (TomoSourceText *text)
{
  g_free (text->place);
  g_free (text->context);
  g_free (text->comment);
  g_free (text->msgid);
  tomo_fragment_free (text->fragment);
  g_free (text);
}

static void
term_free (TomoSourceTerm *term)
{
  g_free (term->id);
  g_free (term);
}

static void
reference_free (TomoSourceReference *reference)
{
  g_free (reference->id);
  g_free (reference->href);
  g_free (reference->verified_on);
  g_free (reference);
}

static void
picture_free (TomoSourcePicture *picture)
{
  g_free (picture->id);
  g_free (picture->src);
  g_free (picture);
}

static void
choice_free (TomoSourceChoice *choice)
{
  g_free (choice->id);
  g_free (choice);
}

static void
item_free (TomoSourceItem *item)
{
  g_free (item->id);
  g_free (item->topic);
  g_free (item->age);
  g_free (item->risk);
  g_free (item->picture);
  g_free (item->audio);
  g_strfreev (item->sources);
  g_free (item->answer);
  g_free (item->tolerance);
  g_ptr_array_unref (item->steps);
  g_ptr_array_unref (item->choices);
  g_ptr_array_unref (item->texts);
  g_free (item);
}

/**
 * tomo_source_item_new:
 *
 * Returns: (transfer full): an item in which nothing is filled but its lists, which are empty
 */
TomoSourceItem *
tomo_source_item_new (void)
{
  TomoSourceItem *self = g_new0 (TomoSourceItem, 1);

  self->steps = g_ptr_array_new ();
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);
  self->texts = g_ptr_array_new ();

  return self;
}

/**
 * tomo_source_pack_new:
 * @folder: of the pack, as findings shall name it
 *
 * Returns: (transfer full): a pack in which nothing is filled but its lists, which are empty
 */
TomoSourcePack *
tomo_source_pack_new (const char *folder)
{
  TomoSourcePack *self = g_new0 (TomoSourcePack, 1);

  self->folder = g_strdup (folder);
  self->file = g_build_filename (folder, "pack.xml", NULL);
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) picture_free);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) text_free);

  return self;
}

/**
 * tomo_source_pack_load:
 * @folder: of a pack
 * @findings: where mistakes are told
 * @error: return location for a #GError
 *
 * Reads the pack.xml of @folder as tomo_source_pack_read() does.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA if there is no well-formed pack, or what
 * tomo_source_file_read() sets.
 *
 * Returns: (transfer full): the pack, perhaps with mistakes among @findings
 */
TomoSourcePack *
tomo_source_pack_load (const char *folder, TomoFindings *findings, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (findings != NULL, NULL);

  g_autofree char *path = g_build_filename (folder, "pack.xml", NULL);
  g_autoptr(GBytes) bytes = tomo_source_file_read (path, TOMO_SOURCE_PACK_MAX_BYTES, error);

  if (bytes == NULL)
    return NULL;

  TomoSourcePack *self = tomo_source_pack_read (bytes, folder, findings);

  if (self == NULL)
    g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "%s is not a pack", path);

  return self;
}

/**
 * tomo_source_pack_free:
 * @self: (transfer full): a pack
 *
 * Frees @self.
 */
void
tomo_source_pack_free (TomoSourcePack *self)
{
  g_free (self->folder);
  g_free (self->file);
  g_free (self->id);
  g_free (self->language);
  g_free (self->verified_on);
  g_free (self->license);
  g_strfreev (self->fallback);
  g_ptr_array_unref (self->terms);
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->pictures);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/**
 * tomo_source_pack_find_term:
 * @self: a pack
 * @id: of a term
 *
 * Returns: (transfer none) (nullable): the term
 */
const TomoSourceTerm *
tomo_source_pack_find_term (const TomoSourcePack *self, const char *id)
{
  for (unsigned int i = 0; i < self->terms->len; i++)
    {
      const TomoSourceTerm *term = g_ptr_array_index (self->terms, i);

      if (g_str_equal (term->id, id))
        return term;
    }

  return NULL;
}

/**
 * tomo_source_pack_find_reference:
 * @self: a pack
 * @id: of a source
 *
 * Returns: (transfer none) (nullable): the source
 */
const TomoSourceReference *
tomo_source_pack_find_reference (const TomoSourcePack *self, const char *id)
{
  for (unsigned int i = 0; i < self->references->len; i++)
    {
      const TomoSourceReference *reference = g_ptr_array_index (self->references, i);

      if (g_str_equal (reference->id, id))
        return reference;
    }

  return NULL;
}

/**
 * tomo_source_pack_find_picture:
 * @self: a pack
 * @id: of a picture
 *
 * Returns: (transfer none) (nullable): the picture
 */
const TomoSourcePicture *
tomo_source_pack_find_picture (const TomoSourcePack *self, const char *id)
{
  for (unsigned int i = 0; i < self->pictures->len; i++)
    {
      const TomoSourcePicture *picture = g_ptr_array_index (self->pictures, i);

      if (g_str_equal (picture->id, id))
        return picture;
    }

  return NULL;
}
