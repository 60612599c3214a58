import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { copyPath } from "./copy-path.ts";
import { copyPrograms } from "./copy-programs.ts";
import { hostPrograms } from "./host-programs.ts";
import type { Build } from "./source.ts";

/** The folders that a root has, whatever is in them. */
const FOLDERS = ["etc", "home", "mnt", "opt", "root", "run", "srv", "sys", "tmp", "var/log"];

const FILES = {
  // Debian's bash reads the first, every bash the second.
  "etc/bash.bashrc": "PS1='\\u@\\h:\\w\\$ '\n",
  "root/.bashrc": "PS1='\\u@\\h:\\w\\$ '\n",
  // Or the C library may look for names in services that a container does not run.
  "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
  "etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
};

const TERMINFO = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"];

/** Makes a small root out of the host's own programs: offline, in less than a second. */
export async function fromHost({ root }: Build): Promise<void> {
  for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(root, path), text);
  await copyPrograms(root, hostPrograms());
  for (const path of [...terminfo(), "/etc/os-release"]) if (existsSync(path)) copyPath(root, path);
}

/** Lists the descriptions of common terminals, and of the one in use, for `top`, `less` and `clear`. */
function terminfo(): string[] {
  return TERMINFO.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => {
        const name = basename(path);
        return /\/(dumb|linux|screen|tmux|vt\d|xterm)/.test(path) || name === process.env.TERM;
      })
      .map((path) => join(folder, path)),
  );
}
