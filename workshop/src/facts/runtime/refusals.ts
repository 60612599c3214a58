import { expect, type Fact } from "../fact.ts";
import { plain, shown } from "../shown.ts";
import {
  CREATE,
  expectAll,
  expectRefused,
  NAME,
  SLEEP,
  START,
  type Typed,
  typeCalls,
} from "./type-calls.ts";

export const startsOnce: Fact = {
  id: "start-once",
  title: "start refuses a container that is running, or has stopped",
  async check(code) {
    const lines = [CREATE, START, START, "program", "kill -9 $(cat pid)", START] as const;
    const [created, started, second, program, , third] = await typeCalls(code, SLEEP, lines);
    expectAll(code, [created, started]);
    const hint =
      "A container is created, then running, then stopped: statusOf() says which. start may be called in the first, and throws an Error in the others.";
    expectRefused(code, second, hint);
    expectUntouched(program, "start");
    expectRefused(code, third, hint);
  },
};

export const killsByName: Fact = {
  id: "kill",
  title: "kill sends a signal to the process: by its name, its number, or SIGTERM",
  async check(code) {
    const script = `for name in USR1 USR2 HUP; do trap "echo $name" $name; done
      trap "echo TERM; exit" TERM; echo up; while :; do sleep 0.05; done`;
    const typed = await typeCalls(
      code,
      ["sh", "-c", script],
      [
        // The program goes on writing to what it has got as output
        `{ ${CREATE} && ${START}; } >printed && soon grep -q up printed`,
        `runtime kill ${NAME} SIGUSR1 && soon grep -q USR1 printed`,
        `runtime kill ${NAME} usr2 && soon grep -q USR2 printed`,
        `runtime kill ${NAME} 1 && soon grep -q HUP printed`,
        `runtime kill ${NAME} && soon grep -q TERM printed`,
      ],
    );
    const [started, ...kills] = typed;
    expectAll(code, [started]);
    for (const each of kills) {
      if (each.stderr !== "") expectAll(code, [each]);
      const [call] = each.line.split(" &&");
      expect(
        each.status === 0,
        `"${call}" makes the program's handler for that signal run`,
        "nothing came",
        "readSignal() reads all of these, and send() sends. The signal is the first of line.args, and SIGTERM if there is none.",
      );
    }
  },
};

export const killsNobody: Fact = {
  id: "kill-stopped",
  title: "kill refuses a container that has stopped, and signals that there are not",
  async check(code) {
    const kill = `runtime kill ${NAME}`;
    const lines = [CREATE, START, `${kill} NONE`, "program", "kill -9 $(cat pid)", kill] as const;
    const [created, started, unknown, program, , late] = await typeCalls(code, SLEEP, lines);
    expectAll(code, [created, started]);
    expectRefused(code, unknown, "readSignal() throws for what is no signal.");
    expectUntouched(program, "kill");
    expectRefused(
      code,
      late,
      "The PID of a process that has ended may be another's by now: statusOf() says stopped then, and nothing is sent.",
    );
  },
};

export const deletesAll: Fact = {
  id: "delete",
  title: "delete removes a container that has stopped, with its cgroups and its name",
  async check(code) {
    const typed = await typeCalls(code, SLEEP, [
      CREATE,
      START,
      "kill -9 $(cat pid)",
      `runtime delete ${NAME}`,
      `find /sys/fs/cgroup -maxdepth 2 -name ${NAME}`,
      "ls containers",
      CREATE,
    ]);
    const [, , , , cgroups, names, again] = typed;
    expectAll(code, typed.slice(0, 4));
    expect(
      cgroups.stdout === "",
      "no cgroup of the container is left",
      `there is still ${shown(cgroups.stdout)}`,
      "removeContainer() removes all that was made for it: the cgroups, and then its folder.",
    );
    expect(
      names.stdout === "",
      "nothing is known of the container any more",
      `there is still ${shown(names.stdout)}`,
      "Each container has a folder with its state: removeContainer() removes it.",
    );
    expectAll(code, [again]);
  },
};

export const deletesNoneAlive: Fact = {
  id: "delete-alive",
  title: "delete refuses a container that is alive, and changes nothing",
  async check(code) {
    const [created, started, refused, program, state] = await typeCalls(code, SLEEP, [
      CREATE,
      START,
      `runtime delete ${NAME}`,
      "program",
      `runtime state ${NAME}`,
    ]);
    expectAll(code, [created, started]);
    expectRefused(
      code,
      refused,
      "Without --force in line.options, only a container whose statusOf() is stopped may be deleted.",
    );
    expectUntouched(program, "delete");
    expectAll(code, [state]);
  },
};

export const deletesByForce: Fact = {
  id: "delete-force",
  title: "delete --force ends the container first, and has nothing against one that is not there",
  async check(code) {
    const typed = await typeCalls(code, SLEEP, [
      CREATE,
      START,
      `runtime delete --force ${NAME}`,
      "soon test ! -e /proc/$(cat pid)",
      "ls containers",
      "runtime delete --force nobody",
    ]);
    const [created, started, forced, ended, names, nobody] = typed;
    expectAll(code, [created, started, forced]);
    expect(
      ended.status === 0 && names.stdout === "",
      "its process has ended, and nothing is known of it",
      ended.status === 0 ? `there is still ${shown(names.stdout)}` : "its process is still there",
      "removeContainer() kills the process, waits for its end, and removes the rest.",
    );
    expect(
      nobody.status === 0,
      '"delete --force" of a container that is not there ends with status 0',
      `it ended with status ${nobody.status}: ${shown(nobody.stderr)}`,
      "load() throws when there is none: ask isThere() before.",
    );
  },
};

function expectUntouched(program: Typed, call: string): void {
  expect(
    plain(program.stdout) === "sleep 1000",
    `after a ${call} that was refused, the program runs on`,
    `its process is ${shown(program.stdout || "gone")}`,
    "First look at the state, and throw. Only then do something.",
  );
}
