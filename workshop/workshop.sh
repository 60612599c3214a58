#!/bin/sh
# `pnpm workshop` in the folder of any other package: the root has a script of that name.
export INIT_CWD="$PWD"
cd "$(dirname "$(realpath "$0")")" && exec node --import ../shared-native/typescript.cjs src/main.ts "$@"
