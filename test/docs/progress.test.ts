import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import loader from "docs/theme/progress.data.ts";
import { expect, it, onTestFinished, vi } from "vitest";

it("the course knows which stages have passed: their solutions are open, and their facts ticked", () => {
  expect(
    loader.load([fileWith({ "01-uts": { passed: "2026-01-01" }, "02-reexec": { held: 2 } })]),
  ).toEqual(["01-uts"]);
  expect(loader.load([])).toEqual([]);
});

it("a site that is built knows nothing of this machine's progress", () => {
  vi.stubEnv("NODE_ENV", "production");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(loader.load([fileWith({ "01-uts": { passed: "2026-01-01" } })])).toEqual([]);
});

function fileWith(progress: object): string {
  const folder = mkdtempSync(path.join(tmpdir(), "progress-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "progress.json");
  writeFileSync(file, JSON.stringify(progress));
  return file;
}
