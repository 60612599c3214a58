import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { setTimeout } from "node:timers/promises";
import { argumentsOf, childrenOf, type Host, isAlive, snapshot, until } from "host";
import { describe, expect, it } from "vitest";
import { filtersCalls } from "workshop/facts/privileges";
import { commandIsInit, containers, enclosed, endingStatus, rooted } from "../kit/containers.ts";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const ENDING = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;
/** The last line of a script that gets a signal. */
const SLEEP = "exec sleep 1000";
const KILLING = [...ENDING, "SIGKILL"] as const;

/** The recipients of signals, where the stages differ. SIGKILL to run(): every-stage.test.ts. */
const endings = [
  ...containers.flatMap(({ name }) => rows(name, "run", ENDING)),
  ...rows("02-reexec", "child", ENDING), // no PID namespace: SIGKILL would leave the command alone
  ...rows("01-uts", "command", KILLING),
  ...enclosed.flatMap(({ name }) =>
    commandIsInit(name)
      ? rows(name, "command", ["SIGKILL"])
      : [...rows(name, "child", KILLING), ...rows(name, "command", KILLING)],
  ),
  // Not passed on: run() dies of them
  ...enclosed.flatMap(({ name }) => rows(name, "run", ["SIGALRM", "SIGUSR2"])),
];

describe("without a terminal", () => {
  it.each(endings)("$stage ends when $who gets $signal", async ({ stage, who, signal }) => {
    const host = await openHost();
    const before = await snapshot(host);
    const { container, pids } = await startCommand(host, stage, `echo up; ${SLEEP}`);
    const watchers = childrenOf(pids.run);
    process.kill(pids[who], signal);
    const { status } = await container.ended;
    const bySignal = 128 + constants.signals[signal];
    const isPassedOn = ENDING.some((each) => each === signal);
    expect(status).toBe(isPassedOn ? endingStatus(stage, bySignal) : bySignal);
    // A process that ends closes its files, and only then is no more
    await until("the end of all", () => ![...Object.values(pids), ...watchers].some(isAlive));
    expect(await snapshot(host)).toEqual(before);
  });

  it("02-reexec ends with the command's status when child() gets signals up to its end", async () => {
    const host = await openHost();
    const script = "trap '' TERM; echo up; sleep 0.2; exit 5";
    const { container, pids } = await startCommand(host, "02-reexec", script);
    const kill = async () => {
      // Some time apart: Node keeps four thousand signals in a pipe, and loses what comes after
      for (;;) {
        process.kill(pids.child, "SIGTERM");
        await setTimeout(1);
      }
    };
    await expect(kill).rejects.toThrow("ESRCH"); // when it is gone
    expect(await container.ended).toMatchObject({ status: 5 });
  });

  it.each([...containers.filter(({ root }) => root === "host"), ...enclosed])(
    "$name goes on when a process in it is stopped and continued, or told of a new window size",
    async ({ name }) => {
      const host = await openHost();
      const { container, pids } = await startCommand(host, name, "echo up; read line; exit 5");
      for (const pid of Object.values(pids)) {
        process.kill(pid, "SIGSTOP");
        await until("its stop", () => stateOf(pid) === "T");
        process.kill(pid, "SIGCONT");
        await until("its going on", () => stateOf(pid) === "S");
        // This one may be ignored: a PID 1 does so, and who has no shell above that could continue it
        process.kill(pid, "SIGTSTP");
        process.kill(pid, "SIGCONT");
        process.kill(pid, "SIGWINCH");
      }
      container.endInput();
      expect(await container.ended).toMatchObject({ status: 5 });
    },
  );

  const unmounting = rooted.filter(({ facts }) => !facts.includes(filtersCalls));

  it.each(unmounting)("$name ends by SIGINT also without its /proc", async ({ name }) => {
    const host = await openHost();
    const script = `umount --recursive /proc && echo up; ${SLEEP}`;
    const { container } = await startCommand(host, name, script);
    process.kill(container.main, "SIGINT");
    expect(await container.ended).toMatchObject({
      status: endingStatus(name, 128 + constants.signals.SIGINT),
    });
  });

  it.each(containers)("$name opens no debugger when run() gets SIGUSR1", async ({ name }) => {
    const host = await openHost();
    const { container, pids } = await startCommand(host, name, "echo up; read line; exit 5");
    process.kill(pids.run, "SIGUSR1");
    await setTimeout(500); // a debugger would say where it listens
    container.endInput();
    expect(await container.ended).toMatchObject({ status: 5 });
    expect(container.stderr()).not.toContain("Debugger");
  });
});

type Who = "run" | "child" | "command";

function rows(stage: string, who: Who, signals: readonly NodeJS.Signals[]) {
  return signals.map((signal) => ({ stage, who, signal }));
}

/** Starts a shell script that says "up" in a stage's container, and waits for that. */
async function startCommand(host: Host, stage: string, script: string) {
  const container = await startShell(host, stage, script);
  const below = container.child();
  const [command = below] = childrenOf(below); // stage 01 has no child(): it is the command
  // Until then it is a shell, which handles SIGINT also as process 1
  if (script.endsWith(SLEEP)) await until("sleep", () => argumentsOf(command)[0] === "sleep");
  return { container, pids: { run: container.main, child: below, command } };
}

/** Returns the state as in ps: R, S, T, Z… */
function stateOf(pid: number): string | undefined {
  return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
}
