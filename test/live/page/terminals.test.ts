import { describe, expect, it } from "vitest";
import { browser, leave, live, open, serveLive, shows, type } from "./open-page.ts";

serveLive();

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
