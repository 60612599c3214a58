import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repo, run, runStage, snapshot, stageCommand, thisHost } from "host";
import { expect, it, onTestFinished } from "vitest";
import { containerStages } from "workshop/stages";
import { evaluate } from "../../kit/evaluate.ts";

// What may differ from one architecture to another: how C is called, the numbers that the kernel gives,
// the binaries in packages. `pnpm test:lab --arch arm64` runs this one file.

it.each(containerStages)(
  "$name starts a command, ends with its status, and leaves the host as it was",
  async ({ name: stage, hasChild }) => {
    const before = await snapshot(thisHost);
    const ending = await runStage(thisHost, stage, "sh", "-c", "hostname; exit 7");
    const { status, stdout, stderr } = ending;
    const seen = { status: 7, stdout: hasChild ? "container\n" : "lab\n" };
    expect({ status, stdout }, stderr).toEqual(seen);
    expect(await snapshot(thisHost)).toEqual(before);
  },
);

it("06-pivot-root has the command as process 1, or with --init an init that reaps", async () => {
  const script = "(sleep 0.1 &); sleep 5; readlink /proc/1/exe; ps -e -o stat= | grep -c Z";
  for (const [options, program] of [
    [[], /\/(da|ba)?sh$/],
    [["--init"], /\/node$/],
  ] as const) {
    const { stdout } = await runStage(thisHost, "06-pivot-root", ...options, "bash", "-c", script);
    const [exe, zombies] = stdout.split("\n");
    expect(exe).toMatch(program);
    expect(zombies).toBe("0");
  }
});

it("07-devices has a terminal of its own, with the size of the outer one", async () => {
  const [file = "", ...args] = stageCommand(thisHost, "07-devices", ["sh", "-c", "tty; stty size"]);
  const command = `stty rows 30 columns 100; ${[file, ...args].map((word) => `'${word}'`).join(" ")}`;
  const { stdout } = await run(["script", "--quiet", "--command", command, "/dev/null"]);
  expect(stdout).toContain("/dev/console\r\n30 100\r\n");
});

it("05-cgroups limits the tasks", async () => {
  const eleven = "for i in 1 2 3 4 5 6 7 8 9 10 11; do sleep 100 & done; wait";
  const { stderr } = await runStage(thisHost, "05-cgroups", "dash", "-c", eleven);
  expect(stderr).toContain("Cannot fork");
});

it("10-limits has what wants more memory killed, and says so", async () => {
  const { status, stderr } = await runStage(
    thisHost,
    "10-limits",
    "--memory=30M",
    "tail",
    "/dev/zero",
  );
  expect(status).toBe(137);
  expect(stderr).toMatch(/^Out of memory: the container may use 30M, .* killed 1 of its/m);
});

it("11-privileges has a filter for this machine's numbers: no namespace, and yet processes", async () => {
  const script = "(echo a process); unshare --user true || echo refused";
  // In the stage before, no filter refuses it
  for (const [stage, last] of [
    ["10-limits", ""],
    ["11-privileges", "refused\n"],
  ] as const) {
    const { stdout } = await runStage(thisHost, stage, "sh", "-c", script);
    expect([stage, stdout]).toEqual([stage, `a process\n${last}`]);
  }
});

it("13-oci runs a bundle, with a filter for this machine's numbers and a program for its devices", async () => {
  const folder = path.join(repo, "steps/13-oci");
  const bundle = path.join(folder, "bundle");
  onTestFinished(() => rmSync(bundle, { recursive: true, force: true }));
  const script = `echo $$ in $(hostname); unshare --user true 2>/dev/null || echo refused
    mknod /mem c 1 1; head -c0 /mem 2>&1 | grep -o "not permitted"; exit 7`;
  const pnpm = ["pnpm", "--silent", "--dir", folder, "bundle"];
  expect(await run([...pnpm, "sh", "-c", script])).toMatchObject({ status: 0 });
  const file = path.join(bundle, "config.json");
  const config = JSON.parse(readFileSync(file, "utf8"));
  const devices = [
    { allow: false, access: "rwm" },
    { allow: true, type: "c", major: 1, minor: 1, access: "m" },
  ];
  Object.assign(config.linux.resources, { devices });
  writeFileSync(file, JSON.stringify(config));
  const runtime = path.join(folder, "runtime");
  const { status, stdout } = await run([runtime, "run", "--bundle", bundle, "architecture"]);
  expect({ status, stdout }).toEqual({
    status: 7,
    stdout: "1 in container\nrefused\nnot permitted\n",
  });
});

