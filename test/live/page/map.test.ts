import { until } from "host";
import { describe, expect, it } from "vitest";
import { browser, leave, open, serveLive, texts, type } from "./open-page.ts";

serveLive();

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

  it("of stage 06 has the host’s root gone: it is another “/”, and not lit with the host’s", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 06-pivot-root start sh");
    const root = page.locator(".container .tile.own", { hasText: "the host’s is gone" });
    await root.waitFor();
    expect(await root.textContent()).toBe("root directory: /the host’s is gone");
    const lit = () => page.locator(".container .row.lit").count();
    await root.hover();
    expect(await lit()).toBeGreaterThan(0);
    await page.locator(".host > .tiles .tile", { hasText: "root directory" }).hover();
    expect(await lit()).toBe(0);
    // The command is process 1, and counts for the limit with nobody beside it
    const row = page.locator(".container .row");
    expect((await row.last().locator(".number").allInnerTexts())[1]).toBe("1");
    await leave(page, 1);
    expect(browser.complaints).toEqual([]);
  });

  it("of stage 07 has devices and shared memory, and says whose the screen is", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 07-devices start sh");
    const devices = page.locator(".container .tile.own", { hasText: "devices" });
    await devices.waitFor();
    expect(await devices.textContent()).toMatch(/^devices: \d+its own$/);
    expect(await devices.getAttribute("title")).toContain(" on /dev/null");
    await page.locator(".container .tile.own", { hasText: "shared memory" }).waitFor();
    await page.locator("[data-pane=terminal-1] .whose", { hasText: "container 1" }).waitFor();
    // Those that only wait for run()'s end are left out
    expect(await page.locator(".row", { hasText: "read -r line" }).count()).toBe(0);
    // A container without devices beside it
    await type(page, 2, "pnpm --silent --filter 06-pivot-root start sh");
    const second = page.getByRole("region", { name: "container 2" });
    await second.locator(".tile", { hasText: "devices: none" }).waitFor();
    await leave(page, 1);
    await leave(page, 2);
    expect(browser.complaints).toEqual([]);
  });

  it("of stage 08 has layers, of which the last is the container's own", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 08-overlay start sh");
    const layers = page.locator(".container .tile.own", { hasText: "layers" });
    await layers.waitFor();
    expect(await layers.textContent()).toBe("layers: 2the last its own");
    expect(await layers.getAttribute("title")).toMatch(/\n\/var\/tmp\/.*\/upper$/);
    await leave(page, 1);
  });

  it("of stage 11 has fewer capabilities than the host", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 11-privileges start sh");
    const tile = page.locator(".container .tile.own", { hasText: "capabilities" });
    await tile.waitFor();
    expect(await tile.textContent()).toBe("capabilities: 14its own");
    expect(await tile.getAttribute("title")).toBe("CapBnd: 00000000a80425fb");
    const host = page.locator(".host > .tiles .tile", { hasText: "capabilities" });
    expect(await host.textContent()).toMatch(/^capabilities[34]\d$/);
    await leave(page, 1);
  });

  it("draws a container in another, and marks for a moment what has changed", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 02-reexec start bash --norc");
    await page.locator(".container").waitFor();
    await type(page, 1, "hostname outer");
    await page.locator(".container .tile.own b.new", { hasText: "outer" }).waitFor();
    await type(page, 1, "unshare --uts bash --norc -c 'hostname inner; exec bash --norc'");
    const inner = page.locator(".container .container");
    await inner.locator("b", { hasText: "inner" }).waitFor();
    expect(await inner.locator(".tile.own b").allInnerTexts()).toEqual(["inner"]);
    expect(await texts(page, ".container > header h3")).toEqual(["container 1", "container 2"]);
    await type(page, 1, "exit");
    await inner.waitFor({ state: "detached" });
  });

  it("lights up who sees the same, by mouse and by keyboard, and follows two containers", async () => {
    const page = await open();
    await type(page, 1, "pnpm --silent --filter 02-reexec start sh");
    await page.locator(".container").waitFor();
    await type(page, 2, "pnpm --silent --filter 04-unshare-proc start sh");
    await page.getByRole("heading", { name: "container 2" }).waitFor();
    await page.getByRole("region", { name: "container 1" }).locator(".tile").first().hover();
    // child() has another of its name beside it for a moment: what it has forked is not the command yet
    const lit = () => texts(page, ".row.lit .command strong");
    await until("child() in the light", async () => String(await lit()) === "child()");
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
