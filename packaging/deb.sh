#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the Debian packages of what is committed, and leaves them in _build/deb.
#
#   packaging/deb.sh               installs first what is missing, with sudo if need be
#   packaging/deb.sh --no-install  never call apt
#
# The version is that of meson.build and the moment of the commit, so that a later commit is a later
# package; the changelog says which commit it was.

set -euo pipefail

cd "$(dirname "$0")/.."
out=$PWD/_build/deb
install=yes

for argument in "$@"; do
  case $argument in
    --no-install) install= ;;
    *) echo "usage: $0 [--no-install]" >&2; exit 2 ;;
  esac
done

fail() {
  echo "deb.sh: $*" >&2
  exit 1
}

# A tree may belong to somebody else than who builds it, such as root in a container.
tree_git() {
  git -c safe.directory="$PWD" "$@"
}

is_ready() {
  command -v git >/dev/null && command -v dpkg-checkbuilddeps >/dev/null &&
    dpkg-checkbuilddeps packaging/debian/control 2>/dev/null
}

# Makes $source, of $version: the commit, with packaging/debian where Debian wants it, and a changelog.
export_tree() {
  local date
  [ -e .git ] || fail "this is no clone of the repository, and what is packed is a commit of it"
  [ -z "$(tree_git status --porcelain --untracked-files=no)" ] ||
    echo "deb.sh: there are changes that are not committed; they are not in the packages" >&2
  date=$(TZ=UTC0 tree_git log -1 --date=format-local:%Y%m%d%H%M%S --format=%cd)
  version=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build)+git$date
  source=$out/tomoshibi
  rm -rf "$out"
  mkdir -p "$source"
  tree_git archive HEAD | tar -x -C "$source"
  cp -a "$source/packaging/debian" "$source/debian"
  cat >"$source/debian/changelog" <<CHANGELOG
tomoshibi ($version) unstable; urgency=medium

  * Built by packaging/deb.sh from the commit
    $(tree_git log -1 --format=%H).

 -- $(sed -n 's/^Maintainer: //p' packaging/debian/control)  $(tree_git log -1 --date=rfc --format=%cd)
CHANGELOG
}

build() {
  (cd "$source" &&
    DEB_BUILD_OPTIONS=${DEB_BUILD_OPTIONS:-noautodbgsym} dpkg-buildpackage -b -us -uc) >"$out/build.log" 2>&1 || {
    tail -n 40 "$out/build.log" >&2
    fail "the packages could not be built; all of it is in _build/deb/build.log"
  }
}

# A machine that shows content carries nothing that makes it: no XML parser, no ICU, no PO reader.
check_dependencies() {
  local package dependencies
  for package in tomoctl tomoshibi; do
    dependencies=$(dpkg-deb -f "$out/${package}"_*.deb Depends)
    ! grep -oE '\b(libxml2|libicu|librsvg|libgettextpo)[^ ,]*' <<<"$dependencies" ||
      fail "$package depends on what only tomopress may use"
  done
}

if [ -n "$install" ] && ! is_ready; then
  echo "Installing what the build needs"
  packaging/install-packages.sh --deb
fi
is_ready || fail "something is missing: $(dpkg-checkbuilddeps packaging/debian/control 2>&1 || true)"
export_tree
echo "Building tomoshibi $version; this takes some minutes"
build
check_dependencies
rm -rf "$source"
echo "In _build/deb:"
(cd "$out" && printf '  %s\n' *.deb)
