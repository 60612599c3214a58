import { run } from "host";
import { expect, it } from "vitest";
import { letNobodyIn } from "../kit/let-nobody-in.ts";
import { openHost } from "../kit/open-host.ts";
import { LIVE, startLive } from "./start-live.ts";

it("says what to type to who is not root", async () => {
  const host = await openHost();
  const nobody = await letNobodyIn(host);
  const live = ["env", `--chdir=${nobody.repo}/live`, ...LIVE, "--port", "8080"];
  expect(await run([...host.enter(), ...nobody.as, ...live])).toMatchObject({
    status: 1,
    stdout: "",
    stderr:
      'error: this needs root, unless it has a lab: type "pnpm live --lab", or "sudo env PATH=$PATH pnpm live --port 8080"\n',
  });
});

it("takes another port when its own is taken, unless that was asked for", async () => {
  const first = await startLive();
  const second = await startLive();
  expect(second.origin).not.toBe(first.origin);
  for (const { origin } of [first, second]) expect((await fetch(origin)).status).toBe(200);
}, 300_000);
