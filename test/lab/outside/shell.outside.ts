import { expect, it } from "vitest";
import { openCache, untilNothingIsLeft } from "./open-cache.ts";
import { openShell } from "./open-shell.ts";

it("opens a root shell in /workshop, where stages run; its exit status is the lab's", async () => {
  const home = await openCache();
  const lab = await openShell(home);
  lab.type("stty size; sh -c 'echo re\"\"ady; exec sleep 1000'\r");
  await lab.shows(/24 80\r\nready\r\n/);
  lab.type("\x03"); // ends what runs in the lab, not the lab
  lab.type("echo status=$?\r");
  await lab.shows(/status=130\r\n.*workshop# $/s);
  lab.type("sh -c 'echo asl\"\"eep; exec sleep 1000'\r");
  await lab.shows(/asleep\r\n/);
  lab.type("\x1a");
  await lab.shows(/Stopped .*sleep 1000/);
  lab.resize(100, 40);
  lab.type("kill %1; until stty size | grep -x '40 100'; do sleep 0.1; done\r");
  await lab.shows(/[\r\n]40 100\r\n/); // a moment later: no program waits for that
  lab.type("pnpm --silent --filter 03-pid-mnt-chroot start /bin/bash\r");
  await lab.shows(/root@container:\/# /);
  lab.type("exit\r");
  await lab.shows(/root@container.*exit\r\n.*root@lab:\/workshop# /s);
  lab.type("exit 5\r");
  expect(await lab.status()).toBe(5);
  expect(home.leftovers()).toEqual([]);
});

it("ends with its terminal, and leaves nothing", async () => {
  const home = await openCache();
  const lab = await openShell(home);
  lab.close();
  await lab.status();
  await untilNothingIsLeft(home);
});
