#!/bin/bash
# The tests in the VM: `vagrant provision --provision-with test`.
set -euo pipefail
cd /workshop
export HOME=/root

# The stages, and what only a machine of one's own allows. With CI, what cannot run fails.
CI=true pnpm --silent --dir test exec vitest run --config lab/vitest.config.ts
# All others. Emulated in software, a VM is too slow for the time limits of some: a student's code
# may run for 40 seconds, the site's build for 20.
if [ "$(systemd-detect-virt)" = qemu ]; then
  echo "Software emulation: only the tests of the stages and of the lab."
else
  pnpm --silent --dir test exec vitest run
fi
