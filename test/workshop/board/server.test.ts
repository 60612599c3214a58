import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAddress, readName } from "workshop/board/student/address";
import { anyText } from "../../kit/any-text.ts";
import { type Board, type Classroom, openClassroom } from "./open-room.ts";
import { readPicture } from "./read-picture.ts";

let room: Classroom;
let board: Board;
let origin: string;

beforeAll(async () => {
  room = await openClassroom();
});
afterAll(() => room.close());

// Each begins with nobody, and with nothing that was counted
beforeEach(async () => {
  board = await room.startBoard("--new");
  origin = `http://127.0.0.1:${room.port}`;
  return () => board.end();
});

const standing = (more = {}) => ({
  version: 1,
  key: randomUUID(),
  stage: "01-uts",
  stages: {},
  idle: 0,
  ...more,
});

async function send(body: unknown, code = board.address.slice(-6)) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${origin}/room/${code}`, { method: "POST", body: text });
  return { status: response.status, reply: await response.json() };
}

/** Sends so many kilobytes, and does not say beforehand how many. */
async function sendInPieces(kilobytes: number): Promise<number | undefined> {
  const sending = request(`${origin}/room/${board.address.slice(-6)}`, { method: "POST" });
  sending.on("error", () => {}); // it need not read them all
  for (let i = 0; i < kilobytes; i++) sending.write(" ".repeat(1000));
  const [response] = await once(sending, "response");
  sending.destroy();
  return response.statusCode;
}

describe("a board takes", () => {
  it("what a student sends, and nothing that is more, less or something else", async () => {
    expect(await send(standing({ name: "Anna" }))).toEqual({
      status: 200,
      reply: { board: 1, name: "Anna" },
    });
    const unreadable = { status: 400, reply: { board: 1, reason: "unreadable" } };
    for (const more of [
      { code: "import …" },
      { name: "<img src=x>" },
      { name: "A".repeat(41) },
      { name: "A\n" },
      { key: "1" },
      { stage: "../../etc/passwd" },
      { idle: -1 },
      { idle: "1" },
      { help: null },
      { stages: { "01-uts": { held: 1.5, passed: false, hints: 0 } } },
      { stages: { "01-uts": { held: 1, passed: false, hints: 0, failed: "<b>" } } },
      { stages: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`s${i}`, {}])) },
      { stages: { "01-UTS": { held: 1, passed: false, hints: 0 } } },
    ]) {
      expect(await send(standing(more)), JSON.stringify(more)).toEqual(unreadable);
    }
    for (const body of ["", "{", "null", "[]", "1"]) expect(await send(body)).toEqual(unreadable);
    expect(await send(standing({ version: 2 }))).toEqual({
      status: 426,
      reply: { board: 1, reason: "version" },
    });
    expect((await readPicture(board)).students).toHaveLength(1);
  });

  it("no message of more than 8 KB, also when that comes in pieces", async () => {
    expect(await send(standing({ name: "A".repeat(10_000) }))).toMatchObject({ status: 400 });
    expect(await sendInPieces(100)).toBe(400);
    expect(await send(standing())).toMatchObject({ status: 200 });
  });

  it("sixty messages in a minute from a student, and goes on with the others", async () => {
    const mine = standing();
    for (let i = 0; i < 60; i++) expect((await send(mine)).status).toBe(200);
    expect(await send(mine)).toEqual({ status: 429, reply: { board: 1, reason: "crowded" } });
    expect(await send(standing())).toMatchObject({ status: 200 });
  });

  it("two hundred students", async () => {
    const all = Array.from({ length: 200 }, () => standing());
    for (const one of all) expect((await send(one)).status).toBe(200);
    expect(await send(standing())).toEqual({ status: 503, reply: { board: 1, reason: "full" } });
    expect(await send(all[0])).toMatchObject({ status: 200 });
  });

  it("twenty wrong codes, and then nothing for a minute", async () => {
    for (let i = 0; i < 20; i++) {
      expect(await send(standing(), "aaaaaa")).toEqual({
        status: 404,
        reply: { board: 1, reason: "code" },
      });
    }
    expect((await send(standing(), "aaaaaa")).status).toBe(429);
    expect((await send(standing())).status).toBe(429);
  });

  it("nothing more of who has left, as what was on its way", async () => {
    const mine = standing();
    await send(mine);
    const code = board.address.slice(-6);
    await fetch(`${origin}/room/${code}/${mine.key}`, { method: "DELETE" });
    expect(await send(mine)).toEqual({ status: 410, reply: { board: 1, reason: "left" } });
    expect((await readPicture(board)).students).toEqual([]);
  });
});

describe("the page", () => {
  it.each([
    ["/", 200],
    ["/main.ts", 200],
    ["/style.css", 200],
    ["/nothing", 404],
    ["/../package.json", 404],
    ["/..%2froom%2froom.ts", 404],
    ["/secret/wrong/pictures", 403],
    ["/secret//pictures", 404],
    ["/room/", 404],
  ])("%s gives %i", async (path, status) => {
    expect((await fetch(origin + path)).status).toBe(status);
  });

  it("is in no frame, has no script but its own, and its pictures have no key", async () => {
    const { headers } = await fetch(origin);
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get("access-control-allow-origin")).toBe(null);
    const mine = standing();
    await send(mine);
    expect(JSON.stringify(await readPicture(board))).not.toContain(mine.key);
  });

  it("is for the teacher's machine: others are told what the board is", async () => {
    const others = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const own = others.find(({ family, internal }) => family === "IPv4" && !internal)?.address;
    if (own === undefined) return; // this machine is in no network
    const from = await fetch(`http://${own}:${room.port}/secret/${board.token}/pictures`);
    expect(from.status).toBe(403);
    expect(await from.text()).toContain("pnpm workshop join");
  });
});

it("five hundred connections that say nothing do not keep students out", async () => {
  const sockets = Array.from({ length: 500 }, () => connect(room.port, "127.0.0.1"));
  for (const socket of sockets) socket.on("error", () => {});
  expect(await send(standing())).toMatchObject({ status: 200 });
  for (const socket of sockets) socket.destroy();
});

it("any text for an address or a name is read, or refused in one line", () => {
  const likely = fc.constantFrom("10.0.0.1:7070/abc234", "http://a.b:1/abc234/", "a:1/abcdef", "");
  fc.assert(
    fc.property(fc.oneof(likely, anyText), (text) => {
      for (const read of [() => readAddress(text).code, () => readName([text])]) {
        try {
          expect(read() ?? "abcdef").toMatch(/^[^\p{C}<>]{1,40}$/u);
        } catch (error) {
          if (Object.getPrototypeOf(error) !== Error.prototype) throw error;
          expect((error as Error).message).toMatch(/: type /);
        }
      }
    }),
  );
});
