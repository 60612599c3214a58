import { readdirSync } from "node:fs";
import { cgroupRoot } from "shared-native";
import { describe, expect, it } from "vitest";
import { rootedStages } from "workshop/host/folders";
import { isAlive, namespaceOf, processesIn } from "workshop/host/processes";
import { snapshot } from "workshop/host/snapshot";
import { openHost } from "./host/open-host.ts";
import { runStage } from "./host/run-stage.ts";

describe.each(rootedStages)("%s", (stage) => {
  it("runs 20 containers at once, each by itself", async () => {
    // Private, as what 03 leaks into a shared one gets stacked, and some of it stays: the course says why
    const host = await openHost("private");
    const before = await snapshot(host);
    const script = "echo $$ of $(ps -e | grep -c sh); hostname";
    const results = await Promise.all(
      Array.from({ length: 20 }, () => runStage(host, stage, "sh", "-c", script)),
    );
    for (const { status, stdout } of results) {
      expect(status).toBe(0);
      expect(stdout).toMatch(/^\d+ of \d+\ncontainer\n$/);
    }
    expect(await snapshot(host)).toEqual(before);
  }, 300_000);
});

describe("05-cgroups", () => {
  it("leaves no mount, cgroup, process or descriptor behind after 200 containers", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const descriptors = () => readdirSync("/proc/self/fd").length;
    const open = descriptors();
    const cgroups = new Set<string>();
    const uts = namespaceOf(host.pid, "uts") ?? "";
    for (let i = 0; i < 200; i++) {
      const { status, stdout } = await runStage(host, "05-cgroups", "cat", "/proc/self/cgroup");
      expect(status).toBe(0);
      cgroups.add(/\/(container-\w+)$/m.exec(stdout)?.[1] ?? "none");
    }
    expect(cgroups.size).toBe(200);
    expect(readdirSync(cgroupRoot("pids")).filter((name) => cgroups.has(name))).toEqual([]);
    expect(processesIn("uts", uts).filter(isAlive)).toEqual([host.pid]);
    expect(await snapshot(host)).toEqual(before);
    expect(descriptors()).toBe(open);
  }, 300_000);
});
