import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { childrenOf, until } from "host";
import { expect, it } from "vitest";
import { openCache, untilNothingIsLeft } from "./open-cache.ts";
import { startLab, UP } from "./start-lab.ts";

it("boots once for two that start at the same time", async () => {
  const home = await openCache("disk");
  const labs = [startLab(home, "--", "echo", "one"), startLab(home, "--", "echo", "two")];
  for (const lab of labs) expect(await lab.ended).toBe(0);
  expect(labs.map((lab) => lab.stdout())).toEqual(["one\n", "two\n"]);
  const said = labs.map((lab) => lab.stderr()).join("");
  expect(said.match(/booting/g)).toHaveLength(1);
  expect(said).toContain("waiting for another pnpm lab");
  expect(home.states()).toHaveLength(1);
});

it("says so when the machine does nothing while it boots, with its last lines", async () => {
  const home = await openCache("disk");
  const lab = startLab(home, ...UP);
  await until("its disk", () => home.making().some((one) => existsSync(`${one}/disk.qcow2`)));
  const machine = await until("the machine", () =>
    childrenOf(lab.pid).find((pid) => nameOf(pid).startsWith("qemu-system")),
  );
  process.kill(machine, "SIGSTOP");
  expect(await lab.ended).toBe(1);
  expect(lab.stderr()).toMatch(
    /^lab: the machine said nothing for 90 s: try again, .* Its last lines:$/m,
  );
  await untilNothingIsLeft(home);
});

it("deletes a saved state that does not work, and says so", async () => {
  const home = await openCache("disk");
  expect(await startLab(home, "--", "true").ended).toBe(0);
  writeFileSync(path.join(home.states()[0] ?? "", "memory"), "no memory");
  const spoilt = startLab(home, "--", "true");
  expect(await spoilt.ended).toBe(1);
  expect(spoilt.stderr()).toContain("saved state did not work and is deleted: try again");
  expect(home.states()).toEqual([]);
  expect(await startLab(home, "--", "true").ended).toBe(0);
});

function nameOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, "utf8");
}
