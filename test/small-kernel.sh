#!/bin/bash
# The stages on a kernel that lacks what they do not need: user, cgroup and time namespaces. It has no
# cgroups at all, which stage 05 says. Builds that kernel for user mode, in some minutes: by hand,
# `bash test/small-kernel.sh`, with the repo installed and a ubuntu-fs in it.
set -euo pipefail
here=$(realpath "$0")
repo=$(dirname "$(dirname "$here")")

needs=(bc:bc bison:bison flex:flex gcc:gcc make:make)

main() {
  local missing=() need source
  for need in "${needs[@]}"; do
    command -v "${need#*:}" >/dev/null || missing+=("${need%:*}")
  done
  source=$(find /usr/src -maxdepth 1 -name 'linux-source-*.tar.xz' | sort --version-sort | tail -n 1)
  [ -n "$source" ] || missing+=(linux-source)
  if ((${#missing[@]})); then
    echo "small-kernel: something is missing: type \"apt-get install ${missing[*]}\"" >&2
    exit 1
  fi

  work=$(mktemp --directory /var/tmp/small-kernel.XXXXXX)
  trap 'rm --recursive --force "$work"' EXIT
  tar --directory="$work" --extract --file="$source" --strip-components=1
  build >"$work/build.log" 2>&1 || { tail "$work/build.log" >&2; exit 1; }

  # Its root is that of this machine, read-only: nothing is changed here. Its init is this script, by
  # another name: a kernel's command line has no quotes.
  printf '#!/bin/bash\nexec %q\n' "$here" >"$work/stages"
  chmod +x "$work/stages"
  "$work/linux" mem=1500M root=/dev/root rootfstype=hostfs rootflags=/ ro init="$work/stages" \
    con=null con0=fd:0,fd:1 </dev/null 2>&1 | tee "$work/output"
  grep --quiet '^0 failed' "$work/output"
}

build() {
  cd "$work"
  make ARCH=um defconfig
  scripts/config --disable CGROUPS --disable TIME_NS --disable USER_NS \
    --enable HOSTFS --enable IPC_NS --enable NET_NS --enable PID_NS --enable UTS_NS
  make ARCH=um olddefconfig
  make ARCH=um --jobs="$(nproc)" linux
}

# As process 1 of that kernel.
inside() {
  export PATH=$repo/node_modules/.bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
  mount -t proc proc /proc
  failed=0
  echo "the namespaces of this kernel: $(ls -x /proc/self/ns)"
  expect "inside 7" 01-uts 'hostname inside; hostname; exit 7'
  for stage in 02-reexec 03-pid-mnt-chroot 04-unshare-proc; do
    expect "container 7" "$stage" 'hostname; exit 7'
  done
  expect '05-cgroups: no cgroup has the pids controller: see /proc/cgroups and "mount -t cgroup2" 1' \
    05-cgroups 'hostname'
  echo "$failed failed"
  echo o >/proc/sysrq-trigger # powers off
  sleep infinity
}

# What a stage prints last, and its status.
expect() {
  local expected=$1 stage=$2 script=$3 output status=0
  cd "$repo/steps/$stage"
  output=$(node --import ../../shared-native/typescript.cjs src/main.ts run /bin/sh -c "$script" 2>&1) || status=$?
  output="$(tail -n 1 <<<"$output") $status"
  echo "$stage: $output"
  if [ "$output" != "$expected" ]; then
    echo "$stage: expected $expected"
    failed=$((failed + 1))
  fi
}

if [ $$ = 1 ]; then inside; else main; fi
