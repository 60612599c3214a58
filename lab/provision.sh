#!/bin/bash
# Makes a fresh Ubuntu 22.04, Ubuntu 24.04 or Debian 12 the lab, as root, with the repo in /workshop.
# Run it again at any time: it does what is not done yet, and without a network when nothing is.
# provision.sh test installs the packages of the tests, too.
set -euo pipefail
shopt -s nullglob

# libatomic1 is for Node. strace shows system calls, psmisc has pstree, busybox has a small server. With runc
# and crun, stage 13 is compared.
packages=(
  busybox-static ca-certificates crun debootstrap iproute2 iputils-ping kmod less libatomic1 nano nftables procps
  psmisc runc strace uidmap vim-tiny
)
export HOME=/root

main() {
  install_packages "${packages[@]}"
  install_pnpm
  bash /workshop/lab/own-disk.sh
  pnpm --dir /workshop install --frozen-lockfile --prefer-offline
  if [ "${1:-}" = test ]; then
    pnpm --dir /workshop/test install --frozen-lockfile --prefer-offline
  fi
  ln --symbolic --force /workshop/node_modules/.bin/node /usr/local/bin/node
  make_root
  install --mode=644 /workshop/lab/profile.sh /etc/profile.d/lab.sh
}

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg --status "$package" 2>/dev/null | grep --quiet '^Status: .* installed$' || missing+=("$package")
  done
  if ((${#missing[@]})); then
    export DEBIAN_FRONTEND=noninteractive
    local install=(apt-get install --yes --no-install-recommends "${missing[@]}")
    # The lists of packages may be fresh, which saves some time, or old, or not there.
    "${install[@]}" || { apt-get update && "${install[@]}"; }
  fi
}

# pnpm's own program from the npm registry: the distribution's npm is old, but it can fetch what
# lab/pnpm/package-lock.json names, and check it. Afterwards neither it nor its Node is needed.
install_pnpm() {
  local version
  version=$(sed --quiet 's|.*"@pnpm/exe.linux-x64": "\(.*\)".*|\1|p' /workshop/lab/pnpm/package.json)
  if [ "$(pnpm --version 2>/dev/null)" = "$version" ]; then return; fi

  local had_npm=""
  if command -v npm >/dev/null; then had_npm=yes; fi
  install_packages npm
  local folder
  folder=$(mktemp --directory)
  cp /workshop/lab/pnpm/package*.json "$folder"
  NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    npm --prefix "$folder" ci --ignore-scripts --no-audit --no-fund
  install "$folder"/node_modules/@pnpm/exe.linux-*/pnpm /usr/local/bin/pnpm
  rm -r "$folder"
  if [ -z "$had_npm" ]; then apt-get purge --yes --autoremove npm; fi
}

# A distribution's own root for the containers. Where a folder of the VM's disk is mounted over
# /workshop/ubuntu-fs, the root is made in that folder. It is a new one then, so the mount, too.
make_root() {
  local root=/workshop/ubuntu-fs
  if mountpoint --quiet "$root"; then
    umount "$root"
    root=$(realpath /var/lib/workshop/ubuntu-fs)
  fi
  test -e "$root/ROOT_OF_CONTAINER" || pnpm --dir /workshop rootfs --from debootstrap --to "$root"
  bash /workshop/lab/own-disk.sh
}

main "$@"
