import { constants } from "node:os";
import { describe, expect, it } from "vitest";
import { evaluate } from "../kit/evaluate.ts";
import { openHost } from "../kit/open-host.ts";

const WITHOUT_CAPABILITIES = ["setpriv", "--bounding-set=-sys_admin,-sys_chroot"];
const WITHOUT_NEW_NAMESPACES = [
  ...["unshare", "--user", "--map-root-user", "sh", "-c"],
  'echo 0 >/proc/sys/user/max_uts_namespaces && exec "$@"',
  "sh",
];

describe("each call, done right", () => {
  it.each([
    ["sethostname", 'native.sethostname("é-host"); return os.hostname()', "é-host"],
    [
      "sethostname with 64 bytes",
      'native.sethostname("x".repeat(64)); return os.hostname()',
      "x".repeat(64),
    ],
    [
      "unshare and setns",
      `const ns = () => fs.readlinkSync("/proc/self/ns/uts");
       const before = ns(), fd = fs.openSync("/proc/self/ns/uts");
       native.unshare(native.CLONE_NEWUTS);
       const inside = ns();
       native.setns(fd, native.CLONE_NEWUTS);
       return [inside === before, ns() === before]`,
      [false, true],
    ],
    ["chroot", 'native.chroot("/usr"); process.chdir("/"); return fs.existsSync("/bin/env")', true],
    [
      "mount and umount",
      `native.mount("a name", "/mnt", "tmpfs", native.MS_NOSUID | native.MS_NODEV, "size=1m,mode=700");
       const there = native.readMountinfo().filter(({ mountPoint }) => mountPoint === "/mnt");
       const mode = fs.statSync("/mnt").mode & 0o777;
       native.umount("/mnt");
       const gone = native.readMountinfo().some(({ mountPoint }) => mountPoint === "/mnt");
       return [there.length, there[0].filesystemtype, mode, gone]`,
      [1, "tmpfs", 0o700, false],
    ],
    [
      "mount a directory elsewhere",
      'native.mount("/usr", "/mnt", null, native.MS_BIND); return fs.existsSync("/mnt/bin")',
      true,
    ],
    [
      "umount what is in use, lazily",
      'native.mount("t", "/mnt", "tmpfs", 0); process.chdir("/mnt"); native.umount("/mnt", native.MNT_DETACH); return 1',
      1,
    ],
    [
      "closeRange",
      `const fd = fs.openSync("/dev/null");
       native.closeRange(fd, fd);
       try { fs.fstatSync(fd) } catch (error) { return error.code }`,
      "EBADF",
    ],
    [
      "pivotRoot, and the old root taken away from the top of the new one",
      `native.unshare(native.CLONE_NEWNS);
       native.mount("none", "/", null, native.MS_REC | native.MS_PRIVATE);
       native.mount("/usr", "/mnt", null, native.MS_BIND);
       process.chdir("/mnt");
       native.pivotRoot(".", ".");
       native.umount(".", native.MNT_DETACH);
       process.chdir("/");
       return [fs.existsSync("/bin/env"), fs.existsSync("/proc/self")]`,
      [true, false],
    ],
    [
      "unlockpt, ptsname and ioctl, on both ends of a terminal",
      `const { execFileSync } = await import("node:child_process");
       const flags = fs.constants.O_RDWR | fs.constants.O_NOCTTY;
       const master = fs.openSync("/dev/ptmx", flags);
       native.unlockpt(master);
       const name = native.ptsname(master);
       const slave = fs.openSync(name, flags);
       native.ioctl(master, native.TIOCSWINSZ, Buffer.from([30, 0, 100, 0, 0, 0, 0, 0]));
       const size = execFileSync("stty", ["size"], { stdio: [slave, "pipe", "inherit"], encoding: "utf8" });
       const got = Buffer.alloc(8);
       native.ioctl(slave, native.TIOCGWINSZ, got);
       return [name.replace(/\\d+$/, ""), size, [...got]]`,
      ["/dev/pts/", "30 100\n", [30, 0, 100, 0, 0, 0, 0, 0]],
    ],
    [
      "fcntl",
      `const flags = () => [native.fcntl(0, native.F_GETFL) & fs.constants.O_NONBLOCK, cloexec()];
       const cloexec = () => /^flags:\\s*0?2/m.test(fs.readFileSync("/proc/self/fdinfo/0", "utf8"));
       native.fcntl(0, native.F_SETFL, fs.constants.O_NONBLOCK);
       native.fcntl(0, native.F_SETFD, 1);
       const set = flags();
       native.fcntl(0, native.F_SETFL, 0);
       native.fcntl(0, native.F_SETFD, 0);
       return [set, flags()]`,
      [
        [0o4000, true],
        [0, false],
      ],
    ],
    [
      "flock, which lets one at a time go on",
      `const { spawnSync } = await import("node:child_process");
       const open = () => fs.openSync("/proc/self/ns/net", "r");
       const another = () => spawnSync("flock", ["--nonblock", "/proc/self/ns/net", "true"]).status;
       const lock = open();
       native.flock(lock, native.LOCK_EX);
       const during = another();
       fs.closeSync(lock);
       return [during, another()]`,
      [1, 0],
    ],
    [
      "signal",
      `const ignored = () => /^SigIgn:\\s*0*(\\w+)$/m.exec(fs.readFileSync("/proc/self/status", "utf8"))[1];
       const seen = [];
       for (const [name, handler] of [[13, 0], [25, 0], [12, 1]]) {
         native.signal(name, handler);
         seen.push(ignored());
       }
       return seen`,
      ["1000000", "0", "800"],
    ],
    [
      "waitpid",
      `const { spawn } = await import("node:child_process");
       // The shell ends before its child does, which then is an orphan, and ours
       native.prctl(36, 1); // PR_SET_CHILD_SUBREAPER
       const shell = spawn("sh", ["-c", "sleep 0.3 >&- 2>&- & echo $!"]);
       const [line] = await (await import("node:events")).once(shell.stdout, "data");
       await new Promise((resolve) => shell.once("close", resolve));
       const orphan = Number(line);
       return [native.waitpid(orphan, native.WNOHANG), native.waitpid(orphan) === orphan]`,
      [0, true],
    ],
    ["prctl", `native.prctl(native.PR_SET_PDEATHSIG, ${constants.signals.SIGTERM}); return 1`, 1],
    [
      "unshareCgroup, which joins, and goes back",
      `const cgroup = fs.mkdtempSync(native.cgroupRoot("pids") + "/container-");
       const fd = fs.openSync(native.cgroupProcs(cgroup), "w");
       const before = fs.readFileSync("/proc/thread-self/cgroup", "utf8");
       native.unshareCgroup(["pids"], [fd]);
       const after = fs.readFileSync("/proc/thread-self/cgroup", "utf8");
       native.removeCgroup(cgroup); // nobody is in it
       return [/:\\/\\.\\./.test(before), /^\\d+:(pids)?:\\/\\.\\./m.test(after)]`,
      [false, true],
    ],
    [
      "seccomp, with a filter that has a call fail",
      `const refused = native.machine().number("unshare");
       native.prctl(native.PR_SET_NO_NEW_PRIVS, 1);
       native.seccomp([
         native.instruction(native.BPF_LOAD, native.SECCOMP_DATA_NR),
         native.instruction(native.BPF_EQUAL, refused, 0, 1),
         native.instruction(native.BPF_RETURN, native.SECCOMP_RET_ERRNO | 28),
         native.instruction(native.BPF_RETURN, native.SECCOMP_RET_ALLOW),
       ]);
       try { native.unshare(native.CLONE_NEWUTS) } catch (error) { return error.code }`,
      "ENOSPC",
    ],
    [
      "prctl, which drops a capability",
      `native.prctl(native.PR_CAPBSET_DROP, native.CAP_CHOWN);
       return /^CapBnd:.*[02468ace]$/m.test(fs.readFileSync("/proc/thread-self/status", "utf8"))`,
      true,
    ],
    [
      "capset, which leaves one, and clears what is inheritable",
      `const set = 1n << BigInt(native.CAP_CHOWN);
       native.capset({ effective: set, permitted: set, inheritable: 0n });
       const status = fs.readFileSync("/proc/thread-self/status", "utf8");
       if (native.capget().permitted !== set) return "another";
       return [...status.matchAll(/^Cap(?:Inh|Prm|Eff):.*?([^0\\s]*)$/gm)].map(([, set]) => set)`,
      ["", "1", "1"],
    ],
    [
      "setdomainname",
      'native.setdomainname("example"); return fs.readFileSync("/proc/sys/kernel/domainname", "utf8")',
      "example\n",
    ],
    [
      "setrlimit, whose limits have 64 bits",
      `native.setrlimit(4, { soft: 0n, hard: 2n ** 64n - 1n }); // RLIMIT_CORE
       return /core file size +0 +unlimited/.test(fs.readFileSync("/proc/self/limits", "utf8"))`,
      true,
    ],
    [
      "capset, with one above and one below the middle",
      `const few = (1n << 21n) | (1n << 39n);
       native.capset({ effective: 1n << 39n, permitted: few, inheritable: 0n });
       const status = fs.readFileSync("/proc/thread-self/status", "utf8");
       return [...status.matchAll(/^Cap(?:Inh|Prm|Eff):\\t0*(\\w+)$/gm)].map(([, set]) => set)`,
      ["0", "8000200000", "8000000000"],
    ],
    [
      "mknod, with large numbers of a driver and a device",
      `native.mount("own", "/mnt", "tmpfs", 0);
       native.mknod("/mnt/device", fs.constants.S_IFBLK | 0o600, 0x123, 0x45678);
       const { rdev } = fs.statSync("/mnt/device");
       return [rdev === ((0x45600 << 12) | (0x123 << 8) | 0x78), fs.statSync("/mnt/device").isBlockDevice()]`,
      [true, true],
    ],
    [
      "dup2",
      `const fd = fs.openSync("/etc/passwd");
       native.dup2(fd, 99);
       return fs.readlinkSync("/proc/self/fd/99")`,
      "/etc/passwd",
    ],
    [
      "openInRoot, from which neither a link nor dots lead out",
      `native.mount("own", "/mnt", "tmpfs", 0);
       fs.mkdirSync("/mnt/root/etc", { recursive: true });
       fs.symlinkSync("/etc", "/mnt/root/link");
       fs.writeFileSync("/mnt/root/etc/passwd", "");
       const root = fs.openSync("/mnt/root");
       const place = (path, follow) => fs.readlinkSync("/proc/self/fd/" + native.openInRoot(root, path, follow));
       return [place("/link/passwd"), place("../../../etc/passwd"), place("link", false)]`,
      ["/mnt/root/etc/passwd", "/mnt/root/etc/passwd", "/mnt/root/link"],
    ],
    [
      "connectUnix and sendDescriptor, to a program that takes it",
      `native.mount("own", "/mnt", "tmpfs", 0);
       const { spawn } = await import("node:child_process");
       const program = \`
import os, socket
server = socket.socket(socket.AF_UNIX)
server.bind("/mnt/socket")
server.listen()
os.write(1, b"ready")
text, (fd,), _, _ = socket.recv_fds(server.accept()[0], 99, 1)
os.write(1, text + os.readlink("/proc/self/fd/%d" % fd).encode())\`;
       const python = spawn("python3", ["-c", program], { stdio: ["ignore", "pipe", "inherit"] });
       const { once } = await import("node:events");
       await once(python.stdout, "data");
       native.sendDescriptor(native.connectUnix("/mnt/socket"), fs.openSync("/etc/passwd"), "é: ");
       const [said] = await once(python.stdout, "data");
       return String(said)`,
      "é: /etc/passwd",
    ],
    [
      "attachDeviceProgram, whose answer is no",
      `native.mount("cgroup2", "/mnt", "cgroup2", 0);
       const { spawnSync } = await import("node:child_process");
       const cgroup = fs.mkdtempSync("/mnt/devices-");
       const no = [native.ebpf("SET", { value: 0 }), native.ebpf("EXIT")];
       native.attachDeviceProgram(fs.openSync(cgroup), no);
       const read = 'echo $$ >"$0"/cgroup.procs && exec cat /dev/zero';
       const { stderr } = spawnSync("sh", ["-c", read, cgroup], { encoding: "utf8" });
       fs.rmdirSync(cgroup);
       return stderr`,
      "cat: /dev/zero: Operation not permitted\n",
    ],
    ["prctl, where unused arguments must be 0", "native.prctl(38, 1); return 1", 1], // PR_SET_NO_NEW_PRIVS
  ])("%s", async (_, body, expected) => {
    const host = await openHost();
    expect(await evaluate(host, `const os = await import("node:os"); ${body}`)).toEqual(expected);
  });
});

