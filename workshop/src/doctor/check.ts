import { spawnSync } from "node:child_process";
import { repo } from "host";

/** The user's options. */
export interface Options {
  /** True if the lab's machine should be booted, too. */
  lab: boolean;
}

/** A look at one thing that a machine needs. */
export interface Check {
  id: string;
  title: string;
  /** True if a stage cannot run without it. */
  needed: boolean;
  /** Returns what there is, or throws it as an Error when that is not enough. */
  look(options: Options): string;
  /** The command to type when that is not enough. */
  type: string;
}

/** Returns what there is, or throws it as an Error when that is not enough. */
export function expect(holds: boolean | undefined, actual: string): string {
  if (!holds) throw new Error(actual);
  return actual;
}

/** Returns what there is, or that only root can tell: who is not, has no fault there, but is told so once. */
export function unlessRefused(look: () => string): string {
  try {
    return look();
  } catch (error) {
    const isRefused = (error as NodeJS.ErrnoException).code === "EACCES";
    if (process.geteuid?.() === 0 || !isRefused) throw error;
    return "only root can tell";
  }
}

/** Runs a command to its end. When it cannot be started, stderr says why. */
export function start(command: string, args: string[]): { stdout: string; stderr: string } {
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: repo, encoding: "utf8" });
  return { stdout: stdout?.trim() ?? "", stderr: error?.message ?? stderr.trim() };
}
