import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repo, run } from "host";
import { expect, it, onTestFinished } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { startOn } from "./start-on.ts";

/** Looks some times, with a call that strace sees before each. */
const LOOKS = 12;
const CODE = `
  import { accessSync } from "node:fs";
  import { openEyes } from "live/look";
  const eyes = openEyes(process.argv[1], []);
  const mark = () => { try { accessSync("/mark"); } catch {} };
  for (let i = 0; i < ${LOOKS}; i++) { mark(); eyes.look(); }
  mark();`;

it("a look at 200 idle processes takes four system calls for each, and writes nothing", async ({
  skip,
}) => {
  const { status: none } = await run(["sh", "-c", "command -v strace"]);
  skip(none !== 0 && process.env.CI === undefined, 'needs strace: type "apt-get install strace"');
  const host = await openHost({ isSealed: true });
  await startOn(host, [
    "bash",
    "-c",
    // Idle is who has become sleep(1), and sleeps: what starts is read in full
    `for i in {1..200}; do sleep 1000 & done
    until [ "$(ps -C sleep -o stat= | grep -c S)" = 200 ]; do sleep 0.1; done; echo up; read line`,
  ]);
  const folder = mkdtempSync(path.join(tmpdir(), "cost-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const trace = path.join(folder, "trace");
  const node = ["node", "--import", "../shared-native/typescript.cjs", "--input-type=module", "-e"];
  const { status, stderr } = await run(
    ["strace", "-o", trace, ...node, CODE, `/proc/${host.pid}/root/proc`],
    { cwd: path.join(repo, "test") },
  );
  expect({ status }, stderr).toEqual({ status: 0 });

  const [, ...looks] = readFileSync(trace, "utf8").split(/^access\("\/mark".*\n/m);
  expect(looks).toHaveLength(LOOKS + 1);
  const calls = looks.slice(1, LOOKS).map((look) => look.split("\n").length - 1);
  // One in ten is read in full, and what is said of the host takes some calls, too
  expect(Math.max(...calls)).toBeLessThan(200 * 4 + 20 * 40 + 150);
  expect(Math.min(...calls)).toBeGreaterThan(200 * 4);
  const lines = looks.slice(1, LOOKS).flatMap((look) => look.split("\n"));
  const writes = /O_WRONLY|O_RDWR|O_CREAT|^(?:mkdir|rmdir|unlink|write|mount)\w*\(/;
  expect(lines.filter((line) => writes.test(line))).toEqual([]);
});
