#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Serves a folder with nginx, as the calling user, on a free port of the loopback.
#
#   serve.sh FOLDER STATE            start it and print its address
#   serve.sh --portal FOLDER STATE   the same, but answer everything with a web page
#   serve.sh --stop STATE            stop it, by the process id in STATE
#
# STATE is a folder for the configuration, the process id and the logs.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)

# Debian keeps nginx where ordinary users do not look.
PATH=$PATH:/usr/sbin:/sbin

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

stop() {
  local pid
  pid=$(cat "$1/nginx.pid" 2>/dev/null) || return 0
  kill -QUIT "$pid" 2>/dev/null || return 0
  for _ in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.05
  done
  kill -TERM "$pid"
}

write_configuration() {
  local answer="try_files \$uri =404;" user=""
  [ "$portal" = no ] ||
    answer="default_type text/html; return 200 '<!DOCTYPE html><html><body>Please log in to use this network.</body></html>';"
  # Started by root, nginx would become somebody who cannot read root's folders.
  [ "$(id -u)" != 0 ] || user="user root;"
  sed -e "s|@USER@|$user|" -e "s|@STATE@|$state|g" -e "s|@ROOT@|$folder|" -e "s|@PORT@|$1|" \
    -e "s|@ANSWER@|$answer|" "$here/nginx.conf.in" >"$state/nginx.conf"
}

start() {
  local port
  mkdir -p "$state"
  # Somebody else may take the port between the question and the use; then another one will do.
  for _ in 1 2 3 4 5; do
    port=$(free_port)
    write_configuration "$port"
    if nginx -e "$state/error.log" -p "$state" -c "$state/nginx.conf" 2>"$state/start.log"; then
      echo "http://127.0.0.1:$port"
      return 0
    fi
  done
  cat "$state/start.log" >&2
  echo "serve.sh: nginx did not start" >&2
  return 1
}

portal=no
case ${1:-} in
  --stop) stop "$(realpath -m "$2")"; exit ;;
  --portal) portal=yes; shift ;;
esac
if [ $# != 2 ]; then
  echo "usage: $0 [--portal] FOLDER STATE | --stop STATE" >&2
  exit 2
fi
folder=$(realpath "$1")
state=$(realpath -m "$2")
case $folder$state in
  *[\'\"\;\|\&\\{}]*) echo "serve.sh: nginx cannot take this folder’s name: $folder" >&2; exit 1 ;;
esac
start
