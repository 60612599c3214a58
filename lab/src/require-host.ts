import { existsSync, readFileSync } from "node:fs";
import { release, userInfo } from "node:os";
import path from "node:path";
import type { Architecture } from "./architecture.ts";

/** Programs or files, each with Debian's package that has it. */
type Needs = Record<string, string>;

const isRoot = process.getuid?.() === 0;
const FOLDERS = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];

/** @throws {Error} when no machine can run here, with what to type instead */
export function requireForMachine({ program, package: from }: Architecture): void {
  if (process.platform === "win32") {
    throw new Error('pnpm lab runs on Linux and Mac: type "vagrant up", then "vagrant ssh"');
  }
  require({ [program]: from, "qemu-img": "qemu-utils" });
}

/** @throws {Error} when no disk can be made here, with what to type instead */
export function requireForDisk({ node, user }: Architecture): void {
  if (process.platform !== "linux") {
    throw new Error(
      'a disk is made on Linux: there, type "pnpm lab --save-disk <file>", and here "pnpm lab --load-disk <file>"',
    );
  }
  require({
    mmdebstrap: "mmdebstrap",
    genext2fs: "genext2fs",
    "/usr/share/keyrings/debian-archive-keyring.gpg": "debian-archive-keyring",
    ...(isRoot ? {} : { newuidmap: "uidmap" }),
    ...(node === process.arch ? {} : { [user]: "qemu-user-static" }),
  });
  if (node !== process.arch && !mayRegisterPrograms()) {
    throw new Error(
      'a disk for another architecture is made on Linux 6.7 or later: there, type "pnpm lab --save-disk <file>", and here "pnpm lab --load-disk <file>"',
    );
  }
  if (!isRoot && !hasIdRange()) {
    throw new Error(
      `you have no user numbers to lend: type "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${userName()}"`,
    );
  }
}

function require(needs: Needs): void {
  const missing = Object.keys(needs).filter((need) => !isThere(need));
  if (missing.length === 0) return;
  const packages = missing.map((need) => needs[need]).join(" ");
  if (process.platform === "darwin") throw new Error('QEMU is missing: type "brew install qemu"');
  const sudo = isRoot ? "" : "sudo ";
  if (isThere("apt-get")) {
    throw new Error(
      `something is missing: type "${sudo}apt-get install --no-install-recommends ${packages}"`,
    );
  }
  throw new Error(`${missing.join(", ")} missing: install what Debian has in ${packages}`);
}

function isThere(need: string): boolean {
  return need.startsWith("/")
    ? existsSync(need)
    : FOLDERS.some((folder) => existsSync(path.join(folder, need)));
}

/** Tells whether the kernel lets a user namespace register other architectures' programs. */
function mayRegisterPrograms(): boolean {
  const [major = 0, minor = 0] = release().split(".").map(Number);
  return major > 6 || (major === 6 && minor >= 7);
}

/** Tells whether newuidmap(1) may give this user the numbers of the users on the disk. */
function hasIdRange(): boolean {
  const owners = [userName(), String(process.getuid?.())];
  return ["/etc/subuid", "/etc/subgid"].every((file) => {
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    return lines.some((line) => owners.includes(line.split(":")[0] ?? ""));
  });
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.()); // a user without a name
  }
}
