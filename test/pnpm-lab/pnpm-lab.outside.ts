import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { repo } from "workshop/host/folders";
import { childrenOf } from "workshop/host/processes";
import { until } from "workshop/host/until";
import { cache } from "../../lab/src/folders.ts";
import { letNobodyIn } from "../host/let-nobody-in.ts";
import { openHost } from "../host/open-host.ts";
import { openTerminal } from "../host/open-terminal.ts";
import { run } from "../host/run.ts";
import { type Cache, DISK, openCache } from "./open-cache.ts";
import { labCommand, startLab } from "./start-lab.ts";

beforeAll(async () => {
  const { status, stderr } = await run([...labCommand, "--", "true"]); // makes what is not there yet
  if (status !== 0) throw new Error(stderr);
});

/** A command that lasts until the lab is ended. */
const UP = ["--", "sh", "-c", "echo up; exec sleep 1000"];

const ENDINGS = [
  ["SIGINT", 130],
  ["SIGHUP", 129],
  ["SIGTERM", 143],
  ["SIGKILL", "SIGKILL"],
] as const;

it("gives a command's output and its exit status", async () => {
  const home = await openCache();
  const script = "pwd; id -un; printf 'no newline'; echo error >&2; exit 23";
  const lab = startLab(home, "--", "sh", "-c", script);
  expect(await lab.ended).toBe(23);
  expect(lab.stdout()).toBe("/workshop\nroot\nno newline");
  expect(lab.stderr()).toBe("error\n");
  expect(home.leftovers()).toEqual([]);
});

it("gives all of a large output, and has this computer's time", async () => {
  const home = await openCache();
  const lab = startLab(home, "--", "sh", "-c", "date +%s; seq 200000");
  expect(await lab.ended).toBe(0);
  const [time, ...numbers] = lab.stdout().trimEnd().split("\n");
  expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
  expect(numbers).toHaveLength(200_000);
  expect(numbers.at(-1)).toBe("200000");
});

it("has the repo as it is now, and no file that the repo has no more", async () => {
  const home = await openCache();
  const list =
    "find . -name node_modules -prune -o -path ./ubuntu-fs -prune -o -name '*.ts' -print | sort";
  const lab = startLab(home, "--", "sh", "-c", list);
  expect(await lab.ended).toBe(0);
  const ours = await run(["sh", "-c", `cd "${repo}" && ${list}`]);
  expect(lab.stdout()).toBe(ours.stdout);
});

