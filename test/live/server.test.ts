import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { allProcesses, run } from "host";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Live, startLiveHere, stopLive } from "./start-live.ts";

let live: Live;
let host: string;

beforeAll(async () => {
  live = await startLiveHere();
  host = new URL(live.origin).host;
}, 300_000);
afterAll(() => stopLive(live));

/** Asks with curl, and returns the status and what came with it. */
async function curl(path: string, ...options: string[]) {
  const { stdout } = await run([
    "curl",
    "-s",
    "-i",
    "--path-as-is",
    "--max-time",
    "10",
    ...options,
    live.origin + path,
  ]);
  const [head = "", ...body] = stdout.split("\r\n\r\n");
  return {
    status: Number(/^HTTP\/1.1 (\d+)/.exec(head)?.[1]),
    head: head.toLowerCase(),
    body: body.join("\r\n\r\n"),
  };
}

/** Asks for a WebSocket as a browser does, with some headers changed or left out. */
async function upgrade(changes: Record<string, string | undefined> = {}, path = "/socket") {
  const headers: Record<string, string | undefined> = {
    Host: host,
    Origin: live.origin,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": `workshop-live, ${live.token}`,
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "websocket",
    ...changes,
  };
  const options = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : ["-H", `${name}: ${value}`],
  );
  const { status } = await curl(path, "--http1.1", "--max-time", "2", ...options);
  return status;
}

describe("who gets in", () => {
  it("is who has the token: 101", async () => {
    expect(await upgrade()).toBe(101);
  });

  it.each<[string, () => Record<string, string | undefined>]>([
    ["without a token", () => ({ "Sec-WebSocket-Protocol": "workshop-live" })],
    ["without a protocol", () => ({ "Sec-WebSocket-Protocol": undefined })],
    [
      "with a token of another start",
      () => ({ "Sec-WebSocket-Protocol": `workshop-live, ${"A".repeat(43)}` }),
    ],
    [
      "with half of the token",
      () => ({ "Sec-WebSocket-Protocol": `workshop-live, ${live.token.slice(0, 20)}` }),
    ],
    [
      "with more than the token",
      () => ({ "Sec-WebSocket-Protocol": `workshop-live, ${live.token}x` }),
    ],
    ["with the token alone", () => ({ "Sec-WebSocket-Protocol": live.token })],
    [
      "with the token in a cookie",
      () => ({ "Sec-WebSocket-Protocol": "workshop-live", Cookie: `token=${live.token}` }),
    ],
    ["without an origin", () => ({ Origin: undefined })],
    [
      "from a page of another site",
      () => ({ Origin: "https://example.org", "Sec-Fetch-Site": "cross-site" }),
    ],
    [
      "from a page of another port",
      () => ({ Origin: "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site" }),
    ],
    ["from a file", () => ({ Origin: "null" })],
    ["under another name", () => ({ Host: "attacker.example", Origin: "http://attacker.example" })],
    [
      "under a name that begins like ours",
      () => ({ Host: "127.0.0.1.nip.io", Origin: "http://127.0.0.1.nip.io" }),
    ],
  ])("is nobody %s: 403", async (_, headers) => {
    expect(await upgrade(headers())).toBe(403);
  });

  it("is nobody by a token in the address", async () => {
    expect(
      await upgrade({ "Sec-WebSocket-Protocol": "workshop-live" }, `/socket?token=${live.token}`),
    ).toBe(403);
  });

  it("is nobody at another path: 404", async () => {
    expect(await upgrade({}, "/")).toBe(404);
  });
});

