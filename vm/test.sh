#!/bin/bash
# The tests of the stages and of the lab in the VM: `vagrant provision --provision-with test`.
set -euo pipefail
cd /workshop
# With CI, a test that cannot run fails instead of being skipped.
export CI=true HOME=/root
pnpm --silent --dir test exec vitest run --config lab/vitest.config.ts
