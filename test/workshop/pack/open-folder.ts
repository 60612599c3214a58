import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "host";
import { onTestFinished } from "vitest";

/** Makes an empty folder for one test, and deletes it at the test's end. */
export function openFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "pack-test-"));
  onTestFinished(async () => {
    await run(["rm", "-rf", "--one-file-system", folder]);
  });
  return folder;
}
