import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants, copyFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Duplex } from "node:stream";
import { CLONE_NEWPID, connectUnix, mknod, spawn, unshare } from "shared-native";
import type { CommandLine } from "../command-line.ts";
import { readConfig } from "../config/read-config.ts";
import { log } from "../log.ts";
import { unknownCapabilities } from "../process/capabilities.ts";
import { findCgroups, join, limit, makeIfAllowed } from "./cgroups.ts";
import { runHooks } from "./hooks.ts";
import { inPidNamespace, newNamespaces } from "./namespaces.ts";
import { removeContainer } from "./remove.ts";
import { type Container, makeFolder, publicState, save, startTimeOf } from "./state.ts";
import { isRootOfHost } from "./user-namespace.ts";

/** This program: main.ts of this stage, or of whoever has written one. */
const MAIN = path.resolve(process.argv[1] ?? "");

type Stdio = (number | "inherit")[];

/**
 * Makes a container with everything but its program, which waits to be started.
 *
 * @param stdio what the program gets as input, output and error
 * @returns its process
 * @throws {Error} when anything fails: nothing is left then
 */
export async function launch(
  line: CommandLine,
  stdio: Stdio = ["inherit", "inherit", "inherit"],
): Promise<ChildProcess> {
  const bundle = path.resolve(line.options["--bundle"] ?? ".");
  const { root, annotations, hooks, process: program, linux, ociVersion } = readConfig(bundle);
  if (!statSync(path.resolve(bundle, root.path), { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`root.path: there is no folder ${path.resolve(bundle, root.path)}`);
  }
  for (const name of unknownCapabilities(program?.capabilities)) {
    log("warning", `this kernel has no capability ${name}: it is left out`, line.options);
  }
  const socket = program?.terminal ? line.options["--console-socket"] : undefined;
  if (program?.terminal && !socket && line.command === "create") {
    throw new Error("process.terminal: type --console-socket, where the terminal is sent to");
  }
  const folder = makeFolder(line);
  const container: Container = {
    ...{ ociVersion, id: line.id, status: "creating", pid: 0, startTime: "", bundle },
    ...{ annotations: annotations ?? {}, hasProcess: program !== undefined, hooks, cgroups: [] },
  };
  try {
    save(folder, container);
    // Whatever becomes of the bundle, this is what the container was made from
    copyFileSync(path.join(bundle, "config.json"), path.join(folder, "config.json"));
    mknod(path.join(folder, "start"), constants.S_IFIFO | 0o600);
    const pidNamespace = linux.namespaces.find(({ type }) => type === "pid")?.path;
    const child = inPidNamespace(pidNamespace, () =>
      startChild(["child", folder], [...stdio, "pipe", socket ? connectUnix(socket) : "ignore"], {
        cloneflags: newNamespaces(linux.namespaces),
      }),
    );
    container.pid = child.pid ?? 0;
    container.startTime = startTimeOf(container.pid) ?? "";
    save(folder, container);
    await converse(child, {
      // All of Node's threads are there by now: a limit of tasks does not count them
      loaded() {
        const { before, missing } = findCgroups(linux.cgroupsPath || `/${line.id}`);
        // Kept first: whatever becomes of this process, `delete --force` finds those that were made
        container.cgroups = missing;
        save(folder, container);
        container.cgroups = missing.filter(makeIfAllowed); // an ordinary user's may all be refused
        const all = [...before, ...container.cgroups];
        join(all, container.pid);
        if (linux.resources) limit(all, linux.resources);
      },
      mounted() {
        runHooks("prestart", hooks?.prestart, publicState(container));
        runHooks("createRuntime", hooks?.createRuntime, publicState(container));
      },
      ready() {
        container.status = "created";
        save(folder, container);
        const pidFile = line.options["--pid-file"];
        if (pidFile) writeFileSync(pidFile, `${container.pid}`);
      },
    });
    return child;
  } catch (error) {
    removeContainer(folder, container, line.options);
    throw error;
  }
}

/** Starts this same program again, as since stage 2. */
export function startChild(
  args: string[],
  stdio: (number | "inherit" | "pipe" | "ignore")[],
  { cloneflags = 0 } = {},
): ChildProcess {
  const self = [...process.execArgv, MAIN, ...args];
  const options = { stdio, detached: true, cwd: "/" };
  if (isRootOfHost()) return spawn("/proc/self/exe", self, { ...options, cloneflags });
  // The others, it makes itself. There is no way back from this one: hooks are born in it, too
  if (cloneflags & CLONE_NEWPID) unshare(CLONE_NEWPID);
  return spawn("/proc/self/exe", self, options);
}

/**
 * Answers what a child says: at each word, something is done, and then it goes on.
 *
 * @param steps by the words, of which the last is "ready"
 * @throws {Error} what the child has failed with
 */
export async function converse(child: ChildProcess, steps: Record<string, () => void>) {
  if (child.pid === undefined) throw (await once(child, "error"))[0];
  const pipe = child.stdio[3] as Duplex;
  pipe.on("error", () => {}); // it has ended: so has its conversation
  for await (const text of pipe.setEncoding("utf8")) {
    const [word = "", ...rest] = String(text).split(" ");
    if (word === "error") throw new Error(rest.join(" "));
    steps[word]?.();
    if (word === "ready") return;
    pipe.write("go");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  throw new Error(`the container's process ended with ${child.signalCode ?? child.exitCode}`);
}
