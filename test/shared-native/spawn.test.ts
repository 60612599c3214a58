import { describe, expect, it } from "vitest";
import { evaluate } from "../kit/evaluate.ts";
import { openHost } from "../kit/open-host.ts";

/** All namespaces of a process, and its working directory as the kernel has it. */
const PLACE = `
  native.unshare(0); // the first call loads the FFI, which may open a file
  const place = () => [
    ...["uts", "pid", "pid_for_children", "mnt", "ipc", "net", "cgroup", "user", "time"]
      .map((file) => fs.readlinkSync("/proc/self/ns/" + file)),
    fs.readlinkSync("/proc/self/cwd"),
  ];
  const descriptors = () => fs.readdirSync("/proc/self/fd").length;
  const output = (child) => new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (data) => (text += data));
    child.on("close", () => resolve(text.trim()));
  });`;

const ALL =
  "native.CLONE_NEWUTS | native.CLONE_NEWPID | native.CLONE_NEWNS | native.CLONE_NEWIPC | native.CLONE_NEWNET | native.CLONE_NEWCGROUP";

describe("spawn", () => {
  it.each([
    ["CLONE_NEWUTS", "uts"],
    ["CLONE_NEWPID", "pid"],
    ["CLONE_NEWNS", "mnt"],
    ["CLONE_NEWIPC", "ipc"],
    ["CLONE_NEWNET", "net"],
    ["CLONE_NEWCGROUP", "cgroup"],
  ])("bears the child in a new namespace with %s", async (flag, file) => {
    const body = `${PLACE}
      const options = { cloneflags: native.${flag}, stdio: ["ignore", "pipe", "inherit"] };
      const files = ["uts", "pid", "mnt", "ipc", "net", "cgroup"];
      const child = native.spawn("readlink", files.map((file) => "/proc/self/ns/" + file), options);
      const seen = (await output(child)).split("\\n");
      return files.filter((file, index) => seen[index] !== fs.readlinkSync("/proc/self/ns/" + file));`;
    expect(await evaluate(await openHost(), body)).toEqual([file]);
  });

  it("makes the child process 1 of a new PID namespace, time and again", async () => {
    const body = `${PLACE}
      const options = { cloneflags: native.CLONE_NEWPID, stdio: ["ignore", "pipe", "inherit"] };
      const pids = [];
      for (let i = 0; i < 5; i++) pids.push(await output(native.spawn("sh", ["-c", "echo $$"], options)));
      return pids;`;
    expect(await evaluate(await openHost(), body)).toEqual(["1", "1", "1", "1", "1"]);
  });

  it("leaves the parent where it was, with threads and asynchronous fs", async () => {
    const body = `${PLACE}
      const { Worker } = await import("node:worker_threads");
      process.chdir("/usr/share");
      const before = place();
      const child = native.spawn("true", [], { cloneflags: ${ALL}, unshareflags: native.CLONE_NEWNS });
      const after = place();
      const status = await native.wait(child);
      const relative = await fs.promises.readdir(".");
      const worker = await new Promise((resolve) =>
        new Worker("require('worker_threads').parentPort.postMessage('works')", { eval: true, execArgv: [] }).once("message", resolve));
      return { status, same: String(before) === String(after), cwd: process.cwd(),
        relative: String(relative) === String(fs.readdirSync("/usr/share")), worker };`;
    expect(await evaluate(await openHost(), body)).toEqual({
      status: 0,
      same: true,
      cwd: "/usr/share",
      relative: true,
      worker: "works",
    });
  });

  it("leaves the parent in its chroot, also where that is a mount point", async () => {
    const body = `${PLACE}
      native.mount("/", "/mnt", null, native.MS_BIND | native.MS_REC);
      native.mount("none", "/mnt", null, native.MS_REC | native.MS_PRIVATE);
      native.mount("none", "/mnt/srv", "tmpfs", 0);
      fs.mkdirSync("/mnt/srv/here");
      native.chroot("/mnt");
      process.chdir("/srv");
      const child = native.spawn("ls", [], { cloneflags: ${ALL}, unshareflags: native.CLONE_NEWNS, stdio: ["ignore", "pipe", "inherit"] });
      return [await output(child), fs.readdirSync("."), fs.readdirSync("/srv")];`;
    expect(await evaluate(await openHost(), body)).toEqual(["here", ["here"], ["here"]]);
  });

  it("leaves the parent in its chroot, also where that is no mount point", async () => {
    const body = `${PLACE}
      native.mount("none", "/mnt", "tmpfs", 0);
      fs.mkdirSync("/mnt/root/proc", { recursive: true });
      native.mount("proc", "/mnt/root/proc", "proc", 0);
      native.chroot("/mnt/root");
      process.chdir("/proc");
      const child = native.spawn("nowhere", [], { cloneflags: ${ALL}, stdio: "inherit" });
      await new Promise((resolve) => child.once("error", resolve));
      return [process.cwd(), fs.readdirSync("/")];`;
    expect(await evaluate(await openHost(), body)).toEqual(["/proc", ["proc"]]);
  });

  it.each([
    ["the command is not there", '"/no/such/command", []', "ENOENT"],
    ["the command cannot be executed", '"/etc/passwd", []', "EACCES"],
    ["a file is in the place of a folder", '"/etc/passwd/", []', "ENOTDIR"],
    ["Node refuses the arguments", "42, []", "ERR_INVALID_ARG_TYPE"],
    ["the arguments are too long", '"true", ["x".repeat(3e6)]', "E2BIG"],
  ])("leaves the parent where it was when %s", async (_, command, code) => {
    const body = `${PLACE}
      const before = place(), open = descriptors();
      const error = await new Promise((resolve) => {
        native.spawn(${command}, { cloneflags: ${ALL}, stdio: "ignore" }).once("error", resolve);
      }).catch((thrown) => thrown);
      return { code: error.code, same: String(place()) === String(before), leaked: descriptors() - open };`;
    expect(await evaluate(await openHost(), body)).toEqual({ code, same: true, leaked: 0 });
  });

  it("returns a child with stdio also when it could not be started", async () => {
    const body = `
      const stdioOf = async (...command) => {
        const child = native.spawn(...command, { stdio: ["pipe", "pipe", "pipe"] });
        await new Promise((resolve) => child.once("error", resolve));
        return Array.isArray(child.stdio);
      };
      const seen = [await stdioOf("true", ["x".repeat(3e6)]), await stdioOf("/no/such/command", [])];
      const open = [];
      try { for (;;) open.push(fs.openSync("/dev/null")); } catch {} // EMFILE
      seen.push(await stdioOf("true", []));
      open.forEach(fs.closeSync);
      return seen;`;
    expect(await evaluate(await openHost(), body, ["prlimit", "--nofile=64:64"])).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("leaves the parent where it was when only the second unshare fails", async () => {
    const body = `
      const before = fs.readlinkSync("/proc/self/ns/uts");
      const flags = { cloneflags: native.CLONE_NEWUTS, unshareflags: native.CLONE_NEWUTS };
      let error;
      try { native.spawn("true", [], flags); } catch (thrown) { error = thrown; }
      return { message: error.message, same: fs.readlinkSync("/proc/self/ns/uts") === before };`;
    const twoMore = [
      ...["unshare", "--user", "--map-root-user", "--uts", "--mount", "sh", "-c"],
      'echo 2 >/proc/sys/user/max_uts_namespaces && exec "$@"',
      "sh",
    ];
    expect(await evaluate(await openHost(), body, twoMore)).toEqual({
      message: "ENOSPC: no space left on device, unshare(CLONE_NEWUTS)",
      same: true,
    });
  });

  it("throws SyscallError without privilege, and has changed nothing", async () => {
    const body = `${PLACE}
      const before = place(), open = descriptors();
      let error;
      try { native.spawn("true", [], { cloneflags: ${ALL} }); } catch (thrown) { error = thrown; }
      return { code: error.code, syscall: error.syscall, same: String(place()) === String(before), leaked: descriptors() - open };`;
    const prefix = ["setpriv", "--bounding-set=-sys_admin"];
    expect(await evaluate(await openHost(), body, prefix)).toEqual({
      code: "EPERM",
      syscall: "unshare",
      same: true,
      leaked: 0,
    });
  });

  it("makes all mounts private with unshareflags CLONE_NEWNS, as Go does, and not with cloneflags", async () => {
    const body = `${PLACE}
      const options = { stdio: ["ignore", "pipe", "inherit"] };
      const shared = async (flags) =>
        (await output(native.spawn("cat", ["/proc/self/mountinfo"], { ...options, ...flags }))).includes(" shared:");
      return [
        await shared({ cloneflags: native.CLONE_NEWNS }),
        await shared({ cloneflags: native.CLONE_NEWNS, unshareflags: native.CLONE_NEWNS }),
        await shared({ unshareflags: native.CLONE_NEWNS }),
        fs.readFileSync("/proc/self/mountinfo", "utf8").includes(" shared:"),
      ];`;
    expect(await evaluate(await openHost(), body)).toEqual([true, false, false, true]);
  });

  it("leaks no descriptor in the parent in 200 spawns", async () => {
    const body = `${PLACE}
      await native.wait(native.spawn("true", [], { cloneflags: ${ALL} }));
      const open = descriptors();
      for (let i = 0; i < 200; i++) await native.wait(native.spawn("true", [], { cloneflags: ${ALL} }));
      return descriptors() - open;`;
    expect(await evaluate(await openHost(), body)).toBe(0);
  });

  it("gives the child what is in stdio, and no other descriptor that its caller has or was given", async () => {
    const body = `${PLACE}
      const mine = fs.openSync("/usr");
      const options = { cloneflags: native.CLONE_NEWUTS, stdio: ["ignore", "pipe", "inherit", mine] };
      const inside = await output(native.spawn("sh", ["-c", "ls /proc/$$/fd; :"], options));
      return { given: fs.readlinkSync("/proc/self/fd/251"), inside: inside.split("\\n") };`;
    // Node itself marks those below 16
    const given = ["bash", "-c", 'exec "$@" 251</etc', "bash"];
    expect(await evaluate(await openHost(), body, given)).toEqual({
      given: "/etc",
      inside: ["0", "1", "2", "3"],
    });
  });
});
