import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Host, ubuntuFs, until } from "host";
import type { Eyes } from "live/look";
import type { Picture, Process } from "live/look/picture";
import { describe, expect, it, onTestFinished } from "vitest";
import { stages } from "workshop/stages";
import { rootlessHasLimit } from "../kit/containers.ts";
import { layOverRepo } from "../kit/lay-over-repo.ts";
import { openHost } from "../kit/open-host.ts";
import { openEyesOn } from "./open-eyes.ts";
import { startOn, startStageOn } from "./start-on.ts";

/** All but users of its own. */
const ALL = [
  "uts",
  "pid",
  "mnt",
  "net",
  "ipc",
  "cgroup",
  "root",
  "limit",
  "dev",
  "layers",
  "capabilities",
];

/** The things that each stage has of its own: its list must be complete. */
const OWN: Record<string, string[]> = {
  "01-uts": ["uts"],
  "02-reexec": ["uts"],
  "03-pid-mnt-chroot": ["uts", "pid", "mnt", "root"],
  "04-unshare-proc": ["uts", "pid", "mnt", "root"],
  "05-cgroups": ["uts", "pid", "mnt", "root", "limit"],
  "06-pivot-root": ["uts", "pid", "mnt", "root", "limit"],
  "07-devices": ["uts", "pid", "mnt", "ipc", "root", "limit", "dev"],
  "08-overlay": ["uts", "pid", "mnt", "ipc", "root", "limit", "dev", "layers"],
  "09-network": ["uts", "pid", "mnt", "net", "ipc", "root", "limit", "dev", "layers"],
  "10-limits": ["uts", "pid", "mnt", "net", "ipc", "cgroup", "root", "limit", "dev", "layers"],
  "11-privileges": ALL,
  "12-rootless": [
    "uts",
    "pid",
    "mnt",
    "net",
    "user",
    "ipc",
    "root",
    ...(rootlessHasLimit ? ["limit"] : []),
    "dev",
    "layers",
    "capabilities",
  ],
  // The layers are those of its bundle's folder: this test lays one over the repo
  "13-oci": ALL,
};

/** Returns the container with the highest number, and the one process in it that runs a command. */
function inside(picture: Picture, command: string) {
  const container = picture.containers.at(-1);
  const process = picture.processes.find((one) => one.command === command);
  expect(process?.container).toBe(container?.id);
  return { container, process };
}

describe.each(Object.keys(OWN))("look at %s", (stage) => {
  it("shows exactly what is its own, and its processes by both of their numbers", async () => {
    const host = await openHost({ isSealed: true });
    if (stage === "13-oci") await layOverRepo(host); // it makes a bundle in its folder
    const eyes = openEyesOn(host);
    expect(eyes.look().containers).toEqual([]);
    const script = "echo $$; sleep 1000 & read line";
    const running = await startStageOn(host, stage, "sh", "-c", script);
    const told = Number(running.stdout());
    const picture = await untilSeen(eyes, "the picture", (now) =>
      now.processes.some(({ command }) => command === "sleep 1000"),
    );
    expect(picture.containers).toHaveLength(1);
    const { container, process } = inside(picture, `sh -c ${script}`);
    expect(container?.own).toEqual(OWN[stage]);
    const hasOwn = (kind: string) => OWN[stage]?.includes(kind);
    // As the shell itself saw it, and as the host's ps does
    expect(process?.inside ?? process?.pid).toBe(told);
    const ps = await host.run("ps", "-o", "args=", "-p", `${process?.pid}`);
    expect(ps.stdout.trim()).toBe(`sh -c ${script}`);
    expect(process?.inside !== undefined).toBe(hasOwn("pid"));
    // From 06 on nothing of the host's is left, so to the kernel it is "/" as well, and another one
    const isPivoted = stage >= "06";
    expect(container?.root).toBe(hasOwn("root") && !isPivoted ? ubuntuFs : "/");
    expect(container?.rootId === picture.host.rootId).toBe(!hasOwn("root"));
    expect(container?.hostname).toBe(stage === "01-uts" ? "disposable-host" : "container");
    expect(picture.host.hostname).toBe("disposable-host");
    const run = picture.processes.find(({ role }) => role === "run");
    expect(run).toMatchObject({ container: undefined, inside: undefined });

    running.endInput();
    await running.ended;
    // In 01 and 02 nobody ends what the command has left behind
    const left = hasOwn("pid") ? [] : ["sleep 1000"];
    const { processes } = eyes.look();
    expect(processes.filter((one) => one.container).map(({ command }) => command)).toEqual(left);
  });
});

