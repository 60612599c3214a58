#!/bin/sh
# in.sh <package> <script> [args…]: runs a package's script. A pnpm that a script starts installs nothing
# by itself, and one that has started a stage has only installed what that needs.
if ! test -e "$1/node_modules" && ! pnpm install; then
  if test -e node_modules && ! test -w node_modules; then
    echo "node_modules belongs to root: type \"sudo env PATH=\$PATH pnpm workshop clean\"" >&2
  fi
  exit 1
fi
exec pnpm --silent --dir "$@"
