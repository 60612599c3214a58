import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf, until } from "host";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openClient } from "./open-client.ts";
import { type Live, startLiveHere, stopLive } from "./start-live.ts";

let live: Live;
beforeAll(async () => {
  live = await startLiveHere();
}, 300_000);
afterAll(() => stopLive(live));

/** The resident memory of the server, in MB. */
const memory = () =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${live.child.pid}/status`, "utf8"))?.[1]) /
  1024;

it("a terminal is a shell on a sandbox host, and what is on it survives a reload", async () => {
  const page = await openClient(live);
  page.type(1, "hostname; tty; echo $((6*7))\r");
  await page.shows(1, /lab\r\n\/dev\/pts\/\d+\r\n42/);
  page.socket.close();
  const again = await openClient(live);
  await again.shows(1, /lab\r\n\/dev\/pts\/\d+\r\n42/);
  // Colours and the modes of programs, too
  again.type(1, "printf '\\033[1;31mred\\033[?1049h\\033[Halternate'; read x\r");
  await again.shows(1, "alternate");
  const third = await openClient(live);
  await third.shows(1, /red.*\[\?1049h.*alternate/s);
  third.type(1, "\r");
  third.type(1, "printf '\\033[?1049l\\033[0m'\r");
});

it("a terminal has the size of the page's", async () => {
  const page = await openClient(live);
  page.send({ type: "resize", terminal: 1, columns: 123, rows: 17 });
  page.type(1, "stty size\r");
  await page.shows(1, "17 123");
});

it("a key starts a new shell when one has ended", async () => {
  const page = await openClient(live);
  page.type(2, "exit 5\r");
  await page.shows(2, "the shell has ended with 5");
  page.type(2, "\r");
  await sleep(200);
  page.type(2, "echo back $((40+2))\r");
  await page.shows(2, "back 42");
});

it("a terminal says whose screen it is", async () => {
  const page = await openClient(live);
  page.type(1, "unshare --uts bash --norc\r");
  const { picture, screens } = await page.sees("a container", (now) => now.screens[0] !== null);
  expect(screens).toEqual([picture.containers[0]?.id, null]);
  page.type(1, "exit\r");
  await page.sees("the host", (now) => now.screens[0] === null);
});

it("a terminal says so, too, when the container has one of its own, as from stage 7 on", async () => {
  const page = await openClient(live);
  page.type(1, "pnpm --silent --filter 07-devices start sh -c 'tty; read x'\r");
  await page.shows(1, "/dev/console");
  const { picture, screens } = await page.sees("a container", (now) => now.screens[0] !== null);
  expect(screens).toEqual([picture.containers[0]?.id, null]);
  page.type(1, "\r");
  await page.sees("the host", (now) => now.screens[0] === null);
});

it.each([
  ["a program that reads it", "wc -c; echo status $?\r", 1_000_000],
  ["a program that does not read", "sleep 1000\r", 0],
])("a paste of 1 MB into %s stops nothing", async (_, command, counted) => {
  const page = await openClient(live);
  page.type(1, command);
  await sleep(500);
  const line = `${"x".repeat(99)}\r`;
  const part = line.repeat(160);
  for (let sent = 0; sent < 1_000_000; sent += part.length) {
    page.type(1, line.repeat(Math.min(160, (1_000_000 - sent) / line.length)));
  }
  page.type(2, "echo other $((40+2))\r");
  await page.shows(2, "other 42");
  if (counted > 0) {
    page.type(1, "\x04");
    await page.shows(1, String(counted));
  }
  page.type(1, "\x03");
  await sleep(300);
  page.type(1, "\x03\recho after $((40+2))\r");
  await page.shows(1, "after 42");
});

it("a flood of output stops neither the other terminal nor Ctrl-C, and takes no memory", async () => {
  const page = await openClient(live);
  const before = memory();
  page.type(1, "yes 'a flood of output, without any end to it'\r");
  await until("the flood", () => page.text(1).split("flood").length > 100);
  for (let i = 0; i < 5; i++) {
    page.type(2, `echo answer $((${i}+100))\r`);
    await page.shows(2, `answer ${i + 100}`);
    await sleep(300);
  }
  expect(memory() - before).toBeLessThan(100);
  page.type(1, "\x03");
  page.type(1, "echo ended $((40+2))\r");
  await page.shows(1, "ended 42");
});

it("a page that does not follow gets the screen as it is at last", async () => {
  const slow = await openClient(live, false);
  const page = await openClient(live);
  page.type(1, "seq 100000; echo done $((40+2))\r");
  await page.shows(1, "done 42");
  await sleep(300);
  expect(slow.text(1).length).toBeLessThan(300_000);
  expect(slow.text(1)).not.toContain("done 42");
  slow.send({ type: "drawn", terminal: 1, length: 1e9 });
  await slow.shows(1, "done 42");
});

it("names with markup, parentheses and newlines are only names", async () => {
  const page = await openClient(live);
  page.type(1, "(exec -a $'<img src=x>\\n)' sleep 1000) &\r");
  const { picture } = await page.sees("the process", ({ picture: now }) =>
    now.processes.some(({ command }) => command.endsWith(" 1000") && command.startsWith("<")),
  );
  expect(picture.processes.map(({ command }) => command)).toContain("<img src=x>·) 1000");
  page.type(1, "kill %1\r");
});

it("the picture goes on after umount /proc, with 200 processes and a fork bomb on the host", async () => {
  const page = await openClient(live);
  page.type(1, "umount -l /proc\r");
  page.type(1, "for i in {1..200}; do sleep 1000 & done 2>/dev/null\r");
  await page.sees("200 processes", ({ picture }) => picture.processes.length > 200);
  page.type(1, "bomb() { bomb | bomb & }; bomb\r");
  await page.shows(1, "Resource temporarily unavailable");
  page.send({ type: "reopen" });
  await page.shows(1, "This is a new one");
  await page.sees("an empty host", ({ picture }) => picture.processes.length < 10);
  page.type(1, "ls -d /proc/self; echo new $((40+2))\r");
  await page.shows(1, /\/proc\/self\s+new 42/);
}, 120_000);

it("nothing is looked at while nobody looks", async () => {
  const inside = childrenOf(live.child.pid ?? 0)[0];
  const ticks = () =>
    Number(readFileSync(`/proc/${inside}/stat`, "utf8").split(") ")[1]?.split(" ")[11]);
  const page = await openClient(live);
  await page.sees("a picture", () => true);
  page.socket.close();
  await sleep(500);
  const before = ticks();
  await sleep(2000);
  expect(ticks() - before).toBeLessThanOrEqual(2);
});

it("a look takes at most a twentieth of a processor", async () => {
  const inside = childrenOf(live.child.pid ?? 0)[0];
  const used = () => {
    const fields = readFileSync(`/proc/${inside}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return Number(fields[11]) + Number(fields[12]);
  };
  const page = await openClient(live);
  await page.sees("a picture", () => true);
  await sleep(1000);
  const before = used();
  await sleep(5000);
  expect(used() - before).toBeLessThan(5 * 100 * 0.07);
  await until("a picture", () => page.picture());
});
