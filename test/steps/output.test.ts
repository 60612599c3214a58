import { run, stageCommand } from "host";
import { describe, expect, it } from "vitest";
import { commandIsInit, limited } from "../kit/containers.ts";
import { openHost } from "../kit/open-host.ts";

/** Scripts in which "$@" is a stage; the test reads descriptor 4. */
const broken = [
  ["stdout is closed", '"$@" >&-; echo $? >&4', "7"],
  ["stderr is closed", '"$@" 2>&-; echo $? >&4', "out 7"],
  ["stdin, stdout and stderr are closed", '"$@" <&- >&- 2>&-; echo $? >&4', "7"],
  ["the disk of stdout is full", '"$@" >/dev/full; echo $? >&4', "7"],
  ["the disk of stderr is full", '"$@" 2>/dev/full; echo $? >&4', "out 7"],
  ["nobody reads stderr", '{ sleep 0.2; "$@" 2>&1 >&4; echo $? >&4; } | true', "out 7"],
  [
    "stderr is a full pipe, read late",
    `{ head -c 65536 /dev/zero >&2; "$@"; echo $? >&4; } 2>&1 >&4 |
     { sleep 1; tail -c +65537 | grep -o 'Running main' >&4; }`,
    "out 7 Running main",
  ],
] as const;

describe.each(limited)("$name", ({ name: stage }) => {
  it.each(broken)("keeps the status of the command when %s", async (_, script, expected) => {
    expect(await around(stage, script, "sh", "-c", "echo out; exit 7")).toBe(expected);
  });

  it("ends when the reader of its output has enough, as head -1", async () => {
    const script = '{ "$@"; echo $? >&4; } | head -1';
    // SIGPIPE does not reach a process 1, which then sees the error, and says so
    expect(await around(stage, script, "yes")).toBe(commandIsInit(stage) ? "y 1" : "y 141");
  });

  it("hands 100 MB through cat and back, byte for byte", async () => {
    // The mount is gone with the host
    const script = `
      mount -t tmpfs tmpfs /mnt && head -c 100M /dev/urandom >/mnt/stream &&
      cat /mnt/stream | "$@" | cmp - /mnt/stream && stat -c %s /mnt/stream`;
    expect(await around(stage, script, "cat")).toBe("104857600");
  });
});

describe.each(["01-uts", "04-unshare-proc"])("%s", (stage) => {
  it.each([
    ["stderr is closed", '"$@" 2>&-; echo $?'],
    ["the disk of stderr is full", '"$@" 2>/dev/full; echo $?'],
    ["nobody reads stderr", '{ sleep 0.2; "$@" 2>&1; echo $? >&4; } | true'],
  ])("says with 127 that there is no such command, also when %s", async (_, script) => {
    expect(await around(stage, script, "no-such-command")).toBe("127");
  });
});

/** Runs a shell script with a stage's command line as its arguments; returns one line of output. */
async function around(stage: string, script: string, ...command: string[]): Promise<string> {
  const host = await openHost();
  const [enter, start] = [host.enter(), stageCommand(host, stage, command)];
  const { stdout } = await run([...enter, "sh", "-c", `exec 4>&1; ${script}`, "sh", ...start]);
  return stdout.trim().replaceAll("\n", " ");
}
