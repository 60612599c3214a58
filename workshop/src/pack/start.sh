#!/bin/sh
# Makes a machine ready for the workshop without a network: sh start [--lab] [folder]
# Run it again at any time: it goes on where it was broken off.
commit=unknown
# The SHA-256 of the file SHA256SUMS, which has those of all others
sums=unknown
# The address of `pnpm workshop serve` that has sent this script, if it did not come on a stick
from=

set -eu
here=$(dirname "$0")
megabytes=700

main() {
  lab=
  if [ "${1-}" = --lab ]; then lab=yes && shift; fi
  case ${1-} in -*) fail "there is no option $1: type \"sh $0 [--lab] [folder]\"" ;; esac
  target=${1:-$HOME/containers-from-scratch}
  find_processor
  check_target
  # All of it may be here already, as when a browser has downloaded it
  if echo "$sums  $here/SHA256SUMS" | sha256sum --check --status 2>&-; then from=; fi
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/containers-from-scratch/pack-$(echo "$sums" | cut -c 1-12)

  echo "1/4 looking at the files"
  take SHA256SUMS "$sums"
  take workshop.tar.gz
  take "packages-$processor.tar"
  take course.tar.gz
  if has "ubuntu-fs-$processor.tar.gz"; then take "ubuntu-fs-$processor.tar.gz"; fi
  if [ -n "$lab" ]; then
    has "lab-$debian.tar" || fail "this pack has no lab for $debian: ask your teacher"
    take "lab-$debian.tar"
  fi

  echo "2/4 unpacking"
  unpack_repo
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  work=$(mktemp -d "$target/.start-XXXXXX")
  tar -xf "$(place_of "packages-$processor.tar")" -C "$work"
  for package in "node-linux-$processor" "@pnpm/exe.linux-$processor"; do
    tar -xzf "$work/$package"/-/*.tgz -C "$work"
  done
  check_node
  install_pnpm

  echo "3/4 installing, which takes half a minute"
  install_packages
  if [ "$(id -u)" = 0 ] && has "ubuntu-fs-$processor.tar.gz"; then
    quietly "$pnpm" --dir "$target" rootfs --if-missing --from "$(place_of "ubuntu-fs-$processor.tar.gz")"
  fi
  if [ -n "$lab" ]; then
    quietly "$pnpm" --dir "$target" lab --load-disk "$(place_of "lab-$debian.tar")"
  fi
  if [ -n "$from" ]; then rm -rf "$cache"; fi

  echo "4/4 looking at this machine"
  "$pnpm" --silent --dir "$target" workshop doctor || true
  echo "Ready: nothing is left to download. Now type:"
  case :$PATH: in *:"$(dirname "$pnpm")":*) ;; *) echo "  export PATH=\"$(dirname "$pnpm"):\$PATH\"" ;; esac
  echo "  cd $target && pnpm workshop"
}

fail() {
  echo "start: $1" >&2
  exit 1
}

find_processor() {
  [ "$(uname -s)" = Linux ] || fail 'this is for Linux: "The lab", in the course, is for Mac and Windows'
  case $(uname -m) in
    x86_64) processor=x64 debian=amd64 ;;
    aarch64) processor=arm64 debian=arm64 ;;
    *) fail "this computer is $(uname -m), and the pack is for x86-64 and arm64" ;;
  esac
}

check_target() {
  if [ -e "$target" ]; then
    [ -e "$target/.pack" ] ||
      fail "$target is there already: type \"sh $0 <another folder>\""
    [ "$(cat "$target/.pack")" = "$commit" ] ||
      fail "$target is from another pack: move it away, or type \"sh $0 <another folder>\""
  fi
  mkdir -p "$(dirname "$target")"
  target=$(cd "$(dirname "$target")" && pwd)/$(basename "$target")
  # shellcheck disable=SC2046 # the words of a line
  set -- $(df -Pk "$(dirname "$target")" | tail -n 1)
  [ "$4" -gt $((megabytes * 1000)) ] || [ -e "$target/.pack" ] ||
    fail "the disk of $(dirname "$target") has $(($4 / 1000)) MB left, and this needs $megabytes"
}

has() { grep -q "  $1\$" "$(place_of SHA256SUMS)"; }

place_of() { if [ -n "$from" ]; then echo "$cache/$1"; else echo "$here/$1"; fi; }

# Gets a file, and compares it with its checksum: the one given, or the one in SHA256SUMS.
take() {
  file=$(place_of "$1")
  sum=${2:-$(sed -n "s/^\([0-9a-f]*\)  $1\$/\1/p" "$(place_of SHA256SUMS)")}
  [ -n "$sum" ] || fail "$1 is not in this pack: copy the whole pack again"
  if [ -n "$from" ] && ! is_whole; then download "$1"; fi
  [ -e "$file" ] || fail "$1 is missing: copy the whole pack again"
  is_whole && return
  if [ -z "$from" ]; then fail "$1 is damaged, or from another pack: copy the whole pack again"; fi
  rm "$file"
  fail "$1 came damaged, or is from another pack: type the same line again"
}

is_whole() { [ -e "$file" ] && echo "$sum  $file" | sha256sum --check --status 2>&-; }

# Goes on where a broken download has stopped, as often as it takes.
download() {
  mkdir -p "$cache"
  tries=1
  while true; do
    status=0
    fetch "$from$1" "$file" || status=$?
    case $status in
      0) return ;;
      8 | 22 | 33) rm -f "$file" ;; # the server has no more of it: what is here is no beginning of it
    esac
    [ "$tries" -lt 20 ] || fail "$from$1 cannot be had: type the same line again later"
    tries=$((tries + 1))
    sleep 1
  done
}

fetch() {
  if command -v curl >/dev/null; then
    if [ -t 2 ]; then set -- "$@" -#; else set -- "$@" -sS; fi
    curl -f --connect-timeout 10 -y 20 -Y 100 -C - -o "$2" "$3" "$1"
  elif command -v wget >/dev/null; then
    wget -q --timeout=20 --tries=1 -c -O "$2" "$1"
  else
    fail "there is no curl and no wget: with a browser, download all files of $from into one folder, then type \"sh start\" there"
  fi
}

unpack_repo() {
  if [ -e "$target" ]; then return; fi
  rm -rf "$target.part"
  mkdir "$target.part"
  tar -xzf "$(place_of workshop.tar.gz)" -C "$target.part" --strip-components=1
  mkdir "$target.part/live/.course"
  tar -xzf "$(place_of course.tar.gz)" -C "$target.part/live/.course"
  echo "$commit" >"$target.part/.pack"
  mv "$target.part" "$target"
}

check_node() {
  node=$work/package/bin/node
  if "$node" --version >/dev/null 2>&1; then return; fi
  library=libatomic-$processor.so.1
  if "$node" --version 2>&1 | grep -q libatomic && has "$library"; then
    take "$library"
    copy="cp $file /usr/local/lib/libatomic.so.1"
    [ "$(id -u)" = 0 ] || fail "Node needs a library: type \"sudo $copy && sudo ldconfig\", then this line again"
    $copy && ldconfig
  fi
  "$node" --version >/dev/null || fail "Node cannot start here, for the reason above"
}

# Root's is for everybody. A pnpm that is there stays, if it is new enough.
install_pnpm() {
  pnpm=$(command -v pnpm || true)
  if [ -n "$pnpm" ] && [ "$("$pnpm" --version 2>&- | cut -d . -f 1)" -ge 12 ] 2>&-; then return; fi
  pnpm=$HOME/.local/bin/pnpm
  if [ "$(id -u)" = 0 ]; then pnpm=/usr/local/bin/pnpm; fi
  mkdir -p "$(dirname "$pnpm")"
  mv -f "$work/package/pnpm" "$pnpm"
}

install_packages() {
  "$node" "$target/workshop/src/pack/run-mirror.ts" "$work" >"$work/url" &
  mirror=$!
  until grep -q / "$work/url"; do
    kill -0 "$mirror" || fail "the packages cannot be read: see above"
    sleep 0.1
  done
  cd "$target"
  NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 \
    quietly "$pnpm" install --frozen-lockfile --registry "$(cat "$work/url")"
  kill "$mirror"
  quietly "$pnpm" install --frozen-lockfile --offline # from now on, nothing else is needed
}

# Shows what a command has said only if it fails.
quietly() {
  "$@" >"$work/log" 2>&1 && return
  cat "$work/log" >&2
  fail "that was not installed, for the reason above: type \"sh $0\" again"
}

clean_up() {
  kill "$mirror" 2>&- || true
  rm -rf "$work"
}

mirror=
work=
main "$@"
