import { readFileSync } from "node:fs";
import { namespaceOf, runStage, snapshot, until } from "host";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const STAGE = "02-reexec";

describe(STAGE, () => {
  it("changes nothing on its host", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const { stdout } = await runStage(host, STAGE, "hostname");
    expect(stdout).toBe("container\n");
    expect(await snapshot(host)).toEqual(before);
  });

  it("runs itself again, through /proc/self/exe, in the new namespace", async () => {
    const host = await openHost();
    const container = await startShell(host, STAGE);
    const child = readFileSync(`/proc/${container.child()}/cmdline`, "utf8").split("\0");
    expect(child[0]).toBe("/proc/self/exe");
    expect(child).toContain("child");
    expect(container.stderr()).toContain(
      `Running child process [sh -c echo up; read line] as ${container.child()}\n`,
    );
    await until(
      "run() to be back on the host",
      () => namespaceOf(container.main, "uts") === namespaceOf(host.pid, "uts"),
    );
    expect(namespaceOf(container.child(), "uts")).not.toBe(namespaceOf(host.pid, "uts"));
  });
});
