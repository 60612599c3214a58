import { errnos } from "./errnos.ts";
import type { Traced } from "./start-held.ts";

/** A system call that a stage makes on its way. */
export interface Call {
  name: string;
  /** Its arguments and its result, as strace prints them. */
  args: string;
  /** Its number among the calls of this name in its process. */
  nth: number;
  /** The same among those of its subject. */
  nthOfSubject: number;
  /** True if it is made by a process that the held one has forked. */
  inFork: boolean;
}

/**
 * Tells whether V8 has asked for the number of processors and their clock. It does so once, on whichever
 * thread first has to wait for one of its locks: where that comes after all of a stage's code is loaded,
 * strace counts it.
 */
export function asksForProcessors(trace: string): boolean {
  return trace.includes("/sys/devices/system/cpu/");
}

/**
 * Lists the calls that strace saw: of the held process, and of those that it forked, which are the
 * first that execute something.
 *
 * @param forks how many
 */
export function callsIn({ held, trace }: Traced, forks: number): Call[] {
  const all = [...trace.matchAll(/^(?:\[pid +(\d+)\] )?(\w+)\((.*)$/gm)];
  const lines = all.filter(([line]) => !asksForProcessors(line));
  const others = lines.filter(([, pid = held, name]) => pid !== held && name === "execve");
  const forked = [...new Set(others.map(([, pid]) => pid))].slice(0, forks);
  const counts = new Map<string, number>();
  const count = (what: string) => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
    return counts.get(what) ?? 0;
  };
  return lines.flatMap(([, pid = held, name = "", args = ""]) => {
    if (pid !== held && !forked.includes(pid)) return [];
    const nth = count(`${pid} ${name}`);
    const nthOfSubject = count(`${pid} ${name} ${subjectOf(args)}`);
    return { name, args, nth, nthOfSubject, inFork: pid !== held };
  });
}

/** Tells whether a call is the stage's own: Node has its pipes, its threads, its caches. */
export function isOwn({ name, args, inFork }: Call): boolean {
  if (!(name in errnos)) return false;
  if (inFork)
    return name === "execve" || (name === "write" && /\/(cgroup\.procs|tasks)>/.test(args));
  const isOfFiles = name === "openat" || name === "read" || name === "write";
  return !isOfFiles || /[<"]\/(proc|sys\/fs\/cgroup)\//.test(args);
}

/** Returns a call's subject, the same in each run: `"/proc/self/ns/uts"`, `</proc/#/status>`. */
export function subjectOf(args: string): string {
  const path = /"\/[^"]*"/.exec(args)?.[0];
  const descriptor = /^\d*<(\/|uts:|pid:|mnt:)[^>]*>/.exec(args)?.[0];
  return (path ?? descriptor ?? "").replace(/container-\w+|(?<=^|\/proc\/|\/task\/|\[)\d+/g, "#");
}
