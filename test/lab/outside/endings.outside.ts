import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { repo, run, until } from "host";
import { expect, it } from "vitest";
import { openCache, untilNothingIsLeft } from "./open-cache.ts";
import { startLab, UP } from "./start-lab.ts";

const ENDINGS = [
  ["SIGINT", 130],
  ["SIGHUP", 129],
  ["SIGTERM", 143],
  ["SIGKILL", "SIGKILL"],
] as const;

it.each(ENDINGS)("leaves nothing when it gets %s while a command runs", async (signal, status) => {
  const home = await openCache();
  const lab = startLab(home, ...UP);
  await until("the command", () => lab.stdout() === "up\n");
  lab.kill(signal);
  expect(await lab.ended).toBe(status);
  await untilNothingIsLeft(home);
});

it.each(ENDINGS.slice(-2))(
  "leaves nothing when it gets %s while it boots",
  async (signal, status) => {
    const home = await openCache("disk");
    const lab = startLab(home, ...UP);
    await until("the machine", () => home.making().some((one) => existsSync(`${one}/disk.qcow2`)));
    lab.kill(signal);
    expect(await lab.ended).toBe(status);
    await untilNothingIsLeft(home);
  },
);

it.each([
  ["SIGKILL", "Debian's packages", "var/lib/dpkg", "SIGKILL"],
  ["SIGTERM", "pnpm's packages", "workshop/node_modules/.pnpm", 143],
] as const)(
  "leaves nothing when it gets %s while its disk gets %s",
  async (signal, what, file, status) => {
    const home = await openCache("nothing");
    const lab = startLab(home, ...UP);
    const isThere = (name: string) => existsSync(path.join(home.scratch, name, file));
    await until(what, () => readdirSync(home.scratch).some(isThere), 300);
    lab.kill(signal);
    expect(await lab.ended).toBe(status);
    await untilNothingIsLeft(home);
  },
);

it("loses nothing to rm -rf / inside: neither the repo nor the next lab", async () => {
  const home = await openCache();
  const before = Date.now() / 1000;
  const script = "rm -rf --no-preserve-root / 2>/dev/null; echo over; ls /workshop/README.md";
  const spoilt = startLab(home, "--", "bash", "-c", script);
  expect(await spoilt.ended).toBe(127); // there is no ls any more
  expect(spoilt.stdout()).toBe("over\n");

  const find = ["find", repo, "-name", "node_modules", "-prune", "-o", "-newerct", `@${before}`];
  expect((await run([...find, "-print"])).stdout).toBe("");
  expect(await startLab(home, "--", "ls", "/workshop/README.md").ended).toBe(0);
  expect(home.leftovers()).toEqual([]);
});

it("leaves nothing of a fork bomb inside when it ends", async () => {
  const home = await openCache();
  const bomb = "bomb() { bomb | bomb & }; bomb; echo up; exec sleep 1000";
  const lab = startLab(home, "--", "bash", "-c", bomb);
  await until("the bomb", () => lab.stdout() === "up\n");
  lab.kill("SIGTERM");
  expect(await lab.ended).toBe(143);
  await untilNothingIsLeft(home);
});
