import type { CommandLine } from "../command-line.ts";
import { removeContainer } from "../container/remove.ts";
import { folderOf, forget, isThere, load, statusOf } from "../container/state.ts";

/** Removes a container that has stopped; with --force, stops it first. */
export function remove(line: CommandLine): void {
  const force = "--force" in line.options;
  const folder = folderOf(line);
  // For who forces it, one that is not there is what was asked for
  if (force && !isThere(line)) {
    forget(folder);
    return;
  }
  const container = load(line);
  const status = statusOf(container);
  if (status !== "stopped" && !force) {
    throw new Error(`cannot delete container ${line.id} that is not stopped: it is ${status}`);
  }
  removeContainer(folder, container, line.options);
}
