import { spawn } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { childrenOf, collect, type Host, repo, runStage, snapshot, until } from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { evaluate } from "../kit/evaluate.ts";
import { layOverRepo } from "../kit/lay-over-repo.ts";
import { openHost } from "../kit/open-host.ts";
import { RANGE, rootlessUser } from "../kit/rootless-user.ts";
import { isRestricted } from "../kit/without-root.ts";
import { runOn } from "./surroundings/run-on.ts";

/** Makes rootless-fs, where nobody has done that yet. */
const WITH_IMAGE = `
  cd "$repo" && { test -e rootless-fs/ROOT_OF_CONTAINER ||
    pnpm --silent rootless -- pnpm --silent -w rootfs --to rootless-fs >/dev/null 2>&1; }`;

/** Gives the user $1 a cgroup in $2, as systemd does, and becomes a command in there. */
const DELEGATE = `
  given="$2/given"; mkdir "$given" && chown -R "$1" "$given" && echo 0 >"$given/cgroup.procs" && shift 2 && exec "$@"`;

/** Takes the program away from a host. */
const WITHOUT_NEWUIDMAP = `
  mount -t tmpfs tmpfs /media && mkdir /media/upper /media/work &&
  mount -t overlay -o lowerdir=/usr/bin,upperdir=/media/upper,workdir=/media/work overlay /usr/bin &&
  rm -f /usr/bin/newuidmap`;

const hasPasta = existsSync("/usr/bin/pasta");
const hasSlirp = existsSync("/usr/bin/slirp4netns");

/** Opens a host with an ordinary user, who runs stage 12. */
async function open(range?: number, hasImage?: boolean) {
  const host = await openHost();
  const { as, uid, start } = await rootlessUser(host, range, hasImage);
  const line = [...as, ...start("12-rootless")] as [string, ...string[]];
  return { host, uid, line, run: (...command: string[]) => host.run(...line, ...command) };
}

/** Starts a container that says "up" when its script has run, and then waits. */
async function startUp(host: Host, line: string[], script: string) {
  const [file = "", ...args] = [...host.enter(), ...line, "sh", "-c", `${script}\necho up\nread x`];
  const pnpm = spawn(file, args, { stdio: "pipe" });
  onTestFinished(() => void pnpm.stdin.destroy());
  const [stdout, stderr] = [collect(pnpm.stdout), collect(pnpm.stderr)];
  const ended = new Promise<number | null>((resolve) => pnpm.on("close", resolve));
  await until(stderr, () => stdout().includes("up\n"), 90);
  const main = Number(/^Running main process .*? as (\d+)$/ms.exec(stderr())?.[1]);
  // The watcher and unshare(1), which has one child: process 1
  const [command = 0] = childrenOf(main)
    .flatMap(childrenOf)
    .filter((pid) => nsPid(pid) === "1");
  return { pnpm, main, command, stdout, stderr, ended };
}

const nsPid = (pid: number) =>
  /^NSpid:.*\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
const folders = (host: Host) => globSync(`/proc/${host.pid}/root/var/tmp/container-*`);

