import { lchownSync, statSync } from "node:fs";
import path from "node:path";

/** Gives a file or folder that root has made to the owner of the folder that it is in. */
export function giveToOwnerOfFolder(file: string): void {
  if (process.geteuid?.() !== 0) return;
  const { uid, gid } = statSync(path.dirname(file));
  lchownSync(file, uid, gid);
}
