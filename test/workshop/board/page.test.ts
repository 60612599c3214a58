import { until } from "host";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { violationsOn } from "../../docs/site/axe.ts";
import { type Browser, noBrowser, startBrowser } from "../../docs/site/browser.ts";
import { CLASS, fillRoom } from "./fill-room.ts";
import { type Board, type Classroom, openClassroom, type Student } from "./open-room.ts";

let room: Classroom;
let board: Board;
let students: Student[];
let browser: Browser;

beforeAll(async () => {
  if (noBrowser !== undefined) {
    if (process.env.CI !== undefined) throw new Error(noBrowser);
    return;
  }
  room = await openClassroom();
  board = await room.startBoard();
  students = await fillRoom(room, board);
  browser = await startBrowser(new URL(board.url).origin);
}, 300_000);
afterAll(async () => {
  if (noBrowser !== undefined) return;
  await browser.close();
  await room.close();
});
beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser));

async function open(): Promise<Page> {
  const page = await browser.open();
  onTestFinished(() => page.close());
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(board.url);
  await page.locator("tbody tr").first().waitFor();
  return page;
}

const rowOf = (page: Page, name: string) =>
  page.locator("tbody tr").filter({ has: page.getByText(name, { exact: true }) });
const namesOn = (page: Page) => page.locator("tbody th > span").allInnerTexts();
const byName = (one: string, other: string) => one.localeCompare(other);

describe("the teacher's page, with thirty students", () => {
  it("has a row for each and a column for each stage of part one", async () => {
    const page = await open();
    expect(await namesOn(page)).toEqual([...CLASS].sort(byName));
    expect(await page.locator("thead th.stage").count()).toBe(5);
    const jun = rowOf(page, "Jun"); // number 9
    expect(await jun.locator(".done").count()).toBe(4);
    expect(await jun.locator(".here").textContent()).toMatch(/^9\/\d+$/);
    expect(await jun.locator(".fact").textContent()).not.toBe("");
    // A slow machine takes some minutes to let all of them join
    expect(await jun.locator(".number").last().textContent()).toMatch(/^(17|18|19|2\d) min$/);
    expect(await rowOf(page, "Ivo").locator(".number").last().textContent()).toMatch(/^3\d min$/);
    expect(await page.locator("#counts").textContent()).toBe("30 students");
    expect(await page.locator("#join").textContent()).toMatch(
      /^pnpm workshop join \S+:\d+\/\w{6} Name$/,
    );
    expect(browser.complaints).toEqual([]);
  });

  it("follows a check, and keeps what somebody has just pointed at", async () => {
    const page = await open();
    const ada = students[0]; // she has checked her stage, and got nowhere
    const row = rowOf(page, "Ada");
    expect(await row.locator(".here").textContent()).toMatch(/^0\/6/);
    const button = row.getByRole("button");
    await button.focus();
    await ada?.workshop("practice", "01");
    await ada?.shell("cp steps/01-uts/src/main.ts practice/01-uts/src/main.ts");
    expect(await ada?.workshop("check", "01")).toMatchObject({ status: 0 });
    await row.locator(".done").waitFor();
    expect(await row.locator(".number").last().textContent()).toMatch(/^[01] min$/);
    expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it("puts those first that call for help, says so in the tab, and lets them go again", async () => {
    const page = await open();
    await students[20]?.workshop("help-me");
    await students[3]?.workshop("help-me");
    await until("both", async () => (await page.title()).startsWith("(2)"));
    expect((await namesOn(page)).slice(0, 2)).toEqual(["Uma", "Dara"]);
    expect(await page.getByRole("status").textContent()).toMatch(
      /^30 students, 2 need help: Uma \(\d min\), Dara \(\d min\)$/,
    );
    await students[20]?.workshop("help-me", "--done");
    await students[3]?.workshop("help-me", "--done");
    await until("none", async () => (await page.title()) === "The class");
    expect(await namesOn(page)).toEqual([...CLASS].sort(byName));
  });

  it("is put in order and cleared by keyboard alone", async () => {
    const page = await open();
    await page.keyboard.press("Tab"); // Student
    await page.keyboard.press("Tab"); // Without progress
    await page.keyboard.press("Enter");
    const minutes = await page.locator("tbody td:nth-last-child(2)").allInnerTexts();
    const numbers = minutes.map((text) => Number.parseInt(text, 10));
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    expect(await page.locator("[aria-sort]").textContent()).toContain("Without progress");
    const [first = ""] = await namesOn(page);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter"); // removes the first
    await until("one less", async () => !(await namesOn(page)).includes(first));
    const gone = students[CLASS.indexOf(first)];
    await gone?.workshop("hint", "01");
    await until("it again", async () => (await namesOn(page)).includes(first));
  });

  it.each(["light", "dark"] as const)(
    "is accessible, %s, in windows of any width",
    async (scheme) => {
      const page = await open();
      await page.emulateMedia({ colorScheme: scheme });
      await students[5]?.workshop("help-me");
      await page.locator(".calls").waitFor();
      for (const width of [1920, 1280, 800]) {
        await page.setViewportSize({ width, height: 1080 });
        expect(await violationsOn(page), `${width}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
          width,
        );
      }
      await students[5]?.workshop("help-me", "--done");
    },
  );

  it("says when the board has ended, and goes on when it is back", async () => {
    const page = await open();
    await board.end();
    await page.getByRole("alert").getByText("type pnpm workshop board again").waitFor();
    expect(await namesOn(page)).toHaveLength(30);
    board = await room.startBoard();
    await until("no alert", async () => (await page.getByRole("alert").textContent()) === "", 60);
    await students[7]?.workshop("help-me");
    await rowOf(page, "Hanna").locator("strong").waitFor();
    await students[7]?.workshop("help-me", "--done");
    browser.complaints.length = 0; // the browser's own, of a server that is not there
  });

  it("asks for the address without the token, and shows nobody", async () => {
    const page = await browser.context.newPage();
    onTestFinished(() => page.close());
    await page.goto(`${new URL(board.url).origin}/#token=wrong`);
    await page.getByRole("alert").getByText("needs the address").waitFor();
    expect(await page.locator("tbody tr").count()).toBe(0);
  });
});
