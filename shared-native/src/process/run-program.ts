import { spawnSync } from "node:child_process";

/** The folders of the system's own programs: whoever starts a stage may have others in PATH, or none. */
export const PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

/** The packages of those that not every machine has. */
const PACKAGES: Record<string, string> = { ip: "iproute2", nft: "nftables", pasta: "passt" };

/**
 * Runs a program of the system to its end, and nothing else happens meanwhile.
 *
 * @param command its name
 * @param args its arguments
 * @param input what it reads
 * @returns what it printed
 * @throws {Error} when it is not there, with what to type, or when it fails, with what it said
 */
export function runProgram(command: string, args: readonly string[], input = ""): string {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    input,
    encoding: "utf8",
    env: { PATH },
    cwd: "/",
    detached: true, // Ctrl-C is not for it: half of its work would be left
  } as object) as ReturnType<typeof spawnSync> & { stdout: string; stderr: string };
  if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT" && command in PACKAGES) {
    throw new Error(`there is no ${command} here: type "apt-get install ${PACKAGES[command]}"`);
  }
  if (error) throw error;
  if (status === 0) return stdout;
  const [program] = [command, ...args].join(" ").split("\n"); // an argument may be a script
  const [said = ""] = stderr.trim().split("\n");
  throw new Error(`${program}: ${said.replace(/^Error: /, "") || signal}`);
}
