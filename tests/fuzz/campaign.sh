#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Fuzzes with an engine (libFuzzer, which comes with clang) and sanitizers.
#
#   tests/fuzz/campaign.sh MINUTES [THING]...   each target (or each THING) for so many minutes
#   tests/fuzz/campaign.sh --keep [THING]...    put what reached new code into corpus/
#
# What is found on the way stays in _build/fuzz/found/THING, what broke something in
# _build/fuzz/broken/THING-…; exits with 1 if anything did. To look at one of those:
#
#   _build/fuzz/tests/fuzz/engine-THING _build/fuzz/broken/THING-crash-…
#
# TOMO_FUZZ_BUILD names another folder to build in.

set -euo pipefail

cd "$(dirname "$0")/../.."
build=${TOMO_FUZZ_BUILD:-_build/fuzz}
# More than this is no seed: seeds are run at each build of each lane.
max_seed_bytes=4096

usage() {
  sed -n '5,6s/^#   //p' "$0" >&2
  exit 2
}

case ${1:-} in
  --keep) minutes= ;;
  [1-9]*) minutes=$1 ;;
  *) usage ;;
esac
shift

prepare() {
  if [ ! -f "$build/build.ninja" ]; then
    CC=clang meson setup "$build" -Db_sanitize=address,undefined -Db_lundef=false \
      -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
  fi
  ninja -C "$build" tests/fuzz/corpus "${things[@]/#/tests/fuzz/engine-}" >/dev/null
  mkdir -p "$build/broken"
}

all_things() {
  local file
  for file in tests/fuzz/fuzz-*.c; do
    file=${file##*/fuzz-}
    echo "${file%.c}"
  done
}

# Committed seeds, or those that make-corpus has made.
seeds() {
  [ -d "tests/fuzz/corpus/$1" ] && echo "tests/fuzz/corpus/$1" || echo "$build/tests/fuzz/corpus/$1"
}

engine() {
  local thing=$1
  shift
  G_DEBUG=fatal-warnings ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
    LSAN_OPTIONS=print_suppressions=0:suppressions=tests/data/lsan.supp \
    nice "$build/tests/fuzz/engine-$thing" -artifact_prefix="$build/broken/$thing-" "$@"
}

fuzz() {
  local thing=$1 log=$build/$1.log
  mkdir -p "$build/found/$thing"
  if engine "$thing" -max_total_time=$((minutes * 60)) -max_len=65536 -timeout=25 -rss_limit_mb=3000 \
    -print_final_stats=1 "$build/found/$thing" "$(seeds "$thing")" >"$log" 2>&1; then
    echo "ok $thing: $(awk '/number_of_executed_units/ { print $2 }' "$log") runs," \
      "$(find "$build/found/$thing" -type f | wc -l) files that reach something new"
  else
    tail -n 40 "$log"
    echo "not ok $thing"
    return 1
  fi
}

# Only what reaches new code, not what reaches it another number of times or with fewer bytes: a
# handful of files. What is there already comes first, and stays.
keep() {
  local thing=$1 kept
  [ -d "tests/fuzz/corpus/$thing" ] && [ -d "$build/found/$thing" ] || return 0
  kept=$(mktemp -d)
  cp "tests/fuzz/corpus/$thing"/* "$kept"
  engine "$thing" -merge=1 -use_counters=0 -max_len=$max_seed_bytes "$kept" \
    "$build/found/$thing" >/dev/null 2>&1
  find "$kept" -type f | while read -r file; do
    [ -e "tests/fuzz/corpus/$thing/$(basename "$file")" ] ||
      mv "$file" "tests/fuzz/corpus/$thing/found-$(basename "$file" | cut -c 1-12)"
  done
  rm -rf "$kept"
  echo "$thing: $(find "tests/fuzz/corpus/$thing" -type f | wc -l) seeds"
}

[ $# -gt 0 ] || mapfile -t found < <(all_things)
things=("${@:-${found[@]}}")
prepare

failed=
for thing in "${things[@]}"; do
  if [ -n "$minutes" ]; then
    fuzz "$thing" || failed=yes
  else
    keep "$thing"
  fi
done
[ -z "$failed" ]
