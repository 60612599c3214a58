import { type Host, repo, runStage } from "host";
import { describe, expect, it } from "vitest";
import { limited, rootedOnes } from "../kit/containers.ts";
import { layOverRepo } from "../kit/lay-over-repo.ts";
import { openHost } from "../kit/open-host.ts";

/** Takes ubuntu-fs away, on this host only. */
async function withoutUbuntuFs(host: Host): Promise<void> {
  await layOverRepo(host);
  const removed = await host.run("rm", "-rf", `${repo}/ubuntu-fs`, `${repo}/rootless-fs`);
  expect(removed).toMatchObject({ status: 0, stderr: "" });
}

describe.each(rootedOnes)("$name", ({ name: stage }) => {
  it("makes ubuntu-fs when there is none, then runs in it", async () => {
    const host = await openHost();
    await withoutUbuntuFs(host);
    const { status, stdout } = await runStage(host, stage, "ls", "/ROOT_OF_CONTAINER");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "/ROOT_OF_CONTAINER\n" });
  });

  it("says how to make ubuntu-fs when it cannot", async () => {
    const host = await openHost();
    await withoutUbuntuFs(host);
    // Started without pnpm's script, so nobody made it
    const script = `cd "$1" && node --import ../../shared-native/typescript.cjs src/main.ts run /bin/true`;
    const result = await host.run("sh", "-c", script, "sh", `${repo}/steps/${stage}`);
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(
      new RegExp(`^${stage}: there is no (ubuntu|rootless)-fs: type "pnpm root.*" \\(ENOENT`, "m"),
    );
    expect(result.stderr).not.toMatch(/^\s+at /m);
  });
});

describe.each(limited)("$name", ({ name }) => {
  const [stage] = name.split(" ");

  it("says so when no pids controller is mounted, before anything starts", async () => {
    const host = await openHost();
    await host.run("umount", "--recursive", "/sys/fs/cgroup");
    const { status, stdout, stderr } = await runStage(host, name, "echo", "started");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^${stage}: no cgroup has the pids controller: .+$`, "m"));
  });

  it("says so when the cgroups are read-only", async () => {
    const host = await openHost();
    const readOnly =
      "findmnt --raw -Rno TARGET /sys/fs/cgroup | while read m; do mount -o remount,bind,ro $m; done";
    await host.run("sh", "-c", readOnly);
    const { status, stderr } = await runStage(host, name, "true");
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^${stage}: the cgroups are read-only here.*EROFS`, "m"));
  });
});

describe("01-uts", () => {
  it("says so when the kernel has no such namespace", async () => {
    const host = await openHost();
    // /proc/<pid>/ns as such a kernel shows it, for this one process
    const script = `
      mount -t tmpfs tmpfs /proc/$$/ns && cd "$1" &&
      exec node --import ../../shared-native/typescript.cjs src/main.ts run /bin/true`;
    const { status, stderr } = await host.run("sh", "-c", script, "sh", `${repo}/steps/01-uts`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^01-uts: this kernel was built without uts namespaces: .*ENOENT/m);
  });

  it("says so when no more namespaces are allowed", async () => {
    const host = await openHost();
    const script = `
      echo 0 >/proc/sys/user/max_uts_namespaces && cd "$1" &&
      exec node --import ../../shared-native/typescript.cjs src/main.ts run /bin/true`;
    const user = ["unshare", "--user", "--map-root-user", "sh", "-c", script, "sh"] as const;
    const { status, stderr } = await host.run(...user, `${repo}/steps/01-uts`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^01-uts: there are too many namespaces: .*ENOSPC/m);
  });
});