describe("for a user who is not root", () => {
  const home = "/mnt/home/containers-from-scratch";

  async function openUser(has: "disk" | "nothing") {
    const host = await openHost();
    const nobody = await letNobodyIn(host);
    // What root has made, in a folder of that user's
    const lend = `mkdir -p ${home} && chmod 777 ${home} && cp -r "$1" ${home} && chmod -R a+rX ${home}`;
    const root = has === "disk" ? path.join(cache, DISK) : "/dev/null";
    expect(await host.run("sh", "-c", lend, "sh", root)).toMatchObject({ status: 0 });
    const lab = [...nobody.as, "env", "XDG_CACHE_HOME=/mnt/home", "pnpm", "--silent"];
    return { host, lab: [...host.enter(), ...lab, "--dir", `${nobody.repo}/lab`, "lab"] };
  }

  it("needs no root", async () => {
    const { host, lab } = await openUser("disk");
    const command = ["--", "sh", "-c", "id -un; exit 7"];
    expect(await run([...lab, ...command])).toMatchObject({ status: 7, stdout: "root\n" });
    expect((await host.run("ls", home)).stdout).toBe(`clones\n${DISK}\n`);
  });

  it("opens a shell in a terminal that is another user's, as after su", async () => {
    const { lab } = await openUser("disk");
    const terminal = await openTerminal(lab);
    await terminal.shows(PROMPT);
    terminal.type("exit 5\r");
    expect(await terminal.status()).toBe(5);
  });

  it("says what to type when the user has no range of user numbers for the disk", async () => {
    const { lab } = await openUser("nothing");
    const { status, stderr } = await run([...lab, "--", "true"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^lab: you have no user numbers to lend: type "sudo usermod .*"\n$/);
  });
});

it("opens a root shell in /workshop, where stages run; its exit status is the lab's", async () => {
  const home = await openCache();
  const lab = await openShell(home);
  lab.type("stty size; sh -c 'echo re\"\"ady; exec sleep 1000'\r");
  await lab.shows(/24 80\r\nready\r\n/);
  lab.type("\x03"); // ends what runs in the lab, not the lab
  lab.type("echo status=$?\r");
  await lab.shows(/status=130\r\n.*workshop# $/s);
  lab.type("sh -c 'echo asl\"\"eep; exec sleep 1000'\r");
  await lab.shows(/asleep\r\n/);
  lab.type("\x1a");
  await lab.shows(/Stopped .*sleep 1000/);
  lab.resize(100, 40);
  lab.type("kill %1; until stty size | grep -x '40 100'; do sleep 0.1; done\r");
  await lab.shows(/\n40 100\r\n/); // a moment later: no program waits for that
  lab.type("pnpm --silent --filter 03-pid-mnt-chroot start /bin/bash\r");
  await lab.shows(/root@container:\/# /);
  lab.type("exit\r");
  await lab.shows(/root@container.*exit\r\n.*root@lab:\/workshop# /s);
  lab.type("exit 5\r");
  expect(await lab.status()).toBe(5);
  expect(home.leftovers()).toEqual([]);
});

it("ends with its terminal, and leaves nothing", async () => {
  const home = await openCache();
  const lab = await openShell(home);
  lab.close();
  await lab.status();
  await untilNothingIsLeft(home);
});

it.each(ENDINGS)("leaves nothing when it gets %s while a command runs", async (signal, status) => {
  const home = await openCache();
  const lab = startLab(home, ...UP);
  await until("the command", () => lab.stdout() === "up\n");
  lab.kill(signal);
  expect(await lab.ended).toBe(status);
  await untilNothingIsLeft(home);
});

it.each(ENDINGS.slice(-2))(
  "leaves nothing when it gets %s while it boots",
  async (signal, status) => {
    const home = await openCache("disk");
    const lab = startLab(home, ...UP);
    await until("the machine", () => home.making().some((one) => existsSync(`${one}/disk.qcow2`)));
    lab.kill(signal);
    expect(await lab.ended).toBe(status);
    await untilNothingIsLeft(home);
  },
);

it.each([
  ["SIGKILL", "Debian's packages", "var/lib/dpkg", "SIGKILL"],
  ["SIGTERM", "pnpm's packages", "workshop/node_modules/.pnpm", 143],
] as const)(
  "leaves nothing when it gets %s while its disk gets %s",
  async (signal, what, file, status) => {
    const home = await openCache("nothing");
    const lab = startLab(home, ...UP);
    const isThere = (name: string) => existsSync(path.join(home.scratch, name, file));
    await until(what, () => readdirSync(home.scratch).some(isThere), 300);
    lab.kill(signal);
    expect(await lab.ended).toBe(status);
    await untilNothingIsLeft(home);
  },
);

it("boots once for two that start at the same time", async () => {
  const home = await openCache("disk");
  const labs = [startLab(home, "--", "echo", "one"), startLab(home, "--", "echo", "two")];
  for (const lab of labs) expect(await lab.ended).toBe(0);
  expect(labs.map((lab) => lab.stdout())).toEqual(["one\n", "two\n"]);
  const said = labs.map((lab) => lab.stderr()).join("");
  expect(said.match(/booting/g)).toHaveLength(1);
  expect(said).toContain("waiting for another pnpm lab");
  expect(home.states()).toHaveLength(1);
});

it("says so when the machine does nothing while it boots, with its last lines", async () => {
  const home = await openCache("disk");
  const lab = startLab(home, ...UP);
  await until("its disk", () => home.making().some((one) => existsSync(`${one}/disk.qcow2`)));
  const machine = await until("the machine", () =>
    childrenOf(lab.pid).find((pid) => nameOf(pid).startsWith("qemu-system")),
  );
  process.kill(machine, "SIGSTOP");
  expect(await lab.ended).toBe(1);
  expect(lab.stderr()).toMatch(
    /^lab: the machine said nothing for 90 s: try again, .* Its last lines:$/m,
  );
  await untilNothingIsLeft(home);
});

it("deletes a saved state that does not work, and says so", async () => {
  const home = await openCache("disk");
  expect(await startLab(home, "--", "true").ended).toBe(0);
  writeFileSync(path.join(home.states()[0] ?? "", "memory"), "no memory");
  const spoilt = startLab(home, "--", "true");
  expect(await spoilt.ended).toBe(1);
  expect(spoilt.stderr()).toContain("saved state did not work and is deleted: try again");
  expect(home.states()).toEqual([]);
  expect(await startLab(home, "--", "true").ended).toBe(0);
});

it("keeps the disks that clones use, and deletes those that none uses", async () => {
  const home = await openCache();
  const [used, forgotten, unused] = ["a", "b", "c"].map((one) => `lab-amd64-${one.repeat(12)}`);
  for (const disk of [used, forgotten, unused]) mkdirSync(path.join(home.folder, `${disk}`));
  mkdirSync(path.join(home.folder, "clones"));
  const remember = (clone: string, text: string) =>
    writeFileSync(path.join(home.folder, "clones", clone), text);
  remember("another-clone", `${used}\n${repo}/docs\n`);
  remember("a-clone-that-is-gone", `${forgotten}\n/no/such/clone\n`);
  expect(await startLab(home, "--", "true").ended).toBe(0);
  const disks = readdirSync(home.folder).filter((name) => name.startsWith("lab-"));
  expect(disks.sort()).toEqual([used, DISK].sort());
});

it("hands its disk to another computer in one file of less than 1 GB", async () => {
  const [here, there] = [await openCache("disk"), await openCache("nothing")];
  const file = path.join(here.scratch, "lab.tar");
  expect(await startLab(here, "--save-disk", file).ended).toBe(0);
  expect((await run(["stat", "-c", "%s", file])).stdout.length).toBeLessThan("1000000000\n".length);
  expect(await startLab(there, "--load-disk", file).ended).toBe(0);
  const lab = startLab(there, "--", "uname", "-n");
  expect(await lab.ended).toBe(0);
  expect(lab.stdout()).toBe("lab\n");
  expect(lab.stderr()).not.toContain("making");
});

it("loses nothing to rm -rf / inside: neither the repo nor the next lab", async () => {
  const home = await openCache();
  const before = Date.now() / 1000;
  const script = "rm -rf --no-preserve-root / 2>/dev/null; echo over; ls /workshop/README.md";
  const spoilt = startLab(home, "--", "bash", "-c", script);
  expect(await spoilt.ended).toBe(127); // there is no ls any more
  expect(spoilt.stdout()).toBe("over\n");

  const find = ["find", repo, "-name", "node_modules", "-prune", "-o", "-newerct", `@${before}`];
  expect((await run([...find, "-print"])).stdout).toBe("");
  expect(await startLab(home, "--", "ls", "/workshop/README.md").ended).toBe(0);
  expect(home.leftovers()).toEqual([]);
});

it("leaves nothing of a fork bomb inside when it ends", async () => {
  const home = await openCache();
  const bomb = "bomb() { bomb | bomb & }; bomb; echo up; exec sleep 1000";
  const lab = startLab(home, "--", "bash", "-c", bomb);
  await until("the bomb", () => lab.stdout() === "up\n");
  lab.kill("SIGTERM");
  expect(await lab.ended).toBe(143);
  await untilNothingIsLeft(home);
});

const PROMPT = /root@lab:\/workshop# /;

async function openShell({ environment }: Cache) {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const lab = await openTerminal(["env", ...variables, ...labCommand]);
  await lab.shows(PROMPT);
  return lab;
}

function nameOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, "utf8");
}

/** Who removes the rest does so when the lab has ended already. */
async function untilNothingIsLeft(home: Cache): Promise<void> {
  await expect.poll(() => home.leftovers(), { timeout: 30_000 }).toEqual([]);
}
