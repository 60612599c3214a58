#!/bin/bash
# All tests in the VM: `vagrant provision --provision-with test`. What needs Chromium is left out, as
# long as that is not installed. In the VM, test.sh <filter…> runs the lab's own, and of all others those
# that the filters name.
set -euo pipefail
cd /workshop/test
export HOME=/root
pnpm install --frozen-lockfile --prefer-offline

# What only a machine of one's own allows. With CI, what cannot run fails. One by one, as some of these
# tests run others, each with a limit of time of its own.
CI=true pnpm --silent exec vitest run --mode lab --no-file-parallelism lab/
# All others. A VM may be emulated in software: so they run one by one on each processor, and have time.
pnpm --silent exec vitest run "$@" \
  --maxWorkers="$(nproc)" --maxConcurrency=1 --testTimeout=600000 --hookTimeout=600000
