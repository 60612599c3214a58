import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { parentOf, repo, rootlessFs, ubuntuFs } from "host";
import { isBelow } from "./is-below.ts";
import { findProcesses } from "./processes-in.ts";

/** The processes of a container of this workshop. */
export interface Container {
  /** Its run(), if that is alive, and has somebody who started it. */
  main: number | undefined;
  /** Itself and all others, the outermost first. */
  pids: number[];
  /** The command line of the outermost, for people. */
  command: string;
}

interface StageProcess {
  pid: number;
  mode: string | undefined;
}

/** Finds the containers of this repo: by their root, and by the code that they run. */
export function findContainers(): Container[] {
  const code = findStageCode();
  const isRun = new Set(code.filter(({ mode }) => mode === "run").map(({ pid }) => pid));
  const inside = [ubuntuFs, rootlessFs].flatMap(findProcesses);
  const ours = new Set([...code.map(({ pid }) => pid), ...inside]);
  const containers = new Map<number, Container>();
  for (const pid of [...ours].sort((a, b) => a - b)) {
    const top = outermost(pid, ours);
    const alive = isRun.has(top) && parentOf(top) > 1;
    const container = containers.get(top) ?? {
      main: alive ? top : undefined,
      pids: [],
      command: argumentsOf(top)
        .slice(alive ? -3 : 0)
        .join(" ")
        .slice(0, 60),
    };
    container.pids.push(pid);
    containers.set(top, container);
  }
  return [...containers.values()];
}

/** Finds the processes that are a main.ts of steps/ or practice/, as `run` or as `child`. */
function findStageCode(): StageProcess[] {
  return readdirSync("/proc").flatMap((name) => {
    const words = /^\d+$/.test(name) ? argumentsOf(Number(name)) : [];
    const index = words.findIndex((word) => word.endsWith("src/main.ts"));
    if (index < 1) return [];
    const file = path.resolve(cwdOf(name), words[index] ?? "");
    const isOurs = ["steps", "practice"].some((folder) => isBelow(file, path.join(repo, folder)));
    return isOurs ? { pid: Number(name), mode: words[index + 1] } : [];
  });
}

function outermost(pid: number, ours: Set<number>): number {
  const parent = parentOf(pid);
  // In stage 12, a shell of the host is between run() and the container
  const next = [parent, parentOf(parent)].find((each) => ours.has(each));
  return next === undefined ? pid : outermost(next, ours);
}

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
  } catch {
    return []; // it has ended
  }
}

function cwdOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "/"; // it has ended
  }
}
