import { readFileSync } from "node:fs";
import { constants } from "node:os";
import {
  argumentsOf,
  childrenOf,
  type Host,
  isAlive,
  namespaceOf,
  snapshot,
  stageCommand,
  stageFolder,
  until,
} from "host";
import { describe, expect, it } from "vitest";
import { hasOwnSession } from "workshop/facts/own-session";
import { commandIsInit, containers, endingStatus, limited } from "../kit/containers.ts";
import { openHost } from "../kit/open-host.ts";
import { openTerminal, type Terminal } from "../kit/open-terminal.ts";

const inStage01 = [
  ["command", "SIGKILL"],
  ["run", "SIGTERM"],
  ["key", "SIGINT"],
  ["key", "SIGQUIT"],
] as const;

const inLimited = [
  ["command", "SIGKILL"],
  ["command", "SIGTERM"],
  ["child", "SIGKILL"],
  ["child", "SIGTERM"],
  ["run", "SIGHUP"],
  ["run", "SIGTERM"],
  ["run", "SIGKILL"],
  ["key", "SIGINT"],
  ["key", "SIGQUIT"],
] as const;

const endings = [
  ...inStage01.map(([who, signal]) => ({ stage: "01-uts", who, signal })),
  ...limited.flatMap(({ name }) =>
    inLimited.map(([who, signal]) => ({ stage: name, who, signal })),
  ),
];

/** Tells whether it ends the container, and there is somebody left who can restore the terminal. */
function doesRestore({ stage, who, signal }: (typeof endings)[number]): boolean {
  // A process 1 gets no signal for which it has no handler. From stage 6 on, child() has nothing to clean
  // up, and dies at once when run() does
  const goesOn = who !== "run" && signal !== "SIGKILL" && commandIsInit(stage);
  const isAllGone = who === "run" && signal === "SIGKILL" && stage > "06";
  return !goesOn && !isAllGone;
}

describe("in a terminal that the command has made raw", () => {
  // Node does it: at its exit it sets the terminal to what it was at its start. bash does so only for a
  // job that dies by a signal, and pnpm turns that into an exit status
  it.each(endings.filter(doesRestore))(
    "$stage ($who: $signal) ends, and restores it",
    async ({ stage, who, signal }) => {
      const host = await openHost();
      const outer = `trap : INT QUIT; stty -g; "$@"; echo "status=$?"; read line; stty -g`;
      const mode = who === "key" ? "-icanon" : "raw"; // raw takes the keys' meaning away
      const inner = `stty ${mode} -echo; echo up; exec sleep 1000`;
      const command = stageCommand(host, stage, ["sh", "-c", inner]);
      const terminal = await openTerminal(["sh", "-c", outer, "sh", ...command]);
      await terminal.shows(/^up/m);
      const pids = await processesOf(terminal);
      if (who === "key") terminal.type(signal === "SIGINT" ? "\x03" : "\x1c");
      else process.kill(pids[who], signal);
      await until("the end of all", () => !Object.values(pids).some(isAlive));
      const bySignal = 128 + constants.signals[signal];
      const status = signal === "SIGKILL" ? bySignal : endingStatus(stage, bySignal);
      await terminal.shows(new RegExp(`status=${status}`));
      terminal.type("\r");
      await terminal.status();
      const settings = terminal.screen().match(/^[0-9a-f]+:[0-9a-f:]+/gm) ?? [];
      expect(settings).toHaveLength(2);
      expect(settings[1]).toBe(settings[0]);
    },
  );
});

