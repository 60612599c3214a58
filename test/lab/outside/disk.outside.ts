import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repo, run } from "host";
import { expect, it } from "vitest";
import { DISK, openCache } from "./open-cache.ts";
import { startLab } from "./start-lab.ts";

it("keeps the disks that clones use, and deletes those that none uses", async () => {
  const home = await openCache();
  const [used, forgotten, unused] = ["a", "b", "c"].map((one) => `lab-amd64-${one.repeat(12)}`);
  for (const disk of [used, forgotten, unused]) mkdirSync(path.join(home.folder, `${disk}`));
  mkdirSync(path.join(home.folder, "clones"));
  const remember = (clone: string, text: string) =>
    writeFileSync(path.join(home.folder, "clones", clone), text);
  remember("another-clone", `${used}\n${repo}/docs\n`);
  remember("a-clone-that-is-gone", `${forgotten}\n/no/such/clone\n`);
  expect(await startLab(home, "--", "true").ended).toBe(0);
  const disks = readdirSync(home.folder).filter((name) => name.startsWith("lab-"));
  expect(disks.sort()).toEqual([used, DISK].sort());
});

it("hands its disk to another computer in one file of less than 1 GB", async () => {
  const [here, there] = [await openCache("disk"), await openCache("nothing")];
  const file = path.join(here.scratch, "lab.tar");
  expect(await startLab(here, "--save-disk", file).ended).toBe(0);
  expect((await run(["stat", "-c", "%s", file])).stdout.length).toBeLessThan("1000000000\n".length);
  expect(await startLab(there, "--load-disk", file).ended).toBe(0);
  const lab = startLab(there, "--", "uname", "-n");
  expect(await lab.ended).toBe(0);
  expect(lab.stdout()).toBe("lab\n");
  expect(lab.stderr()).not.toContain("making");
});
