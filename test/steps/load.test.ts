import { readdirSync } from "node:fs";
import { isAlive, namespaceOf, processesIn, runStage, snapshot, until } from "host";
import { cgroupRoot } from "shared-native";
import { describe, expect, it } from "vitest";
import { hasOwnCgroup } from "workshop/facts/cgroup";
import { hidesCgroups } from "workshop/facts/limits";
import { enclosed, isRootless, rootlessHasLimit } from "../kit/containers.ts";
import { openHost } from "../kit/open-host.ts";

// 50 at once, and 1,000 one after the other: pnpm test:soak
describe.each(enclosed)("$name", ({ name, facts }) => {
  it("leaves no mount, cgroup or process behind after 20 containers at once", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const uts = namespaceOf(host.pid, "uts") ?? "";
    const script = "hostname; cat /proc/self/cgroup";
    const results = await Promise.all(
      Array.from({ length: 20 }, () => runStage(host, name, "sh", "-c", script)),
    );
    expect(results.filter(({ status }) => status !== 0)).toEqual([]);
    const cgroups = results.map(({ stdout }) => /\/(container-\w+)$/m.exec(stdout)?.[1] ?? stdout);
    // From stage 10 on, a container sees its cgroup as "/"
    const seesOwn = isRootless(name)
      ? rootlessHasLimit
      : facts.includes(hasOwnCgroup) && !facts.includes(hidesCgroups);
    expect(new Set(cgroups).size).toBe(seesOwn ? 20 : 1);
    expect(readdirSync(cgroupRoot("pids")).filter((name) => cgroups.includes(name))).toEqual([]);
    const others = () => processesIn("uts", uts).filter((pid) => isAlive(pid) && pid !== host.pid);
    await until("the end of what pnpm had started", () => others().length === 0);
    expect(await snapshot(host)).toEqual(before);
  }, 300_000);
});
