/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/tomo-invocation.h"

G_BEGIN_DECLS

TomoExit tomo_invocation_run (const TomoCommand *command, char **args);

G_END_DECLS
