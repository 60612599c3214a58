import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { repo, until } from "host";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { violationsOn } from "../docs/site/axe.ts";
import { type Browser, noBrowser, startBrowser } from "../docs/site/browser.ts";
import { openClient } from "./open-client.ts";
import { type Live, startLive, startLiveHere, stopLive } from "./start-live.ts";

let live: Live;
let browser: Browser;

beforeAll(async () => {
  if (noBrowser !== undefined) {
    if (process.env.CI !== undefined) throw new Error(noBrowser);
    return;
  }
  live = await startLiveHere();
  browser = await startBrowser(live.origin);
}, 300_000);

afterAll(async () => {
  if (noBrowser !== undefined) return;
  await browser.close();
  await stopLive(live);
});

beforeEach(async ({ skip }) => {
  skip(noBrowser !== undefined, noBrowser);
  // Whatever the last test left goes
  const client = await openClient(live);
  client.send({ type: "reopen" });
  await client.shows(1, /This is a new one.*#/s);
  await client.shows(2, /This is a new one.*#/s);
});

const WINDOWS = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];

/** Opens the page with the address that was printed. */
async function open(address = live.url): Promise<Page> {
  const page = await browser.open();
  onTestFinished(() => page.close());
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(address);
  await page.locator("iframe").contentFrame().locator("h1").first().waitFor();
  return page;
}

async function type(page: Page, terminal: number, keys: string): Promise<void> {
  await page.locator(`[data-pane=terminal-${terminal}] textarea`).focus();
  await page.keyboard.type(`${keys}\n`);
}

/** Waits until a terminal shows a text. */
function shows(page: Page, terminal: number, text: string) {
  const rows = page.locator(`[data-pane=terminal-${terminal}] .xterm-rows`);
  return until(
    () => `${text} on terminal ${terminal}`,
    async () => (await rows.textContent())?.includes(text),
  );
}

/** Leaves the container in a terminal. */
async function leave(page: Page, terminal: number): Promise<void> {
  await type(page, terminal, "exit");
  const whose = page.locator(`[data-pane=terminal-${terminal}] .whose`);
  await until("the host", async () => (await whose.textContent())?.startsWith("host"));
}

const texts = (page: Page, selector: string) => page.locator(selector).allInnerTexts();

describe("the map", () => {
  it("of stage 01 has one tile of its own, and six arrows", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 01-uts start bash --norc");
    await page.locator(".container").waitFor();
    await type(page, 1, "hostname inside");
    await page.locator(".container .tile.own b", { hasText: "inside" }).waitFor();
    expect(await texts(page, ".container .tile.own b")).toEqual(["inside"]);
    expect(await texts(page, ".container .tile.not-own")).toHaveLength(6);
    expect(await page.locator(".host > .tiles b").first().textContent()).toBe("lab");
    expect(await page.locator(".shell .whose").allInnerTexts()).toEqual([
      "container 1: inside",
      "host: lab",
    ]);
    expect(await page.locator(".shell").first().getAttribute("class")).toContain("inside");
    await leave(page, 1);
    expect(browser.complaints).toEqual([]);
  });

  it("of stage 03 has the leak in red, in both columns, and what SIGKILL leaves behind", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 03-pid-mnt-chroot start /bin/sh");
    await page.locator(".host > .leak").waitFor();
    expect(await page.locator(".leak").textContent()).toBe(
      "The container’s mount is in the host’s table, too: proc on …/ubuntu-fs/proc",
    );
    expect(await texts(page, ".container .tile.red b")).toEqual(["/proc"]);
    expect(await page.locator(".host > .tiles .tile.red .label").allInnerTexts()).toEqual([
      "mounts",
    ]);
    const numbers = await page
      .locator(".container .row", { hasText: "child()" })
      .locator(".number")
      .allInnerTexts();
    expect(numbers[1]).toBe("1");
    await type(page, 2, `kill -KILL ${numbers[0]}`);
    await page.locator(".leak", { hasText: "Left behind in the host’s mount table" }).waitFor();
    await type(page, 2, "umount ubuntu-fs/proc");
    await page.locator(".leak").waitFor({ state: "detached" });
    expect(browser.complaints).toEqual([]);
  });

  it("of stage 05 has ten cells, each with its square at a process, and counts what is refused", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 05-cgroups start /bin/bash");
    await page.locator(".container .cells").waitFor();
    await type(page, 1, "for i in 1 2 3 4 5 6 7 8 9; do sleep 1000 & done");
    await page.locator(".container .tile.red .cells").waitFor();
    await type(page, 1, "true | true");
    await page.locator(".container .note", { hasText: "refused" }).waitFor();
    expect(await page.locator(".container .cells .cell").count()).toBe(10);
    expect(await page.locator(".container .cells .cell.on").count()).toBe(10);
    expect(await page.locator(".container .row .cell").count()).toBe(10);
    expect(await page.locator(".container .note", { hasText: "refused" }).textContent()).toMatch(
      /^10 of 10, \d+× refused$/,
    );
    await page.keyboard.press("Control+c");
    await type(page, 1, "kill %1 %2 %3"); // bash itself does it, without a fork
    await page.locator(".container .tile:not(.red) .cells").waitFor();
  });

  it("lights up who sees the same, by mouse and by keyboard, and follows two containers", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 02-reexec start sh");
    await page.locator(".container").waitFor();
    await type(page, 2, "pnpm --silent --filter 04-unshare-proc start sh");
    await page.getByRole("heading", { name: "container 2" }).waitFor();
    await page.getByRole("region", { name: "container 1" }).locator(".tile").first().hover();
    expect(await texts(page, ".row.lit .command strong")).toEqual(["child()"]);
    await page.locator(".host > .tiles .tile", { hasText: "network" }).focus();
    expect(await page.locator(".row:not(.lit)").count()).toBe(0);
    await leave(page, 2);
    await page.locator(".container").nth(1).waitFor({ state: "detached" });
    expect(await texts(page, ".container h3")).toEqual(["container 1"]);
  });

  it("shows names as names, whatever is in them", async () => {
    const page = await open();
    await type(page, 1, "(exec -a '<img src=x onerror=alert(1)>' sleep 1000)");
    await page.locator(".row", { hasText: "<img src=x onerror=alert(1)> 1000" }).waitFor();
    expect(await page.locator(".map img").count()).toBe(0);
    await page.keyboard.press("Control+c");
    expect(browser.complaints).toEqual([]);
  });
});

