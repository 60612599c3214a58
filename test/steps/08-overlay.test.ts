import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import {
  changesFolder,
  changesOn,
  childrenOf,
  type Host,
  run,
  runStage,
  snapshot,
  ubuntuFs,
  until,
} from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const STAGE = "08-overlay";

/** Returns the directories of a host's containers, as this machine sees them. */
function directoriesOn(host: Host): string[] {
  return changesOn(host).map((name) => path.join(`/proc/${host.pid}/root`, changesFolder, name));
}

async function isGone(host: Host): Promise<void> {
  await until("the end of what was written", () => changesOn(host).length === 0);
}

describe(STAGE, () => {
  it("shows on the host what it has changed, and a whiteout for what it has deleted", async () => {
    const host = await openHost();
    const script = "echo mine >/root/note; rm /etc/group; echo up; read line";
    await startShell(host, STAGE, script);
    const [directory = ""] = directoriesOn(host);
    expect(readFileSync(path.join(directory, "upper/root/note"), "utf8")).toBe("mine\n");
    const whiteout = lstatSync(path.join(directory, "upper/etc/group"));
    expect([whiteout.isCharacterDevice(), whiteout.rdev]).toEqual([true, 0]);
    expect(readdirSync(path.join(ubuntuFs, "etc"))).toContain("group");
    expect(readdirSync(path.join(ubuntuFs, "root"))).not.toContain("note");
  });

  it("keeps twenty containers apart that write the same file at the same time", async () => {
    const host = await openHost();
    const words = Array.from({ length: 20 }, (_, index) => `container ${index}`);
    const script = 'echo "$0" >/note && sleep 1 && cat /note';
    const results = await Promise.all(
      words.map((word) => runStage(host, STAGE, "sh", "-c", script, word)),
    );
    expect(results.map(({ stdout }) => stdout)).toEqual(words.map((word) => `${word}\n`));
    expect(changesOn(host)).toEqual([]);
  });

  it("lets nobody but root of the host at what is written", async () => {
    const host = await openHost();
    await startShell(host, STAGE, "cp /bin/sh /shell; chmod 4755 /shell; echo up; read line");
    const [directory = ""] = directoriesOn(host);
    expect(lstatSync(directory).mode & 0o777).toBe(0o700);
    const shell = path.join(changesFolder, path.basename(directory), "upper/shell");
    // setpriv itself still has the rights of root: the shell has not
    const nobody = ["setpriv", "--reuid=54321", "--clear-groups", "sh", "-c"] as const;
    const { stderr } = await host.run(...nobody, '"$0" -c id', shell);
    expect(stderr).toMatch(/Permission denied/);
  });

  it("has a / that all its users may enter, whatever the umask", async () => {
    const host = await openHost();
    const [file = "", ...args] = host.enter(path.join(import.meta.dirname, "../../steps", STAGE));
    const { stdout } = await run([
      ...[file, ...args, "sh", "-c", 'umask 077; exec "$@"', "sh"],
      ...["pnpm", "--silent", "start", "stat", "-c", "%a %U", "/"],
    ]);
    expect(stdout).toBe("755 root\n");
  });

  it("removes it also when run() dies by SIGKILL, and while the command still writes", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const script = "echo up; while :; do mkdir -p /a/b/c; echo x >/a/b/c/d; rm -r /a; done";
    const container = await startShell(host, STAGE, script);
    process.kill(container.main, "SIGKILL");
    await isGone(host);
    expect(await snapshot(host)).toEqual(before);
  });

  it("removes it also when those that watch run() are killed", async () => {
    const host = await openHost();
    const container = await startShell(host, STAGE, "echo up; read line; exit 5");
    const watchers = childrenOf(container.main).filter((pid) => pid !== container.child());
    expect(watchers).toHaveLength(2);
    for (const pid of watchers) process.kill(pid, "SIGKILL");
    // Node reaps them when it notices
    await until("their end", () => !watchers.some((pid) => existsSync(`/proc/${pid}`)));
    container.endInput();
    expect(await container.ended).toMatchObject({ status: 5 });
    expect(changesOn(host)).toEqual([]);
  });

  it("removes what is deeper than any path can be", async () => {
    const host = await openHost();
    const name = "d".repeat(200);
    const script = `for i in $(seq 50); do mkdir ${name} && cd ${name} || exit 1; done; echo deep`;
    const { stdout, stderr, status } = await runStage(host, STAGE, "bash", "-c", script);
    expect({ stdout, status }, stderr).toEqual({ stdout: "deep\n", status: 0 });
    expect(changesOn(host)).toEqual([]);
  });

  it("goes into nothing that is mounted there, and says so", async () => {
    const host = await openHost();
    const precious = path.join(changesFolder, "precious");
    await host.run("sh", "-c", `mkdir ${precious} && echo kept >${precious}/file`);
    const container = await startShell(host, STAGE, "mkdir /mine; echo up; read line; exit 5");
    const [name = ""] = changesOn(host);
    const directory = path.join(changesFolder, name);
    // Of the same file system: rm --one-file-system would go on into it
    expect(await host.run("mount", "--bind", precious, `${directory}/upper/mine`)).toMatchObject({
      status: 0,
    });
    container.endInput();
    expect(await container.ended).toMatchObject({ status: 1 });
    expect(container.stderr()).toContain(
      `${STAGE}: ${directory} is left: unmount what is in there, then type "rm -r ${directory}"\n`,
    );
    expect((await host.run("cat", `${precious}/file`)).stdout).toBe("kept\n");
  });

  it("keeps what it writes on a disk as well as in a tmpfs", async () => {
    const host = await openHost();
    // What is there of this machine, below the host's own
    await host.run("umount", changesFolder);
    const { stdout } = await runStage(
      host,
      STAGE,
      "sh",
      "-c",
      "echo x >/note; rm -r /root; ls / | grep -c root",
    );
    expect(stdout).toBe("0\n");
  });

  it("is read-only with --read-only, also for who mounts a tmpfs in it", async () => {
    const script =
      "touch /note || mount -t tmpfs tmpfs /tmp && touch /tmp/note && ls /tmp; touch /run/note";
    const { stdout, stderr } = await runStage(
      await openHost(),
      `${STAGE} --read-only`,
      "bash",
      "-c",
      script,
    );
    expect(stdout).toBe("note\n");
    expect(stderr.match(/Read-only file system/g)).toHaveLength(2);
  });

  it.each([
    [
      "an image that is not there",
      "--image=none",
      1,
      /: there is no image none: type "pnpm rootfs --from <archive> --layers none"/,
    ],
    ["an option that is none", "--readonly", 2, /^usage: /m],
    ["an option without its value", "--image", 2, /^usage: .*--image=<name>/m],
  ])("says what to type for %s", async (_, option, status, line) => {
    const host = await openHost();
    const result = await runStage(host, `${STAGE} ${option}`, "true");
    expect(result).toMatchObject({ status, stdout: "", stderr: expect.stringMatching(line) });
    expect(changesOn(host)).toEqual([]);
  });

  it("says what to do where nothing can be written, as /var/tmp is an overlay itself", async () => {
    const host = await openHost();
    const cover = `cd ${changesFolder} && mkdir low up work && mount -t overlay -o lowerdir=low,upperdir=up,workdir=work overlay ${changesFolder}`;
    expect(await host.run("sh", "-c", cover)).toMatchObject({ status: 0 });
    const { status, stderr } = await runStage(host, STAGE, "true");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /: \/var\/tmp is on an overlay itself, .*: type "mount -t tmpfs tmpfs \/var\/tmp" \(EINVAL/,
    );
    await host.run("mount", "-t", "tmpfs", "tmpfs", changesFolder);
    expect(await runStage(host, STAGE, "true")).toMatchObject({ status: 0 });
  });

  it("takes a path with a colon, a comma and a space for an image", async () => {
    const folder = path.join("/tmp", `an image, with: all ${process.pid}`);
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(path.join(folder, "2"), { recursive: true });
    writeFileSync(path.join(folder, "2/note"), "above");
    await run(["ln", "-s", ubuntuFs, path.join(folder, "1")]);
    const host = await openHost();
    const stage = [
      ...host.enter(path.join(import.meta.dirname, "../../steps", STAGE)),
      "pnpm",
      "--silent",
      "start",
    ];
    const { stdout } = await run([...stage, `--image=${folder}`, "cat", "/note"]);
    expect(stdout).toBe("above");
  });
});
