import { readdirSync } from "node:fs";
import { run } from "host";
import { describe, expect, it, vi } from "vitest";
import { openFolder } from "../pack/open-folder.ts";
import { type Serving, serve } from "./serve-command.ts";
import { makeSmallPack } from "./small-pack.ts";

/** Opens a small pack in a room, and asks for something there with curl. */
async function openRoom(...args: string[]) {
  const folder = openFolder();
  await makeSmallPack(folder);
  const server = await serve(folder, ...args);
  return { folder, server, curl: (...words: string[]) => curl(server, ...words) };
}

async function curl({ enter }: Serving, ...words: string[]): Promise<string> {
  const { stdout } = await run([...enter, "curl", "--silent", "--max-time", "20", ...words]);
  return stdout;
}

const AT = "http://192.168.7.1:8000";

describe("pnpm workshop serve", () => {
  it("shows the address, its QR code, and the line to type", async () => {
    const { server } = await openRoom();
    expect(server.stdout()).toMatch(/^ {2}Open http:\/\/192\.168\.7\.1:8000, or type:$/m);
    expect(server.stdout()).toMatch(
      /^ {2}curl -so start 192\.168\.7\.1:8000\/start; echo [0-9a-f]{16} start \| b2sum -c && sh start$/m,
    );
    expect(server.stdout()).toMatch(/(^ {2}[█▀▄ ]+\n){12}/m);
    expect(server.stdout()).toMatch(/^ {2}4 files, 0 MB, commit 0123456$/m);
  });

  it("hands out the script that its line names, and no other", async () => {
    const { server, curl } = await openRoom();
    const script = await curl(`${AT}/start`);
    expect(script).toContain(`\nfrom=${AT}/\n`);
    const line = /echo .* b2sum -c/.exec(server.stdout())?.[0] ?? "";
    const check = (change: string) => {
      const type = `cd "$1" && curl -so start ${AT}/start && ${change} && ${line}`;
      return run([...server.enter, "sh", "-c", type, "sh", openFolder()]);
    };
    expect(await check("true")).toMatchObject({ status: 0, stdout: "start: OK\n" });
    expect(await check("echo >>start")).toMatchObject({ status: 1, stdout: "start: FAILED\n" });
  });

  it("goes on with a download where it was broken off", async () => {
    const { curl } = await openRoom();
    const file = `${AT}/packages-x64.tar`;
    expect(await curl("--range", "4-", file)).toBe("456789");
    expect(await curl("--range", "4-5", file)).toBe("45");
    expect(await curl("--range", "10-", "--write-out", "%{http_code}", file)).toBe("416");
    expect(await curl("--head", file)).toContain("content-length: 10\r\n");
  });

  it("has the course, and nothing else of this computer", async () => {
    const { curl } = await openRoom();
    expect(await curl("--location", `${AT}/course`)).toBe("index");
    expect(await curl(`${AT}/course/lab.html`)).toBe("lab");
    for (const other of [
      "/course/../../etc/passwd",
      "/../../etc/passwd",
      "/%2e%2e/x",
      "/nothing",
    ]) {
      const answer = await curl("--path-as-is", "--write-out", "%{http_code}", AT + other);
      expect(answer, other).toMatch(/404$/);
    }
    const answer = await curl("--header", "host: a$(id)", "--write-out", "%{http_code}", AT);
    expect(answer).toBe("no such address\n400");
  });

  it("says when the repo here has changed since the pack was made", async () => {
    const { folder, server } = await openRoom();
    const again = `The repo here has changed since: "pnpm workshop pack ${folder}" makes a new one.`;
    expect(server.stdout()).toContain(again);
  });

  it("leaves nothing when it is ended, also while somebody downloads", async () => {
    const temporary = openFolder();
    vi.stubEnv("TMPDIR", temporary);
    const { server } = await openRoom();
    expect(readdirSync(temporary)).toHaveLength(
      1 + readdirSync(temporary).filter((name) => /^pack-test/.test(name)).length,
    );
    expect(await server.stop("SIGINT")).toBe(130);
    vi.unstubAllEnvs();
    expect(readdirSync(temporary).filter((name) => /course/.test(name))).toEqual([]);
    expect(server.stderr()).toBe("looking at the pack\nCtrl-C ends it\n");
  });
});
