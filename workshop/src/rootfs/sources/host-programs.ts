import { existsSync } from "node:fs";
import { join } from "node:path";

/** The programs that a root from the host gets, as far as the host has it, by Debian package. */
const PROGRAMS = {
  bash: "bash",
  "busybox-static": "busybox", // with a small server: busybox httpd
  coreutils: `[ basename cat chgrp chmod chown chroot cp cut date dd df dirname du echo env false
    head id ln ls mkdir mknod mktemp mv nproc printenv printf pwd readlink realpath rm rmdir seq
    sleep sort stat stty sync tail tee test timeout touch tr true tty uname uniq wc whoami yes`,
  dash: "sh dash",
  debianutils: "which",
  findutils: "find xargs",
  grep: "egrep fgrep grep",
  hostname: "hostname",
  iproute2: "ip",
  "iputils-ping": "ping",
  less: "less",
  "libc-bin": "getent ldd",
  mawk: "awk",
  mount: "mount umount",
  "ncurses-bin": "clear reset tput",
  procps: "free kill pgrep pidof pkill ps top uptime vmstat w",
  psmisc: "pstree",
  sed: "sed",
  "util-linux": "findmnt lsns mountpoint nsenter setpriv setsid unshare",
};

/** The programs that the stages and their tests rely on. */
const REQUIRED = ["bash", "free", "grep", "hostname", "mount", "ps", "sleep"];

/**
 * Lists the paths of the programs to copy from this host.
 *
 * @throws {Error} when a required one is missing, with what to type
 */
export function hostPrograms(): string[] {
  return Object.entries(PROGRAMS).flatMap(([name, programs]) =>
    programs.split(/\s+/).flatMap((program) => {
      const path = findProgram(program);
      if (!path && REQUIRED.includes(program)) {
        throw new Error(`this host has no ${program}: type "apt-get install ${name}"`);
      }
      return path ?? [];
    }),
  );
}

/** The system's own folders, and not PATH: that may lead to a wrapper in somebody's home. */
const FOLDERS = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** Finds a program of the system. */
export function findProgram(name: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
