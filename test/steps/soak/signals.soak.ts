import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { namespaceOf, processesIn, snapshot, stageFolder } from "host";
import { describe, expect, it } from "vitest";
import { limited } from "../../kit/containers.ts";
import { openHostWithCgroups } from "./own-cgroups.ts";

describe.each(limited)("$name", ({ name }) => {
  const [stage = "", ...options] = name.split(" ");

  it("leaves nothing behind, at whatever moment of 120 starts it is asked to end", async () => {
    const { host, cgroups } = await openHostWithCgroups();
    const before = await snapshot(host);
    const uts = namespaceOf(host.pid, "uts") ?? "";
    for (let i = 0; i < 120; i++) {
      const signal = (["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const)[i % 4] ?? "SIGTERM";
      const [file = "", ...args] = [
        ...host.enter(stageFolder(stage)),
        ...[
          "node",
          "--import",
          "shared-native/typescript.cjs",
          "src/main.ts",
          "run",
          ...options,
          "sleep",
          "1000",
        ],
      ];
      const run = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"] });
      // From when run() says its first line, as before there is nothing to clean up, evenly to when
      // the command runs
      await once(run.stderr, "data");
      await sleep(2 * i);
      run.kill(signal);
      await once(run, "close");
      expect({ i, signal, cgroups: cgroups() }).toEqual({ i, signal, cgroups: [] });
    }
    expect(processesIn("uts", uts)).toEqual([host.pid]);
    expect(await snapshot(host)).toEqual(before);
  });
});
