import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { argumentsOf, findHierarchy, processesBelow, repo, until } from "host";
import type { FromInside, PictureMessage, ToInside } from "live/messages";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { saveAs } from "../../live/save-as.ts";

// The half of the live page that is in the lab, with which the server speaks in lines.

const SECONDS = 600; // a stage starts slowly, and a check takes minutes, where the lab is emulated

let child: ChildProcess;
let messages: FromInside[] = [];
const send = (message: ToInside) => void child.stdin?.write(`${JSON.stringify(message)}\n`);

beforeAll(async () => {
  const command = ["--import", "../shared-native/typescript.cjs", "src/inside/main.ts", "copy"];
  child = spawn(process.execPath, command, {
    cwd: path.join(repo, "live"),
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => messages.push(JSON.parse(line)));
  }
  await hear("ready");
  send({ type: "watch", wanted: true });
});

vi.setConfig({ testTimeout: 1_200_000 });

afterAll(async () => {
  if (child.exitCode !== null) return;
  child.stdin?.end();
  await once(child, "exit");
});

/** Waits for a message of a type. */
function hear<Type extends FromInside["type"]>(type: Type) {
  const isOne = (message: FromInside): message is Extract<FromInside, { type: Type }> =>
    message.type === type;
  return until(
    () => `${type} in: ${JSON.stringify(messages)}`,
    () => messages.find(isOne),
    SECONDS,
  );
}

/** Waits for the newest picture to show something. */
function see(what: string, isSeen: (message: PictureMessage) => boolean) {
  const newest = () => messages.findLast((message) => message.type === "picture");
  return until(
    () => `${what} in: ${JSON.stringify(newest())}`,
    () => {
      const message = newest();
      return message && isSeen(message) ? message : undefined;
    },
    SECONDS,
  );
}

/** Types a line into a terminal, and waits for what it shows. */
function type(terminal: number, line: string, text: RegExp) {
  const data = () =>
    messages
      .map((one) => (one.type === "data" && one.terminal === terminal ? one.data : ""))
      .join("");
  send({ type: "type", terminal, data: `${line}\r` });
  return until(
    () => `${text} in: ${data()}`,
    () => text.exec(data()),
    SECONDS,
  );
}

it("terminals are the machine's own", async () => {
  for (const name of ["mnt", "uts", "pid", "net", "cgroup"]) {
    const number = `${readlinkSync(`/proc/self/ns/${name}`)}`.replace(/\D/g, "");
    await type(1, `readlink /proc/self/ns/${name}`, RegExp(`${name}:\\[${number}\\]`));
  }
  const { picture, isSandbox } = await see("the host", () => true);
  expect(isSandbox).toBe(false);
  expect(picture.host.hostname).toBe(hostname());
});

it("the map has what the terminals have started, and nothing else of a whole system", async () => {
  const isShell = ({ command }: { command: string }) => command === "bash --norc --noprofile";
  const { picture } = await see("process 1 and two shells", ({ picture: { processes } }) => {
    const [first, ...others] = processes;
    return first?.pid === 1 && others.length === 2 && others.every(isShell);
  });
  expect(picture.containers).toEqual([]);
});

it("the map has a container, with its own cgroup, and a leak in the machine's own table", async () => {
  await type(1, "pnpm --silent --filter 05-cgroups start sh", /child process/);
  const limited = await see("one task", ({ picture: { containers } }) =>
    containers.some(({ limit }) => limit?.current === 1),
  );
  expect(limited.picture.containers[0]?.own).toEqual(["uts", "pid", "mnt", "root", "limit"]);
  expect(limited.picture.containers[0]?.limit).toMatchObject({ current: 1, max: 10 });
  expect(limited.screens).toEqual([limited.picture.containers[0]?.id, null]);
  send({ type: "type", terminal: 1, data: "exit\r" });
  await see("its end", ({ picture: { containers } }) => containers.length === 0);

  await type(2, "pnpm --silent --filter 03-pid-mnt-chroot start sh", /child process/);
  await see("a leak", ({ picture: { leaks } }) => leaks.length === 1);
  expect(readFileSync("/proc/self/mounts", "utf8")).toContain("/ubuntu-fs/proc ");
  send({ type: "type", terminal: 2, data: "exit\r" });
  await see("none", ({ picture: { leaks } }) => leaks.length === 0);
});

it("code is checked here, fact by fact, and is no container on the map", async () => {
  saveAs("practice/01-uts/src")("steps/02-reexec/src/main.ts"); // what is written in its place
  const code = readFileSync(path.join(repo, "steps/01-uts/src/main.ts"), "utf8");
  messages = messages.filter((message) => message.type !== "picture");
  send({ type: "check", stage: "01-uts", code });
  expect(await hear("checking")).toMatchObject({ stage: "01-uts" });
  const { facts } = await hear("verdicts");
  expect(facts.map(({ state }) => state)).toEqual(Array(6).fill("holds"));

  messages = messages.filter((message) => message.type !== "verdicts");
  send({ type: "check", stage: "01-uts", code: code.replaceAll("CLONE_NEWUTS", "CLONE_NEWIPC") });
  const wrong = (await hear("verdicts")).facts.find(({ state }) => state === "fails");
  expect(wrong).toMatchObject({ id: "01-uts/new-uts-namespace", expected: expect.any(String) });
  const pictures = messages.filter((message) => message.type === "picture");
  expect(pictures.flatMap(({ picture }) => picture.containers)).toEqual([]);
});

it("a fork bomb and what was left running end with new terminals, and then with the page", async () => {
  // The terminals' cgroup: a new one for new terminals
  const top = findHierarchy() ?? "";
  const groups = () => readdirSync(top).filter((name) => name.startsWith(`workshop-${child.pid}-`));
  const processes = () => groups().flatMap((name) => processesBelow(path.join(top, name)));
  const [before] = groups();
  await type(1, "setsid sleep 1234 & nohup sleep 1234 >/dev/null & echo be''gun", /begun/);
  await type(1, "bomb() { bomb | bomb & }; bomb", /Resource temporarily unavailable/);
  send({ type: "reopen" });
  await type(2, "echo ag''ain", /This is a new one.*again/s);
  await see("two shells", ({ picture: { processes } }) => processes.length === 3);
  await until("the end of the old ones", () => groups().length === 1);
  expect(groups()).not.toEqual([before]);
  await type(1, "setsid sleep 1234 & echo on''ce", /once/);
  const words = () => processes().map((pid) => argumentsOf(pid).join(" "));
  const shown = () => `two shells and sleep in: ${words().join(", ")}`;
  await until(shown, () => words().length === 3);
  child.stdin?.end();
  await once(child, "exit");
  expect(processes()).toEqual([]);
});
