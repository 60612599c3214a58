#!/bin/bash
# pnpm test:vagrant: brings this repo's Vagrantfile up for real, with Vagrant and libvirt, as a class
# would, and takes it down again.
#
# All of it runs in namespaces of its own, with a libvirtd of its own: nothing that is on this machine
# is touched, and when the script ends, however it ends, so does everything that it started.
set -euo pipefail
here=$(realpath "$(dirname "$0")")

needs=(
  curl:curl dnsmasq-base:dnsmasq extlinux:extlinux iptables:iptables libvirt-daemon-system:libvirtd
  mmdebstrap:mmdebstrap qemu-system-x86:qemu-system-x86_64 qemu-utils:qemu-img rsync:rsync
  slirp4netns:slirp4netns vagrant:vagrant vagrant-libvirt:virsh
)

main() {
  require
  work=$(mktemp --directory /var/tmp/test-vagrant.XXXXXX)
  trap end EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP

  if [ -n "${LAB_BOX:-}" ]; then
    echo "test:vagrant: $LAB_BOX"
  else
    echo "test:vagrant: Debian 12 box, software emulation (LAB_BOX=name@version takes a real one)"
    enclose "$here/make-box.sh" "$work/debian.box" >"$work/box.log" 2>&1 &
    inside=$!
    wait "$inside" || { tail "$work/box.log" >&2; exit 1; }
  fi

  # The inner script waits until its network is there: slirp4netns needs no right on the host's.
  mkfifo "$work/network"
  enclose --net "$here/test-inside.sh" "$work" &
  inside=$!
  # Until then it would be the host's own network that gets another interface.
  until [ "$(readlink "/proc/$inside/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
  setpriv --pdeathsig=KILL slirp4netns --configure --mtu=65520 --disable-host-loopback --ready-fd=3 "$inside" tap0 \
    3>"$work/network" >"$work/slirp.log" 2>&1 &
  network=$!
  wait "$inside"
}

# Becomes a program in namespaces that end with it, and with who has started it: for the background.
enclose() {
  exec setpriv --pdeathsig=KILL \
    unshare --mount --pid --fork --kill-child --mount-proc --propagation private "$@"
}

require() {
  if [ "$(id -u)" != 0 ]; then
    echo 'test:vagrant: this needs root: type "sudo pnpm test:vagrant"' >&2
    exit 1
  fi
  local missing=() need
  for need in "${needs[@]}"; do
    command -v "${need#*:}" >/dev/null || missing+=("${need%:*}")
  done
  if ((${#missing[@]})); then
    echo "test:vagrant: something is missing: type \"apt-get install ${missing[*]}\"" >&2
    exit 1
  fi
}

end() {
  for process in "${inside:-}" "${network:-}"; do
    if [ -n "$process" ]; then kill -KILL "$process" 2>/dev/null || true; fi
  done
  wait 2>/dev/null # or bash tells whom it has seen killed
  rm --recursive --force "$work"
}

main
