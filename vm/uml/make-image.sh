#!/bin/bash
# Makes the disk of `pnpm lab`, without being root: make-image.sh <work folder>
# It takes workshop.tar, the repo, from that folder, and leaves lab.ext4 there.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
cd "$1"
# The script is the leader of its process group: when it is to end, all of it ends, and cleans up.
trap 'trap - TERM; kill 0' TERM
# Debian 13, since the ps of Debian 12 does not understand this kernel's /proc/cpuinfo.
suite=trixie

# The root for the containers, at the same time.
mmdebstrap --variant=minbase --include=procps,less "$suite" ubuntu-fs.tar 2>ubuntu-fs.log &
ubuntu_fs=$!

# vm/provision.sh finds two things done: that root…
hooks=(
  --customize-hook="mkdir -p \"\$1/workshop/ubuntu-fs\""
  --customize-hook="touch \"\$1/workshop/ubuntu-fs/ROOT_OF_CONTAINER\""
)
# …and pnpm, when its native program is what runs this.
pnpm=$(realpath "${npm_execpath:-/}")
if [ "${pnpm##*/}" = pnpm ] && [ "$(head --bytes=4 "$pnpm")" = $'\x7fELF' ]; then
  hooks+=(--customize-hook="copy-in \"$pnpm\" /usr/local/bin")
fi
# Behind a proxy with a certificate of its own, the host has been told to trust it.
certificates=/usr/local/share/ca-certificates
if [ -d "$certificates" ]; then
  hooks+=(
    --customize-hook="sync-in $certificates $certificates"
    --customize-hook="chroot \"\$1\" update-ca-certificates"
  )
fi
hooks+=(
  --customize-hook="tar-in workshop.tar /"
  --customize-hook="chroot \"\$1\" bash /workshop/vm/provision.sh"
)

mkdir disk
mmdebstrap --variant=minbase --include=systemd-sysv,ca-certificates "${hooks[@]}" "$suite" - |
  fakeroot -s fakeroot.state tar --extract --directory=disk --exclude="./dev/*" &
wait $!
wait "$ubuntu_fs" || { cat ubuntu-fs.log >&2; exit 1; }
fakeroot -i fakeroot.state "$here/make-disk.sh"
