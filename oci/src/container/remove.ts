import { log } from "../log.ts";
import { processesIn, removeCgroups } from "./cgroups.ts";
import { runHooks } from "./hooks.ts";
import { send } from "./signals.ts";
import { type Container, forget, publicState, startTimeOf, statusOf } from "./state.ts";

/** Removes a container with what was made for it. Hooks that fail are only told of. */
export function removeContainer(
  folder: string,
  container: Container,
  options: Record<string, string>,
): void {
  killAndWait(container);
  // In a PID namespace that is not its own, others of it may have outlived it
  for (const pid of processesIn(container.cgroups)) send(pid, "SIGKILL");
  removeCgroups(container.cgroups);
  const state = { ...publicState(container), status: "stopped" };
  forget(folder);
  for (const hook of container.hooks?.poststop ?? []) {
    try {
      runHooks("poststop", [hook], state);
    } catch (error) {
      log("warning", (error as Error).message, options);
    }
  }
}

function killAndWait(container: Container) {
  const { pid, startTime } = container;
  if (pid === 0 || statusOf(container) === "stopped") return;
  send(pid, "SIGKILL");
  for (let tries = 0; startTimeOf(pid) === startTime; tries++) {
    if (tries === 1000) throw new Error(`process ${pid} does not end, though it was killed`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10); // sleeps
  }
}
