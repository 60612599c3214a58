import { closeSync, constants, openSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Opens the FIFO from which the process of a container reads until somebody starts it.
 *
 * @returns a file descriptor, or undefined when nobody reads from it: the process has ended
 */
export function openStart(folder: string): number | undefined {
  try {
    return openSync(path.join(folder, "start"), constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENXIO") return undefined; // nobody has it open
    throw error;
  }
}

/**
 * Waits until a process that was started has become its program, or has ended: either closes its end.
 *
 * @throws {Error} why it could not
 */
export function waitForProgram(folder: string): void {
  for (let fd = openStart(folder); fd !== undefined; fd = openStart(folder)) {
    closeSync(fd);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2); // sleeps
  }
  const failure = readFileSync(path.join(folder, "failure"), "utf8");
  if (failure !== "") throw new Error(failure);
}
