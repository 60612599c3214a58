// docker run, without an engine: a bundle of one's own, with the root of all
// pnpm --filter 13-oci start <command> [args…]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { oneLineErrors, spawn, wait } from "shared-native";
import { makeRoot, writeConfig } from "./make-bundle.ts";

oneLineErrors();
const args = process.argv.slice(2);
if (!args[0] || args[0].startsWith("-")) {
  console.error("usage: pnpm --filter 13-oci start <command> [args…]");
  process.exit(2);
}
const root = makeRoot();
const folder = mkdtempSync(path.join(tmpdir(), "13-oci-"));
// The child of the runtime gets this as well, and starts in another directory
const typescript = path.resolve("../../shared-native/typescript.cjs");
// That of the package which pnpm starts: this stage, or what a student has written
const runtime = ["--import", typescript, path.resolve("src/main.ts"), "run", "--bundle", folder];
try {
  writeConfig(folder, args, root);
  const id = path.basename(folder);
  process.exitCode = await wait(
    spawn(process.execPath, [...runtime, id], { stdio: "inherit" }),
    12,
  );
} finally {
  rmSync(folder, { recursive: true });
}
