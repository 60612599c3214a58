import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What a finished command left. */
export interface Output {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Waits for a command's end, with nothing on its standard input. */
export async function readOutput(child: ChildProcessWithoutNullStreams): Promise<Output> {
  child.stdin.end();
  const [[status], stdout, stderr] = await Promise.all([
    once(child, "exit"),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status, stdout, stderr };
}
