import type { AddressInfo } from "node:net";
import { HtmlValidate } from "html-validate";
import { expect, it, onTestFinished } from "vitest";
import { findPack } from "workshop/serve/find-pack";
import { listen } from "workshop/serve/listen";
import { makeRoom } from "workshop/serve/room";
import { violationsOn } from "../../docs/site/axe.ts";
import { noBrowser, PHONE, startBrowser } from "../../docs/site/browser.ts";
import { openFolder } from "../pack/open-folder.ts";
import { makeSmallPack } from "./small-pack.ts";

/** Serves a small pack on any port, to a browser here. */
async function serveHere(): Promise<string> {
  const folder = openFolder();
  await makeSmallPack(folder);
  const pack = await findPack(folder, new AbortController().signal, () => {});
  const server = await listen(
    makeRoom(pack, folder, () => {}),
    0,
    folder,
  );
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it("the room's page is valid, and shows names as they are, also with markup in them", async () => {
  const page = await (await fetch(await serveHere())).text();
  expect(page).toContain("box-&lt;b&gt;bold.box</a>");
  expect(page).not.toContain("<b>");
  const validator = new HtmlValidate({ extends: ["html-validate:standard"], rules: {} });
  const { results } = await validator.validateString(page);
  expect(results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
});

it.each(["light", "dark"] as const)("the room's page is for everybody: %s", async (scheme) => {
  expect(noBrowser).toBeUndefined();
  const url = await serveHere();
  const browser = await startBrowser(url);
  onTestFinished(browser.close);
  const page = await browser.open();
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: scheme });
  await page.goto(url);
  expect(await violationsOn(page)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(PHONE.width);
  await page.getByRole("link", { name: "start" }).focus();
  await page.keyboard.press("Enter");
  expect(browser.complaints).toEqual([]);
  if (process.env.SHOT)
    await page.goto(url).then(() => page.screenshot({ path: `${process.env.SHOT}-${scheme}.png` }));
});
