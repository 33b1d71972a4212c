#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the programs as a product would be built, and measures the budgets of an update.
#
#   tests/bench/run.sh             all of them, some minutes; prints a table
#   tests/bench/run.sh unchanged   only one: unchanged, first, delayed, change, many, app
#
# Everything it makes is in _build/bench: bench.json has the table and each run's figures. It ends
# with 1 if a budget was missed. It needs no root, and talks to nobody but the loopback (npm, when it
# is there, installs the reference client once).

set -euo pipefail

cd "$(dirname "$0")/../.."
build=_build/bench

[ -f "$build/build.ninja" ] || meson setup "$build" -Dbuildtype=debugoptimized >/dev/null
mapfile -t targets < <(meson introspect --targets "$build" |
  python3 -c 'import json, os, sys
for target in json.load(sys.stdin):
    if "/tests/bench/" in target["defined_in"]:
        print(os.path.relpath(target["filename"][0], sys.argv[1]))' "$(realpath "$build")")
# All of it: the window wants its catalogues too, which no program depends on.
ninja -C "$build" all "${targets[@]}" >"$build/bench.log" ||
  { tail -n 20 "$build/bench.log" >&2; exit 1; }

python3 tests/bench/bench.py --build "$build" --json "$build/bench.json" "$@"
