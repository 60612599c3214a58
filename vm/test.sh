#!/bin/bash
# The whole test suite, and what only a machine of one's own allows:
# `vagrant provision --provision-with test`.
set -euo pipefail
cd /workshop
export HOME=/root

options=()
# Emulated in software, a process takes thirty times as long to start. The site's build has a limit.
if [ "$(systemd-detect-virt)" = qemu ]; then
  options=(--testTimeout=1200000 --hookTimeout=1200000 --maxWorkers=2 --exclude=docs/site.test.ts)
fi
pnpm --silent --dir test exec vitest run "${options[@]}"
pnpm --silent --dir test exec vitest run --config lab/vitest.config.ts lab