describe.skipIf(isRestricted)("12-rootless", () => {
  it("is started by an ordinary user, who is root only inside", async () => {
    const { host, uid, run } = await open(undefined, false);
    const before = await snapshot(host);
    const script = "id -u; hostname; cat /proc/self/uid_map; test -e /ROOT_OF_CONTAINER; exit $?7";
    const { status, stdout, stderr } = await run("sh", "-c", script);
    const told = { status, stdout: stdout.replaceAll(/ +/g, " ") };
    expect(told, stderr).toEqual({ status: 7, stdout: `0\ncontainer\n 0 ${uid} 1\n` });
    expect(await snapshot(host)).toEqual(before);
  });

  it("is somebody's where root starts it in somebody's clone, as the image is", async () => {
    const host = await openHost();
    await layOverRepo(host);
    await host.run("sh", "-c", `cd "$0" && rm -rf rootless-fs && chown 65534:65534 .`, repo);
    const script = "cat /proc/self/uid_map; rm -r /opt /etc/group && mkdir /opt";
    const { status, stdout, stderr } = await runStage(host, "12-rootless", "sh", "-c", script);
    const map = stdout.trim().split(/ +/);
    expect({ status, map }, stderr).toEqual({ status: 0, map: ["0", "65534", "1"] });
  });

  it("seen from the host, is a process of that user's, and no Node", async () => {
    const { host, uid, line } = await open();
    const { command, stdout } = await startUp(host, line, "id -u");
    expect(stdout()).toBe("0\nup\n");
    const status = readFileSync(`/proc/${command}/status`, "utf8");
    expect(status).toMatch(RegExp(`^Uid:(\t${uid}){4}$`, "m"));
    expect(status).toMatch(/^Name:\tsh$/m);
  });

  it("lets root inside write everywhere, and delete what the image has", async () => {
    const { run } = await open();
    const script = "echo one >/etc/one && rm -r /usr/lib/os-release /etc/group && ls /etc/one";
    const { status, stdout, stderr } = await run("sh", "-c", script);
    expect({ status, stdout }, stderr).toEqual({ status: 0, stdout: "/etc/one\n" });
  });

  it("has other users with a range in /etc/subuid, and leaves no file of theirs", async () => {
    const { host, line } = await open(RANGE);
    const script = "mkdir -p /var/of-5/in && chown -R 5:5 /var/of-5 && chmod 700 /var/of-5";
    const { pnpm, ended, stderr } = await startUp(host, line, script);
    const [folder] = folders(host);
    expect(statSync(`${folder}/upper/var/of-5`).uid, stderr()).toBe(RANGE + 4);
    pnpm.stdin.end("\n");
    expect(await ended, stderr()).toBe(0);
    expect(folders(host)).toEqual([]);
  });

  it("has no other users without one, and says so", async () => {
    const { run } = await open();
    const { status, stderr } = await run("chown", "5:5", "/tmp");
    expect(status).toBe(1);
    expect(stderr).toContain("Invalid argument");
  });

  it("says what to type where newuidmap is not there, and goes on", async () => {
    const { host, run } = await open(RANGE);
    await host.run("sh", "-c", WITHOUT_NEWUIDMAP);
    const { status, stdout, stderr } = await run("id", "-u");
    expect({ status, stdout }, stderr).toEqual({ status: 0, stdout: "0\n" });
    expect(stderr).toContain('no users but root: type "apt-get install uidmap"\n');
  });

  it("cannot make devices, nor set the clock, nor see the host's processes", async () => {
    const { run } = await open(RANGE);
    expect((await run("mknod", "/tmp/null", "c", "1", "3")).stderr).toContain("not permitted");
    expect((await run("date", "--set", "12:00")).stderr).toContain("not permitted");
    const seen = await run("sh", "-c", "ls -d /proc/[0-9]* | wc -l");
    expect(Number(seen.stdout), seen.stderr).toBeLessThan(5);
  });

  it("ends with run(), even when that is killed, and leaves nothing", async () => {
    const { host, line } = await open(RANGE);
    const { main, command } = await startUp(host, line, "mkdir /a && chown 5:5 /a");
    process.kill(main, "SIGKILL");
    await until("the end", () => !existsSync(`/proc/${command}`) && folders(host).length === 0);
  });

  it("has no limits, and says so", async () => {
    const { run } = await open();
    const { status, stderr } = await run("sh", "-c", "for i in $(seq 20); do sleep 1 & done");
    expect({ status }, stderr).toEqual({ status: 0 });
    expect(stderr).toContain("the container has no limits: cgroups belong to the host's root");
  });

  it("limits its tasks where a cgroup was given to its user, and removes what it has made there", async () => {
    const host = await openHost({ isSealed: true });
    const { as, uid, start } = await rootlessUser(host);
    const root = String(await evaluate(host, 'return native.cgroupRoot("pids")'));
    const delegate = ["sh", "-c", DELEGATE, "sh", `${uid}`, root] as const;
    const bomb = ["sh", "-c", "echo up; for i in $(seq 20); do sleep 1 & done; echo all"];
    const { stdout, stderr } = await host.run(...delegate, ...as, ...start("12-rootless"), ...bomb);
    expect({ stdout }, stderr).toEqual({ stdout: "up\n" });
    expect(stderr).toMatch(/fork/i);
    expect(stderr).not.toContain("no limits");
    const { stdout: left } = await host.run(
      "find",
      `${root}/given`,
      "-mindepth",
      "1",
      "-type",
      "d",
    );
    expect(left).toBe("");
  });

  it("passes SIGTERM on to the command", async () => {
    const { host, line } = await open();
    const { main, ended } = await startUp(host, line, 'trap "exit 3" TERM');
    process.kill(main, "SIGTERM");
    expect(await ended).toBe(3);
  });

  it("refuses child by hand", async () => {
    const { host, line } = await open();
    const child =
      "cd 12-rootless && node --import ../../shared-native/typescript.cjs src/main.ts child true; exit $?";
    const as = line.slice(0, line.indexOf("pnpm")) as [string, ...string[]];
    const { status, stderr } = await host.run(
      ...as,
      "sh",
      "-c",
      `cd /mnt/workshop/steps && ${child}`,
    );
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("child: the PID namespace is the host's"),
    });
  });

  it("needs no name for its user, nor that its files are that user's", async () => {
    const machine = { prepare: WITH_IMAGE, nobody: true };
    const { status, stdout, stderr } = await runOn(machine, "12-rootless", ["id", "-u"]);
    expect({ status, stdout }, stderr).toEqual({ status: 0, stdout: "0\n" });
  });

  it.runIf(hasSlirp && !hasPasta)("with slirp4netns, has a device and an address", async () => {
    const { host, run } = await open();
    const { stdout, stderr } = await run("ip", "-brief", "address", "show", "eth0");
    expect(stdout, stderr).toMatch(/^eth0 .* 10\.0\.2\.100\/24 /);
    const carriers = async () => (await host.run("pgrep", "-u", "student", "slirp4netns")).stdout;
    await until("the end of the program", async () => (await carriers()) === "");
  });

  it.skipIf(hasPasta)("without them, has its loopback device, and says what to type", async () => {
    const { host, run } = await open();
    if (hasSlirp) await host.run("mount", "--bind", "/dev/null", "/usr/bin/slirp4netns");
    const { stdout, stderr } = await run("ip", "-brief", "link");
    expect(stdout).toMatch(/^lo +UNKNOWN .*\n$/);
    expect(stderr).toContain('there is no pasta here: type "apt-get install passt"');
  });

  it.runIf(hasPasta)("with pasta, is reached through a published port", async () => {
    const { host, line } = await open();
    const server = "echo hello >/index.html && busybox httpd -p 80 -h /";
    const publish = [...line, "--publish=8080:80"];
    const { pnpm, ended } = await startUp(host, publish, server);
    const fetched = await host.run("busybox", "wget", "-qO-", "http://127.0.0.1:8080/");
    expect(fetched.stdout, fetched.stderr).toBe("hello\n");
    pnpm.stdin.end("\n");
    expect(await ended).toBe(0);
  });
});
