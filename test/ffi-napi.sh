#!/bin/sh
# Tests shared-native with its other driver: ffi-napi, compiled on the spot in a folder of its own.
# Needs python3, make, g++, and Node's headers: those in /usr/include, or npm downloads some.
set -eu
cd "$(dirname "$0")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -d /usr/include/node ]; then export npm_config_nodedir=/usr; fi
npm install --prefix "$folder" --no-fund --no-audit @2060.io/ffi-napi@4.0.9
NODE_PATH="$folder/node_modules" WORKSHOP_FFI=ffi-napi npx -y pnpm@12 exec vitest run shared-native
