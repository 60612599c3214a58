#!/bin/sh
# Process 1 of the machine: see machine.sh
set -eu
packages=$1
repo=$2
shift 2

# A copy on write of the host's root, and one of the repo. An overlay cannot be a layer of another one, as
# engines want it: their folders are in memory alone.
make_root() {
  mount -t tmpfs -o mode=755 machine /mnt
  mkdir /mnt/changed /mnt/work /mnt/root
  mount -t overlay -o lowerdir=/,upperdir=/mnt/changed,workdir=/mnt/work root /mnt/root
  cd /mnt/root
  if [ -n "$packages" ]; then
    tar --create --directory="$packages" . | tar --extract --keep-directory-symlink
  fi
  for folder in run tmp home var/tmp var/lib/containerd var/lib/containers var/lib/docker; do
    mkdir -p "$folder"
    mount -t tmpfs -o mode=755 "${folder##*/}" "$folder"
  done
  chmod 1777 tmp var/tmp
  mkdir -p workshop /mnt/repo/changed /mnt/repo/work
  # Not by its path: ":" and "," have a meaning in the options
  (cd "$repo" &&
    mount -t overlay -o lowerdir=.,upperdir=/mnt/repo/changed,workdir=/mnt/repo/work repo /mnt/root/workshop)
  mkdir -p workshop/images
  mount -t tmpfs -o mode=755 images workshop/images # it is to hold the layers of an overlay
}

# The kernel's settings are the host's, but for those of the network. Modules come from the host alone.
make_proc() {
  mount -t proc proc proc
  # In a user namespace, only who sees a whole /proc may mount one.
  mkdir run/proc
  mount -t proc proc run/proc
  mount --bind proc/sys proc/sys
  mount -o bind,remount,ro proc/sys
  mount --bind run/proc/sys/net proc/sys/net
  if [ -d lib/modules ]; then mount -t tmpfs -o ro modules lib/modules; fi
}

make_dev() {
  mount -t tmpfs -o mode=755 dev dev
  for device in null zero full random urandom tty fuse net/tun; do
    if [ -e "/dev/$device" ]; then
      mkdir -p "dev/$(dirname "$device")"
      touch "dev/$device"
      mount --bind "/dev/$device" "dev/$device"
    fi
  done
  mkdir dev/pts dev/shm dev/mqueue
  mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts dev/pts
  mount -t tmpfs -o mode=1777 shm dev/shm
  mount -t mqueue mqueue dev/mqueue
  ln -s pts/ptmx dev/ptmx
  ln -s /proc/self/fd dev/fd
  ln -s fd/0 dev/stdin
  ln -s fd/1 dev/stdout
  ln -s fd/2 dev/stderr
}

make_cgroups() {
  mount -t sysfs sysfs sys
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    mount -t cgroup2 cgroup sys/fs/cgroup
    # Only a cgroup without processes of its own may share out its controllers.
    mkdir sys/fs/cgroup/init
    while read -r pid; do echo "$pid" >sys/fs/cgroup/init/cgroup.procs; done <sys/fs/cgroup/cgroup.procs
    read -r controllers <sys/fs/cgroup/cgroup.controllers
    for each in $controllers; do echo "+$each" >sys/fs/cgroup/cgroup.subtree_control; done
    return
  fi
  mount -t tmpfs -o mode=755 cgroup sys/fs/cgroup
  while IFS=: read -r _ controllers _; do
    case $controllers in
      "") continue ;; # version 2, without controllers
      name=*) options=none,$controllers ;;
      *) options=$controllers ;;
    esac
    mkdir "sys/fs/cgroup/${controllers#name=}"
    mount -t cgroup -o "$options" cgroup "sys/fs/cgroup/${controllers#name=}"
  done </proc/self/cgroup
}

make_root
make_dev
make_cgroups
make_proc
mkdir run/host
pivot_root . run/host
umount --lazy /run/host
mount --make-rshared /
hostname graduation
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
ip link set lo up
ldconfig
for program in iptables ip6tables; do
  if ! command -v $program >/dev/null; then ln -s xtables-nft-multi /usr/sbin/$program; fi
done

exec 3<&0 # a command in the background has another input
{
  cat >/dev/null # until the host's end of it is closed
  kill -s KILL -- -1
} <&3 &
cd /workshop/graduation
"$@" 3<&- &
status=0
wait $! 2>/dev/null || status=$? # it would say "Killed"
exit $status
