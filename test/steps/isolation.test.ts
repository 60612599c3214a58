import { readFileSync } from "node:fs";
import { namespaceOf, type Outcome, runStage } from "host";
import { cgroupRoot, readMountinfo } from "shared-native";
import { describe, expect, it } from "vitest";
import { hidesKernel } from "workshop/facts/hidden-kernel";
import { hidesCgroups } from "workshop/facts/limits";
import { losesHostRoot } from "workshop/facts/pivot-root";
import { filtersCalls, keepsCapabilities } from "workshop/facts/privileges";
import { commandIsInit, isRootless, limited, rooted, rootedOnes } from "../kit/containers.ts";
import { openHost } from "../kit/open-host.ts";
import { withPrograms } from "../kit/with-programs.ts";
import { runOn } from "./surroundings/run-on.ts";

/** The situation of a user who starts a container: an open directory of the host, and a secret. */
const START = 'export SECRET=sesame HOST_PID=$$ REPO="$repo"; exec 251</; exec "$@"';

const CAPABILITIES = /^CapEff:.*$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[0];

/** Commands to type in the container, and what they print. */
const facts: [name: string, script: string, seen: string | RegExp | undefined][] = [
  ["gets no descriptor but 0, 1 and 2", "ls /proc/$$/fd; :", "0\n1\n2"],
  [
    "has a process 1 without a descriptor that leads to a file of the host",
    "for fd in /proc/1/fd/*; do if [ -f $fd ] || [ -d $fd ] || [ -b $fd ]; then readlink $fd; fi; done",
    "",
  ],
  ["sees no process of its host", "ps -e -o comm=", /^((node-MainThread|exe)\n)?sh\nps$/],
  ["cannot signal a process of its host", "kill -0 $HOST_PID", /No such process$/],
  [
    "finds no file of its host by path",
    '[ -e "$REPO" ] || ls -d "$REPO"',
    /No such file or directory$/,
  ],
  [
    "has /proc nosuid, nodev and noexec",
    "grep '^proc /proc ' /proc/mounts",
    "proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0",
  ],
  ["gets the environment of who starts it", "echo $SECRET", "sesame"],
  [
    "cannot open the debugger of its process 1 on the host's loopback",
    "kill -USR1 1; sleep 1; grep -c ':240D' /proc/net/tcp", // 9229
    "0",
  ],
  ["may make devices, and use them", "mknod /tmp/zero c 1 5; head -c 5 /tmp/zero | wc -c", "5"],
];

describe.each(rootedOnes)("$name", ({ name: stage }) => {
  let all: Promise<Outcome> | undefined;

  it.each(facts)("%s", async (_, script, seen) => {
    const every = facts.map(([, each]) => `${each}\necho =====\n`).join("");
    all ??= runOn({ prepare: "layer", start: START }, stage, ["sh", "-c", `exec 2>&1\n${every}`]);
    const index = facts.findIndex(([, each]) => each === script);
    const printed = (await all).stdout.split("=====\n")[index]?.trim();
    // That takes the right in the first user namespace
    const isRefused = isRootless(stage) && script.startsWith("mknod");
    const expected = isRefused ? /Operation not permitted$/m : seen;
    if (expected instanceof RegExp) expect(printed).toMatch(expected);
    else expect(printed).toBe(expected);
  });
});

const mighty = rootedOnes.filter(({ facts }) => !facts.includes(keepsCapabilities));

describe.each(mighty)("$name", ({ name }) => {
  it("has all capabilities that root of its host has", async () => {
    const command = ["grep", "CapEff", "/proc/self/status"];
    expect((await runStage(await openHost(), name, ...command)).stdout.trim()).toBe(CAPABILITIES);
  });
});

/** A file on the host, which no root has. */
const SECRET = "mount -t tmpfs tmpfs /srv && echo host >/srv/secret";

/** The classic breakout: a second root below the first, without going there, and up from here. */
const BREAKOUT = `
  import fs from "node:fs";
  import { chroot } from "shared-native";
    process.chdir("/");
  chroot("/tmp");
  for (let level = 0; level < 32; level++) process.chdir("..");
  chroot(".");
  process.stdout.write(fs.readFileSync("/srv/secret"));`;

const NODE = `cd "$1/steps/01-uts" && PATH="$1/node_modules/.bin:$PATH" &&
  exec node --import shared-native/typescript.cjs --input-type=module --eval '${BREAKOUT}'`;

/** A process that joins the mount namespace that it is in already begins at the root of that. */
const NSENTER = "nsenter --mount=/proc/self/ns/mnt cat /srv/secret";

const inChroot = rootedOnes.filter(({ facts }) => !facts.includes(losesHostRoot));
const pivoted = rootedOnes.filter(({ facts }) => facts.includes(losesHostRoot));

