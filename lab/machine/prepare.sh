#!/bin/bash
# Makes what lab/provision.sh has installed a machine for one command. make-disk.sh runs it in the disk.
set -euo pipefail

apt-get install --yes --no-install-recommends busybox-static xz-utils
cp --recursive /workshop/lab/machine/files/. /
install -D /workshop/lab/machine/session.sh /usr/local/lib/lab/session.sh
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

# The kernel. Its package, if installed, would bring all that makes an initial RAM disk for any machine:
# this one needs a single driver. The names are those of QEMU's options.
cd "$(mktemp --directory)"
kernel=$(apt-cache depends "linux-image-cloud-$(dpkg --print-architecture)" | sed --quiet 's/.*Depends: //p')
apt-get download "$kernel"
dpkg --extract ./*.deb package
cp --recursive package/usr/lib/modules /usr/lib
release=$(ls package/usr/lib/modules)
depmod "$release"
cp "package/boot/vmlinuz-$release" /boot/vmlinuz

cp --recursive /workshop/lab/machine/initrd .
mkdir --parents initrd/{bin,dev,root}
cp /usr/bin/busybox initrd/bin
xz --decompress --stdout package/usr/lib/modules/*/kernel/drivers/block/virtio_blk.ko.xz >initrd/virtio_blk.ko
cd initrd
find . | busybox cpio -o -H newc | gzip >/boot/initrd.img
rm --recursive "$OLDPWD"

# The repo's own files come anew with each command.
find /workshop \( -name node_modules -o -path /workshop/ubuntu-fs \) -prune -o -type f -exec rm {} +
