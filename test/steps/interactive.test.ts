import { type Host, isAlive, snapshot, stageCommand, stageFolder, until } from "host";
import { describe, expect, it } from "vitest";
import { endingStatus, ownStages, rootedOnes } from "../kit/containers.ts";
import { openHost } from "../kit/open-host.ts";
import { openTerminal, type Terminal } from "../kit/open-terminal.ts";

describe.each(rootedOnes)("$name /bin/bash in a terminal", ({ name: stage }) => {
  it("has the prompt root@container, and Ctrl-D leaves with the status of the last command", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const terminal = await openShell(host, stage);
    terminal.type("(exit 7)\r");
    await terminal.shows(PROMPT, 2);
    terminal.type("\x04");
    expect(await terminal.status()).toBe(7);
    expect(await snapshot(host)).toEqual(before);
  });

  it("interrupts the command in the foreground with Ctrl-C, and nothing else", async () => {
    const terminal = await openShell(await openHost(), stage);
    // The command says it itself: until bash has put it there, Ctrl-C goes to bash.
    terminal.type("sh -c 'echo re\"\"ady; exec sleep 1000'\r");
    await terminal.shows(/ready\r\n/);
    terminal.type("\x03");
    terminal.type("echo status=$?\r");
    await terminal.shows(/status=130/);
    await leave(terminal);
  });

  it("stops a job with Ctrl-Z, lists it, and takes it up again", async () => {
    const terminal = await openShell(await openHost(), stage);
    terminal.type("echo re''ady; cat\r");
    await terminal.shows(/ready\r\n/);
    terminal.type("one\r");
    await terminal.shows(/one\r\none\r\n/); // the echo of the terminal, then cat's own
    terminal.type("\x1a");
    await terminal.shows(/\[1\]\+ +Stopped +cat/);
    terminal.type("fg\r");
    await terminal.shows(/fg\r\n.*cat\r\n/s);
    terminal.type("two\r");
    await terminal.shows(/two\r\ntwo\r\n/);
    terminal.type("\x04");
    await terminal.shows(PROMPT, 3);
    await leave(terminal);
  });

  it("knows the size of the window, also when it changes", async () => {
    const terminal = await openShell(await openHost(), stage);
    terminal.type("stty size\r");
    await terminal.shows(/24 80\r\n/);
    terminal.resize(100, 30);
    // Between two terminals, run() carries the size across, which takes a moment
    terminal.type('until [ "$(stty size)" = "30 100" ]; do sleep 0.1; done; stty size\r');
    await terminal.shows(/30 100\r\n/);
    await leave(terminal);
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("ends when run() gets %s", async (signal) => {
    const host = await openHost();
    const before = await snapshot(host);
    const terminal = await openShell(host, stage);
    process.kill(terminal.main(), signal);
    expect(await terminal.status()).toBeGreaterThan(0);
    expect(await snapshot(host)).toEqual(before);
  });

  it("ends with its terminal", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const terminal = await openShell(host, stage);
    const main = terminal.main();
    terminal.close();
    await terminal.status();
    // pnpm gets SIGHUP, too, and does not wait for run(), which unmounts
    await until("the end of run()", () => !isAlive(main));
    expect(await snapshot(host)).toEqual(before);
  });
});

describe.each(ownStages)("$name with a command that handles Ctrl-C itself", ({ name: stage }) => {
  it("lets it: the command gets it once, and the container goes on", async () => {
    const host = await openHost();
    const terminal = await interrupt(stageCommand(host, stage, HANDLES_IT));
    process.kill(terminal.main(), "SIGTERM");
    await terminal.status(); // pnpm's, which has got the Ctrl-C, too: 130, one time in 400
  });

  it("ends with its status later, as ever", async () => {
    const host = await openHost();
    const run = ["node", "--import", "../../shared-native/typescript.cjs", "src/main.ts", "run"];
    const terminal = await interrupt([...host.enter(stageFolder(stage)), ...run, ...HANDLES_IT]);
    process.kill(terminal.main(), "SIGTERM");
    expect(await terminal.status()).toBe(endingStatus(stage, 143));
  });
});

/** A loop that naps until its Ctrl-C: dash would wait in `read` for one that came just before. */
const HANDLES_IT = [
  ...["sh", "-c"],
  [
    'trap "echo interrupted; interrupted=yes" INT; echo ready',
    'until [ "$interrupted" ]; do sleep 0.1; done',
    'while read line; do echo "got $line"; done',
  ].join("; "),
];

/** Starts a command in a terminal, types Ctrl-C, and checks that it gets one, and goes on. */
async function interrupt(command: string[]): Promise<Terminal> {
  const terminal = await openTerminal(command);
  await terminal.shows(/ready\r\n/);
  terminal.type("\x03");
  await terminal.shows(/interrupted\r\n/);
  terminal.type("more\r");
  await terminal.shows(/got more\r\n/);
  expect(terminal.screen().match(/interrupted\r\n/g)).toHaveLength(1);
  return terminal;
}

const PROMPT = /root@container:\/# /g;

/** Opens /bin/bash in a stage's container, and waits for its prompt. */
async function openShell(host: Host, stage: string) {
  const terminal = await openTerminal(stageCommand(host, stage, ["/bin/bash"]));
  await terminal.shows(PROMPT);
  return terminal;
}

async function leave(terminal: Terminal): Promise<void> {
  terminal.type("exit 0\r");
  expect(await terminal.status()).toBe(0);
}
