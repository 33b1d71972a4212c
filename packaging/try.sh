#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Shows on this machine what Tomoshibi is for, from the source to the screen.
#
#   packaging/try.sh               a window
#   packaging/try.sh --kiosk       the whole screen, as a visitor at an event meets it
#   packaging/try.sh --no-install  never call apt
#
# Everything it makes lies in _build/try and _demo; your own configuration and store are not
# touched. Where there is no display it uses a virtual one, touches the screen by itself and leaves
# screenshots in _demo/screens.

set -euo pipefail

cd "$(dirname "$0")/.."
top=$PWD
demo=$top/_demo
root=$top/_build/try/root
repo=$demo/repo

# Each with the language that is changed to in the middle of its quiz.
tours="en:ja ja:th th:ar ar:en"
partners="jp th id"

step="reading the options"
mode=window
install=yes
inside=

for argument in "$@"; do
  case $argument in
    --kiosk) mode=kiosk ;;
    --no-install) install= ;;
    # How this script calls itself on a virtual display.
    --inside=*) inside=${argument#--inside=} ;;
    *) echo "usage: $0 [--kiosk] [--no-install]" >&2; exit 2 ;;
  esac
done

fail() {
  echo >&2
  echo "try.sh: this did not work: $step" >&2
  [ -z "${1:-}" ] || echo "  $1" >&2
  exit 1
}
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR
set -E

begin() {
  step=$1
  printf '\n\033[1m%s\033[0m\n' "$step" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi
}

note() {
  echo "  $*"
}

# --- what all programs of the demonstration run with ---------------------------------------------

use_demo_home() {
  export HOME=$demo/home
  export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share
  export XDG_CACHE_HOME=$HOME/.cache XDG_STATE_HOME=$HOME/.local/state
  export XDG_DATA_DIRS=$root/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
  export PATH=$root/bin:$PATH
  export no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost
  mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
}

store=$demo/store

# expect CODE COMMAND...: runs it, keeps what it says in $said, and insists on how it ends.
said=
expect() {
  local wanted=$1 code=0
  shift
  said=$("$@" 2>&1) || code=$?
  # What the programs say to do next is done next.
  [ -z "$said" ] || sed -e '/^Next: /d' -e "s|$top/||g" -e 's/^/  | /' <<<"$said"
  [ "$code" = "$wanted" ] || fail "$1 ${2:-} ended with exit code $code, not $wanted"
}

expect_said() {
  grep -qi -- "$1" <<<"$said" || fail "it did not say: $1"
}

# --- the steps ------------------------------------------------------------------------------------

say_plan() {
  local display="a window on your display"
  [ "$mode" = window ] || display="the kiosk on your whole display"
  has_display || display="a virtual display; the pictures go to _demo/screens"
  cat <<PLAN
Tomoshibi, the whole way. This will
  1. build the programs into _build/try
  2. publish the sample packs in content/ as a campaign, signed by three partners
     with demonstration keys, into _demo/repo
  3. serve that folder with nginx on a free port of this machine only
  4. open $display, still empty
  5. fetch and verify the packs, which appear
  6. change one byte on the server, fetch again, and be refused
  7. stop the server: what was fetched stays
PLAN
  [ -z "$install" ] || packaging/install-packages.sh --plan
}

