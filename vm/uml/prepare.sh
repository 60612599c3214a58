#!/bin/bash
# Makes what vm/provision.sh has installed a machine for one command. make-image.sh runs it in the disk.
set -euo pipefail

cp --recursive /workshop/vm/uml/files/. /
# What such a machine need not wait for.
for unit in kmod-static-nodes ldconfig \
  systemd-{journal-catalog-update,journald,journal-flush,modules-load,random-seed,remount-fs} \
  systemd-{sysctl,sysusers,tmpfiles-setup-dev,tmpfiles-setup-dev-early,update-done,update-utmp} \
  modprobe@{configfs,dm_mod,drm,efi_pstore,fuse,loop}; do
  ln --symbolic /dev/null "/etc/systemd/system/$unit.service"
done
for unit in dev-hugepages dev-mqueue sys-fs-fuse-connections sys-kernel-{config,debug,tracing}; do
  ln --symbolic /dev/null "/etc/systemd/system/$unit.mount"
done
# The repo's own files come anew at each boot.
find /workshop \( -name node_modules -o -path /workshop/ubuntu-fs \) -prune -o -type f -exec rm {} +
