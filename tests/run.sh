#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds everything with gcc, with clang and with sanitizers, runs every suite, and ends with one
# line: N passed, N failed, N skipped. What it needs it installs, with sudo if need be.
#
#   tests/run.sh                what has to pass before every commit
#   tests/run.sh --long         also what takes longer: more fuzzing, more visits
#   tests/run.sh --no-install   never call apt

set -uo pipefail

cd "$(dirname "$0")/.." || exit 1
long=
install=yes

for argument in "$@"; do
  case $argument in
    --long) long=yes ;;
    --no-install) install= ;;
    *) echo "usage: $0 [--long] [--no-install]" >&2; exit 2 ;;
  esac
done

# Tests bring their own display and talk to the loopback only; nothing of the person who runs them
# may show through.
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GTK_THEME GTK_DEBUG G_MESSAGES_DEBUG DESTDIR
unset CFLAGS LDFLAGS LANGUAGE
unset "${!TOMOSHIBI_@}"
export no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost
export MESON_TESTTHREADS=${MESON_TESTTHREADS:-$(nproc)}
[ -z "$long" ] || export TOMO_TEST_LONG=1

say() {
  printf '\n== %s (%d s)\n' "$1" "$SECONDS"
}

if [ -n "$install" ] && [ -n "$(packaging/install-packages.sh --missing --tests)" ]; then
  say "Installing packages"
  packaging/install-packages.sh --tests || exit 1
fi

summary=_build/summary.txt
mkdir -p _build || { echo "cannot write to _build; was it made by another user?" >&2; exit 1; }
: >"$summary"

# The end of every run, also of a failed build: one line that a person and a script can read.
finish() {
  python3 tests/support/sum-results.py "$summary"
  exit $?
}

# lane NAME COMPILER [MESON OPTION]...: a folder below _build that is kept for the next run.
build_lane() {
  local name=$1 compiler=$2
  shift 2
  say "Building: $name"
  : >"_build/$name.log"
  if [ ! -f "_build/$name/build.ninja" ]; then
    rm -rf "_build/$name"
    CC=$compiler meson setup "_build/$name" -Dwerror=true "$@" >"_build/$name.log" 2>&1
  fi && ninja -C "_build/$name" all meson-test-prereq >>"_build/$name.log" 2>&1 && return 0
  grep -E -A 4 ' error: |ERROR:|undefined reference' "_build/$name.log" | head -n 60
  echo "broken $name: it does not build" >>"$summary"
  return 1
}

# test_lane NAME [MESON TEST OPTION]...
test_lane() {
  local name=$1
  shift
  say "Testing: $name"
  rm -f "_build/$name/meson-logs/testlog.json"
  meson test -C "_build/$name" --no-rebuild --print-errorlogs --quiet \
    --timeout-multiplier "$patience" "$@" >"_build/$name-test.log" 2>&1
  if [ -f "_build/$name/meson-logs/testlog.json" ]; then
    echo "log $name _build/$name/meson-logs/testlog.json" >>"$summary"
  else
    tail -n 20 "_build/$name-test.log"
    echo "broken $name: its tests did not run" >>"$summary"
  fi
}

skip_long=(--no-suite long)
skip_slow=(--no-suite slow)
# Times as long as a test takes at most on a machine that does nothing else.
patience=3
[ -z "$long" ] || skip_long=() skip_slow=() patience=10

build_lane gcc gcc && test_lane gcc "${skip_long[@]}"

# What a second compiler finds it finds while compiling; of the tests the core's are enough.
build_lane clang clang && test_lane clang --suite core "${skip_long[@]}"

# The lints look at sources, which are the same here. What draws page after page takes too long where
# a sanitizer looks on; --long does it.
patience=$((2 * patience))
build_lane asan gcc -Db_sanitize=address,undefined &&
  test_lane asan --no-suite lint "${skip_long[@]}" "${skip_slow[@]}"

finish
