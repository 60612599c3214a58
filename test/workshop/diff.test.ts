import { setTimeout as sleep } from "node:timers/promises";
import { repo, run } from "host";
import { describe, expect, it } from "vitest";
import { openTerminal } from "../kit/open-terminal.ts";
import { openClass } from "./open-class.ts";

const MAIN = "practice/04-unshare-proc/src/main.ts";

describe("pnpm workshop diff", () => {
  it("shows a student's code beside ours with --spoil, and only what the lesson is", async () => {
    const { shell, workshop } = await openClass();
    await workshop("practice", "04");
    expect((await workshop("diff", "04")).stdout).toContain("pnpm workshop diff 04 --spoil");
    // Neither the goal nor the usage, neither spaces nor where a line ends
    await shell(`sed -i 's/^  /\t/; s/$/\r/' ${MAIN}`);
    const { stdout } = await workshop("diff", "04", "--spoil");
    const changes = stdout.split("\n").filter((line) => /^[-+]/.test(line));
    expect(changes).toEqual([
      `--- ${MAIN}`,
      "+++ steps/04-unshare-proc/src/main.ts",
      expect.stringContaining("+    // By default, new mounts are shared"),
      "+    unshareflags: CLONE_NEWNS,",
    ]);
    // The line numbers are those of the file
    const [, line] = /^@@ -(\d+)/m.exec(stdout) ?? [];
    const first = await shell(`sed -n ${line}p ${MAIN}`);
    expect(stdout).toContain(`@@\n ${first.stdout.trim()}`.replace("@@\n ", "    "));
  });

  it("shows the difference of two stages", async () => {
    const { workshop } = await openClass();
    const { stdout } = await workshop("diff", "01", "02");
    expect(stdout).toContain("+++ steps/02-reexec/src/main.ts");
    expect(stdout).toContain('+  sethostname("container");');
    expect(stdout).not.toMatch(/^[-+].*(usage:|pnpm --filter)/m);
  });

  it("has two columns on a terminal that is wide enough", async () => {
    const { commandLine } = await openClass();
    const terminal = await openTerminal(
      ["env", "NO_COLOR=1", "PAGER=cat", ...commandLine("diff", "01", "02")],
      { columns: 160, rows: 40 },
    );
    await terminal.status();
    const lines = terminal.screen().split("\r\n");
    const [left = "", right] = lines.find((line) => line.includes("import {"))?.split(" | ") ?? [];
    expect(left.trimEnd()).toMatch(/^import \{ CLONE_NEWUTS, .* from "shared-native";$/);
    expect(left).toHaveLength(78);
    expect(right).toBe("import {");
  });
});

describe("what is longer than the screen", () => {
  const short = ["pnpm", "--dir", repo, "workshop", "diff", "03", "04"];
  const long = ["pnpm", "--dir", repo, "workshop", "diff", "02", "03"];
  const ownPager = ["env", "PAGER=sed s/^/paged:/"];

  it("is shown by less, a page at a time, until one has seen enough", async () => {
    const terminal = await openTerminal(["env", "--unset=PAGER", "--unset=LESS", ...long]);
    await terminal.shows(/steps\/03-pid-mnt-chroot.*\n:/s);
    terminal.type("G");
    await terminal.shows(/\(END\)/);
    terminal.type("\x03"); // Ctrl-C is for less, which goes on, and drops what was typed with it
    await sleep(500);
    terminal.type("q");
    expect(await terminal.status()).toBe(0);
  });

  it("is shown by the user's own pager, also when there is none of that name", async () => {
    const terminal = await openTerminal([...ownPager, ...long]);
    await terminal.shows(/paged:.*\+ {2}chroot\(UBUNTU_FS\);/s);
    const without = await openTerminal(["env", "PAGER=no-such-pager", ...long]);
    await without.shows(/\+ {2}chroot\(UBUNTU_FS\);/);
  });

  it("is alone in that: what fits on it is printed, as it is in a pipe", async () => {
    const terminal = await openTerminal([...ownPager, ...short]);
    await terminal.shows(/unshareflags/);
    expect(await terminal.status()).toBe(0);
    expect(terminal.screen()).not.toContain("paged:");
    const { stdout } = await run([...ownPager, ...long]);
    expect(stdout).toMatch(/^--- steps/);
    expect(stdout).not.toContain("paged:");
    expect(stdout).not.toContain("\x1b");
  });
});
