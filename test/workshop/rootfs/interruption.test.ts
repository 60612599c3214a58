import { readdirSync, statSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { spawn } from "@lydell/node-pty";
import { repo, until } from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeRoot } from "./make-root.ts";
import { openFolder } from "./open-folder.ts";
import { rootfs } from "./rootfs.ts";
import { startRootfs } from "./start-rootfs.ts";

describe("pnpm rootfs, interrupted,", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("leaves nothing after %s", async (signal) => {
    const folder = openFolder();
    const run = await startRootfs(folder, "--to", "root");
    run.kill(signal);
    expect(await run.ended).toBe(128 + constants.signals[signal]);
    expect(run.stderr()).toBe(`making root from this host\nerror: interrupted by ${signal}\n`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves the old root as it was", async () => {
    const root = await makeRoot();
    const before = statSync(root).ino;
    const run = await startRootfs(path.dirname(root), "--to", "root");
    run.kill("SIGTERM");
    run.kill("SIGTERM");
    await run.ended;
    expect(readdirSync(path.dirname(root))).toEqual(["root"]);
    expect(statSync(root).ino).toBe(before);
  });

  it("by SIGKILL, never leaves half a root, and the next run clears up", async () => {
    const folder = openFolder();
    const run = await startRootfs(folder, "--to", "root");
    await until("the beginning of a root", () => readdirSync(folder).length > 0);
    run.kill("SIGKILL");
    await run.ended;
    expect(readdirSync(folder)).toEqual([`.root.${run.pid}`]);
    expect(await rootfs(folder, "--to", "root")).toMatchObject({ status: 0 });
    expect(readdirSync(folder)).toEqual(["root"]);
  });

  it("shows a spinner on a terminal, and leaves nothing after Ctrl-C", async () => {
    const folder = openFolder();
    // In CI there would be no spinner.
    const command = ["-u", "CI", "pnpm", "rootfs", "--to", path.join(folder, "root")];
    const terminal = spawn("env", command, { cwd: repo });
    const ended = new Promise((resolve) => terminal.onExit(resolve));
    onTestFinished(async () => {
      terminal.kill("SIGTERM");
      await ended;
    });
    let screen = "";
    terminal.onData((text) => {
      screen += text;
    });
    await until("the spinner", () => /[⠋⠙⠹⠸]\S* making root/.test(screen));
    terminal.write("\x03");
    await ended;
    expect(screen).toContain("error: interrupted by SIGINT");
    expect(readdirSync(folder)).toEqual([]);
  });
});
