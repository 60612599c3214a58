import { randomInt } from "node:crypto";
import { allProcesses, findByArguments, parentOf, repo, until } from "host";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { isRestricted, withoutRoot } from "../kit/without-root.ts";
import { openClass } from "./open-class.ts";

/** Refuses user namespaces in the one that it starts the command in: the setting has a value in each. */
const REFUSE = 'echo 0 >/proc/sys/user/max_user_namespaces && exec "$@"';
const IN_THERE = ["unshare", "--user", "--map-user=1000", "--keep-caps", "sh", "-c", REFUSE, "sh"];

describe.skipIf(isRestricted)("pnpm rootless", () => {
  it("makes ubuntu-fs without devices, and shows the host's in it; root makes it anew", async () => {
    const { host, shell } = await openClass();
    const { as, uid, rootless, start } = await withoutRoot(host);
    await shell(`rm -rf ubuntu-fs && chown ${uid}:${uid} .`);
    const device = ["test", "-c", "/dev/null"];
    const first = await host.run(...as, ...rootless, ...start("03-pid-mnt-chroot"), ...device);
    expect(first.status, first.stderr).toBe(0);
    const made = await shell("stat -c '%u %F' ubuntu-fs/dev/null");
    expect(made.stdout).toBe(`${uid} regular empty file\n`);
    const second = await host.run("pnpm", "-C", `${repo}/steps/03-pid-mnt-chroot`, "start", "true");
    expect(second.status, second.stderr).toBe(0);
    const anew = await shell("stat -c '%u %F' ubuntu-fs/dev/null");
    expect(anew.stdout).toBe("0 character special file\n");
  });

  it("is enough to check what a student has written, up to stage 04", async () => {
    const { host, shell, workshop } = await openClass();
    const { as, uid, rootless } = await withoutRoot(host);
    await workshop("practice", "04");
    await shell(
      `cp steps/04-unshare-proc/src/main.ts practice/04-unshare-proc/src && chown -R ${uid} practice`,
    );
    const check = ["pnpm", "-C", "/mnt/workshop", "workshop", "check", "04"];
    const { status, stdout, stderr } = await host.run(...as, ...rootless, ...check);
    expect(status, stdout + stderr).toBe(0);
  });

  it("ends with all that is in it, even when it is killed", async () => {
    const host = await openHost();
    const { as, rootless } = await withoutRoot(host);
    const sleep = ["sleep", String(1e6 + randomInt(1e6))];
    const find = () => findByArguments(allProcesses(), sleep);
    const ended = host.run(...as, ...rootless, ...sleep);
    const asleep = await until("the command", find, 60);
    const unshare = parentOf(asleep);
    process.kill(parentOf(unshare), "SIGKILL");
    await until("the end of the command", () => find() === undefined, 20);
    await ended;
  });
});

it("pnpm rootless says which setting refuses user namespaces, and what to type", async () => {
  const host = await openHost();
  const { as, rootless } = await withoutRoot(host);
  const { status, stdout, stderr } = await host.run(...as, ...IN_THERE, ...rootless, "true");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    /^error: only root may make user namespaces here: type "sudo sysctl --write user.max_user_namespaces=10000" \(unshare: .*\)\n$/,
  );
});

it("pnpm rootless says that a chroot has no user namespaces", async () => {
  const host = await openHost();
  const { as, rootless } = await withoutRoot(host);
  await host.run("mount", "--rbind", "/", "/srv");
  const { status, stderr } = await host.run("chroot", "/srv", ...as, ...rootless, "true");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^error: user namespaces are refused here, .* lab VM \(unshare: .*\)\n$/);
});
