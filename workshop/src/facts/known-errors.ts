interface KnownError {
  pattern: RegExp;
  hint: string | ((match: RegExpExecArray) => string);
}

/** The usual causes of errors: the first that matches counts. */
const KNOWN: KnownError[] = [
  {
    pattern: /does not provide an export named '(\w+)'/,
    hint: ([, name]) => `shared-native has no ${name}. Its index.ts lists what there is.`,
  },
  {
    pattern: /SyntaxError|INVALID_TYPESCRIPT_SYNTAX|ERROR: Expected|ERROR: Unexpected/,
    hint: "Node cannot read main.ts. Often a bracket, a quote or a comma is missing just before that line.",
  },
  {
    pattern: /ReferenceError: (\w+) is not defined/,
    hint: ([, name]) => `Is ${name} imported from shared-native, and spelt as there?`,
  },
  {
    pattern: /child: the (\w+) namespace is the host's/,
    hint: ([, name]) =>
      `child() ran in the host's ${name} namespace. run() must not call it: it must start this ` +
      "program again with spawn, and with cloneflags for all the namespaces that child() requires.",
  },
  {
    pattern: /\(unreachable\)|process\.cwd failed/,
    hint: 'The working directory is outside of the root. chroot leaves it where it was: process.chdir("/") comes next.',
  },
  {
    pattern: /invalid command "([^"]*)"/,
    hint: ([, mode]) =>
      `The program was started with ${JSON.stringify(mode)} as its first argument, and the switch has no such case.`,
  },
  {
    pattern: /EAGAIN|Resource temporarily unavailable|pthread_create|uv_thread_create|ERR_WORKER/,
    hint: "No more tasks were allowed: Node's own threads count too. Who is in the cgroup? Only the command may join it.",
  },
  {
    pattern: /EINVAL.*mount\(.*MS_PRIVATE/,
    hint: "After chroot, / is a directory, not a mount. The propagation must be changed before.",
  },
  {
    pattern: /(ENOENT|ENOTDIR).*mount\("[^"]*", "([^"]*)"/,
    hint: ([, , target]) =>
      `There is no ${target} from where the process stands. After chroot and chdir, the container's is /proc.`,
  },
  {
    pattern: /EINVAL.*umount2/,
    hint: "umount found nothing mounted there: did the mount happen in another root, or not at all?",
  },
  {
    pattern: /EBUSY.*umount2/,
    hint: "Something is still in it. MNT_DETACH takes it away all the same.",
  },
  {
    pattern: /ENOENT.*chroot\("([^"]*)"/,
    hint: ([, path]) =>
      `There is no ${path}. The root is UBUNTU_FS, at the top of the repo, whatever the folder one stands in.`,
  },
  {
    pattern: /cloneflags|unshareflags/,
    hint: "The message says which flags go where. A new PID namespace is for cloneflags.",
  },
  {
    pattern: /(EACCES|ENOENT|EINVAL|EROFS|EBUSY|EPERM).*(cgroup|pids)/,
    hint: 'The directory of a cgroup is made below cgroupRoot("pids"), before anything is written to its files, and it is found only from outside the chroot.',
  },
  {
    pattern: /echo: I\/O error|Operation not supported|ENOTSUP/,
    hint: 'The command could not join its cgroup. Is the file the one that cgroupProcs(cgroup) names, opened with "w"? In a container that function also makes the cgroup ready for processes.',
  },
  {
    pattern: /no cgroup has the pids controller/,
    hint: 'This machine cannot do this stage: type "pnpm workshop doctor".',
  },
  {
    pattern: /(ENOENT|EACCES|E2BIG).*spawn|spawn .*(ENOENT|EACCES)|command not found/,
    hint: "What is started must be the program and its arguments, as they were typed: command[0], then the rest. After chroot, it is looked for in the new root.",
  },
  {
    pattern: /EPERM/,
    hint: "The kernel refused it. Are you root, and in the namespace that you think you are in?",
  },
];

/** Returns what is behind the error that a program printed, if it is one that students make. */
export function hintFor(stderr: string): string | undefined {
  for (const { pattern, hint } of KNOWN) {
    const match = pattern.exec(stderr);
    if (match) return typeof hint === "string" ? hint : hint(match);
  }
  return undefined;
}
