// docker run, without an engine: a bundle of one's own, with the root of all
// pnpm --filter 13-oci start <command> [args…]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { oneLineErrors } from "shared-native";
import { run } from "../commands/run.ts";
import { makeRoot, writeConfig } from "./make-bundle.ts";

oneLineErrors();
const args = process.argv.slice(2);
if (!args[0] || args[0].startsWith("-")) {
  console.error("usage: pnpm --filter 13-oci start <command> [args…]");
  process.exit(2);
}
const root = makeRoot();
const folder = mkdtempSync(path.join(tmpdir(), "13-oci-"));
// The child gets them as well, and starts in another directory
const repo = path.join(import.meta.dirname, "../../../..");
process.execArgv = ["--import", path.join(repo, "shared-native/typescript.cjs")];
try {
  writeConfig(folder, args, root);
  const id = path.basename(folder);
  await run({ command: "run", id, args: [], options: { "--bundle": folder } });
} finally {
  rmSync(folder, { recursive: true });
}
