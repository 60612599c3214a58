import { closeSync, constants, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import type { CommandLine } from "../command-line.ts";
import { runHooks } from "../container/hooks.ts";
import { removeContainer } from "../container/remove.ts";
import { folderOf, load, publicState, save, statusOf } from "../container/state.ts";

/** Starts the program of a container that was created. */
export function start(line: CommandLine): void {
  const container = load(line);
  const folder = folderOf(line);
  const status = statusOf(container);
  if (status !== "created") {
    throw new Error(`cannot start a container in the ${status} state: it has to be created`);
  }
  if (!container.hasProcess)
    throw new Error("cannot start a container: config.json has no process");
  const fifo = path.join(folder, "start");
  const fd = openForWriting(fifo);
  if (fd === undefined) throw new Error("cannot start a container that has ended");
  container.status = "running";
  save(folder, container);
  writeSync(fd, "x");
  closeSync(fd);
  waitUntilNobodyReads(fifo);
  const failure = readFileSync(path.join(folder, "failure"), "utf8");
  if (failure !== "") throw new Error(failure);
  try {
    runHooks("poststart", container.hooks?.poststart, publicState(container));
  } catch (error) {
    removeContainer(folder, container, line.options);
    throw error;
  }
}

/** Waits until the child has become the program, or has ended: either closes its end. */
function waitUntilNobodyReads(fifo: string) {
  for (let fd = openForWriting(fifo); fd !== undefined; fd = openForWriting(fifo)) {
    closeSync(fd);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2); // sleeps
  }
}

function openForWriting(fifo: string): number | undefined {
  try {
    return openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENXIO") return undefined; // nobody has it open
    throw error;
  }
}
