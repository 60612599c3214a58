#!/bin/bash
# Makes the disk of `pnpm lab`, without being root: make-disk.sh <work folder> <architecture> [test]
# It takes workshop.tar, the repo, from that folder, and leaves disk.qcow2, vmlinuz and initrd.img there.
# With "test", the packages of the tests are installed on it, too.
# shellcheck disable=SC2016 # mmdebstrap's hooks are for the shells that it starts: "$1" is the new root
set -euo pipefail
export LC_ALL=C.UTF-8 # genext2fs wants file names to be characters of the locale
here=$(realpath "$(dirname "$0")")
cd "$1"
architecture=$2
tests=${3:-}
# The script is the leader of its process group: when it is to end, all of it ends, and cleans up.
trap 'trap - TERM; kill 0' TERM

main() {
  fetch_pnpm
  # In namespaces of its own, also as root: when it is broken off, its mounts and processes go with them.
  # Told which keys are good, it does not ask gpg, whose agent would stay.
  local options=(--mode=unshare --variant=minbase --architectures="$architecture")
  options+=(--keyring=/usr/share/keyrings/debian-archive-keyring.gpg --skip=check/signed-by)
  # These are for the containers, too: see copy_root
  options+=("--include=busybox-static,iproute2,iputils-ping,less,procps")
  local bootstrap=(mmdebstrap)
  if [ "$architecture" != "$(dpkg --print-architecture)" ]; then
    # The kernel starts its programs with QEMU, for this user namespace only: root needs one for that.
    options+=(--skip=check/qemu --setup-hook="$register_qemu")
    if [ "$(id -u)" = 0 ]; then bootstrap=(bash "$here/in-user-namespace.sh" mmdebstrap); fi
  fi
  "${bootstrap[@]}" "${options[@]}" "${hooks[@]}" trixie lab.tar &
  wait $! # in the foreground, it would keep bash from its trap

  # 8 GiB, most of it holes. Owners, modes and devices are the tar file's: it needs no root.
  genext2fs --block-size 4096 --size-in-blocks $((8 << 18)) --bytes-per-inode 16384 --allow-holes \
    --tarball lab.tar lab.ext2
  # Without the kind of each file in its folder, an overlay cannot tell what has been deleted: stage 08.
  PATH=$PATH:/usr/sbin
  tune2fs -O filetype lab.ext2
  e2fsck -fy lab.ext2 >/dev/null || [ $? = 1 ] # 1: it has changed something
  qemu-img convert -c -O qcow2 -o compression_type=zstd lab.ext2 disk.qcow2
  rm --recursive lab.tar lab.ext2 workshop.tar pnpm
}

# pnpm's native program, for that architecture. Without npm, lab/provision.sh gets it.
fetch_pnpm() {
  mkdir pnpm
  if ! command -v npm >/dev/null; then return; fi
  cp "$here"/../pnpm/package*.json pnpm
  # npm's compile cache would stay in the folder for temporary files
  NODE_DISABLE_COMPILE_CACHE=1 \
    npm --prefix pnpm ci --ignore-scripts --no-audit --no-fund --os=linux --cpu="${architecture/amd/x}"
  mv pnpm/node_modules/@pnpm/exe.linux-*/pnpm pnpm
  rm --recursive pnpm/node_modules
}

# An ELF file for arm64, as in its first twenty bytes. F: QEMU is opened now, so no root needs to have it.
register_qemu='
  mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
  elf="\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00"
  mask="\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff"
  printf %s ":lab:M::$elf:$mask:$(command -v qemu-aarch64-static):F" >/proc/sys/fs/binfmt_misc/register'

# The root for the containers is the system as it is now, without its devices: see session.sh.
copy_root='
  mkdir --parents "$1/workshop/ubuntu-fs"
  tar --directory="$1" --create --one-file-system --exclude=./workshop --exclude="./dev/*" \
    --exclude="./var/cache/apt/*" --exclude="./var/lib/apt/lists/*" . |
    tar --directory="$1/workshop/ubuntu-fs" --extract
  touch "$1/workshop/ubuntu-fs/ROOT_OF_CONTAINER"'

hooks=(
  --customize-hook="$copy_root"
  --customize-hook='chroot "$1" apt-get install --yes --no-install-recommends systemd-sysv ca-certificates'
)
# Behind a proxy with a certificate of its own, the host has been told to trust it.
certificates=/usr/local/share/ca-certificates
if [ -d "$certificates" ]; then
  hooks+=(
    --customize-hook="sync-in $certificates $certificates"
    --customize-hook='chroot "$1" update-ca-certificates'
  )
fi
hooks+=(
  --customize-hook="copy-in pnpm /usr/local/lib"
  --customize-hook='if [ -e "$1/usr/local/lib/pnpm/pnpm" ]; then ln --symbolic ../lib/pnpm/pnpm "$1/usr/local/bin"; fi'
  --customize-hook="tar-in workshop.tar /workshop"
  --customize-hook='chown --recursive root: "$1/workshop"'
  --customize-hook='chroot "$1" bash /workshop/lab/provision.sh '"$tests"
  --customize-hook='chroot "$1" bash /workshop/lab/machine/prepare.sh'
  --customize-hook="copy-out /boot/vmlinuz /boot/initrd.img ."
)
# For the lines of the course that need an engine. It is started when they are typed. Emulated machines of
# another architecture run few tests, and none of these.
if [ -n "$tests" ] && [ "$architecture" = "$(dpkg --print-architecture)" ]; then
  hooks+=(
    --customize-hook='chroot "$1" apt-get install --yes --no-install-recommends dbus docker-cli docker.io'
    --customize-hook='chroot "$1" systemctl disable containerd docker.service docker.socket'
  )
fi

main
