#!/bin/bash
# Makes the disk of `pnpm lab`, without being root: make-image.sh <work folder>
# It takes workshop.tar, the repo, from that folder, and leaves lab.ext2 there.
set -euo pipefail
cd "$1"
# The script is the leader of its process group: when it is to end, all of it ends, and cleans up.
trap 'trap - TERM; kill 0' TERM

# Makes a tar file of a Debian. In namespaces of its own, also as root: when it is broken off, its
# mounts and processes go with them. Told which keys are good, it does not ask gpg, whose agent would stay.
bootstrap() {
  local file=$1
  shift
  # Debian 13, since the ps of Debian 12 does not understand this kernel's /proc/cpuinfo.
  mmdebstrap --mode=unshare --variant=minbase "$@" \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg --skip=check/signed-by trixie "$file" &
  wait $! # in the foreground, it would keep bash from its trap
}

# The root for the containers. Its devices come from session.sh: nobody but root can unpack them.
bootstrap ubuntu-fs.tar --include=procps,less --skip=output/dev

# vm/provision.sh finds two things done: that root…
hooks=(
  --customize-hook="mkdir --parents \"\$1/workshop/ubuntu-fs/dev\""
  --customize-hook="tar-in ubuntu-fs.tar /workshop/ubuntu-fs"
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
  --customize-hook="copy-in /usr/lib/uml/modules /usr/lib"
  --customize-hook="chroot \"\$1\" bash /workshop/vm/uml/prepare.sh"
)
bootstrap lab.tar --include=systemd-sysv,ca-certificates "${hooks[@]}"

# 8 GiB, most of it holes. Owners, modes and devices are the tar file's: it needs no root.
genext2fs --block-size 4096 --size-in-blocks $((8 << 18)) --bytes-per-inode 16384 --allow-holes \
  --tarball lab.tar lab.ext2