describe.each(["01-uts", ...limited.map(({ name }) => name)])("%s as a job of a shell", (stage) => {
  const [name = "", ...options] = stage.split(" ");
  const start = ["pnpm --silent start", ...options].join(" ");

  // With a terminal of its own, the keys are for what is in the container: interactive.test.ts
  const facts = containers.find((each) => each.name === stage)?.facts ?? [];
  it.skipIf(facts.includes(hasOwnSession))(
    "stops with Ctrl-Z, goes on with fg, and ends with Ctrl-C",
    async () => {
      const shell = await openShell(await openHost(), name);
      // What says "up" has to be what Ctrl-Z stops: a process 1 goes on, and starts the next, which reads
      shell.type(`${start} sh -c 'trap "exit 130" INT; sh -c "echo u\\p; exec cat"'\r`);
      await shell.shows(/^up/m);
      shell.type("\x1a");
      await shell.shows(/Stopped +pnpm/);
      shell.type("fg\r");
      await shell.shows(/^pnpm --silent start/m);
      shell.type("one\r");
      await shell.shows(/^one\r\none\r\n/m); // the echo of the terminal, then cat's own
      shell.type("\x03");
      await shell.shows(/outer\$ /, 3);
      shell.type("exit $?\r");
      expect(await shell.status()).toBe(130);
    },
  );

  it("ends in the background when run() gets SIGINT, and its host is as it was", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const shell = await openShell(host, name);
    shell.type(`${start} sh -c 'echo u""p; exec sleep 1000' &\r`);
    await shell.shows(/^up/m);
    const pids = await processesOf(shell);
    process.kill(pids.run, "SIGINT");
    await until("the end of all", () => !Object.values(pids).some(isAlive));
    shell.type("wait %1; exit $?\r");
    // SIGINT itself, or the SIGTERM that follows where child() cannot tell it from a Ctrl-C
    expect(await shell.status()).toBe(name === "01-uts" ? 130 : endingStatus(stage, 143));
    expect(await snapshot(host)).toEqual(before);
  });

  it.each([
    ["that has ended", "seq 1000"],
    ["that goes on", "seq inf"],
  ])("leaves the terminal to less behind it: a command %s", async (_, command) => {
    const shell = await openShell(await openHost(), name);
    shell.type(`${start} ${command} 2>/dev/null | less; stty -a | grep -o "[ -]icanon"\r`);
    await shell.shows(/^23\r\n:/m);
    // Before, run() may take the key, which reads the terminal, too
    await until("less waits for a key", () => waitsForInput(shell, "less"));
    shell.type(" ");
    await shell.shows(/^46\r\n/m);
    await until("less waits for a key", () => waitsForInput(shell, "less"));
    shell.type("q");
    await shell.shows(/ icanon\r\n/);
    shell.type("exit\r");
    expect(await shell.status()).toBe(0);
  });

  it("ends when the terminal is closed, and its host is as it was", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const shell = await openShell(host, name);
    shell.type(`${start} sh -c 'echo u""p; exec sleep 1000'\r`);
    await shell.shows(/^up/m);
    const pids = await processesOf(shell);
    shell.close();
    await until("the end of all", () => !Object.values(pids).some(isAlive));
    expect(await snapshot(host)).toEqual(before);
  });
});

/** Opens an interactive bash on a host, in the folder of a stage. */
async function openShell(host: Host, stage: string): Promise<Terminal> {
  const bash = ["env", "PS1=outer$ ", "bash", "--norc", "--noprofile", "-i"];
  const shell = await openTerminal([...host.enter(stageFolder(stage)), ...bash]);
  await shell.shows(/outer\$ /);
  return shell;
}

/** Tells whether a program that a shell has started sleeps in read(2): system call 0, or 63 on arm64. */
function waitsForInput(shell: Terminal, program: string): boolean {
  const pid = childrenOf(shell.pid).find((each) => argumentsOf(each)[0] === program);
  const read = process.arch === "arm64" ? "63" : "0";
  return pid !== undefined && readFileSync(`/proc/${pid}/syscall`, "utf8").startsWith(`${read} `);
}

/** Waits until a stage's command is sleep: the shell before it handles SIGINT, also as process 1. */
async function processesOf(terminal: Terminal) {
  const run = terminal.main();
  // Others watch it, on the host
  const isInside = (pid: number) => namespaceOf(pid, "uts") !== namespaceOf(run, "uts");
  // Looked for each time: while others start and end, the kernel's list of children may lack one
  return until("sleep", () => {
    const below = childrenOf(run).find(isInside) ?? 0;
    const [command = below] = childrenOf(below); // stage 01 has no child(): it is the command
    return argumentsOf(command)[0] === "sleep" ? { run, child: below, command } : undefined;
  });
}
