import { findHierarchy } from "host";
import type { KnownError } from "./known-error.ts";

const NO_FILES =
  "The files of a cgroup cannot be deleted, and need not be: only its directory is removed. removeCgroupAtEnd(cgroup) does it, in run().";

/** Returns a hint for an error that has other causes where there is no cgroup. */
function inStageWithCgroup(hint: string): KnownError["hint"] {
  return (_, { source }) => (/cgroup/i.test(source) ? hint : undefined);
}

/** Errors around cgroups. */
export const cgroupErrors: KnownError[] = [
  {
    pattern: /no cgroup has the (\S+) controller/,
    hint: ([, name]) => {
      if (name !== "pids")
        return 'The controller that counts tasks is called pids: cgroupRoot("pids").';
      return findHierarchy() === undefined
        ? 'This machine cannot do this stage: type "pnpm workshop doctor".'
        : "This machine has one, but it is not to be found after chroot: run() makes the cgroup, on the host.";
    },
  },
  {
    pattern: /(?:EPERM|EACCES)[^\n]* '(\/sys\/fs\/cgroup[^']*)\/([^/']+)'/,
    hint: ([, , name = ""], { stderr }) =>
      /\bopen '/.test(stderr)
        ? `The kernel makes the files of a cgroup, and nobody else can make one: perhaps ${name} is misspelt, or is not below cgroupRoot("pids").`
        : NO_FILES,
  },
  {
    pattern: /Command failed: rm [^\n]*\/sys\/fs\/cgroup|cannot remove '\/sys\/fs\/cgroup/,
    hint: NO_FILES,
  },
  {
    pattern: /EISDIR[^\n]*, (\w+) '\/sys\/fs\/cgroup/,
    hint: ([, call]) =>
      call === "open"
        ? "That is the directory of a cgroup. The file by which one joins is in it: cgroupProcs(cgroup)."
        : "A cgroup is a directory: removeCgroupAtEnd(cgroup) removes it, in run().",
  },
  {
    pattern: /EBUSY[^\n]* rmdir '\/sys\/fs\/cgroup/,
    hint: "Somebody is still in that cgroup. Perhaps Node has joined it, or it is removed before the container has ended.",
  },
  {
    pattern: /(?:ENOTEMPTY[^\n]* rmdir|EROFS[^\n]* mkdir) '\/sys\/fs\/cgroup/,
    hint: 'That directory is no cgroup: where there are several hierarchies, /sys/fs/cgroup only holds them. cgroupRoot("pids") is the one that counts tasks.',
  },
  {
    pattern: /EEXIST[^\n]* mkdir '\/sys\/fs\/cgroup/,
    hint: "There is a cgroup of that name already: each container needs one of its own. mkdtempSync makes a new name for each.",
  },
  {
    pattern: /ENOENT[^\n]* '\/sys\/fs\/cgroup/,
    hint: "The directory of a cgroup is made with mkdirSync, before anything is written to its files, and it is found only from outside the chroot.",
  },
  {
    pattern: /EPERM[^\n]*, write/,
    hint: inStageWithCgroup(
      "Perhaps it was written to a file of the host's own cgroup, which is cgroupRoot(\"pids\"). The container's is a new directory in it.",
    ),
  },
  {
    pattern: /EINVAL[^\n]*, write/,
    hint: inStageWithCgroup(
      'The kernel refuses what was written. pids.max takes a plain number, "10", and cgroup.procs the number of a process, or "0".',
    ),
  },
  {
    pattern: /ESRCH[^\n]*, write/,
    hint: inStageWithCgroup(
      "From where it was written, there is no process of that number. 0 is the one who writes.",
    ),
  },
  {
    pattern: /echo: (?:write error|I\/O error|echo: I\/O error)|Operation not supported|ENOTSUP/,
    hint: inStageWithCgroup(
      'The command could not join its cgroup. Is the cgroup still there, and the file the one that cgroupProcs(cgroup) names, opened with "w"? In a container that function also makes the cgroup ready for processes.',
    ),
  },
  {
    pattern: /Bad file descriptor/,
    hint: inStageWithCgroup(
      'The process has no such descriptor. spawn hands on what is in stdio, ["inherit", "inherit", "inherit", 3], and execve what is in its last argument, [3].',
    ),
  },
  {
    pattern: /\/sys\/fs\/cgroup\S*: (?:Directory nonexistent|No such file)/i,
    hint: "After chroot nobody finds the cgroup any more: run() opens the file by which the command joins, and hands it down as a descriptor.",
  },
  {
    pattern: /EAGAIN|Resource temporarily unavailable|pthread_create|uv_thread_create|ERR_WORKER/,
    hint: (_, { source }) =>
      /cgroup/i.test(source)
        ? "No more tasks were allowed: Node's own threads count too. Who is in the cgroup? Only the command may join it."
        : "No more processes could start. Perhaps the program starts itself again and again.",
  },
];
