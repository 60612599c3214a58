import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "host";
import { expect } from "vitest";
import { writeSums } from "workshop/pack/sums";
import { writeStart } from "workshop/pack/write-start";

/** The commit of a small pack. */
const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** Makes a pack whose files are small: the script on top of it is the real one. */
export async function makeSmallPack(folder: string): Promise<void> {
  const site = path.join(folder, "site");
  mkdirSync(site, { recursive: true });
  for (const page of ["index", "lab"]) writeFileSync(path.join(site, `${page}.html`), page);
  const archive = ["-czf", path.join(folder, "course.tar.gz"), "--remove-files", "-C", site, "."];
  expect(await run(["tar", ...archive])).toMatchObject({ status: 0 });
  writeFileSync(path.join(folder, "packages-x64.tar"), "0123456789");
  writeFileSync(path.join(folder, "box-<b>bold.box"), "box");
  const { signal } = new AbortController();
  await writeSums(folder, signal);
  await writeStart(folder, COMMIT, signal);
}
