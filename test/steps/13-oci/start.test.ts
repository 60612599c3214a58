import path from "node:path";
import { type Host, inTerminal, repo } from "host";
import { expect, it } from "vitest";
import { layOverRepo } from "../../kit/lay-over-repo.ts";
import { openHost } from "../../kit/open-host.ts";

// pnpm --filter 13-oci start: as with the stages before, and by way of a bundle and the runtime

const SCRIPT = "echo $$ in $(hostname); grep ^NoNewPrivs /proc/self/status; exit 7";

/** The folder for temporary files: lay-over-repo.ts has its own in there. */
const TMPDIR = "/mnt";

async function open() {
  const host = await openHost();
  await layOverRepo(host);
  await host.run("mount", "-t", "tmpfs", "tmpfs", "/run");
  const folder = path.join(repo, "steps/13-oci");
  const pnpm = ["env", `--chdir=${folder}`, `TMPDIR=${TMPDIR}`, "pnpm", "--silent", "start"];
  const start = (...command: string[]) => [...pnpm, ...command];
  return { host, start, run: (...command: string[]) => runOn(host, start(...command)) };
}

const runOn = (host: Host, [file = "", ...args]: string[]) => host.run(file, ...args);

it("runs a command in a bundle of its own, and leaves nothing but the bundle's root", async () => {
  const { host, run } = await open();
  const { status, stdout } = await run("sh", "-c", SCRIPT);
  expect({ status, stdout }).toEqual({ status: 7, stdout: "1 in container\nNoNewPrivs:\t1\n" });
  const left = await host.run("ls", "-A", TMPDIR, "/run/13-oci");
  expect(left.stdout).toBe("/mnt:\nupper\nwork\n\n/run/13-oci:\n");
});

it("runs two at once, each with its own command", async () => {
  const { run } = await open();
  await run("true"); // the root is there
  const runs = ["one", "two"].map((word) => run("sh", "-c", `sleep 1; echo ${word}`));
  expect((await Promise.all(runs)).map(({ stdout }) => stdout)).toEqual(["one\n", "two\n"]);
});

it("has a terminal where it is started in one", async () => {
  const { host, start } = await open();
  const { stdout } = await runOn(host, inTerminal(start("tty")));
  // script(1), whose own input is at its end, types ^@ at some time
  expect(stdout.replaceAll("^@", "")).toBe("/dev/console\r\n");
});

it("says how to type it", async () => {
  const { run } = await open();
  for (const words of [[], ["--help"], ["--memory=50M", "true"]]) {
    const { status, stderr } = await run(...words);
    const usage = "usage: pnpm --filter 13-oci start <command> [args…]\n";
    expect({ status, stderr }).toEqual({ status: 2, stderr: usage });
  }
});
