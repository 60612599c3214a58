import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { missingPackages } from "graduation/packages";
import { collect, type Host, repo } from "host";

/** A folder with unpacked packages, where the engines are not installed. */
const unpacked = process.env.WORKSHOP_PACKAGES;

/** The reason why engines cannot be tested here, or undefined. In CI, they must be there. */
export function reasonToSkip(): string | undefined {
  const missing = missingPackages(unpacked);
  if (missing.length === 0 || process.env.CI !== undefined) return undefined;
  return `there are no engines here: type "apt-get install ${missing.join(" ")}"`;
}

/** Starts `pnpm graduate` on a host, but without pnpm, which would hear the signals, too. */
export function startGraduate(host: Host, ...args: string[]) {
  const packages = unpacked === undefined ? [] : ["--packages", unpacked];
  const node = [process.execPath, "--import", "../shared-native/typescript.cjs"];
  const command = [...node, "src/graduate.ts", ...packages, ...args];
  const [file = "", ...rest] = [...host.enter(path.join(repo, "graduation")), ...command];
  const child = spawn(file, rest, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  // Not "close": when it is killed, its machine has the pipes for a moment longer
  const ended = once(child, "exit");
  return {
    stdout,
    stderr,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    status: async () => {
      const [status, signal] = await ended;
      return status ?? signal;
    },
  };
}
