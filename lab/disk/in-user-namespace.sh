#!/bin/bash
# Runs a command as root of a user namespace in which every user is who he is outside.
# unshare(1) --map-users asks newuidmap(1), which gives root none: so the maps are written here.
set -euo pipefail

ours=$(readlink /proc/self/ns/user)
# shellcheck disable=SC2016 # for the bash in the namespace
unshare --user bash -c 'until [ "$(id -u)" = 0 ]; do sleep 0.05; done; exec "$@"' bash "$@" &
child=$!
until [ "$(readlink "/proc/$child/ns/user")" != "$ours" ]; do sleep 0.05; done
echo "0 0 65536" >"/proc/$child/gid_map"
echo "0 0 65536" >"/proc/$child/uid_map"
wait "$child"
