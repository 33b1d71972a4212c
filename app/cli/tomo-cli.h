/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/tomo-invocation.h"

G_BEGIN_DECLS

int tomo_cli_main (int argc, char **argv, const char *summary, const TomoCommand *commands);

G_END_DECLS
