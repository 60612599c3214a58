import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { collect, repo, until } from "host";
import { onTestFinished } from "vitest";

/** A running `pnpm live`. */
export interface Live {
  url: string;
  origin: string;
  token: string;
  child: ChildProcess;
  output(): string;
  ended: Promise<unknown>;
}

/** Starts it as a user does; it ends with the test. */
export async function startLive(...options: string[]): Promise<Live> {
  const live = await startLiveHere(...options);
  onTestFinished(() => stopLive(live));
  return live;
}

/** Starts it for all tests of a file, which then stops it. A lab that runs these tests has to go on. */
export function startLiveHere(...options: string[]): Promise<Live> {
  return startLiveBy(["env", `--chdir=${repo}/live`, ...LIVE, "--sandbox", ...options]);
}

/** The command line that `pnpm live` comes to, in its folder. */
export const LIVE = [
  ...[process.execPath, "--disable-warning=ExperimentalWarning"],
  ...["--import", "../shared-native/typescript.cjs", "src/main.ts"],
];

/** Starts it by a command line that becomes the server. */
export async function startLiveBy([file = "", ...args]: string[]): Promise<Live> {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const output = () => stdout() + stderr();
  const ended = once(child, "exit");
  const [, origin = "", token = ""] = await until(
    () => `the address in: ${output()}`,
    () => {
      if (child.exitCode !== null) throw new Error(output());
      return /(http:\S+)\/#token=(\S+)/.exec(output());
    },
    280, // it may have to build the course first
  ).catch((error) => {
    child.kill("SIGTERM");
    throw error;
  });
  return { url: `${origin}/#token=${token}`, origin, token, child, output, ended };
}

export async function stopLive({ child, ended }: Live): Promise<void> {
  child.kill("SIGTERM");
  await ended;
}
