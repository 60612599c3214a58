import { existsSync } from "node:fs";
import { flawOf } from "./flaws.ts";
import type { KnownError } from "./known-error.ts";
import { isFile } from "./on-host.ts";

/** Errors of what shared-native has for processes and namespaces, and of chroot. */
export const callErrors: KnownError[] = [
  {
    pattern: /EPERM[^\n]* ioctl\(\d, TIOCSCTTY/,
    hint: "The terminal belongs to another session: yours. openTerminal().stdio is for spawn, in the place of inherit, and detached: true begins a session that has none.",
  },
  {
    pattern: /child: the (\w+) namespace is the host's/,
    hint: ([, name], { source, stdout }) =>
      flawOf(source) ??
      (/\bunshare"/.test(source)
        ? "unshare(1) makes the namespaces that its options name. With --pid, the first process that is started then is number 1, and not unshare itself."
        : undefined) ??
      (stdout === ""
        ? `requireNewNamespaces ran in the host's ${name} namespace. It is for child(), and run() must not call it: it must start this program again with spawn, and with cloneflags for all the namespaces that child() requires.`
        : "The command ran, and then child() on the host. Perhaps a break is missing in the switch."),
  },
  {
    pattern: /child: run\(\) is not in this \/proc/,
    hint: "requireNewNamespaces and dieWithParent come first in child(), while /proc is still the host's.",
  },
  {
    pattern: /child: run\(\) has ended/,
    hint: "The parent of child() is not run(), or not any more. Perhaps run() does not wait for it, or a shell stands between the two.",
  },
  {
    pattern: /\(unreachable\)|process\.cwd failed|uv_cwd/,
    hint: 'The working directory is outside of the root. chroot leaves it where it was: process.chdir("/") comes next.',
  },
  {
    pattern: /invalid command "([^"]*)"/,
    hint: ([, mode]) =>
      `The program was started with ${JSON.stringify(mode)} as its first argument, and the switch has no such case.`,
  },
  {
    pattern: /^usage: /m,
    hint: 'The program was started without a command. run() hands it on: "child", ...command.',
  },
  {
    pattern: /spawn: "\/" is no mount point/,
    hint: "unshareflags is for the spawn in run(), before there is a chroot. child() starts the command without flags.",
  },
  {
    pattern: /CLONE_NEWPID in unshareflags/,
    hint: "The message says which flags go where: a new PID namespace is for cloneflags.",
  },
  {
    pattern: /CLONE_NEW(USER|TIME) (?:is only|cannot)/,
    hint: ([, name], { stage }) =>
      name === "USER" && stage.root === "rootless-fs"
        ? "Node has several threads, and the kernel lets no such process into a new user namespace. unshare(1) has one: run() spawns that, with --user."
        : `No stage needs CLONE_NEW${name}: leave it out.`,
  },
  {
    pattern: /\b(\w+): unknown flag (\S+), known/,
    hint: ([, call, flag], { source }) =>
      flag === "undefined" && call === "mount"
        ? "mount takes a source, a target, a type, and flags: 0 for none."
        : (flawOf(source) ??
          `Flags are numbers: constants of shared-native, without quotes or brackets, combined with |. ${call} knows those that the message lists.`),
  },
  {
    pattern: /(ENOENT|ENOTDIR)[^\n]* chroot\("([^"]*)"/,
    hint: ([, code, path = ""]) => {
      if (code === "ENOTDIR") return `${path} is a file, and a root is a folder: ubuntu-fs.`;
      if (!path.startsWith("/"))
        return `${path} is looked for in the working directory. import.meta.dirname tells where main.ts is, and from there ubuntu-fs is "../../../ubuntu-fs", at the top of the repo.`;
      return existsSync(path)
        ? `${path} is there on the host. In a chroot it is not: has chroot run before?`
        : `There is no ${path}. The root is ubuntu-fs, at the top of the repo: path.join(import.meta.dirname, "../../../ubuntu-fs").`;
    },
  },
  {
    pattern: /ENOENT[^\n]* '\/proc\//,
    hint: "A chroot has no /proc until it is mounted there. What reads the host's comes before: cgroupRoot and spawn with cloneflags in run(), requireNewNamespaces and dieWithParent at the top of child(). chroot is for child().",
  },
  {
    pattern: /ENOENT[^\n]*, (?!spawn)\w+ '(\/[^']*)'/,
    hint: ([, path = ""], { stage }) =>
      stage.root !== "host" && isFile(path)
        ? `${path} is there on the host, and nobody finds it after chroot: what is needed from the host is read before.`
        : undefined,
  },
];
