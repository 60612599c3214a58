import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { findHierarchy } from "host";
import { describe, expect, it } from "vitest";
import { checkCode, failure } from "./attempts/attempt.ts";

/** A mark in every process that such code starts, to find it again. */
const MARK = `misbehaving-${process.pid}`;
const HIERARCHY = JSON.stringify(findHierarchy() ?? "/nowhere");

/** Code that does harm when it is started, and the verdict on it. */
const CODES = [
  {
    does: "hangs",
    code: "for (;;);",
    seconds: 2,
    actual: /still running after 2 s/,
    hint: /a loop without end/,
  },
  {
    does: "waits for what never comes",
    code: "setInterval(() => {}, 1000);",
    seconds: 2,
    actual: /still running after 2 s/,
    hint: /keeps Node alive/,
  },
  {
    does: "waits for what never comes, however much time it has",
    code: "setInterval(() => {}, 1000);",
    actual: /still running when nothing happened any more/,
    hint: /Look for a wait for something/,
  },
  {
    does: "floods the terminal",
    code: 'setInterval(() => console.log("\\x1b[31mflood\\x07".repeat(1000)), 1);',
    actual: /printed more than 1 MB/,
    hint: /loop that never ends/,
  },
  {
    does: "prints in a loop that gives Node no time to print",
    code: 'for (;;) console.log("flood");',
    seconds: 3,
    actual: /still running after 3 s|ended/,
    hint: /./,
  },
  {
    does: "forks without end",
    code: `spawn("bash", ["-c", ":() { : | : & }; :; read forks-${MARK}"], { stdio: "inherit" });`,
    actual: /processes without end/,
    hint: /run instead of child/,
  },
  {
    does: "crashes in JavaScript",
    code: "null.property;",
    actual: /main\.ts:2: TypeError: Cannot read properties of null/,
    hint: /the line that it names/,
  },
  {
    does: "crashes in C++",
    code: "process.abort();",
    actual: /SIGABRT|status 134/,
    hint: /Read the message|without having run/,
  },
  {
    does: "exits at once",
    code: "process.exit(0);",
    actual: /printed nothing; it ended with status 0/,
    hint: /has to start the command/,
  },
  {
    does: "has a syntax error",
    code: "if (true {",
    actual: /main\.ts:2.*(SyntaxError|Expected)/,
    hint: /bracket/,
  },
  {
    does: "leaves a daemon behind",
    code: `spawn("setsid", ["sh", "-c", "trap '' HUP TERM; sleep 1000; : leaves-${MARK}"], { stdio: "ignore", detached: true }).unref();`,
    actual: /printed nothing; it ended with status 0/,
    hint: /has to start the command/,
  },
  {
    does: "kills all that it can",
    code: 'process.kill(-1, "SIGKILL");',
    actual: /SIGKILL|status 137/,
    hint: /./,
  },
  {
    does: "renames, mounts and makes cgroups on its host",
    code: `spawnSync("sh", ["-c", "hostname spoilt; mount -t tmpfs none /srv; mkdir $0/container-${MARK} && echo 0 > $0/container-${MARK}/cgroup.procs; sleep 1000 & :", ${HIERARCHY}], { stdio: "ignore" });`,
    actual: /printed nothing; it ended with status 0/,
    hint: /has to start the command/,
  },
];

describe.concurrent("code that", () => {
  it.each(CODES)(
    "$does gets a verdict, and leaves nothing",
    async ({ does, code, actual, hint, seconds }) => {
      const before = hostState();
      const head =
        'import { spawn, spawnSync } from "node:child_process"; void spawn; void spawnSync;';
      const failed = failure(await checkCode("01-uts", `${head}\n${code}\n`, seconds));
      expect(failed).toMatchObject({ id: "runs-command" });
      expect(failed?.actual).toMatch(actual);
      expect(failed?.actual).not.toContain("\x1b");
      expect(failed?.hint).toMatch(hint);
      expect(hostState()).toEqual(before);
      expect(processesWith(`${does.split(" ")[0]}-${MARK}`)).toEqual([]);
    },
  );
});

it("is not blamed for packages that are not installed", async () => {
  await expect(checkCode("01-uts", "", 40, [])).rejects.toThrow(/type "npx -y pnpm@12 install"/);
});

/** Returns what such code must not touch on the real host. */
function hostState() {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8");
  return {
    hostname: hostname(),
    mounts,
    cgroup: existsSync(`${findHierarchy()}/container-${MARK}`),
  };
}

function processesWith(mark: string): string[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .map((pid) => commandOf(pid))
    .filter((command) => command.includes(mark));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it has ended
  }
}
