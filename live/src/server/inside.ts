import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { repo } from "host";
import type { FromInside, ToInside } from "../messages.ts";

/** The machine that has the terminals: this one, the same with a host of their own, or a lab. */
export type Place = "here" | "sandbox" | "lab";

const NODE = ["--import", "../shared-native/typescript.cjs"];

const HERE = [process.execPath, ...NODE, "src/inside/main.ts"];

const PLACES: Record<Place, { folder: string; command: string[] }> = {
  here: { folder: "live", command: HERE },
  sandbox: { folder: "live", command: [...HERE, "sandbox"] },
  lab: {
    folder: "lab",
    command: [
      // The machine ends with the server, also when that is killed and nothing in there listens any more
      ...["setpriv", "--pdeathsig=TERM", process.execPath, ...NODE, "src/lab.ts", "--"],
      ...["env", "--chdir=live", "node", ...NODE, "src/inside/main.ts", "copy"],
    ],
  },
};

/** The program that has the terminals, as the server sees it. */
export interface InsideProcess {
  send(message: ToInside): void;
  /** Lets it wait, when there is more than can be read. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

/**
 * Starts it. It is in a session of its own: Ctrl-C is for the server, which then lets it clean up.
 *
 * @param place where the terminals are
 */
export function startInside(
  place: Place,
  hear: (message: FromInside) => void,
  onEnd: () => void,
): InsideProcess {
  const { folder, command } = PLACES[place];
  const [file = "", ...args] = command;
  const child: ChildProcess = spawn(file, args, {
    cwd: path.join(repo, folder),
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
      if (place === "lab") child.kill("SIGTERM"); // nothing in there has to be cleaned up
      child.stdout?.resume(); // or it might wait for ever to have it read
      await ended;
    },
  };
}
