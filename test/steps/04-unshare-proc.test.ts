import { snapshot } from "host";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const STAGE = "04-unshare-proc";

describe(STAGE, () => {
  it("changes nothing on a host whose / is shared, while it runs", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    await startShell(host, STAGE);
    expect(await snapshot(host)).toEqual(before);
  });
});
