import { allProcesses, childrenOf, run } from "host";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openClient } from "./open-client.ts";
import { type Live, startLiveHere, stopLive } from "./start-live.ts";

let live: Live;
beforeAll(async () => {
  live = await startLiveHere();
}, 300_000);
afterAll(() => stopLive(live));

/** Runs a script as a user of this machine who is not root. */
function asOther(script: string, ...args: string[]) {
  const user = ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"];
  return run([...user, "sh", "-c", script, "sh", ...args]);
}

describe("another user of this machine", () => {
  const status = `curl -s -o /dev/null --max-time 2 -w '%{http_code}' "$@"`;
  const upgrade = (origin: string, protocol: string) =>
    [
      ...["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
      ...["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", `Origin: ${origin}`],
      `Sec-WebSocket-Protocol: ${protocol}`,
    ].flatMap((header) => ["-H", header]);

  it("sees the course", async () => {
    expect((await asOther(status, `${live.origin}/course/01-uts.html`)).stdout).toBe("200");
  });

  it.each([
    ["asks for none", "workshop-live", "403"],
    ["guesses the token", `workshop-live, ${"A".repeat(43)}`, "403"],
  ])("gets no terminal who %s", async (_, protocol, expected) => {
    const options = upgrade(live.origin, protocol);
    const { stdout } = await asOther(status, ...options, `${live.origin}/socket`);
    expect(stdout).toBe(expected);
  });

  it("gets one with the token: that is what the refusals above depend on", async () => {
    const options = upgrade(live.origin, `workshop-live, ${live.token}`);
    const { stdout } = await asOther(status, ...options, `${live.origin}/socket`);
    expect(stdout).toBe("101");
  });

  it("can neither type into a terminal's device nor read what is on it", async () => {
    const page = await openClient(live);
    page.type(1, "tty\r");
    await page.shows(1, /\/dev\/pts\/\d+\r/);
    const [device = ""] = /\/dev\/pts\/\d+/.exec(page.text(1)) ?? [];
    for (const open of ['echo x >"$1"', 'head -c 1 <"$1"']) {
      const { status, stderr } = await asOther(open, device);
      expect(status).not.toBe(0);
      expect(stderr).toContain("Permission denied");
    }
  });

  it("learns the token from no process, and gets at no descriptor", async () => {
    const server = live.child.pid ?? 0;
    for (const pid of [server, ...childrenOf(server)]) {
      expect(allProcesses()).toContain(pid);
      for (const file of ["environ", "fd/0", "mem"]) {
        const { stderr } = await asOther('head -c 1 "$1"', `/proc/${pid}/${file}`);
        expect(stderr, file).toContain("Permission denied");
      }
      const { stdout } = await asOther('cat "$1"', `/proc/${pid}/cmdline`);
      expect(stdout).toContain("src/");
      expect(stdout).not.toContain(live.token);
    }
  });
});
