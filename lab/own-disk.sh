#!/bin/bash
# Gives the VM's own disk what a folder shared by VirtualBox, VMware or Parallels cannot hold: pnpm's
# links, and a container's root. The disk's folders are mounted over the shared ones, at each boot.
set -euo pipefail

main() {
  # With rsync, /workshop itself is on the disk, and there is nothing to do.
  mountpoint --quiet /workshop || exit 0

  mount_own ubuntu-fs
  cd /workshop
  find . -name node_modules -prune -o -path ./ubuntu-fs -prune -o -name package.json -print |
    while read -r file; do mount_own "$(dirname "$file")/node_modules"; done
}

mount_own() {
  local shared=/workshop/$1 own=/var/lib/workshop/$1
  if mountpoint --quiet "$shared"; then return; fi
  mkdir --parents "$shared" "$own"
  mount --bind "$own" "$shared"
}

main
