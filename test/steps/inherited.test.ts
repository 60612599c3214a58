import { type Outcome, run, stageCommand, stageFolder } from "host";
import { describe, expect, it } from "vitest";
import { ownStages } from "../kit/containers.ts";
import { openHost } from "../kit/open-host.ts";

const NODE = [
  process.execPath,
  "--import",
  "../../shared-native/typescript.cjs",
  "src/main.ts",
  "run",
];

/** Environments that start with `env`, and what a shell would make of them. */
const environments = [
  ["names that no shell can use", ["java.home=/opt", "BASH_FUNC_greet%%=() { echo hi\n}", "A-B=é"]],
  ["a PWD and an OLDPWD of one's own", ["PWD=/bogus", "OLDPWD=/before", "SHLVL=7", "_=x"]],
  ["no PWD", ["-u", "PWD", "-u", "OLDPWD", "-u", "SHLVL", "-u", "_"]],
  ["an empty PATH", ["PATH="]],
  ["no variable at all", ["-i"]],
] as const;

describe.each(ownStages)("$name, as unshare(1), hands over", ({ name: stage }) => {
  it.each(environments)("an environment with %s", async (_, variables) => {
    const host = await openHost();
    const within = (...command: string[]) =>
      run([...host.enter(stageFolder(stage)), "env", ...variables, ...command]);
    const before = await within("/bin/cat", "/proc/self/environ");
    const inside = await within(...NODE, "/bin/cat", "/proc/self/environ");
    expect(sorted(inside)).toEqual(sorted(before));
  });

  it("the soft limit of open files, and the hard one", async () => {
    const script = 'ulimit -Sn 333; ulimit -Hn 4000; exec "$@"';
    const { stdout } = await start(stage, script, "ulimit -Sn; ulimit -Hn");
    expect(stdout).toBe("333\n4000\n");
  });

  it("ignored signals, as of nohup", async () => {
    const script = 'trap "" HUP INT; exec "$@"';
    const seen = await start(stage, script, "kill -HUP $$; kill -INT $$; echo goes on; exit 4");
    expect(seen).toMatchObject({ stdout: "goes on\n", status: 4 });
  });

  it("no ignored signal that the one who starts it does not ignore", async () => {
    const { stdout } = await start(stage, 'exec "$@"', "grep SigIgn /proc/self/status");
    expect(stdout).toBe("SigIgn:\t0000000000000000\n");
  });
});

/** Starts a shell script in a stage's container, from another. */
async function start(stage: string, outer: string, inner: string): Promise<Outcome> {
  const host = await openHost();
  return run(["sh", "-c", outer, "sh", ...stageCommand(host, stage, ["sh", "-c", inner])]);
}

function sorted({ stdout }: Outcome): string[] {
  return stdout.split("\0").sort();
}
