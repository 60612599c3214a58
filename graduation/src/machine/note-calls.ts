import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A runtime that notes what is asked of it. */
export interface NotedRuntime {
  /** The program that an engine calls. */
  file: string;
  /** Returns the commands that it was called with since the last question, each once: "create start delete". */
  calls(): string[];
}

/**
 * Makes a program that notes each call, and passes it on to a runtime.
 *
 * @param runtime its name or path
 * @param folder where to make it
 */
export function noteCalls(runtime: string, folder: string): NotedRuntime {
  const file = path.join(folder, path.basename(runtime));
  const notes = path.join(folder, "calls");
  writeFileSync(file, `#!/bin/sh\necho "$@" >>${notes}\nexec "${runtime}" "$@"\n`, { mode: 0o755 });
  const forget = () => writeFileSync(notes, "");
  forget();
  chmodSync(notes, 0o666); // a user without root is to start it, too
  return {
    file,
    calls() {
      const lines = readFileSync(notes, "utf8").split("\n");
      forget();
      const commands = lines.flatMap((line) => line.split(" ").find(isCommand) ?? []);
      return [...new Set(commands)];
    },
  };
}

const COMMANDS = ["create", "delete", "exec", "features", "kill", "ps", "run", "start", "state"];

function isCommand(word: string): boolean {
  return COMMANDS.includes(word);
}
