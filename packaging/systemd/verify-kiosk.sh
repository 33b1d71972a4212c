#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lets systemd read the unit of the kiosk, as it would be installed, on a machine without systemd.
#
#   verify-kiosk.sh UNIT

set -eu

scratch=$(mktemp -d "${TMPDIR:-/tmp}/tomoshibi-unit.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# A template is read as one of its instances; nothing need be installed to read about it.
unit=$scratch/tomoshibi-kiosk@tty1.service
sed 's#^ExecStart=.*#ExecStart=/bin/true#' "$1" > "$unit"

# Of keys that it does not know it only speaks.
said=$(systemd-analyze verify --man=no "$unit" 2>&1) || { echo "$said"; exit 1; }
[ -z "$said" ] || { echo "$said"; exit 1; }
