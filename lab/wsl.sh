#!/bin/bash
# Makes Debian in WSL 2 the lab, as root, with the repo in /workshop. Run it again at any time.
set -euo pipefail

# systemd makes / a shared mount, as stage 3 wants it, and puts root's shell in a cgroup of its own.
if ! grep --quiet '^systemd *= *true' /etc/wsl.conf 2>/dev/null; then
  printf '[boot]\nsystemd=true\n' >>/etc/wsl.conf
fi
bash /workshop/lab/provision.sh
echo 'Ready. In PowerShell, type "wsl --shutdown"; then open Debian again, and type "sudo --login"'
