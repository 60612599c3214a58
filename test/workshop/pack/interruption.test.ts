import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { collect, until } from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { processesAt } from "../../kit/processes-at.ts";
import { type Clone, openClone } from "./open-clone.ts";

/** Starts to make a pack in a place without a network, and returns when it wants the packages. */
async function start({ host, command, temporary }: Clone) {
  const [file = "", ...args] = [
    ...[...host.enter(), "unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"],
    ...command("new", "--lab", "none"),
  ];
  const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const stderr = collect(child.stderr);
  const shows = (what: string) => () => `${what}; it says: ${stderr()}`;
  await until(shows("the step"), () => stderr().includes("4/8"));
  await until(shows("an install"), () =>
    processesAt(temporary).some((each) => /frozen/.test(each)),
  );
  return { child, ended, stderr };
}

describe("pnpm workshop pack, interrupted,", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("leaves nothing after %s", async (signal) => {
    const clone = await openClone();
    const { child, ended, stderr } = await start(clone);
    child.kill(signal);
    expect(await ended).toEqual([128 + constants.signals[signal], null]);
    expect(stderr()).toContain(`\nerror: interrupted by ${signal}\n`);
    expect([readdirSync(clone.folder), readdirSync(clone.temporary)]).toEqual([[], []]);
    expect(processesAt(clone.temporary)).toEqual([]);
  });

  it("leaves an old pack as it was", async () => {
    const clone = await openClone();
    const old = path.join(clone.folder, "new");
    mkdirSync(old);
    for (const name of ["SHA256SUMS", "start"]) writeFileSync(path.join(old, name), "old");
    const { child, ended } = await start(clone);
    child.kill("SIGTERM");
    await ended;
    expect(readdirSync(clone.folder)).toEqual(["new"]);
    expect(readdirSync(old)).toEqual(["SHA256SUMS", "start"]);
  });

  it("by SIGKILL, never leaves half a pack, and the next run clears up", async () => {
    const clone = await openClone();
    const first = await start(clone);
    first.child.kill("SIGKILL");
    await first.ended;
    expect(readdirSync(clone.folder)).toEqual([`.new.${first.child.pid}`]);
    // It gets SIGTERM, and as long as it writes there, nobody can delete the folder
    await until("the end of its pnpm", () => processesAt(clone.temporary).length === 0);
    const next = await start(clone);
    next.child.kill("SIGTERM");
    await next.ended;
    expect([readdirSync(clone.folder), readdirSync(clone.temporary)]).toEqual([[], []]);
  });
});
