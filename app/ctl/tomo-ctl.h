/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/tomo-cli.h"

G_BEGIN_DECLS

/* One file a command. */
TomoExit tomo_ctl_campaign_add (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_campaign_list (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_campaign_remove (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_sync (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_list (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_show (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_status (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_verify (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_pin (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_doctor (TomoInvocation *invocation, GError **error);
TomoExit tomo_ctl_export (TomoInvocation *invocation, GError **error);

G_END_DECLS
