import { readFileSync } from "node:fs";
import path from "node:path";
import { HtmlValidate } from "html-validate";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { someOf } from "../kit/tests-every.ts";
import { violationsOn } from "./site/axe.ts";
import {
  type Browser,
  DESKTOP,
  noBrowser,
  PHONE,
  startBrowser,
  untilAlive,
} from "./site/browser.ts";
import { build, dist } from "./site/build.ts";
import { findBrokenLinks } from "./site/links.ts";
import { type Site, serve } from "./site/serve.ts";
import { pages } from "./transcripts/blocks.ts";

const htmlFiles = pages.map((page) => page.replace(/\.md$/, ".html"));
const stagePages = htmlFiles.filter((name) => /^\d/.test(name));
let site: Site;
let browser: Browser;
let starts: number;

beforeAll(async () => {
  if (noBrowser !== undefined && process.env.CI !== undefined) throw new Error(noBrowser);
  starts = await build();
  site = await serve();
  if (noBrowser === undefined) browser = await startBrowser(site.url);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  site?.close();
});

describe("the built site", () => {
  it("is built in the time of 33 starts of Node a page: 1.1 seconds where one takes 33 ms", () => {
    expect(starts / pages.length).toBeGreaterThan(2);
    expect(starts / pages.length).toBeLessThan(33);
  });

  it("has a file for each page, and names no folder of a server", () => {
    for (const file of htmlFiles) {
      expect(readFileSync(path.join(dist, file), "utf8")).not.toMatch(/(?:src|href)="\//);
    }
  });

  it("is valid HTML", async () => {
    const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: {} });
    const problems = [];
    for (const file of htmlFiles) {
      const { results } = await validator.validateFile(path.join(dist, file));
      for (const { messages } of results) {
        problems.push(
          ...messages.map(({ line, message, ruleId }) => `${file}:${line} ${ruleId}: ${message}`),
        );
      }
    }
    expect(problems).toEqual([]);
  });

  it("has a text alternative for every picture", () => {
    for (const file of htmlFiles) {
      const html = readFileSync(path.join(dist, file), "utf8");
      for (const [picture, attributes] of html.matchAll(
        /<svg class="diagram"([^>]*)>[\s\S]*?<\/svg>/g,
      )) {
        const [, title, desc] =
          /role="img" aria-labelledby="(\S+) (\S+)"/.exec(attributes ?? "") ?? [];
        expect(picture, file).toMatch(new RegExp(`<title id="${title}">.{10,}</title>`));
        expect(picture, file).toMatch(new RegExp(`<desc id="${desc}">.{50,}</desc>`));
      }
      expect(html, file).not.toMatch(/<img (?![^>]*alt="[^"]+)/);
    }
  });

  it("has no broken link and no broken anchor", () => {
    expect(findBrokenLinks()).toEqual([]);
  });
});

