import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { onTestFinished } from "vitest";
import { removeTree } from "workshop/host/remove-tree";
import type { Host } from "../host/open-host.ts";
import { run } from "../host/run.ts";

const JOIN = ["sh", "-c", 'echo 0 >"$1"/cgroup.procs && shift && exec "$@"', "sh"];
const KEEP = `
  umount --recursive /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup &&
  mount --make-rshared / && echo ready && exec sleep infinity`;

/**
 * Opens a host as a privileged container is one that has a cgroup namespace of its own: what it sees
 * as the root of all cgroups is another one, and its processes are in that.
 *
 * @param cgroup that one, as the machine sees it; it is made, and taken away with the test
 */
export async function openNestedHost(cgroup: string): Promise<Host> {
  mkdirSync(cgroup);
  // First the cgroup, then the namespace: the cgroup that one is in becomes its root
  const join = [...JOIN, cgroup];
  const namespaces = ["unshare", "--cgroup", "--mount", "--uts", "--propagation", "private"];
  const [file = "", ...args] = [...join, ...namespaces, "sh", "-c", KEEP];
  const keeper = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(async () => {
    await removeTree(cgroup);
    if (keeper.exitCode === null && keeper.signalCode === null) await once(keeper, "exit");
  });
  await once(keeper.stdout, "data");
  const pid = keeper.pid ?? 0;
  const nsenter = ["nsenter", `--target=${pid}`, "--cgroup", "--mount", "--uts"];
  const enter = (folder = "/") => [...join, ...nsenter, `--wd=${folder}`];
  return { pid, enter, run: (...command) => run([...enter(), ...command]) };
}
