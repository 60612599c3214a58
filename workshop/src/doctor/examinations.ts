import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { release } from "node:os";
import path from "node:path";
import { advice, cgroupRoot, ffiName, readMountinfo, unshare } from "shared-native";
import { findLeftovers } from "../clean/find-leftovers.ts";
import { typeOf } from "../host/cgroups.ts";
import { repo, ubuntuFs } from "../host/folders.ts";
import { isRoot } from "../rootfs/is-root.ts";

/** The user's wishes. */
export interface Options {
  /** Boots the lab's machine, too. */
  lab: boolean;
}

/** What is looked at, and how. */
export interface Examination {
  id: string;
  title: string;
  /** Whether a stage needs it. */
  needed: boolean;
  /** @throws {Error} when it is not so: what was seen */
  look(options: Options): string | Promise<string>;
  type: string;
}

const LAB = "vagrant up; vagrant ssh";

/** All that the stages, the tests and the course need of a machine. */
export const EXAMINATIONS: Examination[] = [
  {
    id: "linux",
    title: "Linux",
    needed: true,
    look: () => check(process.platform === "linux", `${process.platform} ${release()}`),
    type: advice.linux,
  },
  {
    id: "root",
    title: "root",
    needed: true,
    look: () => check(process.geteuid?.() === 0, `user ${process.geteuid?.() ?? "unknown"}`),
    type: advice.root("pnpm workshop doctor"),
  },
  {
    id: "namespaces",
    title: "namespaces",
    needed: true,
    look: () => {
      const flags = ["--uts", "--pid", "--mount", "--fork", "--mount-proc"];
      const { stderr } = start("unshare", [...flags, "true"]);
      return check(stderr === "", stderr || "UTS, PID and mount");
    },
    type: LAB,
  },
  { id: "cgroups", title: "cgroups", needed: true, look: lookAtCgroups, type: LAB },
  {
    id: "propagation",
    title: "mounts",
    needed: false,
    look: () => {
      const root = readMountinfo().find(({ mountPoint }) => mountPoint === "/");
      const isShared = root?.propagation.some((tag) => tag.startsWith("shared:"));
      return check(
        isShared,
        isShared ? "/ is shared" : "/ is private: the leak of stage 03 cannot be seen",
      );
    },
    type: "unshare --mount --propagation private sh -c 'mount --make-rshared / && exec bash'",
  },
  {
    id: "node",
    title: "Node",
    needed: true,
    look: () => {
      const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
      return check(major > 20 || (major === 20 && minor >= 19), process.versions.node);
    },
    type: "pnpm install",
  },
  {
    id: "pnpm",
    title: "pnpm",
    needed: true,
    look: () => {
      const version = start("pnpm", ["--version"]).stdout;
      return check(Number.parseInt(version, 10) >= 12, version || "not found");
    },
    type: "npm install --global pnpm@12",
  },
  {
    id: "ffi",
    title: "FFI",
    needed: true,
    look: () => {
      unshare(0); // a system call that changes nothing
      return `${ffiName} calls libc`;
    },
    type: "pnpm install",
  },
  {
    id: "rootfs",
    title: "ubuntu-fs",
    needed: false, // the stages make it when they start
    look: () => {
      check(isRoot(ubuntuFs), "not there yet");
      check(statSync(ubuntuFs).uid === 0, "it is not root's");
      return check(existsSync(path.join(ubuntuFs, "proc")), "there");
    },
    type: advice.ubuntuFs,
  },
  {
    id: "leftovers",
    title: "leftovers",
    needed: false,
    look: async () => {
      const { findHierarchy } = await import("../host/box-cgroup.ts");
      const { crashed, mounts, cgroups, running } = findLeftovers(findHierarchy());
      const lost = running.length > 0 ? [] : mounts;
      const count = crashed.length + lost.length + cgroups.length;
      const parts = [
        `${crashed.length} containers`,
        `${lost.length} mounts`,
        `${cgroups.length} cgroups`,
      ];
      return check(count === 0, count === 0 ? "none" : parts.join(", "));
    },
    type: "pnpm workshop clean",
  },
  {
    id: "lab",
    title: "lab",
    needed: false,
    look: lookAtLab,
    type: "see docs/lab.md: only for those without root",
  },
  {
    id: "vagrant",
    title: "Vagrant",
    needed: false,
    look: () => {
      const version = start("vagrant", ["--version"]).stdout;
      return check(version !== "", version || "not installed");
    },
    type: "see docs/lab.md: only for those without Linux or root",
  },
];

function check(holds: boolean | undefined, seen: string): string {
  if (!holds) throw new Error(seen);
  return seen;
}

function lookAtCgroups(): string {
  const root = cgroupRoot("pids");
  if (!existsSync(path.join(root, "cgroup.controllers"))) {
    const v1 = readMountinfo().filter(({ filesystemtype }) => filesystemtype === "cgroup");
    return `v1 at ${root}: ${v1.map(({ mountPoint }) => path.basename(mountPoint)).join(" ")}`;
  }
  const names = readFileSync(path.join(root, "cgroup.controllers"), "utf8").trim();
  if (!typeOf(root)?.includes("threaded")) return `v2 at ${root}: ${names}`;
  const usable = names.split(" ").filter((name) => /^(cpu|cpuset|perf_event|pids)$/.test(name));
  return `v2 at ${root}, as in a container: only ${usable.join(" ")}`;
}

function lookAtLab({ lab }: Options): string {
  const command = ["--silent", "--dir", path.join(repo, "lab"), "lab"];
  const before = performance.now();
  const { stdout, stderr } = start("pnpm", [
    ...command,
    ...(lab ? ["uname", "-rm"] : ["--dry-run"]),
  ]);
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  // The last of its lines that is its own: before it tells what it makes, after it what the machine said
  const complaint = stderr
    .match(/^lab: .*/gm)
    ?.at(-1)
    ?.slice("lab: ".length);
  const seen = lab ? `ran Linux ${stdout} in ${seconds} s` : stdout;
  return check(stdout !== "", stdout === "" ? (complaint ?? stderr) : seen);
}

function start(command: string, args: string[]): { stdout: string; stderr: string } {
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: repo, encoding: "utf8" });
  return { stdout: stdout?.trim() ?? "", stderr: error?.message ?? stderr.trim() };
}
