// The filter comes first, as root, and all its jumps lead to the last two lines.
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { hideKernel, mountDevices } from "learnt/devices";
import { configCgroups, init, joinAll, LIMITS, readLimits, reportOutOfMemory } from "learnt/limits";
import { configNetwork, DISCONNECT, isPublishable, plugIn, reserve } from "learnt/network";
import { makeDirectory, mountOverlay } from "learnt/overlay";
import {
  BPF_ANY_BIT,
  BPF_AT_LEAST,
  BPF_EQUAL,
  BPF_LOAD,
  BPF_RETURN,
  CAP_AUDIT_WRITE,
  CAP_CHOWN,
  CAP_DAC_OVERRIDE,
  CAP_FOWNER,
  CAP_FSETID,
  CAP_KILL,
  CAP_MKNOD,
  CAP_NET_BIND_SERVICE,
  CAP_NET_RAW,
  CAP_SETFCAP,
  CAP_SETGID,
  CAP_SETPCAP,
  CAP_SETUID,
  CAP_SYS_CHROOT,
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
  dieWithParent,
  execve,
  instruction,
  keepEnvironment,
  MNT_DETACH,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  machine,
  mount,
  oneLineErrors,
  openTerminal,
  PR_CAPBSET_DROP,
  PR_SET_NO_NEW_PRIVS,
  pivotRoot,
  prctl,
  requireNewNamespaces,
  runAtEnd,
  SECCOMP_DATA_ARCH,
  SECCOMP_DATA_ARG0,
  SECCOMP_DATA_NR,
  SECCOMP_RET_ALLOW,
  SECCOMP_RET_ERRNO,
  type Syscall,
  seccomp,
  sethostname,
  spawn,
  takeTerminal,
  umount,
  unshareCgroup,
  wait,
} from "shared-native";

/** The capabilities that root keeps: Docker's list. */
const CAPABILITIES = [
  ...[CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_KILL, CAP_SETGID, CAP_SETUID],
  ...[CAP_SETPCAP, CAP_NET_BIND_SERVICE, CAP_NET_RAW, CAP_SYS_CHROOT, CAP_MKNOD],
  ...[CAP_AUDIT_WRITE, CAP_SETFCAP],
];

/** The system calls that nobody may make: for mounts, for namespaces, for the kernel, for others' secrets. */
const REFUSED: Syscall[] = [
  ...(["mount", "umount2", "pivot_root", "open_tree", "move_mount", "mount_setattr"] as const),
  ...(["fsopen", "fsconfig", "fsmount", "fspick", "open_by_handle_at"] as const),
  ...(["unshare", "setns"] as const),
  ...(["reboot", "swapon", "swapoff", "ioperm", "iopl", "kexec_load", "kexec_file_load"] as const),
  ...(["init_module", "finit_module", "delete_module", "bpf", "perf_event_open"] as const),
  ...(["io_uring_setup", "userfaultfd"] as const),
  ...(["add_key", "request_key", "keyctl"] as const),
  ...(["ptrace", "process_vm_readv", "process_vm_writev"] as const),
];

/** The flags of clone that make namespaces. */
const NAMESPACES =
  CLONE_NEWUTS |
  CLONE_NEWPID |
  CLONE_NEWNS |
  CLONE_NEWIPC |
  CLONE_NEWNET |
  CLONE_NEWCGROUP |
  CLONE_NEWUSER;

oneLineErrors();
const [mode, ...words] = process.argv.slice(2);
const command = [...words];
const options: Record<string, string> = { "--pids": "10" };
const OPTION = /^--(init|read-only|(image|directory|publish)=.+|(memory|cpus|pids)(=.*)?)$/;
while (OPTION.test(command[0] ?? "")) {
  const [option = "", value] = command.shift()?.split("=") ?? [];
  // "--memory 50M" says the same as "--memory=50M"
  const isNext = value === undefined && option in LIMITS;
  options[option] = (isNext ? command.shift() : value) ?? "";
}
const limits = readLimits(options);
const withInit = "--init" in options;
const ports = options["--publish"]?.split(",") ?? [];
if (!command[0] || command[0].startsWith("--") || !ports.every(isPublishable)) {
  console.error(
    "usage: pnpm --filter 11-privileges start [--init] [--memory=50M] [--cpus=0.5] [--pids=10] <command> [args…]",
  );
  process.exit(2);
}
switch (mode) {
  case "run":
    await run();
    break;
  case "child":
    await child();
    break;
  default:
    throw new Error(`invalid command "${mode}": type run`);
}

