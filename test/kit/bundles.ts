import { randomInt } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Host, type Outcome, repo } from "host";
import { CAPABILITIES, config } from "oci/bundle/config";
import { onTestFinished } from "vitest";
import { openHost } from "./open-host.ts";

/** The stage's own program, as an engine calls it. */
const ours = path.join(repo, "steps/13-oci/runtime");

/** Programs that run a bundle. Each keeps its containers in a folder of its own. */
export const runtimes: Record<Runtime, [string, ...string[]]> = {
  runc: ["runc", "--root", "/run/runc"],
  crun: ["crun", "--root", "/run/crun"],
  ours: [ours, "--root", "/run/ours"],
};

export type Runtime = "runc" | "crun" | "ours";

/** The reason why ours cannot be compared with others here, or undefined. In CI, they must be there. */
export function reasonToSkip(): string | undefined {
  const folders = (process.env.PATH ?? "").split(":");
  const missing = ["runc", "crun"].filter((name) =>
    folders.every((folder) => !existsSync(path.join(folder, name))),
  );
  if (missing.length === 0 || process.env.CI !== undefined) return undefined;
  return `type "apt-get install --no-install-recommends ${missing.join(" ")}"`;
}

/** The folder of the bundle on the host. */
export const BUNDLE = "/mnt/bundle";

/**
 * Makes a root of ubuntu-fs that may be written to. crun wants no hybrid cgroups, and runc leaves a directory
 * where they were: in an own tmpfs, as that of the cgroups is everybody's.
 */
const PREPARE = `
{ test -e "$1"/ubuntu-fs/ROOT_OF_CONTAINER || pnpm --silent --dir "$1" rootfs --if-missing; } &&
mount -t tmpfs tmpfs /run && mount -t tmpfs tmpfs /mnt && mkdir -p /mnt/upper /mnt/work /mnt/bundle/rootfs &&
mount -t overlay -o lowerdir="$1"/ubuntu-fs,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/bundle/rootfs &&
{ ! umount /sys/fs/cgroup/unified 2>/dev/null || mount -t tmpfs tmpfs /sys/fs/cgroup/unified; }`;

/** A disposable host with a bundle. */
export interface BundleHost extends Host {
  /** Calls a runtime: `call("ours", "state", "web")`. */
  call(runtime: Runtime, ...words: string[]): Promise<Outcome>;
  /** Writes its config.json: an object, or any text. */
  write(config: unknown): void;
  /** Names a file of the host's, as it is seen from here. */
  file(name: string): string;
}

/** A script that calls a runtime, whose output goes to files. */
const TO_FILE = `"$@" >/run/output 2>/run/errors; status=$?; cat /run/output; cat /run/errors >&2; exit $status`;

/** Returns a name that no other container on this machine has: cgroups are the machine's. */
export function newName(): string {
  return `workshop-oci-${process.pid}-${randomInt(1e9)}`;
}

export async function openBundleHost(): Promise<BundleHost> {
  const host = await openHost();
  await makeRoot(host);
  onTestFinished(() => removeContainers(host));
  const file = (name: string) => path.join(`/proc/${host.pid}/root`, name);
  return {
    ...host,
    call: (runtime, ...words) => {
      // The container keeps what it gets as output: who waits for the end of that waits for its end
      const staysOpen = words.some((word) => word === "create" || word === "--detach");
      const toFile = staysOpen ? ["sh", "-c", TO_FILE, "sh"] : ["env"];
      return host.run(...(toFile as [string]), ...runtimes[runtime], ...words);
    },
    write(text) {
      const json = typeof text === "string" ? text : JSON.stringify(text, wholeNumbers);
      writeFileSync(file(`${BUNDLE}/config.json`), json);
    },
    file,
  };
}

/** Makes the root of a bundle on a host. */
export async function makeRoot(host: Host): Promise<void> {
  const { status, stderr } = await host.run("sh", "-c", PREPARE, "sh", repo);
  if (status !== 0) throw new Error(stderr);
}

/** JSON has no other way to write a number of 64 bits than as a number. */
function wholeNumbers(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? (JSON as unknown as Raw).rawJSON(`${value}`) : value;
}

interface Raw {
  rawJSON(text: string): unknown;
}

/** A config.json as an engine writes it, in the form of the specification: tests change it. */
export function newConfig(args: string[], name = newName()) {
  return {
    ...structuredClone(config),
    annotations: {} as Record<string, string>,
    hooks: {} as Record<string, unknown[]>,
    process: {
      args,
      cwd: "/",
      user: { uid: 0, gid: 0 } as Record<string, unknown>,
      env: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"],
      noNewPrivileges: true,
      capabilities: {
        bounding: CAPABILITIES,
        effective: CAPABILITIES,
        permitted: CAPABILITIES,
      } as Record<string, string[]>,
    } as Record<string, unknown> & { user: Record<string, unknown>; env: string[] },
    linux: {
      ...structuredClone(config.linux),
      cgroupsPath: `/${name}`,
    } as typeof config.linux & Record<string, unknown>,
  };
}

export type TestConfig = ReturnType<typeof newConfig>;

/** Removes what a test that has failed leaves: a container outlives who has made it. */
async function removeContainers(host: Host) {
  for (const [name, runtime] of Object.entries(runtimes)) {
    const { stdout } = await host.run("sh", "-c", `ls /run/${name} 2>/dev/null`);
    for (const id of stdout.split("\n").filter(Boolean)) {
      await host.run(...runtime, "delete", "--force", id);
    }
  }
}
