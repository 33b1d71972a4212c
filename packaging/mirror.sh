#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes or refreshes a mirror of a campaign with rsync, also while the hub publishes.
#
#   mirror.sh SOURCE FOLDER     SOURCE as rsync has it: hub.example.org::campaign, host:/srv/campaign
#
# The two names that make the rest public, timestamp.json and the newest root, are read first, kept
# aside, and put in place last: whatever they lead to was there when they were read, and stays.

set -euo pipefail

if [ $# != 2 ]; then
  echo "usage: $0 SOURCE FOLDER" >&2
  exit 2
fi
source=${1%/}
folder=${2%/}

mkdir -p "$folder/metadata" "$folder/targets"
# Beside the others, so that moving is renaming.
held=$(mktemp -d "$folder/.held-XXXXXX")
trap 'rm -rf "$held"' EXIT

rsync -rt --include=/timestamp.json --include='/*.root.json' --exclude='*' \
  "$source/metadata/" "$held/"
rsync -rt "$source/targets/" "$folder/targets/"
rsync -rt --exclude=/timestamp.json --exclude='/*.root.json' "$source/metadata/" "$folder/metadata/"
sync -f "$folder"
mv -f "$held/timestamp.json" "$folder/metadata/timestamp.json"
mv -f "$held"/*.root.json "$folder/metadata/"
