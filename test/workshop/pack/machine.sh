#!/bin/bash
# machine.sh <root> <folder> <lines>: types lines on a machine of which nothing is kept, with that folder
# as the stick that was put in. It wants a mount namespace of its own; its network is the one that is there.
set -euo pipefail
root=$1 stick=$2 lines=$3
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o "lowerdir=$root,upperdir=/mnt/upper,workdir=/mnt/work" overlay /mnt/root
cd /mnt/root
mkdir media/stick
mount --bind "$stick" media/stick
mount -t proc proc proc
mount --rbind /sys sys
mount --rbind /dev dev
useradd --root /mnt/root --create-home --uid 1000 ada
exec chroot /mnt/root env -i HOME=/root \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin sh -c "cd; $lines"
