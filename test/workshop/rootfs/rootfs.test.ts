import { lstatSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "host";
import { describe, expect, it } from "vitest";
import { inside } from "./inside.ts";
import { makeRoot } from "./make-root.ts";
import { openFolder } from "./open-folder.ts";
import { rootfs, rootfsCommand } from "./rootfs.ts";

describe("pnpm rootfs", () => {
  it("makes a root in which the commands of the stages run", async () => {
    const script = `ps -o pid=,user=,comm= -p 1; hostname; id -un; free | grep -c Mem; sleep 0; mount
      which sh; egrep -c ^root: /etc/passwd; cat < <(echo substituted); TERM=xterm tput colors`;
    const { status, stderr, stdout } = await inside(await makeRoot(), script);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.replace(/ +/g, " ").trim().split("\n")).toEqual([
      "1 root bash",
      "container",
      "root",
      "1",
      "proc on /proc type proc (rw,relatime)",
      expect.stringMatching(/^(\/usr)?\/bin\/sh$/),
      "1",
      "substituted",
      "8",
    ]);
  });

  it("gives the prompt root@container:/# in it", async () => {
    const { stdout } = await inside(await makeRoot(), `bash -ic 'echo "\${PS1@P}"'`);
    expect(stdout).toBe("root@container:/# \n");
  });

  it("says on one line what it made, and nothing on standard output", async () => {
    const { stdout, stderr } = await rootfs(openFolder(), "--to", "root");
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^making root from this host\nroot: \d+\.\d MB from this host in \d+\.\d s\n$/,
    );
  });

  it("makes a /tmp for all, and the devices that programs expect", async () => {
    const root = await makeRoot();
    expect(statSync(path.join(root, "tmp")).mode & 0o7777).toBe(0o1777);
    for (const name of ["null", "zero", "full", "random", "urandom", "tty"]) {
      const device = lstatSync(path.join(root, "dev", name));
      expect(device.isCharacterDevice()).toBe(true);
      expect(device.rdev).toBe(statSync(path.join("/dev", name)).rdev);
      expect(device.mode & 0o777).toBe(0o666);
    }
  });

  it("copies no program that gives root's rights to whoever starts it", async () => {
    const { stdout } = await run(["find", await makeRoot(), "-type", "f", "-perm", "/6000"]);
    expect(stdout).toBe("");
  });

  it("lets every user of the container in, whatever the umask was", async () => {
    const folder = openFolder();
    await run(["sh", "-c", 'umask 077; exec "$@"', "sh", ...rootfsCommand(folder, "--to", "root")]);
    const nobody = "setpriv --reuid=65534 --clear-groups sh -c 'cd /tmp && ls / && > file; id -un'";
    const { stdout, stderr } = await inside(path.join(folder, "root"), nobody);
    expect(stderr).toBe("");
    expect(stdout).toContain("ROOT_OF_CONTAINER\n");
    expect(stdout).toMatch(/nobody\n$/);
  });

  it("replaces a root, and leaves nothing beside it", async () => {
    const root = await makeRoot();
    writeFileSync(path.join(root, "old"), "");
    const folder = path.dirname(root);
    expect(await rootfs(folder, "--to", "root")).toMatchObject({ status: 0 });
    expect(readdirSync(folder)).toEqual(["root"]);
    expect(readdirSync(root)).toContain("ROOT_OF_CONTAINER");
    expect(readdirSync(root)).not.toContain("old");
  });

  it("with --if-missing leaves a root alone, and says nothing", async () => {
    const root = await makeRoot();
    const before = statSync(root).ino;
    const result = await rootfs(path.dirname(root), "--to", "root", "--if-missing");
    expect(result).toEqual({ status: 0, signal: null, stdout: "", stderr: "" });
    expect(statSync(root).ino).toBe(before);
  });

  it.each(["--if-missing", "--from=host"])(
    "can run eight times at once, with %s",
    async (option) => {
      const folder = openFolder();
      const runs = Array.from({ length: 8 }, () => rootfs(folder, "--to", "root", option));
      for (const result of await Promise.all(runs)) expect(result).toMatchObject({ status: 0 });
      expect(readdirSync(folder)).toEqual(["root"]);
      expect(await inside(path.join(folder, "root"), "ps")).toMatchObject({ status: 0 });
    },
  );
});
