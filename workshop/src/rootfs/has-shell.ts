import { lstatSync } from "node:fs";
import { resolveInside } from "./image/resolve-inside.ts";

/** Tells whether a folder can be a root: hardly anything works in one without a shell. */
export function hasShell(root: string): boolean {
  return ["bin/sh", "bin/bash"].some((name) => {
    try {
      return lstatSync(resolveInside(root, name), { throwIfNoEntry: false })?.isFile();
    } catch {
      return false; // links in a circle
    }
  });
}
