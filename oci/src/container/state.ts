import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { CommandLine } from "../command-line.ts";
import type { Hooks } from "../config/config.ts";
import { isRootOfHost } from "./user-namespace.ts";

/** The record of a container that is kept from one call of this program to the next. */
export interface Container {
  ociVersion: string;
  id: string;
  status: "creating" | "created" | "running";
  /** Its process on the host. A PID is used again: with the time of its start, it is unique. */
  pid: number;
  startTime: string;
  bundle: string;
  annotations: Record<string, string>;
  hasProcess: boolean;
  hooks: Hooks | null | undefined;
  /** The cgroups that were made for it. */
  cgroups: string[];
}

/** The folder with a folder for each container. It is in RAM: no container outlives the machine. */
function rootFolder({ options }: Pick<CommandLine, "options">): string {
  // In a user namespace, /run is somebody else's
  const run = isRootOfHost() ? "/run" : (process.env.XDG_RUNTIME_DIR ?? "/run");
  return path.resolve(options["--root"] ?? path.join(run, "13-oci"));
}

/**
 * Names the folder of a container.
 *
 * @throws {Error} for a name that is none, such as one that leads out of the folder
 */
export function folderOf(line: CommandLine): string {
  const { id } = line;
  if (id === "") throw new Error(`${line.command}: type the name of a container`);
  if (!/^[\w+.-]{1,255}$/.test(id) || /^\.+$/.test(id)) {
    throw new Error(
      `${JSON.stringify(id.slice(0, 80))} is no name: type letters, digits, and _+.-`,
    );
  }
  return path.join(rootFolder(line), id);
}

/** Makes the folder of a new container: nobody else may have one of that name. */
export function makeFolder(line: CommandLine): string {
  const folder = folderOf(line);
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o700 });
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(`container with id exists: ${line.id}`, { cause: error });
  }
  return folder;
}

/** Keeps the state of a container. Who reads it meanwhile gets the old one or the new one, whole. */
export function save(folder: string, container: Container): void {
  const file = path.join(folder, "state.json");
  writeFileSync(`${file}.new`, JSON.stringify(container));
  renameSync(`${file}.new`, file);
}

/** Tells whether there is such a container. A folder alone is none: whoever made or removed it was killed. */
export function isThere(line: CommandLine): boolean {
  return existsSync(path.join(folderOf(line), "state.json"));
}

/**
 * Reads the record of a container.
 *
 * @throws {Error} when there is no such container
 */
export function load(line: CommandLine): Container {
  const file = path.join(folderOf(line), "state.json");
  if (!isThere(line)) throw new Error(`container does not exist: ${line.id}`);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Removes the folder of a container, and so its name is free. */
export function forget(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Returns what becomes of a container: its state ends with its process. */
export function statusOf(container: Container): Container["status"] | "stopped" {
  const { pid, startTime, status } = container;
  return pid === 0 || startTimeOf(pid) === startTime ? status : "stopped";
}

/** Returns when a process was started, in ticks since the machine was: undefined when it has ended. */
export function startTimeOf(pid: number): string | undefined {
  try {
    // "pid (comm) state ppid …"; comm may contain anything
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return /[ZX]/.test(fields[0] ?? "") ? undefined : fields[19];
  } catch {
    return undefined; // there is no such process
  }
}

/** Returns the state as the specification has it, for hooks and for who asks. */
export function publicState(container: Container): object {
  const { ociVersion, id, pid, bundle, annotations } = container;
  const status = statusOf(container);
  return { ociVersion, id, status, pid: status === "stopped" ? 0 : pid, bundle, annotations };
}
