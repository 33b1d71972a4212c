/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/tomo-preview-card.h"
#include "ui/tomo-scene.h"

G_BEGIN_DECLS

gboolean tomo_preview_show (TomoScene *scene, const TomoPreviewCard *card);

G_END_DECLS
