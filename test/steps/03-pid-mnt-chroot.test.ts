import { readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { childrenOf, mountsOf, namespaceOf, runStage, snapshot, ubuntuFs, until } from "host";
import { describe, expect, it } from "vitest";
import { checkFacts } from "../kit/check-facts.ts";
import { openHost } from "../kit/open-host.ts";
import { startStage } from "../kit/start-stage.ts";

const STAGE = "03-pid-mnt-chroot";

describe(STAGE, () => {
  checkFacts(STAGE);

  it("is process 1 in its PID namespace, and the command's parent", async () => {
    const host = await openHost();
    const { stdout, stderr } = await runStage(host, STAGE, "ps", "-o", "pid=,ppid=,args=");
    const [init, ps] = stdout.trim().split("\n");
    expect(stderr).toContain("Running child process [ps -o pid=,ppid=,args=] as 1\n");
    expect(init).toMatch(/^\s*1\s+0 \/proc\/self\/exe .* child ps -o/);
    expect(ps).toMatch(/^\s*\d+\s+1 ps -o/);
    expect(stdout.trim().split("\n")).toHaveLength(2);
  });

  it("starts the command in /, and there is no way up from there", async () => {
    const host = await openHost();
    const { stdout } = await runStage(host, STAGE, "sh", "-c", "pwd; cd ..; pwd; cd ../../..; ls");
    const [before, after, ...files] = stdout.trim().split("\n");
    expect([before, after]).toEqual(["/", "/"]);
    expect(files).toContain("ROOT_OF_CONTAINER");
  });

  it("has nothing mounted but /proc: nosuid, nodev, noexec", async () => {
    const host = await openHost();
    const { stdout } = await runStage(host, STAGE, "mount");
    expect(stdout).toBe("proc on /proc type proc (rw,nosuid,nodev,noexec,relatime)\n");
  });

  it("can be seen from the host: a process of its own there, with ubuntu-fs as its root", async () => {
    const host = await openHost();
    const container = await startStage(host, STAGE, "sleep", "1000");
    // Between fork and exec it is still node.
    const isSleep = (pid: number) => readFileSync(`/proc/${pid}/comm`, "utf8") === "sleep\n";
    const sleep = await until("sleep", () => childrenOf(container.child()).find(isSleep));
    expect(readlinkSync(`/proc/${sleep}/root`)).toBe(ubuntuFs);
    expect(readFileSync(`/proc/${sleep}/status`, "utf8")).toMatch(/^NSpid:\s+\d+\s+(?!1$)\d+$/m);
    for (const namespace of ["uts", "pid", "mnt"]) {
      expect(namespaceOf(sleep, namespace)).not.toBe(namespaceOf(host.pid, namespace));
    }
    for (const namespace of ["net", "ipc", "user", "cgroup"]) {
      expect(namespaceOf(sleep, namespace)).toBe(namespaceOf(host.pid, namespace));
    }
  });

  it("leaks its /proc into the mount table of a host whose / is shared, until it ends", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const container = await startStage(host, STAGE, "sh", "-c", "echo up; read line");
    await until("the command", () => container.stdout() === "up\n");
    expect(mountsOf(host)).toEqual([...before.mounts, path.join(ubuntuFs, "proc")]);
    container.endInput();
    await container.ended;
    expect(await snapshot(host)).toEqual(before);
  });

  it("leaks nothing into a host whose / is private", async () => {
    const host = await openHost({ propagation: "private" });
    const before = await snapshot(host);
    const container = await startStage(host, STAGE, "sh", "-c", "echo up; read line");
    await until("the command", () => container.stdout() === "up\n");
    expect(await snapshot(host)).toEqual(before);
  });
});
