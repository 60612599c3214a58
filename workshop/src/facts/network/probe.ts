import { spawn } from "node:child_process";
import { once } from "node:events";
import { run } from "host";

/** A server that tells each client the address that it sees it at. */
const SERVER = `
  const [port] = process.argv.slice(1);
  require("node:net").createServer((socket) => socket.on("error", () => {}).end(socket.remoteAddress))
    .listen(Number(port), "0.0.0.0", () => console.log("ready"));`;

/** A client that reads all that a server says, within five seconds. */
const CLIENT = 'exec 3<>"/dev/tcp/$1/$2" && cat <&3';

/** Runs a server in the network namespace of a process while something is done. */
export async function withServer<T>(pid: number, port: number, use: () => Promise<T>): Promise<T> {
  const command = ["--net", process.execPath, "--eval", SERVER, "--", `${port}`];
  const server = spawn("nsenter", [`--target=${pid}`, ...command], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(server, "exit");
  try {
    await Promise.race([once(server.stdout, "data"), ended]);
    return await use();
  } finally {
    server.kill("SIGKILL");
    await ended;
  }
}

/**
 * Connects to a server from the network namespace of a process.
 *
 * @returns what the server says, or else what has failed: "Connection refused" is also an answer
 */
export async function ask(pid: number, address: string, port: number): Promise<string> {
  const client = ["timeout", "5", "bash", "-c", CLIENT, "bash", address, `${port}`];
  const command = ["nsenter", `--target=${pid}`, "--net", "env", "LC_ALL=C", ...client];
  const { status, stdout, stderr } = await run(command);
  if (status === 0) return stdout.trim();
  const last = stderr.trim().split("\n").at(-1)?.split(": ").at(-1);
  return status === 124 ? "no answer" : (last ?? "");
}

/** Returns the IPv4 address that a process has besides 127.0.0.1. */
export async function addressOf(pid: number): Promise<string | undefined> {
  const ip = ["ip", "-4", "-brief", "address", "show", "scope", "global"];
  const { stdout } = await run(["nsenter", `--target=${pid}`, "--net", ...ip]);
  return /\b\d+\.\d+\.\d+\.\d+(?=\/)/.exec(stdout)?.[0];
}
