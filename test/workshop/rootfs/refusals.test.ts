import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Outcome, run } from "host";
import { describe, expect, it } from "vitest";
import { letNobodyIn } from "../../kit/let-nobody-in.ts";
import { openHost } from "../../kit/open-host.ts";
import { makeRoot } from "./make-root.ts";
import { openFolder } from "./open-folder.ts";
import { rootfs, rootfsCommand } from "./rootfs.ts";

/** Checks that a run did nothing but say in one line why. */
function expectRefusal({ status, stdout, stderr }: Outcome, reason: string | RegExp): void {
  expect(stderr).toMatch(reason);
  expect(stderr).toMatch(/^(making root from .*\n)?error: .*\n$/);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
}

describe("pnpm rootfs refuses, and says why,", () => {
  it.each([
    ["--from hots", "--from hots: choose host, docker, debootstrap, or a .tar file"],
    ["--from constructor", "--from constructor: choose host, docker, debootstrap"],
    ["--from missing.tar", /--from .*\/missing.tar: no such file/],
    ["--from .", /--from .*: not a file/],
    ["--from text.tar", "This does not look like a tar archive"],
    ["--suite noble", "--suite is for --from docker or --from debootstrap"],
    ["--from docker --suite a/b", "--suite a/b: a release is a name or number"],
    ["--nonsense", "unknown option '--nonsense'"],
    ["--to missing/root", "no such file or directory"],
    ["--to text.tar", "is not a folder: move it away"],
    ["--to link", "is a symbolic link"],
    ["--to full", "has no ROOT_OF_CONTAINER, so it may be something else: move it away"],
    ["--to /", "has no ROOT_OF_CONTAINER, so it may be something else: move it away"],
  ])("%s", async (line, reason) => {
    const folder = openFolder();
    writeFileSync(path.join(folder, "text.tar"), "text");
    symlinkSync("full", path.join(folder, "link"));
    mkdirSync(path.join(folder, "full/inner"), { recursive: true });
    expectRefusal(await rootfs(folder, "--to", "root", ...line.split(" ")), reason);
    expect(readdirSync(folder).sort()).toEqual(["full", "link", "text.tar"]);
    expect(readdirSync(path.join(folder, "full"))).toEqual(["inner"]);
  });

  it("while a container runs in the old root", async () => {
    const root = await makeRoot();
    const before = statSync(root).ino;
    const again = rootfsCommand(path.dirname(root), "--to", "root");
    const script =
      'chroot "$0" sleep 60 & while kill -0 $! && ! grep -q sleep /proc/$!/comm; do sleep 0.1; done; "$@"; status=$?; kill $!; exit $status';
    const result = await run(["unshare", "--mount", "sh", "-c", script, root, ...again]);
    expectRefusal(result, /a container runs in .*\/root \(sleep, PID \d+\): end it, try again/);
    expect(statSync(root).ino).toBe(before);
  });

  it("while something is mounted in it, also where its path has a space", async () => {
    const folder = openFolder();
    await rootfs(folder, "--to", "a root");
    const again = rootfsCommand(folder, "--to", "a root");
    const script = 'mount -t tmpfs none "$0" && exec "$@"';
    const proc = path.join(folder, "a root/proc");
    const result = await run(["unshare", "--mount", "sh", "-c", script, proc, ...again]);
    expectRefusal(result, `something is mounted there: type "umount ${proc}", then try again`);
  });

  it.each([
    ["nodev", "is mounted with nodev: put this repo on a plain Linux disk"],
    ["noexec", "is mounted with noexec: put this repo on a plain Linux disk"],
    ["size=4M", /the disk of .* is full: make room, try again/],
  ])("on a file system with %s", async (option, reason) => {
    const folder = openFolder();
    // What it leaves there is seen from within the mount namespace only.
    const script = `mount -t tmpfs -o ${option} none "$0" || exit; "$@"; status=$?; ls -A "$0"; exit $status`;
    const command = rootfsCommand(folder, "--to", "root");
    expectRefusal(
      await run(["unshare", "--mount", "sh", "-c", script, folder, ...command]),
      reason,
    );
  });

  it("on a host without ps, naming the package that has it", async () => {
    const folder = openFolder();
    const hidden = path.join(folder, "hidden");
    // A character device 0, 0 in the upper layer of an overlay hides the file below.
    const script = `mkdir "$0" && mknod "$0/ps" c 0 0 && ps=$(realpath "$(command -v ps)") &&
      mount -t overlay -o lowerdir="$0:\${ps%/ps}" none "\${ps%/ps}" && exec "$@"`;
    const command = rootfsCommand(folder, "--to", "root");
    const result = await run(["unshare", "--mount", "sh", "-c", script, hidden, ...command]);
    expectRefusal(result, 'this host has no ps: type "apt-get install procps"');
  });

  it("to work for anybody but root, and says what to type", async () => {
    const host = await openHost();
    const nobody = await letNobodyIn(host);
    const pnpm = ["pnpm", "--silent", "--dir", `${nobody.repo}/workshop`, "rootfs", "--to", "root"];
    const [file = "", ...args] = [...nobody.as, ...pnpm];
    const again = '"sudo env PATH=$PATH pnpm rootfs --to root"';
    const rootless = '"pnpm rootless" first, for stages 1 to 4';
    expectRefusal(await host.run(file, ...args), `this needs root: type ${again}, or ${rootless}`);
  });

  it("without a Docker engine, and says how to start one", async () => {
    const folder = openFolder();
    const command = rootfsCommand(folder, "--to", "root", "--from", "docker");
    const result = await run(command, {
      env: { ...process.env, DOCKER_HOST: "unix:///nonexistent" },
    });
    expectRefusal(
      result,
      /no Docker engine answers: type "systemctl start docker"|no docker here: type "apt-get install docker.io"/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