has_display() {
  [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}

install_packages() {
  [ -n "$install" ] || return 0
  [ -n "$(packaging/install-packages.sh --missing)" ] || return 0
  begin "Installing packages"
  TOMOSHIBI_LISTS_ARE_FRESH=1 packaging/install-packages.sh
}

# Only what gets installed is built; the tests are another command's business.
build() {
  begin "Building"
  mkdir -p _build
  if [ ! -f _build/try/build.ninja ]; then
    rm -rf _build/try
    meson setup _build/try --prefix="$root" >_build/try.log 2>&1 || { tail -n 30 _build/try.log; fail; }
  fi
  # An earlier run may know nothing of what has been added since.
  ninja -C _build/try build.ninja >_build/try.log 2>&1 || { tail -n 30 _build/try.log; fail; }
  local targets
  mapfile -t targets < <(meson introspect --targets _build/try | python3 -c '
import json, os, sys
for target in json.load(sys.stdin):
    if target["installed"]:
        for name in target["filename"]:
            print(os.path.relpath(name, sys.argv[1]))' "$top/_build/try")
  ninja -C _build/try "${targets[@]}" >>_build/try.log 2>&1 || { tail -n 30 _build/try.log; fail; }
  meson install -C _build/try --no-rebuild --quiet >>_build/try.log 2>&1 ||
    { tail -n 30 _build/try.log; fail; }
  note "tomoshibi, tomoctl and tomopress are in _build/try/root/bin"
}

clear_demo() {
  packaging/serve.sh --stop "$demo/nginx"
  rm -rf "$root/etc/tomoshibi" "$demo/repo" "$demo/keys" "$demo/content" "${demo:?}/home" "$demo/store" "$demo/nginx" \
    "$demo/screens"
  mkdir -p "$demo/keys" "$demo/screens"
  # A copy, because publishing raises the revision that a pack carries in its source.
  cp -r content "$demo/content"
}

make_keys() {
  local partner number
  for partner in $partners; do
    for number in 1 2 3; do
      expect 0 tomopress key new --no-passphrase "$demo/keys/$partner-$number.key" >/dev/null
    done
  done
}

# Two of the three keys sign, as two people would, each with their own.
sign_partner() {
  expect 0 tomopress repo sign "$repo" "$1" --key "$demo/keys/$1-1.key"
  expect 0 tomopress repo sign "$repo" "$1" --key "$demo/keys/$1-3.key"
}

publish() {
  begin "Publishing content/ as a campaign in _demo/repo"
  local partner
  make_keys
  expect 0 tomopress repo init "$repo" --demo --campaign "$demo/content/campaign.conf"
  for partner in $partners; do
    expect 0 tomopress repo add-partner "$repo" "$partner" --threshold 2 \
      --key "$demo/keys/$partner-1.key.pub" --key "$demo/keys/$partner-2.key.pub" \
      --key "$demo/keys/$partner-3.key.pub"
    expect 0 tomopress repo stage "$repo" "$partner" --allow-draft \
      "$demo/content/partners/$partner/packs"/*/
    sign_partner "$partner"
  done
  expect 0 tomopress repo publish "$repo"
  [ -f "$repo/metadata/timestamp.json" ] || fail "there is no timestamp.json"
}

serve() {
  begin "Serving _demo/repo"
  # Only what is public: the drafts and keys beside it stay where they are.
  mkdir -p "$demo/public"
  ln -sfn "$repo/metadata" "$demo/public/metadata"
  ln -sfn "$repo/targets" "$demo/public/targets"
  url=$(packaging/serve.sh "$demo/public" "$demo/nginx")
  echo "$url" >"$demo/url"
  note "$url, as $(id -un), process $(cat "$demo/nginx/nginx.pid")"
}

add_campaign() {
  begin "Adding the campaign to this machine"
  expect 0 tomoctl campaign add demo --url "$(cat "$demo/url")" --root "$repo/metadata/1.root.json"
  expect 0 tomoctl campaign list
}

sync_first() {
  begin "Fetching and verifying: now the packs appear"
  expect 0 tomoctl sync --store "$store"
  expect 0 tomoctl list --store "$store" --language en
  for partner in $partners; do
    expect_said "$partner/"
  done
}

# A new revision of one pack is published, so that there is something to fetch, and then one bit
# of one file on the server changes.
tamper() {
  begin "Changing one byte on the server"
  local before file
  before=$(cd "$repo/targets" && find . -type f | sort)
  sed -i 's/verified-on="[0-9-]*"/verified-on="2026-11-21"/' "$demo/content/partners/th/packs/money/pack.xml"
  expect 0 tomopress repo stage "$repo" th --allow-draft "$demo/content/partners/th/packs"/*/
  sign_partner th
  expect 0 tomopress repo publish "$repo"
  file=$(cd "$repo/targets" && comm -13 <(echo "$before") <(find . -type f | sort) |
    grep '/money/.*en\.k1\.gz$' | head -n 1) || true
  [ -n "$file" ] || fail "the new revision changed no file in English"
  python3 - "$repo/targets/$file" <<'FLIP'
import sys
with open(sys.argv[1], 'r+b') as file:
    data = bytearray(file.read())
    data[len(data) // 2] ^= 1
    file.seek(0)
    file.write(data)
FLIP
  note "one bit of targets/${file#./} is not what its publisher signed"
}

refuse() {
  local shown
  begin "Fetching again: the partner whose file was changed keeps what it had"
  shown=$(tomoctl show th/money --store "$store" --language en)
  expect 6 tomoctl sync --store "$store"
  expect_said "th: kept as before: untrusted"
  [ "$(tomoctl show th/money --store "$store" --language en)" = "$shown" ] ||
    fail "the changed pack got through"
  note "the pack is shown as before"
}

go_offline() {
  begin "Stopping the server"
  packaging/serve.sh --stop "$demo/nginx"
  expect 3 tomoctl sync --store "$store"
  expect 0 tomoctl verify --store "$store"
}

# --- what is seen ---------------------------------------------------------------------------------

app=

# open_app [OPTION]...
open_app() {
  tomoshibi --store "$store" "$@" >"$demo/tomoshibi.log" 2>&1 &
  app=$!
}

close_app() {
  app_is_there
  kill "$app"
  wait "$app" 2>/dev/null || true
  app=
}

app_is_there() {
  kill -0 "$app" 2>/dev/null || {
    tail -n 20 "$demo/tomoshibi.log" >&2
    fail "tomoshibi has ended"
  }
}

close_at_exit() {
  [ -z "$app" ] || kill "$app" 2>/dev/null || true
}

tidy_up() {
  close_at_exit
  packaging/serve.sh --stop "$demo/nginx" 2>/dev/null || true
}

closing_words() {
  cat <<WORDS

What to touch:
  a language, then a topic: every card says who published it; touch that line to see who signed it
  a quiz, and in the middle of it the language at the top: your answers stay
  in another terminal: _build/try/root/bin/tomoctl status --store _demo/store, for what is kept
WORDS
}

show_to_person() {
  local options=()
  [ "$mode" = window ] || options+=(--kiosk)
  begin "Opening the window: nothing was fetched yet"
  open_app "${options[@]}"
  sleep 3
  app_is_there
  sync_first
  app_is_there
  sleep 3
  tamper
  refuse
  app_is_there
  go_offline
  app_is_there
  closing_words
  echo
  if [ "$mode" = kiosk ]; then
    echo "The kiosk has no way out for visitors: change to this terminal with the keys of your desktop"
    echo "(such as Alt+Tab), and press Ctrl+C here to end."
  else
    echo "Close the window, or press Ctrl+C here, to end."
  fi
  trap - ERR
  wait "$app" || true
  app=
}

visitor() {
  TOMOSHIBI_LOCALEDIR=$root/share/locale /usr/bin/python3 packaging/try-visitor.py "$@" || {
    app_is_there
    fail "the screen did not show what it should"
  }
}

screenshot() {
  sleep 1
  python3 tests/support/screenshot.py "$demo/screens/$1.png"
}

# tour SIZE TOUR...
tour() {
  local size=$1 each
  shift
  for each in "$@"; do
    begin "A visitor on $size, in ${each%:*}, who changes to ${each#*:} in the middle of the quiz"
    visitor tour "${each%:*}" "${each#*:}" "$demo/screens/$size"
  done
}

# The whole story, on a kiosk that stands upright.
story() {
  local before
  begin "Opening the window: nothing was fetched yet"
  open_app --size "$1"
  visitor wait-empty
  screenshot empty
  sync_first
  visitor wait-content
  note "the window shows the campaign, and nobody touched it"

  begin "A visitor opens a card"
  visitor open-card en
  before=$(visitor names)
  tamper
  refuse
  [ "$(visitor names)" = "$before" ] || fail "the card on the screen changed"
  screenshot refused
  visitor leave en
  visitor open-card en
  [ "$(visitor names)" = "$before" ] || fail "the card was not there as before"
  visitor leave en
  note "the old card is on the screen, and comes back when it is opened again"

  go_offline
  # From here on there is no server, and nothing on the screen tells the difference.
  # shellcheck disable=SC2086
  tour "$1" $tours
  close_app
}

show_on_virtual_display() {
  case $inside in
    1080x1920)
      story "$inside"
      ;;
    kiosk)
      begin "The kiosk"
      open_app --kiosk
      visitor wait-content
      screenshot kiosk
      close_app
      ;;
    1024x600)
      open_app --size "$inside"
      tour "$inside" en:ar ar:en
      close_app
      ;;
    *)
      open_app --size "$inside"
      # shellcheck disable=SC2086
      tour "$inside" $tours
      close_app
      ;;
  esac
}

# Without a display: the same, on one that is only in memory.
show_to_nobody() {
  local size
  for size in 1080x1920 1920x1080 1024x600; do
    tests/support/with-display.sh --size "$size" "$0" "--inside=$size" 2>"$demo/display.log" || {
      grep -v '^dbus-daemon' "$demo/display.log" | tail -n 20 >&2
      exit 1
    }
  done
  if [ "$mode" = kiosk ]; then
    tests/support/with-display.sh --size 1080x1920 "$0" --inside=kiosk 2>"$demo/display.log" || {
      tail -n 20 "$demo/display.log" >&2
      exit 1
    }
  fi
  begin "Done: $(find "$demo/screens" -name '*.png' | wc -l) pictures in _demo/screens"
  closing_words
}

if [ -n "$inside" ]; then
  use_demo_home
  trap close_at_exit EXIT
  show_on_virtual_display
  exit
fi

say_plan
install_packages
build
trap tidy_up EXIT
trap 'exit 130' INT TERM
use_demo_home
begin "Clearing what an earlier run left in _demo"
clear_demo
use_demo_home
publish
serve
add_campaign
if has_display; then
  show_to_person
else
  show_to_nobody
fi
