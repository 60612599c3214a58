import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { CLONE_NEWNS, MS_PRIVATE, MS_REC, mount, umount, unshare } from "shared-native";

/** The layers of a root, each in a folder of its own. */
export interface Layers {
  /** Begins one more: what is written to the root from now on is in that. */
  next(): void;
  /** Takes away what is mounted, and returns the folder with the layers: "1" is the lowest. */
  finish(): string;
  close(): void;
}

/**
 * Keeps the layers of a root apart. The root becomes an overlay of those that are finished, and a new
 * one on top, as containerd does it: so the kernel itself makes its whiteouts of what is deleted.
 *
 * @param scratch a folder, with the root in "root"
 */
export function keepLayers(scratch: string): Layers {
  const uppers: string[] = [];
  let isMounted = false;
  // Mounts of this program alone, which end with it. (Only of its main thread: others do not write.)
  unshare(CLONE_NEWNS);
  mount("none", "/", null, MS_REC | MS_PRIVATE);

  const close = () => {
    if (isMounted) umount(join(scratch, "root"));
    isMounted = false;
  };
  return {
    next() {
      close(); // below the mount is the lowest layer
      const upper = `layer-${uppers.length + 2}`;
      for (const name of [upper, `${upper}.work`]) mkdirSync(join(scratch, name));
      const before = process.cwd();
      process.chdir(scratch); // relative paths, as ":" and "," have a meaning in the options
      const lower = [...uppers].reverse().concat("root").join(":");
      const data = `lowerdir=${lower},upperdir=${upper},workdir=${upper}.work`;
      mount("overlay", "root", "overlay", 0, data);
      isMounted = true;
      process.chdir(before);
      uppers.push(upper);
    },
    finish() {
      close();
      const folder = join(scratch, "layers");
      mkdirSync(folder);
      const all = ["root", ...uppers];
      for (const [index, name] of all.entries()) {
        // Of the same length, as they are sorted by name
        const number = String(index + 1).padStart(String(all.length).length, "0");
        renameSync(join(scratch, name), join(folder, number));
      }
      return folder;
    },
    close,
  };
}