describe("the pages", () => {
  it.each([
    ["/", 200, []],
    ["/course/01-uts.html", 200, []],
    ["/page/main.ts", 200, []],
    ["/packages/vue.js", 200, []],
    ["/nothing", 404, []],
    ["/page/", 404, []],
    ["/packages/constructor", 404, []],
    ["/page/../src/main.ts", 404, []],
    ["/page/..%2fsrc%2fmain.ts", 404, []],
    ["/course/%2e%2e/%2e%2e/package.json", 404, []],
    ["/course/../../package.json", 404, []],
    ["/%ZZ", 400, []],
    ["/page/%00", 404, []],
    ["/", 405, ["-X", "POST"]],
    ["/", 405, ["-X", "DELETE"]],
    ["/", 403, ["-H", "Host: attacker.example"]],
    ["/", 400, ["-H", "Host:"]],
    ["/page/main.ts", 403, ["-H", "Sec-Fetch-Site: cross-site", "-H", "Sec-Fetch-Mode: no-cors"]],
    [
      "/",
      403,
      [
        "-H",
        "Sec-Fetch-Site: cross-site",
        "-H",
        "Sec-Fetch-Mode: navigate",
        "-H",
        "Sec-Fetch-Dest: iframe",
      ],
    ],
    [
      "/",
      200,
      [
        "-H",
        "Sec-Fetch-Site: cross-site",
        "-H",
        "Sec-Fetch-Mode: navigate",
        "-H",
        "Sec-Fetch-Dest: document",
      ],
    ],
    ["/", 200, ["-H", "Host: localhost:9999"]], // as a virtual machine forwards it
  ] as const)("%s gives %i with %j", async (path, expected, options) => {
    const { status, head, body } = await curl(path, ...options);
    expect(status).toBe(expected);
    expect(body).not.toContain('"private": true');
    if (status === 400 && options.length > 0) return; // that is Node's own answer
    expect(head).toContain("content-security-policy: default-src 'none'");
    expect(head).toContain("x-content-type-options: nosniff");
    expect(head).not.toContain("access-control-allow-origin");
    expect(head).not.toContain("set-cookie");
  });

  it("let no other page have them in a frame, and run no script that is not theirs", async () => {
    const own = await curl("/");
    expect(own.head).toContain("frame-ancestors 'none'");
    expect(own.head).not.toMatch(/script-src[^;]*'unsafe/);
    const { head } = await curl("/course/index.html");
    expect(head).toContain("frame-ancestors 'self'");
    expect(head).not.toMatch(/script-src[^;]*'unsafe-inline'/);
  });
});

describe("the token", () => {
  it("is in no process's arguments or environment", () => {
    for (const pid of allProcesses()) {
      for (const file of ["cmdline", "environ"]) {
        let text = "";
        try {
          text = readFileSync(`/proc/${pid}/${file}`, "utf8");
        } catch {
          // it has ended, or is a thread of the kernel
        }
        expect(text.includes(live.token), `/proc/${pid}/${file}`).toBe(false);
      }
    }
  });

  it("is long, and said once", () => {
    expect(Buffer.from(live.token, "base64url")).toHaveLength(32);
    expect(live.output().split(live.token)).toHaveLength(2);
  });
});

describe("the socket", () => {
  it("listens on the loopback device alone", async () => {
    const others = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    for (const { address, internal, family } of others) {
      if (internal || family !== "IPv4") continue;
      await expect(reach(address)).rejects.toThrow("ECONNREFUSED");
    }
    await reach("127.0.0.1");
  });

  it.each([
    ["no JSON", "{"],
    ["no message", "null"],
    ["no terminal", '{"type":"type","terminal":3,"data":"x"}'],
    ["no text", '{"type":"type","terminal":1,"data":{}}'],
    ["no size", '{"type":"resize","terminal":1,"columns":-1,"rows":1e9}'],
    ["no type", '{"type":"constructor","terminal":1}'],
  ])("is closed after what is %s, and the others go on", async (_, message) => {
    const [good, bad] = [open(), open()];
    await Promise.all([opened(good), opened(bad)]);
    bad.send(message);
    const code = await new Promise((resolve) => bad.on("close", resolve));
    expect(code).toBe(1008);
    expect(good.readyState).toBe(WebSocket.OPEN);
    good.close();
  });
});

function open(): WebSocket {
  return new WebSocket(`ws://${host}/socket`, ["workshop-live", live.token], {
    origin: live.origin,
  });
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
}

function reach(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(live.origin).port), address, () => {
      socket.destroy();
      resolve();
    });
    socket.on("error", reject);
  });
}
