import { repo, run } from "host";

/** A command line to be measured. */
export interface Command {
  name: string;
  line: string[];
  /** The folder in which it is typed; by default the root of the repo. */
  folder?: string;
  /** The Debian package to install if its program is missing. */
  package?: string;
  /** A step to be done once, before. */
  prepare?: () => Promise<unknown>;
  /** A step to be done once, after. */
  cleanUp?: () => Promise<unknown>;
}

/**
 * The environment of a student's shell. pnpm adds to it: this repo's own programs in PATH, and a
 * variable that stops another pnpm from checking the installation, which makes it look faster.
 */
const environment = Object.fromEntries(
  Object.entries(process.env)
    .filter(([name]) => !/^(p?npm_|PNPM_|NODE$|INIT_CWD$)/.test(name))
    .map(([name, value = ""]) => [name, name === "PATH" ? withoutRepo(value) : value]),
);

function withoutRepo(searchPath: string): string {
  return searchPath
    .split(":")
    .filter((folder) => !folder.startsWith(repo))
    .join(":");
}

/**
 * Runs a command to its end.
 *
 * @throws {Error} when it is not there or fails, with the last line that it printed
 */
export async function runCommand({
  line,
  folder = repo,
}: Pick<Command, "line" | "folder">): Promise<void> {
  const options = { cwd: folder, env: environment, detached: false }; // it hears Ctrl-C, too
  const { status, signal, stderr } = await run(line, options);
  if (status === 0) return;
  throw new Error(stderr.trim().split("\n").at(-1) || `exit status ${status ?? signal}`);
}

/** Runs a command once. @returns why it cannot be measured here, or undefined when it can */
export async function tryOut(command: Command): Promise<string | undefined> {
  try {
    await command.prepare?.();
    await runCommand(command);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // One of ours that fails is a bug.
    if (command.package === undefined) throw error;
    return code === "ENOENT" ? `apt-get install ${command.package}` : message;
  }
}

/** Returns the line as the course has it: paths from the root of the repo, and Node by its name. */
export function typed({ line }: Command): string {
  return line.join(" ").replace(process.execPath, "node").replaceAll(`${repo}/`, "");
}
