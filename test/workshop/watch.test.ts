import { stripVTControlCharacters } from "node:util";
import { until } from "host";
import { describe, expect, it } from "vitest";
import { openTerminal } from "../kit/open-terminal.ts";
import { openClass } from "./open-class.ts";

const CLEARED = "\x1b[2J\x1b[H";
const KEYS = "h hint   d diff   q quit";

/** Opens the watcher on a stage's starter, in a terminal. */
async function watch(stage: string) {
  const { shell, workshop, commandLine } = await openClass();
  await workshop("practice", stage);
  const terminal = await openTerminal(commandLine("check", stage, "--watch"));
  /** Returns what one sees: what came since the screen was last cleared. */
  const seen = () =>
    stripVTControlCharacters(terminal.screen().split(CLEARED).at(-1) ?? "").replaceAll("\r", "");
  return {
    ...terminal,
    shell,
    seen,
    /** Waits until that is seen, with the keys below it. */
    sees: (text: RegExp) =>
      until(
        () => `${text} in: ${seen()}`,
        () => text.test(seen()) && seen().trimEnd().endsWith(KEYS),
        60,
      ),
  };
}

describe("pnpm workshop check --watch", () => {
  it("checks again on each save, answers keys, and quits", async () => {
    const { type, sees, seen, shell, status } = await watch("02");
    await sees(/2 facts hold/);
    // As editors and rsync save: a new file, with an old time, in the place of the old one
    await shell(`
      cp steps/02-reexec/src/main.ts practice/02-reexec/new && touch -d 2001-01-01 practice/02-reexec/new &&
      mv practice/02-reexec/new practice/02-reexec/src/main.ts`);
    await sees(/All \d facts hold\./);
    type("d");
    await sees(/the same as ours/);

    // Code that hangs is broken off when there is newer code
    await shell("echo 'for (;;);' > practice/02-reexec/src/main.ts");
    await until("the check", () => !seen().includes("All"));
    await shell("cp steps/02-reexec/src/main.ts practice/02-reexec/src/main.ts");
    await sees(/All \d facts hold\./);

    type("q");
    expect(await status()).toBe(0);
  });

  it("shows the fact that fails, and the keys, on 80 by 24, also below what a key has shown", async () => {
    const { type, resize, sees, seen } = await watch("05");
    const failure = /✗ has the command in a cgroup of its own\n.* expected .* actual .* hint /s;
    const rows = () => seen().split("\n").length;
    await sees(failure);
    expect(rows()).toBeLessThan(24);
    type("h");
    await sees(/Hint 1 of \d.*✗ has the command in a cgroup/s);
    expect(rows()).toBeLessThan(24);
    type("d");
    await sees(/--spoil.*✗ has the command in a cgroup/s);
    expect(rows()).toBeLessThan(24);

    resize(40, 24);
    await sees(/\n {2}expected/);
    expect(
      seen()
        .split("\n")
        .filter((line) => line.length > 40),
    ).toEqual([]);
  });
});
