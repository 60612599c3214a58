import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { until } from "host";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { StageStanding } from "workshop/board/messages";
import { type Board, type Classroom, openClassroom, type Student } from "./open-room.ts";
import { readPicture } from "./read-picture.ts";

let room: Classroom;
let board: Board;

beforeAll(async () => {
  room = await openClassroom();
  board = await room.startBoard();
});
afterAll(() => room.close());

const onBoard = async (name: string) =>
  (await readPicture(board)).students.find((student) => student.name === name);

describe("a student", () => {
  it("joins, sees all that is sent, is followed, and leaves", async () => {
    const anna = await room.student("anna");
    const joined = await anna.workshop("join", board.address, "Anna", "Bee");
    expect(joined).toMatchObject({ status: 0, stderr: "" });
    expect(joined.stdout).toContain(`on the board at 127.0.0.1:${room.port} as Anna Bee.`);
    expect(await onBoard("Anna Bee")).toMatchObject({ stage: "01-uts", stages: {} });

    await anna.workshop("practice", "02");
    await anna.workshop("check", "02");
    const row = await until("the check", async () => {
      const seen = await onBoard("Anna Bee");
      return seen?.stages["02-reexec"]?.failed ? seen : undefined;
    });
    expect(row.stage).toBe("02-reexec");
    expect(row.stages).toEqual({
      "02-reexec": { held: 2, passed: false, failed: "names-container", hints: 0 },
    });
    await anna.workshop("hint", "02");
    await until(
      "the hint",
      async () => (await onBoard("Anna Bee"))?.stages["02-reexec"]?.hints === 1,
    );

    const told = await anna.workshop("join");
    expect(told.stdout).toMatch(/02-reexec +2 of 7 facts, fails: names-container, hints read: 1\n/);
    expect((await anna.workshop()).stdout).toContain("as Anna Bee: pnpm workshop join tells");

    const left = await anna.workshop("leave");
    expect(left).toMatchObject({ status: 0, stderr: "" });
    expect(await onBoard("Anna Bee")).toBe(undefined);
    await anna.workshop("hint", "02");
    expect((await anna.workshop("join")).stdout).toContain("on no board, and nothing is sent");
    expect(await onBoard("Anna Bee")).toBe(undefined);
  });

  it("has joined with a file of their own, also when root has typed it", async () => {
    const ida = await room.student("ida");
    await ida.shell("chown 54321:54321 practice");
    await ida.workshop("join", board.address, "Ida");
    const { stdout } = await ida.shell("stat -c '%u %a' practice/joined.json");
    expect(stdout).toBe("54321 600\n");
  });

  it("sends what is shown, and nothing of the code", async () => {
    const jo = await room.student("jo");
    const sent: string[] = [];
    const port = await serve('{"board":1,"name":"Jo"}', (body) => void sent.push(body));
    await jo.workshop("join", `127.0.0.1:${port}/abcdef`, "Jo");
    await jo.workshop("practice", "02");
    await jo.workshop("check", "02");
    await jo.workshop("help-me");
    const isFailed = (body: string) => body.includes('"failed":"names-container"');
    await until("the check", () => sent.some((body) => isFailed(body) && body.includes('"help"')));
    for (const body of sent) {
      const { version, key, name, stage, stages, idle, help = 0, ...more } = JSON.parse(body);
      expect({ version, name, more }).toEqual({ version: 1, name: "Jo", more: {} });
      expect([key.length, typeof stage, typeof idle, typeof help]).toEqual([
        ...[36, "string", "number", "number"],
      ]);
      for (const { held, passed, failed = "", hints, ...others } of Object.values<StageStanding>(
        stages,
      )) {
        expect(others).toEqual({});
        expect([typeof held, typeof passed, typeof hints]).toEqual(["number", "boolean", "number"]);
        expect(failed).toMatch(/^[a-z-]{0,40}$/);
      }
    }
  });

  it("passes a stage, and goes on to the next", async () => {
    const carl = await room.student("carl");
    await carl.workshop("join", board.address, "Carl");
    await carl.workshop("practice", "01");
    await carl.shell("cp steps/01-uts/src/main.ts practice/01-uts/src/main.ts");
    expect(await carl.workshop("check", "01")).toMatchObject({ status: 0 });
    const row = await until("the check", async () => {
      const seen = await onBoard("Carl");
      return seen?.stages["01-uts"]?.passed ? seen : undefined;
    });
    expect(row.stage).toBe("02-reexec");
    expect(Date.now() - row.moved).toBeLessThan(60_000);
  });

  it("calls for help, and takes that back", async () => {
    const dora = await room.student("dora");
    const without = await dora.workshop("help-me");
    expect(without.status).toBe(1);
    expect(without.stderr).toMatch(/^error: you are on no board: .*\n$/);
    await dora.workshop("join", board.address, "Dora");
    expect((await dora.workshop("help-me")).stdout).toContain("The teacher is told");
    const help = (await onBoard("Dora"))?.help ?? 0;
    expect(Math.abs(Date.now() - help)).toBeLessThan(60_000);
    await dora.workshop("help-me", "--done");
    expect((await onBoard("Dora"))?.help).toBe(undefined);
  });

  it("without a name gets a number, and keeps the row when they join again, under any name", async () => {
    const eve = await room.student("eve");
    const number = /as (\d+)\.\n/.exec((await eve.workshop("join", board.address)).stdout)?.[1];
    expect(await onBoard(number ?? "")).toBeDefined();
    const count = (await readPicture(board)).students.length;
    await eve.workshop("join", board.address.replace("127.0.0.1", "LOCALHOST"), "Ève");
    expect(await onBoard("Ève")).toBeDefined();
    expect(await onBoard(number ?? "")).toBe(undefined);
    expect((await readPicture(board)).students).toHaveLength(count);
  });
});

