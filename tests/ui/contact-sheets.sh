#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Draws contact sheets of every screen, one for each language and size, for people to look at.
#
#   contact-sheets.sh BUILD OUT [LANGUAGE]… [WIDTHxHEIGHT[@MM]]…
#
# BUILD is a build folder with everything built. The sample campaign of content/ is published with
# keys that are thrown away, and shown; without languages and sizes, those of the tests are drawn.

set -euo pipefail

if [ $# -lt 2 ]; then
  echo "usage: $0 BUILD OUT [LANGUAGE]… [WIDTHxHEIGHT[@MM]]…" >&2
  exit 2
fi
build=$(realpath "$1")
out=$(realpath -m "$2")
shift 2
languages=() sizes=()
for argument in "$@"; do
  case $argument in
    [0-9]*x*) sizes+=("$argument") ;;
    *) languages+=("$argument") ;;
  esac
done
[ ${#languages[@]} != 0 ] || languages=(en ja th ar)
[ ${#sizes[@]} != 0 ] || sizes=(1080x1920 1920x1080 3840x2160 1024x600 800x480)

cd "$(dirname "$0")/../.."
scratch=$(mktemp -d "${TMPDIR:-/tmp}/tomoshibi-sheets.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
tomopress=$build/app/press/tomopress

publish() {
  local partner number
  cp -r content "$scratch/content"
  mkdir "$scratch/keys"
  "$tomopress" repo init "$scratch/repo" --demo --campaign "$scratch/content/campaign.conf"
  for partner in $(ls content/partners); do
    for number in 1 2; do
      "$tomopress" key new --no-passphrase "$scratch/keys/$partner-$number.key"
    done
    "$tomopress" repo add-partner "$scratch/repo" "$partner" --threshold 2 \
      --key "$scratch/keys/$partner-1.key.pub" --key "$scratch/keys/$partner-2.key.pub"
    "$tomopress" repo stage "$scratch/repo" "$partner" --allow-draft \
      "$scratch/content/partners/$partner/packs"/*/
    for number in 1 2; do
      "$tomopress" repo sign "$scratch/repo" "$partner" --key "$scratch/keys/$partner-$number.key"
    done
  done
  "$tomopress" repo publish "$scratch/repo"
}

fetch() {
  printf '[campaign demo]\nurls=http://127.0.0.1:1/\nroot=%s\n' \
    "$scratch/repo/metadata/1.root.json" >"$scratch/tomoshibi.conf"
  TOMOSHIBI_CONFIG=$scratch/tomoshibi.conf HOME=$scratch "$build/app/ctl/tomoctl" sync \
    --store "$scratch/store" --from "$scratch/repo"
}

publish >"$scratch/log" 2>&1 && fetch >>"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; exit 1; }
ninja -C "$build" tests/ui/screens >"$scratch/log" || { cat "$scratch/log" >&2; exit 1; }
# A screen on which the largest of the windows fits.
status=0
TOMO_BUILD_ROOT=$build tests/support/with-display.sh --size 3840x3840 \
  "$build/tests/ui/screens" "$out" --store "$scratch/store" demo "${languages[@]}" "${sizes[@]}" ||
  status=$?
ls "$out"/sheet-*.png
exit "$status"
