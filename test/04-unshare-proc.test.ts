import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openHost } from "./host/open-host.ts";
import { childrenOf } from "./host/processes.ts";
import { runStage } from "./host/run-stage.ts";
import { snapshot } from "./host/snapshot.ts";
import { startStage } from "./host/start-stage.ts";
import { until } from "./host/until.ts";

const STAGE = "04-unshare-proc";

describe(STAGE, () => {
  it("keeps its /proc from a host whose / is shared", async () => {
    const host = await openHost("shared");
    const before = await snapshot(host);
    const container = await startStage(host, STAGE, "sh", "-c", "mount; read line");
    await until("the command", () => container.stdout().startsWith("proc on /proc type proc"));
    expect(await snapshot(host)).toEqual(before);
  });

  it("has private mounts only, while those of the host stay shared", async () => {
    const host = await openHost("shared");
    const container = await startStage(host, STAGE, "sh", "-c", "echo up; read line");
    await until("the command", () => container.stdout() === "up\n");
    const [command = 0] = childrenOf(container.child());
    expect(readFileSync(`/proc/${command}/mountinfo`, "utf8")).not.toContain(" shared:");
    expect(readFileSync(`/proc/${container.main}/mountinfo`, "utf8")).toContain(" shared:");
  });

  it("sees its own processes only, and has ubuntu-fs as its root", async () => {
    const host = await openHost();
    const { stdout } = await runStage(host, STAGE, "sh", "-c", "ps -o pid= -p 1; ls /");
    expect(stdout).toMatch(/^\s*1\n/);
    expect(stdout).toContain("ROOT_OF_CONTAINER\n");
  });
});
