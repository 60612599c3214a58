// All is done by shell scripts. There is no switch: each cable has a route of its own, and all are in a
// group of devices. Another table of nft(8) keeps in mind what has to be undone by the last one.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupProcs,
  cgroupRoot,
  openTerminal,
  removeCgroupAtEnd,
  runAtEnd,
  spawn,
  wait,
} from "shared-native";

const [, ...words] = process.argv.slice(2);
const command = [...words];
const options = new Map<string, string>();
while (command[0]?.startsWith("--")) {
  const [name = "", value = ""] = (command.shift() ?? "").split("=");
  options.set(name, value);
}
const repo = path.join(import.meta.dirname, "../../..");
const image = options.get("--image");
const layers = image ? `"$(printf '%s\\n' * | sort -r | paste -s -d:)"` : ".";
const root = image ? path.join(repo, "images", image) : path.join(repo, "ubuntu-fs");
const changes = mkdtempSync(path.join(tmpdir(), "changes-"));

const cgroup = path.join(cgroupRoot("pids"), `script-${process.pid}`);
removeCgroupAtEnd(cgroup);
mkdirSync(cgroup);
writeFileSync(path.join(cgroup, "pids.max"), "10");

const cable = `c${process.pid}`;
const ports = options.get("--publish")?.replaceAll(",", " ") ?? "";
const plug = `
  set -e
  exec 9</proc/self/ns/net; flock 9
  n=2
  while ip link show | grep -q "alias 10.77.0.$n\\$"; do n=$((n+1)); done
  if ! nft list tables | grep -q was-; then
    nft add table ip was-$(cat /proc/sys/net/ipv4/ip_forward)-$(cat /proc/sys/net/ipv4/conf/all/accept_redirects)
  fi
  ip link add "$1" type veth peer name eth0 netns "$2"
  ip link set "$1" alias 10.77.0.$n group 77 up
  ip address add 10.77.0.1/32 dev "$1"
  ip route add 10.77.0.$n/32 dev "$1"
  echo 1 >/proc/sys/net/ipv4/ip_forward
  echo 1 >/proc/sys/net/ipv4/conf/$1/route_localnet
  nft add table ip "$1"
  nft add chain ip "$1" post '{ type nat hook postrouting priority 100; }'
  nft add chain ip "$1" pre '{ type nat hook prerouting priority -100; }'
  nft add chain ip "$1" out '{ type nat hook output priority -100; }'
  nft add rule ip "$1" post ip saddr 10.77.0.$n ip daddr != 10.77.0.0/24 masquerade
  nft add rule ip "$1" post ip saddr 127.0.0.1 ip daddr 10.77.0.$n masquerade
  for port in $3; do
    for chain in pre out; do
      nft add rule ip "$1" $chain fib daddr type local tcp dport \${port%:*} dnat to 10.77.0.$n:\${port#*:}
    done
  done
  echo 10.77.0.$n`;
const unplug = `
  exec 9</proc/self/ns/net; flock 9
  ip link delete "$1"
  nft delete table ip "$1"
  [ -z "$(ip link show group 77)" ] || exit 0
  for table in $(nft list tables | grep -o 'was-.*'); do
    found=\${table#was-}
    echo "\${found%-*}" >/proc/sys/net/ipv4/ip_forward
    echo "\${found#*-}" >/proc/sys/net/ipv4/conf/all/accept_redirects
    nft delete table ip "$table"
  done`;
runAtEnd(unplug, cable);

const join = 'echo 0 >&3 && exec "$@" 3>&-';
const last = options.has("--init") ? `bash -c '${join}' bash "$@"; exit $?` : join;
const script = `
  PATH=$PATH:/sbin
  [ ! -t 0 ] || : <"$(readlink /proc/self/fd/0)" # who opens one without having one takes it
  read -r address <&4 && exec 4>&- && ip link set lo up &&
  ip address add "$address/32" dev eth0 && ip link set eth0 up &&
  ip route add default via 10.77.0.1 dev eth0 onlink &&
  mkdir "$2/upper" "$2/upper/etc" && echo container >"$2/upper/etc/hostname" &&
  printf '%s\n' "127.0.0.1 localhost" "$address container" >"$2/upper/etc/hosts" &&
  grep -v 127.0.0. /etc/resolv.conf >"$2/upper/etc/resolv.conf" || exit 1
  hostname container && mkdir "$2/work" && chmod 755 "$2/upper" && cd "$1" || exit 1
  mount -t overlay -o "${options.has("--read-only") ? "ro" : "rw"},lowerdir="${layers}",upperdir=$2/upper,workdir=$2/work" overlay "$1" &&
  cd "$1" && shift 2 &&
  mount -t tmpfs -o mode=755 tmpfs dev && mkdir dev/pts dev/shm dev/mqueue &&
  mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts && ln -s pts/ptmx dev/ptmx &&
  mount -t tmpfs tmpfs dev/shm && mount -t mqueue mqueue dev/mqueue &&
  mount -t sysfs -o ro sysfs sys || exit 1
  while read -r name numbers; do mknod -m 666 "dev/$name" c $numbers; done <<END
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
END
  pivot_root . . && mount -t proc proc /proc && umount -l . && cd / || exit 1
  for path in /proc/kcore /proc/keys /proc/timer_list; do
    [ ! -e $path ] || mount --bind /dev/null $path
  done
  for path in /proc/acpi /proc/scsi /sys/firmware; do
    [ ! -e $path ] || mount -t tmpfs -o ro tmpfs $path
  done
  for path in /proc/bus /proc/irq /proc/sys /proc/sysrq-trigger; do
    [ ! -e $path ] || { mount --bind $path $path && mount -o remount,bind,ro $path; }
  done
  ${last}`;
const terminal = openTerminal();
const container = spawn("bash", ["-c", script, "bash", root, changes, ...command], {
  stdio: [...terminal.stdio, openSync(cgroupProcs(cgroup), "w"), "pipe"],
  detached: true,
  cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET,
  unshareflags: CLONE_NEWNS,
});
const args = ["-c", plug, "bash", cable, `${container.pid}`, ports];
const address = execFileSync("bash", args, { env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" } });
(container.stdio[4] as Socket).end(address);
terminal.connect();
process.exitCode = await wait(container);
await terminal.drain();
rmSync(changes, { recursive: true });
