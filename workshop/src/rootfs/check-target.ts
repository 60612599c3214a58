import { lstatSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readMountinfo } from "shared-native";
import { isBelow } from "../containers/is-below.ts";
import { findContainer } from "../containers/processes-in.ts";
import { isRootFileSystem, MARKER, topLayer } from "../requirements/root-file-system.ts";

/** @throws {Error} when what is at `target` must not be replaced, with what to do instead */
export function checkTarget(target: string): void {
  const folder = join(realpathSync(dirname(target)), basename(target));
  try {
    checkKind(folder);
    checkUse(folder);
  } catch (error) {
    // There is nothing, or a run beside this one has just moved it away.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function checkKind(folder: string): void {
  const stat = lstatSync(folder);
  if (stat.isSymbolicLink()) {
    throw new Error(`${folder} is a symbolic link: type "rm ${folder}", then try again`);
  }
  if (!stat.isDirectory()) {
    throw new Error(`${folder} is not a folder: move it away, then try again`);
  }
  if (readdirSync(folder).length > 0 && !isRootFileSystem(folder)) {
    throw new Error(`${folder} has no ${MARKER}, so it may be something else: move it away`);
  }
}

function checkUse(folder: string): void {
  const mount = readMountinfo().findLast(({ mountPoint }) => isBelow(mountPoint, folder));
  if (mount) {
    throw new Error(
      `something is mounted there: type "umount ${mount.mountPoint}", then try again`,
    );
  }
  const container = findContainer(topLayer(folder));
  if (container) {
    const { command, pid } = container;
    throw new Error(`a container runs in ${folder} (${command}, PID ${pid}): end it, try again`);
  }
}
