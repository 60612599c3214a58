import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Host, run, snapshot, ubuntuFs, until } from "host";

/** The longest wait in seconds: on a busy machine, processes take long to end or start. */
const PATIENCE = 30;

/**
 * Looks at a host, and returns a function that later lists how it differs: "cgroup …",
 * "no mount …". It does not look for namespaces: they need a process or a mount to stay.
 */
export async function watchHost(host: Host): Promise<() => Promise<string[]>> {
  const before = await stateOf(host);
  return async () => {
    const isQuiet = () => processesOf(host).length === 0;
    await until("the last process", isQuiet, PATIENCE).catch(() => {}); // then it is in the list
    const after = await stateOf(host);
    const added = after.filter((thing) => !before.includes(thing));
    const removed = before.filter((thing) => !after.includes(thing));
    return [...added, ...removed.map((thing) => `no ${thing}`)];
  };
}

async function stateOf(host: Host): Promise<string[]> {
  const { hostname, mounts, changes, network } = await snapshot(host);
  // Not on it, where a mount would hide files
  const { stdout: files } = await run(["find", ubuntuFs, "-printf", "file %p %M %s %T@\\n"]);
  return [
    `hostname ${hostname}`,
    ...mounts.map((point, index) => `mount ${point}${again(mounts.slice(0, index), point)}`),
    ...network.map((line) => `network ${line}`),
    ...changes.map((name) => `changes ${name}`),
    ...(host.cgroup?.made() ?? []).map((group) => `cgroup ${path.basename(group)}`),
    ...processesOf(host).map((pid) => `process ${pid}: ${commandOf(host, pid)}`),
    ...files.trim().split("\n"),
  ];
}

/** Marks a point that is mounted a second time, to tell it from the first. */
function again(points: string[], point: string): string {
  return " again".repeat(points.filter((other) => other === point).length);
}

/** Lists all processes but process 1. The host's own /proc also numbers those of containers. */
function processesOf(host: Host): number[] {
  return readdirSync(procOf(host))
    .map(Number)
    .filter((pid) => pid > 1);
}

function commandOf(host: Host, pid: number): string {
  try {
    return readFileSync(`${procOf(host)}/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return ""; // it has just ended
  }
}

function procOf(host: Host): string {
  return `/proc/${host.pid}/root/proc`;
}
