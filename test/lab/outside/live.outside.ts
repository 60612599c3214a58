import { existsSync } from "node:fs";
import path from "node:path";
import { repo, run } from "host";
import type { PictureMessage } from "live/messages";
import { expect, it, onTestFinished } from "vitest";
import { letNobodyIn } from "../../kit/let-nobody-in.ts";
import { openHost } from "../../kit/open-host.ts";
import { openClient } from "../../live/open-client.ts";
import { saveAs } from "../../live/save-as.ts";
import { LIVE, startLive, startLiveBy, stopLive } from "../../live/start-live.ts";
import { openCache, untilNothingIsLeft } from "./open-cache.ts";

const MINUTE = 60_000;
/** The seconds in which an emulated machine does what another does at once. */
const PATIENCE = 200;

it(
  "needs no root with --lab: the server is here, terminals and containers are in the lab",
  async () => {
    await stopLive(await startLive()); // it has built the course
    const cache = await openCache();
    const host = await openHost({ network: "shared" }); // the browser is here
    const nobody = await letNobodyIn(host);
    const home = "/mnt/home";
    const lend = `mkdir ${home} && mount --bind "$1" ${home} && chmod -R a+rwX ${home}`;
    const lent = await host.run("sh", "-c", lend, "sh", cache.environment.XDG_CACHE_HOME);
    expect(lent).toMatchObject({ status: 0 });
    const live = await startLiveBy([
      ...[...host.enter(), ...nobody.as],
      ...["env", `--chdir=${nobody.repo}/live`, `XDG_CACHE_HOME=${home}`, ...LIVE, "--lab"],
    ]);
    onTestFinished(() => stopLive(live));
    const page = await openClient(live);
    page.type(1, "id -un; cat /proc/sys/kernel/osrelease; grep -c . /proc/self/cgroup\r");
    await page.shows(1, /root\r\n6\.12\S+\r\n1\r/, PATIENCE); // the lab's own kernel, and cgroup v2 alone
    page.type(1, "touch seen-in-the-lab; pnpm --silent --filter 05-cgroups start sh\r");
    const { picture } = await page.sees("a limit", hasLimit, PATIENCE);
    expect(picture.containers[0]?.own).toEqual(["uts", "pid", "mnt", "root", "limit"]);
    expect(existsSync(path.join(repo, "seen-in-the-lab"))).toBe(false);

    // What is saved here is checked there
    saveAs("practice/02-reexec/src")("steps/02-reexec/src/main.ts");
    await page.hears("checking", PATIENCE);
    const { stdout: sum } = await run(["md5sum", path.join(repo, "steps/02-reexec/src/main.ts")]);
    // Before, the file may be another: the one with which practice begins
    const isIt = `md5sum practice/02-reexec/src/main.ts | grep ^${sum.slice(0, 16)}`;
    page.type(2, `until ${isIt}; do sleep 1; done\r`);
    await page.shows(2, sum.slice(0, 32), PATIENCE);

    live.child.kill("SIGKILL");
    await live.ended;
    await untilNothingIsLeft(cache);
  },
  15 * MINUTE,
);

it("says so when the lab has ended, and what to type", async () => {
  const cache = await openCache();
  const environment = Object.entries(cache.environment).map(([name, value]) => `${name}=${value}`);
  const live = await startLiveBy([
    ...["env", `--chdir=${repo}/live`, ...environment, ...LIVE, "--lab"],
  ]);
  onTestFinished(() => stopLive(live));
  const page = await openClient(live);
  await page.shows(1, "#", PATIENCE);
  page.type(1, "echo o >/proc/sysrq-trigger\r");
  expect(await live.ended).toEqual([1, null]);
  expect(live.output()).toContain(
    "error: the lab has ended, and with it the terminals: type pnpm live --lab again",
  );
  await untilNothingIsLeft(cache);
});

const hasLimit = ({ picture: { containers } }: PictureMessage) =>
  containers.some(({ limit }) => limit?.max === 10 && limit.current === 1);
