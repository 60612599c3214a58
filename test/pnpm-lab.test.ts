import path from "node:path";
import { describe, expect, it } from "vitest";
import { repo } from "workshop/host/folders";
import { letNobodyIn } from "./host/let-nobody-in.ts";
import { openHost } from "./host/open-host.ts";
import { openTerminal } from "./host/open-terminal.ts";
import { run } from "./host/run.ts";

// What it does is tested by pnpm test:pnpm-lab, which needs its packages.
describe.skipIf(process.arch !== "x64")("pnpm lab says in one line what to type", () => {
  it("when it shall open a shell without a terminal", async () => {
    const lab = ["pnpm", "--silent", "--dir", path.join(repo, "vm"), "lab"];
    expect(await run(lab)).toMatchObject({
      status: 1,
      stderr: 'lab: a shell needs a terminal: type "pnpm lab -- <command>"\n',
    });
  });

  it("in a terminal that belongs to another user, as after su", async () => {
    const host = await openHost();
    const nobody = await letNobodyIn(host);
    const lab = ["pnpm", "--silent", "--dir", `${nobody.repo}/vm`, "lab"];
    const terminal = await openTerminal([...host.enter(), ...nobody.as, ...lab]);
    expect(await terminal.status()).toBe(1);
    expect(terminal.screen().replaceAll("\r", "")).toBe(
      'lab: this terminal is another user\'s: type "script -c bash /dev/null" for one of your own, then try again\n',
    );
  });
});
