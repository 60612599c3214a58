#!/bin/sh
# `pnpm workshop`, in any folder of the repo: pnpm prints no lines of its own around it, as around a script.
export INIT_CWD="$PWD"
cd "$(dirname "$(realpath "$0")")" && exec node --disable-warning=ExperimentalWarning --import ../shared-native/typescript.cjs src/main.ts "$@"
