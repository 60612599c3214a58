import { readFileSync } from "node:fs";
import { namespaceOf } from "host";
import { expect, type Fact } from "./fact.ts";
import { said, shown } from "./shown.ts";

export const hasOwnUsers: Fact = {
  id: "new-user-namespace",
  title: "starts the command in a new user namespace, to which its other namespaces belong",
  async check({ shell }) {
    const { host, pid } = await shell();
    const [outside, inside] = [namespaceOf(host.pid, "user"), namespaceOf(pid, "user")];
    expect(
      inside !== undefined && inside !== outside,
      `/proc/<pid>/ns/user of the command is not ${outside}, the host's`,
      `it is the host's: ${inside}`,
      "Node cannot make one, as it has several threads. unshare(1) can, and becomes Node there: spawn it with --user and the other namespaces, with process.execPath and the arguments of child behind.",
    );
  },
};

export const deletesFromImage: Fact = {
  id: "root-of-its-files",
  title: "lets root delete and replace what the image has",
  async check({ run }) {
    const script = "rm -r /opt /etc/group && mkdir /opt && echo replaced";
    const { stdout, stderr } = await run("sh", "-c", script);
    expect(
      stdout === "replaced\n",
      "/opt and /etc/group can be deleted, and /opt made again",
      `it printed ${shown(stdout)}; ${shown(said(stderr))}`,
      /userxattr/.test(stderr)
        ? "userxattr is an option of its own, behind a comma."
        : "An overlay keeps notes about what is deleted in attributes that only root of the host may write. With the option userxattr, it takes others. And the image has to be whoever's who starts it: rootless-fs.",
    );
  },
};

export const hasLoopback: Fact = {
  id: "loopback-of-its-own",
  title: "has a loopback device of its own, which is up",
  async check({ run }) {
    const { stdout, stderr } = await run("cat", "/sys/class/net/lo/flags");
    expect(
      stdout.trim() === "0x9", // IFF_UP and IFF_LOOPBACK
      "/sys/class/net/lo/flags is 0x9: up, and a loopback device",
      stdout === "" ? `there is none; ${shown(said(stderr))}` : `it is ${stdout.trim()}`,
      'In a new network namespace, lo is down. child() is root of it, and may change that: runProgram("ip", ["link", "set", "lo", "up"]).',
    );
  },
};

export const mapsUsers: Fact = {
  id: "user-map",
  title: "maps root inside to the user who has started it, and to nobody else",
  async check({ shell }) {
    const { host, pid } = await shell();
    const starter = /^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${host.pid}/status`, "utf8"))?.[1];
    for (const file of ["uid_map", "gid_map"]) {
      const text = readFileSync(`/proc/${pid}/${file}`, "utf8");
      const [inside, outside, count] = text.trim().split("\n")[0]?.trim().split(/ +/) ?? [];
      expect(
        inside === "0" && outside === starter && count === "1",
        `the first line of /proc/<pid>/${file} maps 0 to ${starter}, and 1 of them`,
        text === "" ? "it is empty" : `it maps ${inside} to ${outside}, and ${count} of them`,
        "--map-root-user says that root inside is whoever runs unshare(1). Without a map, everybody inside is nobody.",
      );
    }
  },
};
