#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs one program on a display and a session bus of its own, and takes both away afterwards.
#
#   with-display.sh [--size WIDTHxHEIGHT] PROGRAM [ARGUMENT]...
#
# One X server for each program: when a session bus ends, its address stays on the X root window,
# and the next GTK program there would warn about it. The picture on the screen can be read from
# the file that TOMO_SCREEN_FILE names (screenshot.py does).

set -euo pipefail

size=1920x1080
if [ "${1:-}" = --size ]; then
  size=$2
  shift 2
fi

scratch=$(mktemp -d "${TMPDIR:-/tmp}/tomoshibi-display.XXXXXX")
server=
program=

tidy_up() {
  trap - EXIT INT TERM
  [ -z "$program" ] || kill "$program" 2>/dev/null || true
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  rm -rf "$scratch"
}
trap tidy_up EXIT
trap 'tidy_up; exit 143' INT TERM

mkdir -m 700 "$scratch/run" "$scratch/screen"
mkfifo "$scratch/display"

# The X server says its number once it is ready, so there is nothing to wait and guess for.
Xvfb -displayfd 7 -screen 0 "${size}x24" -fbdir "$scratch/screen" -nolisten tcp -noreset \
  7>"$scratch/display" >"$scratch/xvfb.log" 2>&1 &
server=$!
if ! read -r -t 30 number <"$scratch/display"; then
  echo "with-display.sh: Xvfb did not start:" >&2
  cat "$scratch/xvfb.log" >&2
  exit 99
fi

unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS
export DISPLAY=:$number XDG_RUNTIME_DIR=$scratch/run TOMO_SCREEN_FILE=$scratch/screen/Xvfb_screen0
# What a machine without a graphics card uses; it is also the same picture every time.
export GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=${GDK_DEBUG:-gl-disable} NO_AT_BRIDGE=0

# What the bus starts by itself, such as the registry of AT-SPI, has nothing to say on the output of
# the program. The server's pipe must not be inherited: whoever reads that output would wait for it.
# shellcheck disable=SC2016
dbus-run-session -- sh -c 'exec "$@" >&8 8>&-' sh "$@" 8>&1 >/dev/null &
program=$!
status=0
wait "$program" || status=$?
program=
exit "$status"
