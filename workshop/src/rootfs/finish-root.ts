import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MARKER } from "../requirements/root-file-system.ts";
import { runTool } from "./run-tool.ts";

/** The major and minor numbers of the devices that programs take for granted. */
const DEVICES = {
  null: "1 3",
  zero: "1 5",
  full: "1 7",
  random: "1 8",
  urandom: "1 9",
  tty: "5 0",
};

/** The links of every container: bash needs them for `<(command)`. */
const LINKS = { fd: "fd", stdin: "fd/0", stdout: "fd/1", stderr: "fd/2" };

const ACCOUNTS = {
  passwd: "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n",
  group: "root:x:0:\ntty:x:5:\nnogroup:x:65534:\n",
};

/**
 * Gives any root what every container needs, whatever its source had: /proc, /tmp, devices, names
 * for root, and, last, the marker. In a root from a tar file, anything may be a symbolic link that
 * leads out to the host, so nothing is written through one.
 */
export async function finishRoot(root: string): Promise<void> {
  chmodSync(root, 0o755);
  for (const name of ["proc", "tmp", "dev", "etc"]) makeFolder(join(root, name));
  chmodSync(join(root, "tmp"), 0o1777);

  for (const [name, numbers] of Object.entries(DEVICES)) {
    const path = join(root, "dev", name);
    rmSync(path, { recursive: true, force: true });
    const isMade = runTool("mknod", ["--mode=666", path, "c", ...numbers.split(" ")]);
    // Only the machine's root may: `pnpm rootless` mounts the host's device on such a file
    await isMade.catch(() => writeFileSync(path, ""));
  }
  for (const [name, target] of Object.entries(LINKS)) {
    const path = join(root, "dev", name);
    rmSync(path, { recursive: true, force: true });
    symlinkSync(`/proc/self/${target}`, path);
  }
  for (const [name, lines] of Object.entries(ACCOUNTS)) {
    const path = join(root, "etc", name);
    if (!lstatSync(path, { throwIfNoEntry: false })) writeFileSync(path, lines);
  }
  const marker = join(root, MARKER);
  rmSync(marker, { recursive: true, force: true });
  writeFileSync(marker, "");
}

function makeFolder(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  rmSync(path, { force: true });
  mkdirSync(path);
}
