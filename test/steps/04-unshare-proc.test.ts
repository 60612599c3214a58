import { readFileSync } from "node:fs";
import { childrenOf, snapshot, until } from "host";
import { describe, expect, it } from "vitest";
import { checkFacts } from "../kit/check-facts.ts";
import { openHost } from "../kit/open-host.ts";
import { startStage } from "../kit/start-stage.ts";

const STAGE = "04-unshare-proc";

describe(STAGE, () => {
  checkFacts(STAGE);

  it("changes nothing on a host whose / is shared, while it runs", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const container = await startStage(host, STAGE, "sh", "-c", "mount; read line");
    await until("the command", () => container.stdout().startsWith("proc on /proc type proc"));
    expect(await snapshot(host)).toEqual(before);
  });

  it("has private mounts only, while those of the host stay shared", async () => {
    const host = await openHost();
    const container = await startStage(host, STAGE, "sh", "-c", "echo up; read line");
    await until("the command", () => container.stdout() === "up\n");
    const [command = 0] = childrenOf(container.child());
    expect(readFileSync(`/proc/${command}/mountinfo`, "utf8")).not.toContain(" shared:");
    expect(readFileSync(`/proc/${container.main}/mountinfo`, "utf8")).toContain(" shared:");
  });
});
