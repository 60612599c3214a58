import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { repo } from "host";

/** The repo's place in the machine. */
const WORKSHOP = "/workshop";

/** Returns the path that a file has in the machine. */
export function pathInMachine(file: string): string {
  const below = path.relative(repo, file);
  return below.startsWith("..") ? file : path.join(WORKSHOP, below);
}

/**
 * Runs a program of this package in a disposable machine, which ends with it, and with us.
 *
 * @param packages a folder with unpacked packages, which are there as if they were installed
 * @param args the program's
 * @returns its exit status
 */
export async function runInMachine(
  packages: string | undefined,
  program: string,
  args: string[],
  signal: AbortSignal,
): Promise<number> {
  const node = pathInMachine(process.execPath);
  const typescript = path.join(WORKSHOP, "shared-native/typescript.cjs");
  const command = [node, "--import", typescript, pathInMachine(program), ...args];
  const machine = spawn(
    path.join(import.meta.dirname, "machine.sh"),
    [packages ?? "", repo, ...command],
    { stdio: ["pipe", "inherit", "inherit"], detached: true }, // it does not hear Ctrl-C, and cleans up
  );
  signal.addEventListener("abort", () => machine.stdin.end());
  const [status] = await once(machine, "exit");
  return status ?? 1;
}
