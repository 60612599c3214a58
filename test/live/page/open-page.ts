import { until } from "host";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";
import { type Browser, noBrowser, startBrowser } from "../../docs/site/browser.ts";
import { openClient } from "../open-client.ts";
import { type Live, startLiveHere, stopLive } from "../start-live.ts";

export let live: Live;
export let browser: Browser;

/** Serves the live page to the tests of a file, and gives each of them new terminals. */
export function serveLive(): void {
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
}

/** Opens the page with the address that was printed. */
export async function open(address = live.url): Promise<Page> {
  const page = await browser.open();
  onTestFinished(() => page.close());
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(address);
  await page.locator("iframe").contentFrame().locator("h1").first().waitFor();
  return page;
}

/** Types a line into a terminal. */
export async function type(page: Page, terminal: number, keys: string): Promise<void> {
  await page.locator(`[data-pane=terminal-${terminal}] textarea`).focus();
  await page.keyboard.type(`${keys}\n`);
}

/** Waits until a terminal shows a text. */
export function shows(page: Page, terminal: number, text: string) {
  const rows = page.locator(`[data-pane=terminal-${terminal}] .xterm-rows`);
  return until(
    () => `${text} on terminal ${terminal}`,
    async () => (await rows.textContent())?.includes(text),
  );
}

/** Leaves the container in a terminal. */
export async function leave(page: Page, terminal: number): Promise<void> {
  await type(page, terminal, "exit");
  const whose = page.locator(`[data-pane=terminal-${terminal}] .whose`);
  await until("the host", async () => (await whose.textContent())?.startsWith("host"));
}

/** Returns the texts of all that a selector finds. */
export const texts = (page: Page, selector: string) => page.locator(selector).allInnerTexts();
