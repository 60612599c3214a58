#!/bin/bash
# Makes a box for Vagrant's libvirt provider on the spot: make-box.sh <file>. A Debian 12 that QEMU
# runs in software, for machines without hardware virtualisation and where no box can be downloaded.
set -euo pipefail

box=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
folder=$(mktemp --directory --tmpdir="$(dirname "$box")")
trap 'rm --recursive --force "$folder"' EXIT
cd "$folder"

# The cloud kernel is smaller, but has no 9p for shared folders.
packages=(
  ca-certificates dbus e2fsprogs ifupdown isc-dhcp-client linux-image-amd64 openssh-server
  rsync sudo systemd-sysv udev
)
mmdebstrap --variant=minbase --include="$(IFS=,; echo "${packages[*]}")" bookworm root

# Vagrant's user, and the key that it replaces at the first `vagrant up`.
chroot root useradd --create-home --shell /bin/bash vagrant
echo "vagrant ALL=(ALL) NOPASSWD: ALL" >root/etc/sudoers.d/vagrant
key=$(find /usr/share /opt/vagrant -path "*/keys/vagrant.pub" -print -quit 2>/dev/null || true)
install -D --mode=600 "$key" root/home/vagrant/.ssh/authorized_keys
chroot root chown --recursive vagrant: /home/vagrant
echo "UseDNS no" >root/etc/ssh/sshd_config.d/vagrant.conf
printf 'auto lo\niface lo inet loopback\nallow-hotplug eth0\niface eth0 inet dhcp\n' >root/etc/network/interfaces
echo "/dev/vda / ext4 defaults 0 1" >root/etc/fstab
echo debian >root/etc/hostname
# Packages that come later would have it make its initial RAM disk anew: ten minutes, in software.
echo update_initramfs=no >root/etc/initramfs-tools/update-initramfs.conf
printf '127.0.0.1 localhost\n127.0.1.1 debian\n' >root/etc/hosts
# What this machine trusts, behind a proxy with a certificate of its own.
if [ -d /usr/local/share/ca-certificates ]; then
  cp --recursive /usr/local/share/ca-certificates root/usr/local/share
  chroot root update-ca-certificates
fi
mkdir root/boot/extlinux
cat >root/boot/extlinux/extlinux.conf <<'EXTLINUX'
DEFAULT linux
LABEL linux
  LINUX /vmlinuz
  INITRD /initrd.img
  APPEND root=/dev/vda ro net.ifnames=0 quiet
EXTLINUX

# A disk without partitions: the boot loader fits before the file system. It knows an older ext4.
mke2fs -q -t ext4 -O ^64bit,^metadata_csum -d root disk.raw 8G
mkdir mounted
unshare --mount sh -euc '
  mount -o loop disk.raw mounted
  extlinux --install mounted/boot/extlinux
  umount mounted
'
qemu-img convert -O qcow2 -c disk.raw box.img
echo '{"provider":"libvirt","format":"qcow2","virtual_size":8}' >metadata.json
cp "$here/Vagrantfile.box" Vagrantfile
tar --create --gzip --file="$box" metadata.json Vagrantfile box.img
