/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "author/publish/tomo-campaign-logo.h"

#include <string.h>

#include "author/pack/tomo-findings.h"
#include "author/pack/tomo-png.h"
#include "author/pack/tomo-source-file.h"
#include "author/pack/tomo-svg.h"
#include "core/content/tomo-campaign.h"
#include "core/content/tomo-picture.h"
#include "core/tomo-error.h"

/* What was drawn for paper may have thousands of dots; it comes as a drawing or in the right size.
 */
#define MAX_SOURCE_BYTES TOMO_SVG_MAX_BYTES

/* The first mistake is told: a logo has hardly ever more than one. */
static gboolean
check_svg (GBytes *svg, const char *path, GError **error)
{
  g_autoptr(TomoFindings) findings = tomo_findings_new ();

  if (tomo_svg_check (svg, path, findings))
    return TRUE;

  const TomoFinding *finding = tomo_findings_get (findings, 0);
  g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA, "‘%s’, line %u: %s", path, finding->line,
               finding->message);
  return FALSE;
}

static GBytes *
make_png (GBytes *source, const char *path, GError **error)
{
  if (!g_str_has_suffix (path, ".svg"))
    return tomo_picture_check (source, NULL, NULL, error) ? g_bytes_ref (source) : NULL;

  return check_svg (source, path, error)
             ? tomo_svg_render (source, TOMO_CAMPAIGN_MAX_LOGO_EDGE_PX, error)
             : NULL;
}

/**
 * tomo_campaign_logo_load:
 * @folder: where campaign.conf lies
 * @name: the name of a file in @folder, SVG or PNG
 * @error: return location for a #GError
 *
 * Makes of a logo what kiosks show. Whether that keeps their limits, tomo_campaign_new() says.
 *
 * On failure this sets %TOMO_ERROR_INVALID_DATA, or %TOMO_ERROR_NOT_FOUND without the file.
 *
 * Returns: (transfer full): a PNG without metadata
 */
GBytes *
tomo_campaign_logo_load (const char *folder, const char *name, GError **error)
{
  g_return_val_if_fail (folder != NULL && name != NULL, NULL);

  if (strchr (name, '/') != NULL)
    {
      g_set_error (error, TOMO_ERROR, TOMO_ERROR_INVALID_DATA,
                   "‘logo=%s’ is not the name of a file beside campaign.conf", name);
      return NULL;
    }

  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GBytes) source = tomo_source_file_read (path, MAX_SOURCE_BYTES, error);
  g_autoptr(GBytes) png = (source != NULL) ? make_png (source, path, error) : NULL;

  return (png != NULL) ? tomo_png_strip (png, error) : NULL;
}
