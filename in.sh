#!/bin/sh
# in.sh <package> <script> [args…]: runs a package's script. A pnpm that a script starts installs nothing
# by itself, and one that has started a stage has only installed what that needs.
set -e
test -e "$1/node_modules" || pnpm install
exec pnpm --silent --dir "$@"
