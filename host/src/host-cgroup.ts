import { randomInt } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cgroupRoot } from "shared-native";
import { childGroups } from "./cgroups.ts";
import {
  madeInOthers,
  makeOtherCgroups,
  type OtherCgroup,
  otherHierarchies,
  removeOthers,
} from "./more-hierarchies.ts";
import { removeTree } from "./remove-tree.ts";

/** The most tasks: more than any stage needs, yet few enough for 2 GB, even if all are Node's. */
const LIMIT = 256;

/** The cgroup of a disposable host: the host takes it for the root of all that count tasks. */
export interface HostCgroup {
  directory: string;
  /** The cgroup in it for the host's own processes. */
  processes: string;
  /** The directory where the hierarchy is mounted. */
  hierarchy: string;
  /** Those that limit memory and processor time, where they have hierarchies of their own. */
  others: OtherCgroup[];
  /** Lists the cgroups that were made in it. */
  made(): string[];
  /** Tells whether no more tasks may start. */
  isFull(): boolean;
  /** Tells whether somebody in it has changed its limit. */
  hasOtherLimit(): boolean;
  /** Lists those in it in which no more tasks may start. */
  fullOnes(): string[];
  /** Lets the cgroups in it have limits of their own. */
  divide(): void;
  remove(): Promise<void>;
}

/** In another PID namespace, such as a container's, somebody has our PID: with other numbers. */
let count = randomInt(1_000_000_000);

/** Makes one, or returns undefined where the kernel does not let us count tasks. */
export function makeHostCgroup(): HostCgroup | undefined {
  const hierarchy = findHierarchy();
  if (hierarchy === undefined) return undefined;
  const name = newName();
  const directory = path.join(hierarchy, name);
  const processes = path.join(directory, "host");
  mkdirSync(processes, { recursive: true });
  writeFileSync(path.join(directory, "pids.max"), String(LIMIT));
  const others = makeOtherCgroups(name, hierarchy);
  return {
    directory,
    processes,
    hierarchy,
    others,
    made: () => [
      ...childGroups(directory).filter((group) => group !== processes),
      ...madeInOthers(others),
    ],
    isFull: () => isFull(directory, LIMIT),
    hasOtherLimit: () =>
      readFileSync(path.join(directory, "pids.max"), "utf8").trim() !== `${LIMIT}`,
    fullOnes: () => childGroups(directory).filter((group) => isFull(group)),
    divide() {
      const control = path.join(directory, "cgroup.subtree_control"); // v2 only
      if (!existsSync(control)) return;
      const there = readFileSync(path.join(directory, "cgroup.controllers"), "utf8")
        .trim()
        .split(" ");
      const wanted = ["pids", "memory", "cpu"].filter((name) => there.includes(name));
      writeFileSync(control, wanted.map((name) => `+${name}`).join(" "));
    },
    async remove() {
      writeFileSync(path.join(directory, "pids.max"), "0"); // nobody starts another while they are killed
      await removeTree(directory);
      await removeOthers(others);
    },
  };
}

/** Returns a name that no other host has: `clean` knows by it who made the cgroup. */
function newName(): string {
  return `workshop-${process.pid}-${++count}`;
}

/** Makes only those that limit memory and processor time, where they have hierarchies of their own. */
export function makeLimitingCgroups(): OtherCgroup[] {
  const hierarchy = findHierarchy();
  return hierarchy === undefined ? [] : makeOtherCgroups(newName(), hierarchy);
}

/** Finds the directory where the cgroups that count tasks are mounted, if we may make one there. */
export function findHierarchy(): string | undefined {
  try {
    const root = cgroupRoot("pids");
    accessSync(root, constants.W_OK); // that of a user namespace is root only in there, and has none
    return root;
  } catch {
    return undefined; // `doctor` says so, and stage 05 does
  }
}

/** Lists all directories in which a stage may make cgroups. */
export function findHierarchies(): string[] {
  const hierarchy = findHierarchy();
  return hierarchy === undefined ? [] : [hierarchy, ...otherHierarchies(hierarchy)];
}

/** @param limit where its own pids.max is not to be trusted */
function isFull(directory: string, limit?: number): boolean {
  const read = (file: string) => Number(readFileSync(path.join(directory, file), "utf8"));
  try {
    return read("pids.current") >= (limit ?? read("pids.max")); // "max" is NaN, which nothing reaches
  } catch {
    return false; // it has just been taken away
  }
}
