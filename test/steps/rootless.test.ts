import { snapshot } from "host";
import { describe, expect, it } from "vitest";
import { stages } from "workshop/stages";
import { openHost } from "../kit/open-host.ts";
import { isRestricted, withoutRoot } from "../kit/without-root.ts";

describe.skipIf(isRestricted)("pnpm rootless", () => {
  it.each(stages.slice(0, 4))("lets an ordinary user run $name", async ({ name }) => {
    const host = await openHost();
    const { as, uid, rootless, start } = await withoutRoot(host);
    const before = await snapshot(host);
    const script = "hostname box && hostname && id -u && cat /proc/self/uid_map && exit 7";
    const line = [...rootless, ...start(name), "sh", "-c", script];
    const { status, stdout, stderr } = await host.run(...as, ...line);
    const seen = { status, stdout: stdout.replace(/ +/g, " ") };
    expect(seen, stderr).toEqual({ status: 7, stdout: `box\n0\n 0 ${uid} 1\n` });
    expect(await snapshot(host)).toEqual(before);
  });

  it.each([
    ["03-pid-mnt-chroot", 1],
    ["04-unshare-proc", 0],
  ])("is a host that sees, of the mounts of %s, %i", async (name, count) => {
    const host = await openHost();
    const { as, rootless, start } = await withoutRoot(host);
    const script = `coproc "$@" sh -c 'echo up; read line' && read up <&"\${COPROC[0]}" &&
      { grep -c ubuntu-fs/proc /proc/self/mountinfo; echo >&"\${COPROC[1]}"; wait; }`;
    const line = [...rootless, "bash", "-c", script, "bash", ...start(name)];
    const { stdout, stderr } = await host.run(...as, ...line);
    expect(stdout, stderr).toBe(`${count}\n`);
  });

  it("has no cgroups: stage 05 says so", async () => {
    const host = await openHost();
    const { as, rootless, start } = await withoutRoot(host);
    const line = [...rootless, ...start("05-cgroups"), "true"];
    const { status, stderr } = await host.run(...as, ...line);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^05-cgroups: this root lacks capabilities, .* \(EACCES: .*\)$/m);
  });
});
