#!/bin/bash
# The inner half of test.sh, in namespaces of its own: a libvirtd, then Vagrant as a class uses it.
set -euo pipefail
work=$1
repo=$(realpath "$(dirname "$0")/../..")

main() {
  read -r _ <"$work/network" || true # until slirp4netns has set up tap0
  start_libvirtd

  mkdir "$work/repo"
  tar --directory="$repo" --create --exclude-vcs --exclude=node_modules --exclude=./ubuntu-fs . |
    tar --directory="$work/repo" --extract
  cd "$work/repo"
  export VAGRANT_HOME=$work/home VAGRANT_DEFAULT_PROVIDER=libvirt VAGRANT_CHECKPOINT_DISABLE=1
  if [ -z "${LAB_BOX:-}" ]; then
    # Twenty times as slow: cgroups, and an ordinary user. In the pattern are stages 2, 5, 10 and 12
    only="steps/05 steps/10 steps/facts -t [01][025]-"
    export LAB_BOX=lab/debian-12
    vagrant box add --name "$LAB_BOX" "$work/debian.box"
  fi
  use_lab
  echo "test:vagrant: all passed"
}

use_lab() {
  step "up" vagrant up
  step "the exit status comes through" expect_status 23 vagrant ssh -c "exit 23"
  step "vagrant ssh is a root shell in /workshop" shell_is_root
  step "the live page, through the port that ssh forwards" live_page
  step "the suite ${only:-}" in_lab "bash lab/test.sh ${only:-}"
  echo "seen in the lab" >"$work/repo/edited-on-the-host"
  step "an edit on the host arrives" vagrant rsync
  in_lab "cat edited-on-the-host"
  step "halt" vagrant halt

  # From here on there is no network.
  ip link set tap0 down
  step "up again, offline" vagrant up
  step "a container, offline" in_lab "pnpm --filter 03-pid-mnt-chroot start /bin/bash -c 'hostname; ls /'"
  step "provision again, offline" vagrant provision --provision-with lab
  step "destroy" vagrant destroy --force
}

# Prints a title, runs the command, and prints how long it took.
step() {
  local title=$1 start=$SECONDS
  shift
  echo "test:vagrant: $title"
  "$@" </dev/null
  echo "test:vagrant: $title: $((SECONDS - start)) s"
}

in_lab() {
  vagrant ssh -c "sudo --login bash -c \"cd /workshop && $1\"" </dev/null
}

expect_status() {
  local expected=$1 status=0
  shift
  "$@" || status=$?
  if [ "$status" != "$expected" ]; then
    echo "test:vagrant: status $status instead of $expected" >&2
    return 1
  fi
}

# What a student types at the prompt of `vagrant ssh`. A dumb terminal shows nothing but the words.
shell_is_root() {
  local output
  output=$(printf '%s\n' "whoami" "pwd" "exit" | TERM=dumb vagrant ssh -- -tt | tr --delete '\r')
  echo "$output"
  grep --line-regexp --quiet "root" <<<"$output"
  grep --line-regexp --quiet "/workshop" <<<"$output"
}

# What a browser on this side asks `pnpm live` for, which runs in `vagrant ssh`, and ends with it.
live_page() {
  local page=http://127.0.0.1:5180 token status
  local live='sudo --login bash -c "cd /workshop && exec pnpm live"'
  vagrant ssh -- -tt "$live" >"$work/live.log" 2>&1 &
  local session=$!
  until token=$(grep --only-matching --perl-regexp "$page/#token=\K[\w-]+" "$work/live.log"); do
    kill -0 "$session" || { cat "$work/live.log" >&2; return 1; }
    sleep 1
  done
  curl --silent --fail "$page/" | grep --count "Containers from scratch"
  curl --silent --fail "$page/course/01-uts.html" | grep --count sethostname
  status=$(open_terminals "$page" "$token")
  [ "$status" = 101 ] || { echo "test:vagrant: the terminals say $status" >&2; return 1; }
  status=$(open_terminals "$page" none)
  [ "$status" = 403 ] || { echo "test:vagrant: anybody gets $status" >&2; return 1; }
  kill "$session"
  wait "$session" || true
  in_lab "timeout 60 sh -c 'while pgrep --full [s]rc/inside/main.ts; do sleep 1; done'"
}

# Asks for the WebSocket of the terminals with a token, and prints the status.
open_terminals() {
  curl --silent --max-time 10 --output /dev/null --write-out '%{http_code}' \
    --header "Connection: Upgrade" --header "Upgrade: websocket" --header "Origin: $1" \
    --header "Sec-WebSocket-Version: 13" --header "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==" \
    --header "Sec-WebSocket-Protocol: workshop-live, $2" "$1/socket" || true
}

# With its files in folders that only this script's mount namespace has.
start_libvirtd() {
  ip link set lo up
  echo "nameserver 10.0.2.3" >"$work/resolv.conf"
  mount --bind "$work/resolv.conf" "$(realpath /etc/resolv.conf)"
  cp --recursive /etc/libvirt "$work/etc-libvirt"
  mount --bind "$work/etc-libvirt" /etc/libvirt
  for folder in run var/lib var/cache var/log; do
    mkdir --parents "$work/$folder" "/$folder/libvirt"
    mount --bind "$work/$folder" "/$folder/libvirt"
  done
  mkdir --parents /var/lib/libvirt/{dnsmasq,images,network,qemu}
  cat >>/etc/libvirt/qemu.conf <<'CONF'
user = "root"
group = "root"
dynamic_ownership = 0
security_driver = "none"
cgroup_controllers = [ ]
CONF
  cat >>/etc/libvirt/libvirtd.conf <<'CONF'
auth_unix_ro = "none"
auth_unix_rw = "none"
CONF
  virtlogd --daemon --pid-file="$work/virtlogd.pid"
  libvirtd --daemon --pid-file="$work/libvirtd.pid"
}

main
