/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/tomo-page.h"

G_BEGIN_DECLS

/* The tips of one topic, and the way to its quiz. */
#define TOMO_TYPE_TOPIC_PAGE (tomo_topic_page_get_type ())
G_DECLARE_FINAL_TYPE (TomoTopicPage, tomo_topic_page, TOMO, TOPIC_PAGE, TomoPage)

G_END_DECLS
