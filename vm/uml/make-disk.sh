#!/bin/bash
# Completes the folder disk/ for make-image.sh, and makes lab.ext4 from it. Under fakeroot: the files
# belong to root and the containers' devices are devices, on the disk if nowhere else.
set -euo pipefail
umask 022
files=$(realpath "$(dirname "$0")/files")

tar --extract --file=ubuntu-fs.tar --directory=disk/workshop/ubuntu-fs
cp --recursive "$files/." disk
cp --recursive /usr/lib/uml/modules disk/usr/lib
# What a machine for one command need not wait for.
for unit in kmod-static-nodes ldconfig \
  systemd-{journal-catalog-update,journald,journal-flush,modules-load,random-seed,remount-fs} \
  systemd-{sysctl,sysusers,tmpfiles-setup-dev,tmpfiles-setup-dev-early,update-done,update-utmp} \
  modprobe@{configfs,dm_mod,drm,efi_pstore,fuse,loop}; do
  ln --symbolic /dev/null "disk/etc/systemd/system/$unit.service"
done
for unit in dev-hugepages dev-mqueue sys-fs-fuse-connections sys-kernel-{config,debug,tracing}; do
  ln --symbolic /dev/null "disk/etc/systemd/system/$unit.mount"
done
# The repo's own files come anew at each boot.
find disk/workshop \( -name node_modules -o -path disk/workshop/ubuntu-fs \) -prune -o -type f -exec rm {} +
# fakeroot cannot read what nobody may read.
chmod --recursive u+r disk
mke2fs -q -t ext4 -O ^has_journal -d disk lab.ext4 8G
