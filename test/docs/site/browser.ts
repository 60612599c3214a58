import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

/** The browser, from the distribution or from Playwright. A snap could not use our profile. */
const CHROMIUM = ["/usr/bin/chromium", chromium.executablePath()].find((file) => existsSync(file));

/** The reason why no browser test can run here, or undefined. */
export const noBrowser =
  CHROMIUM === undefined
    ? 'needs Chromium: type "apt-get install chromium", on Ubuntu "pnpm --dir test exec playwright-core install --with-deps chromium"'
    : undefined;

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Waits until VitePress has taken over the page. */
export async function untilAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => "__vue_app__" in (document.querySelector("#app") ?? {}));
}

export interface Browser {
  context: BrowserContext;
  /** Opens a window, in which nothing may go wrong: see `complaints`. */
  open(): Promise<Page>;
  /** The errors of the console and the requests to elsewhere, in all windows. */
  complaints: string[];
  close(): Promise<void>;
}

/** Starts Chromium, with an empty profile. */
export async function startBrowser(origin: string): Promise<Browser> {
  const profile = mkdtempSync(path.join(tmpdir(), "chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM ?? "chromium",
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const complaints: string[] = [];
  const open = async () => {
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        complaints.push(`${page.url()}: ${message.text()}`);
      }
    });
    page.on("response", (response) => {
      if (response.status() >= 400) complaints.push(`${page.url()}: no ${response.url()}`);
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!/^(data|blob):/.test(url) && new URL(url).origin !== new URL(origin).origin) {
        complaints.push(`${page.url()} asks for ${url}`);
      }
    });
    return page;
  };
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, open, complaints, close };
}