describe("what cannot be gets one line, and whoever is on a board stays there", () => {
  let fay: Student;
  beforeAll(async () => {
    const gus = await room.student("gus");
    await gus.workshop("join", board.address, "Gus");
    fay = await room.student("fay");
    await fay.workshop("join", board.address, "Fay");
  });

  const address = () => `127.0.0.1:${room.port}`;
  it.each<[string, () => string[], RegExp]>([
    ["no address", () => ["teacher"], /^error: "teacher" is no address of a board: type it as/],
    ["no code", () => [address()], /is no address of a board/],
    ["no port", () => ["http://127.0.0.1/abcdef"], /is no address of a board/],
    ["no such port", () => ["127.0.0.1:70700/abcdef"], /is no address of a board/],
    ["a wrong code", () => [`${address()}/abcdef`], /another code/],
    ["nobody there", () => ["127.0.0.1:9/abcdef"], /^error: no board answers at 127.0.0.1:9: type/],
    ["markup", () => [board.address, "<b>Fay</b>"], /^error: a name has at most 40 letters/],
    [
      "a name of 41 letters",
      () => [board.address, "F".repeat(41)],
      /^error: a name has at most 40/,
    ],
    [
      "letters that turn round",
      () => [board.address, "Fay\u202e"],
      /^error: a name has at most 40/,
    ],
    [
      "somebody's name",
      () => [board.address, "gus"],
      /^error: the name gus is taken on this board/,
    ],
  ])("%s", async (_, words, message) => {
    const { status, stdout, stderr } = await fay.workshop("join", ...words());
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(await onBoard("Fay")).toBeDefined();
  });

  it("and their next check still goes there", async () => {
    await fay.workshop("hint", "01");
    await until("the hint", async () => (await onBoard("Fay"))?.stages["01-uts"]?.hints === 1);
  });

  it("another server, and a board of another version", async () => {
    const hal = await room.student("hal");
    const web = await serve("<html>");
    const other = await hal.workshop("join", `127.0.0.1:${web}/abcdef`, "Hal");
    expect(other.stderr).toMatch(/^error: no board answers at .*\n$/);
    const old = await serve('{"board":0,"name":"Hal"}');
    const refused = await hal.workshop("join", `127.0.0.1:${old}/abcdef`, "Hal");
    expect(refused.stderr).toMatch(/^error: the board at .* is of another version .*\n$/);
    expect((await hal.workshop("join")).stdout).toContain("on no board");
  });
});

/** Serves the same answer to all that is asked, and returns the port. */
async function serve(answer: string, hear = (_: string) => {}): Promise<number> {
  const server: Server = createServer(async (request, response) => {
    hear(await text(request));
    response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
