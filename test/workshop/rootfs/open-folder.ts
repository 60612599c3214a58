import { mkdtempSync } from "node:fs";
import path from "node:path";
import { repo, run } from "host";
import { onTestFinished } from "vitest";

/**
 * Makes an empty folder for the roots of one test, and deletes it at the test's end. It is in the
 * repo, as ubuntu-fs is: /tmp is without devices on many systems.
 */
export function openFolder(): string {
  const folder = mkdtempSync(path.join(repo, ".ubuntu-fs.test-"));
  onTestFinished(async () => {
    await run(["rm", "-rf", "--one-file-system", folder]);
  });
  return folder;
}
