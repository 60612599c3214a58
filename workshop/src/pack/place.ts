import { existsSync, lstatSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { SUMS } from "./sums.ts";

/** @throws {Error} when a pack cannot be made there, or would replace something else, with what to type */
export function checkPlace(target: string): void {
  const parent = path.dirname(target);
  if (!existsSync(parent) || !statSync(parent).isDirectory()) {
    throw new Error(`there is no folder ${parent}: is the stick there?`);
  }
  if (!existsSync(target)) return;
  if (!lstatSync(target).isDirectory()) {
    throw new Error(`${target} is not a folder: name one that is not there yet`);
  }
  if (statSync(target).dev !== statSync(parent).dev) {
    throw new Error(
      `${target} is a whole disk: type "pnpm workshop pack ${path.join(target, "workshop")}"`,
    );
  }
  if (readdirSync(target).length > 0 && !isPack(target)) {
    throw new Error(
      `${target} holds something else: type "pnpm workshop pack ${path.join(target, "workshop")}"`,
    );
  }
}

/** Tells whether a folder is a pack. */
export function isPack(folder: string): boolean {
  return [SUMS, "start"].every((name) => existsSync(path.join(folder, name)));
}

/** Moves a finished pack to its place. An old one that is there goes to `old`, or stays if that fails. */
export function placePack(pack: string, target: string, old: string): void {
  const replaces = existsSync(target);
  if (replaces) renameSync(target, old);
  try {
    renameSync(pack, target);
    // A file system in user space was seen to rename a folder without what is in it
    if (!isPack(target)) throw new Error(`${target} has lost its files: try another stick`);
  } catch (error) {
    if (replaces) {
      rmSync(target, { recursive: true, force: true });
      renameSync(old, target);
    }
    throw error;
  }
}
