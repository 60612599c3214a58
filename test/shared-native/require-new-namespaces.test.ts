import { expect, it } from "vitest";
import { evaluate } from "../kit/evaluate.ts";
import { openHost } from "../kit/open-host.ts";

const CHILD = `import { CLONE_NEWNS, CLONE_NEWUTS, requireNewNamespaces } from "shared-native";
  requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWNS)`;

/** Starts a child as `run` does, from a main thread that has stayed in the new namespaces. */
const START = `
  const { spawnSync } = await import("node:child_process");
  const node = [...process.execArgv.slice(0, 2), "--input-type=module", "-e", ${JSON.stringify(CHILD)}];
  return spawnSync(process.execPath, node, { encoding: "utf8" }).stderr.match(/Error: .*/)?.[0];`;

it("goes on while the parent's main thread is still in the new namespaces", async () => {
  const unshare = "native.unshare(native.CLONE_NEWUTS | native.CLONE_NEWNS);";
  expect(await evaluate(await openHost(), unshare + START)).toBe(null);
});

it("refuses when one of the namespaces is the parent's", async () => {
  const refusal = "Error: child: the mount namespace is the host's";
  const unshare = "native.unshare(native.CLONE_NEWUTS);";
  expect(await evaluate(await openHost(), unshare + START)).toContain(refusal);
});