async function run() {
  console.error(`Running main process [${command.join(" ")}] as ${process.pid}`);

  const name = `container-${Math.random().toString(36).slice(2, 8)}`;
  for (const port of ports) await reserve(Number.parseInt(port, 10));
  const [procs, ...more] = configCgroups(name, limits);
  const directory = makeDirectory(name);
  const cable = name.replace("container", "cable");
  // Whatever becomes of run(), the host's network is then as it was
  runAtEnd(DISCONNECT, cable);

  // Without a terminal of its own, the container could type into ours
  const terminal = openTerminal();
  // Run this same program again, as `child`: /proc/self/exe is node, execArgv its options for TypeScript
  const own = [`--directory=${directory}`, ...words];
  const args = [...process.execArgv, import.meta.filename, "child", ...own];
  const container = spawn("/proc/self/exe", args, {
    // In its new root the child does not find the cgroups any more: it gets the files as descriptors 3, 5, 6
    stdio: [...terminal.stdio, procs, "pipe", ...more],
    // In a new session: a terminal that we have is not for it
    detached: true,
    // CLONE_NEWUTS: create the process in a new namespace, with a hostname of its own
    // CLONE_NEWPID: with process IDs of its own, it is number 1
    // CLONE_NEWNS: with mounts of its own
    // CLONE_NEWIPC: with message queues and shared memory of its own
    // CLONE_NEWNET: with network devices, addresses, routes and ports of its own
    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET,
    // By default, new mounts are shared with the host. Use unshareflags to not share them
    unshareflags: CLONE_NEWNS,
  });
  plugIn(container, cable, ports);
  terminal.connect();
  // An init waits for the command itself, and has to end after it
  process.exitCode = await wait(container, withInit ? 5 : 2);
  await terminal.drain();
  reportOutOfMemory(name, options["--memory"]);
}

async function child() {
  // By hand, without run(), what follows would change the host itself
  requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET);
  // When run() dies, even by SIGKILL, the container ends. The command keeps this when it takes our place
  dieWithParent("SIGKILL");
  const terminal = takeTerminal();
  console.error(`Running child process [${command.join(" ")}] as ${process.pid}`);

  sethostname("container");
  const { "--directory": directory = "", "--image": image } = options;
  configNetwork(directory);
  // What the host calls its cgroups is not for the container: in there, each of them is "/"
  const controllers = Object.keys(limits);
  const procs = [3, 5, 6].slice(0, controllers.length);
  unshareCgroup(controllers, procs);
  mountOverlay(directory, image, "--read-only" in options ? MS_RDONLY : 0);
  mountDevices(terminal);
  // Change the root of the mount namespace. The old root is now on top of the new one, at the same place
  pivotRoot(".", ".");
  // Mount /proc inside the container, so that ps works: it shows the PID namespace of who mounts it.
  // In a user namespace, the kernel allows that only as long as another one is in sight: the host's
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);
  // Take the old root away: nothing in this namespace leads to a file of the host any more
  umount(".", MNT_DETACH);
  process.chdir("/");
  hideKernel();

  // From here on, this thread and what it starts may do little more than any user
  dropPrivileges();
  const join = joinAll(procs, keepEnvironment(command));
  if (withInit) await init(join, procs);
  // Become that shell, and so the command: this program is gone, and process 1 is the command
  else execve("/bin/sh", join, procs);
}

function dropPrivileges() {
  const { arch, number } = machine();
  const numbers = [...REFUSED, "clone3" as const].map(number).filter((each) => each !== undefined);
  seccomp([
    instruction(BPF_LOAD, SECCOMP_DATA_NR),
    instruction(BPF_AT_LEAST, 0x40000000, numbers.length + 5, 0),
    ...numbers.map((each, index) => instruction(BPF_EQUAL, each, numbers.length - index + 4, 0)),
    instruction(BPF_EQUAL, number("clone") ?? 0, 0, 2),
    instruction(BPF_LOAD, SECCOMP_DATA_ARG0),
    instruction(BPF_ANY_BIT, NAMESPACES, 2, 0),
    instruction(BPF_LOAD, SECCOMP_DATA_ARCH),
    instruction(BPF_EQUAL, arch, 1, 0),
    instruction(BPF_RETURN, SECCOMP_RET_ERRNO | constants.errno.ENOSYS),
    instruction(BPF_RETURN, SECCOMP_RET_ALLOW),
  ]);
  const last = Number(readFileSync("/proc/sys/kernel/cap_last_cap", "utf8"));
  const all = Array.from({ length: last + 1 }, (_, capability) => capability);
  for (const capability of all.filter((each) => !CAPABILITIES.includes(each)).reverse())
    prctl(PR_CAPBSET_DROP, capability);
  prctl(PR_SET_NO_NEW_PRIVS, 1);
}
