import { runStage, snapshot } from "host";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";

const STAGE = "01-uts";

describe(STAGE, () => {
  it("changes nothing on its host", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const { stdout } = await runStage(host, STAGE, "sh", "-c", "hostname inside && hostname");
    expect(stdout).toBe("inside\n");
    expect(await snapshot(host)).toEqual(before);
  });
});
