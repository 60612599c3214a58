import { run, stageFolder } from "host";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";

const NODE = ["--import", "shared-native/typescript.cjs", "--input-type=module", "-e"];

/** Runs statements with shared-native as the last of a shell script, "$@", on a disposable host. */
async function become(statements: string, script = '"$@"') {
  const host = await openHost();
  const code = `import * as native from "shared-native"; ${statements}`;
  const enter = [...host.enter(stageFolder("01-uts")), "bash", "-c", script, "bash"];
  return run([...enter, process.execPath, ...NODE, code]);
}

/** Becomes a shell that runs a script. */
const shell = (script: string, more = "") =>
  `console.error("here"); native.execve("/bin/sh", ["sh", "-c", ${JSON.stringify(script)}, "name", "two words"]${more})`;

describe("execve", () => {
  it("becomes the program, with its arguments, its environment, and the same PID", async () => {
    const code = `process.env.COLOR = "blue"; console.log(process.pid); ${shell('echo $$; echo "$0, $1, $COLOR"')}`;
    const [before, pid, words] = (await become(code)).stdout.split("\n");
    expect(pid).toBe(before);
    expect(words).toBe("name, two words, blue");
  });

  it("hands on the descriptors that are named, and no other", async () => {
    const list = "ls /proc/$$/fd";
    const without = await become(shell(list), 'exec 3</dev/null 4</dev/null; "$@"');
    expect(without.stdout).toBe("0\n1\n2\n");
    const named = await become(shell(list, ", [3]"), 'exec 3</dev/null 4</dev/null; "$@"');
    expect(named.stdout).toBe("0\n1\n2\n3\n");
  });

  it("leaves no signal ignored that Node ignores", async () => {
    const { stdout } = await become(shell("grep SigIgn /proc/$$/status"));
    expect(stdout).toBe("SigIgn:\t0000000000000000\n");
  });

  it("leaves standard output and error as they were, also a pipe to which Node has written", async () => {
    // A pipe that does not block would lose what does not fit into it
    const script = "head -c 1000000 /dev/zero >&2";
    const read = '"$@" 2> >(sleep 1; wc -c) | cat; wait $!';
    expect((await become(shell(script), read)).stdout.trim()).toBe("1000005"); // "here" is in it
  });

  it.each([
    ["/nowhere/sh", 127, "/nowhere/sh: command not found"],
    ["/etc/passwd", 126, "/etc/passwd: cannot be executed (EACCES)"],
  ])("ends with one line when it cannot become %s", async (file, status, line) => {
    const { stderr, ...ending } = await become(`native.execve("${file}", ["sh"])`);
    expect({ ...ending, stderr }).toMatchObject({ status, stdout: "", stderr: `${line}\n` });
  });

  it("says what is missing in a Node that cannot do it", async () => {
    const code = 'process.execve = undefined; native.oneLineErrors(); native.execve("/bin/sh", [])';
    const { status, stderr } = await become(code);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        /^.*: Node \S+ cannot become another program, as from 22\.15 on: type "npx -y pnpm@12 install".*\n$/,
      ),
    });
  });
});

describe("reapOrphans", () => {
  it("reaps the orphans that have ended, and leaves Node its own child, and those that live", async () => {
    // As process 1 of a PID namespace, as orphans go there
    const code = `
      const own = native.spawn("sh", ["-c", "(sleep 0.2 &) ; (sleep 1000 &) ; sleep 0.6; exit 7"]);
      process.on("SIGCHLD", () => native.reapOrphans(own));
      const status = await native.wait(own);
      const { spawnSync } = process.getBuiltinModule("node:child_process");
      console.log(status, spawnSync("ps", ["-o", "stat=,args=", "--ppid", "1"], { encoding: "utf8" }).stdout);
      process.exit();`;
    const { stdout } = await become(code, 'unshare --pid --fork --kill-child --mount-proc "$@"');
    expect(stdout).toMatch(/^7 S +sleep 1000\nR\+? +ps /);
  });

  it("finds none without /proc", async () => {
    const code = `native.umount("/proc", native.MNT_DETACH); native.reapOrphans({ pid: 1 }); console.log("none");`;
    expect((await become(code)).stdout).toBe("none\n");
  });
});