it("knows all stages", () => {
  expect(stages.map(({ name }) => name)).toEqual(Object.keys(OWN));
});

const LEAK = `${ubuntuFs}/proc`;

describe("the leak", () => {
  it("of 03 is seen on the host and in the container, and then left behind by SIGKILL", async () => {
    const host = await openHost({ isSealed: true });
    const eyes = openEyesOn(host);
    const before = eyes.look();
    const running = await startShell(host, "03-pid-mnt-chroot");
    const picture = eyes.look();
    const [container] = picture.containers;
    expect(container).toMatchObject({ sharesMounts: true, mounts: ["proc on /proc"] });
    const leak = { mount: `proc on ${LEAK}`, mountPoint: LEAK };
    expect(picture.leaks).toEqual([{ ...leak, container: container?.id }]);
    expect(picture.host.mounts).toEqual([...before.host.mounts, `proc on ${LEAK}`]);

    const child = picture.processes.find(({ role }) => role === "child");
    await host.run("kill", "-KILL", `${child?.pid}`);
    await running.ended;
    expect(eyes.look()).toMatchObject({
      containers: [],
      leaks: [{ ...leak, container: undefined }],
    });
    await host.run("umount", LEAK);
    expect(eyes.look().leaks).toEqual([]);
  });

  it("is none where mounts are private, as 04 makes them, and some hosts", async () => {
    const shared = await openHost({ isSealed: true });
    await startShell(shared, "04-unshare-proc");
    const hidden = await openHost({ isSealed: true, propagation: "private" });
    await startShell(hidden, "03-pid-mnt-chroot");
    for (const host of [shared, hidden]) {
      const picture = openEyesOn(host).look();
      expect(picture.leaks).toEqual([]);
      expect(picture.containers[0]).toMatchObject({
        sharesMounts: false,
        mounts: ["proc on /proc"],
      });
    }
  });
});

describe("the limit of 05", () => {
  it("is ten of ten, each of them at a process, and counts what it refuses", async () => {
    const script = "for i in 1 2 3 4 5 6 7 8 9; do sleep 1000 & done; echo up; sleep 1; read line";
    const { eyes } = await startFive(`exec bash -c '${script}'`);
    const picture = await untilSeen(
      eyes,
      "a fork that failed",
      (now) => (now.containers[0]?.limit?.refused ?? 0) > 0,
    );
    expect(picture.containers[0]?.limit).toMatchObject({ current: 10, max: 10 });
    const counted = picture.processes.filter((process) => process.counted > 0);
    expect(counted.map((process) => process.counted)).toEqual(Array(10).fill(1));
    const child = picture.processes.find(({ role }) => role === "child");
    expect(child).toMatchObject({ counted: 0, container: picture.containers[0]?.id });
  });

  it("counts zombies, and they stay where they were", async () => {
    const { eyes } = await startFive("for i in 1 2 3; do (true &); done; echo up; read line");
    const picture = await untilSeen(
      eyes,
      "three zombies",
      (now) => now.processes.filter(({ isZombie }) => isZombie).length === 3,
    );
    const [container] = picture.containers;
    expect(container?.limit?.current).toBe(4);
    for (const zombie of picture.processes.filter(({ isZombie }) => isZombie)) {
      expect(zombie).toMatchObject({ container: container?.id, counted: 1 });
    }
  });

  it("does not change when looked at", async () => {
    const { host, eyes } = await startFive("echo up; read line");
    const directory = host.cgroup?.directory ?? "";
    const files = () =>
      ["cgroup.procs", "pids.max", "host/cgroup.procs"].map((file) =>
        readFileSync(path.join(directory, file), "utf8"),
      );
    const before = [files(), host.cgroup?.made()];
    eyes.look();
    expect([files(), host.cgroup?.made()]).toEqual(before);
  });

  async function startFive(script: string) {
    const host = await openHost({ isSealed: true });
    const eyes = openEyesOn(host);
    eyes.look();
    await startShell(host, "05-cgroups", script);
    return { host, eyes };
  }
});

