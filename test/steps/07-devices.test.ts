import { existsSync, readFileSync } from "node:fs";
import { runStage } from "host";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const STAGE = "07-devices";

/** Mounts, where the kernel has what they show, with flags and options as `runc spec` writes them. */
const MOUNTS: [point: string, type: string, options: string][] = [
  ["/dev", "tmpfs", "rw,nosuid,mode=755,size=65536k"],
  ["/dev/pts", "devpts", "rw,nosuid,noexec,mode=620,ptmxmode=666"],
  ["/dev/shm", "tmpfs", "rw,nosuid,nodev,noexec,size=65536k"],
  ["/dev/mqueue", "mqueue", "rw,nosuid,nodev,noexec"],
  ["/sys", "sysfs", "ro,nosuid,nodev,noexec"],
  ["/proc", "proc", "rw,nosuid,nodev,noexec"],
  ["/proc/bus", "proc", "ro,nosuid,nodev,noexec"],
  ["/proc/fs", "proc", "ro,nosuid,nodev,noexec"],
  ["/proc/irq", "proc", "ro,nosuid,nodev,noexec"],
  ["/proc/sys", "proc", "ro,nosuid,nodev,noexec"],
  ["/proc/sysrq-trigger", "proc", "ro,nosuid,nodev,noexec"],
];

/** Lines to type in the container, and what they print. */
const DEVICES: [file: string, script: string, printed: RegExp][] = [
  ["null", "echo gone >/dev/null && wc -c </dev/null", /^0$/m],
  ["zero", "head -c 1000 /dev/zero | tr -d '\\0' | wc -c", /^0$/m],
  ["full", "bash -c 'echo >/dev/full'", /No space left on device/],
  ["random", "head -c 16 /dev/random | wc -c", /^16$/m],
  ["urandom", "head -c 16 /dev/urandom | wc -c", /^16$/m],
  ["fd", "bash -c 'cat <(echo a pipe)'", /^a pipe$/m],
  ["stderr", "(echo out >/dev/stderr) 2>&1 | cat", /^out$/m],
  ["shm", "echo kept >/dev/shm/name && cat /dev/shm/name", /^kept$/m],
  ["mqueue", "touch /dev/mqueue/name && cat /dev/mqueue/name", /^QSIZE:0/m],
  ["tty, where there is no terminal", "cat /dev/tty", /No such device or address/],
  ["no console, where there is no terminal", "ls /dev/console", /No such file/],
];

describe(STAGE, () => {
  it("has the mounts of a container, as runc makes them", async () => {
    const container = await startShell(await openHost(), STAGE);
    const lines = readFileSync(`/proc/${container.child()}/mounts`, "utf8").split("\n");
    const mounts = lines.map((line) => line.split(" "));
    for (const [point, type, options] of MOUNTS.filter(([each]) => existsSync(each))) {
      const [, , actual, having = ""] = mounts.findLast(([, each]) => each === point) ?? [];
      expect(actual, point).toBe(type);
      expect(having.split(","), point).toEqual(expect.arrayContaining(options.split(",")));
    }
  });

  it.each(DEVICES)("has in /dev what does its work: %s", async (_, script, printed) => {
    const { stdout, stderr } = await runStage(await openHost(), STAGE, "sh", "-c", script);
    expect(stdout + stderr).toMatch(printed);
  });
});