describe("each call, with each errno that its documentation names", () => {
  const rows: [call: string, code: string, message: string, prefix?: string[]][] = [
    ['sethostname("x")', "EPERM", 'sethostname("x")', WITHOUT_CAPABILITIES],
    [
      "unshare(native.CLONE_NEWUTS | native.CLONE_NEWNET)",
      "EPERM",
      "unshare(CLONE_NEWUTS|CLONE_NEWNET)",
      WITHOUT_CAPABILITIES,
    ],
    ["unshare(native.CLONE_NEWUTS)", "ENOSPC", "unshare(CLONE_NEWUTS)", WITHOUT_NEW_NAMESPACES],
    ["setns(999, 0)", "EBADF", "setns(999, 0)"],
    ["setns(0, native.CLONE_NEWUTS)", "EINVAL", "setns(0, CLONE_NEWUTS)"],
    ['setns(fs.openSync("/proc/self/ns/net"), native.CLONE_NEWUTS)', "EINVAL", "setns("],
    ['setns(fs.openSync("/proc/self/ns/uts"), 0)', "EPERM", "setns(", WITHOUT_CAPABILITIES],
    [
      'setns(fs.openSync("/proc/self/ns/mnt"), 0)',
      "EPERM",
      "setns(",
      ["setpriv", "--bounding-set=-sys_chroot"],
    ],
    ['chroot("/nowhere")', "ENOENT", 'chroot("/nowhere")'],
    ['chroot("/etc/passwd")', "ENOTDIR", 'chroot("/etc/passwd")'],
    ['chroot("/tmp")', "EPERM", 'chroot("/tmp")', WITHOUT_CAPABILITIES],
    ['chroot("x".repeat(5000))', "ENAMETOOLONG", 'chroot("xxx'],
    [
      'chroot("/proc/self/fd/" + (fs.symlinkSync("loop", "/mnt/loop"), "../root/mnt/loop"))',
      "ELOOP",
      "chroot(",
    ],
    [
      'mount("a", "/mnt", "tmpfs", 0)',
      "EPERM",
      'mount("a", "/mnt", "tmpfs", 0, null)',
      WITHOUT_CAPABILITIES,
    ],
    ['mount("a", "/nowhere", "tmpfs", 0)', "ENOENT", 'mount("a", "/nowhere", "tmpfs", 0, null)'],
    ['mount("a", "/mnt", "nofs", 0, "x")', "ENODEV", 'mount("a", "/mnt", "nofs", 0, "x")'],
    [
      'mount("a", "/etc/passwd", "tmpfs", 0)',
      "ENOTDIR",
      'mount("a", "/etc/passwd", "tmpfs", 0, null)',
    ],
    [
      'mount("/etc/passwd", "/mnt", "ext4", native.MS_RDONLY)',
      "ENOTBLK",
      'mount("/etc/passwd", "/mnt", "ext4", MS_RDONLY, null)',
    ],
    [
      'mount("none", "/etc", null, native.MS_REC | native.MS_PRIVATE)',
      "EINVAL",
      'mount("none", "/etc", null, MS_REC|MS_PRIVATE, null)',
    ],
    ['umount("/etc")', "EINVAL", 'umount2("/etc", 0)'],
    ['umount("/nowhere", native.MNT_DETACH)', "ENOENT", 'umount2("/nowhere", MNT_DETACH)'],
    ['umount("/proc")', "EPERM", 'umount2("/proc", 0)', WITHOUT_CAPABILITIES],
    [
      'mount("a", "/mnt", "tmpfs", 0), process.chdir("/mnt"), native.umount("/mnt")',
      "EBUSY",
      'umount2("/mnt", 0)',
    ],
    [
      'mount("a", "/mnt", "tmpfs", 0), native.umount("/mnt", native.MNT_EXPIRE)',
      "EAGAIN",
      'umount2("/mnt", MNT_EXPIRE)',
    ],
    ['pivotRoot("/mnt", "/mnt")', "EPERM", 'pivot_root("/mnt", "/mnt")', WITHOUT_CAPABILITIES],
    [
      'unshare(native.CLONE_NEWNS), native.mount("none", "/", null, native.MS_REC | native.MS_PRIVATE), native.pivotRoot("/", "/")',
      "EBUSY",
      'pivot_root("/", "/")',
    ],
    ['pivotRoot("/mnt", "/mnt")', "EINVAL", 'pivot_root("/mnt", "/mnt")'], // / is shared
    ['pivotRoot("/nowhere", "/mnt")', "ENOENT", 'pivot_root("/nowhere", "/mnt")'],
    ['pivotRoot("/etc/passwd", "/mnt")', "ENOTDIR", 'pivot_root("/etc/passwd", "/mnt")'],
    ["ioctl(999, native.TIOCSWINSZ, Buffer.alloc(8))", "EBADF", "ioctl(999, TIOCSWINSZ, …)"],
    ["ioctl(0, native.TIOCSCTTY)", "ENOTTY", "ioctl(0, TIOCSCTTY, null)"],
    ["unlockpt(999)", "EBADF", "unlockpt(999)"],
    ["unlockpt(0)", "EINVAL", "unlockpt(0)"],
    ["ptsname(0)", "ENOTTY", "ptsname_r(0)"],
    ["fcntl(999, native.F_GETFL)", "EBADF", "fcntl(999, F_GETFL, 0)"],
    ["fcntl(0, -1)", "EINVAL", "fcntl(0, -1, 0)"],
    ["flock(999, native.LOCK_EX)", "EBADF", "flock(999, LOCK_EX)"],
    ["flock(0, 16)", "EINVAL", "flock(0, 16)"],
    ["signal(9, native.SIG_IGN)", "EINVAL", "signal(9, SIG_IGN)"],
    ["waitpid(1, native.WNOHANG)", "ECHILD", "waitpid(1, NULL, WNOHANG)"],
    ["waitpid(1, 0x40)", "EINVAL", "waitpid(1, NULL, 64)"],
    ["closeRange(9, 3)", "EINVAL", "close_range(9, 3, 0)"],
    ["prctl(native.PR_SET_PDEATHSIG, 99)", "EINVAL", "prctl(PR_SET_PDEATHSIG, 99, 0, 0, 0)"],
    ["prctl(-1, 0)", "EINVAL", "prctl(-1, 0, 0, 0, 0)"],
    ["prctl(native.PR_CAPBSET_DROP, 99)", "EINVAL", "prctl(PR_CAPBSET_DROP, 99, 0, 0, 0)"],
    [
      "prctl(native.PR_CAPBSET_DROP, 0)",
      "EPERM",
      "prctl(PR_CAPBSET_DROP, 0, 0, 0, 0)",
      ["setpriv", "--bounding-set=-setpcap"],
    ],
    [
      "capset({ effective: 1n, permitted: 1n, inheritable: 0n })",
      "EPERM",
      "capset(0x1, 0x1, 0x0)",
      ["setpriv", "--bounding-set=-chown"],
    ],
    ["seccomp([])", "EINVAL", "prctl(PR_SET_SECCOMP, 2, "],
    [
      "seccomp([native.instruction(native.BPF_LOAD, native.SECCOMP_DATA_NR)])",
      "EINVAL",
      "prctl(PR_SET_SECCOMP, 2, ",
    ],
    [
      "seccomp([native.instruction(native.BPF_RETURN, native.SECCOMP_RET_ALLOW)])",
      "EACCES",
      "prctl(PR_SET_SECCOMP, 2, ",
      WITHOUT_CAPABILITIES,
    ],
    ['setdomainname("x".repeat(65))', "EINVAL", 'setdomainname("xxx'],
    ['setdomainname("x")', "EPERM", 'setdomainname("x")', WITHOUT_CAPABILITIES],
    ["setrlimit(99, { soft: 0n, hard: 0n })", "EINVAL", "setrlimit(99, {0, 0})"],
    ["setrlimit(4, { soft: 2n, hard: 1n })", "EINVAL", "setrlimit(4, {2, 1})"],
    [
      "setrlimit(4, { soft: 0n, hard: 0n }), native.setrlimit(4, { soft: 0n, hard: 1n })",
      "EPERM",
      "setrlimit(4, {0, 1})",
      ["setpriv", "--bounding-set=-sys_resource"],
    ],
    ["dup2(999, 5)", "EBADF", "dup2(999, 5)"],
    ["dup2(0, -1)", "EBADF", "dup2(0, -1)"],
    ['mknod("/mnt", 0o20600, 1, 3)', "EEXIST", 'mknod("/mnt", 020600, makedev(1, 3))'],
    ['mknod("/nowhere/x", 0o20600)', "ENOENT", 'mknod("/nowhere/x", 020600, makedev(0, 0))'],
    ['mknod("/etc/passwd/x", 0o20600)', "ENOTDIR", 'mknod("/etc/passwd/x", '],
    [
      'mknod("/mnt/x", 0o20600, 1, 3)',
      "EPERM",
      'mknod("/mnt/x", 020600, makedev(1, 3))',
      ["setpriv", "--bounding-set=-mknod"],
    ],
    ['openInRoot(fs.openSync("/mnt"), "/x")', "ENOENT", "openat2("],
    ['openInRoot(fs.openSync("/etc/passwd"), "/x")', "ENOTDIR", "openat2("],
    ['openInRoot(fs.openSync("/proc"), "self/exe")', "ELOOP", "openat2("],
    ['connectUnix("/nowhere")', "ENOENT", "connect("],
    ['connectUnix("/etc/passwd")', "ECONNREFUSED", "connect("],
    ['sendDescriptor(999, 0, "x")', "EBADF", "sendmsg(999, SCM_RIGHTS 0)"],
    ['sendDescriptor(fs.openSync("/dev/null"), 0, "x")', "ENOTSOCK", "sendmsg("],
    ["attachDeviceProgram(0, [])", "E2BIG", "bpf(BPF_PROG_LOAD, "],
    [
      'attachDeviceProgram(0, ["SET", "EXIT", "SET", "EXIT"].map((name) => native.ebpf(name)))',
      "EINVAL",
      "bpf(BPF_PROG_LOAD, ",
    ],
    ['attachDeviceProgram(0, [native.ebpf("EXIT")])', "EACCES", "bpf(BPF_PROG_LOAD, "],
    [
      'attachDeviceProgram(999, [native.ebpf("SET"), native.ebpf("EXIT")])',
      "EBADF",
      "bpf(BPF_PROG_ATTACH, 999)",
    ],
    [
      'attachDeviceProgram(0, [native.ebpf("SET"), native.ebpf("EXIT")])',
      "EPERM",
      "bpf(BPF_PROG_LOAD, ",
      ["setpriv", "--bounding-set=-sys_admin,-net_admin"],
    ],
    ['unshareCgroup(["pids"], [])', "EPERM", "unshare(CLONE_NEWCGROUP)", WITHOUT_CAPABILITIES],
  ];
  it.each(rows)("%s fails with %s", async (call, code, message, prefix) => {
    const host = await openHost();
    await host.run("mount", "-t", "tmpfs", "tmpfs", "/mnt"); // so that nothing of the machine changes
    await host.run("mkdir", "-p", "/mnt/empty");
    await host.run("mount", "--bind", "/mnt/empty", "/mnt");
    const { error } = (await evaluate(host, `native.${call}`, prefix)) as {
      error: { message: string; syscall: string };
    };
    expect(error).toMatchObject({ name: "SyscallError", code, errno: -errnoOf(code) });
    expect(error.message).toMatch(new RegExp(`^${code}: [a-z /-]+, `));
    expect(error.message).toContain(`, ${message}`);
    expect(error.message).toContain(`, ${error.syscall}(`);
  });
});

