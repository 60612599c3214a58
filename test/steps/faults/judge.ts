import { hasOwnCgroup } from "workshop/facts/cgroup";
import { undoesNetwork } from "workshop/facts/network/undone";
import { keepsMountsFromHost } from "workshop/facts/propagation";
import { findStage } from "workshop/stages/find-stage";
import type { Result } from "./fail-call.ts";

/** Failures that do not matter to the student, and why. */
const harmless: { call: string; fault: string; why: string }[] = [
  { call: "openat", fault: "EINTR", why: "libuv tries again" },
  { call: "write", fault: "EINTR", why: "libuv tries again, and so does the shell" },
  { call: "rmdir", fault: "EBUSY", why: "removeCgroup tries again" },
  { call: "wait4", fault: "EINTR", why: "libuv tries again" },
];

/** Returns the reason why a failure is allowed to have no effect, if it is. */
export function whyHarmless(outcome: Result): string | undefined {
  const { call, fault } = outcome;
  // With ENOEXEC, libc has a shell read the program as a script
  if (isOfWatcher(outcome) && (fault === "ENOEXEC" || fault === "SIGKILL")) {
    return "run() needs the one that watches it only when it is killed itself";
  }
  // A program that runs to its end, such as ip(8)
  const isInPath = call.name === "execve" && call.inFork && call.args.startsWith('"/usr/sbin/');
  if (isInPath && ["EACCES", "ENOENT", "ENOTDIR"].includes(fault)) {
    return "libuv looks in the next folder of PATH";
  }
  return harmless.find((one) => one.call === call.name && one.fault === fault)?.why;
}

/** Tells whether it is the start of the shell that watches run(), where there is a cgroup. */
function isOfWatcher({ stage, mode, call }: Result): boolean {
  const hasWatcher = findStage(stage).facts.includes(hasOwnCgroup);
  return hasWatcher && mode === "run" && call.inFork && call.args.startsWith('"/bin/sh"');
}

/**
 * Tells whether no shell could be started at all: strace cannot tell the one that watches run() from the
 * one in which run() then does the same itself.
 */
function hasNoShell(outcome: Result): boolean {
  return isOfWatcher(outcome) && findStage(outcome.stage).facts.includes(undoesNetwork);
}

/** Lists what is wrong with an outcome. */
export function judge(outcome: Result): string[] {
  const { fault, status, said, staysAfterClean } = outcome;
  const mayBeSaid = /: (run\(\) has ended|SIGKILL)$/;
  const isKilled = fault === "SIGKILL";
  const isOneLine = said.length === 1 && /^\S+: \S/.test(said[0] ?? "");
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
  if (hasNoShell(outcome)) return stays.every((what) => /^(no )?network /.test(what));
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
