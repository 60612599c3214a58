import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repo, run } from "host";
import { expect, onTestFinished } from "vitest";

/** Clones the repo: nothing is installed in there. It is deleted when the test ends. */
export async function cloneRepo(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "clone-"));
  onTestFinished(async () => {
    await run(["rm", "-rf", "--one-file-system", folder]);
  });
  const files = "git -c safe.directory='*' ls-files -z --cached --others --exclude-standard";
  const script = `cd "$1" && ${files} | xargs -0 cp --parents -t "$2"`;
  expect(await run(["bash", "-c", script, "bash", repo, folder])).toMatchObject({ status: 0 });
  return folder;
}
