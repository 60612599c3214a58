#!/bin/sh
# Makes a disposable host such as the lab is, in which a transcript may spoil all.
#
# The machine's folders are in it, /tmp as a copy on write, and so is the repo, at /workshop, where the
# lab has it too. / is shared, as systemd makes it.
set -e
repo=$1

mount -t tmpfs -o mode=755 lab /mnt
for path in /*; do
  if [ -L "$path" ]; then
    cp -P "$path" "/mnt$path"
  elif [ -d "$path" ]; then
    mkdir "/mnt$path"
    case $path in
      /mnt | /proc | /tmp) ;;
      *) mount --rbind "$path" "/mnt$path" ;;
    esac
  fi
done
copy_on_write() {
  mkdir -p "/mnt$2" "/mnt/mnt$2/changed" "/mnt/mnt$2/work"
  mount -t overlay -o "lowerdir=$1,upperdir=/mnt/mnt$2/changed,workdir=/mnt/mnt$2/work" "$2" "/mnt$2"
}
copy_on_write /tmp /tmp
chmod 1777 /mnt/tmp
copy_on_write "$repo" /workshop
mount -t proc proc /mnt/proc
# bash keeps the prompt that it inherits, instead of this machine's
test ! -e /etc/bash.bashrc || mount --bind /dev/null /mnt/etc/bash.bashrc
# pnpm may be in root's home, where other users do not get in
mkdir /mnt/mnt/bin
touch /mnt/mnt/bin/pnpm
mount --bind "$(realpath "$(command -v pnpm)")" /mnt/mnt/bin/pnpm

cd /mnt
mkdir mnt/machine
pivot_root . mnt/machine
umount --lazy /mnt/machine
mount --make-rshared /
hostname lab

# Numbers such as a machine has that has been up for a while
echo 1500 >/proc/sys/kernel/ns_last_pid
