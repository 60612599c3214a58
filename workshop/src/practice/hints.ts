import { readFileSync } from "node:fs";
import path from "node:path";
import { stageFolder, stages } from "../host/folders.ts";

/** From a nudge to all but the code; the code itself comes last. */
const HINTS: Record<string, string[]> = {
  "01-uts": [
    "Everything happens in run(), in two statements: start the command, wait for it.",
    'spawn(file, args, options): the file is command[0], the arguments are the rest. Without stdio: "inherit", the command would talk to a pipe that nobody reads.',
    "The option cloneflags: CLONE_NEWUTS makes the namespace. wait(child) gives the status, as a shell would: it belongs in process.exitCode.",
  ],
  "02-reexec": [
    "Somebody must run in the new namespace before the command does, to set the name. A program that is there already, and that you know: this one.",
    "run() starts /proc/self/exe, which is Node, with process.execArgv, this file (import.meta.filename), child, and the command. The switch gets a case for child.",
    'child() first calls requireNewNamespaces(CLONE_NEWUTS), then sethostname("container"), then starts the command with spawn, without any flags, and passes its status on as run() does.',
  ],
  "03-pid-mnt-chroot": [
    "run() needs only more flags. child() makes the inside: a root, a place to stand in it, a /proc.",
    'cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS, and requireNewNamespaces the same. In child(), in this order: chroot(UBUNTU_FS), process.chdir("/"), mount("proc", "/proc", "proc", 0).',
    'After wait, umount("/proc"). In try … finally, so that it happens also when something fails. For the case that run() is killed: dieWithParent().',
  ],
  "04-unshare-proc": [
    "A new mount namespace is a copy of the host's, and mounts in a shared copy are passed on. mount_namespaces(7) calls what has to change the propagation.",
    "It has to change in the new namespace, for all mounts, before anything is mounted there. Go has a field for it beside Cloneflags, and so has our spawn.",
    "unshareflags",
  ],
  "05-cgroups": [
    'A cgroup is a directory. run() calls configCgroups(), which makes one with a name that no other container has, in cgroupRoot("pids"), and writes to its pids.max. removeCgroupAtEnd(cgroup) takes it away again.',
    "Who joins? The number 0, written to cgroup.procs, means the one who writes. If Node writes it, Node's threads are in. So a small shell joins, and becomes the command: exec.",
    'After chroot nobody finds the cgroup any more. configCgroups() opens cgroupProcs(cgroup), and run() hands it down as descriptor 3: stdio: ["inherit", "inherit", "inherit", fd], twice. The shell: \'echo 0 >&3 && exec "$@" 3>&-\'.',
  ],
};

/** The hints of a stage, one for each call: more each time, at last the code. */
export function hintsOf(stage: string): string[] {
  return HINTS[stage] ?? [];
}

/** The code of a stage, and of the one before: what has to change is the difference. */
export function lessonOf(stage: string): { before: string; after: string } {
  const before = stages[stages.indexOf(stage) - 1];
  return { before: before ? codeOf(before) : "", after: codeOf(stage) };
}

export function codeOf(stage: string): string {
  return readFileSync(path.join(stageFolder(stage), "src/main.ts"), "utf8");
}
