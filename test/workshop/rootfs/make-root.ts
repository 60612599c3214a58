import path from "node:path";
import { expect } from "vitest";
import { openFolder } from "./open-folder.ts";
import { rootfs } from "./rootfs.ts";

/** Makes a root from this host, in a folder of its own, and returns its path. */
export async function makeRoot(): Promise<string> {
  const folder = openFolder();
  expect(await rootfs(folder, "--to", "root")).toMatchObject({ status: 0 });
  return path.join(folder, "root");
}
