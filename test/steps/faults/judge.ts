import { hasOwnCgroup } from "workshop/facts/cgroup";
import { undoesNetwork } from "workshop/facts/network/undone";
import { removesChanges } from "workshop/facts/overlay";
import { keepsMountsFromHost } from "workshop/facts/propagation";
import { findStage } from "workshop/stages/find-stage";
import { isRootless } from "../../kit/containers.ts";
import type { Result } from "./fail-call.ts";

/** Failures that do not matter to the student, and why. */
const harmless: { call: string; fault: string; why: string }[] = [
  { call: "openat", fault: "EINTR", why: "libuv tries again" },
  { call: "write", fault: "EINTR", why: "libuv tries again, and so does the shell" },
  { call: "rmdir", fault: "EBUSY", why: "removeCgroup tries again" },
  { call: "wait4", fault: "EINTR", why: "libuv tries again" },
];

/** The calls with which Node starts a program. */
const STARTING = ["clone", "execve", "pipe2", "socketpair"];

/** Returns the reason why a failure is allowed to have no effect, if it is. */
export function whyHarmless(outcome: Result): string | undefined {
  const { call, fault } = outcome;
  // With ENOEXEC, libc has a shell read the program as a script
  if (isOfWatcher(outcome) && (fault === "ENOEXEC" || fault === "SIGKILL")) {
    return "run() needs the one that watches it only when it is killed itself";
  }
  if (isRootless(outcome.stage) && outcome.mode === "run" && STARTING.includes(call.name)) {
    return "without a program for its network, the container has its loopback device, and says so";
  }
  // A program that runs to its end, such as ip(8)
  const isInPath = call.name === "execve" && call.inFork && call.args.startsWith('"/usr/sbin/');
  if (isInPath && ["EACCES", "ENOENT", "ENOTDIR"].includes(fault)) {
    return "libuv looks in the next folder of PATH";
  }
  return harmless.find((one) => one.call === call.name && one.fault === fault)?.why;
}

/** Tells whether it is the start of the shell that watches run(), where there is something to remove. */
function isOfWatcher({ stage, mode, call }: Result): boolean {
  const { facts } = findStage(stage);
  const hasWatcher = facts.includes(hasOwnCgroup) || facts.includes(removesChanges);
  return hasWatcher && mode === "run" && call.inFork && call.args.startsWith('"/bin/sh"');
}

/**
 * Tells whether no shell could be started at all: strace cannot tell the one that watches run() from the
 * one in which run() then does the same itself.
 */
function hasNoShell(outcome: Result): boolean {
  const undoesMore = findStage(outcome.stage).facts.includes(undoesNetwork);
  return isOfWatcher(outcome) && (undoesMore || isRootless(outcome.stage));
}

/** Lists what is wrong with an outcome. */
export function judge(outcome: Result): string[] {
  const { stage, fault, status, said, staysAfterClean } = outcome;
  const mayBeSaid = /: (run\(\) has ended|SIGKILL|.* was ended by SIGKILL: try again)$/;
  const isKilled = fault === "SIGKILL";
  // Between run() and child() of stage 12 are other programs, so child() may notice before it is killed
  const alsoSays = (line: string) =>
    isRootless(stage) && said.length > 1 && /: child: run\(\) has ended$/.test(line);
  const lines = said.filter((line) => !alsoSays(line));
  const isOneLine = lines.length === 1 && /^\S+: \S/.test(lines[0] ?? "");
  const wrong: [boolean, string][] = [
    [status === "hung", "it does not end"],
    [status === 0 && whyHarmless(outcome) === undefined, "it succeeds"],
    [status === 0 && said.length > 0, "it complains, and succeeds"],
    [status !== 0 && !isKilled && !isOneLine, "it does not say in one line what happened"],
    [isKilled && said.some((line) => !mayBeSaid.test(line)), "it says what is not so"],
    [!mayStay(outcome), "it leaves something behind"],
    [staysAfterClean.length > 0, "pnpm workshop clean does not take that away"],
  ];
  return wrong.filter(([isSo]) => isSo).map(([, what]) => what);
}

/** Tells whether there was nobody left to remove it, or it could not be removed. */
function mayStay(outcome: Result): boolean {
  const { stage, mode, call, fault, stays } = outcome;
  const undone = isRootless(stage) ? /^changes / : /^(no )?network /;
  if (hasNoShell(outcome)) return stays.every((what) => undone.test(what));
  const [what = "", ...more] = stays;
  const couldNot = call.name === "umount2" || (fault === "SIGKILL" && !call.inFork);
  // spawn() kills child() when run() cannot come back to the host: on a busy machine it may have mounted
  const isWayBack = ["setns", "fchdir", "chroot", "chdir"].includes(call.name);
  const isKilled = isWayBack && fault !== "SIGKILL";
  const isMount =
    (mode === "child" ? couldNot : isKilled) && /^mount .*\/ubuntu-fs\/proc$/.test(what);
  // Only stage 03 shares its mounts with the host: that is what stage 04 is for
  const isKnown = !findStage(stage).facts.includes(keepsMountsFromHost) && isMount;
  return what === "" || (isKnown && more.length === 0);
}
