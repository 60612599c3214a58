import { readFileSync } from "node:fs";
import { expect, type Fact } from "./fact.ts";
import { said, shown } from "./shown.ts";

/** Docker's list, as bits: what /proc/<pid>/status shows. */
const CAPABILITIES = "00000000a80425fb";

export const keepsCapabilities: Fact = {
  id: "capabilities",
  title: "has the capabilities that Docker leaves to root, and no others",
  onlyLooks: true,
  async check({ shell }) {
    const status = statusOf((await shell()).pid);
    for (const name of ["CapBnd", "CapEff"]) {
      expect(
        status(name) === CAPABILITIES,
        `${name} in /proc/<pid>/status of the command is ${CAPABILITIES}`,
        `it is ${status(name)}`,
        name === "CapBnd"
          ? "prctl(PR_CAPBSET_DROP, number) takes one out of the bounding set. Do that for each number, from 0 to the one in /proc/sys/kernel/cap_last_cap, except those in the list."
          : "The bounding set is right, and was so too late: what a program of root's may do is decided when it starts, that is at execve.",
      );
    }
  },
};

export const getsNoMore: Fact = {
  id: "no-new-privileges",
  title: "gets no more rights by a program's file, as from sudo",
  onlyLooks: true,
  async check({ shell }) {
    const status = statusOf((await shell()).pid);
    expect(
      status("NoNewPrivs") === "1",
      "NoNewPrivs in /proc/<pid>/status of the command is 1",
      `it is ${status("NoNewPrivs")}`,
      "prctl(PR_SET_NO_NEW_PRIVS, 1), in the process that becomes the command.",
    );
  },
};

/** Commands that root in a container tries, and the call that is refused. */
const TRIES: Record<string, string> = {
  "mount -t tmpfs none /tmp": "mount",
  "umount /proc/sys": "umount2",
  // Where the host allows that, it takes no capability
  "unshare --user true": "unshare",
};

export const filtersCalls: Fact = {
  id: "filter",
  title: "has the kernel refuse what is for mounts, namespaces and the kernel itself",
  async check({ shell, run }) {
    const status = statusOf((await shell()).pid);
    expect(
      status("Seccomp") === "2",
      "Seccomp in /proc/<pid>/status of the command is 2: a filter",
      `it is ${status("Seccomp")}`,
      "seccomp() takes the instructions of a filter, and it has to be called on the main thread, which becomes the command.",
    );
    const tries = Object.keys(TRIES).map((line) => `${line} && echo '${line}'`);
    const { stdout } = await run("sh", "-c", [...tries, ":"].join("\n"));
    for (const [line, call] of Object.entries(TRIES)) {
      expect(
        !stdout.split("\n").includes(line),
        `${line} fails: ${call} is refused`,
        "it did what it should not",
        `When the number of ${call} comes, the filter ends with SECCOMP_RET_ERRNO | EPERM. A jump skips so many instructions: count them.`,
      );
    }
  },
};

/** Commands that root may expect to work. */
const WORK = [
  "chown 1:1 /tmp && chown 0:0 /tmp",
  "(sleep 10 & kill $! && wait $!; test $? = 143)",
  "chmod 700 /root",
  "mknod /tmp/null c 1 3 && echo >/tmp/null",
  "sh -c 'echo one | cat' >/tmp/file && test -s /tmp/file",
];

export const stillWorks: Fact = {
  id: "still-works",
  title: "still lets root do its work: files, processes, devices",
  async check({ run }) {
    const works = WORK.map((line, index) => `${line} || { echo ${index}; exit; }`);
    const { stdout, stderr } = await run("sh", "-c", [...works, "echo done"].join("\n"));
    expect(
      stdout === "done\n",
      `${WORK[Number.parseInt(stdout, 10)] ?? WORK[0]} works`,
      `it does not: ${shown(said(stderr))}`,
      "Perhaps the filter refuses too much: what it does not know should end with SECCOMP_RET_ALLOW. Or a capability is missing.",
    );
  },
};

/** Returns a function that gives a field of /proc/<pid>/status. */
function statusOf(pid: number): (name: string) => string | undefined {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  return (name) => new RegExp(`^${name}:\\t(\\w+)$`, "m").exec(text)?.[1];
}
