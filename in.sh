#!/bin/sh
# in.sh <package> <script> [args…]: runs a package's script. pnpm comes here, too, when the install before
# it has failed. The developers' tools, in test, are installed when one of them is first asked for.
advise() {
  if test -e node_modules && ! test -w node_modules; then
    echo "node_modules belongs to root: type \"sudo env PATH=\$PATH pnpm workshop clean\"" >&2
  else
    echo "$1" >&2
  fi
  exit 1
}
test -e node_modules/.modules.yaml ||
  advise 'nothing is installed here: see above, then type "npx -y pnpm@12 install"'
test -e "$1/node_modules" || pnpm --dir "$1" install ||
  advise 'the tests need more packages: see above, then type "npx -y pnpm@12 --dir test install"'
exec pnpm --silent --dir "$@"
