import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { repo } from "host";
import type { FromInside, ToInside } from "../messages.ts";

/** The program that has the terminals, as the server sees it. */
export interface InsideProcess {
  send(message: ToInside): void;
  /** Lets it wait, when there is more than can be read. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

/** Starts it. It is in a session of its own: Ctrl-C is for the server, which then lets it clean up. */
export function startInside(hear: (message: FromInside) => void, onEnd: () => void): InsideProcess {
  const args = ["--import", "../shared-native/typescript.cjs", "src/inside/main.ts"];
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: path.join(repo, "live"),
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const ended = once(child, "exit").then(onEnd);
  child.stdin?.on("error", () => {}); // its end is told otherwise
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => hear(JSON.parse(line)));
  }
  return {
    send: (message) => void child.stdin?.write(`${JSON.stringify(message)}\n`),
    pause: () => void child.stdout?.pause(),
    resume: () => void child.stdout?.resume(),
    async close() {
      child.stdin?.end();
      child.stdout?.resume(); // or it might wait for ever to have it read
      await ended;
    },
  };
}
