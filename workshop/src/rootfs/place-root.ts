import { renameSync } from "node:fs";
import { join } from "node:path";
import { findContainer } from "../containers/processes-in.ts";
import { hasDevices } from "../requirements/root-file-system.ts";
import { checkTarget } from "./check-target.ts";

/** The number of attempts: more than a class starts at once. */
const ATTEMPTS = 100;

/**
 * Moves a finished root to `target`, in one step: nobody ever sees half of it. A root that is
 * there is moved into `scratch` first, unless `keep` says that it may stay.
 *
 * @returns true if it was moved
 */
export function placeRoot(root: string, target: string, scratch: string, keep: boolean): boolean {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(root, target);
      return true;
    } catch (error) {
      // A folder is there, and is not empty (XFS says EEXIST). A run beside this one may have
      // put it there, and may do so again.
      const { code = "" } = error as NodeJS.ErrnoException;
      if (!/^(ENOTEMPTY|EEXIST)$/.test(code) || attempt === ATTEMPTS) throw error;
    }
    if (keep && hasDevices(target)) return false;
    moveAway(target, join(scratch, `old-${attempt}`));
  }
}

function moveAway(target: string, old: string): void {
  checkTarget(target);
  try {
    renameSync(target, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return; // a run beside this one did it
    throw error;
  }
  // A container may have started after the check. Now none can start there any more.
  if (findContainer(old)) {
    renameSync(old, target);
    throw new Error(`a container has just started in ${target}: end it, then try again`);
  }
}
