#!/bin/sh
# in.sh <package> <script> [args…]: runs a package's script. pnpm comes here, too, when the install before
# it has failed; and when only a stage was started before, it has installed no more than that needs.
advise() {
  if test -e node_modules && ! test -w node_modules; then
    echo "node_modules belongs to root: type \"sudo env PATH=\$PATH pnpm workshop clean\"" >&2
  else
    echo 'nothing is installed here: see above, then type "npx -y pnpm@12 install"' >&2
  fi
  exit 1
}
test -e node_modules/.modules.yaml || advise
test -e "$1/node_modules" || pnpm install || advise
exec pnpm --silent --dir "$@"
