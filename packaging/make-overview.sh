#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Puts three pictures that packaging/try.sh took on a virtual display side by side, for the README:
# packaging/make-overview.sh, after packaging/try.sh. Needs ImageMagick (package imagemagick).

set -eu

cd "$(dirname "$0")/.."
screens=_demo/screens/1080x1920
out=packaging/screenshots/overview.png

mkdir -p "$(dirname "$out")"
montage "$screens/home-en.png" "$screens/answer-ja.png" "$screens/result-ar.png" \
  -tile 3x1 -geometry 420x747+14+14 -background '#e6e1d4' -strip PNG24:"$out.full"
convert "$out.full" -colors 200 -strip "$out"
rm "$out.full"
