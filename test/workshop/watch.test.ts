import { spawn } from "@lydell/node-pty";
import { until } from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { openClass } from "./open-class.ts";

describe("pnpm workshop check --watch", () => {
  it("checks again on each save, answers keys, and quits", async () => {
    const { shell, workshop, commandLine } = await openClass();
    await workshop("practice", "02");
    const [file = "", ...args] = commandLine("check", "02", "--watch");
    const pty = spawn(file, args, { cols: 80, rows: 40, env: { ...process.env, TERM: "xterm" } });
    let screen = "";
    let status: number | undefined;
    pty.onData((text) => (screen += text));
    pty.onExit(({ exitCode }) => {
      status = exitCode;
    });
    onTestFinished(() => pty.kill("SIGKILL"));
    const shows = async (text: string) => {
      await until(`${text} in ${screen}`, () => screen.includes(text), 120);
      screen = screen.slice(screen.indexOf(text) + text.length);
    };

    await shows("3 of 6 facts hold");
    await shows("quit");
    pty.write("h");
    await shows("Hint 1 of 4");
    pty.write("d");
    await shows("--spoil");

    // As editors and rsync save: a new file, with an old time, in the place of the old one
    await shell(`
      cp steps/02-reexec/src/main.ts practice/02-reexec/new && touch -d 2001-01-01 practice/02-reexec/new &&
      mv practice/02-reexec/new practice/02-reexec/src/main.ts`);
    await shows("All 6 facts hold.");
    await shows("quit");
    pty.write("d");
    await shows("the same as ours");

    // Code that hangs is broken off when there is newer code
    await shell("echo 'for (;;);' > practice/02-reexec/src/main.ts");
    await shows("runs the command");
    await shell("cp steps/02-reexec/src/main.ts practice/02-reexec/src/main.ts");
    await shows("All 6 facts hold.");

    pty.write("q");
    await until("the end", () => status !== undefined);
    expect(status).toBe(0);
  }, 600_000);
});
