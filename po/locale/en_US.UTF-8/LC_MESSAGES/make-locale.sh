#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles en_US.UTF-8 and keeps its one category that we need. Usage: make-locale.sh OUTPUT
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# localedef exits with 1 for mere warnings; what counts is the file.
localedef --no-archive -i en_US -f UTF-8 "$folder/en_US.UTF-8" || true
cp "$folder/en_US.UTF-8/LC_MESSAGES/SYS_LC_MESSAGES" "$1"
