import { readFileSync } from "node:fs";
import { type Host, stageCommand, stageFolder } from "host";
import { describe, expect, it } from "vitest";
import { hasOwnSession } from "workshop/facts/own-session";
import { rootedOnes } from "../kit/containers.ts";
import { openHost } from "../kit/open-host.ts";
import { openTerminal, type Terminal } from "../kit/open-terminal.ts";

const withOwn = rootedOnes.filter(({ facts }) => facts.includes(hasOwnSession));

const START = "pnpm --silent start";

describe.each(withOwn)("$name, started from a shell in a terminal", ({ name: stage }) => {
  it("has its terminal as /dev/console, and none of the host's", async () => {
    const shell = await openShell(await openHost(), stage);
    shell.type(`${START} sh -c 'tty; ls /dev/pts; echo e""nd'\r`);
    await shell.shows(/^end/m);
    expect(shell.screen()).toMatch(/^\/dev\/console\r\nptmx\r\nend/m);
    await leave(shell);
  });

  it("carries characters as they are, for programs that fill the screen", async () => {
    const shell = await openShell(await openHost(), stage);
    const script = `stty raw -echo; echo u""p; head -c 6 | cat -vE; printf "1\\n2\\r\\n\\0e""nd\\n"`;
    shell.type(`${START} sh -c '${script}'\r`);
    await shell.shows(/^up\n/m);
    shell.type("\x03é\x1a\r\n");
    await shell.shows(/end\n/);
    expect(shell.screen()).toContain("^CM-CM-)^Z^M$\n1\n2\r\n\0end\n");
    await leave(shell);
  });

  it("loses nothing of much that is written, up to the end", async () => {
    const shell = await openShell(await openHost(), stage);
    shell.type(`${START} sh -c 'stty -opost; seq 100000; printf e""nd'\r`);
    await shell.shows(/^end/m);
    const [, written = ""] = /^Running child.*?\n(1\n.*)end/ms.exec(shell.screen()) ?? [];
    const expected = Array.from({ length: 100000 }, (_, index) => `${index + 1}\n`).join("");
    expect(written === expected, `${written.length} of ${expected.length} characters`).toBe(true);
    await leave(shell);
  });

  it.each([
    ["</dev/null", "no yes yes"],
    [">/dev/null", "yes no yes"],
    ["2>/dev/null", "yes yes no"],
    [">/dev/null 2>&1", "yes no no"],
    ["</dev/null 2>&1 | cat", "no no no"],
  ])("gets as it is what is no terminal: %s", async (redirection, seen) => {
    const shell = await openShell(await openHost(), stage);
    const script = [
      'for fd in 0 1 2; do if [ -t $fd ]; then seen="$seen yes"; else seen="$seen no"; fi; done',
      "[ ! -e /dev/console ] || exec >/dev/console",
      'echo "seen:$seen"',
    ].join("; ");
    shell.type(`${START} sh -c '${script}' ${redirection}\r`);
    await shell.shows(new RegExp(`^seen: ${seen}\r`, "m"));
    await leave(shell);
  });

  it("reads the lines that are typed in a pipeline, up to each Ctrl-D", async () => {
    const shell = await openShell(await openHost(), stage);
    shell.type(`${START} sh -c 'echo u""p; cat; cat' | cat\r`);
    await shell.shows(/^up\r/m);
    for (const line of ["one", "two"]) {
      shell.type(`${line}\r`);
      // The echo of both terminals, and cat's own
      await shell.shows(new RegExp(`${line}\\s+${line}\\s+${line}\r`));
      shell.type("\x04");
    }
    await leave(shell);
  });

  it("may close its terminal, and open it again", async () => {
    const shell = await openShell(await openHost(), stage);
    const script =
      'exec <&- >&- 2>&-; sleep 0.5; exec <>/dev/tty >&0; echo u""p; read line; echo got $line';
    shell.type(`${START} sh -c '${script}'\r`);
    await shell.shows(/^up\r/m);
    shell.type("more\r");
    await shell.shows(/^got more\r/m);
    await leave(shell);
  });

  it("takes no keys in the background, and all of them from fg on", async () => {
    const shell = await openShell(await openHost(), stage);
    shell.type(`${START} sh -c 'echo u""p; read line; echo got $line; exit 5' &\r`);
    await shell.shows(/^up/m);
    shell.type("echo outside $((1 + 1))\r");
    await shell.shows(/^outside 2\r\nouter\$ $/m);
    shell.type("fg\r");
    await shell.shows(/^pnpm --silent start.*\r\n$/m);
    shell.type("inside\r");
    await shell.shows(/^got inside\r/m);
    await leave(shell, 5);
  });

  it("can be stopped with all that it belongs to, and goes on with fg", async () => {
    const shell = await openShell(await openHost(), stage);
    shell.type(`${START} sh -c 'echo u""p; read line; echo got $line; exit 5'\r`);
    await shell.shows(/^up/m);
    process.kill(-groupOf(shell.main()), "SIGTSTP");
    await shell.shows(/Stopped +pnpm/);
    shell.type("stty -a | grep -o '[ -]icanon'\r");
    await shell.shows(/^ icanon\r\nouter\$ $/m);
    shell.type("fg\r");
    await shell.shows(/^pnpm --silent start.*\r\n$/m);
    shell.type("inside\r");
    await shell.shows(/^got inside\r/m);
    await leave(shell, 5);
  });
});

describe.each(withOwn)("$name", ({ name: stage }) => {
  it("gives the terminal back as it was, also when run() dies by SIGKILL", async () => {
    const outer = `before=$(stty -g); "$@"; until [ "$(stty -g)" = "$before" ]; do sleep 0.1; done; echo restored`;
    const command = stageCommand(await openHost(), stage, ["sh", "-c", "echo up; read line"]);
    const terminal = await openTerminal(["sh", "-c", outer, "sh", ...command]);
    await terminal.shows(/^up/m);
    process.kill(terminal.main(), "SIGKILL");
    await terminal.shows(/restored/);
    expect(await terminal.status()).toBe(0);
  });
});

/** Opens an interactive bash on a host, in the folder of a stage. */
async function openShell(host: Host, stage: string): Promise<Terminal> {
  // Without the modes in which bash edits a line, the screen has what is typed once
  const bash = ["env", "PS1=outer$ ", "bash", "--norc", "--noprofile", "--noediting", "-i"];
  const shell = await openTerminal([...host.enter(stageFolder(stage)), ...bash]);
  await shell.shows(/outer\$ /);
  return shell;
}

/** Ends it, when the container has ended. */
async function leave(shell: Terminal, status = 0): Promise<void> {
  await shell.shows(/outer\$ $/);
  shell.type("exit\r");
  expect(await shell.status()).toBe(status);
}

/** Returns the process group of a process: "pid (comm) state ppid pgrp …". */
function groupOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
}
