import { describe, expect, it } from "vitest";
import { HOSTNAME, openHost } from "./host/open-host.ts";
import { namespaceOf } from "./host/processes.ts";
import { runStage } from "./host/run-stage.ts";
import { snapshot } from "./host/snapshot.ts";

const STAGE = "01-uts";

describe(STAGE, () => {
  it("starts the command in a new UTS namespace, and in no other new one", async () => {
    const host = await openHost();
    const { stdout } = await runStage(
      host,
      STAGE,
      "readlink",
      "/proc/self/ns/uts",
      "/proc/self/ns/pid",
      "/proc/self/ns/mnt",
    );
    const [uts, pid, mnt] = stdout.trim().split("\n");
    expect(uts).toMatch(/^uts:\[\d+\]$/);
    expect(uts).not.toBe(namespaceOf(host.pid, "uts"));
    expect(pid).toBe(namespaceOf(host.pid, "pid"));
    expect(mnt).toBe(namespaceOf(host.pid, "mnt"));
  });

  it("looks like the host: the hostname is the same", async () => {
    const host = await openHost();
    const { stdout } = await runStage(host, STAGE, "hostname");
    expect(stdout).toBe(`${HOSTNAME}\n`);
  });

  it("keeps a hostname that is set inside from the host", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const { stdout } = await runStage(host, STAGE, "sh", "-c", "hostname inside && hostname");
    expect(stdout).toBe("inside\n");
    expect(await snapshot(host)).toEqual(before);
  });
});
