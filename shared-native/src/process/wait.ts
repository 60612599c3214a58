import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { reportNotExecuted } from "../errors/not-executed.ts";
import { onEndingSignal } from "./ending-signals.ts";
import { inForeground, isInOurGroup } from "./foreground.ts";

/**
 * Waits for a child as a shell does. Passes a signal that asks this process to end on to the child,
 * and again after a second, as a PID 1 that has not yet set its handlers ignores it. Then sends
 * SIGTERM, and at last kills the child.
 *
 * @param child a process that has just been spawned
 * @param patience how long a child that was asked to end may take, in seconds
 * @returns its exit status: 128 + n after signal n, 127 when the command was not found, 126 when it
 *   could not be executed; these two also print a line. A real-time signal, of which Node does not
 *   tell, counts as 0
 */
export async function wait(child: ChildProcess, patience = 2): Promise<number> {
  let ending: NodeJS.Timeout | undefined;
  const stop = onEndingSignal((signal) => {
    // Ctrl-C and Ctrl-\ have reached the command already, and what they mean is for it to decide.
    const isKey = signal === "SIGINT" || signal === "SIGQUIT";
    if (isKey && inForeground() && isInOurGroup(child.pid ?? 0)) return;
    ending ??= end(child, signal, patience);
  });
  const status = await new Promise<number>((resolve) => {
    child.once("exit", (code, signal) => {
      resolve(signal === null ? (code ?? 0) : 128 + constants.signals[signal]);
    });
    child.once("error", (error) => resolve(reportNotExecuted(child.spawnfile, error)));
  });
  clearInterval(ending);
  stop();
  return status;
}

function end(child: ChildProcess, signal: NodeJS.Signals, patience: number): NodeJS.Timeout {
  let seconds = 0;
  child.kill(signal);
  return setInterval(() => {
    seconds += 1;
    // SIGTERM, as a child() in the background of a terminal has taken the other for its Ctrl-C: process
    // groups from outside of a PID namespace, its own and the one in the foreground, are all 0 in there
    const request = seconds === 1 ? signal : "SIGTERM";
    child.kill(seconds < patience ? request : "SIGKILL");
  }, 1000);
}
