import { existsSync } from "node:fs";
import path from "node:path";
import { isTerminal, mayOpenTerminal } from "./terminal.ts";

/** What user-mode Linux and the making of its disk need, and the Debian or Ubuntu package with it. */
const NEEDS: Record<string, string> = {
  "linux.uml": "user-mode-linux",
  mmdebstrap: "mmdebstrap",
  newuidmap: "uidmap",
  genext2fs: "genext2fs",
  "/usr/share/keyrings/debian-archive-keyring.gpg": "debian-archive-keyring",
};

const FOLDERS = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];

/** @throws when the lab cannot be opened here, with what to type instead */
export function requireHost(command: string[]): void {
  if (process.platform !== "linux" || process.arch !== "x64") {
    const here = `${process.platform} on ${process.arch}`;
    throw new Error(`needs Linux on x64, not ${here}: type "vagrant up", then "vagrant ssh"`);
  }
  if (command.length === 0 && !isTerminal()) {
    throw new Error('a shell needs a terminal: type "pnpm lab -- <command>"');
  }
  if (isTerminal() && !mayOpenTerminal()) {
    throw new Error(
      'this terminal is another user\'s: type "script -c bash /dev/null" for one of your own, then try again',
    );
  }
  const missing = Object.keys(NEEDS).filter((need) => !isThere(need));
  if (missing.length > 0) {
    const sudo = process.getuid?.() === 0 ? "" : "sudo ";
    const packages = missing.map((need) => NEEDS[need]).join(" ");
    throw new Error(`something is missing: type "${sudo}apt-get install ${packages}"`);
  }
}

function isThere(need: string): boolean {
  return need.startsWith("/")
    ? existsSync(need)
    : FOLDERS.some((folder) => existsSync(path.join(folder, need)));
}
