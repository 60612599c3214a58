import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { until } from "host";
import { expect, it, onTestFinished } from "vitest";
import { browser, live, serveLive } from "./open-page.ts";

serveLive();

/** A page that has even got hold of the token, and tries each way to the terminals. */
const page = () => `<!doctype html>
  <iframe src="${live.url}"></iframe>
  <iframe src="${live.origin}/course/01-uts.html"></iframe>
  <script type="module" src="${live.origin}/page/main.ts"></script>
  <script type="module">
    const socket = new WebSocket("${live.origin.replace("http", "ws")}/socket", ["workshop-live", "${live.token}"]);
    socket.onopen = () => (document.title = "open");
    socket.onclose = () => (document.title ||= "refused");
    fetch("${live.origin}/page/style.css").then(() => (document.body.className = "read"), () => (document.body.className = "blocked"));
  </script>`;

it.each([
  ["of another site", "localhost"],
  ["of another port", "127.0.0.1"],
])("a page %s can neither frame, run, read nor open the terminals", async (_, name) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(page());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const window = await browser.context.newPage();
  onTestFinished(() => window.close());
  const answers = new Map<string, number | string>();
  const note = (url: string, answer: number | string) => {
    if (url.startsWith(live.origin) && !answers.has(url)) answers.set(url, answer);
  };
  window.on("response", (response) => note(response.url(), response.status()));
  window.on("requestfailed", (one) => note(one.url(), one.failure()?.errorText ?? ""));
  const refusals: string[] = [];
  window.on("websocket", (socket) => socket.on("socketerror", (error) => refusals.push(error)));
  await window.goto(`http://${name}:${(server.address() as AddressInfo).port}/`);

  await until("the end of the attempts", async () =>
    Boolean((await window.title()) && (await window.locator("body").getAttribute("class"))),
  );
  expect(await window.title()).toBe("refused");
  expect(refusals.join()).toContain("403");
  expect(await window.locator("body").getAttribute("class")).toBe("blocked");
  await until(
    () => `the answers in ${JSON.stringify([...answers])}`,
    () => answers.size === 4,
  );
  expect(Object.fromEntries(answers)).toEqual({
    [`${live.origin}/`]: 403,
    [`${live.origin}/course/01-uts.html`]: 403,
    // The browser itself lets nobody see with what it was refused
    [`${live.origin}/page/main.ts`]: "net::ERR_FAILED",
    [`${live.origin}/page/style.css`]: "net::ERR_FAILED",
  });
});
