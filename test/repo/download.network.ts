import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { run } from "host";
import { expect, it, onTestFinished } from "vitest";
import { cloneRepo } from "../kit/clone-repo.ts";

/** The download of a student, once, in megabytes. The pages say how much of it is Node. */
const MOST = 79;

it(`a student's install is a download of at most ${MOST} MB, with no list of versions among it`, async () => {
  const folder = await cloneRepo();
  const { url, sent } = await countDownloads();
  // A home and a store of its own: nothing is there from before
  const settings = [`PATH=${process.env.PATH}`, `HOME=${folder}`, `pnpm_config_registry=${url}`];
  const clean = ["env", "--ignore-environment", `--chdir=${folder}`, ...settings];
  const { status, stderr } = await run([...clean, "pnpm", "--filter", "01-uts", "start", "true"]);
  expect({ status }, stderr).toEqual({ status: 0 });
  expect([...sent.keys()].filter((path) => !path.endsWith(".tgz"))).toEqual([]);
  const megabytes = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0) / 1e6;
  expect(megabytes).toBeGreaterThan(60);
  expect(megabytes).toBeLessThan(MOST);
});

/** Stands between pnpm and the registry, and counts the bytes of each path. */
async function countDownloads() {
  const { stdout } = await run(["pnpm", "config", "get", "registry"]);
  const sent = new Map<string, number>();
  const server = createServer(async ({ url = "" }, response) => {
    const answer = await fetch(new URL(url.slice(1), stdout.trim()));
    const body = Buffer.from(await answer.arrayBuffer());
    sent.set(url, body.length);
    response.writeHead(answer.status).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sent };
}