describe("the terminals", () => {
  it("survive a reload, and the course stays where it was", async () => {
    const page = await open();
    expect(page.url()).toBe(`${live.origin}/`); // no token for the projector
    await type(page, 1, "echo kept $((40+2))");
    await shows(page, 1, "kept 42");
    await page
      .locator("iframe")
      .contentFrame()
      .locator("a[href*='02-reexec']")
      .first()
      .dispatchEvent("click");
    await page
      .locator("iframe")
      .contentFrame()
      .locator("h1", { hasText: /stage 2/i })
      .waitFor();
    await page.reload();
    await shows(page, 1, "kept 42");
    await page
      .locator("iframe")
      .contentFrame()
      .locator("h1", { hasText: /stage 2/i })
      .waitFor();
    expect(browser.complaints).toEqual([]);
  });

  it("get what the course has typed, after a question where it could do harm", async () => {
    const page = await open();
    await page.evaluate(() => {
      const frame = document.querySelector("iframe");
      if (frame?.contentWindow) frame.contentWindow.location.href = "course/02-reexec.html";
    });
    const course = page.locator("iframe").contentFrame();
    await course.locator(".type-it").first().waitFor();
    const start = course
      .getByRole("button", {
        name: 'Type "pnpm --filter 02-reexec start /bin/bash" into terminal 1',
      })
      .first();
    await start.click();
    await page.locator(".container").waitFor();
    // Once more, which is for the host: the terminal is in the container now
    await start.click();
    await page.locator("dialog").waitFor();
    expect(await page.locator("dialog").textContent()).toContain("terminal 1 is in a container");
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await leave(page, 1);
    // One that takes files away, as a page of the course may have it
    await page
      .locator("iframe")
      .contentFrame()
      .locator("h1")
      .evaluate(() => {
        const wish = { terminal: 2, command: "rm -r x", hasExample: false, place: "host" };
        window.parent.postMessage(wish, location.origin);
      });
    expect(await page.locator("dialog pre").textContent()).toBe("rm -r x");
    await page.getByRole("button", { name: "Do not type it" }).click();
    await page.locator("dialog").waitFor({ state: "detached" });
  });

  it("are left with F6", async () => {
    const page = await open();
    await type(page, 1, "true");
    const focused = () =>
      page.evaluate(() =>
        document.activeElement?.closest("[data-pane]")?.getAttribute("data-pane"),
      );
    expect(await focused()).toBe("terminal-1");
    await page.keyboard.press("F6");
    expect(await focused()).toBe("terminal-2");
    await page.keyboard.press("F6");
    expect(await focused()).toBe("course");
    await page.keyboard.press("Shift+F6").catch(() => {}); // in the frame it is the browser's
    await page.locator("[data-pane=terminal-2] textarea").focus();
    await page.keyboard.press("Shift+F6");
    expect(await focused()).toBe("terminal-1");
  });
});