/** Each call of shared-native, and what a failing one throws. */
const CALLS = `
  const terminal = fs.openSync("/dev/ptmx", fs.constants.O_RDWR | fs.constants.O_NOCTTY);
  native.unlockpt(terminal);
  native.ioctl(terminal, native.TIOCSWINSZ, Buffer.from([30, 0, 100, 0, 0, 0, 0, 0]));
  const size = Buffer.alloc(8);
  native.ioctl(terminal, native.TIOCGWINSZ, size);
  native.unshare(native.CLONE_NEWNS | native.CLONE_NEWUTS);
  native.mount("none", "/", null, native.MS_REC | native.MS_PRIVATE);
  native.mount("tmpfs", "/mnt", "tmpfs", native.MS_NOSUID | native.MS_NODEV);
  const isMounted = () => native.readMountinfo().some(({ mountPoint }) => mountPoint === "/mnt");
  const seen = [native.ptsname(terminal).replace(/[0-9]+$/, ""), [...size], isMounted()];
  native.umount("/mnt", native.MNT_DETACH);
  seen.push(isMounted());
  native.sethostname("other");
  native.prctl(native.PR_SET_PDEATHSIG, 0);
  native.signal(12, native.SIG_IGN);
  seen.push(/^SigIgn:\\s*0*(\\w+)$/m.exec(fs.readFileSync("/proc/self/status", "utf8"))[1]);
  native.fcntl(0, native.F_SETFL, native.fcntl(0, native.F_GETFL) | fs.constants.O_NONBLOCK);
  seen.push(native.fcntl(0, native.F_GETFL) & fs.constants.O_NONBLOCK);
  try { native.waitpid(1, native.WNOHANG) } catch ({ code }) { seen.push(code) }
  native.closeRange(100, 200, native.CLOSE_RANGE_CLOEXEC);
  seen.push(process.getBuiltinModule("node:os").hostname());
  const fd = fs.openSync("/proc/1/ns/uts");
  native.setns(fd, native.CLONE_NEWUTS);
  seen.push(process.getBuiltinModule("node:os").hostname());
  native.mount("/workshop/ubuntu-fs", "/mnt", null, native.MS_BIND);
  process.chdir("/mnt");
  native.pivotRoot(".", ".");
  native.umount(".", native.MNT_DETACH);
  process.chdir("/");
  seen.push(fs.existsSync("/ROOT_OF_CONTAINER") && !fs.existsSync("/workshop"));
  native.chroot("/etc");
  seen.push(fs.existsSync("/passwd"));
  seen.push(process.arch);
  try { native.mount("none", "/nowhere", "tmpfs", 0) } catch ({ code, errno, syscall }) {
    seen.push({ code, errno, syscall });
  }
  return seen;`;

it.each(["node:ffi", "koffi"])("shared-native makes its calls with %s", async (ffi) => {
  const seen = await evaluate(thisHost, CALLS, ["env", `WORKSHOP_FFI=${ffi}`]);
  const error = { code: "ENOENT", errno: -2, syscall: "mount" };
  const calls = ["1001800", 0o4000, "ECHILD", "other", "lab", true];
  const terminal = ["/dev/pts/", [30, 0, 100, 0, 0, 0, 0, 0]];
  expect(seen).toEqual([...terminal, true, false, ...calls, true, process.arch, error]);
});

it("pnpm workshop doctor says that all stages can run", async () => {
  const { status, stdout } = await run([
    "pnpm",
    "--silent",
    "--dir",
    repo,
    "workshop",
    "doctor",
    "--json",
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ fit: true });
  expect(status).toBe(0);
});
