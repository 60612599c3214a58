import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { childrenOf, thisHost, until } from "host";
import { expect, it } from "vitest";
import { startShell } from "../../kit/start-shell.ts";

it("stops the article's fork bomb at pids.max, and the host goes on", async () => {
  const bomb = "exec bash -c 'echo up; :() { : | : & }; :; read line'";
  const container = await startShell(thisHost, "05-cgroups", bomb);

  const command = childrenOf(container.child())[0];
  const [, name = ""] = readFileSync(`/proc/${command}/cgroup`, "utf8").trim().split("::");
  const cgroup = path.join("/sys/fs/cgroup", name);
  const read = (file: string) => readFileSync(path.join(cgroup, file), "utf8");
  await until("forks that fail", () => Number(/^max (\d+)$/m.exec(read("pids.events"))?.[1]) > 20);
  expect(Number(read("pids.current"))).toBeLessThanOrEqual(10);
  expect(await thisHost.run("echo", "alive")).toMatchObject({ stdout: "alive\n", status: 0 });

  process.kill(container.main, "SIGTERM");
  await container.ended;
  expect(existsSync(cgroup)).toBe(false);
});