/** Runs a script in a container that has the host's programs, on a host with the secret. */
function seek(name: string, script: string): Promise<Outcome> {
  const { prepare, stage, folder } = withPrograms(name);
  return runOn({ prepare: `${prepare} && ${SECRET}` }, stage, ["sh", "-c", script, "sh", folder]);
}

describe("the network of the host", () => {
  it.each(rooted)("is used by $name, or not", async ({ name, namespaces }) => {
    const host = await openHost();
    const { stdout } = await runStage(host, name, "readlink", "/proc/self/ns/net");
    const isHosts = stdout.trim() === namespaceOf(host.pid, "net");
    expect(isHosts).toBe(!namespaces.includes("net"));
  });
});

describe("the classic breakout from a chroot", () => {
  it.each(inChroot)("works in $name, as the course says", async ({ name }) => {
    expect(await seek(name, NODE)).toMatchObject({ status: 0, stdout: "host\n" });
  });

  it.each(pivoted)("finds nothing in $name", async ({ name }) => {
    const result = await seek(name, NODE);
    expect(result).toMatchObject({ status: 1, stdout: "" });
    expect(result.stderr).toContain("ENOENT: no such file or directory, open '/srv/secret'");
  });
});

describe("nsenter into the container's own mount namespace", () => {
  it.each(inChroot)("leads out of $name, as the course says", async ({ name }) => {
    expect(await seek(name, NSENTER)).toMatchObject({ status: 0, stdout: "host\n" });
  });

  it.each(pivoted)("finds nothing in $name", async ({ name }) => {
    const result = await seek(name, NSENTER);
    expect(result).toMatchObject({ status: 1, stdout: "" });
    // From stage 11 on, the call itself is refused
    expect(result.stderr).toMatch(/\/srv\/secret: No such file or directory$|not permitted$/m);
  });
});

describe("the settings of the host's kernel", () => {
  const write = "[ ! -w /proc/sys/vm/swappiness ] || echo may";

  it.each(rooted)("may be changed for all in $name, or are read-only", async ({ name, facts }) => {
    const { stdout } = await runStage(await openHost(), name, "sh", "-c", write);
    expect(stdout).toBe(facts.includes(hidesKernel) ? "" : "may\n");
  });
});

describe("the program that is process 1", () => {
  const own =
    '[ "$(readlink /proc/1/exe)" = "$(realpath /bin/sh)" ] && echo its own; head -c 4 /proc/1/exe | tail -c 3';

  const readable = rooted.filter(
    ({ name, facts }) => commandIsInit(name) || !facts.includes(keepsCapabilities),
  );

  it.each(readable)("may be read in $name: the host's Node, or its own shell", async ({ name }) => {
    const { stdout } = await runStage(await openHost(), name, "sh", "-c", own);
    expect(stdout).toBe(commandIsInit(name) ? "its own\nELF" : "ELF");
  });

  const others = rooted.filter((each) => !readable.includes(each));

  it.each(others)("may not be read in $name, as it has more rights", async ({ name }) => {
    const { stdout } = await runStage(await openHost(), name, "sh", "-c", own);
    expect(stdout).toBe("");
  });
});

/** True with cgroup v2 as systemd mounts it: nobody changes the root of a cgroup namespace from inside. */
const nsdelegate = readMountinfo().some(
  ({ mountPoint, superOptions }) =>
    mountPoint === cgroupRoot("pids") && superOptions.includes("nsdelegate"),
);

describe.each(limited)("$name", ({ name, facts }) => {
  const lift = async () => {
    const v2 = cgroupRoot("pids") === "/sys/fs/cgroup";
    const script = `mount -t ${v2 ? "cgroup2" : "cgroup -o pids"} none /mnt &&
      cd /mnt/$(grep -o -m1 "container-.*" /proc/self/cgroup) &&
      cat pids.max && echo 20 >pids.max && cat pids.max`;
    return runStage(await openHost(), name, "sh", "-c", script);
  };

  if (facts.includes(filtersCalls)) {
    it("keeps root from lifting the limit: nobody may mount", async () => {
      expect(await lift()).toMatchObject({ status: 32, stdout: "" });
    });
  } else if (facts.includes(hidesCgroups) && nsdelegate) {
    it("keeps root from lifting the limit: it is that of a namespace's root", async () => {
      const { status, stdout } = await lift();
      expect({ status: status !== 0, stdout }).toEqual({ status: true, stdout: "10\n" });
    });
  } else {
    it("does not keep root from lifting the limit: who may mount finds the cgroup", async () => {
      expect(await lift()).toMatchObject({ status: 0, stdout: "10\n20\n" });
    });
  }
});
