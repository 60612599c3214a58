import { readFileSync } from "node:fs";
import path from "node:path";
import type { Host } from "host";
import { describe, expect, it } from "vitest";
import { evaluate } from "../kit/evaluate.ts";
import { openHost } from "../kit/open-host.ts";

describe("cgroupRoot", () => {
  it("gives the directory of the hierarchy that has the controller", async () => {
    const root = await evaluate(await openHost(), 'return native.cgroupRoot("pids")');
    const v2 = readFileSync("/proc/self/cgroup", "utf8").trim().split("\n").length === 1;
    expect(root).toBe(v2 ? "/sys/fs/cgroup" : "/sys/fs/cgroup/pids");
  });

  it("gives one in which a new cgroup has the controller's files", async () => {
    const body = `
      const cgroup = fs.mkdtempSync(native.cgroupRoot("pids") + "/container-");
      const files = fs.readdirSync(cgroup);
      native.removeCgroup(cgroup);
      return { has: files.includes("pids.max") && files.includes("cgroup.procs"), there: fs.existsSync(cgroup) };`;
    expect(await evaluate(await openHost(), body)).toEqual({ has: true, there: false });
  });

  it("follows the mount, wherever it is", async () => {
    const host = await openHost();
    const root = String(await evaluate(host, 'return native.cgroupRoot("pids")'));
    // A space, as the mount table writes it as "\\040".
    await host.run("mount", "-t", "tmpfs", "tmpfs", "/mnt");
    const elsewhere = path.join("/mnt", "c group");
    await host.run("mkdir", elsewhere);
    await host.run("mount", "--bind", root, elsewhere);
    await unmountCgroups(host);
    expect(await evaluate(host, 'return native.cgroupRoot("pids")')).toBe(elsewhere);
  });

  it("says so when there is no such controller", async () => {
    const host = await openHost();
    await unmountCgroups(host);
    const seen = await evaluate(host, 'return native.cgroupRoot("pids")');
    expect(seen).toMatchObject({
      error: { message: expect.stringMatching(/^no cgroup has the pids controller/) },
    });
  });
});

/** Takes the cgroup file systems away from a disposable host; the machine keeps its own. */
async function unmountCgroups(host: Host): Promise<void> {
  expect(await host.run("umount", "--recursive", "/sys/fs/cgroup")).toMatchObject({ status: 0 });
}
