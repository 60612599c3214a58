import { ChildProcess, spawn as nodeSpawn, type SpawnOptions } from "node:child_process";
import module from "node:module";
import { checkFlags } from "../libc/call.ts";
import { MS_PRIVATE, MS_REC, mount } from "../libc/mount.ts";
import {
  CLONE,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWTIME,
  CLONE_NEWUSER,
  unshare,
} from "../libc/namespaces.ts";
import { CLOSE_RANGE_CLOEXEC, closeRange, waitid } from "../libc/process.ts";
import { readMountinfo } from "../mountinfo.ts";
import { holdEndingSignals } from "./ending-signals.ts";
import { ignoringSignals, restoreFileLimit } from "./inherited.ts";
import { closePlace, comeBack, openPlace } from "./namespaces.ts";

/** Node's own options, and the two of Go's SysProcAttr that make a container. */
export interface NamespaceOptions extends SpawnOptions {
  /** The new namespaces that the child is born in: CLONE_NEW* constants, combined with |. */
  cloneflags?: number;
  /** New namespaces on top of these. With CLONE_NEWNS, all mounts are made private in it. */
  unshareflags?: number;
}

/**
 * Starts a process in new namespaces, as Go does with `SysProcAttr{Cloneflags, Unshareflags}`.
 *
 * Go clones with these flags. Node cannot: V8 keeps its code out of a forked process, which crashes.
 * So this thread itself moves into new namespaces, forks there, and comes back.
 *
 * From the first CLONE_NEWNS on, this thread has a working directory of its own: a later
 * `process.chdir` is not seen by threads that exist already, those of asynchronous `fs` among them.
 *
 * @param command a program, looked up in PATH when its name has no slash
 * @param args its arguments
 * @param options Node's, with `cloneflags` and `unshareflags`
 * @returns the child, as from Node's spawn: a command that cannot be executed emits `error`
 * @throws {RangeError} with a flag that cannot be used here; the message says why
 * @throws {Error} for CLONE_NEWNS in unshareflags where "/" is no mount point, as in a chroot
 * @throws {SyscallError} `EPERM` without CAP_SYS_ADMIN, and what unshare(2) and mount(2) give
 * @see https://man7.org/linux/man-pages/man2/clone.2.html
 * @see https://pkg.go.dev/syscall#SysProcAttr
 */
export function spawn(
  command: string,
  args: readonly string[] = [],
  options: NamespaceOptions = {},
): ChildProcess {
  const { cloneflags = 0, unshareflags = 0, ...nodeOptions } = options;
  refuseImpossible(cloneflags, unshareflags);
  // For a child that is this program again: after an edit, Node has just compiled it (from 22.10 on)
  module.flushCompileCache?.();
  const cwd = process.cwd();
  const host = openPlace(cloneflags | unshareflags);
  let child: ChildProcess | undefined;
  try {
    // All or nothing: if it throws, there is nothing to undo. A container may not even call it
    if (cloneflags) unshare(cloneflags);
    try {
      unshareAsGo(unshareflags);
      holdEndingSignals(); // or one that comes before wait() would leave the child alone
      // As runc does: a directory that whoever started us had open would lead out of every chroot
      closeRange(3, 0xffffffff, CLOSE_RANGE_CLOEXEC);
      restoreFileLimit();
      child = start(...ignoringSignals(command, args), nodeOptions); // forks here, on this thread
    } finally {
      comeBack(host);
      process.chdir(cwd);
    }
    return child;
  } catch (error) {
    if (child?.pid !== undefined) {
      child.kill("SIGKILL"); // it runs, but its caller will never know of it
      waitid(child.pid); // or the caller takes away what it still uses: its cgroup
    }
    throw error;
  } finally {
    closePlace(host);
  }
}

/** Starts the command. Of the reasons why that fails, Node emits some and throws the others: ENOEXEC… */
function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  try {
    const child = nodeSpawn(command, args, options);
    return child.stdio ? child : Object.assign(child, { stdio: [] }); // EMFILE: it has none
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== "spawn") throw error; // a bug in the arguments
    const child = Object.assign(new ChildProcess(), { spawnfile: command, stdio: [] });
    process.nextTick(() => child.emit("error", error));
    return child;
  }
}

/** Unshares as Go's child does between clone and exec; ours inherits it from this thread. */
function unshareAsGo(unshareflags: number): void {
  if (unshareflags) unshare(unshareflags);
  if (unshareflags & CLONE_NEWNS) mount("none", "/", null, MS_REC | MS_PRIVATE);
}

/** Refuses flags after which this thread could not come back, or that would mean something else here. */
function refuseImpossible(cloneflags: number, unshareflags: number): void {
  checkFlags(cloneflags, CLONE, "cloneflags");
  checkFlags(unshareflags, CLONE, "unshareflags");
  const flags = cloneflags | unshareflags;
  if (flags & CLONE_NEWTIME) {
    throw new RangeError("spawn: CLONE_NEWTIME cannot be undone in Node: setns(2) refuses threads");
  }
  if (unshareflags & CLONE_NEWPID) {
    throw new RangeError(
      "spawn: CLONE_NEWPID in unshareflags is for the child's children: use cloneflags",
    );
  }
  // In a chroot, the mount that "/" is on has no line: its own root is outside
  if (unshareflags & CLONE_NEWNS && !readMountinfo().some(({ mountPoint }) => mountPoint === "/")) {
    throw new Error(
      'spawn: "/" is no mount point, as in a chroot, and cannot be private: perhaps use the host',
    );
  }
  if (flags & CLONE_NEWUSER) unshare(CLONE_NEWUSER); // throws, with the reason
}
