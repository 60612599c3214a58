import path from "node:path";
import { mountsOf, namespaceOf, runStage, snapshot, ubuntuFs } from "host";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const STAGE = "03-pid-mnt-chroot";

describe(STAGE, () => {
  it("is process 1 in its PID namespace, and the command's parent", async () => {
    const host = await openHost();
    const { stdout, stderr } = await runStage(host, STAGE, "ps", "-o", "pid=,ppid=,args=");
    const [init, ps] = stdout.trim().split("\n");
    expect(stderr).toContain("Running child process [ps -o pid=,ppid=,args=] as 1\n");
    expect(init).toMatch(/^\s*1\s+0 \/proc\/self\/exe .* child ps -o/);
    expect(ps).toMatch(/^\s*\d+\s+1 ps -o/);
    expect(stdout.trim().split("\n")).toHaveLength(2);
  });

  it("has nothing mounted but /proc: nosuid, nodev, noexec", async () => {
    const host = await openHost();
    const { stdout } = await runStage(host, STAGE, "mount");
    expect(stdout).toBe("proc on /proc type proc (rw,nosuid,nodev,noexec,relatime)\n");
  });

  it("shares the other namespaces with its host", async () => {
    const host = await openHost();
    const container = await startShell(host, STAGE);
    for (const namespace of ["net", "ipc", "user", "cgroup"]) {
      expect(namespaceOf(container.child(), namespace)).toBe(namespaceOf(host.pid, namespace));
    }
  });

  it("leaks its /proc into the mount table of a host whose / is shared, until it ends", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const container = await startShell(host, STAGE);
    expect(mountsOf(host)).toEqual([...before.mounts, path.join(ubuntuFs, "proc")]);
    container.endInput();
    await container.ended;
    expect(await snapshot(host)).toEqual(before);
  });

  it("leaks nothing into a host whose / is private", async () => {
    const host = await openHost({ propagation: "private" });
    const before = await snapshot(host);
    const _container = await startShell(host, STAGE);
    expect(await snapshot(host)).toEqual(before);
  });
});
