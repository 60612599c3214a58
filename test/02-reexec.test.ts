import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openHost } from "./host/open-host.ts";
import { namespaceOf } from "./host/processes.ts";
import { runStage } from "./host/run-stage.ts";
import { snapshot } from "./host/snapshot.ts";
import { startStage } from "./host/start-stage.ts";
import { until } from "./host/until.ts";

const STAGE = "02-reexec";

describe(STAGE, () => {
  it("names the container without renaming the host", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const { stdout } = await runStage(host, STAGE, "hostname");
    expect(stdout).toBe("container\n");
    expect(await snapshot(host)).toEqual(before);
  });

  it("runs itself again, through /proc/self/exe, in the new namespace", async () => {
    const host = await openHost();
    const container = await startStage(host, STAGE, "sh", "-c", "echo up; read line");
    await until("the command", () => container.stdout() === "up\n");
    const child = readFileSync(`/proc/${container.child()}/cmdline`, "utf8").split("\0");
    expect(child[0]).toBe("/proc/self/exe");
    expect(child).toContain("child");
    expect(container.stderr()).toContain(
      `Running child process [sh -c echo up; read line] as ${container.child()}\n`,
    );
    expect(namespaceOf(container.main, "uts")).toBe(namespaceOf(host.pid, "uts"));
    expect(namespaceOf(container.child(), "uts")).not.toBe(namespaceOf(host.pid, "uts"));
  });

  it("still shows the processes of the host", async () => {
    const host = await openHost();
    const { stdout } = await runStage(host, STAGE, "ps", "-o", "pid=", "-p", String(host.pid));
    expect(stdout.trim()).toBe(String(host.pid));
  });
});
