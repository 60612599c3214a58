import { spawnSync } from "node:child_process";
import type { Hook } from "../config/config.ts";

/**
 * Runs programs of the engine's, one after the other. Each reads the state of the container.
 *
 * @param kind for the message: "prestart", "poststop"…
 * @param state as the specification has it
 * @throws {Error} for the first that fails
 */
export function runHooks(kind: string, hooks: Hook[] | undefined, state: object): void {
  for (const { path, args, env, timeout } of hooks ?? []) {
    const { status, signal, error, stderr } = spawnSync(path, args.slice(1), {
      // docker's is dockerd itself, which knows by the name that it is called for a hook
      argv0: args[0] ?? path,
      input: JSON.stringify(state),
      ...(env ? { env: readEnvironment(env) } : {}),
      ...(timeout ? { timeout: timeout * 1000, killSignal: "SIGKILL" } : {}),
    });
    // A hook need not read what it gets
    if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") {
      throw new Error(`${kind} hook ${path}: ${error.message}`, { cause: error });
    }
    if (status === 0) continue;
    const said = stderr?.toString().trim().split("\n").at(-1) ?? "";
    const how = signal ?? `status ${status}`;
    throw new Error(`${kind} hook ${path}: ended with ${how}: ${said}`);
  }
}

/** Reads lines such as "PATH=/bin": the last one for a name counts. */
export function readEnvironment(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value = ""] = /^([^=]+)=(.*)$/s.exec(line) ?? [];
      return name === undefined ? [] : [[name, value]];
    }),
  );
}