describe("bad input is refused before any call", () => {
  it.each([
    ['sethostname("x".repeat(65))', "RangeError", /at most 64 bytes.* has 65/],
    ['sethostname("é".repeat(33))', "RangeError", /at most 64 bytes.* has 66/],
    ['sethostname("a\\0b")', "TypeError", /sethostname: "a\\u0000b" contains a NUL byte/],
    ['chroot("/tmp\\0/x")', "TypeError", /chroot: .* NUL byte/],
    ['mount("\\0", "/mnt", "tmpfs", 0)', "TypeError", /mount: .* NUL byte/],
    ['mount("a", "/mnt\\0", "tmpfs", 0)', "TypeError", /mount: .* NUL byte/],
    ['mount("a", "/mnt", "tmpfs\\0", 0)', "TypeError", /mount: .* NUL byte/],
    ['mount("a", "/mnt", "tmpfs", 0, "size=1\\0")', "TypeError", /mount: .* NUL byte/],
    ['setdomainname("a\\0b")', "TypeError", /setdomainname: .* NUL byte/],
    ['mknod("/mnt/\\0", 0)', "TypeError", /mknod: .* NUL byte/],
    ['openInRoot(0, "\\0")', "TypeError", /openInRoot: .* NUL byte/],
    ['connectUnix("/" + "x".repeat(107))', "RangeError", /has at most 107 bytes: /],
    ['umount("/mnt\\0")', "TypeError", /umount: .* NUL byte/],
    ['pivotRoot("\\0", "/mnt")', "TypeError", /pivotRoot: .* NUL byte/],
    ['pivotRoot("/mnt", "/mnt\\0")', "TypeError", /pivotRoot: .* NUL byte/],
    ["signal(15, 4096)", "RangeError", /signal: 4096 is not SIG_DFL or SIG_IGN/],
    ["unshare(1)", "RangeError", /unshare: unknown flag 0x1, known are CLONE_NEW/],
    ["unshare(1.5)", "RangeError", /unshare: unknown flag 1.5/],
    ["unshare(-1)", "RangeError", /unshare: unknown flag/],
    [
      "unshare(native.CLONE_NEWUSER)",
      "RangeError",
      /single-threaded.*unshare --user --map-root-user/,
    ],
    ['machine("riscv64")', "Error", /numbers of system calls on riscv64 are not known/],
    ["instruction(1, 2, 256)", "RangeError", /out of range/],
    ["closeRange(3, 9, 1)", "RangeError", /closeRange: unknown flag 0x1, known are CLOSE_RANGE_/],
    ["setns(0, 3)", "RangeError", /setns: unknown flag 0x3/],
    ['mount("a", "/mnt", "tmpfs", 2 ** 40)', "RangeError", /mount: unknown flag/],
    [
      'umount("/mnt", 64)',
      "RangeError",
      /umount: unknown flag 0x40, known are MNT_DETACH, MNT_EXPIRE/,
    ],
    ['spawn("true", [], { cloneflags: 1 })', "RangeError", /cloneflags: unknown flag 0x1/],
    ['spawn("true", [], { unshareflags: 1 })', "RangeError", /unshareflags: unknown flag 0x1/],
    ['spawn("true", [], { cloneflags: native.CLONE_NEWUSER })', "RangeError", /single-threaded/],
    ['spawn("true", [], { cloneflags: native.CLONE_NEWTIME })', "RangeError", /cannot be undone/],
    ['spawn("true", [], { unshareflags: native.CLONE_NEWPID })', "RangeError", /use cloneflags/],
  ])("%s throws %s", async (call, name, message) => {
    // Without capabilities a call that was made all the same would give EPERM.
    const seen = await evaluate(await openHost(), `native.${call}`, WITHOUT_CAPABILITIES);
    const { error } = seen as { error: { name: string; message: string } };
    expect(error.name).toBe(name);
    expect(error.message).toMatch(message);
  });
});

function errnoOf(code: string): number {
  // os.constants lacks the one that mount gives for a file that is no block device.
  return (
    Object.entries({ ...constants.errno, ENOTBLK: 15 }).find(([name]) => name === code)?.[1] ?? 0
  );
}
