import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Host, repo, run, snapshot } from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { hasOwnCgroup } from "workshop/facts/cgroup";
import { hidesCgroups } from "workshop/facts/limits";
import { rootedStages } from "workshop/stages";
import { openHostWithCgroups } from "./own-cgroups.ts";

describe("two users of one machine, each with a clone of their own", () => {
  it("do not meet: from the first start, which installs, to 20 containers of each stage", async () => {
    const { host, cgroups } = await openHostWithCgroups();
    const before = await snapshot(host);
    const users = await Promise.all([openUser("ada"), openUser("grace")]);
    const seen = await Promise.all(users.map((user) => work(host, user)));
    expect(seen.flat()).toHaveLength(2 * rootedStages.length * 20);
    const names = seen
      .flat()
      .map((text) => /container-\w+/.exec(text)?.[0])
      .filter(Boolean);
    // From stage 10 on, a container sees its cgroup as "/"
    const limited = rootedStages.filter(
      ({ facts }) => facts.includes(hasOwnCgroup) && !facts.includes(hidesCgroups),
    );
    expect(new Set(names).size).toBe(2 * 20 * limited.length);
    expect(cgroups()).toEqual([]);
    expect(await snapshot(host)).toEqual(before);
  });
});

interface User {
  name: string;
  clone: string;
}

async function openUser(name: string): Promise<User> {
  const clone = mkdtempSync(path.join(tmpdir(), `${name}-`));
  onTestFinished(() => rmSync(clone, { recursive: true, force: true }));
  const { status, stderr } = await run(["git", "clone", "--quiet", repo, clone]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return { name, clone };
}

/** Runs containers one after the other, and returns what each said. */
async function work(host: Host, { name, clone }: User): Promise<string[]> {
  const start = (stage: string, ...command: string[]) =>
    run([...host.enter(clone), "pnpm", "--silent", "--dir", `steps/${stage}`, "start", ...command]);
  await start("05-cgroups", "true");
  writeFileSync(path.join(clone, "ubuntu-fs/owner"), `${name}\n`);
  const said: string[] = [];
  for (const { name: stage } of rootedStages) {
    for (let i = 0; i < 20; i++) {
      const { stdout, stderr } = await start(stage, "cat", "/owner", "/proc/self/cgroup");
      expect({ stdout, stderr }).toMatchObject({ stdout: expect.stringMatching(`^${name}\n`) });
      said.push(stdout);
    }
  }
  expect(readdirSync(path.join(clone, "ubuntu-fs/proc"))).toEqual([]);
  return said;
}