describe("the page", () => {
  it.each(["light", "dark"] as const)(
    "is accessible, %s, with a container, and in a narrow window",
    async (colorScheme) => {
      const page = await open();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await type(page, 1, "pnpm --silent --filter 05-cgroups start sh");
      await page.locator(".container .cells").waitFor();
      await until("the theme", () =>
        page.evaluate(
          (scheme) => document.documentElement.classList.contains("dark") === (scheme === "dark"),
          colorScheme,
        ),
      );
      await page.waitForTimeout(3500); // until what is new is no longer marked
      for (const window of [...WINDOWS, { width: 700, height: 900 }]) {
        await page.setViewportSize(window);
        await page.waitForTimeout(200);
        expect(await violationsOn(page), JSON.stringify(window)).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(window.width);
      }
      for (const name of ["Map", "Terminal 1", "Terminal 2", "Course"]) {
        await page.getByRole("button", { name, exact: true }).click();
        await page.waitForTimeout(300);
        expect(await violationsOn(page), name).toEqual([]);
        const shown = await page
          .locator("[data-pane]")
          .evaluateAll((panes) =>
            panes
              .filter((pane) => pane.checkVisibility() && pane.clientHeight > 300)
              .map((pane) => pane.getAttribute("data-pane")),
          );
        expect(shown).toEqual([name.toLowerCase().replace(" ", "-")]);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      await leave(page, 1);
      expect(browser.complaints).toEqual([]);
    },
  );

  it("has dividers that move by keyboard and by mouse, and stay", async () => {
    const page = await open();
    const width = () => page.locator("iframe").evaluate((frame) => frame.clientWidth);
    const before = await width();
    const divider = page.getByRole("separator", { name: "The width of the course" });
    await divider.press("ArrowLeft");
    expect(await width()).toBeLessThan(before);
    const box = await divider.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 3, 400);
    await page.mouse.down();
    await page.mouse.move(864, 400, { steps: 3 });
    await page.mouse.up();
    const after = await width();
    expect(after).toBeGreaterThan(before);
    await page.reload();
    expect(await width()).toBe(after);
    await page.evaluate(() => localStorage.clear());
  });

  it("says what to do without its token, and when the server has ended", async () => {
    const stranger = await browser.context.browser()?.newContext();
    const page = await (stranger?.newPage() ?? browser.context.newPage());
    onTestFinished(() => page.close());
    await page.goto(`${live.origin}/#token=wrong`);
    await page
      .getByRole("alert")
      .getByText("This page needs the address that pnpm live has printed")
      .waitFor();
    expect(await page.locator(".row").count()).toBe(0);

    const other = await startLive();
    await page.goto(other.url);
    await page.locator(".row").first().waitFor();
    await stopLive(other);
    await page.getByRole("alert").getByText("type pnpm live again").waitFor();
  });

  it("shows the verdict on what is saved, fact by fact", async () => {
    const save = saveAs("practice/02-reexec/src");
    const page = await open();
    save("steps/01-uts/src/main.ts");
    await page.getByText(/\d of \d+ facts hold/).waitFor({ timeout: 100_000 });
    const failure = page.locator(".verdicts .failure");
    expect(await failure.locator("p").textContent()).toMatch(/^✗ /);
    expect(await failure.locator("dt").allInnerTexts()).toEqual(["expected", "actual", "hint"]);
    expect(await page.locator(".bar .holds").count()).toBeGreaterThan(0);
    save("steps/02-reexec/src/main.ts");
    await page.getByText(/all \d+ facts hold/).waitFor({ timeout: 100_000 });
    expect(await failure.count()).toBe(0);
  });
});

/** Lets a test save code in practice/, and puts back what was there. */
function saveAs(name: string): (file: string) => void {
  const folder = path.join(repo, name);
  const before = mkdtempSync(path.join(repo, "practice/.kept-"));
  const progress = path.join(repo, "practice/progress.json");
  const kept = [folder, progress].filter((place) => existsSync(place));
  for (const place of kept) renameSync(place, path.join(before, path.basename(place)));
  onTestFinished(() => {
    for (const place of [folder, progress]) rmSync(place, { recursive: true, force: true });
    for (const place of kept) renameSync(path.join(before, path.basename(place)), place);
    rmSync(before, { recursive: true });
  });
  mkdirSync(folder);
  return (file) => copyFileSync(path.join(repo, file), path.join(folder, "main.ts"));
}
