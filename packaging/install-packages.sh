#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what packages-build.txt lists, without starting any service.
#
#   install-packages.sh --missing [--tests]   print what is not installed yet
#   install-packages.sh --plan [--tests]      say what would be installed, and how large it is
#   install-packages.sh [--tests]             install it
#   install-packages.sh --deb                 install what packaging/deb.sh needs instead
#
# Root or sudo is needed only if something is missing.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
list=$here/packages-build.txt
mode=install
kinds=build

for argument in "$@"; do
  case $argument in
    --missing | --plan) mode=${argument#--} ;;
    --tests) kinds=tests ;;
    --deb) mode=install_for_deb ;;
    *) echo "usage: $0 [--missing|--plan] [--tests] | --deb" >&2; exit 2 ;;
  esac
done

wanted() {
  local package kind command
  grep -v '^#' "$list" | while read -r package kind command; do
    [ -n "$package" ] && [ "${kind:-$kinds}" = "$kinds" ] || continue
    # What brings its command is there, even if it is not Debian's: the two could not stand together.
    [ -n "$command" ] && command -v "$command" >/dev/null || echo "$package"
  done
}

# A package counts by its name alone: that its files are whole is dpkg's business. Some names are
# provided by another package (pkg-config is pkgconf's on Debian 13), so those count as well.
missing() {
  local installed
  installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n${db:Status-Abbrev} ${Provides}\n' |
    awk '$1 == "ii" { for (i = 2; i <= NF; i++) { sub(",", "", $i); print $i } }')
  wanted | grep -vxF -f <(printf '%s\n' "$installed") || true
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "These packages are missing and there is no sudo here; as root, run:" >&2
    if [ "$mode" = install_for_deb ]; then
      echo "  apt-get update && apt-get build-dep --no-install-recommends $here && apt-get install git" >&2
    else
      echo "  apt-get install --no-install-recommends $(missing | tr '\n' ' ')" >&2
    fi
    exit 1
  fi
}

# A fresh system may have no lists at all, and old ones name files that are gone.
refresh_lists() {
  as_root apt-get -qq update
}

# The size comes from apt itself: the sum of the files that it would fetch.
plan() {
  local names sizes
  mapfile -t names < <(missing)
  if [ ${#names[@]} = 0 ]; then
    echo "Nothing needs to be installed."
    return
  fi
  refresh_lists
  sizes=$(apt-get install --print-uris -qq --no-install-recommends "${names[@]}" |
    awk '$3 ~ /^[0-9]+$/ { n++; bytes += $3 } END { printf "%d packages, %.0f MB to download", n, bytes / 1e6 }')
  echo "To be installed with apt, without starting any service ($sizes):"
  printf '%s\n' "${names[@]}" | fmt -w 96 | sed 's/^/  /'
}

policy=/usr/sbin/policy-rc.d
our_policy=

remove_policy() {
  [ -z "$our_policy" ] || as_root rm -f "$policy"
}

# Debian's way to say "install, but start nothing": 101 forbids. One that is there stays.
forbid_services() {
  [ ! -e "$policy" ] || return 0
  our_policy=yes
  trap remove_policy EXIT
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
}

# Nobody wants to read what apt does, unless it fails.
apt_quietly() {
  local log=${TMPDIR:-/tmp}/tomoshibi-apt.$$
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 \
    --no-install-recommends "$@" </dev/null >"$log" 2>&1 || {
    cat "$log" >&2
    rm -f "$log"
    echo "apt could not do this: $*" >&2
    exit 1
  }
  rm -f "$log"
}

install() {
  local names
  mapfile -t names < <(missing)
  [ ${#names[@]} != 0 ] || return 0
  # Nothing to refresh where --plan has just done it.
  [ -n "${TOMOSHIBI_LISTS_ARE_FRESH:-}" ] || refresh_lists
  forbid_services
  apt_quietly install "${names[@]}"
}

# debian/control says what is needed, so that nothing is listed twice.
install_for_deb() {
  refresh_lists
  forbid_services
  apt_quietly build-dep "$here"
  command -v git >/dev/null || apt_quietly install git
}

"$mode"