describe("containers of other kinds", () => {
  it("are told apart when there are two, and may be in another", async () => {
    const host = await openHost({ isSealed: true });
    const eyes = openEyesOn(host);
    const first = await startShell(host, "02-reexec");
    eyes.look();
    await startShell(host, "01-uts", "exec unshare --ipc sh -c 'echo up; read line'");
    const { containers } = eyes.look();
    expect(containers.map(({ own, outer }) => ({ own, outer }))).toEqual([
      { own: ["uts"], outer: undefined },
      { own: ["uts", "ipc"], outer: undefined },
    ]);
    await startShell(
      host,
      "02-reexec",
      "hostname outer; unshare --uts sh -c 'hostname inner; echo up; read line'",
    );
    const nested = eyes.look().containers.slice(2);
    expect(nested.map(({ hostname, own }) => ({ hostname, own }))).toEqual([
      { hostname: "outer", own: ["uts"] },
      { hostname: "inner", own: ["uts"] },
    ]);
    expect(nested[1]?.outer).toBe(nested[0]?.id);
    first.endInput();
    await first.ended;
    expect(eyes.look().containers).toHaveLength(3);
  });

  it.each([
    ["chroot alone", ["root"], `chroot "${ubuntuFs}" sh -c 'echo up; read line'`],
    ["users of its own", ["user"], "unshare --user --map-root-user sh -c 'echo up; read line'"],
    ["a network of its own", ["net"], "unshare --net sh -c 'echo up; read line'"],
    ["a time of its own", ["time"], "unshare --time sh -c 'echo up; read line'"],
  ])("%s", async (_, own, script) => {
    const host = await openHost({ isSealed: true });
    await startScript(host, script);
    const { containers } = openEyesOn(host).look();
    expect(containers).toMatchObject([{ own }]);
    if (own[0] === "net") expect(containers[0]?.network).toEqual(["lo"]);
    if (own[0] === "user") expect(containers[0]?.users).toBe("0 0 1");
  });

  // As run() is for a moment: a second container, seen for that long, would keep its number
  it("are one with who has unshared the rest and waits for process 1", async () => {
    const host = await openHost({ isSealed: true });
    await startScript(host, "unshare --uts --pid --fork sh -c 'echo up; read line'");
    const { containers, processes } = openEyesOn(host).look();
    expect(containers.map(({ own }) => own)).toEqual([["uts", "pid"]]);
    const inIt = processes.filter(({ container }) => container === containers[0]?.id);
    expect(inIt.map(({ inside }) => inside)).toEqual([undefined, 1]);
  });
});

describe("a host that is spoilt", () => {
  it("is still seen when /proc is unmounted", async () => {
    const host = await openHost({ isSealed: true });
    const eyes = openEyesOn(host);
    const mounts = eyes.look().host.mounts.length;
    expect(await host.run("umount", "--lazy", "/proc")).toMatchObject({ status: 0 });
    await startScript(host, "sh -c 'echo up; read line'");
    expect(eyes.look().host.mounts).toHaveLength(mounts - 1);
  });

  it("has processes with any name", async () => {
    const host = await openHost({ isSealed: true });
    const folder = mkdtempSync(path.join(tmpdir(), "names-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const names = [")", ") Z 1 (", "a\nb", "<b>&amp;", "(", "\u202eesrever", "\x1b[31m"];
    for (const name of names) {
      copyFileSync("/bin/sleep", path.join(folder, name));
      const quoted = `'${path.join(folder, name)}'`;
      // With the name alone for its arguments
      await startScript(
        host,
        `(exec -a ${quoted.replace(folder, "")} ${quoted} 1000) & echo up; read line`,
      );
    }
    const named = (now: Picture) =>
      now.processes
        .map(({ command }) => command)
        .filter((command) => command.endsWith(" 1000") && !command.includes("exec"));
    // A shell says "up" before its child becomes the program
    const areThere = (now: Picture) => named(now).length === names.length;
    const picture = await untilSeen(openEyesOn(host), "all of them", areThere);
    expect(named(picture)).toEqual([
      "/) 1000",
      "/) Z 1 ( 1000",
      "/a·b 1000",
      "/<b>&amp; 1000",
      "/( 1000",
      "/·esrever 1000",
      "/·[31m 1000",
    ]);
    const isOrphan = ({ isZombie, parent }: Process) => isZombie || parent === 1;
    expect(picture.processes.some(isOrphan)).toBe(false);
  });

  it("has ended", async () => {
    const host = await openHost({ isSealed: true });
    const eyes = openEyesOn(host);
    await host.close();
    expect(eyes.look).toThrow("the host has ended");
  });
});

/** Looks until something is seen. */
async function untilSeen(
  eyes: Eyes,
  what: string,
  isSeen: (now: Picture) => boolean,
): Promise<Picture> {
  let now = eyes.look();
  await until(what, () => {
    now = eyes.look();
    return isSeen(now);
  });
  return now;
}

/** Runs a script in a stage, until it says "up". */
function startShell(host: Host, stage: string, script = "echo up; read line") {
  return startStageOn(host, stage, "sh", "-c", script);
}

/** Runs a script on a host itself, until it says "up". */
function startScript(host: Host, script: string) {
  return startOn(host, ["bash", "-c", script]);
}
