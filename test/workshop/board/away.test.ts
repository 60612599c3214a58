import { createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "host";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type Classroom, openClassroom } from "./open-room.ts";
import { readPicture } from "./read-picture.ts";

let room: Classroom;
beforeEach(async () => {
  room = await openClassroom();
});
afterEach(() => room.close());

/** Lists the programs that run in the classroom, but for what a test itself has started there. */
async function programs(): Promise<string[]> {
  const { stdout } = await room.host.run("ps", "-eo", "args=");
  return stdout.split("\n").filter((line) => /node|pnpm/.test(line));
}

describe("a board that is away", () => {
  it("holds nobody up, and is told when it is back: news, help, and the same rows", async () => {
    const board = await room.startBoard();
    const [anna, ben] = [await room.student("anna"), await room.student("ben")];
    await anna.workshop("join", board.address, "Anna");
    await ben.workshop("join", board.address, "Ben");
    await board.end();
    const asleep = await sleepOn(room.port);

    expect(await anna.workshop("hint", "01")).toMatchObject({ status: 0, stderr: "" });
    expect(asleep.givenUp()).toBe(0); // it has not waited for an answer
    const called = await ben.workshop("help-me");
    expect(called).toMatchObject({ status: 0, stderr: "" });
    expect(called.stdout).toContain("does not answer now: it is told as soon as it does");
    expect((await anna.workshop("hint", "01")).status).toBe(0);

    await asleep.wake();
    const again = await room.startBoard();
    expect(again.address).toBe(board.address);
    expect(again.token).toBe(board.token);
    expect(again.output()).toContain("2 students are still there");
    await until("their news", async () => {
      const { students } = await readPicture(again);
      const of = (name: string) => students.find((student) => student.name === name);
      return of("Anna")?.stages["01-uts"]?.hints === 2 && of("Ben")?.help !== undefined;
    });
    await until("the end of what sends", async () => (await programs()).length <= 3);
    await again.end();
  });

  it("is forgotten by who leaves, and nothing goes on trying", async () => {
    const board = await room.startBoard();
    const anna = await room.student("anna");
    await anna.workshop("join", board.address, "Anna");
    await board.end();
    await anna.workshop("hint", "01");
    await until("an attempt", async () =>
      (await programs()).some((line) => /keep-sending/.test(line)),
    );
    const left = await anna.workshop("leave");
    expect(left).toMatchObject({ status: 0, stderr: "" });
    expect(left.stdout).toContain("did not answer, so it may still show you");
    await until("nobody", async () => (await programs()).length === 0);
  });

  it("that has begun another room is no longer told", async () => {
    const board = await room.startBoard();
    const anna = await room.student("anna");
    await anna.workshop("join", board.address, "Anna");
    await board.end();
    const other = await room.startBoard("--new");
    expect(other.address).not.toBe(board.address);
    await anna.workshop("hint", "01");
    await until(
      "the end of what sends",
      async () => !/keep-sending/.test(String(await programs())),
    );
    const { status, stderr } = await anna.workshop("join");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^error: the board at .* has another code: type the address as the teacher/,
    );
    expect((await readPicture(other)).students).toEqual([]);
    expect(await anna.workshop("join", other.address)).toMatchObject({ status: 0 });
  });

  it("for long is told by the next command, and after twelve hours by none", async () => {
    const board = await room.startBoard();
    const anna = await room.student("anna");
    await anna.workshop("join", board.address, "Anna");
    const age = (hours: number) =>
      anna.shell(
        `sed -i 's/"since": "[^"]*"/"since": "${new Date(Date.now() - hours * 3_600_000).toISOString()}"/' practice/joined.json`,
      );
    await age(11.9);
    expect((await anna.workshop("join")).stdout).toContain("as Anna.");
    await age(12.1);
    expect((await anna.workshop("join")).stdout).toContain("on no board");
    await anna.workshop("hint", "01");
    await sleep(2000);
    expect((await readPicture(board)).students[0]?.stages).toEqual({});
  });
});

describe("pnpm workshop board", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "leaves nothing after %s, with a page open",
    async (signal) => {
      const board = await room.startBoard();
      const page = await fetch(`${new URL(board.url).origin}/secret/${board.token}/pictures`);
      expect(page.status).toBe(200);
      expect(await board.end(signal)).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
      expect(await programs()).toEqual([]);
      const { stdout } = await room.host.run(
        "sh",
        "-c",
        "ls /mnt/teacher | grep -E 'board|joined|progress'",
      );
      expect(stdout).toBe("board.json\n");
      const mode = await room.host.run("stat", "-c", "%a", "/mnt/teacher/board.json");
      expect(mode.stdout).toBe("600\n");
      const again = await room.startBoard(); // its port is free
      await again.end();
    },
  );

  it("says in one line that its port is taken, and that one is no port", async () => {
    const board = await room.startBoard();
    const teacher = await room.student("other-teacher");
    const taken = await teacher.workshop("board", "--port", `${room.port}`);
    expect(taken).toMatchObject({ status: 1, stdout: "" });
    expect(taken.stderr).toBe(
      `error: port ${room.port} is not free: type "pnpm workshop board --port <number>"\n`,
    );
    const wrong = await teacher.workshop("board", "--port", "70000");
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain("it should be a number up to 65535.");
    expect((await readPicture(board)).students).toEqual([]);
    await board.end();
  });
});

/** Takes a board's place as a machine does that sleeps: it says nothing. */
async function sleepOn(port: number) {
  const sockets = new Set<Socket>();
  let givenUp = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => givenUp++);
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(port, "0.0.0.0", resolve));
  const wake = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(wake);
  return { wake, givenUp: () => givenUp };
}
