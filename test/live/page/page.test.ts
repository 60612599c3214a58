import { until } from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { violationsOn } from "../../docs/site/axe.ts";
import { saveAs } from "../save-as.ts";
import { startLive, stopLive } from "../start-live.ts";
import { browser, leave, live, open, serveLive, type } from "./open-page.ts";

serveLive();

const WINDOWS = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];
describe("the page", () => {
  it.each(["light", "dark"] as const)(
    "is accessible, %s, with a container, and in a narrow window",
    async (colorScheme) => {
      const page = await open();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await type(page, 1, "pnpm --silent --filter 08-overlay start sh"); // it has many columns
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
