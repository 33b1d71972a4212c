/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui/tomo-item-tile.h"

#include <glib/gi18n-lib.h>

#include "core/content/tomo-language.h"
#include "ui/tomo-i18n.h"
#include "ui/tomo-publisher-line.h"
#include "ui/tomo-script.h"
#include "ui/tomo-style.h"
#include "ui/tomo-tile.h"

static void
add_marks (TomoTile *tile, const TomoIndexEntry *entry)
{
  const TomoLanguage *language = tomo_language_find (entry->language);

  if (entry->is_sample)
    tomo_tile_add_mark (tile, C_("mark", "Sample"));
  if (entry->is_draft)
    tomo_tile_add_mark (tile, C_("mark", "Draft translation"));
  if (!entry->is_complete && language != NULL)
    tomo_tile_add_mark (tile, language->autonym);
}

/**
 * tomo_item_tile_new:
 * @scene: the scene
 * @entry: a tip
 * @picture_height_rem: how high its picture is, in rem
 *
 * Makes a tile that opens a tip: its picture, its title in its own language, who publishes it, and
 * the marks that every card carries.
 *
 * Returns: (transfer floating): a tile
 */
GtkWidget *
tomo_item_tile_new (TomoScene *scene, const TomoIndexEntry *entry, double picture_height_rem)
{
  GtkWidget *tile = tomo_tile_new (entry->title);
  g_autofree char *name =
      g_strdup_printf ("tip-%s-%s-%s", entry->partner, entry->pack, entry->item);
  TomoCampaign *campaign = tomo_scene_get_campaign (scene);
  const char *language = entry->is_complete ? tomo_i18n_get_language () : entry->language;
  g_autofree char *publisher = tomo_publisher_line_dup_name (campaign, entry->partner, language);

  tomo_script_mark_content (tile, entry->title_audio);
  gtk_widget_set_name (tile, name);
  gtk_widget_add_css_class (tile, "item-tile");
  tomo_tile_set_detail (TOMO_TILE (tile), publisher);
  tomo_tile_set_detail_language (
      TOMO_TILE (tile), tomo_publisher_line_get_name_language (campaign, entry->partner, language));
  add_marks (TOMO_TILE (tile), entry);
  if (entry->picture[0] != '\0')
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) png =
          tomo_library_load_picture (tomo_scene_get_library (scene), entry->picture, &error);
      if (png != NULL)
        tomo_tile_set_picture (TOMO_TILE (tile), png, picture_height_rem);
      else
        g_debug ("no picture for %s: %s", entry->item, error->message);
    }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "visit.tip");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "(sss)", entry->partner, entry->pack,
                                    entry->item);
  if (!entry->is_complete)
    tomo_style_set_language (tile, entry->language);

  return tile;
}
