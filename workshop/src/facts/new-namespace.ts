import { namespaceOf } from "host";
import { expect, type Fact } from "./fact.ts";
import { shown } from "./shown.ts";

/**
 * @param file its name in /proc/<pid>/ns
 * @param name as in the man pages
 * @param flag the constant that makes one
 */
export function newNamespace(file: string, name: string, flag: string): Fact {
  return {
    id: `new-${file}-namespace`,
    title: `starts the command in a new ${name} namespace`,
    async check({ standing }) {
      const { box, pid } = await standing();
      const host = namespaceOf(box.pid, file);
      const seen = namespaceOf(pid, file);
      expect(
        seen !== undefined && seen !== host,
        `/proc/<pid>/ns/${file} of the command is not ${host}, the host's`,
        `/proc/<pid>/ns/${file} is the host's: ${seen}`,
        `A process is born in new namespaces when spawn's cloneflags say so: ${flag} is missing where the container is started.`,
      );
    },
  };
}

export const noOtherNamespace: Fact = {
  id: "no-other-namespace",
  title: "starts it in no other new namespace",
  async check({ standing }) {
    const { box, pid } = await standing();
    for (const file of ["pid", "mnt"]) {
      const [host, seen] = [namespaceOf(box.pid, file), namespaceOf(pid, file)];
      expect(
        seen === host,
        `/proc/<pid>/ns/${file} of the command is the host's: ${host}`,
        `/proc/<pid>/ns/${file} is a new one: ${seen}`,
        "This stage is about CLONE_NEWUTS alone: the others come in stage 03.",
      );
    }
  },
};

export const seesHostsProcesses: Fact = {
  id: "sees-hosts-processes",
  title: "still sees the processes of the host",
  async check({ run, standing }) {
    const hint = "A PID namespace, and the /proc that shows it, are for stage 03.";
    const { box, pid } = await standing();
    const [host, seen] = [namespaceOf(box.pid, "pid"), namespaceOf(pid, "pid")];
    const expected = `/proc/<pid>/ns/pid of the command is the host's: ${host}`;
    expect(seen === host, expected, `it is a new one: ${seen}`, hint);
    const { stdout } = await run("ps", "-o", "comm=", "-p", "1");
    expect(
      stdout === "cat\n",
      "ps shows the host's process 1, cat",
      `it printed ${shown(stdout)}`,
      hint,
    );
  },
};
