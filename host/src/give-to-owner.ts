import { lchownSync, lstatSync, statSync } from "node:fs";
import path from "node:path";

/** Gives a file or folder that root has made to the owner of the folder that it is in. */
export function giveToOwnerOfFolder(file: string): void {
  if (process.geteuid?.() !== 0) return;
  const { uid, gid } = statSync(path.dirname(file));
  // On a stick with FAT, all is one owner's, and some drivers refuse to be asked
  if (lstatSync(file).uid !== uid) lchownSync(file, uid, gid);
}
