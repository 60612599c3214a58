import fc from "fast-check";
import {
  childrenOf,
  holdNamespace,
  isAlive,
  type RunningStage,
  run,
  runStage,
  snapshot,
  stageCommand,
  stageFolder,
  until,
} from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { filtersCalls } from "workshop/facts/privileges";
import { anyText } from "../kit/any-text.ts";
import { commandIsInit, containers, isRootless, ownStages, rooted } from "../kit/containers.ts";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

describe.each(containers)("$name", ({ name: stage, hasChild }) => {
  it("says how to use it when there is no command", async () => {
    const host = await openHost();
    const [name] = stage.split(" ");
    const usage = new RegExp(
      `^usage: pnpm --filter ${name} start (\\[--\\S+\\] )*<command> \\[args…\\]$`,
      "m",
    );
    for (const command of [[], [""]]) {
      const { status, stdout, stderr } = await runStage(host, stage, ...command);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(usage);
    }
  });

  it("announces itself on stderr, and leaves stdout to the command", async () => {
    const host = await openHost();
    const { stdout, stderr } = await runStage(host, stage, "echo", "hello", "world");
    expect(stdout).toBe("hello world\n");
    const announced = stderr.match(/^Running (main|child) process \[echo hello world\] as \d+$/gm);
    expect(announced).toHaveLength(hasChild ? 2 : 1);
  });

  it.each([
    ["0", "exit 0", 0],
    ["128 + n after a signal that shells ignore", "kill -PIPE $$; exit 5", 141],
  ])("exits with the status of the command: %s", async (_, script, status) => {
    const host = await openHost();
    // A process 1 does not get even its own
    const expected = commandIsInit(stage) ? Number(/exit (\d+)/.exec(script)?.[1]) : status;
    expect(await runStage(host, stage, "sh", "-c", script)).toMatchObject({ status: expected });
  });

  it("exits with 127 when the command is not there, 126 when it cannot be executed", async () => {
    const host = await openHost();
    const missing = await runStage(host, stage, "no-such-command");
    expect(missing.status).toBe(127);
    expect(missing.stderr).toMatch(/no-such-command.*(not found|No such file)/);
    const notExecutable = await runStage(host, stage, "/etc/passwd");
    expect(notExecutable.status).toBe(126);
    expect(notExecutable.stderr).toMatch(/^.*\/etc\/passwd['’]?: .+$/m);
  });

  it("hands the arguments over exactly, also through pnpm --filter", async ({ task }) => {
    const host = await openHost();
    const nasty = [
      "",
      " ",
      "a b",
      "--help",
      "-x",
      "--",
      "'",
      '"',
      "`id`",
      "$HOME",
      "\\",
      "\n",
      "*",
      "é€😀",
    ];
    const argument = fc.oneof(fc.constantFrom(...nasty), anyText);
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 60, size: "max" }), async (args) => {
        const command = ["printf", "%s\\0", "first", ...args];
        const expected = ["first", ...args].map((text) => `${text}\0`).join("");
        const [name = "", ...options] = stage.split(" ");
        const filter = ["pnpm", "--silent", "--filter", name, "start", ...options, ...command];
        expect((await runStage(host, stage, ...command)).stdout).toBe(expected);
        expect((await run([...host.enter(stageFolder(name)), ...filter])).stdout).toBe(expected);
      }),
      // In time to say the seed and what failed, before the test's own time is over
      {
        numRuns: 3,
        examples: [[nasty]],
        interruptAfterTimeLimit: task.timeout / 2,
        markInterruptAsFailure: true,
      },
    );
  });

  it("ends a command that ignores SIGTERM, after two seconds", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const container = await startShell(
      host,
      stage,
      "trap '' TERM; echo up; while :; do read line; done",
    );
    process.kill(container.main, "SIGTERM");
    expect(await container.ended).toMatchObject({ status: 137 });
    expect(await snapshot(host)).toEqual(before);
  });

  it("says what is wrong to a root without capabilities", async () => {
    const host = await openHost();
    const [enter, command] = split(stageCommand(host, stage, ["/bin/true"]), "pnpm");
    const { status, stderr } = await run([
      ...enter,
      "setpriv",
      "--bounding-set=-sys_admin",
      ...command,
    ]);
    expect(status).toBe(isRootless(stage) ? 0 : 1);
    if (status === 0) return;
    expect(stderr).toMatch(/^.*: this root lacks capabilities.*EPERM.*unshare\(CLONE_NEW/m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe.each(ownStages.filter(({ hasChild }) => hasChild))("$name child", ({ name: stage }) => {
  it("refuses to run by hand on the host, and touches nothing", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    // From a shell, as a student would: it is the parent whose namespaces must not be shared
    const script =
      "node --import ../../shared-native/typescript.cjs src/main.ts child /bin/true; exit $?";
    const { status, stderr } = await run([...host.enter(stageFolder(stage)), "sh", "-c", script]);
    expect(status).toBe(1);
    // In stage 12, a shell of the host is in the others
    const first = isRootless(stage) ? "PID" : "UTS";
    expect(stderr).toBe(
      `${stage}: child: the ${first} namespace is the host's: only "run" starts child, type start <command>\n`,
    );
    expect(await snapshot(host)).toEqual(before);
  });
});

describe.each(rooted)("$name", ({ name: stage }) => {
  it("dies with run(), even by SIGKILL, and leaves no mount and no process", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const container = await startShell(host, stage, "sleep 1000 & echo up; wait");
    const processes = processesIn(container);
    expect(processes().length).toBeGreaterThanOrEqual(2);
    const pids = childrenOf(container.main);
    process.kill(container.main, "SIGKILL");
    await until("the end of the container", () => processes().length === 0);
    await until("the end of all that it started", () => !pids.some(isAlive));
    expect(await snapshot(host)).toEqual(before);
  });

  it("kills what the command leaves behind", async () => {
    const host = await openHost();
    const container = await startShell(host, stage, "cd /proc; sleep 1000 & echo up; read line");
    const processes = processesIn(container);
    container.endInput();
    await container.ended;
    expect(processes()).toEqual([]);
  });
});

const unmounting = rooted.filter(({ facts }) => !facts.includes(filtersCalls));

describe.each(unmounting)("$name", ({ name: stage }) => {
  it("does not mind a /proc that was unmounted inside", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    expect(
      await runStage(host, stage, "sh", "-c", "umount --recursive /proc && exit 5"),
    ).toMatchObject({
      status: 5,
    });
    expect(await snapshot(host)).toEqual(before);
  });
});

/** Returns a function that lists the processes of a container, even when it has ended. */
function processesIn(container: RunningStage): () => number[] {
  const namespace = holdNamespace(container.child(), "pid");
  if (!namespace) throw new Error("the container has ended");
  onTestFinished(namespace.close);
  return namespace.processes;
}

/** Splits a command line in front of a word. */
function split(command: string[], word: string): [string[], string[]] {
  const index = command.indexOf(word);
  return [command.slice(0, index), command.slice(index)];
}
