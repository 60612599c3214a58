import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { repo } from "workshop/host/folders";
import { until } from "workshop/host/until";
import { letNobodyIn } from "../host/let-nobody-in.ts";
import { openHost } from "../host/open-host.ts";
import { openTerminal } from "../host/open-terminal.ts";
import { run } from "../host/run.ts";
import { type Cache, findDisk, openCache } from "./open-cache.ts";
import { labCommand, startLab } from "./start-lab.ts";

let disk: string;

beforeAll(async () => {
  const { status, stderr } = await run([...labCommand, "--", "true"]); // makes a disk, if there is none
  if (status !== 0) throw new Error(stderr);
  disk = findDisk();
});

/** A command that lasts until the lab is ended. */
const UP = ["sh", "-c", "echo up; exec sleep 1000"];

const ENDINGS = [
  ["SIGINT", 130],
  ["SIGHUP", 129],
  ["SIGTERM", 143],
  ["SIGKILL", "SIGKILL"],
] as const;

it("gives a command's output and its exit status", async () => {
  const home = openCache(disk);
  const script = "pwd; id -un; printf 'no newline'; echo error >&2; exit 23";
  const lab = startLab(home, "sh", "-c", script);
  expect(await lab.ended).toBe(23);
  expect(lab.stdout()).toBe("/workshop\nroot\nno newline");
  expect(lab.stderr()).toBe("error\n");
  expect(home.leftovers()).toEqual([]);
});

it("needs no root", async () => {
  const host = await openHost();
  const nobody = await letNobodyIn(host);
  const home = "/mnt/home/containers-from-scratch";
  // The disk that root has made, in a folder of that user's
  const lent = path.join(home, path.basename(disk));
  const lend = 'mkdir -p "$1" && chmod 777 "$1" && touch "$3" && mount --bind "$2" "$3"';
  expect(await host.run("sh", "-c", lend, "sh", home, disk, lent)).toMatchObject({ status: 0 });

  const lab = ["XDG_CACHE_HOME=/mnt/home", "pnpm", "--silent", "--dir", `${nobody.repo}/vm`, "lab"];
  const [command = "", ...args] = [...nobody.as, "env", ...lab, "--", "sh", "-c", "id -un; exit 7"];
  expect(await host.run(command, ...args)).toMatchObject({ status: 7, stdout: "root\n" });
  expect((await host.run("ls", home)).stdout).toBe(`${path.basename(disk)}\n`);
});

it("opens a root shell in /workshop, where stages run; its exit status is the lab's", async () => {
  const home = openCache(disk);
  const lab = await openShell(home);
  lab.type("stty size; sh -c 'echo re\"\"ady; exec sleep 1000'\r");
  await lab.shows(/24 80\r\nready\r\n/);
  lab.type("\x03"); // ends what runs in the lab, not the lab
  lab.type("echo status=$?\r");
  await lab.shows(/status=130/);
  lab.type("pnpm --silent --filter 03-pid-mnt-chroot start /bin/bash\r");
  await lab.shows(/root@container:\/# /);
  lab.type("exit\r");
  await lab.shows(PROMPT, 3);
  lab.type("exit 5\r");
  expect(await lab.status()).toBe(5);
  expect(home.leftovers()).toEqual([]);
});

it("ends with its terminal, and leaves nothing", async () => {
  const home = openCache(disk);
  const lab = await openShell(home);
  lab.close();
  await lab.status();
  await untilNothingIsLeft(home);
});

it.each(ENDINGS)("leaves nothing when it gets %s while a command runs", async (signal, status) => {
  const home = openCache(disk);
  const lab = startLab(home, ...UP);
  await until("the command", () => lab.stdout() === "up\n");
  lab.kill(signal);
  expect(await lab.ended).toBe(status);
  await untilNothingIsLeft(home);
});

it.each(ENDINGS.slice(-2))(
  "leaves nothing when it gets %s while it boots",
  async (signal, status) => {
    const home = openCache(disk);
    const lab = startLab(home, ...UP);
    const isBooting = (name: string) => existsSync(path.join(home.folder, name, "disk.cow"));
    await until("the kernel", () => readdirSync(home.folder).some(isBooting));
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
    const home = openCache();
    const lab = startLab(home, ...UP);
    const isThere = (name: string) => existsSync(path.join(home.scratch, name, file));
    await until(what, () => readdirSync(home.scratch).some(isThere), 300);
    lab.kill(signal);
    expect(await lab.ended).toBe(status);
    await untilNothingIsLeft(home);
  },
);

it("loses nothing to rm -rf / inside: neither the repo nor the next lab", async () => {
  const home = openCache(disk);
  const before = Date.now() / 1000;
  const script = "rm -rf --no-preserve-root / 2>/dev/null; echo over; ls /workshop/README.md";
  const spoilt = startLab(home, "bash", "-c", script);
  expect(await spoilt.ended).toBe(127); // there is no ls any more
  expect(spoilt.stdout()).toBe("over\n");

  const find = ["find", repo, "-name", "node_modules", "-prune", "-o", "-newerct", `@${before}`];
  expect((await run([...find, "-print"])).stdout).toBe("");
  expect(await startLab(home, "ls", "/workshop/README.md").ended).toBe(0);
  expect(home.leftovers()).toEqual([]);
});

it("leaves nothing of a fork bomb inside when it ends", async () => {
  const home = openCache(disk);
  const lab = startLab(
    home,
    "bash",
    "-c",
    "bomb() { bomb | bomb & }; bomb; echo up; exec sleep 1000",
  );
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

/** Who removes the rest does so when the lab has ended already. */
async function untilNothingIsLeft(home: Cache): Promise<void> {
  await expect.poll(() => home.leftovers(), { timeout: 30_000 }).toEqual([]);
}
