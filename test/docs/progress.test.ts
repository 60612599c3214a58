import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { passedStages } from "docs/build/serve-progress.ts";
import { expect, it, onTestFinished } from "vitest";

it("the course knows which stages have passed, to open their solutions", () => {
  const progress = { "01-uts": { passed: "2026-01-01" }, "02-reexec": { held: 2 } };
  expect(passedStages(fileWith(JSON.stringify(progress)))).toEqual(["01-uts"]);
});

it("it knows of none where nobody has checked anything, or the file is being written", () => {
  expect(passedStages("/none")).toEqual([]);
  expect(passedStages(fileWith('{ "01-uts": { "pas'))).toEqual([]);
});

function fileWith(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "progress-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "progress.json");
  writeFileSync(file, text);
  return file;
}