describe("in a browser", () => {
  beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser));

  it.for(someOf(htmlFiles))(
    "%s is accessible and quiet: desktop, phone, light, dark",
    async (file) => {
      const page = await openPage(file);
      for (const viewport of [DESKTOP, PHONE]) {
        await page.setViewportSize(viewport);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, "it is wider than the window").toBeLessThanOrEqual(viewport.width);
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
        expect(await violationsOn(page)).toEqual([]);
        // Only colours change
        await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
        expect(await violationsOn(page, ["color-contrast"])).toEqual([]);
      }
      expect(browser.complaints).toEqual([]);
    },
  );

  it("search finds chroot, and leads to a page", async () => {
    const page = await openPage("index.html");
    await page.keyboard.press("Control+k");
    await page.locator(".VPLocalSearchBox input").fill("chroot");
    const results = page.locator(".VPLocalSearchBox .result");
    await results.first().waitFor();
    expect(await results.allTextContents()).toContainEqual(expect.stringMatching(/chroot/i));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\.html/);
    await page.locator("main h1").waitFor();
    expect(browser.complaints).toEqual([]);
  });

  it("the start page has its button, the first command and the picture on the first screen", async () => {
    const page = await openPage("index.html");
    for (const part of ["a.button", ".transcript .command", "svg.diagram"]) {
      const box = await page.locator(`main ${part}`).first().boundingBox();
      expect((box?.y ?? DESKTOP.height) + (box?.height ?? 0), part).toBeLessThan(DESKTOP.height);
    }
    await page.locator("main a.button").click();
    await page.waitForURL(/01-uts\.html/);
  });

  it.for<[words: string, heading: string]>([
    ["permission denied", "Permission denied"],
    ["operation not permitted", "Operation not permitted"],
    ["no such file", "No such file or directory"],
    ["fork bomb", "fork bomb"],
    ["cannot fork", "fork"],
    ["command not found", "command not found"],
    ["needs root", "this needs root"],
  ])("search for %s finds the cure first: %s", async ([words, heading]) => {
    const page = await openPage("index.html");
    await page.keyboard.press("Control+k");
    await page.locator(".VPLocalSearchBox input").fill(words);
    const first = page.locator(".VPLocalSearchBox .result").first();
    await first.filter({ hasText: "Troubleshooting" }).filter({ hasText: heading }).waitFor();
  });

  it("the copy button copies the commands, without prompts and answers", async () => {
    const page = await openPage("02-reexec.html");
    await page.locator(".transcript button.copy").nth(1).click({ force: true });
    await page.locator(".transcript button.copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe("unshare --uts sh -c 'hostname box; exec hostname'\nhostname\n");
  });

  it("the keyboard reaches everything", async () => {
    const page = await openPage("01-uts.html");
    const expected = await page.evaluate(() => {
      const all = document.querySelectorAll("a[href], button, summary, input, [tabindex='0']");
      return [...all].filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .length;
    });
    for (let presses = 0; presses < expected + 5; presses++) {
      await page.keyboard.press("Tab");
      await page.evaluate(() => document.activeElement?.setAttribute("data-reached", ""));
    }
    const missed = await page.evaluate(() => {
      const all = document.querySelectorAll("a[href], button, summary, input, [tabindex='0']");
      return [...all]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .filter((element) => !element.hasAttribute("data-reached"))
        .map((element) => element.outerHTML.slice(0, 120));
    });
    expect(expected).toBeGreaterThan(50);
    expect(missed).toEqual([]);
  });

  it("every prediction and every solution is folded, and opens", async () => {
    const page = await openPage("03-pid-mnt-chroot.html");
    const folds = await page.locator("details").all();
    expect(folds.length).toBeGreaterThan(15);
    for (const details of folds) {
      const content = details.locator(":scope > *:not(summary)").first();
      expect(await content.isVisible()).toBe(false);
      await details.locator(":scope > summary").press("Enter");
      expect(await content.isVisible()).toBe(true);
    }
  });

  it("a fact is ticked, and stays so when the page is opened again", async () => {
    const page = await openPage("03-pid-mnt-chroot.html");
    const fact = page.getByLabel("has ubuntu-fs as its root");
    await fact.check();
    await page.reload();
    await untilAlive(page);
    expect(await fact.isChecked()).toBe(true);
    expect(await page.getByLabel("stands in its root").isChecked()).toBe(false);
  });

  it("host and container are two colours, also in words", async () => {
    const page = await openPage("03-pid-mnt-chroot.html");
    const looks = await page.evaluate(() =>
      ["host", "container"].map((place) => {
        const line = document.querySelector(`.transcript .on-${place}`) as Element;
        const { backgroundColor, borderLeftColor } = getComputedStyle(line);
        return {
          words: line.querySelector(".where")?.textContent,
          backgroundColor,
          borderLeftColor,
        };
      }),
    );
    expect(looks.map(({ words }) => words?.trim())).toEqual([
      "terminal 1, host",
      "terminal 1, container",
    ]);
    expect(looks[0]?.backgroundColor).not.toBe(looks[1]?.backgroundColor);
    expect(looks[0]?.borderLeftColor).not.toBe(looks[1]?.borderLeftColor);
  });

  it("a recording plays, and shows what the tests saw", async () => {
    const page = await openPage("03-pid-mnt-chroot.html");
    await page.locator("button.play").first().click();
    await page
      .locator(".player")
      .getByText(/Running main process/)
      .waitFor();
    expect(await page.locator(".player .ap-player").count()).toBe(1);
    await page.locator("button.play").first().click();
    expect(await page.locator(".player").count()).toBe(0);
    expect(browser.complaints).toEqual([]);
  });

  it("a recording can be read on a phone, and shows where the focus is", async () => {
    const page = await openPage("03-pid-mnt-chroot.html");
    await page.setViewportSize(PHONE);
    await page.locator("button.play").first().press("Enter");
    await page.locator(".player .ap-player").waitFor();
    const size = await page
      .locator(".player .ap-term")
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThanOrEqual(12);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, "it is wider than the window").toBeLessThanOrEqual(PHONE.width);
    await page.keyboard.press("Shift+Tab");
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement as Element).outlineStyle,
    );
    expect(outline).not.toBe("none");
  });

  it("speaker notes are shown on demand, and stay so on the next page", async () => {
    const page = await openPage("01-uts.html");
    const notes = page.locator(".speaker-notes").first();
    expect(await notes.isVisible()).toBe(false);
    await page.locator(".VPNavBar .notes-switch").click();
    expect(await notes.isVisible()).toBe(true);
    await page.goto(`${site.url}02-reexec.html`);
    await notes.waitFor({ state: "visible" });
    await page.locator(".VPNavBar .notes-switch").click();
  });

  it.for(someOf(stagePages))("%s prints as a hand-out on at most five pages", async (file) => {
    const page = await openPage(file);
    await page.emulateMedia({ media: "print" });
    for (const part of [".VPNav", ".VPSidebar", ".VPDocFooter", "button.play"]) {
      expect(await page.locator(part).first().isVisible(), part).toBe(false);
    }
    expect(await page.locator("main h1").isVisible()).toBe(true);
    for (const heading of await page.locator("main :is(h2, h3)").all()) {
      const breakAfter = await heading.evaluate((element) => getComputedStyle(element).breakAfter);
      expect(breakAfter, "no heading stands at the foot of a page").toBe("avoid");
    }
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sheets = pdf.match(/\/Type ?\/Page\b/g)?.length;
    expect(sheets).toBeGreaterThanOrEqual(3);
    expect(sheets).toBeLessThanOrEqual(5);
  });

  it("a stage page needs less than 200 KB of JavaScript", async () => {
    for (const file of someOf(stagePages)) {
      site.sent.clear();
      await openPage(file);
      // VitePress also fetches the pages ahead whose links are in sight: those in the sidebar
      const isOther = (name: string) =>
        name.includes(".md.") && !name.includes(`${path.parse(file).name}.md.`);
      const scripts = [...site.sent].filter(([name]) => name.endsWith(".js") && !isOther(name));
      const bytes = scripts.reduce((sum, [, size]) => sum + size, 0);
      expect(bytes, `${file}: ${bytes} bytes`).toBeLessThan(200_000);
      expect(bytes).toBeGreaterThan(10_000);
    }
  });

  async function openPage(file: string): Promise<Page> {
    const page = await browser.open();
    onTestFinished(() => page.close());
    await page.setViewportSize(DESKTOP);
    await page.goto(site.url + file);
    await untilAlive(page);
    return page;
  }
});
